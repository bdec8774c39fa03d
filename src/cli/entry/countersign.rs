//! `carecert countersign`.

use super::act::find_entry;
use crate::{
    cli::{Done, context::Context, options::subject::Countersign},
    domain::{
        decide::command::{Command, CountersignDecision},
        person::Person,
    },
};

/// Records that another person confirms what is logged of a decision.
pub(crate) fn run(context: &mut Context, countersign: Countersign) -> Done {
    let Countersign { case, entry, person, in_role, means, words } = countersign;
    let session = context.open(&case)?;
    let (entry, hash) = find_entry(session.case(), &entry)?;
    let person = Person { role: in_role, ..Person::named(person) };
    context.record(session, Command::Countersign(CountersignDecision { entry, hash, person, means, words }).into())
}
