//! Changes the model by what happened outside, and says what is to be done there.

mod actions;
mod choose;
mod cursor;
pub(crate) mod drafts;
mod effect_results;
pub(crate) mod mouse;
mod next;
mod open_form;
mod overlays;
mod recorded;
mod scroll;
mod start;
mod submit;
mod tick;

use crate::tui::{
    form::{
        field::{FieldEdit, FormField},
        path_field::PathRow,
        text_field::Field,
    },
    forms::AnyForm,
    keys::{
        action,
        action::{Action, Context, Motion},
        key::{Code, Key},
        place::Place,
        table::ActionId,
    },
    model::{
        Model,
        effect::Effect,
        msg::Msg,
        overlays::{Overlay, Overlays, page::Page},
        tickets::Ticket,
    },
    screens::{find::search_rows, guards, selected_entry},
    update::next::Next,
    view::form::open_form::{area_of_form, width_of_text},
};

/// Takes a message in, changes the model and says what to do. Nothing in here waits, reads a clock or a file.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = take_message(model, msg);
    effects.extend(drafts::keep_drafts(model));
    effects
}

fn take_message(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if let Msg::Tick(now) = msg {
        return tick::take_time(model, now);
    }
    model.redraw.dirty |= changes_screen(model, &msg);
    let mut effects = change_by_message(model, msg);
    scroll::scroll_to_cursor(model);
    effects.extend(ask_for_entries(model));
    effects
}

/// Whether the message can change what is on screen. An entry that only comes to be at hand does not: so a key in the log
/// is drawn once, and not a second time for the answer.
fn changes_screen(model: &Model, msg: &Msg) -> bool {
    let waits = model.case.as_ref().is_some_and(|screen| screen.correcting.is_some());
    !matches!(msg, Msg::Entry(..)) || waits || !model.overlays.stack.is_empty()
}

/// The entry with the cursor, or the one that is read, is asked for where it is not at hand.
fn ask_for_entries(model: &mut Model) -> Vec<Effect> {
    let Some(screen) = &mut model.case else { return Vec::new() };
    let entry = match model.overlays.stack.last() {
        Some(over) => over.page().and_then(Page::entry).cloned(),
        None => selected_entry(screen),
    };
    match entry {
        Some(entry) if screen.find(&entry).is_none() => screen.ask_for(&entry),
        _ => Vec::new(),
    }
}

fn change_by_message(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => on_key(model, key),
        Msg::Mouse(mouse) => {
            let next = mouse::on_mouse(model, mouse);
            go_on(model, next)
        }
        Msg::Paste(text) => on_paste(model, &text),
        Msg::Resize(width, height) => {
            model.env.size = (width, height);
            Vec::new()
        }
        Msg::Tick(_) => Vec::new(),
        Msg::Cases(cases, unreadable) => {
            model.home.cases = Some(cases);
            model.home.step(0);
            model.home.unreadable = unreadable;
            Vec::new()
        }
        Msg::Leftovers(left) => {
            model.home.leftovers = left;
            Vec::new()
        }
        Msg::Playbooks(playbooks) => {
            model.env.playbooks = playbooks;
            // A draft that was found before they came would offer none for good.
            for sheet in model.overlays.open_forms_mut().chain(&mut model.drafts.shelf) {
                if let AnyForm::Incident(form) = &mut sheet.form.fields {
                    form.refill(&model.env.playbooks);
                }
            }
            Vec::new()
        }
        Msg::Contacts(contacts, fault) => effect_results::take_contacts(model, contacts, fault),
        Msg::Opened(opened) => effect_results::take_opened_case(model, *opened),
        Msg::Recorded(ticket, records) => recorded::take_recorded(model, ticket, records),
        Msg::Entries(records) => effect_results::take_entries(model, records),
        Msg::Entry(id, record) => effect_results::take_entry(model, &id, record.map(|record| *record)),
        Msg::Refused(ticket, report, reason) => effect_results::take_refusal(model, ticket, report, reason),
        Msg::NotRecorded(ticket, report) => effect_results::not_recorded(model, ticket, report),
        Msg::Progress(ticket, progress) => {
            effect_results::take_progress(&mut model.overlays, &mut model.jobs, ticket, progress);
            Vec::new()
        }
        Msg::Done(ticket, line) => effect_results::take_job_done(model, ticket, line),
        Msg::Failed(ticket, report) => effect_results::take_failure(model, ticket, report),
        Msg::Cancelled(ticket) => effect_results::take_cancelled(model, ticket),
        Msg::Paths(ticket, rows) => {
            on_paths(&mut model.overlays, ticket, rows);
            Vec::new()
        }
        Msg::Drafts(whose, drafts) => drafts::take_found(model, whose, drafts),
        Msg::Kept(kept) => {
            model.drafts.unkept = kept.err();
            Vec::new()
        }
        Msg::Preview(ticket, read) => effect_results::take_preview(model, ticket, &read),
        Msg::Checked(findings) => effect_results::take_check(model, &findings),
    }
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    // A key that opened a form and is still held does not write into it.
    match model.input.held {
        Some(held) if key.repeat && held.code == key.code => return Vec::new(),
        _ => model.input.held = None,
    }
    let context = model.context();
    // Someone who types on while the form is out of sight means letters, not keys.
    if context == Context::Small && model.form_on_top().is_some() && key.letter() {
        return Vec::new();
    }
    if context != Context::Small {
        model.notice = None;
    }
    let before = model.overlays.stack.len();
    let effects = match model.env.keymap.lookup(context, key) {
        Some(action) if key.repeat && action.records => Vec::new(),
        Some(action) => perform_action(model, action),
        None => type_key(model, context, key),
    };
    if model.overlays.stack.len() > before {
        model.input.held = Some(key);
    }
    effects
}

/// Does what an action stands for, or says why it cannot be done.
pub(crate) fn perform_action(model: &mut Model, action: &'static Action) -> Vec<Effect> {
    if let Err(why) = guards::check_guard(action.guard, model) {
        model.say(why);
        return Vec::new();
    }
    let next = actions::do_action(model, action.does);
    go_on(model, next)
}

/// Performs the action that was chosen, where one was: that of its name in the place where keys go now.
fn go_on(model: &mut Model, next: Next) -> Vec<Effect> {
    match next {
        Next::Effects(effects) => effects,
        Next::Perform(id) => {
            let context = model.context();
            let found = action::list_actions(context).find(|action| action.id == id);
            found.map(|action| perform_action(model, action)).unwrap_or_default()
        }
    }
}

fn type_key(model: &mut Model, context: Context, key: Key) -> Vec<Effect> {
    let (now, cells) = (model.env.now, width_of_text(area_of_form(model, model.env.size)));
    match model.overlays.stack.last_mut() {
        Some(Overlay::Form(sheet)) if context == Context::Form => {
            sheet.key(key, cells);
            now.into_iter().for_each(|now| sheet.form.pin(now));
            ask_for_paths(model)
        }
        Some(Overlay::List(_) | Overlay::Search(_)) => type_in_search(model, key),
        Some(Overlay::Form(_) | Overlay::Page(_) | Overlay::Ask(_)) | None => match key.pressed() {
            _ if context == Context::Filter => type_in_search(model, key),
            Some(pressed) => on_key(model, pressed),
            None => explain_key(model, context, key),
        },
    }
}

/// A key in something that narrows as one types.
fn type_in_search(model: &mut Model, key: Key) -> Vec<Effect> {
    let moves = match key.code {
        Code::Up => Some(Motion::Up),
        Code::Down => Some(Motion::Down),
        Code::PageUp => Some(Motion::PageUp),
        Code::PageDown => Some(Motion::PageDown),
        Code::Char(_)
        | Code::Enter
        | Code::Esc
        | Code::Tab
        | Code::BackTab
        | Code::Backspace
        | Code::Delete
        | Code::Left
        | Code::Right
        | Code::Home
        | Code::End
        | Code::F(_) => None,
    };
    match moves {
        Some(motion) => {
            scroll::move_cursor(model, motion);
            Vec::new()
        }
        None => {
            let changed = narrow_search(model, |field| {
                field.key(key);
                Ok(())
            });
            if let Err(why) = changed {
                model.say(why);
            }
            Vec::new()
        }
    }
}

/// Bytes of what is looked for: longer than any name or sentence, and short enough to be looked for at each key.
const NARROWED: usize = 500;

/// Changes what was typed to narrow something, and searches again where that is another text now. What would be too long
/// stays as it was.
fn narrow_search(model: &mut Model, change: impl FnOnce(&mut Field) -> Result<(), String>) -> Result<(), String> {
    let within = |field: &mut Field| {
        let before = field.clone();
        let changed = change(field).and_then(|()| match field.text().len() {
            0..=NARROWED => Ok(()),
            _ => Err(format!("that is too long to look for: {NARROWED} bytes are taken")),
        });
        if changed.is_err() {
            *field = before;
        }
        changed
    };
    match model.overlays.stack.pop() {
        Some(Overlay::List(mut list)) => {
            let changed = within(&mut list.field);
            list.at = 0;
            list.sure = None;
            model.overlays.stack.push(Overlay::List(list));
            changed
        }
        Some(Overlay::Search(mut search)) => {
            let before = search.field.text();
            let changed = within(&mut search.field);
            let typed = search.field.text();
            if typed != before {
                let found = search_rows::look_up(search.kind, &typed, search.found.matches.as_ref(), model);
                search.show(found);
            }
            model.overlays.stack.push(Overlay::Search(search));
            changed
        }
        Some(other) => {
            model.overlays.stack.push(other);
            Ok(())
        }
        None => match &mut model.case {
            Some(screen) => {
                let before = screen.log.field.text();
                let changed = within(&mut screen.log.field);
                if screen.log.field.text() != before {
                    screen.log.refresh(&screen.index);
                }
                changed
            }
            None => Ok(()),
        },
    }
}

/// A key that does nothing here is answered with what would work.
fn explain_key(model: &mut Model, context: Context, key: Key) -> Vec<Effect> {
    // A window that is too small says what it needs already.
    if context == Context::Small {
        return Vec::new();
    }
    let (way, written) = (|id| model.env.keymap.key_text(context, id), key.written());
    if let (Code::Esc, Context::At(_) | Context::Home) = (key.code, context) {
        let (way, goes) = if context == Context::Home {
            (way(ActionId::Quit), "leaves the program")
        } else {
            (way(ActionId::Back), "goes to the cases")
        };
        model.say(format!("there is nothing to go back from: {way} {goes}"));
        return Vec::new();
    }
    let here = |place: &Place| matches!(context, Context::At(here) if here != *place);
    let elsewhere = Place::ALL.into_iter().filter(here);
    let found = elsewhere
        .filter_map(|place| model.env.keymap.lookup(Context::At(place), key).map(|action| (place, action)))
        .next();
    let does = [
        (way(ActionId::Help), "shows the keys of this place"),
        (way(ActionId::Palette), "all that can be done"),
        (way(ActionId::Back), "goes back"),
    ];
    let does: Vec<String> = does
        .into_iter()
        .filter(|(way, _)| !way.is_empty())
        .take(2)
        .map(|(way, does)| format!("{way} {does}"))
        .collect();
    model.say(match found {
        Some((place, action)) => format!("{written} does nothing here; in {} it is: {}", place.name(), action.name),
        None if does.is_empty() => format!("{written} does nothing here"),
        None => format!("{written} does nothing here: {}", does.join(", ")),
    });
    Vec::new()
}

fn on_paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let context = model.context();
    let result = match context {
        Context::List | Context::Filter => narrow_search(model, |field| field.paste(text)),
        Context::Form => match model.form_on_top_mut() {
            Some(sheet) => sheet.paste(text),
            None => Err(nothing_pasted(model)),
        },
        Context::Home
        | Context::At(_)
        | Context::Busy
        | Context::NotRecorded
        | Context::Page
        | Context::Ask
        | Context::Small => Err(nothing_pasted(model)),
    };
    if let Err(why) = result {
        model.say(why);
    }
    ask_for_paths(model)
}

/// Why a paste went nowhere, and where it could go.
fn nothing_pasted(model: &Model) -> String {
    match &model.case {
        Some(screen) => {
            format!(
                "nothing was pasted: open a box first, such as {} for a note",
                model.key_names(screen.place).key(ActionId::Note)
            )
        }
        None => "nothing was pasted: open a box first".into(),
    }
}

/// Asks what the path that is being typed could become, once for each text.
fn ask_for_paths(model: &mut Model) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let Some(sheet) = model.form_on_top_mut() else { return Vec::new() };
    let Some(FieldEdit::Path(path)) = sheet.form.focused().map(FormField::edit) else { return Vec::new() };
    let text = path.field.text();
    if path.asked.as_ref().is_some_and(|(_, asked)| *asked == text) {
        return Vec::new();
    }
    path.asked = Some((ticket, text.clone()));
    vec![Effect::CompletePath(ticket, text)]
}

fn on_paths(overlays: &mut Overlays, ticket: Ticket, rows: Vec<PathRow>) {
    for sheet in overlays.open_forms_mut() {
        for field in sheet.form.views_mut() {
            if let FieldEdit::Path(path) = field.edit()
                && path.asked.as_ref().is_some_and(|(asked, _)| *asked == ticket)
            {
                path.rows = rows;
                return;
            }
        }
    }
}
