//! The time goes on: the screen is drawn anew only where something that it shows has changed.

use crate::{
    domain::{
        case::steps::StepView,
        time::{Now, Time},
        wording::{
            deadline::{judge_pressure, word_countdown},
            duration::clock_span,
            moment::{local_and_utc, time_ago},
        },
    },
    tui::{
        keys::place::Place,
        model::{Model, effect::Effect, open_case::OpenCase, overlays::Overlay},
        screens,
        widgets::layout::{Scene, is_wide, lay_out},
    },
};

/// Takes the time in.
pub(crate) fn take_time(model: &mut Model, now: Now) -> Vec<Effect> {
    let second = |now: Now| (now.at.micros().div_euclid(1_000_000), now.offset());
    let before = model.env.now.replace(now);
    if model.notice.as_ref().and_then(|message| message.until).is_some_and(|until| until <= now.at) {
        model.notice = None;
        model.redraw.dirty = true;
    }
    // A key brings its moment with it; times run by the second.
    if before.is_some_and(|before| second(before) == second(now)) {
        return Vec::new();
    }
    let shown = list_running_times(model, now);
    if shown != model.redraw.shown_times {
        model.redraw.shown_times = shown;
        model.redraw.dirty = true;
    }
    let rings = model.redraw.bell.as_mut().is_some_and(|bell| bell.rings(model.case.as_deref(), now));
    if rings { vec![Effect::Bell] } else { Vec::new() }
}

/// Every time on screen that runs, as it is shown.
fn list_running_times(model: &Model, now: Now) -> String {
    let mut shown = vec![local_and_utc(now)];
    let covered = match model.overlays.stack.iter().rev().find(|over| !matches!(over, Overlay::Ask(_))) {
        None => false,
        // Beside a form in a wide window the case stays in view.
        Some(Overlay::Form(_)) => !is_wide(model.env.size),
        Some(_) => true,
    };
    match &model.case {
        Some(screen) => {
            shown.extend(
                screen.case.aware().or(screen.case.began()).map(|since| clock_span(now.at.seconds_since(since))),
            );
            shown.extend(screen.next_deadline.as_ref().map(|(at, _)| word_countdown(*at, now).0));
            if !covered {
                list_body_times(screen, model.env.size, now, &mut shown);
            }
        }
        None if covered => {}
        None => {
            for case in model.home.cases.iter().flatten() {
                if !case.closed {
                    shown.push(clock_span(now.at.seconds_since(case.opened)));
                }
                shown.extend(case.deadline.as_ref().map(|(at, _)| word_countdown(*at, now).0));
            }
        }
    }
    shown.join("\n")
}

/// The times that run in the place that is shown.
fn list_body_times(screen: &OpenCase, size: (u16, u16), now: Now, shown: &mut Vec<String>) {
    let open = |point: &StepView<'_>| !point.status.settled();
    if screen.place == Place::Integrity {
        shown.extend(screen.checked.iter().filter_map(|check| check.at).map(|at| time_ago(at, now)));
    }
    let mut away = |at: Time| shown.push(word_countdown(at, now).0);
    match screen.place {
        Place::Now => {
            let most = screens::now::most_deadlines(usize::from(lay_out(size, Scene::Step).step.height));
            screen.deadlines.iter().take(most).for_each(|(at, _)| away(*at));
        }
        Place::Clocks => screen.case.clocks.iter().filter_map(|clock| clock.deadline).for_each(&mut away),
        Place::Playbook
        | Place::Log
        | Place::Evidence
        | Place::Decisions
        | Place::Systems
        | Place::People
        | Place::Handover
        | Place::Integrity => {}
    }
    if screen.place.has_step() {
        screen.point().filter(open).and_then(|point| point.due).into_iter().for_each(&mut away);
    }
    if screen.place == Place::Playbook {
        let due = screen.case.steps().filter(open).filter_map(|point| point.due);
        shown.extend(due.map(|at| judge_pressure(at, now).sign().to_owned()));
    }
}
