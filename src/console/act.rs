//! Does what an action stands for.

use super::{
    action::Id,
    boxes::{act, amend, clock, correct, decide, evidence, export, join, note, notify, over},
    case::{CaseScreen, Focus},
    effect::Effect,
    incident, list,
    list::Target,
    model::{Leave, Model, Overlay},
    msg::{Progress, Report},
    page::{self, Page},
    sheet::{Kind, Send, Sheet, Status},
    update::{open_list, perform},
    view,
};
use crate::domain::{
    case::{Case, ClockState},
    decide as domain,
    playbook::{Kind as StepKind, StepRef},
    progress::Standpoint,
};
use ratatui::layout::Rect;

/// Does it; the guard has agreed.
pub(crate) fn act(model: &mut Model, id: Id) -> Vec<Effect> {
    match id {
        Id::OpenCase => {
            let case = model.cases.as_ref().and_then(|cases| cases.get(model.home.at)).map(|case| case.id.clone());
            case.into_iter().map(|case| model.open_case(case)).collect()
        }
        Id::NewIncident => {
            let sheet = incident::open(&model.playbooks, &model.responder);
            model.open(sheet);
            vec![Effect::ListPlaybooks]
        }
        Id::Refresh => vec![Effect::ListCases],
        Id::Up | Id::Down | Id::PageUp | Id::PageDown | Id::First | Id::Last => moved(model, id),
        Id::More | Id::Less => read_on(model, id == Id::More),
        Id::Switch => with_case(model, |screen| {
            screen.focus = if screen.focus == Focus::Steps { Focus::Log } else { Focus::Steps };
        }),
        Id::Next => with_case(model, |screen| {
            screen.focus = Focus::Steps;
            screen.go_next();
        }),
        Id::Find => shows(model, |model| open_list(model, list::Of::Steps)),
        Id::Correct => correct_entry(model),
        Id::Palette => shows(model, |model| open_list(model, list::Of::Actions(model.context()))),
        Id::Clocks => shows(model, |model| model.over.push(Overlay::Clocks(0))),
        Id::Help => shows(model, |model| model.over.push(Overlay::Page(Page::new(page::Of::Help(model.context()))))),
        Id::OpenEntry => {
            let entry = model.case.as_ref().and_then(|screen| screen.entry()).map(|record| record.id.clone());
            model.over.extend(entry.map(|entry| Overlay::Page(Page::new(page::Of::Entry(entry)))));
            Vec::new()
        }
        Id::Do
        | Id::Decide
        | Id::Note
        | Id::Evidence
        | Id::Skip
        | Id::Block
        | Id::Reopen
        | Id::Start
        | Id::Notify
        | Id::DecideFree
        | Id::Export
        | Id::Severity
        | Id::Amend
        | Id::Join
        | Id::CloseCase
        | Id::ReopenCase => {
            let sheet = model.case.as_ref().and_then(|screen| box_for(id, screen));
            shows(model, |model| sheet.into_iter().for_each(|sheet| model.open(sheet)))
        }
        Id::Check => {
            let ticket = model.ticket();
            model.check = Some((ticket, None));
            vec![Effect::Check(ticket)]
        }
        Id::ClockDo | Id::ClockStart | Id::ClockMeet | Id::ClockWaive => clock_box(model, id),
        Id::Record => record(model),
        Id::Retry => retry(model),
        Id::SaveElsewhere => save_elsewhere(model),
        Id::ToDraft => shows(model, |model| {
            if let Some(sheet) = model.sheet_mut() {
                sheet.status = Status::Editing;
            }
        }),
        Id::Background => shows(model, |model| {
            if let Some(Overlay::Sheet(sheet)) = model.over.pop() {
                model.jobs.push(*sheet);
            }
        }),
        Id::Cancel => model.sheet().and_then(Sheet::waits).into_iter().map(Effect::Cancel).collect(),
        Id::Choose => choose(model),
        Id::Back => back(model),
        Id::Quit => leave(model, Leave::Program),
        Id::Leave => match model.over.pop() {
            Some(Overlay::Ask(leave)) => gone(model, leave),
            _ => Vec::new(),
        },
        Id::Stay => shows(model, |model| {
            model.over.pop();
        }),
    }
}

fn shows(model: &mut Model, change: impl FnOnce(&mut Model)) -> Vec<Effect> {
    change(model);
    Vec::new()
}

fn with_case(model: &mut Model, change: impl FnOnce(&mut CaseScreen)) -> Vec<Effect> {
    if let Some(screen) = &mut model.case {
        change(screen);
    }
    Vec::new()
}

/// The box that an action opens on this screen.
fn box_for(id: Id, screen: &CaseScreen) -> Option<Sheet> {
    let (case, who) = (&screen.case, &screen.responder);
    let point = screen.point();
    let step = |make: fn(StepRef) -> Kind| point.as_ref().map(|point| act::because(make(point.name()), point));
    match id {
        Id::Do => point.as_ref().map(|point| do_step(case, point, screen)),
        Id::Decide => {
            let asks = point.as_ref().filter(|point| !point.standing.settled());
            Some(asks.and_then(|point| decide::step(point, who)).unwrap_or_else(|| decide::free(who)))
        }
        Id::DecideFree => Some(decide::free(who)),
        Id::Note => Some(note::open()),
        Id::Evidence => Some(evidence::open(point.as_ref())),
        Id::Skip => step(Kind::Skip),
        Id::Block => step(Kind::Block),
        Id::Reopen => step(Kind::Reopen),
        Id::Start => point.as_ref().map(act::start),
        Id::Notify => Some(notify::free(case)),
        Id::Export => Some(export::open()),
        Id::Severity => Some(amend::open_severity(case)),
        Id::Amend => Some(amend::open(case)),
        Id::Join => Some(join::open(who)),
        Id::CloseCase => Some(over::open_close(case)),
        Id::ReopenCase => Some(over::open_reopen()),
        _ => None,
    }
}

/// Enter on a step: what its kind asks for.
fn do_step(case: &Case, point: &Standpoint<'_>, screen: &CaseScreen) -> Sheet {
    let by_kind = match point.step.kind {
        StepKind::Decision { .. } => decide::step(point, &screen.responder),
        StepKind::Notify { .. } => notify::step(case, point),
        StepKind::Task | StepKind::Collect => None,
    };
    by_kind.unwrap_or_else(|| act::done(point))
}

fn correct_entry(model: &mut Model) -> Vec<Effect> {
    let Some(screen) = &model.case else { return Vec::new() };
    match screen.entry().filter(|_| screen.focus == Focus::Log) {
        Some(record) => {
            let sheet = correct::open(&screen.case, record);
            model.open(sheet);
        }
        None => open_list(model, list::Of::Entries),
    }
    Vec::new()
}

fn clock_box(model: &mut Model, id: Id) -> Vec<Effect> {
    let Some(Overlay::Clocks(at)) = model.over.last() else { return Vec::new() };
    let Some(case) = model.case() else { return Vec::new() };
    let Some(duty) = case.duties().get(*at).copied() else { return Vec::new() };
    let runs = case.clock(&duty.id).is_some_and(|clock| clock.state == ClockState::Running);
    let sheet = match (id, runs) {
        (Id::ClockWaive, _) => clock::open_waive(duty),
        (Id::ClockMeet, _) | (Id::ClockDo, true) => clock::open_meet(duty),
        _ => clock::open_start(case, duty, model.now),
    };
    if case.closed && matches!(sheet.kind, Kind::ClockStart(_)) {
        model.say("the case is closed: reopen it first, by : reopen");
        return Vec::new();
    }
    model.open(sheet);
    Vec::new()
}

/// Sends what the box on top shows. The domain is asked first, so that a refusal is seen at once.
fn record(model: &mut Model) -> Vec<Effect> {
    let fresh = model.ticket();
    let world = model.world();
    let Some(sheet) = model.sheet() else { return Vec::new() };
    let sent = match sheet.build(world) {
        Ok(send) => send,
        Err(fault) => {
            return shows(model, |model| model.sheet_mut().into_iter().for_each(|s| s.form.blame(fault.clone())));
        }
    };
    if let (Send::Commit(commit), Some(case), Some(now)) = (&sent, world.case, world.now) {
        let refused = match domain::decide(case, &commit.command, commit.occurred, now.at) {
            Ok(events) if events.is_empty() => {
                Some(("there is nothing to record".into(), "it is so already".into(), false))
            }
            Ok(_) => None,
            Err(refusal) => Some((refusal.to_string(), refusal.hint(), refusal.wants_reason())),
        };
        if let Some((what, hint, reason)) = refused {
            let report = Report { what, causes: Vec::new(), hint: Some(hint) };
            return shows(model, |model| model.sheet_mut().into_iter().for_each(|s| refuse(s, report.clone(), reason)));
        }
    }
    let Some(sheet) = model.sheet_mut() else { return Vec::new() };
    // The same once more keeps its ticket, so that a write whose outcome was unknown is not doubled.
    let ticket = match &sheet.sent {
        Some((ticket, before)) if *before == sent => *ticket,
        _ => fresh,
    };
    send(sheet, ticket, sent)
}

fn send(sheet: &mut Sheet, ticket: u64, sent: Send) -> Vec<Effect> {
    sheet.status = match &sent {
        sent if sent.job() => Status::Working(Progress { what: "starting".into(), done: 0, total: 0, rate: 0 }),
        _ => Status::Recording,
    };
    sheet.saved = None;
    let effect = sent.effect(ticket);
    sheet.sent = Some((ticket, sent));
    vec![effect]
}

fn retry(model: &mut Model) -> Vec<Effect> {
    let Some(sheet) = model.sheet_mut() else { return Vec::new() };
    match sheet.sent.take() {
        Some((ticket, sent)) => send(sheet, ticket, sent),
        None => Vec::new(),
    }
}

/// Shows a refusal in the box, and asks for the reason where one would do.
pub(crate) fn refuse(sheet: &mut Sheet, report: Report, reason: bool) {
    let decision = matches!(sheet.kind, Kind::Decide(_));
    if reason && !decision {
        sheet.form.want_reason();
    }
    sheet.status = Status::Refused(report);
}

fn save_elsewhere(model: &mut Model) -> Vec<Effect> {
    let ticket = model.ticket();
    let Some(sheet) = model.sheet_mut() else { return Vec::new() };
    sheet.saving = Some(ticket);
    vec![Effect::SaveText(ticket, sheet.to_text())]
}

fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::List(list)) = model.over.last() else { return Vec::new() };
    let Some(row) = list.rows(model).into_iter().nth(list.at) else { return Vec::new() };
    if let Some(why) = row.refused {
        model.say(why);
        return Vec::new();
    }
    model.over.pop();
    match row.target {
        Target::Action(id) => {
            let context = model.context();
            let found = super::action::here(context).find(|action| action.id == id);
            found.map(|action| perform(model, action)).unwrap_or_default()
        }
        Target::Step(step) => with_case(model, |screen| {
            screen.focus = Focus::Steps;
            screen.select(step);
        }),
        Target::Entry(entry) => {
            let sheet = model.case.as_ref().and_then(|s| s.find(&entry).map(|record| correct::open(&s.case, record)));
            shows(model, |model| sheet.into_iter().for_each(|sheet| model.open(sheet)))
        }
    }
}

fn back(model: &mut Model) -> Vec<Effect> {
    match model.over.last() {
        Some(Overlay::Sheet(_)) => shows(model, Model::put_away),
        Some(_) => shows(model, |model| {
            model.over.pop();
        }),
        None => leave(model, Leave::Case),
    }
}

fn leave(model: &mut Model, leave: Leave) -> Vec<Effect> {
    if model.unsaved() == 0 {
        return gone(model, leave);
    }
    if !matches!(model.over.last(), Some(Overlay::Ask(_))) {
        model.over.push(Overlay::Ask(leave));
    }
    Vec::new()
}

fn gone(model: &mut Model, leave: Leave) -> Vec<Effect> {
    let jobs: Vec<Effect> = model.jobs.iter().filter_map(Sheet::waits).map(Effect::Cancel).collect();
    let left = match leave {
        Leave::Program => vec![Effect::Quit],
        Leave::Case => {
            model.case = None;
            model.check = None;
            model.over.clear();
            model.drafts.clear();
            model.jobs.clear();
            vec![Effect::LeaveCase, Effect::ListCases]
        }
    };
    jobs.into_iter().chain(left).collect()
}

fn moved(model: &mut Model, id: Id) -> Vec<Effect> {
    let body = view::middle(Rect::new(0, 0, model.size.0.max(80), model.size.1.max(24)));
    let page = isize::try_from(body.height.saturating_sub(2)).unwrap_or(10);
    let by = match id {
        Id::Up => -1,
        Id::Down => 1,
        Id::PageUp => -page,
        Id::PageDown => page,
        Id::First => isize::MIN / 2,
        _ => isize::MAX / 2,
    };
    let lengths = match model.over.last() {
        Some(Overlay::List(list)) => list.rows(model).len(),
        Some(Overlay::Page(page)) => page::lines(page, model, usize::from(body.width)).len(),
        Some(Overlay::Clocks(_)) => model.case().map(|case| case.duties().len()).unwrap_or(0),
        _ => 0,
    };
    match model.over.last_mut() {
        Some(Overlay::List(list)) => list.step(by, lengths),
        Some(Overlay::Page(shown)) => shown.scroll(by, lengths, page::room(body, lengths)),
        Some(Overlay::Clocks(at)) => *at = at.saturating_add_signed(by).min(lengths.saturating_sub(1)),
        Some(_) => {}
        None => match &mut model.case {
            None => model.home.step(by, model.cases.as_ref().map_or(0, Vec::len)),
            Some(screen) if screen.focus == Focus::Steps => screen.move_step(by),
            Some(screen) => return screen.move_log(by).into_iter().map(Effect::ReadBefore).collect(),
        },
    }
    Vec::new()
}

fn read_on(model: &mut Model, on: bool) -> Vec<Effect> {
    let place = view::step_place((model.size.0.max(80), model.size.1.max(24)));
    let room = usize::from(place.height).saturating_sub(1);
    with_case(model, |screen| {
        let len = super::case::step::length(screen, usize::from(place.width));
        let by = room.saturating_sub(1).max(1);
        let to = if on { screen.read + by } else { screen.read.saturating_sub(by) };
        screen.read = to.min(len.saturating_sub(room));
    })
}
