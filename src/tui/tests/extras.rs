//! The bell, copying, the first start, and times that are counted back.

use crate::{
    domain::{
        decide::{Command, JoinCase},
        person::Person,
        time::Now,
    },
    tui::{
        Model, Settings,
        model::{effect::Effect, msg::Msg},
        testing::{Desk, at, patel, step_ref},
        update,
    },
};

fn rings(desk: &mut Desk, time: &str) -> usize {
    let now = Now::fixed(at(time), 60);
    update(&mut desk.model, Msg::Tick(now)).iter().filter(|effect| **effect == Effect::Bell).count()
}

fn ringing() -> Desk {
    let mut desk = Desk::typical();
    desk.model.redraw.bell = Some(Default::default());
    desk
}

#[test]
fn it_rings_once_when_a_deadline_is_near_and_once_when_it_passes() {
    let mut desk = ringing();
    // At 02:41:07 the call to the CSOC is due at 02:44, steps at 02:45 and 02:49, and one at 03:00.
    assert_eq!(rings(&mut desk, "02:41:07"), 0, "what is near when the case is opened does not ring");
    assert_eq!(rings(&mut desk, "02:43:59"), 0);
    assert_eq!(rings(&mut desk, "02:44:00"), 1, "but it rings when it passes");
    assert_eq!(rings(&mut desk, "02:44:01"), 0, "once");
    assert_eq!(rings(&mut desk, "02:49:59"), 1, "the steps of 02:45 and 02:49 passed in one moment: one ring");
    assert_eq!(rings(&mut desk, "02:50:01"), 1, "the backups are due in ten minutes");
    assert_eq!(rings(&mut desk, "02:49:00"), 0, "a clock that is set back does not ring again");
    assert_eq!(rings(&mut desk, "02:50:01"), 0);
    assert_eq!(rings(&mut desk, "03:00:01"), 1);
    assert_eq!(rings(&mut desk, "03:30:00"), 0);
}

#[test]
fn nothing_rings_where_the_bell_is_off_or_no_case_is_open_or_it_is_over() {
    let mut desk = Desk::typical();
    assert!(desk.model.redraw.bell.is_none());
    assert_eq!((rings(&mut desk, "02:41:07"), rings(&mut desk, "04:00:00")), (0, 0));
    let mut desk = Desk::new();
    desk.model.redraw.bell = Some(Default::default());
    assert_eq!((rings(&mut desk, "02:41:07"), rings(&mut desk, "04:00:00")), (0, 0));
    let mut desk = Desk::new();
    desk.wrote("02:00:00", Command::Join(JoinCase { responder: patel() }));
    assert_eq!(rings(&mut desk, "04:00:00"), 0);
}

#[test]
fn what_has_the_cursor_is_copied_whole_and_safe() {
    let mut desk = Desk::typical();
    let copied = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::Copy(text), ..] => text.clone(),
        other => panic!("{other:?}"),
    };
    let step = copied(desk.press("y"));
    assert!(step.contains("Block it at the core switch. Leave machines powered: memory is evidence."), "{step}");
    let entry = copied(desk.press("3<up>y"));
    assert!(entry.contains("Recorded") && entry.contains("\"type\":"), "{entry}");
    let page = copied(desk.press("?y"));
    assert!(page.contains("Keys of this place") && !page.contains('\u{1b}'), "{page}");
    assert!(desk.frame(80, 23).contains("copied, where the terminal allows it"));
    assert_eq!(desk.model.copy("a\u{1b}[2J\nb\n"), [Effect::Copy("a␛[2J\nb".into())]);
    assert_eq!(desk.model.copy(&"x".repeat(70_001)), []);
    assert!(desk.frame(80, 23).contains("not copied: 70 kB"), "{}", desk.frame(80, 23));
}

/// A console that nobody has told yet who works here.
pub(super) fn first() -> Desk {
    let mut desk = Desk::new();
    let settings = Settings { asks_name: true, ..Settings::default() };
    desk.model = Model::new(Person::named("root"), "~/incidents".into(), settings);
    update(&mut desk.model, Msg::Resize(80, 23));
    update(&mut desk.model, Msg::Tick(desk.now));
    desk.model.init();
    desk
}

#[test]
fn the_first_start_asks_once_who_works_here() {
    let mut desk = first();
    assert!(desk.model.asks_who());
    assert!(desk.frame(80, 23).contains("Esc goes on as “root”"), "{}", desk.frame(80, 23));
    desk.press("<ctrl-s>");
    assert!(desk.model.asks_who() && desk.frame(80, 23).contains("is empty"), "the name is needed");
    desk.press("A. Osei<tab>lead<tab>Northfield<tab>rx-1<ctrl-s>");
    assert!(desk.frame(80, 23).contains("letters and digits only"), "{}", desk.frame(80, 23));
    let osei = Person { name: "A. Osei".into(), role: "lead".into(), organisation: "Northfield (ODS RX1)".into() };
    assert!(desk.press("<ctrl-u>rx1<ctrl-s>").contains(&Effect::KeepResponder(osei.clone())));
    assert_eq!((desk.model.asks_who(), desk.model.responder()), (false, &osei));
}

#[test]
fn esc_goes_on_with_the_accounts_name_and_says_so() {
    let mut desk = first();
    let effects = desk.press("half a name<esc>");
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::KeepResponder(_))), "{effects:?}");
    assert!(!desk.model.asks_who() && desk.model.unsaved() == 0);
    assert!(desk.frame(80, 23).contains("you go on as root, the account's name"), "{}", desk.frame(80, 23));
}

#[test]
fn what_is_blocked_is_not_what_to_do_next() {
    let mut desk = Desk::typical();
    let here = |desk: &Desk| desk.model.case.as_ref().unwrap().selected.clone();
    assert_eq!(here(&desk), Some(step_ref("isolate")));
    let effects = desk.press("bno switch engineer before 05:00<ctrl-s>");
    desk.answer(effects);
    assert_eq!(here(&desk), Some(step_ref("backups")), "{}", desk.frame(80, 23));
}

#[test]
fn a_time_counted_back_stays_where_it_was_when_the_cursor_leaves_it() {
    let mut desk = Desk::typical();
    desk.press("nfirst seen<tab>-20m<backtab>");
    update(&mut desk.model, Msg::Tick(Now::fixed(at("02:55:00"), 60)));
    let effects = desk.press("<ctrl-s>");
    let commit = effects.iter().find_map(|effect| match effect {
        Effect::Commit(_, commit) => Some(commit),
        _ => None,
    });
    assert_eq!(commit.unwrap().occurred, Some(at("02:21:07")));
}
