//! Every place and every kind of overlay: empty, typical and overfull, at three sizes; and how the themes differ.

use super::{
    frame::{cells, draw, hold, sizes, styles},
    many, night,
};
use crate::{
    domain::{
        decide::{Command, JoinCase, OpenCase},
        marking::{Severity, Tlp},
        playbook::StepRef,
        problem::Problem,
    },
    tui::{
        Look, Model,
        keys::{
            action::{Action, Context},
            key::{Code, Key},
            place::Place,
            table::ACTIONS,
        },
        model::{effect::Effect, msg::Msg, overlays::Overlay, tickets::Progress},
        screens::guards,
        testing::{Desk, patel, playbook, playbooks, rows},
        update,
        update::perform_action,
    },
};

/// A case that was opened just now, with a playbook or with none.
pub(super) fn empty(led: bool) -> Model {
    let mut desk = Desk::new();
    let (title, severity, tlp) = ("Wards cannot log in".into(), Severity::Low, Tlp::Clear);
    desk.wrote("02:41:00", Command::Open(OpenCase { title, severity, tlp, exercise: false }));
    desk.wrote("02:41:00", Command::Join(JoinCase { responder: patel() }));
    if led {
        desk.wrote("02:41:01", many::attach(playbook(), "(…)", Vec::new()));
    }
    desk.open();
    desk.model
}

/// How full a case can be.
fn fullnesses() -> [(&'static str, Vec<(&'static str, Model)>); 3] {
    [
        ("empty", vec![("no playbook", empty(false)), ("nothing done", empty(true))]),
        ("typical", vec![("typical", Desk::typical().model)]),
        ("overfull", vec![("overfull", night::overfull())]),
    ]
}

/// The name as that of a file.
fn file(name: &str) -> String {
    name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

#[test]
fn every_place_at_every_fullness() {
    for (_, models) in fullnesses() {
        for place in Place::ALL {
            for (_, mut model) in models.clone() {
                model.case.as_mut().unwrap().place = place;
                hold(&mut model);
                for key in [Code::End, Code::Up, Code::PageUp] {
                    update(&mut model, Msg::Key(Key::plain(key)));
                    hold(&mut model);
                }
            }
        }
    }
}

#[test]
fn each_place_of_a_typical_case() {
    for place in Place::ALL {
        let mut model = Desk::typical().model;
        model.case.as_mut().unwrap().place = place;
        insta::assert_snapshot!(format!("screen_{}", file(place.word())), sizes(place.name(), &mut model));
    }
}

#[test]
fn rows_of_a_night_of_everything() {
    let mut desk = night::desk(4);
    for (place, key) in [(Place::Now, "1"), (Place::Playbook, "2"), (Place::Log, "3"), (Place::Clocks, "7")] {
        desk.press(key);
        insta::assert_snapshot!(format!("night_{}", file(place.word())), desk.list_lines(80));
    }
}

#[test]
fn the_list_of_cases_at_every_fullness() {
    let mut desk = Desk::new();
    hold(&mut desk.model);
    insta::assert_snapshot!("home_reading", desk.list_lines(80));
    update(&mut desk.model, Msg::Cases(Vec::new(), Vec::new()));
    hold(&mut desk.model);
    insta::assert_snapshot!("home_empty", desk.list_lines(80));
    update(&mut desk.model, rows());
    hold(&mut desk.model);
    insta::assert_snapshot!("screen_home", sizes("Cases", &mut desk.model));
    let Msg::Cases(few, unreadable) = rows() else { panic!() };
    let long = night::desk(1).model.case().unwrap().title.clone();
    let all = (0..60).map(|n| {
        let mut case = few[n % few.len()].clone();
        case.title = format!("{n} {long}");
        case.opened = case.opened.plus_minutes(-(n as i64) * 997);
        case.deadline = case.deadline.map(|(at, what)| (at.plus_minutes(n as i64 * 7), format!("{what} {long}")));
        case
    });
    let broken = (0..12).map(|_| unreadable[0].clone());
    update(&mut desk.model, Msg::Cases(all.collect(), broken.collect()));
    desk.model.home.cursor = 31;
    hold(&mut desk.model);
    let whole = sizes("overfull", &mut desk.model);
    assert!(whole.contains("16 d 15:29 h CSOC") && whole.contains("15 d 6:15 h "), "how long a case is open is whole");
    insta::assert_snapshot!("home_overfull", desk.list_lines(80));
}

/// The places in which an action is tried: all of them where it has only a few, else the first.
pub(super) fn places(action: &Action) -> Vec<Option<Place>> {
    let own = |place: &Place| action.contexts.contains(&Context::At(*place));
    let at: Vec<Option<Place>> = Place::ALL.into_iter().filter(own).map(Some).collect();
    let few = match at.len() {
        // A step is the same in both places that have one.
        2 if at[0].is_some_and(Place::has_step) => 1,
        0..6 => at.len(),
        _ => 1,
    };
    let home = action.contexts.contains(&Context::Home).then_some(None);
    at.into_iter().take(few).chain(home).collect()
}

/// The model with the action done, at the first row or step where it can be, if that lays something over the screen.
pub(super) fn opened(base: &Model, action: &'static Action, place: Option<Place>, skip: usize) -> Option<Model> {
    let mut model = base.clone();
    let Some(place) = place else {
        model.case = None;
        perform_action(&mut model, action);
        return (!model.overlays.stack.is_empty()).then_some(model);
    };
    let steps: Vec<StepRef> = base.case().unwrap().steps().map(|point| point.name()).collect();
    let cursors = if place.has_step() { steps.len() } else { 40 };
    for cursor in skip..cursors.max(1) {
        let screen = model.case.as_mut().unwrap();
        screen.place = place;
        if place.has_step() {
            steps.get(cursor).into_iter().for_each(|step| screen.select(step.clone()));
        } else {
            screen.set_row(cursor);
        }
        if guards::check_guard(action.guard, &model).is_ok() {
            perform_action(&mut model, action);
            return (!model.overlays.stack.is_empty()).then_some(model);
        }
    }
    None
}

/// What comes up when the first row of a list can be chosen.
pub(super) fn chosen(model: &Model) -> Option<Model> {
    let Some(Overlay::List(_)) = model.overlays.stack.last() else { return None };
    let mut model = model.clone();
    for _ in 0..20 {
        update(&mut model, Msg::Key(Key::plain(Code::Enter)));
        match model.overlays.stack.last() {
            Some(Overlay::List(_)) => update(&mut model, Msg::Key(Key::plain(Code::Down))),
            Some(_) => return Some(model),
            None => return None,
        };
    }
    None
}

#[test]
fn every_box_list_and_page_that_an_action_opens() {
    let mut bases =
        vec![("nothing done", empty(true)), ("typical", Desk::typical().model), ("overfull", night::overfull())];
    for (_, base) in &mut bases {
        update(base, rows());
        update(base, playbooks());
    }
    let mut names: Vec<String> = Vec::new();
    for action in ACTIONS {
        for place in places(action) {
            let name = match place {
                Some(place) => format!("{} in {}", action.name, place.word()),
                None => format!("{} in cases", action.name),
            };
            for (fullness, base) in &bases {
                let Some(mut model) = opened(base, action, place, 0) else { continue };
                hold(&mut model);
                if let Some(mut model) = chosen(&model) {
                    hold(&mut model);
                }
                if *fullness == "typical" && !names.contains(&name) {
                    names.push(name.clone());
                    // What a form says is held form by form, in `forms`; what is found in a case, in `frames` and `log`.
                    let elsewhere = match model.overlays.stack.last() {
                        Some(Overlay::Form(_)) => true,
                        Some(Overlay::Search(_)) => place.is_some(),
                        _ => ["help in now", "open entry in log"].contains(&&*name),
                    };
                    if !elsewhere {
                        let mut desk = Desk { model, ..Desk::new() };
                        insta::assert_snapshot!(format!("over_{}", file(&name)), desk.overlay_lines(80));
                    }
                }
            }
        }
    }
    for known in ["note in now", "help in now", "all actions in cases", "open entry in log", "duty is met in clocks"] {
        assert!(names.iter().any(|name| name == known), "{known} is not among {names:?}");
    }
}

#[test]
fn what_an_answer_from_outside_lays_over_the_screen() {
    let mut all = String::new();
    for (name, base) in [("typical", Desk::typical().model), ("overfull", night::overfull())] {
        let open = |keys: &str| {
            let mut desk = Desk { model: base.clone(), ..Desk::new() };
            let effects = desk.press(keys);
            (desk, effects)
        };
        let long = if name == "typical" { "" } else { night::LONG };
        let said = |text: &str| format!("{text} {long}").trim_end().to_owned();
        let report = Problem {
            what: said("The disk is full"),
            causes: vec![said("could not write case.sqlite3"); 3],
            hint: Some(said("free some space, or save the text elsewhere")),
        };
        let mut told = |what: &str, desk: &mut Desk, said: fn(&mut Desk) -> String| {
            hold(&mut desk.model);
            all.push_str(&format!("== {what}, {name}\n{}\n", said(desk)));
        };
        let foot = |desk: &mut Desk| desk.form_foot(80);
        let (mut desk, effects) = open("nWard 5 can take two<ctrl-s>");
        let Some(Effect::Commit(ticket, _)) = effects.last() else { panic!("{effects:?}") };
        told("recording", &mut desk, foot);
        let mut refused = Desk { model: desk.model.clone(), ..Desk::new() };
        update(&mut refused.model, Msg::Refused(*ticket, report.clone(), true));
        told("refused", &mut refused, foot);
        update(&mut desk.model, Msg::NotRecorded(*ticket, report.clone()));
        told("not recorded", &mut desk, |desk| desk.window_lines(80));
        let (mut desk, effects) = open("e/tmp/disk.img<ctrl-s>");
        let job = effects.iter().find_map(|effect| match effect {
            Effect::TakeEvidence(ticket, _) => Some(*ticket),
            _ => None,
        });
        let progress =
            Progress { what: "hashing disk.img".into(), done: 312_400_000, total: 1_400_000_000, rate: 9_000_000 };
        update(&mut desk.model, Msg::Progress(job.unwrap(), progress));
        told("a job", &mut desk, foot);
        desk.press("<enter>");
        told("a job behind", &mut desk, Desk::notice);
        desk.press("nhalf a note<esc>1q");
        told("leaving", &mut desk, |desk| desk.window_lines(80));
        let (mut desk, _) = open("");
        update(&mut desk.model, Msg::Failed(0, report));
        told("failed", &mut desk, |desk| desk.overlay_lines(80));
    }
    insta::assert_snapshot!("answers", all);
}

/// The styles under a look of what is shown.
fn pin_look(name: &str, look: Look, model: &mut Model) -> String {
    model.env.theme.look = look;
    format!("======== {name}: {}", styles(&draw(model, (80, 23))))
}

#[test]
fn the_styles_of_each_look() {
    let mut home = Desk::new();
    update(&mut home.model, rows());
    let mut form = Desk::typical();
    let effects = form.press("dWe go on<ctrl-s>");
    assert!(effects.is_empty(), "the reasons are missing");
    let mut list = Desk::typical();
    list.press(":re");
    for each in Look::ALL {
        let mut all = String::new();
        // Which meaning stands where is the same in all of them.
        let places = Place::ALL.into_iter().filter(|place| each == Look::Default || *place == Place::Playbook);
        for place in places {
            let mut model = Desk::typical().model;
            model.case.as_mut().unwrap().place = place;
            all.push_str(&pin_look(place.name(), each, &mut model));
        }
        for (name, desk) in [("cases", &mut home), ("a box", &mut form), ("a list", &mut list)] {
            all.push_str(&pin_look(name, each, &mut desk.model));
        }
        insta::assert_snapshot!(format!("look_{}", file(each.name())), all);
    }
}

#[test]
fn colours_are_only_where_the_theme_has_them() {
    use ratatui::style::{Color, Modifier};
    let night = night::desk(4).model;
    for place in Place::ALL {
        let mut model = night.clone();
        model.case.as_mut().unwrap().place = place;
        for look in Look::ALL {
            model.env.theme.look = look;
            let frame = draw(&mut model, (120, 40));
            for cell in cells(&frame) {
                match look {
                    Look::Default => assert!(cell.bg != Color::Reset || cell.fg != Color::Yellow, "{place:?} {cell:?}"),
                    Look::HighContrast => {
                        let grey = [Color::Reset, Color::Gray, Color::DarkGray];
                        assert!(!grey.contains(&cell.fg) && !grey.contains(&cell.bg), "{place:?} {cell:?}");
                        assert!(!cell.modifier.contains(Modifier::DIM), "{place:?} {cell:?}");
                    }
                    Look::Monochrome => {
                        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{place:?}");
                        assert!(!cell.modifier.contains(Modifier::DIM), "{place:?} {cell:?}");
                    }
                }
            }
        }
    }
}
