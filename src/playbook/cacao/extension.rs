//! What CACAO has no place for, as our extension holds it. Others may ignore it and still follow the workflow.
//!
//! These types are serialised: names and meaning of fields stay, whatever they are called elsewhere in the program.

use crate::domain::playbook::{Form, Question, Start, System, When};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The name of the extension, for people.
pub(super) const NAME: &str = "CareCERT React";
/// What the extension is, as CACAO asks for it.
pub(super) const SCHEMA: &str = "Names, phases, roles, what a step waits for, when its time starts to count, the help \
    and the form of questions: what a CareCERT React playbook holds beyond CACAO. The order of the workflow is one \
    that keeps to what steps wait for; in CareCERT React, steps that do not wait for each other may be done at once. \
    Conditions and forms are texts in the notation of its playbooks.";
/// Its version.
pub(super) const VERSION: &str = "1.0.0";
/// The name of the agent that is nobody in particular: export writes it, and import makes no role of it.
pub(super) const NOBODY: &str = "Whoever responds";

/// Of a whole playbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlaybookExt {
    pub(super) playbook_id: String,
    pub(super) playbook_version: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) duties: Vec<String>,
    /// Agents, in the order of the roles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) roles: Vec<String>,
    pub(super) phases: Vec<PhaseExt>,
}

/// Of a phase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PhaseExt {
    pub(super) phase_id: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) needs: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) when: String,
    /// Workflow steps, in order.
    pub(super) steps: Vec<String>,
}

/// Of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RoleExt {
    pub(super) role_id: String,
}

/// Of a workflow step that belongs to a step of ours, such as the condition before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PartExt {
    /// The action that it belongs to.
    pub(super) part_of: String,
}

/// Of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StepExt {
    pub(super) step_id: String,
    pub(super) kind: String,
    /// The owner, where no role is called so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) due_after: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) needs: Vec<String>,
    /// The condition, where reading the standard one would not give it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) when: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) each: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) asks: Vec<AskExt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) shared: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duty: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) lines: Vec<LineExt>,
    /// The whole step as it was, where reading the standard fields would not give it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) original: String,
}

/// Of a question; what it asks is the description of its variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AskExt {
    pub(super) question_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) help: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) optional: bool,
    pub(super) form: String,
}

/// Of a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LineExt {
    pub(super) system: System,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) folder: String,
}

impl AskExt {
    /// For that question.
    pub(super) fn of(question: &Question) -> Self {
        AskExt {
            question_id: question.id.clone(),
            help: question.help.clone(),
            optional: question.optional,
            form: write_notation(&question.form),
        }
    }

    /// The question, which asks `ask`.
    pub(super) fn to_question(&self, ask: String) -> Question {
        let form: Form = read_notation(&self.form).unwrap_or_default();
        Question { id: self.question_id.clone(), ask, help: self.help.clone(), optional: self.optional, form }
    }
}

/// A value in the notation of playbooks; empty where that cannot be.
pub(super) fn write_notation<T: Serialize>(value: &T) -> String {
    notation_options().to_string(value).unwrap_or_default()
}

/// A value from the notation of playbooks.
pub(super) fn read_notation<T: DeserializeOwned>(text: &str) -> Option<T> {
    notation_options().from_str(text).ok()
}

/// The condition of that text; always, where it is empty or cannot be read.
pub(super) fn read_when(text: &str) -> When {
    if text.is_empty() { When::Always } else { read_notation(text).unwrap_or_default() }
}

/// The start of that text; the playbook's, where it is empty or cannot be read.
pub(super) fn read_start(text: &str) -> Start {
    if text.is_empty() { Start::Playbook } else { read_notation(text).unwrap_or_default() }
}

/// The notation that playbooks are read in.
pub(super) fn notation_options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME).with_recursion_limit(64)
}
