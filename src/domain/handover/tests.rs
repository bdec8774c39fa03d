//! The handover of cases made by hand.

use super::{Section, text};
use crate::domain::{
    self,
    asset::{AssetKind, AssetState, Importance},
    case::Case,
    decide::{
        ActOnStep, AddEvidence, AddNote, AnswerQuestion, Attach, CloseCase, Command, CorrectEntry, CountersignDecision,
        HandOver, Item, JoinCase, MakeDecision, MarkEntry, MeetDuty, OpenCase, StartClock, StateImpact, StepAct,
        UndoEntry, decide,
    },
    duty::Duty,
    event::{AssetNoted, ContactNoted, IndicatorNoted},
    id::{CaseId, ConsoleId, EntryId, Hash},
    indicator::IndicatorKind,
    marking::{Severity, Tlp},
    person::Person,
    playbook::{Choice, Form, Kind, Phase, Playbook, Question, Role, Step, StepRef},
    record::{Draft, Record},
    time::{Now, Time},
};

/// The zone of the machine, minutes east of UTC.
const OFFSET: i32 = 60;

/// A case, at a moment.
struct Desk {
    case: Case,
    at: Time,
    by: Person,
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn person(name: &str, role: &str) -> Person {
    Person { name: name.into(), role: role.into(), organisation: "RX1".into() }
}

/// A playbook with a task, a decision, an approval and a step after them.
fn playbook(id: &str, title: &str) -> Playbook {
    let option = |id: &str| Choice { id: id.into(), label: format!("{id} it"), means: String::new() };
    let cut = Kind::Decision { question: "Cut the segment?".into(), options: vec![option("cut"), option("keep")] };
    let agree = Kind::Approve { by: "exec".into(), question: "May the site be cut?".into() };
    let ask = Question { id: "wards".into(), ask: "Which wards?".into(), form: Form::List, ..Question::default() };
    let one = |id: &str, title: &str, kind| Step {
        id: id.into(),
        title: title.into(),
        owner: "lead".into(),
        kind,
        ..Step::default()
    };
    let look = Step { asks: vec![ask], due: Some(30), ..one("look", "Look at the wards", Kind::Task) };
    let after = Step { needs: vec!["cut".into()], ..one("after", "Clean the machines", Kind::Task) };
    let steps = vec![look, one("cut", "Decide on the cut", cut), one("agree", "Ask for the site cut", agree), after];
    let role = |id: &str, title: &str| Role { id: id.into(), title: title.into(), does: String::new() };
    Playbook {
        id: id.into(),
        title: title.into(),
        roles: vec![role("lead", "incident lead"), role("exec", "on-call executive")],
        phases: vec![Phase { id: "p".into(), title: "First".into(), steps, ..Phase::default() }],
        ..Playbook::default()
    }
}

fn duty() -> Duty {
    Duty {
        id: "ico-72h".into(),
        title: "Personal data breach".into(),
        to: "the ICO".into(),
        reach: "0303 123 1113".into(),
        limit: Some(72 * 60),
        ..Duty::default()
    }
}

impl Desk {
    fn new() -> Self {
        let case = Case::new(CaseId::from_random([9; 10]));
        let mut desk = Self { case, at: time("2026-11-22T02:00:00Z"), by: person("J. Patel", "incident lead") };
        let title = "Wards cannot log in".into();
        desk.log(Command::Open(OpenCase { title, severity: Severity::High, tlp: Tlp::Amber, exercise: false }));
        let responder = desk.by.clone();
        desk.log(Command::Join(JoinCase { responder }));
        desk
    }

    fn with(playbooks: &[(&str, &str)]) -> Self {
        let mut desk = Self::new();
        for (id, title) in playbooks {
            let (source, origin, why) = ((*id).to_owned(), "built-in".to_owned(), String::new());
            let playbook = playbook(id, title);
            desk.log(Command::Attach(Box::new(Attach { source, origin, playbook, duties: vec![duty()], why })));
        }
        desk
    }

    fn log(&mut self, command: Command) -> EntryId {
        let console = ConsoleId::from_random([1; 10]);
        for event in decide(&self.case, &command, None, self.at).unwrap() {
            let (head, order) = (self.case.head(&console), self.case.order().after(self.at));
            let draft = Draft { by: self.by.clone(), occurred: None, begun: None, event };
            let now = Now::fixed(self.at, OFFSET);
            let record = Record::write(&self.case.id, &console, head, order, now, draft).unwrap();
            self.case.apply(&record);
        }
        let head = self.case.head(&console);
        EntryId { console, seq: head.seq }
    }

    fn hash(&self, entry: &EntryId) -> Hash {
        self.case.hash_of(entry).unwrap()
    }

    fn later(&mut self, minutes: i64) {
        self.at = self.at.plus_minutes(minutes);
    }

    fn step(&mut self, step: &str, act: StepAct) -> EntryId {
        self.log(Command::Step(ActOnStep { step: StepRef { playbook: "p".into(), step: step.into() }, act }))
    }

    fn note(&mut self, text: &str) -> EntryId {
        self.log(Command::Note(AddNote { text: text.into() }))
    }

    fn sections(&self) -> Vec<Section> {
        let sections = self.case.handover(Now::fixed(self.at, OFFSET));
        assert!(sections.iter().all(|section| !section.lines.is_empty()), "every section says something");
        sections
    }

    /// The lines under a heading, in one text.
    fn under(&self, heading: &str) -> String {
        let found = self.sections().into_iter().find(|section| section.heading == heading);
        found.unwrap_or_else(|| panic!("no {heading}")).lines.join("\n")
    }
}

fn done(note: &str) -> StepAct {
    StepAct::Done { note: note.into(), why: "at once".into(), answers: Vec::new() }
}

#[test]
fn a_case_without_a_playbook_says_what_there_is() {
    let desk = Desk::new();
    assert_eq!(
        desk.under("Situation"),
        format!(
            "Wards cannot log in.\nCase {} is open. Severity high, TLP:AMBER.\nThe case was opened at 03:00 +01:00, less \
             than a minute ago. No clock says since when we are aware.\nPatients: nobody has stated yet what it means for \
             them.\nThis is the first handover.",
            desk.case.id.short()
        )
    );
    assert_eq!(desk.under("What is happening now"), "No playbook is in use: the log and the people lead.");
    assert_eq!(desk.under("Deadlines"), "Nothing is overdue and nothing has a deadline.");
    assert_eq!(desk.under("Duties"), "No duty to tell anyone is known in this case.");
    assert_eq!(desk.under("Decisions of this shift"), "Nothing was decided since the beginning.");
    assert_eq!(desk.under("Who is who"), "J. Patel, incident lead, RX1.");
    let seal = desk.under("Read out and compare");
    assert!(seal.starts_with(&format!("The seal is {}.\nThe last entry is A2;", desk.case.seal())), "{seal}");
}

#[test]
fn what_is_next_and_what_waits_for_whom_is_said() {
    let mut desk = Desk::with(&[("p", "Ransomware")]);
    let now = desk.under("What is happening now");
    assert!(
        now.starts_with("NEXT: “Look at the wards”, for incident lead, due by 03:30 +01:00, in 30 minutes."),
        "{now}"
    );
    assert!(now.contains("Why: It is the first open step, in First"), "{now}");
    assert!(now.contains("1 step waits for “Decide on the cut”, for incident lead."), "{now}");
    assert!(
        desk.under("Decisions of this shift").contains("AWAITS AGREEMENT of on-call executive: “May the site be cut?”")
    );
    assert_eq!(desk.under("Questions that are open"), "Which wards? (in “Look at the wards”)");
    desk.step("look", StepAct::Start { note: String::new(), why: String::new() });
    desk.step("cut", StepAct::Block { why: "the switch does not answer".into() });
    let now = desk.under("What is happening now");
    assert!(now.starts_with("Being worked on: “Look at the wards” by J. Patel, incident lead, since 03:00"), "{now}");
    assert!(now.contains("BLOCKED: “Decide on the cut”, for incident lead: “the switch does not answer”"), "{now}");
}

#[test]
fn what_is_overdue_comes_before_what_is_next() {
    let mut desk = Desk::with(&[("p", "Ransomware")]);
    let aware = desk.at;
    desk.log(Command::StartClock(StartClock { duty: "ico-72h".into(), aware, basis: String::new() }));
    let due = desk.under("Deadlines");
    assert!(due.starts_with("By 03:30 +01:00, in 30 minutes: “Look at the wards”, for incident lead."), "{due}");
    assert!(due.ends_with("By 25 November 03:00 +01:00, in 3 days: the duty to tell the ICO: Personal data breach."));
    desk.later(45);
    let due = desk.under("Deadlines");
    assert!(due.starts_with("OVERDUE since 03:30 +01:00, 15 minutes ago: “Look at the wards”"), "{due}");
    assert!(desk.under("Duties").contains(
        "RUNNING: Personal data breach, due by 25 November 03:00 +01:00, in 2 days 23 hours. Reach them: 0303 123 1113"
    ));
    assert!(desk.under("Situation").contains("We are aware of it since 03:00 +01:00, for 45 minutes."));
    desk.later(73 * 60);
    let due = desk.under("Deadlines");
    assert!(due.lines().all(|line| line.starts_with("OVERDUE since ")), "{due}");
    let (note, reference) = (String::new(), "IC-77".to_owned());
    desk.log(Command::MeetClock(MeetDuty { duty: "ico-72h".into(), reference, note, text: String::new() }));
    let duties = desk.under("Duties");
    assert!(
        duties.contains("Met LATE by 1 hour 45 minutes: Personal data breach, at 04:45 +01:00: “IC-77”."),
        "{duties}"
    );
}

#[test]
fn two_playbooks_are_handed_over_as_one() {
    let desk = Desk::with(&[("p", "Ransomware"), ("q", "Data breach")]);
    let due = desk.under("Deadlines");
    assert_eq!(due.lines().count(), 2, "a step of each: {due}");
    let now = desk.under("What is happening now");
    assert!(now.contains("Why: It is the first open step of Ransomware, and no other playbook's"), "{now}");
    assert_eq!(now.matches("waits for “Decide on the cut”").count(), 2, "{now}");
    let duties = desk.under("Duties");
    assert!(
        duties.starts_with("No clock was started for 1 duty, which may apply or not: Personal data breach."),
        "{duties}"
    );
}

#[test]
fn what_was_named_in_a_list_is_said_and_the_step_to_begin_is_the_consoles() {
    let mut desk = Desk::with(&[("p", "Ransomware"), ("q", "Data breach")]);
    for question in ["p/wards", "q/wards"] {
        let (question, given) = (question.to_owned(), "Ward 7, Ward 9".to_owned());
        desk.log(Command::Answer(AnswerQuestion { question, given, why: String::new() }));
    }
    let said = desk.under("Situation");
    assert!(said.contains("\nWhich wards? Ward 7 and Ward 9 (A5).") && said.matches("Which").count() == 1, "{said}");
    let step = StepRef { playbook: "p".into(), step: "look".into() };
    desk.log(Command::Step(ActOnStep { step, act: StepAct::Start { note: String::new(), why: String::new() } }));
    let beside = desk.case.next_to_begin(desk.at).unwrap();
    let now = desk.under("What is happening now");
    assert!(now.contains(&format!("Next to begin: “{}”", beside.title())), "{now}");
}

#[test]
fn only_what_happened_since_the_last_handover_is_told() {
    let mut desk = Desk::with(&[("p", "Ransomware")]);
    let decided_by = person("M. Ellery", "executive");
    let decide = |desk: &mut Desk, choice: &str| {
        let (question, rationale) = ("Open the doors?".to_owned(), "the lifts are out".to_owned());
        let (choice, decided_by) = (choice.to_owned(), decided_by.clone());
        desk.log(Command::Decide(MakeDecision { step: None, question, choice, rationale, decided_by }))
    };
    decide(&mut desk, "before");
    desk.step("look", done("seen by torch"));
    desk.note("an early note");
    let told = desk.under("What was done in this shift");
    assert!(told.contains("Done: “Look at the wards”, J. Patel (A5). “seen by torch”"), "{told}");
    assert!(told.contains("an early note") && told.contains("Note A6, 03:00 +01:00 by J. Patel"), "{told}");
    desk.later(60);
    let to = person("A. Osei", "incident lead");
    desk.log(Command::HandOver(HandOver { to, text: text(&desk.sections()) }));
    desk.later(1);
    assert!(
        desk.under("Situation")
            .contains("The last handover was at 04:00 +01:00, from J. Patel to A. Osei, incident lead (A7).")
    );
    assert_eq!(desk.under("What was done in this shift"), "No step was done or left out since the last handover.");
    assert_eq!(
        desk.under("Decisions of this shift").lines().last(),
        Some("Nothing was decided since the last handover.")
    );
    let entry = decide(&mut desk, "after");
    let said = desk.under("Decisions of this shift");
    assert!(
        said.contains("Open the doors? “after”, decided by M. Ellery, executive. Why: “the lifts are out”"),
        "{said}"
    );
    assert!(!said.contains("before"), "{said}");
    assert!(said.ends_with(&format!("No second person has confirmed {}.", desk.case.cite(&entry))), "{said}");
    let person = person("B. Roe", "");
    let (hash, means, words) = (desk.hash(&entry), String::new(), String::new());
    desk.log(Command::Countersign(CountersignDecision { entry: entry.clone(), hash, person, means, words }));
    assert!(!desk.under("Decisions of this shift").contains("No second person"));
    let why = "the wrong door".to_owned();
    desk.log(Command::Undo(UndoEntry { entry, hash, why }));
    assert!(desk.under("Decisions of this shift").ends_with("Nothing was decided since the last handover."));
}

#[test]
fn a_corrected_note_is_told_with_what_is_right() {
    let mut desk = Desk::new();
    let entry = desk.note("seen on Ward 7");
    let hash = desk.hash(&entry);
    let (text, why) = ("seen on Ward 17".to_owned(), "misheard".to_owned());
    desk.log(Command::Correct(CorrectEntry { entry, hash, text, why }));
    assert!(desk.under("What was done in this shift").contains("“seen on Ward 7” CORRECTED by A4: “seen on Ward 17”"));
}

#[test]
fn a_closed_case_says_so_and_what_was_left() {
    let mut desk = Desk::with(&[("p", "Ransomware")]);
    let aware = desk.at;
    desk.log(Command::StartClock(StartClock { duty: "ico-72h".into(), aware, basis: String::new() }));
    desk.log(Command::Close(CloseCase { why: "all is back".into() }));
    assert!(desk.under("Situation").contains("is closed."));
    assert_eq!(
        desk.under("What is happening now"),
        "The case is closed: nothing is to be done next.\n4 steps were left open."
    );
    assert_eq!(desk.under("Deadlines").lines().count(), 1, "the clock of a duty runs on, a step's does not");
    assert!(!desk.under("Decisions of this shift").contains("AWAITS"));
}

#[test]
fn systems_evidence_contacts_and_marks_are_told() {
    let mut desk = Desk::new();
    let mut asset = |name: &str, importance, state, about: &str| {
        let (name, about) = (name.to_owned(), about.to_owned());
        desk.log(Command::NoteAsset(AssetNoted { name, kind: AssetKind::System, importance, state, about }));
    };
    asset("Mail", Importance::Ordinary, AssetState::Restored, "");
    asset("EPR", Importance::Clinical, AssetState::Affected, "");
    asset("PACS", Importance::LifeCritical, AssetState::Affected, "films are printed");
    asset("VLAN 40", Importance::Important, AssetState::Isolated, "");
    assert_eq!(
        desk.under("Systems"),
        "AFFECTED: PACS (life-critical), EPR (clinical).\nISOLATED: VLAN 40.\nRestored: Mail.\nPACS: “films are printed” \
         (A5)"
    );
    let (kind, value) = (IndicatorKind::Url, "http://evil.example/x".to_owned());
    desk.log(Command::NoteIndicator(IndicatorNoted { kind, value, about: String::new(), source: String::new() }));
    assert!(desk.under("Systems").ends_with("1 indicator is noted: url hxxp://evil[.]example/x (A7)."));
    let (name, role, reach) = ("Switchboard".to_owned(), String::new(), "extension 0".to_owned());
    let (organisation, about) = (String::new(), String::new());
    desk.log(Command::NoteContact(ContactNoted { name, role, organisation, reach, about }));
    assert!(desk.under("Who is who").ends_with("Contact: Switchboard: extension 0"));
    let item = |name: &str, copied| Item {
        name: name.into(),
        sha256: Hash::of(name.as_bytes()),
        size: 5,
        copied,
        origin: "/srv/disk.img".into(),
        source: String::new(),
        about: String::new(),
        modified: None,
    };
    desk.log(Command::AddEvidence(AddEvidence { item: item("disk.img", false), step: None }));
    let entry = desk.log(Command::AddEvidence(AddEvidence { item: item("note.txt", true), step: None }));
    assert_eq!(
        desk.under("Evidence"),
        "2 items; the last is “note.txt”, taken in at 03:00 +01:00 by J. Patel (A10).\nBy reference only: “disk.img” (A9) \
         lies at /srv/disk.img. Keep it there."
    );
    let hash = desk.hash(&entry);
    desk.log(Command::FollowUp(MarkEntry { entry, hash, on: true, why: "who wrote it?".into() }));
    assert_eq!(desk.under("To be looked at again"), "A10: “who wrote it?” (J. Patel)");
}

#[test]
fn nothing_that_was_typed_can_break_a_line() {
    let evil = "x\u{1b}[2J\u{202e}\n# heading\u{200b}";
    let mut desk = Desk::with(&[("p", "Ransomware")]);
    desk.by = Person { name: "J. Patel".into(), role: String::new(), organisation: String::new() };
    desk.note(evil);
    desk.log(Command::StateImpact(StateImpact { text: evil.into() }));
    desk.step("cut", StepAct::Block { why: evil.repeat(2500) });
    desk.step("look", done(evil));
    let entry = desk.note("y");
    let hash = desk.hash(&entry);
    desk.log(Command::FollowUp(MarkEntry { entry, hash, on: true, why: evil.into() }));
    for section in desk.sections() {
        for line in section.lines {
            assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}' || c == '\u{200b}'), "{line:?}");
            assert!(line.chars().count() < 600, "{line:?} is too long to read out");
        }
    }
    assert!(desk.under("Situation").contains("Patients: “x␛[2J‹U+202E› # heading‹U+200B›”"));
}

#[test]
fn an_overfull_case_is_still_short() {
    let mut desk = Desk::with(&[("p", "Ransomware")]);
    for number in 0..300 {
        desk.note(&format!("note {number} {}", "word ".repeat(80)));
        let decided_by = person("M. Ellery", "executive");
        let (question, choice) = (format!("Q{number}?"), "yes".to_owned());
        desk.log(Command::Decide(MakeDecision {
            step: None,
            question,
            choice,
            rationale: "r ".repeat(900),
            decided_by,
        }));
        let (kind, importance, about) = (AssetKind::System, Importance::Clinical, "about".to_owned());
        let (name, state) = (format!("System {number}"), AssetState::Affected);
        desk.log(Command::NoteAsset(AssetNoted { name, kind, importance, state, about }));
        let responder = person(&format!("Person {number}"), "helper");
        desk.log(Command::Join(JoinCase { responder }));
    }
    let sections = desk.sections();
    let lines: usize = sections.iter().map(|section| section.lines.len()).sum();
    assert!(lines <= 60, "{lines} lines");
    assert!(text(&sections).len() < domain::text::LONG_LIMIT, "so that it can be recorded");
    let said = desk.under("Decisions of this shift");
    assert!(said.contains("Q299?") && said.contains("294 earlier ones are in the log."), "{said}");
    assert!(desk.under("Systems").contains("and 294 more."));
}
