//! A form: fields in one column, required ones first. Enter goes on; what records is another key.

pub(crate) mod field;
pub(crate) mod text_field;

use crate::{
    domain::{
        time::{Now, Time},
        time_input::stated,
    },
    tui::keys::key::{Code, Key},
};
use field::{Input, Item};
use std::borrow::Cow;

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
    /// What stood in the fields at first.
    first: String,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field.
    pub(crate) id: Cow<'static, str>,
    /// What is wrong, and what would work.
    pub(crate) text: String,
}

impl Form {
    /// A form of these fields, with the cursor in the first.
    pub(crate) fn of(items: Vec<Item>) -> Self {
        let mut form = Self { items, ..Self::default() };
        form.first = form.to_text();
        form
    }

    /// Whether anything stands in it that did not at first: what was typed and taken away again is nothing.
    pub(crate) fn changed(&self) -> bool {
        self.touched && self.to_text() != self.first
    }

    /// Whether a text stood in a field at first.
    pub(crate) fn stood(&self, text: &str) -> bool {
        self.first.contains(text)
    }

    /// What stands in the fields, to be compared.
    pub(crate) fn values(&self) -> Vec<String> {
        self.items.iter().map(|item| item.value().1).collect()
    }

    /// The field of that name.
    pub(crate) fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Whether the path in a field is that of a folder, as far as the console was told.
    pub(crate) fn folder(&self, id: &str) -> bool {
        self.item(id).is_some_and(|item| matches!(&item.input, Input::Path(path) if path.folder()))
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
        stated(&text, now).map(Some).map_err(|why| Fault { id: id.into(), text: format!("{why}: {}", why.hint(now)) })
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

    /// Puts the cursor in a field, where there is one of that name.
    pub(crate) fn go(&mut self, id: &str) {
        if let Some(at) = self.items.iter().position(|item| item.id == id) {
            self.at = at;
        }
    }

    /// Adds a field for why a question stays open, behind the note, where there is no field for a reason.
    pub(crate) fn offer_reason(&mut self) {
        if self.item("why").is_none() {
            let behind = self.items.iter().position(|item| item.id == "occurred").unwrap_or(self.items.len());
            let hint = "Only where a question stays open: why the step is done without its answer";
            self.items.insert(behind, Item::long("why", "Or why not", hint));
        }
    }

    /// Writes out the times that were counted back from now, or from today, once the cursor has left them: they would
    /// move on with the clock.
    pub(crate) fn pin(&mut self, now: Now) {
        for (place, item) in self.items.iter_mut().enumerate() {
            if let Input::Time(field) = &mut item.input
                && place != self.at
                && ["-", "yesterday "].iter().any(|word| field.text().trim_start().starts_with(word))
                && let Ok(at) = stated(&field.text(), now)
            {
                field.set(&now.zone.local(at).format("%Y-%m-%dT%H:%M:%S%:z").to_string());
            }
        }
    }

    /// Puts the cursor in the field that is at fault.
    pub(crate) fn blame(&mut self, fault: Fault) {
        self.go(&fault.id);
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
        if self.focused().is_some_and(Item::choose_another) {
            self.on();
        }
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
        let bare = !key.ctrl && !key.alt;
        let typed = bare && matches!(key.code, Code::Char(c) if c != ' ');
        if typed && self.focused().is_some_and(Item::choose_another) {
            self.on();
        }
        let Some(item) = self.items.get_mut(self.at) else { return };
        let (before, fresh) = (item.value(), item.fresh());
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
            // Beyond the ends of a list in which Space chooses, Space would write into the field next to it.
            (Input::Multi(pick, on), Code::Up | Code::Down) if !on.is_empty() => {
                pick.step(key.code == Code::Down);
            }
            (Input::Pick(pick) | Input::Multi(pick, _), Code::Up | Code::Down) if pick.tall => {
                let forward = key.code == Code::Down;
                if !pick.step(forward) {
                    if forward { self.on() } else { self.back() }
                }
            }
            (_, Code::Up) => self.back(),
            (Input::Multi(..), Code::Enter) => {
                item.take_one();
                self.on();
            }
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
            // What is chosen is changed by arrows only, not by the spaces of words typed into the wrong field.
            (Input::Pick(pick), Code::Char(' ')) if pick.at.is_none() => {
                pick.step(true);
            }
            (Input::Pick(pick), Code::Right) => {
                pick.step(true);
            }
            (Input::Pick(pick), Code::Left) => {
                pick.step(false);
            }
            (Input::Text(field) | Input::Time(field), _) => field.key(key),
            (Input::Path(path), _) => path.field.key(key),
            _ => {}
        }
        let after = self.items.iter().find(|item| item.id == before.0).map(Item::value);
        if let Some(after) = after.filter(|after| *after != before) {
            self.touched = true;
            self.fault = None;
            // What was told from a name is not told from another.
            if (fresh && typed) || after.1.is_empty() {
                self.items.iter_mut().skip(self.at + 1).for_each(Item::renamed);
            }
        }
    }

    /// Everything in it as plain text, to be saved elsewhere.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        for item in &self.items {
            let value = match &item.input {
                Input::Toggle(yes) => if *yes { "yes" } else { "no" }.to_owned(),
                Input::Multi(..) => self.many(&item.id).join(", "),
                _ => self.text(&item.id),
            };
            text.push_str(&format!("{}: {value}\n", item.label));
        }
        text
    }
}
