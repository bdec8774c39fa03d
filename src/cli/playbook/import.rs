//! `carecert playbook import`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        stderr::print_remark,
        text_output::write_text_file,
    },
    domain::text::make_safe,
    playbook::{self, cacao},
    store::regular,
};
use clap::{Args, ValueHint};
use serde_json::json;
use std::path::PathBuf;

/// Take in a CACAO playbook: it becomes one of yours to check and mend, with an account of what was kept.
#[derive(Debug, Args)]
pub(crate) struct ImportPlaybook {
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// The file to write; standard output otherwise.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

impl ImportPlaybook {
    /// The account goes to standard error, the text to standard output or a file.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let (file, out) = (&self.file, self.out.as_deref());
        let bytes = regular::read_regular(file, cacao::IMPORT_LIMIT as u64)?;
        let library = context.read_usable_playbooks();
        let cacao::Import { playbook, ron, account, findings } = cacao::import_playbook(&bytes, library.duties());
        let name = file.display().to_string();
        let usable = playbook.is_some();
        if let (Some(out), false) = (out, ron.is_empty()) {
            write_text_file(&ron, out, self.force)?;
        }
        if context.json {
            context.print_json(&json!({
                "ok": usable, "id": playbook.as_ref().map(|playbook| &playbook.id), "ron": ron,
                "path": out.filter(|_| !ron.is_empty()).map(|out| out.display().to_string()),
                "account": account, "findings": findings,
            }))?;
            return Ok(u8::from(!usable));
        }
        tell_account(&account);
        if !findings.is_empty() {
            print_remark(&playbook::draw_findings(&name, &String::from_utf8_lossy(&bytes), &findings, false));
        }
        match out {
            _ if ron.is_empty() => {}
            Some(out) => context.print(&out.display().to_string())?,
            None => context.print(ron.trim_end())?,
        }
        match usable {
            true => Ok(0),
            false => Err(Failure::new(format!("{name} is not fit for use as it is"), "mend what is said above")),
        }
    }
}

/// What became of the values of a file: each that is not as it was, with its place; those that are, counted by what they
/// became. `--json` gives every one.
fn tell_account(account: &[cacao::Item]) {
    let mut kept: Vec<(&str, usize)> = Vec::new();
    for cacao::Item { fate, path, what } in account {
        match fate {
            cacao::Fate::Kept => match kept.iter_mut().find(|(known, _)| known == what) {
                Some((_, count)) => *count += 1,
                None => kept.push((what, 1)),
            },
            cacao::Fate::Changed => print_remark(&format!("changed  {}: {}", make_safe(path), make_safe(what))),
            cacao::Fate::Dropped => print_remark(&format!("dropped  {}: {}", make_safe(path), make_safe(what))),
        }
    }
    if account.is_empty() {
        return;
    }
    let all: usize = kept.iter().map(|(_, count)| count).sum();
    for (what, count) in kept {
        print_remark(&format!("kept     {count:>4}  {}", make_safe(what)));
    }
    print_remark(&format!("{all} of {} values are kept as they were", account.len()));
}
