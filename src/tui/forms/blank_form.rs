//! A form as it opens: what it is for, what to know before writing, and its fields.

use super::{context::FormContext, submission::Submission};
use crate::{
    domain::{id::EntryId, indicator::IndicatorKind, person::Person},
    tui::form::{Fault, Form, field::Fields, texts::Reason},
};

/// A form that nobody has written in.
#[derive(Clone, Debug)]
pub(crate) struct BlankForm<F> {
    /// Its heading.
    pub(crate) title: String,
    /// What to know before writing: a name, which may be empty, and a text.
    pub(crate) intro: Vec<(&'static str, String)>,
    /// Its fields.
    pub(crate) form: Form<F>,
}

impl<F: Fields> BlankForm<F> {
    /// A form with nothing to know before writing.
    pub(crate) fn new(title: impl Into<String>, form: F) -> Self {
        Self { title: title.into(), intro: Vec::new(), form: Form::of(form) }
    }
}

impl<F> BlankForm<F> {
    /// With something to know before writing, where there is any text.
    pub(crate) fn tell(mut self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.intro.push((name, text));
        }
        self
    }

    /// The same with its fields as those of another type.
    pub(super) fn map<G>(self, of: impl FnOnce(F) -> G) -> BlankForm<G> {
        BlankForm { title: self.title, intro: self.intro, form: self.form.map(of) }
    }
}

/// What a form does beside having fields.
pub(crate) trait TypedForm: Fields {
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
