//! `carecert log`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        references::find_entry,
        times::format_as_recorded,
    },
    domain::{
        case::{Case, refusal::Refusal},
        event::Event,
        record::Record,
        text::{make_safe, safe_lines},
    },
    runtime::follow,
    store::follow::Follower,
};
use clap::Args;
use serde::Serialize;
use serde_json::value::RawValue;

/// Print the log of a case.
#[derive(Debug, Args)]
pub(crate) struct LogCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// This entry alone, such as A17, with all that it says.
    #[arg(value_name = "ENTRY", conflicts_with_all = ["last", "follow"])]
    entry: Option<String>,
    /// Only the latest entries.
    #[arg(long, value_name = "N")]
    last: Option<usize>,
    /// Then print each new entry as it is recorded, by whatever process, until interrupted; with --json, one JSON
    /// object a line.
    #[arg(long, short)]
    follow: bool,
}

/// An entry as JSON.
#[derive(Serialize)]
struct EntryRow<'a> {
    entry: String,
    hash: String,
    what: String,
    corrected_by: Vec<String>,
    record: &'a RawValue,
}

impl LogCommand {
    /// Oldest first, and with `--follow` what is recorded from then on.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        if let Some(entry) = &self.entry {
            return print_entry(context, &self.case, entry);
        }
        if self.follow {
            follow::end_on_signal()?;
        }
        let loaded = context.read_case(&self.case, self.last.unwrap_or(usize::MAX))?;
        if !self.follow {
            return print_entries(context, &loaded.case, &loaded.tail);
        }
        let mut follower = Follower::after(&context.find_case_folder(&self.case)?, &loaded);
        let mut case = loaded.case;
        for record in loaded.tail {
            print_entry_line(context, &case, &record)?;
        }
        while follow::wait_for_look() {
            for record in follower.look()? {
                case.apply(&record);
                print_entry_line(context, &case, &record)?;
            }
        }
        Ok(0)
    }
}

/// Prints one entry with all that it says.
fn print_entry(context: &Context, case: &str, given: &str) -> CommandResult {
    let loaded = context.read_case(case, usize::MAX)?;
    let case = &loaded.case;
    let (entry, _) = find_entry(case, given)?;
    let unknown = || Refusal::UnknownEntry { given: given.to_owned() };
    let record = loaded.tail.iter().find(|record| record.id == entry).ok_or_else(unknown)?;
    if context.json {
        if let Some(row) = row_of_entry(case, record) {
            context.print_json(&row)?;
        }
        return Ok(0);
    }
    let mut text = format!("{}  {}", case.cite(&entry), record.event.sign().label);
    let mut add = |name: &str, what: &str| {
        for (at, line) in safe_lines(what).lines().enumerate() {
            text.push_str(format!("\n{:<11} {line}", if at == 0 { name } else { "" }).trim_end());
        }
    };
    for (name, what) in record.event.rows(case) {
        add(name, &what);
    }
    for correction in case.corrections.get(&entry).into_iter().flatten() {
        let by = format!("by {}, {}", case.cite(&correction.entry), correction.by.label());
        match correction.what.undoes() {
            true => add("UNDONE", &format!("{by}: {}", correction.what.why)),
            false => add("CORRECTED", &format!("{by}: {}", correction.what.text)),
        }
    }
    if let Some(occurred) = record.occurred {
        add("Happened", &format_as_recorded(record, occurred));
    }
    add("Recorded", &format_as_recorded(record, record.at));
    add("By", &record.by.label());
    add("Hash", &record.hash.to_string());
    context.print(&text)?;
    Ok(0)
}

fn print_entries(context: &Context, case: &Case, records: &[Record]) -> CommandResult {
    if context.json {
        let rows: Vec<EntryRow> = records.iter().filter_map(|record| row_of_entry(case, record)).collect();
        context.print_json(&rows)?;
        return Ok(0);
    }
    for record in records {
        context.print(&line_of_entry(case, record))?;
    }
    Ok(0)
}

/// Prints an entry by itself: a line, or a line that is a JSON object.
fn print_entry_line(context: &Context, case: &Case, record: &Record) -> Result<(), Failure> {
    if !context.json {
        return context.print(&line_of_entry(case, record));
    }
    row_of_entry(case, record).map_or(Ok(()), |row| context.print_json_line(&row))
}

fn row_of_entry<'a>(case: &Case, record: &'a Record) -> Option<EntryRow<'a>> {
    Some(EntryRow {
        entry: case.cite(&record.id),
        hash: record.hash.to_string(),
        what: record.event.sentence(case),
        corrected_by: cite_corrections(case, record),
        record: serde_json::from_str(record.text()).ok()?,
    })
}

fn line_of_entry(case: &Case, record: &Record) -> String {
    let mut line = format!(
        "{:<5} {}  {:<13} {}  [{}]",
        case.cite(&record.id),
        format_as_recorded(record, record.at),
        record.event.sign().label,
        make_safe(&short_headline(case, record)),
        make_safe(&record.by.label())
    );
    if let Some(occurred) = record.occurred {
        line.push_str(&format!("  (happened {})", format_as_recorded(record, occurred)));
    }
    for (how, undone) in [("UNDONE", true), ("CORRECTED", false)] {
        let fixes = case.corrections.get(&record.id).into_iter().flatten();
        let by: Vec<String> =
            (fixes.filter(|fix| fix.what.undoes() == undone)).map(|fix| case.cite(&fix.entry)).collect();
        if !by.is_empty() {
            line.push_str(&format!("  ({how} by {})", by.join(", ")));
        }
    }
    line
}

/// What the entry says, in a line: the text that a handover read out would be as long as a page.
fn short_headline(case: &Case, record: &Record) -> String {
    if let Event::HandoverMade(made) = &record.event {
        let cite = case.cite(&record.id);
        format!("to {} at seal {} (what was read out: carecert log CASE {cite})", made.to.label(), made.seal)
    } else {
        record.event.sentence(case)
    }
}

/// The entries that correct it or undo it.
fn cite_corrections(case: &Case, record: &Record) -> Vec<String> {
    let corrections = case.corrections.get(&record.id).into_iter().flatten();
    corrections.map(|correction| case.cite(&correction.entry)).collect()
}
