//! `carecert playbook`.

use super::{
    Done,
    context::{Context, tell},
    failure::Failure,
    options::Playbook,
};
use crate::{
    domain::{
        command::Attach,
        playbook::{Kind, Step, When},
        text::safe,
    },
    playbook::{self, Entry, Finding, Level, Library},
    runtime::create,
    store::error::StoreError,
};
use serde::Serialize;
use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

/// Lists, shows or checks playbooks.
pub(super) fn run(context: &mut Context, command: Playbook) -> Done {
    match command {
        Playbook::List => list(context),
        Playbook::Show { id } => show(context, &id),
        Playbook::Check { files } => check(context, &files),
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

fn show(context: &Context, id: &str) -> Done {
    let library = context.library();
    let attach = create::attach(&library, id)?;
    if context.json {
        context.print_json(&attach.playbook)?;
        return Ok(0);
    }
    let playbook = &attach.playbook;
    let mut lines = vec![format!("{} ({} {})", playbook.title, playbook.id, playbook.version)];
    lines.push(playbook.summary.clone());
    for phase in &playbook.phases {
        lines.push(format!("\n{}", phase.title.to_uppercase()));
        for step in &phase.steps {
            lines.extend(step_lines(playbook.role_title(&step.owner), step));
        }
    }
    lines.push("\nSources".into());
    lines.extend(playbook.sources.iter().map(|source| format!("  {source}")));
    lines.push("\nGuidance, not legal advice.".into());
    context.print(&lines.join("\n"))?;
    Ok(0)
}

fn step_lines(owner: &str, step: &Step) -> Vec<String> {
    let due = step.due.map_or_else(String::new, |minutes| format!(", within {minutes} min"));
    let mut lines = vec![format!("\n  {} [{}] {}, {owner}{due}", step.title, step.id, step.kind.word())];
    let mut say = |label: &str, text: &str| {
        if !text.is_empty() {
            lines.push(format!("    {label:<7} {text}"));
        }
    };
    say("do", &step.what);
    say("why", &step.why);
    say("care", &step.care);
    say("expect", &step.expects.join("; "));
    say("needs", &step.needs.join(", "));
    if step.when != When::Always {
        say("when", &condition(&step.when));
    }
    match &step.kind {
        Kind::Decision { question, options } => {
            say("ask", question);
            for option in options {
                let means = if option.means.is_empty() { String::new() } else { format!(": {}", option.means) };
                say("option", &format!("{} = {}{means}", option.id, option.label));
            }
        }
        Kind::Notify { to, say: text, .. } => {
            say("tell", to);
            say("say", text);
        }
        Kind::Task | Kind::Collect | Kind::Command { .. } | Kind::Approve { .. } | Kind::Recur { .. } => {}
    }
    lines
}

fn condition(when: &When) -> String {
    let join = |parts: &[When], word: &str| {
        let parts: Vec<String> = parts.iter().map(condition).collect();
        format!("({})", parts.join(word))
    };
    match when {
        When::Always => "always".into(),
        When::Chose(step, option) => format!("{step} = {option}"),
        When::Done(step) => format!("{step} is done"),
        When::Yes(question) => format!("{question} = yes"),
        When::Answered(question, option) => format!("{question} = {option}"),
        When::AtLeast(question, least) => format!("{question} is at least {least}"),
        When::Gate(duty) => format!("the grading suggests {duty}"),
        When::All(parts) => join(parts, " and "),
        When::Any(parts) => join(parts, " or "),
        When::Not(part) => format!("not {}", condition(part)),
    }
}

/// Checks files; status 1 where one cannot be used.
fn check(context: &Context, files: &[PathBuf]) -> Done {
    #[derive(Serialize)]
    struct Row {
        file: String,
        ok: bool,
        findings: Vec<Finding>,
    }
    let library = context.library();
    let (mut rows, mut bad) = (Vec::new(), 0);
    for file in files {
        let name = file.display().to_string();
        let text = read(file)?;
        let examined = playbook::examine(&text, library.duties());
        let ok = examined.usable();
        bad += usize::from(!ok);
        if context.json {
            rows.push(Row { file: name, ok, findings: examined.findings });
            continue;
        }
        if !examined.findings.is_empty() {
            tell(&playbook::report(&name, &text, &examined.findings, false));
        }
        let count = |level: Level| examined.findings.iter().filter(|finding| finding.level == level).count();
        let (errors, warnings) = (count(Level::Error), count(Level::Warning));
        let verdict = if ok { "fit for use" } else { "NOT fit for use" };
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
    let fault = |why| StoreError::io("read", file, why);
    let mut bytes = Vec::new();
    let limit = playbook::TEXT_LIMIT as u64 + 1;
    std::fs::File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(fault)?;
    String::from_utf8(bytes).map_err(|why| {
        let line = 1 + why.as_bytes()[..why.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let what = format!("{}:{line}: this is not UTF-8 text", file.display());
        Failure::new(what, "save the file as UTF-8")
    })
}
