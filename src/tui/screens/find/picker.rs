//! A list that narrows as one types: questions, playbooks, or what the log can be filtered by.

use crate::{
    domain::{case::Case, id::EntryId, playbook::StepRef, search::word_of, wording::deadline::clock},
    tui::{
        form::{field::Typed, text_field::Field},
        forms::case::attach,
        keys::action::Id,
        model::{Model, open_case::CaseScreen, overlays::open_form::Sheet},
        screens::log::number,
        text::width::{cut, ends, width},
        update::scroll::Shape,
    },
};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Span, Text},
};

/// The widest that an answer stands at the right, cells: the question itself is in the box whole.
const SIDE: usize = 30;

/// The widest that a playbook's title stands before a question, cells.
const BOOK: usize = 16;

/// The list.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// What is in it.
    pub(crate) of: Of,
    /// What was typed to narrow it.
    pub(crate) field: Field,
    /// The row with the cursor, among those that are left.
    pub(crate) at: usize,
    /// Rows that are scrolled away.
    pub(crate) top: usize,
    /// The draft that goes when it is thrown away once more.
    pub(crate) sure: Option<usize>,
}

/// What a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// What is typed and not recorded.
    Drafts,
    /// What the log can be filtered by.
    Filters,
    /// The questions of the playbooks.
    Questions,
    /// The playbooks that could be used.
    Playbooks,
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What it says, raw.
    pub(crate) text: String,
    /// What stands at its right.
    pub(crate) side: String,
    /// What it stands for.
    pub(crate) target: Target,
}

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An action.
    Action(Id),
    /// A step.
    Step(StepRef),
    /// An entry to go to.
    GoTo(EntryId),
    /// An entry to correct.
    Entry(EntryId),
    /// An entry to mark, or to take the mark off.
    Mark(EntryId),
    /// A question: `PLAYBOOK/QUESTION`.
    Question(String),
    /// A draft, by its place.
    Draft(usize),
    /// A playbook.
    Playbook(String),
    /// A word of the log's filter, to be put in or taken out.
    Word(String),
}

/// The questions of a case with their answers. One that a shared step asks in several playbooks is one question.
fn questions(case: &Case) -> Vec<Row> {
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
                1.. if step.shared.is_none() => format!("{}: {ask}", cut(&plan.playbook.title, BOOK)),
                _ => ask,
            };
            rows.push(Row {
                text,
                side: answer.map_or_else(|| "not answered yet".into(), |answer| cut(&answer, SIDE)),
                target: Target::Question(format!("{}/{}", plan.playbook.id, question.id)),
            });
        }
    }
    rows
}

/// What there is to filter the log by, with how many entries have it; what is in force is marked.
fn filters(screen: &CaseScreen) -> Vec<Row> {
    let offers = screen.index.offers();
    let typed = screen.log.field.text();
    let row = |text: String, count: usize, word: String| {
        let sign = if typed.split_whitespace().any(|known| known == word) { "✓" } else { " " };
        Row { text: format!("{sign} {text}"), side: number(count), target: Target::Word(word) }
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

impl List {
    /// The whole list.
    pub(crate) fn new(of: Of) -> Self {
        Self { of, field: Field::line(""), at: 0, top: 0, sure: None }
    }

    /// The rows that have every word that was typed.
    pub(crate) fn rows(&self, model: &Model) -> Vec<Row> {
        let typed = self.field.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut rows = self.all(model);
        rows.retain(|row| {
            let text = format!("{} {}", row.text, row.side).to_lowercase();
            words.iter().all(|word| text.contains(word))
        });
        rows
    }

    fn all(&self, model: &Model) -> Vec<Row> {
        match (self.of, model.case.as_ref()) {
            (Of::Playbooks, Some(screen)) => attach::offered(&screen.case, &model.playbooks)
                .map(|book| Row {
                    text: book.title.clone(),
                    side: attach::versions(&screen.case, book).unwrap_or_else(|| format!("{} steps", book.steps)),
                    target: Target::Playbook(book.id.clone()),
                })
                .collect(),
            (Of::Drafts, _) => (model.drafts.iter().enumerate())
                .map(|(place, sheet)| Row {
                    text: format!("{}: {}", sheet.title, first_words(sheet)),
                    side: typed(sheet, model),
                    target: Target::Draft(place),
                })
                .collect(),
            (Of::Questions, Some(screen)) => questions(&screen.case),
            (Of::Filters, Some(screen)) => filters(screen),
            _ => Vec::new(),
        }
    }

    /// The draft with the cursor, by its place.
    pub(crate) fn draft(&self, model: &Model) -> Option<usize> {
        match self.rows(model).into_iter().nth(self.at).map(|row| row.target) {
            Some(Target::Draft(place)) => Some(place),
            _ => None,
        }
    }

    /// Moves by so many rows.
    pub(crate) fn step(&mut self, by: isize, len: usize) {
        self.at = self.at.saturating_add_signed(by).min(len.saturating_sub(1));
        self.sure = None;
    }

    /// Its heading.
    pub(crate) fn title(&self) -> &'static str {
        match self.of {
            Of::Drafts => "Not recorded: typed before. Enter goes on, Delete throws away, Esc keeps all",
            Of::Filters => "What is to be shown?",
            Of::Questions => "Which question?",
            Of::Playbooks => "Which playbook?",
        }
    }
}

/// When a draft was begun, and by whom where that is someone else than who acts now.
fn typed(sheet: &Sheet, model: &Model) -> String {
    let at = sheet.begun.zip(model.now).map(|(at, now)| clock(at, now)).unwrap_or_default();
    sheet.by_another(model.who()).map_or_else(|| at.clone(), |by| format!("{by} {at}"))
}

/// What stands in the first field that has a text.
fn first_words(sheet: &Sheet) -> String {
    let texts = sheet.form.views().into_iter().filter_map(|field| match field.typed() {
        Typed::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    });
    texts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).next().unwrap_or_default()
}

/// Its `len` rows in so many, under the heading, what was typed and a free row, and over the count.
pub(crate) fn shape(list: &List, len: usize, height: usize) -> Shape {
    Shape { at: list.at.min(len.saturating_sub(1)), len, room: height.saturating_sub(4) }
}

/// Draws it: the heading, what was typed, and the rows.
pub(crate) fn draw(list: &List, model: &Model, area: Rect, frame: &mut Frame) {
    let theme = model.theme;
    let cells = usize::from(area.width);
    let height = usize::from(area.height);
    let rows = list.rows(model);
    let shown = list.field.shown(cells.saturating_sub(4), 1);
    let typed = shown.rows.first().cloned().unwrap_or_default();
    let hint = if list.field.is_empty() { "type to narrow" } else { "" };
    let mut lines = vec![
        Line::styled(cut(&format!(" {}", list.title()), cells), theme.strong()),
        Line::from(vec![Span::styled(" › ", theme.accent()), Span::raw(typed), Span::styled(hint, theme.quiet())]),
        Line::default(),
    ];
    let shape = shape(list, rows.len(), height);
    let (at, room, top) = (shape.at, shape.room, shape.top(list.top));
    for (place, row) in rows.iter().enumerate().skip(top).take(room) {
        lines.push(theme.row(line(row, cells), place, place == at));
    }
    if rows.is_empty() {
        let none = match list.of {
            Of::Playbooks if list.field.is_empty() => " Every playbook is in use, in the version at hand.",
            _ => " Nothing fits; Backspace takes a letter away.",
        };
        lines.push(Line::styled(none, theme.quiet()));
    }
    if rows.len() > room {
        lines.push(Line::styled(cut(&format!(" {} of {}", at + 1, rows.len()), cells), theme.quiet()));
    }
    frame.render_widget(Text::from(lines), area);
    if area.width > 4 && area.height > 1 {
        frame.set_cursor_position(Position::new(area.x + 3 + shown.cursor.0, area.y + 1));
    }
}

fn line(row: &Row, cells: usize) -> Line<'static> {
    let text = ends(&format!(" {}", row.text), &format!("{} ", row.side), cells);
    debug_assert!(width(&text) <= cells.max(1), "a row is as wide as its place");
    Line::raw(text)
}
