//! `carecert follow-up`.

use super::act::find_entry;
use crate::{
    cli::{Done, context::Context, options::subject::FollowUp},
    domain::decide::command::{Command, MarkEntry},
};

/// Marks an entry as one to be looked at again, or takes the mark off.
pub(crate) fn run(context: &mut Context, follow_up: FollowUp) -> Done {
    let session = context.open(&follow_up.case)?;
    let (entry, hash) = find_entry(session.case(), &follow_up.entry)?;
    context
        .record(session, Command::FollowUp(MarkEntry { entry, hash, on: !follow_up.done, why: follow_up.why }).into())
}
