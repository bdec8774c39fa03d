//! `carecert keys`: which key does what, as the settings have it; with `--check`, what is wrong in them.

use crate::{
    cli::{context::Context, failure::CommandResult, stderr::print_remark},
    domain::wording::number::count_of,
    runtime::settings,
    tui::ActionRow,
};
use clap::Args;
use serde::Serialize;

/// Say which key does what in the console, as console.ron has it.
#[derive(Debug, Args)]
pub(crate) struct KeysCommand {
    /// Say what is wrong in console.ron instead; status 1 where something is.
    #[arg(long)]
    check: bool,
}

/// A row as JSON.
#[derive(Serialize)]
struct KeyRow<'a> {
    action: &'a str,
    name: &'a str,
    does: &'a str,
    places: &'a [&'static str],
    keys: &'a [String],
    changed: bool,
}

/// A fault as JSON.
#[derive(Serialize)]
struct FaultRow<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    what: &'a str,
    hint: &'a str,
}

/// Everything as JSON.
#[derive(Serialize)]
struct KeysAnswer<'a> {
    keys: Vec<KeyRow<'a>>,
    faults: Vec<FaultRow<'a>>,
}

impl KeysCommand {
    /// Prints the table, or the faults with `--check`; status 1 where there is one and it was asked for.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let check = self.check;
        let (chosen, faults) = settings::read_settings(&context.home.config);
        let status = u8::from(check && !faults.is_empty());
        let rows = chosen.keymap.rows();
        if context.json {
            let rows = rows.iter().map(|row| KeyRow {
                action: &row.setting,
                name: row.name,
                does: row.doc,
                places: &row.places,
                keys: &row.keys,
                changed: row.changed,
            });
            let faults = faults.iter().map(|fault| FaultRow {
                file: &fault.file,
                line: fault.line,
                column: fault.column,
                what: &fault.what,
                hint: &fault.hint,
            });
            context.print_json(&KeysAnswer { keys: rows.collect(), faults: faults.collect() })?;
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
                count => format!("{}; what is wrong is left as it usually is", count_of(count, "fault", "faults")),
            })?;
            return Ok(status);
        }
        for fault in &faults {
            print_remark(&format!("carecert: warning: {}", fault.told()));
        }
        context.print(&format_table(&rows))?;
        Ok(0)
    }
}

/// Name, keys and places in columns; a star where the keys are not the usual ones.
fn format_table(rows: &[ActionRow]) -> String {
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
