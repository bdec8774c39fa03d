//! Evidence: the list, the item with the cursor, and the page with the first bytes of it.

use crate::{
    console::{
        effect::Effect,
        msg::{Msg, Preview, Report},
        testing::{Desk, at, step_ref},
        update,
    },
    domain::{
        command::{Command, Item},
        event::ExportMade,
        id::Hash,
        time::Time,
    },
};

macro_rules! frames {
    ($desk:expr, $name:literal) => {
        insta::assert_snapshot!(concat!($name, "_80x24"), $desk.sized(80, 24));
        insta::assert_snapshot!(concat!($name, "_120x40"), $desk.sized(120, 40));
    };
}

/// Writes as another process does, so that the screen takes it in.
fn elsewhere(desk: &mut Desk, time: &str, command: Command) {
    let records = desk.wrote(time, command);
    update(&mut desk.model, Msg::Entries(records));
}

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
    elsewhere(desk, time, Command::AddEvidence { item, step: Some(step_ref("confirm")) });
}

/// Opens the item with the cursor and gives it these bytes.
fn look(desk: &mut Desk, bytes: &[u8], size: u64) -> String {
    let effects = desk.press("<enter>");
    let [Effect::Preview(ticket, _)] = effects[..] else { panic!("{effects:?}") };
    let sha256 = (size == bytes.len() as u64).then(|| Hash::of(bytes));
    update(&mut desk.model, Msg::Preview(ticket, Preview { head: bytes.to_vec(), size, sha256 }));
    desk.frame(80, 24)
}

#[test]
fn empty() {
    let mut desk = Desk::new();
    desk.open();
    desk.press("4");
    frames!(desk, "evidence_none");
    assert!(desk.press("<enter>").is_empty());
    assert!(desk.frame(80, 24).contains("nothing is taken in yet: e takes a file in"), "{}", desk.frame(80, 24));
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
    elsewhere(&mut desk, "02:39:30", Command::Correct { entry: entry.clone(), hash, text, why });
    elsewhere(&mut desk, "02:39:40", Command::FollowUp { entry, hash, on: true, why: "ask the porter".into() });
    desk.press("4");
    desk
}

#[test]
fn typical() {
    let mut desk = some();
    frames!(desk, "evidence_some");
    insta::assert_snapshot!("evidence_some_200x60", desk.sized(200, 60));
    desk.press("<down>");
    frames!(desk, "evidence_reference");
    let page = {
        assert!(desk.press("<enter>").is_empty(), "nothing is read of what the case does not hold");
        desk.frame(80, 24)
    };
    assert!(page.contains("Preview: none") && page.contains("/media/usb/mem.raw"), "{page}");
    assert!(page.contains("Named in 03:38 k7qd-2026-11-22.zip"), "a bundle does not take it along: {page}");
    desk.press("q<up>");
    let page = look(&mut desk, b"x", 2412);
    assert!(page.contains("Left in  03:38 k7qd-2026-11-22.zip"), "{page}");
    assert!(page.contains("from ward7-pc4") && page.contains("ask the porter"), "{page}");
}
