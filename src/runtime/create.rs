//! Makes a case with its playbooks.

use super::{
    clock,
    home::Home,
    session::{Created, Fault, Session, TimedCommand},
};
use crate::{
    domain::{
        case::Case,
        decide::{Attach, Command, OpenCase},
        problem::Problem,
    },
    playbook::Library,
    store::watch::Watch,
    tui::model::{
        effect::NewCase,
        msg::{CaseRow, PlaybookRow},
    },
};
/// Why a case could not be made.
#[derive(Debug)]
pub enum CreateFault {
    /// The domain or the disk.
    Fault(Fault),
    /// A playbook that does not exist or is not fit.
    Playbook(Problem),
}

/// Makes a case with its playbooks.
pub fn create_case(
    home: &Home,
    library: &Library,
    new: &NewCase,
    exercise: bool,
    watch: Watch<'_>,
) -> Result<Created, CreateFault> {
    let now = clock::now();
    let mut orders = vec![TimedCommand {
        command: Command::Open(OpenCase { title: new.title.clone(), severity: new.severity, tlp: new.tlp, exercise }),
        occurred: new.occurred,
        begun: None,
    }];
    for id in &new.playbooks {
        let attach = find_playbook(library, id).map_err(CreateFault::Playbook)?;
        orders.push(Command::Attach(Box::new(attach)).into());
    }
    let about = orders.iter().find_map(|order| {
        let Command::Attach(attach) = &order.command else { return None };
        Some(attach.playbook.id.clone())
    });
    let console = home.console().map_err(|why| CreateFault::Fault(Fault::NotRecorded(why)))?;
    let about = about.as_deref().unwrap_or("incident");
    Session::create(&home.cases, &console, about, &orders, &new.responder, now, watch).map_err(CreateFault::Fault)
}

/// A playbook of the library, ready to attach.
pub fn find_playbook(library: &Library, id: &str) -> Result<Attach, Problem> {
    let entry = library.find(id).map_err(|why| Problem {
        what: why.to_string(),
        causes: Vec::new(),
        hint: Some(if why.near.is_empty() {
            format!("there are: {}", why.known.join(", "))
        } else {
            format!("did you mean {}?", why.near.join(" or "))
        }),
    })?;
    Ok(Attach {
        source: entry.source.clone(),
        origin: entry.origin.to_string(),
        playbook: entry.playbook.clone(),
        duties: entry.duties.clone(),
        why: String::new(),
    })
}

/// A case as a row of the list.
pub fn case_row(folder: String, case: &Case) -> Option<CaseRow> {
    Some(CaseRow {
        id: case.id.clone(),
        folder,
        title: case.title.clone(),
        severity: case.severity,
        tlp: case.tlp,
        closed: case.closed,
        exercise: case.exercise,
        opened: case.opened?,
        updated: case.updated?,
        deadline: case.next_deadline(),
        records: case.records,
    })
}

/// The playbooks of a library, as they are listed.
pub(super) fn playbook_rows(library: &Library) -> Vec<PlaybookRow> {
    let row = |entry: &crate::playbook::Entry| PlaybookRow {
        id: entry.playbook.id.clone(),
        title: entry.playbook.title.clone(),
        summary: entry.playbook.summary.clone(),
        steps: entry.playbook.steps().count(),
        origin: entry.origin.to_string(),
        source: entry.source.clone(),
        playbook: entry.playbook.clone(),
    };
    library.list().iter().map(row).collect()
}
