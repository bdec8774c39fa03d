//! Changes the model by what happened outside, and says what is to be done there.

use super::{
    act,
    action::{self, Context, Id},
    case::CaseScreen,
    effect::Effect,
    form::Input,
    incident,
    key::Key,
    list,
    model::{Model, Overlay},
    msg::{Msg, NeedsReason, Opened, PathRow, Progress, Report, Ticket},
    page::{self, Page},
    sheet::{Kind, Sheet, Status},
    tick,
};
use crate::domain::{event::Event, finding::Finding, record::Record};

/// Takes a message in, changes the model and says what to do. Nothing in here waits, reads a clock or a file.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if let Msg::Tick(now) = msg {
        return tick::tick(model, now);
    }
    model.dirty = true;
    match msg {
        Msg::Key(key) => on_key(model, key),
        Msg::Paste(text) => on_paste(model, &text),
        Msg::Resize(width, height) => {
            model.size = (width, height);
            Vec::new()
        }
        Msg::Tick(_) => Vec::new(),
        Msg::Cases(cases, unreadable) => {
            model.home.step(0, cases.len());
            model.cases = Some(cases);
            model.unreadable = unreadable;
            Vec::new()
        }
        Msg::Playbooks(playbooks) => {
            model.playbooks = playbooks;
            for over in &mut model.over {
                if let Overlay::Sheet(sheet) = over
                    && sheet.kind == Kind::Incident
                {
                    incident::refill(&mut sheet.form, &model.playbooks);
                }
            }
            Vec::new()
        }
        Msg::Opened(opened) => on_opened(model, *opened),
        Msg::Recorded(ticket, records) => on_recorded(model, ticket, records),
        Msg::Entries(records) => {
            if let Some(screen) = &mut model.case {
                screen.take(records);
            }
            Vec::new()
        }
        Msg::Page(records) => {
            if let Some(screen) = &mut model.case {
                screen.earlier(records);
            }
            Vec::new()
        }
        Msg::Refused(ticket, report, reason) => on_refused(model, ticket, report, reason),
        Msg::NotRecorded(ticket, report) => on_not_recorded(model, ticket, report),
        Msg::Progress(ticket, progress) => on_progress(model, ticket, progress),
        Msg::Done(ticket, line) => on_done(model, ticket, line),
        Msg::Failed(ticket, report) => on_failed(model, ticket, report),
        Msg::Cancelled(ticket) => on_cancelled(model, ticket),
        Msg::Paths(ticket, rows) => on_paths(model, ticket, rows),
        Msg::Checked(findings) => on_checked(model, &findings),
    }
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    // A key that opened a box and is still held does not write into it.
    match model.held {
        Some(held) if key.repeat && held.code == key.code => return Vec::new(),
        _ => model.held = None,
    }
    let context = model.context();
    if context != Context::Small {
        model.message = None;
    }
    let before = model.over.len();
    let effects = match action::lookup(context, key) {
        Some(action) if key.repeat && action.records => Vec::new(),
        Some(action) => perform(model, action),
        None => typed(model, context, key),
    };
    if model.over.len() > before {
        model.held = Some(key);
    }
    effects
}

/// Does what an action stands for, or says why it cannot be done.
pub(crate) fn perform(model: &mut Model, action: &'static action::Action) -> Vec<Effect> {
    match (action.guard)(model) {
        Ok(()) => act::act(model, action.id),
        Err(why) => {
            model.say(why);
            Vec::new()
        }
    }
}

fn typed(model: &mut Model, context: Context, key: Key) -> Vec<Effect> {
    match model.over.last_mut() {
        Some(Overlay::Sheet(sheet)) if context == Context::Form => {
            sheet.form.key(key);
            ask_for_paths(model)
        }
        Some(Overlay::List(list)) => {
            use super::key::Code::{Down, Up};
            match key.code {
                Up | Down => act::act(model, if key.code == Up { Id::Up } else { Id::Down }),
                _ => {
                    list.field.key(key);
                    list.at = 0;
                    Vec::new()
                }
            }
        }
        _ => Vec::new(),
    }
}

fn on_paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let context = model.context();
    let result = match model.over.last_mut() {
        Some(Overlay::Sheet(sheet)) if context == Context::Form => sheet.form.paste(text),
        Some(Overlay::List(list)) if context == Context::List => list.field.paste(text),
        _ => Err("nothing was pasted: open a box first, such as n for a note".into()),
    };
    if let Err(why) = result {
        model.say(why);
    }
    ask_for_paths(model)
}

/// Asks what the path that is being typed could become, once for each text.
fn ask_for_paths(model: &mut Model) -> Vec<Effect> {
    let ticket = model.ticket();
    let Some(sheet) = model.sheet_mut() else { return Vec::new() };
    let Some(Input::Path(path)) = sheet.form.focused().map(|item| &mut item.input) else { return Vec::new() };
    let text = path.field.text();
    if path.asked.as_ref().is_some_and(|(_, asked)| *asked == text) {
        return Vec::new();
    }
    path.asked = Some((ticket, text.clone()));
    vec![Effect::CompletePath(ticket, text)]
}

fn on_paths(model: &mut Model, ticket: Ticket, rows: Vec<PathRow>) -> Vec<Effect> {
    let sheets = model.over.iter_mut().filter_map(|over| match over {
        Overlay::Sheet(sheet) => Some(sheet),
        _ => None,
    });
    for path in sheets.flat_map(|sheet| &mut sheet.form.items).filter_map(|item| match &mut item.input {
        Input::Path(path) => Some(path),
        _ => None,
    }) {
        if path.asked.as_ref().is_some_and(|(asked, _)| *asked == ticket) {
            path.rows = rows;
            break;
        }
    }
    Vec::new()
}

fn on_opened(model: &mut Model, opened: Opened) -> Vec<Effect> {
    model.opening = None;
    // What was written for another case does not go into this one.
    model.over.clear();
    model.drafts.clear();
    // Whoever opened this case opens the next one too, until someone else takes part.
    model.responder = opened.responder.clone();
    let screen = CaseScreen::new(opened);
    if !screen.warnings.is_empty() {
        let title = "READ THIS FIRST".to_owned();
        model.over.push(Overlay::Page(Page::new(page::Of::Texts(title, true, screen.warnings.clone()))));
    }
    if let Some(why) = &screen.read_only {
        model.say(format!("nothing can be recorded here: {why}"));
    }
    model.case = Some(Box::new(screen));
    Vec::new()
}

/// Takes the box that waits for `ticket` off the screen or out of the background.
fn take_waiting(model: &mut Model, ticket: Ticket) -> Option<Sheet> {
    let waits = |sheet: &Sheet| sheet.waits() == Some(ticket);
    if let Some(at) = model.jobs.iter().position(waits) {
        return Some(model.jobs.remove(at));
    }
    let at = model.over.iter().position(|over| matches!(over, Overlay::Sheet(sheet) if waits(sheet)))?;
    match model.over.remove(at) {
        Overlay::Sheet(sheet) => Some(*sheet),
        other => {
            model.over.insert(at, other);
            None
        }
    }
}

/// The box that waits for `ticket`, wherever it is.
fn waiting(model: &mut Model, ticket: Ticket) -> Option<&mut Sheet> {
    let shown = model.over.iter_mut().filter_map(|over| match over {
        Overlay::Sheet(sheet) => Some(sheet.as_mut()),
        _ => None,
    });
    shown.chain(&mut model.jobs).find(|sheet| sheet.waits() == Some(ticket))
}

fn on_recorded(model: &mut Model, ticket: Ticket, records: Vec<Record>) -> Vec<Effect> {
    let sheet = take_waiting(model, ticket);
    let Some(screen) = &mut model.case else { return Vec::new() };
    let ids: Vec<_> = records.iter().map(|record| record.id.clone()).collect();
    for record in &records {
        if let (Event::ResponderJoined(joined), Some(Kind::Join)) = (&record.event, sheet.as_ref().map(|s| &s.kind)) {
            screen.responder = joined.responder.clone();
            model.responder = joined.responder.clone();
        }
    }
    let was_settled = screen.point().is_some_and(|point| point.standing.settled());
    let has_next = screen.case.next().map(|point| point.name());
    screen.take(records);
    let settled = screen.point().is_some_and(|point| point.standing.settled());
    if (settled && !was_settled) || (screen.selected == has_next && screen.selected.is_none()) {
        screen.go_next();
    }
    let cites: Vec<String> = ids.iter().map(|id| screen.case.cite(id)).collect();
    if cites.is_empty() {
        model.say("nothing to record: it is so already");
    } else {
        model.say(format!("recorded as {}", cites.join(", ")));
    }
    Vec::new()
}

fn on_refused(model: &mut Model, ticket: Ticket, report: Report, reason: NeedsReason) -> Vec<Effect> {
    if let Some(sheet) = waiting(model, ticket) {
        act::refuse(sheet, report, reason);
        back_to_front(model, ticket);
    } else {
        model.alarm(&report);
    }
    Vec::new()
}

/// A box in the background whose work went wrong comes back on top.
fn back_to_front(model: &mut Model, ticket: Ticket) {
    let sent = |sheet: &Sheet| sheet.sent.as_ref().is_some_and(|(sent, _)| *sent == ticket);
    if let Some(at) = model.jobs.iter().position(sent) {
        let sheet = model.jobs.remove(at);
        model.over.push(Overlay::Sheet(Box::new(sheet)));
    }
}

fn on_not_recorded(model: &mut Model, ticket: Ticket, report: Report) -> Vec<Effect> {
    if let Some(sheet) = waiting(model, ticket) {
        sheet.status = Status::NotRecorded(report);
        back_to_front(model, ticket);
    } else {
        let what = format!("NOT RECORDED: {}", report.what);
        model.alarm(&Report { what, ..report });
    }
    Vec::new()
}

fn on_progress(model: &mut Model, ticket: Ticket, progress: Progress) -> Vec<Effect> {
    if let Some((check, at)) = &mut model.check
        && *check == ticket
    {
        *at = Some(progress);
    } else if let Some(sheet) = waiting(model, ticket) {
        sheet.status = Status::Working(progress);
    }
    Vec::new()
}

fn on_done(model: &mut Model, ticket: Ticket, line: String) -> Vec<Effect> {
    if let Some(sheet) = saving(model, ticket) {
        sheet.saving = None;
        sheet.saved = Some(line);
    } else {
        take_waiting(model, ticket);
        model.say(line);
    }
    Vec::new()
}

fn saving(model: &mut Model, ticket: Ticket) -> Option<&mut Sheet> {
    let shown = model.over.iter_mut().filter_map(|over| match over {
        Overlay::Sheet(sheet) => Some(sheet.as_mut()),
        _ => None,
    });
    shown.chain(&mut model.drafts).find(|sheet| sheet.saving == Some(ticket))
}

fn on_failed(model: &mut Model, ticket: Ticket, report: Report) -> Vec<Effect> {
    if model.opening == Some(ticket) {
        model.opening = None;
        let mut texts = vec![report.what];
        texts.extend(report.causes);
        texts.extend(report.hint);
        let of = page::Of::Texts("The case could not be opened".into(), true, texts);
        model.over.push(Overlay::Page(Page::new(of)));
    } else if model.check.as_ref().is_some_and(|(check, _)| *check == ticket) {
        model.check = None;
        model.alarm(&report);
    } else if let Some(sheet) = saving(model, ticket) {
        sheet.saving = None;
        sheet.saved = Some(format!("NOT SAVED: {}", super::sheet_view::said(&report)));
    } else {
        on_refused(model, ticket, report, false);
    }
    Vec::new()
}

fn on_cancelled(model: &mut Model, ticket: Ticket) -> Vec<Effect> {
    if let Some(sheet) = waiting(model, ticket) {
        sheet.status = Status::Editing;
        back_to_front(model, ticket);
        model.say("cancelled: nothing was recorded");
    }
    Vec::new()
}

fn on_checked(model: &mut Model, findings: &[Finding]) -> Vec<Effect> {
    model.check = None;
    if findings.is_empty() {
        model.say("checked: every entry and every item of evidence is as it was recorded");
        return Vec::new();
    }
    let intact = crate::domain::finding::intact(findings);
    let title = if intact { "Checked: nothing is damaged" } else { "Checked: DAMAGE was found" };
    let texts = findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
    model.over.push(Overlay::Page(Page::new(page::Of::Texts(title.into(), !intact, texts))));
    Vec::new()
}

/// Opens a list on top.
pub(crate) fn open_list(model: &mut Model, of: list::Of) {
    model.over.push(Overlay::List(Box::new(list::List::new(of))));
}
