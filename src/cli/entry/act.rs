//! The commands that record something a responder did: note, step, decide, notify, correct, amend and so on.

use crate::{
    cli::{
        Done,
        context::{self, Context, occurred, text_or_stdin},
        failure::Failure,
        options::{Amend, Answer, Correct, Decide, Note, Notify},
    },
    domain::{
        case::{Case, refusal::Refusal},
        decide::command::{
            AddNote, AmendCase, AnswerQuestion, CloseCase, Command, CorrectEntry, MakeDecision, RecordNotification,
            ReopenCase, SetSeverity,
        },
        id::{EntryId, Hash},
        person::Person,
        playbook::{Question, Step, StepRef},
        wording::did_you_mean::nearest_word,
    },
    runtime::session::Order,
};

/// `carecert note`.
pub(crate) fn note(context: &mut Context, note: Note) -> Done {
    let occurred = occurred(note.occurred.as_deref())?;
    let text = text_or_stdin(note.text)?;
    let session = context.open(&note.case)?;
    context.record(session, Order { command: Command::Note(AddNote { text }), occurred, begun: None })
}

/// `carecert answer`.
pub(crate) fn answer(context: &mut Context, answer: Answer) -> Done {
    let given = text_or_stdin(answer.value)?;
    let session = context.open(&answer.case)?;
    let known: Vec<String> =
        session.case().plans.iter().flat_map(|plan| plan.playbook.questions()).map(asked).collect();
    let id = answer.question.split_once('/').map_or(&*answer.question, |(_, id)| id);
    let near = Some(id)
        .filter(|id| !known.iter().any(|known| known == id))
        .and_then(|id| nearest_word(id, &known))
        .map(str::to_owned);
    let command = Command::Answer(AnswerQuestion { question: answer.question, given, why: answer.why });
    context.record(session, command.into()).map_err(|mut failure| {
        if let Some(near) = near {
            failure.report.hint = Some(format!("did you mean {near}?"));
        }
        failure
    })
}

fn asked((_, question): (&Step, &Question)) -> String {
    question.id.clone()
}

pub(crate) fn usage(what: &str, hint: &str) -> Failure {
    Failure { status: 2, ..Failure::new(what, hint) }
}

pub(crate) fn decider(context: &Context, named: Option<String>) -> Person {
    named.map_or_else(|| context.who.clone(), Person::named)
}

/// The step that is meant, with the nearest name where there is none.
pub(crate) fn find_step(case: &Case, given: &str) -> Result<StepRef, Failure> {
    case.find_step(given).map_err(|refusal| {
        let near = match &refusal {
            Refusal::UnknownStep { known, .. } => nearest_word(given, known).map(str::to_owned),
            _ => None,
        };
        let mut failure = Failure::from(refusal);
        if let Some(near) = near {
            failure.report.hint = Some(format!("did you mean {near}? `carecert status CASE` lists the steps"));
        }
        failure
    })
}

/// The entry that is cited, with its hash.
pub(crate) fn find_entry(case: &Case, given: &str) -> Result<(EntryId, Hash), Failure> {
    let found = case.cited(given).and_then(|entry| case.hash_of(&entry).map(|hash| (entry, hash)));
    found.ok_or_else(|| Refusal::UnknownEntry { given: given.to_owned() }.into())
}

/// `carecert decide`.
pub(crate) fn decide(context: &mut Context, decide: Decide) -> Done {
    let occurred = occurred(decide.occurred.as_deref())?;
    let session = context.open(&decide.case)?;
    let command = Command::Decide(MakeDecision {
        step: None,
        question: decide.question,
        choice: decide.choice,
        rationale: decide.why,
        decided_by: decider(context, decide.decided_by),
    });
    context.record(session, Order { command, occurred, begun: None })
}

/// `carecert notify`.
pub(crate) fn notify(context: &mut Context, notify: Notify) -> Done {
    let occurred = occurred(notify.occurred.as_deref())?;
    let text = text_or_stdin(notify.text)?;
    let session = context.open(&notify.case)?;
    let command = Command::Notify(RecordNotification {
        step: None,
        duty: notify.duty,
        to: notify.to,
        means: notify.means,
        reference: notify.reference,
        text,
        why: String::new(),
    });
    context.record(session, Order { command, occurred, begun: None })
}

/// `carecert correct`.
pub(crate) fn correct(context: &mut Context, correct: Correct) -> Done {
    let session = context.open(&correct.case)?;
    let (entry, hash) = find_entry(session.case(), &correct.entry)?;
    let command = Command::Correct(CorrectEntry { entry, hash, text: correct.text, why: correct.why });
    context.record(session, command.into())
}

/// `carecert amend`.
pub(crate) fn amend(context: &mut Context, amend: Amend) -> Done {
    let texts = amend.title.is_some() || amend.summary.is_some() || amend.tlp.is_some();
    if !texts && amend.severity.is_none() {
        return Err(usage("there is nothing to change", "give --severity, --title, --summary or --tlp"));
    }
    let mut session = context.open(&amend.case)?;
    let now = context::now();
    let mut records = Vec::new();
    if let Some(to) = amend.severity {
        records.extend(session.execute(0, Command::SetSeverity(SetSeverity { to, why: amend.why }).into(), now)?);
    }
    if texts {
        let command = Command::Amend(AmendCase { title: amend.title, summary: amend.summary, tlp: amend.tlp });
        // Of the two, the first may be recorded already.
        let cited: Vec<String> = records.iter().map(|record| session.case().cite(&record.id)).collect();
        let texts = session.execute(0, command.into(), now);
        records.extend(texts.map_err(|why| Failure::from(why).after(&cited))?);
    }
    let told = context.recorded(session.case(), &records, None);
    context.close(session);
    told?;
    Ok(0)
}

/// `carecert close`.
pub(crate) fn close(context: &mut Context, case: &str, why: String) -> Done {
    let session = context.open(case)?;
    context.record(session, Command::Close(CloseCase { why }).into())
}

/// `carecert reopen`.
pub(crate) fn reopen(context: &mut Context, case: &str, why: String) -> Done {
    let session = context.open(case)?;
    context.record(session, Command::Reopen(ReopenCase { why }).into())
}
