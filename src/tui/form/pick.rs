//! Fields in which something is chosen: one of several, any of several, yes or no.

use super::field::{FieldEdit, FieldView, FormField, Head, Words};

/// An option: what it stands for, its name in the code and in drafts, its label, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Choice<T> {
    value: T,
    id: String,
    label: String,
    means: String,
}

impl<T> Choice<T> {
    /// An option that says enough by its label.
    pub(crate) fn new(value: T, id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value, id: id.into(), label: label.into(), means: String::new() }
    }

    /// With what it means.
    pub(crate) fn meaning(mut self, means: impl Into<String>) -> Self {
        self.means = means.into();
        self
    }
}

/// Options as they are drawn and moved among.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Name in the code, label, and what it means.
    pub(crate) rows: Vec<(String, String, String)>,
    /// The one that is chosen or has the cursor; `None` while nothing is.
    pub(crate) at: Option<usize>,
    /// Shown one under another, each with what it means.
    pub(crate) tall: bool,
    /// The last says "another": a letter typed here chooses it and goes into the next field.
    another: bool,
    /// Of several options Enter takes the one with the cursor where none is chosen.
    takes: bool,
    /// What is chosen at first, and what where another name takes the place of the one that stood before it.
    otherwise: Option<(usize, usize)>,
    /// What a draft has chosen, while there are no options yet: they are read in the background.
    awaited: Vec<String>,
}

impl Options {
    /// The chosen option's name.
    pub(crate) fn chosen(&self) -> Option<&str> {
        self.rows.get(self.at?).map(|(id, ..)| id.as_str())
    }

    /// Where the option of that name stands.
    pub(crate) fn place_of(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|(known, ..)| known == id)
    }

    /// The names of those that are ticked.
    pub(crate) fn ticked<'a>(&'a self, on: &'a [bool]) -> impl Iterator<Item = &'a str> {
        let chosen = self.rows.iter().zip(on).filter(|(_, on)| **on).map(|((id, ..), _)| id.as_str());
        chosen.chain(self.awaited.iter().map(String::as_str))
    }

    /// Ticks those of these names and no others. Says whether there are options of all these names, or none at all yet.
    pub(crate) fn tick(&mut self, on: &mut [bool], ids: &[String]) -> bool {
        for ((id, ..), on) in self.rows.iter().zip(on) {
            *on = ids.contains(id);
        }
        self.awaited = if self.rows.is_empty() { ids.to_vec() } else { Vec::new() };
        self.rows.is_empty() || ids.iter().all(|id| self.place_of(id).is_some())
    }

    /// Moves by one; says whether there was room.
    pub(crate) fn step(&mut self, forward: bool) -> bool {
        let last = self.rows.len().saturating_sub(1);
        let next = match (self.at, forward) {
            (None, _) => Some(0),
            (Some(at), true) => (at < last).then_some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        if let Some(next) = next {
            self.at = Some(next.min(last));
        }
        next.is_some() && !self.rows.is_empty()
    }

    /// Ticks the option with the cursor where that is what Enter does, and none is ticked.
    pub(crate) fn take_one(&self, on: &mut [bool]) {
        if self.takes
            && !on.contains(&true)
            && let Some(on) = self.at.and_then(|at| on.get_mut(at))
        {
            *on = true;
        }
    }

    /// Chooses the option for what is written in the next field, where there is one. Says whether there is.
    pub(crate) fn choose_another(&mut self) -> bool {
        if self.another {
            self.at = self.rows.len().checked_sub(1);
        }
        self.another && self.at.is_some()
    }

    /// Another name was typed than the one by which the option was chosen.
    pub(crate) fn rename(&mut self) {
        if let Some((first, at)) = self.otherwise
            && self.at == Some(first)
        {
            self.at = Some(at);
        }
    }
}

/// Parts options into what is drawn and what they stand for.
fn part<T>(choices: impl IntoIterator<Item = Choice<T>>) -> (Vec<(String, String, String)>, Vec<T>) {
    choices.into_iter().map(|choice| ((choice.id, choice.label, choice.means), choice.value)).unzip()
}

/// One of several.
#[derive(Clone, Debug)]
pub(crate) struct Pick<T> {
    head: Head,
    options: Options,
    values: Vec<T>,
}

impl<T> Pick<T> {
    /// Options side by side, of which none is chosen.
    pub(crate) fn new(
        id: impl Into<Words>,
        label: impl Into<Words>,
        hint: impl Into<Words>,
        choices: impl IntoIterator<Item = Choice<T>>,
    ) -> Self {
        let (rows, values) = part(choices);
        Self { head: Head::new(id, label, hint), options: Options { rows, ..Options::default() }, values }
    }

    /// One under another.
    pub(crate) fn tall(mut self) -> Self {
        self.options.tall = true;
        self
    }

    /// With the option in that place chosen.
    pub(crate) fn at(mut self, at: Option<usize>) -> Self {
        self.options.at = at;
        self
    }

    /// Its last option is what is written in the next field.
    pub(crate) fn or_another(mut self) -> Self {
        self.options.another = true;
        self
    }

    /// What is chosen.
    pub(crate) fn chosen(&self) -> Option<&T> {
        self.values.get(self.options.at?)
    }
}

impl<T: PartialEq> Pick<T> {
    /// With this chosen.
    pub(crate) fn choosing(self, value: &T) -> Self {
        let at = self.values.iter().position(|known| known == value);
        self.at(at)
    }

    /// What is chosen belongs to the name that stands before it; with another name it is this.
    pub(crate) fn or_else(mut self, value: &T) -> Self {
        self.options.otherwise = self.options.at.zip(self.values.iter().position(|known| known == value));
        self
    }
}

impl<T: std::fmt::Debug> FormField for Pick<T> {
    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn view(&self) -> FieldView<'_> {
        FieldView::Pick(&self.options)
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        FieldEdit::Pick(&mut self.options)
    }
}

/// Any of several, one under another.
#[derive(Clone, Debug)]
pub(crate) struct MultiPick<T> {
    head: Head,
    options: Options,
    values: Vec<T>,
    on: Vec<bool>,
}

impl<T> MultiPick<T> {
    /// Options of which none is chosen, with the cursor on the first.
    pub(crate) fn new(
        id: impl Into<Words>,
        label: impl Into<Words>,
        hint: impl Into<Words>,
        choices: impl IntoIterator<Item = Choice<T>>,
    ) -> Self {
        let mut pick = Self {
            head: Head::new(id, label, hint),
            options: Options { tall: true, ..Options::default() },
            values: Vec::new(),
            on: Vec::new(),
        };
        pick.refill(choices);
        pick
    }

    /// Enter takes the option with the cursor where none is chosen.
    pub(crate) fn taking(mut self) -> Self {
        self.options.takes = true;
        self
    }

    /// With all of them chosen.
    pub(crate) fn all_chosen(mut self) -> Self {
        self.on.fill(true);
        self
    }

    /// Puts other options in their place; what was chosen stays, by its name.
    pub(crate) fn refill(&mut self, choices: impl IntoIterator<Item = Choice<T>>) {
        let chosen: Vec<String> = self.options.ticked(&self.on).map(str::to_owned).collect();
        (self.options.rows, self.values) = part(choices);
        self.on = vec![false; self.values.len()];
        self.options.at = (!self.on.is_empty()).then_some(0);
        self.options.tick(&mut self.on, &chosen);
    }

    /// Whether there is anything to choose from.
    pub(crate) fn offers(&self) -> bool {
        !self.values.is_empty()
    }

    /// What is chosen.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &T> {
        self.values.iter().zip(&self.on).filter(|(_, on)| **on).map(|(value, _)| value)
    }

    /// What is not chosen.
    pub(crate) fn left(&self) -> impl Iterator<Item = &T> {
        self.values.iter().zip(&self.on).filter(|(_, on)| !**on).map(|(value, _)| value)
    }
}

impl<T: std::fmt::Debug> FormField for MultiPick<T> {
    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn view(&self) -> FieldView<'_> {
        FieldView::Multi(&self.options, &self.on)
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        FieldEdit::Multi(&mut self.options, &mut self.on)
    }
}

/// Yes or no.
#[derive(Clone, Debug)]
pub(crate) struct YesNo {
    head: Head,
    yes: bool,
}

impl YesNo {
    /// No, at first.
    pub(crate) fn new(id: impl Into<Words>, label: impl Into<Words>, hint: impl Into<Words>) -> Self {
        Self { head: Head::new(id, label, hint), yes: false }
    }

    /// Whether it says yes.
    pub(crate) fn yes(&self) -> bool {
        self.yes
    }
}

impl FormField for YesNo {
    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn view(&self) -> FieldView<'_> {
        FieldView::YesNo(self.yes)
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        FieldEdit::YesNo(&mut self.yes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::form::field::Typed;

    #[test]
    fn what_a_draft_chose_waits_for_the_options_and_is_kept_until_then() {
        let option = |id: &str| Choice::new(id.to_owned(), id.to_owned(), id.to_owned());
        let mut pick = MultiPick::<String>::new("playbooks", "Playbooks", "", []);
        let chosen = Typed::Chosen(vec!["ransomware".into(), "phishing".into()]);
        assert!(pick.retype(&chosen), "there is nothing yet that it could not fit");
        assert_eq!(pick.typed(), chosen, "and the next draft has it too");
        pick.refill([]);
        assert_eq!(pick.typed(), chosen);
        pick.refill(["ransomware", "outage", "phishing"].map(option));
        assert_eq!(pick.chosen().collect::<Vec<_>>(), ["ransomware", "phishing"]);
        assert!(!pick.retype(&Typed::Chosen(vec!["gone".into()])), "an option that is gone does not fit");
    }
}
