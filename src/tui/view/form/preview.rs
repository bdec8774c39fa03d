//! What an export will write, as the form for it says.

use crate::{
    domain::export_name::file_name,
    tui::{
        model::{Model, effect::Export},
        text::fit::fit_path,
    },
};
use std::path::Path;

/// The widest that a folder is said, cells.
const FOLDER: usize = 60;

/// What will be written, and where: the file first, since a folder can be long. `to_folder` says that the typed path is
/// that of a folder, as far as the console was told.
pub(super) fn export_preview(export: &Export, to_folder: bool, model: &Model) -> String {
    let typed = export.path.trim();
    let own = || {
        let screen = model.case.as_ref()?;
        let folder = Path::new(&screen.folder).file_name().map(|name| name.to_string_lossy().into_owned());
        let folder = folder.unwrap_or_else(|| format!("case-{}", screen.case.id.short()));
        Some(file_name(&folder, &screen.case.seal().to_string(), &export.format))
    };
    let here = Path::new(&model.env.here);
    // What begins with ~ lies below one's own folder: where that is, only the machine knows.
    let whole = match typed {
        "" => here.to_owned(),
        typed if typed.starts_with('~') => Path::new(typed).to_owned(),
        typed => here.join(typed),
    };
    let (name, folder) = if typed.is_empty() || to_folder {
        (own().unwrap_or_default(), Some(whole.as_path()))
    } else {
        let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
        (name.unwrap_or_default(), whole.parent())
    };
    let folder = folder.map(|folder| folder.display().to_string()).filter(|folder| !folder.is_empty());
    let folder = folder.map_or_else(|| "the current folder".to_owned(), |folder| fit_path(&folder, FOLDER));
    format!("export  {}: {name}, in {folder}", export.format)
}
