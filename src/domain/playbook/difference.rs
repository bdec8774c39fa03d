//! How two versions of a playbook differ, in words.

use super::{Kind, Phase, Playbook, Step, condition_text};
use crate::domain::wording::duration::short_span;

/// Every difference from `old` to `new`, a sentence each, in the order of the new one; empty where they say the same.
pub fn list_differences(old: &Playbook, new: &Playbook) -> Vec<String> {
    let mut said = Vec::new();
    compare_text(&mut said, "the id", &old.id, &new.id);
    compare_text(&mut said, "the version", &old.version, &new.version);
    compare_text(&mut said, "the title", &old.title, &new.title);
    compare_text(&mut said, "the summary", &old.summary, &new.summary);
    compare_lists(&mut said, "source", &old.sources, &new.sources);
    compare_lists(&mut said, "duty", &old.duties, &new.duties);
    compare_roles(&mut said, old, new);
    compare_phases(&mut said, old, new);
    compare_steps(&mut said, old, new);
    if old != new && said.is_empty() {
        said.push("the same in words, but written differently".into());
    }
    said
}

fn compare_text(said: &mut Vec<String>, what: &str, old: &str, new: &str) {
    match (old, new) {
        (old, new) if old == new => {}
        ("", new) => said.push(format!("{what} is added: {new}")),
        (old, "") => said.push(format!("{what} is taken out; it was: {old}")),
        (old, new) => said.push(format!("{what} was: {old} — and is: {new}")),
    }
}

fn compare_lists(said: &mut Vec<String>, what: &str, old: &[String], new: &[String]) {
    said.extend(new.iter().filter(|name| !old.contains(name)).map(|name| format!("{what} added: {name}")));
    said.extend(old.iter().filter(|name| !new.contains(name)).map(|name| format!("{what} taken out: {name}")));
    let same = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|name| other.contains(name)).cloned().collect()
    };
    if same(old, new) != same(new, old) {
        said.push(format!("{what}: in another order"));
    }
}

fn compare_roles(said: &mut Vec<String>, old: &Playbook, new: &Playbook) {
    for role in &new.roles {
        match old.roles.iter().find(|known| known.id == role.id) {
            None => said.push(format!("role added: {} ({})", role.title, role.id)),
            Some(known) => {
                compare_text(said, &format!("role {}, its title", role.id), &known.title, &role.title);
                compare_text(said, &format!("role {}, what it does", role.id), &known.does, &role.does);
            }
        }
    }
    let gone = old.roles.iter().filter(|role| !new.roles.iter().any(|known| known.id == role.id));
    said.extend(gone.map(|role| format!("role taken out: {} ({})", role.title, role.id)));
    let order = |of: &Playbook, other: &Playbook| -> Vec<String> {
        let both = of.roles.iter().filter(|role| other.roles.iter().any(|known| known.id == role.id));
        both.map(|role| role.id.clone()).collect()
    };
    if order(old, new) != order(new, old) {
        said.push("roles: in another order".into());
    }
}

fn compare_phases(said: &mut Vec<String>, old: &Playbook, new: &Playbook) {
    for phase in &new.phases {
        match old.phases.iter().find(|known| known.id == phase.id) {
            None => said.push(format!("phase added: {} ({})", phase.title, phase.id)),
            Some(known) => {
                compare_text(said, &format!("phase {}, its title", phase.id), &known.title, &phase.title);
                compare_lists(said, &format!("phase {}, it needs the phase", phase.id), &known.needs, &phase.needs);
                let was = condition_text::word_condition(old, &known.when);
                compare_text(
                    said,
                    &format!("phase {}, when it applies", phase.id),
                    &was,
                    &condition_text::word_condition(new, &phase.when),
                );
            }
        }
    }
    let gone = old.phases.iter().filter(|phase| !new.phases.iter().any(|known| known.id == phase.id));
    said.extend(gone.map(|phase| format!("phase taken out: {} ({})", phase.title, phase.id)));
    let order = |of: &Playbook, other: &Playbook| -> Vec<String> {
        let both = of.phases.iter().filter(|phase| other.phases.iter().any(|known| known.id == phase.id));
        both.map(|phase| phase.id.clone()).collect()
    };
    if order(old, new) != order(new, old) {
        said.push("phases: in another order".into());
    }
}

fn compare_steps(said: &mut Vec<String>, old: &Playbook, new: &Playbook) {
    let was: Vec<(&Phase, &Step)> = old.steps().collect();
    let is: Vec<(&Phase, &Step)> = new.steps().collect();
    let find = |among: &[(&Phase, &Step)], id: &str| among.iter().position(|(_, step)| step.id == id);
    for (phase, step) in &is {
        match find(&was, &step.id).and_then(|at| was.get(at)) {
            None => said.push(format!("step added to {}: {} ({})", phase.title, step.title, step.id)),
            Some((before, known)) => {
                if before.id != phase.id {
                    said.push(format!("step {} moved from {} to {}", step.id, before.title, phase.title));
                }
                step_changes(said, (old, known), (new, step));
            }
        }
    }
    for (phase, step) in was.iter().filter(|(_, step)| find(&is, &step.id).is_none()) {
        said.push(format!("step taken out of {}: {} ({})", phase.title, step.title, step.id));
    }
    for phase in &new.phases {
        let Some(known) = old.phases.iter().find(|known| known.id == phase.id) else { continue };
        let order = |of: &Phase, other: &Phase| -> Vec<String> {
            let both = of.steps.iter().filter(|step| other.steps.iter().any(|known| known.id == step.id));
            both.map(|step| step.id.clone()).collect()
        };
        if order(known, phase) != order(phase, known) {
            said.push(format!("steps of {}: in another order", phase.title));
        }
    }
}

fn step_changes(said: &mut Vec<String>, (old, was): (&Playbook, &Step), (new, is): (&Playbook, &Step)) {
    let before = said.len();
    let of = |what: &str| format!("step {}, {what}", is.id);
    compare_text(said, &of("its title"), &was.title, &is.title);
    compare_text(said, &of("what to do"), &was.what, &is.what);
    compare_text(said, &of("why"), &was.why, &is.why);
    compare_text(said, &of("care"), &was.care, &is.care);
    compare_text(said, &of("its owner"), &was.owner, &is.owner);
    compare_text(
        said,
        &of("when it is due"),
        &condition_text::word_due_time(old, was),
        &condition_text::word_due_time(new, is),
    );
    compare_lists(said, &of("it needs"), &was.needs, &is.needs);
    compare_text(
        said,
        &of("when it applies"),
        &condition_text::word_condition(old, &was.when),
        &condition_text::word_condition(new, &is.when),
    );
    let each = |step: &Step| step.each.clone().unwrap_or_default();
    compare_text(said, &of("the list that it is done for"), &each(was), &each(is));
    compare_lists(said, &of("it expects"), &was.expects, &is.expects);
    let shared = |step: &Step| step.shared.clone().unwrap_or_default();
    compare_text(said, &of("the name that it shares"), &shared(was), &shared(is));
    if was.asks != is.asks {
        let asks =
            |step: &Step| step.asks.iter().map(|q| format!("{}: {}", q.id, q.ask)).collect::<Vec<_>>().join("; ");
        match (asks(was), asks(is)) {
            (before, now) if before == now => said.push(of("how its questions may be answered is changed")),
            (before, now) => compare_text(said, &of("what it asks"), &before, &now),
        }
    }
    if was.kind != is.kind {
        let (before, now) = (word_kind(&was.kind), word_kind(&is.kind));
        match before == now {
            true => said.push(of("what its options mean is changed")),
            false => compare_text(said, &of("its kind"), &before, &now),
        }
    }
    if was != is && said.len() == before {
        said.push(of("the same in words, but written differently"));
    }
}

fn word_kind(kind: &Kind) -> String {
    let word = kind.word();
    match kind {
        Kind::Task | Kind::Collect => word.to_owned(),
        Kind::Decision { question, options } => {
            let options: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
            format!("{word}: {question} ({})", options.join("; "))
        }
        Kind::Command { lines } => {
            let lines: Vec<String> =
                lines.iter().map(|line| format!("{}: {}", line.system.word(), line.argv.join(" "))).collect();
            format!("{word}: {}", lines.join("; "))
        }
        Kind::Notify { duty, to, say } => {
            let duty = duty.as_ref().map_or_else(String::new, |duty| format!(" for {duty}"));
            format!("{word}: {to}{duty}. {say}")
        }
        Kind::Approve { by, question } => format!("{word}: {by}, {question}"),
        Kind::Recur { every, until } => {
            let until = until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
            format!("{word}: every {}{until}", short_span(*every))
        }
    }
}
