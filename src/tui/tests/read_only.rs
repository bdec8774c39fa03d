//! A case in which nothing can be recorded from here, and one that is only watched.

use crate::tui::{model::msg::Msg, testing::Desk, update};

#[test]
fn where_nothing_can_be_recorded_no_key_offers_to_and_every_key_says_why() {
    let mut desk = Desk::typical();
    desk.model.case.as_mut().unwrap().read_only = Some("the folder cannot be written".into());
    for place in "1234567890".chars() {
        desk.press(&place.to_string());
        for width in [80, 200] {
            let frame = desk.sized(width, 40);
            let line = frame.lines().last().unwrap();
            let offers =
                ["note", "decide ", "evidence", "skip", "blocked", "done", "told", "countersign", "state", "role"];
            let more = ["indicators", "contact", "hand over", "start", "met", "waive", "compare", " add"];
            for word in offers.iter().chain(&more) {
                assert!(!line.contains(word), "{place}: {word}: {line}");
            }
            assert!(line.contains(": all") && line.contains("? keys"), "{line}");
        }
        for key in "ndecDuifmIpA".chars() {
            // i and m stand for other things in some places, where they are no keys at all.
            desk.press(&key.to_string());
            let said = desk.model.notice.as_ref().map(|message| message.text.clone()).unwrap_or_default();
            let elsewhere =
                said.contains("does nothing here") || said.contains("no duty") || said.contains("not recorded");
            assert!(desk.model.overlays.stack.is_empty(), "{place}{key} opened a box");
            assert!(said.contains("the folder cannot be written") || elsewhere, "{place}{key}: {said}");
        }
    }
}

#[test]
fn a_watch_acts_as_nobody() {
    let mut desk = Desk::typical();
    let opened = crate::tui::model::msg::Opened {
        case: desk.case.clone(),
        index: desk.index.clone(),
        tail: Vec::new(),
        console: desk.console.clone(),
        responder: crate::domain::person::Person::default(),
        folder: String::new(),
        warnings: Vec::new(),
        read_only: Some("this is a wall display".into()),
        unclear: None,
    };
    update(&mut desk.model, Msg::Opened(Box::new(opened)));
    for (width, height) in [(80, 23), (120, 40)] {
        let frame = desk.sized(width, height);
        let first = frame.lines().next().unwrap();
        assert!(first.contains("watching") && !first.contains("Patel"), "{first}");
    }
    desk.press("8");
    assert!(!desk.frame(80, 23).contains("(you)"), "{}", desk.frame(80, 23));
    assert_eq!(desk.model.responder().name, "J. Patel", "who it is elsewhere stays known");
}
