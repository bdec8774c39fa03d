//! Every kind of step, as a responder meets it.

use super::elsewhere;
use crate::{
    domain::{
        decide::{ActOnStep, Attach, Command, JoinCase, OpenCase, StepAct},
        duty::{Duty, Threshold},
        event::Event,
        marking::{Severity, Tlp},
        playbook::{Choice, CommandLine, Form, Phase, Playbook, Question, Role, Step, StepKind, System, When},
    },
    tui::{
        model::effect::Effect,
        testing::{Desk, duty, patel, step, step_ref},
    },
};

/// A playbook with every kind of step.
pub(super) fn every_kind() -> Playbook {
    let option = |id: &str, label: &str| Choice { id: id.into(), label: label.into(), means: String::new() };
    let scale = || Form::OneOf(vec![option("none", "1 None"), option("minor", "2 Minor"), option("bad", "3 Bad")]);
    let ask = |id: &str, ask: &str, form| Question { id: id.into(), ask: ask.into(), form, ..Question::default() };
    let line = |system, argv: &[&str]| CommandLine {
        system,
        argv: argv.iter().map(|word| (*word).to_owned()).collect(),
        folder: String::new(),
    };
    let plain = |id: &str, title: &str, kind| step(id, title, &[], None, kind);
    let asks = vec![
        ask("wards", "Which wards cannot log in?", Form::List),
        ask("paper", "Do they have paper charts?", Form::YesNo),
        ask("impact", "How bad would the effect on people be?", scale()),
        Question { optional: true, ..ask("people", "About how many people?", Form::Number) },
    ];
    let lines = vec![line(System::Windows, &["netstat", "-ano"]), line(System::Linux, &["ss", "-tunap"])];
    let steps = vec![
        Step { asks, care: "Ask, do not guess.".into(), ..plain("list", "List what is affected", StepKind::Task) },
        Step { each: Some("wards".into()), ..plain("cover", "Cover {item} by paper", StepKind::Task) },
        plain("agree", "Ask the SIRO", StepKind::Approve { by: "siro".into(), question: "May we cut {wards}?".into() }),
        Step {
            when: When::Chose("agree".into(), "agreed".into()),
            ..plain("connections", "Keep the connections", StepKind::Command { lines })
        },
        Step {
            due: Some(60),
            ..plain("sitrep", "Give the situation report", StepKind::Recur { every: 60, until: None })
        },
        Step { when: When::Yes("paper".into()), ..plain("charts", "Bring the paper charts", StepKind::Task) },
    ];
    let role = |id: &str, title: &str| Role { id: id.into(), title: title.into(), does: String::new() };
    Playbook {
        id: "every-kind".into(),
        version: "1".into(),
        title: "Every kind of step".into(),
        roles: vec![role("lead", "incident lead"), role("siro", "SIRO on call")],
        duties: vec!["ico-72h".into()],
        phases: vec![Phase { id: "only".into(), title: "Contain".into(), steps, ..Phase::default() }],
        ..Playbook::default()
    }
}

/// A desk with a case that a playbook with every kind of step leads.
pub(super) fn desk() -> Desk {
    let mut desk = Desk::new();
    let (title, severity, tlp) = ("Wards cannot log in".into(), Severity::High, Tlp::Amber);
    desk.wrote("02:30:00", Command::Open(OpenCase { title, severity, tlp, exercise: false }));
    desk.wrote("02:30:00", Command::Join(JoinCase { responder: patel() }));
    let (source, origin) = ("(…)".into(), "own.ron".into());
    let gate = ["impact", "likelihood"].map(|id| Threshold { question: id.into(), at_least: 2 }).to_vec();
    let duties = vec![Duty { gate, ..duty("ico-72h", "ICO", "the ICO", Some(72 * 60)) }];
    let attach = Attach { source, origin, playbook: every_kind(), duties, why: String::new() };
    desk.wrote("02:30:00", Command::Attach(Box::new(attach)));
    desk.open();
    desk
}

/// Records what the form shows.
pub(super) fn record(desk: &mut Desk) {
    let effects = desk.press("<ctrl-s>");
    assert!(matches!(effects[..], [Effect::Commit(..)]), "{}", desk.frame(80, 23));
    desk.answer(effects);
}

fn last(desk: &Desk) -> &Event {
    &desk.log.last().unwrap().event
}

#[test]
fn questions_are_answered_with_the_step_and_the_answers_are_used() {
    let mut desk = desk();
    insta::assert_snapshot!("kind_questions", desk.detail_lines(80));
    desk.press("<enter>");
    insta::assert_snapshot!("kind_questions_box", desk.form_lines(80));
    assert!(desk.press("<ctrl-s>").is_empty(), "a question is open");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Not recorded   \"List what is affected\" still asks: wards, paper, impact"), "{frame}");
    assert!(frame.contains("Or why not"), "a reason would do: {frame}");
    desk.press("Ward 7<enter>Ward 9<tab><right><tab><down><down><tab><tab>all on the night list");
    insta::assert_snapshot!("kind_questions_written", desk.form_lines(80));
    record(&mut desk);
    let words: Vec<&str> = desk
        .log
        .iter()
        .filter_map(|record| match &record.event {
            Event::AnswerGiven(given) => Some(given.words.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(words, ["Ward 7 and Ward 9", "yes", "2 Minor"]);
    assert!(matches!(last(&desk), Event::StepDone(_)));
    // The step is next for the first ward, and named by it.
    let frame = desk.frame(80, 23);
    assert!(frame.contains("▶ Cover Ward 7 by paper") && frame.contains("○ Cover Ward 9 by paper"), "{frame}");
    insta::assert_snapshot!("kind_each", desk.list_lines(80));
    desk.press("/list what<enter>");
    assert!(desk.frame(80, 23).contains("Which wards cannot log in? Ward 7 and"), "{}", desk.frame(80, 23));
}

#[test]
fn a_question_may_stay_open_for_a_reason_and_a_bad_answer_is_pointed_at() {
    let mut desk = desk();
    desk.press("<enter><tab><tab><tab>about twelve");
    assert!(desk.press("<ctrl-s>").is_empty());
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Not recorded") && frame.contains("is no whole number"), "{frame}");
    // The cursor is where it hurts, and the refusal goes once the field is changed.
    for _ in 0.."about twelve".len() {
        desk.press("<backspace>");
    }
    desk.press("12");
    let frame = desk.frame(80, 23);
    assert!(
        !frame.contains("Not recorded") && frame.contains("Not yet        \"List what is affected\" still asks"),
        "{frame}"
    );
    assert!(desk.press("<ctrl-s>").is_empty());
    let sheet = desk.model.form_on_top().unwrap();
    assert_eq!(sheet.form.views()[sheet.form.at].head().id, "answer:wards", "the first question without an answer");
    desk.press("<tab><tab><tab><tab><tab>nobody answers the telephone");
    record(&mut desk);
    let Event::StepDone(done) = last(&desk) else { panic!("{:?}", last(&desk)) };
    assert_eq!(done.why, "nobody answers the telephone");
    assert!(
        matches!(&desk.log[3].event, Event::AnswerGiven(given) if given.words == "12"),
        "what was answered is kept"
    );
}

#[test]
fn a_question_is_answered_anew_with_a_reason() {
    let mut desk = desk();
    desk.press("A");
    insta::assert_snapshot!("kind_question_list", desk.overlay_lines(80));
    desk.press("wards<enter>");
    assert!(desk.frame(80, 23).contains("not answered yet"), "{}", desk.frame(80, 23));
    desk.press("ICU");
    record(&mut desk);
    assert!(matches!(last(&desk), Event::AnswerGiven(given) if given.words == "ICU" && given.why.is_empty()));
    desk.press("Awards<enter><enter>Ward 9");
    assert!(desk.frame(80, 23).contains("ICU (A4, J. Patel)"), "the answer as it stands: {}", desk.frame(80, 23));
    assert!(desk.press("<ctrl-s>").is_empty(), "another answer needs a reason");
    desk.press("one more rang");
    insta::assert_snapshot!("kind_question_anew", desk.form_lines(80));
    record(&mut desk);
    let Event::AnswerGiven(given) = last(&desk) else { panic!("{:?}", last(&desk)) };
    assert_eq!((given.words.as_str(), given.why.as_str()), ("ICU and Ward 9", "one more rang"));
}

#[test]
fn another_person_agrees_and_the_command_opens() {
    let mut desk = desk();
    desk.press("/ask the<enter>");
    insta::assert_snapshot!("kind_approve", desk.detail_lines(80));
    desk.press("<enter>J. Patel<tab><tab><right><tab>telephone<tab>go on");
    insta::assert_snapshot!("kind_approve_box", desk.form_lines(80));
    assert!(desk.press("<ctrl-s>").is_empty(), "nobody agrees with themselves");
    assert!(desk.frame(80, 23).contains("another person must agree"), "{}", desk.frame(80, 23));
    desk.press("<esc>");
    desk.press("<enter><backtab><backtab><backtab><backtab>");
    for _ in 0..8 {
        desk.press("<backspace>");
    }
    desk.press("M. Fairclough");
    record(&mut desk);
    assert!(matches!(last(&desk), Event::ApprovalGiven(given) if given.agreed && given.person.role == "SIRO on call"));
    desk.press("/ask the<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Answer  M. Fairclough, SIRO on call agrees") && frame.contains("A4"), "{frame}");
    assert!(frame.contains("⏎ again"), "{frame}");
    desk.press("/keep the<enter>");
    insta::assert_snapshot!("kind_command", desk.detail_lines(80));
    desk.press("<enter><right><right><tab><right><tab>two connections to 203.0.113.9");
    insta::assert_snapshot!("kind_command_box", desk.form_lines(80));
    record(&mut desk);
    assert!(matches!(last(&desk), Event::CommandReported(run) if run.succeeded && run.argv == ["ss", "-tunap"]));
}

#[test]
fn a_refusal_closes_what_hangs_on_it_and_the_console_says_why() {
    let mut desk = desk();
    desk.press("/ask the<enter><enter>M. Fairclough<tab><tab><right><right>");
    record(&mut desk);
    assert!(matches!(last(&desk), Event::ApprovalGiven(given) if !given.agreed));
    desk.press("/keep the<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("– The step is closed. It would apply if “Ask"), "{frame}");
    desk.press("w");
    insta::assert_snapshot!("kind_why_closed", desk.overlay_lines(80));
    desk.press("<esc>/bring<enter>w");
    let frame = desk.frame(80, 23);
    assert!(
        frame.contains("Why “Bring the paper charts” is waiting")
            && frame.contains("“List what is affected”, which is open"),
        "{frame}"
    );
}

#[test]
fn what_recurs_shows_when_it_is_due_again_and_how_it_ends() {
    let mut desk = desk();
    desk.press("/situation<enter><enter>");
    insta::assert_snapshot!("kind_recur_box", desk.form_lines(80));
    desk.press("Gold has it");
    record(&mut desk);
    desk.press("/situation<enter>");
    insta::assert_snapshot!("kind_recur", desk.list_lines(80));
    insta::assert_snapshot!("kind_recur_detail", desk.detail_lines(80));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("↻ Give the situation") && frame.contains("done once"), "{frame}");
    desk.press("sIt is over");
    record(&mut desk);
    assert!(matches!(last(&desk), Event::StepSkipped(_)));
}

#[test]
fn the_grading_is_shown_beside_the_duty_and_decides_nothing() {
    let mut desk = desk();
    desk.press("t");
    assert!(desk.frame(80, 23).contains("not graded yet"), "{}", desk.frame(80, 23));
    assert!(desk.case.clocks.is_empty(), "no clock starts by itself");
}

#[test]
fn every_state_of_a_step_has_its_sign_and_its_word() {
    let mut desk = Desk::typical();
    let act = |step: &str, act: StepAct| Command::Step(ActOnStep { step: step_ref(step), act });
    elsewhere(&mut desk, "02:40:00", act("backups", StepAct::Block { why: "the robot's door is stuck".into() }));
    elsewhere(&mut desk, "02:40:10", act("csoc", StepAct::Start { note: "ringing".into(), why: String::new() }));
    elsewhere(&mut desk, "02:40:20", act("review", StepAct::Skip { why: "no one is free".into() }));
    insta::assert_snapshot!("step_states", desk.list_lines(80));
    let mut words = Vec::new();
    for step in ["confirm", "isolate", "backups", "csoc", "machine", "hscn", "review"] {
        desk.model.case.as_mut().unwrap().select(step_ref(step));
        words.push(desk.detail_lines(80).lines().take(4).collect::<Vec<_>>().join("\n"));
    }
    insta::assert_snapshot!("step_states_words", words.join("\n\n"));
}
