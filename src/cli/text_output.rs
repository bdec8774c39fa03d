//! A text that a command gives: on standard output, or in a file that is whole or not there.

use super::{
    context::Context,
    failure::{CommandResult, Failure},
};
use crate::store::{error::StoreError, layout};
use std::{
    io::{self, Write as _},
    path::Path,
};

/// Writes `text` to `out` and prints that path, or prints the text. A file that is there is written over only with `force`.
pub(super) fn give_text(context: &Context, text: &str, out: Option<&Path>, force: bool) -> CommandResult {
    let Some(out) = out else {
        match context.json {
            true => context.print_json(&serde_json::json!({ "text": text }))?,
            false => print_unchanged(text.as_bytes())?,
        }
        return Ok(0);
    };
    write_text_file(text, out, force)?;
    match context.json {
        true => context.print_json(&serde_json::json!({ "path": out.display().to_string() }))?,
        false => context.print(&out.display().to_string())?,
    }
    Ok(0)
}

/// Prints a document byte for byte, as another program may read it: whoever made it made it safe.
pub(super) fn print_unchanged(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    Ok(stdout.flush()?)
}

/// Writes `text` to `path`, over a file that is there only with `force`.
pub(super) fn write_text_file(text: &str, path: &Path, force: bool) -> Result<(), Failure> {
    if force {
        // A plain name has no folder that could be synced.
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        return Ok(layout::write_whole(&whole, text.as_bytes())?);
    }
    match layout::write_new(path, text.as_bytes()) {
        Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => {
            let what = format!("{} is there already", path.display());
            Err(Failure::new(what, "name another file with --out, or write over it with --force"))
        }
        written => Ok(written?),
    }
}
