//! What a log is filtered by, and how that is written: plain words, `kind:note`, `by:patel`, `is:follow`.

use super::{Index, folded_text::fold_text};

/// What a row must have to be shown. An empty filter lets every row through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Every one of these must occur: in a text, in the words for the type, or in the name of who logged it. Folded.
    pub words: Vec<String>,
    /// One of these must begin the type (`step`, `evidence.added`) or its words (`duty-met`), where there are any. Folded.
    pub kinds: Vec<String>,
    /// One of these must occur in the name of who logged it, where there are any. Folded, a space as `-`.
    pub people: Vec<String>,
    /// Only what is marked for follow-up.
    pub follow_up: bool,
    /// Only what is corrected or corrects.
    pub corrected: bool,
}

/// A name as one word of a filter: `j.-patel`.
pub fn word_of(name: &str) -> String {
    fold_text(name).split_whitespace().collect::<Vec<_>>().join("-")
}

impl Filter {
    /// Reads what was typed. A word that begins like none of the known ones is a plain word; one that is not finished
    /// (`kind:`) asks for nothing yet.
    pub fn parse(typed: &str) -> Self {
        let mut filter = Self::default();
        for word in fold_text(typed).split_whitespace() {
            match word.split_once(':') {
                Some(("kind", kind)) => filter.kinds.extend(non_empty(kind)),
                Some(("by", name)) => filter.people.extend(non_empty(name)),
                Some(("is", "")) => {}
                Some(("is", state)) if "follow-up".starts_with(state) => filter.follow_up = true,
                Some(("is", state)) if "corrected".starts_with(state) => filter.corrected = true,
                _ => filter.words.push(word.to_owned()),
            }
        }
        filter
    }

    /// Whether it lets every row through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether something other than words is asked for.
    pub(super) fn narrows(&self) -> bool {
        !self.kinds.is_empty() || !self.people.is_empty() || self.follow_up || self.corrected
    }
}

fn non_empty(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// Which sorts and which people are let through, by their numbers.
pub(super) struct Gate {
    sorts: Vec<bool>,
    people: Vec<bool>,
}

impl Gate {
    pub(super) fn new(index: &Index, filter: &Filter) -> Self {
        let kind = |sort: &super::Sort| {
            let (kind, label) = (sort.kind.unwrap_or("unknown"), word_of(sort.sign.label));
            filter.kinds.is_empty() || filter.kinds.iter().any(|word| kind.starts_with(word) || label.starts_with(word))
        };
        let person = |name: &str| {
            let name = word_of(name);
            filter.people.is_empty() || filter.people.iter().any(|word| name.contains(word))
        };
        Self {
            sorts: index.sorts.iter().map(kind).collect(),
            people: index.people.iter().map(|who| person(&who.name)).collect(),
        }
    }

    /// The sorts and people in whose words `word` occurs.
    pub(super) fn of_word(index: &Index, word: &str) -> Self {
        let has = |text: &str| fold_text(text).contains(word);
        Self {
            sorts: index.sorts.iter().map(|sort| has(sort.sign.label) || has(sort.sign.tag)).collect(),
            people: index.people.iter().map(|who| has(&who.label())).collect(),
        }
    }

    pub(super) fn sort(&self, number: u8) -> bool {
        self.sorts.get(usize::from(number)).copied().unwrap_or_default()
    }

    pub(super) fn person(&self, number: u32) -> bool {
        self.people.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether it lets nothing through by one of the two alone.
    pub(super) fn shut(&self) -> bool {
        !self.sorts.contains(&true) && !self.people.contains(&true)
    }
}

/// The words that a filter can ask for, each with how many rows have it, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// Types of entry, as `kind:` takes them.
    pub kinds: Vec<(String, usize)>,
    /// Who logged entries, as named.
    pub people: Vec<(String, usize)>,
    /// How many are marked for follow-up.
    pub follow_up: usize,
    /// How many are corrected or correct.
    pub corrected: usize,
}

impl Index {
    /// What there is to filter by.
    pub fn offers(&self) -> Offers {
        let (mut sorts, mut people) = (vec![0; self.sorts.len()], vec![0; self.people.len()]);
        for row in &self.rows {
            if let (Some(sort), Some(person)) =
                (sorts.get_mut(usize::from(row.sort)), people.get_mut(row.person as usize))
            {
                *sort += 1;
                *person += 1;
            }
        }
        let kinds = self.sorts.iter().zip(sorts).map(|(sort, count)| (word_of(sort.sign.label), count));
        let names = self.people.iter().zip(people).map(|(who, count)| (who.name.clone(), count));
        Offers {
            kinds: sort_by_count(kinds),
            people: sort_by_count(names),
            follow_up: self.follow_up.len(),
            corrected: self.corrected.len() + self.corrects.len(),
        }
    }
}

fn sort_by_count(named: impl Iterator<Item = (String, usize)>) -> Vec<(String, usize)> {
    let mut all = std::collections::BTreeMap::new();
    named.for_each(|(name, count)| *all.entry(name).or_insert(0) += count);
    let mut all: Vec<(String, usize)> = all.into_iter().collect();
    all.sort_by(|(_, left), (_, right)| right.cmp(left));
    all
}
