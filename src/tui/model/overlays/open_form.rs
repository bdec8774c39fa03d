//! A form on screen: what stands in it, and what became of what was sent.

use crate::{
    domain::{
        person::Person,
        problem::Problem,
        time::{Now, Time},
    },
    tui::{
        form::{Fault, Form},
        forms::{AnyForm, blank_form::BlankForm, context::FormContext},
        keys::key::Key,
        model::tickets::{Progress, Ticket},
    },
};

pub(crate) use crate::tui::forms::{FormKind, submission::Submission};

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

impl Status {
    /// Whether something can be typed.
    pub(crate) fn takes_text(&self) -> bool {
        match self {
            Self::Editing | Self::Refused(_) => true,
            Self::Recording | Self::Working(_) | Self::NotRecorded(_) => false,
        }
    }
}

/// A form that is being written.
#[derive(Clone, Debug)]
pub(crate) struct OpenForm {
    /// What it is for.
    pub(crate) kind: FormKind,
    /// Its heading.
    pub(crate) title: String,
    /// What to know before writing: a name, which may be empty, and a text.
    pub(crate) intro: Vec<(&'static str, String)>,
    /// Its fields.
    pub(crate) form: Form<AnyForm>,
    /// What became of it.
    pub(crate) status: Status,
    /// The key press that opened it (UTC).
    pub(crate) begun: Option<Time>,
    /// Who typed it, by name; `None` where that is not known.
    pub(crate) by: Option<String>,
    /// What was sent last, and its ticket.
    pub(crate) sent: Option<(Ticket, Submission)>,
    /// The ticket of saving its text elsewhere.
    pub(crate) saving: Option<Ticket>,
    /// What came of that.
    pub(crate) saved: Option<String>,
}

impl OpenForm {
    /// A form that opens; nobody has written in it, and nobody is known yet to have opened it.
    pub(crate) fn new(blank: impl Into<BlankForm<AnyForm>>) -> Self {
        let BlankForm { title, intro, form } = blank.into();
        let (begun, by, sent, saving, saved) = (None, None, None, None, None);
        let kind = form.fields.kind();
        Self { kind, title, intro, form, status: Status::Editing, begun, by, sent, saving, saved }
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

    /// Takes a key in; its text fields are drawn so many cells wide. A refusal is about what stood there before: once
    /// that is changed, it is asked anew.
    pub(crate) fn key(&mut self, key: Key, cells: usize) {
        let before = self.form.values();
        self.form.key(key, cells);
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
    pub(crate) fn build(&self, context: FormContext<'_>) -> Result<Submission, Fault> {
        if let Some(fault) = self.form.missing() {
            return Err(fault);
        }
        let mut send = self.form.fields.typed().submit(&FormContext { begun: self.begun, ..context })?;
        match &mut send {
            Submission::Commit(commit) => commit.begun = self.begun,
            Submission::Evidence(take) => take.begun = self.begun,
            Submission::Export(_) | Submission::New(_) | Submission::Attach(..) | Submission::Who(_) => {}
        }
        Ok(send)
    }

    /// The ticket that it waits for.
    pub(crate) fn waits(&self) -> Option<Ticket> {
        match self.status {
            Status::Recording | Status::Working(_) => self.sent.as_ref().map(|(ticket, _)| *ticket),
            Status::Editing | Status::Refused(_) | Status::NotRecorded(_) => None,
        }
    }

    /// The ticket of the job that it waits for, where that can be stopped.
    pub(crate) fn job(&self) -> Option<Ticket> {
        self.waits().filter(|_| self.sent.as_ref().is_some_and(|(_, send)| send.is_job()))
    }

    /// Whether something typed would be lost with it.
    pub(crate) fn precious(&self) -> bool {
        (self.form.changed() && self.kind != FormKind::Who)
            || self.waits().is_some()
            || matches!(self.status, Status::NotRecorded(_))
    }

    /// Everything typed, as plain text.
    pub(crate) fn to_text(&self) -> String {
        format!("{}\n{}", self.title, self.form.to_text())
    }
}
