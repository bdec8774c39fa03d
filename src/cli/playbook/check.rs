//! `carecert playbook check`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::read_playbook_file, stderr::print_remark},
    domain::text::make_safe,
    playbook::{self, Entry, Fault, Finding, Level, Origin},
};
use clap::{Args, ValueHint};
use serde::Serialize;
use std::path::PathBuf;

/// Check files and say where and how to mend them; without a file, all playbooks at hand.
#[derive(Debug, Args)]
pub(crate) struct CheckPlaybooks {
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
}

/// A file as JSON.
#[derive(Serialize)]
struct FileRow {
    file: String,
    ok: bool,
    findings: Vec<Finding>,
}

impl CheckPlaybooks {
    /// Status 1 where one cannot be used.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let files = &self.files;
        // What is wrong with each is said below, where all of them are checked.
        let library = if files.is_empty() { context.read_playbooks() } else { context.read_usable_playbooks() };
        let mut texts: Vec<(String, String, Option<Fault>)> = Vec::new();
        for file in files {
            texts.push((file.display().to_string(), read_playbook_file(file)?, None));
        }
        if files.is_empty() {
            let own = |entry: &Entry| (entry.origin.to_string(), entry.source.clone(), None);
            let named = |entry: &Entry| (format!("{} (built-in)", entry.playbook.id), entry.source.clone(), None);
            let each = |entry: &Entry| if entry.origin == Origin::BuiltIn { named(entry) } else { own(entry) };
            texts.extend(library.list().iter().map(each));
            texts.extend(
                library.faults().iter().map(|fault| (fault.name.clone(), fault.text.clone(), Some(fault.clone()))),
            );
        }
        let (mut rows, mut bad) = (Vec::new(), 0);
        for (name, text, fault) in texts {
            let examined = playbook::examine_playbook(&text, library.duties());
            let ok = examined.usable() && fault.is_none();
            let twin = fault.as_ref().and_then(|fault| fault.twin.clone());
            let findings = fault.map_or(examined.findings, |fault| fault.findings);
            bad += usize::from(!ok);
            if context.json {
                rows.push(FileRow { file: name, ok, findings });
                continue;
            }
            if !findings.is_empty() {
                print_remark(&playbook::draw_findings(&name, &text, &findings, false));
            }
            let count = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
            let (errors, warnings) = (count(Level::Error), count(Level::Warning));
            let verdict = match (ok, twin) {
                (true, _) => "fit for use".to_owned(),
                (false, Some(id)) => {
                    format!("NOT used, since another file gives the playbook {} already", make_safe(&id))
                }
                (false, None) => "NOT fit for use".to_owned(),
            };
            context.print(&format!("{}: {verdict}, {errors} errors, {warnings} warnings", make_safe(&name)))?;
        }
        if context.json {
            context.print_json(&rows)?;
        }
        Ok(u8::from(bad > 0))
    }
}
