//! Fields for text: one line, several lines, a time, a reason.

use super::{
    Fault,
    field::{FieldEdit, FieldView, FormField, Head, Words},
    text_field::Field,
};
use crate::domain::{
    time::{Now, Time},
    time_input::parse_stated_time,
};

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct LineText {
    head: Head,
    field: Field,
}

/// Several lines.
#[derive(Clone, Debug)]
pub(crate) struct LongText {
    head: Head,
    field: Field,
}

/// A time as people state it.
#[derive(Clone, Debug)]
pub(crate) struct TimeField {
    head: Head,
    field: Field,
    /// What it means where it is empty.
    empty: &'static str,
}

/// Why something is done all the same: there from the beginning, or asked for once it turns out that it is needed.
/// At most one of the two is there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reason {
    /// The field in front of all others.
    pub(crate) front: Option<LongText>,
    /// The field among the others.
    pub(crate) among: Option<LongText>,
}

impl LineText {
    /// A field with this text in it.
    pub(crate) fn new(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>, text: &str) -> Self {
        Self { head: Head::new(id, label, hint), field: Field::line(text) }
    }

    /// What stands in it is only proposed: the first letter takes its place. For names, not for prose that one adds to.
    pub(crate) fn proposed(mut self) -> Self {
        self.field.propose();
        self
    }

    /// What stands in it.
    pub(crate) fn text(&self) -> String {
        self.field.text()
    }
}

impl FormField for LineText {
    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn view(&self) -> FieldView<'_> {
        FieldView::Line(&self.field)
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        FieldEdit::Line(&mut self.field)
    }
}

impl LongText {
    /// An empty field.
    pub(crate) fn new(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>) -> Self {
        Self { head: Head::new(id, label, hint), field: Field::lines("") }
    }

    /// With this text in it.
    pub(crate) fn filled(mut self, text: &str) -> Self {
        self.field = Field::lines(text);
        self
    }

    /// With the cursor before the first word, so that a long text is read from its beginning.
    pub(crate) fn beginning(mut self) -> Self {
        self.field.go_top();
        self
    }

    /// Puts the cursor before the first place where it says `text`, where it does.
    pub(crate) fn go_to(&mut self, text: &str) {
        self.field.go_to(text);
    }

    /// What stands in it.
    pub(crate) fn text(&self) -> String {
        self.field.text()
    }
}

impl FormField for LongText {
    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn view(&self) -> FieldView<'_> {
        FieldView::Long(&self.field)
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        FieldEdit::Long(&mut self.field)
    }
}

impl TimeField {
    /// The name of the field for when it happened.
    pub(crate) const OCCURRED: &'static str = "occurred";

    /// When it happened; empty is now.
    pub(crate) fn when() -> Self {
        let hint = "When it happened, if not now: 14:05, yesterday 14:05, -20m";
        Self::new(Self::OCCURRED, "When", hint, "").empty_means("now")
    }

    /// A time, filled in: what is typed takes its place.
    pub(crate) fn new(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>, text: &str) -> Self {
        let mut field = Field::line(text);
        field.propose();
        Self { head: Head::new(id, label, hint), field, empty: "" }
    }

    /// With what is said beside it where it is empty.
    pub(crate) fn empty_means(mut self, text: &'static str) -> Self {
        self.empty = text;
        self
    }

    /// The moment that it states (UTC); `None` where it is empty.
    pub(crate) fn time(&self, now: Option<Now>) -> Result<Option<Time>, Fault> {
        let text = self.field.text();
        let Some(now) = now.filter(|_| !text.trim().is_empty()) else { return Ok(None) };
        parse_stated_time(&text, now).map(Some).map_err(|why| self.fault(format!("{why}: {}", why.hint(now))))
    }
}

impl FormField for TimeField {
    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn view(&self) -> FieldView<'_> {
        FieldView::Time(&self.field, self.empty)
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        FieldEdit::Time(&mut self.field)
    }
}

impl Reason {
    /// The name of the field.
    pub(crate) const ID: &'static str = "why";

    /// In front of all other fields, and required.
    pub(crate) fn in_front(hint: &'static str) -> Self {
        Self { front: Some(LongText::new(Self::ID, "Reason", hint).required()), among: None }
    }

    /// Among the other fields.
    pub(crate) fn among(hint: &'static str) -> Self {
        Self { front: None, among: Some(LongText::new(Self::ID, "Reason", hint)) }
    }

    /// It may not stay empty from now on; where it is not there it is added in front.
    pub(crate) fn want(&mut self) {
        match self.front.as_mut().or(self.among.as_mut()) {
            Some(field) => field.head_mut().required = true,
            None => *self = Self::in_front("Why it is done all the same"),
        }
    }

    /// Adds a field among the others for why a question stays open, where there is none for a reason.
    pub(crate) fn offer(&mut self) {
        if self.front.is_none() && self.among.is_none() {
            let hint = "Only where a question stays open: why the step is done without its answer";
            self.among = Some(LongText::new(Self::ID, "Or why not", hint));
        }
    }

    /// What stands in it; empty where it is not there.
    pub(crate) fn text(&self) -> String {
        self.front.as_ref().or(self.among.as_ref()).map(LongText::text).unwrap_or_default()
    }
}
