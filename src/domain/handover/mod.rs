//! The handover: what the next responder needs, ready to read aloud, the most important first.
//!
//! Every line is made safe here, and what is long is cut with `…` beside the citation that has it in full, so that the
//! text stays as short as a spoken handover.

mod so_far;
#[cfg(test)]
mod tests;

use crate::domain::{
    case::{
        Case, Clock, ClockState, Noted,
        steps::{StepStatus, StepView},
    },
    event::HandoverMade,
    playbook::{Form, StepKind},
    time::{Now, Time},
    wording::{
        deadline::{spoken_deadline, spoken_left},
        duration::spoken_span,
        moment::{spoken_ago, spoken_moment},
        number::count_of,
        prose::{Few, cut_line, end_sentence, quote_line},
    },
};
use serde::Serialize;

/// Overdue deadlines that are read out.
const OVERDUE: usize = 5;
/// Deadlines to come that are read out.
const COMING: usize = 3;
/// Characters of the summary, which has no citation beside it.
const SUMMARY: usize = 500;
/// Characters of an answer that lists things.
const LISTED: usize = 200;
/// Lines of one sort in any other place.
pub(super) const FEW: usize = 6;

/// A part of the handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What it is about, in a few words.
    pub heading: &'static str,
    /// Sentences, each a line of its own, safe to show; never empty.
    pub lines: Vec<String>,
}

/// The sections as one text: each heading on a line, the sentences under it, an empty line between sections.
pub fn text(sections: &[Section]) -> String {
    let whole = |section: &Section| format!("{}\n{}\n", section.heading.to_uppercase(), section.lines.join("\n"));
    sections.iter().map(whole).collect::<Vec<_>>().join("\n")
}

/// A look at a case by someone who hands it over.
pub(super) struct Shift<'a> {
    pub(super) case: &'a Case,
    pub(super) now: Now,
    /// The handover before this one.
    pub(super) last: Option<&'a Noted<HandoverMade>>,
    pub(super) steps: Vec<StepView<'a>>,
}

impl Case {
    /// What the next responder needs at `now`, in sections of plain sentences; times are in the zone of `now`. The same
    /// case at the same moment gives the same text.
    pub fn handover(&self, now: Now) -> Vec<Section> {
        let shift = Shift { case: self, now, last: self.handovers.last(), steps: self.steps().collect() };
        let section = |heading, lines| Section { heading, lines };
        vec![
            section("Situation", shift.situation()),
            section("What is happening now", shift.happening()),
            section("Deadlines", shift.deadlines()),
            section("Duties", shift.duties()),
            section("Decisions of this shift", shift.decisions()),
            section("What was done in this shift", shift.done()),
            section("Who is who", shift.people()),
            section("Systems", shift.systems()),
            section("Evidence", shift.evidence()),
            section("To be looked at again", shift.marks()),
            section("Questions that are open", shift.questions()),
            section("Read out and compare", shift.seal()),
        ]
    }
}

impl Shift<'_> {
    /// Whether something of that moment belongs to this shift.
    pub(super) fn fresh(&self, at: Time) -> bool {
        self.last.is_none_or(|last| at > last.at)
    }

    /// `03:41 +01:00`, or with the day where it is another.
    pub(super) fn at(&self, at: Time) -> String {
        spoken_moment(at, self.now)
    }

    /// Which part of the log counts as this shift.
    pub(super) fn since(&self) -> &'static str {
        if self.last.is_some() { "since the last handover" } else { "since the beginning" }
    }

    fn situation(&self) -> Vec<String> {
        let case = self.case;
        let mut lines = Vec::new();
        if case.exercise {
            lines.push("EXERCISE, EXERCISE, EXERCISE: this is no real incident.".to_owned());
        }
        lines.push(end_sentence(quote_line(&case.title)));
        let state = if case.closed { "closed" } else { "open" };
        lines.push(format!("Case {} is {state}. Severity {}, {}.", case.id.short(), case.severity, case.tlp));
        for loss in &case.losses {
            let (letter, cite) = (case.letter(&loss.entry.console), case.cite(&loss.entry));
            let (first, last) = (loss.what.after + 1, loss.what.last);
            lines.push(format!("ENTRIES {letter}{first} TO {letter}{last} WERE RECORDED AND ARE LOST ({cite})."));
        }
        for seen in &case.damage {
            let word = if seen.what.mended { "Damage was seen and mended" } else { "DAMAGE WAS SEEN" };
            lines.push(format!("{word} ({}): {}", case.cite(&seen.entry), end_sentence(quote_line(&seen.what.what))));
        }
        lines.extend(self.since_when());
        if !case.summary.trim().is_empty() {
            lines.push(format!("In short: “{}”", cut_line(&case.summary, SUMMARY)));
        }
        lines.push(match &case.impact {
            Some(impact) => {
                let (text, cite, at) = (quote_line(&impact.what.text), case.cite(&impact.entry), self.at(impact.at));
                format!("Patients: “{text}” ({cite}, {at}).")
            }
            None => "Patients: nobody has stated yet what it means for them.".into(),
        });
        lines.extend(self.named());
        lines.push(match self.last {
            Some(last) => {
                let (to, by, cite) =
                    (quote_line(&last.what.to.label()), quote_line(&last.by.name), case.cite(&last.entry));
                format!("The last handover was at {}, from {by} to {to} ({cite}).", self.at(last.at))
            }
            None => "This is the first handover.".into(),
        });
        lines
    }

    /// What was named in answers that list things: wards, systems, accounts.
    fn named(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for plan in &self.case.plans {
            for (_, question) in plan.playbook.questions().filter(|(_, question)| question.form == Form::List) {
                let Some(answered) = plan.answers.get(&question.id) else { continue };
                let (ask, words) = (plan.fill(&question.ask, None), answered.value.words(&question.form));
                let said = format!("{} {} (", quote_line(&ask), cut_line(&words, LISTED));
                // Two playbooks may ask the same and be answered alike.
                if !lines.iter().any(|line: &String| line.starts_with(&said)) {
                    lines.push(format!("{said}{}).", self.case.cite(&answered.entry)));
                }
            }
        }
        lines.truncate(FEW);
        lines
    }

    fn since_when(&self) -> Vec<String> {
        let case = self.case;
        let mut lines = Vec::new();
        if let Some(at) = case.occurred {
            lines.push(format!("It began at {}, as stated.", self.at(at)));
        }
        lines.extend(match (case.aware(), case.opened) {
            (Some(aware), _) => {
                let for_long = spoken_span(self.now.at.seconds_since(aware));
                Some(format!("We are aware of it since {}, for {for_long}.", self.at(aware)))
            }
            (None, Some(opened)) => Some(format!(
                "The case was opened at {}, {}. No clock says since when we are aware.",
                self.at(opened),
                spoken_ago(opened, self.now)
            )),
            (None, None) => None,
        });
        lines
    }

    fn happening(&self) -> Vec<String> {
        if self.case.closed {
            let open = self.steps.iter().filter(|point| !point.status.quiet()).count();
            let left =
                if open == 0 { "No step was left open.".into() } else { format!("{open} steps were left open.") };
            return vec!["The case is closed: nothing is to be done next.".into(), left];
        }
        if self.case.plans.is_empty() {
            return vec!["No playbook is in use: the log and the people lead.".into()];
        }
        let mut lines: Vec<String> = Vec::new();
        let started = self.steps.iter().filter(|point| point.status == StepStatus::Started);
        lines.extend(Few::of(started, FEW).lines("more steps are worked on", |point| {
            let by = point.progress.map_or_else(String::new, |done| {
                let since = format!("since {}", self.at(done.happened));
                format!(" by {}, {since} ({})", quote_line(&done.by.label()), self.case.cite(&done.entry))
            });
            format!("Being worked on: “{}”{by}.", quote_line(&point.title()))
        }));
        lines.extend(self.next());
        let blocked = self.steps.iter().filter(|point| matches!(point.status, StepStatus::Blocked(_)));
        lines.extend(Few::of(blocked, FEW).lines("more steps are blocked", |point| {
            let why = if let StepStatus::Blocked(why) = &point.status { quote_line(why) } else { String::new() };
            format!("BLOCKED: “{}”{}: “{why}”", quote_line(&point.title()), owner(point))
        }));
        lines.extend(self.waiting());
        lines
    }

    /// The next step and why; after a step that is worked on, the first that could be taken up beside it.
    fn next(&self) -> Vec<String> {
        let Some(next) = self.case.next(self.now.at) else {
            return vec!["No step is open: nothing is next.".into()];
        };
        if next.status == StepStatus::Started {
            let beside = self.case.next_to_begin(self.now.at);
            return beside
                .map(|point| format!("Next to begin: “{}”{}.", quote_line(&point.title()), owner(&point)))
                .into_iter()
                .collect();
        }
        let mut line = format!("NEXT: “{}”{}", quote_line(&next.title()), owner(&next));
        if let Some(due) = next.due {
            line.push_str(&format!(", {}", spoken_deadline(due, self.now)));
        }
        let mut lines = vec![format!("{line}.")];
        lines.extend(self.case.explain(&next, self.now.at).first().map(|why| format!("Why: {}", quote_line(why))));
        lines
    }

    /// What keeps others waiting, with how many steps wait for each.
    fn waiting(&self) -> Vec<String> {
        let waiting = |point: &&StepView<'_>| matches!(point.status, StepStatus::Waiting(_));
        let open = |point: &&StepView<'_>| !point.status.quiet() && !waiting(point);
        let mut causes: Vec<(&StepView<'_>, usize)> = Vec::new();
        for cause in self.steps.iter().filter(open) {
            let waits = |point: &&StepView<'_>| {
                let StepStatus::Waiting(unmet) = &point.status else { return false };
                point.plan.playbook.id == cause.plan.playbook.id && unmet.contains(&cause.step.id)
            };
            let count = self.steps.iter().filter(waits).count();
            // A step that is done for several things is named once.
            if count > 0 && !causes.iter().any(|(known, _)| same_step(known, cause)) {
                causes.push((cause, count));
            }
        }
        causes.sort_by_key(|(_, waits)| std::cmp::Reverse(*waits));
        let count = self.steps.iter().filter(waiting).count();
        let mut lines: Vec<String> = causes
            .iter()
            .take(3)
            .map(|(cause, waits)| {
                let steps = count_of(*waits, "step waits", "steps wait");
                format!("{steps} for “{}”{}.", quote_line(&cause.title()), owner(cause))
            })
            .collect();
        if lines.is_empty() && count > 0 {
            lines.push(format!("{count} steps wait for others before them."));
        }
        lines
    }

    /// What is due when, of running clocks and of steps that could be done; several of a kind by their first.
    fn deadlines(&self) -> Vec<String> {
        let mut due: Vec<(Time, String)> = Vec::new();
        let mut without: Vec<String> = Vec::new();
        for clock in self.case.clocks.iter().filter(|clock| clock.state == ClockState::Running) {
            let what = format!("the duty to tell {}: {}", quote_line(&clock.duty.to), quote_line(&clock.duty.title));
            match clock.deadline {
                Some(deadline) => due.push((deadline, what)),
                None => without.push(format!("Without undue delay: {what}.")),
            }
        }
        if !self.case.closed {
            due.extend(self.steps_due());
        }
        due.sort_by_key(|(at, _)| *at);
        let (over, coming): (Vec<_>, Vec<_>) = due.iter().partition(|(at, _)| *at < self.now.at);
        let mut lines = Few::of(over, OVERDUE).lines("more deadlines are overdue", |(at, what)| {
            format!("OVERDUE since {}, {}: {what}.", self.at(*at), spoken_ago(*at, self.now))
        });
        lines.extend(without);
        lines.extend(Few::of(coming, COMING).lines("more deadlines come later", |(at, what)| {
            format!("By {}, in {}: {what}.", self.at(*at), spoken_left(*at, self.now))
        }));
        if lines.is_empty() {
            lines.push("Nothing is overdue and nothing has a deadline.".into());
        }
        lines
    }

    fn steps_due(&self) -> Vec<(Time, String)> {
        let mut all: Vec<(Time, &StepView<'_>, usize)> = Vec::new();
        for point in &self.steps {
            let open = point.status.can_be_done();
            let Some(at) = point.due.filter(|_| open) else { continue };
            let same = |(due, known, _): &&mut (Time, &StepView<'_>, usize)| *due == at && same_step(known, point);
            match all.iter_mut().find(same) {
                Some((_, _, more)) => *more += 1,
                None => all.push((at, point, 0)),
            }
        }
        all.into_iter()
            .map(|(at, point, more)| {
                let more = if more == 0 { String::new() } else { format!(" and {more} more of its kind") };
                (at, format!("“{}”{more}{}", quote_line(&point.title()), owner(point)))
            })
            .collect()
    }

    fn duties(&self) -> Vec<String> {
        let case = self.case;
        let mut lines: Vec<String> = Vec::new();
        let (running, ended): (Vec<&Clock>, Vec<&Clock>) =
            case.clocks.iter().partition(|clock| clock.state == ClockState::Running);
        lines.extend(running.iter().map(|clock| self.runs(clock)));
        let open = |duty: &&super::duty::Duty| case.clock(&duty.id).is_none() && case.told(&duty.id).is_none();
        let fresh = || case.duties().into_iter().filter(open);
        for duty in fresh().filter(|duty| case.graded(&duty.id) == Some(true)) {
            lines.push(format!("NOT STARTED: {}. The answers suggest that it applies.", quote_line(&duty.title)));
        }
        lines.extend(ended.iter().map(|clock| self.ended(clock)));
        lines.extend(case.told_without_clock().map(|(duty, told)| {
            let (title, to, cite) = (quote_line(&duty.title), quote_line(&told.what.to), case.cite(&told.entry));
            format!("Told: {title}, {to} at {} ({cite}). No clock ran.", self.at(told.happened()))
        }));
        let rest: Vec<_> = fresh().filter(|duty| case.graded(&duty.id) != Some(true)).collect();
        if !rest.is_empty() {
            let duties = count_of(rest.len(), "duty", "duties");
            let named = Few::of(rest, FEW).listed("more", |duty| quote_line(&duty.title));
            lines.push(end_sentence(format!("No clock was started for {duties}, which may apply or not: {named}")));
        }
        if lines.is_empty() {
            return vec!["No duty to tell anyone is known in this case.".into()];
        }
        lines.push("This is guidance, not legal advice.".into());
        lines
    }

    fn runs(&self, clock: &Clock) -> String {
        let duty = &clock.duty;
        let by = clock.deadline.map_or_else(|| "without undue delay".into(), |at| spoken_deadline(at, self.now));
        let reach = if duty.reach.trim().is_empty() {
            String::new()
        } else {
            format!(" Reach them: {}", cut_line(&duty.reach, 90))
        };
        format!("RUNNING: {}, {by}.{reach}", quote_line(&duty.title))
    }

    fn ended(&self, clock: &Clock) -> String {
        let (title, note, at) = (quote_line(&clock.duty.title), quote_line(&clock.note), self.at(clock.since));
        let note = if note.is_empty() { String::new() } else { format!(": “{note}”") };
        match (clock.state, clock.deadline) {
            (ClockState::Waived, _) => end_sentence(format!("Does not apply: {title}, said at {at}{note}")),
            (_, Some(deadline)) if deadline < clock.since => {
                let late = spoken_span(clock.since.seconds_since(deadline));
                end_sentence(format!("Met LATE by {late}: {title}, at {at}{note}"))
            }
            (ClockState::Running | ClockState::Met, _) => end_sentence(format!("Met: {title}, at {at}{note}")),
        }
    }

    /// The steps at which someone else has to agree, and nobody has said anything yet.
    pub(super) fn awaiting(&self) -> Vec<String> {
        let open = |point: &&StepView<'_>| point.status.can_be_done() && point.status != StepStatus::Repeats;
        let asks = |point: &StepView<'_>| {
            let StepKind::Approve { by, question } = &point.step.kind else { return None };
            let (by, question) = (quote_line(point.plan.playbook.role_title(by)), quote_line(&point.fill(question)));
            Some(format!("AWAITS AGREEMENT of {by}: “{question}”"))
        };
        self.steps.iter().filter(open).filter_map(asks).take(FEW).collect()
    }
}

/// Whether both are the same step of the same playbook, perhaps for different things.
pub(super) fn same_step(one: &StepView<'_>, other: &StepView<'_>) -> bool {
    one.plan.playbook.id == other.plan.playbook.id && one.step.id == other.step.id
}

/// `, for the incident lead`, or nothing where no role owns the step.
fn owner(point: &StepView<'_>) -> String {
    match point.step.owner.as_str() {
        "" => String::new(),
        role => format!(", for {}", quote_line(point.plan.playbook.role_title(role))),
    }
}
