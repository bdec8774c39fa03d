//! `carecert evidence`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        progress::watch_progress,
        references::find_step,
        stderr::print_warning,
        times::{format_local, parse_optional_time, read_clock},
    },
    domain::{
        case::Case,
        decide::{AddEvidence, Command},
        event::{DamageSeen, Event},
        record::Record,
        text::make_safe,
        wording::number::byte_size,
    },
    runtime::{
        intake::{self, Intake, Label},
        interrupt::{Interrupt, Patient},
        session::{Fault, TimedCommand},
    },
    store::{error::StoreError, vault::Vault},
};
use clap::{Args, ValueHint};
use serde::Serialize;
use std::path::{Path, PathBuf};

commands! {
    /// Take evidence in, or list it.
    enum EvidenceCommand {
        Add(AddEvidenceCommand),
        List(ListEvidenceCommand),
    }
}

/// Take files in; each is copied, hashed and made durable before it is recorded.
#[derive(Debug, Args)]
pub(crate) struct AddEvidenceCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// Files, or - for standard input.
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::FilePath)]
    paths: Vec<PathBuf>,
    /// What to call it; the file's own name otherwise.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What it shows.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    about: String,
    /// The system that it comes from.
    #[arg(long, value_name = "HOST", default_value = "", hide_default_value = true)]
    source: String,
    /// The step that it was collected for.
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// Record hash, size and place only, without a copy; for very large items.
    #[arg(long)]
    by_reference: bool,
    /// When it was collected.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    occurred: Option<String>,
}

/// List the items.
#[derive(Debug, Args)]
pub(crate) struct ListEvidenceCommand {
    #[arg(value_name = "CASE")]
    case: String,
}

/// An item as JSON.
#[derive(Serialize)]
struct ItemRow {
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

impl AddEvidenceCommand {
    /// Each file is recorded by itself: a later one that fails leaves the earlier ones recorded.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        if self.name.is_some() && self.paths.len() > 1 {
            let hint = "leave it out, or add the files one by one";
            return Err(Failure::wrong_usage("--name goes with one file", hint));
        }
        let occurred = parse_optional_time(self.occurred.as_deref())?;
        let interrupt = Interrupt::listen()?;
        let mut session = context.open_case(&self.case)?;
        let step = self.step.as_deref().map(|step| find_step(session.case(), step)).transpose()?;
        let vault = Vault::of_case(session.file().folder());
        let (mut rows, mut failed, mut abandoned) = (Vec::new(), None, None);
        for path in &self.paths {
            let taken = take_in(&vault, path, self.label(), &interrupt).map_err(Failure::from).and_then(|taken| {
                if let Some(text) = taken.repaired {
                    print_warning(&text);
                    session.execute(
                        0,
                        Command::SeeDamage(DamageSeen { what: text, mended: true }).into(),
                        read_clock(),
                    )?;
                }
                let sha256 = taken.item.sha256;
                let command = Command::AddEvidence(AddEvidence { item: taken.item, step: step.clone() });
                let recorded = session.execute(0, TimedCommand { command, occurred, begun: None }, read_clock());
                match (&recorded, taken.adding) {
                    // Nobody tries that once more with the bytes that lie there.
                    (Err(Fault::NotRecorded(_) | Fault::Refused(_)), adding) => abandoned = adding,
                    (Ok(_) | Err(_), adding) => Intake::settle(adding, &sha256, session.case()),
                }
                Ok(recorded?)
            });
            match taken {
                Ok(records) => rows.extend(records.iter().filter_map(|record| row_of_item(session.case(), record))),
                Err(mut failure) => {
                    let rest = self.paths.len() - rows.len() - 1;
                    if self.paths.len() > 1 {
                        let what = format!("{} before it recorded, {rest} after it not tried", rows.len());
                        failure.problem.what = format!("{} ({what})", failure.problem.what);
                    }
                    failed = Some(failure);
                    break;
                }
            }
        }
        context.close_case(session);
        // Only now: whether an entry speaks of the item cannot be read through a lock that this process did not get rid of.
        if let Some(adding) = abandoned {
            adding.abandon();
        }
        let printed = if context.json {
            context.print_json(&rows)
        } else {
            let line = |row: &ItemRow| {
                format!("recorded {}  {}  {}  {}", row.id, row.sha256, byte_size(row.size), make_safe(&row.name))
            };
            rows.iter().try_for_each(|row| context.print(&line(row)))
        };
        let cited: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        failed.map_or(printed.map_err(|why| why.although_recorded(&cited)).map(|()| 0), Err)
    }

    fn label(&self) -> Label {
        Label {
            name: self.name.clone().unwrap_or_default(),
            about: self.about.clone(),
            source: self.source.clone(),
            by_reference: self.by_reference,
        }
    }
}

/// Copies one file, or standard input, into the vault.
fn take_in(vault: &Vault, path: &Path, label: Label, interrupt: &Interrupt) -> Result<Intake, StoreError> {
    if path == Path::new("-") {
        let read = Patient::read(std::io::stdin());
        let mut source = read.map_err(|why| StoreError::io("read", "standard input", why))?;
        return intake::take_stream(
            vault,
            &mut source,
            label,
            &mut watch_progress("reading standard input", interrupt),
        );
    }
    intake::take_file(
        vault,
        path,
        label,
        &mut watch_progress(&format!("reading {}", make_safe(&path.to_string_lossy())), interrupt),
    )
}

fn row_of_item(case: &Case, record: &Record) -> Option<ItemRow> {
    let Event::EvidenceAdded(added) = &record.event else { return None };
    Some(ItemRow {
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

impl ListEvidenceCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let loaded = context.read_case(&self.case, usize::MAX)?;
        if context.json {
            let rows: Vec<ItemRow> =
                loaded.tail.iter().filter_map(|record| row_of_item(&loaded.case, record)).collect();
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
                byte_size(item.what.size),
                format_local(item.at),
                make_safe(&item.what.name)
            ))?;
        }
        Ok(0)
    }
}
