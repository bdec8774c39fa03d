//! `carecert evidence`.

use crate::{
    cli::{
        Done,
        context::{Context, local, now, occurred, tell},
        entry::act::find_step,
        failure::Failure,
        options::EvidenceAdd,
        progress::told,
    },
    domain::{
        case::Case,
        decide::command::{AddEvidence, Command},
        event::{DamageSeen, Event},
        record::Record,
        text::safe,
        wording::number::size,
    },
    runtime::{
        intake::{self, Intake, Label},
        interrupt::{Interrupt, Patient},
        session::{Fault, Order},
    },
    store::{error::StoreError, vault::Vault},
};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    sha256: String,
    size: u64,
    copied: bool,
    origin: String,
    source: String,
    about: String,
    step: Option<String>,
    taken_by: String,
    at: String,
}

/// Takes files in. Each is recorded by itself: a later one that fails leaves the earlier ones recorded.
pub(crate) fn add(context: &mut Context, add: EvidenceAdd) -> Done {
    if add.name.is_some() && add.paths.len() > 1 {
        let failure = Failure::new("--name goes with one file", "leave it out, or add the files one by one");
        return Err(Failure { status: 2, ..failure });
    }
    let occurred = occurred(add.occurred.as_deref())?;
    let interrupt = Interrupt::listen()?;
    let mut session = context.open(&add.case)?;
    let step = add.step.as_deref().map(|step| find_step(session.case(), step)).transpose()?;
    let vault = Vault::of_case(session.file().folder());
    let (mut rows, mut failed, mut abandoned) = (Vec::new(), None, None);
    for path in &add.paths {
        let label = Label {
            name: add.name.clone().unwrap_or_default(),
            about: add.about.clone(),
            source: add.source.clone(),
            by_reference: add.by_reference,
        };
        let taken = take(&vault, path, label, &interrupt).map_err(Failure::from).and_then(|taken| {
            if let Some(text) = taken.repaired {
                tell(&format!("carecert: warning: {}", safe(&text)));
                session.execute(0, Command::SeeDamage(DamageSeen { what: text, mended: true }).into(), now())?;
            }
            let sha256 = taken.item.sha256;
            let command = Command::AddEvidence(AddEvidence { item: taken.item, step: step.clone() });
            let recorded = session.execute(0, Order { command, occurred, begun: None }, now());
            match (&recorded, taken.adding) {
                // Nobody tries that once more with the bytes that lie there.
                (Err(Fault::NotRecorded(_) | Fault::Refused(_)), adding) => abandoned = adding,
                (Ok(_) | Err(_), adding) => Intake::settle(adding, &sha256, session.case()),
            }
            Ok(recorded?)
        });
        match taken {
            Ok(records) => rows.extend(records.iter().filter_map(|record| row(session.case(), record))),
            Err(mut failure) => {
                let rest = add.paths.len() - rows.len() - 1;
                if add.paths.len() > 1 {
                    let what = format!("{} before it recorded, {rest} after it not tried", rows.len());
                    failure.report.what = format!("{} ({what})", failure.report.what);
                }
                failed = Some(failure);
                break;
            }
        }
    }
    context.close(session);
    // Only now: whether an entry speaks of the item cannot be read through a lock that this process did not get rid of.
    if let Some(adding) = abandoned {
        adding.abandon();
    }
    let printed = if context.json {
        context.print_json(&rows)
    } else {
        let line = |row: &Row| format!("recorded {}  {}  {}  {}", row.id, row.sha256, size(row.size), safe(&row.name));
        rows.iter().try_for_each(|row| context.print(&line(row)))
    };
    let cited: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    failed.map_or(printed.map_err(|why| why.although_recorded(&cited)).map(|()| 0), Err)
}

fn take(vault: &Vault, path: &Path, label: Label, interrupt: &Interrupt) -> Result<Intake, StoreError> {
    if path == Path::new("-") {
        let read = Patient::read(std::io::stdin());
        let mut source = read.map_err(|why| StoreError::io("read", "standard input", why))?;
        return intake::take_stream(vault, &mut source, label, &mut told("reading standard input", interrupt));
    }
    intake::take_file(vault, path, label, &mut told(&format!("reading {}", safe(&path.to_string_lossy())), interrupt))
}

fn row(case: &Case, record: &Record) -> Option<Row> {
    let Event::EvidenceAdded(added) = &record.event else { return None };
    Some(Row {
        id: case.cite(&record.id),
        name: added.name.clone(),
        sha256: added.sha256.to_string(),
        size: added.size,
        copied: added.copied,
        origin: added.origin.clone(),
        source: added.source.clone(),
        about: added.about.clone(),
        step: added.step.as_ref().map(ToString::to_string),
        taken_by: record.by.label(),
        at: record.at.to_string(),
    })
}

/// Lists the items.
pub(crate) fn list(context: &mut Context, case: &str) -> Done {
    let loaded = context.read(case, usize::MAX)?;
    if context.json {
        let rows: Vec<Row> = loaded.tail.iter().filter_map(|record| row(&loaded.case, record)).collect();
        context.print_json(&rows)?;
        return Ok(0);
    }
    if loaded.case.evidence.is_empty() {
        context.print("no evidence yet: `carecert evidence add CASE PATH` takes it in")?;
    }
    for item in &loaded.case.evidence {
        let kept = if item.what.copied { "" } else { "  by reference" };
        context.print(&format!(
            "{:<5} {}  {:>9}  {}  {}{kept}",
            loaded.case.cite(&item.entry),
            item.what.sha256,
            size(item.what.size),
            local(item.at),
            safe(&item.what.name)
        ))?;
    }
    Ok(0)
}
