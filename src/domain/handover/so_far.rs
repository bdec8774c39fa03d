//! The second half of a handover: decisions, what was done, people, systems, evidence, marks, questions and the seal.

use super::{FEW, Shift, same_step};
use crate::domain::{
    asset::{AssetState, Importance},
    case::{
        self, Case,
        steps::{StepStatus, StepView},
    },
    event::{self, AssetNoted},
    id::{ConsoleId, EntryId},
    indicator::defang_indicator,
    playbook::StepKind,
    record::Head,
    step::attached_playbook::StepState,
    time::Time,
    wording::{
        duration::clock_difference,
        number::count_of,
        prose::{Few, capitalise_first, quote_line},
    },
};

/// Steps that are told one by one.
const STEPS: usize = 8;

impl Case {
    /// The letter of each log, its console and where it ends, in the order of the letters.
    pub fn ends(&self) -> Vec<(String, ConsoleId, Head)> {
        let end = |(console, head): (ConsoleId, Head)| (self.letter(&console), console, head);
        let mut ends: Vec<_> = self.heads().into_iter().map(end).collect();
        ends.sort_by(|(one, ..), (other, ..)| (one.len(), one).cmp(&(other.len(), other)));
        ends
    }
}

impl Shift<'_> {
    /// ` Corrected by A19: “…”`, or nothing.
    fn corrected(&self, entry: &EntryId) -> String {
        let fixes = self.case.corrections.get(entry).map(Vec::as_slice).unwrap_or_default();
        let told = |fix: &&case::Noted<event::RecordCorrected>| !fix.what.undoes();
        fixes.iter().rfind(told).map_or_else(String::new, |fix| {
            format!(" CORRECTED by {}: “{}”", self.case.cite(&fix.entry), quote_line(&fix.what.text))
        })
    }

    /// What this shift decided and others agreed to, and what awaits someone's word.
    pub(super) fn decisions(&self) -> Vec<String> {
        let case = self.case;
        let mut lines = if case.closed { Vec::new() } else { self.awaiting() };
        let mut said_so: Vec<(Time, String)> = Vec::new();
        let counts = |entry: &EntryId, at: Time| self.fresh(at) && !case.undone(entry);
        for made in case.decisions.iter().filter(|made| counts(&made.entry, made.at)) {
            let (cite, label, by) =
                (case.cite(&made.entry), quote_line(&made.what.label), quote_line(&made.what.decided_by.label()));
            let why = quote_line(&made.what.rationale);
            let why = if why.is_empty() { String::new() } else { format!(" Why: “{why}”") };
            let (question, fix) = (quote_line(&made.what.question), self.corrected(&made.entry));
            said_so.push((made.at, format!("{cite}: {question} “{label}”, decided by {by}.{why}{fix}")));
        }
        for given in case.approvals.iter().filter(|given| counts(&given.entry, given.at)) {
            let how = if given.what.agreed { "agreed" } else { "did NOT agree" };
            let (cite, who) = (case.cite(&given.entry), quote_line(&given.what.person.label()));
            let (question, fix) = (quote_line(&given.what.question), self.corrected(&given.entry));
            said_so.push((given.at, format!("{cite}: {who} {how}: “{question}”{fix}")));
        }
        said_so.reverse();
        said_so.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        if said_so.is_empty() {
            lines.push(format!("Nothing was decided {}.", self.since()));
        }
        lines.extend(Few::of(said_so, FEW).lines("earlier ones are in the log", |(_, line)| line.clone()));
        let single = case.decisions.iter().filter(|made| counts(&made.entry, made.at));
        let single: Vec<String> =
            single.filter(|made| case.unsigned(made)).map(|made| case.cite(&made.entry)).collect();
        if !single.is_empty() {
            lines.push(format!("No second person has confirmed {}.", Few::of(single, 12).listed("more", Clone::clone)));
        }
        lines
    }

    /// The steps that this shift settled, whom it told, and its latest notes.
    pub(super) fn done(&self) -> Vec<String> {
        let case = self.case;
        let mut settled: Vec<(Time, &StepView<'_>, usize)> = Vec::new();
        for point in &self.steps {
            let Some(progress) =
                point.progress.filter(|progress| self.fresh(progress.at) && progress.through.is_none())
            else {
                continue;
            };
            // What was decided or agreed to, and who was told, is said elsewhere.
            let elsewhere = match point.step.kind {
                StepKind::Decision { .. } | StepKind::Approve { .. } | StepKind::Notify { .. } => true,
                StepKind::Task | StepKind::Command { .. } | StepKind::Collect | StepKind::Recur { .. } => false,
            };
            if !progress.state.settled() || (elsewhere && progress.state == StepState::Done) {
                continue;
            }
            let same = |(_, known, _): &&mut (Time, &StepView<'_>, usize)| {
                same_step(known, point) && known.progress.map(|known| known.state) == Some(progress.state)
            };
            match settled.iter_mut().find(same) {
                Some((at, _, more)) => (*at, *more) = ((*at).max(progress.at), *more + 1),
                None => settled.push((progress.at, point, 0)),
            }
        }
        settled.reverse();
        settled.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        let mut lines = Vec::new();
        if settled.is_empty() {
            lines.push(format!("No step was done or left out {}.", self.since()));
        }
        lines.extend(
            Few::of(settled, STEPS)
                .lines("earlier steps were done or left out as well", |(_, point, more)| self.settled(point, *more)),
        );
        let told = case.notifications.iter().rev().filter(|told| self.fresh(told.at) && !case.undone(&told.entry));
        lines.extend(Few::of(told, FEW).lines("more were told", |told| {
            let (cite, to) = (case.cite(&told.entry), quote_line(&told.what.to));
            let means = if told.what.means.is_empty() {
                String::new()
            } else {
                format!(" by {}", quote_line(&told.what.means))
            };
            let reference = quote_line(&told.what.reference);
            let reference = if reference.is_empty() { String::new() } else { format!(", reference {reference}") };
            format!("Told at {}: {to}{means}{reference} ({cite}).{}", self.at(told.at), self.corrected(&told.entry))
        }));
        let notes = case.notes.iter().rev().filter(|note| self.fresh(note.at) && !case.undone(&note.entry)).take(5);
        lines.extend(notes.map(|note| {
            let (cite, by, text) = (case.cite(&note.entry), quote_line(&note.by.name), quote_line(&note.what.text));
            format!("Note {cite}, {} by {by}: “{text}”{}", self.at(note.at), self.corrected(&note.entry))
        }));
        lines
    }

    fn settled(&self, point: &StepView<'_>, more: usize) -> String {
        let Some(progress) = point.progress else { return String::new() };
        let word = if progress.state == StepState::Skipped { "Left out" } else { "Done" };
        let kind = if more == 0 { String::new() } else { format!(" and {more} more of its kind") };
        let (title, cite, by) =
            (quote_line(&point.title()), self.case.cite(&progress.entry), quote_line(&progress.by.name));
        let note = quote_line(&progress.note);
        let decided = progress.choice.is_some() || note.is_empty();
        let note = if decided { String::new() } else { format!(" “{note}”") };
        format!("{word}: “{title}”{kind}, {by} ({cite}).{note}{}", self.corrected(&progress.entry))
    }

    /// Who is in which role, and who can be reached.
    pub(super) fn people(&self) -> Vec<String> {
        let case = self.case;
        // Read aloud, an organisation is named where it is another than that of the person before.
        let mut before = "";
        let people = case.people.iter().map(|person| {
            let same = std::mem::replace(&mut before, &person.organisation) == person.organisation;
            let organisation = match person.organisation.as_str() {
                _ if same => "",
                "" => "of no organisation that was named",
                other => other,
            };
            let parts = [&person.name, &person.role, organisation].map(quote_line);
            format!("{}.", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
        });
        let mut lines = Few::of(people, 12).lines("more people take part", String::clone);
        if lines.is_empty() {
            lines.push("Nobody has joined the case by name.".into());
        }
        let before = case.former().iter().rev();
        lines.extend(Few::of(before, 4).lines("more took part before", |former| {
            let (who, cite) = (quote_line(&former.person.label()), case.cite(&former.entry));
            format!("Until {}: {who} ({cite}).", self.at(former.at))
        }));
        lines.extend(Few::of(&case.contacts, FEW).lines("more contacts are in the case", |contact| {
            let what = &contact.what;
            let parts = [&what.name, &what.role, &what.organisation].map(|part| quote_line(part));
            let who = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let reach = quote_line(&what.reach);
            if reach.is_empty() { format!("Contact: {who}.") } else { format!("Contact: {who}: {reach}") }
        }));
        lines
    }

    /// How systems stand, the worst first, and how many indicators there are.
    pub(super) fn systems(&self) -> Vec<String> {
        use AssetState::{Affected, Cleaned, Isolated, Restored, Suspected, Unaffected, Unknown};
        let case = self.case;
        let mut lines = Vec::new();
        for state in AssetState::WORST_FIRST {
            let mut of: Vec<_> = case.assets.iter().filter(|asset| asset.what.state == state).collect();
            if of.is_empty() {
                continue;
            }
            of.sort_by_key(|asset| asset.what.importance);
            let word = state.to_string();
            let word = match state {
                Affected | Isolated => word.to_uppercase(),
                Unknown | Suspected | Cleaned | Restored | Unaffected => capitalise_first(&word),
            };
            lines.push(format!("{word}: {}.", Few::of(of, FEW).listed("more", |asset| name_asset(&asset.what))));
        }
        let told = case.assets.iter().filter(|asset| !asset.what.about.trim().is_empty());
        let told = told.filter(|asset| asset.what.importance.is_grave() && asset.what.state.keeps_from_use());
        lines.extend(Few::of(told, 4).lines("more have remarks", |asset| {
            format!(
                "{}: “{}” ({})",
                quote_line(&asset.what.name),
                quote_line(&asset.what.about),
                case.cite(&asset.entry)
            )
        }));
        if lines.is_empty() {
            lines.push("No system, device or account is noted.".into());
        }
        if let Some(last) = case.indicators.last() {
            let (value, cite) =
                (quote_line(&defang_indicator(last.what.kind, &last.what.value)), case.cite(&last.entry));
            let (one, many) = ("indicator is noted", "indicators are noted, the last of them");
            let count = count_of(case.indicators.len(), one, many);
            lines.push(format!("{count}: {} {value} ({cite}).", last.what.kind));
        }
        lines
    }

    /// How much evidence there is, the last of it, and what the case holds no copy of.
    pub(super) fn evidence(&self) -> Vec<String> {
        let case = self.case;
        let Some(last) = case.evidence.last() else { return vec!["No evidence was taken in.".into()] };
        let count = count_of(case.evidence.len(), "item", "items");
        let (name, by, cite) = (quote_line(&last.what.name), quote_line(&last.by.name), case.cite(&last.entry));
        let mut lines =
            vec![format!("{count}; the last is “{name}”, taken in at {} by {by} ({cite}).", self.at(last.at))];
        let outside = case.evidence.iter().rev().filter(|item| !item.what.copied);
        lines.extend(Few::of(outside, 4).lines("more are kept by reference", |item| {
            let (name, cite) = (quote_line(&item.what.name), case.cite(&item.entry));
            format!("By reference only: “{name}” ({cite}) lies at {}. Keep it there.", quote_line(&item.what.origin))
        }));
        lines
    }

    /// Entries that are marked.
    pub(super) fn marks(&self) -> Vec<String> {
        let marks = self.case.follow_ups.iter().filter(|(entry, _)| !self.case.undone(entry));
        let mut lines = Few::of(marks, FEW).lines("more entries are marked", |(entry, mark)| {
            let (cite, by, why) = (self.case.cite(entry), quote_line(&mark.by.name), quote_line(&mark.what.why));
            if why.is_empty() { format!("{cite}, marked by {by}.") } else { format!("{cite}: “{why}” ({by})") }
        });
        if lines.is_empty() {
            lines.push("No entry is marked.".into());
        }
        lines
    }

    /// Questions of steps that were or could be done, and have no answer.
    pub(super) fn questions(&self) -> Vec<String> {
        let mut open = Vec::new();
        for (at, point) in self.steps.iter().enumerate() {
            let asks = match point.status {
                StepStatus::Ready
                | StepStatus::Started
                | StepStatus::Done
                | StepStatus::Repeats
                | StepStatus::Blocked(_) => true,
                StepStatus::Waiting(_) | StepStatus::Closed | StepStatus::Skipped => false,
            };
            if !asks || self.steps.get(..at).is_some_and(|before| before.iter().any(|other| same_step(other, point))) {
                continue;
            }
            let asked = point.step.asks.iter().filter(|question| !question.optional);
            for question in asked.filter(|question| !point.plan.answers.contains_key(&question.id)) {
                open.push(format!("{} (in “{}”)", quote_line(&point.fill(&question.ask)), quote_line(&point.title())));
            }
        }
        if open.is_empty() || self.case.closed {
            return vec!["No question of a step is open now.".into()];
        }
        Few::of(open, FEW).lines("more questions are open", Clone::clone)
    }

    /// The seal and where each log ends, and how to compare them.
    pub(super) fn seal(&self) -> Vec<String> {
        let case = self.case;
        let ends: Vec<String> = case.ends().iter().map(|(letter, _, head)| format!("{letter}{}", head.seq)).collect();
        let last = match ends.as_slice() {
            [] => "Nothing is recorded yet".to_owned(),
            [one] => format!("The last entry is {one}"),
            many => format!("The logs end in {}", many.join(", ")),
        };
        let clock = match &case.clock_check {
            Some(check) => {
                let (ahead, reference) = (clock_difference(check.what.ahead_ms), quote_line(&check.what.reference));
                format!("The clock of the machine was {ahead} against {reference} at {}.", self.at(check.at))
            }
            None => "The clock of the machine was not compared with another.".into(),
        };
        vec![
            format!("The seal is {}.", case.seal()),
            format!("{last}; the case has {} entries.", case.records),
            clock,
            "Whoever takes over reads the seal back from their own screen. It must be the same, sign by sign.".into(),
        ]
    }
}

fn name_asset(asset: &AssetNoted) -> String {
    match asset.importance {
        Importance::LifeCritical | Importance::Clinical => {
            format!("{} ({})", quote_line(&asset.name), asset.importance)
        }
        Importance::Important | Importance::Ordinary | Importance::Unknown => quote_line(&asset.name),
    }
}
