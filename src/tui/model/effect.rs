//! What the console asks of the world outside. Whatever has a ticket is answered once with that ticket.

use super::drafts::Draft;
use crate::{
    domain::{
        id::{CaseId, EntryId, Hash},
        person::Person,
    },
    tui::{forms::submission::Submission, model::tickets::Ticket},
};

pub use crate::tui::forms::submission::{Commit, Export, NewCase, TakeEvidence};

/// Something to be done outside the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// List the cases, and what interrupted work left: answered by `Cases` and `Leftovers`.
    ListCases,
    /// Remove what interrupted work left: answered by `Done` or `Failed` with the ticket 0.
    Tidy,
    /// List the playbooks: answered by `Playbooks`.
    ListPlaybooks,
    /// Make a case and open it: answered by `Opened`, or by `Refused`, `NotRecorded` or `Failed`.
    NewCase(Ticket, Box<NewCase>),
    /// Open a case: answered by `Opened` or `Failed`.
    OpenCase(Ticket, CaseId),
    /// Close the case file, back to the list.
    LeaveCase,
    /// Record a command: answered by `Recorded`, `Refused` or `NotRecorded`. A retry uses the same ticket.
    Commit(Ticket, Box<Commit>),
    /// Use a playbook, by its identifier, in the open case: answered by `Recorded`, `Refused`, `NotRecorded` or
    /// `Failed`.
    AttachPlaybook(Ticket, String, String),
    /// Take a file in: `Progress`, then `Recorded`, `Failed`, `NotRecorded` or `Cancelled`.
    TakeEvidence(Ticket, Box<TakeEvidence>),
    /// Write an export to a file: `Progress`, then `Done` and `Entries`, or `Failed` or `Cancelled`.
    Export(Ticket, Export),
    /// Stop a job: answered by `Cancelled` for its ticket, unless it has ended.
    Cancel(Ticket),
    /// Complete a path: answered by `Paths`.
    CompletePath(Ticket, String),
    /// Read one entry: answered by `Entry`.
    ReadEntry(EntryId),
    /// Read the first bytes of an item of evidence, by its hash: answered by `Preview` or `Failed`.
    Preview(Ticket, Hash),
    /// Check the open case: `Progress`, then `Checked`.
    Check(Ticket),
    /// Save typed text to a file outside the case, because it could not be recorded: `Done` or `Failed`.
    SaveText(Ticket, String),
    /// Keep what is typed outside the case, in place of what was kept for that case (or for no case) before; nothing
    /// where the list is empty.
    KeepDrafts(Option<CaseId>, Vec<Draft>),
    /// Look for what was typed and not recorded in that case, or in no case: answered by `Drafts` where there is any.
    FindDrafts(Option<CaseId>),
    /// Remember who works here, for the next start: `Failed` with the ticket 0 where that cannot be.
    KeepResponder(Person),
    /// Put a text on the clipboard, where the terminal allows it. The text is safe to print.
    Copy(String),
    /// Ring the terminal's bell once.
    Bell,
    /// Leave the program.
    Quit,
}

impl Effect {
    /// What sends a form.
    pub(crate) fn of_submission(submission: Submission, ticket: Ticket) -> Self {
        match submission {
            Submission::Commit(commit) => Self::Commit(ticket, Box::new(commit)),
            Submission::Evidence(take) => Self::TakeEvidence(ticket, Box::new(take)),
            Submission::Export(export) => Self::Export(ticket, export),
            Submission::Attach(id, why) => Self::AttachPlaybook(ticket, id, why),
            Submission::New(new) => Self::NewCase(ticket, Box::new(new)),
            Submission::Who(person) => Self::KeepResponder(person),
        }
    }
}
