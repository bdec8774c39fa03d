//! `carecert undo`.

use super::act::find_entry;
use crate::{
    cli::{Done, context::Context, options::subject::Undo},
    domain::decide::command::{Command, UndoEntry},
};

/// Undoes an entry by new entries: it stays, and is said not to count.
pub(crate) fn run(context: &mut Context, undo: Undo) -> Done {
    let session = context.open(&undo.case)?;
    let (entry, hash) = find_entry(session.case(), &undo.entry)?;
    context.record(session, Command::Undo(UndoEntry { entry, hash, why: undo.why }).into())
}
