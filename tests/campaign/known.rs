//! What fails today and why, until the product is put right. A failure that is not on this list fails the test.

use super::tally::{
    Known,
    Wrong::{self, Greedy, Left, Lost, Never, Panic, Status},
};

const fn known(scenario: &'static str, wrong: Wrong, words: &'static str, why: &'static str) -> Known {
    Known { scenario, wrong, words, why }
}

const CLOSE: &str = "a failing close after a recorded entry is told as a failure";
const WRITTEN: &str = "an export that was written does not say so where recording it fails";
const UNREADABLE: &str = "verify takes a disk that cannot be read for damage";
const ASIDE: &str = "a case that cannot be looked at is left out of the list in silence";
const FULL: &str = "readers need room for SQLite's shared memory";
const PARENTS: &str = "the folders above the first case are not synced";
const IN_PLACE: &str = "an item that is found in place is not synced again";
const PRAGMA: &str = "a failing change to the write-ahead log is not noticed, and DELETE with FULL is not durable";
const MOVED: &str = "files that were replaced or moved under the program are not noticed";
const IRREGULAR: &str = "files are opened that are no regular files, or through links, or read without a limit";
const SCHEMA: &str = "the schema is compared by verify only";
const LENGTH: &str = "the length of a row is not limited";
const LAST: &str = "the hash in the head file is not held against the entry of its number";
const DERIVED: &str = "verify does not render derived files again, and takes files that no record accounts for";
const TEXT: &str = "a record's text is not held to be one line of plain JSON, nor a playbook to fit its text";
const TIMES: &str = "times that contradict their neighbours are not noticed";
const BEFORE: &str = "moments before 1970 panic";
const ZONE: &str = "a zone that is not installed is taken for UTC";
const CHANGE: &str = "the offset of now is taken for that of another day";
const JUMP: &str = "commands do not notice a clock that jumped";
const SIGNALS: &str = "a signal ends a command before it takes away what it has begun";

/// Take a line off as soon as what it names is put right: the report says which ones pass.
pub(crate) const KNOWN: &[Known] = &[
    known("error/", Status, "exit 1, and the entry is there", CLOSE),
    known("error/", Status, "exit 1 without an id, and the case is there", CLOSE),
    known("error/", Status, "exit 1 does not say that", WRITTEN),
    known("error/", Status, "damage, and nothing is damaged", UNREADABLE),
    known("error/once/cases", Status, "the answer is not complete", ASIDE),
    known("error/on/cases", Status, "the answer is not complete", ASIDE),
    known("full/", Status, "exit 1, and the entry is there", CLOSE),
    known("full/", Status, "exit 1 does not say that", WRITTEN),
    known("full/", Status, "a full disk keeps", FULL),
    known("full/", Status, "damage, and nothing is damaged", FULL),
    known("power/strict/first", Lost, "a case whose id was printed is not there", PARENTS),
    known("power/strict/killed-new", Lost, "a case whose id was printed is not there", PARENTS),
    known("power/strict/killed-evidence", Lost, "the bytes of the item", IN_PLACE),
    known("power/ordered/killed-evidence", Lost, "the bytes of the item", IN_PLACE),
    known("power/ordered/killed-twice", Lost, "the bytes of the item", IN_PLACE),
    known("power/strict/killed-twice", Lost, "the bytes of the item", IN_PLACE),
    known("power/strict/failed-sync", Lost, "the bytes of the item", IN_PLACE),
    known("power/strict/failed-sync", Lost, "acknowledged entries are gone", PRAGMA),
    known("swap/", Lost, "acknowledged, and", MOVED),
    known("swap/", Lost, "is damaged", MOVED),
    known("swap/", Lost, "the bytes of the item", MOVED),
    known("swap/", Left, "the folder that was moved away was made again", MOVED),
    known("swap/database-fifo", Never, "", IRREGULAR),
    known("swap/heads-fifo", Never, "", IRREGULAR),
    known("swap/heads-zero", Greedy, "", IRREGULAR),
    known("odd/", Never, "", IRREGULAR),
    known("odd/", Greedy, "", IRREGULAR),
    known("odd/", Status, "is passed over in silence", IRREGULAR),
    known("odd/database/link", Status, "in the place of the database is read", IRREGULAR),
    known("odd/database/", Status, "left out in silence", IRREGULAR),
    known("odd/", Status, "verify calls it intact with Link", IRREGULAR),
    known("odd/", Status, "in the place of an item leaves in a bundle", IRREGULAR),
    known("odd/wal", Status, "damage, and nothing is damaged", UNREADABLE),
    known("odd/journal", Status, "damage, and nothing is damaged", UNREADABLE),
    known("odd/shm", Status, "damage, and nothing is damaged", UNREADABLE),
    known("schema/", Lost, "recorded in a database that is not ours", SCHEMA),
    known("schema/", Status, "takes a database that is not ours", SCHEMA),
    known("schema/", Status, "the bad case is left out in silence", SCHEMA),
    known("schema/trigger-endless", Never, "", SCHEMA),
    known("schema/view-", Never, "", SCHEMA),
    known("schema/extra-index-costly", Greedy, "", SCHEMA),
    known("schema/extra-index-costly", Never, "", SCHEMA),
    known("schema/column-costly", Greedy, "", SCHEMA),
    known("schema/column-costly", Never, "", SCHEMA),
    known("schema/view-", Greedy, "", SCHEMA),
    known("schema/", Panic, "ended by signal 25", SCHEMA),
    known("schema/row-huge", Never, "", LENGTH),
    known("schema/row-huge", Greedy, "", LENGTH),
    known("schema/row-deep", Status, "is no JSON that others read", TEXT),
    known("schema/row-far", Panic, "", "the number of the next row overflows"),
    known("schema/row-", Status, "the log has other entries than were recorded", LAST),
    known("forge/bundle/", Status, "verify calls a forged bundle intact", DERIVED),
    known("forge/case/changed-and-appended", Status, "verify calls a forged case intact", LAST),
    known("forge/case/", Status, "verify calls a forged case intact", TEXT),
    known("forge/case/", Status, "the case is intact and its own bundle is not", TEXT),
    known("forge/case/time-", Status, "does not notice the times", TIMES),
    known("clock/", Panic, "", BEFORE),
    known("clock/change/", Status, "", CHANGE),
    known("clock/stated/", Status, "", CHANGE),
    known("clock/jumps", Status, "is not noticed", JUMP),
    known("clock/zone/missing", Status, "", ZONE),
    known("clock/zone/zero", Greedy, "", IRREGULAR),
    known("interrupt/", Left, "", SIGNALS),
];
