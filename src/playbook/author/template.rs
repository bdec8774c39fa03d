//! The file that `playbook new` starts an author with. A test holds that it passes every check.

/// A small whole playbook, with comments that explain each field and every kind of step.
const TEMPLATE: &str = include_str!("../../../assets/template.ron");

/// A commented playbook called `id`, as RON text, to be written over. It passes the check without a finding where `id`
/// is fit for one: lower-case letters, digits and hyphens.
pub fn write_template(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let title = first + letters.as_str();
    // As Rust writes a text, RON reads it; whatever the id holds, it stays within its quotes.
    TEMPLATE.replace("\"ID-OF-PLAYBOOK\"", &format!("{id:?}")).replace("\"TITLE-OF-PLAYBOOK\"", &format!("{title:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::playbook::{Form, Playbook};
    use crate::playbook::{Code, builtin_duties, draw_findings, examine_playbook};
    use std::collections::BTreeSet;

    fn whole(id: &str) -> Playbook {
        let text = write_template(id);
        let examined = examine_playbook(&text, builtin_duties());
        assert!(examined.findings.is_empty(), "{}", draw_findings("new.ron", &text, &examined.findings, false));
        examined.playbook.unwrap()
    }

    #[test]
    fn it_has_no_finding_and_shows_every_kind_and_form() {
        let playbook = whole("power-cut");
        assert_eq!((playbook.id.as_str(), playbook.title.as_str()), ("power-cut", "Power cut"));
        let kinds: BTreeSet<_> = playbook.steps().map(|(_, step)| step.kind.word()).collect();
        assert_eq!(kinds.len(), 7, "{kinds:?}");
        assert!(playbook.questions().any(|(_, question)| matches!(question.form, Form::OneOf(_))));
    }

    #[test]
    fn a_strange_id_stays_a_text() {
        let text = write_template("a\", phases: [\u{202e}\\");
        let examined = examine_playbook(&text, builtin_duties());
        assert_eq!(examined.playbook.unwrap().id, "a\", phases: [\u{202e}\\");
        assert!(examined.findings.iter().all(|finding| matches!(finding.code, Code::BadId | Code::BadText)));
    }
}
