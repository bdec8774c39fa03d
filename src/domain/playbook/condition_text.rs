//! Conditions and due times of a playbook in words.

use super::{Kind, Playbook, Start, Step, When};
use crate::domain::wording::duration::short_span;

/// `when` in words, with the titles of steps and the texts of questions: `“Say whose rules apply” came out as England`.
pub fn word_condition(playbook: &Playbook, when: &When) -> String {
    let join = |parts: &[When], word: &str| match parts {
        [] => "nothing".to_owned(),
        [one] => word_condition(playbook, one),
        parts => {
            let parts: Vec<String> = parts.iter().map(|part| word_in_brackets(playbook, part)).collect();
            parts.join(word)
        }
    };
    match when {
        When::Always => "always".into(),
        When::Chose(step, option) => {
            format!("{} came out as {}", step_title(playbook, step), word_outcome(playbook, step, option))
        }
        When::Done(step) => format!("{} was done", step_title(playbook, step)),
        When::Yes(question) => format!("{} was answered yes", quote_question(playbook, question)),
        When::Answered(question, option) => format!("{} was answered {option}", quote_question(playbook, question)),
        When::AtLeast(question, least) => {
            format!("{} was answered with at least {least}", quote_question(playbook, question))
        }
        When::Gate(duty) => format!("the grading suggests the duty {duty}"),
        When::All(parts) => join(parts, " and "),
        When::Any(parts) => join(parts, " or "),
        When::Not(part) => {
            if let When::Chose(step, option) = &**part {
                format!("{} did not come out as {}", step_title(playbook, step), word_outcome(playbook, step, option))
            } else if let When::Done(step) = &**part {
                format!("{} was not done", step_title(playbook, step))
            } else {
                format!("it is not so that {}", word_in_brackets(playbook, part))
            }
        }
    }
}

fn word_in_brackets(playbook: &Playbook, when: &When) -> String {
    let words = word_condition(playbook, when);
    let joined = match when {
        When::All(parts) | When::Any(parts) => parts.len() > 1,
        When::Always
        | When::Chose(..)
        | When::Done(_)
        | When::Yes(_)
        | When::Answered(..)
        | When::AtLeast(..)
        | When::Gate(_)
        | When::Not(_) => false,
    };
    if joined { format!("({words})") } else { words }
}

fn step_title(playbook: &Playbook, id: &str) -> String {
    playbook.step(id).map_or_else(|| id.to_owned(), |step| format!("“{}”", step.title))
}

fn quote_question(playbook: &Playbook, id: &str) -> String {
    playbook.question(id).map_or_else(|| id.to_owned(), |(_, question)| format!("“{}”", question.ask))
}

/// How a step came out, in words.
pub fn word_outcome(playbook: &Playbook, step: &str, option: &str) -> String {
    let kind = playbook.step(step).map(|step| &step.kind);
    let options = if let Some(Kind::Decision { options, .. }) = kind { options.as_slice() } else { &[] };
    let known = options.iter().find(|known| known.id == option);
    known.map_or_else(|| option.to_owned(), |option| format!("“{}”", option.label))
}

/// When a step is due, in words: `within 30 min`; empty where it has no due time.
pub fn word_due_time(playbook: &Playbook, step: &Step) -> String {
    let every =
        if let Kind::Recur { every, .. } = &step.kind { Some(format!("every {}", short_span(*every))) } else { None };
    let from = match &step.due_after {
        Start::Playbook => String::new(),
        Start::Case => " of opening the case".into(),
        Start::Step(id) => format!(" of {}", step_title(playbook, id)),
        Start::Aware(duty) => format!(" of awareness for {duty}"),
    };
    let within = step.due.map(|minutes| format!("within {}{from}", short_span(minutes)));
    within.into_iter().chain(every).collect::<Vec<_>>().join(", then ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::playbook::{Choice, Phase};

    #[test]
    fn conditions_read_as_sentences() {
        let option = |id: &str, label: &str| Choice { id: id.into(), label: label.into(), ..Choice::default() };
        let options = vec![option("england", "England"), option("scotland", "Scotland")];
        let kind = Kind::Decision { question: "Where?".into(), options };
        let step = Step { id: "nation".into(), title: "Say whose rules apply".into(), kind, ..Step::default() };
        let playbook =
            Playbook { phases: vec![Phase { steps: vec![step], ..Phase::default() }], ..Playbook::default() };
        let chose = |option: &str| When::Chose("nation".into(), option.into());
        let when =
            When::All(vec![When::Not(Box::new(chose("england"))), When::Any(vec![chose("scotland"), When::Always])]);
        assert_eq!(
            word_condition(&playbook, &when),
            "“Say whose rules apply” did not come out as “England” and (“Say whose rules apply” came out as \
             “Scotland” or always)"
        );
    }
}
