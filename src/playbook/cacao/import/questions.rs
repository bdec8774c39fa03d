//! The variables of a file as questions: which step asks for which, and what is asked before all.

use super::{
    flow::{Flow, Label},
    foreign_steps::cut_long_text,
    head::Variable,
    own_steps::OwnPart,
    slug::Names,
};
use crate::{
    domain::playbook::{Playbook, Question, Step},
    playbook::cacao::{json::source::Source, model::Context, text::Meaning},
};
use std::collections::HashMap;

/// Which questions of others are asked with which step, and which before all. The values of the other variables go
/// into the texts, and every variable with a value is named in the summary.
pub(super) fn place_questions(
    source: &Source<'_>,
    flow: &Flow,
    mine: &HashMap<usize, OwnPart>,
    variables: &[Variable],
    context: &mut Context<'_>,
    playbook: &mut Playbook,
) -> (HashMap<usize, Vec<Question>>, Vec<Question>) {
    let mut setters: HashMap<&str, usize> = HashMap::new();
    for number in flow.order.iter().filter(|number| !mine.contains_key(number)) {
        let Some(step) = flow.steps.get(*number) else { continue };
        let task = step.sort.does_work() && !step.edges.iter().any(|edge| edge.label == Label::Failure);
        for out in source.several(step.at, "out_args").into_iter().filter(|_| task) {
            if let Some(name) = source.tree.text(out) {
                setters.entry(name).or_insert(*number);
            }
        }
    }
    let (mut asked, mut before): (HashMap<usize, Vec<Question>>, Vec<Question>) = (HashMap::new(), Vec::new());
    for variable in variables {
        let question = Question { help: variable.said.clone(), ..variable.question.clone() };
        let meaning = match (setters.get(variable.name.as_str()), &variable.value) {
            (Some(setter), _) => {
                let id = question.id.clone();
                asked.entry(*setter).or_default().push(question);
                Meaning::Place(id)
            }
            (None, Some(value)) => Meaning::Value(value.clone()),
            (None, None) => {
                let id = question.id.clone();
                before.push(Question { optional: true, ..question });
                Meaning::Place(id)
            }
        };
        if matches!(meaning, Meaning::Value(_)) {
            let gap = if playbook.summary.is_empty() { "" } else { "\n" };
            playbook.summary.push_str(&format!("{gap}{}: {}", variable.name, variable.said));
        }
        context.places.insert(variable.name.clone(), meaning);
    }
    playbook.summary = cut_long_text(std::mem::take(&mut playbook.summary));
    (asked, before)
}

/// The step that asks for what no step of the file brings.
pub(super) fn make_know_first_step(asks: Vec<Question>, owner: &str, names: &mut Names) -> Step {
    Step {
        id: names.make("know-first", "know-first"),
        title: "Find out what this playbook needs to know".to_owned(),
        what: "Answer as many of the questions as you can: later steps use the answers.".to_owned(),
        why: "The playbook came with these values left open.".to_owned(),
        owner: owner.to_owned(),
        asks,
        ..Step::default()
    }
}
