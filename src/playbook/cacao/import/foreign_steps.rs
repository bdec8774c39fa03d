//! The steps that others wrote: as tasks and decisions, with their commands as text that a person reads.

use super::{
    flow::{Flow, FlowStep, Label, Sort},
    own_steps::read_command,
    slug::Names,
};
use crate::{
    domain::{
        playbook::{Choice, FAILED, Kind, SUCCEEDED, Step},
        text::{LONG_LIMIT, NAME_LIMIT, check_name, make_safe},
    },
    playbook::cacao::{
        account::Fate,
        json::{source::Source, tree::At},
        model::describe_foreign_command,
        text::{Meaning, from_cacao},
    },
};
use std::collections::{BTreeMap, HashMap};

/// What a step with a command from elsewhere warns of.
pub(super) const READ_FIRST: &str =
    "This came from elsewhere and was not checked here: read each command before you run it.";
/// The options of a decision that a condition becomes.
const YES: &str = "yes";
/// See [`YES`].
const NO: &str = "no";

/// What steps of others are made with.
pub(super) struct ForeignSteps<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) flow: &'a Flow,
    pub(super) places: &'a BTreeMap<String, Meaning>,
    /// The roles by the identifiers of their agents.
    pub(super) agents: &'a HashMap<String, String>,
    /// What targets are, by their identifiers.
    pub(super) targets: &'a HashMap<String, String>,
}

/// The options of the decision that a step becomes: their names, and by which way each is taken.
pub(super) struct Choices {
    pub(super) question: String,
    pub(super) options: Vec<(Choice, Label)>,
}

impl ForeignSteps<'_> {
    /// Whether it becomes a step; the others only give the order.
    pub(super) fn becomes_step(step: &FlowStep) -> bool {
        match step.sort {
            Sort::Start | Sort::End | Sort::Parallel => false,
            Sort::Action | Sort::Playbook | Sort::If | Sort::While | Sort::Switch | Sort::Other(_) => true,
        }
    }

    /// The decision that it becomes, where it becomes one.
    pub(super) fn list_choices(&self, step: &FlowStep) -> Option<Choices> {
        let name = self.source.text(step.at, "name").map_or("", |(_, name)| name);
        let condition = |at: At| self.source.kept(at, "condition", "what is decided");
        let option = |id: &str, label: &str, means: &str, way: Label| {
            (Choice { id: id.to_owned(), label: label.to_owned(), means: means.to_owned() }, way)
        };
        match &step.sort {
            Sort::If => Some(Choices {
                question: self.compose_question(name, "Does this hold", &condition(step.at)),
                options: vec![
                    option(YES, "It holds", "The steps for this case are done.", Label::True),
                    option(
                        NO,
                        "It does not hold",
                        "The steps for the other case are done, if there are any.",
                        Label::False,
                    ),
                ],
            }),
            Sort::While => Some(Choices {
                question: self.compose_question(name, "Does this still hold", &condition(step.at)),
                options: vec![
                    option(
                        YES,
                        "It holds",
                        "The steps of the loop are done; then reopen this and ask again.",
                        Label::True,
                    ),
                    option(NO, "It does not hold", "The loop is over.", Label::False),
                ],
            }),
            Sort::Switch => {
                let value = self.source.kept(step.at, "switch", "what is decided");
                let mut names = Names::default();
                let mut options: Vec<(Choice, Label)> = Vec::new();
                for edge in &step.edges {
                    if let Label::Case(case) = &edge.label
                        && !options.iter().any(|(_, known)| *known == edge.label)
                    {
                        let id = names.make(case, "case");
                        options.push(option(
                            &id,
                            &shorten_title(case, "case"),
                            "Its steps are done.",
                            edge.label.clone(),
                        ));
                    }
                }
                // A decision needs two options, and a switch may have one case.
                while options.len() < 2 {
                    let id = names.make("none-of-these", "none");
                    options.push(option(&id, "None of these", "No steps follow from this.", Label::False));
                }
                Some(Choices { question: self.compose_question(name, "Which of these is it", &value), options })
            }
            Sort::Action | Sort::Playbook | Sort::Other(_) => {
                let to = |label: Label| step.edges.iter().find(|edge| edge.label == label && !edge.back).map(|e| e.to);
                let failure = to(Label::Failure)?;
                let (success, way) = match to(Label::Success) {
                    Some(success) => (Some(success), Label::Success),
                    None => (to(Label::Next), Label::Next),
                };
                (success != Some(failure)).then(|| Choices {
                    question: "Did it succeed?".to_owned(),
                    options: vec![
                        option(SUCCEEDED, "It succeeded", "Go on with what follows.", way),
                        option(FAILED, "It failed", "Do the steps for this case.", Label::Failure),
                    ],
                })
            }
            Sort::Start | Sort::End | Sort::Parallel => None,
        }
    }

    /// What is asked: about `what`, or what the step is called where it says nothing of that.
    fn compose_question(&self, name: &str, words: &str, what: &str) -> String {
        match (what.trim().is_empty(), name.trim().is_empty()) {
            (false, _) => format!("{words}: {}?", self.fill_variables(&cut_long_text(what.to_owned()))),
            (true, false) => self.fill_variables(&cut_long_text(name.to_owned())),
            (true, true) => format!("{words}?"),
        }
    }

    /// A text with its variables filled in.
    fn fill_variables(&self, text: &str) -> String {
        from_cacao(text, self.places)
    }

    /// The step of that id; what it waits for, when it applies and what it asks are not in it yet.
    pub(super) fn make_step(&self, step: &FlowStep, id: &str, role: &str) -> Step {
        let at = step.at;
        let mut what = self.list_commands(step);
        let named = self.source.kept(at, "name", "the step's title");
        let mut why = self.source.kept(at, "description", "why, or what to do where nothing else says it");
        let choices = self.list_choices(step);
        let first = match &step.sort {
            Sort::Playbook => "Run a playbook".to_owned(),
            Sort::Action => what.trim().lines().next().unwrap_or("").to_owned(),
            Sort::Other(sort) => format!("Step of the type {sort}"),
            Sort::Start | Sort::End | Sort::Parallel | Sort::If | Sort::While | Sort::Switch => {
                choices.as_ref().map_or(String::new(), |choices| choices.question.clone())
            }
        };
        self.append_other_keys(step, &mut what);
        for edge in step.edges.iter().filter(|edge| edge.back) {
            let to = self.flow.steps.get(edge.to).and_then(|to| self.source.text(to.at, "name"));
            let to = to.map_or("an earlier step", |(_, name)| name);
            append_text(&mut what, &format!("\n\nThen go back to: {to}"));
            self.source.tree.mark(at, Fate::Changed, "the way back to an earlier step is a note in the step");
        }
        if what.trim().is_empty() {
            what = std::mem::take(&mut why);
        }
        for reference in self.source.several(at, "external_references") {
            append_text(&mut why, &format!("\nSee: {}", self.source.flat(reference, "a reference in the step's text")));
        }
        let title = shorten_title(if named.trim().is_empty() { &first } else { &named }, "Step without a name");
        if what.trim().is_empty() {
            what.clone_from(&title);
        }
        let foreign_command = self
            .source
            .several(at, "commands")
            .into_iter()
            .any(|command| self.source.text(command, "type").is_none_or(|(_, sort)| sort != "manual"));
        // A command from elsewhere is never one of ours: it is text with a warning before it.
        let mut care = if foreign_command { READ_FIRST.to_owned() } else { String::new() };
        for (key, words) in [("delay", "Wait this long first"), ("timeout", "It counts as failed after")] {
            if let Some((child, number)) = self.source.whole(at, key) {
                self.source.tree.mark(child, Fate::Changed, "a note in the step");
                let gap = if care.is_empty() { "" } else { "\n" };
                care.push_str(&format!("{gap}{words}: {number} ms."));
            }
        }
        let agent = self.source.text(at, "agent");
        let owner = agent.and_then(|(child, agent)| Some((child, self.agents.get(agent)?)));
        if let Some((child, _)) = owner {
            self.source.tree.mark(child, Fate::Kept, "the owner");
        }
        let kind = choices.map_or(Kind::Task, |choices| Kind::Decision {
            question: cut_long_text(choices.question),
            options: choices.options.into_iter().map(|(option, _)| option).collect(),
        });
        Step {
            id: id.to_owned(),
            title: self.fill_title(&title),
            what: self.fill_text(at, &what),
            why: self.fill_text(at, &why),
            care,
            owner: owner.map_or(role, |(_, owner)| owner).to_owned(),
            kind,
            ..Step::default()
        }
    }

    /// A text with its variables filled in, cut where a playbook could not hold it.
    fn fill_text(&self, at: At, text: &str) -> String {
        let said = self.fill_variables(&cut_long_text(text.trim().to_owned()));
        if text.len() > LONG_LIMIT || said.len() > LONG_LIMIT {
            self.source.tree.mark(at, Fate::Changed, "a text of this step was cut: it is too long");
        }
        cut_long_text(said)
    }

    /// A title with its variables filled in, where it stays short enough.
    fn fill_title(&self, text: &str) -> String {
        let said = self.fill_variables(text);
        if check_name(&said).is_ok() { said } else { shorten_title(&said, "Step without a name") }
    }

    /// Every command as text.
    fn list_commands(&self, step: &FlowStep) -> String {
        let mut what = String::new();
        for at in self.source.several(step.at, "commands") {
            let sort = self.source.kept(at, "type", "the command's sort, in the step's text");
            let mut note = self.source.kept(at, "description", "the command's note, in the step's text");
            for key in ["version", "playbook_activity", "headers", "external_references"] {
                if let Some(child) = self.source.tree.get(at, key) {
                    let said = self.source.flat(child, "it stands with the command");
                    let gap = if note.is_empty() { "" } else { "; " };
                    note.push_str(&format!("{gap}{key}: {said}"));
                }
            }
            let text = read_command(self.source, at);
            if sort == "manual" {
                let gap = if what.is_empty() { "" } else { "\n\n" };
                append_text(&mut what, &format!("{gap}{text}"));
                if !note.is_empty() {
                    append_text(&mut what, &format!("\n({note})"));
                }
            } else {
                let sort = if sort.is_empty() { "of no known sort" } else { &sort };
                append_text(&mut what, &describe_foreign_command(sort, &note, &text));
            }
        }
        what
    }

    /// What else a step says, as text.
    fn append_other_keys(&self, step: &FlowStep, what: &mut String) {
        let mut say = |line: String| {
            let gap = if what.is_empty() { "" } else { "\n\n" };
            append_text(what, &format!("{gap}{line}"));
        };
        let source = self.source;
        if step.sort == Sort::Playbook
            && let Some(child) = source.tree.get(step.at, "playbook_id")
        {
            let id = source.flat(child, "named in the step's text");
            let version = source.tree.get(step.at, "playbook_version");
            let version = version.map(|at| format!(", version {}", source.flat(at, "named in the step's text")));
            say(format!("Run the playbook {id}{}.", version.unwrap_or_default()));
        }
        for key in ["targets", "target", "target_ids"] {
            for child in source.several(step.at, key) {
                let id = source.flat(child, "named in the step's text");
                say(format!("On: {}", self.targets.get(&id).unwrap_or(&id)));
            }
        }
        for (key, words) in [("in_args", "Uses"), ("out_args", "Brings")] {
            if let Some(child) = source.tree.get(step.at, key) {
                say(format!("{words}: {}", source.flat(child, "named in the step's text")));
            }
        }
    }
}

/// `text` as one clean and short line; `otherwise` where there is nothing in it.
pub(super) fn shorten_title(text: &str, otherwise: &str) -> String {
    let line = text.trim().lines().next().unwrap_or("").trim();
    let line = make_safe(line);
    let mut title: String = line.chars().take(NAME_LIMIT - 1).collect();
    if title.chars().count() < line.chars().count() {
        title.push('…');
    }
    if check_name(&title).is_ok() { title } else { otherwise.to_owned() }
}

/// Adds to a text, as long as a step could hold it.
fn append_text(text: &mut String, more: &str) {
    if text.len() <= LONG_LIMIT {
        text.push_str(more);
    }
}

/// `text`, cut where a playbook could not hold it.
pub(super) fn cut_long_text(mut text: String) -> String {
    const MARK: &str = "\n… (cut: too long)";
    if text.len() > LONG_LIMIT {
        let mut end = LONG_LIMIT - MARK.len();
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push_str(MARK);
    }
    text
}
