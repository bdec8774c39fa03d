//! Evidence: the list, the item with the cursor, and the page with the first bytes of it.

use super::elsewhere;
use crate::{
    domain::{
        decide::{AddEvidence, Command, CorrectEntry, Item, MarkEntry},
        event::ExportMade,
        id::Hash,
        problem::Problem,
        time::{Now, Time},
    },
    tui::{
        model::{
            effect::Effect,
            msg::{Msg, Preview},
        },
        testing::{Desk, now, step_ref},
        update,
    },
};

fn item(name: &str, bytes: &[u8]) -> Item {
    Item {
        name: name.into(),
        sha256: Hash::of(bytes),
        size: bytes.len() as u64,
        copied: true,
        origin: format!("/media/usb/{name}"),
        source: "ward7-pc3".into(),
        about: String::new(),
        modified: Time::parse("2026-11-21T23:10:00Z").ok(),
    }
}

fn add(desk: &mut Desk, time: &str, item: Item) {
    elsewhere(desk, time, Command::AddEvidence(AddEvidence { item, step: Some(step_ref("confirm")) }));
}

/// Opens the item with the cursor and gives it these bytes.
fn look(desk: &mut Desk, bytes: &[u8], size: u64) -> String {
    let effects = desk.press("<enter>");
    let [Effect::Preview(ticket, _)] = effects[..] else { panic!("{effects:?}") };
    let sha256 = (size == bytes.len() as u64).then(|| Hash::of(bytes));
    update(&mut desk.model, Msg::Preview(ticket, Preview { head: bytes.to_vec(), size, sha256 }));
    desk.frame(80, 23)
}

#[test]
fn empty() {
    let mut desk = Desk::new();
    desk.open();
    desk.press("4");
    insta::assert_snapshot!("evidence_none", desk.list_lines(80));
    assert!(desk.press("<enter>").is_empty());
    assert!(desk.frame(80, 23).contains("nothing is taken in yet: e takes a file in"), "{}", desk.frame(80, 23));
}

/// The typical case with a memory image by reference, a bundle that left, and a slip put right.
fn some() -> Desk {
    let mut desk = Desk::typical();
    let image = Item {
        copied: false,
        size: 17_179_869_184,
        about: "memory before the switch-off".into(),
        ..item("mem.raw", b"m")
    };
    add(&mut desk, "02:37:00", image);
    let made = ExportMade {
        format: "bundle".into(),
        name: "k7qd-2026-11-22.zip".into(),
        sha256: Hash::of(b"zip"),
        size: 90_000,
        seal: "one-two".into(),
        records: 12,
    };
    elsewhere(&mut desk, "02:38:30", Command::Exported(made));
    let (entry, hash) = (desk.case.evidence[0].entry.clone(), desk.case.evidence[0].hash);
    let (text, why) = ("from ward7-pc4".into(), "misread the label".into());
    elsewhere(&mut desk, "02:39:30", Command::Correct(CorrectEntry { entry: entry.clone(), hash, text, why }));
    elsewhere(
        &mut desk,
        "02:39:40",
        Command::FollowUp(MarkEntry { entry, hash, on: true, why: "ask the porter".into() }),
    );
    desk.press("4");
    desk
}

#[test]
fn typical() {
    let mut desk = some();
    insta::assert_snapshot!("evidence_some", desk.list_lines(80));
    insta::assert_snapshot!("evidence_some_detail", desk.detail_lines(80));
    desk.press("<down>");
    insta::assert_snapshot!("evidence_reference", desk.detail_lines(80));
    let page = {
        assert!(desk.press("<enter>").is_empty(), "nothing is read of what the case does not hold");
        desk.frame(80, 23)
    };
    assert!(page.contains("Preview: none") && page.contains("/media/usb/mem.raw"), "{page}");
    assert!(page.contains("Named in 03:38 k7qd-2026-11-22.zip"), "a bundle does not take it along: {page}");
    desk.press("q<up>");
    let page = look(&mut desk, b"x", 2412);
    assert!(page.contains("Left in  03:38 k7qd-2026-11-22.zip"), "{page}");
    assert!(page.contains("from ward7-pc4") && page.contains("ask the porter"), "{page}");
}

#[test]
fn the_first_bytes_are_read_and_shown_safe() {
    let mut desk = some();
    let note = b"ALL YOUR FILES ARE LOCKED\r\n\x1b[2J\x1b]0;owned\x07 pay \xe2\x80\xae now\n";
    let effects = desk.press("<enter>");
    let [Effect::Preview(ticket, sha256)] = effects[..] else { panic!("{effects:?}") };
    assert_eq!(sha256, Hash::of(b"x"));
    assert!(desk.frame(80, 23).contains("Preview: being read…"), "{}", desk.frame(80, 23));
    let preview = Preview { head: note.to_vec(), size: note.len() as u64, sha256: Some(Hash::of(note)) };
    update(&mut desk.model, Msg::Preview(ticket + 1, preview.clone()));
    assert!(desk.frame(80, 23).contains("being read"), "an answer to another question changes nothing");
    update(&mut desk.model, Msg::Preview(ticket, preview));
    desk.press("<end>");
    insta::assert_snapshot!("evidence_page", desk.overlay_lines(80));
    let page = desk.frame(80, 23);
    assert!(page.contains(&format!("CHANGED: 2412 bytes were taken in, the file has {} now", note.len())), "{page}");
    assert!(page.contains("2 ␛[2J␛]0;owned␇ pay ‹U+202E› now"), "{page}");
    desk.press("q<enter>");
    assert!(desk.frame(80, 23).contains("being read"), "it is read anew each time");
}

#[test]
fn what_cannot_be_read_is_said_on_the_page() {
    let mut desk = some();
    let effects = desk.press("<enter>");
    let [Effect::Preview(ticket, _)] = effects[..] else { panic!("{effects:?}") };
    let report = Problem {
        what: "cannot read evidence/2d71".into(),
        causes: vec!["no such file".into()],
        hint: Some("run verify".into()),
    };
    update(&mut desk.model, Msg::Failed(ticket, report));
    desk.press("<end>");
    let page = desk.frame(80, 23);
    for said in ["Preview: it cannot be read", "cannot read evidence/2d71", "no such file", "run verify"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(desk.model.notice.is_none(), "once is enough");
}

/// Forty items with long and hostile names, all of yesterday.
fn full() -> Desk {
    let mut desk = Desk::typical();
    for at in 0..40 {
        let name = format!("{at:02} 病院の写真\u{202e}gpj.exe \u{1b}[31m{}", "long ".repeat(20));
        let mut one = item(&name, &[at]);
        one.source = "a server \u{200b}of the old wing\u{7}".into();
        one.about = "What was seen on the screen of the ward. ".repeat(12);
        add(&mut desk, "02:40:00", one);
    }
    desk.press("4");
    let tomorrow = Time::from_micros(now().at.micros() + 86_400_000_000).unwrap();
    update(&mut desk.model, Msg::Tick(Now::fixed(tomorrow, 60)));
    desk
}

#[test]
fn overfull_and_hostile() {
    let mut desk = full();
    desk.press("<down><down>");
    insta::assert_snapshot!("evidence_full", desk.list_lines(80));
    insta::assert_snapshot!("evidence_full_detail", desk.detail_lines(80));
    assert!(desk.frame(80, 23).contains(" 22 Nov 03:40 "), "a time of another day is whole: {}", desk.frame(80, 23));
    look(&mut desk, &[2], 1);
    insta::assert_snapshot!("evidence_full_page", desk.overlay_lines(80));
}

/// Where the row is that counts the rows, and where the column of sizes ends.
fn places(desk: &mut Desk, width: u16, height: u16) -> (Option<usize>, Vec<Option<usize>>) {
    let frame = desk.sized(width, height);
    let lines: Vec<&str> = frame.lines().map(|line| line.trim_matches('"')).collect();
    let count = lines.iter().position(|line| line.contains(" of 41 "));
    let rows = lines.iter().take(count.unwrap_or(0)).skip(6);
    (count, rows.map(|line| line.find(" copy ")).collect())
}

#[test]
fn nothing_jumps_while_the_cursor_moves() {
    for (width, height) in [(80, 23), (120, 40), (200, 60)] {
        let mut desk = full();
        let first = places(&mut desk, width, height);
        assert!(first.0.is_some() && first.1.iter().all(|column| *column == Some(27)), "{first:?}");
        for _ in 0..41 {
            desk.press("<down>");
            assert_eq!(places(&mut desk, width, height), first);
        }
        desk.press("g");
        assert_eq!(places(&mut desk, width, height), first);
    }
}
