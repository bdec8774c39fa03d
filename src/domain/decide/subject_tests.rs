//! The picture of an incident: what the commands come to, what the fold keeps, and what undoing puts back.

use super::{
    ActOnStep, AddNote, AnswerQuestion, Attach, CloseCase, Command, CorrectEntry, CountersignDecision, HandOver,
    JoinCase, MakeDecision, MarkEntry, OpenCase, ReopenCase, SetSeverity, StateImpact, StepAct, UndoEntry, decide,
};
use crate::domain::{
    asset::{AssetKind, AssetState, Importance},
    case::{Case, refusal::Refusal},
    event::{AssetNoted, ContactNoted, Event, IndicatorNoted, correction::UNDONE},
    id::{CaseId, ConsoleId, EntryId, Hash},
    indicator::IndicatorKind,
    marking::{Severity, Tlp},
    person::Person,
    playbook::{Choice, Form, Kind, Phase, Playbook, Question, Step, StepRef},
    record::{Draft, Record},
    step::attached_playbook::StepState,
    time::{Now, Time},
};

/// A case to which J. Patel logs, with a playbook of two steps.
pub(crate) struct Desk {
    pub(crate) case: Case,
    records: Vec<Record>,
}

fn at() -> Time {
    Time::parse("2026-11-22T03:00:00Z").unwrap()
}

fn named(name: &str) -> Person {
    Person::named(name)
}

fn step(id: &str) -> StepRef {
    StepRef { playbook: "p".into(), step: id.into() }
}

impl Desk {
    pub(crate) fn new() -> Self {
        let mut desk = Self { case: Case::new(CaseId::from_random([9; 10])), records: Vec::new() };
        let open =
            Command::Open(OpenCase { title: "T".into(), severity: Severity::High, tlp: Tlp::Amber, exercise: false });
        desk.log(open);
        let option = |id: &str| Choice { id: id.into(), label: id.into(), means: String::new() };
        let cut = Kind::Decision { question: "Cut?".into(), options: vec![option("yes"), option("no")] };
        let one = |id: &str, kind| Step { id: id.into(), title: id.into(), kind, ..Step::default() };
        let steps = vec![one("look", Kind::Task), one("cut", cut)];
        let playbook =
            Playbook { id: "p".into(), phases: vec![Phase { steps, ..Phase::default() }], ..Playbook::default() };
        let (source, origin, why) = ("x".to_owned(), "built-in".to_owned(), String::new());
        desk.log(Command::Attach(Box::new(Attach { source, origin, playbook, duties: Vec::new(), why })));
        desk
    }

    /// Records a command; the entries' citations.
    pub(crate) fn log(&mut self, command: Command) -> Vec<String> {
        let events = decide(&self.case, &command, None, at()).unwrap();
        let mut cited = Vec::new();
        for event in events {
            let console = ConsoleId::from_random([1; 10]);
            let (head, order) = (self.case.head(&console), self.case.order().after(at()));
            let draft = Draft { by: named("J. Patel"), occurred: None, begun: None, event };
            let now = Now::fixed(at(), 0);
            let record = Record::write(&self.case.id, &console, head, order, now, draft).unwrap();
            self.case.apply(&record);
            cited.push(self.case.cite(&record.id));
            self.records.push(record);
        }
        let mut replayed = Case::new(self.case.id.clone());
        self.records.iter().for_each(|record| replayed.apply(record));
        assert_eq!(replayed, self.case, "live is what a replay gives");
        cited
    }

    fn refused(&self, command: Command) -> Refusal {
        let refusal = decide(&self.case, &command, None, at()).unwrap_err();
        assert!(!refusal.hint().is_empty());
        refusal
    }

    pub(crate) fn entry(&self, cite: &str) -> (EntryId, Hash) {
        let entry = self.case.cited(cite).unwrap();
        let hash = self.case.hash_of(&entry).unwrap();
        (entry, hash)
    }

    fn undo(&self, cite: &str) -> Command {
        let (entry, hash) = self.entry(cite);
        Command::Undo(UndoEntry { entry, hash, why: "wrong line".into() })
    }

    /// Undoes the latest entry: the types of what is recorded for it.
    fn undo_last(&mut self) -> Vec<String> {
        let cite = self.case.cite(&self.records.last().unwrap().id);
        let undo = self.undo(&cite);
        let cited = self.log(undo).len();
        let kinds = self.records[self.records.len() - cited..].iter().map(|record| record.event.kind().to_owned());
        kinds.collect()
    }

    fn follow_up(&self, cite: &str, on: bool, why: &str) -> Command {
        let (entry, hash) = self.entry(cite);
        Command::FollowUp(MarkEntry { entry, hash, on, why: why.into() })
    }
}

fn pacs(name: &str, state: AssetState) -> AssetNoted {
    let (kind, importance) = (AssetKind::System, Importance::Clinical);
    AssetNoted { name: name.into(), kind, importance, state, about: String::new() }
}

fn note(text: &str) -> Command {
    Command::Note(AddNote { text: text.into() })
}

#[test]
fn an_entry_is_marked_once_and_the_mark_comes_off() {
    let mut desk = Desk::new();
    let cite = desk.log(note("ward 7?")).remove(0);
    let (entry, hash) = desk.entry(&cite);
    assert_eq!(desk.log(desk.follow_up(&cite, false, "")), [""; 0], "it is not marked");
    assert_eq!(desk.log(desk.follow_up(&cite, true, "ring them")).len(), 1);
    assert_eq!(desk.case.follow_ups[&entry].what.why, "ring them");
    assert_eq!(desk.log(desk.follow_up(&cite, true, "ring them")), [""; 0]);
    assert_eq!(desk.log(desk.follow_up(&cite, true, "ring them again")).len(), 1);
    assert_eq!(desk.log(desk.follow_up(&cite, false, "it was ward 8")).len(), 1);
    assert!(desk.case.follow_ups.is_empty());
    assert_eq!(desk.undo_last(), ["follow_up.set", "record.corrected"]);
    assert!(desk.case.follow_ups.contains_key(&entry), "the mark is back");
    let wrong =
        Command::FollowUp(MarkEntry { entry: entry.clone(), hash: Hash::of(b"x"), on: true, why: String::new() });
    assert!(matches!(desk.refused(wrong), Refusal::UnknownEntry { .. }), "not the entry that was meant");
    let beyond =
        Command::FollowUp(MarkEntry { entry: EntryId { seq: 99, ..entry }, hash, on: true, why: String::new() });
    assert!(matches!(desk.refused(beyond), Refusal::UnknownEntry { .. }));
}

#[test]
fn the_latest_word_on_an_asset_holds_and_undoing_goes_back_to_the_one_before() {
    let mut desk = Desk::new();
    let log = |desk: &mut Desk, asset| desk.log(Command::NoteAsset(asset)).len();
    assert_eq!(log(&mut desk, pacs("PACS", AssetState::Suspected)), 1);
    assert_eq!(log(&mut desk, AssetNoted { kind: AssetKind::Site, ..pacs("PACS", AssetState::Unknown) }), 1);
    assert_eq!(log(&mut desk, pacs("PACS", AssetState::Suspected)), 0, "it is so already");
    assert_eq!(log(&mut desk, pacs("pacs", AssetState::Isolated)), 1);
    let states = |desk: &Desk| desk.case.assets.iter().map(|asset| asset.what.state).collect::<Vec<_>>();
    assert_eq!(states(&desk), [AssetState::Isolated, AssetState::Unknown], "one for each kind and name");
    assert_eq!(desk.undo_last(), ["asset.noted", "record.corrected"]);
    assert_eq!(desk.case.assets[0].what, pacs("PACS", AssetState::Suspected));
    // The entry that put it back is undone: what it put back holds all the same, not what was undone before.
    let put_back = desk.case.cite(&desk.case.assets[0].entry);
    desk.log(desk.undo(&put_back));
    assert_eq!(desk.case.assets[0].what.state, AssetState::Suspected);
    let first = desk.undo("A3");
    assert_eq!(desk.log(first).len(), 1, "another entry holds now: only the correction");
    assert_eq!(states(&desk), [AssetState::Suspected, AssetState::Unknown]);
    let site = desk.undo("A4");
    assert_eq!(desk.log(site).len(), 1, "nothing stood there before");
    assert_eq!(states(&desk), [AssetState::Suspected], "an asset that was never one is not shown");
    let bad = pacs("two\nlines", AssetState::Unknown);
    assert!(matches!(desk.refused(Command::NoteAsset(bad)), Refusal::Text { .. }));
}

#[test]
fn indicators_and_contacts_stand_once_and_go_when_undone() {
    let mut desk = Desk::new();
    let found = |value: &str, about: &str| {
        let (kind, value) = (IndicatorKind::Domain, value.into());
        Command::NoteIndicator(IndicatorNoted { kind, value, about: about.into(), source: String::new() })
    };
    desk.log(found("evil[.]example", ""));
    assert_eq!(desk.log(found("Evil.example", "")), [""; 0], "the same, however it is written");
    assert_eq!(desk.log(found("evil.example", "beacon")).len(), 1);
    assert_eq!(desk.case.indicators.len(), 1);
    assert_eq!(desk.case.indicators[0].what.value, "evil.example", "as found");
    assert_eq!(desk.undo_last(), ["record.corrected"]);
    assert!(desk.case.indicators.is_empty());
    assert!(matches!(desk.refused(found(" ", "")), Refusal::Text { .. }));

    let contact = |name: &str, reach: &str| {
        let (role, organisation, about) = ("CSOC".into(), String::new(), String::new());
        Command::NoteContact(ContactNoted { name: name.into(), role, organisation, reach: reach.into(), about })
    };
    desk.log(contact("R. Khan", "0300"));
    assert_eq!(desk.log(contact("R. Khan", "0300")), [""; 0]);
    desk.log(contact("r. khan", "0303"));
    assert_eq!(desk.case.contacts.len(), 1);
    assert_eq!(desk.case.contact("R. KHAN").unwrap().what.reach, "0303");
    assert_eq!(desk.undo_last(), ["contact.noted", "record.corrected"]);
    assert_eq!(desk.case.contacts[0].what.reach, "0300");
    assert!(matches!(desk.refused(contact("", "x")), Refusal::Text { .. }));
}

#[test]
fn the_impact_on_patients_is_the_latest_word() {
    let mut desk = Desk::new();
    let impact = |text: &str| Command::StateImpact(StateImpact { text: text.into() });
    desk.log(impact("No results on wards"));
    assert_eq!(desk.log(impact("No results on wards")), [""; 0]);
    desk.log(impact("Theatres stopped"));
    assert_eq!(desk.case.impact.as_ref().unwrap().what.text, "Theatres stopped");
    assert_eq!(desk.case.impact.as_ref().unwrap().by.name, "J. Patel");
    assert_eq!(desk.undo_last(), ["impact.stated", "record.corrected"]);
    assert_eq!(desk.case.impact.as_ref().unwrap().what.text, "No results on wards");
    assert!(matches!(desk.refused(impact("")), Refusal::Text { .. }));
    desk.log(Command::Close(CloseCase { why: "over".into() }));
    assert_eq!(desk.refused(impact("x")), Refusal::Closed);
}

#[test]
fn a_decision_is_confirmed_by_anyone_but_who_logged_it() {
    let mut desk = Desk::new();
    let (step, question, choice) = (None, "Divert?".to_owned(), "Yes".to_owned());
    let decided_by = named("M. Ellery");
    let made =
        desk.log(Command::Decide(MakeDecision { step, question, choice, rationale: "no results".into(), decided_by }));
    let (entry, hash) = desk.entry(&made[0]);
    assert!(desk.case.unsigned(&desk.case.decisions[0]));
    let sign = |name: &str| {
        Command::Countersign(CountersignDecision {
            entry: entry.clone(),
            hash,
            person: named(name),
            means: "telephone".into(),
            words: "yes".into(),
        })
    };
    assert!(matches!(desk.refused(sign("j. patel ")), Refusal::OwnEntry { .. }));
    assert!(matches!(desk.refused(sign("")), Refusal::Text { .. }));
    assert_eq!(desk.log(sign("M. Ellery")).len(), 1, "the one who decided may");
    assert_eq!(desk.log(sign("M. Ellery")), [""; 0]);
    assert_eq!(desk.case.countersigned(&entry)[0].what.person.name, "M. Ellery");
    assert!(!desk.case.unsigned(&desk.case.decisions[0]));
    assert_eq!(desk.undo_last(), ["record.corrected"]);
    assert!(desk.case.countersigns.is_empty());
    let (note, hash) = desk.entry("A1");
    let (person, means, words) = (named("R. Khan"), String::new(), String::new());
    let refusal = desk.refused(Command::Countersign(CountersignDecision { entry: note, hash, person, means, words }));
    assert_eq!(refusal, Refusal::NoDecision { entry: "A1".into(), known: vec![made[0].clone()] });
    assert!(desk.case.unsigned(&desk.case.decisions[0]), "who confirmed it was undone");
    desk.log(desk.undo(&made[0]));
    assert!(matches!(desk.refused(sign("R. Khan")), Refusal::Undone { .. }));
    assert!(!desk.case.unsigned(&desk.case.decisions[0]), "what is undone waits for nobody");
    let (step, question, choice) = (None, "Stop lists?".to_owned(), "Yes".to_owned());
    let decided_by = named("j. patel ");
    desk.log(Command::Decide(MakeDecision { step, question, choice, rationale: "no staff".into(), decided_by }));
    assert!(!desk.case.unsigned(desk.case.decisions.last().unwrap()), "the same person decided and logged it");
}

#[test]
fn a_handover_holds_the_seal_and_the_other_takes_part() {
    let mut desk = Desk::new();
    let seal = desk.case.seal().to_string();
    let to = Person { role: "lead".into(), ..named("R. Khan") };
    desk.log(Command::HandOver(HandOver { to: to.clone(), text: "All quiet.".into() }));
    assert_eq!(desk.case.handovers[0].what.seal, seal);
    assert!(desk.case.people.contains(&to));
    let (text, nobody) = (String::new(), named(""));
    assert!(matches!(desk.refused(Command::HandOver(HandOver { to, text })), Refusal::Text { .. }));
    assert!(matches!(desk.refused(Command::HandOver(HandOver { to: nobody, text: "x".into() })), Refusal::Text { .. }));
}

#[test]
fn a_step_is_open_again_when_what_settled_it_is_undone() {
    let mut desk = Desk::new();
    let (note, why) = (String::new(), "not now".to_owned());
    let acts = [
        StepAct::Start { note: note.clone(), why: String::new() },
        StepAct::Block { why: why.clone() },
        StepAct::Skip { why: why.clone() },
        StepAct::Done { note, why: why.clone(), answers: Vec::new() },
    ];
    let state = |desk: &Desk, id: &str| desk.case.plans[0].progress_of(id, None).map(|progress| progress.state);
    for act in acts {
        desk.log(Command::Step(ActOnStep { step: step("look"), act }));
        let before = desk.records.len();
        assert_eq!(desk.undo_last(), ["step.reopened", "record.corrected"]);
        assert_eq!(state(&desk, "look"), Some(StepState::Open));
        let Event::StepReopened(reopened) = &desk.records[before].event else { panic!("{:?}", desk.records) };
        assert!(reopened.why.starts_with("undone A") && reopened.why.ends_with(": wrong line"), "{}", reopened.why);
    }
    let (step, question, choice) = (Some(step("cut")), String::new(), "yes".to_owned());
    desk.log(Command::Decide(MakeDecision { step, question, choice, rationale: why, decided_by: named("J. Patel") }));
    let made = desk.case.decisions[0].entry.clone();
    assert_eq!(desk.undo_last(), ["step.reopened", "record.corrected"]);
    assert_eq!(state(&desk, "cut"), Some(StepState::Open));
    assert!(desk.case.undone(&made) && desk.case.decisions.len() == 1, "it stays, and is shown as undone");
    assert_eq!(desk.case.corrections[&made][0].what.text, UNDONE);
}

#[test]
fn work_on_a_settled_step_begins_again_with_the_reason_on_record() {
    let mut desk = Desk::new();
    let act = |act| Command::Step(ActOnStep { step: step("look"), act });
    let start = |why: &str| act(StepAct::Start { note: "from the ward".into(), why: why.into() });
    desk.log(start("asked by nobody"));
    let last = |desk: &Desk| desk.records.last().unwrap().event.clone();
    let Event::StepStarted(started) = last(&desk) else { panic!("{:?}", desk.records) };
    assert_eq!(started.note, "from the ward\nasked by nobody", "a reason that nobody asked for is not lost");
    desk.log(act(StepAct::Done { note: String::new(), why: "early".into(), answers: Vec::new() }));
    assert!(matches!(desk.refused(start(" ")), Refusal::Already { .. }));
    desk.log(start("the first look was at the wrong ward"));
    let Event::StepReopened(reopened) = &desk.records[desk.records.len() - 2].event else {
        panic!("{:?}", desk.records)
    };
    assert_eq!(reopened.why, "the first look was at the wrong ward");
    assert!(matches!(last(&desk), Event::StepStarted(started) if started.note == "from the ward"));
    assert_eq!(desk.case.plans[0].progress_of("look", None).unwrap().state, StepState::Started);
}

#[test]
fn of_a_step_done_for_several_things_only_what_the_entry_did_is_opened_again() {
    let mut desk = Desk::new();
    let question = Question { id: "wards".into(), form: Form::List, ..Question::default() };
    let asks = Step { id: "ask".into(), asks: vec![question], ..Step::default() };
    let ward = Step { id: "ward".into(), each: Some("wards".into()), ..Step::default() };
    let phases = vec![Phase { steps: vec![asks, ward], ..Phase::default() }];
    let playbook = Playbook { id: "q".into(), phases, ..Playbook::default() };
    let (source, origin, why) = ("y".to_owned(), "built-in".to_owned(), String::new());
    desk.log(Command::Attach(Box::new(Attach { source, origin, playbook, duties: Vec::new(), why })));
    let (question, given, why) = ("wards".into(), "7, 8, 9".into(), String::new());
    desk.log(Command::Answer(AnswerQuestion { question, given, why }));
    let skip = |name: &str| {
        let step = StepRef { playbook: "q".into(), step: name.into() };
        Command::Step(ActOnStep { step, act: StepAct::Skip { why: "x".into() } })
    };
    desk.log(skip("ward@8"));
    let rest = desk.log(skip("ward")).remove(0);
    let state = |desk: &Desk, item| desk.case.plan("q").unwrap().progress_of("ward", Some(item)).map(|it| it.state);
    assert_eq!(["7", "8", "9"].map(|item| state(&desk, item)), [Some(StepState::Skipped); 3]);
    assert_eq!(desk.log(desk.undo(&rest)).len(), 3, "two wards and the correction");
    let (open, skipped) = (Some(StepState::Open), Some(StepState::Skipped));
    assert_eq!(["7", "8", "9"].map(|item| state(&desk, item)), [open, skipped, open]);
}

#[test]
fn what_later_entries_changed_stays() {
    let mut desk = Desk::new();
    let act = |act| Command::Step(ActOnStep { step: step("look"), act });
    let skipped = desk.log(act(StepAct::Skip { why: "x".into() })).remove(0);
    desk.log(act(StepAct::Done { note: String::new(), why: "after all".into(), answers: Vec::new() }));
    assert_eq!(desk.log(desk.undo(&skipped)).len(), 1, "only the correction");
    assert_eq!(desk.case.plans[0].progress_of("look", None).unwrap().state, StepState::Done);
    let severity = |to| Command::SetSeverity(SetSeverity { to, why: "x".into() });
    let first = desk.log(severity(Severity::Critical)).remove(0);
    desk.log(severity(Severity::Low));
    assert_eq!(desk.undo_last(), ["severity.changed", "record.corrected"]);
    assert_eq!(desk.case.severity, Severity::Critical);
    assert_eq!(desk.log(desk.undo(&first)).len(), 1);
    assert_eq!(desk.case.severity, Severity::Critical);
}

#[test]
fn closing_and_reopening_are_undone_and_a_closed_case_is_not_carried_on() {
    let mut desk = Desk::new();
    let done = StepAct::Done { note: String::new(), why: String::new(), answers: Vec::new() };
    let done = desk.log(Command::Step(ActOnStep { step: step("look"), act: done })).remove(0);
    desk.log(Command::Close(CloseCase { why: "over".into() }));
    assert_eq!(desk.refused(desk.undo(&done)), Refusal::Closed);
    let note = desk.log(note("late")).remove(0);
    assert_eq!(desk.log(desk.undo(&note)).len(), 1, "a note can be undone in a closed case");
    let close = desk.undo("A4");
    desk.log(close);
    assert!(!desk.case.closed);
    desk.log(Command::Close(CloseCase { why: "over".into() }));
    desk.log(Command::Reopen(ReopenCase { why: "not over".into() }));
    assert_eq!(desk.undo_last(), ["case.closed", "record.corrected"]);
    assert!(desk.case.closed);
}

#[test]
fn what_cannot_be_undone_says_what_to_do_instead() {
    let mut desk = Desk::new();
    for cite in ["A1", "A2"] {
        let refusal = desk.refused(desk.undo(cite));
        assert!(matches!(refusal, Refusal::Lasting { .. }), "{refusal}");
        assert_eq!(desk.case.undoable(&desk.case.cited(cite).unwrap()), Err(refusal));
    }
    let note = desk.log(note("x")).remove(0);
    assert_eq!(desk.case.undoable(&desk.case.cited(&note).unwrap()), Ok(()));
    desk.log(desk.undo(&note));
    assert_eq!(desk.refused(desk.undo(&note)), Refusal::Undone { entry: note.clone() });
    let correction = desk.case.cite(&desk.records.last().unwrap().id);
    assert!(matches!(desk.refused(desk.undo(&correction)), Refusal::Lasting { .. }));
    let correct = |cite: &str, text: &str| {
        let (entry, hash) = desk.entry(cite);
        desk.refused(Command::Correct(CorrectEntry { entry, hash, text: text.into(), why: "x".into() }))
    };
    assert!(matches!(correct(&correction, "it counts"), Refusal::Undoes { .. }), "undone stays undone");
    assert!(matches!(correct("A1", UNDONE), Refusal::Lasting { .. }), "nothing is undone by its words");
    let (entry, _) = desk.entry(&note);
    let wrong = Command::Undo(UndoEntry { entry, hash: Hash::of(b"x"), why: String::new() });
    assert!(matches!(desk.refused(wrong), Refusal::UnknownEntry { .. }));
}

#[test]
fn several_indicators_are_noted_at_once_and_each_once() {
    let mut desk = Desk::new();
    let found =
        |kind, value: &str| IndicatorNoted { kind, value: value.into(), about: String::new(), source: String::new() };
    let (address, name) = (found(IndicatorKind::Ipv4, "203.0.113.77"), found(IndicatorKind::Domain, "evil.example"));
    desk.log(Command::NoteIndicator(address.clone()));
    let again = found(IndicatorKind::Domain, "evil[.]example");
    let cited = desk.log(Command::NoteIndicators(vec![address, name, again]));
    assert_eq!(cited.len(), 1, "one is noted already, and one stands twice: {cited:?}");
    assert_eq!(desk.case.indicators.len(), 2);
    let empty = decide(&desk.case, &Command::NoteIndicators(vec![found(IndicatorKind::Other, " ")]), None, at());
    assert!(empty.is_err(), "what is empty is refused");
}

#[test]
fn people_have_a_role_since_the_entry_that_gave_it() {
    let mut desk = Desk::new();
    let osei = |role: &str| Person { role: role.into(), ..named("A. Osei") };
    let first = desk.log(Command::Join(JoinCase { responder: osei("scribe") }));
    let cite = |desk: &Desk| desk.case.cite(&desk.case.joined["A. Osei"].0);
    assert_eq!(vec![cite(&desk)], first);
    let second = desk.log(Command::Join(JoinCase { responder: osei("lead") }));
    assert_eq!(vec![cite(&desk)], second);
    assert!(desk.log(Command::Join(JoinCase { responder: osei("lead") })).is_empty(), "it is so already");
    let third = desk.log(Command::HandOver(HandOver { to: osei("lead"), text: "all".into() }));
    assert_ne!(vec![cite(&desk)], third, "the same role goes on");
}
