//! The case is handed over: who takes over, who from then on acts on this console.

use crate::{
    domain::{
        case::Case,
        decide::{Command, HandOver},
        event::ContactNoted,
        handover,
        person::Person,
        time::Now,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, Pick},
            texts::LineText,
        },
        forms::{
            blank_form::{BlankForm, OnceRecorded, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// The option for someone who is not in the list.
const OTHER: &str = "";

/// Those who could take over: who takes part, handed over before, or can be reached, each once and not who hands over.
fn known(case: &Case, who: &Person) -> Vec<Person> {
    let contact = |what: &ContactNoted| Person {
        name: what.name.clone(),
        role: what.role.clone(),
        organisation: what.organisation.clone(),
    };
    let former = case.former().iter().map(|former| former.person.clone());
    let contacts = case.contacts.iter().map(|noted| contact(&noted.what));
    let all = case.people.iter().cloned().chain(former).chain(contacts);
    let mut known: Vec<Person> = Vec::new();
    for person in all.filter(|person| person.name != who.name) {
        if !known.iter().any(|other| other.name == person.name) {
            known.push(person);
        }
    }
    known
}

/// Who takes over.
#[derive(Clone, Debug)]
pub(crate) struct HandOverForm {
    /// Those who are known, by name, where there are any.
    known: Option<Pick<String>>,
    name: LineText,
    role: LineText,
    organisation: LineText,
}

fields!(HandOverForm; known, name, role, organisation);

impl HandOverForm {
    /// The form. The text is that of the moment in which it was opened: what was read out.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        let (case, who) = (context.case()?, context.responder);
        let known = known(case, who);
        let (named, hint) = match known.is_empty() {
            true => ("Takes over", "The name of who takes over"),
            false => ("Or", "The name of who takes over, if not chosen above"),
        };
        let choice = |person: Person| {
            let label = person.label();
            Choice::new(person.name.clone(), person.name, label).meaning(person.organisation)
        };
        // Nobody stands there beforehand: a name that nobody chose would act from then on.
        let pick = |known: Vec<Person>| {
            let other = Choice::new(OTHER.to_owned(), OTHER, "someone else").meaning("write the name below");
            let hint = "↑ ↓ choose who takes over, Enter goes on; or write a name";
            Pick::new("known", "Takes over", hint, known.into_iter().map(choice).chain([other])).tall().or_another()
        };
        let of = "Whom they work for; empty for the one that is known";
        let form = Self {
            known: (!known.is_empty()).then(|| pick(known)),
            name: LineText::new("name", named, hint, ""),
            role: LineText::new("role", "Role", "From now on; empty for the role that is known", ""),
            organisation: LineText::new("organisation", "Organisation", of, ""),
        };
        let blank = BlankForm::new("Hand over", form)
            .tell("Hands over", who.label())
            .tell("Seal", case.seal().to_string())
            .tell("Before", "Read the handover aloud. Whoever takes over reads the seal back.")
            .tell("From then on", "the one who takes over acts on this console; the text that was read out is kept");
        Some(blank)
    }

    /// The name that is chosen; empty where none is, or someone else.
    fn chosen(&self) -> &str {
        self.known.as_ref().and_then(Pick::chosen).map_or(OTHER, String::as_str)
    }

    /// Who takes over, as the form stands.
    fn to(&self, case: &Case, who: &Person) -> Person {
        let typed = self.name.text();
        let name = if typed.trim().is_empty() { self.chosen().to_owned() } else { typed };
        let known = known(case, who).into_iter().find(|person| person.name == name).unwrap_or_default();
        let or = |typed: String, known: String| if typed.trim().is_empty() { known } else { typed };
        Person {
            role: or(self.role.text(), known.role),
            organisation: or(self.organisation.text(), known.organisation),
            name,
        }
    }
}

impl TypedForm for HandOverForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let who = context.responder;
        let (Some(case), Some(now)) = (context.case(), context.now) else {
            return Err(self.name.fault("no case is open"));
        };
        let to = self.to(case, who);
        if to.name.trim().is_empty() {
            return Err(match self.known.as_ref().filter(|known| known.is_empty()) {
                Some(known) => known.fault("nobody takes over yet: choose with ↑ ↓, or write the name"),
                None => self.name.fault("write the name of who takes over"),
            });
        }
        if let Some(known) = &self.known
            && !self.chosen().is_empty()
            && self.chosen() != to.name
        {
            return Err(known.fault("two are named: choose “someone else”, or take away the name below"));
        }
        if to.name.trim() == who.name.trim() {
            return Err(self.name.fault("that is who hands over: name the one who takes over"));
        }
        let now = Now { at: context.begun.unwrap_or(now.at), ..now };
        Ok(Submission::command(Command::HandOver(HandOver { to, text: handover::text(&case.handover(now)) }), None))
    }

    fn once_recorded(&self) -> OnceRecorded {
        OnceRecorded::HandsOver
    }
}
