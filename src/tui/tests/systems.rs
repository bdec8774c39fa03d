//! Systems and indicators: what keys do there, and what is seen.

use super::{
    elsewhere,
    kinds::{self, record},
    many::under_way,
};
use crate::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        decide::{AddNote, Command},
        event::{AssetNoted, Event, IndicatorNoted, Note},
        indicator::IndicatorKind,
        record::{Draft, Record},
    },
    tui::{
        model::msg::Msg,
        testing::{Desk, patel},
        update,
    },
};

/// An entry that this program would not write, as it may come from another copy.
pub(super) fn forged(desk: &mut Desk, event: Event) {
    let (head, order) = (desk.case.head(&desk.console), desk.case.order().after(desk.now.at));
    let draft = Draft { by: patel(), occurred: None, begun: None, event };
    let record = Record::write(&desk.case.id, &desk.console, head, order, desk.now, draft).unwrap();
    desk.case.apply(&record);
    desk.index.take(&record, &desk.case);
    desk.log.push(record.clone());
    update(&mut desk.model, Msg::Entries(vec![record]));
}

fn asset(name: &str, kind: AssetKind, importance: Importance, state: AssetState, about: &str) -> Command {
    Command::NoteAsset(AssetNoted { name: name.into(), kind, importance, state, about: about.into() })
}

fn trace(kind: IndicatorKind, value: &str, about: &str) -> Command {
    let source = "firewall log".into();
    Command::NoteIndicator(IndicatorNoted { kind, value: value.into(), about: about.into(), source })
}

fn typical() -> Desk {
    let mut desk = under_way();
    use {AssetKind as K, AssetState as S, Importance as I};
    for (at, (name, kind, importance, state, about)) in [
        ("Ward 7", K::Site, I::Clinical, S::Isolated, "on paper since 03:20"),
        ("svc-backup", K::Account, I::Important, S::Suspected, "logged in at night"),
        (
            "PACS",
            K::System,
            I::LifeCritical,
            S::Affected,
            "images cannot be opened; the archive is on the same storage",
        ),
        ("Pathology results", K::Service, I::Clinical, S::Affected, ""),
        ("ward7-pc3", K::Device, I::Ordinary, S::Cleaned, "reimaged"),
        ("VLAN 40", K::Network, I::Unknown, S::Unknown, ""),
        ("Pharmacy", K::System, I::Clinical, S::Unaffected, "own network"),
        ("Blood bank", K::System, I::LifeCritical, S::Restored, ""),
    ]
    .into_iter()
    .enumerate()
    {
        elsewhere(&mut desk, &format!("02:35:{at:02}"), asset(name, kind, importance, state, about));
    }
    elsewhere(&mut desk, "02:36:00", trace(IndicatorKind::Ipv4, "203.0.113.77", "beacons every 60 s"));
    elsewhere(&mut desk, "02:36:10", trace(IndicatorKind::Url, "http://evil.example/a.php?x=1", ""));
    elsewhere(&mut desk, "02:36:20", Command::Note(AddNote { text: "Mail from billing@nhs-pay.example".into() }));
    desk.press("6");
    desk
}

fn last(desk: &Desk) -> &Event {
    &desk.log.last().unwrap().event
}

#[test]
fn systems_empty_typical_and_overfull() {
    let mut desk = Desk::typical();
    desk.press("6");
    insta::assert_snapshot!("systems_empty", desk.list_lines(80));
    let mut desk = typical();
    insta::assert_snapshot!("systems", desk.list_lines(80));
    insta::assert_snapshot!("systems_detail", desk.detail_lines(80));
    desk.press("G");
    insta::assert_snapshot!("systems_last", desk.list_lines(80));
    insta::assert_snapshot!("systems_last_detail", desk.detail_lines(80));
    desk.model.env.theme.ascii = true;
    insta::assert_snapshot!("systems_ascii", desk.list_lines(80));
    let mut desk = typical();
    for at in 0..60 {
        let about = format!("one of {at} that lost the record, as the bed manager says on the bridge every half hour");
        let name = format!("Workstation {at} of the very long corridor on the ground floor");
        elsewhere(
            &mut desk,
            "02:37:00",
            asset(&name, AssetKind::Device, Importance::Important, AssetState::Affected, &about),
        );
    }
    desk.press("<pgdn><pgdn>");
    insta::assert_snapshot!("systems_overfull", desk.list_lines(80));
    insta::assert_snapshot!("systems_overfull_detail", desk.detail_lines(80));
}

#[test]
fn the_worst_is_first_and_within_a_state_the_gravest() {
    let mut desk = typical();
    let frame = desk.sized(80, 60);
    let places: Vec<usize> = [
        "✗ affected",
        "PACS",
        "Pathology",
        "! suspected",
        "svc-backup",
        "⏸ isolated",
        "Ward 7",
        "? unknown",
        "VLAN 40",
        "✓ restored",
        "– unaffected",
    ]
    .into_iter()
    .map(|text| frame.find(text).unwrap_or_else(|| panic!("{text} is not there: {frame}")))
    .collect();
    assert!(places.is_sorted(), "{frame}");
    assert!(frame.contains("●●● life-critical") && frame.contains("account"), "shape and word: {frame}");
    assert!(frame.contains("203[.]0[.]113[.]77") && frame.contains("hxxp://evil[.]example/a.php"), "{frame}");
    assert!(!frame.contains("203.0.113.77") && !frame.contains("http://evil.example"), "none can be followed: {frame}");
}

#[test]
fn enter_gives_a_system_another_state() {
    let mut desk = typical();
    desk.press("g<enter>");
    insta::assert_snapshot!("systems_box", desk.form_lines(80));
    assert!(desk.press("<ctrl-s>").is_empty(), "it is so already");
    desk.press("<down><tab><tab>; cut off");
    record(&mut desk);
    let Event::AssetNoted(noted) = last(&desk) else { panic!("{:?}", last(&desk)) };
    assert_eq!(
        (noted.name.as_str(), noted.state, noted.importance),
        ("PACS", AssetState::Isolated, Importance::LifeCritical)
    );
    assert!(noted.about.ends_with("storage; cut off"), "{}", noted.about);
    assert_eq!(desk.case.assets.len(), 8, "it is the same system");
    // It is among the isolated ones now, and the cursor went with it.
    assert!(desk.press("<enter>").is_empty() && desk.frame(80, 23).contains("How it stands: PACS"));
}

#[test]
fn a_notes_a_system_and_what_an_answer_names_is_filled_in() {
    let mut desk = under_way();
    desk.press("6");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Named in an answer, not noted yet: a  3"), "{frame}");
    insta::assert_snapshot!("systems_named", desk.list_lines(80));
    desk.press("<down>a");
    insta::assert_snapshot!("systems_new", desk.form_lines(80));
    record(&mut desk);
    let Event::AssetNoted(noted) = last(&desk) else { panic!("{:?}", last(&desk)) };
    assert_eq!((noted.name.as_str(), noted.kind, noted.state), ("Ward 9", AssetKind::Site, AssetState::Unknown));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("not noted yet: a  2") && frame.contains("? unknown  1"), "{frame}");
    // Noted twice would wipe what is known of it.
    desk.press("gaWard 9<tab><right><right><right><right><ctrl-s>");
    assert!(desk.frame(80, 23).contains("Ward 9 is noted already"), "{}", desk.frame(80, 23));
    desk.press("<backtab><ctrl-u>svc-admin<tab><left><left>");
    record(&mut desk);
    let Event::AssetNoted(noted) = last(&desk) else { panic!("{:?}", last(&desk)) };
    assert_eq!((noted.name.as_str(), noted.kind), ("svc-admin", AssetKind::Account));
}

#[test]
fn the_kind_of_what_an_answer_names_is_not_that_of_another_name() {
    let mut desk = under_way();
    desk.press("6<down>a");
    assert!(desk.frame(80, 23).contains("[site]"), "{}", desk.frame(80, 23));
    desk.press("E");
    assert!(desk.frame(80, 23).contains("[system]"), "{}", desk.frame(80, 23));
    let mut desk = under_way();
    desk.press("6<down>a<right> east");
    assert!(desk.frame(80, 23).contains("[site]"), "it is the same still: {}", desk.frame(80, 23));
}

#[test]
fn indicators_in_typed_text_are_offered_and_taken_in() {
    let mut desk = Desk::typical();
    desk.press("nBeacon to 203.0.113.77 and evil[.]example, own nhs-trust.com");
    record(&mut desk);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("recorded as A13; 3 indicators in it: I takes them in"), "{frame}");
    desk.press("I");
    insta::assert_snapshot!("indicators_found", desk.form_lines(80));
    // The own address is none: it is passed over, and not offered again.
    desk.press("<down><down> ");
    record(&mut desk);
    let noted: Vec<(&str, &str)> =
        desk.case.indicators.iter().map(|i| (i.what.value.as_str(), i.what.source.as_str())).collect();
    assert_eq!(noted, [("203.0.113.77", "in A13"), ("evil.example", "in A13")]);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("recorded as A14, A15") && !frame.contains("indicators in it"), "{frame}");
    desk.press("I");
    assert!(desk.frame(80, 23).contains("One a line"), "nothing is left to offer: {}", desk.frame(80, 23));
    desk.press("<esc>nAgain 203.0.113.77");
    record(&mut desk);
    assert!(!desk.frame(80, 23).contains("indicator in it"), "it is known");
}

#[test]
fn indicators_are_typed_one_a_line_as_found_with_a_kind_that_can_be_changed() {
    let mut desk = Desk::typical();
    desk.press("6I");
    insta::assert_snapshot!("indicators_empty", desk.form_lines(80));
    assert!(desk.press("<ctrl-s>").is_empty() && desk.frame(80, 23).contains("is empty"));
    desk.press(
        "hxxp://evil[.]example/x<enter>evil.example<enter>mutex Global\\lkd<tab><tab>from the CSOC<tab>CSOC advisory",
    );
    record(&mut desk);
    let all: Vec<_> = desk.case.indicators.iter().map(|i| (i.what.kind, i.what.value.as_str())).collect();
    let domain = (IndicatorKind::Domain, "evil.example");
    let mutex = (IndicatorKind::Other, "mutex Global\\lkd");
    assert_eq!(all, [(IndicatorKind::Url, "hxxp://evil[.]example/x"), domain, mutex]);
    desk.press("Isvchost32<tab><end><down><down><down><down><down><down><down><down><down>");
    record(&mut desk);
    assert_eq!(desk.case.indicators.last().unwrap().what.kind, IndicatorKind::Filename);
    // What is said of it can be changed; the trace stays the same.
    desk.press("g<enter>");
    insta::assert_snapshot!("indicator_box", desk.form_lines(80));
    desk.press(", blocked");
    record(&mut desk);
    assert_eq!(desk.case.indicators.len(), 4);
    assert_eq!(desk.case.indicators[0].what.about, "from the CSOC, blocked");
    desk.press(" ");
    assert!(desk.frame(80, 23).contains("from the CSOC, blocked"), "Space reads: {}", desk.frame(80, 23));
}

#[test]
fn what_was_typed_before_the_case_was_opened_is_offered_too() {
    let mut desk = Desk::typical();
    desk.wrote("02:40:00", Command::Note(AddNote { text: "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709".into() }));
    desk.open();
    desk.press("6");
    assert!(desk.frame(80, 23).contains("Recognised in entries, not taken in yet: I  1"), "{}", desk.frame(80, 23));
    desk.press("<enter>");
    record(&mut desk);
    assert_eq!(desk.case.indicators.len(), 1);
}

#[test]
fn an_empty_place_says_what_fills_it_and_keys_say_so_too() {
    let mut desk = Desk::typical();
    desk.press("6<enter>");
    assert!(desk.frame(80, 23).contains("a notes a system or an account, I indicators"), "{}", desk.frame(80, 23));
    desk.press("7a");
    assert!(desk.frame(80, 23).contains("in Now it is: start step"), "{}", desk.frame(80, 23));
}

#[test]
fn hostile_assets_and_indicators_leave_the_frame_intact() {
    let bad = "x\u{1b}[2J\u{202e}病院👩\u{200d}⚕️e\u{301}\r\n\t";
    let mut desk = kinds::desk();
    let long = format!("{bad}{}", "w".repeat(150));
    let (name, about) = (long.clone(), long.clone());
    let (kind, importance, state) = (AssetKind::System, Importance::Clinical, AssetState::Affected);
    forged(&mut desk, AssetNoted { name, kind, importance, state, about }.into());
    let (kind, value, about) = (IndicatorKind::Other, long.clone(), long.clone());
    forged(&mut desk, IndicatorNoted { kind, value, about, source: long.clone() }.into());
    forged(&mut desk, Note { text: format!("{long} http://evil.com/{long}") }.into());
    for keys in ["6", "<down>", "<down>", "g ", "q<enter>", "<esc><down><enter>", "<esc>I", "<esc>", "a"] {
        desk.press(keys);
        for (width, height) in [(80, 23), (131, 37)] {
            let frame = desk.sized(width, height);
            assert!(!frame.contains('\u{1b}') && !frame.contains('\u{202e}'), "after {keys}: {frame}");
            assert!(!frame.contains('\u{200d}') || frame.contains('👩'), "after {keys}: {frame}");
        }
    }
    let rows: Vec<String> = {
        desk.press("<esc>");
        desk.sized(80, 23).lines().map(str::to_owned).collect()
    };
    assert!(rows.iter().any(|row| row.contains('…')), "what is cut says so: {rows:#?}");
}
