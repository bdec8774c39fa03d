//! Whether a step can ever apply: some combination of answers must make its `when`, and its phase's, true.

use super::known::Known;
use crate::{
    domain::playbook::{Form, Phase, Playbook, Step, When},
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Sink},
    },
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Answers that one condition may depend on; with more than this it is not tried out.
const FACTS: usize = 12;
/// Combinations tried for one condition.
const TRIES: usize = 4096;
/// Conditions looked at for one playbook; past this no more steps are tried out.
const WORK: usize = 2_000_000;

/// Something that comes out one way or another, and that conditions look at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Fact<'a> {
    /// How a decision, a command or an approval came out: the number of its outcome.
    Outcome(&'a str),
    /// Whether a step was done: 0 or 1.
    Done(&'a str),
    /// The answer to a question: 0 or 1 for no and yes, the place of an option from 1, or a number.
    Answer(&'a str),
}

/// Finds the steps that no combination of answers opens. The playbook must have no cycles.
pub(super) fn check_reach<'a>(playbook: &'a Playbook, known: &Known<'a>, sink: &mut Sink<'_>) {
    let mut work = WORK;
    for (phase_at, phase) in playbook.phases.iter().enumerate() {
        let path = format!("phases[{phase_at}]");
        if !phase.when.is_always() && can_hold(&[&phase.when], known, &mut work) == Some(false) {
            sink.error(&format!("{path}.when"), Code::NeverApplies, || {
                describe_never(&format!("the phase {}", quote_word(&phase.id)), &[&phase.when])
            });
            continue; // nor can its steps, and to say so of each helps nobody
        }
        for (at, step) in phase.steps.iter().enumerate().filter(|(_, step)| !step.when.is_always()) {
            let whens = conditions_of(phase, step);
            if can_hold(&whens, known, &mut work) == Some(false) {
                let path = format!("{path}.steps[{at}].when");
                // If the step's own condition is the impossible one, the message names only that.
                let alone = [&step.when];
                let whens = if can_hold(&alone, known, &mut work) == Some(false) { &alone[..] } else { &whens };
                sink.error(&path, Code::NeverApplies, || describe_never(&quote_word(&step.id), whens));
            }
        }
    }
}

/// Both must hold for the step to apply.
fn conditions_of<'a>(phase: &'a Phase, step: &'a Step) -> [&'a When; 2] {
    [&phase.when, &step.when]
}

/// What is wrong with a step or phase that can never apply, and a hint.
fn describe_never(who: &str, whens: &[&When]) -> (String, String) {
    let hint = match whens {
        [_] => "did you mean Any([…]), for one of several answers?",
        _ => "a step applies only where its phase does too: change one of the two",
    };
    (format!("{who} can never apply: {}", explain_never(whens)), hint.to_owned())
}

/// Why it can never apply: two options of one choice, if that is the reason, since it is the usual slip.
fn explain_never(whens: &[&When]) -> String {
    let mut chosen: HashMap<&str, &str> = HashMap::new();
    let parts = whens.iter().flat_map(|when| match when {
        When::All(parts) => parts.iter().collect(),
        When::Always
        | When::Chose(..)
        | When::Done(_)
        | When::Yes(_)
        | When::Answered(..)
        | When::AtLeast(..)
        | When::Gate(_)
        | When::Any(_)
        | When::Not(_) => vec![*when],
    });
    for part in parts {
        if let When::Chose(asked, option) | When::Answered(asked, option) = part
            && let Some(other) = chosen.insert(asked, option)
            && other != option
        {
            return format!("{} cannot be both {} and {}", quote_word(asked), quote_word(other), quote_word(option));
        }
    }
    match whens {
        [_] => "no answers make its `when` true".to_owned(),
        _ => "no answers make both its `when` and its phase's true".to_owned(),
    }
}

/// Whether some combination of answers makes all of `whens` true; `None` where there are too many to try.
fn can_hold<'a>(whens: &[&'a When], known: &Known<'a>, work: &mut usize) -> Option<bool> {
    let facts = Facts::of(whens, known, work)?.list_values()?;
    let tries = facts
        .iter()
        .try_fold(1_usize, |product, (_, values)| product.checked_mul(values.len()).filter(|p| *p <= TRIES))?;
    let mut trial = Trial { known, given: HashMap::new(), applied: HashMap::new(), work };
    for number in 0..tries {
        // The number, read as digits of mixed base, is one choice of a value for each fact.
        let mut left = number;
        for (fact, values) in &facts {
            trial.given.insert(*fact, values.get(left % values.len()).copied()?);
            left /= values.len();
        }
        // What applies depends on the answers, which are others now.
        trial.applied.clear();
        if trial.all_hold(whens)? {
            return Some(true);
        }
    }
    Some(false)
}

/// The answers that conditions depend on, with those that these depend on.
struct Facts<'a, 'k> {
    known: &'k Known<'a>,
    found: BTreeSet<Fact<'a>>,
    /// For answers that are counted, the numbers that they are compared with.
    thresholds: BTreeMap<&'a str, BTreeSet<i64>>,
    open: Vec<&'a When>,
    seen: HashSet<&'a str>,
}

impl<'a, 'k> Facts<'a, 'k> {
    /// `None` where there are too many, or where one is about something that does not exist, which is a fault of
    /// its own.
    fn of(whens: &[&'a When], known: &'k Known<'a>, work: &mut usize) -> Option<Self> {
        let mut facts = Facts {
            known,
            found: BTreeSet::new(),
            thresholds: BTreeMap::new(),
            open: whens.to_vec(),
            seen: HashSet::new(),
        };
        while let Some(when) = facts.open.pop() {
            for leaf in when.leaves() {
                *work = work.checked_sub(1)?;
                facts.add_leaf(leaf)?;
                // The combinations double with each fact; what is not tried is not found fault with.
                if facts.found.len() > FACTS {
                    return None;
                }
            }
        }
        Some(facts)
    }

    /// Notes what one leaf depends on; `None` if it asks about something that does not exist.
    fn add_leaf(&mut self, leaf: &'a When) -> Option<()> {
        match leaf {
            When::Chose(step, option) => {
                let asked = self.add_step(step)?;
                self.found.insert(Fact::Outcome(&asked.id));
                asked.kind.outcomes().contains(&option.as_str()).then_some(())
            }
            When::Done(step) => {
                let asked = self.add_step(step)?;
                self.found.insert(Fact::Done(&asked.id));
                Some(())
            }
            When::Yes(id) => self.add_answer(id).map(|_| ()),
            When::Answered(id, option) => match self.add_answer(id)? {
                Form::OneOf(options) => options.iter().any(|known| known.id == *option).then_some(()),
                Form::Text | Form::Number | Form::YesNo | Form::List => None,
            },
            When::AtLeast(id, least) => self.add_threshold(id, *least),
            When::Gate(duty) => {
                let duty = *self.known.duties.get(duty.as_str())?;
                duty.gate.iter().try_for_each(|threshold| self.add_threshold(&threshold.question, threshold.at_least))
            }
            When::Always | When::All(_) | When::Any(_) | When::Not(_) => Some(()),
        }
    }

    /// The step of that name; whether it applies matters too.
    fn add_step(&mut self, id: &str) -> Option<&'a Step> {
        let (phase, step) = *self.known.steps.get(id)?;
        if self.seen.insert(&step.id) {
            self.open.extend(conditions_of(phase, step));
        }
        Some(step)
    }

    /// Notes the answer to a question, and gives its form.
    fn add_answer(&mut self, id: &str) -> Option<&'a Form> {
        let (step, question) = *self.known.questions.get(id)?;
        self.add_step(&step.id)?;
        self.found.insert(Fact::Answer(&question.id));
        Some(&question.form)
    }

    /// Notes an answer and the number that it is compared with.
    fn add_threshold(&mut self, id: &str, least: i64) -> Option<()> {
        self.add_answer(id)?;
        let (_, question) = self.known.questions.get(id)?;
        self.thresholds.entry(&question.id).or_default().insert(least);
        Some(())
    }

    /// Every fact with the values that it may take.
    fn list_values(self) -> Option<Vec<(Fact<'a>, Vec<i64>)>> {
        let count = |length: usize| i64::try_from(length).ok();
        let mut all = Vec::new();
        for fact in &self.found {
            let values: Vec<i64> = match fact {
                Fact::Done(_) => vec![0, 1],
                Fact::Outcome(id) => (0..count(self.known.steps.get(id)?.1.kind.outcomes().len())?).collect(),
                Fact::Answer(id) => {
                    let compared = self.thresholds.get(id);
                    match &self.known.questions.get(id)?.1.form {
                        Form::YesNo => vec![0, 1],
                        Form::OneOf(options) => (1..=count(options.len())?).collect(),
                        Form::Number => sample_values(compared?, i64::MIN),
                        Form::List => sample_values(compared?, 0),
                        // No condition weighs words, so this is a fault that is reported elsewhere.
                        Form::Text => return None,
                    }
                }
            };
            if values.is_empty() {
                return None;
            }
            all.push((*fact, values));
        }
        Some(all)
    }
}

/// One number below all of `compared`, and each of them; none below `least`.
fn sample_values(compared: &BTreeSet<i64>, least: i64) -> Vec<i64> {
    let below = compared.first().map_or(least, |first| first.saturating_sub(1));
    [below].iter().chain(compared).copied().filter(|value| *value >= least).collect()
}

/// One combination of answers, and what applies under it.
struct Trial<'a, 'w> {
    known: &'w Known<'a>,
    given: HashMap<Fact<'a>, i64>,
    /// Steps whose conditions were worked out; without this a chain of steps would be worked out again and again.
    applied: HashMap<&'a str, bool>,
    work: &'w mut usize,
}

impl<'a> Trial<'a, '_> {
    /// Whether all of `whens` are true; `None` once the work is spent.
    fn all_hold(&mut self, whens: &[&'a When]) -> Option<bool> {
        for when in whens {
            if !self.holds(when)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether `when` is true. What depends on a step that does not apply is not. The depth is bounded: by the limit on
    /// brackets in a text, times the number of facts.
    fn holds(&mut self, when: &'a When) -> Option<bool> {
        *self.work = self.work.checked_sub(1)?;
        Some(match when {
            When::Always => true,
            // A step that does not apply is never done, whatever the combination says.
            When::Done(step) => self.given(Fact::Done(step)) == Some(1) && self.applies(step)?,
            When::Chose(step, option) => {
                let (_, asked) = self.known.steps.get(step.as_str())?;
                let outcome = self.given(Fact::Outcome(step)).and_then(|outcome| usize::try_from(outcome).ok())?;
                asked.kind.outcomes().get(outcome) == Some(&option.as_str()) && self.applies(step)?
            }
            When::Yes(id) => self.given(Fact::Answer(id)) == Some(1) && self.is_asked(id)?,
            When::Answered(id, option) => {
                let (_, question) = self.known.questions.get(id.as_str())?;
                let Form::OneOf(options) = &question.form else { return None };
                let place = options.iter().position(|known| known.id == *option)?;
                self.given(Fact::Answer(id)) == i64::try_from(place + 1).ok() && self.is_asked(id)?
            }
            When::AtLeast(id, least) => self.at_least(id, *least)?,
            When::Gate(duty) => {
                let duty = *self.known.duties.get(duty.as_str())?;
                for threshold in &duty.gate {
                    if !self.at_least(&threshold.question, threshold.at_least)? {
                        return Some(false);
                    }
                }
                true
            }
            When::All(parts) => {
                for part in parts {
                    if !self.holds(part)? {
                        return Some(false);
                    }
                }
                true
            }
            When::Any(parts) => {
                for part in parts {
                    if self.holds(part)? {
                        return Some(true);
                    }
                }
                false
            }
            When::Not(part) => !self.holds(part)?,
        })
    }

    /// The value of a fact in this combination.
    fn given(&self, fact: Fact<'_>) -> Option<i64> {
        self.given.get(&fact).copied()
    }

    /// Whether the answer is there and at least so much.
    fn at_least(&mut self, id: &str, least: i64) -> Option<bool> {
        Some(self.given(Fact::Answer(id)).is_some_and(|answer| answer >= least) && self.is_asked(id)?)
    }

    /// Whether the step that asks the question applies.
    fn is_asked(&mut self, question: &str) -> Option<bool> {
        let (step, _) = *self.known.questions.get(question)?;
        self.applies(&step.id)
    }

    /// Whether the step applies in this combination.
    fn applies(&mut self, id: &str) -> Option<bool> {
        if let Some(applies) = self.applied.get(id) {
            return Some(*applies);
        }
        let (phase, step) = *self.known.steps.get(id)?;
        let applies = self.all_hold(&conditions_of(phase, step))?;
        self.applied.insert(&step.id, applies);
        Some(applies)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::duty::{Duty, Threshold};
    use crate::playbook::{Code, examine};

    /// Whether a step with this `when`, in a phase with that one, is said never to apply.
    fn never(phase: &str, when: &str) -> bool {
        let text = format!(
            "(id: \"t\", version: \"1\", title: \"T\", roles: [(id: \"r\", title: \"R\")], duties: [\"g\"], phases: [
                (id: \"a\", title: \"A\", steps: [
                    (id: \"ask\", title: \"t\", what: \"w\", owner: \"r\", asks: [
                        (id: \"n\", ask: \"n\", form: Number), (id: \"l\", ask: \"l\", form: List),
                        (id: \"y\", ask: \"y\", form: YesNo), (id: \"s\", ask: \"s\", form: OneOf([
                            (id: \"low\", label: \"l\"), (id: \"mid\", label: \"m\"), (id: \"high\", label: \"h\")]))]),
                    (id: \"ok\", title: \"t\", what: \"w\", owner: \"r\", kind: Approve(by: \"r\", question: \"q\")),
                    (id: \"go\", title: \"t\", what: \"w\", owner: \"r\", when: Chose(\"ok\", \"agreed\"),
                        kind: Command(lines: [(argv: [\"ls\"])])),
                    (id: \"more\", title: \"t\", what: \"w\", owner: \"r\", when: Yes(\"y\"), asks: [
                        (id: \"d\", ask: \"d\", form: Number)])]),
                (id: \"b\", title: \"B\", when: {phase}, steps: [
                    (id: \"x\", title: \"t\", what: \"w\", owner: \"r\", when: {when})])])"
        );
        let gate = ["s", "n"].map(|id| Threshold { question: id.into(), at_least: 3 }).to_vec();
        let findings = examine(&text, &[Duty { id: "g".into(), gate, ..Duty::default() }]).findings;
        assert!(findings.iter().all(|finding| finding.code == Code::NeverApplies), "{findings:?}");
        findings.len() == 1
    }

    #[test]
    fn answers_outcomes_and_phases_are_weighed_together() {
        let cases = [
            ("Always", "All([AtLeast(\"n\", 3), Not(AtLeast(\"n\", 4))])", false),
            ("Always", "All([AtLeast(\"n\", 3), Not(AtLeast(\"n\", 3))])", true),
            ("Always", "Not(AtLeast(\"n\", -5))", false),
            ("Always", "Not(AtLeast(\"l\", 1))", false),
            ("Always", "All([AtLeast(\"s\", 2), Answered(\"s\", \"low\")])", true),
            ("Always", "All([AtLeast(\"s\", 2), Not(Answered(\"s\", \"high\"))])", false),
            ("Always", "All([Gate(\"g\"), Not(Answered(\"s\", \"high\"))])", true),
            ("Always", "All([Not(Gate(\"g\")), Answered(\"s\", \"high\")])", false),
            ("Always", "All([Gate(\"g\"), Not(AtLeast(\"n\", 3))])", true),
            ("AtLeast(\"n\", 3)", "Not(Gate(\"g\"))", false),
            ("Yes(\"y\")", "Not(Yes(\"y\"))", true),
            ("Not(Yes(\"y\"))", "AtLeast(\"d\", 1)", true),
            ("Always", "All([Chose(\"go\", \"failed\"), Chose(\"ok\", \"refused\")])", true),
            ("Always", "All([Chose(\"go\", \"failed\"), Done(\"ok\")])", false),
            ("Chose(\"go\", \"failed\")", "Chose(\"go\", \"succeeded\")", true),
            ("Always", "Any([])", true),
            ("Any([])", "Yes(\"y\")", true),
        ];
        for (phase, when, wanted) in cases {
            assert_eq!(never(phase, when), wanted, "{phase} and {when}");
        }
    }
}
