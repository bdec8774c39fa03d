//! A file is taken in as evidence, copied and hashed, or by reference.

use crate::{
    domain::{
        case::{Case, steps::StepView},
        playbook::StepRef,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            path_field::PathField,
            pick::{Choice, Pick, YesNo},
            texts::LineText,
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::{Submission, TakeEvidence},
        },
        text::width::cut_to,
    },
};

/// A file.
#[derive(Clone, Debug)]
pub(crate) struct EvidenceForm {
    /// The step from whose screen it was opened.
    pub(in crate::tui::forms) here: Option<StepRef>,
    path: PathField,
    name: LineText,
    about: LineText,
    source: LineText,
    /// The step that it belongs to, if any.
    step: Pick<Option<StepRef>>,
    reference: YesNo,
}

fields!(EvidenceForm; path, name, about, source, step, reference);

impl EvidenceForm {
    /// The form, from the screen of a step or from another; whatever step is open can be chosen.
    pub(crate) fn open(context: &FormContext<'_>, step: &Option<StepRef>) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let here = step.as_ref().and_then(|step| case.step_view(step));
        let reference = "Space: hash, size and place only, no copy; for very large items";
        let form = Self {
            here: here.as_ref().map(StepView::name),
            path: PathField::new("path", "File", "Tab completes the path").required(),
            name: LineText::new("name", "Name", "What to call it; empty for the file's name", ""),
            about: LineText::new("about", "Shows", "What it shows, and how it was got", ""),
            source: LineText::new("source", "From", "The system that it comes from, such as ward7-pc3", ""),
            step: pick_step(case, here.as_ref()),
            reference: YesNo::new("reference", "By reference", reference),
        };
        let expects = here.map(|point| point.step.expects.join(", ")).unwrap_or_default();
        Some(BlankForm::new("Evidence", form).tell("Expects", expects))
    }
}

/// The step on the screen, none, then the open ones; those that ask for evidence come first.
fn pick_step(case: &Case, here: Option<&StepView<'_>>) -> Pick<Option<StepRef>> {
    let asks = |point: &StepView<'_>| !point.step.expects.is_empty();
    let choice = |point: &StepView<'_>| {
        let means = if asks(point) { format!("asks for {}", point.step.expects.join(", ")) } else { String::new() };
        let name = point.name();
        Choice::new(Some(name.clone()), name.to_string(), cut_to(&point.title(), 60)).meaning(means)
    };
    let mut choices: Vec<_> = here.map(choice).into_iter().collect();
    choices.push(Choice::new(None, "", "no step"));
    let other = |point: &StepView<'_>| here.is_none_or(|here| here.name() != point.name());
    let mut open: Vec<_> = case.steps().filter(|point| !point.status.settled() && other(point)).collect();
    open.sort_by_key(|point| !asks(point));
    choices.extend(open.iter().map(choice));
    // Only a step that asks for evidence is filled in: whatever else is current has nothing to do with it.
    let at = here.map_or(0, |here| usize::from(!asks(here)));
    Pick::new("for", "For", "↑ ↓ the step that it belongs to, Enter goes on", choices).tall().at(Some(at))
}

impl TypedForm for EvidenceForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        Ok(Submission::Evidence(TakeEvidence {
            path: self.path.text(),
            name: self.name.text(),
            about: self.about.text(),
            source: self.source.text(),
            step: self.step.chosen().cloned().flatten(),
            by_reference: self.reference.yes(),
            begun: None,
        }))
    }
}
