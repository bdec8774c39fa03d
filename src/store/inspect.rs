//! A check of a case on disk that goes on after a fault and lists all that it finds.

use super::{
    error::StoreError,
    heads, layout,
    read::Reader,
    schema,
    vault::{self, PARTIAL, Vault},
    watch::Watch,
};
use crate::domain::{
    case::Case,
    chain::Chain,
    event::Event,
    finding::{Finding, Kind},
    id::Hash,
    seal::Seal,
};
use rusqlite::Connection;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// What a check saw and found.
#[derive(Debug, Default)]
pub struct Inspection {
    /// Everything that was found, loudest first.
    pub findings: Vec<Finding>,
    /// The fold of what could be read.
    pub case: Option<Case>,
    /// How many records were read.
    pub records: u64,
    /// How many items of evidence were hashed.
    pub evidence: u64,
    /// The seal of what was read.
    pub seal: Option<String>,
}

/// Checks the case in `path` (its folder or its database). Fails only where there is no case to check.
pub fn inspect(path: &Path, watch: Watch<'_>) -> Result<Inspection, StoreError> {
    let folder = layout::folder_of(path);
    if path.is_file() && path.file_name().is_some_and(|name| name != layout::DATABASE) {
        return Err(StoreError::NotACase {
            path: path.to_owned(),
            why: "it is neither a case file nor a bundle".into(),
        });
    }
    let database = folder.join(layout::DATABASE);
    if !folder.is_dir() {
        return Err(StoreError::io("read", path, std::io::ErrorKind::NotFound.into()));
    }
    let mut inspection = Inspection::default();
    let promised = read_heads(&folder, &mut inspection.findings);
    let mut claimed = BTreeMap::new();
    match Reader::open(&folder) {
        Ok(reader) => {
            check_database(reader.connection(), &mut inspection.findings);
            read_records(reader.connection(), &mut inspection, &mut claimed, promised.as_ref());
        }
        Err(why @ StoreError::Newer { .. }) => return Err(why),
        Err(why) => inspection.findings.push(unreadable(&database, &why)),
    }
    check_evidence(&folder, &claimed, &mut inspection, watch)?;
    inspection.findings.sort_by_key(|finding| (std::cmp::Reverse(finding.level), finding.kind));
    Ok(inspection)
}

fn unreadable(database: &Path, why: &StoreError) -> Finding {
    use std::error::Error as _;
    let mut what = why.to_string();
    let mut cause = why.source();
    while let Some(why) = cause {
        what = format!("{what}: {why}");
        cause = why.source();
    }
    if let StoreError::NotACase { why, .. } = why {
        what = format!("{what}: {why}");
    }
    let place = database.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Finding::damage(Kind::UnreadableDatabase, place, what)
}

fn read_heads(folder: &Path, findings: &mut Vec<Finding>) -> Option<heads::Heads> {
    match heads::read(&folder.join(layout::HEADS)) {
        Ok(contents) => {
            for fault in &contents.faults {
                findings.push(Finding::damage(Kind::DamagedHeads, layout::HEADS, fault.clone()));
            }
            contents.heads
        }
        Err(_) => {
            let what = "the head file cannot be read: entries cut from the end would not be noticed";
            findings.push(Finding::damage(Kind::DamagedHeads, layout::HEADS, what));
            None
        }
    }
}

/// SQLite's own check of pages and indexes, and the shape of the tables. It shows damage, not tampering.
fn check_database(connection: &Connection, findings: &mut Vec<Finding>) {
    let mut damage = |what: String| {
        findings.push(Finding::damage(Kind::UnreadableDatabase, layout::DATABASE, what));
    };
    let check = |damage: &mut dyn FnMut(String)| -> rusqlite::Result<()> {
        let mut statement = connection.prepare("PRAGMA integrity_check(50)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            if line != "ok" {
                damage(line);
            }
        }
        Ok(())
    };
    if let Err(why) = check(&mut damage) {
        damage(format!("its integrity cannot be checked: {why}"));
    }
    let shape = |connection: &Connection| -> rusqlite::Result<BTreeSet<String>> {
        let query = "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema";
        connection.prepare(query)?.query_map([], |row| row.get(0))?.collect()
    };
    let made = || -> rusqlite::Result<BTreeSet<String>> {
        let fresh = Connection::open_in_memory()?;
        fresh.execute_batch(&schema::SCHEMA.join(";\n"))?;
        shape(&fresh)
    };
    match shape(connection).and_then(|found| made().map(|made| (found, made))) {
        Ok((found, made)) => {
            if found != made {
                damage("its tables, indexes or triggers are not those that this program makes".into());
            }
        }
        Err(why) => damage(format!("its tables cannot be listed: {why}")),
    }
}

/// An item of evidence that the records claim: its citation, name, size, and whether a copy is kept.
struct Claim {
    cite: String,
    name: String,
    size: u64,
}

fn read_records(
    connection: &Connection,
    inspection: &mut Inspection,
    claimed: &mut BTreeMap<Hash, Claim>,
    promised: Option<&heads::Heads>,
) {
    let mut chain = Chain::new();
    let mut findings = Vec::new();
    let mut walk = || -> rusqlite::Result<()> {
        let mut statement = connection.prepare("SELECT id, text FROM record NOT INDEXED ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut expected = 1;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if id != expected {
                let what = format!("row {id} stands where row {expected} should");
                findings.push(Finding::damage(Kind::WrongOrder, format!("row {id}"), what));
            }
            expected = id.saturating_add(1);
            let text = String::from_utf8_lossy(row.get_ref(1)?.as_bytes().unwrap_or_default());
            let Some(record) = chain.line(&text) else { continue };
            let case = inspection.case.get_or_insert_with(|| Case::new(record.case.clone()));
            case.apply(&record);
            match &record.event {
                Event::EvidenceAdded(added) if added.copied => {
                    let (cite, name) = (case.cite(&record.id), added.name.clone());
                    claimed.entry(added.sha256).or_insert(Claim { cite, name, size: added.size });
                }
                Event::PlaybookAttached(attached) if Hash::of(attached.source.as_bytes()) != attached.sha256 => {
                    let what = "the playbook's text does not have the hash that the entry states";
                    findings.push(Finding::damage(Kind::ChangedRecord, case.cite(&record.id), what));
                }
                _ => {}
            }
        }
        Ok(())
    };
    if let Err(why) = walk() {
        let what = format!("reading the entries stopped after {} of them: {why}", chain.lines());
        findings.push(Finding::damage(Kind::UnreadableDatabase, layout::DATABASE, what));
    }
    inspection.records = chain.lines();
    let present = chain.heads();
    inspection.seal = Some(Seal::of(&present).to_string());
    for (console, head) in promised.into_iter().flatten() {
        let letter = chain.letter(console);
        let here = present.get(console).map_or(0, |head| head.seq);
        if here < head.seq {
            let what = format!(
                "COMMITTED ENTRIES ARE MISSING: {letter}{} was recorded, but the case file ends at {letter}{here}",
                head.seq
            );
            let place = format!("{letter}{} to {letter}{}", here + 1, head.seq);
            findings.push(Finding::damage(Kind::EntriesMissing, place, what));
        } else if here == head.seq && present.get(console) != Some(head) {
            let what = format!("{letter}{here} is not as it was recorded: its hash is not the one in the head file");
            findings.push(Finding::damage(Kind::ChangedRecord, format!("{letter}{here}"), what));
        }
    }
    if let Some(promised) = promised {
        for (console, head) in present.iter().filter(|(console, _)| !promised.contains_key(console)) {
            let letter = chain.letter(console);
            let what = format!("the head file does not know the log {letter} of {} entries", head.seq);
            findings.push(Finding::damage(Kind::DamagedHeads, layout::HEADS, what));
        }
    }
    inspection.findings.append(&mut findings);
    inspection.findings.extend(chain.finish());
}

fn check_evidence(
    folder: &Path,
    claimed: &BTreeMap<Hash, Claim>,
    inspection: &mut Inspection,
    watch: Watch<'_>,
) -> Result<(), StoreError> {
    let vault = Vault::of_case(folder);
    let total: u64 = claimed.values().map(|claim| claim.size).sum();
    let mut done = 0;
    for (sha256, claim) in claimed {
        let place = format!("{} {}", claim.cite, claim.name);
        match hash_file(&vault.path(sha256), &mut done, total, watch) {
            Ok((found, size)) => {
                inspection.evidence += 1;
                if found != *sha256 {
                    let what = format!("its {size} bytes are not the {} bytes that were taken in", claim.size);
                    inspection.findings.push(Finding::damage(Kind::ChangedEvidence, place, what));
                }
            }
            Err(StoreError::Cancelled) => return Err(StoreError::Cancelled),
            Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                let what = format!("evidence/{sha256} is not there");
                inspection.findings.push(Finding::damage(Kind::MissingEvidence, place, what));
            }
            Err(why) => {
                inspection.findings.push(Finding::damage(Kind::MissingEvidence, place, why.to_string()));
            }
        }
    }
    check_leftovers(&vault, claimed, inspection);
    Ok(())
}

/// A file without a record is told, and left where it is.
fn check_leftovers(vault: &Vault, claimed: &BTreeMap<Hash, Claim>, inspection: &mut Inspection) {
    let names = std::fs::read_dir(vault.folder()).into_iter().flatten().flatten();
    let mut names: Vec<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names {
        let known = Hash::parse(&name).is_ok_and(|hash| claimed.contains_key(&hash));
        if !known {
            let what = if name.starts_with(PARTIAL) {
                "an intake that was cut off left this; no entry speaks of it"
            } else {
                "no entry speaks of this file"
            };
            let place = format!("{}/{name}", layout::EVIDENCE);
            inspection.findings.push(Finding::notice(Kind::UnclaimedEvidence, place, what));
        }
    }
}

fn hash_file(path: &Path, done: &mut u64, total: u64, watch: Watch<'_>) -> Result<(Hash, u64), StoreError> {
    let mut file = std::fs::File::open(path).map_err(|why| StoreError::io("read", path, why))?;
    let before = *done;
    let hashed = vault::pass(&mut file, path, total, &mut |size, total| watch(before + size, total), &mut |_| Ok(()))?;
    *done += hashed.1;
    Ok(hashed)
}
