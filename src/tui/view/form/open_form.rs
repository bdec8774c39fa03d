//! How a form is drawn: what to know, the fields, and exactly what will be written.

use super::{field, preview::export_preview};
use crate::{
    domain::{
        case::refusal::Refusal,
        decide::{Command, JoinCase, decide},
        event::Event,
        wording::moment::word_understood_time,
    },
    tui::{
        form::texts::Reason,
        forms::case::{attach::word_version_change, new_case},
        keys::{action::Context, table::ActionId},
        model::{
            Model,
            overlays::open_form::{OpenForm, Status, Submission},
            tickets::Progress,
        },
        text::{
            hanging::hang_text,
            theme::Theme,
            width::{cut_to, wrap_text},
        },
        widgets::layout::{Scene, is_wide, lay_out},
    },
};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Style,
    text::{Line, Span, Text},
};

/// Room for the names of fields.
pub(crate) const NAME: usize = 15;
/// The widest that a field is.
pub(crate) const WIDE: usize = 75;

/// The most lines that a heading takes.
const HEAD: usize = 4;

/// Lines, the rows of the field with the cursor, and the cursor.
#[derive(Default)]
struct Drawn {
    lines: Vec<Line<'static>>,
    focus: (usize, usize),
    cursor: Option<(usize, usize)>,
}

/// Where a form lies in a window of that size. Drawing it and moving the cursor in it both ask here.
pub(crate) fn area_of_form(model: &Model, size: (u16, u16)) -> Rect {
    // Where there is room, the steps and the log stay in view beside a form.
    if is_wide(size) && model.case.is_some() {
        lay_out(size, Scene::Step).form
    } else {
        lay_out(size, Scene::Whole).body
    }
}

/// How many cells a text field has in a box that lies there.
pub(crate) fn width_of_text(area: Rect) -> usize {
    width_of_field(width_of_form(area))
}

fn width_of_form(area: Rect) -> usize {
    usize::from(area.width).saturating_sub(2).max(2)
}

/// How many cells a field has in a box of so many.
pub(super) fn width_of_field(cells: usize) -> usize {
    cells.saturating_sub(NAME).clamp(2, WIDE)
}

/// Draws a form.
pub(crate) fn draw_form(sheet: &OpenForm, model: &Model, area: Rect, frame: &mut Frame) {
    let cells = width_of_form(area);
    let (theme, height) = (model.env.theme, usize::from(area.height));
    let mut head: Vec<Line> = wrap_text(&sheet.title, cells.saturating_sub(1).min(WIDE + NAME))
        .into_iter()
        .map(|line| Line::styled(format!(" {line}"), theme.accent()))
        .collect();
    // A question may take several lines, and is read whole; only what is absurdly long is cut.
    if head.len() > HEAD {
        head.truncate(HEAD - 1);
        head.push(Line::styled(" …", theme.accent()));
    }
    let foot = lay_form_foot(sheet, model, cells);
    let above = head.len();
    let room = height.saturating_sub(above + foot.len());
    let drawn = lay_form_body(sheet, model, cells, room);
    // The field with the cursor stays in view; what is above and below is counted.
    let len = drawn.lines.len();
    // The last row counts what is below, and so is none to read, unless it is the last of all.
    let seen = room.saturating_sub(1);
    let top = if len <= room { 0 } else { drawn.focus.1.saturating_sub(seen).min(drawn.focus.0).min(len - room) };
    let cursor = drawn.cursor.filter(|_| sheet.status.takes_text());
    let mut lines = head;
    lines.extend(drawn.lines.into_iter().skip(top).take(room));
    lines.resize(above + room.min(height.saturating_sub(above)), Line::default());
    if len > top + room
        && let Some(last) = lines.last_mut()
    {
        *last = Line::styled(
            cut_to(&format!(" … {} rows below: Tab goes to the next field", len - top - room + 1), cells),
            theme.quiet(),
        );
    }
    lines.extend(foot);
    lines.truncate(height);
    frame.render_widget(Text::from(lines), area);
    if let Some((x, y)) = cursor
        && y >= top
        && y - top < room
    {
        let x = area.x.saturating_add(x as u16).min(area.right().saturating_sub(1));
        frame.set_cursor_position(Position::new(x, area.y + (above + y - top) as u16));
    }
}

fn lay_form_body(sheet: &OpenForm, model: &Model, cells: usize, room: usize) -> Drawn {
    let theme = model.env.theme;
    let mut drawn = Drawn::default();
    for (name, text) in &sheet.intro {
        let style = if *name == "Early" { theme.strong() } else { theme.quiet() };
        let text = if *name == "Early" { format!("it comes before what it needs: {text}") } else { text.clone() };
        let rows = hang_text(&format!(" {name:<13} "), &text, theme, style, cells.min(WIDE + NAME));
        // A long text leaves room for the fields; the entry itself shows it whole.
        let most = (room / 3).max(2);
        if rows.len() > most {
            drawn.lines.extend(rows.into_iter().take(most - 1));
            drawn.lines.push(Line::styled(format!("{:NAME$}…", ""), theme.quiet()));
        } else {
            drawn.lines.extend(rows);
        }
    }
    let gap = drawn.lines.len();
    drawn.lines.push(Line::default());
    for (at, item) in sheet.form.views().into_iter().enumerate() {
        let focused = at == sheet.form.at;
        let from = drawn.lines.len();
        let fault = sheet.form.fault.as_ref().filter(|fault| fault.id == item.head().id);
        let shown = field::lay_field(&mut drawn.lines, fault, item, focused, model.env.now, theme, cells, room);
        if focused {
            let whole = (from, drawn.lines.len());
            // Of a field that is higher than the form, the option at hand is what must be seen.
            let at_hand = shown.at_hand.filter(|_| whole.1 - whole.0 >= room);
            drawn.focus = at_hand.unwrap_or(whole);
            drawn.cursor = shown.cursor;
        }
    }
    // Where a single row is missing, the free one gives way: all fields are in view then.
    if drawn.lines.len() == room + 1 {
        drawn.lines.remove(gap);
        drawn.focus = (drawn.focus.0.saturating_sub(1), drawn.focus.1.saturating_sub(1));
        drawn.cursor = drawn.cursor.map(|(x, y)| (x, y.saturating_sub(1)));
    }
    drawn
}

/// What will be written, or what became of it.
fn lay_form_foot(sheet: &OpenForm, model: &Model, cells: usize) -> Vec<Line<'static>> {
    let theme = model.env.theme;
    let rule = Line::styled("─".repeat(cells + 2), theme.quiet());
    let prose = cells.min(WIDE + NAME);
    let named = |name: &str, text: &str, style: Style, most: usize| {
        let mut lines = hang_text(&format!(" {name:<13} "), text, theme, style, prose);
        if lines.len() > most {
            lines.truncate(most - 1);
            lines.push(Line::styled(format!("{:NAME$}…", ""), theme.quiet()));
        }
        lines
    };
    let mut lines = vec![rule];
    match &sheet.status {
        Status::Recording => lines.push(Line::styled(" recording…", theme.strong())),
        Status::Working(progress) => {
            lines.push(Line::styled(cut_to(&format!(" {}", progress.text()), cells), theme.strong()));
            lines.push(lay_progress_bar(progress, theme, cells));
        }
        Status::Refused(report) => {
            lines.extend(named("Not recorded", &report.paragraph(), theme.near(), 4));
        }
        Status::Editing | Status::NotRecorded(_) => {
            let (ready, text, style) = preview_events(sheet, model);
            lines.extend(named(if ready { "Will record" } else { "Not yet" }, &text, style, 3));
        }
    }
    if let Some(by) = sheet.by_another(model.who()) {
        let acts = model.who().label();
        let text = format!("{by}, not you. Will be recorded as by {acts}. Say so in the text, or take part as {by}.");
        lines.extend(named("Typed by", &text, theme.near(), 3));
    }
    if let (Some(why), true) = (&model.drafts.unkept, sheet.form.changed()) {
        lines.extend(named("Not on disk", &format!("{why}. The text stands on this screen alone."), theme.near(), 3));
    }
    lines
}

fn lay_progress_bar(progress: &Progress, theme: Theme, cells: usize) -> Line<'static> {
    let wide = cells.min(60);
    let done = match progress.total {
        0 => 0,
        total => (u128::from(progress.done.min(total)) * wide as u128 / u128::from(total)) as usize,
    };
    Line::from(vec![
        Span::raw(" "),
        Span::styled("━".repeat(done), theme.accent()),
        Span::styled("─".repeat(wide - done), theme.quiet()),
    ])
}

/// The very events that the domain makes of the form as it stands, or what is missing.
fn preview_events(sheet: &OpenForm, model: &Model) -> (bool, String, Style) {
    let (theme, context) = (model.env.theme, model.form_context());
    let by = context.responder.label();
    match sheet.build(context) {
        Err(fault) => (false, fault.text, theme.quiet()),
        Ok(Submission::Commit(commit)) => {
            let (Some(case), Some(now)) = (model.case(), model.env.now) else {
                return (false, String::new(), theme.quiet());
            };
            match decide(case, &commit.command, commit.occurred, now.at) {
                // The field for the reason is not there before it is asked for.
                Err(refusal @ Refusal::Unanswered { .. }) if !sheet.form.has(Reason::ID) => {
                    let key = model.env.keymap.key_text(Context::Form, ActionId::Record);
                    (false, format!("{refusal}: answer them; {key} asks why, where it is done without"), theme.near())
                }
                Err(refusal) => (false, format!("{refusal}: {}", refusal.hint()), theme.near()),
                Ok(events) if events.is_empty() && matches!(commit.command, Command::Join(_)) => (
                    true,
                    {
                        let acts = if let Command::Join(JoinCase { responder }) = &commit.command {
                            responder.label()
                        } else {
                            by
                        };
                        format!("nothing new; entries will say {acts}")
                    },
                    Style::new(),
                ),
                Ok(events) if events.is_empty() => (false, "it is so already".into(), theme.quiet()),
                Ok(events) => {
                    let answers = events.iter().filter(|event| matches!(event, Event::AnswerGiven(_))).count();
                    // Many answers are counted: they stand above, and what else is recorded must not be cut off.
                    let many = answers > 2;
                    let told = events.iter().filter(|event| !(many && matches!(event, Event::AnswerGiven(_))));
                    let mut texts: Vec<String> = told
                        .map(|event| format!("{}  {}", event.sign().tag, event.line(context.responder, case)))
                        .collect();
                    if many {
                        texts.insert(0, format!("{answers} answers, as above"));
                    }
                    let at =
                        commit.occurred.map(|at| format!("{}, ", word_understood_time(at, now))).unwrap_or_default();
                    (true, format!("{} ({at}{by})", texts.join("; ")), Style::new())
                }
            }
        }
        Ok(Submission::Evidence(_)) if sheet.form.names_folder() => {
            (false, "a folder is no item: put it into one archive, or take its files one by one".into(), theme.near())
        }
        Ok(Submission::Evidence(take)) => {
            let how = if take.by_reference { "by reference" } else { "copied and hashed" };
            (true, format!("evidence  {}, {how} ({by})", take.path), Style::new())
        }
        Ok(Submission::Who(person)) => {
            let of = if person.organisation.is_empty() { String::new() } else { format!(", {}", person.organisation) };
            (true, format!("nothing is recorded yet; entries will say {}{of}", person.label()), Style::new())
        }
        Ok(Submission::Attach(id, why)) => {
            let book = model.env.playbooks.iter().find(|book| book.id == id).zip(model.case());
            let title = book.map_or(id.as_str(), |(book, _)| &book.title);
            let versions =
                book.and_then(|(book, case)| word_version_change(case, book)).map(|text| format!(", {text}"));
            let why = if why.trim().is_empty() { String::new() } else { format!(": {why}") };
            (true, format!("playbook  {title}{}{why} ({by})", versions.unwrap_or_default()), Style::new())
        }
        Ok(Submission::Export(take)) => {
            (true, format!("{} ({by})", export_preview(&take, sheet.form.names_folder(), model)), Style::new())
        }
        Ok(Submission::New(new)) => {
            let title = |id: &String| {
                model
                    .env
                    .playbooks
                    .iter()
                    .find(|book| book.id == *id)
                    .map_or_else(|| id.clone(), |book| book.title.clone())
            };
            let books: Vec<String> = new.playbooks.iter().map(title).collect();
            let books = if books.is_empty() { "no playbook".to_owned() } else { books.join(", ") };
            if let Some(doubt) = sheet.form.fault.as_ref().filter(|fault| fault.id == new_case::PLAYBOOKS) {
                return (false, doubt.text.clone(), theme.near());
            }
            let wide = new_case::warn_of_wide_mark(new.tlp);
            let style = if wide.is_some() { theme.near() } else { Style::new() };
            // What must not be overlooked comes before a title that may be long.
            let wide = wide.map_or_else(String::new, |wide| format!("{wide}; "));
            let (tlp, by) = (new.tlp, new.responder.label());
            (true, format!("{wide}a new case: {}, {}, {tlp}; {books} ({by})", new.title, new.severity), style)
        }
    }
}
