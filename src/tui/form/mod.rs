//! A form: fields in one column, required ones first. Enter goes on; what records is another key.

mod fault;
pub(crate) mod field;
pub(crate) mod path_field;
pub(crate) mod pick;
pub(crate) mod text_field;
mod text_rows;
pub(crate) mod texts;

use crate::{
    domain::{time::Now, time_input::parse_stated_time},
    tui::keys::key::{Code, Key},
};
pub(crate) use fault::Fault;
use field::{FieldEdit, FieldView, Fields, FormField};

/// Fields in order, one of which has the cursor.
#[derive(Clone, Debug)]
pub(crate) struct Form<F> {
    /// The fields.
    pub(crate) fields: F,
    /// Which has the cursor.
    pub(crate) at: usize,
    /// What is wrong with a field, and which.
    pub(crate) fault: Option<Fault>,
    /// Whether anything was typed or chosen.
    pub(crate) touched: bool,
    /// What stood in the fields at first.
    first: String,
}

/// Where the cursor goes by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Go {
    Stay,
    On,
    Back,
}

impl<F> Form<F> {
    /// The same form with its fields as those of another type.
    pub(crate) fn map<G>(self, of: impl FnOnce(F) -> G) -> Form<G> {
        let Self { fields, at, fault, touched, first } = self;
        Form { fields: of(fields), at, fault, touched, first }
    }
}

impl<F: Fields> Form<F> {
    /// A form of these fields, with the cursor in the first.
    pub(crate) fn of(fields: F) -> Self {
        let mut form = Self { fields, at: 0, fault: None, touched: false, first: String::new() };
        form.first = form.to_text();
        form
    }

    /// The fields in their order.
    pub(crate) fn views(&self) -> Vec<&dyn FormField> {
        let mut views = Vec::new();
        self.fields.collect(&mut views);
        views
    }

    /// The same, to be changed.
    pub(crate) fn views_mut(&mut self) -> Vec<&mut dyn FormField> {
        let mut views = Vec::new();
        self.fields.collect_mut(&mut views);
        views
    }

    /// Whether anything stands in it that did not at first: what was typed and taken away again is nothing.
    pub(crate) fn changed(&self) -> bool {
        self.touched && self.to_text() != self.first
    }

    /// What stands in the fields, to be compared.
    pub(crate) fn values(&self) -> Vec<String> {
        self.views().into_iter().map(FormField::value).collect()
    }

    /// Whether there is a field of that name now.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.views().iter().any(|field| field.head().id == id)
    }

    /// Whether a path in it is that of a folder, as far as the console was told.
    pub(crate) fn names_folder(&self) -> bool {
        self.views().iter().any(|field| matches!(field.view(), FieldView::Path(path) if path.is_folder()))
    }

    /// What is wrong with the first required field that is empty.
    pub(crate) fn missing(&self) -> Option<Fault> {
        self.views().into_iter().find(|field| field.head().required && field.is_empty()).map(FormField::lack)
    }

    /// Puts the cursor in a field, where there is one of that name.
    pub(crate) fn go(&mut self, id: &str) {
        let at = self.views().iter().position(|field| field.head().id == id);
        self.at = at.unwrap_or(self.at);
    }

    /// Writes out the times that were counted back from now, or from today, once the cursor has left them: they would
    /// move on with the clock.
    pub(crate) fn pin(&mut self, now: Now) {
        let at = self.at;
        for (place, field) in self.views_mut().into_iter().enumerate() {
            if let FieldEdit::Time(field) = field.edit()
                && place != at
                && ["-", "yesterday "].iter().any(|word| field.text().trim_start().starts_with(word))
                && let Ok(at) = parse_stated_time(&field.text(), now)
            {
                field.set(&now.zone.local(at).format("%Y-%m-%dT%H:%M:%S%:z").to_string());
                field.propose();
            }
        }
    }

    /// Whole times that stand in it are replaced by what is typed next: nobody states a time by adding to another. Half
    /// a time goes on where it was left. Called where a draft is taken up again.
    pub(crate) fn propose_times(&mut self, now: Option<Now>) {
        for field in self.views_mut() {
            if let FieldEdit::Time(field) = field.edit()
                && now.is_none_or(|now| parse_stated_time(&field.text(), now).is_ok())
            {
                field.propose();
            }
        }
    }

    /// Puts the cursor in the field that is at fault.
    pub(crate) fn blame(&mut self, fault: Fault) {
        self.go(&fault.id);
        self.fault = Some(fault);
    }

    /// The field with the cursor.
    pub(crate) fn focused(&mut self) -> Option<&mut dyn FormField> {
        let at = self.at;
        self.views_mut().into_iter().nth(at)
    }

    /// The next field, if there is one.
    pub(crate) fn on(&mut self) {
        self.at = (self.at + 1).min(self.views().len().saturating_sub(1));
    }

    /// Chooses "another" where a letter typed in the field with the cursor means that, and goes on to the next.
    fn choose_another(&mut self) {
        if let Some(FieldEdit::Pick(options)) = self.focused().map(FormField::edit)
            && options.choose_another()
        {
            self.on();
        }
    }

    /// Takes a paste in; says why where it cannot.
    pub(crate) fn paste(&mut self, text: &str) -> Result<(), String> {
        self.choose_another();
        let result = match self.focused().map(FormField::edit) {
            Some(FieldEdit::Line(field) | FieldEdit::Long(field) | FieldEdit::Time(field)) => field.paste(text),
            Some(FieldEdit::Path(path)) => path.field.paste(text),
            Some(FieldEdit::Pick(_) | FieldEdit::Multi(..) | FieldEdit::YesNo(_)) | None => {
                return Err("nothing was pasted: this is no text field".into());
            }
        };
        if result.is_ok() {
            self.touched = true;
            self.fault = None;
        }
        result
    }

    /// Takes a key in; its text fields are drawn so many cells wide.
    pub(crate) fn key(&mut self, key: Key, cells: usize) {
        let typed = !key.ctrl && !key.alt && matches!(key.code, Code::Char(c) if c != ' ');
        if typed {
            self.choose_another();
        }
        let Some(field) = self.focused() else { return };
        let before = field.value();
        let fresh = matches!(field.view(), FieldView::Line(field) if field.fresh());
        let go = edit_field(field, key, cells);
        let after = field.value();
        match go {
            Go::Stay => {}
            Go::On => self.on(),
            Go::Back => self.at = self.at.saturating_sub(1),
        }
        if after != before {
            self.touched = true;
            self.fault = None;
            // What was told from a name is not told from another.
            if (fresh && typed) || after.is_empty() {
                let at = self.at;
                for field in self.views_mut().into_iter().skip(at + 1) {
                    if let FieldEdit::Pick(options) = field.edit() {
                        options.rename();
                    }
                }
            }
        }
    }

    /// Everything in it as plain text, to be saved elsewhere.
    pub(crate) fn to_text(&self) -> String {
        self.views().iter().map(|field| format!("{}: {}\n", field.head().label, field.plain_text())).collect()
    }

    /// The text of a field, or the name of the chosen option; empty where there is none.
    #[cfg(test)]
    pub(crate) fn text(&self, id: &str) -> String {
        let views = self.views();
        views.iter().find(|field| field.head().id == id).map(|field| field.plain_text()).unwrap_or_default()
    }

    /// The names of the options that are chosen in a field.
    #[cfg(test)]
    pub(crate) fn many(&self, id: &str) -> Vec<String> {
        let views = self.views();
        let typed = views.iter().find(|field| field.head().id == id).map(|field| field.typed());
        if let Some(field::Typed::Chosen(ids)) = typed { ids } else { Vec::new() }
    }
}

/// Takes a key into a field that is drawn so many cells wide; says where the cursor goes.
fn edit_field(field: &mut dyn FormField, key: Key, cells: usize) -> Go {
    let bare = !key.ctrl && !key.alt;
    match (field.edit(), key.code) {
        (FieldEdit::Path(path), Code::Tab) => return if path.complete() { Go::On } else { Go::Stay },
        (_, Code::Tab) => return Go::On,
        (_, Code::BackTab) => return Go::Back,
        (FieldEdit::Long(field), Code::Up) if !field.at_top(cells) => field.key_within(key, cells),
        (FieldEdit::Long(field), Code::Down) if !field.at_bottom(cells) => field.key_within(key, cells),
        (FieldEdit::Long(_), Code::Up) => return Go::Back,
        (FieldEdit::Long(_), Code::Down) => return Go::On,
        (FieldEdit::Long(field), _) => field.key_within(key, cells),
        // Beyond the ends of a list in which Space chooses, Space would write into the field next to it.
        (FieldEdit::Multi(options, on), Code::Up | Code::Down) if !on.is_empty() => {
            options.step(key.code == Code::Down);
        }
        (FieldEdit::Pick(options) | FieldEdit::Multi(options, _), Code::Up | Code::Down) if options.tall => {
            let forward = key.code == Code::Down;
            return match options.step(forward) {
                true => Go::Stay,
                false if forward => Go::On,
                false => Go::Back,
            };
        }
        (_, Code::Up) => return Go::Back,
        (FieldEdit::Multi(options, on), Code::Enter) => {
            options.take_one(on);
            return Go::On;
        }
        (_, Code::Down | Code::Enter) => return Go::On,
        (FieldEdit::Multi(options, on), Code::Char(' ')) if bare => {
            if let Some(on) = options.at.and_then(|at| on.get_mut(at)) {
                *on = !*on;
            }
        }
        (FieldEdit::YesNo(yes), Code::Char(letter @ ('y' | 'n'))) if bare => *yes = letter == 'y',
        (FieldEdit::YesNo(yes), Code::Char(' ') | Code::Left | Code::Right) if bare => *yes = !*yes,
        // What is chosen is changed by arrows only, not by the spaces of words typed into the wrong field.
        (FieldEdit::Pick(options), Code::Char(' ')) if options.at.is_none() => {
            options.step(true);
        }
        (FieldEdit::Pick(options), Code::Right) => {
            options.step(true);
        }
        (FieldEdit::Pick(options), Code::Left) => {
            options.step(false);
        }
        (FieldEdit::Line(field) | FieldEdit::Time(field), _) => field.key(key),
        (FieldEdit::Path(path), _) => path.field.key(key),
        (FieldEdit::Pick(_) | FieldEdit::Multi(..) | FieldEdit::YesNo(_), _) => {}
    }
    Go::Stay
}
