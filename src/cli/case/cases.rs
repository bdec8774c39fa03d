//! `carecert cases`.

use crate::{
    cli::{
        context::Context, failure::CommandResult, leftover_lines::tell_of_leftovers, stderr::print_warning,
        times::format_local,
    },
    domain::{problem::Problem, text::make_safe},
    runtime::{create::case_row, tidy::find_leftovers},
    store::cases,
};
use clap::Args;
use serde::Serialize;

/// List the cases.
#[derive(Debug, Args)]
pub(crate) struct CasesCommand {}

/// A case as JSON.
#[derive(Serialize)]
struct CaseRow {
    case: String,
    folder: String,
    title: String,
    severity: String,
    tlp: String,
    state: &'static str,
    exercise: bool,
    opened: String,
    updated: String,
    records: u64,
    deadline: Option<String>,
}

impl CasesCommand {
    /// Newest first; status 1 where one cannot be read.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let (mut rows, mut unreadable) = (Vec::new(), 0);
        for listed in cases::list_cases(&context.home.cases)? {
            match listed.case {
                Ok(case) => rows.extend(case_row(listed.name, &case)),
                Err(why) => {
                    unreadable += 1;
                    print_warning(&format!("{}: {}", listed.name, Problem::from(&why).without_hint()));
                }
            }
        }
        if context.json {
            let rows: Vec<CaseRow> = rows
                .into_iter()
                .map(|row| CaseRow {
                    case: row.id.to_string(),
                    folder: row.folder,
                    title: row.title,
                    severity: row.severity.to_string(),
                    tlp: row.tlp.to_string(),
                    state: if row.closed { "closed" } else { "open" },
                    exercise: row.exercise,
                    opened: row.opened.to_string(),
                    updated: row.updated.to_string(),
                    records: row.records,
                    deadline: row.deadline.map(|(at, _)| at.to_string()),
                })
                .collect();
            context.print_json(&rows)?;
        } else if rows.is_empty() && unreadable == 0 {
            context.print("no cases yet: `carecert new --title \"…\" --playbook ransomware` opens one")?;
        } else {
            for row in rows {
                let state = if row.closed { "closed" } else { "open" };
                let exercise = if row.exercise { "EXERCISE: " } else { "" };
                let title = make_safe(&row.title);
                let line = format!(
                    "{:<5} {:<6} {:<8} {}  {:>4} entries  {exercise}{title}",
                    row.id.short(),
                    state,
                    row.severity.word(),
                    format_local(row.opened),
                    row.records
                );
                context.print(&line)?;
            }
        }
        tell_of_leftovers(&find_leftovers(&context.home), "carecert tidy");
        Ok(u8::from(unreadable > 0))
    }
}
