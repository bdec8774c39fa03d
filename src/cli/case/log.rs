//! `carecert log`.

use crate::{
    cli::{
        Done,
        context::{Context, local_in},
        entry::act::find_entry,
        failure::Failure,
        options::Log,
    },
    domain::{
        case::{Case, refusal::Refusal},
        event::Event,
        record::Record,
        text::{safe, safe_lines},
    },
    runtime::follow,
    store::follow::Follower,
};
use serde::Serialize;
use serde_json::value::RawValue;

/// An entry as JSON.
#[derive(Serialize)]
struct Row<'a> {
    entry: String,
    hash: String,
    what: String,
    corrected_by: Vec<String>,
    record: &'a RawValue,
}

/// Prints the log, oldest first, and with `--follow` what is recorded from then on.
pub(crate) fn run(context: &mut Context, log: &Log) -> Done {
    if let Some(entry) = &log.entry {
        return alone(context, &log.case, entry);
    }
    if log.follow {
        follow::end_on_signal()?;
    }
    let loaded = context.read(&log.case, log.last.unwrap_or(usize::MAX))?;
    if !log.follow {
        return all(context, &loaded.case, &loaded.tail);
    }
    let mut follower = Follower::after(&context.folder(&log.case)?, &loaded);
    let mut case = loaded.case;
    for record in loaded.tail {
        one(context, &case, &record)?;
    }
    while follow::pause() {
        for record in follower.look()? {
            case.apply(&record);
            one(context, &case, &record)?;
        }
    }
    Ok(0)
}

/// Prints one entry with all that it says.
fn alone(context: &mut Context, case: &str, given: &str) -> Done {
    let loaded = context.read(case, usize::MAX)?;
    let case = &loaded.case;
    let (entry, _) = find_entry(case, given)?;
    let unknown = || Refusal::UnknownEntry { given: given.to_owned() };
    let record = loaded.tail.iter().find(|record| record.id == entry).ok_or_else(unknown)?;
    if context.json {
        if let Some(row) = row(case, record) {
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
        add("Happened", &local_in(record, occurred));
    }
    add("Recorded", &local_in(record, record.at));
    add("By", &record.by.label());
    add("Hash", &record.hash.to_string());
    context.print(&text)?;
    Ok(0)
}

fn all(context: &Context, case: &Case, records: &[Record]) -> Done {
    if context.json {
        let rows: Vec<Row> = records.iter().filter_map(|record| row(case, record)).collect();
        context.print_json(&rows)?;
        return Ok(0);
    }
    for record in records {
        context.print(&line(case, record))?;
    }
    Ok(0)
}

/// Prints an entry by itself: a line, or a line that is a JSON object.
fn one(context: &Context, case: &Case, record: &Record) -> Result<(), Failure> {
    if !context.json {
        return context.print(&line(case, record));
    }
    row(case, record).map_or(Ok(()), |row| context.print_json_line(&row))
}

fn row<'a>(case: &Case, record: &'a Record) -> Option<Row<'a>> {
    Some(Row {
        entry: case.cite(&record.id),
        hash: record.hash.to_string(),
        what: record.event.sentence(case),
        corrected_by: corrections(case, record),
        record: serde_json::from_str(record.text()).ok()?,
    })
}

fn line(case: &Case, record: &Record) -> String {
    let mut line = format!(
        "{:<5} {}  {:<13} {}  [{}]",
        case.cite(&record.id),
        local_in(record, record.at),
        record.event.sign().label,
        safe(&headline(case, record)),
        safe(&record.by.label())
    );
    if let Some(occurred) = record.occurred {
        line.push_str(&format!("  (happened {})", local_in(record, occurred)));
    }
    for (how, undone) in [("UNDONE", true), ("CORRECTED", false)] {
        let fixes = case.corrections.get(&record.id).into_iter().flatten();
        let by: Vec<String> =
            (fixes.filter(|fix| (fix.what.undoes()) == undone)).map(|fix| case.cite(&fix.entry)).collect();
        if !by.is_empty() {
            line.push_str(&format!("  ({how} by {})", by.join(", ")));
        }
    }
    line
}

/// In a line; the text that a handover read out is as long as a page.
fn headline(case: &Case, record: &Record) -> String {
    match &record.event {
        Event::HandoverMade(made) => {
            let cite = case.cite(&record.id);
            format!("to {} at seal {} (what was read out: carecert log CASE {cite})", made.to.label(), made.seal)
        }
        _ => record.event.sentence(case),
    }
}

fn corrections(case: &Case, record: &Record) -> Vec<String> {
    let corrections = case.corrections.get(&record.id).into_iter().flatten();
    corrections.map(|correction| case.cite(&correction.entry)).collect()
}
