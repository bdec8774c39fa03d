//! What is found for what is typed: in the whole case, or among all that can be done. However long the log is, a
//! key costs little: entries come from the index, and only those in view are drawn.

use crate::{
    domain::{
        case::steps::StepView,
        playbook::StepKind,
        search::{Filter, Matches, fold_text},
        text::make_safe,
    },
    tui::{
        keys::action::{self, Context},
        model::{
            Model,
            overlays::{
                search::{Found, Search, SearchHit, SearchKind},
                target::Target,
            },
        },
        screens::guards,
        text::{fuzzy::Fuzzy, highlight, width::cut_to},
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

/// What there is for what was typed; what was found by the text before is narrowed where it can be.
pub(crate) fn look_up(kind: SearchKind, typed: &str, before: Option<&Matches>, model: &Model) -> Found {
    let mut found = Found::default();
    let filter = Filter::parse(typed);
    match kind {
        SearchKind::Palette(context) => {
            found.hits = find_action_hits(model, context, typed);
            found.words = fold_text(typed).split_whitespace().map(str::to_owned).collect();
            if let (Some(screen), false) = (&model.case, typed.trim().is_empty()) {
                found.hits.extend(steps_by_letters(model, typed));
                found.entries = screen.index.search(typed, usize::MAX, ENTRIES);
                if found.entries.is_empty() {
                    found.entries = by_letters(model, typed);
                }
            }
        }
        SearchKind::Case => {
            found.hits = steps_by_words(model, &filter);
            all_entries(model, filter, before, &mut found);
        }
        SearchKind::Wrong | SearchKind::FollowUp => all_entries(model, filter, before, &mut found),
    }
    cited_first(kind, model, typed, &mut found);
    found
}

fn all_entries(model: &Model, filter: Filter, before: Option<&Matches>, found: &mut Found) {
    let Some(screen) = &model.case else { return };
    let matches = screen.index.matching(&filter, before);
    found.entries.extend(matches.rows().iter().rev());
    found.words = filter.words;
    found.matches = Some(matches);
}

/// An entry that is cited, such as `A17`, comes before everything.
fn cited_first(kind: SearchKind, model: &Model, typed: &str, found: &mut Found) {
    let Some(screen) = &model.case else { return };
    let row = screen.case.cited(typed).and_then(|entry| screen.index.find(&entry));
    let Some(row) = row else { return };
    found.entries.retain(|known| *known != row);
    found.entries.insert(0, row);
    match kind {
        SearchKind::Palette(_) | SearchKind::Case => found.hits.clear(),
        SearchKind::Wrong | SearchKind::FollowUp => {}
    }
}

/// What the row with the cursor stands for, or why it cannot be chosen.
pub(crate) fn find_target(search: &Search, model: &Model) -> Option<Result<Target, String>> {
    if let Some(hit) = search.found.hits.get(search.at) {
        return Some(hit.refused.clone().map_or_else(|| Ok(hit.target.clone()), Err));
    }
    let row = *search.found.entries.get(search.at.checked_sub(search.found.hits.len())?)?;
    let entry = model.case.as_ref()?.index.row(row)?.id();
    Some(Ok(match search.kind {
        SearchKind::Wrong => Target::Entry(entry),
        SearchKind::FollowUp => Target::Mark(entry),
        SearchKind::Palette(_) | SearchKind::Case => Target::GoTo(entry),
    }))
}

/// The actions of a place: those whose name fits, the best first, then those that say the words.
fn find_action_hits(model: &Model, context: Context, typed: &str) -> Vec<SearchHit> {
    let offered = action::list_actions(context).filter(|one| one.is_in_palette());
    let hit = |one: &'static action::Action, places| SearchHit {
        name: one.name.to_owned(),
        places,
        about: one.doc.to_owned(),
        side: model.env.keymap.all(one),
        refused: guards::check_guard(one.guard, model).err(),
        target: Target::Action(one.id),
    };
    let typed = typed.trim();
    if typed.is_empty() {
        return offered.map(|one| hit(one, Vec::new())).collect();
    }
    let (mut fuzzy, words) = (Fuzzy::new(typed), fold_text(typed));
    let says = |doc: &str| words.split_whitespace().all(|word| fold_text(doc).contains(word));
    let mut ranked: Vec<(u32, SearchHit)> = offered
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

fn make_step_hit(model: &Model, point: &StepView<'_>, name: String, places: Vec<Range<usize>>) -> SearchHit {
    let plans = model.case.as_ref().map_or(0, |screen| screen.case.plans.len());
    let of =
        if plans > 1 { cut_to(&point.plan.playbook.title, 24) } else { make_safe(&point.phase.title).into_owned() };
    let side = format!("{of}, {}", point.status.word());
    SearchHit { name, places, about: String::new(), side, refused: None, target: Target::Step(point.name()) }
}

/// The steps whose title fits, the best first.
fn steps_by_letters(model: &Model, typed: &str) -> Vec<SearchHit> {
    let Some(screen) = &model.case else { return Vec::new() };
    let mut fuzzy = Fuzzy::new(typed.trim());
    let mut ranked: Vec<(u32, SearchHit)> = screen
        .case
        .steps()
        .filter_map(|point| {
            let name = make_safe(&point.title()).into_owned();
            fuzzy.fit(&name).map(|fit| (fit.score, make_step_hit(model, &point, name, fit.places)))
        })
        .collect();
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, hit)| hit).collect()
}

/// The steps that have every word: in the title and what stands beside it first, then in what they say.
fn steps_by_words(model: &Model, filter: &Filter) -> Vec<SearchHit> {
    let Some(screen) = &model.case else { return Vec::new() };
    let plain = Filter { words: filter.words.clone(), ..Filter::default() };
    if *filter != plain {
        return Vec::new();
    }
    let all = |text: &str| filter.words.iter().all(|word| text.contains(word.as_str()));
    let (mut named, mut say) = (Vec::new(), Vec::new());
    for point in screen.case.steps() {
        let name = make_safe(&point.title()).into_owned();
        let hit = make_step_hit(model, &point, name.clone(), highlight::find_places(&name, &filter.words));
        let head = fold_text(&format!("{name} {}", hit.side));
        if all(&head) {
            named.push(hit);
        } else if all(&format!("{head} {}", fold_text(&text_of_step(&point)))) {
            say.push(SearchHit { about: cut_around_word(&point, &filter.words), ..hit });
        }
    }
    named.append(&mut say);
    named
}

/// What a step says beside its title: what is read aloud or asked as well.
fn text_of_step(point: &StepView<'_>) -> String {
    let step = point.step;
    let mut all: Vec<&str> = vec![&step.what, &step.why, &step.care];
    match &step.kind {
        StepKind::Decision { question, options } => {
            all.push(question);
            all.extend(options.iter().flat_map(|option| [option.label.as_str(), option.means.as_str()]));
        }
        StepKind::Notify { to, say, .. } => all.extend([to.as_str(), say.as_str()]),
        StepKind::Approve { question, .. } => all.push(question),
        StepKind::Command { lines } => all.extend(lines.iter().flat_map(|line| &line.argv).map(String::as_str)),
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => {}
    }
    all.extend(step.asks.iter().map(|question| question.ask.as_str()));
    all.extend(step.expects.iter().map(String::as_str));
    let filled: Vec<String> =
        all.into_iter().filter(|text| !text.trim().is_empty()).map(|text| point.fill(text)).collect();
    make_safe(&filled.join(" ")).into_owned()
}

/// The words around the first place of the longest word in what a step says: a short one stands anywhere.
fn cut_around_word(point: &StepView<'_>, words: &[String]) -> String {
    let text = text_of_step(point);
    let longest: Vec<String> = words.iter().max_by_key(|word| word.len()).cloned().into_iter().collect();
    let Some(place) = highlight::find_places(&text, &longest).into_iter().next() else { return String::new() };
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
            let fit = fuzzy.fit(&make_safe(&line))?;
            (fit.score >= letters * LETTER).then_some((fit.score, row as u32))
        })
        .collect();
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, row)| row).take(ENTRIES).collect()
}
