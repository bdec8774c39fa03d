//! A form as it opens: what it is for, what to know before writing, and its fields.

use super::{AnyForm, FormKind, context::FormContext, submission::Submission};
use crate::{
    domain::{id::EntryId, indicator::IndicatorKind, person::Person},
    tui::form::{
        Fault, Form,
        field::{Fields, FormField},
        texts::Reason,
    },
};

/// A form that nobody has written in.
#[derive(Clone, Debug)]
pub(crate) struct BlankForm {
    /// What it is for.
    pub(crate) kind: FormKind,
    /// Its heading.
    pub(crate) title: String,
    /// What to know before writing: a name, which may be empty, and a text.
    pub(crate) intro: Vec<(&'static str, String)>,
    /// Its fields.
    pub(crate) form: Form<AnyForm>,
}

impl BlankForm {
    /// A form with nothing to know before writing.
    pub(crate) fn new(title: impl Into<String>, form: impl Into<AnyForm>) -> Self {
        let form = form.into();
        Self { kind: form.typed().kind(), title: title.into(), intro: Vec::new(), form: Form::of(form) }
    }

    /// With something to know before writing, where there is any text.
    pub(crate) fn tell(mut self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.intro.push((name, text));
        }
        self
    }
}

/// What a form does beside having fields.
pub(crate) trait TypedForm: Fields {
    /// What it is for.
    fn kind(&self) -> FormKind;

    /// What it sends as it stands, or what is wrong with it. Required fields are filled in by then.
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault>;

    /// Where it takes a reason that is asked for once it turns out that one is needed; most forms take none.
    fn reason(&mut self) -> Option<&mut Reason> {
        None
    }

    /// What is asked once more before it is sent, if anything; `key` is what sends it then.
    fn doubt(&self, _key: &str) -> Option<Fault> {
        None
    }

    /// Puts the cursor of a text where that doubt is.
    fn show_doubt(&mut self) {}

    /// What follows for the screen once it is recorded.
    fn once_recorded(&self) -> OnceRecorded {
        OnceRecorded::Nothing
    }
}

/// What follows for the screen once a form is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OnceRecorded {
    /// Nothing more than for any other.
    Nothing,
    /// These indicators were offered and passed over: they are not offered again.
    PassesOver(Vec<(IndicatorKind, String)>),
    /// This person acts here.
    Joins(Person),
    /// Whoever took over acts here.
    HandsOver,
    /// Whoever handed over by this entry, if it was a handover, acts here again.
    GivesBack(EntryId),
}

impl Fields for AnyForm {
    fn collect<'a>(&'a self, into: &mut Vec<&'a dyn FormField>) {
        self.typed().collect(into);
    }

    fn collect_mut<'a>(&'a mut self, into: &mut Vec<&'a mut dyn FormField>) {
        self.typed_mut().collect_mut(into);
    }
}

impl Form<AnyForm> {
    /// Has a reason required, where the form takes one, and puts the cursor there.
    pub(crate) fn want_reason(&mut self) {
        self.fields.typed_mut().reason().into_iter().for_each(Reason::want);
        self.go(Reason::ID);
    }

    /// Adds a field for why a question stays open, where the form takes a reason and has no field for it yet.
    pub(crate) fn offer_reason(&mut self) {
        self.fields.typed_mut().reason().into_iter().for_each(Reason::offer);
    }
}
