//! The words for the parser's faults: what belongs where, and how it is written. Where a fault lies is worked out in
//! [`parse_errors`](super::parse_errors).

use crate::{domain::text::make_safe, playbook::finding::Code};
use ron::error::Error;

/// The hint for a text that is never closed.
pub(super) const UNCLOSED: &str = "put a double quote at its end; within a text, write a quote as \\\"";

/// What there is none of, where a word is not among the known ones.
pub(super) fn missing_choice(outer: Option<&str>) -> &'static str {
    match outer {
        Some("When") => "`when` has no condition",
        Some("Form") => "there is no form of answer",
        Some("Start") => "`due_after` has no start",
        Some("System") => "there is no system",
        _ => "there is no kind of step",
    }
}

/// What belongs after a field's name, and how it is written.
pub(super) fn value_hint(key: &str) -> Option<(&'static str, &'static str)> {
    Some(match key {
        "kind" => (
            "a kind of step belongs here",
            "one of Task, Collect, Decision(…), Command(…), Notify(…), Approve(…) and Recur(…), without quotes",
        ),
        "when" => (
            "a condition belongs here",
            "such as Chose(\"scope\", \"site\"), Done(\"isolate\") or Yes(\"encrypted\"), without quotes around it",
        ),
        "form" => (
            "the form of an answer belongs here",
            "one of Text, Number, YesNo, List and OneOf([(id: \"…\", label: \"…\"), …]), without quotes around it",
        ),
        "due_after" => (
            "the start of the time belongs here",
            "one of Playbook, Case, Step(\"isolate\") and Aware(\"ico-72h\"), without quotes around it",
        ),
        "system" => ("a sort of system belongs here", "one of Any, Windows, Linux and MacOs, without quotes"),
        _ => return None,
    })
}

/// What belongs in the brackets after a word.
pub(super) fn variant_hint(name: &str) -> Option<&'static str> {
    Some(match name {
        "Decision" => "it is written Decision(question: \"…\", options: […])",
        "Command" => "it is written Command(lines: [(system: Windows, argv: [\"hostname\"])])",
        "Notify" => "it is written Notify(to: \"…\"), or Notify(duty: \"…\", to: \"…\", say: \"…\")",
        "Approve" => "it is written Approve(by: \"clinical-lead\", question: \"…\")",
        "Recur" => "it is written Recur(every: 60), or Recur(every: 60, until: \"…\")",
        "Chose" => "Chose takes a step and an option: Chose(\"scope\", \"site\")",
        "Answered" => "Answered takes a question and an option: Answered(\"grade\", \"high\")",
        "AtLeast" => "AtLeast takes a question and a number: AtLeast(\"wards\", 3)",
        "Done" => "Done takes a step: Done(\"isolate\")",
        "Yes" => "Yes takes a question: Yes(\"encrypted\")",
        "Gate" => "Gate takes a duty: Gate(\"dspt\")",
        "Not" => "Not takes one condition: Not(Done(\"isolate\"))",
        "All" | "Any" => "All and Any take a list: Any([Yes(\"…\"), Done(\"…\")])",
        "OneOf" => "OneOf takes a list of options: OneOf([(id: \"…\", label: \"…\"), …])",
        "Step" => "Step takes a step: Step(\"isolate\")",
        "Aware" => "Aware takes a duty: Aware(\"ico-72h\")",
        _ => return None,
    })
}

/// How something in round brackets is written.
pub(super) fn struct_hint(name: &str) -> &'static str {
    match name {
        "Question" => "a question is written (id: \"…\", ask: \"…\", form: YesNo)",
        "Choice" => "an option is written (id: \"…\", label: \"…\")",
        "CommandLine" => "a command line is written (system: Windows, argv: [\"hostname\"])",
        "Role" => "a role is written (id: \"…\", title: \"…\")",
        "Threshold" => "a threshold is written (question: \"…\", at_least: 2)",
        _ => "a playbook, a phase, a step and an option each stand in ( ): (id: \"…\", title: \"…\")",
    }
}

/// Faults of form that need no look at the text.
#[expect(clippy::wildcard_enum_match_arm, reason = "the errors are ron's, which may add to them")]
pub(super) fn simple_fault(error: &Error) -> Option<(Code, &'static str, &'static str)> {
    let (wrong, syntax) = (Code::WrongType, Code::Syntax);
    Some(match error {
        Error::ExpectedBoolean => (wrong, "`true` or `false` belongs here", "write it without quotes"),
        Error::ExpectedStructLike => {
            (wrong, "something in round brackets belongs here", "such as Decision(question: \"…\", options: […])")
        }
        Error::ExpectedDifferentStructName { .. } => (
            syntax,
            "an opening round bracket belongs here",
            "a playbook, a phase, a step and an option each stand in ( ): (id: \"…\", title: \"…\")",
        ),
        Error::ExpectedMapColon => {
            (syntax, "a colon is missing after the field's name", "a field is written `name: value`")
        }
        Error::ExpectedIdentifier => {
            (syntax, "a name belongs here", "names of fields stand without quotes: `id: \"isolate\"`")
        }
        Error::InvalidEscape(_) => {
            (syntax, "a backslash starts nothing known here", "write \\\\ for a backslash and \\\" for a quote")
        }
        Error::UnclosedBlockComment => (syntax, "this comment is never closed", "end it with */"),
        Error::TrailingCharacters => {
            (syntax, "there is something after the end", "is a closing bracket above it one too many?")
        }
        Error::ExceededRecursionLimit => {
            (syntax, "too many brackets are nested", "a playbook needs about eight levels")
        }
        _ => return None,
    })
}

/// The thing that a field belongs to.
pub(super) fn holder_name(outer: Option<&str>) -> String {
    match outer {
        Some("Playbook") => "the playbook".to_owned(),
        Some("Phase") => "this phase".to_owned(),
        Some("Step") => "this step".to_owned(),
        Some("Role") => "this role".to_owned(),
        Some("Choice") => "this option".to_owned(),
        Some("CommandLine") => "this command line".to_owned(),
        Some(kind @ ("Notify" | "Approve" | "Recur")) => format!("this `{kind}(…)`"),
        Some("Duty") => "this duty".to_owned(),
        Some(kind) => format!("this {}", make_safe(kind).to_lowercase()),
        None => "this".to_owned(),
    }
}

/// How a field that is missing may look.
pub(super) fn field_example(field: &str) -> &'static str {
    match field {
        "id" => "`id: \"a-short-name\"`",
        "version" => "`version: \"1\"`",
        "title" => "`title: \"…\"`",
        "what" => "`what: \"…\"`: the one thing to do",
        "phases" => "`phases: [(id: \"…\", title: \"…\", steps: […])]`",
        "steps" => "`steps: [(id: \"…\", title: \"…\", what: \"…\", owner: \"…\")]`",
        "ask" => "`ask: \"…\"`: what is asked",
        "lines" => "`lines: [(argv: [\"ping\", \"10.0.0.1\"])]`",
        "argv" => "`argv: [\"ping\", \"10.0.0.1\"]`: the program and each argument by itself",
        "by" => "`by: \"…\"`: the role that must agree",
        "every" => "`every: 60`: the minutes between two times",
        "at_least" => "`at_least: 2`",
        "options" => "`options: [(id: \"…\", label: \"…\"), (id: \"…\", label: \"…\")]`",
        "question" => "`question: \"…\"`",
        "label" => "`label: \"…\"`",
        "to" => "`to: \"…\"`: whom to tell",
        "source" => "`source: \"…\"`: where this was read",
        "checked_on" => "`checked_on: \"2026-11-22\"`: the day on which it was read",
        "starts" => "`starts: \"…\"`: what starts the clock",
        _ => "it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::playbook::{Form, Kind, Start, System, When};
    use schemars::{Schema, schema_for};
    use serde_json::Value;

    /// The names of an enum's variants, and whether something stands in brackets after each.
    fn variants(schema: &Schema) -> Vec<(String, bool)> {
        let all = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let names = all.flat_map(|variant| match variant.get("properties").and_then(Value::as_object) {
            Some(held) => held.keys().map(|name| (name.clone(), true)).collect::<Vec<_>>(),
            None => {
                variant.get("const").and_then(Value::as_str).map(|name| (name.to_owned(), false)).into_iter().collect()
            }
        });
        names.collect()
    }

    #[test]
    fn every_word_of_the_format_is_in_the_hints() {
        let fields = [
            ("kind", schema_for!(Kind)),
            ("form", schema_for!(Form)),
            ("due_after", schema_for!(Start)),
            ("system", schema_for!(System)),
        ];
        for (field, schema) in &fields {
            let (_, hint) = value_hint(field).unwrap();
            let words: Vec<&str> = hint.split(|c: char| !c.is_alphanumeric()).collect();
            assert!(variants(schema).len() > 3, "{schema:?}");
            for (name, _) in variants(schema) {
                assert!(words.contains(&name.as_str()), "{name} is in the hint of {field}: {hint}");
            }
        }
        for schema in fields.iter().map(|(_, schema)| schema).chain([&schema_for!(When)]) {
            for (name, _) in variants(schema).into_iter().filter(|(_, holds)| *holds) {
                assert!(variant_hint(&name).is_some(), "what belongs in the brackets after {name} is said");
            }
        }
    }
}
