//! A box in which something is written down: its form, and what became of what was sent.

use crate::{
    domain::{
        asset::AssetKind,
        case::Case,
        decide::command::Command,
        id::{EntryId, Hash},
        indicator::IndicatorKind,
        person::Person,
        playbook::StepRef,
        problem::Problem,
        time::{Now, Time},
    },
    tui::{
        form::{Fault, Form},
        forms,
        keys::key::Key,
        model::{
            effect::{Commit, Effect, Export, NewCase, TakeEvidence},
            msg::{Progress, Ticket},
        },
    },
};
use serde::{Deserialize, Serialize};

/// What a box is for. Two of one kind never exist: the draft of one is found again by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// Opens a case.
    Incident,
    /// A step is done.
    Done(StepRef),
    /// A step is left out.
    Skip(StepRef),
    /// A step cannot go on.
    Block(StepRef),
    /// A step is open again.
    Reopen(StepRef),
    /// Work on a step begins.
    Start(StepRef),
    /// A decision, by a step or on one's own account.
    Decide(Option<StepRef>),
    /// A note.
    Note,
    /// Someone was told.
    Notify(Option<StepRef>),
    /// Evidence is taken in.
    Evidence(Option<StepRef>),
    /// An entry is corrected.
    Correct(EntryId, Hash),
    /// An entry is to be looked at again, or no more.
    FollowUp(EntryId, Hash, bool),
    /// An entry does not count.
    Undo(EntryId, Hash),
    /// What it means for patients.
    Impact,
    /// Another person confirms a decision.
    Countersign(EntryId, Hash),
    /// An asset that is not noted yet: its name, where it is known.
    NewAsset(String),
    /// How an asset stands.
    Asset(AssetKind, String),
    /// Indicators are taken in.
    Indicators,
    /// What is said of an indicator.
    Indicator(IndicatorKind, String),
    /// Someone can be reached: their name, where it is known.
    Contact(String),
    /// A duty's clock starts.
    ClockStart(String),
    /// A duty is met.
    ClockMeet(String),
    /// A duty is waived.
    ClockWaive(String),
    /// The case leaves this machine.
    Export,
    /// Title, summary and mark.
    Amend,
    /// Severity.
    Severity,
    /// The case is over.
    Close,
    /// The case goes on.
    ReopenCase,
    /// Someone takes part, or takes another role.
    Join,
    /// Who works here, asked once.
    Who,
    /// Someone else takes over.
    HandOver,
    /// This machine's clock is compared with another.
    Compare,
    /// Another playbook is used, or another version of one: its identifier.
    Attach(String),
    /// A question is answered by itself: `PLAYBOOK/QUESTION`.
    Answer(String),
    /// Another person agrees to a step, or does not.
    Approve(StepRef),
    /// A command was run by hand.
    Report(StepRef),
}

/// What became of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It is being written.
    Editing,
    /// Nothing was recorded, and this is why; it is still being written.
    Refused(Problem),
    /// It is on its way to the disk.
    Recording,
    /// A job is at work on it.
    Working(Progress),
    /// The write failed.
    NotRecorded(Problem),
}

/// A box.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// What it is for.
    pub(crate) kind: Kind,
    /// Its heading.
    pub(crate) title: String,
    /// What to know before writing: a name, which may be empty, and a text.
    pub(crate) intro: Vec<(&'static str, String)>,
    /// Its fields.
    pub(crate) form: Form,
    /// What became of it.
    pub(crate) status: Status,
    /// The key press that opened it (UTC).
    pub(crate) begun: Option<Time>,
    /// Who typed it, by name; `None` where that is not known.
    pub(crate) by: Option<String>,
    /// What was sent last, and its ticket.
    pub(crate) sent: Option<(Ticket, Send)>,
    /// The ticket of saving its text elsewhere.
    pub(crate) saving: Option<Ticket>,
    /// What came of that.
    pub(crate) saved: Option<String>,
}

/// What a box sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Send {
    /// A command.
    Commit(Commit),
    /// A file.
    Evidence(TakeEvidence),
    /// An export.
    Export(Export),
    /// A new case.
    New(NewCase),
    /// A playbook, by its identifier, and why another version takes the place of one.
    Attach(String, String),
    /// Who works here.
    Who(Person),
}

impl Send {
    /// A command for something that happened then, or now.
    pub(crate) fn command(command: Command, occurred: Option<Time>) -> Self {
        Self::Commit(Commit { command, occurred, begun: None })
    }

    /// Whether it runs as a job.
    pub(crate) fn job(&self) -> bool {
        matches!(self, Self::Evidence(_) | Self::Export(_))
    }

    /// The effect that sends it.
    pub(crate) fn effect(&self, ticket: Ticket) -> Effect {
        match self.clone() {
            Self::Commit(commit) => Effect::Commit(ticket, Box::new(commit)),
            Self::Evidence(take) => Effect::TakeEvidence(ticket, Box::new(take)),
            Self::Export(export) => Effect::Export(ticket, export),
            Self::Attach(id, why) => Effect::AttachPlaybook(ticket, id, why),
            Self::New(new) => Effect::NewCase(ticket, Box::new(new)),
            Self::Who(person) => Effect::KeepResponder(person),
        }
    }
}

/// What a box may look at.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    /// The time.
    pub(crate) now: Option<Now>,
    /// Who is logged in.
    pub(crate) responder: &'a Person,
    /// The open case.
    pub(crate) case: Option<&'a Case>,
}

impl Sheet {
    /// A box that is being written from now on.
    pub(crate) fn new(kind: Kind, title: impl Into<String>, form: Form) -> Self {
        Self {
            kind,
            title: title.into(),
            intro: Vec::new(),
            form,
            status: Status::Editing,
            begun: None,
            by: None,
            sent: None,
            saving: None,
            saved: None,
        }
    }

    /// It is opened by a key press at that time, by that person.
    pub(crate) fn begin(&mut self, now: Option<Now>, by: &str) {
        self.begun = now.map(|now| now.at);
        self.by = Some(by.to_owned()).filter(|by| !by.is_empty());
    }

    /// Who typed it, where that is someone else than who acts now.
    pub(crate) fn by_another(&self, acts: &Person) -> Option<&str> {
        self.by.as_deref().filter(|by| *by != acts.name && self.form.changed())
    }

    /// With something to know before writing, where there is any text.
    pub(crate) fn tell(mut self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.intro.push((name, text));
        }
        self
    }

    /// Takes a key in. A refusal is about what stood there before: once that is changed, it is asked anew.
    pub(crate) fn key(&mut self, key: Key) {
        let before = self.form.values();
        self.form.key(key);
        self.changed(&before);
    }

    /// Takes a paste in; says why where it cannot.
    pub(crate) fn paste(&mut self, text: &str) -> Result<(), String> {
        let before = self.form.values();
        let result = self.form.paste(text);
        self.changed(&before);
        result
    }

    fn changed(&mut self, before: &[String]) {
        if matches!(self.status, Status::Refused(_)) && self.form.values() != before {
            self.status = Status::Editing;
        }
    }

    /// What would be sent as the form stands, or what is wrong with it.
    pub(crate) fn build(&self, world: World<'_>) -> Result<Send, Fault> {
        if let Some(fault) = self.form.missing() {
            return Err(fault);
        }
        let mut send = forms::build(self, world)?;
        match &mut send {
            Send::Commit(commit) => commit.begun = self.begun,
            Send::Evidence(take) => take.begun = self.begun,
            Send::Export(_) | Send::New(_) | Send::Attach(..) | Send::Who(_) => {}
        }
        Ok(send)
    }

    /// The ticket that it waits for.
    pub(crate) fn waits(&self) -> Option<Ticket> {
        match self.status {
            Status::Recording | Status::Working(_) => self.sent.as_ref().map(|(ticket, _)| *ticket),
            _ => None,
        }
    }

    /// The ticket of the job that it waits for, where that can be stopped.
    pub(crate) fn job(&self) -> Option<Ticket> {
        self.waits().filter(|_| self.sent.as_ref().is_some_and(|(_, send)| send.job()))
    }

    /// Whether something typed would be lost with it.
    pub(crate) fn precious(&self) -> bool {
        (self.form.changed() && self.kind != Kind::Who)
            || self.waits().is_some()
            || matches!(self.status, Status::NotRecorded(_))
    }

    /// Everything typed, as plain text.
    pub(crate) fn to_text(&self) -> String {
        format!("{}\n{}", self.title, self.form.to_text())
    }
}
