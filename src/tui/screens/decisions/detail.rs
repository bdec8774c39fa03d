//! A decision in full, or what someone said who was asked to agree.

use super::list::{Made, about};
use crate::{
    domain::{
        case::{Case, Noted},
        event::{ApprovalGiven, DecisionMade},
        playbook::{Choice, Kind, StepRef},
        step::attached_playbook::Plan,
        time::Now,
    },
    tui::{
        keys::{place::Place, table::Id},
        model::Model,
        screens::{entry_remarks, evidence},
        text::theme::Theme,
        widgets::list_with_detail::{Row, Whole, at, named},
    },
};
use ratatui::{style::Style, text::Line};

/// It in full.
pub(super) fn whole(model: &Model, case: &Case, made: Made<'_>) -> Whole {
    match made {
        Made::Decision(made) => decision(model, case, made),
        Made::Approval(given) => approval(case, given, model.env.theme, model.env.now),
    }
}

/// Its page: all of it.
pub(crate) fn page(model: &Model, case: &Case, made: Made<'_>, cells: usize) -> Vec<Line<'static>> {
    whole(model, case, made).lines(model.env.theme, cells)
}

fn decision(model: &Model, case: &Case, made: &Noted<DecisionMade>) -> Whole {
    let (theme, now) = (model.env.theme, model.env.now);
    let (what, plain) = (&made.what, Style::new());
    let mut rows = vec![
        ("Asked", what.question.clone(), plain),
        ("Because", what.rationale.clone(), plain),
        ("Decided", named(&what.decided_by), plain),
    ];
    rows.extend(entry_remarks::logged("Logged", case, made, now));
    rows.extend(signed(model, case, made));
    rows.extend(entry_remarks::rows(case, &made.entry, theme, now));
    rows.push(("Unmet", unmet(&what.unmet), theme.near()));
    rows.extend(options(case, what, theme));
    rows.push(("Step", evidence::list::step(case, what.step.as_ref()), theme.quiet()));
    Whole { heading: about(what.step.as_ref(), &what.label), rows }
}

/// Who confirmed what is logged, or that it waits for it.
fn signed(model: &Model, case: &Case, made: &Noted<DecisionMade>) -> Vec<Row> {
    if case.unsigned(made) {
        let (who, key) = (&made.what.decided_by.name, model.ways(Place::Decisions).key(Id::Countersign));
        let text = format!("⏸ not yet: {who} decided, {} logged it; {key} takes a second name", made.by.name);
        return vec![("Signed", text, Style::new())];
    }
    let all = case.countersigned(&made.entry).iter();
    all.map(|sign| {
        let what = &sign.what;
        let means = if what.means.is_empty() { String::new() } else { format!(" ({})", what.means) };
        let words = if what.words.is_empty() { String::new() } else { format!(": “{}”", what.words) };
        let when = at(sign.occurred.unwrap_or(sign.at), model.env.now);
        let by = format!("{}, logged by {}", case.cite(&sign.entry), sign.by.name);
        ("Signed", format!("✓ {when} {}{means}{words} {by}", named(&what.person)), Style::new())
    })
    .collect()
}

fn unmet(unmet: &[String]) -> String {
    if unmet.is_empty() { String::new() } else { format!("decided before: {}", unmet.join(", ")) }
}

/// The options that the step gave, with what each means, as the playbook stands in the case; the chosen one is marked.
fn options(case: &Case, made: &DecisionMade, theme: Theme) -> Vec<Row> {
    let Some(step) = &made.step else { return Vec::new() };
    let Some((plan, Kind::Decision { options, .. })) = asking(case, step) else { return Vec::new() };
    let row = |at: usize, option: &Choice| {
        let chosen = option.id == made.choice;
        let means = if option.means.is_empty() { String::new() } else { format!(": {}", option.means) };
        let sign = if chosen { "▶" } else { "○" };
        let text = plan.fill(&format!("{sign} {}{means}", option.label), step.item());
        (if at == 0 { "Options" } else { "" }, text, if chosen { Style::new() } else { theme.quiet() })
    };
    let mut rows: Vec<Row> = options.iter().enumerate().map(|(at, option)| row(at, option)).collect();
    if !options.iter().any(|option| option.id == made.choice) {
        rows.push(("", "the playbook in use now no longer has the option that was chosen".to_owned(), theme.near()));
    }
    rows
}

fn asking<'a>(case: &'a Case, step: &StepRef) -> Option<(&'a Plan, &'a Kind)> {
    let plan = case.plan(&step.playbook)?;
    plan.step(step.id()).map(|(_, step)| (plan, &step.kind))
}

fn approval(case: &Case, given: &Noted<ApprovalGiven>, theme: Theme, now: Option<Now>) -> Whole {
    let (what, plain) = (&given.what, Style::new());
    let word = if what.agreed { "agreed" } else { "did not agree" };
    let mut rows = vec![
        ("Asked", what.question.clone(), plain),
        ("Who", named(&what.person), plain),
        ("Said", what.words.clone(), plain),
        ("By", what.means.clone(), plain),
    ];
    rows.extend(entry_remarks::logged("Logged", case, given, now));
    rows.extend(entry_remarks::rows(case, &given.entry, theme, now));
    rows.push(("Early", what.why.clone(), theme.near()));
    rows.push(("Unmet", unmet(&what.unmet).replace("decided before", "asked before"), theme.near()));
    rows.push(("Step", evidence::list::step(case, Some(&what.step)), theme.quiet()));
    let heading = about(Some(&what.step), &format!("{} {word}", what.person.name));
    Whole { heading, rows }
}
