//! The form for a new incident: what a slip of the hand must not open.

use crate::tui::{
    model::effect::Effect,
    testing::{Desk, playbooks, rows},
    update,
};

/// A form for a new incident with its title written.
fn incident() -> Desk {
    let mut desk = Desk::new();
    update(&mut desk.model, rows());
    update(&mut desk.model, playbooks());
    desk.press("nWards cannot log in<tab>");
    desk
}

#[test]
fn a_case_without_a_playbook_is_asked_for_twice() {
    let mut desk = incident();
    assert!(desk.press("<ctrl-s>").is_empty());
    insta::assert_snapshot!("incident_no_playbook", desk.form_lines(80));
    let frame = desk.sized(80, 23);
    assert!(frame.contains("No playbook: Ctrl-S again opens the case without one"), "{frame}");
    // What is changed meanwhile is asked about anew.
    desk.press("<backtab>!<tab>");
    assert!(desk.press("<ctrl-s>").is_empty());
    let effects = desk.press("<ctrl-s>");
    let [Effect::NewCase(_, new)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(new.playbooks.is_empty() && new.title == "Wards cannot log in!");
    let mut desk = incident();
    let effects = desk.press(" <ctrl-s>");
    let [Effect::NewCase(_, new)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(new.playbooks, ["ransomware"], "with one it is asked for once");
    // Enter takes the one with the cursor, and where one is chosen only goes on.
    for (keys, chosen) in [("<down><enter>", "phishing"), (" <down><enter>", "ransomware")] {
        let mut desk = incident();
        let effects = desk.press(&format!("{keys}<ctrl-s>"));
        let [Effect::NewCase(_, new)] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!(new.playbooks, [chosen]);
    }
}

#[test]
fn the_ends_of_the_list_of_playbooks_do_not_lead_out_of_it() {
    let mut desk = incident();
    desk.press("<up><up> ");
    let form = &desk.model.form_on_top().unwrap().form;
    assert_eq!(
        (form.text("title").as_str(), form.many("playbooks")),
        ("Wards cannot log in", vec!["ransomware".into()])
    );
    desk.press("<down><down><down><down> ");
    assert_eq!(desk.model.form_on_top().unwrap().form.many("playbooks").len(), 2);
}

#[test]
fn words_typed_at_the_mark_do_not_change_it_and_a_wide_mark_is_said() {
    let mut desk = incident();
    desk.press(" <tab><tab>clear green for all<backspace> ");
    assert_eq!(desk.model.form_on_top().unwrap().form.text("tlp"), "TLP:AMBER");
    desk.press("<right><right>");
    assert_eq!(desk.model.form_on_top().unwrap().form.text("tlp"), "TLP:CLEAR");
    insta::assert_snapshot!("incident_clear", desk.form_lines(80));
    assert!(desk.sized(80, 23).contains("TLP:CLEAR: everyone may see it"), "{}", desk.sized(80, 23));
    desk.press("<left>");
    assert!(desk.frame(80, 23).contains("TLP:GREEN: the community may see it"));
    desk.press("<left>");
    assert!(!desk.frame(80, 23).contains("may see it;"), "{}", desk.frame(80, 23));
}
