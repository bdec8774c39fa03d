//! `carecert completions` and `carecert man`: made from the definitions of all commands.

use crate::cli::{context::Context, failure::CommandResult, text_output::print_unchanged};
use clap::Args;
use std::io::{self, Write as _};

/// Print completions for a shell.
#[derive(Debug, Args)]
pub(crate) struct CompletionsCommand {
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

impl CompletionsCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        // Into memory first: the generator panics where standard output is closed.
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut (context.commands)(), "carecert", &mut text);
        print_unchanged(&text)?;
        Ok(0)
    }
}

/// Print the manual page.
#[derive(Debug, Args)]
pub(crate) struct ManCommand {}

impl ManCommand {
    /// With a section for each command.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let mut text = Vec::new();
        let mut command = (context.commands)();
        command.build();
        clap_mangen::Man::new(command.clone()).render(&mut text)?;
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
            write_section(sub, &format!("carecert {}", sub.get_name()), &mut text)?;
        }
        print_unchanged(&text)?;
        Ok(0)
    }
}

fn write_section(command: &clap::Command, name: &str, text: &mut Vec<u8>) -> io::Result<()> {
    writeln!(text, ".SH {}", name.to_uppercase())?;
    let man = clap_mangen::Man::new(command.clone().bin_name(name));
    man.render_synopsis_section(text)?;
    man.render_description_section(text)?;
    if command.get_arguments().any(|argument| !argument.is_global_set()) {
        man.render_options_section(text)?;
    }
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        write_section(sub, &format!("{name} {}", sub.get_name()), text)?;
    }
    Ok(())
}
