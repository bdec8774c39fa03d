//! Does what an action stands for.

use super::{
    choose::{choose_row, correct_entry, follow_up, keep_filter, start_find, throw_away},
    cursor,
    next::Next,
    open_form,
    overlays::{open_list, open_page, open_search},
    scroll, submit,
};
use crate::{
    domain::text::safe_lines,
    tui::{
        keys::{action::Does, place::Place},
        model::{
            Model,
            effect::Effect,
            jobs::Jobs,
            open_case::OpenCase,
            overlays::{
                Leave, Overlay,
                evidence_preview::ItemPreview,
                open_form::{OpenForm, Status},
                page::PageKind,
                picker::ListKind,
                search::SearchKind,
            },
            tickets::Tickets,
        },
        screens::{clipboard, clocks, evidence::list as evidence_place, people, selected_entry, systems},
        update::drafts,
    },
};

/// The most bytes that are copied: terminals pass over what is much longer.
const COPIED: usize = 70_000;

/// Does it; the guard has agreed.
pub(crate) fn do_action(model: &mut Model, does: Does) -> Next {
    let effects = match does {
        Does::Choose => return choose_row(model),
        Does::Open(name) => open_form::open_form(model, name),
        Does::Go(place) => go_to_place(model, place),
        Does::TurnPlace(by) => match model.case.as_ref().map(|screen| screen.place.step(by)) {
            Some(place) => go_to_place(model, place),
            None => Vec::new(),
        },
        Does::Move(motion) => change_model(model, |model| scroll::move_cursor(model, motion)),
        Does::ReadOn => change_model(model, |model| {
            cursor::read_on(model.case.as_deref_mut(), &model.env.keymap, model.env.size, true)
        }),
        Does::ReadBack => change_model(model, |model| {
            cursor::read_on(model.case.as_deref_mut(), &model.env.keymap, model.env.size, false)
        }),
        Does::OpenCase => open_case(model),
        Does::Refresh => vec![Effect::ListCases],
        Does::Tidy => vec![Effect::Tidy, Effect::ListCases],
        Does::GoToNext => go_to_step(model, false),
        Does::GoToDue => go_to_step(model, true),
        Does::Find => change_model(model, start_find),
        Does::Correct => correct_entry(model),
        Does::FollowUp => follow_up(model),
        Does::ListPlaybooks => {
            // Files may have been put into the folder since: the list is read again while it is shown.
            open_list(model, ListKind::Playbooks);
            vec![Effect::ListPlaybooks]
        }
        Does::ListDrafts => change_model(model, |model| open_list(model, ListKind::Drafts)),
        Does::ListQuestions => change_model(model, |model| open_list(model, ListKind::Questions)),
        Does::ListFilters => change_model(model, |model| open_list(model, ListKind::Filters)),
        Does::ListActions => change_model(model, |model| open_search(model, SearchKind::Palette(model.context()))),
        Does::TurnOrder => change_case(model, |screen| screen.log.turn(&screen.index)),
        Does::KeepFilter => keep_filter(model),
        Does::ClearFilter => change_case(model, |screen| screen.log.clear(&screen.index)),
        Does::ReadEntry => read_entry(model),
        Does::ReadRow => read_row(model),
        Does::ReadWhy => read_why(model),
        Does::ReadDuty => read_duty(model),
        Does::ReadHelp => change_model(model, |model| open_page(model, PageKind::Help(model.context()))),
        Does::Copy => clipboard::find_copyable_text(model).map(|text| model.copy(&text)).unwrap_or_default(),
        Does::TurnTheme => change_model(model, turn_theme),
        Does::Check => start_check(&mut model.jobs, &mut model.tickets),
        Does::StopJob => stop_job(&model.jobs),
        Does::Record => submit::record_form(model),
        Does::Retry => submit::retry_form(model),
        Does::SaveElsewhere => submit::save_elsewhere(model),
        Does::ToDraft => change_model(model, |model| {
            model.form_on_top_mut().into_iter().for_each(|sheet| sheet.status = Status::Editing);
        }),
        Does::ToBackground => change_model(model, |model| {
            if let Some(Overlay::Form(sheet)) = model.overlays.stack.pop() {
                model.jobs.background.push(*sheet);
            }
        }),
        Does::Cancel => model.form_on_top().and_then(OpenForm::waits).into_iter().map(Effect::Cancel).collect(),
        Does::ThrowAway => throw_away(model),
        Does::Back => go_back(model),
        Does::Quit => ask_to_leave(model, Leave::Program),
        Does::Leave => {
            let asked = model.overlays.stack.pop();
            if let Some(Overlay::Ask(leave)) = asked { leave_now(model, leave) } else { Vec::new() }
        }
        Does::Stay => change_model(model, |model| _ = model.overlays.stack.pop()),
    };
    Next::Effects(effects)
}

/// Changes the model, and asks for nothing.
fn change_model(model: &mut Model, change: impl FnOnce(&mut Model)) -> Vec<Effect> {
    change(model);
    Vec::new()
}

/// Changes the open case's screen, and asks for nothing.
fn change_case(model: &mut Model, change: impl FnOnce(&mut OpenCase)) -> Vec<Effect> {
    if let Some(screen) = &mut model.case {
        change(screen);
    }
    Vec::new()
}

/// Goes to a place; Now begins with what is next.
fn go_to_place(model: &mut Model, place: Place) -> Vec<Effect> {
    let now = model.env.now;
    change_case(model, |screen| {
        screen.place = place;
        if place == Place::Now {
            screen.go_next(now);
        }
    })
}

/// Goes to the step to be done next, or to the one that is due first or after the selected one.
fn go_to_step(model: &mut Model, due: bool) -> Vec<Effect> {
    let now = model.env.now;
    change_case(model, |screen| {
        if !screen.place.has_step() {
            screen.place = Place::Now;
        }
        if !due {
            screen.go_next(now);
        } else if let Some(step) = screen.due(screen.selected.as_ref()) {
            screen.select(step);
        }
    })
}

fn turn_theme(model: &mut Model) {
    model.env.theme.look = model.env.theme.look.next();
    model.say(format!("theme: {}", model.env.theme.look.name()));
}

fn start_check(jobs: &mut Jobs, tickets: &mut Tickets) -> Vec<Effect> {
    let ticket = tickets.next();
    jobs.check = Some((ticket, None));
    vec![Effect::Check(ticket)]
}

/// Stops the latest job in the background, else the check.
fn stop_job(jobs: &Jobs) -> Vec<Effect> {
    jobs.latest().into_iter().map(Effect::Cancel).collect()
}

/// Asks for the case with the cursor.
fn open_case(model: &mut Model) -> Vec<Effect> {
    let case = model.home.cases.as_ref().and_then(|cases| cases.get(model.home.cursor)).map(|case| case.id.clone());
    let Some(case) = case else { return Vec::new() };
    model.say(format!("opening {}…", case.short()));
    vec![model.open_case(case)]
}

/// Shows the entry with the cursor whole, in the manner of its place.
fn read_entry(model: &mut Model) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let Some(screen) = &model.case else { return Vec::new() };
    let Some(entry) = selected_entry(screen) else { return Vec::new() };
    let (of, effect) = match screen.place {
        Place::Evidence => match evidence_place::find_item(&screen.case, &entry) {
            Some(item) if item.what.copied => {
                (PageKind::Item(entry, ticket, ItemPreview::Reading), Some(Effect::Preview(ticket, item.what.sha256)))
            }
            _ => (PageKind::Item(entry, ticket, ItemPreview::Elsewhere), None),
        },
        Place::Decisions => (PageKind::Made(entry), None),
        Place::Now
        | Place::Playbook
        | Place::Log
        | Place::Systems
        | Place::Clocks
        | Place::People
        | Place::Handover
        | Place::Integrity => (PageKind::Entry(entry), None),
    };
    open_page(model, of);
    effect.into_iter().collect()
}

/// Shows the row with the cursor in full.
fn read_row(model: &mut Model) -> Vec<Effect> {
    let Some(screen) = model.case.as_deref() else { return Vec::new() };
    let whole = match screen.place {
        Place::People => people::list::detail_of_selected(model, screen),
        Place::Systems => systems::list::detail_of_selected_system(model, screen),
        Place::Now
        | Place::Playbook
        | Place::Log
        | Place::Evidence
        | Place::Decisions
        | Place::Clocks
        | Place::Handover
        | Place::Integrity => None,
    };
    let said = |(name, text, _): (&'static str, String, ratatui::style::Style)| (name, text);
    if let Some(whole) = whole {
        let rows = whole.rows.into_iter().filter(|(_, text, _)| !text.trim().is_empty()).map(said).collect();
        open_page(model, PageKind::Rows(whole.heading, rows));
    }
    Vec::new()
}

/// Shows the selected duty in full.
fn read_duty(model: &mut Model) -> Vec<Effect> {
    let duty = model.case.as_ref().and_then(|screen| clocks::find_selected_duty(screen)).map(|duty| duty.id.clone());
    duty.into_iter().for_each(|duty| open_page(model, PageKind::Duty(duty)));
    Vec::new()
}

/// Why the step with the cursor stands as it does.
fn read_why(model: &mut Model) -> Vec<Effect> {
    let Some(screen) = &model.case else { return Vec::new() };
    let (Some(point), Some(now)) = (screen.point(), model.env.now) else { return Vec::new() };
    let is_next = screen.next(model.env.now).is_some_and(|next| next.name() == point.name());
    let stands = if is_next { "next" } else { point.status.word() };
    let title = format!("Why “{}” is {stands}", point.title());
    let explained = screen.case.explain(&point, now.at);
    open_page(model, PageKind::Texts(title, false, explained));
    Vec::new()
}

fn go_back(model: &mut Model) -> Vec<Effect> {
    match model.overlays.stack.last() {
        Some(Overlay::Form(_)) => {
            model.put_away();
            Vec::new()
        }
        Some(_) => {
            model.overlays.stack.pop();
            Vec::new()
        }
        None => match &model.case {
            Some(screen) if screen.place == Place::Log && !screen.log.field.is_empty() => {
                change_case(model, |screen| screen.log.clear(&screen.index))
            }
            // What goes on here is stopped first.
            Some(screen) if screen.place == Place::Integrity && model.jobs.check.is_some() => {
                model.jobs.check.iter().map(|(check, _)| Effect::Cancel(*check)).collect()
            }
            Some(screen) if screen.place != Place::Now => go_to_place(model, Place::Now),
            _ => ask_to_leave(model, Leave::Case),
        },
    }
}

fn ask_to_leave(model: &mut Model, leave: Leave) -> Vec<Effect> {
    if model.unsaved() == 0 {
        return leave_now(model, leave);
    }
    if !matches!(model.overlays.stack.last(), Some(Overlay::Ask(_))) {
        model.overlays.stack.push(Overlay::Ask(leave));
    }
    Vec::new()
}

fn leave_now(model: &mut Model, leave: Leave) -> Vec<Effect> {
    let running = model.jobs.background.iter().chain(model.open_forms()).filter_map(OpenForm::job);
    let jobs: Vec<Effect> =
        running.chain(model.jobs.check.iter().map(|(check, _)| *check)).map(Effect::Cancel).collect();
    // What is typed stays outside; the next opening of this case offers it.
    let kept = drafts::keep_last_drafts(model);
    let left = match leave {
        Leave::Program => vec![Effect::Quit],
        Leave::Case => {
            model.drafts.kept = Default::default();
            model.case = None;
            model.jobs.check = None;
            model.overlays.stack.clear();
            model.drafts.shelf.clear();
            model.jobs.background.clear();
            vec![Effect::LeaveCase, Effect::ListCases, Effect::FindDrafts(None)]
        }
    };
    jobs.into_iter().chain(kept).chain(left).collect()
}

impl Model {
    /// Puts a text on the clipboard, or says why it cannot.
    pub(crate) fn copy(&mut self, text: &str) -> Vec<Effect> {
        let text = safe_lines(text.trim_end()).into_owned();
        if text.len() > COPIED {
            self.say(format!(
                "not copied: {} kB are more than the {} that terminals take",
                text.len() / 1000,
                COPIED / 1000
            ));
            return Vec::new();
        }
        self.say("copied, where the terminal allows it");
        vec![Effect::Copy(text)]
    }
}
