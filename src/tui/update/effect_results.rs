//! What became of what was asked for: answers to effects, each by its ticket.

use super::{choose, submit};
use crate::{
    domain::{
        case::steps::Standing,
        event::{ContactNoted, Event},
        finding::{Finding, Verdict},
        id::EntryId,
        person::Person,
        record::Record,
        wording::deadline::clock,
    },
    tui::{
        forms::{blank_form::OnceRecorded, people::join::JoinForm},
        model::{
            Model,
            effect::Effect,
            msg::{NeedsReason, Opened, Preview, Progress, Report, Ticket},
            open_case::{CaseScreen, Checked},
            overlays::Overlay,
            overlays::open_form::{Kind, Sheet, Status},
            recognised_indicators,
        },
        screens::{
            self, Place, evidence,
            evidence::preview::{Look, Shown},
            page::{self, Page},
        },
        view::form,
    },
};

/// A case is open.
pub(crate) fn opened(model: &mut Model, opened: Opened) -> Vec<Effect> {
    model.opening = None;
    model.message = None;
    // A new incident that has become this case is no draft any more; others of no case stay where they are kept.
    let made = model.sheets().any(|sheet| sheet.kind == Kind::Incident && sheet.waits().is_some());
    let mut effects = Vec::new();
    if made {
        effects.push(Effect::KeepDrafts(None, Vec::new()));
    }
    // Where nothing can be recorded, drafts wait for a console that can.
    if opened.read_only.is_none() {
        effects.push(Effect::FindDrafts(Some(opened.case.id.clone())));
    }
    model.kept = Default::default();
    // What was written for another case does not go into this one.
    let unread: Vec<String> = (model.over.iter())
        .filter_map(|over| match over {
            Overlay::Page(page) => page.unread(),
            _ => None,
        })
        .flatten()
        .cloned()
        .collect();
    model.over.clear();
    model.drafts.clear();
    // Whoever opened this case opens the next one too, until someone else takes part.
    if !opened.responder.name.is_empty() {
        model.responder = opened.responder.clone();
    }
    model.jobs.clear();
    let unclear = opened.unclear.clone().filter(|_| opened.read_only.is_none());
    let mut screen = CaseScreen::new(opened);
    screen.contacts.clone_from(&model.contacts);
    let first: Vec<String> = screen.warnings.iter().cloned().chain(unread).collect();
    if !first.is_empty() {
        model.over.push(page::first(first));
    }
    if let Some(why) = &screen.read_only {
        model.say(format!("nothing can be recorded here: {why}"));
    } else if let Some(text) = acts(&screen) {
        model.say(text);
    }
    if let Some(why) = unclear {
        let sheet = Sheet::new(JoinForm::ask(&screen.responder, &screen.responder, &why));
        model.over.insert(0, Overlay::Sheet(Box::new(sheet)));
    }
    model.case = Some(Box::new(screen));
    effects
}

/// Entries that another process wrote. Where that changes who acts here, who acts in this window is asked.
pub(crate) fn entries(model: &mut Model, records: Vec<Record>) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    let own = records.iter().rev().filter(|record| record.id.console == screen.console);
    let turned = own.into_iter().find_map(|record| match &record.event {
        Event::HandoverMade(made) => Some((record.id.clone(), made.to.clone(), None)),
        Event::RecordCorrected(fix) if fix.undoes() => {
            let giver = screen.case.given_back(&screen.console, &fix.entry, &record.by)?;
            Some((record.id.clone(), giver.clone(), Some(fix.entry.clone())))
        }
        _ => None,
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
        let sheet = Sheet::new(JoinForm::ask(&to, &screen.responder, &why));
        // Below what is being written, which keeps the keys.
        model.over.insert(0, Overlay::Sheet(Box::new(sheet)));
        model.say(why);
    }
    Vec::new()
}

/// Who acts, where that is another than who is remembered or somebody else took over.
fn acts(screen: &CaseScreen) -> Option<String> {
    let (turn, name) = (screen.case.turn(&screen.console)?, &screen.responder.name);
    let (to, cite) = (&turn.handover.what.to.name, screen.case.cite(&turn.handover.entry));
    Some(match to == name {
        true => format!("{to} took over here ({cite}) and acts; “take part as” changes that"),
        false => format!("you are {name}; {to} took over here ({cite})"),
    })
}

/// The organisation's contacts.
pub(crate) fn contacts(model: &mut Model, contacts: Vec<ContactNoted>, fault: Option<Report>) -> Vec<Effect> {
    // It is read before anything else, as what is wrong with the settings is.
    model.over.extend(fault.iter().map(|fault| page::first(vec![form::sheet::said(fault)])));
    model.contacts_fault = fault;
    if let Some(screen) = &mut model.case {
        screen.contacts.clone_from(&contacts);
    }
    model.contacts = contacts;
    Vec::new()
}

/// Takes the box that waits for `ticket` off the screen or out of the background.
fn take_waiting(model: &mut Model, ticket: Ticket) -> Option<Sheet> {
    let waits = |sheet: &Sheet| sheet.waits() == Some(ticket);
    if let Some(at) = model.jobs.iter().position(waits) {
        return Some(model.jobs.remove(at));
    }
    let at = model.over.iter().position(|over| over.sheet().is_some_and(waits))?;
    match model.over.remove(at) {
        Overlay::Sheet(sheet) => Some(*sheet),
        other => {
            model.over.insert(at, other);
            None
        }
    }
}

/// The box that waits for `ticket`, wherever it is.
fn waiting(model: &mut Model, ticket: Ticket) -> Option<&mut Sheet> {
    let shown = model.over.iter_mut().filter_map(Overlay::sheet_mut);
    shown.chain(&mut model.jobs).find(|sheet| sheet.waits() == Some(ticket))
}

/// Who acts here once these entries of a form are taken in, and since when; `None` where that does not change.
fn turns(screen: &CaseScreen, once: &OnceRecorded, records: &[Record]) -> Option<(Person, &'static str)> {
    match once {
        OnceRecorded::HandsOver => records.iter().rev().find_map(|record| match &record.event {
            Event::HandoverMade(made) => Some((made.to.clone(), "from now on")),
            _ => None,
        }),
        OnceRecorded::GivesBack(entry) => {
            let giver = screen.case.given_back(&screen.console, entry, &screen.responder)?;
            Some((giver.clone(), "again"))
        }
        OnceRecorded::Nothing | OnceRecorded::PassesOver(_) | OnceRecorded::Joins(_) => None,
    }
}

/// It is on disk.
pub(crate) fn recorded(model: &mut Model, ticket: Ticket, records: Vec<Record>) -> Vec<Effect> {
    let sheet = take_waiting(model, ticket);
    let Some(screen) = &mut model.case else { return Vec::new() };
    let once = sheet.as_ref().map_or(OnceRecorded::Nothing, |sheet| sheet.form.fields.typed().once_recorded());
    if let OnceRecorded::PassesOver(passed) = &once {
        screen.found.retain(|found| !passed.iter().any(|(kind, value)| *kind == found.kind && *value == found.value));
    }
    let ids: Vec<_> = records.iter().map(|record| record.id.clone()).collect();
    let turn = if records.is_empty() { None } else { turns(screen, &once, &records) };
    let joins = if let OnceRecorded::Joins(person) = once { Some(person) } else { None };
    // Who takes part already is not recorded anew, and acts from now on all the same.
    if let Some(person) = joins.as_ref().or(turn.as_ref().map(|(person, _)| person)) {
        screen.responder = person.clone();
        model.responder = person.clone();
    }
    // What is done, left out or blocked is not what to do next.
    let off = |screen: &CaseScreen| {
        screen.point().is_some_and(|point| point.standing.settled() || matches!(point.standing, Standing::Blocked(_)))
    };
    let was_off = off(screen);
    let has_next = screen.next(model.now).map(|point| point.name());
    let aware = screen.case.aware();
    let fresh = screen.take(records);
    // What the top line counts from never jumps without a word.
    let moved = aware.zip(screen.case.aware()).filter(|(before, after)| before != after).zip(model.now);
    let count = screen.found.iter().filter(|found| fresh.contains(&found.entry)).count();
    if (off(screen) && !was_off) || (screen.selected == has_next && screen.selected.is_none()) {
        screen.go_next(model.now);
    }
    // What was just noted here has the cursor: it may have gone to another group.
    if let Some(row) = ids.iter().rev().find_map(|id| screens::made(screen, id)).filter(|_| sheet.is_some()) {
        screen.set_row(row);
    }
    let cites: Vec<String> = ids.iter().map(|id| screen.case.cite(id)).collect();
    let moved = moved.map_or_else(String::new, |((before, after), now)| {
        format!("; aware since {}, no longer {}", clock(after, now), clock(before, now))
    });
    let you = joins.map_or_else(String::new, |person| format!(": you are {}", person.label()));
    if cites.is_empty() && !you.is_empty() {
        model.say(format!("nothing new to record{you}"));
    } else if cites.is_empty() {
        model.say("nothing to record: it is so already");
    } else {
        let acts = turn.map_or_else(String::new, |(person, how)| format!(": {} acts here {how}", person.name));
        model.say(format!("recorded as {}{acts}{you}{moved}{}", cites.join(", "), recognised_indicators::offer(count)));
    }
    Vec::new()
}

/// The domain or the job refused; nothing was recorded.
pub(crate) fn refused(model: &mut Model, ticket: Ticket, report: Report, reason: NeedsReason) -> Vec<Effect> {
    back_to_front(model, ticket);
    if let Some(sheet) = waiting(model, ticket) {
        submit::refuse(sheet, report, reason);
    } else {
        model.alarm(&report);
    }
    Vec::new()
}

/// A box in the background whose work went wrong comes back on top.
fn back_to_front(model: &mut Model, ticket: Ticket) {
    let sent = |sheet: &Sheet| sheet.sent.as_ref().is_some_and(|(sent, _)| *sent == ticket);
    if let Some(at) = model.jobs.iter().position(sent) {
        let sheet = model.jobs.remove(at);
        model.over.push(Overlay::Sheet(Box::new(sheet)));
    }
}

/// The write failed.
pub(crate) fn not_recorded(model: &mut Model, ticket: Ticket, report: Report) -> Vec<Effect> {
    back_to_front(model, ticket);
    if let Some(sheet) = waiting(model, ticket) {
        sheet.status = Status::NotRecorded(report);
    } else {
        let what = format!("NOT RECORDED: {}", report.what);
        model.alarm(&Report { what, ..report });
    }
    Vec::new()
}

/// An entry was read.
pub(crate) fn entry(model: &mut Model, id: &EntryId, record: Option<Record>) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    let found = record.is_some();
    record.into_iter().for_each(|record| screen.keep(record));
    if screen.find(id).is_some() && screen.asked.as_ref() == Some(id) {
        screen.asked = None;
    }
    match screen.correcting.take_if(|wanted| wanted == id) {
        Some(_) if !found => {
            model.say("the case file cannot give this entry: v checks the file");
            Vec::new()
        }
        // Whoever has opened something else since does not get another box over it.
        Some(entry) if model.over.is_empty() => choose::correct_box(model, &entry),
        _ => Vec::new(),
    }
}

/// A job is so far along.
pub(crate) fn progress(model: &mut Model, ticket: Ticket, progress: Progress) -> Vec<Effect> {
    if let Some((check, at)) = &mut model.check
        && *check == ticket
    {
        *at = Some(progress);
    } else if let Some(sheet) = waiting(model, ticket) {
        sheet.status = Status::Working(progress);
    }
    Vec::new()
}

/// A job ended well.
pub(crate) fn done(model: &mut Model, ticket: Ticket, line: String) -> Vec<Effect> {
    if let Some(sheet) = saving(model, ticket) {
        sheet.saving = None;
        sheet.saved = Some(line);
    } else {
        take_waiting(model, ticket);
        model.say(line);
    }
    Vec::new()
}

fn saving(model: &mut Model, ticket: Ticket) -> Option<&mut Sheet> {
    let shown = model.over.iter_mut().filter_map(Overlay::sheet_mut);
    shown.chain(&mut model.drafts).find(|sheet| sheet.saving == Some(ticket))
}

/// The page that waits for the bytes of an item: the item's entry, and what it shows of them.
fn looking(model: &mut Model, ticket: Ticket) -> Option<(EntryId, &mut Look)> {
    model.over.iter_mut().find_map(|over| match over {
        Overlay::Page(Page { of: page::Of::Item(entry, asked, look), .. }) if *asked == ticket => {
            Some((entry.clone(), look))
        }
        _ => None,
    })
}

/// The first bytes of an item are read.
pub(crate) fn preview(model: &mut Model, ticket: Ticket, read: &Preview) -> Vec<Effect> {
    let entry = looking(model, ticket).map(|(entry, _)| entry);
    let case = model.case.as_ref().map(|screen| &screen.case);
    let item = case.zip(entry).and_then(|(case, entry)| evidence::list::item(case, &entry));
    let shown = item.map(|item| Look::Read(Shown::of(read, &item.what)));
    if let Some(((_, look), shown)) = looking(model, ticket).zip(shown) {
        *look = shown;
    }
    Vec::new()
}

/// Something failed, and nothing was recorded by it.
pub(crate) fn failed(model: &mut Model, ticket: Ticket, report: Report) -> Vec<Effect> {
    if model.opening == Some(ticket) {
        model.opening = None;
        let mut texts = vec![report.what];
        texts.extend(report.causes);
        texts.extend(report.hint);
        let of = page::Of::Texts("The case could not be opened".into(), true, texts);
        model.over.push(Overlay::Page(Page::new(of)));
        // The list was not asked for where a case was to be opened at once.
        if model.cases.is_none() {
            return vec![Effect::ListCases, Effect::FindDrafts(None)];
        }
    } else if let Some((_, look)) = looking(model, ticket) {
        *look = Look::Failed(report);
    } else if model.check.as_ref().is_some_and(|(check, _)| *check == ticket) {
        model.check = None;
        model.alarm(&report);
    } else if let Some(sheet) = saving(model, ticket) {
        sheet.saving = None;
        sheet.saved = Some(format!("NOT SAVED: {}", form::sheet::said(&report)));
    } else {
        refused(model, ticket, report, false);
    }
    Vec::new()
}

/// A job was cancelled.
pub(crate) fn cancelled(model: &mut Model, ticket: Ticket) -> Vec<Effect> {
    if model.check.as_ref().is_some_and(|(check, _)| *check == ticket) {
        model.check = None;
        model.say("the check was stopped: it has found nothing so far");
        return Vec::new();
    }
    back_to_front(model, ticket);
    if let Some(sheet) = waiting(model, ticket) {
        sheet.status = Status::Editing;
        sheet.sent = None;
        model.say("cancelled: nothing was recorded");
    }
    Vec::new()
}

/// A check is over.
pub(crate) fn checked(model: &mut Model, findings: &[Finding]) -> Vec<Effect> {
    model.check = None;
    let at = model.now.map(|now| now.at);
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
    if here && model.over.is_empty() {
        model.say(format!("checked: {found}"));
        return Vec::new();
    }
    let title = format!("Checked: {found}");
    let texts = findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
    model.over.push(Overlay::Page(Page::new(page::Of::Texts(title, verdict != Verdict::Intact, texts))));
    Vec::new()
}
