//! A rehearsal: a playbook is walked without a case, with made-up times and answers, by the very rules of a real case.
//!
//! Nothing is kept: the records are folded into a case in memory and thrown away.

mod budget;
pub(crate) mod coverage;
mod goal;

use crate::{
    domain::{
        case::{
            Case,
            refusal::Refusal,
            steps::{AHEAD, StepStatus, StepView},
        },
        decide::{
            ActOnStep, AnswerQuestion, Attach, Command, MakeDecision, OpenCase, RecordApproval, RecordNotification,
            ReportCommand, StepAct, decide,
        },
        duty::Duty,
        id::{CaseId, ConsoleId},
        marking::{Severity, Tlp},
        person::Person,
        playbook::{AGREED, Playbook, Question, SUCCEEDED, StepKind, StepRef, System},
        record::{Draft, Record},
        text,
        time::{Now, Time},
    },
    playbook::flow::outcomes::{Asked, Chosen, Way, list_ways},
};
use budget::{WORK, estimate_cost};
use std::collections::BTreeMap;

/// How far a walk may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Acts in one walk; fewer where the playbook is so large that each takes long.
    pub acts: usize,
    /// Minutes that the clock may move on at once, where the next step is not due before.
    pub stride: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { acts: 1000, stride: 60 }
    }
}

/// A rehearsal, from attaching the playbook to where nothing is left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// What was done, in order.
    pub rows: Vec<WalkRow>,
    /// How it ended.
    pub end: End,
    /// Every step, each of its things by itself, with how it stands at the end.
    pub state: Vec<(String, StepStatus)>,
}

/// One act of a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkRow {
    /// Minutes since the playbook was attached.
    pub minute: i64,
    /// The step's name in the case: `isolate`, or `isolate@wards A`.
    pub step: String,
    /// Its title, with the answers in their places.
    pub title: String,
    /// The word for its kind.
    pub kind: &'static str,
    /// What was asked and what was chosen, its outcome last.
    pub asked: Vec<Said>,
    /// Why the step was left out, where it was.
    pub skipped: Option<String>,
    /// Steps that can be done from now on.
    pub opened: Vec<String>,
    /// Steps that do not apply from now on.
    pub closed: Vec<String>,
}

/// Something that was asked in a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The question's name; empty where it is how the step came out.
    pub question: String,
    /// What was asked, with the answers in their places.
    pub ask: String,
    /// What was chosen or answered.
    pub way: Way,
}

/// How a rehearsal ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing is left to do; what recurs goes on.
    Settled,
    /// These are left, and none of them can be done.
    Stuck(Vec<String>),
    /// It went on for longer than a walk may.
    Long,
    /// The playbook cannot be used: what a case said.
    Refused(String),
}

impl Walk {
    /// The steps that were done or left out, without the things that they were done for.
    pub fn reached(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.step.split_once('@').map_or(&*row.step, |(id, _)| id))
    }
}

/// Walks `playbook`, whose duties are `duties`. For each question, each outcome and each plain step `choose` says what
/// is done; what it says that does not fit is refused as in a case, and the step is left out.
pub fn walk_playbook(
    playbook: &Playbook,
    duties: &[Duty],
    choose: &mut dyn FnMut(&Asked<'_>) -> Chosen,
    limits: Limits,
) -> Walk {
    match Stage::new(playbook, duties) {
        Ok(stage) => walk_on(stage, choose, limits),
        Err(why) => Walk { rows: Vec::new(), end: End::Refused(why.to_string()), state: Vec::new() },
    }
}

/// Walks on from where a case stands.
pub(super) fn walk_on(mut stage: Stage, choose: &mut dyn FnMut(&Asked<'_>) -> Chosen, limits: Limits) -> Walk {
    let mut rows = Vec::new();
    let most = limits.acts.min(1 + WORK / stage.cost);
    let end = loop {
        if rows.len() >= most {
            break End::Long;
        }
        if !stage.move_on(limits.stride) {
            break stage.end();
        }
        match stage.act(choose) {
            Ok(row) => rows.push(row),
            Err(why) => break End::Refused(why.to_string()),
        }
    };
    let state = stage.case.steps().map(|point| (point.name().step, point.status)).collect();
    Walk { rows, end, state }
}

/// A case in memory, and its clock.
#[derive(Clone)]
pub(super) struct Stage {
    /// About how many looks one act takes.
    cost: usize,
    /// How every step stood after the last act.
    stood: BTreeMap<String, StepStatus>,
    case: Case,
    console: ConsoleId,
    start: Time,
    now: Time,
    actor: Person,
}

impl Stage {
    /// Opens a case and attaches the playbook. Fails with what a real case would say of that playbook.
    pub(super) fn new(playbook: &Playbook, duties: &[Duty]) -> Result<Self, Refusal> {
        // Any moment would do; a fixed one gives the same walk on every day.
        let start = Time::from_micros(1_800_000_000_000_000).unwrap_or(Time::new(Default::default()));
        let case = Case::new(CaseId::from_random([0; 10]));
        let console = ConsoleId::from_random([1; 10]);
        let actor = Person::named("rehearsal");
        let mut stage = Self {
            cost: estimate_cost(playbook, duties),
            stood: BTreeMap::new(),
            case,
            console,
            start,
            now: start,
            actor,
        };
        let (severity, tlp) = (Severity::Moderate, Tlp::Amber);
        stage.record(&Command::Open(OpenCase { title: "Rehearsal".into(), severity, tlp, exercise: true }))?;
        let attach = Attach {
            source: String::new(),
            origin: "rehearsal".into(),
            playbook: playbook.clone(),
            duties: duties.to_vec(),
            why: String::new(),
        };
        stage.record(&Command::Attach(Box::new(attach)))?;
        stage.stood = stage.standings();
        Ok(stage)
    }

    /// Decides, writes and applies, as on disk.
    fn record(&mut self, command: &Command) -> Result<(), Refusal> {
        for event in decide(&self.case, command, None, self.now)? {
            let head = self.case.head(&self.console);
            let now = Now::fixed(self.now, 0);
            let draft = Draft { by: self.actor.clone(), occurred: None, begun: None, event };
            let order = self.case.order().after(self.now);
            match Record::write(&self.case.id, &self.console, head, order, now, draft) {
                Ok(record) => self.case.apply(&record),
                Err(_) => return Err(Refusal::Same { what: "an entry that cannot be written" }),
            }
        }
        Ok(())
    }

    /// Moves the clock to when the next step is due, a minute on at least and `stride` at most, but past no step that
    /// recurs. `false` where nothing is next.
    fn move_on(&mut self, stride: i64) -> bool {
        let Some((due, next)) = self.case.next(self.now).map(|next| (next.due, next.step.id.clone())) else {
            return false;
        };
        // What ends a step that recurs is not done before that step was done once.
        let ended = |point: &StepView<'_>| {
            let until = matches!(&point.step.kind, StepKind::Recur { until: Some(until), .. } if *until == next);
            until && point.status == StepStatus::Ready
        };
        if let Some(first) = self.case.steps().filter(ended).filter_map(|point| point.due).min() {
            self.now = first.max(self.now.plus_minutes(1));
            return true;
        }
        let far = self.now.plus_minutes(stride);
        let target = due.map_or(self.now, |due| due.min(far)).max(self.now.plus_minutes(1));
        let again = self.case.steps().filter(|point| matches!(point.step.kind, StepKind::Recur { .. }));
        let again = again.filter(|point| point.status.can_begin());
        let soonest = again.filter_map(|point| point.due).filter(|due| *due > self.now.plus_minutes(AHEAD)).min();
        self.now = soonest.map_or(target, |soonest| target.min(soonest));
        true
    }

    fn end(&self) -> End {
        let left = |point: &StepView<'_>| !point.status.quiet();
        let left: Vec<String> = self.case.steps().filter(left).map(|point| point.name().step).collect();
        if left.is_empty() { End::Settled } else { End::Stuck(left) }
    }

    /// Does the next step.
    fn act(&mut self, choose: &mut dyn FnMut(&Asked<'_>) -> Chosen) -> Result<WalkRow, Refusal> {
        let Some(point) = self.case.next(self.now) else { return Err(Refusal::Same { what: "the end" }) };
        let mut row = WalkRow {
            minute: self.now.seconds_since(self.start) / 60,
            step: point.name().step,
            title: point.title(),
            kind: point.step.kind.word(),
            asked: Vec::new(),
            skipped: None,
            opened: Vec::new(),
            closed: Vec::new(),
        };
        let (commands, skip) = commands_for_step(&point, &self.actor, choose, &mut row);
        let name = point.name();
        let done = match skip {
            Some(why) => Err(why),
            None => self.try_all(&commands).map_err(|why| why.to_string()),
        };
        // What a case refuses is left out with its reason, so that a walk goes on where a responder would, too.
        if let Err(why) = done {
            self.skip(name, &why)?;
            row.skipped = Some(why);
        }
        let stands = self.standings();
        (row.opened, row.closed) = list_changes(&self.stood, &stands, &row.step);
        self.stood = stands;
        Ok(row)
    }

    /// Records the commands in turn. One that changes nothing is passed over: an answer may be as it was.
    fn try_all(&mut self, commands: &[Command]) -> Result<(), Refusal> {
        for command in commands {
            match self.record(command) {
                Ok(()) | Err(Refusal::Same { .. }) => {}
                Err(why) => return Err(why),
            }
        }
        Ok(())
    }

    fn skip(&mut self, step: StepRef, why: &str) -> Result<(), Refusal> {
        // A refusal quotes texts of the playbook, which may be longer than a reason may be.
        let why: String = why.chars().take(200).collect();
        let why = if text::check_long(&why).is_ok() { why } else { "left out".into() };
        self.record(&Command::Step(ActOnStep { step, act: StepAct::Skip { why } }))
    }

    fn standings(&self) -> BTreeMap<String, StepStatus> {
        self.case.steps().map(|point| (point.name().step, point.status)).collect()
    }
}

/// What is recorded for the next step, or why it is left out.
fn commands_for_step(
    point: &StepView<'_>,
    actor: &Person,
    choose: &mut dyn FnMut(&Asked<'_>) -> Chosen,
    row: &mut WalkRow,
) -> (Vec<Command>, Option<String>) {
    let mut commands = Vec::new();
    let mut open = false;
    for question in &point.step.asks {
        match ask_choice(point, Some(question), choose, row) {
            Some(way) if way.id.is_empty() => open |= !question.optional,
            Some(way) => commands.push(Command::Answer(AnswerQuestion {
                question: question.id.clone(),
                given: way.id,
                why: "given in the rehearsal".into(),
            })),
            None => return (commands, Some("left out in this walk".into())),
        }
    }
    let Some(way) = ask_choice(point, None, choose, row) else {
        return (commands, Some("left out in this walk".into()));
    };
    let why = if open { "left unanswered in the rehearsal".to_owned() } else { String::new() };
    let (step, who) = (point.name(), actor.clone());
    commands.push(match &point.step.kind {
        StepKind::Decision { .. } => Command::Decide(MakeDecision {
            step: Some(step),
            question: String::new(),
            choice: way.id,
            rationale: "chosen in the rehearsal".into(),
            decided_by: who,
        }),
        StepKind::Approve { by, .. } => Command::Approve(RecordApproval {
            step,
            agreed: way.id == AGREED,
            person: Person::named(format!("the {}", point.plan.playbook.role_title(by))),
            means: String::new(),
            words: String::new(),
            why,
            asker: who,
        }),
        StepKind::Command { lines } => Command::Report(ReportCommand {
            step,
            system: lines.first().map_or(System::Any, |line| line.system),
            succeeded: way.id == SUCCEEDED,
            outcome: way.id,
            why,
        }),
        StepKind::Notify { duty, to, .. } => Command::Notify(RecordNotification {
            step: Some(step),
            duty: duty.clone(),
            to: to.clone(),
            means: String::new(),
            reference: String::new(),
            text: String::new(),
            why,
        }),
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => {
            Command::Step(ActOnStep { step, act: StepAct::Done { note: String::new(), why, answers: Vec::new() } })
        }
    });
    (commands, None)
}

/// Asks `choose`, and keeps what it says where there was something to choose. `None` is to leave the step out.
fn ask_choice(
    point: &StepView<'_>,
    question: Option<&Question>,
    choose: &mut dyn FnMut(&Asked<'_>) -> Chosen,
    row: &mut WalkRow,
) -> Option<Way> {
    let ways = list_ways(point.plan, point.step, question);
    let text = match (question, &point.step.kind) {
        (Some(question), _) => point.fill(&question.ask),
        (None, StepKind::Decision { question, .. } | StepKind::Approve { question, .. }) => point.fill(question),
        (None, _) => String::new(),
    };
    let asked = Asked { step: &point.step.id, item: point.item, question, ways: &ways };
    let way = match choose(&asked) {
        Chosen::Skip => return None,
        Chosen::First => ways.first().cloned().unwrap_or_default(),
        Chosen::Way(id) => ways.iter().find(|way| way.id == id).cloned().unwrap_or_else(|| Way {
            label: id.clone(),
            id,
            sample: false,
        }),
    };
    if !ways.is_empty() {
        let name = question.map_or_else(String::new, |question| question.id.clone());
        row.asked.push(Said { question: name, ask: text, way: way.clone() });
    }
    Some(way)
}

/// What an act on `own` opened and closed.
fn list_changes(
    before: &BTreeMap<String, StepStatus>,
    after: &BTreeMap<String, StepStatus>,
    own: &str,
) -> (Vec<String>, Vec<String>) {
    let became = |wanted: &StepStatus| -> Vec<String> {
        let new = after.iter().filter(|(name, standing)| {
            *standing == wanted && name.as_str() != own && before.get(*name) != Some(wanted)
        });
        new.map(|(name, _)| name.clone()).collect()
    };
    (became(&StepStatus::Ready), became(&StepStatus::Closed))
}
