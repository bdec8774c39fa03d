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

use super::{
    form::Fault,
    incident,
    sheet::{Kind, Send, Sheet, World},
};

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
        Kind::Evidence(step) => Ok(evidence::send(step.as_ref(), form)),
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
