//! The checks of `{name}` in texts: that each stands for an answer that is there when the text is read.

use super::{asks::ITEM, known::Known};
use crate::{
    domain::playbook::{Step, StepKind},
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Level, Sink},
    },
};

/// One brace in a text.
#[derive(Debug, PartialEq, Eq)]
enum Brace<'a> {
    /// `{name}`.
    Name(&'a str),
    /// `{` that nothing closes, with the little that follows it.
    Open(&'a str),
}

/// The braces of `text` that stand for something.
fn find_braces(text: &str) -> Vec<Brace<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        if let Some(literal) = after.strip_prefix('{') {
            rest = literal;
            continue;
        }
        let end = after.find(['{', '}', '\n']).unwrap_or(after.len());
        let (inner, tail) = after.split_at_checked(end).unwrap_or((after, ""));
        if let Some(tail) = tail.strip_prefix('}') {
            found.push(Brace::Name(inner));
            rest = tail;
        } else {
            found.push(Brace::Open(inner));
            rest = tail;
        }
    }
    found
}

/// The texts of `step` in which `{name}` is filled in, with their places.
fn list_texts<'a>(path: &str, step: &'a Step) -> Vec<(String, &'a str)> {
    let mut texts: Vec<(String, &str)> =
        [("title", &step.title), ("what", &step.what), ("why", &step.why), ("care", &step.care)]
            .into_iter()
            .map(|(field, text)| (format!("{path}.{field}"), text.as_str()))
            .collect();
    for (at, question) in step.asks.iter().enumerate() {
        texts.push((format!("{path}.asks[{at}].ask"), &question.ask));
        texts.push((format!("{path}.asks[{at}].help"), &question.help));
    }
    let mut more = |field: String, text: &'a str| texts.push((format!("{path}.kind.{field}"), text));
    match &step.kind {
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => {}
        StepKind::Decision { question, options } => {
            more("question".to_owned(), question);
            for (at, option) in options.iter().enumerate() {
                more(format!("options[{at}].label"), &option.label);
                more(format!("options[{at}].means"), &option.means);
            }
        }
        StepKind::Command { lines } => {
            for (at, line) in lines.iter().enumerate() {
                for (arg, text) in line.argv.iter().enumerate() {
                    more(format!("lines[{at}].argv[{arg}]"), text);
                }
                more(format!("lines[{at}].folder"), &line.folder);
            }
        }
        StepKind::Notify { to, say, .. } => {
            more("to".to_owned(), to);
            more("say".to_owned(), say);
        }
        StepKind::Approve { question, .. } => more("question".to_owned(), question),
    }
    // Most texts have none, and paths were made for nothing.
    texts.retain(|(_, text)| text.contains('{'));
    texts
}

/// Each question that a text of `step` uses, with the text's place.
pub(super) fn list_used_names<'a>(path: &str, step: &'a Step) -> Vec<(String, &'a str)> {
    let mut uses = Vec::new();
    for (place, text) in list_texts(path, step) {
        for brace in find_braces(text) {
            if let Brace::Name(name) = brace
                // A text may be long and hostile: only the last few names are compared, and
                // one that comes twice is a finding twice.
                && !uses.iter().rev().take(16).any(|(_, known)| *known == name)
            {
                uses.push((place.clone(), name));
            }
        }
    }
    uses
}

/// Checks the braces in the texts of `step`, which stands at `path`.
pub(super) fn check_placeholders(path: &str, step: &Step, known: &Known<'_>, sink: &mut Sink<'_>) {
    for (place, text) in list_texts(path, step) {
        for brace in find_braces(text) {
            match brace {
                Brace::Open(after) => {
                    let after: String = after.chars().take(24).collect();
                    // The caret goes to the brace itself: a text may be many lines long.
                    sink.word(&place, &format!("{{{after}"), Level::Error, Code::OpenBrace, || {
                        let name: String =
                            after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                        let name = if known.questions.contains_key(name.as_str()) || name == ITEM {
                            name
                        } else {
                            "name".to_owned()
                        };
                        let hint = format!("write {{{name}}} for an answer, or {{{{ for the brace itself");
                        ("this brace is never closed".to_owned(), hint)
                    });
                }
                Brace::Name(ITEM) => {
                    if step.each.is_none() {
                        sink.word(&place, "{item}", Level::Error, Code::NoItem, || {
                            let what = format!("{} is done once, so there is no {{item}}", quote_word(&step.id));
                            let hint =
                                "name the list that it is done for: `each: \"…\"`, or write {name} for an answer";
                            (what, hint.to_owned())
                        });
                    }
                }
                Brace::Name(name) => check_placeholder(&place, name, known, sink),
            }
        }
    }
}

/// Checks that some step asks the question that `{name}` stands for.
fn check_placeholder(place: &str, name: &str, known: &Known<'_>, sink: &mut Sink<'_>) {
    if known.questions.contains_key(name) {
        return;
    }
    let shown: String = name.chars().take(40).collect();
    sink.word(place, &format!("{{{shown}"), Level::Error, Code::UnknownQuestion, || {
        let id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let what = format!("no step asks a question {}", quote_word(name));
        if name.chars().all(id) && !name.is_empty() {
            (what, format!("{} ({{{{ is the brace itself)", known.question_hint(name)))
        } else {
            (what, "in a text, {name} stands for an answer; write {{ for the brace itself".to_owned())
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_names_or_literal_or_open() {
        use Brace::{Name, Open};
        assert_eq!(find_braces("a {b} {{c} {d"), [Name("b"), Open("d")]);
        assert_eq!(find_braces("{{{a}}}"), [Name("a")]);
        assert_eq!(find_braces("{a{b}\n{c\n}"), [Open("a"), Name("b"), Open("c")]);
        assert_eq!(find_braces("{}{"), [Name(""), Open("")]);
        assert!(find_braces("} }}").is_empty());
    }
}
