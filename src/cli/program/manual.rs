//! `carecert completions` and `carecert man`: made from the table of options.

use crate::cli::{Done, args::Cli};
use clap::CommandFactory as _;
use std::io::{self, Write as _};

/// Prints completions for a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> Done {
    // Into memory first: the generator panics where standard output is closed.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "carecert", &mut text);
    io::stdout().lock().write_all(&text)?;
    Ok(0)
}

/// Prints the manual page, with a section for each command.
pub(crate) fn man() -> Done {
    let mut text = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        section(sub, &format!("carecert {}", sub.get_name()), &mut text)?;
    }
    io::stdout().lock().write_all(&text)?;
    Ok(0)
}

fn section(command: &clap::Command, name: &str, text: &mut Vec<u8>) -> io::Result<()> {
    writeln!(text, ".SH {}", name.to_uppercase())?;
    let man = clap_mangen::Man::new(command.clone().bin_name(name));
    man.render_synopsis_section(text)?;
    man.render_description_section(text)?;
    if command.get_arguments().any(|argument| !argument.is_global_set()) {
        man.render_options_section(text)?;
    }
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        section(sub, &format!("{name} {}", sub.get_name()), text)?;
    }
    Ok(())
}
