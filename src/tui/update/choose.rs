//! Looks for something, and goes to what was chosen, or does it.

use super::{
    actions::{opens, shows, with_case},
    perform,
};
use crate::{
    domain::id::EntryId,
    tui::{
        forms::{
            self,
            case::attach,
            entry::{correct::CorrectForm, mark::FollowUpForm},
        },
        keys::action::{self, Context, Id},
        model::{
            Model,
            effect::Effect,
            overlays::{Overlay, open_form::Kind},
        },
        screens::{
            Place,
            find::{
                picker::Target,
                search::{self, Search},
            },
            log,
            page::{self, Page},
        },
    },
};

/// Looks for words: in the log by its filter, elsewhere in the whole case.
pub(crate) fn find(model: &mut Model) {
    match &mut model.case {
        Some(screen) if screen.place == Place::Log => screen.log.typing = true,
        _ => open_search(model, search::Of::Case),
    }
}

/// Opens a search on top.
pub(crate) fn open_search(model: &mut Model, of: search::Of) {
    let search = Search::new(of, model);
    model.over.push(Overlay::Search(Box::new(search)));
}

/// Goes on with what the filter of the log lets through, or goes to the entry that it cites.
pub(crate) fn keep_filter(model: &mut Model) -> Vec<Effect> {
    with_case(model, |screen| match log::cited(screen) {
        Some(entry) => {
            screen.log.clear(&screen.index);
            screen.go_to(&entry);
        }
        None => screen.log.keep(&screen.index),
    })
}

/// The box for a playbook; where it is another version of one in use, with what changes on top of it.
fn attach_box(model: &mut Model, id: &str) -> Vec<Effect> {
    let Some(case) = model.case() else { return Vec::new() };
    let Some(book) = model.playbooks.iter().find(|book| book.id == *id) else { return Vec::new() };
    let (blank, changes) =
        (forms::open(&Kind::Attach(id.to_owned()), &model.form_context()), attach::changes(case, book));
    let page = changes.map(|(title, texts)| Overlay::Page(Page::new(page::Of::Texts(title, false, texts))));
    let effects = opens(model, blank);
    model.over.extend(page);
    effects
}

/// The box that marks an entry to be looked at again.
pub(crate) fn mark_box(model: &mut Model, entry: &EntryId) -> Vec<Effect> {
    let sheet = FollowUpForm::open_for(&model.form_context(), entry);
    opens(model, sheet)
}

/// The box that corrects the entry with the cursor, or the list of entries.
pub(crate) fn correct_entry(model: &mut Model) -> Vec<Effect> {
    match model.case.as_ref().and_then(|screen| screen.entry()) {
        Some(entry) => correct_box(model, &entry),
        None => shows(model, |model| open_search(model, search::Of::Wrong)),
    }
}

/// The box that corrects an entry; where that is far back it is read first.
pub(crate) fn correct_box(model: &mut Model, entry: &EntryId) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    if let Err(why) = screen.case.correctable(entry) {
        return shows(model, |model| model.say(format!("{why}: {}", why.hint())));
    }
    match screen.find(entry) {
        Some(record) => {
            let sheet = CorrectForm::open_for(&screen.case, record);
            shows(model, |model| model.open(sheet))
        }
        None => {
            screen.correcting = Some(entry.clone());
            screen.ask_for(entry)
        }
    }
}

/// Takes the row with the cursor.
pub(crate) fn choose(model: &mut Model) -> Vec<Effect> {
    let target = match model.over.last() {
        Some(Overlay::List(list)) => list.rows(model).into_iter().nth(list.at).map(|row| Ok(row.target)),
        Some(Overlay::Search(search)) => search.target(model),
        _ => None,
    };
    match target {
        None => Vec::new(),
        Some(Err(why)) => shows(model, |model| model.say(why)),
        Some(Ok(target)) => {
            model.over.pop();
            reach(model, target)
        }
    }
}

/// Asks whether the draft with the cursor is to go; the second time in a row it goes.
pub(crate) fn throw_away(model: &mut Model) -> Vec<Effect> {
    let place = match model.over.last() {
        Some(Overlay::List(list)) => list.draft(model),
        _ => None,
    };
    let Some(place) = place.filter(|place| *place < model.drafts.len()) else { return Vec::new() };
    let key = model.keymap.way(Context::List, Id::ThrowAway);
    let Some(Overlay::List(list)) = model.over.last_mut() else { return Vec::new() };
    if list.sure.replace(place) != Some(place) {
        model.say(format!("{key} again throws this draft away for good; another key keeps it"));
        return Vec::new();
    }
    list.sure = None;
    list.at = list.at.saturating_sub(1);
    model.drafts.remove(place);
    if model.drafts.is_empty() {
        model.over.pop();
    }
    model.say("the draft is thrown away");
    Vec::new()
}

/// Goes to what was chosen, or does it.
fn reach(model: &mut Model, target: Target) -> Vec<Effect> {
    match target {
        Target::Action(id) => {
            let context = model.context();
            let found = action::here(context).find(|action| action.id == id);
            found.map(|action| perform(model, action)).unwrap_or_default()
        }
        Target::Step(step) => with_case(model, |screen| {
            if !screen.place.has_step() {
                screen.place = Place::Playbook;
            }
            screen.select(step);
        }),
        Target::Draft(place) => {
            if place < model.drafts.len() {
                let sheet = model.drafts.remove(place);
                model.over.push(Overlay::Sheet(Box::new(sheet)));
            }
            Vec::new()
        }
        Target::Playbook(id) => attach_box(model, &id),
        Target::Question(name) => {
            let sheet = forms::open(&Kind::Answer(name), &model.form_context());
            opens(model, sheet)
        }
        Target::Mark(entry) => mark_box(model, &entry),
        Target::Entry(entry) => correct_box(model, &entry),
        Target::GoTo(entry) => with_case(model, |screen| screen.go_to(&entry)),
        Target::Word(word) => with_case(model, |screen| screen.log.toggle(&word, &screen.index)),
    }
}
