//! The checks of conditions: that what they ask about exists, and can come out as they say.

use super::known::Known;
use crate::{
    domain::{
        duty::Duty,
        playbook::{Form, Kind, Question, Step, When},
    },
    playbook::{
        did_you_mean::{quote_word, suggest_word},
        finding::{Code, Sink},
    },
};

/// Checks the condition at `path` of a step that is done for each answer to `each`, or of one done once.
pub(super) fn check_condition(path: &str, when: &When, each: Option<&str>, known: &Known<'_>, sink: &mut Sink<'_>) {
    let first = || format!("{path}[0]");
    match when {
        When::Always => {}
        When::Done(step) => {
            known.find_step(&first(), step, sink);
        }
        When::Chose(step, option) => check_chose(path, step, option, each, known, sink),
        When::All(parts) | When::Any(parts) => {
            for (index, part) in parts.iter().enumerate() {
                check_condition(&format!("{path}[0][{index}]"), part, each, known, sink);
            }
        }
        When::Not(part) => check_condition(&first(), part, each, known, sink),
        When::Yes(id) => {
            let Some((_, question)) = known.find_question(&first(), id, sink) else { return };
            if question.form != Form::YesNo {
                report_wrong_form(&first(), "Yes", question, sink);
            }
        }
        When::Answered(id, option) => {
            let Some((_, question)) = known.find_question(&first(), id, sink) else { return };
            match &question.form {
                Form::OneOf(options) if options.iter().any(|known| known.id == *option) => {}
                Form::OneOf(options) => sink.error(&format!("{path}[1]"), Code::UnknownOption, || {
                    let hint = suggest_word(
                        option,
                        options.iter().map(|option| option.id.as_str()),
                        "name one of its options",
                    );
                    (format!("the question {} has no option {}", quote_word(id), quote_word(option)), hint)
                }),
                Form::Text | Form::Number | Form::YesNo | Form::List => {
                    report_wrong_form(&first(), "Answered", question, sink);
                }
            }
        }
        When::AtLeast(id, least) => {
            let Some((_, question)) = known.find_question(&first(), id, sink) else { return };
            check_at_least(path, question, *least, sink);
        }
        When::Gate(duty) => {
            if let Some(duty) = known.find_listed_duty(&first(), duty, sink) {
                check_gate(&first(), duty, known, sink);
            }
        }
    }
}

/// Checks that the step of `Chose` has outcomes, that the option is one of them, and that it is clear for which thing.
fn check_chose(path: &str, step: &str, option: &str, each: Option<&str>, known: &Known<'_>, sink: &mut Sink<'_>) {
    let first = format!("{path}[0]");
    let Some(asked) = known.find_step(&first, step, sink) else { return };
    let outcomes = asked.kind.outcomes();
    let word = asked.kind.word();
    if outcomes.is_empty() {
        sink.error(&first, Code::NotADecision, || {
            let hint = format!("ask Done(\"{}\"), or make it a decision", quote_word(step).trim_matches('`'));
            (format!("{} is no decision but a {word}: it has no options", quote_word(step)), hint)
        });
    } else if !outcomes.contains(&option) {
        sink.error(&format!("{path}[1]"), Code::UnknownOption, || {
            let hint = suggest_word(option, outcomes, "name one of its options");
            let what = match asked.kind {
                Kind::Decision { .. } => {
                    format!("the decision {} has no option {}", quote_word(step), quote_word(option))
                }
                Kind::Task
                | Kind::Command { .. }
                | Kind::Collect
                | Kind::Notify { .. }
                | Kind::Approve { .. }
                | Kind::Recur { .. } => {
                    format!("the {word} step {} cannot come out as {}", quote_word(step), quote_word(option))
                }
            };
            (what, hint)
        });
    } else {
        check_same_list(&first, asked, each, sink);
    }
}

/// Finds fault with a step that is done for each of several things, where it is not known for which it is asked about.
pub(super) fn check_same_list(path: &str, asked: &Step, each: Option<&str>, sink: &mut Sink<'_>) {
    if let Some(list) = asked.each.as_deref().filter(|list| Some(*list) != each) {
        sink.error(path, Code::OncePerItem, || {
            let (id, list) = (quote_word(&asked.id), quote_word(list));
            let what = format!("{id} is done once for each of {list}, so it is not clear which one is meant");
            (what, format!("give this step `each: \"{}\"` too, or take this out", list.trim_matches('`')))
        });
    }
}

/// What a condition may ask of an answer of that form.
fn hint_for_form(form: &Form) -> &'static str {
    match form {
        Form::Text => "its answer is words, which no condition can weigh: give it another `form`",
        Form::Number => "it is answered with a number: ask AtLeast(\"…\", 3)",
        Form::YesNo => "it is answered with yes or no: ask Yes(\"…\"), or Not(Yes(\"…\"))",
        Form::OneOf(_) => "it is answered with one of several: ask Answered(\"…\", \"option\") or AtLeast(\"…\", 2)",
        Form::List => "it is answered with a list: ask AtLeast(\"…\", 1) for how many things it has",
    }
}

/// Finds fault with a condition that asks what no answer of that form can say.
fn report_wrong_form(path: &str, condition: &str, question: &Question, sink: &mut Sink<'_>) {
    sink.error(path, Code::WrongForm, || {
        let what = format!("{condition} cannot be asked of {}", quote_word(&question.id));
        (what, hint_for_form(&question.form).to_owned())
    });
}

/// Checks that some answers reach the number and others do not.
fn check_at_least(path: &str, question: &Question, least: i64, sink: &mut Sink<'_>) {
    match weigh_threshold(question, least) {
        Some(Ok(())) => {}
        Some(Err((what, hint))) => sink.error(&format!("{path}[1]"), Code::BadThreshold, || (what, hint)),
        None => report_wrong_form(&format!("{path}[0]"), "AtLeast", question, sink),
    }
}

/// Whether answers may lie on both sides of `least`, and what to say where not; `None` where they are not counted.
fn weigh_threshold(question: &Question, least: i64) -> Option<Result<(), (String, String)>> {
    let most = match &question.form {
        Form::Number => return Some(Ok(())),
        Form::Text | Form::YesNo => return None,
        // A list is counted, and may be as long as the responder likes.
        Form::List => i64::MAX,
        Form::OneOf(options) => i64::try_from(options.len()).unwrap_or(i64::MAX),
    };
    let id = quote_word(&question.id);
    Some(if least < 1 {
        Err((format!("every answer to {id} is at least {least}"), "ask for 1 or more".to_owned()))
    } else if least > most {
        let what = format!("no answer to {id} is at least {least}: it has {most} options");
        Err((what, format!("give a number from 1 to {most}: the place of the option, the first is 1")))
    } else {
        Ok(())
    })
}

/// Checks that the duty has thresholds, and that each is over a question of this playbook that can reach it.
fn check_gate(path: &str, duty: &Duty, known: &Known<'_>, sink: &mut Sink<'_>) {
    if duty.gate.is_empty() {
        sink.error(path, Code::NoGate, || {
            let what = format!("the duty {} has no gate: it hangs on no grading", quote_word(&duty.id));
            let hint = "ask a person in a decision, or give the duty a `gate` in duties.ron".to_owned();
            (what, hint)
        });
    }
    for threshold in &duty.gate {
        let id = threshold.question.as_str();
        match known.questions.get(id) {
            None => sink.error(path, Code::UnaskedGate, || {
                let what = format!(
                    "the gate of {} needs the question {}, which no step asks",
                    quote_word(&duty.id),
                    quote_word(id)
                );
                let hint =
                    format!("let an earlier step ask it: `asks: [(id: \"{}\", …)]`", quote_word(id).trim_matches('`'));
                (what, hint)
            }),
            Some((_, question)) => {
                let fault = match weigh_threshold(question, threshold.at_least) {
                    // A gate that every answer or none reaches would make its grading pointless.
                    Some(Ok(())) => continue,
                    Some(Err((what, _))) => {
                        let hint = "give the question the options of the duty's scale, or mend `gate` in duties.ron";
                        (format!("the gate of {} cannot be reached: {what}", quote_word(&duty.id)), hint.to_owned())
                    }
                    None => {
                        let what = format!(
                            "the gate of {} cannot weigh the answer to {}",
                            quote_word(&duty.id),
                            quote_word(id)
                        );
                        (what, "give that question the form Number, List or OneOf([…])".to_owned())
                    }
                };
                sink.error(path, Code::WrongForm, || fault);
            }
        }
    }
}
