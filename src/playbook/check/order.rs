//! The order of steps: who waits for whom, cycles in that, and due times that contradict it.

use super::{
    cycles,
    known::{Known, number_steps},
    placeholders,
};
use crate::{
    domain::playbook::{Phase, Playbook, Start, Step, When},
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Level, Sink},
    },
};
use std::collections::HashMap;

/// Steps of a cycle that a message names before it is cut short.
const NAMED: usize = 12;
/// Steps looked at, in one playbook, to learn which answers are there when a text is read.
const LOOKS: usize = 200_000;

/// Something that waits or is waited for. Phases have nodes of their own, so that one phase that needs another brings
/// a line for each step and not for each pair of steps.
enum NodeKind<'a> {
    Step(&'a Step),
    /// A phase may begin.
    Begin(&'a Phase),
    /// Every step of a phase is settled.
    End(&'a Phase),
}

/// A node of the graph of who waits for whom.
struct Node<'a> {
    who: NodeKind<'a>,
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

/// Checks the order; says whether nothing waits for itself, directly or in a cycle.
pub(super) fn check_order(playbook: &Playbook, known: &Known<'_>, sink: &mut Sink<'_>) -> bool {
    let mut sound = true;
    let nodes = GraphBuilder::new(playbook, known).build_nodes(&mut sound, sink);
    for (phase, at, step) in number_steps(playbook) {
        warn_due_order(&step_path(phase, at), step, known, sink);
    }
    let edges: Vec<Vec<usize>> = nodes.iter().map(|node| node.edges.iter().map(|edge| edge.to).collect()).collect();
    for circle in cycles::find_cycles(&edges) {
        sound = false;
        report_cycle(&circle, &nodes, sink);
    }
    if sound {
        warn_late_answers(playbook, known, &nodes, sink);
    }
    sound
}

/// The path of a step in the text, as [`SourceMap`](crate::playbook::source_map::SourceMap) reads it.
fn step_path(phase: usize, step: usize) -> String {
    format!("phases[{phase}].steps[{step}]")
}

/// Makes the nodes: first the steps, then each phase's beginning, then each phase's end.
struct GraphBuilder<'a, 'k> {
    playbook: &'a Playbook,
    known: &'k Known<'a>,
    steps: HashMap<&'a str, usize>,
    phases: HashMap<&'a str, usize>,
    count: usize,
}

/// A step that something waits for, with the place that says so and the question whose answer it waits for.
type Wait<'a> = (&'a str, String, Option<&'a str>);

impl<'a, 'k> GraphBuilder<'a, 'k> {
    /// Numbers the steps and phases. Of two of one id the first counts, as everywhere.
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
        GraphBuilder { playbook, known, steps, phases, count }
    }

    /// Builds all nodes; `sound` turns false where something waits for itself.
    fn build_nodes(&self, sound: &mut bool, sink: &mut Sink<'_>) -> Vec<Node<'a>> {
        let mut nodes = Vec::new();
        for (number, (phase_at, at, step)) in number_steps(self.playbook).enumerate() {
            let mut edges = self.build_edges(number, self.list_waits(step, &step_path(phase_at, at)), sound, sink);
            let phase = self.playbook.phases.get(phase_at);
            if let Some(phase) = phase.filter(|phase| !phase.needs.is_empty() || !phase.when.is_always()) {
                let field = if phase.needs.is_empty() { "when" } else { "needs" };
                // What a step waits for through its phase is written at the phase.
                let path = format!("phases[{phase_at}].{field}");
                edges.push(Edge { to: self.count + phase_at, path, written: false });
            }
            nodes.push(Node { who: NodeKind::Step(step), edges, rank: number });
        }
        let mut rank = 0;
        for (at, phase) in self.playbook.phases.iter().enumerate() {
            let mut waits = Vec::new();
            self.collect_asked(&phase.when, &format!("phases[{at}].when"), &mut waits);
            let mut edges = self.build_edges(usize::MAX, waits, sound, sink);
            for (index, need) in phase.needs.iter().enumerate() {
                let path = format!("phases[{at}].needs[{index}]");
                match self.phases.get(need.as_str()) {
                    Some(&to) if to == at => report_self_wait(&path, need, None, sound, sink),
                    Some(&to) => {
                        edges.push(Edge { to: self.count + self.playbook.phases.len() + to, path, written: true });
                    }
                    None => {}
                }
            }
            nodes.push(Node { who: NodeKind::Begin(phase), edges, rank });
            rank += phase.steps.len();
        }
        let mut number = 0;
        for (at, phase) in self.playbook.phases.iter().enumerate() {
            let mut edges = Vec::new();
            let rank = number;
            for step_at in 0..phase.steps.len() {
                edges.push(Edge { to: number, path: format!("{}.id", step_path(at, step_at)), written: false });
                number += 1;
            }
            nodes.push(Node { who: NodeKind::End(phase), edges, rank });
        }
        nodes
    }

    /// All that `step` waits for.
    fn list_waits(&self, step: &'a Step, path: &str) -> Vec<Wait<'a>> {
        let needs = step.needs.iter().enumerate();
        let mut waits: Vec<Wait<'a>> =
            needs.map(|(at, need)| (need.as_str(), format!("{path}.needs[{at}]"), None)).collect();
        self.collect_asked(&step.when, &format!("{path}.when"), &mut waits);
        if let Start::Step(first) = &step.due_after {
            waits.push((first, format!("{path}.due_after[0]"), None));
        }
        // A step that asks its own list has a finding of its own.
        if let Some((asker, list)) = step.each.as_deref().and_then(|list| Some((self.find_asker(list)?, list)))
            && asker != step.id
        {
            waits.push((asker, format!("{path}.each"), Some(list)));
        }
        waits
    }

    /// The step that asks the question.
    fn find_asker(&self, question: &str) -> Option<&'a str> {
        self.known.questions.get(question).map(|(step, _)| step.id.as_str())
    }

    /// The steps that a condition asks about, with the places where it names them.
    fn collect_asked(&self, when: &'a When, path: &str, into: &mut Vec<Wait<'a>>) {
        let first = || format!("{path}[0]");
        match when {
            When::Always => {}
            When::Chose(step, _) | When::Done(step) => into.push((step, first(), None)),
            When::Yes(id) | When::Answered(id, _) | When::AtLeast(id, _) => {
                into.extend(self.find_asker(id).map(|step| (step, first(), Some(id.as_str()))));
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
                    self.collect_asked(part, &format!("{path}[0][{at}]"), into);
                }
            }
            When::Not(part) => self.collect_asked(part, &first(), into),
        }
    }

    /// The edges to the steps that `waits` names; a name that does not exist has a finding of its own.
    fn build_edges(&self, number: usize, waits: Vec<Wait<'a>>, sound: &mut bool, sink: &mut Sink<'_>) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (name, path, question) in waits {
            match self.steps.get(name) {
                Some(&to) if to == number => report_self_wait(&path, name, question, sound, sink),
                Some(&to) => edges.push(Edge { to, path, written: true }),
                None => {}
            }
        }
        edges
    }
}

/// Finds fault with a step that waits for itself.
fn report_self_wait(path: &str, name: &str, question: Option<&str>, sound: &mut bool, sink: &mut Sink<'_>) {
    *sound = false;
    sink.error(path, Code::NeedsItself, || match question {
        None => {
            (format!("{} waits for itself", quote_word(name)), "take this out, or name the one before it".to_owned())
        }
        Some(question) => (
            format!("{} waits for the answer to its own question {}", quote_word(name), quote_word(question)),
            "let a step before it ask the question".to_owned(),
        ),
    });
}

/// Warns of a step that is due before a step that it needs, counted from the same start.
fn warn_due_order(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let Some(due) = step.due else { return };
    // Only due times that count from the same moment can be compared.
    let firsts = step.needs.iter().filter_map(|need| {
        let (_, first) = known.steps.get(need.as_str())?;
        (first.due_after == step.due_after).then_some((first.due?, need))
    });
    let latest = firsts.filter(|(first, _)| *first > due);
    if let Some((first, need)) = latest.max() {
        sink.warn(&format!("{path}.due"), Code::DueBeforeNeed, || {
            let what = format!("due after {due} minutes, but it needs {}, due after {first}", quote_word(need));
            (what, format!("make it due after {first} minutes or later, or hurry {}", quote_word(need)))
        });
    }
}

/// Warns of texts that use an answer which comes only later.
fn warn_late_answers(playbook: &Playbook, known: &Known<'_>, nodes: &[Node<'_>], sink: &mut Sink<'_>) {
    let mut numbers = HashMap::new();
    for (number, (_, step)) in playbook.steps().enumerate() {
        numbers.entry(step.id.as_str()).or_insert(number);
    }
    let mut looks = LOOKS;
    for (number, (phase, at, step)) in number_steps(playbook).enumerate() {
        for (place, name) in placeholders::list_used_names(&step_path(phase, at), step) {
            let Some((asker, _)) = known.questions.get(name) else { continue };
            let Some(&asked) = numbers.get(asker.id.as_str()) else { continue };
            // An earlier step is done before, though nothing enforces it: the order of the file is the
            // order on screen.
            if asked < number || waits_for(nodes, number, asked, &mut looks) != Some(false) {
                continue;
            }
            let word = format!("{{{name}}}");
            sink.word(&place, &word, Level::Warning, Code::AskedLater, || {
                if asked == number {
                    let what = format!("{} is only asked with this very step", quote_word(name));
                    return (what, "the text is read before the answer is there: say it without".to_owned());
                }
                let asker = quote_word(&asker.id);
                let what = format!("{} is only asked in {asker}, which comes later", quote_word(name));
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

/// Reports one cycle, at the place that most likely is the slip: where something waits for what comes later.
fn report_cycle(circle: &[cycles::EdgePlace], nodes: &[Node<'_>], sink: &mut Sink<'_>) {
    let edge = |(node, edge): &cycles::EdgePlace| nodes.get(*node).and_then(|node| node.edges.get(*edge));
    let rank = |node: usize| nodes.get(node).map_or(0, |node| node.rank);
    let written = || circle.iter().enumerate().filter(|(_, step)| edge(step).is_some_and(|edge| edge.written));
    // An author who points backwards means it; an arrow forwards in the file is where the cycle was closed.
    let mut forward = written().filter(|(_, step)| edge(step).is_some_and(|edge| rank(step.0) < rank(edge.to)));
    let Some(at) = forward.next_back().or(written().next_back()).map(|(at, _)| at) else { return };
    let Some(place) = circle.get(at).and_then(edge) else { return };
    sink.error(&place.path, Code::Cycle, || {
        let is_written = |step: Option<&cycles::EdgePlace>| step.and_then(edge).is_some_and(|edge| edge.written);
        let mut names: Vec<String> = Vec::new();
        for (step, next) in
            (0..=circle.len()).map(|n| ((at + n) % circle.len(), (at + n + circle.len() - 1) % circle.len()))
        {
            let (step, before) = (circle.get(step), circle.get(next));
            let name = match step.and_then(|(node, _)| nodes.get(*node)).map(|node| &node.who) {
                // A step that only stands for its phase is not what the author should look at.
                Some(NodeKind::Step(_)) if !is_written(before) && !is_written(step) => continue,
                Some(NodeKind::Step(step)) => quote_word(&step.id),
                Some(NodeKind::Begin(phase) | NodeKind::End(phase)) => format!("the phase {}", quote_word(&phase.id)),
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
        // "These steps" would be wrong where a phase waits too.
        let steps = if circle.iter().all(|step| is_written(Some(step))) { "steps " } else { "" };
        let what = format!("these {steps}wait for each other in a circle: {}", names.join(" → "));
        let hint = "take one of the arrows out: a `needs`, a `when`, an `each` or a `due_after` that points back";
        (what, hint.to_owned())
    });
}
