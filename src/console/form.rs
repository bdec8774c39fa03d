//! A form: fields in one column, required ones first. Enter goes on; what records is another key.

use super::{
    field::Field,
    key::{Code, Key},
    msg::{PathRow, Ticket},
};
use crate::domain::{
    stated::stated,
    time::{Now, Time},
};

/// Fields in order, one of which has the cursor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    /// The fields.
    pub(crate) items: Vec<Item>,
    /// Which has the cursor.
    pub(crate) at: usize,
    /// What is wrong with a field, and which.
    pub(crate) fault: Option<Fault>,
    /// Whether anything was typed or chosen.
    pub(crate) touched: bool,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field.
    pub(crate) id: &'static str,
    /// What is wrong, and what would work.
    pub(crate) text: String,
}

/// A field with its name.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its name in the code.
    pub(crate) id: &'static str,
    /// Its name on screen.
    pub(crate) label: &'static str,
    /// It may not stay empty.
    pub(crate) required: bool,
    /// What belongs there, shown while it has the cursor.
    pub(crate) hint: &'static str,
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
    fn step(&mut self, forward: bool) -> bool {
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

impl Form {
    /// A form of these fields, with the cursor in the first.
    pub(crate) fn of(items: Vec<Item>) -> Self {
        Self { items, ..Self::default() }
    }

    /// The field of that name.
    pub(crate) fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The text of a field, or the name of the chosen option; empty where there is none.
    pub(crate) fn text(&self, id: &str) -> String {
        match self.item(id).map(|item| &item.input) {
            Some(Input::Text(field) | Input::Long(field) | Input::Time(field)) => field.text(),
            Some(Input::Path(path)) => path.field.text(),
            Some(Input::Pick(pick)) => pick.chosen().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    /// The names of the chosen options.
    pub(crate) fn many(&self, id: &str) -> Vec<String> {
        match self.item(id).map(|item| &item.input) {
            Some(Input::Multi(pick, on)) => {
                pick.options.iter().zip(on).filter(|(_, on)| **on).map(|((id, ..), _)| id.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a yes-or-no field says yes.
    pub(crate) fn yes(&self, id: &str) -> bool {
        matches!(self.item(id).map(|item| &item.input), Some(Input::Toggle(true)))
    }

    /// The moment that a field states; `None` where it is empty.
    pub(crate) fn time(&self, id: &'static str, now: Option<Now>) -> Result<Option<Time>, Fault> {
        let text = self.text(id);
        let Some(now) = now.filter(|_| !text.trim().is_empty()) else { return Ok(None) };
        stated(&text, now).map(Some).map_err(|why| Fault { id, text: format!("{why}: {}", why.hint(now)) })
    }

    /// What is wrong with the first required field that is empty.
    pub(crate) fn missing(&self) -> Option<Fault> {
        self.items.iter().filter(|item| item.required && item.is_empty()).map(Item::lack).next()
    }

    /// Adds a required field for a reason in front, if there is none, and puts the cursor there.
    pub(crate) fn want_reason(&mut self) {
        match self.items.iter_mut().position(|item| item.id == "why") {
            Some(at) => {
                self.items[at].required = true;
                self.at = at;
            }
            None => {
                self.items.insert(0, Item::long("why", "Reason", "Why it is done all the same").required());
                self.at = 0;
            }
        }
    }

    /// Puts the cursor in the field that is at fault.
    pub(crate) fn blame(&mut self, fault: Fault) {
        if let Some(at) = self.items.iter().position(|item| item.id == fault.id) {
            self.at = at;
        }
        self.fault = Some(fault);
    }

    /// The field with the cursor.
    pub(crate) fn focused(&mut self) -> Option<&mut Item> {
        self.items.get_mut(self.at)
    }

    /// The next field, if there is one.
    pub(crate) fn on(&mut self) {
        self.at = (self.at + 1).min(self.items.len().saturating_sub(1));
    }

    /// The field before, if there is one.
    pub(crate) fn back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Takes a paste in; says why where it cannot.
    pub(crate) fn paste(&mut self, text: &str) -> Result<(), String> {
        let result = match self.focused().map(|item| &mut item.input) {
            Some(Input::Text(field) | Input::Long(field) | Input::Time(field)) => field.paste(text),
            Some(Input::Path(path)) => path.field.paste(text),
            _ => return Err("nothing was pasted: this is no text field".into()),
        };
        if result.is_ok() {
            self.touched = true;
            self.fault = None;
        }
        result
    }

    /// Takes a key in.
    pub(crate) fn key(&mut self, key: Key) {
        let Some(item) = self.items.get_mut(self.at) else { return };
        let bare = !key.ctrl && !key.alt;
        let before = item.clone_value();
        match (&mut item.input, key.code) {
            (Input::Path(path), Code::Tab) => {
                let by = usize::from(path.complete());
                self.at = (self.at + by).min(self.items.len().saturating_sub(1));
            }
            (_, Code::Tab) => self.on(),
            (_, Code::BackTab) => self.back(),
            (Input::Long(field), Code::Up) if !field.at_top() => field.key(key),
            (Input::Long(field), Code::Down) if !field.at_bottom() => field.key(key),
            (Input::Long(field), _) if !matches!(key.code, Code::Up | Code::Down) => field.key(key),
            (Input::Pick(pick) | Input::Multi(pick, _), Code::Up | Code::Down) if pick.tall => {
                let forward = key.code == Code::Down;
                if !pick.step(forward) {
                    if forward { self.on() } else { self.back() }
                }
            }
            (_, Code::Up) => self.back(),
            (_, Code::Down | Code::Enter) => self.on(),
            (Input::Multi(pick, on), Code::Char(' ')) if bare => {
                if let Some(on) = pick.at.and_then(|at| on.get_mut(at)) {
                    *on = !*on;
                }
            }
            (Input::Toggle(yes), Code::Char(' ' | 'y' | 'n') | Code::Left | Code::Right) if bare => {
                *yes = match key.code {
                    Code::Char('y') => true,
                    Code::Char('n') => false,
                    _ => !*yes,
                };
            }
            (Input::Pick(pick), Code::Right | Code::Char(' ')) => {
                pick.step(true);
            }
            (Input::Pick(pick), Code::Left) => {
                pick.step(false);
            }
            (Input::Text(field) | Input::Time(field), _) => field.key(key),
            (Input::Path(path), _) => path.field.key(key),
            _ => {}
        }
        let after = self.items.iter().find(|item| item.id == before.0).map(Item::clone_value);
        if after.is_some_and(|after| after != before) {
            self.touched = true;
            self.fault = None;
        }
    }

    /// Everything in it as plain text, to be saved elsewhere.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        for item in &self.items {
            let value = match &item.input {
                Input::Toggle(yes) => if *yes { "yes" } else { "no" }.to_owned(),
                Input::Multi(..) => self.many(item.id).join(", "),
                _ => self.text(item.id),
            };
            text.push_str(&format!("{}: {value}\n", item.label));
        }
        text
    }
}

impl Path {
    /// Fills in what all candidates share. Says whether the path is whole, so that Tab goes on.
    fn complete(&mut self) -> bool {
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
    fn of(id: &'static str, label: &'static str, hint: &'static str, input: Input) -> Self {
        Self { id, label, hint, required: false, input }
    }

    /// One line.
    pub(crate) fn line(id: &'static str, label: &'static str, hint: &'static str, text: &str) -> Self {
        Self::of(id, label, hint, Input::Text(Field::line(text)))
    }

    /// Several lines.
    pub(crate) fn long(id: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self::of(id, label, hint, Input::Long(Field::lines("")))
    }

    /// When it happened; empty is now.
    pub(crate) fn when() -> Self {
        let hint = "When it happened, if not now: 14:05, yesterday 14:05, -20m";
        Self::of("occurred", "When", hint, Input::Time(Field::line("")))
    }

    /// A time, filled in.
    pub(crate) fn time(id: &'static str, label: &'static str, hint: &'static str, text: &str) -> Self {
        Self::of(id, label, hint, Input::Time(Field::line(text)))
    }

    /// A path.
    pub(crate) fn path(id: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self::of(id, label, hint, Input::Path(Path::default()))
    }

    /// One of several, side by side.
    pub(crate) fn pick(id: &'static str, label: &'static str, hint: &'static str, pick: Pick) -> Self {
        Self::of(id, label, hint, Input::Pick(pick))
    }

    /// Any of several.
    pub(crate) fn multi(id: &'static str, label: &'static str, hint: &'static str, mut pick: Pick) -> Self {
        let on = vec![false; pick.options.len()];
        pick.tall = true;
        pick.at = (!on.is_empty()).then_some(0);
        Self::of(id, label, hint, Input::Multi(pick, on))
    }

    /// Yes or no.
    pub(crate) fn toggle(id: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self::of(id, label, hint, Input::Toggle(false))
    }

    /// It may not stay empty.
    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
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

    fn is_empty(&self) -> bool {
        match &self.input {
            Input::Text(field) | Input::Long(field) | Input::Time(field) => field.is_empty(),
            Input::Path(path) => path.field.is_empty(),
            Input::Pick(pick) => pick.at.is_none(),
            Input::Multi(..) | Input::Toggle(_) => false,
        }
    }

    /// What to say where it is empty and may not be.
    pub(crate) fn lack(&self) -> Fault {
        let how = if matches!(self.input, Input::Pick(_)) { "choose one with ↑ ↓" } else { "write a few words" };
        Fault { id: self.id, text: format!("“{}” is empty: {how}", self.label) }
    }

    fn clone_value(&self) -> (&'static str, String) {
        let value = match &self.input {
            Input::Text(field) | Input::Long(field) | Input::Time(field) => field.text(),
            Input::Path(path) => path.field.text(),
            Input::Pick(pick) => format!("{:?}", pick.at),
            Input::Multi(_, on) => format!("{on:?}"),
            Input::Toggle(yes) => yes.to_string(),
        };
        (self.id, value)
    }
}
