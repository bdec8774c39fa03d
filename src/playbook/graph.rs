//! The order of steps: who waits for whom, circles in that, and due times that contradict it.

use super::check::indexed;
use super::finding::{Code, Sink};
use super::near::quoted;
use crate::domain::playbook::{Playbook, Step, When};
use std::collections::HashMap;

/// Steps of a circle that a message names before it is cut short.
const NAMED: usize = 12;

/// One step and what it waits for.
struct Node<'a> {
    step: &'a Step,
    edges: Vec<Edge>,
}

/// "Waits for that step", and the place in the file that says so.
struct Edge {
    to: usize,
    path: String,
}

/// Checks the order; says whether no step waits for itself, directly or in a circle.
pub(super) fn check(playbook: &Playbook, sink: &mut Sink<'_>) -> bool {
    let mut sound = true;
    let nodes = nodes(playbook, &mut sound, sink);
    let mut due = HashMap::new();
    for (_, step) in playbook.steps() {
        due.entry(step.id.as_str()).or_insert(step.due);
    }
    for (phase, at, step) in indexed(playbook) {
        due_order(playbook_path(phase, at), step, &due, sink);
    }
    for circle in circles(&nodes) {
        sound = false;
        tell(&circle, &nodes, sink);
    }
    sound
}

fn playbook_path(phase: usize, step: usize) -> String {
    format!("phases[{phase}].steps[{step}]")
}

fn nodes<'a>(playbook: &'a Playbook, sound: &mut bool, sink: &mut Sink<'_>) -> Vec<Node<'a>> {
    let mut numbers = HashMap::new();
    for (number, (_, step)) in playbook.steps().enumerate() {
        numbers.entry(step.id.as_str()).or_insert(number);
    }
    let mut nodes = Vec::new();
    for (number, (phase, at, step)) in indexed(playbook).enumerate() {
        let path = playbook_path(phase, at);
        let needs = step.needs.iter().enumerate().map(|(at, need)| (need.as_str(), format!("{path}.needs[{at}]")));
        let mut waits: Vec<(&str, String)> = needs.collect();
        asked(&step.when, &format!("{path}.when"), &mut waits);
        let mut edges = Vec::new();
        for (name, path) in waits {
            match numbers.get(name) {
                Some(&to) if to == number => {
                    *sound = false;
                    sink.error(&path, Code::NeedsItself, || {
                        (
                            format!("{} waits for itself", quoted(name)),
                            "take this out, or name the step before it".to_owned(),
                        )
                    });
                }
                Some(&to) => edges.push(Edge { to, path }),
                None => {}
            }
        }
        nodes.push(Node { step, edges });
    }
    nodes
}

/// The steps that a condition asks about, with the places where it names them.
fn asked<'a>(when: &'a When, path: &str, into: &mut Vec<(&'a str, String)>) {
    match when {
        When::Always => {}
        When::Chose(step, _) | When::Done(step) => into.push((step, format!("{path}[0]"))),
        When::All(parts) | When::Any(parts) => {
            for (at, part) in parts.iter().enumerate() {
                asked(part, &format!("{path}[0][{at}]"), into);
            }
        }
        When::Not(part) => asked(part, &format!("{path}[0]"), into),
        When::Yes(_) | When::Answered(..) | When::AtLeast(..) | When::Gate(_) => {}
    }
}

fn due_order(path: String, step: &Step, dues: &HashMap<&str, Option<u32>>, sink: &mut Sink<'_>) {
    let Some(due) = step.due else { return };
    let firsts = step.needs.iter().filter_map(|need| Some(((*dues.get(need.as_str())?)?, need)));
    let latest = firsts.filter(|(first, _)| *first > due);
    if let Some((first, need)) = latest.max() {
        sink.warn(&format!("{path}.due"), Code::DueBeforeNeed, || {
            let what = format!("due after {due} minutes, but it needs {}, due after {first}", quoted(need));
            (what, format!("make it due after {first} minutes or later, or hurry {}", quoted(need)))
        });
    }
}

/// Each circle once: the step that the search entered it by, and the edges around it.
fn circles<'n>(nodes: &'n [Node<'_>]) -> Vec<Vec<&'n Edge>> {
    let mut state = vec![State::New; nodes.len()];
    let mut circles = Vec::new();
    for start in 0..nodes.len() {
        if state.get(start) != Some(&State::New) {
            continue;
        }
        // A stack of our own: a playbook may chain more steps than the machine's stack can hold.
        let mut stack: Vec<(usize, usize)> = vec![(start, 0)];
        set(&mut state, start, State::Open);
        while let Some((node, next)) = stack.last_mut() {
            let edge = nodes.get(*node).and_then(|n| n.edges.get(*next));
            *next += 1;
            match edge {
                None => {
                    set(&mut state, *node, State::Closed);
                    stack.pop();
                }
                Some(edge) => match state.get(edge.to) {
                    Some(State::New) => {
                        set(&mut state, edge.to, State::Open);
                        stack.push((edge.to, 0));
                    }
                    Some(State::Open) => {
                        let from = stack.iter().position(|(node, _)| *node == edge.to).unwrap_or(0);
                        let around = stack.iter().skip(from);
                        let taken = around.filter_map(|(node, next)| nodes.get(*node)?.edges.get(next.checked_sub(1)?));
                        circles.push(taken.take(NAMED + 1).chain([edge]).collect());
                        if circles.len() > super::finding::FINDINGS_MAX {
                            return circles;
                        }
                    }
                    _ => {}
                },
            }
        }
    }
    circles
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Closed,
}

fn set(state: &mut [State], at: usize, to: State) {
    if let Some(place) = state.get_mut(at) {
        *place = to;
    }
}

fn tell(circle: &[&Edge], nodes: &[Node<'_>], sink: &mut Sink<'_>) {
    let Some(closing) = circle.last() else { return };
    sink.error(&closing.path, Code::Cycle, || {
        let id = |edge: &&Edge| nodes.get(edge.to).map_or(String::new(), |node| quoted(&node.step.id));
        // The closing edge leads to the first step of the circle; the last edge taken but one is the same edge.
        let mut names: Vec<String> = vec![id(closing)];
        names.extend(circle.iter().take(circle.len().saturating_sub(2)).take(NAMED).map(id));
        names.push(if circle.len() > NAMED + 1 { "…".to_owned() } else { id(closing) });
        let what = format!("these steps wait for each other in a circle: {}", names.join(" → "));
        (what, "take one of the arrows out: a `needs` or a `when` that points back".to_owned())
    });
}
