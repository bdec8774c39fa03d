//! The text of a manual command: everything that a person needs for a step, under headings, and read back from them.

use crate::domain::playbook::Choice;

/// The parts of a step that stand in the text of its manual command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// What to do.
    pub(super) what: String,
    /// What to be careful of.
    pub(super) care: String,
    /// A decision's question, or what someone is asked to agree to.
    pub(super) question: String,
    /// A decision's options.
    pub(super) options: Vec<Choice>,
    /// What to say to someone.
    pub(super) say: String,
    /// Evidence that it should bring.
    pub(super) expects: Vec<String>,
    /// What follows from the other fields, said for people; it is not read back.
    pub(super) notes: String,
}

/// The headings, in the order in which they stand in a text. Reading looks for them from the last to the first, so that
/// a heading inside a section does not take the rest for itself.
const HEADINGS: &[&str] = &["TAKE CARE", "QUESTION", "OPTIONS", "WHAT TO SAY", "EVIDENCE TO BRING", "NOTES"];

/// The text of a step's manual command; [`parse_parts`] reads it back.
pub(super) fn compose_parts(parts: &Parts) -> String {
    let options = parts.options.iter().map(compose_option).collect::<Vec<_>>().join("\n");
    let expects = parts.expects.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n");
    let sections = [&parts.care, &parts.question, &options, &parts.say, &expects, &parts.notes];
    let mut text = parts.what.clone();
    for (heading, section) in HEADINGS.iter().zip(sections) {
        if !section.is_empty() {
            text.push_str("\n\n");
            text.push_str(heading);
            text.push('\n');
            text.push_str(section);
        }
    }
    text
}

/// An option as two lines: `- id: label`, and what it means below, if it says so.
fn compose_option(choice: &Choice) -> String {
    let means = if choice.means.is_empty() { String::new() } else { format!("\n  {}", choice.means) };
    format!("- {}: {}{means}", choice.id, choice.label)
}

/// The parts of a text; what stands under no heading is what to do.
pub(super) fn parse_parts(text: &str) -> Parts {
    let mut sections: Vec<&str> = vec![""; HEADINGS.len()];
    let mut rest = text;
    for (section, heading) in sections.iter_mut().zip(HEADINGS).rev() {
        let mark = format!("\n\n{heading}\n");
        if let Some((before, after)) = rest.rsplit_once(&mark) {
            (rest, *section) = (before, after);
        }
    }
    let section = |at: usize| sections.get(at).copied().unwrap_or("");
    Parts {
        what: rest.to_owned(),
        care: section(0).to_owned(),
        question: section(1).to_owned(),
        options: parse_options(section(2)),
        say: section(3).to_owned(),
        expects: section(4).lines().map(|line| line.strip_prefix("- ").unwrap_or(line).to_owned()).collect(),
        notes: section(5).to_owned(),
    }
}

/// The options of a section, as [`compose_option`] writes them; a line of another form is passed over.
fn parse_options(section: &str) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    for line in section.lines() {
        match (line.strip_prefix("- ").and_then(|line| line.split_once(": ")), found.last_mut()) {
            (Some((id, label)), _) => {
                found.push(Choice { id: id.to_owned(), label: label.to_owned(), means: String::new() });
            }
            (None, Some(last)) => {
                last.means.push_str(if last.means.is_empty() { "" } else { "\n" });
                last.means.push_str(line.strip_prefix("  ").unwrap_or(line));
            }
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_composed_is_read_back() {
        let choice = |id: &str, means: &str| Choice { id: id.into(), label: format!("L: {id}"), means: means.into() };
        let parts = Parts {
            what: "Ring them.\n\nThen wait.".into(),
            care: "Not by mail.".into(),
            question: "Which?".into(),
            options: vec![choice("a", "It is: so"), choice("b", "")],
            say: "Hello".into(),
            expects: vec!["a list".into(), "b".into()],
            notes: "Due".into(),
        };
        assert_eq!(parse_parts(&compose_parts(&parts)), parts);
        let plain = Parts { what: "Do it".into(), ..Parts::default() };
        assert_eq!(parse_parts(&compose_parts(&plain)), plain);
        assert_eq!(compose_parts(&plain), "Do it");
    }
}
