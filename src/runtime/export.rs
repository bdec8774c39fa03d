//! Writes an export to a file that is whole or not there, and records that the case left this machine.

use super::{clock, home::Home, tidy::ExportNote};
use crate::{
    domain::{
        decide::Command,
        event::ExportMade,
        finding::{Finding, Kind},
        id::CaseId,
        problem::{Problem, causes_of},
    },
    exchange::{self, Format},
    store::{error::StoreError, in_progress, layout, read::Reader, vault, watch::Watch},
};
use std::{
    io::{BufWriter, Seek as _, Write as _},
    path::{Path, PathBuf},
};

/// An export that was written.
#[derive(Debug)]
pub struct Exported {
    /// The file.
    pub path: PathBuf,
    /// The case.
    pub case: CaseId,
    /// What the case's record will say of it.
    pub made: ExportMade,
    /// Why it may not survive a power cut yet, if that is so.
    pub unsynced: Option<StoreError>,
}

impl Exported {
    /// The command that records it.
    pub fn command(&self) -> Command {
        Command::Exported(self.made.clone())
    }
}

/// Writes the case in `folder` as `format` to `out`: a file, a folder to put one in, or the current folder.
/// A file that is there already is not replaced.
pub fn export_case(
    home: &Home,
    folder: &Path,
    format: Format,
    out: Option<&Path>,
    watch: Watch<'_>,
) -> Result<Exported, Problem> {
    let (snapshot, findings) =
        Reader::open(folder).and_then(|reader| reader.snapshot()).map_err(|why| Problem::from(&why))?;
    refuse_gaps(format, &findings)?;
    let (name, seal) = (folder_name(folder, snapshot.case.id.short()), snapshot.case.seal().to_string());
    let own = crate::domain::export_name::file_name(&name, &seal, format.name());
    let path = match out {
        None => PathBuf::from(own),
        Some(out) if out.is_dir() => out.join(own),
        Some(out) => out.to_owned(),
    };
    if path.exists() {
        let what = format!("{} is there already", path.display());
        return Err(Problem::new(what, "name another file with --out, or move that one away"));
    }
    let place = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let fault = |why| Problem::from(&StoreError::io("write", &path, why));
    if format == Format::Bundle {
        let copied = snapshot.case.evidence.iter().filter(|item| item.what.copied).map(|item| item.what.size).sum();
        layout::look_for_room(place, copied).map_err(|why| Problem::from(&why))?;
    }
    let _noted = ExportNote::write(home, place);
    let mut file = tempfile::Builder::new().prefix(in_progress::EXPORT).tempfile_in(place).map_err(fault)?;
    in_progress::hold_file(file.as_file());
    {
        let mut writer = BufWriter::new(file.as_file_mut());
        exchange::write_format(format, &snapshot, clock::now(), &mut writer, watch)
            .map_err(|why| exchange_report(&why, &path))?;
        writer.flush().map_err(fault)?;
    }
    file.as_file().sync_all().map_err(fault)?;
    let written = file.as_file().metadata().map_err(fault)?.len();
    file.rewind().map_err(fault)?;
    let hashed = vault::hash_stream(file.as_file_mut(), &path, written, watch, &mut |_| Ok(()));
    let (sha256, size) = hashed.map_err(|why| Problem::from(&why))?;
    let _ = file.as_file().unlock();
    layout::persist_new(file, &path).map_err(fault)?;
    // It is there by its name from here on, whatever a disk that fails says of the folder.
    let unsynced = layout::sync_folder(place).err();
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let made = ExportMade {
        format: format.name().to_owned(),
        name,
        sha256,
        size,
        seal: snapshot.case.seal().to_string(),
        records: snapshot.case.records,
    };
    Ok(Exported { path, case: snapshot.case.id.clone(), made, unsynced })
}

/// Refuses to write a log that lacks entries because they cannot be read: without them it would verify as intact.
fn refuse_gaps(format: Format, findings: &[Finding]) -> Result<(), Problem> {
    let log = format.holds_every_entry();
    match findings.iter().find(|finding| log && finding.kind == Kind::UnreadableRecord) {
        Some(finding) => Err(Problem::new(
            format!(
                "an entry of the case cannot be read, so an export of all entries cannot hold it: {}",
                finding.place
            ),
            "nothing was exported; `carecert verify` lists every fault: send a copy of the case folder instead",
        )),
        None => Ok(()),
    }
}

/// The name of the case's folder, also for a path such as `.`.
fn folder_name(folder: &Path, short: &str) -> String {
    let name = std::path::absolute(folder).ok().and_then(|path| path.file_name().map(|name| name.to_owned()));
    name.and_then(|name| name.into_string().ok()).unwrap_or_else(|| format!("case-{short}"))
}

/// Why an export was not written, as a report.
fn exchange_report(why: &exchange::ExchangeError, path: &Path) -> Problem {
    Problem {
        what: format!("{} was not written: {why}", path.display()),
        causes: causes_of(why),
        hint: Some(why.hint()),
    }
}
