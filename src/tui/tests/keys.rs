//! What keys ask for and what answers change.

use crate::{
    domain::{
        case::steps::StepStatus,
        decide::{ActOnStep, AddNote, Command, CorrectEntry, MakeDecision, StartClock, StepAct},
        event::Event,
        person::Person,
        problem::Problem,
        time::Now,
    },
    tui::{
        keys::{
            action::Context,
            key::{Code, Key},
            place::Place,
        },
        model::{
            effect::{Commit, Effect},
            msg::Msg,
            overlays::open_form::Status,
            tickets::Ticket,
        },
        testing::{Desk, at, now, patel, playbooks, rows, step_ref},
        update,
    },
};

fn commits(effects: &[Effect]) -> Vec<(Ticket, &Commit)> {
    let commit = |effect| match effect {
        &Effect::Commit(ticket, ref commit) => Some((ticket, commit.as_ref())),
        _ => None,
    };
    effects.iter().filter_map(commit).collect()
}

fn report(what: &str) -> Problem {
    Problem { what: what.into(), causes: Vec::new(), hint: None }
}

#[test]
fn a_step_is_done_only_once_it_is_recorded() {
    let mut desk = Desk::typical();
    assert!(desk.press("<enter>port 12 is down").is_empty(), "opening and typing record nothing");
    let effects = desk.press("<ctrl-s>");
    let done = commits(&effects);
    assert_eq!(done.len(), 1);
    let act = StepAct::Done { note: "port 12 is down".into(), why: String::new(), answers: Vec::new() };
    assert_eq!(done[0].1.command, Command::Step(ActOnStep { step: step_ref("isolate"), act }));
    assert_eq!(done[0].1.begun, Some(at("02:41:07")), "the moment of the key that opened the box");
    assert!(desk.frame(80, 23).contains("recording…"));
    let standing = |desk: &Desk| desk.model.case().unwrap().step_view(&step_ref("isolate")).unwrap().status;
    assert_eq!(standing(&desk), StepStatus::Ready, "not before the disk has it");
    desk.answer(effects);
    assert_eq!(standing(&desk), StepStatus::Done);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("A13  ✓") && frame.contains("recorded as A13"), "{frame}");
    let screen = desk.model.case.as_ref().unwrap();
    assert_eq!(screen.selected, Some(step_ref("backups")), "and the cursor goes on to what is next");
}

#[test]
fn begun_is_when_the_box_was_opened_not_when_it_was_saved() {
    let mut desk = Desk::typical();
    desk.press("nlong story");
    update(&mut desk.model, Msg::Tick(Now::fixed(at("02:50:00"), 60)));
    let effects = desk.press("<ctrl-s>");
    assert_eq!(commits(&effects)[0].1.begun, Some(at("02:41:07")));
}

#[test]
fn a_held_key_records_nothing_and_types_nothing() {
    let mut desk = Desk::typical();
    let held = |code, ctrl| Key { ctrl, repeat: true, ..Key::plain(code) };
    desk.press("n");
    for _ in 0..5 {
        update(&mut desk.model, Msg::Key(held(Code::Char('n'), false)));
    }
    assert_eq!(desk.model.form_on_top().unwrap().form.text("text"), "", "the n that opened the box is not typed");
    desk.press("x");
    assert!(update(&mut desk.model, Msg::Key(held(Code::Char('s'), true))).is_empty());
    assert_eq!(desk.model.form_on_top().unwrap().status, Status::Editing);
    assert_eq!(commits(&desk.press("<ctrl-s>")).len(), 1);
    assert!(desk.press("<ctrl-s>").is_empty(), "once on its way it is not sent twice");
}

#[test]
fn enter_alone_never_records() {
    let mut desk = Desk::typical();
    let effects = desk.press("<enter><enter><enter><enter><enter><enter>");
    assert!(effects.is_empty(), "{effects:?}");
}

#[test]
fn esc_keeps_the_draft_with_its_time() {
    let mut desk = Desk::typical();
    desk.press("nTheatre 2<esc>");
    assert_eq!(desk.model.context(), Context::At(Place::Playbook));
    update(&mut desk.model, Msg::Tick(Now::fixed(at("03:00:00"), 60)));
    desk.press("n finishes");
    let effects = desk.press("<ctrl-s>");
    let (_, commit) = commits(&effects)[0];
    assert_eq!(commit.command, Command::Note(AddNote { text: "Theatre 2 finishes".into() }));
    assert_eq!(commit.begun, Some(at("02:41:07")));
    desk.answer(effects);
    desk.press("n");
    assert_eq!(desk.model.form_on_top().unwrap().form.text("text"), "", "what is recorded is no draft any more");
}

#[test]
fn drafts_of_two_steps_are_kept_apart() {
    let mut desk = Desk::typical();
    desk.press("sone<esc><down>s");
    assert_eq!(desk.model.form_on_top().unwrap().form.text("why"), "");
    desk.press("two<esc><up>s");
    assert_eq!(desk.model.form_on_top().unwrap().form.text("why"), "one");
}

#[test]
fn a_refusal_of_the_domain_is_shown_in_place_and_asks_for_the_reason() {
    let mut desk = Desk::typical();
    desk.press("/accounts<enter><enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("it comes before what it needs: Isolate the affected segment"), "{frame}");
    assert!(desk.press("<ctrl-s>").is_empty(), "the reason is asked for first");
    let effects = desk.press("Passwords were seen in the dump<ctrl-s>");
    let why = "Passwords were seen in the dump".to_owned();
    let act = StepAct::Done { note: String::new(), why, answers: Vec::new() };
    assert_eq!(commits(&effects)[0].1.command, Command::Step(ActOnStep { step: step_ref("accounts"), act }));
}

#[test]
fn a_refusal_of_the_writer_asks_for_the_reason_in_the_same_box() {
    let mut desk = Desk::typical();
    let effects = desk.press("<enter>done it<ctrl-s>");
    let ticket = commits(&effects)[0].0;
    update(&mut desk.model, Msg::Refused(ticket, report("isolate comes before what it needs: safety"), true));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Reason") && frame.contains("comes before what it needs"), "{frame}");
    let again = desk.press("cannot wait<ctrl-s>");
    let (second, commit) = commits(&again)[0];
    assert_ne!(second, ticket, "another text is another command");
    let act = StepAct::Done { note: "done it".into(), why: "cannot wait".into(), answers: Vec::new() };
    assert_eq!(commit.command, Command::Step(ActOnStep { step: step_ref("isolate"), act }));
}

#[test]
fn not_recorded_keeps_the_text_and_retries_with_the_same_ticket() {
    let mut desk = Desk::typical();
    let effects = desk.press("nward 5 can take two<ctrl-s>");
    let (ticket, first) = commits(&effects)[0];
    update(&mut desk.model, Msg::NotRecorded(ticket, report("the disk is full")));
    assert!(desk.frame(80, 23).contains("NOT RECORDED"));
    let saved = desk.press("w");
    let Some(Effect::SaveText(saving, text)) = saved.first() else { panic!("{saved:?}") };
    assert!(text.contains("ward 5 can take two"));
    update(&mut desk.model, Msg::Done(*saving, "saved to ~/note.txt".into()));
    assert!(desk.frame(80, 23).contains("saved to ~/note.txt"));
    let held = Key { repeat: true, ..Key::plain(Code::Char('r')) };
    assert!(update(&mut desk.model, Msg::Key(held)).is_empty(), "a held r does not retry");
    let again = desk.press("r");
    assert_eq!(commits(&again), vec![(ticket, first)], "the same command under the same ticket");
    update(&mut desk.model, Msg::NotRecorded(ticket, report("the disk is full")));
    desk.press("<esc>");
    assert_eq!(desk.model.context(), Context::Form);
    assert_eq!(commits(&desk.press("<ctrl-s>"))[0].0, ticket, "unchanged text keeps its ticket");
    update(&mut desk.model, Msg::NotRecorded(ticket, report("the disk is full")));
    assert_ne!(commits(&desk.press("<esc>!<ctrl-s>"))[0].0, ticket, "changed text does not");
}

#[test]
fn a_decision_names_who_decided() {
    let mut desk = Desk::typical();
    desk.press("<up>r");
    let effects = desk.press("New facts<ctrl-s>");
    desk.answer(effects);
    desk.press("/how far<enter><enter>");
    assert!(desk.press("<ctrl-s>").is_empty(), "nothing is chosen for the responder");
    desk.press("<down><down><tab>Spread to theatres<tab>");
    let effects = desk.press("<ctrl-w><ctrl-w><ctrl-w>A. Osei<tab><ctrl-w>gold<ctrl-s>");
    let Command::Decide(MakeDecision { choice, rationale, decided_by, .. }) = &commits(&effects)[0].1.command else {
        panic!()
    };
    assert_eq!((choice.as_str(), rationale.as_str()), ("site", "Spread to theatres"));
    assert_eq!(*decided_by, Person { role: "gold".into(), ..Person::named("A. Osei") });
}

#[test]
fn a_notification_meets_its_duty() {
    let mut desk = Desk::typical();
    desk.press("/csoc<enter><enter>telephone<enter>CSOC-4411");
    assert!(desk.frame(80, 23).contains("clock met"), "the box says what will be written");
    let effects = desk.press("<ctrl-s>");
    desk.answer(effects);
    assert!(matches!(desk.log.last().unwrap().event, Event::ClockMet(_)));
    assert!(desk.frame(80, 23).contains("recorded as A13, A14"));
    desk.press("t");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("✓ met 03:41 CSOC-4411") && frame.contains("As sent  We have ransomware"), "{frame}");
}

#[test]
fn a_clock_is_started_with_the_stated_moment() {
    let mut desk = Desk::typical();
    desk.press("t<down><down>s");
    let effects = desk.press("<ctrl-u>-20m<ctrl-s>");
    let (_, commit) = commits(&effects)[0];
    let Command::StartClock(StartClock { duty, aware, .. }) = &commit.command else { panic!("{commit:?}") };
    assert_eq!((duty.as_str(), *aware), ("nis", at("02:21:07")));
}

#[test]
fn a_correction_points_at_the_entry_and_both_are_shown() {
    let mut desk = Desk::typical();
    desk.press("3<up><up>c");
    let effects = desk.press("Theatre 3, not 2<tab>misheard<ctrl-s>");
    let Command::Correct(CorrectEntry { entry, hash, .. }) = &commits(&effects)[0].1.command else { panic!() };
    assert_eq!((entry, hash), (&desk.log[9].id, &desk.log[9].hash));
    desk.answer(effects);
    let frame = desk.sized(120, 40);
    assert!(frame.contains("corrected by A13") && frame.contains("A10: Theatre 3, not 2"), "{frame}");
}

#[test]
fn evidence_can_be_cancelled_or_left_running() {
    let mut desk = Desk::typical();
    let effects = desk.press("e/tmp/x<ctrl-s>");
    let Some(Effect::TakeEvidence(ticket, take)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((take.step.clone(), take.path.as_str()), (Some(step_ref("isolate")), "/tmp/x"));
    assert_eq!(desk.press("<ctrl-c>"), vec![Effect::Cancel(*ticket)]);
    update(&mut desk.model, Msg::Cancelled(*ticket));
    assert_eq!(desk.model.form_on_top().unwrap().form.text("path"), "/tmp/x", "the form is back");
    let again = desk.press("<ctrl-s>");
    let Some(Effect::TakeEvidence(ticket, _)) = again.last() else { panic!("{again:?}") };
    desk.press("<enter>");
    assert_eq!(desk.model.context(), Context::At(Place::Playbook), "it goes on in the background");
    assert!(desk.press("1q").is_empty() && desk.model.context() == Context::Ask, "and would be lost by leaving");
    desk.press("<esc>");
    update(&mut desk.model, Msg::NotRecorded(*ticket, report("the disk is full")));
    assert_eq!(desk.model.context(), Context::NotRecorded, "what goes wrong comes back on top");
}

#[test]
fn a_new_incident_opens_its_case() {
    let mut desk = Desk::new();
    update(&mut desk.model, rows());
    assert_eq!(desk.press("n"), vec![Effect::ListPlaybooks]);
    update(&mut desk.model, playbooks());
    let effects = desk.press("Wards cannot log in<enter> <ctrl-s>");
    let Some(Effect::NewCase(_, new)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(new.playbooks, ["ransomware"]);
    assert_eq!((new.title.as_str(), &new.responder), ("Wards cannot log in", &patel()));
    desk.wrote("02:41:07", Command::Note(AddNote { text: "x".into() }));
    desk.open();
    assert_eq!(desk.model.context(), Context::At(Place::Playbook));
    assert_eq!(desk.press("qq"), vec![Effect::LeaveCase, Effect::ListCases, Effect::FindDrafts(None)]);
    assert_eq!(desk.press("q"), vec![Effect::Quit]);
}

#[test]
fn a_case_can_be_opened_at_the_start() {
    let mut desk = Desk::new();
    desk.model.open_at_start(desk.case.id.clone());
    let effects = desk.model.init();
    assert!(matches!(&effects[..], [Effect::ListPlaybooks, Effect::OpenCase(_, id)] if *id == desk.case.id));
    let Effect::OpenCase(ticket, _) = effects[1] else { panic!() };
    let asked = update(&mut desk.model, Msg::Failed(ticket, report("the file is locked")));
    assert_eq!(asked, [Effect::ListCases, Effect::FindDrafts(None)], "there is no case, so the list is needed");
    assert!(desk.frame(80, 23).contains("the file is locked"));
}

#[test]
fn records_are_taken_in_once() {
    let mut desk = Desk::typical();
    let records = desk.wrote("02:41:00", Command::Note(AddNote { text: "from the other terminal".into() }));
    update(&mut desk.model, Msg::Entries(records.clone()));
    update(&mut desk.model, Msg::Entries(records));
    assert_eq!(desk.model.case().unwrap(), &desk.case);
    assert_eq!(desk.frame(80, 23).matches("from the other terminal").count(), 1);
}

#[test]
fn what_cannot_be_recorded_is_refused_with_what_would_work() {
    let mut desk = Desk::typical();
    desk.press("/confirm<enter>s");
    assert!(desk.frame(80, 23).contains("the step is done: r opens it again"));
    desk.press("<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Again: Confirm") && frame.contains("Why it is done again"), "{frame}");
    desk.press("<esc>");
    desk.model.case.as_mut().unwrap().read_only = Some("the folder cannot be written".into());
    desk.press("n");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("nothing can be recorded here") && frame.contains("READ ONLY"), "{frame}");
}

#[test]
fn pastes_go_into_boxes_only() {
    let mut desk = Desk::typical();
    update(&mut desk.model, Msg::Paste("q".into()));
    assert!(desk.frame(80, 23).contains("nothing was pasted"));
    desk.press("n");
    update(&mut desk.model, Msg::Paste("x".repeat(70_000)));
    assert_eq!(desk.model.form_on_top().unwrap().form.text("text"), "");
    assert!(desk.frame(80, 23).contains("nothing was pasted"));
}

#[test]
fn the_screen_is_drawn_again_only_when_it_would_differ() {
    let mut desk = Desk::typical();
    desk.model.take_redraw();
    let tick = |desk: &mut Desk, time: &str| {
        update(&mut desk.model, Msg::Tick(Now::fixed(at(time), 60)));
        desk.model.take_redraw()
    };
    tick(&mut desk, "02:41:07");
    desk.press("/backups<enter>");
    tick(&mut desk, "02:33:08");
    desk.model.take_redraw();
    assert!(!tick(&mut desk, "02:33:09"), "a second that nothing shows");
    assert!(tick(&mut desk, "02:34:00"), "a minute");
    tick(&mut desk, "02:42:10");
    assert!(tick(&mut desk, "02:42:11"), "a second of the last ten minutes");
    assert_eq!(now().offset(), 60);
}

#[test]
fn too_small_a_window_takes_no_keys_but_to_leave() {
    let mut desk = Desk::typical();
    desk.press("nhalf");
    update(&mut desk.model, Msg::Resize(60, 20));
    assert!(desk.press("<ctrl-s>x").is_empty(), "nothing is recorded blind");
    update(&mut desk.model, Msg::Resize(80, 23));
    assert_eq!(desk.model.form_on_top().unwrap().form.text("text"), "half");
    update(&mut desk.model, Msg::Resize(60, 20));
    assert!(desk.press("quickly yes").is_empty() && desk.frame(60, 20).contains("is not taken"), "no letter is a key");
    assert!(!desk.press("<ctrl-c>").contains(&Effect::Quit), "a draft waits");
    assert!(desk.frame(60, 20).contains("y leaves"));
    assert_eq!(desk.press("y").last(), Some(&Effect::Quit));
}

#[test]
fn time_and_keys_go_on_in_a_window_of_any_size() {
    let tick = |desk: &mut Desk, time: &str| {
        let at = crate::tui::testing::at(time);
        update(&mut desk.model, Msg::Tick(crate::domain::time::Now::fixed(at, 60)))
    };
    let mut desk = Desk::typical();
    for place in 1..=9 {
        desk.press(&place.to_string());
        for (width, height) in [(0, 0), (1, 1), (20, 200), (33, 5), (300, 1), (65_535, 2)] {
            update(&mut desk.model, Msg::Resize(width, height));
            tick(&mut desk, "02:34:00");
            desk.press("<pgdn>j<end>");
            update(&mut desk.model, Msg::Resize(120, 40));
            update(&mut desk.model, Msg::Resize(width, height));
            tick(&mut desk, "02:35:00");
        }
        update(&mut desk.model, Msg::Resize(120, 40));
    }
}

#[test]
fn warnings_are_said_first() {
    let mut desk = Desk::new();
    let opened = crate::tui::model::msg::Opened {
        case: desk.case.clone(),
        index: desk.index.clone(),
        tail: Vec::new(),
        console: desk.console.clone(),
        responder: patel(),
        folder: String::new(),
        warnings: vec!["entries A3 to A7 are missing".into()],
        read_only: None,
        unclear: None,
    };
    update(&mut desk.model, Msg::Opened(Box::new(opened)));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("READ THIS FIRST") && frame.contains("A3 to A7"), "{frame}");
}

#[test]
fn another_playbook_can_be_used_in_an_open_case() {
    let mut desk = Desk::typical();
    let effects = desk.press("p");
    assert_eq!(effects, [Effect::ListPlaybooks], "files may have come since");
    assert!(desk.frame(80, 23).contains("Every playbook is in use"), "none is known yet");
    update(&mut desk.model, playbooks());
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Phishing and account") && !frame.contains(" Ransomware  "), "the other is in use: {frame}");
    let effects = desk.press("phish<enter><ctrl-s>");
    assert!(matches!(&effects[..], [Effect::AttachPlaybook(_, id, _)] if id == "phishing"), "{effects:?}");
}

#[test]
fn a_long_error_is_a_page_and_not_a_cut_line() {
    let mut desk = Desk::typical();
    let what = "the file k7qd/case.sqlite3 could not be copied to the place that was asked for".to_owned();
    let causes = vec!["no space left on device".to_owned()];
    update(&mut desk.model, Msg::Failed(0, Problem { what, causes, hint: Some("free some space".into()) }));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("no space left on device") && frame.contains("free some space"), "{frame}");
}
