//! Decisions: the list, the one with the cursor, and a second name under it.

use super::{elsewhere, many::under_way};
use crate::{
    domain::{
        decide::{Command, CorrectEntry, MakeDecision, UndoEntry},
        event::Event,
        person::Person,
    },
    tui::{model::effect::Effect, testing::Desk},
};

fn free(question: &str, choice: &str, who: &str) -> Command {
    Command::Decide(MakeDecision {
        step: None,
        question: question.into(),
        choice: choice.into(),
        rationale: "The switchboard cannot reach the on-call list, and relatives ring the wards.".into(),
        decided_by: Person { role: "gold commander".into(), ..Person::named(who) },
    })
}

#[test]
fn empty() {
    let mut desk = Desk::new();
    desk.open();
    desk.press("5");
    insta::assert_snapshot!("decisions_none", desk.list_lines(80));
    desk.press("s");
    assert!(desk.frame(80, 23).contains("nothing is decided yet: d or D decides"), "{}", desk.frame(80, 23));
}

/// The typical case with a decision that another made.
fn some() -> Desk {
    let mut desk = Desk::typical();
    elsewhere(&mut desk, "02:40:00", free("Do we tell relatives by telephone?", "Yes, from the hub", "H. Achebe"));
    desk.press("5<down>");
    desk
}

#[test]
fn typical() {
    let mut desk = some();
    insta::assert_snapshot!("decisions_some", desk.list_lines(80));
    insta::assert_snapshot!("decisions_some_detail", desk.detail_lines(80));
    desk.press("<up>");
    insta::assert_snapshot!("decisions_step", desk.detail_lines(80));
}

#[test]
fn another_confirms_what_was_logged() {
    let mut desk = some();
    desk.press("s");
    insta::assert_snapshot!("countersign", desk.form_lines(80));
    let effects = desk.press("<tab><tab>by telephone<tab>Yes, as I said<ctrl-s>");
    assert!(matches!(effects[..], [Effect::Commit(..)]), "{}", desk.frame(80, 23));
    desk.answer(effects);
    let Event::DecisionCountersigned(signed) = &desk.log.last().unwrap().event else { panic!() };
    assert_eq!((signed.person.name.as_str(), signed.means.as_str()), ("H. Achebe", "by telephone"));
    insta::assert_snapshot!("decisions_signed", desk.list_lines(80));
    insta::assert_snapshot!("decisions_signed_detail", desk.detail_lines(80));
}

#[test]
fn nobody_confirms_what_they_logged_and_the_box_says_who_can() {
    let mut desk = some();
    desk.press("<up>s");
    let sheet = desk.model.form_on_top().unwrap();
    assert_eq!(sheet.form.text("who"), "", "who decided is who logged it: another name is to be asked for");
    desk.press("J. Patel");
    assert!(desk.press("<ctrl-s>").is_empty());
    let frame = desk.frame(80, 23);
    assert!(frame.contains("J. Patel logged A12, so another person must confirm it"), "{frame}");
    let sheet = desk.model.form_on_top().unwrap();
    assert_eq!(sheet.form.views()[sheet.form.at].head().id, "who", "the cursor is where it can be mended");
    desk.press("<ctrl-u>A. Osei");
    let effects = desk.press("<ctrl-s>");
    desk.answer(effects);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("✓ signed") && frame.contains("⏸ unsigned"), "{frame}");
    // Two may confirm the same, and the form says who has.
    desk.press("s");
    assert!(desk.frame(80, 23).contains("Signed         A. Osei"), "{}", desk.frame(80, 23));
}

#[test]
fn answers_of_others_stand_among_the_decisions() {
    let mut desk = under_way();
    elsewhere(&mut desk, "02:36:00", free("Do we tell relatives?", "Yes", "J. Patel"));
    desk.press("5");
    insta::assert_snapshot!("decisions_answers", desk.list_lines(80));
    insta::assert_snapshot!("decisions_answers_detail", desk.detail_lines(80));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("✓ agreed") && frame.contains("› Yes"), "{frame}");
    assert!(frame.contains("asked before: ") || frame.contains("it cannot wait"), "{frame}");
    desk.press("s");
    assert!(desk.frame(80, 23).contains("this is an answer of another person already"), "{}", desk.frame(80, 23));
    desk.press("<enter>");
    let page = desk.frame(80, 23);
    assert!(page.contains("M. Fairclough agreed") && page.contains("By       telephone"), "{page}");
    desk.press("q<down>s");
    assert!(desk.frame(80, 23).contains("Countersign A"), "a decision can be signed: {}", desk.frame(80, 23));
}

#[test]
fn what_is_undone_or_corrected_says_so_in_its_row() {
    let mut desk = some();
    let (made, hash) = (desk.case.decisions[1].entry.clone(), desk.case.decisions[1].hash);
    let (text, why) = ("from switchboard".into(), "slip".into());
    let (first, its) = (desk.case.decisions[0].entry.clone(), desk.case.decisions[0].hash);
    elsewhere(&mut desk, "02:40:30", Command::Correct(CorrectEntry { entry: first, hash: its, text, why }));
    elsewhere(&mut desk, "02:40:40", Command::Undo(UndoEntry { entry: made, hash, why: "asked twice".into() }));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("– Yes, from the hub") && frame.contains("– undone"), "{frame}");
    assert!(frame.contains(" corrected "), "{frame}");
    desk.press("s");
    assert!(desk.frame(80, 23).contains("the decision is undone: it does not count"), "{}", desk.frame(80, 23));
}

#[test]
fn a_decision_opens_whole_also_where_its_entry_is_not_loaded() {
    let mut desk = some();
    desk.press("<up>");
    desk.model.case.as_mut().unwrap().at_hand.clear();
    assert!(desk.press("<enter>").is_empty());
    let page = desk.frame(80, 23);
    for said in ["The segment", "How much do we cut off?", "▶ The segment: wards 5", "○ The whole site: everything"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn overfull_and_hostile() {
    let mut desk = Desk::typical();
    for at in 0..40 {
        let question = format!("{at:02} 病院 \u{1b}[2J\u{202e}? {}", "and then ".repeat(30));
        elsewhere(&mut desk, "02:40:00", free(&question, &format!("{at} Größe \u{200b}{}", "x".repeat(90)), "H. 病院"));
    }
    desk.press("5<down><down>");
    insta::assert_snapshot!("decisions_full", desk.list_lines(80));
    insta::assert_snapshot!("decisions_full_detail", desk.detail_lines(80));
    for _ in 0..40 {
        desk.press("<down>");
        let frame = desk.sized(80, 23);
        let count = frame.lines().position(|line| line.contains(" of 41 "));
        assert_eq!(count, Some(11), "{frame}");
    }
    desk.press("<enter>");
    insta::assert_snapshot!("decisions_full_page", desk.overlay_lines(80));
}
