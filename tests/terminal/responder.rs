//! A responder at a terminal of 80 by 23 goes through whole playbooks, key by key, until nothing is next.

use crate::support::{json, ok};
use crate::terminal::{self, DOWN, ENTER, LIMIT, QUIT, RECORD, TAB, Terminal, console};
use carecert_react::{
    domain::playbook::{Form, Playbook, Question, StepKind},
    playbook::Library,
};

/// The keys for an answer to a question, and on to the next field.
fn answer(question: &Question) -> String {
    match &question.form {
        Form::Text => format!("As far as is known{TAB}"),
        Form::Number => format!("12{TAB}"),
        Form::List => format!("Ward 7, Ward 9{TAB}"),
        Form::YesNo => format!(" {TAB}"),
        Form::OneOf(_) => format!("{DOWN}{TAB}"),
    }
}

/// The keys that fill the box of a step: the first option, the most likely answer.
fn fill(playbook: &Playbook, id: &str) -> String {
    let step = playbook.step(id).unwrap();
    match &step.kind {
        StepKind::Decision { .. } => format!("{DOWN}{TAB}As things stand"),
        StepKind::Approve { .. } => format!("M. Fairclough{TAB}{TAB} {TAB}telephone"),
        StepKind::Command { lines } => {
            let system = if lines.len() > 1 { " " } else { "" };
            format!("{system}{TAB} {TAB}It showed what it should")
        }
        StepKind::Notify { .. } => format!("telephone{TAB}REF-7"),
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => step.asks.iter().map(answer).collect(),
    }
}

/// The frame is whole: the two lines at the top, the keys at the bottom, nothing wider than the window.
#[track_caller]
fn whole(terminal: &Terminal, id: &str) {
    let frame = terminal.frame();
    let lines: Vec<&str> = frame.lines().collect();
    assert!(lines.len() <= 24 && lines.iter().all(|line| line.chars().count() <= 80), "{id}:\n{frame}");
    assert!(lines.first().is_some_and(|line| line.contains("HIGH  TLP:AMBER")), "{id}:\n{frame}");
    assert!(!frame.contains("not known yet)"), "{id} speaks of an answer that nobody has given:\n{frame}");
}

/// Goes through a playbook; `also` are kinds of step that come up on the way, beside those that always do.
fn through(id: &str, also: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    let library = Library::new(Vec::new());
    let playbook = &library.find(id).unwrap().playbook;
    let case =
        ok(home.path(), &["new", "--title", "A night", "--severity", "high", "--playbook", id]).trim().to_owned();
    let terminal = console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("b blocked");
    let mut done = Vec::new();
    while let Some(next) = json(home.path(), &["status", &case])["next"].as_str() {
        assert!(done.len() < 200, "it goes round in circles: {done:?}");
        let step = playbook.step(next.split('@').next().unwrap()).unwrap();
        terminal.keys(".");
        whole(&terminal, next);
        terminal.keys(ENTER);
        terminal.wait_for("Ctrl-S record");
        terminal.keys(&fill(playbook, &step.id));
        terminal.wait_for("Will record");
        terminal.keys(RECORD);
        // A text with open places asks once more: it is recorded as it stands.
        let asked = |frame: &str| frame.contains("still to fill: ");
        terminal.wait_until("an answer", LIMIT, |frame| asked(frame) || frame.contains("b blocked"));
        if asked(&terminal.frame()) {
            terminal.keys(RECORD);
        }
        terminal.wait_for("recorded as");
        terminal.wait_for("b blocked");
        done.push(next.to_owned());
        let now = json(home.path(), &["status", &case]);
        assert_ne!(now["next"], next, "{next} is still next");
    }
    let status = json(home.path(), &["status", &case]);
    let quiet = ["done", "closed", "repeats"];
    for row in status["steps"].as_array().unwrap() {
        assert!(quiet.contains(&row["state"].as_str().unwrap()), "{row}");
    }
    let kinds =
        |word: &str| done.iter().any(|id| playbook.step(id.split('@').next().unwrap()).unwrap().kind.word() == word);
    assert!(also.iter().chain(&["task", "decision", "collect"]).all(|word| kinds(word)), "{done:?}");
    let each = playbook.steps().any(|(_, step)| step.each.is_some() && done.iter().any(|id| id.starts_with(&step.id)));
    assert!(!each || done.iter().any(|id| id.ends_with("@Ward 9")), "each thing by itself: {done:?}");
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(terminal::LIMIT), 0);
    ok(home.path(), &["verify", &case]);
}

macro_rules! through {
    ($($name:ident $id:literal $also:expr;)*) => { $(#[test] fn $name() { through($id, &$also); })* };
}

through! {
    ransomware "ransomware" ["command"];
    phishing "phishing" [];
    data_breach "data-breach" ["notify"];
    worm "worm" ["notify"];
    denial_of_service "ddos" [];
    lost_device "lost-device" [];
    medical_device "medical-device" [];
    supplier "supplier" ["notify"];
    insider "insider" ["approve", "command"];
    clinical_system "clinical-system" ["approve"];
}
