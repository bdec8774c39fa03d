//! What a bundle's files say of each other: manifests, records, evidence, playbooks, heads and seal.

use super::{bag, bundle, check::Check, names};
use crate::domain::{case::Case, finding::Kind, id::Hash, text::safe};
use std::collections::{BTreeMap, BTreeSet};

impl Check<'_> {
    /// Compares everything with everything that speaks of it.
    pub(super) fn compare(&mut self) {
        let payload = self.manifest(bag::MANIFEST, |path| path.starts_with(bag::DATA));
        let tags = self.manifest(bag::TAG_MANIFEST, |path| !path.starts_with(bag::DATA) && path != bag::TAG_MANIFEST);
        for always in bundle::ALWAYS.iter().filter(|path| !payload.contains(**path)) {
            self.damage(Kind::MissingFile, *always, "the manifest does not name it, as that of each bundle does");
        }
        for always in [bag::BAGIT, bag::INFO, bag::MANIFEST].iter().filter(|path| !tags.contains(**path)) {
            self.damage(Kind::MissingFile, *always, "the tag manifest does not name it, as that of each bundle does");
        }
        if self.text(bag::BAGIT).is_some_and(|text| text != bag::BAGIT_TEXT) {
            self.damage(Kind::ChangedFile, bag::BAGIT, "it does not say that this is a BagIt 1.0 bag in UTF-8");
        }
        let Some(case) = self.case.take() else {
            self.damage(Kind::MissingFile, bundle::RECORDS, "there is no entry that can be read");
            return self.info(None);
        };
        self.container(&case);
        self.info(Some(&case));
        self.heads(&case);
        self.evidence(&case);
        self.playbooks(&case);
        self.case = Some(case);
    }

    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.seen.get(path)?.kept.as_ref()?).ok()
    }

    /// Holds the files that `mine` picks against a manifest, and hands back the paths that it names.
    fn manifest(&mut self, path: &str, mine: impl Fn(&str) -> bool) -> BTreeSet<String> {
        let mut named = BTreeMap::new();
        let mut faults = Vec::new();
        match self.text(path) {
            None if self.seen.contains_key(path) => {
                faults.push((Kind::BadManifest, path.to_owned(), "it is too long or is not UTF-8".to_owned()));
            }
            None if self.unread.contains(path) => {}
            None => faults.push((Kind::MissingFile, path.to_owned(), "it is not there".to_owned())),
            Some(text) => {
                let (lines, rest) = text.rsplit_once('\n').map_or(("", text), |(lines, rest)| (lines, rest));
                if !rest.is_empty() {
                    faults.push((Kind::BadManifest, path.to_owned(), "its last line has no end".to_owned()));
                }
                for (number, line) in lines.split('\n').chain((!rest.is_empty()).then_some(rest)).enumerate() {
                    let fault = match bag::read_line(line) {
                        None => "it is not a SHA-256, two spaces and a path",
                        Some((path, _)) if !mine(&path) => "this manifest does not speak of such a file",
                        Some((path, sha256)) => match named.insert(path, sha256) {
                            None => continue,
                            Some(_) => "it names a file for the second time",
                        },
                    };
                    let place = format!("{path} line {}", number + 1);
                    faults.push((Kind::BadManifest, place, format!("{fault}: {}", safe(line))));
                }
            }
        }
        for (file, sha256) in &named {
            match self.seen.get(file) {
                Some(seen) if seen.sha256 == *sha256 => {}
                Some(seen) => {
                    let what = format!("its {} bytes do not have the hash that {path} states", seen.size);
                    faults.push((Kind::ChangedFile, safe(file).into_owned(), what));
                }
                None if self.unread.contains(file) => {}
                None => {
                    let what = format!("{path} names it, and it is not there");
                    faults.push((Kind::MissingFile, safe(file).into_owned(), what));
                }
            }
        }
        for file in self.seen.keys().filter(|file| mine(file) && !named.contains_key(*file)) {
            faults.push((Kind::UnexpectedFile, safe(file).into_owned(), format!("{path} does not name it")));
        }
        for (kind, place, what) in faults {
            self.damage(kind, place, what);
        }
        named.into_keys().collect()
    }

    /// The parts of the zip that follow from the records.
    fn container(&mut self, case: &Case) {
        let top = names::top(case);
        for other in std::mem::take(&mut self.tops).iter().filter(|other| **other != top) {
            let what = format!("files stand in the folder {}, and not in {top}", safe(other));
            self.damage(Kind::UnexpectedFile, safe(other), what);
        }
        if self.stamp != Some(bag::stamp(case.updated)) {
            let what = "the files do not have the time of the last entry";
            self.damage(Kind::ChangedContainer, self.name, what);
        }
    }

    fn info(&mut self, case: Option<&Case>) {
        let Some(text) = self.text(bag::INFO) else {
            if self.seen.contains_key(bag::INFO) {
                self.damage(Kind::ChangedFile, bag::INFO, "it is too long or is not UTF-8");
            }
            return;
        };
        let payload = self.seen.iter().filter(|(path, _)| path.starts_with(bag::DATA));
        let (octets, files) =
            payload.fold((0_u64, 0_u64), |(octets, files), (_, seen)| (octets + seen.size, files + 1));
        let mut wanted = vec![(bundle::OXUM, format!("{octets}.{files}"))];
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
                    faults.push(format!("{label} says {}, and the contents come to {wanted}", safe(stated)));
                }
                (None, _) => faults.push(format!("{label} is not stated")),
                (Some(_), Some(_)) => faults.push(format!("{label} is stated more than once")),
            }
        }
        for what in faults {
            self.damage(Kind::ChangedFile, bag::INFO, what);
        }
    }

    fn heads(&mut self, case: &Case) {
        if !self.seen.contains_key(bundle::HEADS) {
            return;
        }
        let wanted = bundle::heads(case);
        let stated = self.text(bundle::HEADS).unwrap_or_default();
        if stated == wanted {
            return;
        }
        let missing = missing(stated, case);
        let lines: BTreeSet<&str> = wanted.lines().collect();
        let odd = stated.lines().find(|line| !lines.contains(line)).map(|line| safe(line).into_owned());
        let what = match odd {
            Some(line) => format!("it states an end or a seal that the records do not come to: {line}"),
            None => "it does not state where every log ends".to_owned(),
        };
        self.damage(Kind::DamagedHeads, bundle::HEADS, what);
        for (place, what) in missing {
            self.damage(Kind::EntriesMissing, place, what);
        }
    }

    fn evidence(&mut self, case: &Case) {
        let mut claimed = BTreeSet::new();
        for item in names::evidence(case) {
            let Some(path) = &item.path else { continue };
            let what = &item.noted.what;
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
        self.unclaimed(names::EVIDENCE, &claimed);
    }

    fn playbooks(&mut self, case: &Case) {
        let mut claimed = BTreeSet::new();
        for (path, source) in names::playbooks(case) {
            match self.seen.get(&path) {
                Some(seen) if seen.sha256 == Hash::of(source.as_bytes()) => {}
                Some(_) => self.damage(Kind::ChangedFile, &path, "it is not the text that the entry holds"),
                None if self.unread.contains(&path) => {}
                None => self.damage(Kind::MissingFile, &path, "the records hold its text, and it is not there"),
            }
            claimed.insert(path);
        }
        self.unclaimed(names::PLAYBOOKS, &claimed);
    }

    fn unclaimed(&mut self, folder: &str, claimed: &BTreeSet<String>) {
        let odd = |path: &&String| path.starts_with(folder) && !claimed.contains(*path);
        let odd: Vec<String> = self.seen.keys().filter(odd).map(|path| safe(path).into_owned()).collect();
        for path in odd {
            self.damage(Kind::UnclaimedEvidence, path, "no entry speaks of this file");
        }
    }
}

/// Entries that the heads state and the records do not reach: their citations, and a sentence.
fn missing(stated: &str, case: &Case) -> Vec<(String, String)> {
    let present = case.heads();
    let mut missing = Vec::new();
    for line in stated.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        let [letter, console, seq, hash] = parts[..] else { continue };
        let (Ok(seq), Ok(_)) = (seq.parse::<u64>(), Hash::parse(hash)) else { continue };
        let letter = safe(letter);
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
