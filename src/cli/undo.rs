//! `carecert undo`.

use super::{Done, act::find_entry, context::Context, options_picture::Undo};
use crate::domain::command::Command;

/// Undoes an entry by new entries: it stays, and is said not to count.
pub(super) fn run(context: &mut Context, undo: Undo) -> Done {
    let session = context.open(&undo.case)?;
    let (entry, hash) = find_entry(session.case(), &undo.entry)?;
    context.record(session, Command::Undo { entry, hash, why: undo.why }.into())
}
