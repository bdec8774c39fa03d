//! What fails today and why, until the product is put right. A failure that is not on this list fails the test.

use super::tally::{
    Known,
    Wrong::{self, Greedy, Lost, Never, Status},
};

const fn known(scenario: &'static str, wrong: Wrong, words: &'static str, why: &'static str) -> Known {
    Known { scenario, wrong, words, why }
}

const LAUNDERED: &str = "opening to write does not hold the head file's hash against the entry of its number, and the \
                         next entry writes a new one over it";

const HEADS: &str =
    "after a commit the head file is opened by its path without another look: it may be another folder's";
const BESIDE: &str = "something odd in the place of -wal, -shm or -journal is called damage";

/// Take a line off as soon as what it names is put right: the report says which ones do not fail any more.
pub(crate) const KNOWN: &[Known] = &[
    known("forge/case/", Status, "once an entry more is recorded", LAUNDERED),
    known("schema/row-", Status, "the log has other entries than were recorded", LAUNDERED),
    known("schema/row-deep", Status, "is no JSON that others read", "a row of absurd depth is printed by `log --json`"),
    known("odd/wal/", Status, "damage, and nothing is damaged", BESIDE),
    known("odd/shm/", Status, "damage, and nothing is damaged", BESIDE),
    known("odd/journal/", Status, "damage, and nothing is damaged", BESIDE),
    known("swap/", Lost, "COMMITTED ENTRIES ARE MISSING", HEADS),
    known("swap/database-fifo/", Never, "", "a pipe that comes between the look and SQLite's own opening"),
    known(
        "power/strict/failed-sync",
        Lost,
        "acknowledged entries are gone",
        "SQLite drops the error of a folder's sync",
    ),
    known(
        "power/ordered/failed-sync",
        Lost,
        "acknowledged entries are gone",
        "SQLite drops the error of a folder's sync",
    ),
    known("clock/zone/zero", Greedy, "", "a zone that is a device is read whole"),
];
