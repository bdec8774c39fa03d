//! `carecert playbook walk`: a rehearsal without a case.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        references::find_playbook,
        values::parse_pair,
    },
    domain::{
        case::steps::StepStatus,
        decide::Attach,
        playbook::Playbook,
        text::make_safe,
        wording::{did_you_mean::nearest_word, duration::hours_and_minutes},
    },
    playbook::{Asked, Chosen, Coverage, End, Limits, Said, Walk, WalkRow, Way, find_coverage, walk_playbook},
};
use clap::Args;
use serde_json::{Value, json};

/// Rehearse one without a case: what would be asked, and when.
#[derive(Debug, Args)]
pub(crate) struct WalkPlaybook {
    /// Its id, or a file.
    #[arg(value_name = "ID")]
    id: String,
    /// How a step comes out: an option, agreed or refused, succeeded or failed; the first where it is not said.
    #[arg(long = "choose", value_name = "STEP=OPTION", value_parser = parse_pair)]
    choices: Vec<(String, String)>,
    /// The answer to a question; a sample where it is not said.
    #[arg(long = "answer", value_name = "QUESTION=VALUE", value_parser = parse_pair)]
    answers: Vec<(String, String)>,
    /// Walk every option and every answer that something hangs on; status 1 where a step is never reached.
    #[arg(long, conflicts_with_all = ["choices", "answers"])]
    all: bool,
}

impl WalkPlaybook {
    /// Once, or in every way.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let attach = find_playbook(&context.read_usable_playbooks(), &self.id)?;
        if self.all {
            return walk_every_way(context, &attach);
        }
        let (choices, answers) = (&self.choices, &self.answers);
        refuse_unknown(&attach.playbook, choices, answers)?;
        let said = |asked: &Asked<'_>| {
            let (name, among) = match asked.question {
                Some(question) => (question.id.as_str(), answers),
                None => (asked.step, choices),
            };
            among.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        };
        let mut choose = |asked: &Asked<'_>| match said(asked) {
            Some(value) => Chosen::Way(value),
            None => Chosen::First,
        };
        let walk = walk_playbook(&attach.playbook, &attach.duties, &mut choose, Limits::default());
        if context.json {
            context.print_json(&json_of_walk(&walk))?;
        } else {
            context.print(&describe_walk(&attach, &walk, choices.len() + answers.len() > 0).join("\n"))?;
        }
        Ok(u8::from(walk.end != End::Settled))
    }
}

/// Refuses steps, options, questions and answers that the playbook does not know.
fn refuse_unknown(
    playbook: &Playbook,
    choices: &[(String, String)],
    answers: &[(String, String)],
) -> Result<(), Failure> {
    let one_of = |what: String, given: &str, known: &[String]| {
        let hint = match nearest_word(given, known) {
            Some(near) => format!("did you mean {near}?"),
            None if known.is_empty() => "there is none".to_owned(),
            None => format!("there are: {}", known.join(", ")),
        };
        Failure::new(what, hint)
    };
    for (id, option) in choices {
        let Some(step) = playbook.step(id) else {
            let steps: Vec<String> = playbook.steps().map(|(_, step)| step.id.clone()).collect();
            return Err(one_of(format!("there is no step {id:?}"), id, &steps));
        };
        let outcomes: Vec<String> = step.kind.outcomes().into_iter().map(str::to_owned).collect();
        if !outcomes.contains(option) {
            return Err(one_of(format!("{id} does not come out as {option:?}"), option, &outcomes));
        }
    }
    for (id, given) in answers {
        let Some((_, question)) = playbook.question(id) else {
            let questions: Vec<String> = playbook.questions().map(|(_, question)| question.id.clone()).collect();
            return Err(one_of(format!("there is no question {id:?}"), id, &questions));
        };
        if let Err(why) = question.form.read(given) {
            return Err(Failure::new(format!("the answer to {id}: {why}"), "give an answer of its form"));
        }
    }
    Ok(())
}

fn describe_walk(attach: &Attach, walk: &Walk, chosen: bool) -> Vec<String> {
    let Attach { playbook, .. } = attach;
    let mut lines = vec![format!(
        "rehearsal of {} ({} {})",
        make_safe(&playbook.title),
        make_safe(&playbook.id),
        make_safe(&playbook.version)
    )];
    lines.push(match chosen {
        true => {
            "Times are hours and minutes. What was not said on the command line: the first option, a sample answer."
                .into()
        }
        false => "Times are hours and minutes. Chosen is the first option each time, and answers are samples.".into(),
    });
    lines.push(String::new());
    let said = |name: &str| format!("{:<10} {:<16} {name}", "", "");
    for row in &walk.rows {
        lines.push(format!(
            "{:>10} {:<16} {} ({})",
            hours_and_minutes(row.minute),
            make_safe(&row.step),
            make_safe(&row.title),
            row.kind
        ));
        for Said { ask, way, .. } in &row.asked {
            let sample = if way.sample { " (a sample)" } else { "" };
            let ask = if ask.is_empty() { String::new() } else { format!("{} ", make_safe(ask)) };
            lines.push(said(&format!("{ask}→ {}{sample}", make_safe(&way.label))));
        }
        if let Some(why) = &row.skipped {
            lines.push(said(&format!("left out: {}", make_safe(why))));
        }
        for (word, steps) in [("opens", &row.opened), ("closes", &row.closed)] {
            if !steps.is_empty() {
                lines.push(said(&format!("{word} {}", make_safe(&name_few(steps)))));
            }
        }
    }
    lines.push(String::new());
    lines.push(describe_end(walk));
    let of = |wanted: StepStatus| {
        let names = walk.state.iter().filter(|(_, standing)| *standing == wanted).map(|(name, _)| name.clone());
        names.collect::<Vec<_>>()
    };
    for (what, names) in [("goes on", of(StepStatus::Repeats)), ("closed, so never asked", of(StepStatus::Closed))] {
        if !names.is_empty() {
            lines.push(format!("{what}: {}", make_safe(&names.join(", "))));
        }
    }
    lines
}

fn name_few(names: &[String]) -> String {
    match names.get(12..) {
        Some(more) if !more.is_empty() => {
            format!("{} and {} more", names.iter().take(12).cloned().collect::<Vec<_>>().join(", "), more.len())
        }
        _ => names.join(", "),
    }
}

fn describe_end(walk: &Walk) -> String {
    let after = walk.rows.last().map_or(0, |row| row.minute);
    let acts = walk.rows.len();
    match &walk.end {
        End::Settled => format!("ends after {acts} acts and {}: nothing is left to do", hours_and_minutes(after)),
        End::Stuck(left) => {
            format!(
                "STUCK after {acts} acts and {}: these can never be done: {}",
                hours_and_minutes(after),
                make_safe(&name_few(left))
            )
        }
        End::Long => format!("STOPPED after {acts} acts and {}: it went on for too long", hours_and_minutes(after)),
        End::Refused(why) => format!("STOPPED after {acts} acts: {}", make_safe(why)),
    }
}

fn json_of_walk(walk: &Walk) -> Value {
    let way = |said: &Said| {
        let Said { question, ask, way } = said;
        json!({"question": question, "ask": ask, "chosen": way.id, "label": way.label, "sample": way.sample})
    };
    let row = |row: &WalkRow| {
        json!({
            "minute": row.minute, "step": row.step, "title": row.title, "kind": row.kind,
            "asked": row.asked.iter().map(way).collect::<Vec<_>>(), "skipped": row.skipped,
            "opened": row.opened, "closed": row.closed,
        })
    };
    let state = |(name, standing): &(String, StepStatus)| json!({"id": name, "state": standing.word()});
    let end = match &walk.end {
        End::Settled => "settled",
        End::Stuck(_) => "stuck",
        End::Long => "stopped",
        End::Refused(_) => "refused",
    };
    json!({
        "end": end, "said": describe_end(walk),
        "rows": walk.rows.iter().map(row).collect::<Vec<_>>(),
        "state": walk.state.iter().map(state).collect::<Vec<_>>(),
    })
}

/// Every way through it; status 1 where something is never reached or a walk does not end well.
fn walk_every_way(context: &Context, attach: &Attach) -> CommandResult {
    let Attach { playbook, duties, .. } = attach;
    let coverage = find_coverage(playbook, duties, Limits::default());
    let bad = |walk: &&Walk| walk.end != End::Settled;
    let unfinished = coverage.walks.iter().filter(bad).count();
    let ok = coverage.unreached.is_empty() && coverage.untaken.is_empty() && unfinished == 0 && !coverage.cut;
    if context.json {
        let untaken = |(key, way): &(String, Way)| json!({"of": key, "way": way.id});
        let walks = coverage
            .walks
            .iter()
            .map(|walk| json!({"acts": walk.rows.len(), "chosen": choices_of(walk), "end": describe_end(walk)}));
        context.print_json(&json!({
            "ok": ok, "playbook": playbook.id, "steps": playbook.steps().count(),
            "walks": walks.collect::<Vec<_>>(), "unreached": coverage.unreached,
            "untaken": coverage.untaken.iter().map(untaken).collect::<Vec<_>>(), "cut": coverage.cut,
        }))?;
    } else {
        context.print(&describe_coverage(playbook, &coverage, unfinished).join("\n"))?;
    }
    Ok(u8::from(!ok))
}

/// What was chosen in a walk: `nation=england`.
fn choices_of(walk: &Walk) -> Vec<String> {
    let mut chosen = Vec::new();
    for row in &walk.rows {
        for Said { question, way, .. } in &row.asked {
            let things = way.id.split(", ").count();
            let word = match (way.id.as_str(), way.sample) {
                ("", _) => "no answer".to_owned(),
                (_, true) if things > 1 => format!("{things} things"),
                (id, _) => id.to_owned(),
            };
            let of = if question.is_empty() { &row.step } else { question };
            chosen.push(format!("{of}={word}"));
        }
    }
    chosen
}

fn describe_coverage(playbook: &Playbook, coverage: &Coverage, unfinished: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let first = coverage.walks.first().map(choices_of).unwrap_or_default();
    for (at, walk) in coverage.walks.iter().enumerate() {
        let own: Vec<String> =
            choices_of(walk).into_iter().filter(|choice| at == 0 || !first.contains(choice)).collect();
        let own = if own.is_empty() { "as the first".to_owned() } else { name_few(&own) };
        lines.push(format!("walk {:>3}: {}; {}", at + 1, make_safe(&own), describe_end(walk)));
    }
    let steps = playbook.steps().count();
    let reached = steps - coverage.unreached.len();
    lines.push(format!("\n{} walks; {reached} of {steps} steps reached", coverage.walks.len()));
    if !coverage.unreached.is_empty() {
        lines.push(format!("NEVER REACHED: {}", make_safe(&coverage.unreached.join(", "))));
    }
    for (key, way) in &coverage.untaken {
        let way = if way.id.is_empty() { "no answer" } else { &way.id };
        match key.strip_prefix('?') {
            Some(question) => lines.push(format!("NEVER ANSWERED: {} with {}", make_safe(question), make_safe(way))),
            None => lines.push(format!("NEVER CHOSEN: {} in {}", make_safe(way), make_safe(key))),
        }
    }
    if unfinished > 0 {
        lines.push(format!("{unfinished} walks DID NOT END WELL"));
    }
    if coverage.cut {
        lines.push("CUT SHORT: there are too many ways to walk them all".into());
    }
    if coverage.untaken.is_empty() && !coverage.cut {
        lines.push("every option, outcome and answer that something hangs on was taken".into());
    }
    lines
}
