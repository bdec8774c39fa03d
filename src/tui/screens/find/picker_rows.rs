//! The rows of a list that narrows as one types: drafts, questions, playbooks, or what the log can be filtered by.

use crate::{
    domain::{
        case::Case,
        search::word_of,
        wording::{moment::clock_time, number::group_thousands},
    },
    tui::{
        form::field::Typed,
        forms::case::attach,
        model::{
            Model,
            open_case::OpenCase,
            overlays::{
                open_form::OpenForm,
                picker::{List, ListKind},
                target::Target,
            },
        },
        text::width::cut_to,
    },
};

/// The widest that an answer stands at the right, cells: the question itself is in the form whole.
const SIDE: usize = 30;

/// The widest that a playbook's title stands before a question, cells.
const BOOK: usize = 16;

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct PickerRow {
    /// What it says, raw.
    pub(crate) text: String,
    /// What stands at its right.
    pub(crate) side: String,
    /// What it stands for.
    pub(crate) target: Target,
}

/// The questions of a case with their answers. One that a shared step asks in several playbooks is one question.
fn list_question_rows(case: &Case) -> Vec<PickerRow> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let mut rows = Vec::new();
    let asks =
        || case.plans.iter().flat_map(|plan| plan.playbook.questions().map(move |(_, question)| (plan, question)));
    for plan in &case.plans {
        for (step, question) in plan.playbook.questions() {
            if let Some(shared) = &step.shared {
                if seen.contains(&(shared, &question.id)) {
                    continue;
                }
                seen.push((shared, &question.id));
            }
            let answer = plan.answers.get(&question.id).map(|answered| answered.value.words(&question.form));
            let ask = plan.fill(&question.ask, None);
            // Two playbooks may ask the same in different steps: then the playbook tells them apart.
            let twice = asks().filter(|(other, own)| own.ask == question.ask && other.playbook.id != plan.playbook.id);
            let text = match twice.count() {
                1.. if step.shared.is_none() => format!("{}: {ask}", cut_to(&plan.playbook.title, BOOK)),
                _ => ask,
            };
            rows.push(PickerRow {
                text,
                side: answer.map_or_else(|| "not answered yet".into(), |answer| cut_to(&answer, SIDE)),
                target: Target::Question(format!("{}/{}", plan.playbook.id, question.id)),
            });
        }
    }
    rows
}

/// What there is to filter the log by, with how many entries have it; what is in force is marked.
fn list_filter_rows(screen: &OpenCase) -> Vec<PickerRow> {
    let offers = screen.index.offers();
    let typed = screen.log.field.text();
    let row = |text: String, count: usize, word: String| {
        let sign = if typed.split_whitespace().any(|known| known == word) { "✓" } else { " " };
        PickerRow { text: format!("{sign} {text}"), side: group_thousands(count), target: Target::Word(word) }
    };
    let marked = [
        (offers.follow_up > 0).then(|| row("⚑ to follow up".into(), offers.follow_up, "is:follow-up".into())),
        (offers.corrected > 0)
            .then(|| row("corrected, and corrections".into(), offers.corrected, "is:corrected".into())),
    ];
    let kinds = offers.kinds.into_iter().map(|(kind, count)| row(kind.clone(), count, format!("kind:{kind}")));
    let people = offers.people.into_iter().map(|(name, count)| {
        let word = format!("by:{}", word_of(&name));
        row(format!("by {name}"), count, word)
    });
    marked.into_iter().flatten().chain(kinds).chain(people).collect()
}

/// The rows that have every word that was typed.
pub(crate) fn list_matching_rows(list: &List, model: &Model) -> Vec<PickerRow> {
    let typed = list.field.text().to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut rows = list_rows_of_kind(list.kind, model);
    rows.retain(|row| {
        let text = format!("{} {}", row.text, row.side).to_lowercase();
        words.iter().all(|word| text.contains(word))
    });
    rows
}

fn list_rows_of_kind(kind: ListKind, model: &Model) -> Vec<PickerRow> {
    match (kind, model.case.as_ref()) {
        (ListKind::Playbooks, Some(screen)) => attach::list_offered(&screen.case, &model.env.playbooks)
            .map(|book| PickerRow {
                text: book.title.clone(),
                side: attach::word_version_change(&screen.case, book)
                    .unwrap_or_else(|| format!("{} steps", book.steps)),
                target: Target::Playbook(book.id.clone()),
            })
            .collect(),
        (ListKind::Drafts, _) => (model.drafts.shelf.iter().enumerate())
            .map(|(place, sheet)| PickerRow {
                text: format!("{}: {}", sheet.title, first_words(sheet)),
                side: word_draft_origin(sheet, model),
                target: Target::Draft(place),
            })
            .collect(),
        (ListKind::Questions, Some(screen)) => list_question_rows(&screen.case),
        (ListKind::Filters, Some(screen)) => list_filter_rows(screen),
        (ListKind::Playbooks | ListKind::Questions | ListKind::Filters, None) => Vec::new(),
    }
}

/// The draft with the cursor, by its place.
pub(crate) fn find_selected_draft(list: &List, model: &Model) -> Option<usize> {
    let target = list_matching_rows(list, model).into_iter().nth(list.at)?.target;
    if let Target::Draft(place) = target { Some(place) } else { None }
}

/// When a draft was begun, and by whom where that is someone else than who acts now.
fn word_draft_origin(sheet: &OpenForm, model: &Model) -> String {
    let at = sheet.begun.zip(model.env.now).map(|(at, now)| clock_time(at, now)).unwrap_or_default();
    sheet.by_another(model.who()).map_or_else(|| at.clone(), |by| format!("{by} {at}"))
}

/// What stands in the first field that has a text.
fn first_words(sheet: &OpenForm) -> String {
    let texts = sheet.form.views().into_iter().filter_map(|field| match field.typed() {
        Typed::Text(text) => Some(text),
        Typed::Chosen(_) | Typed::Yes(_) => None,
    });
    let texts = texts.filter(|text| !text.trim().is_empty());
    texts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).next().unwrap_or_default()
}
