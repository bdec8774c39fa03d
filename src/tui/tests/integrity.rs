//! Integrity: the seal, the chain, a check and what it found, exports, and the machine's clock.

use super::{elsewhere, many::under_way};
use crate::{
    domain::{
        decide::{AddEvidence, AddNote, Command, Item},
        event::{ClockJumped, EntriesMissing, Event, ExportMade},
        finding::{Finding, FindingKind},
        id::Hash,
        time::Now,
    },
    tui::{
        model::{effect::Effect, msg::Msg, tickets::Progress},
        testing::{Desk, at},
        update,
    },
};

fn export(number: u32) -> Command {
    Command::Exported(ExportMade {
        format: "bundle".into(),
        name: format!("2026-11-22-wards-k7qd-{number}.zip"),
        sha256: Hash::of(&number.to_be_bytes()),
        size: 48_200,
        seal: "7KQ2-M4XD-9PTR-0H3V".into(),
        records: 12,
    })
}

#[test]
fn empty() {
    let mut desk = Desk::new();
    desk.open();
    desk.press("0");
    insta::assert_snapshot!("integrity_none", desk.list_lines(80));
}

#[test]
fn typical() {
    let mut desk = Desk::typical();
    elsewhere(&mut desk, "02:40:00", export(1));
    desk.press("0");
    insta::assert_snapshot!("integrity_some", desk.list_lines(80));
    desk.sized(80, 23);
    desk.press("G");
    insta::assert_snapshot!("integrity_end", desk.list_lines(80));
    let frame = desk.sized(80, 23);
    assert!(frame.contains("/home/patel/incidents/2026-11-22-wards-k7qd"), "{frame}");
    assert!(frame.contains(&Hash::of(&1_u32.to_be_bytes()).to_string()), "a hash is never cut: {frame}");
}

#[test]
fn the_seal_can_be_read_over_the_telephone() {
    let mut desk = Desk::typical();
    desk.press("0");
    let (seal, frame) = (desk.case.seal().to_string(), desk.frame(80, 23));
    let first: Vec<String> = seal.chars().take(4).map(String::from).collect();
    assert!(frame.contains(&first.join(" ")), "{seal}: {frame}");
    let Some(Effect::Copy(text)) = desk.press("y").pop() else { panic!("y copies it") };
    assert!(text.contains(&first.join(" ")), "{text}");
    let words = ["zero", "one", "two", "seven", "kilo", "quebec", "x-ray", "zulu", "alfa", "whiskey", "echo", "mike"];
    assert!(words.iter().any(|word| frame.contains(word)), "{frame}");
}

#[test]
fn overfull() {
    let mut desk = under_way();
    (0..30).for_each(|number| elsewhere(&mut desk, "02:40:00", export(number)));
    for number in 0..30 {
        let item = Item {
            name: format!("disk\u{1b}[2J{number}.img"),
            sha256: Hash::of(&[number]),
            size: 1 << 40,
            copied: false,
            origin: "/media/usb/\u{202e}".into(),
            source: String::new(),
            about: String::new(),
            modified: None,
        };
        elsewhere(&mut desk, "02:40:01", Command::AddEvidence(AddEvidence { item, step: None }));
        elsewhere(&mut desk, "02:40:01", Command::ClockJump(ClockJumped { by_ms: 90_000 }));
    }
    let kept = "case.sqlite3.damaged-1".to_owned();
    let lost = EntriesMissing { after: 40, last: 42, hash: Hash::of(b"x"), kept };
    elsewhere(&mut desk, "02:40:02", Command::Missing(lost));
    desk.press("0<pgdn>");
    insta::assert_snapshot!("integrity_full", desk.list_lines(80));
    let frame = desk.sized(80, 23);
    assert!(frame.contains("A41 to A42 were recorded and are gone"), "{frame}");
}

/// The ticket of the check that was asked for.
fn ticket(effects: &[Effect]) -> u64 {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Check(ticket) => Some(*ticket),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{effects:?}"))
}

#[test]
fn a_check_says_how_far_it_is_and_what_it_found_stays() {
    let mut desk = Desk::typical();
    desk.press("0");
    assert!(desk.frame(80, 23).contains("Not done since the case was opened here: ⏎ or v does it."));
    let effects = desk.press("<enter>");
    let progress =
        Progress { what: "checking the case".into(), done: 312_400_000, total: 1_400_000_000, rate: 210_000_000 };
    update(&mut desk.model, Msg::Progress(ticket(&effects), progress));
    insta::assert_snapshot!("integrity_runs", desk.list_lines(80));
    let frame = desk.sized(80, 23);
    assert!(frame.contains("22 %, 200 MiB/s, 0:06 left") && frame.contains("Esc stops it"), "{frame}");
    update(&mut desk.model, Msg::Checked(Vec::new()));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("✓ All 12 entries and all evidence are as they were recorded."), "{frame}");
    elsewhere(&mut desk, "02:40:00", Command::Note(AddNote { text: "x".into() }));
    update(&mut desk.model, Msg::Tick(Now::fixed(at("02:52:07"), 60)));
    desk.press("1");
    desk.press("0");
    assert!(desk.frame(80, 23).contains("03:41, 11 min ago; 1 entry was recorded since"), "{}", desk.frame(80, 23));
}

#[test]
fn escape_stops_a_check_before_it_goes_back() {
    let mut desk = Desk::typical();
    let effects = desk.press("0v");
    let check = ticket(&effects);
    assert_eq!(desk.press("<esc>"), [Effect::Cancel(check)]);
    update(&mut desk.model, Msg::Cancelled(check));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("the check was stopped") && frame.contains(" Seal"), "{frame}");
    desk.press("<esc>");
    assert!(!desk.frame(80, 23).contains(" Seal"), "then it goes back");
}

#[test]
fn damage_is_loud_and_stays_on_the_page() {
    let mut desk = Desk::typical();
    desk.press("0<enter>");
    let findings = vec![
        Finding::damage(FindingKind::ChangedEvidence, "evidence/ab/abcd", "has other bytes than were recorded"),
        Finding::notice(FindingKind::UnclaimedEvidence, "evidence/\u{1b}[2J", "no entry speaks of it"),
    ];
    update(&mut desk.model, Msg::Checked(findings));
    insta::assert_snapshot!("integrity_damage", desk.list_lines(80));
    desk.sized(80, 23);
    desk.press("<down>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("‼ DAMAGE was found") && frame.contains("‼ evidence/ab/abcd: has other bytes"), "{frame}");
    desk.press("1");
    desk.press("0");
    assert!(desk.frame(80, 23).contains("‼ DAMAGE was found"), "it stays");
}

#[test]
fn what_could_not_be_checked_is_neither_intact_nor_damage() {
    let mut desk = Desk::typical();
    desk.press("0<enter>");
    let unchecked = Finding::unchecked(FindingKind::NotChecked, "A12 disk.img", "cannot open it: Permission denied");
    update(&mut desk.model, Msg::Checked(vec![unchecked.clone()]));
    let frame = desk.sized(80, 23);
    assert!(frame.contains("No damage was found, but not everything could be checked:"), "{frame}");
    assert!(frame.contains("? A12 disk.img: cannot open it"), "{frame}");
    assert!(!frame.contains("✓ Nothing recorded is damaged") && !frame.contains("‼ DAMAGE"), "{frame}");
    desk.press("1");
    update(&mut desk.model, Msg::Checked(vec![unchecked]));
    let frame = desk.sized(80, 23);
    assert!(frame.contains("Checked: no damage was found, but not everything could be checked"), "{frame}");
}

#[test]
fn the_machines_clock_is_compared_with_another() {
    let mut desk = Desk::typical();
    desk.press("0s");
    desk.press("speaking clock 123<tab>03:41");
    assert!(desk.frame(80, 23).contains("add the seconds: 03:41:00"), "{}", desk.frame(80, 23));
    desk.press(":05");
    insta::assert_snapshot!("integrity_clock", desk.form_lines(80));
    let effects = desk.press("<ctrl-s>");
    desk.answer(effects);
    let Event::ClockChecked(checked) = &desk.log.last().unwrap().event else { panic!("{:?}", desk.log.last()) };
    assert_eq!((checked.ahead_ms, checked.read), (2_000, at("02:41:05")));
    desk.sized(80, 23);
    desk.press("G");
    assert!(desk.frame(80, 23).contains("2.0 s ahead against speaking clock 123"), "{}", desk.frame(80, 23));
}
