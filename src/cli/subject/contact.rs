//! `carecert contact`.

use crate::{
    cli::{context::Context, failure::CommandResult},
    domain::{decide::Command, event::ContactNoted},
};
use clap::Args;

/// Note who can be reached, and how.
#[derive(Debug, Args)]
pub(crate) struct ContactCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// Who.
    #[arg(value_name = "NAME")]
    name: String,
    /// In which role; yours is --role.
    // Named `role` it would be the same to clap as --role, which says who acts.
    #[arg(long, value_name = "ROLE")]
    in_role: Option<String>,
    /// Of which organisation; yours is --organisation.
    #[arg(long, value_name = "NAME")]
    of: Option<String>,
    /// How they are reached: telephone, mail, room.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reach: Option<String>,
    /// Anything to add.
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
}

impl ContactCommand {
    /// What is left out stays as it was noted last.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        let known = session.case().contact(&self.name).map(|known| known.what.clone());
        let given_or_known = |given: Option<String>, former: fn(&ContactNoted) -> &String| {
            given.unwrap_or_else(|| known.as_ref().map(former).cloned().unwrap_or_default())
        };
        let command = Command::NoteContact(ContactNoted {
            role: given_or_known(self.in_role, |known| &known.role),
            organisation: given_or_known(self.of, |known| &known.organisation),
            reach: given_or_known(self.reach, |known| &known.reach),
            about: given_or_known(self.about, |known| &known.about),
            name: self.name,
        });
        context.record(session, command.into())
    }
}
