//! What a report says, as plain safe text: the one reading of a case that the HTML and the Markdown report share.
//!
//! Every string here has been through [`safe`] or [`safe_lines`]; markup is escaped by whoever lays it out. Nothing
//! here looks at a clock: "now" is the last entry, so that the same case always gives the same report.

use super::{
    drawing::Drawing,
    offset::Offsets,
    rows::{
        ClockRow, Correction, DecisionRow, EvidenceRow, Log, Named, PersonRow, PhaseView, PlanView, Row, StepRow,
        ToldRow, View, When,
    },
    subjects::Picture,
};
use crate::{
    domain::{
        case::{
            Case, Clock, ClockState,
            actors::Former,
            steps::{Standing, Standpoint},
        },
        event::{Event, describe},
        id::{EntryId, Hash, letters},
        person::Person,
        playbook::StepRef,
        record::Record,
        step::attached_playbook::Plan,
        text::{safe, safe_lines},
        time::{Time, zone_label},
    },
    store::snapshot::Snapshot,
};

/// Reads a case, with the local times of whoever recorded it.
struct Reader<'a> {
    case: &'a Case,
    offsets: &'a Offsets,
}

impl View {
    /// Reads the whole case.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let case = &snapshot.case;
        let offsets = Offsets::of(&snapshot.records);
        let reader = Reader { case, offsets: &offsets };
        let when = |at: Time| reader.when(at);
        let clocks = reader.clocks(&snapshot.records);
        let end = snapshot.records.iter().rev().find_map(|record| match &record.event {
            Event::CaseClosed(closed) if case.closed => Some((record.happened(), one(&closed.why))),
            _ => None,
        });
        let until = end.as_ref().map(|(at, _)| *at).or(case.updated);
        let seconds = case.began().zip(until).map_or(0, |(from, to)| to.seconds_since(from));
        let count = |wanted: fn(&Standing) -> bool| case.steps().filter(|point| wanted(&point.standing)).count();
        let stuck = |point: &Standpoint<'_>| matches!(point.standing, Standing::Started | Standing::Blocked(_));
        let rows = |wanted: fn(&Event) -> bool| snapshot.records.iter().filter(move |record| wanted(&record.event));
        Self {
            id: case.id.to_string(),
            title: one(&case.title),
            summary: many(&case.summary),
            severity: case.severity.word(),
            tlp: case.tlp.word(),
            tlp_class: case.tlp.word().to_ascii_lowercase().replace([':', '+'], "-"),
            exercise: case.exercise,
            closed: case.closed,
            opened: case.opened.map(when),
            occurred: case.occurred.map(when),
            ended: end.as_ref().map(|(at, _)| reader.when(*at)),
            outcome: end.map(|(_, why)| why).unwrap_or_default(),
            as_of: case.updated.map(when),
            duration: duration(seconds),
            offsets: offsets.words(),
            utc: offsets.utc(),
            seal: case.seal().to_string(),
            seal_hash: case.seal().hash().to_string(),
            entries: case.records,
            logs: logs(case),
            losses: rows(|event| matches!(event, Event::EntriesMissing(_))).map(|r| reader.row(r)).collect(),
            damage: rows(|event| matches!(event, Event::DamageSeen(_))).map(|r| reader.row(r)).collect(),
            next: case.updated.and_then(|at| case.next(at)).map(|point| reader.named(&point.title(), point.due)),
            next_deadline: case.next_deadline().map(|(at, what)| reader.named(&what, Some(at))),
            open: case.steps().filter(stuck).map(|point| reader.step(&point)).collect(),
            ready: count(|standing| *standing == Standing::Ready),
            waiting: count(|standing| matches!(standing, Standing::Waiting(_))),
            running: clocks.iter().filter(|clock| running(clock.state)).cloned().collect(),
            decisions: snapshot.records.iter().filter_map(|record| reader.decision(record)).collect(),
            timeline: snapshot.records.iter().map(|record| reader.row(record)).collect(),
            plans: reader.plans(),
            evidence: snapshot.records.iter().filter_map(|record| reader.evidence(record)).collect(),
            notifications: snapshot.records.iter().filter_map(|record| reader.told(record)).collect(),
            clocks,
            people: case
                .people
                .iter()
                .map(person)
                .chain(case.former().iter().map(|gone| reader.former(gone)))
                .collect(),
            checked: rows(|event| matches!(event, Event::ClockChecked(_))).next_back().map(|record| reader.row(record)),
            picture: Picture::of(case, &offsets),
            drawing: Drawing::of(snapshot, &offsets),
        }
    }
}

/// Whether a clock's word says that it has not come to an end.
pub(super) fn running(state: &str) -> bool {
    matches!(state, RUNNING | OVERDUE)
}

const RUNNING: &str = "running";
const OVERDUE: &str = "OVERDUE";

/// How a clock stands as of the last entry, in a word or two.
pub(super) fn clock_word(clock: &Clock, case: &Case) -> &'static str {
    let past = |at: Option<Time>| clock.deadline.zip(at).is_some_and(|(deadline, at)| at > deadline);
    match clock.state {
        ClockState::Running if past(case.updated) => OVERDUE,
        ClockState::Running => RUNNING,
        ClockState::Met if past(Some(clock.since)) => "met late",
        ClockState::Met => "met",
        ClockState::Waived => "waived",
    }
}

impl Reader<'_> {
    /// Whose part ended with a handover, with the entry that says so.
    fn former(&self, gone: &Former) -> PersonRow {
        let until = format!("until {} ({})", self.by(&gone.entry, gone.at).local, self.case.cite(&gone.entry));
        let parts = [one(&gone.person.role), until];
        let role = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        PersonRow { role, ..person(&gone.person) }
    }

    /// A moment that no single entry speaks of.
    fn when(&self, at: Time) -> When {
        moment(at, self.offsets.near(at))
    }

    /// A moment that an entry speaks of, its own or another.
    fn by(&self, entry: &EntryId, at: Time) -> When {
        moment(at, self.offsets.beside(&entry.console, at))
    }

    /// When what an entry tells happened.
    fn happened(&self, record: &Record) -> When {
        record.occurred.map_or_else(|| moment(record.at, record.offset), |at| self.by(&record.id, at))
    }

    fn named(&self, what: &str, by: Option<Time>) -> Named {
        let passed = by.zip(self.case.updated).is_some_and(|(by, last)| last > by);
        Named { what: one(what), by: by.map(|at| self.when(at)), passed }
    }

    fn corrections(&self, entry: &EntryId) -> Vec<Correction> {
        let found = self.case.corrections.get(entry).map(Vec::as_slice).unwrap_or_default();
        found
            .iter()
            .map(|noted| Correction {
                cite: self.case.cite(&noted.entry),
                who: one(&noted.by.label()),
                at: self.by(&noted.entry, noted.at),
                text: many(&noted.what.text),
                why: many(&noted.what.why),
            })
            .collect()
    }

    fn row(&self, record: &Record) -> Row {
        Row {
            cite: self.case.cite(&record.id),
            happened: self.happened(record),
            recorded: moment(record.at, record.offset),
            stated: record.occurred.is_some(),
            kind: record.event.sign().label,
            who: person(&record.by),
            what: many(&record.event.sentence(self.case)),
            corrections: self.corrections(&record.id),
        }
    }

    fn decision(&self, record: &Record) -> Option<DecisionRow> {
        if let Event::ApprovalGiven(given) = &record.event {
            let choice = if given.agreed { "agreed" } else { "did not agree" };
            return Some(DecisionRow {
                row: self.row(record),
                question: many(&given.question),
                choice: choice.to_owned(),
                rationale: many(&given.words),
                decided_by: one(&given.person.label()),
                before: self.titles(Some(&given.step), &given.unmet),
                confirmed: Vec::new(),
            });
        }
        let Event::DecisionMade(made) = &record.event else { return None };
        Some(DecisionRow {
            row: self.row(record),
            question: many(&made.question),
            choice: many(&made.label),
            rationale: many(&made.rationale),
            decided_by: one(&made.decided_by.label()),
            before: self.titles(made.step.as_ref(), &made.unmet),
            confirmed: self.confirmed(&record.id),
        })
    }

    /// Who confirmed what is logged of a decision.
    fn confirmed(&self, entry: &EntryId) -> Vec<String> {
        let signed = self.case.countersigned(entry).iter();
        signed
            .map(|signed| one(&format!("{} ({})", signed.what.person.label(), self.case.cite(&signed.entry))))
            .collect()
    }

    /// The titles of the steps that were not settled when a decision was made.
    fn titles(&self, step: Option<&StepRef>, unmet: &[String]) -> String {
        let plan = step.and_then(|step| self.case.plan(&step.playbook));
        let title = |id: &String| {
            plan.and_then(|plan| Some((plan, plan.step(id)?.1))).map_or(id.clone(), |(plan, s)| plan.title(s, None))
        };
        one(&unmet.iter().map(title).collect::<Vec<_>>().join("; "))
    }

    fn evidence(&self, record: &Record) -> Option<EvidenceRow> {
        let Event::EvidenceAdded(added) = &record.event else { return None };
        Some(EvidenceRow {
            row: self.row(record),
            name: one(&added.name),
            size: describe::bytes(added.size),
            bytes: added.size,
            sha256: added.sha256.to_string(),
            copied: added.copied,
            origin: one(&added.origin),
            source: one(&added.source),
            about: many(&added.about),
            modified: added.modified.map(|at| self.by(&record.id, at)),
        })
    }

    fn told(&self, record: &Record) -> Option<ToldRow> {
        let Event::NotificationMade(made) = &record.event else { return None };
        let duty = made.duty.as_ref().map(|id| self.case.duty(id).map_or(id, |duty| &duty.title));
        Some(ToldRow {
            row: self.row(record),
            to: one(&made.to),
            means: one(&made.means),
            reference: one(&made.reference),
            text: many(&made.text),
            duty: duty.map(|title| one(title)).unwrap_or_default(),
        })
    }

    /// The clocks with the entry that started each: the fold keeps them in the order of those entries.
    fn clocks(&self, records: &[Record]) -> Vec<ClockRow> {
        let started = records.iter().filter(|record| matches!(record.event, Event::ClockStarted(_)));
        let of = |(clock, record): (&Clock, &Record)| ClockRow {
            cite: self.case.cite(&record.id),
            title: one(&clock.duty.title),
            to: one(&clock.duty.to),
            aware: self.by(&record.id, clock.aware),
            deadline: clock.deadline.map(|at| self.by(&record.id, at)),
            state: clock_word(clock, self.case),
            since: (clock.state != ClockState::Running).then(|| self.by(&clock.entry, clock.since)),
            note: many(&match clock.text.as_str() {
                "" => clock.note.clone(),
                text => format!("{}; as sent: {text}", clock.note),
            }),
            source: one(&clock.duty.source),
            checked_on: one(&clock.duty.checked_on),
            confirmed: clock.duty.confirmed,
            corrections: self.corrections(&record.id),
        };
        self.case.clocks.iter().zip(started).map(of).collect()
    }

    fn step(&self, point: &Standpoint<'_>) -> StepRow {
        let settled_at = point.progress.map(|progress| progress.at).or(self.case.updated);
        let late = |due: Time| point.standing != Standing::Closed && settled_at.is_some_and(|at| at > due);
        StepRow {
            title: one(&point.title()),
            shape: shape(&point.standing),
            state: point.standing.word(),
            owner: one(point.plan.playbook.role_title(&point.step.owner)),
            due: point.due.map(|at| self.when(at)),
            late: point.due.is_some_and(late),
            entry: point.progress.map(|progress| self.case.cite(&progress.entry)).unwrap_or_default(),
            by: point.progress.map(|progress| one(&progress.by.name)).unwrap_or_default(),
            at: point.progress.map(|progress| self.by(&progress.entry, progress.at)),
            note: point.progress.map(|progress| many(&progress.note)).unwrap_or_default(),
        }
    }

    fn plans(&self) -> Vec<PlanView> {
        let view = |plan: &Plan| {
            let points: Vec<_> = self.case.steps().filter(|point| point.plan.playbook.id == plan.playbook.id).collect();
            // A step that does not apply is neither settled nor to be settled.
            let apply = || points.iter().filter(|point| point.standing != Standing::Closed);
            let phase = |phase: &crate::domain::playbook::Phase| PhaseView {
                title: one(&phase.title),
                steps: points.iter().filter(|p| p.phase.id == phase.id).map(|p| self.step(p)).collect(),
            };
            PlanView {
                id: one(&plan.playbook.id),
                version: one(&plan.playbook.version),
                title: one(&plan.playbook.title),
                origin: one(&plan.origin),
                sha256: Hash::of(plan.source.as_bytes()).to_string(),
                attached: self.when(plan.attached),
                settled: apply().filter(|point| point.standing.quiet()).count(),
                steps: apply().count(),
                phases: plan.playbook.phases.iter().map(phase).collect(),
            }
        };
        self.case.plans.iter().map(view).collect()
    }
}

pub(super) fn moment(at: Time, offset: i32) -> When {
    let (utc, local) = (at.utc(), at.local(offset));
    let (day, local_day) = (utc.format("%Y-%m-%d").to_string(), local.format("%Y-%m-%d").to_string());
    let time = utc.format("%H:%M:%S UTC").to_string();
    let local_time = format!("{} {}", local.format("%H:%M:%S"), zone_label(offset));
    let (whole, whole_local) = (format!("{day} {time}"), format!("{local_day} {local_time}"));
    let local_day = if local_day == day { String::new() } else { local_day };
    When { utc: whole, local: whole_local, day, time, local_day, local_time }
}

fn logs(case: &Case) -> Vec<Log> {
    let mut logs: Vec<Log> = case
        .heads()
        .into_iter()
        .map(|(console, head)| Log {
            letter: case.letter(&console),
            console: console.to_string(),
            entries: head.seq,
            hash: head.hash.to_string(),
        })
        .collect();
    logs.sort_by_key(|log| (0..).map(letters).position(|letter| letter == log.letter));
    logs
}

fn shape(standing: &Standing) -> &'static str {
    match standing {
        Standing::Ready => "○",
        Standing::Started => "◐",
        Standing::Waiting(_) => "◌",
        Standing::Done => "●",
        Standing::Repeats => "↻",
        Standing::Skipped => "⊘",
        Standing::Blocked(_) => "■",
        Standing::Closed => "–",
    }
}

fn person(person: &Person) -> PersonRow {
    PersonRow { name: one(&person.name), role: one(&person.role), organisation: one(&person.organisation) }
}

pub(super) fn one(text: &str) -> String {
    safe(text).into_owned()
}

pub(super) fn many(text: &str) -> String {
    safe_lines(text).into_owned()
}

/// Whole minutes for people: `2 d 3 h 5 min`.
pub(super) fn duration(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, minutes) => format!("{days} d {hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sample;

    #[test]
    fn a_clock_is_judged_by_the_last_entry() {
        let mut case = sample::hospital().case;
        let words = |case: &Case| case.clocks.iter().map(|clock| clock_word(clock, case)).collect::<Vec<_>>();
        assert_eq!(words(&case), ["running", "waived", "met"]);
        case.updated = case.clocks[0].deadline.map(|at| at.plus_minutes(1));
        assert_eq!(words(&case)[0], "OVERDUE");
        case.clocks[0].state = ClockState::Met;
        case.clocks[0].since = case.updated.unwrap();
        assert_eq!(words(&case)[0], "met late");
    }

    #[test]
    fn a_duration_is_whole_minutes() {
        assert_eq!([0, 3599, 7260, 180_000].map(duration), ["0 min", "59 min", "2 h 1 min", "2 d 2 h 0 min"]);
    }
}
