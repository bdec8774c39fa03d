//! What every field of a form has in common: its name, what is typed in it, and how that is kept outside.

use super::{Fault, path_field::PathInput, pick::Options, text_field::Field};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt::Debug};

/// A text of a field: written here, or taken from a playbook.
pub(crate) type Words = Cow<'static, str>;

/// What stands beside a field.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Its name in the code and in kept drafts.
    pub(crate) id: Words,
    /// Its name on screen.
    pub(crate) label: Words,
    /// A question that stands above it, and whether it may be left out; empty where the name says enough.
    pub(crate) ask: Words,
    /// What belongs there, shown while it has the cursor.
    pub(crate) hint: Words,
    /// It may not stay empty.
    pub(crate) required: bool,
}

impl Head {
    /// Of a field that may stay empty and has no question above it.
    pub(crate) fn new(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>) -> Self {
        Self { id: id.into(), label: label.into(), ask: Words::default(), hint: hint.into(), required: false }
    }
}

/// What stands in a field, to be drawn and read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldView<'a> {
    /// One line.
    Line(&'a Field),
    /// Several lines.
    Long(&'a Field),
    /// A time as people state it, and what it means where it is empty; no text where that is nothing.
    Time(&'a Field, &'static str),
    /// A path.
    Path(&'a PathInput),
    /// One of several.
    Pick(&'a Options),
    /// Any of several, and which are chosen.
    Multi(&'a Options, &'a [bool]),
    /// Yes or no.
    YesNo(bool),
}

/// The same, to be changed by keys, pastes and drafts.
#[derive(Debug)]
pub(crate) enum FieldEdit<'a> {
    /// One line.
    Line(&'a mut Field),
    /// Several lines.
    Long(&'a mut Field),
    /// A time as people state it.
    Time(&'a mut Field),
    /// A path.
    Path(&'a mut PathInput),
    /// One of several.
    Pick(&'a mut Options),
    /// Any of several, and which are chosen.
    Multi(&'a mut Options, &'a mut [bool]),
    /// Yes or no.
    YesNo(&'a mut bool),
}

/// What was typed or chosen in a field, as it is kept outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Typed {
    /// A text, as typed.
    Text(String),
    /// The names of the chosen options.
    Chosen(Vec<String>),
    /// Yes or no.
    Yes(bool),
}

/// A field of any type. A type gives its head and its state; the rest is the same for all.
pub(crate) trait FormField: Debug {
    /// What stands beside it.
    fn head(&self) -> &Head;

    /// The same, to be changed.
    fn head_mut(&mut self) -> &mut Head;

    /// What stands in it.
    fn view(&self) -> FieldView<'_>;

    /// The same, to be changed.
    fn edit(&mut self) -> FieldEdit<'_>;

    /// With a question above it.
    fn asking(mut self, ask: impl Into<Words>) -> Self
    where
        Self: Sized,
    {
        self.head_mut().ask = ask.into();
        self
    }

    /// It may not stay empty.
    fn required(mut self) -> Self
    where
        Self: Sized,
    {
        self.head_mut().required = true;
        self
    }

    /// What is wrong with it.
    fn fault(&self, text: impl Into<String>) -> Fault
    where
        Self: Sized,
    {
        Fault { id: self.head().id.clone(), text: text.into() }
    }

    /// Whether a letter takes the place of what stands in it.
    fn is_fresh(&self) -> bool {
        match self.view() {
            FieldView::Line(field) | FieldView::Long(field) | FieldView::Time(field, _) => field.fresh(),
            FieldView::Path(path) => path.field.fresh(),
            FieldView::Pick(_) | FieldView::Multi(..) | FieldView::YesNo(_) => false,
        }
    }

    /// What stands in it is only proposed: the next letter takes its place. A text of several lines is added to, and
    /// stays.
    fn propose(&mut self) {
        match self.edit() {
            FieldEdit::Line(field) | FieldEdit::Time(field) => field.propose(),
            FieldEdit::Path(path) => path.field.propose(),
            FieldEdit::Long(_) | FieldEdit::Pick(_) | FieldEdit::Multi(..) | FieldEdit::YesNo(_) => {}
        }
    }

    /// Whether nothing stands in it.
    fn is_empty(&self) -> bool {
        match self.view() {
            FieldView::Line(field) | FieldView::Long(field) | FieldView::Time(field, _) => field.is_empty(),
            FieldView::Path(path) => path.field.is_empty(),
            FieldView::Pick(options) => options.at.is_none(),
            FieldView::Multi(..) | FieldView::YesNo(_) => false,
        }
    }

    /// What to say where it is empty and may not be.
    fn lack(&self) -> Fault {
        let how = match self.view() {
            FieldView::Pick(Options { tall: true, .. }) => "choose one with ↑ ↓",
            FieldView::Pick(_) => "choose with ← →",
            FieldView::Line(_)
            | FieldView::Long(_)
            | FieldView::Time(..)
            | FieldView::Path(_)
            | FieldView::Multi(..)
            | FieldView::YesNo(_) => "write a few words",
        };
        let Head { id, label, .. } = self.head();
        Fault { id: id.clone(), text: format!("“{label}” is empty: {how}") }
    }

    /// What was typed or chosen, to be kept outside.
    fn typed(&self) -> Typed {
        match self.view() {
            FieldView::Line(field) | FieldView::Long(field) | FieldView::Time(field, _) => Typed::Text(field.text()),
            FieldView::Path(path) => Typed::Text(path.field.text()),
            FieldView::Pick(options) => Typed::Chosen(options.chosen().map(str::to_owned).into_iter().collect()),
            FieldView::Multi(options, on) => Typed::Chosen(options.ticked(on).map(str::to_owned).collect()),
            FieldView::YesNo(yes) => Typed::Yes(yes),
        }
    }

    /// Puts back what was typed or chosen. Says whether all of it fits.
    fn retype(&mut self, typed: &Typed) -> bool {
        match (self.edit(), typed) {
            (FieldEdit::Long(field), Typed::Text(text)) => field.put_back(text),
            // Only one line is drawn: of several, all but one would be out of sight.
            (FieldEdit::Line(field) | FieldEdit::Time(field), Typed::Text(text)) => {
                field.put_back(&text.replace('\n', " "));
            }
            // The name of a file may have a line feed in it.
            (FieldEdit::Path(path), Typed::Text(text)) => path.field.put_back(text),
            (FieldEdit::Pick(options), Typed::Chosen(ids)) => match ids.first().map(|id| options.place_of(id)) {
                Some(None) => return false,
                Some(at) => options.at = at,
                None => options.at = None,
            },
            (FieldEdit::Multi(options, on), Typed::Chosen(ids)) => return options.tick(on, ids),
            (FieldEdit::YesNo(at), Typed::Yes(yes)) => *at = *yes,
            // It was typed into a field of another sort, by another program.
            (
                FieldEdit::Line(_) | FieldEdit::Long(_) | FieldEdit::Time(_) | FieldEdit::Path(_),
                Typed::Chosen(_) | Typed::Yes(_),
            )
            | (FieldEdit::Pick(_) | FieldEdit::Multi(..), Typed::Text(_) | Typed::Yes(_))
            | (FieldEdit::YesNo(_), Typed::Text(_) | Typed::Chosen(_)) => return false,
        }
        true
    }

    /// What stands in it, to be compared.
    fn value(&self) -> String {
        match self.view() {
            FieldView::Line(field) | FieldView::Long(field) | FieldView::Time(field, _) => field.text(),
            FieldView::Path(path) => path.field.text(),
            FieldView::Pick(options) => format!("{:?}", options.at),
            FieldView::Multi(_, on) => format!("{on:?}"),
            FieldView::YesNo(yes) => yes.to_string(),
        }
    }

    /// What stands in it as plain text, to be saved elsewhere.
    fn plain_text(&self) -> String {
        match self.view() {
            FieldView::Line(field) | FieldView::Long(field) | FieldView::Time(field, _) => field.text(),
            FieldView::Path(path) => path.field.text(),
            FieldView::Pick(options) => options.chosen().unwrap_or_default().to_owned(),
            FieldView::Multi(options, on) => options.ticked(on).collect::<Vec<_>>().join(", "),
            FieldView::YesNo(yes) => if yes { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// Fields in their order: one, those of a form, or any number.
pub(crate) trait Fields {
    /// Adds them to `into`.
    fn collect<'a>(&'a self, into: &mut Vec<&'a dyn FormField>);

    /// Adds them to `into`, to be changed.
    fn collect_mut<'a>(&'a mut self, into: &mut Vec<&'a mut dyn FormField>);
}

impl<T: FormField> Fields for T {
    fn collect<'a>(&'a self, into: &mut Vec<&'a dyn FormField>) {
        into.push(self);
    }

    fn collect_mut<'a>(&'a mut self, into: &mut Vec<&'a mut dyn FormField>) {
        into.push(self);
    }
}

impl<G: Fields> Fields for Option<G> {
    fn collect<'a>(&'a self, into: &mut Vec<&'a dyn FormField>) {
        self.iter().for_each(|fields| fields.collect(into));
    }

    fn collect_mut<'a>(&'a mut self, into: &mut Vec<&'a mut dyn FormField>) {
        self.iter_mut().for_each(|fields| fields.collect_mut(into));
    }
}

impl<G: Fields> Fields for Vec<G> {
    fn collect<'a>(&'a self, into: &mut Vec<&'a dyn FormField>) {
        self.iter().for_each(|fields| fields.collect(into));
    }

    fn collect_mut<'a>(&'a mut self, into: &mut Vec<&'a mut dyn FormField>) {
        self.iter_mut().for_each(|fields| fields.collect_mut(into));
    }
}

/// Says which fields a struct has, in the order in which they stand on screen:
/// `fields!(ImpactForm; text, occurred);`. A field may be an option, a list or a struct of fields.
macro_rules! fields {
    ($form:ty; $($($part:ident).+),+ $(,)?) => {
        impl $crate::tui::form::field::Fields for $form {
            fn collect<'a>(&'a self, into: &mut Vec<&'a dyn $crate::tui::form::field::FormField>) {
                $($crate::tui::form::field::Fields::collect(&self.$($part).+, into);)+
            }

            fn collect_mut<'a>(&'a mut self, into: &mut Vec<&'a mut dyn $crate::tui::form::field::FormField>) {
                $($crate::tui::form::field::Fields::collect_mut(&mut self.$($part).+, into);)+
            }
        }
    };
}
pub(crate) use fields;
