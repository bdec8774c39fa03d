//! `carecert playbook guide`.

use crate::{
    cli::{context::Context, failure::CommandResult, text_output::give_text},
    playbook,
};
use clap::Args;

/// Print how to write one, with every field.
#[derive(Debug, Args)]
pub(crate) struct PrintGuide {}

impl PrintGuide {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        give_text(context, playbook::read_guide(), None, false)
    }
}
