//! Does what an action stands for.

use super::{
    choose::{choose, correct_entry, find, keep_filter, mark_box, open_search, throw_away},
    cursor, open_list, subjects, submit,
};
use crate::{
    domain::{
        case::{ClockState, steps::Standpoint},
        playbook::Kind as StepKind,
    },
    tui::{
        forms::{self, AnyForm, blank_form::BlankForm, entry::mark::UndoForm},
        keys::action::Id,
        model::{
            Model, drafts,
            effect::Effect,
            open_case::CaseScreen,
            overlays::{
                Leave, Overlay,
                open_form::{Kind, Sheet, Status},
            },
        },
        screens::{
            Place, clipboard, clocks,
            evidence::{list as evidence_place, preview::Look},
            find::{picker, search},
            page::{self, Page},
        },
    },
};

/// Does it; the guard has agreed.
pub(crate) fn act(model: &mut Model, id: Id) -> Vec<Effect> {
    match id {
        Id::OpenCase => open_case(model),
        Id::NewIncident => {
            let sheet = forms::open(&Kind::Incident, &model.form_context());
            opens(model, sheet);
            vec![Effect::ListPlaybooks]
        }
        Id::Refresh => vec![Effect::ListCases],
        Id::Tidy => vec![Effect::Tidy, Effect::ListCases],
        Id::Up | Id::Down | Id::PageUp | Id::PageDown | Id::HalfUp | Id::HalfDown | Id::First | Id::Last => {
            cursor::moved(model, id)
        }
        Id::More | Id::Less => cursor::read_on(model, id == Id::More),
        Id::GoNow
        | Id::GoPlaybook
        | Id::GoLog
        | Id::GoEvidence
        | Id::GoDecisions
        | Id::GoSystems
        | Id::GoClocks
        | Id::GoPeople
        | Id::GoHandover
        | Id::GoIntegrity => {
            let place = Place::ALL.into_iter().find(|place| place.action() == id);
            go(model, place)
        }
        Id::NextPlace => {
            let place = model.case.as_ref().map(|screen| screen.place.step(1));
            go(model, place)
        }
        Id::PlaceBefore => {
            let place = model.case.as_ref().map(|screen| screen.place.step(-1));
            go(model, place)
        }
        Id::Next => {
            let now = model.now;
            with_case(model, |screen| {
                if !screen.place.has_step() {
                    screen.place = Place::Now;
                }
                screen.go_next(now);
            })
        }
        Id::Due => with_case(model, |screen| {
            if !screen.place.has_step() {
                screen.place = Place::Now;
            }
            let after = screen.selected.clone();
            if let Some(step) = screen.due(after.as_ref()) {
                screen.select(step);
            }
        }),
        Id::Find => shows(model, find),
        Id::Filters => shows(model, |model| open_list(model, picker::Of::Filters)),
        Id::Order => with_case(model, |screen| screen.log.turn(&screen.index)),
        Id::KeepFilter => keep_filter(model),
        Id::ClearFilter => with_case(model, |screen| screen.log.clear(&screen.index)),
        Id::Why => why(model),
        Id::Answer => shows(model, |model| open_list(model, picker::Of::Questions)),
        Id::Drafts => shows(model, |model| open_list(model, picker::Of::Drafts)),
        Id::Attach => {
            // Files may have been put into the folder since: the list is read again while it is shown.
            open_list(model, picker::Of::Playbooks);
            vec![Effect::ListPlaybooks]
        }
        Id::Correct => correct_entry(model),
        Id::FollowUp => match model.case.as_ref().and_then(|screen| screen.entry()) {
            Some(entry) => mark_box(model, &entry),
            None => shows(model, |model| open_search(model, search::Of::FollowUp)),
        },
        Id::Undo => {
            let sheet = model.case.as_ref().and_then(|screen| {
                let entry = screen.entry().or_else(|| screen.latest_own())?;
                UndoForm::open_for(&model.form_context(), &entry)
            });
            opens(model, sheet)
        }
        Id::Copy => clipboard::text(model).map(|text| model.copy(&text)).unwrap_or_default(),
        Id::Palette => shows(model, |model| open_search(model, search::Of::Palette(model.context()))),
        Id::Theme => shows(model, |model| {
            model.theme.look = model.theme.look.next();
            model.say(format!("theme: {}", model.theme.look.name()));
        }),
        Id::Help => shows(model, |model| model.over.push(Overlay::Page(Page::new(page::Of::Help(model.context()))))),
        Id::OpenEntry => open_entry(model),
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
        | Id::Impact
        | Id::Amend
        | Id::Countersign
        | Id::HandOver
        | Id::Compare
        | Id::CloseCase
        | Id::ReopenCase => {
            let kind = model.case.as_ref().and_then(|screen| kind_of(id, screen));
            let sheet = kind.and_then(|kind| forms::open(&kind, &model.form_context()));
            opens(model, sheet)
        }
        Id::Join => {
            let sheet = model.case.as_deref().map(subjects::join);
            opens(model, sheet)
        }
        Id::AssetDo | Id::AssetAdd | Id::Indicator | Id::ContactAdd | Id::RowRead => subjects::act(model, id),
        Id::Check => {
            let ticket = model.ticket();
            model.check = Some((ticket, None));
            vec![Effect::Check(ticket)]
        }
        Id::ClockDo | Id::ClockStart | Id::ClockMeet | Id::ClockWaive => clock_box(model, id),
        Id::ClockRead => {
            let duty = model.case.as_ref().and_then(|screen| clocks::here(screen)).map(|duty| duty.id.clone());
            model.over.extend(duty.map(|duty| Overlay::Page(Page::new(page::Of::Duty(duty)))));
            Vec::new()
        }
        Id::Record => submit::record(model),
        Id::Retry => submit::retry(model),
        Id::SaveElsewhere => submit::save_elsewhere(model),
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
        Id::StopJob => {
            let job = model.jobs.iter().rev().find_map(Sheet::job).or(model.check.as_ref().map(|(check, _)| *check));
            job.into_iter().map(Effect::Cancel).collect()
        }
        Id::Choose => choose(model),
        Id::ThrowAway => throw_away(model),
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

/// Goes to a place; Now begins with what is next.
pub(crate) fn go(model: &mut Model, place: Option<Place>) -> Vec<Effect> {
    let now = model.now;
    with_case(model, |screen| {
        screen.place = place.unwrap_or(screen.place);
        if screen.place == Place::Now {
            screen.go_next(now);
        }
    })
}

/// Asks for the case with the cursor.
fn open_case(model: &mut Model) -> Vec<Effect> {
    let case = model.cases.as_ref().and_then(|cases| cases.get(model.home.at)).map(|case| case.id.clone());
    let Some(case) = case else { return Vec::new() };
    model.say(format!("opening {}…", case.short()));
    vec![model.open_case(case)]
}

/// Shows the entry with the cursor whole, in the manner of its place.
fn open_entry(model: &mut Model) -> Vec<Effect> {
    let ticket = model.ticket();
    let Some(screen) = &model.case else { return Vec::new() };
    let Some(entry) = screen.entry() else { return Vec::new() };
    let (of, effect) = match screen.place {
        Place::Evidence => match evidence_place::item(&screen.case, &entry) {
            Some(item) if item.what.copied => {
                (page::Of::Item(entry, ticket, Look::Reading), Some(Effect::Preview(ticket, item.what.sha256)))
            }
            _ => (page::Of::Item(entry, ticket, Look::Elsewhere), None),
        },
        Place::Decisions => (page::Of::Made(entry), None),
        _ => (page::Of::Entry(entry), None),
    };
    model.over.push(Overlay::Page(Page::new(of)));
    effect.into_iter().collect()
}

/// Changes the model, and asks for nothing.
pub(crate) fn shows(model: &mut Model, change: impl FnOnce(&mut Model)) -> Vec<Effect> {
    change(model);
    Vec::new()
}

/// Changes the open case's screen, and asks for nothing.
pub(crate) fn with_case(model: &mut Model, change: impl FnOnce(&mut CaseScreen)) -> Vec<Effect> {
    if let Some(screen) = &mut model.case {
        change(screen);
    }
    Vec::new()
}

/// Opens a box, where there is one.
pub(crate) fn opens(model: &mut Model, sheet: Option<impl Into<BlankForm<AnyForm>>>) -> Vec<Effect> {
    sheet.into_iter().for_each(|sheet| model.open(sheet));
    Vec::new()
}

/// What the box is for that an action opens on this screen.
fn kind_of(id: Id, screen: &CaseScreen) -> Option<Kind> {
    let point = screen.point();
    let name = || point.as_ref().map(Standpoint::name);
    match id {
        Id::Do => point.as_ref().map(doing),
        Id::Decide => {
            let asks = point.as_ref().filter(|point| !point.standing.settled());
            let asks = asks.filter(|point| matches!(point.step.kind, StepKind::Decision { .. }));
            Some(Kind::Decide(asks.map(Standpoint::name)))
        }
        Id::DecideFree => Some(Kind::Decide(None)),
        Id::Note => Some(Kind::Note),
        Id::Evidence => Some(Kind::Evidence(name())),
        Id::Skip => name().map(Kind::Skip),
        Id::Block => name().map(Kind::Block),
        Id::Reopen => name().map(Kind::Reopen),
        Id::Start => name().map(Kind::Start),
        Id::Notify => Some(Kind::Notify(None)),
        Id::Export => Some(Kind::Export),
        Id::Impact => Some(Kind::Impact),
        Id::Severity => Some(Kind::Severity),
        Id::Amend => Some(Kind::Amend),
        Id::HandOver => Some(Kind::HandOver),
        Id::Compare => Some(Kind::Compare),
        Id::Countersign => {
            screen.entry().and_then(|entry| screen.case.hash_of(&entry).map(|hash| Kind::Countersign(entry, hash)))
        }
        Id::CloseCase => Some(Kind::Close),
        Id::ReopenCase => Some(Kind::ReopenCase),
        _ => None,
    }
}

/// Enter on a step: what its kind asks for.
fn doing(point: &Standpoint<'_>) -> Kind {
    let name = point.name();
    match point.step.kind {
        StepKind::Decision { .. } => Kind::Decide(Some(name)),
        StepKind::Notify { .. } => Kind::Notify(Some(name)),
        StepKind::Approve { .. } => Kind::Approve(name),
        StepKind::Command { .. } => Kind::Report(name),
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => Kind::Done(name),
    }
}

/// Why the step with the cursor stands as it does.
fn why(model: &mut Model) -> Vec<Effect> {
    let Some(screen) = &model.case else { return Vec::new() };
    let (Some(point), Some(now)) = (screen.point(), model.now) else { return Vec::new() };
    let is_next = screen.next(model.now).is_some_and(|next| next.name() == point.name());
    let stands = if is_next { "next" } else { point.standing.word() };
    let title = format!("Why “{}” is {stands}", point.title());
    let page = page::Of::Texts(title, false, screen.case.explain(&point, now.at));
    model.over.push(Overlay::Page(Page::new(page)));
    Vec::new()
}

fn clock_box(model: &mut Model, id: Id) -> Vec<Effect> {
    let Some(screen) = &model.case else { return Vec::new() };
    let case = &screen.case;
    let Some(duty) = clocks::here(screen) else { return Vec::new() };
    let runs = case.clock(&duty.id).is_some_and(|clock| clock.state == ClockState::Running);
    let duty = duty.id.clone();
    let kind = match (id, runs) {
        (Id::ClockWaive, _) => Kind::ClockWaive(duty),
        (Id::ClockMeet, _) | (Id::ClockDo, true) => Kind::ClockMeet(duty),
        _ => Kind::ClockStart(duty),
    };
    if case.closed && matches!(kind, Kind::ClockStart(_)) {
        model.say("the case is closed: reopen it first, by : reopen");
        return Vec::new();
    }
    let sheet = forms::open(&kind, &model.form_context());
    opens(model, sheet)
}

fn back(model: &mut Model) -> Vec<Effect> {
    match model.over.last() {
        Some(Overlay::Sheet(_)) => shows(model, Model::put_away),
        Some(_) => shows(model, |model| {
            model.over.pop();
        }),
        None => match &model.case {
            Some(screen) if screen.place == Place::Log && !screen.log.field.is_empty() => {
                with_case(model, |screen| screen.log.clear(&screen.index))
            }
            // What goes on here is stopped first.
            Some(screen) if screen.place == Place::Integrity && model.check.is_some() => {
                model.check.iter().map(|(check, _)| Effect::Cancel(*check)).collect()
            }
            Some(screen) if screen.place != Place::Now => go(model, Some(Place::Now)),
            _ => leave(model, Leave::Case),
        },
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
    let running = model.jobs.iter().chain(model.sheets()).filter_map(Sheet::job);
    let jobs: Vec<Effect> = running.chain(model.check.iter().map(|(check, _)| *check)).map(Effect::Cancel).collect();
    // What is typed stays outside; the next opening of this case offers it.
    let kept = drafts::last(model);
    let left = match leave {
        Leave::Program => vec![Effect::Quit],
        Leave::Case => {
            model.kept = Default::default();
            model.case = None;
            model.check = None;
            model.over.clear();
            model.drafts.clear();
            model.jobs.clear();
            vec![Effect::LeaveCase, Effect::ListCases, Effect::FindDrafts(None)]
        }
    };
    jobs.into_iter().chain(kept).chain(left).collect()
}
