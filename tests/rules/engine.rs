//! Random playbooks and random responders: what to do next can always be done, a case is never stuck, the answer to
//! "why" is never missing, and what is on screen is what a replay of the log gives.

use carecert_react::domain::{
    case::{
        Case,
        refusal::Refusal,
        steps::{StepStatus, StepView},
    },
    decide::{
        ActOnStep, AddNote, AnswerQuestion, Attach, Command, MakeDecision, OpenCase, RecordApproval,
        RecordNotification, ReportCommand, StartClock, StepAct, decide,
    },
    duty::{Duty, Threshold},
    id::{CaseId, ConsoleId, Hash},
    marking::{Severity, Tlp},
    person::Person,
    playbook::{
        Choice, CommandLine, Form, Phase, Playbook, Question, Start, Step, StepKind, StepRef, System, When,
        difference::list_differences,
    },
    record::{Draft, Record},
    step::attached_playbook::StepState,
    time::{Now, Time},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Numbers that proptest chose, one after the other; zeros when they run out.
struct Dice<'a> {
    bytes: &'a [u8],
    thrown: usize,
}

impl Dice<'_> {
    /// A number below `sides`.
    fn below(&mut self, sides: usize) -> usize {
        let byte = self.bytes.get(self.thrown).copied().unwrap_or(0);
        self.thrown += 1;
        usize::from(byte) % sides.max(1)
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 1
    }

    fn of<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        let at = self.below(items.len());
        items.get(at)
    }
}

fn choice(id: &str) -> Choice {
    Choice { id: id.into(), label: id.to_uppercase(), means: "What follows.".into() }
}

fn duty() -> Duty {
    let gate = ["impact", "likelihood"].map(|id| Threshold { question: id.into(), at_least: 2 }).to_vec();
    Duty { id: "ico-72h".into(), title: "Tell the ICO".into(), limit: Some(4320), gate, ..Duty::default() }
}

/// What later steps may refer to.
#[derive(Default)]
struct Earlier {
    steps: Vec<Step>,
    questions: Vec<Question>,
}

impl Earlier {
    /// Whether the gate's questions are asked by now; a gate must not hang on what comes later.
    fn graded(&self) -> bool {
        ["impact", "likelihood"].iter().all(|id| self.questions.iter().any(|question| question.id == *id))
    }
}

fn leaf(dice: &mut Dice<'_>, earlier: &Earlier) -> When {
    let step = dice.of(&earlier.steps).cloned();
    let question = dice.of(&earlier.questions).cloned();
    match (dice.below(7), step, question) {
        (0 | 1, Some(step), _) if !step.kind.outcomes().is_empty() => {
            let outcomes = step.kind.outcomes().into_iter().map(str::to_owned).collect::<Vec<_>>();
            When::Chose(step.id.clone(), dice.of(&outcomes).unwrap().clone())
        }
        (0..=3, Some(step), _) => When::Done(step.id),
        (4 | 5, _, Some(question)) => match question.form {
            Form::YesNo => When::Yes(question.id),
            Form::OneOf(options) if dice.one_in(2) => {
                When::Answered(question.id, dice.of(&options).unwrap().id.clone())
            }
            _ => When::AtLeast(question.id, dice.below(4) as i64),
        },
        (6, ..) if earlier.graded() => When::Gate("ico-72h".into()),
        _ => When::Always,
    }
}

fn when(dice: &mut Dice<'_>, earlier: &Earlier, depth: usize) -> When {
    match dice.below(8) {
        0..=2 => When::Always,
        3 | 4 => leaf(dice, earlier),
        _ if depth == 0 => leaf(dice, earlier),
        5 => When::Not(Box::new(when(dice, earlier, depth - 1))),
        6 => When::All(vec![when(dice, earlier, depth - 1), when(dice, earlier, depth - 1)]),
        _ => When::Any(vec![when(dice, earlier, depth - 1), when(dice, earlier, depth - 1)]),
    }
}

fn kind(dice: &mut Dice<'_>, earlier: &Earlier) -> StepKind {
    match dice.below(9) {
        0 => StepKind::Decision { question: "Cut {wards}?".into(), options: vec![choice("yes"), choice("no")] },
        1 => StepKind::Command {
            lines: vec![CommandLine { argv: vec!["arp".into(), "-a".into()], ..CommandLine::default() }],
        },
        2 => StepKind::Collect,
        3 => StepKind::Notify { duty: Some("ico-72h".into()), to: "ICO".into(), say: "In {wards}.".into() },
        4 => StepKind::Approve { by: "siro".into(), question: "Do you agree?".into() },
        5 => StepKind::Recur {
            every: 30,
            until: dice.of(&earlier.steps).map(|step| step.id.clone()).filter(|_| dice.one_in(2)),
        },
        _ => StepKind::Task,
    }
}

fn questions(dice: &mut Dice<'_>, number: usize) -> Vec<Question> {
    let scale = || Form::OneOf(["low", "some", "high"].map(choice).to_vec());
    let (id, form) = match dice.below(8) {
        0 => ("impact".to_owned(), scale()),
        1 => ("likelihood".into(), scale()),
        2 => ("wards".into(), Form::List),
        3 => (format!("q{number}"), Form::YesNo),
        4 => (format!("q{number}"), Form::Number),
        5 => (format!("q{number}"), Form::Text),
        _ => return Vec::new(),
    };
    vec![Question { id, ask: "What?".into(), optional: dice.one_in(3), form, ..Question::default() }]
}

/// A playbook as `playbook check` lets pass: whatever a step refers to stands before it.
fn playbook(id: &str, bytes: &[u8]) -> Playbook {
    let dice = &mut Dice { bytes, thrown: 0 };
    let (mut earlier, mut phases) = (Earlier::default(), Vec::<Phase>::new());
    let phases_wanted = 1 + dice.below(4);
    for at in 0..phases_wanted {
        let mut phase = Phase { id: format!("phase-{at}"), title: format!("Phase {at}"), ..Phase::default() };
        if dice.one_in(3) {
            phase.needs.extend(dice.of(&phases).map(|phase| phase.id.clone()));
        }
        if dice.one_in(4) {
            phase.when = when(dice, &earlier, 1);
        }
        for _ in 0..1 + dice.below(6) {
            let number = earlier.steps.len();
            let mut step = Step { id: format!("s{number}"), title: format!("Step {number}"), ..Step::default() };
            step.what = "Do it for {item} in {wards}.".into();
            step.kind = kind(dice, &earlier);
            for _ in 0..dice.below(3) {
                step.needs.extend(dice.of(&earlier.steps).map(|step| step.id.clone()));
            }
            step.when = when(dice, &earlier, 2);
            if matches!(step.kind, StepKind::Task | StepKind::Collect) {
                step.asks = questions(dice, number);
                step.asks.retain(|own| !earlier.questions.iter().any(|known| known.id == own.id));
            }
            if step.asks.is_empty() && dice.one_in(4) {
                let lists = earlier.questions.iter().filter(|question| question.form == Form::List);
                step.each = lists.map(|question| question.id.clone()).next();
            }
            if dice.one_in(3) {
                step.due = Some(1 + dice.below(90) as u32);
                step.due_after = match dice.below(4) {
                    0 => Start::Playbook,
                    1 => Start::Case,
                    2 => dice.of(&earlier.steps).map_or(Start::Case, |step| Start::Step(step.id.clone())),
                    _ => Start::Aware("ico-72h".into()),
                };
            }
            step.shared = dice.one_in(4).then(|| format!("same-{number}"));
            earlier.questions.extend(step.asks.clone());
            earlier.steps.push(step.clone());
            phase.steps.push(step);
        }
        phases.push(phase);
    }
    Playbook {
        id: id.into(),
        version: "1".into(),
        title: "T".into(),
        duties: vec!["ico-72h".into()],
        phases,
        ..Playbook::default()
    }
}

fn attach(playbook: Playbook) -> Command {
    let source = serde_json::to_string(&playbook).unwrap();
    Command::Attach(Box::new(Attach {
        source,
        origin: "test".into(),
        playbook,
        duties: vec![duty()],
        why: "newer".into(),
    }))
}

fn person(name: &str) -> Person {
    Person { name: name.into(), role: "lead".into(), organisation: String::new() }
}

struct Desk {
    case: Case,
    records: Vec<Record>,
    now: Time,
}

impl Desk {
    fn new() -> Self {
        let now = Time::parse("2026-11-22T03:00:00Z").unwrap();
        let mut desk = Self { case: Case::new(CaseId::from_random([9; 10])), records: Vec::new(), now };
        let (title, severity, tlp) = ("T".into(), Severity::High, Tlp::Amber);
        desk.execute(&Command::Open(OpenCase { title, severity, tlp, exercise: false })).unwrap();
        desk
    }

    fn execute(&mut self, command: &Command) -> Result<(), Refusal> {
        self.now = self.now.plus_minutes(1);
        let console = ConsoleId::from_random([1; 10]);
        for event in decide(&self.case, command, None, self.now)? {
            let (head, order) = (self.case.head(&console), self.case.order().after(self.now));
            let draft = Draft { by: person("Lead"), occurred: None, begun: None, event };
            let now = Now::fixed(self.now, 0);
            let record = Record::write(&self.case.id, &console, head, order, now, draft).unwrap();
            self.case.apply(&record);
            self.records.push(record);
        }
        Ok(())
    }
}

fn answer_to(question: &Question, dice: &mut Dice<'_>) -> String {
    match &question.form {
        Form::Text => "words".into(),
        Form::Number => dice.below(5).to_string(),
        Form::YesNo => ["yes", "no"][dice.below(2)].into(),
        Form::OneOf(options) => dice.of(options).unwrap().id.clone(),
        Form::List => ["Ward 7", "Ward 7, Ward 9", "ICU\nWard 7\nWard 9"][dice.below(3)].into(),
    }
}

/// Doing a step, as its kind asks.
fn doing(point: &StepView<'_>, why: &str, dice: &mut Dice<'_>) -> Command {
    let (step, why) = (point.name(), why.to_owned());
    match &point.step.kind {
        StepKind::Decision { options, .. } => {
            let choice = dice.of(options).unwrap().id.clone();
            let (question, rationale) = (String::new(), "because".into());
            Command::Decide(MakeDecision { step: Some(step), question, choice, rationale, decided_by: person("Boss") })
        }
        StepKind::Command { .. } => Command::Report(ReportCommand {
            step,
            system: System::Any,
            succeeded: dice.one_in(2),
            outcome: "ran".into(),
            why,
        }),
        StepKind::Notify { .. } => {
            let (to, means, reference, text) = ("ICO".into(), "phone".into(), "R1".into(), "text".into());
            Command::Notify(RecordNotification { step: Some(step), duty: None, to, means, reference, text, why })
        }
        StepKind::Approve { .. } => {
            let (means, words) = ("phone".into(), "yes".into());
            let agreed = dice.one_in(2);
            Command::Approve(RecordApproval {
                step,
                agreed,
                person: person("Boss"),
                means,
                words,
                why,
                asker: person("Lead"),
            })
        }
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => {
            let asks = point.step.asks.iter();
            let answers = asks.map(|question| (question.id.clone(), answer_to(question, dice))).collect();
            Command::Step(ActOnStep { step, act: StepAct::Done { note: "done".into(), why, answers } })
        }
    }
}

/// What a responder might ask of the case.
fn asked(desk: &Desk, dice: &mut Dice<'_>) -> Command {
    let points: Vec<StepView<'_>> = desk.case.steps().collect();
    let some = |dice: &mut Dice<'_>| dice.of(&points).cloned();
    let why = || "because".to_owned();
    let next = desk.case.next(desk.now);
    let act = |point: StepView<'_>, act| Command::Step(ActOnStep { step: point.name(), act });
    match (dice.below(14), next) {
        (0..=5, Some(next)) => Some(doing(&next, "", dice)),
        (6, _) => some(dice).map(|point| doing(&point, "early or again", dice)),
        (7, _) => some(dice).map(|point| act(point, StepAct::Skip { why: why() })),
        (8, _) => some(dice).map(|point| act(point, StepAct::Block { why: why() })),
        (9, _) => some(dice).map(|point| act(point, StepAct::Reopen { why: why() })),
        (10, _) => some(dice).map(|point| act(point, StepAct::Start { note: String::new(), why: why() })),
        (11, _) => {
            let step = some(dice).map(|point| StepRef { step: point.step.id.clone(), ..point.name() });
            step.map(|step| Command::Step(ActOnStep { step, act: StepAct::Skip { why: why() } }))
        }
        (12, _) => Some(Command::StartClock(StartClock { duty: "ico-72h".into(), aware: desk.now, basis: why() })),
        (_, _) => {
            let all: Vec<Question> =
                desk.case.plans.iter().flat_map(|plan| plan.playbook.questions()).map(|(_, q)| q.clone()).collect();
            let question = dice.of(&all).cloned();
            question.map(|question| {
                Command::Answer(AnswerQuestion { given: answer_to(&question, dice), question: question.id, why: why() })
            })
        }
    }
    .unwrap_or(Command::Note(AddNote { text: why() }))
}

/// What the console leads to can be done, and a case is never stuck.
fn leads_well(desk: &Desk) -> Result<(), TestCaseError> {
    let case = &desk.case;
    let open = |standing: &StepStatus| matches!(standing, StepStatus::Ready | StepStatus::Started);
    let steps: Vec<StepView<'_>> = case.steps().collect();
    // One of them each time: the explanation looks at all the others.
    let told = steps.get(desk.records.len() % steps.len().max(1)).map(|point| case.explain(point, desk.now));
    prop_assert!(told.is_none_or(|told| !told.is_empty()), "no explanation at {}", desk.records.len());
    for point in &steps {
        prop_assert_eq!(case.step_view(&point.name()).map(|found| found.status), Some(point.status.clone()));
        if let StepStatus::Waiting(unmet) = &point.status {
            prop_assert!(!unmet.is_empty());
            // What it waits for is itself open, so following it leads somewhere.
            for id in unmet.iter().filter(|id| !id.starts_with("phase ")) {
                let (_, step) = point.plan.step(id).unwrap();
                prop_assert!(!point.plan.status_of(step, None).settled() || step.each.is_some(), "{id} is settled");
            }
        }
    }
    match case.next(desk.now) {
        Some(next) => {
            let again =
                next.status == StepStatus::Repeats && next.due.is_some_and(|due| due <= desk.now.plus_minutes(5));
            prop_assert!(open(&next.status) || again, "{} is {:?}", next.name(), next.status);
            if next.status == StepStatus::Ready {
                prop_assert_ne!(next.plan.holds_for(&next.step.when, next.step, next.item), Some(false));
                prop_assert!(next.unmet().is_empty());
            }
            let state = next.progress.map(|progress| progress.state);
            prop_assert!(again || !matches!(state, Some(StepState::Skipped | StepState::Blocked)), "{state:?}");
        }
        None => {
            let left: Vec<_> = case.steps().filter(|point| !point.status.quiet()).collect();
            let blocked = left.iter().any(|point| matches!(point.status, StepStatus::Blocked(_)));
            prop_assert!(
                left.is_empty() || blocked,
                "stuck at {:?}",
                left.iter().map(|p| (p.name(), p.status.clone())).collect::<Vec<_>>()
            );
        }
    }
    Ok(())
}

fn replayed(desk: &Desk) -> Case {
    let mut case = Case::new(desk.case.id.clone());
    for record in &desk.records {
        case.apply(&Record::read(record.text().to_owned()).unwrap());
    }
    case
}

/// Follows what is next until nothing is, taking up what is blocked.
fn to_the_end(desk: &mut Desk, dice: &mut Dice<'_>) -> Result<(), TestCaseError> {
    for _ in 0..1000 {
        let blocked = desk.case.steps().find(|point| matches!(point.status, StepStatus::Blocked(_)));
        let blocked = blocked.map(|point| {
            // What was blocked as a whole is taken up as a whole.
            let own = point.plan.progress.contains_key(&point.name().step);
            if own { point.name() } else { StepRef { step: point.step.id.clone(), ..point.name() } }
        });
        if let Some(step) = blocked {
            let reopen = Command::Step(ActOnStep { step, act: StepAct::Reopen { why: "on".into() } });
            prop_assert!(desk.execute(&reopen).is_ok());
            continue;
        }
        let next = desk.case.next(desk.now).filter(|next| next.status != StepStatus::Repeats);
        let Some(next) = next else { break };
        // What was begun before its time is done before its time.
        let why = if next.status == StepStatus::Started { "it was begun early" } else { "" };
        let command = doing(&next, why, dice);
        let done = desk.execute(&command);
        prop_assert!(done.is_ok(), "{command:?}: {done:?}");
        leads_well(desk)?;
    }
    let left: Vec<_> = desk.case.steps().filter(|point| !point.status.quiet()).map(|point| point.name()).collect();
    // A recurring step that is due comes before all else; it must not keep the rest from ending.
    let due = desk.case.next(desk.now).is_some_and(|next| next.status == StepStatus::Repeats);
    prop_assert!(left.is_empty() || due, "left: {left:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_case_is_never_stuck(
        one in prop::collection::vec(any::<u8>(), 0..200),
        two in prop::collection::vec(any::<u8>(), 0..200),
        acts in prop::collection::vec(any::<u8>(), 0..250),
    ) {
        let mut desk = Desk::new();
        desk.execute(&attach(playbook("one", &one))).unwrap();
        let dice = &mut Dice { bytes: &acts, thrown: 0 };
        let mut turns = 0;
        while dice.thrown < acts.len() {
            turns += 1;
            if turns == 5 {
                desk.execute(&attach(playbook("two", &two))).unwrap();
            }
            if turns == 12 {
                // The same playbook in another version, of which little is as it was.
                let newer = Playbook { version: "2".into(), ..playbook("one", &two) };
                desk.execute(&attach(newer)).unwrap();
            }
            let command = asked(&desk, dice);
            let _ = desk.execute(&command);
            leads_well(&desk)?;
        }
        to_the_end(&mut desk, dice)?;
        prop_assert_eq!(&replayed(&desk), &desk.case);
    }

    #[test]
    fn a_difference_is_told_and_nothing_is_made_up(
        one in prop::collection::vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
    ) {
        let old = playbook("one", &one);
        prop_assert_eq!(list_differences(&old, &old), Vec::<String>::new());
        let mut changed = one.clone();
        if let Some(byte) = (!one.is_empty()).then(|| at.get_mut(&mut changed)) {
            *byte = to;
        }
        let new = playbook("one", &changed);
        prop_assert_eq!(list_differences(&old, &new).is_empty(), old == new, "{:?}", list_differences(&old, &new));
    }
}

#[test]
fn the_random_playbooks_hold_every_kind() {
    let (mut kinds, mut forms, mut starts, mut leaves) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut each, mut shared, mut phase_needs) = (0, 0, 0);
    for seed in 0..400_u32 {
        let bytes: Vec<u8> = (0..150_u32)
            .map(|n| {
                Hash::of(format!("{seed} {n}").as_bytes()).to_string().as_bytes()[..2]
                    .iter()
                    .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte))
            })
            .collect();
        let playbook = playbook("one", &bytes);
        phase_needs += playbook.phases.iter().filter(|phase| !phase.needs.is_empty()).count();
        for (_, step) in playbook.steps() {
            kinds.insert(step.kind.word());
            forms.extend(
                step.asks.iter().map(|question| format!("{:?}", question.form).chars().take(4).collect::<String>()),
            );
            starts.insert(format!("{:?}", step.due_after).chars().take(4).collect::<String>());
            leaves
                .extend(step.when.leaves().iter().map(|leaf| format!("{leaf:?}").chars().take(4).collect::<String>()));
            each += usize::from(step.each.is_some());
            shared += usize::from(step.shared.is_some());
        }
    }
    assert_eq!(
        (kinds.len(), forms.len(), starts.len(), leaves.len()),
        (7, 5, 4, 6),
        "{kinds:?} {forms:?} {starts:?} {leaves:?}"
    );
    assert!(each > 0 && shared > 0 && phase_needs > 0, "{each} {shared} {phase_needs}");
}
