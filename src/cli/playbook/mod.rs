//! `carecert playbook`.

mod exchange;
mod rehearse;
mod show;

use crate::{
    cli::{
        Done,
        context::{Context, tell},
        failure::Failure,
        options::playbook::Playbook,
    },
    domain::{decide::command::Attach, playbook::difference::difference, text::safe},
    playbook::{self, Entry, Fault, Finding, Level, Library, Origin},
    runtime::create,
    store::regular,
};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Does it.
pub(super) fn run(context: &mut Context, command: Playbook) -> Done {
    match command {
        Playbook::List => list(context),
        Playbook::Show(wanted) => show::run(context, &wanted),
        Playbook::Check { files } => check(context, &files),
        Playbook::Walk(wanted) => rehearse::run(context, &wanted),
        Playbook::Diff { old, new } => diff(context, &old, &new),
        Playbook::New { id, out, force } => exchange::new(context, &id, out, force),
        Playbook::Guide => exchange::guide(context),
        Playbook::Export(wanted) => exchange::export(context, &wanted),
        Playbook::Import { file, out, force } => exchange::import(context, &file, out.as_deref(), force),
    }
}

fn list(context: &Context) -> Done {
    #[derive(Serialize)]
    struct Row<'a> {
        id: &'a str,
        version: &'a str,
        title: &'a str,
        summary: &'a str,
        steps: usize,
        origin: String,
        overrides: bool,
    }
    let library = context.library();
    let row = |entry: &'_ Entry| (entry.playbook.steps().count(), entry.origin.to_string());
    if context.json {
        let rows: Vec<Row<'_>> = library
            .list()
            .iter()
            .map(|entry| {
                let (steps, origin) = row(entry);
                let playbook = &entry.playbook;
                let (id, version, title, summary) =
                    (&*playbook.id, &*playbook.version, &*playbook.title, &*playbook.summary);
                Row { id, version, title, summary, steps, origin, overrides: entry.overrides }
            })
            .collect();
        context.print_json(&rows)?;
        return Ok(0);
    }
    for entry in library.list() {
        let (steps, origin) = row(entry);
        let over = if entry.overrides { ", in place of the built-in one" } else { "" };
        let (id, title) = (&entry.playbook.id, safe(&entry.playbook.title));
        context.print(&format!("{id:<16} {title}  ({steps} steps, {}{over})", safe(&origin)))?;
    }
    Ok(0)
}

/// Says how two playbooks differ; that they do is no failure.
fn diff(context: &Context, old: &str, new: &str) -> Done {
    let library = context.library();
    let (old, new) = (find(&library, old)?, find(&library, new)?);
    let differences = difference(&old.playbook, &new.playbook);
    if context.json {
        #[derive(Serialize)]
        struct Side<'a> {
            id: &'a str,
            version: &'a str,
            origin: &'a str,
        }
        #[derive(Serialize)]
        struct Answer<'a> {
            old: Side<'a>,
            new: Side<'a>,
            same: bool,
            differences: &'a [String],
        }
        fn side(attach: &Attach) -> Side<'_> {
            let Attach { playbook, origin, .. } = attach;
            Side { id: &playbook.id, version: &playbook.version, origin }
        }
        let same = old.playbook == new.playbook;
        context.print_json(&Answer { old: side(&old), new: side(&new), same, differences: &differences })?;
        return Ok(0);
    }
    let lines = match differences.as_slice() {
        [] => vec!["they say the same".to_owned()],
        differences => differences.iter().map(|line| safe(line).into_owned()).collect(),
    };
    context.print(&lines.join("\n"))?;
    Ok(0)
}

/// Checks files, or all playbooks at hand; status 1 where one cannot be used.
fn check(context: &Context, files: &[PathBuf]) -> Done {
    #[derive(Serialize)]
    struct Row {
        file: String,
        ok: bool,
        findings: Vec<Finding>,
    }
    let library = if files.is_empty() { context.quiet_library() } else { context.library() };
    let mut texts: Vec<(String, String, Option<Fault>)> = Vec::new();
    for file in files {
        texts.push((file.display().to_string(), read(file)?, None));
    }
    if files.is_empty() {
        let own = |entry: &Entry| (entry.origin.to_string(), entry.source.clone(), None);
        let named = |entry: &Entry| (format!("{} (built-in)", entry.playbook.id), entry.source.clone(), None);
        let each = |entry: &Entry| if entry.origin == Origin::BuiltIn { named(entry) } else { own(entry) };
        texts.extend(library.list().iter().map(each));
        texts
            .extend(library.faults().iter().map(|fault| (fault.name.clone(), fault.text.clone(), Some(fault.clone()))));
    }
    let (mut rows, mut bad) = (Vec::new(), 0);
    for (name, text, fault) in texts {
        let examined = playbook::examine(&text, library.duties());
        let ok = examined.usable() && fault.is_none();
        let twin = fault.as_ref().and_then(|fault| fault.twin.clone());
        let findings = fault.map_or(examined.findings, |fault| fault.findings);
        bad += usize::from(!ok);
        if context.json {
            rows.push(Row { file: name, ok, findings });
            continue;
        }
        if !findings.is_empty() {
            tell(&playbook::report(&name, &text, &findings, false));
        }
        let count = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
        let (errors, warnings) = (count(Level::Error), count(Level::Warning));
        let verdict = match (ok, twin) {
            (true, _) => "fit for use".to_owned(),
            (false, Some(id)) => format!("NOT used, since another file gives the playbook {} already", safe(&id)),
            (false, None) => "NOT fit for use".to_owned(),
        };
        context.print(&format!("{}: {verdict}, {errors} errors, {warnings} warnings", safe(&name)))?;
    }
    if context.json {
        context.print_json(&rows)?;
    }
    Ok(u8::from(bad > 0))
}

/// The playbook that is meant: by its id among those at hand, or by its file.
pub(super) fn find(library: &Library, wanted: &str) -> Result<Attach, Failure> {
    if !wanted.contains(['/', '\\']) && !wanted.ends_with(".ron") {
        return Ok(create::attach(library, wanted)?);
    }
    let path = Path::new(wanted);
    let source = read(path)?;
    let playbook = playbook::read(&source, library.duties()).map_err(|findings| {
        tell(&playbook::report(wanted, &source, &findings, false));
        Failure::new(format!("{wanted} is not fit for use"), "mend what is said above")
    })?;
    let duties = playbook.duties.iter().filter_map(|id| library.duty(id).cloned()).collect();
    let origin = std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string();
    Ok(Attach { source, origin, playbook, duties, why: String::new() })
}

fn read(file: &Path) -> Result<String, Failure> {
    let bytes = regular::read_regular(file, playbook::TEXT_LIMIT as u64)?;
    String::from_utf8(bytes).map_err(|why| {
        let line = 1 + why.as_bytes()[..why.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let what = format!("{}:{line}: this is not UTF-8 text", file.display());
        Failure::new(what, "save the file as UTF-8")
    })
}
