//! A check of a bundle that goes on after a fault and lists all that it finds. Nothing is unpacked to disk.

mod accounts;
pub mod case;
mod compare;
mod heads;
pub mod inspection;
mod lines;
mod log;
mod maker;
mod playbook;
mod records;
mod salvage;
mod seal_history;

use crate::{
    domain::{
        case::Case,
        finding::{Finding, Findings, Kind},
        id::Hash,
        text::make_safe,
        time::Time,
    },
    exchange::{
        bundle::{
            self, bag,
            container::{self, MOST_ENTRIES, Rewrite},
        },
        error::ExchangeError,
    },
    store::watch::Watch,
};
use inspection::Inspection;
use log::CheckedLog;
use records::Records;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    io::{self, Read, Seek, SeekFrom},
    time::Duration,
};
use zip::{CompressionMethod, read::ZipFile};

/// Bytes of a manifest or another file of ours that is read as a whole.
const MOST_KEPT: usize = 64 << 20;
/// The files that are read as a whole.
const KEPT: &[&str] = &[bag::BAGIT, bag::INFO, bag::MANIFEST, bag::TAG_MANIFEST, bundle::HEADS];
/// What is said of a zip that carecert did not write, and what to do.
const PACKED_AGAIN: &str = ", so it was packed again by something else than carecert. This version checks only the \
                            file as carecert wrote it: ask the sender for that file";
/// How long rendering what a bundle holds for reading may take; 100,000 entries take some seconds.
const PATIENCE: Duration = Duration::from_secs(300);
/// The type bits of a Unix mode.
const MODE_TYPE: u32 = 0o170_000;
/// The type of a link.
const MODE_LINK: u32 = 0o120_000;

/// Checks the bundle in `reader`, on a machine whose clock says `now`; `name` is how findings call it. Whatever is wrong
/// with the bundle is a finding; it fails only if the work is cancelled or the file itself cannot be read. The watch is
/// told bytes read and bytes in all.
pub fn check_bundle<R: Read + Seek>(
    mut reader: R,
    name: &str,
    now: Time,
    watch: Watch<'_>,
) -> Result<Inspection, ExchangeError> {
    let unreadable = |source| ExchangeError::Read { place: name.to_owned(), source };
    let length = reader.seek(SeekFrom::End(0)).map_err(unreadable)?;
    let mut check = Check::new(name, now);
    let rewrite = check.read_all(&mut reader, length, watch)?;
    if rewrite.is_some() || check.salvage.is_some() {
        check.compare(&mut || watch(length, length))?;
    }
    if check.foreign_entries {
        check.note_repacking("it holds folders, or compressed or encrypted files, which carecert never writes");
    }
    if let Some(rewrite) = rewrite.filter(|_| !check.findings.damaged() && !check.hindered)
        && !rewrite.compare_with(&mut reader).map_err(unreadable)?
    {
        let what = "the contents are as recorded, but the zip around them is not as carecert writes it";
        check.damage(Kind::ChangedContainer, name, what);
    }
    let mut findings = check.findings.finish();
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.level), finding.kind));
    // What a salvage found comes after why there had to be one.
    findings.splice(0..0, check.salvage);
    Ok(Inspection {
        findings,
        records: check.lines,
        evidence: check.evidence,
        seal: check.case.as_ref().map(|case| case.seal().to_string()),
        case: check.case,
    })
}

/// A file of the bundle as it was read.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) sha256: Hash,
    pub(super) size: u64,
    /// The contents, where the check itself reads them.
    pub(super) kept: Option<Vec<u8>>,
}

/// A check under way.
pub(super) struct Check<'a> {
    pub(super) name: &'a str,
    now: Time,
    /// How long rendering may take.
    pub(super) patience: Duration,
    pub(super) findings: Findings,
    /// The case that the records give, once everything was compared.
    pub(super) case: Option<Case>,
    pub(super) log: Option<CheckedLog>,
    pub(super) lines: u64,
    /// Files by their paths below the top folder.
    pub(super) seen: BTreeMap<String, Seen>,
    /// The paths in the order of the zip.
    pub(super) order: Vec<String>,
    /// Whether it holds folders, or files that are compressed or encrypted.
    foreign_entries: bool,
    /// Whether it was said that it was packed again.
    repacked: bool,
    /// Whether the system refused to read something.
    pub(super) hindered: bool,
    /// Files that are there and could not be read: of these it is not said again that they are missing.
    pub(super) unread: BTreeSet<String>,
    /// Top folders.
    pub(super) tops: BTreeSet<String>,
    /// The time of the first file.
    pub(super) stamp: Option<zip::DateTime>,
    pub(super) evidence: u64,
    /// Why the zip could not be read as a whole, if files were found all the same.
    pub(super) salvage: Option<Finding>,
    folded: HashSet<String>,
}

impl<'a> Check<'a> {
    /// A check that has seen nothing.
    fn new(name: &'a str, now: Time) -> Self {
        Self {
            name,
            now,
            patience: PATIENCE,
            findings: Findings::default(),
            case: None,
            log: None,
            lines: 0,
            seen: BTreeMap::new(),
            order: Vec::new(),
            foreign_entries: false,
            repacked: false,
            hindered: false,
            unread: BTreeSet::new(),
            tops: BTreeSet::new(),
            stamp: None,
            evidence: 0,
            salvage: None,
            folded: HashSet::new(),
        }
    }

    /// Notes damage.
    pub(super) fn damage(&mut self, kind: Kind, place: impl Into<String>, what: impl Into<String>) {
        self.findings.push(Finding::damage(kind, place, what));
    }

    /// Notes what shows that the zip was packed by something else, with what to do the first time.
    pub(super) fn note_repacking(&mut self, what: &str) {
        let again = if std::mem::replace(&mut self.repacked, true) { "" } else { PACKED_AGAIN };
        self.damage(Kind::ChangedContainer, self.name, format!("{what}{again}"));
    }

    /// Reads everything once. `None` where the zip itself cannot be read, or not safely; of one that has lost its
    /// list of contents, what is left is read.
    fn read_all<R: Read + Seek>(
        &mut self,
        reader: &mut R,
        length: u64,
        watch: Watch<'_>,
    ) -> Result<Option<Rewrite>, ExchangeError> {
        let mut archive = match container::open_zip(&mut *reader) {
            Ok(archive) => archive,
            Err(zip::result::ZipError::Io(source)) if source.raw_os_error().is_some() => {
                return Err(ExchangeError::Read { place: self.name.to_owned(), source });
            }
            Err(why) => {
                let what = format!("it cannot be read as a zip, so it is cut off or damaged: {why}");
                let why = Finding::damage(Kind::ChangedContainer, self.name, what);
                if self.read_what_is_left(reader, length, watch)? {
                    self.salvage = Some(why);
                } else {
                    self.findings.push(why);
                }
                return Ok(None);
            }
        };
        if archive.len() > MOST_ENTRIES {
            let what = format!("it has {} files; a bundle has at most {MOST_ENTRIES}", archive.len());
            self.damage(Kind::ChangedContainer, self.name, what);
            return Ok(None);
        }
        // Tools differ in which of two files of one name they unpack.
        if archive.has_duplicate_names() {
            self.damage(Kind::UnexpectedFile, self.name, "it holds two files of one name, and one hides the other");
        }
        self.stamp = archive.by_index_raw(0).ok().and_then(|entry| entry.last_modified());
        let mut rewrite = Rewrite::new(self.stamp.unwrap_or_default());
        let (mut done, mut claimed) = (0, 0_u64);
        for index in 0..archive.len() {
            let mut entry = match archive.by_index_raw(index) {
                Ok(entry) => entry,
                Err(zip::result::ZipError::Io(source)) if source.raw_os_error().is_some() => {
                    return Err(ExchangeError::Read { place: self.name.to_owned(), source });
                }
                Err(why) => {
                    rewrite.note_foreign();
                    let what = format!("file {} of the zip cannot be read: {why}", index + 1);
                    self.damage(Kind::ChangedContainer, self.name, what);
                    continue;
                }
            };
            claimed = claimed.saturating_add(entry.compressed_size());
            // Contents are stored, so together they are shorter than the file: overlapping entries could be read for
            // ever.
            if claimed > length {
                let what = "its files claim more bytes than it has: they overlap, or it is cut off";
                self.damage(Kind::ChangedContainer, self.name, what);
                return Ok(None);
            }
            let Some((name, path)) = self.admit(&entry) else {
                rewrite.note_foreign();
                continue;
            };
            let size = entry.compressed_size();
            rewrite.begin_entry(&name, entry.data_start(), size);
            self.read_file(path, &mut entry, size, &mut rewrite, &mut |read| {
                done += read;
                if watch(done, length) { Ok(()) } else { Err(ExchangeError::Cancelled) }
            })?;
        }
        Ok(Some(rewrite))
    }

    /// The name of an entry and its path below the top folder, where it is one that can be read here.
    pub(super) fn admit<R: Read>(&mut self, entry: &ZipFile<'_, R>) -> Option<(String, String)> {
        let shown = make_safe(&String::from_utf8_lossy(entry.name_raw())).into_owned();
        let name = std::str::from_utf8(entry.name_raw()).ok();
        self.foreign_entries |= name.is_some_and(|name| name.ends_with('/'));
        // The first fault counts: an entry that is not read has nothing else to be said of it.
        let fault = match name.and_then(split_path) {
            None => "its name is not one that a bundle has, and could do harm where it is unpacked",
            Some(_) if entry.unix_mode().is_some_and(|mode| mode & MODE_TYPE == MODE_LINK) => {
                "it is a link, which no bundle has"
            }
            Some((top, path)) => {
                self.tops.insert(top.to_owned());
                if !self.folded.insert(path.to_lowercase()) {
                    "another file has its name in another mix of cases, and one would hide the other"
                } else if entry.encrypted() || entry.compression() != CompressionMethod::Stored {
                    self.unread.insert(path.to_owned());
                    self.foreign_entries = true;
                    "it is compressed or encrypted, as carecert never does, so it was not read"
                } else {
                    return Some((format!("{top}/{path}"), path.to_owned()));
                }
            }
        };
        self.damage(Kind::UnexpectedFile, shown, fault);
        None
    }

    /// Reads a file of `claims` bytes once: hashes it, hands it to the rewrite, and follows the chain where it is the records.
    pub(super) fn read_file(
        &mut self,
        path: String,
        source: &mut dyn Read,
        claims: u64,
        rewrite: &mut Rewrite,
        more: &mut dyn FnMut(u64) -> Result<(), ExchangeError>,
    ) -> Result<(), ExchangeError> {
        let mut records = (path == bundle::RECORDS).then(Records::new);
        let mut kept = KEPT.contains(&path.as_str()).then(Vec::new);
        let mut chunk = vec![0; usize::try_from(claims).map_or(bag::CHUNK, |claims| claims.clamp(1, bag::CHUNK))];
        let (mut hasher, mut size) = (Sha256::new(), 0);
        let fault = loop {
            let read = match source.read(&mut chunk) {
                Ok(0) => break None,
                Ok(read) => read,
                Err(why) if why.kind() == io::ErrorKind::Interrupted => continue,
                Err(why) => break Some(why),
            };
            more(read as u64)?;
            let part = &chunk[..read];
            hasher.update(part);
            size += read as u64;
            rewrite.add_contents(part);
            if let Some(records) = &mut records {
                records.take(part);
            }
            kept = kept.filter(|kept| kept.len() + read <= MOST_KEPT);
            if let Some(kept) = &mut kept {
                kept.extend_from_slice(part);
            }
        };
        if let Some(records) = records {
            let log = records.finish(self.now);
            self.lines = log.lines;
            self.log = Some(log);
        }
        self.order.push(path.clone());
        match fault {
            None => {
                let sha256 = Hash::from_bytes(hasher.finalize().into());
                self.seen.insert(path, Seen { sha256, size, kept });
            }
            Some(why) => {
                rewrite.note_foreign();
                let what = format!("it cannot be read after byte {size}: {why}");
                // The system refuses to read on: that says nothing of what is there.
                self.hindered |= why.raw_os_error().is_some();
                self.findings.push(match why.raw_os_error() {
                    Some(_) => Finding::unchecked(Kind::NotChecked, make_safe(&path), what),
                    None => Finding::damage(Kind::ChangedFile, make_safe(&path), what),
                });
                self.unread.insert(path);
            }
        }
        Ok(())
    }
}

/// The top folder and the path below it; `None` for a name that leads elsewhere, that systems read differently,
/// or that a terminal or a file system would show as another.
fn split_path(name: &str) -> Option<(&str, &str)> {
    let (top, path) = name.split_once('/')?;
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    let clean = !name.contains(['\\', ':']) && make_safe(name) == name;
    (clean && name.len() <= 1024 && plain(top) && path.split('/').all(plain)).then_some((top, path))
}

#[cfg(test)]
mod tests;
