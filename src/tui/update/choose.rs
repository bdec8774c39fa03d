//! Looks for something, and goes to what was chosen, or does it.

use super::{
    next::Next,
    open_form::open_kind,
    overlays::{open_page, open_search},
};
use crate::{
    domain::{id::EntryId, wording::number::one_or_counted},
    tui::{
        forms,
        forms::{
            case::attach,
            entry::{correct::CorrectForm, mark::FollowUpForm},
        },
        keys::{action::Context, place::Place, table::ActionId},
        model::{
            Model,
            effect::Effect,
            open_case::OpenCase,
            overlays::{Overlay, open_form::FormKind, page::PageKind, search::SearchKind, target::Target},
        },
        screens::{
            find::{picker_rows, search_rows},
            log, selected_entry,
        },
    },
};

/// Looks for words: in the log by its filter, elsewhere in the whole case.
pub(crate) fn start_find(model: &mut Model) {
    match &mut model.case {
        Some(screen) if screen.place == Place::Log => screen.log.typing = true,
        _ => open_search(model, SearchKind::Case),
    }
}

/// Goes on with what the filter of the log lets through, or goes to the entry that it cites.
pub(crate) fn keep_filter(model: &mut Model) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    match log::find_cited_entry(screen) {
        Some(entry) => {
            screen.log.clear(&screen.index);
            screen.go_to(&entry);
        }
        None => screen.log.keep(&screen.index),
    }
    Vec::new()
}

/// The form for a playbook; where it is another version of one in use, with what changes on top of it.
fn attach_box(model: &mut Model, id: &str) -> Vec<Effect> {
    let Some(case) = model.case() else { return Vec::new() };
    let Some(book) = model.env.playbooks.iter().find(|book| book.id == *id) else { return Vec::new() };
    let blank = forms::open(&FormKind::Attach(id.to_owned()), &model.form_context());
    let changes = attach::list_version_changes(case, book, &model.env.keymap);
    blank.into_iter().for_each(|blank| model.open(blank));
    changes.into_iter().for_each(|(title, texts)| open_page(model, PageKind::Texts(title, false, texts)));
    Vec::new()
}

/// The form that marks the selected entry for follow-up, or the list of entries.
pub(crate) fn follow_up(model: &mut Model) -> Vec<Effect> {
    match model.case.as_ref().and_then(|screen| selected_entry(screen)) {
        Some(entry) => mark_box(model, &entry),
        None => {
            open_search(model, SearchKind::FollowUp);
            Vec::new()
        }
    }
}

fn mark_box(model: &mut Model, entry: &EntryId) -> Vec<Effect> {
    let blank = FollowUpForm::open_for(&model.form_context(), entry);
    blank.into_iter().for_each(|blank| model.open(blank));
    Vec::new()
}

/// The form that corrects the entry with the cursor, or the list of entries.
pub(crate) fn correct_entry(model: &mut Model) -> Vec<Effect> {
    match model.case.as_ref().and_then(|screen| selected_entry(screen)) {
        Some(entry) => correct_box(model, &entry),
        None => {
            open_search(model, SearchKind::Wrong);
            Vec::new()
        }
    }
}

/// The form that corrects an entry; where that is far back it is read first.
pub(crate) fn correct_box(model: &mut Model, entry: &EntryId) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    if let Err(why) = screen.case.correctable(entry) {
        model.say(format!("{why}: {}", why.hint()));
        return Vec::new();
    }
    match screen.find(entry) {
        Some(record) => {
            let blank = CorrectForm::open_for(&screen.case, record);
            model.open(blank);
            Vec::new()
        }
        None => {
            screen.correcting = Some(entry.clone());
            screen.ask_for(entry)
        }
    }
}

/// Takes the row with the cursor.
pub(crate) fn choose_row(model: &mut Model) -> Next {
    let target = match model.overlays.stack.last() {
        Some(Overlay::List(list)) => {
            picker_rows::list_matching_rows(list, model).into_iter().nth(list.at).map(|row| Ok(row.target))
        }
        Some(Overlay::Search(search)) => search_rows::find_target(search, model),
        Some(Overlay::Form(_) | Overlay::Page(_) | Overlay::Ask(_)) | None => None,
    };
    match target {
        None => Vec::new().into(),
        Some(Err(why)) => {
            model.say(why);
            Vec::new().into()
        }
        Some(Ok(target)) => {
            model.overlays.stack.pop();
            reach_target(model, target)
        }
    }
}

/// Asks whether the draft with the cursor is to go; the second time in a row it goes.
pub(crate) fn throw_away(model: &mut Model) -> Vec<Effect> {
    let list = model.overlays.stack.last().and_then(Overlay::list);
    let place = list.and_then(|list| picker_rows::find_selected_draft(list, model));
    let Some(place) = place.filter(|place| *place < model.drafts.shelf.len()) else { return Vec::new() };
    let key = model.env.keymap.key_text(Context::List, ActionId::ThrowAway);
    let Some(Overlay::List(list)) = model.overlays.stack.last_mut() else { return Vec::new() };
    if list.sure.replace(place) != Some(place) {
        model.say(format!("{key} again throws this draft away for good; another key keeps it"));
        return Vec::new();
    }
    list.sure = None;
    list.at = list.at.saturating_sub(1);
    model.drafts.shelf.remove(place);
    if model.drafts.shelf.is_empty() {
        model.overlays.stack.pop();
    }
    model.say("the draft is thrown away");
    Vec::new()
}

/// Goes to what was chosen, or does it.
fn reach_target(model: &mut Model, target: Target) -> Next {
    let effects = match target {
        Target::Action(id) => return Next::Perform(id),
        Target::Step(step) => change_case(model, |screen| {
            if !screen.place.has_step() {
                screen.place = Place::Playbook;
            }
            screen.select(step);
        }),
        Target::Draft(place) => {
            if place < model.drafts.shelf.len() {
                let mut sheet = model.drafts.shelf.remove(place);
                sheet.form.propose_times(model.env.now);
                model.overlays.stack.push(Overlay::Form(Box::new(sheet)));
            }
            Vec::new()
        }
        Target::Playbook(id) => attach_box(model, &id),
        Target::Question(name) => open_kind(model, &FormKind::Answer(name)),
        Target::Mark(entry) => mark_box(model, &entry),
        Target::Entry(entry) => correct_box(model, &entry),
        Target::GoTo(entry) => change_case(model, |screen| screen.go_to(&entry)),
        Target::Word(word) => change_case(model, |screen| screen.log.toggle(&word, &screen.index)),
    };
    Next::Effects(effects)
}

/// Changes the open case's screen, and asks for nothing.
fn change_case(model: &mut Model, change: impl FnOnce(&mut OpenCase)) -> Vec<Effect> {
    if let Some(screen) = &mut model.case {
        change(screen);
    }
    Vec::new()
}

/// The key of an action in the place that is shown.
fn key_here(model: &Model, id: ActionId) -> String {
    model.key_names(model.case.as_ref().map_or(Place::Now, |screen| screen.place)).key(id)
}

/// The entry that was to be corrected cannot be read.
pub(crate) fn cannot_correct(model: &mut Model) -> Vec<Effect> {
    let key = key_here(model, ActionId::Check);
    model.say(format!("the case file cannot give this entry: {key} checks the file"));
    Vec::new()
}

/// `; 2 indicators in it: I takes them in`, or nothing.
pub(crate) fn offer_indicators(model: &Model, count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    let key = key_here(model, ActionId::Indicator);
    let (one, many) =
        (format!("an indicator in it: {key} takes it in"), format!("indicators in it: {key} takes them in"));
    format!("; {}", one_or_counted(count, &one, &many))
}
