//! `carecert follow-up`.

use super::{Done, act::find_entry, context::Context, options_picture::FollowUp};
use crate::domain::command::Command;

/// Marks an entry as one to be looked at again, or takes the mark off.
pub(super) fn run(context: &mut Context, follow_up: FollowUp) -> Done {
    let session = context.open(&follow_up.case)?;
    let (entry, hash) = find_entry(session.case(), &follow_up.entry)?;
    context.record(session, Command::FollowUp { entry, hash, on: !follow_up.done, why: follow_up.why }.into())
}
