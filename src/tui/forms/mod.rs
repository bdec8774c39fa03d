//! The boxes in which things are written down: one file for what each asks and what it sends.

pub(crate) mod case {
    pub(crate) mod amend;
    pub(crate) mod attach;
    pub(crate) mod close_reopen;
    pub(crate) mod export;
    pub(crate) mod hand_over;
    pub(crate) mod new_case;
    pub(crate) mod note;
}

pub(crate) mod duty {
    pub(crate) mod clock;
    pub(crate) mod compare;
}

pub(crate) mod entry {
    pub(crate) mod correct;
    pub(crate) mod countersign;
    pub(crate) mod mark;
}

pub(crate) mod people {
    pub(crate) mod first_start;
    pub(crate) mod join;
}

pub(crate) mod step {
    pub(crate) mod approve;
    pub(crate) mod command_report;
    pub(crate) mod decide;
    pub(crate) mod done;
    pub(crate) mod notify;
    pub(crate) mod questions;
}

pub(crate) mod subject {
    pub(crate) mod asset;
    pub(crate) mod contact;
    pub(crate) mod evidence;
    pub(crate) mod impact;
    pub(crate) mod indicator;
}

use crate::{
    domain::{asset::AssetKind, case::steps::Standpoint, playbook::StepRef},
    tui::{
        form::Fault,
        model::{
            Model,
            overlays::open_form::{Kind, Send, Sheet, World},
        },
    },
};

/// The box of a kind as it opens now; `None` where what it is about is not there.
pub(crate) fn open(kind: &Kind, model: &Model) -> Option<Sheet> {
    if *kind == Kind::Incident {
        return Some(case::new_case::open(&model.playbooks, &model.responder));
    }
    let screen = model.case.as_deref()?;
    let (case, who) = (&screen.case, &screen.responder);
    let point = |step: &StepRef| -> Option<Standpoint<'_>> { case.standpoint(step) };
    match kind {
        Kind::Incident | Kind::Who => None,
        Kind::Done(step) => Some(step::done::done(&point(step)?, &model.keymap)),
        Kind::Skip(step) | Kind::Block(step) | Kind::Reopen(step) => {
            Some(step::done::because(kind.clone(), &point(step)?))
        }
        Kind::Start(step) => Some(step::done::start(&point(step)?)),
        Kind::Decide(Some(step)) => step::decide::step(&point(step)?, who),
        Kind::Decide(None) => Some(step::decide::free(who)),
        Kind::Note => Some(case::note::open()),
        Kind::Notify(Some(step)) => step::notify::step(case, &point(step)?, who),
        Kind::Notify(None) => Some(step::notify::free(case)),
        Kind::Evidence(step) => Some(subject::evidence::open(case, step.as_ref().and_then(point).as_ref())),
        Kind::Correct(entry, hash) => Some(entry::correct::of(case, entry, *hash, entry::mark::says(screen, entry))),
        Kind::FollowUp(entry, ..) => entry::mark::follow_up(screen, entry),
        Kind::Undo(entry, _) => entry::mark::undo(screen, entry),
        Kind::Countersign(entry, _) => Some(entry::countersign::open(case, case.decision(entry)?)),
        Kind::Impact => Some(subject::impact::open(case)),
        Kind::NewAsset(name) => Some(subject::asset::new(name, AssetKind::System)),
        Kind::Asset(kind, name) => subject::asset::again(case, *kind, name),
        Kind::Indicators => Some(subject::indicator::open(screen)),
        Kind::Indicator(kind, value) => subject::indicator::again(case, *kind, value, &model.keymap),
        Kind::Contact(name) => Some(subject::contact::open(&subject::contact::nobody(name))),
        Kind::ClockStart(duty) => Some(duty::clock::open_start(case, case.duty(duty)?, model.now)),
        Kind::ClockMeet(duty) => Some(duty::clock::open_meet(case.duty(duty)?)),
        Kind::ClockWaive(duty) => Some(duty::clock::open_waive(case.duty(duty)?)),
        Kind::Export => Some(case::export::open()),
        Kind::Amend => Some(case::amend::open(case)),
        Kind::Severity => Some(case::amend::open_severity(case)),
        Kind::Close => Some(case::close_reopen::open_close(case)),
        Kind::ReopenCase => Some(case::close_reopen::open_reopen()),
        Kind::Join => Some(people::join::open(who)),
        Kind::HandOver => Some(case::hand_over::open(case, who)),
        Kind::Compare => Some(duty::compare::open(case, &model.keymap)),
        Kind::Attach(id) => Some(case::attach::open(case, model.playbooks.iter().find(|book| book.id == *id)?)),
        Kind::Answer(name) => step::questions::open(case, name),
        Kind::Approve(step) => step::approve::step(&point(step)?),
        Kind::Report(step) => step::command_report::step(&point(step)?),
    }
}

/// What a box sends as its form stands. Required fields are filled in by then.
pub(crate) fn build(sheet: &Sheet, world: World<'_>) -> Result<Send, Fault> {
    let form = &sheet.form;
    match &sheet.kind {
        Kind::Incident => case::new_case::send(form, world),
        Kind::Done(step) | Kind::Skip(step) | Kind::Block(step) | Kind::Reopen(step) | Kind::Start(step) => {
            step::done::send(&sheet.kind, step, form, world)
        }
        Kind::Decide(step) => step::decide::send(step.as_ref(), form, world),
        Kind::Who => people::first_start::send(form),
        Kind::Note => case::note::send(form, world),
        Kind::Notify(step) => step::notify::send(step.as_ref(), form, world),
        Kind::Evidence(_) => Ok(subject::evidence::send(form)),
        Kind::Correct(entry, hash) => Ok(entry::correct::send(entry, *hash, form)),
        Kind::Countersign(entry, hash) => entry::countersign::send(entry, *hash, form, world),
        Kind::ClockStart(duty) => duty::clock::start(duty, form, world),
        Kind::ClockMeet(duty) => duty::clock::meet(duty, form, world),
        Kind::ClockWaive(duty) => Ok(duty::clock::waive(duty, form)),
        Kind::Export => Ok(case::export::send(form)),
        Kind::Amend => Ok(case::amend::send(form, world)),
        Kind::Severity => case::amend::severity(form),
        Kind::Impact => subject::impact::send(form, world),
        Kind::NewAsset(_) => subject::asset::send(None, form, world),
        Kind::Asset(kind, name) => subject::asset::send(Some((*kind, name)), form, world),
        Kind::Indicators => subject::indicator::send(form),
        Kind::Indicator(kind, value) => Ok(subject::indicator::send_change(*kind, value, form)),
        Kind::Contact(_) => Ok(subject::contact::send(form, world)),
        Kind::FollowUp(entry, hash, on) => Ok(entry::mark::send_follow_up(entry, *hash, *on, form)),
        Kind::Undo(entry, hash) => Ok(entry::mark::send_undo(entry, *hash, form)),
        Kind::Close | Kind::ReopenCase => Ok(case::close_reopen::send(&sheet.kind, form)),
        Kind::Join => Ok(people::join::send(form)),
        Kind::HandOver => case::hand_over::send(form, world, sheet.begun),
        Kind::Compare => duty::compare::send(form, world),
        Kind::Attach(book) => case::attach::send(book, form),
        Kind::Answer(question) => step::questions::send(question, form, world),
        Kind::Approve(step) => step::approve::send(step, form, world),
        Kind::Report(step) => step::command_report::send(step, form, world),
    }
}
