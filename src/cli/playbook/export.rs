//! `carecert playbook export`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        references::find_playbook,
        text_output::{give_text, print_unchanged},
    },
    domain::text::escape_json,
    playbook::cacao,
    runtime::clock,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// Write one in a format that other tools read.
#[derive(Debug, Args)]
pub(crate) struct ExportPlaybook {
    /// Its id, or a file.
    #[arg(value_name = "ID")]
    id: String,
    /// The format: cacao, which is CACAO 2.0.
    #[arg(long, value_name = "F", default_value = "cacao", value_parser = ["cacao"])]
    format: String,
    /// The file to write; standard output otherwise.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

impl ExportPlaybook {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let attach = find_playbook(&context.read_usable_playbooks(), &self.id)?;
        let text = cacao::export_playbook(&attach.playbook, &attach.duties, clock::now().at)
            .map_err(|why| Failure::new(why.to_string(), "`carecert playbook check` says where"))?;
        let text = escape_json(&text);
        if self.out.is_none() {
            // The document is JSON already: with --json too it is the answer itself.
            print_unchanged(text.as_bytes())?;
            return Ok(0);
        }
        give_text(context, &text, self.out.as_deref(), self.force)
    }
}
