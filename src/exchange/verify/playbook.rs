//! Whether a playbook that an entry holds is the one of its own text, and whether a text that is called built-in is ours.

use crate::{
    domain::{
        finding::{Finding, FindingKind},
        id::Hash,
        playbook::Playbook,
    },
    playbook::{Origin, parse_playbook, was_shipped},
};

/// Checks the playbook of an entry that is cited so: its text against the stated hash, against the steps that the
/// responders were led by, and against what this program has ever shipped.
pub(super) fn check_playbook(
    source: &str,
    sha256: Hash,
    origin: &str,
    playbook: &Playbook,
    cite: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let found = Hash::of(source.as_bytes());
    if found != sha256 {
        let what = "the playbook's text does not have the hash that the entry states";
        findings.push(Finding::damage(FindingKind::ChangedRecord, cite, what));
    }
    match parse_playbook(source) {
        Ok(parsed) if parsed == *playbook => {}
        Ok(_) => {
            let what = "the steps that the entry holds are not those of the playbook's text";
            findings.push(Finding::damage(FindingKind::ChangedRecord, cite, what));
        }
        // An earlier or later reader may have known words that this one does not.
        Err(why) => {
            let what = format!(
                "this version cannot read the playbook's text (line {}: {}), so whether the steps that the entry holds \
                 are those of the text was not checked",
                why.line, why.what
            );
            findings.push(Finding::unchecked(FindingKind::NotChecked, cite, what));
        }
    }
    // Anyone can write "built-in" into an entry; only the hash of the text says whether it is.
    if origin == Origin::BuiltIn.to_string() && !was_shipped(&found.to_string()) {
        let what = format!(
            "the playbook {} {} is called built-in, and this version does not know its text: it is from a later version, \
             or it is not carecert's",
            playbook.id, playbook.version
        );
        findings.push(Finding::unchecked(FindingKind::NotChecked, cite, what));
    }
    findings
}
