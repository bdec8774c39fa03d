//! The time goes on: the screen is drawn anew only where something that it shows has changed.

use super::{
    effect::Effect,
    model::Model,
    places::Place,
    places::clocks::distance,
    when::{both, relative, span},
};
use crate::domain::time::Now;

/// Takes the time in.
pub(crate) fn tick(model: &mut Model, now: Now) -> Vec<Effect> {
    model.now = Some(now);
    if model.message.as_ref().and_then(|message| message.until).is_some_and(|until| until <= now.at) {
        model.message = None;
        model.dirty = true;
    }
    let shown = shown(model, now);
    if shown != model.shown_times {
        model.shown_times = shown;
        model.dirty = true;
    }
    let rings = model.bell.as_mut().is_some_and(|bell| bell.rings(model.case.as_deref(), now));
    if rings { vec![Effect::Bell] } else { Vec::new() }
}

/// Every time on screen that runs, as it is shown.
fn shown(model: &Model, now: Now) -> String {
    let mut shown = both(now);
    let mut add = |text: String| {
        shown.push('\n');
        shown.push_str(&text);
    };
    match &model.case {
        Some(screen) => {
            if let Some(began) = screen.case.began() {
                add(span(now.at.seconds_since(began)));
            }
            let clocks = screen.case.clocks.iter();
            if let Some(aware) = clocks.clone().map(|clock| clock.aware).min() {
                add(span(now.at.seconds_since(aware)));
            }
            for deadline in
                clocks.filter_map(|clock| clock.deadline).chain(screen.case.next_deadline().map(|(at, _)| at))
            {
                add(distance(deadline, now).0);
                if screen.place == Place::Clocks {
                    add(relative(deadline, now));
                }
            }
            for due in screen.case.steps().filter(|point| !point.standing.settled()).filter_map(|point| point.due) {
                add(distance(due, now).0);
            }
            if let Some(due) = screen.point().and_then(|point| point.due) {
                add(relative(due, now));
            }
        }
        None => {
            for case in model.cases.iter().flatten() {
                add(span(now.at.seconds_since(case.opened)));
                if let Some((deadline, _)) = case.deadline {
                    add(distance(deadline, now).0);
                }
            }
        }
    }
    shown
}
