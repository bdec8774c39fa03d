//! Several playbooks, many things, many duties, newer versions: what a long night brings.

use super::{
    elsewhere,
    kinds::{desk, every_kind, record},
};
use crate::{
    domain::{
        decide::{AnswerQuestion, Attach, Command, RecordApproval},
        duty::Duty,
        event::Event,
        person::Person,
        playbook::{Choice, Phase, Playbook, Step, StepKind, StepRef},
        time::Now,
    },
    tui::{
        forms::context::PlaybookRow,
        model::{effect::Effect, msg::Msg},
        testing::{Desk, duty, patel, playbook, step},
        update,
    },
};

pub(super) fn attach(playbook: Playbook, source: &str, duties: Vec<Duty>) -> Command {
    let (source, origin) = (source.to_owned(), "own.ron".to_owned());
    Command::Attach(Box::new(Attach { source, origin, playbook, duties, why: String::new() }))
}

pub(super) fn row(playbook: Playbook, source: &str) -> PlaybookRow {
    PlaybookRow {
        id: playbook.id.clone(),
        title: playbook.title.clone(),
        summary: playbook.summary.clone(),
        steps: playbook.steps().count(),
        origin: "own.ron".into(),
        source: source.into(),
        playbook,
    }
}

/// The playbook of every kind, a version on.
pub(super) fn newer() -> Playbook {
    let mut newer = every_kind();
    newer.version = "2".into();
    newer.phases[0].steps[0].what = "Ask each ward by telephone.".into();
    newer.phases[0].steps.push(step("tell", "Tell the police", &[], None, StepKind::Task));
    newer
}

fn answer(question: &str, given: &str) -> Command {
    Command::Answer(AnswerQuestion { question: question.into(), given: given.into(), why: String::new() })
}

/// A case in which questions are answered, and another has agreed.
pub(super) fn under_way() -> Desk {
    let mut desk = desk();
    elsewhere(&mut desk, "02:32:00", answer("wards", "Ward 7\nWard 9\nICU 2"));
    elsewhere(&mut desk, "02:32:01", answer("impact", "bad"));
    let agrees = Command::Approve(RecordApproval {
        step: StepRef { playbook: "every-kind".into(), step: "agree".into() },
        agreed: true,
        person: Person::named("M. Fairclough"),
        means: "telephone".into(),
        words: String::new(),
        why: "it cannot wait".into(),
        asker: patel(),
    });
    elsewhere(&mut desk, "02:33:00", agrees);
    desk.press(".");
    desk
}

fn lines(desk: &Desk) -> Vec<String> {
    desk.frame(80, 23).lines().map(|line| line.trim_matches('"').to_owned()).collect()
}

#[test]
fn two_playbooks_and_forty_wards_fit_a_small_screen() {
    let mut desk = desk();
    elsewhere(&mut desk, "02:31:00", attach(playbook(), "(ransomware)", Vec::new()));
    let wards: Vec<String> = (1..=40).map(|ward| format!("Ward {ward} of the old wing")).collect();
    elsewhere(&mut desk, "02:32:00", answer("wards", &wards.join("\n")));
    desk.press("/situation<enter>");
    insta::assert_snapshot!("many_folded", desk.list_lines(80));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Cover each one by paper 0/40"), "the things are one row: {frame}");
    assert!(frame.contains("▶Ransomware                0/12"), "the other is one row, and has what is next: {frame}");
    // The cursor unfolds what it comes to, and stays in view.
    desk.press("/ward 17<enter>");
    insta::assert_snapshot!("many_things", desk.list_lines(80));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("○ Ward 17 of the old wing: Co…"), "the thing comes before what is cut: {frame}");
    for _ in 0..60 {
        desk.press("<down>");
        let frame = lines(&desk);
        let title = desk.model.case.as_ref().unwrap().point().unwrap().title();
        let seen = frame[4..17].iter().any(|line| line.contains(&title.chars().take(8).collect::<String>()));
        assert!(seen, "{title} is out of view: {}", frame.join("\n"));
    }
    assert_eq!(desk.model.case.as_ref().unwrap().selected.as_ref().unwrap().playbook, "ransomware");
    insta::assert_snapshot!("many_other", desk.list_lines(80));
}

#[test]
fn a_folded_row_shows_that_the_next_step_is_in_it() {
    let mut desk = desk();
    let wards: Vec<String> = (1..=40).map(|ward| format!("Ward {ward}")).collect();
    desk.press(&format!("<enter>{}<tab> <tab> <tab><tab>", wards.join("<enter>")));
    record(&mut desk);
    desk.press("/situation<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("▶ Cover each one by paper 0/40"), "{frame}");
    desk.press(".");
    assert!(desk.frame(80, 23).contains("▶ Cover Ward 1 by paper"), "{}", desk.frame(80, 23));
}

#[test]
fn a_newer_version_shows_what_changes_before_it_is_confirmed() {
    let mut desk = desk();
    let newer = newer();
    update(&mut desk.model, Msg::Playbooks(vec![row(every_kind(), "(…)"), row(playbook(), "(r)")]));
    desk.press("p");
    assert!(!desk.frame(80, 23).contains("Every kind of step  "), "the same text brings nothing new");
    update(&mut desk.model, Msg::Playbooks(vec![row(newer, "(2)"), row(playbook(), "(r)")]));
    insta::assert_snapshot!("many_attach_list", desk.overlay_lines(80));
    desk.press("every<enter>");
    insta::assert_snapshot!("many_newer", desk.overlay_lines(80));
    assert!(desk.press("<ctrl-s>").is_empty(), "the changes are read first");
    desk.press("<esc>");
    insta::assert_snapshot!("many_newer_box", desk.form_lines(80));
    let effects = desk.press("The police are asked for<ctrl-s>");
    let Some(Effect::AttachPlaybook(_, id, why)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((id.as_str(), why.as_str()), ("every-kind", "The police are asked for"));
}

#[test]
fn a_step_that_another_playbook_shares_says_where_it_was_done() {
    let mut desk = desk();
    let shared =
        |id: &str| Step { shared: Some("tell-csoc".into()), ..step(id, "Ring the CSOC", &[], None, StepKind::Task) };
    let book = |id: &str, title: &str, step: Step| Playbook {
        id: id.into(),
        title: title.into(),
        phases: vec![Phase { id: "one".into(), title: "Detect".into(), steps: vec![step], ..Phase::default() }],
        ..Playbook::default()
    };
    elsewhere(&mut desk, "02:31:00", attach(book("one", "Worm", shared("ring")), "(1)", Vec::new()));
    elsewhere(&mut desk, "02:31:01", attach(book("two", "Supplier", shared("call")), "(2)", Vec::new()));
    desk.press("/worm ring<enter><enter>they know");
    record(&mut desk);
    desk.press("/supplier ring<enter>");
    let frame = desk.frame(80, 23);
    assert!(
        frame.contains("✓ done A6 03:41, J. Patel, in Worm, which") && frame.contains("shares this step"),
        "{frame}"
    );
    desk.press("w");
    assert!(desk.frame(80, 23).contains("which is the same step"), "{}", desk.frame(80, 23));
}

#[test]
fn a_question_of_a_shared_step_is_listed_once_and_others_by_their_playbook() {
    let mut desk = desk();
    let book = |id: &str, title: &str| {
        let mut book = every_kind();
        book.id = id.into();
        book.title = title.into();
        book.phases[0].steps[0].shared = Some("impact".into());
        book
    };
    elsewhere(&mut desk, "02:31:00", attach(book("one", "Worm"), "(1)", Vec::new()));
    elsewhere(&mut desk, "02:31:01", attach(book("two", "Supplier"), "(2)", Vec::new()));
    desk.press("Awhich wards");
    let frame = desk.frame(80, 23);
    let rows = frame.lines().filter(|line| line.contains("Which wards cannot log in?")).count();
    assert_eq!(rows, 2, "{frame}");
    assert!(frame.contains("Every kind of s…: Which wards"), "{frame}");
}

#[test]
fn a_long_question_is_read_whole_and_the_option_at_hand_stays_in_view() {
    let mut desk = desk();
    let option = |n: u32| Choice {
        id: format!("o{n}"),
        label: format!("Option {n}, which takes more words than a narrow window has in a single row of its own"),
        means: format!("what follows from {n}"),
    };
    let question =
        format!("Of all that could be done in {{wards}}, {}what do we do first?", "and much more, ".repeat(6));
    let kind = StepKind::Decision { question, options: (1..=12).map(option).collect() };
    let steps = vec![step("pick", "Pick one", &[], None, kind)];
    let phase = Phase { id: "one".into(), title: "Pick".into(), steps, ..Phase::default() };
    let book = Playbook { id: "long".into(), title: "Long".into(), phases: vec![phase], ..Playbook::default() };
    elsewhere(&mut desk, "02:31:00", attach(book, "(l)", Vec::new()));
    desk.press("/pick one<enter><enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains(" do first? ") && frame.contains("↑ ↓ choose"), "{frame}");
    for n in 1..=12 {
        desk.press("<down>");
        let frame = desk.frame(80, 23);
        assert!(
            frame.contains(&format!("(●) Option {n},")) && frame.contains(&format!("follows from {n} ")),
            "{frame}"
        );
    }
    insta::assert_snapshot!("many_options", desk.overlay_lines(80));
}

#[test]
fn many_duties_are_read_one_by_one_and_a_late_one_stays_marked() {
    let mut desk = desk();
    let long = |n: u32| Duty {
        content: (1..9).map(|item| format!("what is known of matter {item}, and since when")).collect(),
        ..duty(&format!("duty-{n}"), &format!("Tell authority number {n}"), "the authority", Some(30))
    };
    let book = Playbook {
        id: "duties".into(),
        title: "Duties".into(),
        duties: (1..=14).map(|n| format!("duty-{n}")).collect(),
        ..Playbook::default()
    };
    elsewhere(&mut desk, "02:31:00", attach(book, "(d)", (1..=14).map(long).collect()));
    desk.press("t");
    for _ in 0..9 {
        desk.press("<down>");
    }
    insta::assert_snapshot!("many_duties", desk.list_lines(80));
    insta::assert_snapshot!("many_duties_detail", desk.detail_lines(80));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Tell authority number 9") && frame.contains("10 of 15"), "{frame}");
    assert!(frame.contains("none starts by itself") && frame.contains("Space shows all"), "{frame}");
    desk.press("s<ctrl-u>-40m");
    record(&mut desk);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("▶ by 03:31, PASSED 10 min ‼"), "{frame}");
    desk.press("mREF-9<tab>by telephone<tab>We have lost the wards' records.");
    record(&mut desk);
    assert!(matches!(&desk.log.last().unwrap().event, Event::ClockMet(met) if met.text.starts_with("We have lost")));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("✓ met late 03:41 ‼ REF-9"), "{frame}");
    desk.press(" ");
    insta::assert_snapshot!("many_duty_late", desk.overlay_lines(80));
    let frame = desk.frame(80, 23);
    assert!(frame.contains("As sent  We have lost the wards' records."), "{frame}");
    assert!(frame.contains("10 min late ‼"), "{frame}");
}

#[test]
fn a_recurring_step_is_next_when_it_is_due_again() {
    let mut desk = desk();
    desk.press("/situation<enter><enter>Gold has it");
    record(&mut desk);
    desk.press("a");
    assert!(desk.frame(80, 23).contains("it recurs: ⏎ records it"), "{}", desk.frame(80, 23));
    update(&mut desk.model, Msg::Tick(Now::fixed(crate::tui::testing::at("03:50:00"), 60)));
    desk.press(".");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("due 04:41, PASSED 8 min ‼"), "{frame}");
    desk.press("w");
    assert!(desk.frame(80, 23).contains("It recurs, and it is due again."), "{}", desk.frame(80, 23));
    desk.press("<esc>rWrong step");
    record(&mut desk);
    assert!(matches!(&desk.log.last().unwrap().event, Event::StepReopened(_)));
}
