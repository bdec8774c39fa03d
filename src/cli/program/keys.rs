//! `carecert keys`: which key does what, as the settings have it; with `--check`, what is wrong in them.

use crate::{
    cli::{
        Done,
        context::{Context, tell},
    },
    domain::wording::number::counted,
    runtime::settings,
    tui::ActionRow,
};
use serde::Serialize;

/// A row as JSON.
#[derive(Serialize)]
struct Row<'a> {
    action: &'a str,
    name: &'a str,
    does: &'a str,
    places: &'a [&'static str],
    keys: &'a [String],
    changed: bool,
}

/// A fault as JSON.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    what: &'a str,
    hint: &'a str,
}

/// Everything as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    keys: Vec<Row<'a>>,
    faults: Vec<Told<'a>>,
}

/// Prints the table, or the faults with `check`; status 1 where there is one and it was asked for.
pub(crate) fn run(context: &mut Context, check: bool) -> Done {
    let (chosen, faults) = settings::read(&context.home.config);
    let status = u8::from(check && !faults.is_empty());
    let rows = chosen.keymap.rows();
    if context.json {
        let rows = rows.iter().map(|row| Row {
            action: &row.setting,
            name: row.name,
            does: row.doc,
            places: &row.places,
            keys: &row.keys,
            changed: row.changed,
        });
        let faults = faults.iter().map(|fault| Told {
            file: &fault.file,
            line: fault.line,
            column: fault.column,
            what: &fault.what,
            hint: &fault.hint,
        });
        context.print_json(&Answer { keys: rows.collect(), faults: faults.collect() })?;
        return Ok(status);
    }
    if check {
        for fault in &faults {
            context.print(&format!("{fault}\n"))?;
        }
        let file = context.home.config.join(settings::FILE);
        context.print(&match faults.len() {
            0 if file.exists() => format!("{}: nothing is wrong", file.display()),
            0 => format!("{}: there is no such file, and none is needed", file.display()),
            count => format!("{}; what is wrong is left as it usually is", counted(count, "fault", "faults")),
        })?;
        return Ok(status);
    }
    for fault in &faults {
        tell(&format!("carecert: warning: {}", fault.told()));
    }
    context.print(&table(&rows))?;
    Ok(0)
}

/// Name, keys and places in columns; a star where the keys are not the usual ones.
fn table(rows: &[ActionRow]) -> String {
    let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let keys = |row: &ActionRow| if row.keys.is_empty() { "-".to_owned() } else { row.keys.join(" ") };
    let names = width(&mut rows.iter().map(|row| row.setting.chars().count()));
    let wide = width(&mut rows.iter().map(|row| keys(row).chars().count()));
    let line = |row: &ActionRow| {
        let changed = if row.changed { '*' } else { ' ' };
        format!("{:<names$} {changed} {:<wide$}  {}", row.setting, keys(row), row.shown_places)
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
