//! `carecert cases`.

use crate::{
    cli::{
        Done,
        context::{Context, local, tell},
        program::tidy,
    },
    domain::text::safe,
    runtime::{create::case_row, report, tidy::find_leftovers},
    store::cases,
};
use serde::Serialize;

/// Lists the cases, newest first.
pub(crate) fn run(context: &mut Context) -> Done {
    #[derive(Serialize)]
    struct Row {
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
    let (mut rows, mut unreadable) = (Vec::new(), 0);
    for listed in cases::list(&context.home.cases)? {
        match listed.case {
            Ok(case) => rows.extend(case_row(listed.name, &case)),
            Err(why) => {
                unreadable += 1;
                tell(&format!("carecert: warning: {}: {}", safe(&listed.name), safe(&report::one_line(&why))));
            }
        }
    }
    if context.json {
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|row| Row {
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
            let title = safe(&row.title);
            let line = format!(
                "{:<5} {:<6} {:<8} {}  {:>4} entries  {exercise}{title}",
                row.id.short(),
                state,
                row.severity.word(),
                local(row.opened),
                row.records
            );
            context.print(&line)?;
        }
    }
    tidy::warn_of_leftovers(&find_leftovers(&context.home), "carecert tidy");
    Ok(u8::from(unreadable > 0))
}
