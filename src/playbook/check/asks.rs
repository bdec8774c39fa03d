//! The checks of what a step asks, and for what it is done.

use super::{
    known::Known,
    text_checks::{SeenNames, check_heading, check_id, warn_hidden_characters},
};
use crate::{
    domain::playbook::{Choice, Form, Step},
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Sink},
    },
};

/// The name that stands for the thing a step is done for, and so for no question.
pub(super) const ITEM: &str = "item";

/// Checks the questions that `step` asks.
pub(super) fn check_asks<'a>(path: &str, step: &'a Step, seen: &mut SeenNames<'a>, sink: &mut Sink<'_>) {
    if !step.asks.is_empty() && !step.kind.may_ask() {
        let word = step.kind.word();
        sink.error(&format!("{path}.asks"), Code::MisplacedQuestion, || {
            let what = format!("a {word} step cannot ask questions");
            (what, "let a task before it ask them, and name that task under `needs`".to_owned())
        });
    }
    // Where it asks for its own list, `each` has a finding already.
    // One slip, one finding.
    let own = |list: &str| step.asks.iter().any(|question| question.id == list);
    if let Some(list) = step.each.as_ref().filter(|list| !step.asks.is_empty() && !own(list)) {
        sink.error(&format!("{path}.asks"), Code::MisplacedQuestion, || {
            let what = format!(
                "{} is done once for each of {}, and each answer would take the place of the one before",
                quote_word(&step.id),
                quote_word(list)
            );
            (what, "let a step that is done once ask, or let the responder write it into the note".to_owned())
        });
    }
    for (index, question) in step.asks.iter().enumerate() {
        let at = |field: &str| format!("{path}.asks[{index}].{field}");
        check_id(&at("id"), &question.id, sink);
        seen.see("question", &question.id, &at("id"), sink);
        if question.id == ITEM {
            sink.error(&at("id"), Code::BadId, || {
                let what = "no question can be called `item`: in a text, {item} is what the step is done for";
                (what.to_owned(), "give it another name".to_owned())
            });
        }
        check_heading(&at("ask"), "the question", &question.ask, sink);
        warn_hidden_characters(&at("help"), &question.help, sink);
        if let Form::OneOf(options) = &question.form {
            check_choices(
                &at("form[0]"),
                "a question with the form OneOf",
                "give it the form YesNo or Text",
                options,
                sink,
            );
        }
    }
}

/// Checks options to choose from, which stand at `path`.
pub(super) fn check_choices(path: &str, of: &str, or_else: &str, options: &[Choice], sink: &mut Sink<'_>) {
    if options.len() < 2 {
        sink.error(path, Code::FewOptions, || {
            let what = format!("{of} needs at least two options; this one has {}", options.len());
            (what, format!("add an option, or {or_else}"))
        });
    }
    let mut seen = SeenNames::default();
    for (index, option) in options.iter().enumerate() {
        let at = |field: &str| format!("{path}[{index}].{field}");
        check_id(&at("id"), &option.id, sink);
        seen.see("option", &option.id, &at("id"), sink);
        check_heading(&at("label"), "the option's label", &option.label, sink);
        warn_hidden_characters(&at("means"), &option.means, sink);
    }
}

/// Checks the question for whose answers `step` is done.
pub(super) fn check_each(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    let Some(list) = &step.each else { return };
    let Some((asker, question)) = known.find_question(path, list, sink) else { return };
    if question.form != Form::List {
        sink.error(path, Code::WrongForm, || {
            let what = format!("a step is done for each thing in a list, but {} is no list", quote_word(list));
            (what, format!("name a question with `form: List`, or give {} that form", quote_word(list)))
        });
    // Then nothing could be asked: the step would be done for each answer that it has not got yet.
    } else if asker.id == step.id {
        sink.error(path, Code::NeedsItself, || {
            let what =
                format!("{} is done for each answer to its own question {}", quote_word(&step.id), quote_word(list));
            (what, "let a step before it ask the question".to_owned())
        });
    }
}
