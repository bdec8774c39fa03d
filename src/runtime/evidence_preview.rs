//! The first bytes of an item of evidence, read off the loop. They are handed on as they are, and never run, unpacked
//! or asked what they are.

use super::jobs::Jobs;
use crate::{
    domain::{id::Hash, problem::Problem},
    store::vault::Vault,
    tui::model::msg::{Msg, PREVIEW, Preview, Ticket},
};
use std::path::PathBuf;
use tokio::sync::mpsc::UnboundedSender;

/// Reads them on a thread: the ticket is answered by `Preview` or `Failed`.
pub(super) fn start_preview(
    ticket: Ticket,
    sha256: Hash,
    folder: Option<PathBuf>,
    jobs: &mut Jobs,
    tell: &UnboundedSender<Msg>,
) {
    let Some(folder) = folder else {
        let _ = tell.send(Msg::Failed(ticket, Problem::new("no case is open", "open one first")));
        return;
    };
    jobs.start(ticket, "reading the item".into(), tell, move |job| {
        job.say(match read_preview(&Vault::of_case(&folder), &sha256) {
            Ok(preview) => Msg::Preview(ticket, preview),
            Err(report) => Msg::Failed(ticket, report),
        });
    });
}

/// The first bytes of the item that has that name; its name is not taken for what is in it.
fn read_preview(vault: &Vault, sha256: &Hash) -> Result<Preview, Problem> {
    let (head, size) = vault.peek(sha256, PREVIEW).map_err(|why| unread_report(Problem::from(&why)))?;
    let whole = head.len() as u64 == size;
    let sha256 = whole.then(|| Hash::of(&head));
    Ok(Preview { head, size, sha256 })
}

/// The same from the reader's side: it is the case's own copy that is gone or damaged, not a path that was typed.
fn unread_report(report: Problem) -> Problem {
    Problem {
        what: "the case's copy of this item cannot be read".into(),
        causes: std::iter::once(report.what).chain(report.causes).collect(),
        hint: Some("v checks every item; a bundle that was exported may still hold a copy".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_bounded_and_a_small_item_is_hashed_anew() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::of_case(folder.path());
        std::fs::create_dir(vault.folder()).unwrap();
        let (small, large) = (Hash::of(b"small"), Hash::of(b"large"));
        std::fs::write(vault.path(&small), b"not what its name says").unwrap();
        std::fs::write(vault.path(&large), vec![7; PREVIEW + 1]).unwrap();
        let read = read_preview(&vault, &small).unwrap();
        assert_eq!((read.size, read.sha256), (22, Some(Hash::of(b"not what its name says"))));
        let read = read_preview(&vault, &large).unwrap();
        assert_eq!((read.head.len(), read.size, read.sha256), (PREVIEW, PREVIEW as u64 + 1, None));
        let missing = read_preview(&vault, &Hash::of(b"gone")).unwrap_err();
        assert!(missing.what.ends_with("cannot be read"), "{missing:?}");
        assert!(missing.causes[0].starts_with("cannot read"), "{missing:?}");
    }
}
