//! The questions of a step as fields, and a question that is answered by itself.

use crate::{
    domain::{
        case::steps::Standpoint,
        decide::{AnswerQuestion, Command},
        playbook::{Form as Shape, Question, answer::Value},
        step::attached_playbook::Plan,
        wording::prose::capitalise_first,
    },
    tui::{
        form::{
            Fault,
            field::{FieldEdit, FieldView, FormField, Head, fields},
            pick::{Choice, Pick},
            texts::{LineText, LongText, Reason, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// The name of the field for a question's answer.
pub(crate) fn field_id(question: &str) -> String {
    format!("answer:{question}")
}

/// A field for the answer to a question of a playbook.
#[derive(Clone, Debug)]
pub(crate) struct AnswerField {
    question: String,
    shape: AnswerShape,
}

/// How an answer is given.
#[derive(Clone, Debug)]
enum AnswerShape {
    Text(LongText),
    Number(LineText),
    /// By the chosen option's name.
    Choice(Pick<String>),
}

impl AnswerField {
    /// The field for a question, with its answer as it stands.
    fn new(plan: &Plan, question: &Question) -> Self {
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
        let shape = match &question.form {
            Shape::Text | Shape::List => AnswerShape::Text(LongText::new(id, label, hint).filled(&typed(now))),
            Shape::Number => AnswerShape::Number(LineText::new(id, label, hint, &typed(now)).proposed()),
            Shape::YesNo => {
                let choices = ["yes", "no"].map(|word| Choice::new(word.to_owned(), word, word));
                let at = if let Some(Value::YesNo(yes)) = now { Some(usize::from(!yes)) } else { None };
                AnswerShape::Choice(Pick::new(id, label, hint, choices).at(at))
            }
            Shape::OneOf(options) => {
                let choice = |c: &crate::domain::playbook::Choice| {
                    Choice::new(c.id.clone(), c.id.clone(), c.label.clone()).meaning(c.means.clone())
                };
                let chosen = if let Some(Value::OneOf(chosen)) = now { Some(chosen) } else { None };
                let at = chosen.and_then(|chosen| options.iter().position(|option| option.id == *chosen));
                AnswerShape::Choice(Pick::new(id, label, hint, options.iter().map(choice)).tall().at(at))
            }
        };
        Self { question: question.id.clone(), shape }
    }

    /// The question's identifier in its playbook.
    pub(crate) fn question(&self) -> &str {
        &self.question
    }

    /// The answer as it is given: what was typed, or the name of what was chosen; empty where there is none.
    pub(crate) fn given(&self) -> String {
        match &self.shape {
            AnswerShape::Text(field) => field.text(),
            AnswerShape::Number(field) => field.text(),
            AnswerShape::Choice(pick) => pick.chosen().cloned().unwrap_or_default(),
        }
    }

    fn field(&self) -> &dyn FormField {
        match &self.shape {
            AnswerShape::Text(field) => field,
            AnswerShape::Number(field) => field,
            AnswerShape::Choice(pick) => pick,
        }
    }

    fn field_mut(&mut self) -> &mut dyn FormField {
        match &mut self.shape {
            AnswerShape::Text(field) => field,
            AnswerShape::Number(field) => field,
            AnswerShape::Choice(pick) => pick,
        }
    }
}

impl FormField for AnswerField {
    fn head(&self) -> &Head {
        self.field().head()
    }

    fn head_mut(&mut self) -> &mut Head {
        self.field_mut().head_mut()
    }

    fn view(&self) -> FieldView<'_> {
        self.field().view()
    }

    fn edit(&mut self) -> FieldEdit<'_> {
        self.field_mut().edit()
    }
}

/// The fields for the questions that a step asks, with the answers as they stand.
pub(super) fn fields_of_step(point: &Standpoint<'_>) -> Vec<AnswerField> {
    let ask = |question: &Question| {
        let word = if question.optional { "may be left out" } else { "needed" };
        AnswerField::new(point.plan, question).asking(format!("{} ({word})", point.fill(&question.ask)))
    };
    point.step.asks.iter().map(ask).collect()
}

/// The question's name as people read it: `danger-now` is `Danger now`.
fn name(question: &Question) -> String {
    capitalise_first(&question.id.replace('-', " "))
}

/// An answer as it would be typed.
fn typed(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::List(things)) => things.join("\n"),
        // These are chosen.
        Some(Value::YesNo(_) | Value::OneOf(_)) | None => String::new(),
    }
}

/// A question that is answered by itself.
#[derive(Clone, Debug)]
pub(crate) struct AnswerForm {
    /// `PLAYBOOK/QUESTION`.
    pub(in crate::tui::forms) question: String,
    answer: AnswerField,
    why: Reason,
    occurred: TimeField,
}

fields!(AnswerForm; why.front, answer, why.among, occurred);

impl AnswerForm {
    /// The form for a question, `PLAYBOOK/QUESTION`; `None` where the case has no such question.
    pub(crate) fn open(context: &FormContext<'_>, question: &str) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let (book, id) = question.split_once('/')?;
        let plan = case.plan(book)?;
        let (step, asked) = plan.question(id)?;
        let now = plan.answers.get(id);
        let mut why = Reason::default();
        if now.is_some() {
            why = Reason::among("Why it is another answer than before");
            why.want();
        }
        let form = Self {
            question: question.to_owned(),
            answer: AnswerField::new(plan, asked).required(),
            why,
            occurred: TimeField::when(),
        };
        let now = now.map(|answered| {
            format!("{} ({}, {})", answered.value.words(&asked.form), case.cite(&answered.entry), answered.by.name)
        });
        let blank = BlankForm::new(plan.fill(&asked.ask, None), form)
            .tell("Step", plan.title(step, None))
            .tell("Now", now.unwrap_or_else(|| "not answered yet".into()));
        Some(blank)
    }
}

impl TypedForm for AnswerForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let (question, given) = (self.question.clone(), self.answer.given());
        let command = Command::Answer(AnswerQuestion { question, given, why: self.why.text() });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }

    fn reason(&mut self) -> Option<&mut Reason> {
        Some(&mut self.why)
    }
}
