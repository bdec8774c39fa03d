//! Takes evidence in: the bytes first, then the entry that claims them.

use crate::{
    domain::{case::Case, decide::Item, id::Hash},
    store::{
        adding::Adding,
        error::StoreError,
        vault::{self, Taken, Vault},
        watch::Watch,
    },
};
use std::path::{Path, PathBuf};

/// What a responder says about an item.
#[derive(Clone, Debug, Default)]
pub struct Label {
    /// What to call it; empty for the file's own name.
    pub name: String,
    /// What it shows.
    pub about: String,
    /// The system that it comes from.
    pub source: String,
    /// Hash, size and place only.
    pub by_reference: bool,
}

/// An item that was taken in.
#[derive(Debug)]
pub struct Intake {
    /// What its entry will claim.
    pub item: Item,
    /// What was put right in the case's copy on the way, in a sentence: worth an entry of its own.
    pub repaired: Option<String>,
    /// The mark of a copy that no entry speaks of yet.
    pub adding: Option<Adding>,
}

impl Intake {
    /// Takes the mark away where the case has an entry for the item by now; else it stays to be found.
    pub fn settle(adding: Option<Adding>, sha256: &Hash, case: &Case) {
        let recorded = || case.evidence.iter().rev().any(|held| held.what.copied && held.what.sha256 == *sha256);
        if let Some(adding) = adding.filter(|_| recorded()) {
            adding.finish();
        }
    }
}

/// Reads a file into the vault, or only measures it.
pub fn take_file(vault: &Vault, path: &Path, label: Label, watch: Watch<'_>) -> Result<Intake, StoreError> {
    let taken = if label.by_reference { vault::measure_file(path, watch) } else { vault.take(path, watch) };
    let taken = taken.map_err(StoreError::of_evidence)?;
    let name = path.file_name().map_or_else(|| path_as_text(path), |name| path_as_text(Path::new(name)));
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let copied = !label.by_reference;
    Ok(build_intake(taken, label, name, path_as_text(&absolute), copied))
}

/// Reads standard input into the vault.
pub fn take_stream(
    vault: &Vault,
    stream: &mut dyn std::io::Read,
    label: Label,
    watch: Watch<'_>,
) -> Result<Intake, StoreError> {
    let taken = vault.take_stream(stream, Path::new("standard input"), watch).map_err(StoreError::of_evidence)?;
    Ok(build_intake(taken, label, "stdin".into(), "standard input".into(), true))
}

/// An item with what the responder said of it; `own` is its name if none was given.
fn build_intake(taken: Taken, label: Label, own: String, origin: String, copied: bool) -> Intake {
    let Taken { sha256, size, modified, repaired, adding } = taken;
    let name = if label.name.trim().is_empty() { own } else { label.name };
    let item = Item { name, sha256, size, copied, origin, source: label.source, about: label.about, modified };
    Intake { item, repaired, adding }
}

/// A path as text; bytes that are no text are shown as `\xNN`, so that nothing of a name is lost.
fn path_as_text(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    text
}

/// A typed path, with `~` for the home folder.
pub fn expand_home(text: &str) -> PathBuf {
    let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match text.strip_prefix("~/").or_else(|| (text == "~").then_some("")) {
        Some(rest) => home().map_or_else(|| PathBuf::from(text), |home| home.join(rest)),
        None => PathBuf::from(text),
    }
}
