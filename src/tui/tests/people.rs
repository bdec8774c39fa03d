//! People: who takes part, free roles, contacts.

use super::{elsewhere, kinds::record, systems::forged};
use crate::{
    domain::{
        decide::{AddNote, Command, JoinCase},
        event::{ContactNoted, Event, ResponderJoined},
        person::Person,
        problem::Problem,
    },
    tui::{model::msg::Msg, testing::Desk, update},
};

fn contact(name: &str, role: &str, reach: &str) -> ContactNoted {
    let organisation = "Northfield NHS Trust".into();
    ContactNoted { name: name.into(), role: role.into(), organisation, reach: reach.into(), about: String::new() }
}

fn typical() -> Desk {
    let mut desk = Desk::typical();
    let osei = Person { name: "A. Osei".into(), role: "scribe".into(), organisation: "Northfield NHS Trust".into() };
    elsewhere(&mut desk, "02:40:00", Command::Join(JoinCase { responder: osei }));
    elsewhere(&mut desk, "02:40:10", Command::NoteContact(contact("R. Malik", "network on-call", "pager 4411")));
    let known = vec![contact("Switchboard", "", "0, or the red telephone in room 12"), contact("r. malik", "old", "x")];
    update(&mut desk.model, Msg::Contacts(known, None));
    desk.press("8");
    desk
}

fn last(desk: &Desk) -> &Event {
    &desk.log.last().unwrap().event
}

#[test]
fn people_alone_typical_and_overfull() {
    let mut desk = Desk::typical();
    desk.press("8");
    insta::assert_snapshot!("people_alone", desk.list_lines(80));
    insta::assert_snapshot!("people_alone_detail", desk.detail_lines(80));
    let mut desk = typical();
    insta::assert_snapshot!("people", desk.list_lines(80));
    insta::assert_snapshot!("people_detail", desk.detail_lines(80));
    let frame = desk.sized(80, 40);
    assert!(frame.contains("J. Patel (you)") && frame.contains("since 03:00 A2"), "{frame}");
    assert!(frame.contains("Roles that nobody has taken: r  1") && frame.contains("network on-call"), "{frame}");
    assert!(!frame.contains("r. malik"), "who is noted in the case stands once: {frame}");
    for at in 0..50 {
        let name = format!("Someone with a very long name indeed, number {at}");
        elsewhere(
            &mut desk,
            "02:40:20",
            Command::NoteContact(contact(
                &name,
                "engineer",
                &format!("01632 960{at:03}, then ask for the duty engineer of the imaging department by name"),
            )),
        );
    }
    desk.press("<pgdn><pgdn>");
    insta::assert_snapshot!("people_overfull", desk.list_lines(80));
    insta::assert_snapshot!("people_overfull_detail", desk.detail_lines(80));
}

#[test]
fn a_adds_a_contact_and_takes_in_those_that_are_known_elsewhere() {
    let mut desk = typical();
    desk.press("a");
    insta::assert_snapshot!("contact_new", desk.form_lines(80));
    desk.press("M. Fairclough<tab>01632 960001");
    record(&mut desk);
    assert_eq!(desk.case.contact("m. fairclough").unwrap().what.reach, "01632 960001");
    // What is left empty stays as it is noted.
    assert!(
        desk.press("<enter>").is_empty() && desk.frame(80, 23).contains("01632 960001"),
        "the new row has the cursor"
    );
    desk.press("<esc>a<ctrl-u>M. Fairclough<tab><tab>SIRO");
    record(&mut desk);
    let noted = &desk.case.contact("M. Fairclough").unwrap().what;
    assert_eq!((noted.reach.as_str(), noted.role.as_str()), ("01632 960001", "SIRO"));
    desk.press("Ga");
    record(&mut desk);
    assert_eq!(desk.case.contact("Switchboard").unwrap().what.reach, "0, or the red telephone in room 12");
    desk.press("Ga");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("DHSC") && frame.contains("0300 303 5222"), "a duty's receiver is filled in: {frame}");
}

#[test]
fn r_takes_the_role_with_the_cursor() {
    let mut desk = typical();
    desk.press("r");
    assert!(desk.frame(80, 23).contains("lead"), "{}", desk.frame(80, 23));
    desk.press("<esc><down><down>r");
    insta::assert_snapshot!("people_role", desk.form_lines(80));
    desk.press("<ctrl-u>R. Malik");
    record(&mut desk);
    let Event::ResponderJoined(joined) = last(&desk) else { panic!("{:?}", last(&desk)) };
    assert_eq!((joined.responder.name.as_str(), joined.responder.role.as_str()), ("R. Malik", "network on-call"));
    assert!(!desk.frame(80, 40).contains("nobody has taken"), "every role is taken: {}", desk.frame(80, 40));
}

#[test]
fn enter_shows_the_whole_row_and_the_entry_can_be_marked() {
    let mut desk = typical();
    desk.press("<down><down><down><enter>");
    insta::assert_snapshot!("people_read", desk.overlay_lines(80));
    desk.press("<esc>f");
    assert!(desk.frame(80, 23).contains("Follow up A14"), "{}", desk.frame(80, 23));
}

#[test]
fn a_broken_file_of_contacts_is_said_and_stops_nothing() {
    let mut desk = Desk::new();
    let fault = Problem { what: "contacts.ron cannot be used".into(), causes: vec!["1:9: no".into()], hint: None };
    update(&mut desk.model, Msg::Contacts(Vec::new(), Some(fault)));
    assert!(desk.frame(80, 23).contains("contacts.ron cannot be used: 1:9: no"), "{}", desk.frame(80, 23));
    desk.wrote("02:00:00", Command::Note(AddNote { text: "x".into() }));
    desk.open();
    assert!(desk.frame(80, 23).contains("contacts.ron cannot be used: 1:9: no"), "it is read before anything else");
    desk.press("<esc>8");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("! contacts.ron cannot be used"), "{frame}");
    insta::assert_snapshot!("people_fault", desk.list_lines(80));
}

#[test]
fn hostile_people_leave_the_frame_intact() {
    let bad = format!("x\u{1b}[2J\u{202e}病院e\u{301}{}", "w".repeat(120));
    let mut desk = typical();
    forged(&mut desk, contact(&bad, &bad, &bad).into());
    let responder = Person { name: bad.clone(), role: bad.clone(), organisation: bad.clone() };
    forged(&mut desk, ResponderJoined { responder }.into());
    update(&mut desk.model, Msg::Contacts(vec![contact(&format!("{bad}2"), &bad, &bad)], None));
    for keys in ["g", "<down><down>", "<down><down>", "G", "<enter>", "qa", "<esc>r"] {
        desk.press(keys);
        for (width, height) in [(80, 23), (131, 37)] {
            let frame = desk.sized(width, height);
            assert!(!frame.contains('\u{1b}') && !frame.contains('\u{202e}'), "after {keys}: {frame}");
        }
    }
}
