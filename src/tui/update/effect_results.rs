//! What became of what was asked for: answers to effects, each by its ticket.

use super::{choose, submit};
use crate::{
    domain::{
        event::{ContactNoted, Event},
        finding::{Finding, Verdict},
        id::EntryId,
        problem::Problem,
        record::Record,
    },
    tui::{
        forms::people::join::JoinForm,
        keys::place::Place,
        model::{
            Model,
            drafts::Drafts,
            effect::Effect,
            jobs::Jobs,
            msg::{NeedsReason, Opened, Preview},
            open_case::{Checked, OpenCase},
            overlays::{
                Overlay, Overlays,
                evidence_preview::{ItemPreview, Shown},
                open_form::{FormKind, OpenForm, Status},
                page::{Page, PageKind},
            },
            tickets::{Progress, Ticket},
        },
        screens::evidence,
    },
};

/// A case is open.
pub(crate) fn take_opened_case(model: &mut Model, opened: Opened) -> Vec<Effect> {
    model.home.opening = None;
    model.notice = None;
    // A new incident that has become this case is no draft any more; others of no case stay where they are kept.
    let made = model.open_forms().any(|sheet| sheet.kind == FormKind::Incident && sheet.waits().is_some());
    let mut effects = Vec::new();
    if made {
        effects.push(Effect::KeepDrafts(None, Vec::new()));
    }
    // Where nothing can be recorded, drafts wait for a console that can.
    if opened.read_only.is_none() {
        effects.push(Effect::FindDrafts(Some(opened.case.id.clone())));
    }
    model.drafts.kept = Default::default();
    // What was written for another case does not go into this one.
    let unread: Vec<String> = (model.overlays.stack.iter())
        .filter_map(|over| over.page().and_then(Page::unread))
        .flatten()
        .cloned()
        .collect();
    model.overlays.stack.clear();
    model.drafts.shelf.clear();
    // Whoever opened this case opens the next one too, until someone else takes part.
    if !opened.responder.name.is_empty() {
        model.env.responder = opened.responder.clone();
    }
    model.jobs.background.clear();
    let unclear = opened.unclear.clone().filter(|_| opened.read_only.is_none());
    let mut screen = OpenCase::new(opened);
    screen.contacts.clone_from(&model.env.contacts);
    let first: Vec<String> = screen.warnings.iter().cloned().chain(unread).collect();
    if !first.is_empty() {
        model.overlays.stack.push(Overlay::Page(Page::read_first(first)));
    }
    if let Some(why) = &screen.read_only {
        model.say(format!("nothing can be recorded here: {why}"));
    } else if let Some(text) = word_who_acts(&screen) {
        model.say(text);
    }
    if let Some(why) = unclear {
        let sheet = OpenForm::new(JoinForm::ask(&screen.responder, &screen.responder, &why, &model.env.keymap));
        model.overlays.stack.insert(0, Overlay::Form(Box::new(sheet)));
    }
    model.case = Some(Box::new(screen));
    effects
}

/// Entries that another process wrote. Where that changes who acts here, who acts in this window is asked.
pub(crate) fn take_entries(model: &mut Model, records: Vec<Record>) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    let own = records.iter().rev().filter(|record| record.id.console == screen.console);
    let turned = own.into_iter().find_map(|record| {
        if let Event::HandoverMade(made) = &record.event {
            return Some((record.id.clone(), made.to.clone(), None));
        }
        let Event::RecordCorrected(fix) = &record.event else { return None };
        let undone = Some(&fix.entry).filter(|_| fix.undoes())?;
        let giver = screen.case.given_back(&screen.console, undone, &record.by)?;
        Some((record.id.clone(), giver.clone(), Some(undone.clone())))
    });
    let fresh = screen.take(records);
    let asked = turned.filter(|(entry, to, _)| {
        screen.read_only.is_none() && fresh.contains(entry) && to.name != screen.responder.name
    });
    if let Some((entry, to, undone)) = asked {
        let cite = screen.case.cite(&entry);
        let why = match undone {
            None => format!("{} took over here ({cite}) in another window", to.name),
            Some(handover) => {
                let handover = screen.case.cite(&handover);
                format!("{} acts here again: the handover {handover} was undone ({cite}) in another window", to.name)
            }
        };
        let sheet = OpenForm::new(JoinForm::ask(&to, &screen.responder, &why, &model.env.keymap));
        // Below what is being written, which keeps the keys.
        model.overlays.stack.insert(0, Overlay::Form(Box::new(sheet)));
        model.say(why);
    }
    Vec::new()
}

/// Who acts, where that is another than who is remembered or somebody else took over.
fn word_who_acts(screen: &OpenCase) -> Option<String> {
    let (turn, name) = (screen.case.turn(&screen.console)?, &screen.responder.name);
    let (to, cite) = (&turn.handover.what.to.name, screen.case.cite(&turn.handover.entry));
    Some(match to == name {
        true => format!("{to} took over here ({cite}) and acts; “take part as” changes that"),
        false => format!("you are {name}; {to} took over here ({cite})"),
    })
}

/// The organisation's contacts.
pub(crate) fn take_contacts(model: &mut Model, contacts: Vec<ContactNoted>, fault: Option<Problem>) -> Vec<Effect> {
    // It is read before anything else, as what is wrong with the settings is.
    let first = fault.iter().map(|fault| Overlay::Page(Page::read_first(vec![fault.paragraph()])));
    model.overlays.stack.extend(first);
    model.env.contacts_fault = fault;
    if let Some(screen) = &mut model.case {
        screen.contacts.clone_from(&contacts);
    }
    model.env.contacts = contacts;
    Vec::new()
}

/// Takes the form that waits for `ticket` off the screen or out of the background.
pub(super) fn take_waiting(overlays: &mut Overlays, jobs: &mut Jobs, ticket: Ticket) -> Option<OpenForm> {
    let waits = |sheet: &OpenForm| sheet.waits() == Some(ticket);
    if let Some(at) = jobs.background.iter().position(waits) {
        return Some(jobs.background.remove(at));
    }
    let at = overlays.stack.iter().position(|over| over.form_on_top().is_some_and(waits))?;
    match overlays.stack.remove(at) {
        Overlay::Form(sheet) => Some(*sheet),
        other @ (Overlay::List(_) | Overlay::Search(_) | Overlay::Page(_) | Overlay::Ask(_)) => {
            overlays.stack.insert(at, other);
            None
        }
    }
}

/// The form that waits for `ticket`, wherever it is.
fn find_waiting_form<'a>(overlays: &'a mut Overlays, jobs: &'a mut Jobs, ticket: Ticket) -> Option<&'a mut OpenForm> {
    overlays.open_forms_mut().chain(&mut jobs.background).find(|sheet| sheet.waits() == Some(ticket))
}

/// The domain or the job refused; nothing was recorded.
pub(crate) fn take_refusal(model: &mut Model, ticket: Ticket, report: Problem, reason: NeedsReason) -> Vec<Effect> {
    back_to_front(&mut model.overlays, &mut model.jobs, ticket);
    if let Some(sheet) = find_waiting_form(&mut model.overlays, &mut model.jobs, ticket) {
        submit::show_refusal(sheet, report, reason);
    } else {
        model.alarm(&report);
    }
    Vec::new()
}

/// A form in the background whose work went wrong comes back on top.
fn back_to_front(overlays: &mut Overlays, jobs: &mut Jobs, ticket: Ticket) {
    let sent = |sheet: &OpenForm| sheet.sent.as_ref().is_some_and(|(sent, _)| *sent == ticket);
    if let Some(at) = jobs.background.iter().position(sent) {
        let sheet = jobs.background.remove(at);
        overlays.stack.push(Overlay::Form(Box::new(sheet)));
    }
}

/// The write failed.
pub(crate) fn not_recorded(model: &mut Model, ticket: Ticket, report: Problem) -> Vec<Effect> {
    back_to_front(&mut model.overlays, &mut model.jobs, ticket);
    if let Some(sheet) = find_waiting_form(&mut model.overlays, &mut model.jobs, ticket) {
        sheet.status = Status::NotRecorded(report);
    } else {
        let what = format!("NOT RECORDED: {}", report.what);
        model.alarm(&Problem { what, ..report });
    }
    Vec::new()
}

/// An entry was read.
pub(crate) fn take_entry(model: &mut Model, id: &EntryId, record: Option<Record>) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    let found = record.is_some();
    record.into_iter().for_each(|record| screen.keep(record));
    if screen.find(id).is_some() && screen.asked.as_ref() == Some(id) {
        screen.asked = None;
    }
    match screen.correcting.take_if(|wanted| wanted == id) {
        Some(_) if !found => choose::cannot_correct(model),
        // Whoever has opened something else since does not get another form over it.
        Some(entry) if model.overlays.stack.is_empty() => choose::correct_box(model, &entry),
        _ => Vec::new(),
    }
}

/// A job is so far along.
pub(crate) fn take_progress(overlays: &mut Overlays, jobs: &mut Jobs, ticket: Ticket, progress: Progress) {
    if let Some((check, at)) = &mut jobs.check
        && *check == ticket
    {
        *at = Some(progress);
    } else if let Some(sheet) = find_waiting_form(overlays, jobs, ticket) {
        sheet.status = Status::Working(progress);
    }
}

/// A job ended well.
pub(crate) fn take_job_done(model: &mut Model, ticket: Ticket, line: String) -> Vec<Effect> {
    if let Some(sheet) = find_saving_form(&mut model.overlays, &mut model.drafts, ticket) {
        sheet.saving = None;
        sheet.saved = Some(line);
    } else {
        take_waiting(&mut model.overlays, &mut model.jobs, ticket);
        model.say(line);
    }
    Vec::new()
}

fn find_saving_form<'a>(
    overlays: &'a mut Overlays,
    drafts: &'a mut Drafts,
    ticket: Ticket,
) -> Option<&'a mut OpenForm> {
    overlays.open_forms_mut().chain(&mut drafts.shelf).find(|sheet| sheet.saving == Some(ticket))
}

/// The page that waits for the bytes of an item: the item's entry, and what it shows of them.
fn find_waiting_preview(overlays: &mut Overlays, ticket: Ticket) -> Option<(EntryId, &mut ItemPreview)> {
    overlays.stack.iter_mut().find_map(|over| {
        let Overlay::Page(Page { kind: PageKind::Item(entry, asked, preview), .. }) = over else { return None };
        (*asked == ticket).then(|| (entry.clone(), preview))
    })
}

/// The first bytes of an item are read.
pub(crate) fn take_preview(model: &mut Model, ticket: Ticket, read: &Preview) -> Vec<Effect> {
    let entry = find_waiting_preview(&mut model.overlays, ticket).map(|(entry, _)| entry);
    let case = model.case.as_ref().map(|screen| &screen.case);
    let item = case.zip(entry).and_then(|(case, entry)| evidence::list::find_item(case, &entry));
    let shown = item.map(|item| ItemPreview::Read(Shown::of(read, &item.what, model.key_names(Place::Evidence))));
    if let Some(((_, preview), shown)) = find_waiting_preview(&mut model.overlays, ticket).zip(shown) {
        *preview = shown;
    }
    Vec::new()
}

/// Something failed, and nothing was recorded by it.
pub(crate) fn take_failure(model: &mut Model, ticket: Ticket, report: Problem) -> Vec<Effect> {
    if model.home.opening == Some(ticket) {
        model.home.opening = None;
        let texts = report.parts().cloned().collect();
        let of = PageKind::Texts("The case could not be opened".into(), true, texts);
        model.overlays.stack.push(Overlay::Page(Page::new(of)));
        // The list was not asked for where a case was to be opened at once.
        if model.home.cases.is_none() {
            return vec![Effect::ListCases, Effect::FindDrafts(None)];
        }
    } else if let Some((_, preview)) = find_waiting_preview(&mut model.overlays, ticket) {
        *preview = ItemPreview::Failed(report);
    } else if model.jobs.is_check(ticket) {
        model.jobs.check = None;
        model.alarm(&report);
    } else if let Some(sheet) = find_saving_form(&mut model.overlays, &mut model.drafts, ticket) {
        sheet.saving = None;
        sheet.saved = Some(format!("NOT SAVED: {}", report.paragraph()));
    } else {
        take_refusal(model, ticket, report, false);
    }
    Vec::new()
}

/// A job was cancelled.
pub(crate) fn take_cancelled(model: &mut Model, ticket: Ticket) -> Vec<Effect> {
    if model.jobs.is_check(ticket) {
        model.jobs.check = None;
        model.say("the check was stopped: it has found nothing so far");
        return Vec::new();
    }
    back_to_front(&mut model.overlays, &mut model.jobs, ticket);
    if let Some(sheet) = find_waiting_form(&mut model.overlays, &mut model.jobs, ticket) {
        sheet.status = Status::Editing;
        sheet.sent = None;
        model.say("cancelled: nothing was recorded");
    }
    Vec::new()
}

/// A check is over.
pub(crate) fn take_check(model: &mut Model, findings: &[Finding]) -> Vec<Effect> {
    model.jobs.check = None;
    let at = model.env.now.map(|now| now.at);
    let mut here = false;
    if let Some(screen) = &mut model.case {
        screen.checked = Some(Checked { at, records: screen.case.records, findings: findings.to_vec() });
        here = screen.place == Place::Integrity;
    }
    if findings.is_empty() {
        model.say("checked: every entry and every item of evidence is as it was recorded");
        return Vec::new();
    }
    let verdict = Verdict::of(findings);
    let found = match verdict {
        Verdict::Intact => "nothing is damaged",
        Verdict::Unchecked => "no damage was found, but not everything could be checked",
        Verdict::Damaged => "DAMAGE was found",
    };
    // There the findings stay on the page.
    if here && model.overlays.stack.is_empty() {
        model.say(format!("checked: {found}"));
        return Vec::new();
    }
    let title = format!("Checked: {found}");
    let texts = findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
    model.overlays.stack.push(Overlay::Page(Page::new(PageKind::Texts(title, verdict != Verdict::Intact, texts))));
    Vec::new()
}
