//! The boxes in which things are written down: one file for what each asks and what it sends.

pub(crate) mod act;
pub(crate) mod amend;
pub(crate) mod approve;
pub(crate) mod asset;
pub(crate) mod attach;
pub(crate) mod clock;
pub(crate) mod compare;
pub(crate) mod contact;
pub(crate) mod correct;
pub(crate) mod countersign;
pub(crate) mod decide;
pub(crate) mod evidence;
pub(crate) mod export;
pub(crate) mod hand_over;
pub(crate) mod impact;
pub(crate) mod indicator;
pub(crate) mod join;
pub(crate) mod mark;
pub(crate) mod note;
pub(crate) mod notify;
pub(crate) mod over;
pub(crate) mod questions;
pub(crate) mod report;
pub(crate) mod who;

use crate::{
    console::{
        form::Fault,
        incident,
        model::Model,
        sheet::{Kind, Send, Sheet, World},
    },
    domain::{asset::AssetKind, case::steps::Standpoint, playbook::StepRef},
};

/// The box of a kind as it opens now; `None` where what it is about is not there.
pub(crate) fn open(kind: &Kind, model: &Model) -> Option<Sheet> {
    if *kind == Kind::Incident {
        return Some(incident::open(&model.playbooks, &model.responder));
    }
    let screen = model.case.as_deref()?;
    let (case, who) = (&screen.case, &screen.responder);
    let point = |step: &StepRef| -> Option<Standpoint<'_>> { case.standpoint(step) };
    match kind {
        Kind::Incident | Kind::Who => None,
        Kind::Done(step) => Some(act::done(&point(step)?)),
        Kind::Skip(step) | Kind::Block(step) | Kind::Reopen(step) => Some(act::because(kind.clone(), &point(step)?)),
        Kind::Start(step) => Some(act::start(&point(step)?)),
        Kind::Decide(Some(step)) => decide::step(&point(step)?, who),
        Kind::Decide(None) => Some(decide::free(who)),
        Kind::Note => Some(note::open()),
        Kind::Notify(Some(step)) => notify::step(case, &point(step)?, who),
        Kind::Notify(None) => Some(notify::free(case)),
        Kind::Evidence(step) => Some(evidence::open(case, step.as_ref().and_then(point).as_ref())),
        Kind::Correct(entry, hash) => Some(correct::of(case, entry, *hash, mark::says(screen, entry))),
        Kind::FollowUp(entry, ..) => mark::follow_up(screen, entry),
        Kind::Undo(entry, _) => mark::undo(screen, entry),
        Kind::Countersign(entry, _) => Some(countersign::open(case, case.decision(entry)?)),
        Kind::Impact => Some(impact::open(case)),
        Kind::NewAsset(name) => Some(asset::new(name, AssetKind::System)),
        Kind::Asset(kind, name) => asset::again(case, *kind, name),
        Kind::Indicators => Some(indicator::open(screen)),
        Kind::Indicator(kind, value) => indicator::again(case, *kind, value),
        Kind::Contact(name) => Some(contact::open(&contact::nobody(name))),
        Kind::ClockStart(duty) => Some(clock::open_start(case, case.duty(duty)?, model.now)),
        Kind::ClockMeet(duty) => Some(clock::open_meet(case.duty(duty)?)),
        Kind::ClockWaive(duty) => Some(clock::open_waive(case.duty(duty)?)),
        Kind::Export => Some(export::open()),
        Kind::Amend => Some(amend::open(case)),
        Kind::Severity => Some(amend::open_severity(case)),
        Kind::Close => Some(over::open_close(case)),
        Kind::ReopenCase => Some(over::open_reopen()),
        Kind::Join => Some(join::open(who)),
        Kind::HandOver => Some(hand_over::open(case, who)),
        Kind::Compare => Some(compare::open(case)),
        Kind::Attach(id) => Some(attach::open(case, model.playbooks.iter().find(|book| book.id == *id)?)),
        Kind::Answer(name) => questions::open(case, name),
        Kind::Approve(step) => approve::step(&point(step)?),
        Kind::Report(step) => report::step(&point(step)?),
    }
}

/// What a box sends as its form stands. Required fields are filled in by then.
pub(crate) fn build(sheet: &Sheet, world: World<'_>) -> Result<Send, Fault> {
    let form = &sheet.form;
    match &sheet.kind {
        Kind::Incident => incident::send(form, world),
        Kind::Done(step) | Kind::Skip(step) | Kind::Block(step) | Kind::Reopen(step) | Kind::Start(step) => {
            act::send(&sheet.kind, step, form, world)
        }
        Kind::Decide(step) => decide::send(step.as_ref(), form, world),
        Kind::Who => who::send(form),
        Kind::Note => note::send(form, world),
        Kind::Notify(step) => notify::send(step.as_ref(), form, world),
        Kind::Evidence(_) => Ok(evidence::send(form)),
        Kind::Correct(entry, hash) => Ok(correct::send(entry, *hash, form)),
        Kind::Countersign(entry, hash) => countersign::send(entry, *hash, form, world),
        Kind::ClockStart(duty) => clock::start(duty, form, world),
        Kind::ClockMeet(duty) => clock::meet(duty, form, world),
        Kind::ClockWaive(duty) => Ok(clock::waive(duty, form)),
        Kind::Export => Ok(export::send(form)),
        Kind::Amend => Ok(amend::send(form, world)),
        Kind::Severity => amend::severity(form),
        Kind::Impact => impact::send(form, world),
        Kind::NewAsset(_) => asset::send(None, form, world),
        Kind::Asset(kind, name) => asset::send(Some((*kind, name)), form, world),
        Kind::Indicators => indicator::send(form),
        Kind::Indicator(kind, value) => Ok(indicator::send_change(*kind, value, form)),
        Kind::Contact(_) => Ok(contact::send(form, world)),
        Kind::FollowUp(entry, hash, on) => Ok(mark::send_follow_up(entry, *hash, *on, form)),
        Kind::Undo(entry, hash) => Ok(mark::send_undo(entry, *hash, form)),
        Kind::Close | Kind::ReopenCase => Ok(over::send(&sheet.kind, form)),
        Kind::Join => Ok(join::send(form)),
        Kind::HandOver => hand_over::send(form, world, sheet.begun),
        Kind::Compare => compare::send(form, world),
        Kind::Attach(book) => attach::send(book, form),
        Kind::Answer(question) => questions::send(question, form, world),
        Kind::Approve(step) => approve::send(step, form, world),
        Kind::Report(step) => report::send(step, form, world),
    }
}
