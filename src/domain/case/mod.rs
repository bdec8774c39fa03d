//! A case: what its records come to. There is no second source of truth.

pub mod actors;
pub mod clock;
mod deadlines;
pub mod explain;
mod noted;
pub mod refusal;
pub mod steps;
pub mod subjects;
pub mod undo;
mod undo_log;

use crate::domain::{
    event::{self, Event, said::Names},
    id::{CaseId, ConsoleId, EntryId, Hash, letters_of_console},
    marking::{Severity, Tlp},
    person::Person,
    playbook::{AGREED, FAILED, REFUSED, SUCCEEDED, StepRef},
    record::{Head, Order, Record, seal::Seal},
    step::attached_playbook::{Answered, Plan, Progress, StepState},
    time::Time,
};
use actors::Turns;
use noted::note_from_record;
use std::collections::BTreeMap;
use undo::Past;

pub use clock::{Clock, ClockState};
pub use noted::Noted;

/// The fold of a case's records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its identifier.
    pub id: CaseId,
    /// What is wrong, in a line; empty until the case is opened.
    pub title: String,
    /// A longer description.
    pub summary: String,
    /// How bad it is.
    pub severity: Severity,
    /// Who may see it.
    pub tlp: Tlp,
    /// Whether it is an exercise or a sample.
    pub exercise: bool,
    /// Whether it was closed and not reopened.
    pub closed: bool,
    /// When it was opened (UTC).
    pub opened: Option<Time>,
    /// When the incident happened, as the opening entry claims (UTC).
    pub occurred: Option<Time>,
    /// When the latest entry was recorded (UTC).
    pub updated: Option<Time>,
    /// Who takes part, in the order of joining; a new role replaces the old one.
    pub people: Vec<Person>,
    /// The entry by which each of them, by name, has the role of now, and when that was recorded (UTC).
    pub joined: BTreeMap<String, (EntryId, Time)>,
    /// The playbooks in use, in the order of attaching.
    pub plans: Vec<Plan>,
    /// Decisions, oldest first.
    pub decisions: Vec<Noted<event::DecisionMade>>,
    /// What others agreed to or refused, oldest first.
    pub approvals: Vec<Noted<event::ApprovalGiven>>,
    /// Evidence, oldest first.
    pub evidence: Vec<Noted<event::EvidenceAdded>>,
    /// Notifications, oldest first.
    pub notifications: Vec<Noted<event::NotificationMade>>,
    /// Clocks, in the order of starting.
    pub clocks: Vec<Clock>,
    /// Exports, oldest first.
    pub exports: Vec<Noted<event::ExportMade>>,
    /// Corrections by the entry that they correct, oldest first.
    pub corrections: BTreeMap<EntryId, Vec<Noted<event::RecordCorrected>>>,
    /// The latest comparison of a machine's clock.
    pub clock_check: Option<Noted<event::ClockChecked>>,
    /// Stretches of entries that were recorded and are lost.
    pub losses: Vec<Noted<event::EntriesMissing>>,
    /// Damage that the program saw and recorded, put right or not.
    pub damage: Vec<Noted<event::DamageSeen>>,
    /// Entries that are to be looked at again, by the entry that is marked.
    pub follow_ups: BTreeMap<EntryId, Noted<event::FollowUpSet>>,
    /// How each asset stands, in the order of first being noted.
    pub assets: Vec<Noted<event::AssetNoted>>,
    /// Indicators, as found; the latest of each trace.
    pub indicators: Vec<Noted<event::IndicatorNoted>>,
    /// Who can be reached; the latest of each name.
    pub contacts: Vec<Noted<event::ContactNoted>>,
    /// What it means for patients now.
    pub impact: Option<Noted<event::ImpactStated>>,
    /// Who confirmed what is logged of a decision, by the decision's entry, oldest first.
    pub countersigns: BTreeMap<EntryId, Vec<Noted<event::DecisionCountersigned>>>,
    /// Handovers, oldest first.
    pub handovers: Vec<Noted<event::HandoverMade>>,
    /// The latest twelve notes, oldest first, for a handover; the log has all of them.
    pub notes: Vec<Noted<event::Note>>,
    /// How many records were applied.
    pub records: u64,
    pub(super) past: Past,
    pub(super) turns: Turns,
    logs: Vec<(ConsoleId, Head)>,
    order: Order,
}

impl Case {
    /// A case without records.
    pub fn new(id: CaseId) -> Self {
        Self {
            id,
            title: String::new(),
            summary: String::new(),
            severity: Severity::Moderate,
            tlp: Tlp::Amber,
            exercise: false,
            closed: false,
            opened: None,
            occurred: None,
            updated: None,
            people: Vec::new(),
            joined: BTreeMap::new(),
            plans: Vec::new(),
            decisions: Vec::new(),
            approvals: Vec::new(),
            evidence: Vec::new(),
            notifications: Vec::new(),
            clocks: Vec::new(),
            exports: Vec::new(),
            corrections: BTreeMap::new(),
            clock_check: None,
            losses: Vec::new(),
            damage: Vec::new(),
            follow_ups: BTreeMap::new(),
            assets: Vec::new(),
            indicators: Vec::new(),
            contacts: Vec::new(),
            impact: None,
            countersigns: BTreeMap::new(),
            handovers: Vec::new(),
            notes: Vec::new(),
            records: 0,
            past: Past::default(),
            turns: Turns::default(),
            logs: Vec::new(),
            order: Order::default(),
        }
    }

    /// Takes in the next record: the very same fold, live and on replay. What a record says that does not fit
    /// (a step that is unknown, say) changes nothing; the record still stands in the log.
    pub fn apply(&mut self, record: &Record) {
        self.records += 1;
        self.order = self.order.max(record.order);
        self.updated = Some(record.at);
        match self.logs.iter_mut().find(|(console, _)| *console == record.id.console) {
            Some((_, head)) => *head = record.head(),
            None => self.logs.push((record.id.console.clone(), record.head())),
        }
        self.remember(record);
        self.turns.take(record);
        match &record.event {
            Event::CaseOpened(opened) => self.begin(record, opened),
            Event::CaseAmended(amended) => self.amend(amended),
            Event::SeverityChanged(changed) => self.severity = changed.to,
            Event::CaseClosed(_) => self.closed = true,
            Event::CaseReopened(_) => self.closed = false,
            Event::ResponderJoined(joined) => self.take_part(record, &joined.responder),
            Event::PlaybookAttached(attached) => self.attach(record, attached),
            Event::PlaybookUpdated(updated) => self.update(updated),
            Event::StepStarted(step) => self.step(record, &step.step, StepState::Started, &step.note, None),
            Event::StepDone(step) => self.step(record, &step.step, StepState::Done, &step.note, None),
            Event::StepSkipped(step) => self.step(record, &step.step, StepState::Skipped, &step.why, None),
            Event::StepBlocked(step) => self.step(record, &step.step, StepState::Blocked, &step.why, None),
            Event::StepReopened(step) => self.step(record, &step.step, StepState::Open, &step.why, None),
            Event::CommandReported(run) => {
                let how = if run.succeeded { SUCCEEDED } else { FAILED };
                self.step(record, &run.step, StepState::Done, &run.outcome, Some(how));
            }
            Event::AnswerGiven(answer) => self.answer(record, answer),
            Event::ApprovalGiven(given) => {
                let how = if given.agreed { AGREED } else { REFUSED };
                self.step(record, &given.step, StepState::Done, &given.words, Some(how));
                self.approvals.push(note_from_record(record, given));
            }
            Event::DecisionMade(made) => {
                if let Some(step) = &made.step {
                    self.step(record, step, StepState::Done, &made.rationale, Some(&made.choice));
                }
                self.decisions.push(note_from_record(record, made));
            }
            Event::DecisionCountersigned(signed) => {
                self.countersigns.entry(signed.entry.clone()).or_default().push(note_from_record(record, signed));
            }
            Event::Note(note) => self.keep_note(record, note),
            Event::EvidenceAdded(added) => self.evidence.push(note_from_record(record, added)),
            Event::NotificationMade(made) => {
                if let Some(step) = &made.step {
                    self.step(record, step, StepState::Done, &made.reference, None);
                }
                self.notifications.push(note_from_record(record, made));
            }
            Event::ClockStarted(started) => self.clocks.push(Clock::started(record, started)),
            Event::ClockMet(met) => {
                let note = if met.reference.is_empty() { &met.note } else { &met.reference };
                self.stop_clock(record, &met.duty, ClockState::Met, (note, &met.text));
            }
            Event::ClockWaived(waived) => {
                self.stop_clock(record, &waived.duty, ClockState::Waived, (&waived.why, ""));
            }
            Event::AssetNoted(asset) => self.note_asset(record, asset),
            Event::IndicatorNoted(found) => self.note_indicator(record, found),
            Event::ContactNoted(contact) => self.note_contact(record, contact),
            Event::ImpactStated(stated) => self.impact = Some(note_from_record(record, stated)),
            Event::FollowUpSet(set) => self.mark(record, set),
            Event::HandoverMade(made) => {
                self.hand_over(record, made);
                self.handovers.push(note_from_record(record, made));
            }
            Event::RecordCorrected(corrected) => self.correct(record, corrected),
            Event::ExportMade(made) => self.exports.push(note_from_record(record, made)),
            Event::ClockChecked(checked) => self.clock_check = Some(note_from_record(record, checked)),
            Event::EntriesMissing(missing) => self.losses.push(note_from_record(record, missing)),
            Event::DamageSeen(seen) => self.damage.push(note_from_record(record, seen)),
            // They stand in the log, and change nothing that is kept here.
            Event::ClockJumped(_) | Event::Unknown(_) => {}
        }
    }

    fn begin(&mut self, record: &Record, opened: &event::CaseOpened) {
        self.title.clone_from(&opened.title);
        self.severity = opened.severity;
        self.tlp = opened.tlp;
        self.exercise = opened.exercise;
        self.opened = Some(record.at);
        self.occurred = record.occurred;
    }

    fn amend(&mut self, amended: &event::CaseAmended) {
        if let Some(title) = &amended.title {
            self.title.clone_from(title);
        }
        if let Some(summary) = &amended.summary {
            self.summary.clone_from(summary);
        }
        if let Some(tlp) = amended.tlp {
            self.tlp = tlp;
        }
    }

    pub(super) fn join(&mut self, responder: &Person) {
        self.turns.back(&responder.name);
        match self.people.iter_mut().find(|person| person.name == responder.name) {
            Some(person) => person.clone_from(responder),
            None => self.people.push(responder.clone()),
        }
    }

    fn attach(&mut self, record: &Record, attached: &event::PlaybookAttached) {
        let event::PlaybookAttached { source, origin, playbook, duties, .. } = attached.clone();
        let mut plan = Plan::new(playbook, duties, record.at, source, origin);
        for other in &self.plans {
            plan.take_over(other);
        }
        self.plans.push(plan);
    }

    fn update(&mut self, updated: &event::PlaybookUpdated) {
        let event::PlaybookUpdated { source, origin, playbook, duties, .. } = updated.clone();
        if let Some(plan) = self.plans.iter_mut().find(|plan| plan.playbook.id == playbook.id) {
            plan.update(playbook, duties, source, origin);
        }
    }

    fn step(&mut self, record: &Record, step: &StepRef, state: StepState, note: &str, choice: Option<&str>) {
        let Some(plan) = self.plans.iter_mut().find(|plan| plan.playbook.id == step.playbook) else { return };
        // As a whole, a step is done in what is left of it, and opened again in what is not open.
        let meant = match state {
            StepState::Open => plan.meant(step, |state| state.is_some_and(|state| state != StepState::Open)),
            StepState::Started | StepState::Done | StepState::Skipped | StepState::Blocked => {
                plan.meant(step, |state| !state.is_some_and(StepState::settled))
            }
        };
        let mut progress = Progress {
            state,
            entry: record.id.clone(),
            at: record.at,
            happened: record.happened(),
            by: record.by.clone(),
            note: note.to_owned(),
            choice: choice.map(str::to_owned),
            times: 0,
            through: None,
        };
        for name in meant {
            let before = plan.progress.get(&name).map_or(0, |progress| progress.times);
            progress.times = before + u32::from(state == StepState::Done);
            plan.progress.insert(name, progress.clone());
        }
        let Some(shared) = plan.step(&step.step).map(|(_, own)| own.clone()).filter(|own| own.shared.is_some()) else {
            return;
        };
        for other in self.plans.iter_mut().filter(|other| other.playbook.id != step.playbook) {
            other.share(&shared, step, &progress);
        }
    }

    fn answer(&mut self, record: &Record, given: &event::AnswerGiven) {
        let answered =
            Answered { value: given.value.clone(), entry: record.id.clone(), at: record.at, by: record.by.clone() };
        let Some(plan) = self.plans.iter_mut().find(|plan| plan.playbook.id == given.step.playbook) else { return };
        plan.answers.insert(given.question.clone(), answered.clone());
        let shared = plan.step(given.step.id()).and_then(|(_, step)| step.shared.clone());
        for other in self.plans.iter_mut().filter(|other| other.playbook.id != given.step.playbook) {
            let asks = other.question(&given.question).filter(|(step, _)| step.shared.is_some());
            if asks.is_some_and(|(step, _)| step.shared == shared) {
                other.answers.insert(given.question.clone(), answered.clone());
            }
        }
    }

    /// The head of a console's log; [`Head::EMPTY`] where it has written nothing.
    pub fn head(&self, console: &ConsoleId) -> Head {
        self.logs.iter().find(|(known, _)| known == console).map_or(Head::EMPTY, |(_, head)| *head)
    }

    /// The heads of all logs.
    pub fn heads(&self) -> BTreeMap<ConsoleId, Head> {
        self.logs.iter().cloned().collect()
    }

    /// The latest place in the order of all consoles.
    pub fn order(&self) -> Order {
        self.order
    }

    /// The seal of the case as it stands.
    pub fn seal(&self) -> Seal {
        Seal::of(&self.heads())
    }

    /// A console's letter in this case: A for the first that wrote, and so on. A console that has not written
    /// yet has the next one.
    pub fn letter(&self, console: &ConsoleId) -> String {
        letters_of_console(self.logs.iter().position(|(known, _)| known == console).unwrap_or(self.logs.len()))
    }

    /// How an entry is cited: `A17`.
    pub fn cite(&self, entry: &EntryId) -> String {
        format!("{}{}", self.letter(&entry.console), entry.seq)
    }

    /// The entry that a citation such as `a17` means, where that log reaches so far.
    pub fn cited(&self, citation: &str) -> Option<EntryId> {
        let citation = citation.trim().to_ascii_uppercase();
        let digits = citation.find(|c: char| c.is_ascii_digit())?;
        let (letter, number) = citation.split_at(digits);
        let seq: u64 = number.parse().ok()?;
        let (console, head) =
            self.logs.iter().enumerate().find(|(place, _)| letters_of_console(*place) == letter).map(|(_, log)| log)?;
        (1..=head.seq).contains(&seq).then(|| EntryId { console: console.clone(), seq })
    }

    /// The plan that uses a playbook.
    pub fn plan(&self, playbook: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.playbook.id == playbook)
    }

    /// The earliest moment that the case speaks of (UTC): the claimed start, an awareness, or its opening.
    pub fn began(&self) -> Option<Time> {
        self.aware().into_iter().chain(self.occurred).chain(self.opened).min()
    }

    /// The evidence of that hash.
    pub fn evidence_of(&self, sha256: &Hash) -> Option<&Noted<event::EvidenceAdded>> {
        self.evidence.iter().find(|item| item.what.sha256 == *sha256)
    }
}

impl Names for Case {
    fn cite(&self, entry: &EntryId) -> String {
        Self::cite(self, entry)
    }

    fn step_title(&self, step: &StepRef) -> String {
        Self::step_title(self, step)
    }

    fn duty_title(&self, duty: &str) -> String {
        self.duty(duty).map_or_else(|| duty.to_owned(), |duty| duty.title.clone())
    }
}
