//! What a form proposes: texts to be said with places left open, names that typing replaces, drafts of someone else.

use crate::{
    domain::decide::{Command, RecordNotification},
    tui::{
        form::Form,
        forms::{AnyForm, step::notify::NotifyForm},
        model::{effect::Effect, msg::Msg, overlays::open_form::FormKind},
        testing::{Desk, patel},
        update,
        update::drafts,
    },
};

/// The text of what was sent to be recorded, where it was.
fn told(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Commit(_, commit) => match &commit.command {
            Command::Notify(RecordNotification { text, .. }) => Some(text.as_str()),
            _ => None,
        },
        _ => None,
    })
}

#[test]
fn a_text_with_open_places_is_asked_about_once_and_says_who_speaks() {
    let say = "This is (name), (role), at (organisation). We lost it at (time). We have done (what), (what).";
    let mut desk = Desk::typical();
    desk.press("m");
    let sheet = desk.model.form_on_top_mut().unwrap();
    sheet.form = Form::of(AnyForm::Notify(NotifyForm::filled("CSOC", say, &patel())));
    let text = sheet.form.text("text");
    assert!(text.starts_with("This is J. Patel, lead, at Northfield NHS Trust. We lost it at (time)."), "{text}");
    // A bracket of one's own is no open place.
    let effects = desk.press("<tab><tab><tab>(by phone) <ctrl-s>");
    assert_eq!(told(&effects), None, "asked first");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("still to fill: (time), (what); Ctrl-S again records it as it"), "{frame}");
    assert!(frame.contains("│(by phone) This is J. Patel"), "its beginning is shown: {frame}");
    // The cursor stands before the first of them, and typing asks anew.
    let effects = desk.press("x<ctrl-s>");
    assert_eq!(told(&effects), None);
    let effects = desk.press("<ctrl-s>");
    assert!(told(&effects).is_some_and(|text| text.contains(" We lost it at x(time).")), "{effects:?}");
}

#[test]
fn a_letter_takes_the_place_of_a_proposed_name_and_a_move_keeps_it() {
    let mut desk = Desk::typical();
    desk.press(":take part<enter>");
    let name = |desk: &Desk| desk.model.form_on_top().unwrap().form.text("name");
    assert!(desk.frame(80, 23).contains("J. Patel  a letter replaces it, → keeps it"), "{}", desk.frame(80, 23));
    desk.press("Dr Lee");
    assert_eq!(name(&desk), "Dr Lee");
    assert!(!desk.frame(80, 23).contains("replaces it"));
    let mut desk = Desk::typical();
    desk.press(":take part<enter><right>, RN");
    assert_eq!(name(&desk), "J. Patel, RN");
    let mut desk = Desk::typical();
    desk.press(":take part<enter>Dr Lee<ctrl-u>");
    assert_eq!(name(&desk), "");
    let mut desk = Desk::typical();
    desk.press(":take part<enter><backspace>x");
    assert_eq!(name(&desk), "J. Patex", "a correction is none");
}

#[test]
fn what_another_typed_says_so_before_it_is_recorded() {
    let mut desk = Desk::typical();
    desk.press("nTheatre 2");
    let mut drafts = drafts::list_drafts(&desk.model);
    assert_eq!(drafts[0].by.as_deref(), Some("J. Patel"));
    assert!(!desk.frame(80, 23).contains("typed this"), "one's own");
    drafts[0].by = Some("Dr Lee".into());
    let mut desk = Desk::typical();
    let whose = desk.model.case().map(|case| case.id.clone());
    update(&mut desk.model, Msg::Drafts(whose.clone(), drafts.clone()));
    assert!(desk.frame(80, 23).contains("Dr Lee 03:41"), "{}", desk.frame(80, 23));
    desk.press("<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Typed by       Dr Lee, not you. Will be recorded as by J. Patel, lead."), "{frame}");
    assert_eq!(drafts::list_drafts(&desk.model), drafts, "and is kept as theirs");
    // One that was kept before names were is read, and says nothing.
    let old = serde_json::to_string(&drafts).unwrap().replace(",\"by\":\"Dr Lee\"", "");
    assert!(!old.contains("Dr Lee"), "{old}");
    let mut desk = Desk::typical();
    update(&mut desk.model, Msg::Drafts(whose, serde_json::from_str(&old).unwrap()));
    desk.press("<enter>");
    assert!(!desk.frame(80, 23).contains("Typed by"));
}

#[test]
fn the_draft_that_was_typed_last_stands_first() {
    let mut desk = Desk::typical();
    desk.press("e/tmp/x<esc>nTheatre 2");
    let mut drafts = drafts::list_drafts(&desk.model);
    assert_eq!(drafts.len(), 2);
    drafts.sort_by_key(|draft| matches!(draft.kind, FormKind::Note));
    for (minutes, draft) in [0, 5].into_iter().zip(&mut drafts) {
        draft.begun = draft.begun.map(|at| at.plus_minutes(minutes));
    }
    let mut desk = Desk::typical();
    let whose = desk.model.case().map(|case| case.id.clone());
    update(&mut desk.model, Msg::Drafts(whose, drafts));
    let frame = desk.frame(80, 23);
    assert!(frame.find("Note: Theatre 2") < frame.find("Evidence: /tmp/x"), "{frame}");
    desk.press("<enter>");
    assert_eq!(desk.model.form_on_top().unwrap().kind, FormKind::Note);
}
