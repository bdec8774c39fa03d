//! Another playbook is used in the case, or another version of one that is in use.

use crate::{
    domain::{case::Case, playbook::difference::list_differences, wording::number::one_or_counted},
    tui::{
        form::{Fault, field::fields, texts::Reason},
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::{FormContext, PlaybookRow},
            submission::Submission,
        },
        keys::{action::Context, keymap::Keymap, table::ActionId},
    },
};

/// The playbooks that would bring something: other versions of those that the case uses, then those that it does not.
pub(crate) fn list_offered<'a>(case: &'a Case, playbooks: &'a [PlaybookRow]) -> impl Iterator<Item = &'a PlaybookRow> {
    let other = |book: &&PlaybookRow| case.plan(&book.id).is_some_and(|plan| plan.source != book.source);
    let unused = |book: &&PlaybookRow| case.plan(&book.id).is_none();
    playbooks.iter().filter(other).chain(playbooks.iter().filter(unused))
}

/// `version 2 in place of 1`, where another version is in use.
pub(crate) fn word_version_change(case: &Case, book: &PlaybookRow) -> Option<String> {
    let was = &case.plan(&book.id)?.playbook.version;
    let is = &book.playbook.version;
    Some(if was == is { format!("version {is}, with another text") } else { format!("version {is} in place of {was}") })
}

/// How another version differs from the one in use, to be read before it is confirmed: a title, and texts.
pub(crate) fn list_version_changes(case: &Case, book: &PlaybookRow, keymap: &Keymap) -> Option<(String, Vec<String>)> {
    let plan = case.plan(&book.id)?;
    let changes = list_differences(&plan.playbook, &book.playbook);
    let title = format!("{}: {}", book.title, word_version_change(case, book)?);
    let (count, key) =
        (one_or_counted(changes.len(), "One change", "changes"), keymap.key_text(Context::Page, ActionId::Back));
    let lead = format!("{count}. What is done stays done. {key} goes on to the box that records it.");
    let listed = changes.iter().map(|change| format!("– {change}")).collect::<Vec<_>>().join("\n");
    Some((title, vec![lead, listed]))
}

/// A playbook of the list.
#[derive(Clone, Debug)]
pub(crate) struct AttachForm {
    pub(in crate::tui::forms) id: String,
    why: Reason,
}

fields!(AttachForm; why.front, why.among);

impl AttachForm {
    /// The form for one of them; a reason is asked for where another version is in use.
    pub(crate) fn open(context: &FormContext<'_>, id: &str) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let book = context.playbooks.iter().find(|book| book.id == *id)?;
        let used: Vec<&str> = case.plans.iter().map(|plan| plan.playbook.title.as_str()).collect();
        let form = |why| Self { id: book.id.clone(), why };
        Some(match word_version_change(case, book) {
            Some(versions) => {
                let why = Reason::among("Why another version takes the place of the one in use");
                let changes =
                    case.plan(&book.id).map_or(0, |plan| list_differences(&plan.playbook, &book.playbook).len());
                BlankForm::new(format!("Another version: {}", book.title), form(why))
                    .tell("Version", versions)
                    .tell("Changes", format!("{changes}, as just shown; what is done stays done"))
                    .tell("From", &book.origin)
            }
            None => BlankForm::new(format!("Use: {}", book.title), form(Reason::default()))
                .tell("For", &book.summary)
                .tell("Steps", book.steps.to_string())
                .tell("Version", format!("{}, {}", book.playbook.version, book.origin))
                .tell("In use", used.join(", ")),
        })
    }
}

impl TypedForm for AttachForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        Ok(Submission::Attach(self.id.clone(), self.why.text()))
    }

    fn reason(&mut self) -> Option<&mut Reason> {
        Some(&mut self.why)
    }
}
