//! What is said of entries afterwards, what it means for patients, and what is typed and not recorded.

use crate::{
    domain::{
        case::steps::StepStatus,
        decide::{AmendCase, Command},
        time::Now,
    },
    tui::{
        model::{drafts::Draft, effect::Effect, msg::Msg, overlays::open_form::FormKind},
        testing::{Desk, at, step_ref},
        update,
        update::drafts,
    },
};

#[test]
fn an_entry_is_marked_to_be_looked_at_again_and_the_mark_taken_off() {
    let mut desk = Desk::typical();
    desk.press("3<up><up>f");
    assert!(desk.frame(80, 23).contains("Theatre 2 finishing list on paper"), "{}", desk.frame(80, 23));
    let effects = desk.press("ask the ward<ctrl-s>");
    desk.answer(effects);
    let entry = desk.log[9].id.clone();
    assert_eq!(desk.model.case().unwrap().follow_ups[&entry].what.why, "ask the ward");
    desk.press("1");
    assert!(desk.frame(80, 23).contains("follow up 1 entry"), "{}", desk.frame(80, 23));
    desk.press("f");
    assert!(desk.frame(80, 23).contains("Which entry is to be looked at again?"));
    desk.press("theatre 2 fin<enter>");
    assert!(desk.frame(80, 23).contains("Nothing more to follow up in A10"), "{}", desk.frame(80, 23));
    let effects = desk.press("<ctrl-s>");
    desk.answer(effects);
    assert!(desk.model.case().unwrap().follow_ups.is_empty());
}

#[test]
fn undoing_puts_back_what_the_latest_entry_did_and_says_so() {
    let mut desk = Desk::typical();
    let effects = desk.press("<enter>port 12<ctrl-s>");
    desk.answer(effects);
    let standing = |desk: &Desk| desk.model.case().unwrap().step_view(&step_ref("isolate")).unwrap().status;
    assert_eq!(standing(&desk), StepStatus::Done);
    desk.press("u");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Undo A13") && frame.contains("Isolate the affected segment: port 12"), "{frame}");
    let effects = desk.press("the wrong switch<ctrl-s>");
    desk.answer(effects);
    assert_eq!(standing(&desk), StepStatus::Ready);
    let entry = desk.log[12].id.clone();
    assert!(desk.model.case().unwrap().corrections[&entry][0].what.text.contains("does not count"));
    // What undoes stays as it is.
    desk.press("3Gc");
    assert!(desk.model.form_on_top().is_none());
    let frame = desk.frame(80, 23);
    assert!(frame.contains("A15 undoes A13, and A13 stays undone: record what is right as a new entry"), "{frame}");
    // What cannot be undone says what to do instead.
    desk.press("4u");
    assert!(desk.model.form_on_top().is_none());
    assert!(desk.frame(80, 23).contains("correct the entry"), "{}", desk.frame(80, 23));
}

#[test]
fn an_emptied_draft_is_none_and_another_is_thrown_away_by_two_keys() {
    let mut desk = Desk::typical();
    desk.press("nnot this<ctrl-u><esc>");
    assert!(desk.model.drafts.shelf.is_empty() && drafts::list_drafts(&desk.model).is_empty());
    desk.press("nkeep this<esc>");
    assert_eq!(desk.model.drafts.shelf.len(), 1);
    desk.press(":not recorded<enter>");
    assert!(desk.frame(80, 23).contains("keep this"), "{}", desk.frame(80, 23));
    desk.press("<delete>");
    assert!(desk.frame(80, 23).contains("again throws this draft away"), "{}", desk.frame(80, 23));
    desk.press("<down><delete>");
    assert_eq!(desk.model.drafts.shelf.len(), 1, "another key came between");
    let effects = desk.press("<delete>");
    assert!(desk.model.drafts.shelf.is_empty() && desk.model.overlays.stack.is_empty());
    assert!(matches!(&effects[..], [Effect::KeepDrafts(_, left)] if left.is_empty()), "{effects:?}");
}

#[test]
fn undo_means_the_latest_entry_and_never_quietly_an_older_one() {
    let mut desk = Desk::typical();
    let news = desk.wrote(
        "02:41:01",
        Command::Amend(AmendCase { title: Some("Wards on paper".into()), summary: None, tlp: None }),
    );
    update(&mut desk.model, Msg::Entries(news));
    desk.press("u");
    let frame = desk.frame(80, 23);
    assert!(desk.model.form_on_top().is_none() && frame.contains("A13 cannot be undone"), "{frame}");
}

#[test]
fn a_decision_that_was_undone_is_no_longer_the_last_one_on_now() {
    let mut desk = Desk::typical();
    desk.press("1");
    assert!(desk.frame(80, 23).contains("decided   03:39 The segment"), "{}", desk.frame(80, 23));
    desk.press("3");
    let effects = desk.press("u<ctrl-s>");
    desk.answer(effects);
    desk.press("1");
    assert!(!desk.frame(80, 23).contains("decided   "), "{}", desk.frame(80, 23));
}

#[test]
fn one_key_goes_to_what_is_due_first_then_to_what_is_due_after_it() {
    let mut desk = Desk::typical();
    let here = |desk: &Desk| desk.model.case.as_ref().unwrap().selected.clone().unwrap().step;
    let due = |desk: &Desk| {
        let mut all: Vec<_> = desk.model.case().unwrap().due_steps().collect();
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, point)| point.name().step).collect::<Vec<_>>()
    };
    let all = due(&desk);
    assert!(all.len() > 2, "{all:?}");
    desk.press("3l");
    let first = all.iter().position(|step| *step == here(&desk)).unwrap();
    desk.press("l");
    assert_eq!(here(&desk), all[(first + 1) % all.len()]);
    (0..all.len()).for_each(|_| drop(desk.press("l")));
    assert_eq!(here(&desk), all[(first + 1) % all.len()], "it goes round");
}

#[test]
fn what_it_means_for_patients_is_stated_and_stands_on_now() {
    let mut desk = Desk::typical();
    desk.press("1");
    assert!(desk.frame(80, 23).contains("patients  not stated yet: i"));
    let effects = desk.press("iTheatre 2 works on paper<ctrl-s>");
    desk.answer(effects);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("patients  Theatre 2 works on"), "{frame}");
}

fn kept(effects: &[Effect]) -> Vec<&Vec<Draft>> {
    let mut kept = Vec::new();
    for effect in effects {
        if let Effect::KeepDrafts(_, drafts) = effect {
            kept.push(drafts);
        }
    }
    kept
}

fn tick(desk: &mut Desk, time: &str) -> Vec<Effect> {
    update(&mut desk.model, Msg::Tick(Now::fixed(at(time), 60)))
}

#[test]
fn what_is_typed_is_kept_within_a_second_and_given_up_once_recorded() {
    let mut desk = Desk::typical();
    desk.press("nTheatre");
    let effects = tick(&mut desk, "02:41:08");
    assert!(matches!(&kept(&effects)[..], [drafts] if drafts.len() == 1 && drafts[0].text().contains("Theatre")));
    assert!(kept(&tick(&mut desk, "02:41:09")).is_empty(), "nothing new is typed");
    desk.press(" 2");
    assert!(kept(&tick(&mut desk, "02:41:10"))[0][0].text().contains("Theatre 2"));
    let effects = desk.press("<ctrl-s>");
    desk.answer(effects);
    assert!(kept(&tick(&mut desk, "02:41:11")).iter().all(|drafts| drafts.is_empty()));
    assert!(drafts::list_drafts(&desk.model).is_empty());
}

/// Types into the form that `keys` open, and gives what is kept of it.
fn typed(keys: &str) -> (Desk, Vec<Draft>) {
    let mut desk = Desk::typical();
    desk.press(keys);
    let drafts = drafts::list_drafts(&desk.model);
    assert_eq!(drafts.len(), 1, "{keys}: {}", desk.frame(80, 23));
    let text = serde_json::to_string(&drafts).unwrap();
    (desk, serde_json::from_str(&text).unwrap())
}

#[test]
fn every_box_comes_back_with_all_that_was_typed() {
    for keys in [
        "nTheatre 2\nis on paper<tab>-20m",
        "<enter>port 12",
        "swhy not",
        "bwaits",
        "mGold<tab>telephone<tab>R-1<tab>We cannot admit",
        "/how far<enter>r<ctrl-u>new facts",
        "DDivert?<tab>No<tab>ED works",
        "e/tmp/x<tab>name<tab>shows<tab>pc7<tab><right><tab> ",
        "3<up>cTheatre 3<tab>misheard",
        "3<up>flook again",
        "ua slip",
        "1iTheatre on paper",
        "7<down><down>sAt once<tab>it says so",
        "x<down><down><tab>/tmp/case.md",
        ":change severity<enter><down><tab>worse",
        ":change title<enter> and Ward 7",
        ":take part<enter>x",
        ":close the case<enter>over",
    ] {
        let (before, drafts) = typed(keys);
        let mut desk = Desk::typical();
        let whose = desk.model.case().map(|case| case.id.clone());
        update(&mut desk.model, Msg::Drafts(whose, drafts.clone()));
        assert!(desk.frame(80, 23).contains("Not recorded: typed before"), "{keys}: {}", desk.frame(80, 23));
        desk.press("<enter>");
        let (was, is) = (before.model.form_on_top().unwrap(), desk.model.form_on_top().unwrap());
        assert_eq!((&was.kind, was.to_text(), was.begun), (&is.kind, is.to_text(), is.begun), "{keys}");
        assert_eq!(drafts::list_drafts(&desk.model), drafts, "{keys}");
    }
}

#[test]
fn a_draft_whose_step_is_gone_becomes_a_note_with_its_text() {
    let (_, drafts) = typed("<enter>port 12");
    let text = serde_json::to_string(&drafts).unwrap().replace("\"isolate\"", "\"gone\"");
    let mut desk = Desk::typical();
    let whose = desk.model.case().map(|case| case.id.clone());
    update(&mut desk.model, Msg::Drafts(whose, serde_json::from_str(&text).unwrap()));
    desk.press("<enter>");
    let sheet = desk.model.form_on_top().unwrap();
    assert!(sheet.kind == FormKind::Note && sheet.to_text().contains("port 12"), "{}", sheet.to_text());
}

#[test]
fn drafts_of_another_case_are_not_offered() {
    let (_, drafts) = typed("nTheatre 2");
    let mut desk = Desk::typical();
    update(&mut desk.model, Msg::Drafts(None, drafts));
    assert!(desk.model.drafts.shelf.is_empty() && desk.model.overlays.stack.is_empty());
}

#[test]
fn what_runs_in_the_background_can_be_stopped() {
    let mut desk = Desk::typical();
    assert!(desk.press("<ctrl-c>").is_empty());
    assert!(desk.frame(80, 23).contains("nothing is running"));
    let effects = desk.press("v");
    let Some(Effect::Check(check)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(desk.press("<ctrl-c>"), vec![Effect::Cancel(*check)]);
    update(&mut desk.model, Msg::Cancelled(*check));
    assert!(desk.frame(80, 23).contains("the check was stopped"));
    let effects = desk.press("e/tmp/x<ctrl-s>");
    let Some(Effect::TakeEvidence(take, _)) = effects.last() else { panic!("{effects:?}") };
    desk.press("<enter>");
    assert_eq!(desk.press("<ctrl-c>"), vec![Effect::Cancel(*take)], "also a file that is being read");
}
