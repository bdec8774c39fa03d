//! What was sent is on the disk: the case takes it in, and says what follows from it.

use crate::{
    domain::{case::steps::StepStatus, event::Event, person::Person, record::Record, wording::moment::clock_time},
    tui::{
        forms::blank_form::OnceRecorded,
        model::{Model, effect::Effect, open_case::OpenCase, tickets::Ticket},
        screens,
        update::{choose::offer_indicators, effect_results::take_waiting},
    },
};

/// Who acts here once these entries of a form are taken in, and since when; `None` where that does not change.
fn find_turn(screen: &OpenCase, once: &OnceRecorded, records: &[Record]) -> Option<(Person, &'static str)> {
    match once {
        OnceRecorded::HandsOver => records.iter().rev().find_map(|record| {
            let Event::HandoverMade(made) = &record.event else { return None };
            Some((made.to.clone(), "from now on"))
        }),
        OnceRecorded::GivesBack(entry) => {
            let giver = screen.case.given_back(&screen.console, entry, &screen.responder)?;
            Some((giver.clone(), "again"))
        }
        OnceRecorded::Nothing | OnceRecorded::PassesOver(_) | OnceRecorded::Joins(_) => None,
    }
}

/// It is on disk.
pub(crate) fn take_recorded(model: &mut Model, ticket: Ticket, records: Vec<Record>) -> Vec<Effect> {
    let sheet = take_waiting(&mut model.overlays, &mut model.jobs, ticket);
    let Some(screen) = &mut model.case else { return Vec::new() };
    let once = sheet.as_ref().map_or(OnceRecorded::Nothing, |sheet| sheet.form.fields.typed().once_recorded());
    if let OnceRecorded::PassesOver(passed) = &once {
        screen.found.retain(|found| !passed.iter().any(|(kind, value)| *kind == found.kind && *value == found.value));
    }
    let ids: Vec<_> = records.iter().map(|record| record.id.clone()).collect();
    let turn = if records.is_empty() { None } else { find_turn(screen, &once, &records) };
    let joins = match once {
        OnceRecorded::Joins(person) => Some(person),
        OnceRecorded::Nothing | OnceRecorded::PassesOver(_) | OnceRecorded::HandsOver | OnceRecorded::GivesBack(_) => {
            None
        }
    };
    // Who takes part already is not recorded anew, and acts from now on all the same.
    if let Some(person) = joins.as_ref().or(turn.as_ref().map(|(person, _)| person)) {
        screen.responder = person.clone();
        model.env.responder = person.clone();
    }
    // What is done, left out or blocked is not what to do next.
    let off = |screen: &OpenCase| {
        screen.point().is_some_and(|point| point.status.settled() || matches!(point.status, StepStatus::Blocked(_)))
    };
    let was_off = off(screen);
    let has_next = screen.next(model.env.now).map(|point| point.name());
    let aware = screen.case.aware();
    let fresh = screen.take(records);
    // What the top line counts from never jumps without a word.
    let moved = aware.zip(screen.case.aware()).filter(|(before, after)| before != after).zip(model.env.now);
    let count = screen.found.iter().filter(|found| fresh.contains(&found.entry)).count();
    if (off(screen) && !was_off) || (screen.selected == has_next && screen.selected.is_none()) {
        screen.go_next(model.env.now);
    }
    // What was just noted here has the cursor: it may have gone to another group.
    if let Some(row) = ids.iter().rev().find_map(|id| screens::find_row_made(screen, id)).filter(|_| sheet.is_some()) {
        screen.set_row(row);
    }
    let cites: Vec<String> = ids.iter().map(|id| screen.case.cite(id)).collect();
    let moved = moved.map_or_else(String::new, |((before, after), now)| {
        format!("; aware since {}, no longer {}", clock_time(after, now), clock_time(before, now))
    });
    let you = joins.map_or_else(String::new, |person| format!(": you are {}", person.label()));
    if cites.is_empty() && !you.is_empty() {
        model.say(format!("nothing new to record{you}"));
    } else if cites.is_empty() {
        model.say("nothing to record: it is so already");
    } else {
        let acts = turn.map_or_else(String::new, |(person, how)| format!(": {} acts here {how}", person.name));
        model.say(format!("recorded as {}{acts}{you}{moved}{}", cites.join(", "), offer_indicators(model, count)));
    }
    Vec::new()
}
