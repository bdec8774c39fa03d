//! What is looked for, typed as one goes: in the whole case, or among all that can be done. However long the log is, a
//! key costs little: entries come from the index, and only those in view are drawn.

use super::picker::Target;
use crate::{
    domain::{
        case::steps::Standpoint,
        playbook::Kind,
        search::{Filter, Matches, fold},
        text::safe,
    },
    tui::{
        form::text_field::Field,
        keys::{
            action::{self, Context},
            table::Id,
        },
        model::Model,
        screens::guards,
        text::{fuzzy::Fuzzy, highlight, width::cut},
    },
};
use std::ops::Range;

/// The most entries that the palette shows.
const ENTRIES: usize = 50;
/// The latest entries in which the palette looks for scattered letters, where their words are not found.
const LATEST: usize = 400;
/// Bytes of a line that it looks at there.
const BEGINNING: usize = 120;
/// What a letter must be worth there, lest everything fits.
const LETTER: u32 = 18;

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    /// Among what.
    pub(crate) of: Of,
    /// What was typed.
    pub(crate) field: Field,
    /// The row with the cursor.
    pub(crate) at: usize,
    /// Rows that are scrolled away.
    pub(crate) top: usize,
    /// Rows before the entries.
    pub(crate) hits: Vec<Hit>,
    /// Rows of the index, the newest first.
    pub(crate) entries: Vec<u32>,
    /// Words to mark, folded.
    pub(crate) words: Vec<String>,
    matches: Option<Matches>,
}

/// Among what one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// The actions of a place; then steps and entries, to go to.
    Palette(Context),
    /// Steps and entries, to go to.
    Case,
    /// Entries, one of which is wrong.
    Wrong,
    /// Entries, one of which is to be looked at again.
    FollowUp,
}

/// A row that is no entry.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    /// Its name, safe.
    pub(crate) name: String,
    /// Where that fits what was typed, bytes.
    pub(crate) places: Vec<Range<usize>>,
    /// What is said about it, safe.
    pub(crate) about: String,
    /// What stands at its right, safe.
    pub(crate) side: String,
    /// Why it cannot be chosen now.
    pub(crate) refused: Option<String>,
    /// What it stands for.
    pub(crate) target: Target,
}

impl Search {
    /// A search in which nothing is typed yet.
    pub(crate) fn new(of: Of, model: &Model) -> Self {
        let (hits, entries, words) = (Vec::new(), Vec::new(), Vec::new());
        let mut search = Self { of, field: Field::line(""), at: 0, top: 0, hits, entries, words, matches: None };
        search.refresh(model);
        search
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.hits.len() + self.entries.len()
    }

    /// Moves the cursor by so many rows.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.len().saturating_sub(1));
    }

    /// What the row with the cursor stands for, or why it cannot be chosen.
    pub(crate) fn target(&self, model: &Model) -> Option<Result<Target, String>> {
        if let Some(hit) = self.hits.get(self.at) {
            return Some(hit.refused.clone().map_or_else(|| Ok(hit.target.clone()), Err));
        }
        let row = *self.entries.get(self.at.checked_sub(self.hits.len())?)?;
        let entry = model.case.as_ref()?.index.row(row)?.id();
        Some(Ok(match self.of {
            Of::Wrong => Target::Entry(entry),
            Of::FollowUp => Target::Mark(entry),
            Of::Palette(_) | Of::Case => Target::GoTo(entry),
        }))
    }

    /// Its heading.
    pub(crate) fn title(&self) -> &'static str {
        match self.of {
            Of::Palette(_) => "What do you want to do?",
            Of::Case => "What are you looking for?",
            Of::Wrong => "Which entry is wrong?",
            Of::FollowUp => "Which entry is to be looked at again?",
        }
    }

    /// Looks anew, after a key. The cursor goes to the first row.
    pub(crate) fn refresh(&mut self, model: &Model) {
        let typed = self.field.text();
        self.at = 0;
        self.hits.clear();
        self.entries.clear();
        let filter = Filter::parse(&typed);
        match self.of {
            Of::Palette(context) => {
                self.hits = actions(model, context, &typed);
                self.words = fold(&typed).split_whitespace().map(str::to_owned).collect();
                if let (Some(screen), false) = (&model.case, typed.trim().is_empty()) {
                    self.hits.extend(steps_by_letters(model, &typed));
                    self.entries = screen.index.search(&typed, usize::MAX, ENTRIES);
                    if self.entries.is_empty() {
                        self.entries = by_letters(model, &typed);
                    }
                }
            }
            Of::Case => {
                self.hits = steps_by_words(model, &filter);
                self.all_entries(model, filter);
            }
            Of::Wrong | Of::FollowUp => self.all_entries(model, filter),
        }
        self.cited_first(model, &typed);
    }

    fn all_entries(&mut self, model: &Model, filter: Filter) {
        let Some(screen) = &model.case else { return };
        let matches = screen.index.matching(&filter, self.matches.as_ref());
        self.entries.extend(matches.rows().iter().rev());
        self.words = filter.words;
        self.matches = Some(matches);
    }

    /// An entry that is cited, such as `A17`, comes before everything.
    fn cited_first(&mut self, model: &Model, typed: &str) {
        let Some(screen) = &model.case else { return };
        let row = screen.case.cited(typed).and_then(|entry| screen.index.find(&entry));
        let Some(row) = row else { return };
        self.entries.retain(|known| *known != row);
        self.entries.insert(0, row);
        if matches!(self.of, Of::Palette(_) | Of::Case) {
            self.hits.clear();
        }
    }
}

/// The actions of a place: those whose name fits, the best first, then those that say the words.
fn actions(model: &Model, context: Context, typed: &str) -> Vec<Hit> {
    let offered =
        action::here(context).filter(|one| !matches!(one.group, "Moving" | "Everywhere") || one.id == Id::Find);
    let hit = |one: &'static action::Action, places| Hit {
        name: one.name.to_owned(),
        places,
        about: one.doc.to_owned(),
        side: model.keymap.all(one),
        refused: guards::refuse(one.guard, model).err(),
        target: Target::Action(one.id),
    };
    let typed = typed.trim();
    if typed.is_empty() {
        return offered.map(|one| hit(one, Vec::new())).collect();
    }
    let (mut fuzzy, words) = (Fuzzy::new(typed), fold(typed));
    let says = |doc: &str| words.split_whitespace().all(|word| fold(doc).contains(word));
    let mut ranked: Vec<(u32, Hit)> = offered
        .filter_map(|one| match fuzzy.fit(one.name) {
            // What is called exactly so is meant.
            Some(_) if one.name == words => Some((u32::MAX, hit(one, std::iter::once(0..one.name.len()).collect()))),
            Some(fit) => Some((fit.score + 1, hit(one, fit.places))),
            None => says(one.doc).then(|| (0, hit(one, Vec::new()))),
        })
        .collect();
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, hit)| hit).collect()
}

fn step(model: &Model, point: &Standpoint<'_>, name: String, places: Vec<Range<usize>>) -> Hit {
    let plans = model.case.as_ref().map_or(0, |screen| screen.case.plans.len());
    let of = if plans > 1 { cut(&point.plan.playbook.title, 24) } else { safe(&point.phase.title).into_owned() };
    let side = format!("{of}, {}", point.standing.word());
    Hit { name, places, about: String::new(), side, refused: None, target: Target::Step(point.name()) }
}

/// The steps whose title fits, the best first.
fn steps_by_letters(model: &Model, typed: &str) -> Vec<Hit> {
    let Some(screen) = &model.case else { return Vec::new() };
    let mut fuzzy = Fuzzy::new(typed.trim());
    let mut ranked: Vec<(u32, Hit)> = screen
        .case
        .steps()
        .filter_map(|point| {
            let name = safe(&point.title()).into_owned();
            fuzzy.fit(&name).map(|fit| (fit.score, step(model, &point, name, fit.places)))
        })
        .collect();
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, hit)| hit).collect()
}

/// The steps that have every word: in the title and what stands beside it first, then in what they say.
fn steps_by_words(model: &Model, filter: &Filter) -> Vec<Hit> {
    let Some(screen) = &model.case else { return Vec::new() };
    let plain = Filter { words: filter.words.clone(), ..Filter::default() };
    if *filter != plain {
        return Vec::new();
    }
    let all = |text: &str| filter.words.iter().all(|word| text.contains(word.as_str()));
    let (mut named, mut say) = (Vec::new(), Vec::new());
    for point in screen.case.steps() {
        let name = safe(&point.title()).into_owned();
        let hit = step(model, &point, name.clone(), highlight::places(&name, &filter.words));
        let head = fold(&format!("{name} {}", hit.side));
        if all(&head) {
            named.push(hit);
        } else if all(&format!("{head} {}", fold(&said(&point)))) {
            say.push(Hit { about: about(&point, &filter.words), ..hit });
        }
    }
    named.append(&mut say);
    named
}

/// What a step says beside its title: what is read aloud or asked as well.
fn said(point: &Standpoint<'_>) -> String {
    let step = point.step;
    let mut all: Vec<&str> = vec![&step.what, &step.why, &step.care];
    match &step.kind {
        Kind::Decision { question, options } => {
            all.push(question);
            all.extend(options.iter().flat_map(|option| [option.label.as_str(), option.means.as_str()]));
        }
        Kind::Notify { to, say, .. } => all.extend([to.as_str(), say.as_str()]),
        Kind::Approve { question, .. } => all.push(question),
        Kind::Command { lines } => all.extend(lines.iter().flat_map(|line| &line.argv).map(String::as_str)),
        Kind::Task | Kind::Collect | Kind::Recur { .. } => {}
    }
    all.extend(step.asks.iter().map(|question| question.ask.as_str()));
    all.extend(step.expects.iter().map(String::as_str));
    let filled: Vec<String> =
        all.into_iter().filter(|text| !text.trim().is_empty()).map(|text| point.fill(text)).collect();
    safe(&filled.join(" ")).into_owned()
}

/// The words around the first place of the longest word in what a step says: a short one stands anywhere.
fn about(point: &Standpoint<'_>, words: &[String]) -> String {
    let text = said(point);
    let longest: Vec<String> = words.iter().max_by_key(|word| word.len()).cloned().into_iter().collect();
    let Some(place) = highlight::places(&text, &longest).into_iter().next() else { return String::new() };
    let before = text.get(..place.start).unwrap_or_default();
    // A few words before it, the first of them whole.
    let start = before.rmatch_indices(' ').map(|(at, _)| at + 1).take_while(|at| at + 20 >= place.start).last();
    format!("… {}", text.get(start.unwrap_or(place.start)..).unwrap_or_default())
}

/// The latest entries whose line the letters fit closely.
fn by_letters(model: &Model, typed: &str) -> Vec<u32> {
    let Some(screen) = &model.case else { return Vec::new() };
    let letters = typed.chars().filter(|c| !c.is_whitespace()).count() as u32;
    let mut fuzzy = Fuzzy::new(typed.trim());
    let len = screen.index.len();
    let mut ranked: Vec<(u32, u32)> = (len.saturating_sub(LATEST)..len)
        .rev()
        .filter_map(|row| {
            let line = screen.index.row(row as u32)?.line(BEGINNING);
            let fit = fuzzy.fit(&safe(&line))?;
            (fit.score >= letters * LETTER).then_some((fit.score, row as u32))
        })
        .collect();
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, row)| row).take(ENTRIES).collect()
}
