//! What a bundle's files say of each other: manifests, bag-info, heads and seal.

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
    store::{snapshot::Snapshot, vault::Vault},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

impl Check<'_> {
    /// Compares everything with everything that speaks of it. Fails if the watch says stop.
    pub(super) fn compare(&mut self, watch: &mut dyn FnMut() -> bool) -> Result<(), ExchangeError> {
        let maker = Maker::of(self.text(bag::INFO));
        self.check_manifests(&maker);
        if self.seen.contains_key(bag::BAGIT) && self.text(bag::BAGIT) != Some(bag::BAGIT_TEXT) {
            self.damage(Kind::ChangedFile, bag::BAGIT, "it does not say that this is a BagIt 1.0 bag in UTF-8");
        }
        let (case, records, sound) = match self.log.take() {
            Some(mut log) => {
                let sound = !log.findings.damaged();
                self.findings.extend(std::mem::take(&mut log.findings).finish());
                (log.case, log.records, sound)
            }
            None => (None, None, false),
        };
        let Some(case) = case else {
            // Why it could not be read is said already, if it is there.
            if !self.unread.contains(bundle::RECORDS) {
                self.damage(Kind::MissingFile, bundle::RECORDS, "there is no entry that can be read");
            }
            self.check_labels(None);
            return Ok(());
        };
        if self.hindered && self.unread.contains(bundle::RECORDS) {
            let what = "the records could not be read to their end, so nothing was compared with them";
            self.findings.push(Finding::unchecked(Kind::NotChecked, self.name, what));
            self.case = Some(case);
            return Ok(());
        }
        self.check_container(&case);
        self.check_heads(&case);
        self.check_accounts(&case, &maker);
        let labelled = self.check_labels(Some(&case));
        let records = match records {
            _ if !sound => Err("which are damaged"),
            Some(records) if !derived::is_too_large(&case) => Ok(records),
            Some(_) => Err("whose steps are too many to render them here"),
            None => Err("which are too many to render them here"),
        };
        let records = match records {
            Ok(records) => records,
            Err(why) => {
                self.leave_derived(why);
                self.case = Some(case);
                return Ok(());
            }
        };
        let snapshot = Arc::new(Snapshot { case, records, vault: Vault::of_case(Path::new("")) });
        if labelled {
            self.check_info(&snapshot, &maker);
        }
        self.check_derived(&snapshot, &maker, watch)?;
        // Another version may order its files otherwise, and of damaged ones the order says nothing.
        if maker.is_this() && !self.findings.damaged() {
            self.check_order(&snapshot.case);
        }
        self.case = Some(Arc::try_unwrap(snapshot).map_or_else(|left| left.case.clone(), |snapshot| snapshot.case));
        Ok(())
    }

    /// The text of a file that is kept as a whole.
    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.seen.get(path)?.kept.as_ref()?).ok()
    }

    /// Both manifests against the files, and the files that every bundle has against the manifests.
    fn check_manifests(&mut self, maker: &Maker) {
        let payload = self.check_manifest(bag::MANIFEST, |path| path.starts_with(bag::DATA));
        let tags =
            self.check_manifest(bag::TAG_MANIFEST, |path| !path.starts_with(bag::DATA) && path != bag::TAG_MANIFEST);
        let mut always = vec![bundle::RECORDS, bundle::HEADS];
        // What a later version makes for reading is not known here.
        if !maker.is_later() {
            always.extend(derived::all_derived().map(|derived| derived.path).filter(|path| *path != bundle::HEADS));
        }
        for path in always {
            if payload.as_ref().is_some_and(|named| !named.contains(path)) {
                self.damage(Kind::MissingFile, path, "the manifest does not name it, as that of each bundle does");
            }
        }
        for path in [bag::BAGIT, bag::INFO, bag::MANIFEST] {
            if tags.as_ref().is_some_and(|named| !named.contains(path)) {
                self.damage(Kind::MissingFile, path, "the tag manifest does not name it, as that of each bundle does");
            }
        }
    }

    /// Holds the files that `mine` picks against a manifest, and hands back the paths that it names; `None` if it is
    /// there and could not be read.
    fn check_manifest(&mut self, path: &str, mine: impl Fn(&str) -> bool) -> Option<BTreeSet<String>> {
        let mut named = BTreeMap::new();
        let mut faults = Vec::new();
        match self.text(path) {
            None if self.seen.contains_key(path) => {
                faults.push((Kind::BadManifest, path.to_owned(), "it is too long or is not UTF-8".to_owned()));
            }
            None if self.unread.contains(path) => return None,
            None => faults.push((Kind::MissingFile, path.to_owned(), "it is not there".to_owned())),
            Some(text) => {
                // A manifest that was cut off has a last line without an end, which may still look whole.
                let (lines, rest) = text.rsplit_once('\n').map_or(("", text), |(lines, rest)| (lines, rest));
                if !rest.is_empty() {
                    faults.push((Kind::BadManifest, path.to_owned(), "its last line has no end".to_owned()));
                }
                for (number, line) in lines.split('\n').chain((!rest.is_empty()).then_some(rest)).enumerate() {
                    let fault = match bag::read_manifest_line(line) {
                        None => "it is not a SHA-256, two spaces and a path",
                        Some((path, _)) if !mine(&path) => "this manifest does not speak of such a file",
                        Some((path, sha256)) => match named.insert(path, sha256) {
                            None => continue,
                            Some(_) => "it names a file for the second time",
                        },
                    };
                    let place = format!("{path} line {}", number + 1);
                    faults.push((Kind::BadManifest, place, format!("{fault}: {}", make_safe(line))));
                }
            }
        }
        for (file, sha256) in &named {
            match self.seen.get(file) {
                Some(seen) if seen.sha256 == *sha256 => {}
                Some(seen) => {
                    let what = format!("its {} bytes do not have the hash that {path} states", seen.size);
                    faults.push((Kind::ChangedFile, make_safe(file).into_owned(), what));
                }
                None if self.unread.contains(file) => {}
                None => {
                    let what = format!("{path} names it, and it is not there");
                    faults.push((Kind::MissingFile, make_safe(file).into_owned(), what));
                }
            }
        }
        for file in self.seen.keys().filter(|file| mine(file) && !named.contains_key(*file)) {
            faults.push((Kind::UnexpectedFile, make_safe(file).into_owned(), format!("{path} does not name it")));
        }
        for (kind, place, what) in faults {
            self.damage(kind, place, what);
        }
        Some(named.into_keys().collect())
    }

    /// The parts of the zip that follow from the records.
    fn check_container(&mut self, case: &Case) {
        let top = names::top_folder(case);
        for other in std::mem::take(&mut self.tops).iter().filter(|other| **other != top) {
            let what = format!("files stand in the folder {}, and not in {top}", make_safe(other));
            self.damage(Kind::UnexpectedFile, make_safe(other), what);
        }
        if self.stamp != Some(bag::zip_time(case.updated)) {
            self.note_repacking("the files do not have the time of the last entry");
        }
    }

    /// Bytes and files of the payload.
    fn payload(&self) -> (u64, u64) {
        let payload = self.seen.iter().filter(|(path, _)| path.starts_with(bag::DATA));
        payload.fold((0_u64, 0_u64), |(octets, files), (_, seen)| (octets.saturating_add(seen.size), files + 1))
    }

    /// The labels of `bag-info.txt` that a check relies on. Gives whether all of them are right.
    fn check_labels(&mut self, case: Option<&Case>) -> bool {
        let Some(text) = self.text(bag::INFO) else {
            if self.seen.contains_key(bag::INFO) {
                self.damage(Kind::ChangedFile, bag::INFO, "it is too long or is not UTF-8");
            }
            return false;
        };
        let mut wanted = Vec::new();
        // The size of a payload that could not be read whole is not known.
        if !self.unread.iter().any(|path| path.starts_with(bag::DATA)) {
            let (octets, files) = self.payload();
            wanted.push((bundle::OXUM, format!("{octets}.{files}")));
        }
        if let Some(case) = case {
            wanted.push((bundle::CASE, case.id.to_string()));
            wanted.push((bundle::SEAL, case.seal().to_string()));
            wanted.push((bundle::COUNT, case.records.to_string()));
        }
        let mut faults = Vec::new();
        for (label, wanted) in wanted {
            let mut stated = text.lines().filter_map(|line| line.strip_prefix(label)?.strip_prefix(": "));
            match (stated.next(), stated.next()) {
                (Some(stated), None) if stated == wanted => {}
                (Some(stated), None) => {
                    faults.push(format!("{label} says {}, and the contents come to {wanted}", make_safe(stated)));
                }
                (None, _) => faults.push(format!("{label} is not stated")),
                (Some(_), Some(_)) => faults.push(format!("{label} is stated more than once")),
            }
        }
        let sound = faults.is_empty();
        for what in faults {
            self.damage(Kind::ChangedFile, bag::INFO, what);
        }
        sound
    }

    /// The whole of `bag-info.txt`, once its labels are right.
    fn check_info(&mut self, snapshot: &Snapshot, maker: &Maker) {
        let (octets, files) = self.payload();
        let wanted = bundle::render_info(snapshot, octets, files);
        let Some(stated) = self.text(bag::INFO).filter(|stated| *stated != wanted) else { return };
        let odd = stated.lines().zip(wanted.lines()).find(|(stated, wanted)| stated != wanted);
        let odd = odd.map(|(stated, _)| stated).or_else(|| stated.lines().nth(wanted.lines().count()));
        let odd = match odd {
            None => "a line is missing".to_owned(),
            // What made the bundle is said with every such finding.
            Some(line) if !maker.is_this() && line.starts_with(bundle::AGENT) => String::new(),
            Some(line) => make_safe(line).into_owned(),
        };
        let finding = maker.differs(bag::INFO, &odd);
        self.findings.push(finding);
    }

    /// Holds `heads.txt` against where the logs end by the records.
    fn check_heads(&mut self, case: &Case) {
        if !self.seen.contains_key(bundle::HEADS) {
            return;
        }
        let wanted = bundle::render_heads(case);
        let stated = self.text(bundle::HEADS).unwrap_or_default();
        if stated == wanted {
            return;
        }
        let missing = list_missing(stated, case);
        let lines: BTreeSet<&str> = wanted.lines().collect();
        let odd = stated.lines().find(|line| !lines.contains(line)).map(|line| make_safe(line).into_owned());
        let what = match odd {
            Some(line) => format!("it states an end or a seal that the records do not come to: {line}"),
            None => "it does not state where every log ends".to_owned(),
        };
        self.damage(Kind::DamagedHeads, bundle::HEADS, what);
        for (place, what) in missing {
            self.damage(Kind::EntriesMissing, place, what);
        }
    }

    /// The order of the files and of the lines of the manifests, which follow from the records, too.
    fn check_order(&mut self, case: &Case) {
        let payload = derived::payload_paths(case);
        let tags = [bag::BAGIT, bag::INFO, bag::MANIFEST].map(str::to_owned);
        let [bagit, info, manifest] = tags.clone();
        let order: Vec<String> = std::iter::once(bagit)
            .chain(payload.iter().cloned())
            .chain([info, manifest, bag::TAG_MANIFEST.to_owned()])
            .collect();
        if self.order != order {
            self.note_repacking("its files are not in the order in which carecert writes them");
        }
        for (manifest, paths) in [(bag::MANIFEST, payload.as_slice()), (bag::TAG_MANIFEST, tags.as_slice())] {
            let line = |path: &String| self.seen.get(path).map(|seen| bag::write_manifest_line(path, &seen.sha256));
            let lines: Option<String> = paths.iter().map(line).collect();
            if self.text(manifest) != lines.as_deref() {
                self.damage(Kind::BadManifest, manifest, "its lines are not in the order of the files");
            }
        }
    }
}

/// Entries that the heads state and the records do not reach: their citations, and a sentence.
fn list_missing(stated: &str, case: &Case) -> Vec<(String, String)> {
    let present = case.heads();
    let mut missing = Vec::new();
    for line in stated.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        let [letter, console, seq, hash] = parts[..] else { continue };
        let (Ok(seq), Ok(_)) = (seq.parse::<u64>(), Hash::parse(hash)) else { continue };
        let letter = make_safe(letter);
        let here = present.iter().find(|(known, _)| known.as_str() == console).map_or(0, |(_, head)| head.seq);
        if here < seq {
            let first = here + 1;
            let place =
                if first == seq { format!("{letter}{seq}") } else { format!("{letter}{first} to {letter}{seq}") };
            let end = if here == 0 { "hold nothing of that log".to_owned() } else { format!("end at {letter}{here}") };
            missing.push((
                place,
                format!("{} says that {letter}{seq} was recorded, but the records {end}", bundle::HEADS),
            ));
        }
    }
    missing
}
