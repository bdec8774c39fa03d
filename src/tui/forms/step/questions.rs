//! The questions of a step as fields, and a question that is answered by itself.

use crate::{
    domain::{
        case::{Case, steps::Standpoint},
        decide::command::{AnswerQuestion, Command},
        playbook::{Form as Shape, Question, answer::Value},
        step::attached_playbook::Plan,
    },
    tui::{
        form::{
            Fault, Form,
            field::{Item, Pick},
        },
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// Before the names of the fields that hold answers.
const FIELD: &str = "answer:";

/// The fields for the questions that a step asks, with the answers as they stand.
pub(crate) fn fields(point: &Standpoint<'_>) -> Vec<Item> {
    let ask = |question: &Question| {
        let word = if question.optional { "may be left out" } else { "needed" };
        field(point.plan, question).asking(format!("{} ({word})", point.fill(&question.ask)))
    };
    point.step.asks.iter().map(ask).collect()
}

/// The name of the field for a question's answer.
pub(crate) fn field_id(question: &str) -> String {
    format!("{FIELD}{question}")
}

/// The question's name as people read it: `danger-now` is `Danger now`.
fn name(question: &Question) -> String {
    let words = question.id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn field(plan: &Plan, question: &Question) -> Item {
    let now = plan.answers.get(&question.id).map(|answered| &answered.value);
    let (id, label) = (field_id(&question.id), name(question));
    let hint = match (question.help.as_str(), &question.form) {
        ("", Shape::List) => "One a line, or with commas between".to_owned(),
        ("", Shape::Number) => "A whole number".into(),
        ("", Shape::YesNo) => "← → choose, Enter goes on".into(),
        ("", Shape::OneOf(_)) => "↑ ↓ choose, Enter goes on".into(),
        ("", Shape::Text) => "In a few words".into(),
        (help, _) => plan.fill(help, None),
    };
    match &question.form {
        Shape::Text => Item::long(id, label, hint).filled(&typed(now)),
        Shape::List => Item::long(id, label, hint).filled(&typed(now)),
        Shape::Number => Item::line(id, label, hint, &typed(now)).proposed(),
        Shape::YesNo => {
            let options = ["yes", "no"].map(|word| (word.to_owned(), word.to_owned(), String::new())).to_vec();
            let at = match now {
                Some(Value::YesNo(yes)) => Some(usize::from(!yes)),
                _ => None,
            };
            Item::pick(id, label, hint, Pick { options, at, tall: false })
        }
        Shape::OneOf(choices) => {
            let option = |c: &crate::domain::playbook::Choice| (c.id.clone(), c.label.clone(), c.means.clone());
            let at = match now {
                Some(Value::OneOf(chosen)) => choices.iter().position(|choice| choice.id == *chosen),
                _ => None,
            };
            Item::pick(id, label, hint, Pick { options: choices.iter().map(option).collect(), at, tall: true })
        }
    }
}

/// An answer as it would be typed.
fn typed(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::List(things)) => things.join("\n"),
        _ => String::new(),
    }
}

/// The answers that the form holds.
pub(crate) fn answers(form: &Form) -> Vec<(String, String)> {
    let held = form.items.iter().filter_map(|item| item.id.strip_prefix(FIELD).map(str::to_owned));
    held.map(|question| (question.clone(), form.text(&field_id(&question)))).collect()
}

/// The box for a question by itself, `PLAYBOOK/QUESTION`; `None` where the case has no such question.
pub(crate) fn open(case: &Case, name: &str) -> Option<Sheet> {
    let (book, id) = name.split_once('/')?;
    let plan = case.plan(book)?;
    let (step, question) = plan.question(id)?;
    let mut items = vec![field(plan, question).required()];
    if plan.answers.contains_key(id) {
        items.push(Item::long("why", "Reason", "Why it is another answer than before").required());
    }
    items.push(Item::when());
    let sheet = Sheet::new(Kind::Answer(name.to_owned()), plan.fill(&question.ask, None), Form::of(items));
    let now = plan.answers.get(id).map(|answered| {
        format!("{} ({}, {})", answered.value.words(&question.form), case.cite(&answered.entry), answered.by.name)
    });
    Some(sheet.tell("Step", plan.title(step, None)).tell("Now", now.unwrap_or_else(|| "not answered yet".into())))
}

/// What that box sends.
pub(crate) fn send(question: &str, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let given = answers(form).pop().map(|(_, given)| given).unwrap_or_default();
    let command = Command::Answer(AnswerQuestion { question: question.to_owned(), given, why: form.text("why") });
    Ok(Send::command(command, form.time("occurred", world.now)?))
}
