//! Decisions: what was chosen and by whom, what others agreed to or refused, and what waits for a second name.

use super::detail;
use crate::{
    domain::{
        case::{Case, Noted},
        event::{ApprovalGiven, DecisionMade},
        id::EntryId,
        playbook::StepRef,
        time::Time,
    },
    tui::{
        keys::{place::Place, table::ActionId},
        model::{Model, open_case::OpenCase},
        text::{
            theme::Theme,
            width::{pad_to, width_of},
        },
        widgets::{list::Listing, list_with_detail},
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

/// Cells of the mark at the right: `⏸ unsigned`.
const MARK: usize = 10;

/// A row: a decision, or the answer of someone who was asked to agree.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made<'a> {
    /// A decision.
    Decision(&'a Noted<DecisionMade>),
    /// An answer.
    Approval(&'a Noted<ApprovalGiven>),
}

impl<'a> Made<'a> {
    /// Its entry.
    pub(crate) fn entry(self) -> &'a EntryId {
        match self {
            Self::Decision(made) => &made.entry,
            Self::Approval(given) => &given.entry,
        }
    }

    fn at(self) -> Time {
        match self {
            Self::Decision(made) => made.at,
            Self::Approval(given) => given.at,
        }
    }

    /// When it was decided, as claimed, or else when it was logged.
    fn happened(self) -> Time {
        match self {
            Self::Decision(made) => made.occurred.unwrap_or(made.at),
            Self::Approval(given) => given.occurred.unwrap_or(given.at),
        }
    }
}

/// All of them, oldest first.
fn list_decisions(case: &Case) -> Vec<Made<'_>> {
    let mut all: Vec<Made<'_>> = Vec::with_capacity(case.decisions.len() + case.approvals.len());
    let mut given = case.approvals.iter().map(Made::Approval).peekable();
    for made in case.decisions.iter().map(Made::Decision) {
        while let Some(before) = given.next_if(|given| given.at() < made.at()) {
            all.push(before);
        }
        all.push(made);
    }
    all.extend(given);
    all
}

/// The decision or answer that an entry logs.
pub(crate) fn find_decision<'a>(case: &'a Case, entry: &EntryId) -> Option<Made<'a>> {
    list_decisions(case).into_iter().find(|made| made.entry() == entry)
}

/// How many there are.
pub(crate) fn count_decisions(screen: &OpenCase) -> usize {
    screen.case.decisions.len() + screen.case.approvals.len()
}

/// The entry of the row with the cursor.
pub(crate) fn entry_of_decision(screen: &OpenCase) -> Option<EntryId> {
    list_decisions(&screen.case).get(screen.row_here()).map(|made| made.entry().clone())
}

/// Draws it.
pub(crate) fn draw_decisions(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let (case, at) = (&screen.case, screen.row_here());
    let ways = model.key_names(Place::Decisions);
    let (asked, own) = (ways.key(ActionId::Decide), ways.key(ActionId::DecideFree));
    let none = [
        "Nothing is decided yet.".to_owned(),
        format!("{asked} decides what the step asks; {own} records a decision that no step asks for."),
    ];
    let all = list_decisions(case);
    let listing = Listing { title: "Decisions", len: all.len(), at, top: screen.top_here(), none: &none };
    let times = list_with_detail::width_of_times(all.iter().map(|made| made.happened()), model.env.now);
    let cited = list_with_detail::width_of_citations(case, all.iter().map(|made| made.entry()));
    let row = |at: usize, cells: usize| {
        let Some(made) = all.get(at) else { return Line::default() };
        let time = list_with_detail::pad_time(made.happened(), model.env.now, times);
        let lead = format!(" {} {time} ", pad_to(&case.cite(made.entry()), cited));
        lay_decision_row(case, *made, lead, model.env.theme, cells)
    };
    let whole = all.get(at).map(|made| detail::detail_of_decision(model, case, *made));
    list_with_detail::draw_pair(&listing, model.env.theme, area, frame, row, (whole, &ways.key(ActionId::OpenEntry)));
}

/// With the thing that it is about, where it is one of several.
pub(super) fn word_subject(step: Option<&StepRef>, text: &str) -> String {
    match step.and_then(StepRef::item) {
        Some(item) => format!("{item}: {text}"),
        None => text.to_owned(),
    }
}

/// A row behind its citation and time: sign, what was chosen, what was asked, who decided, and whether a second name stands under it.
fn lay_decision_row(case: &Case, made: Made<'_>, lead: String, theme: Theme, cells: usize) -> Line<'static> {
    let (sign, choice, asked, who) = match made {
        Made::Decision(made) => (
            "›",
            word_subject(made.what.step.as_ref(), &made.what.label),
            &made.what.question,
            &made.what.decided_by.name,
        ),
        Made::Approval(given) => {
            let (sign, word) = if given.what.agreed { ("✓", "agreed") } else { ("✗", "refused") };
            (sign, word_subject(Some(&given.what.step), word), &given.what.question, &given.what.person.name)
        }
    };
    let room = cells.saturating_sub(width_of(&lead) + MARK + 7);
    let (choice_cells, who_cells) = (room * 34 / 100, (room * 26 / 100).min(18));
    let asked_cells = room.saturating_sub(choice_cells + who_cells);
    let (mark, style) = mark_of_signature(case, made, theme);
    // What was undone does not count: it steps back.
    let (sign, main) = if case.undone(made.entry()) { ("–", theme.quiet()) } else { (sign, Style::new()) };
    Line::from(vec![
        Span::styled(lead, theme.quiet()),
        Span::styled(format!("{sign} {}  ", pad_to(&choice, choice_cells)), main),
        Span::styled(format!("{} ", pad_to(asked, asked_cells)), theme.quiet()),
        Span::styled(format!("{}  ", pad_to(who, who_cells)), main),
        Span::styled(pad_to(mark, MARK), style),
    ])
}

/// Whether another name stands under a decision, or should.
fn mark_of_signature(case: &Case, made: Made<'_>, theme: Theme) -> (&'static str, Style) {
    match made {
        made if case.undone(made.entry()) => ("– undone", theme.quiet()),
        Made::Decision(made) if case.unsigned(made) => ("⏸ unsigned", Style::new()),
        made if case.corrections.contains_key(made.entry()) => ("corrected", theme.near()),
        Made::Decision(made) if !case.countersigned(&made.entry).is_empty() => ("✓ signed", Style::new()),
        Made::Decision(_) | Made::Approval(_) => ("", Style::new()),
    }
}
