//! What acts on a step come to: done, left out, decided, answered, agreed to, run.

use super::{
    command::{Command, StepAct},
    early, length, long, person, reason, standpoint,
};
use crate::domain::{
    case::{
        Case,
        refusal::Refusal,
        steps::{Standing, Standpoint},
    },
    event::{self, Event},
    person::Person,
    playbook::{Kind, Question, Step, StepRef},
    step::attached_playbook::{Plan, StepState},
};

/// Done, started, left out, blocked or opened again; with the answers that come with it.
pub(super) fn act(case: &Case, step: &StepRef, act: &StepAct) -> Result<Vec<Event>, Refusal> {
    let point = standpoint(case, step)?;
    let state = match (&point.progress, &point.standing) {
        (Some(progress), _) => progress.state,
        // A step that is done for several things, as a whole: it has no progress of its own.
        (None, Standing::Done) => StepState::Done,
        (None, Standing::Skipped) => StepState::Skipped,
        (None, _) => StepState::Open,
    };
    let taken_up =
        |name: &String| point.plan.progress.get(name).is_some_and(|progress| progress.state != StepState::Open);
    let partly = point.plan.meant(step, |_| true).iter().any(taken_up);
    let already = |state| already(&point, state);
    let ends = matches!((&point.standing, act), (Standing::Repeats, StepAct::Skip { .. } | StepAct::Block { .. }));
    let settled = match state {
        StepState::Done => Some("done"),
        StepState::Skipped => Some("skipped"),
        _ => None,
    };
    if let (Some(state), false, false) = (settled, ends, matches!(act, StepAct::Reopen { .. } | StepAct::Done { .. })) {
        return Err(already(state));
    }
    let step = step.clone();
    Ok(vec![match act {
        StepAct::Done { note, why, answers } => return done(&point, step, note, why, answers),
        StepAct::Start { .. } if state == StepState::Started => return Err(already("started")),
        StepAct::Start { note } => {
            length("the note", note)?;
            event::StepStarted { step, note: note.clone() }.into()
        }
        StepAct::Skip { why } => event::StepSkipped { step, why: reason("skipping a step", why)? }.into(),
        StepAct::Block { why } => event::StepBlocked { step, why: reason("blocking a step", why)? }.into(),
        StepAct::Reopen { .. } if matches!(state, StepState::Open | StepState::Started) && !partly => {
            return Err(Refusal::NotSettled { step: point.title() });
        }
        StepAct::Reopen { why } => event::StepReopened { step, why: reason("reopening a step", why)? }.into(),
    }])
}

fn already(point: &Standpoint<'_>, state: &'static str) -> Refusal {
    let by = point.progress.map_or_else(String::new, |progress| format!(", by {}", progress.by.name));
    Refusal::Already { step: point.title(), state, by }
}

/// A settled step is done again only with a reason; one that recurs is done again as a matter of course.
pub(super) fn again(point: &Standpoint<'_>, why: &str) -> Result<(), Refusal> {
    let state = match point.standing {
        Standing::Done => "done",
        Standing::Skipped => "skipped",
        _ => return Ok(()),
    };
    match why.trim() {
        "" => Err(already(point, state)),
        _ => Ok(()),
    }
}

fn done(
    point: &Standpoint<'_>,
    step: StepRef,
    note: &str,
    why: &str,
    answers: &[(String, String)],
) -> Result<Vec<Event>, Refusal> {
    let by_kind = |kind: &'static str, by: &'static str| Refusal::ByKind { step: step.step.clone(), kind, by };
    match &point.step.kind {
        Kind::Decision { options, .. } => {
            let known = options.iter().map(|option| option.id.clone()).collect();
            return Err(Refusal::Choose { step: step.step, known });
        }
        Kind::Approve { .. } => return Err(by_kind("approve", "naming who agreed or refused")),
        Kind::Command { .. } => return Err(by_kind("command", "saying how the command went")),
        Kind::Task | Kind::Collect | Kind::Notify { .. } | Kind::Recur { .. } => {}
    }
    length("the note", note)?;
    let unmet = early(point, why)?;
    again(point, why)?;
    let mut events = Vec::new();
    for (id, given) in answers.iter().filter(|(_, given)| !given.trim().is_empty()) {
        let Some(question) = point.step.asks.iter().find(|question| question.id == *id) else {
            let known = point.step.asks.iter().map(|question| question.id.clone()).collect();
            return Err(Refusal::UnknownQuestion { given: id.clone(), known });
        };
        events.extend(answered(point.plan, point.step, question, given, why)?);
    }
    unanswered(point, &events, why)?;
    events.push(event::StepDone { step, note: note.to_owned(), why: why.to_owned(), unmet }.into());
    Ok(events)
}

/// Refuses a step that is done without an answer that it asks for, unless a reason is given.
fn unanswered(point: &Standpoint<'_>, given: &[Event], why: &str) -> Result<(), Refusal> {
    let answers = |question: &Question| {
        point.plan.answers.contains_key(&question.id)
            || given.iter().any(|event| matches!(event, Event::AnswerGiven(given) if given.question == question.id))
    };
    let open: Vec<&Question> =
        point.step.asks.iter().filter(|question| !question.optional && !answers(question)).collect();
    if open.is_empty() || !why.trim().is_empty() {
        return Ok(());
    }
    Err(Refusal::Unanswered {
        step: point.title(),
        asks: open.iter().map(|question| point.fill(&question.ask)).collect(),
        questions: open.iter().map(|question| question.id.clone()).collect(),
    })
}

/// The entry for an answer; `None` where that is the answer already.
fn answered(plan: &Plan, step: &Step, question: &Question, given: &str, why: &str) -> Result<Option<Event>, Refusal> {
    let bad = |why| Refusal::BadAnswer { question: question.id.clone(), why };
    let value = question.form.read(given).map_err(bad)?;
    if plan.answers.get(&question.id).is_some_and(|answered| answered.value == value) {
        return Ok(None);
    }
    let words = value.words(&question.form);
    let step = StepRef { playbook: plan.playbook.id.clone(), step: step.id.clone() };
    let (ask, why) = (plan.fill(&question.ask, None), why.to_owned());
    Ok(Some(event::AnswerGiven { step, question: question.id.clone(), ask, value, words, why }.into()))
}

/// An answer by itself, before its step or after.
pub(super) fn answer(case: &Case, name: &str, given: &str, why: &str) -> Result<Event, Refusal> {
    length("the reason", why)?;
    let (book, id) = name.split_once('/').map_or((None, name), |(book, id)| (Some(book), id));
    let plans = case.plans.iter().filter(|plan| book.is_none_or(|book| plan.playbook.id == book));
    let found = plans.filter_map(|plan| plan.question(id).map(|(step, question)| (plan, step, question))).next();
    let Some((plan, step, question)) = found else {
        let known = case.plans.iter().flat_map(|plan| plan.playbook.questions());
        let known = known.map(|(_, question)| question.id.clone()).collect();
        return Err(Refusal::UnknownQuestion { given: name.to_owned(), known });
    };
    answered(plan, step, question, given, why)?.ok_or(Refusal::Same { what: "the answer" })
}

/// Another person agreed, or did not.
pub(super) fn approval(case: &Case, command: &Command) -> Result<Event, Refusal> {
    let Command::Approve { step, agreed, person: who, means, words, why, asker } = command else {
        return Err(Refusal::Same { what: "the approval" });
    };
    let point = standpoint(case, step)?;
    let Kind::Approve { question, .. } = &point.step.kind else {
        return Err(not_of_kind(&point, "approve"));
    };
    person(who)?;
    if who.name.trim().eq_ignore_ascii_case(asker.name.trim()) {
        return Err(Refusal::SamePerson { name: asker.name.clone() });
    }
    length("the means", means)?;
    length("what they said", words)?;
    let unmet = early(&point, why)?;
    again(&point, why)?;
    Ok(event::ApprovalGiven {
        step: step.clone(),
        question: point.fill(question),
        agreed: *agreed,
        person: who.clone(),
        means: means.clone(),
        words: words.clone(),
        why: why.clone(),
        unmet,
    }
    .into())
}

/// A command was run by hand.
pub(super) fn report(case: &Case, command: &Command) -> Result<Event, Refusal> {
    let Command::Report { step, system, succeeded, outcome, why } = command else {
        return Err(Refusal::Same { what: "the report" });
    };
    let point = standpoint(case, step)?;
    let Kind::Command { lines } = &point.step.kind else {
        return Err(not_of_kind(&point, "command"));
    };
    let Some(line) = lines.iter().find(|line| line.system == *system) else {
        let known = lines.iter().map(|line| line.system.word()).collect();
        return Err(Refusal::NoCommand { step: point.name().step, system: system.word(), known });
    };
    long("what came of it", outcome)?;
    let unmet = early(&point, why)?;
    again(&point, why)?;
    Ok(event::CommandReported {
        step: step.clone(),
        system: *system,
        argv: line.argv.iter().map(|word| point.fill(word)).collect(),
        succeeded: *succeeded,
        outcome: outcome.clone(),
        why: why.clone(),
        unmet,
    }
    .into())
}

fn not_of_kind(point: &Standpoint<'_>, wanted: &'static str) -> Refusal {
    Refusal::NotOfKind { step: point.name().step, kind: point.step.kind.word(), wanted }
}

/// A decision, by a step or on one's own account.
pub(super) fn decision(
    case: &Case,
    step: Option<&StepRef>,
    question: &str,
    choice: &str,
    rationale: &str,
    decided_by: &Person,
) -> Result<Event, Refusal> {
    person(decided_by)?;
    let rationale = reason("a decision", rationale)?;
    let decided_by = decided_by.clone();
    let Some(step) = step else {
        long("the question", question)?;
        long("the decision", choice)?;
        let (question, label) = (question.to_owned(), choice.to_owned());
        let (step, choice, unmet) = (None, String::new(), Vec::new());
        return Ok(event::DecisionMade { step, question, choice, label, rationale, decided_by, unmet }.into());
    };
    let point = standpoint(case, step)?;
    let Kind::Decision { question, options } = &point.step.kind else {
        return Err(Refusal::NotADecision { step: step.step.clone() });
    };
    if point.standing == Standing::Done {
        return Err(already(&point, "decided"));
    }
    let Some(option) = options.iter().find(|option| option.id == choice) else {
        let known = options.iter().map(|option| option.id.clone()).collect();
        return Err(Refusal::UnknownOption { step: step.step.clone(), given: choice.to_owned(), known });
    };
    Ok(event::DecisionMade {
        step: Some(step.clone()),
        question: point.fill(question),
        choice: option.id.clone(),
        label: point.fill(&option.label),
        rationale,
        decided_by,
        unmet: point.unmet(),
    }
    .into())
}
