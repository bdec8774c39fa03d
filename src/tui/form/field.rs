//! The fields of forms: what each takes, and how it is made.

use super::{Fault, text_field::Field};
use crate::tui::model::msg::{PathRow, Ticket};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A text of a field: written here, or taken from a playbook.
type Words = Cow<'static, str>;

/// A field with its name.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its name in the code.
    pub(crate) id: Words,
    /// Its name on screen.
    pub(crate) label: Words,
    /// A question that stands above it, and whether it may be left out; empty where the name says enough.
    pub(crate) ask: Words,
    /// It may not stay empty.
    pub(crate) required: bool,
    /// Options of which the last says "another": a letter typed here chooses it and goes into the next field.
    pub(crate) another: bool,
    /// What belongs there, shown while it has the cursor.
    pub(crate) hint: Words,
    /// Of several options Enter takes the one with the cursor where none is chosen.
    pub(crate) takes: bool,
    /// What is chosen in it at first, and where another name takes the place of the one that stood before it.
    pub(crate) otherwise: Option<(usize, usize)>,
    /// What is typed or chosen.
    pub(crate) input: Input,
}

/// What a field takes.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// One line.
    Text(Field),
    /// Several lines.
    Long(Field),
    /// A time as people state it; empty is now.
    Time(Field),
    /// A path.
    Path(Path),
    /// One of several.
    Pick(Pick),
    /// Any of several.
    Multi(Pick, Vec<bool>),
    /// Yes or no.
    Toggle(bool),
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

/// A path that is being typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Path {
    /// The text.
    pub(crate) field: Field,
    /// What it could become.
    pub(crate) rows: Vec<PathRow>,
    /// The text that those were asked for, and the ticket.
    pub(crate) asked: Option<(Ticket, String)>,
}

/// Options.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pick {
    /// Name in the code, label, and what it means.
    pub(crate) options: Vec<(String, String, String)>,
    /// The one that is chosen or has the cursor; `None` while nothing is.
    pub(crate) at: Option<usize>,
    /// Shown one under another, each with what it means.
    pub(crate) tall: bool,
}

impl Pick {
    /// The chosen option's name.
    pub(crate) fn chosen(&self) -> Option<&str> {
        self.options.get(self.at?).map(|(id, ..)| id.as_str())
    }

    /// Moves by one; says whether there was room.
    pub(crate) fn step(&mut self, forward: bool) -> bool {
        let last = self.options.len().saturating_sub(1);
        let next = match (self.at, forward) {
            (None, _) => Some(0),
            (Some(at), true) => (at < last).then_some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        if let Some(next) = next {
            self.at = Some(next.min(last));
        }
        next.is_some() && !self.options.is_empty()
    }
}

impl Path {
    /// Whether what it names is a folder, as far as the console was told.
    pub(crate) fn folder(&self) -> bool {
        let (text, ends) = (self.field.text(), std::path::is_separator);
        let typed = text.trim();
        typed.ends_with(ends) || self.rows.iter().any(|row| row.folder && row.path.trim_end_matches(ends) == typed)
    }

    /// Fills in what all candidates share. Says whether the path is whole, so that Tab goes on.
    pub(crate) fn complete(&mut self) -> bool {
        let text = self.field.text();
        if self.rows.iter().any(|row| row.path == text && !row.folder) {
            return true;
        }
        let fits: Vec<&str> = self.rows.iter().map(|row| row.path.as_str()).filter(|p| p.starts_with(&text)).collect();
        let Some(first) = fits.first() else { return false };
        let shared = fits.iter().fold(first.len(), |shared, path| {
            let same = first.char_indices().zip(path.chars()).take_while(|((_, a), b)| a == b).count();
            shared.min(first.char_indices().nth(same).map_or(first.len(), |(at, _)| at))
        });
        if let Some(more) = first.get(..shared).filter(|more| more.len() > text.len()) {
            let more = more.to_owned();
            self.field.set(&more);
        }
        false
    }
}

impl Item {
    fn of(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>, input: Input) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            ask: Words::default(),
            hint: hint.into(),
            required: false,
            another: false,
            takes: false,
            otherwise: None,
            input,
        }
    }

    /// One line.
    pub(crate) fn line(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>, text: &str) -> Self {
        Self::of(id, label, hint, Input::Text(Field::line(text)))
    }

    /// Several lines.
    pub(crate) fn long(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>) -> Self {
        Self::of(id, label, hint, Input::Long(Field::lines("")))
    }

    /// When it happened; empty is now.
    pub(crate) fn when() -> Self {
        let hint = "When it happened, if not now: 14:05, yesterday 14:05, -20m";
        Self::of("occurred", "When", hint, Input::Time(Field::line("")))
    }

    /// A time, filled in.
    pub(crate) fn time(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>, text: &str) -> Self {
        Self::of(id, label, hint, Input::Time(Field::line(text)))
    }

    /// A path.
    pub(crate) fn path(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>) -> Self {
        Self::of(id, label, hint, Input::Path(Path::default()))
    }

    /// One of several, side by side.
    pub(crate) fn pick(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>, pick: Pick) -> Self {
        Self::of(id, label, hint, Input::Pick(pick))
    }

    /// Any of several.
    pub(crate) fn multi(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>, mut pick: Pick) -> Self {
        let on = vec![false; pick.options.len()];
        pick.tall = true;
        pick.at = (!on.is_empty()).then_some(0);
        Self::of(id, label, hint, Input::Multi(pick, on))
    }

    /// Yes or no.
    pub(crate) fn toggle(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>) -> Self {
        Self::of(id, label, hint, Input::Toggle(false))
    }

    /// With a question above it.
    pub(crate) fn asking(mut self, ask: impl Into<Words>) -> Self {
        self.ask = ask.into();
        self
    }

    /// It may not stay empty.
    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Its last option is what is written in the next field.
    pub(crate) fn or_another(mut self) -> Self {
        self.another = true;
        self
    }

    /// Enter takes the option with the cursor where none is chosen.
    pub(crate) fn taking(mut self) -> Self {
        self.takes = true;
        self
    }

    /// Takes the option with the cursor where that is what Enter does, and none is chosen.
    pub(crate) fn take_one(&mut self) {
        if let (true, Input::Multi(pick, on)) = (self.takes, &mut self.input)
            && !on.contains(&true)
            && let Some(on) = pick.at.and_then(|at| on.get_mut(at))
        {
            *on = true;
        }
    }

    /// Chosen for the name that stands before it; for another it is this option.
    pub(crate) fn or_else(mut self, at: Option<usize>) -> Self {
        if let Input::Pick(pick) = &self.input {
            self.otherwise = pick.at.zip(at);
        }
        self
    }

    /// Another name was typed.
    pub(crate) fn renamed(&mut self) {
        if let (Some((first, at)), Input::Pick(pick)) = (self.otherwise, &mut self.input)
            && pick.at == Some(first)
        {
            pick.at = Some(at);
        }
    }

    /// Whether a letter takes the place of what stands in it.
    pub(crate) fn fresh(&self) -> bool {
        matches!(&self.input, Input::Text(field) if field.fresh())
    }

    /// Chooses the option for what is written in the next field, where there is one. Says whether there is.
    pub(crate) fn choose_another(&mut self) -> bool {
        if let (true, Input::Pick(pick)) = (self.another, &mut self.input) {
            pick.at = pick.options.len().checked_sub(1);
            return pick.at.is_some();
        }
        false
    }

    /// With this text in it.
    pub(crate) fn filled(mut self, text: &str) -> Self {
        match &mut self.input {
            Input::Long(field) => *field = Field::lines(text),
            Input::Text(field) | Input::Time(field) => *field = Field::line(text),
            _ => {}
        }
        self
    }

    /// What stands in it is only proposed: the first letter takes its place. For names, not for prose that one adds to.
    pub(crate) fn proposed(mut self) -> Self {
        if let Input::Text(field) = &mut self.input {
            field.propose();
        }
        self
    }

    /// With the cursor before the first word, so that a long text is read from its beginning.
    pub(crate) fn beginning(mut self) -> Self {
        if let Input::Long(field) = &mut self.input {
            field.go_top();
        }
        self
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.input {
            Input::Text(field) | Input::Long(field) | Input::Time(field) => field.is_empty(),
            Input::Path(path) => path.field.is_empty(),
            Input::Pick(pick) => pick.at.is_none(),
            Input::Multi(..) | Input::Toggle(_) => false,
        }
    }

    /// What to say where it is empty and may not be.
    pub(crate) fn lack(&self) -> Fault {
        let how = match &self.input {
            Input::Pick(Pick { tall: true, .. }) => "choose one with ↑ ↓",
            Input::Pick(_) => "choose with ← →",
            _ => "write a few words",
        };
        Fault { id: self.id.clone(), text: format!("“{}” is empty: {how}", self.label) }
    }

    /// What was typed or chosen, to be kept outside.
    pub(crate) fn typed(&self) -> Typed {
        match &self.input {
            Input::Text(field) | Input::Long(field) | Input::Time(field) => Typed::Text(field.text()),
            Input::Path(path) => Typed::Text(path.field.text()),
            Input::Pick(pick) => Typed::Chosen(pick.chosen().map(str::to_owned).into_iter().collect()),
            Input::Multi(pick, on) => {
                let chosen = pick.options.iter().zip(on).filter(|(_, on)| **on);
                Typed::Chosen(chosen.map(|((id, ..), _)| id.clone()).collect())
            }
            Input::Toggle(yes) => Typed::Yes(*yes),
        }
    }

    /// Puts back what was typed or chosen. Says whether all of it fits.
    pub(crate) fn retype(&mut self, typed: &Typed) -> bool {
        match (&mut self.input, typed) {
            (Input::Text(field) | Input::Long(field) | Input::Time(field), Typed::Text(text)) => field.set(text),
            (Input::Path(path), Typed::Text(text)) => path.field.set(text),
            (Input::Pick(pick), Typed::Chosen(ids)) => {
                let at = ids.first().map(|id| pick.options.iter().position(|(known, ..)| known == id));
                match at {
                    Some(None) => return false,
                    Some(at) => pick.at = at,
                    None => pick.at = None,
                }
            }
            (Input::Multi(pick, on), Typed::Chosen(ids)) => {
                for ((id, ..), on) in pick.options.iter().zip(on.iter_mut()) {
                    *on = ids.contains(id);
                }
                return ids.iter().all(|id| pick.options.iter().any(|(known, ..)| known == id));
            }
            (Input::Toggle(at), Typed::Yes(yes)) => *at = *yes,
            _ => return false,
        }
        true
    }

    /// What stands in it, to be compared.
    pub(crate) fn value(&self) -> (Words, String) {
        let value = match &self.input {
            Input::Text(field) | Input::Long(field) | Input::Time(field) => field.text(),
            Input::Path(path) => path.field.text(),
            Input::Pick(pick) => format!("{:?}", pick.at),
            Input::Multi(_, on) => format!("{on:?}"),
            Input::Toggle(yes) => yes.to_string(),
        };
        (self.id.clone(), value)
    }
}
