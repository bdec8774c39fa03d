//! Whether the head file fits the log: each head is that of its number, and at most one write is not yet in it.

use super::log::CheckedLog;
use crate::{
    domain::{
        case::Case,
        finding::{Finding, FindingKind, Findings},
        id::EntryId,
        record::Head,
    },
    store::{heads::Heads, layout},
};
use std::collections::BTreeMap;

/// Compares the head file as it was before the log was read, and as it is after, with the log.
///
/// What it said before must be there. What it says after may go beyond what was read, if somebody writes meanwhile; and
/// the log may go beyond that by what one write brought, if that write was cut off before it came to the head file.
pub(super) fn check_heads(before: Option<&Heads>, after: Option<&Heads>, log: &CheckedLog, findings: &mut Findings) {
    let (Some(before), Some(case)) = (before, &log.case) else {
        if let Some(before) = before {
            check_promises(before, None, findings);
        }
        return;
    };
    check_promises(before, Some(case), findings);
    let after = after.unwrap_or(before);
    for (console, here) in case.heads() {
        let named = |heads: &Heads| heads.get(&console).map_or(0, |head| head.seq);
        // Somebody may have recorded more while the log was read.
        let written = named(before).max(named(after));
        let letter = case.letter(&console);
        if here.seq <= written {
            continue;
        }
        let one_write = log.commit.as_ref().is_some_and(|end| end.console == console && written + 1 >= end.first);
        let entries = cite_range(&letter, written + 1, here.seq);
        findings.push(if one_write {
            let what = format!("{entries} is not in the head file yet: the write was cut off, and the next one completes it");
            Finding::notice(FindingKind::DamagedHeads, layout::HEADS, what)
        } else {
            let what = format!(
                "it ends before {entries}, which is more than a write that is cut off leaves out: the entries were added, \
                 or the head file replaced, by something else than carecert"
            );
            Finding::damage(FindingKind::DamagedHeads, layout::HEADS, what)
        });
    }
}

/// Every head that was written must be that of the entry at its number.
fn check_promises(promised: &Heads, case: Option<&Case>, findings: &mut Findings) {
    let present: BTreeMap<_, Head> = case.map(Case::heads).unwrap_or_default();
    for (console, head) in promised.iter().filter(|(_, head)| head.seq > 0) {
        let here = present.get(console).map_or(0, |head| head.seq);
        // A log of which nothing is left has no letter.
        let written = case.filter(|_| here > 0);
        let letter = written.map_or_else(|| console.short().to_owned(), |case| case.letter(console));
        let place = cite_range(&letter, here + 1, head.seq);
        if here < head.seq {
            let what = format!(
                "COMMITTED ENTRIES ARE MISSING: {letter}{} was recorded, but the case file ends at {letter}{here}",
                head.seq
            );
            findings.push(Finding::damage(FindingKind::EntriesMissing, place, what));
            continue;
        }
        let entry = EntryId { console: console.clone(), seq: head.seq };
        let cite = format!("{letter}{}", head.seq);
        match case.and_then(|case| case.hash_of(&entry)) {
            Some(hash) if hash == head.hash => {}
            Some(_) => {
                let what = format!("{cite} is not as it was recorded: its hash is not the one in the head file");
                findings.push(Finding::damage(FindingKind::ChangedRecord, cite, what));
            }
            None => {
                let what = format!("{cite} is in the head file and not in the log");
                findings.push(Finding::damage(FindingKind::EntriesMissing, cite, what));
            }
        }
    }
}

/// `A7`, or `A7 to A9`.
fn cite_range(letter: &str, first: u64, last: u64) -> String {
    if first == last { format!("{letter}{first}") } else { format!("{letter}{first} to {letter}{last}") }
}
