//! Whatever is asked of a case, in whatever order and from two consoles: what is on screen is what a replay of the
//! log gives, what is led to next can be done, and no change to the log goes unseen.

use carecert_react::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        case::{
            Case,
            steps::{AHEAD, StepStatus},
        },
        decide::{
            ActOnStep, AddEvidence, AddNote, AmendCase, AnswerQuestion, Attach, CloseCase, Command, CorrectEntry,
            CountersignDecision, HandOver, Item, JoinCase, MakeDecision, MarkEntry, MeetDuty, OpenCase, RecordApproval,
            RecordNotification, ReopenCase, ReportCommand, SetSeverity, StartClock, StateImpact, StepAct, UndoEntry,
            WaiveDuty, decide,
        },
        event::{
            AssetNoted, ClockChecked, ClockJumped, ContactNoted, DamageSeen, EntriesMissing, ExportMade, IndicatorNoted,
        },
        finding::is_intact,
        id::{CaseId, ConsoleId, EntryId, Hash},
        indicator::IndicatorKind,
        marking::{Severity, Tlp},
        person::Person,
        playbook::{StepRef, System},
        record::{Draft, Record, chain::Chain},
        step::attached_playbook::StepState,
        time::{Now, Time},
    },
    playbook::{Library, examine_playbook},
};
use proptest::prelude::*;
use std::{collections::BTreeSet, sync::LazyLock};

/// How many kinds of command there are; [`place`] fails to compile when one is added.
const KINDS: u8 = 30;

/// A playbook in which answers open and close much of what follows.
const TANGLED: &str = r#"(
    id: "tangled", version: "1", title: "Tangled", duties: ["csoc", "ico-72h"],
    roles: [(id: "lead", title: "Lead")],
    phases: [(id: "only", title: "Only", steps: [
        (id: "first", title: "First", what: "Do it.", owner: "lead", due: 5),
        (id: "cut", title: "Cut", what: "Choose.", owner: "lead", needs: ["first"], kind: Decision(
            question: "Cut?", options: [(id: "yes", label: "Yes", means: "Go."), (id: "no", label: "No", means: "Stay.")])),
        (id: "how", title: "How", what: "Choose.", owner: "lead", when: Chose("cut", "yes"), kind: Decision(
            question: "How?", options: [(id: "soft", label: "Soft", means: "Slow."), (id: "hard", label: "Hard", means: "Fast.")])),
        (id: "hard", title: "Hard", what: "Do it.", owner: "lead", needs: ["how"], when: Chose("how", "hard")),
        (id: "soft", title: "Soft", what: "Do it.", owner: "lead", when: Any([Chose("how", "soft"), Done("hard")])),
        (id: "stay", title: "Stay", what: "Do it.", owner: "lead", when: Not(Chose("cut", "yes"))),
        (id: "call", title: "Call", what: "Ring.", owner: "lead", needs: ["soft", "stay"], kind: Notify(duty: "csoc", to: "CSOC", say: "This is (name).")),
        (id: "list", title: "List", what: "List.", owner: "lead", asks: [(id: "wards", ask: "Which wards?", form: List), (id: "ready", ask: "Ready?", form: YesNo)]),
        (id: "ward", title: "See to {item}", what: "See to it.", owner: "lead", each: "wards", when: Yes("ready")),
        (id: "agree", title: "Agree", what: "Ask.", owner: "lead", kind: Approve(by: "lead", question: "Go on?")),
        (id: "run", title: "Run", what: "Run.", owner: "lead", when: Chose("agree", "agreed"), kind: Command(lines: [(argv: ["arp", "-a"])])),
        (id: "report", title: "Report", what: "Report.", owner: "lead", kind: Recur(every: 30, until: "last")),
        (id: "last", title: "Last", what: "Do it.", owner: "lead", when: All([Done("call"), Not(Chose("how", "hard"))])),
    ])],
)"#;

static PLAYBOOKS: LazyLock<[Attach; 2]> = LazyLock::new(|| {
    let library = Library::new(Vec::new());
    let read = examine_playbook(TANGLED, library.duties());
    assert!(read.usable(), "{:?}", read.findings);
    let duties = ["csoc", "ico-72h"].map(|id| library.duty(id).unwrap().clone()).to_vec();
    let playbook = read.playbook.unwrap();
    let tangled = Attach { source: TANGLED.into(), origin: "tangled.ron".into(), playbook, duties, why: String::new() };
    let built_in = library.find("phishing").unwrap();
    let phishing = Attach {
        source: built_in.source.clone(),
        origin: built_in.origin.to_string(),
        playbook: built_in.playbook.clone(),
        duties: built_in.duties.clone(),
        why: String::new(),
    };
    [tangled, phishing]
});

/// What is asked, as numbers that mean something in whatever state the case is in.
#[derive(Clone, Copy, Debug)]
struct Ask {
    /// Which command.
    kind: u8,
    /// Which step, duty, entry or person.
    which: u8,
    /// Which act, option or text.
    how: u8,
    /// Which of the two consoles, whose clocks differ.
    console: bool,
    /// Seconds since the last one.
    later: u16,
    /// Minutes before now at which it is said to have happened.
    ago: Option<u16>,
}

fn asks() -> impl Strategy<Value = Vec<Ask>> {
    let ago = prop::option::weighted(0.2, 0..3000_u16);
    // Steps and decisions come often: they are what leads.
    let kind = prop_oneof![3 => 0..KINDS, 2 => Just(7_u8), 1 => Just(8_u8), 1 => Just(29_u8)];
    let one = (kind, 0..64_u8, 0..64_u8, any::<bool>(), 0..600_u16, ago)
        .prop_map(|(kind, which, how, console, later, ago)| Ask { kind, which, how, console, later, ago });
    prop::collection::vec(one, 1..60)
}

fn text(how: u8) -> String {
    match how % 8 {
        0 => String::new(),
        1 => "two\nlines \u{1b}[2J \u{202e}é \"quoted\" \\".into(),
        2 if how > 56 => "x".repeat(70_000),
        _ => format!("because {how}"),
    }
}

fn person(which: u8) -> Person {
    let role = ["", "lead", "loggist"][usize::from(which % 3)];
    Person { name: format!("Person {}", which % 4), role: role.into(), organisation: String::new() }
}

fn nth<T>(items: &[T], which: u8) -> Option<&T> {
    items.get(usize::from(which) % items.len().max(1))
}

fn step_of(case: &Case, which: u8) -> StepRef {
    let steps: Vec<StepRef> = case.steps().map(|point| point.name()).collect();
    let unknown = StepRef { playbook: "tangled".into(), step: "nowhere".into() };
    nth(&steps, which).cloned().unwrap_or(unknown)
}

fn act(how: u8) -> StepAct {
    let (note, why) = (text(how), text(how / 5));
    match how % 5 {
        0 => StepAct::Start { note, why },
        1 => StepAct::Done { note, why, answers: Vec::new() },
        2 => StepAct::Skip { why },
        3 => StepAct::Block { why },
        _ => StepAct::Reopen { why },
    }
}

fn command(case: &Case, ask: Ask, now: Time) -> Command {
    let Ask { kind, which, how, .. } = ask;
    let why = text(how);
    let duty = nth(&["csoc", "ico-72h", "no-such-duty"], which).unwrap().to_string();
    let step = || step_of(case, which);
    match kind {
        0 => Command::Open(OpenCase { title: why, severity: Severity::High, tlp: Tlp::Amber, exercise: false }),
        1 => Command::Amend(AmendCase { title: Some(why), summary: None, tlp: nth(Tlp::ALL, how).copied() }),
        2 => Command::SetSeverity(SetSeverity { to: *nth(Severity::ALL, which).unwrap(), why }),
        3 => Command::Close(CloseCase { why }),
        4 => Command::Reopen(ReopenCase { why }),
        5 => Command::Join(JoinCase { responder: person(which) }),
        6 => Command::Attach(Box::new(nth(&PLAYBOOKS[..], which).unwrap().clone())),
        7 => Command::Step(ActOnStep { step: step(), act: act(how) }),
        8 => {
            let step = (how != 0).then(step);
            let choice = nth(&["yes", "no", "soft", "hard", "nothing"], how).unwrap().to_string();
            let (question, decided_by) = ("What now?".into(), person(how));
            Command::Decide(MakeDecision { step, question, choice, rationale: text(which), decided_by })
        }
        9 => Command::Note(AddNote { text: why }),
        10 => {
            let (sha256, modified) = (Hash::of(&[how]), (how % 2 == 0).then_some(now));
            let (origin, about, source) = ("file".into(), why, String::new());
            let item = Item { name: "item".into(), sha256, size: 1, copied: how > 9, origin, source, about, modified };
            Command::AddEvidence(AddEvidence { item, step: (how % 3 == 0).then(step) })
        }
        11 => {
            let (step, duty) = ((how % 2 == 0).then(step), (how % 3 == 0).then_some(duty));
            let (to, means, reference) = ("CSOC".into(), "telephone".into(), String::new());
            Command::Notify(RecordNotification { step, duty, to, means, reference, text: why.clone(), why })
        }
        12 => Command::StartClock(StartClock { duty, aware: now.plus_minutes(-i64::from(how)), basis: why }),
        13 => Command::MeetClock(MeetDuty { duty, reference: why.clone(), note: why.clone(), text: why }),
        14 => Command::WaiveClock(WaiveDuty { duty, why }),
        15 => {
            let (read, ahead_ms) = (now.plus_minutes(i64::from(how)), -60_000 * i64::from(how));
            Command::CheckClock(ClockChecked { reference: "clock".into(), read, machine: now, ahead_ms })
        }
        16 if how % 3 == 0 => Command::SeeDamage(DamageSeen { what: why, mended: which % 2 == 0 }),
        16 => Command::ClockJump(ClockJumped { by_ms: i64::from(how) * 10_000 - 300_000 }),
        17 if how % 2 == 0 => {
            let (format, name, seal) = ("bundle".into(), "case.zip".into(), case.seal().to_string());
            let (sha256, records) = (Hash::of(b"zip"), case.records);
            Command::Exported(ExportMade { format, name, sha256, size: 9, seal, records })
        }
        17 => Command::Missing(EntriesMissing { after: 1, last: 2, hash: Hash::of(b"lost"), kept: "kept".into() }),
        18 => {
            let (question, given) = (
                nth(&["wards", "ready", "no-such"], which).unwrap().to_string(),
                nth(&["yes", "Ward 7, Ward 9", ""], how).unwrap().to_string(),
            );
            Command::Answer(AnswerQuestion { question, given, why })
        }
        19 => {
            let (agreed, person, asker) = (how % 2 == 0, person(how), person(which));
            Command::Approve(RecordApproval {
                step: step(),
                agreed,
                person,
                means: why.clone(),
                words: why,
                why: text(how / 5),
                asker,
            })
        }
        20 => {
            let (system, succeeded) = (*nth(&[System::Any, System::Linux], how).unwrap(), how % 3 == 0);
            Command::Report(ReportCommand { step: step(), system, succeeded, outcome: why, why: text(how / 5) })
        }
        21 => Command::Correct(CorrectEntry {
            entry: entry(case, ask).0,
            hash: Hash::of(b"wrong"),
            text: why.clone(),
            why,
        }),
        _ => picture(case, ask, why),
    }
}

/// An entry and its hash; sometimes one beyond the end.
fn entry(case: &Case, ask: Ask) -> (EntryId, Hash) {
    let known = case.heads().into_iter().map(|(console, head)| (console, head.seq)).collect::<Vec<_>>();
    let none = || (ConsoleId::from_random([0; 10]), 0);
    let (console, last) = nth(&known, ask.which).cloned().unwrap_or_else(none);
    let entry = EntryId { console, seq: u64::from(ask.how) % (last + 2) };
    let hash = case.hash_of(&entry).unwrap_or(Hash::ZERO);
    (entry, hash)
}

/// The commands that paint the picture, and undoing.
fn picture(case: &Case, ask: Ask, why: String) -> Command {
    let Ask { kind, which, how, .. } = ask;
    let name = || nth(&["PACS", "pacs", "Ward 7"], which).unwrap().to_string();
    match kind {
        22 => {
            let kind = *nth(AssetKind::ALL, which % 2).unwrap();
            let (importance, state) = (*nth(Importance::ALL, how).unwrap(), *nth(AssetState::ALL, how).unwrap());
            Command::NoteAsset(AssetNoted { name: name(), kind, importance, state, about: why })
        }
        23 => {
            let value = nth(&["evil.com", "evil[.]com", "", "hxxp://x"], which).unwrap().to_string();
            let kind = *nth(IndicatorKind::ALL, how % 4).unwrap();
            let one = IndicatorNoted { kind, value, about: why, source: name() };
            // One, or several at once.
            if how % 2 == 1 {
                Command::NoteIndicator(one)
            } else {
                Command::NoteIndicators(vec![IndicatorNoted { value: "192.0.2.9".into(), ..one.clone() }, one])
            }
        }
        24 => {
            let (role, organisation, about) = (String::new(), String::new(), String::new());
            Command::NoteContact(ContactNoted { name: name(), role, organisation, reach: why, about })
        }
        25 => Command::StateImpact(StateImpact { text: why }),
        26 => {
            let decision = nth(&case.decisions, which).map(|made| (made.entry.clone(), made.hash));
            let (entry, hash) = decision.unwrap_or_else(|| entry(case, ask));
            Command::Countersign(CountersignDecision {
                entry,
                hash,
                person: person(how),
                means: why.clone(),
                words: why,
            })
        }
        27 => Command::HandOver(HandOver { to: person(how), text: why }),
        28 => {
            let (entry, hash) = entry(case, ask);
            Command::FollowUp(MarkEntry { entry, hash, on: which % 2 == 0, why })
        }
        _ => {
            let (entry, hash) = entry(case, ask);
            Command::Undo(UndoEntry { entry, hash, why })
        }
    }
}

/// A case that two consoles write to.
struct World {
    case: Case,
    records: Vec<Record>,
    clock: Time,
}

impl World {
    fn new() -> Self {
        let clock = Time::parse("2026-11-22T03:00:00Z").unwrap();
        let mut world = Self { case: Case::new(CaseId::from_random([9; 10])), records: Vec::new(), clock };
        let open =
            Command::Open(OpenCase { title: "T".into(), severity: Severity::High, tlp: Tlp::Amber, exercise: false });
        let begin = Ask { kind: 0, which: 0, how: 3, console: false, later: 0, ago: None };
        assert!(world.execute(&open, begin));
        world
    }

    fn ask(&mut self, ask: Ask) -> bool {
        self.clock = Time::from_micros(self.clock.micros() + i64::from(ask.later) * 1_000_000).unwrap();
        let command = command(&self.case, ask, self.clock);
        self.execute(&command, ask)
    }

    /// Whether anything was recorded.
    fn execute(&mut self, command: &Command, ask: Ask) -> bool {
        // The second console's machine is eleven minutes behind.
        let at = if ask.console { self.clock.plus_minutes(-11) } else { self.clock };
        let console = ConsoleId::from_random([1 + u8::from(ask.console); 10]);
        let occurred = ask.ago.map(|minutes| at.plus_minutes(-i64::from(minutes)));
        let Ok(events) = decide(&self.case, command, occurred, at) else { return false };
        if let Command::Undo(UndoEntry { entry, .. }) = command {
            assert!(!self.case.undone(entry) && self.case.undoable(entry).is_ok(), "what is undone could be");
        }
        // An undo carries on what its entries do: it looks at them itself.
        let needs = command.needs_open_case();
        let agrees = matches!(command, Command::Undo(_)) || events.iter().all(|event| event.needs_open_case() == needs);
        assert!(agrees, "{command:?} says otherwise than its entries");
        for event in &events {
            let (head, order) = (self.case.head(&console), self.case.order().after(at));
            let draft = Draft { by: person(ask.which), occurred, begun: None, event: event.clone() };
            let now = Now::fixed(at, 60);
            let record = Record::write(&self.case.id, &console, head, order, now, draft).unwrap();
            self.case.apply(&record);
            self.records.push(record);
        }
        if let Command::Undo(UndoEntry { entry, .. }) = command {
            assert!(self.case.undone(entry), "and is");
        }
        !events.is_empty()
    }

    fn lines(&self) -> Vec<String> {
        self.records.iter().map(|record| record.text().to_owned()).collect()
    }

    /// Whether the check, with the heads that were promised, finds that these lines are not the case's.
    fn finds_fault_in(&self, lines: &[Vec<u8>]) -> bool {
        let mut chain = Chain::new();
        for line in lines {
            let Ok(line) = std::str::from_utf8(line) else { return true };
            chain.line(line);
        }
        chain.heads() != self.case.heads() || !is_intact(&chain.finish())
    }
}

/// What the console leads to can be done: it is not settled, blocked, closed or waiting.
fn leads_well(case: &Case, now: Time) -> Result<(), TestCaseError> {
    if case.closed {
        prop_assert!(case.next(now).is_none(), "a closed case leads nowhere");
        return Ok(());
    }
    let Some(next) = case.next(now) else {
        let doable = case.steps().find(|point| matches!(point.status, StepStatus::Ready | StepStatus::Started));
        prop_assert!(doable.is_none(), "nothing is next, yet {:?} can be done", doable.map(|point| point.name()));
        return Ok(());
    };
    prop_assert!(!next.status.settled(), "{} is settled", next.name());
    if next.status == StepStatus::Repeats {
        prop_assert!(next.due.is_some_and(|due| due <= now.plus_minutes(AHEAD)), "it is not due again yet");
        return Ok(());
    }
    prop_assert!(matches!(next.status, StepStatus::Ready | StepStatus::Started), "{:?}", next.status);
    let state = next.progress.map(|progress| progress.state);
    prop_assert!(matches!(state, None | Some(StepState::Open | StepState::Started)), "{state:?}");
    if state != Some(StepState::Started) {
        prop_assert_eq!(
            next.plan.holds_for(&next.step.when, next.step, next.item),
            Some(true),
            "{} does not apply",
            next.name()
        );
        prop_assert!(next.unmet().is_empty());
    }
    Ok(())
}

/// The command's place in the enum, without a catch-all: a new command must be tried here too.
fn place(command: &Command) -> u8 {
    match command {
        Command::Open(_) => 0,
        Command::Amend(_) => 1,
        Command::SetSeverity(_) => 2,
        Command::Close(_) => 3,
        Command::Reopen(_) => 4,
        Command::Join(_) => 5,
        Command::Attach(_) => 6,
        Command::Step(_) => 7,
        Command::Decide(_) => 8,
        Command::Note(_) => 9,
        Command::AddEvidence(_) => 10,
        Command::Notify(_) => 11,
        Command::StartClock(_) => 12,
        Command::MeetClock(_) => 13,
        Command::WaiveClock(_) => 14,
        Command::CheckClock(_) => 15,
        Command::ClockJump(_) => 16,
        Command::Exported(_) => 17,
        Command::Correct(_) => 18,
        Command::Missing(_) => 19,
        Command::Answer(_) => 20,
        Command::Approve(_) => 21,
        Command::Report(_) => 22,
        Command::NoteAsset(_) => 23,
        Command::NoteIndicator(_) => 24,
        Command::NoteContact(_) => 25,
        Command::StateImpact(_) => 26,
        Command::Countersign(_) => 27,
        Command::HandOver(_) => 28,
        Command::FollowUp(_) => 29,
        Command::Undo(_) => 30,
        Command::NoteIndicators(_) => 31,
        Command::SeeDamage(_) => 32,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn live_is_what_a_replay_gives(asks in asks(), changes in prop::collection::vec(any::<(u32, u32, u8)>(), 8)) {
        let mut world = World::new();
        for ask in [Ask { kind: 6, which: 0, how: 3, console: true, later: 5, ago: None }].into_iter().chain(asks) {
            let before = world.records.len();
            let recorded = world.ask(ask);
            prop_assert_eq!(recorded, world.records.len() > before);
            leads_well(&world.case, world.clock)?;
        }
        let lines = world.lines();
        let (mut replayed, mut chain) = (Case::new(world.case.id.clone()), Chain::new());
        for line in &lines {
            replayed.apply(&Record::read(line.clone()).unwrap());
            chain.line(line);
        }
        prop_assert_eq!(&replayed, &world.case);
        prop_assert_eq!(chain.heads(), world.case.heads());
        prop_assert_eq!(chain.finish(), vec![]);
        for (line, byte, by) in changes {
            let mut lines: Vec<Vec<u8>> = lines.iter().map(|line| line.clone().into_bytes()).collect();
            let line = line as usize % lines.len();
            let byte = byte as usize % lines[line].len();
            lines[line][byte] ^= by.max(1);
            prop_assert!(world.finds_fault_in(&lines), "byte {byte} of line {line} was changed unseen");
        }
    }
}

#[test]
fn every_kind_of_command_is_tried() {
    let mut world = World::new();
    let ask = |kind, how| Ask { kind, which: 0, how, console: false, later: 1, ago: None };
    world.ask(ask(6, 3));
    let all = (0..KINDS).flat_map(|kind| [ask(kind, 3), ask(kind, 4)]);
    let tried: BTreeSet<u8> = all.map(|ask| place(&command(&world.case, ask, world.clock))).collect();
    assert_eq!(tried, (0..=KINDS + 2).collect());
}

#[test]
fn every_byte_of_a_small_log_is_watched() {
    let mut world = World::new();
    let ask = |kind, console| Ask { kind, which: 1, how: 3, console, later: 61, ago: None };
    for (kind, console) in [(9, false), (5, true), (2, true), (9, false), (9, true)] {
        assert!(world.ask(ask(kind, console)), "command {kind}");
    }
    let lines: Vec<Vec<u8>> = world.lines().into_iter().map(String::into_bytes).collect();
    assert!(!world.finds_fault_in(&lines));
    for line in 0..lines.len() {
        for byte in 0..lines[line].len() {
            for by in [0x01, 0x20, 0x80] {
                let mut lines = lines.clone();
                lines[line][byte] ^= by;
                assert!(world.finds_fault_in(&lines), "byte {byte} of line {line}, changed by {by:#x}");
            }
        }
        let mut fewer = lines.clone();
        fewer.remove(line);
        assert!(world.finds_fault_in(&fewer), "line {line} was taken out unseen");
    }
}
