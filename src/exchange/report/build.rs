//! What a report says, as plain safe text: the one reading of a case that the HTML and the Markdown report share.
//!
//! Every string here has been through [`safe_line`] or [`safe_paragraph`]; markup is escaped by whoever lays it out. Nothing
//! here looks at a clock: "now" is the last entry, so that the same case always gives the same report.

use super::{
    drawing::Drawing,
    offset::Offsets,
    rows::{
        ClockRow, Correction, DecisionRow, EvidenceRow, LogEnd, LogRow, NamedItem, PersonRow, PhaseView, PlanView,
        ReportView, StepRow, ToldRow,
    },
    subjects::Subjects,
    text::{Moment, clock_state_word, format_moment, is_running, safe_line, safe_paragraph},
};
use crate::{
    domain::{
        case::{
            Case, Clock, ClockState,
            actors::Former,
            steps::{StepStatus, StepView},
        },
        event::Event,
        id::{EntryId, Hash, letters_of_console},
        person::Person,
        playbook::StepRef,
        record::Record,
        step::attached_playbook::AttachedPlaybook,
        time::Time,
        wording::{duration::report_span, number::byte_size},
    },
    store::snapshot::Snapshot,
};

/// Reads a case, with the local times of whoever recorded it.
struct CaseReader<'a> {
    case: &'a Case,
    offsets: &'a Offsets,
}

impl ReportView {
    /// Reads the whole case.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let case = &snapshot.case;
        let offsets = Offsets::of(&snapshot.records);
        let reader = CaseReader { case, offsets: &offsets };
        let when = |at: Time| reader.moment_of_case(at);
        let clocks = reader.clock_rows(&snapshot.records);
        let end = snapshot.records.iter().rev().filter(|_| case.closed).find_map(|record| {
            let Event::CaseClosed(closed) = &record.event else { return None };
            Some((record.happened(), safe_line(&closed.why)))
        });
        let until = end.as_ref().map(|(at, _)| *at).or(case.updated);
        let seconds = case.began().zip(until).map_or(0, |(from, to)| to.seconds_since(from));
        let count = |wanted: fn(&StepStatus) -> bool| case.steps().filter(|point| wanted(&point.status)).count();
        let stuck = |point: &StepView<'_>| point.status.taken_up();
        let rows = |wanted: fn(&Event) -> bool| snapshot.records.iter().filter(move |record| wanted(&record.event));
        Self {
            id: case.id.to_string(),
            title: safe_line(&case.title),
            summary: safe_paragraph(&case.summary),
            severity: case.severity.word(),
            tlp: case.tlp.word(),
            tlp_class: case.tlp.word().to_ascii_lowercase().replace([':', '+'], "-"),
            exercise: case.exercise,
            closed: case.closed,
            opened: case.opened.map(when),
            occurred: case.occurred.map(when),
            ended: end.as_ref().map(|(at, _)| reader.moment_of_case(*at)),
            outcome: end.map(|(_, why)| why).unwrap_or_default(),
            as_of: case.updated.map(when),
            duration: report_span(seconds),
            offsets: offsets.describe_offsets(),
            utc: offsets.are_all_utc(),
            seal: case.seal().to_string(),
            seal_hash: case.seal().hash().to_string(),
            entries: case.records,
            logs: list_logs(case),
            losses: rows(|event| matches!(event, Event::EntriesMissing(_))).map(|r| reader.log_row(r)).collect(),
            damage: rows(|event| matches!(event, Event::DamageSeen(_))).map(|r| reader.log_row(r)).collect(),
            next: case.updated.and_then(|at| case.next(at)).map(|point| reader.named_item(&point.title(), point.due)),
            next_deadline: case.next_deadline().map(|(at, what)| reader.named_item(&what, Some(at))),
            open: case.steps().filter(stuck).map(|point| reader.step_row(&point)).collect(),
            ready: count(|standing| *standing == StepStatus::Ready),
            waiting: count(|standing| matches!(standing, StepStatus::Waiting(_))),
            running: clocks.iter().filter(|clock| is_running(clock.state)).cloned().collect(),
            decisions: snapshot.records.iter().filter_map(|record| reader.decision_row(record)).collect(),
            timeline: snapshot.records.iter().map(|record| reader.log_row(record)).collect(),
            plans: reader.plan_views(),
            evidence: snapshot.records.iter().filter_map(|record| reader.evidence_row(record)).collect(),
            notifications: snapshot.records.iter().filter_map(|record| reader.told_row(record)).collect(),
            clocks,
            people: case
                .people
                .iter()
                .map(person_row)
                .chain(case.former().iter().map(|gone| reader.former_row(gone)))
                .collect(),
            checked: rows(|event| matches!(event, Event::ClockChecked(_)))
                .next_back()
                .map(|record| reader.log_row(record)),
            picture: Subjects::of(case, &offsets),
            drawing: Drawing::of(snapshot, &offsets),
        }
    }
}

impl CaseReader<'_> {
    /// Whose part ended with a handover, with the entry that says so.
    fn former_row(&self, gone: &Former) -> PersonRow {
        let until =
            format!("until {} ({})", self.moment_of_entry(&gone.entry, gone.at).local, self.case.cite(&gone.entry));
        let parts = [safe_line(&gone.person.role), until];
        let role = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        PersonRow { role, ..person_row(&gone.person) }
    }

    /// A moment that no single entry speaks of.
    fn moment_of_case(&self, at: Time) -> Moment {
        format_moment(at, self.offsets.offset_of_case(at))
    }

    /// A moment that an entry speaks of, its own or another.
    fn moment_of_entry(&self, entry: &EntryId, at: Time) -> Moment {
        format_moment(at, self.offsets.offset_of_entry(&entry.console, at))
    }

    /// When what an entry tells happened.
    fn happened(&self, record: &Record) -> Moment {
        record
            .occurred
            .map_or_else(|| format_moment(record.at, record.offset), |at| self.moment_of_entry(&record.id, at))
    }

    /// Something to be done, with when it is due and whether that had passed at the last entry.
    fn named_item(&self, what: &str, by: Option<Time>) -> NamedItem {
        let passed = by.zip(self.case.updated).is_some_and(|(by, last)| last > by);
        NamedItem { what: safe_line(what), by: by.map(|at| self.moment_of_case(at)), passed }
    }

    /// What was recorded to correct an entry, oldest first.
    fn corrections(&self, entry: &EntryId) -> Vec<Correction> {
        let found = self.case.corrections.get(entry).map(Vec::as_slice).unwrap_or_default();
        found
            .iter()
            .map(|noted| Correction {
                cite: self.case.cite(&noted.entry),
                who: safe_line(&noted.by.label()),
                at: self.moment_of_entry(&noted.entry, noted.at),
                text: safe_paragraph(&noted.what.text),
                why: safe_paragraph(&noted.what.why),
            })
            .collect()
    }

    /// An entry as a row of the timeline.
    fn log_row(&self, record: &Record) -> LogRow {
        LogRow {
            cite: self.case.cite(&record.id),
            happened: self.happened(record),
            recorded: format_moment(record.at, record.offset),
            stated: record.occurred.is_some(),
            kind: record.event.sign().label,
            who: person_row(&record.by),
            what: safe_paragraph(&record.event.sentence(self.case)),
            corrections: self.corrections(&record.id),
        }
    }

    /// A decision or an approval as a row; `None` for any other entry.
    fn decision_row(&self, record: &Record) -> Option<DecisionRow> {
        if let Event::ApprovalGiven(given) = &record.event {
            let choice = if given.agreed { "agreed" } else { "did not agree" };
            return Some(DecisionRow {
                row: self.log_row(record),
                question: safe_paragraph(&given.question),
                choice: choice.to_owned(),
                rationale: safe_paragraph(&given.words),
                decided_by: safe_line(&given.person.label()),
                before: self.step_titles(Some(&given.step), &given.unmet),
                confirmed: Vec::new(),
            });
        }
        let Event::DecisionMade(made) = &record.event else { return None };
        Some(DecisionRow {
            row: self.log_row(record),
            question: safe_paragraph(&made.question),
            choice: safe_paragraph(&made.label),
            rationale: safe_paragraph(&made.rationale),
            decided_by: safe_line(&made.decided_by.label()),
            before: self.step_titles(made.step.as_ref(), &made.unmet),
            confirmed: self.confirmed(&record.id),
        })
    }

    /// Who confirmed what is logged of a decision.
    fn confirmed(&self, entry: &EntryId) -> Vec<String> {
        let signed = self.case.countersigned(entry).iter();
        signed
            .map(|signed| safe_line(&format!("{} ({})", signed.what.person.label(), self.case.cite(&signed.entry))))
            .collect()
    }

    /// The titles of the steps that were not settled when a decision was made.
    fn step_titles(&self, step: Option<&StepRef>, unmet: &[String]) -> String {
        let plan = step.and_then(|step| self.case.plan(&step.playbook));
        let title = |id: &String| {
            plan.and_then(|plan| Some((plan, plan.step(id)?.1))).map_or(id.clone(), |(plan, s)| plan.title(s, None))
        };
        safe_line(&unmet.iter().map(title).collect::<Vec<_>>().join("; "))
    }

    /// An item of evidence as a row; `None` for any other entry.
    fn evidence_row(&self, record: &Record) -> Option<EvidenceRow> {
        let Event::EvidenceAdded(added) = &record.event else { return None };
        Some(EvidenceRow {
            row: self.log_row(record),
            name: safe_line(&added.name),
            size: byte_size(added.size),
            bytes: added.size,
            sha256: added.sha256.to_string(),
            copied: added.copied,
            origin: safe_line(&added.origin),
            source: safe_line(&added.source),
            about: safe_paragraph(&added.about),
            modified: added.modified.map(|at| self.moment_of_entry(&record.id, at)),
        })
    }

    /// A notification as a row; `None` for any other entry.
    fn told_row(&self, record: &Record) -> Option<ToldRow> {
        let Event::NotificationMade(made) = &record.event else { return None };
        let duty = made.duty.as_ref().map(|id| self.case.duty(id).map_or(id, |duty| &duty.title));
        Some(ToldRow {
            row: self.log_row(record),
            to: safe_line(&made.to),
            means: safe_line(&made.means),
            reference: safe_line(&made.reference),
            text: safe_paragraph(&made.text),
            duty: duty.map(|title| safe_line(title)).unwrap_or_default(),
        })
    }

    /// The clocks with the entry that started each: the fold keeps them in the order of those entries.
    fn clock_rows(&self, records: &[Record]) -> Vec<ClockRow> {
        let started = records.iter().filter(|record| matches!(record.event, Event::ClockStarted(_)));
        let of = |(clock, record): (&Clock, &Record)| ClockRow {
            cite: self.case.cite(&record.id),
            title: safe_line(&clock.duty.title),
            to: safe_line(&clock.duty.to),
            aware: self.moment_of_entry(&record.id, clock.aware),
            deadline: clock.deadline.map(|at| self.moment_of_entry(&record.id, at)),
            state: clock_state_word(clock, self.case),
            since: (clock.state != ClockState::Running).then(|| self.moment_of_entry(&clock.entry, clock.since)),
            note: safe_paragraph(&match clock.text.as_str() {
                "" => clock.note.clone(),
                text => format!("{}; as sent: {text}", clock.note),
            }),
            source: safe_line(&clock.duty.source),
            checked_on: safe_line(&clock.duty.checked_on),
            confirmed: clock.duty.confirmed,
            corrections: self.corrections(&record.id),
        };
        self.case.clocks.iter().zip(started).map(of).collect()
    }

    /// A step as it stands at the last entry.
    fn step_row(&self, point: &StepView<'_>) -> StepRow {
        let settled_at = point.progress.map(|progress| progress.at).or(self.case.updated);
        // A step that does not apply can be late for nothing.
        let late = |due: Time| point.status != StepStatus::Closed && settled_at.is_some_and(|at| at > due);
        StepRow {
            title: safe_line(&point.title()),
            shape: standing_sign(&point.status),
            state: point.status.word(),
            owner: safe_line(point.plan.playbook.role_title(&point.step.owner)),
            due: point.due.map(|at| self.moment_of_case(at)),
            late: point.due.is_some_and(late),
            entry: point.progress.map(|progress| self.case.cite(&progress.entry)).unwrap_or_default(),
            by: point.progress.map(|progress| safe_line(&progress.by.name)).unwrap_or_default(),
            at: point.progress.map(|progress| self.moment_of_entry(&progress.entry, progress.at)),
            note: point.progress.map(|progress| safe_paragraph(&progress.note)).unwrap_or_default(),
        }
    }

    /// The playbooks in use, each with its phases and steps.
    fn plan_views(&self) -> Vec<PlanView> {
        let view = |plan: &AttachedPlaybook| {
            let points: Vec<_> = self.case.steps().filter(|point| point.plan.playbook.id == plan.playbook.id).collect();
            // A step that does not apply is neither settled nor to be settled.
            let apply = || points.iter().filter(|point| point.status != StepStatus::Closed);
            let phase = |phase: &crate::domain::playbook::Phase| PhaseView {
                title: safe_line(&phase.title),
                steps: points.iter().filter(|p| p.phase.id == phase.id).map(|p| self.step_row(p)).collect(),
            };
            PlanView {
                id: safe_line(&plan.playbook.id),
                version: safe_line(&plan.playbook.version),
                title: safe_line(&plan.playbook.title),
                origin: safe_line(&plan.origin),
                sha256: Hash::of(plan.source.as_bytes()).to_string(),
                attached: self.moment_of_case(plan.attached),
                settled: apply().filter(|point| point.status.quiet()).count(),
                steps: apply().count(),
                phases: plan.playbook.phases.iter().map(phase).collect(),
            }
        };
        self.case.plans.iter().map(view).collect()
    }
}

/// Where each log ends, in the order of the letters A, B, …, Z, AA.
fn list_logs(case: &Case) -> Vec<LogEnd> {
    let mut logs: Vec<LogEnd> = case
        .heads()
        .into_iter()
        .map(|(console, head)| LogEnd {
            letter: case.letter(&console),
            console: console.to_string(),
            entries: head.seq,
            hash: head.hash.to_string(),
        })
        .collect();
    logs.sort_by_key(|log| (0..).map(letters_of_console).position(|letter| letter == log.letter));
    logs
}

/// The sign before a step. These are the report's own: paper has no colours.
fn standing_sign(standing: &StepStatus) -> &'static str {
    match standing {
        StepStatus::Ready => "○",
        StepStatus::Started => "◐",
        StepStatus::Waiting(_) => "◌",
        StepStatus::Done => "●",
        StepStatus::Repeats => "↻",
        StepStatus::Skipped => "⊘",
        StepStatus::Blocked(_) => "■",
        StepStatus::Closed => "–",
    }
}

/// A person, made safe.
fn person_row(person: &Person) -> PersonRow {
    PersonRow {
        name: safe_line(&person.name),
        role: safe_line(&person.role),
        organisation: safe_line(&person.organisation),
    }
}
