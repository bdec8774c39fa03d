//! `carecert countersign`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::find_entry},
    domain::{
        decide::{Command, CountersignDecision},
        person::Person,
    },
};
use clap::Args;

/// Record that another person confirms what is logged of a decision.
#[derive(Debug, Args)]
pub(crate) struct CountersignCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The entry of the decision, such as A17.
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// Who confirms what is logged: never who logged it.
    #[arg(id = "person", long = "who", value_name = "NAME")]
    person: String,
    /// In which role.
    #[arg(long, value_name = "ROLE", default_value = "", hide_default_value = true)]
    in_role: String,
    /// By what means they were asked.
    #[arg(long, value_name = "HOW", default_value = "", hide_default_value = true)]
    means: String,
    /// What they said.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    words: String,
}

impl CountersignCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        let (entry, hash) = find_entry(session.case(), &self.entry)?;
        let person = Person { role: self.in_role, ..Person::named(self.person) };
        let countersign = CountersignDecision { entry, hash, person, means: self.means, words: self.words };
        context.record(session, Command::Countersign(countersign).into())
    }
}
