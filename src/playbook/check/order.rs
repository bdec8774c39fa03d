//! The order of steps: who waits for whom, circles in that, and due times that contradict it.

use super::{cycles, indexed, known::Known, placeholders};
use crate::{
    domain::playbook::{Phase, Playbook, Start, Step, When},
    playbook::{
        did_you_mean::quoted,
        finding::{Code, Sink},
    },
};
use std::collections::HashMap;

/// Steps of a circle that a message names before it is cut short.
const NAMED: usize = 12;
/// Steps looked at, in one playbook, to learn which answers are there when a text is read.
const LOOKS: usize = 200_000;

/// Something that waits or is waited for. Phases have nodes of their own, so that one phase that needs another brings
/// a line for each step and not for each pair of steps.
enum Who<'a> {
    Step(&'a Step),
    /// A phase may begin.
    Begin(&'a Phase),
    /// Every step of a phase is settled.
    End(&'a Phase),
}

struct Node<'a> {
    who: Who<'a>,
    edges: Vec<Edge>,
    /// Its place in the file, among the steps.
    rank: usize,
}

/// "Waits for that", and the place in the file that says so.
struct Edge {
    to: usize,
    path: String,
    /// Whether the author wrote it; the others follow from a step's place in its phase.
    written: bool,
}

/// Checks the order; says whether nothing waits for itself, directly or in a circle.
pub(super) fn check(playbook: &Playbook, known: &Known<'_>, sink: &mut Sink<'_>) -> bool {
    let mut sound = true;
    let nodes = Maker::new(playbook, known).nodes(&mut sound, sink);
    for (phase, at, step) in indexed(playbook) {
        due_order(&path_of(phase, at), step, known, sink);
    }
    let edges: Vec<Vec<usize>> = nodes.iter().map(|node| node.edges.iter().map(|edge| edge.to).collect()).collect();
    for circle in cycles::circles(&edges) {
        sound = false;
        tell(&circle, &nodes, sink);
    }
    if sound {
        later(playbook, known, &nodes, sink);
    }
    sound
}

fn path_of(phase: usize, step: usize) -> String {
    format!("phases[{phase}].steps[{step}]")
}

/// Makes the nodes: first the steps, then each phase's beginning, then each phase's end.
struct Maker<'a, 'k> {
    playbook: &'a Playbook,
    known: &'k Known<'a>,
    steps: HashMap<&'a str, usize>,
    phases: HashMap<&'a str, usize>,
    count: usize,
}

/// A step that something waits for, with the place that says so and the question whose answer it waits for.
type Wait<'a> = (&'a str, String, Option<&'a str>);

impl<'a, 'k> Maker<'a, 'k> {
    fn new(playbook: &'a Playbook, known: &'k Known<'a>) -> Self {
        let (mut steps, mut phases) = (HashMap::new(), HashMap::new());
        let mut count = 0;
        for (_, step) in playbook.steps() {
            steps.entry(step.id.as_str()).or_insert(count);
            count += 1;
        }
        for (at, phase) in playbook.phases.iter().enumerate() {
            phases.entry(phase.id.as_str()).or_insert(at);
        }
        Maker { playbook, known, steps, phases, count }
    }

    fn nodes(&self, sound: &mut bool, sink: &mut Sink<'_>) -> Vec<Node<'a>> {
        let mut nodes = Vec::new();
        for (number, (phase_at, at, step)) in indexed(self.playbook).enumerate() {
            let mut edges = self.edges(number, self.waits(step, &path_of(phase_at, at)), sound, sink);
            let phase = self.playbook.phases.get(phase_at);
            if let Some(phase) = phase.filter(|phase| !phase.needs.is_empty() || !phase.when.is_always()) {
                let field = if phase.needs.is_empty() { "when" } else { "needs" };
                let path = format!("phases[{phase_at}].{field}");
                edges.push(Edge { to: self.count + phase_at, path, written: false });
            }
            nodes.push(Node { who: Who::Step(step), edges, rank: number });
        }
        let mut rank = 0;
        for (at, phase) in self.playbook.phases.iter().enumerate() {
            let mut waits = Vec::new();
            self.asked(&phase.when, &format!("phases[{at}].when"), &mut waits);
            let mut edges = self.edges(usize::MAX, waits, sound, sink);
            for (index, need) in phase.needs.iter().enumerate() {
                let path = format!("phases[{at}].needs[{index}]");
                match self.phases.get(need.as_str()) {
                    Some(&to) if to == at => self_wait(&path, need, None, sound, sink),
                    Some(&to) => {
                        edges.push(Edge { to: self.count + self.playbook.phases.len() + to, path, written: true });
                    }
                    None => {}
                }
            }
            nodes.push(Node { who: Who::Begin(phase), edges, rank });
            rank += phase.steps.len();
        }
        let mut number = 0;
        for (at, phase) in self.playbook.phases.iter().enumerate() {
            let mut edges = Vec::new();
            let rank = number;
            for step_at in 0..phase.steps.len() {
                edges.push(Edge { to: number, path: format!("{}.id", path_of(at, step_at)), written: false });
                number += 1;
            }
            nodes.push(Node { who: Who::End(phase), edges, rank });
        }
        nodes
    }

    /// All that `step` waits for.
    fn waits(&self, step: &'a Step, path: &str) -> Vec<Wait<'a>> {
        let needs = step.needs.iter().enumerate();
        let mut waits: Vec<Wait<'a>> =
            needs.map(|(at, need)| (need.as_str(), format!("{path}.needs[{at}]"), None)).collect();
        self.asked(&step.when, &format!("{path}.when"), &mut waits);
        if let Start::Step(first) = &step.due_after {
            waits.push((first, format!("{path}.due_after[0]"), None));
        }
        // A step that asks its own list has a finding of its own.
        if let Some((asker, list)) = step.each.as_deref().and_then(|list| Some((self.asker(list)?, list)))
            && asker != step.id
        {
            waits.push((asker, format!("{path}.each"), Some(list)));
        }
        waits
    }

    fn asker(&self, question: &str) -> Option<&'a str> {
        self.known.questions.get(question).map(|(step, _)| step.id.as_str())
    }

    /// The steps that a condition asks about, with the places where it names them.
    fn asked(&self, when: &'a When, path: &str, into: &mut Vec<Wait<'a>>) {
        let first = || format!("{path}[0]");
        match when {
            When::Always => {}
            When::Chose(step, _) | When::Done(step) => into.push((step, first(), None)),
            When::Yes(id) | When::Answered(id, _) | When::AtLeast(id, _) => {
                into.extend(self.asker(id).map(|step| (step, first(), Some(id.as_str()))));
            }
            When::Gate(duty) => {
                let gate = self.known.duties.get(duty.as_str()).map_or(&[][..], |duty| &duty.gate);
                for threshold in gate {
                    let asker = self.known.questions.get_key_value(threshold.question.as_str());
                    into.extend(asker.map(|(id, (step, _))| (step.id.as_str(), first(), Some(*id))));
                }
            }
            When::All(parts) | When::Any(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    self.asked(part, &format!("{path}[0][{at}]"), into);
                }
            }
            When::Not(part) => self.asked(part, &first(), into),
        }
    }

    fn edges(&self, number: usize, waits: Vec<Wait<'a>>, sound: &mut bool, sink: &mut Sink<'_>) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (name, path, question) in waits {
            match self.steps.get(name) {
                Some(&to) if to == number => self_wait(&path, name, question, sound, sink),
                Some(&to) => edges.push(Edge { to, path, written: true }),
                None => {}
            }
        }
        edges
    }
}

fn self_wait(path: &str, name: &str, question: Option<&str>, sound: &mut bool, sink: &mut Sink<'_>) {
    *sound = false;
    sink.error(path, Code::NeedsItself, || match question {
        None => (format!("{} waits for itself", quoted(name)), "take this out, or name the one before it".to_owned()),
        Some(question) => (
            format!("{} waits for the answer to its own question {}", quoted(name), quoted(question)),
            "let a step before it ask the question".to_owned(),
        ),
    });
}

fn due_order(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let Some(due) = step.due else { return };
    let firsts = step.needs.iter().filter_map(|need| {
        let (_, first) = known.steps.get(need.as_str())?;
        (first.due_after == step.due_after).then_some((first.due?, need))
    });
    let latest = firsts.filter(|(first, _)| *first > due);
    if let Some((first, need)) = latest.max() {
        sink.warn(&format!("{path}.due"), Code::DueBeforeNeed, || {
            let what = format!("due after {due} minutes, but it needs {}, due after {first}", quoted(need));
            (what, format!("make it due after {first} minutes or later, or hurry {}", quoted(need)))
        });
    }
}

/// Warns of texts that use an answer which comes only later.
fn later(playbook: &Playbook, known: &Known<'_>, nodes: &[Node<'_>], sink: &mut Sink<'_>) {
    let mut numbers = HashMap::new();
    for (number, (_, step)) in playbook.steps().enumerate() {
        numbers.entry(step.id.as_str()).or_insert(number);
    }
    let mut looks = LOOKS;
    for (number, (phase, at, step)) in indexed(playbook).enumerate() {
        for (place, name) in placeholders::uses(&path_of(phase, at), step) {
            let Some((asker, _)) = known.questions.get(name) else { continue };
            let Some(&asked) = numbers.get(asker.id.as_str()) else { continue };
            if asked < number || waits_for(nodes, number, asked, &mut looks) != Some(false) {
                continue;
            }
            let word = format!("{{{name}}}");
            sink.word(&place, &word, crate::playbook::Level::Warning, Code::AskedLater, || {
                if asked == number {
                    let what = format!("{} is only asked with this very step", quoted(name));
                    return (what, "the text is read before the answer is there: say it without".to_owned());
                }
                let asker = quoted(&asker.id);
                let what = format!("{} is only asked in {asker}, which comes later", quoted(name));
                (what, format!("move {asker} before this step, or add it to `needs`"))
            });
        }
    }
}

/// Whether `from` waits for `to`, directly or through others; `None` where there is too much to look at.
fn waits_for(nodes: &[Node<'_>], from: usize, to: usize, looks: &mut usize) -> Option<bool> {
    let mut seen = std::collections::HashSet::from([from]);
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        for edge in nodes.get(node).map_or(&[][..], |node| &node.edges) {
            *looks = looks.checked_sub(1)?;
            if edge.to == to {
                return Some(true);
            }
            if seen.insert(edge.to) {
                open.push(edge.to);
            }
        }
    }
    Some(false)
}

/// Tells of one circle, at the place that most likely is the slip: where something waits for what comes later.
fn tell(circle: &[cycles::Step], nodes: &[Node<'_>], sink: &mut Sink<'_>) {
    let edge = |(node, edge): &cycles::Step| nodes.get(*node).and_then(|node| node.edges.get(*edge));
    let rank = |node: usize| nodes.get(node).map_or(0, |node| node.rank);
    let written = || circle.iter().enumerate().filter(|(_, step)| edge(step).is_some_and(|edge| edge.written));
    let mut forward = written().filter(|(_, step)| edge(step).is_some_and(|edge| rank(step.0) < rank(edge.to)));
    let Some(at) = forward.next_back().or(written().next_back()).map(|(at, _)| at) else { return };
    let Some(place) = circle.get(at).and_then(edge) else { return };
    sink.error(&place.path, Code::Cycle, || {
        let is_written = |step: Option<&cycles::Step>| step.and_then(edge).is_some_and(|edge| edge.written);
        let mut names: Vec<String> = Vec::new();
        for (step, next) in
            (0..=circle.len()).map(|n| ((at + n) % circle.len(), (at + n + circle.len() - 1) % circle.len()))
        {
            let (step, before) = (circle.get(step), circle.get(next));
            let name = match step.and_then(|(node, _)| nodes.get(*node)).map(|node| &node.who) {
                // A step that only stands for its phase is not what the author should look at.
                Some(Who::Step(_)) if !is_written(before) && !is_written(step) => continue,
                Some(Who::Step(step)) => quoted(&step.id),
                Some(Who::Begin(phase) | Who::End(phase)) => format!("the phase {}", quoted(&phase.id)),
                None => continue,
            };
            if names.len() > NAMED {
                names.push("…".to_owned());
                break;
            }
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        let steps = if circle.iter().all(|step| is_written(Some(step))) { "steps " } else { "" };
        let what = format!("these {steps}wait for each other in a circle: {}", names.join(" → "));
        let hint = "take one of the arrows out: a `needs`, a `when`, an `each` or a `due_after` that points back";
        (what, hint.to_owned())
    });
}
