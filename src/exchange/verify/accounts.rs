//! Whether the records account for every file of a bundle: evidence, playbooks, and what is rendered from them.

use super::{Check, maker::Maker};
use crate::{
    domain::{
        case::Case,
        finding::{Finding, Kind},
        id::Hash,
        text::make_safe,
    },
    exchange::{
        bundle::{self, bag, derived, names},
        error::ExchangeError,
    },
    store::snapshot::Snapshot,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Files by their contents.
type ByContent = BTreeMap<(Hash, u64), Vec<String>>;

impl Check<'_> {
    /// Evidence and playbooks against the entries that state them, and then every file that nothing accounts for.
    pub(super) fn check_accounts(&mut self, case: &Case, maker: &Maker) {
        let mut claimed: BTreeSet<String> = derived::all_derived().map(|derived| derived.path.to_owned()).collect();
        claimed.extend([bundle::RECORDS, bag::BAGIT, bag::INFO, bag::MANIFEST, bag::TAG_MANIFEST].map(str::to_owned));
        self.check_evidence(case, maker, &mut claimed);
        self.check_playbooks(case, maker, &mut claimed);
        let files: BTreeSet<String> = self.seen.keys().chain(&self.unread).cloned().collect();
        for path in files.difference(&claimed) {
            let place = make_safe(path).into_owned();
            if path.starts_with(names::EVIDENCE) || path.starts_with(names::PLAYBOOKS) {
                self.damage(Kind::UnclaimedEvidence, place, "no entry speaks of this file");
            } else if maker.is_later() {
                let what =
                    "no entry speaks of this file; a later version may have made it, and this one cannot check it";
                self.findings.push(Finding::unchecked(Kind::NotChecked, place, what));
            } else {
                self.damage(Kind::UnexpectedFile, place, "no entry speaks of this file, and carecert does not make it");
            }
        }
    }

    /// Holds each copy against the entry that added it, and notes its path as accounted for.
    fn check_evidence(&mut self, case: &Case, maker: &Maker, claimed: &mut BTreeSet<String>) {
        let mut others = self.list_by_content(names::EVIDENCE, maker);
        for item in names::list_evidence(case) {
            let Some(path) = &item.path else { continue };
            let what = &item.noted.what;
            let there =
                if self.seen.contains_key(path) { None } else { take_file(&mut others, what.sha256, what.size) };
            let path = there.as_ref().unwrap_or(path);
            match self.seen.get(path) {
                Some(seen) => {
                    self.evidence += 1;
                    if (seen.sha256, seen.size) != (what.sha256, what.size) {
                        let found =
                            format!("its {} bytes are not the {} bytes that were taken in", seen.size, what.size);
                        self.damage(Kind::ChangedEvidence, item.place(), found);
                    }
                }
                None if self.unread.contains(path) => {}
                None => self.damage(Kind::MissingEvidence, item.place(), format!("{path} is not there")),
            }
            claimed.insert(path.clone());
        }
    }

    /// Holds each playbook file against the text in the records, and notes its path as accounted for.
    fn check_playbooks(&mut self, case: &Case, maker: &Maker, claimed: &mut BTreeSet<String>) {
        let mut others = self.list_by_content(names::PLAYBOOKS, maker);
        for (path, source) in names::list_playbooks(case) {
            let (sha256, size) = (Hash::of(source.as_bytes()), source.len() as u64);
            let there = if self.seen.contains_key(&path) { None } else { take_file(&mut others, sha256, size) };
            let path = there.unwrap_or(path);
            match self.seen.get(&path) {
                Some(seen) if seen.sha256 == sha256 => {}
                Some(_) => self.damage(Kind::ChangedFile, &path, "it is not the text that the entry holds"),
                None if self.unread.contains(&path) => {}
                None => self.damage(Kind::MissingFile, &path, "the records hold its text, and it is not there"),
            }
            claimed.insert(path);
        }
    }

    /// The files of a folder by their contents, if another version made the bundle: it may name them otherwise.
    fn list_by_content(&self, folder: &str, maker: &Maker) -> ByContent {
        let mut files = ByContent::new();
        for (path, seen) in self.seen.iter().filter(|(path, _)| !maker.is_this() && path.starts_with(folder)) {
            files.entry((seen.sha256, seen.size)).or_default().push(path.clone());
        }
        files
    }

    /// Renders what is made from the records again and compares. Fails if the watch says stop.
    pub(super) fn check_derived(
        &mut self,
        snapshot: &Arc<Snapshot>,
        maker: &Maker,
        watch: &mut dyn FnMut() -> bool,
    ) -> Result<(), ExchangeError> {
        for (derived, rendered) in derived::render_within(snapshot, self.patience, watch)? {
            let Some(found) = self.seen.get(derived.path).map(|seen| seen.sha256) else { continue };
            match rendered {
                // Where every log ends was compared before, line by line.
                _ if derived.path == bundle::HEADS => {}
                Ok(hash) if hash == found => {}
                Ok(_) if !maker.is_this() && derived::is_earlier_readme(derived.path, &found) => {}
                Ok(_) => self.findings.push(maker.differs(derived.path, "")),
                Err(why) => {
                    let what = format!("it could not be rendered from the records, so it was not compared: {why}");
                    self.findings.push(Finding::unchecked(Kind::NotChecked, derived.path, what));
                }
            }
        }
        Ok(())
    }

    /// Says that what is made from the records was not compared, and why.
    pub(super) fn leave_derived(&mut self, why: &str) {
        let files = derived::all_derived().map(|derived| derived.path).filter(|path| *path != bundle::HEADS);
        let files: Vec<&str> = files.filter(|path| self.seen.contains_key(*path)).collect();
        if !files.is_empty() {
            let what = format!("not compared with the records, {why}");
            self.findings.push(Finding::unchecked(Kind::NotChecked, files.join(", "), what));
        }
    }
}

/// A file with these contents, which is then taken.
fn take_file(files: &mut ByContent, sha256: Hash, size: u64) -> Option<String> {
    files.get_mut(&(sha256, size))?.pop()
}
