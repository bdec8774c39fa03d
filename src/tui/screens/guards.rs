//! Why an action cannot be used now, in words that say what would work.

use super::{clipboard, clocks, people, systems};
use crate::{
    domain::{
        case::{
            Clock, ClockState,
            steps::{StepStatus, StepView},
        },
        playbook::StepKind,
    },
    tui::{
        keys::{
            action::{Context, Guard},
            place::Place,
            table::ActionId,
        },
        model::{Model, open_case::OpenCase, overlays::Overlay},
        screens::{find::picker_rows, selected_entry},
    },
};

type Verdict = Result<(), String>;

/// Says why what has that guard cannot be done now.
pub(crate) fn check_guard(guard: Guard, model: &Model) -> Result<(), String> {
    match guard {
        Guard::Always => Ok(()),
        Guard::Leftovers => need_leftovers(model),
        Guard::CaseSelected => need_selected_case(model),
        Guard::Writable => need_writable(model),
        Guard::CaseOpen => need_open_case(model),
        Guard::CaseClosed => need_closed_case(model),
        Guard::StepDoable => need_doable_step(model),
        Guard::Questions => need_questions(model),
        Guard::StepUnsettled => need_unsettled_step(model),
        Guard::StepSettled => need_settled_step(model),
        Guard::StepStartable => need_startable_step(model),
        Guard::Steps => need_steps(model),
        Guard::NextStep => need_next_step(model),
        Guard::DueStep => need_due_step(model),
        Guard::EntrySelected => need_entry(model),
        Guard::DecisionSignable => need_signable_decision(model),
        Guard::EntryUndoable => need_undoable_entry(model),
        Guard::Drafts => need_drafts(model),
        Guard::DraftSelected => need_selected_draft(model),
        Guard::LogNotEmpty => need_log(model),
        Guard::Copyable => need_copyable(model),
        Guard::NotChecking => need_no_check(model),
        Guard::Running => need_running_job(model),
        Guard::JobStoppable => need_stoppable_job(model),
        Guard::DutyWritable => need_writable_duty(model),
        Guard::DutySelected => need_named_duty(model),
        Guard::ClockIdle => need_idle_clock(model),
        Guard::ClockRuns => need_running_clock(model),
        Guard::SystemSelected => need_selected_system(model),
        Guard::SystemChangeable => need_changeable_system(model),
        Guard::PersonSelected => need_selected_person(model),
    }
}

fn refuse_with<T>(why: &str) -> Result<T, String> {
    Err(why.to_owned())
}

/// The key that does something in the place below any form.
fn key_for(model: &Model, id: ActionId) -> String {
    let place = model.case.as_ref().map_or(Context::Home, |screen| Context::At(screen.place));
    model.env.keymap.key_text(place, id)
}

/// Interrupted work left something.
fn need_leftovers(model: &Model) -> Verdict {
    if model.home.leftovers.is_empty() { refuse_with("nothing is left of interrupted work") } else { Ok(()) }
}

/// A case has the cursor.
fn need_selected_case(model: &Model) -> Verdict {
    match &model.home.cases {
        _ if model.home.opening.is_some() => refuse_with("a case is being opened"),
        Some(cases) if !cases.is_empty() => Ok(()),
        Some(_) => Err(format!("there is no case yet: {} opens a new one", key_for(model, ActionId::NewIncident))),
        None => refuse_with("the cases are still being read"),
    }
}

fn need_case(model: &Model) -> Result<&OpenCase, String> {
    model.case.as_deref().map_or_else(|| refuse_with("no case is open"), Ok)
}

/// Entries can be written.
fn need_writable(model: &Model) -> Verdict {
    match &need_case(model)?.read_only {
        Some(why) => Err(format!("nothing can be recorded here: {why}")),
        None => Ok(()),
    }
}

/// The incident can be carried on.
fn need_open_case(model: &Model) -> Verdict {
    need_writable(model)?;
    if need_case(model)?.case.closed {
        Err(format!("the case is closed: reopen it first, by {}", key_for(model, ActionId::ReopenCase)))
    } else {
        Ok(())
    }
}

/// The case is closed.
fn need_closed_case(model: &Model) -> Verdict {
    need_writable(model)?;
    if need_case(model)?.case.closed { Ok(()) } else { refuse_with("the case is open") }
}

fn need_step(model: &Model) -> Result<StepView<'_>, String> {
    need_case(model)?.point().map_or_else(
        || {
            Err(format!(
                "there is no step: this case has no playbook; {} notes what is done",
                key_for(model, ActionId::Note)
            ))
        },
        Ok,
    )
}

/// The step can be done, or done again.
fn need_doable_step(model: &Model) -> Verdict {
    need_open_case(model)?;
    let point = need_step(model)?;
    match (&point.status, &point.step.kind) {
        (StepStatus::Done, StepKind::Decision { .. }) => {
            Err(format!("it is decided: {} opens it again", key_for(model, ActionId::Reopen)))
        }
        (StepStatus::Skipped, _) => {
            Err(format!("the step is skipped: {} opens it again", key_for(model, ActionId::Reopen)))
        }
        (
            StepStatus::Ready
            | StepStatus::Started
            | StepStatus::Waiting(_)
            | StepStatus::Done
            | StepStatus::Repeats
            | StepStatus::Blocked(_)
            | StepStatus::Closed,
            _,
        ) => Ok(()),
    }
}

/// The playbooks of the case ask questions.
fn need_questions(model: &Model) -> Verdict {
    need_open_case(model)?;
    let mut plans = need_case(model)?.case.plans.iter();
    if plans.any(|plan| plan.playbook.questions().next().is_some()) {
        Ok(())
    } else {
        refuse_with("no playbook asks a question here")
    }
}

/// The step is not done or skipped.
fn need_unsettled_step(model: &Model) -> Verdict {
    need_open_case(model)?;
    match need_step(model)?.status {
        StepStatus::Done => Err(format!("the step is done: {} opens it again", key_for(model, ActionId::Reopen))),
        StepStatus::Skipped => Err(format!("the step is skipped: {} opens it again", key_for(model, ActionId::Reopen))),
        StepStatus::Ready
        | StepStatus::Started
        | StepStatus::Waiting(_)
        | StepStatus::Repeats
        | StepStatus::Blocked(_)
        | StepStatus::Closed => Ok(()),
    }
}

/// The step is done, skipped or blocked.
fn need_settled_step(model: &Model) -> Verdict {
    need_open_case(model)?;
    match need_step(model)?.status {
        StepStatus::Done | StepStatus::Repeats | StepStatus::Skipped | StepStatus::Blocked(_) => Ok(()),
        StepStatus::Ready | StepStatus::Started | StepStatus::Waiting(_) | StepStatus::Closed => {
            refuse_with("the step is open")
        }
    }
}

/// Work on the step can begin.
fn need_startable_step(model: &Model) -> Verdict {
    need_unsettled_step(model)?;
    match need_step(model)?.status {
        StepStatus::Started => refuse_with("someone is at work on the step already"),
        StepStatus::Repeats => {
            Err(format!("it recurs: {} records it once it is done again", key_for(model, ActionId::Do)))
        }
        StepStatus::Ready
        | StepStatus::Waiting(_)
        | StepStatus::Done
        | StepStatus::Skipped
        | StepStatus::Blocked(_)
        | StepStatus::Closed => Ok(()),
    }
}

/// The case has steps.
fn need_steps(model: &Model) -> Verdict {
    need_step(model).map(|_| ())
}

/// Something is to be done next.
fn need_next_step(model: &Model) -> Verdict {
    if need_case(model)?.next(model.env.now).is_some() { Ok(()) } else { refuse_with("no step is ready to be done") }
}

/// A step has a time by which it is due.
fn need_due_step(model: &Model) -> Verdict {
    if need_case(model)?.due(None).is_some() {
        Ok(())
    } else {
        refuse_with("no open step has a time by which it is due")
    }
}

/// An entry has the cursor.
fn need_entry(model: &Model) -> Verdict {
    let screen = need_case(model)?;
    match screen.place {
        _ if selected_entry(screen).is_some() => Ok(()),
        Place::Evidence => {
            Err(format!("nothing is taken in yet: {} takes a file in", key_for(model, ActionId::Evidence)))
        }
        Place::Decisions => {
            let (asked, own) = (key_for(model, ActionId::Decide), key_for(model, ActionId::DecideFree));
            Err(format!("nothing is decided yet: {asked} or {own} decides"))
        }
        Place::Now
        | Place::Playbook
        | Place::Log
        | Place::Systems
        | Place::Clocks
        | Place::People
        | Place::Handover
        | Place::Integrity => refuse_with("the log is empty"),
    }
}

/// A decision has the cursor that another person can confirm.
fn need_signable_decision(model: &Model) -> Verdict {
    need_writable(model)?;
    need_entry(model)?;
    let screen = need_case(model)?;
    match selected_entry(screen).filter(|entry| screen.case.decision(entry).is_some()) {
        Some(entry) if screen.case.undone(&entry) => refuse_with("the decision is undone: it does not count"),
        Some(_) => Ok(()),
        None => refuse_with("this is an answer of another person already: decisions are countersigned"),
    }
}

/// An entry can be undone: the one with the cursor, else the latest of this console.
fn need_undoable_entry(model: &Model) -> Verdict {
    need_writable(model)?;
    let screen = need_case(model)?;
    let Some(entry) = selected_entry(screen).or_else(|| screen.latest_own()) else {
        let log = key_for(model, ActionId::GoLog);
        return Err(format!("you have no entry here yet: {log} is the log, where any entry can be undone"));
    };
    screen.case.undoable(&entry).map_err(|why| {
        let hint = why.hint();
        if hint.is_empty() { why.to_string() } else { format!("{why}: {hint}") }
    })
}

/// Something was typed and is not recorded.
fn need_drafts(model: &Model) -> Verdict {
    if model.drafts.shelf.is_empty() { refuse_with("nothing was typed that is not recorded") } else { Ok(()) }
}

/// A draft has the cursor in the list of them.
fn need_selected_draft(model: &Model) -> Verdict {
    let list = model.overlays.stack.last().and_then(Overlay::list);
    let chosen = list.and_then(|list| picker_rows::find_selected_draft(list, model));
    if chosen.is_some() { Ok(()) } else { refuse_with("no draft is in this list") }
}

/// The log has an entry, or hides all of them.
fn need_log(model: &Model) -> Verdict {
    if need_case(model)?.index.is_empty() { refuse_with("the log is empty") } else { Ok(()) }
}

/// Something that has a text has the cursor, or is read.
fn need_copyable(model: &Model) -> Verdict {
    if clipboard::find_copyable_text(model).is_some() {
        Ok(())
    } else {
        refuse_with("nothing here has the cursor that could be copied")
    }
}

/// No check is running.
fn need_no_check(model: &Model) -> Verdict {
    if model.jobs.check.is_some() { refuse_with("a check is running") } else { Ok(()) }
}

/// A job goes on in the background, or a check.
fn need_running_job(model: &Model) -> Verdict {
    if model.jobs.check.is_some() || model.jobs.background.iter().any(|sheet| sheet.job().is_some()) {
        Ok(())
    } else {
        Err(format!("nothing is running: {} leaves the program", key_for(model, ActionId::Quit)))
    }
}

/// What is waited for is a job that can be stopped.
fn need_stoppable_job(model: &Model) -> Verdict {
    match model.form_on_top().and_then(|sheet| sheet.sent.as_ref()) {
        Some((_, send)) if send.is_job() => Ok(()),
        Some(_) => refuse_with("what is on its way to the disk cannot be called back"),
        None => refuse_with("nothing is running"),
    }
}

fn need_duty(model: &Model) -> Result<Option<&Clock>, String> {
    let screen = need_case(model)?;
    match clocks::find_selected_duty(screen) {
        Some(duty) => Ok(screen.case.clock(&duty.id)),
        None => refuse_with("the playbooks of this case name no duty"),
    }
}

/// A duty has the cursor.
fn need_writable_duty(model: &Model) -> Verdict {
    need_writable(model)?;
    need_duty(model).map(|_| ())
}

/// A duty has the cursor, to be read.
fn need_named_duty(model: &Model) -> Verdict {
    need_duty(model).map(|_| ())
}

/// Its clock does not run.
fn need_idle_clock(model: &Model) -> Verdict {
    need_open_case(model)?;
    if need_duty(model)?.is_some_and(|clock| clock.state == ClockState::Running) {
        let (met, waived) = (key_for(model, ActionId::ClockMeet), key_for(model, ActionId::ClockWaive));
        return Err(format!("the clock is running: {met} meets it, {waived} waives it"));
    }
    Ok(())
}

/// Its clock runs.
fn need_running_clock(model: &Model) -> Verdict {
    need_writable(model)?;
    if need_duty(model)?.is_some_and(|clock| clock.state == ClockState::Running) {
        return Ok(());
    }
    Err(format!("the clock does not run: {} starts it", key_for(model, ActionId::ClockStart)))
}

/// A row of Systems has the cursor.
fn need_selected_system(model: &Model) -> Verdict {
    match systems::list::find_selected_system(need_case(model)?) {
        Some(_) => Ok(()),
        None => {
            let (add, take) = (key_for(model, ActionId::AssetAdd), key_for(model, ActionId::Indicator));
            Err(format!("nothing is noted here yet: {add} notes a system or an account, {take} indicators"))
        }
    }
}

/// A row of Systems has the cursor, and something can be said of it.
fn need_changeable_system(model: &Model) -> Verdict {
    need_selected_system(model)?;
    match systems::list::find_selected_system(need_case(model)?) {
        Some(systems::list::SystemRow::Asset(_) | systems::list::SystemRow::Named(_)) => need_open_case(model),
        Some(systems::list::SystemRow::Indicator(_) | systems::list::SystemRow::Found(_)) | None => {
            need_writable(model)
        }
    }
}

/// A row of People has the cursor.
fn need_selected_person(model: &Model) -> Verdict {
    match people::list::find_selected_row(need_case(model)?) {
        Some(_) => Ok(()),
        None => {
            let (join, add) = (key_for(model, ActionId::Join), key_for(model, ActionId::ContactAdd));
            Err(format!("nobody has joined yet: {join} takes a role, {add} adds a contact"))
        }
    }
}
