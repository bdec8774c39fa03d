//! A decision in full, or what someone said who was asked to agree.

use super::list::{Made, word_subject};
use crate::{
    domain::{
        case::{Case, Noted},
        event::{ApprovalGiven, DecisionMade},
        playbook::{Choice, StepKind, StepRef},
        step::attached_playbook::AttachedPlaybook,
        time::Now,
    },
    tui::{
        keys::{place::Place, table::ActionId},
        model::Model,
        screens::{entry_remarks, evidence},
        text::theme::Theme,
        widgets::list_with_detail::{DetailLine, Whole, name_person, word_time},
    },
};
use ratatui::{style::Style, text::Line};

/// It in full.
pub(super) fn detail_of_decision(model: &Model, case: &Case, made: Made<'_>) -> Whole {
    match made {
        Made::Decision(made) => detail_of_choice(model, case, made),
        Made::Approval(given) => detail_of_approval(case, given, model.env.theme, model.env.now),
    }
}

/// Its page: all of it.
pub(crate) fn page_of_decision(model: &Model, case: &Case, made: Made<'_>, cells: usize) -> Vec<Line<'static>> {
    detail_of_decision(model, case, made).lines(model.env.theme, cells)
}

fn detail_of_choice(model: &Model, case: &Case, made: &Noted<DecisionMade>) -> Whole {
    let (theme, now) = (model.env.theme, model.env.now);
    let (what, plain) = (&made.what, Style::new());
    let mut rows = vec![
        ("Asked", what.question.clone(), plain),
        ("Because", what.rationale.clone(), plain),
        ("Decided", name_person(&what.decided_by), plain),
    ];
    rows.extend(entry_remarks::rows_of_logging("Logged", case, made, now));
    rows.extend(rows_of_signatures(model, case, made));
    rows.extend(entry_remarks::rows_of_remarks(case, &made.entry, theme, now));
    rows.push(("Unmet", word_unmet(&what.unmet), theme.near()));
    rows.extend(rows_of_options(case, what, theme));
    rows.push(("Step", evidence::list::word_step(case, what.step.as_ref()), theme.quiet()));
    Whole { heading: word_subject(what.step.as_ref(), &what.label), rows }
}

/// Who confirmed what is logged, or that it waits for it.
fn rows_of_signatures(model: &Model, case: &Case, made: &Noted<DecisionMade>) -> Vec<DetailLine> {
    if case.unsigned(made) {
        let (who, key) = (&made.what.decided_by.name, model.key_names(Place::Decisions).key(ActionId::Countersign));
        let text = format!("⏸ not yet: {who} decided, {} logged it; {key} takes a second name", made.by.name);
        return vec![("Signed", text, Style::new())];
    }
    let all = case.countersigned(&made.entry).iter();
    all.map(|sign| {
        let what = &sign.what;
        let means = if what.means.is_empty() { String::new() } else { format!(" ({})", what.means) };
        let words = if what.words.is_empty() { String::new() } else { format!(": “{}”", what.words) };
        let when = word_time(sign.occurred.unwrap_or(sign.at), model.env.now);
        let by = format!("{}, logged by {}", case.cite(&sign.entry), sign.by.name);
        ("Signed", format!("✓ {when} {}{means}{words} {by}", name_person(&what.person)), Style::new())
    })
    .collect()
}

fn word_unmet(unmet: &[String]) -> String {
    if unmet.is_empty() { String::new() } else { format!("decided before: {}", unmet.join(", ")) }
}

/// The options that the step gave, with what each means, as the playbook stands in the case; the chosen one is marked.
fn rows_of_options(case: &Case, made: &DecisionMade, theme: Theme) -> Vec<DetailLine> {
    let Some(step) = &made.step else { return Vec::new() };
    let Some((plan, StepKind::Decision { options, .. })) = find_asking_step(case, step) else { return Vec::new() };
    let row = |at: usize, option: &Choice| {
        let chosen = option.id == made.choice;
        let means = if option.means.is_empty() { String::new() } else { format!(": {}", option.means) };
        let sign = if chosen { "▶" } else { "○" };
        let text = plan.fill(&format!("{sign} {}{means}", option.label), step.item());
        (if at == 0 { "Options" } else { "" }, text, if chosen { Style::new() } else { theme.quiet() })
    };
    let mut rows: Vec<DetailLine> = options.iter().enumerate().map(|(at, option)| row(at, option)).collect();
    if !options.iter().any(|option| option.id == made.choice) {
        rows.push(("", "the playbook in use now no longer has the option that was chosen".to_owned(), theme.near()));
    }
    rows
}

fn find_asking_step<'a>(case: &'a Case, step: &StepRef) -> Option<(&'a AttachedPlaybook, &'a StepKind)> {
    let plan = case.plan(&step.playbook)?;
    plan.step(step.id()).map(|(_, step)| (plan, &step.kind))
}

fn detail_of_approval(case: &Case, given: &Noted<ApprovalGiven>, theme: Theme, now: Option<Now>) -> Whole {
    let (what, plain) = (&given.what, Style::new());
    let word = if what.agreed { "agreed" } else { "did not agree" };
    let mut rows = vec![
        ("Asked", what.question.clone(), plain),
        ("Who", name_person(&what.person), plain),
        ("Said", what.words.clone(), plain),
        ("By", what.means.clone(), plain),
    ];
    rows.extend(entry_remarks::rows_of_logging("Logged", case, given, now));
    rows.extend(entry_remarks::rows_of_remarks(case, &given.entry, theme, now));
    rows.push(("Early", what.why.clone(), theme.near()));
    rows.push(("Unmet", word_unmet(&what.unmet).replace("decided before", "asked before"), theme.near()));
    rows.push(("Step", evidence::list::word_step(case, Some(&what.step)), theme.quiet()));
    let heading = word_subject(Some(&what.step), &format!("{} {word}", what.person.name));
    Whole { heading, rows }
}
