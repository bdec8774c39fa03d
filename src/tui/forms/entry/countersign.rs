//! Another person confirms what is logged of a decision, so that two names stand under it.

use crate::{
    domain::{
        decide::{Command, CountersignDecision},
        id::{EntryId, Hash},
        person::Person,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            texts::{LineText, LongText, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::{FormContext, Selected},
            submission::Submission,
        },
    },
};

/// Who confirms a decision, and in which words.
#[derive(Clone, Debug)]
pub(crate) struct CountersignForm {
    pub(in crate::tui::forms) entry: EntryId,
    pub(in crate::tui::forms) hash: Hash,
    who: LineText,
    role: LineText,
    means: LineText,
    words: LongText,
    occurred: TimeField,
}

fields!(CountersignForm; who, role, means, words, occurred);

impl CountersignForm {
    /// The form for a decision. Where one person decided and another logged it, the one who decided is filled in.
    pub(crate) fn open(context: &FormContext<'_>, entry: &EntryId, _: &Hash) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let made = case.decision(entry)?;
        let decided = &made.what.decided_by;
        let same = decided.name.trim().eq_ignore_ascii_case(made.by.name.trim());
        let (name, role) = if same { ("", "") } else { (decided.name.as_str(), decided.role.as_str()) };
        let who = "Who confirms it, by name; another person than who logged it";
        let form = Self {
            entry: made.entry.clone(),
            hash: made.hash,
            who: LineText::new("who", "Who", who, name).required().proposed(),
            role: LineText::new("role", "Their role", "In which role they confirm it", role).proposed(),
            means: LineText::new("means", "By", "In person, by telephone, on the call", ""),
            words: LongText::new("words", "Said", "Their words, and anything that they see otherwise"),
            occurred: TimeField::when(),
        };
        let blank = BlankForm::new(format!("Countersign {}", case.cite(&made.entry)), form)
            .tell("Asked", made.what.question.clone())
            .tell("Decided", format!("{}, by {}", made.what.label, decided.label()))
            .tell("Because", made.what.rationale.clone())
            .tell("Logged by", made.by.label());
        let signed = case.countersigned(&made.entry).iter();
        Some(signed.fold(blank, |blank, sign| blank.tell("Signed", sign.what.person.label())))
    }
}

impl TypedForm for CountersignForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let (name, role) = (self.who.text(), self.role.text());
        let people = context.case().into_iter().flat_map(|case| &case.people);
        let decided = context.case().and_then(|case| case.decision(&self.entry)).map(|made| &made.what.decided_by);
        let mut known = people.chain(decided).chain([context.responder]).filter(|person| person.name == name);
        let known = known.find(|person| !person.organisation.is_empty());
        let organisation = known.map(|person| person.organisation.clone()).unwrap_or_default();
        let command = Command::Countersign(CountersignDecision {
            entry: self.entry.clone(),
            hash: self.hash,
            person: Person { name, role, organisation },
            means: self.means.text(),
            words: self.words.text(),
        });
        Ok(Submission::command(command, self.occurred.time(context.now)?))
    }
}

/// The form that confirms the selected decision.
pub(in crate::tui::forms) fn open_selected(
    context: &FormContext<'_>,
    selected: &Selected<'_>,
) -> Option<BlankForm<CountersignForm>> {
    let entry = selected.entry.clone()?;
    let hash = context.case()?.hash_of(&entry)?;
    CountersignForm::open(context, &entry, &hash)
}
