//! `carecert countersign`.

use super::{Done, act::find_entry, context::Context, options_picture::Countersign};
use crate::domain::{command::Command, person::Person};

/// Records that another person confirms what is logged of a decision.
pub(super) fn run(context: &mut Context, countersign: Countersign) -> Done {
    let Countersign { case, entry, person, in_role, means, words } = countersign;
    let session = context.open(&case)?;
    let (entry, hash) = find_entry(session.case(), &entry)?;
    let person = Person { role: in_role, ..Person::named(person) };
    context.record(session, Command::Countersign { entry, hash, person, means, words }.into())
}
