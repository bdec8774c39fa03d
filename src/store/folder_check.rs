//! Checks the files of a case folder beside its database: every item of evidence, and whatever else is there.
//!
//! Nothing is followed or waited for: a link, a named pipe or a device in the place of a file is said and not read.

use super::{
    error::StoreError,
    in_progress::{MAKING, PART},
    inspect::{finding_of, full_text},
    layout,
    regular::{look_at, open_regular},
    vault::{self, Vault},
    watch::Watch,
};
use crate::domain::{
    finding::{Finding, Findings, Kind, Level},
    id::Hash,
    wording::number::count_of,
};
use std::{
    collections::BTreeMap,
    fs::FileType,
    path::{Path, PathBuf},
};

/// An item of evidence as an entry states it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The citation of that entry.
    pub entry: String,
    /// What the item is called.
    pub name: String,
    /// The hash of its bytes.
    pub sha256: Hash,
    /// Its size, bytes.
    pub size: u64,
    /// Whether the case keeps a copy, and not only a reference.
    pub copied: bool,
}

impl Claim {
    /// The citation and name of the item, as findings call it.
    fn place(&self) -> String {
        format!("{} {}", self.entry, self.name)
    }
}

/// Hashes every claimed item in the case's `folder` and lists what no entry claims. Gives how many files were hashed.
/// Fails if the work is cancelled.
pub fn check_evidence(
    folder: &Path,
    claims: Vec<Claim>,
    findings: &mut Findings,
    watch: Watch<'_>,
) -> Result<u64, StoreError> {
    let vault = Vault::of_case(folder);
    let mut by_hash: BTreeMap<Hash, Vec<Claim>> = BTreeMap::new();
    let (copied, referenced): (Vec<Claim>, Vec<Claim>) = claims.into_iter().partition(|claim| claim.copied);
    // The first of those of one hash counts.
    let referenced = referenced.into_iter().rev().map(|claim| (claim.sha256, claim.entry)).collect();
    for claim in copied {
        by_hash.entry(claim.sha256).or_default().push(claim);
    }
    if let Some(finding) = check_vault(vault.folder(), by_hash.len()) {
        findings.push(finding);
        return Ok(0);
    }
    let size = |claims: &Vec<Claim>| claims.first().map_or(0, |claim| claim.size);
    let total = by_hash.values().map(size).fold(0, u64::saturating_add);
    let (mut done, mut hashed) = (0_u64, 0);
    for (sha256, claims) in &by_hash {
        match check_item(&vault, sha256, claims, &mut |read, _| watch(done.saturating_add(read), total)) {
            Ok(found) => {
                hashed += 1;
                findings.extend(found);
            }
            Err(StoreError::Cancelled) => return Err(StoreError::Cancelled),
            Err(why) => {
                let gone = |source: &std::io::Error| source.kind() == std::io::ErrorKind::NotFound;
                let what = if matches!(&why, StoreError::Io { source, .. } if gone(source)) {
                    format!("evidence/{sha256} is not there")
                } else {
                    full_text(&why)
                };
                let found = claims.iter().map(|claim| finding_of(&why, Kind::MissingEvidence, claim.place(), &what));
                findings.extend(found);
            }
        }
        done = done.saturating_add(size(claims));
    }
    list_unclaimed(&vault, &by_hash, &referenced, findings);
    Ok(hashed)
}

/// What keeps the evidence folder from being looked into, in which there should be `claimed` items.
fn check_vault(folder: &Path, claimed: usize) -> Option<Finding> {
    let missing = match claimed {
        0 => "no item should be in it".to_owned(),
        claimed => format!("{} should be in it", count_of(claimed, "item", "items")),
    };
    let finding = |level: Level, kind: Kind, what: String| {
        let level = if claimed == 0 { Level::Notice } else { level };
        Some(Finding { level, kind, place: layout::EVIDENCE.to_owned(), what })
    };
    match std::fs::symlink_metadata(folder) {
        Ok(metadata) if metadata.is_dir() => None,
        Ok(metadata) if metadata.is_symlink() => {
            let what = format!("it is a link, not a folder, and was not followed: {missing}");
            finding(Level::Unchecked, Kind::NotChecked, what)
        }
        Ok(_) => finding(Level::Damage, Kind::MissingEvidence, format!("it is not a folder: {missing}")),
        // Each item that is missing is named by itself.
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => None,
        Err(why) => {
            let why = full_text(&StoreError::io("read", folder, why));
            finding(Level::Unchecked, Kind::NotChecked, format!("{why}: {missing}"))
        }
    }
}

/// Hashes one file, and compares it with all entries that claim it.
fn check_item(vault: &Vault, sha256: &Hash, claims: &[Claim], watch: Watch<'_>) -> Result<Vec<Finding>, StoreError> {
    let path = vault.path(sha256);
    let (mut file, metadata) = open_regular(&path)?;
    let changed = |size: u64| {
        let what = |claim: &Claim| format!("its {size} bytes are not the {} bytes that were taken in", claim.size);
        claims.iter().map(|claim| Finding::damage(Kind::ChangedEvidence, claim.place(), what(claim))).collect()
    };
    // A file of another size need not be read to its end, which a hostile one may not have.
    if claims.iter().all(|claim| claim.size != metadata.len()) {
        return Ok(changed(metadata.len()));
    }
    let (found, size) = vault::hash_stream(&mut file, &path, metadata.len(), watch, &mut |_| Ok(()))?;
    if found != *sha256 {
        return Ok(changed(size));
    }
    let lies = claims.iter().filter(|claim| claim.size != size);
    let what = |claim: &Claim| format!("the entry states {} bytes, and the file of that hash has {size}", claim.size);
    Ok(lies.map(|claim| Finding::damage(Kind::ChangedEvidence, claim.place(), what(claim))).collect())
}

/// A file without an entry is told, and left where it is.
fn list_unclaimed(
    vault: &Vault,
    claimed: &BTreeMap<Hash, Vec<Claim>>,
    referenced: &BTreeMap<Hash, String>,
    findings: &mut Findings,
) {
    let Some(names) = list_names(vault.folder(), layout::EVIDENCE, findings) else { return };
    for (name, kind) in names {
        let hash = Hash::parse(&name).ok();
        if hash.is_some_and(|hash| claimed.contains_key(&hash)) {
            continue;
        }
        let reference = hash.and_then(|hash| referenced.get(&hash));
        let what = match (reference, name.starts_with(PART), kind.is_file()) {
            (Some(entry), _, true) => {
                format!("{entry} says that this file was taken by reference only, so no copy of it should be here")
            }
            (None, true, true) => "an intake that was cut off left this; no entry speaks of it".to_owned(),
            (None, false, true) => "no entry speaks of this file".to_owned(),
            (_, _, false) => "no entry speaks of this, and it is not a file".to_owned(),
        };
        let place = format!("{}/{name}", layout::EVIDENCE);
        findings.push(Finding::notice(Kind::UnclaimedEvidence, place, what));
    }
}

/// Lists what lies in the case's `folder` and is not part of a case.
pub fn check_names(folder: &Path, findings: &mut Findings) {
    let Some(names) = list_names(folder, ".", findings) else { return };
    for (name, kind) in names {
        let what = match name.as_str() {
            // These are opened, or listed, by the other checks.
            layout::DATABASE | layout::HEADS | layout::EVIDENCE => continue,
            layout::LOCK => match look_at(&folder.join(&name)) {
                Ok(_) => continue,
                Err(why) => full_text(&why),
            },
            name if is_beside_database(name) || is_copy(name, kind) => continue,
            name if name.starts_with(".write-") => {
                "a write that was cut off left this; it is not part of the case".into()
            }
            MAKING => {
                "it says that opening the case was cut off; `carecert tidy` removes such a case where nothing else was \
                 recorded in it: if it is to stay, delete this file"
                    .into()
            }
            _ => "it is not part of a case, and nothing in it was checked".into(),
        };
        findings.push(Finding::notice(Kind::UnexpectedFile, name, what));
    }
}

/// What SQLite keeps beside the database while it is open.
fn is_beside_database(name: &str) -> bool {
    name.strip_prefix(layout::DATABASE).is_some_and(|ending| layout::BESIDE.contains(&ending))
}

/// What this program keeps of a damaged case, or of one in an older format.
fn is_copy(name: &str, kind: FileType) -> bool {
    let all = |text: &str, of: fn(u8) -> bool| !text.is_empty() && text.bytes().all(of);
    let damaged = name.strip_prefix("damaged-").is_some_and(|hash| all(hash, |byte| byte.is_ascii_hexdigit()));
    let older = name.strip_prefix("case.format-").and_then(|rest| rest.strip_suffix(".sqlite3"));
    damaged && kind.is_dir() || older.is_some_and(|number| all(number, |byte| byte.is_ascii_digit())) && kind.is_file()
}

/// Names and kinds of what is in a folder, sorted. `None` if it cannot be listed; that is said unless it is not there.
fn list_names(folder: &Path, place: &str, findings: &mut Findings) -> Option<Vec<(String, FileType)>> {
    let list = || -> std::io::Result<Vec<(String, FileType)>> {
        std::fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                Ok((entry.file_name().to_string_lossy().into_owned(), entry.file_type()?))
            })
            .collect()
    };
    match list() {
        Ok(mut names) => {
            names.sort_by(|(one, _), (other, _)| one.cmp(other));
            Some(names)
        }
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => None,
        Err(why) => {
            let why = StoreError::io("list", PathBuf::from(folder), why);
            findings.push(Finding::unchecked(Kind::NotChecked, place, full_text(&why)));
            None
        }
    }
}
