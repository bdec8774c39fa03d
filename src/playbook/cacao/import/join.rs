//! The steps of a file put together: ours and those of others, in phases, each with what it waits for.

use super::{
    flow::{Flow, Label},
    foreign_steps::{Choices, ForeignSteps},
    head,
    own_steps::{Around, OwnPart, OwnSteps, classify_steps},
    phases::arrange_phases,
    questions::{make_know_first_step, place_questions},
    slug::Names,
};
use crate::{
    domain::{
        duty::Duty,
        playbook::{Phase, Playbook, Question, Role, Step, When},
    },
    playbook::cacao::{
        account::Fate,
        condition,
        extension::{self, PlaybookExt},
        json::{
            source::Source,
            tree::{At, ROOT},
        },
        model::{Context, join_conditions, read_step},
        variables::{ITEM, OPEN},
    },
};
use std::collections::{HashMap, HashSet};

/// Ways to a step that its condition names; with more, it applies in any case.
const WAYS: usize = 16;
/// Steps that a step waits for.
const NEEDS: usize = 24;
/// Steps that are looked at to find where branches end.
const TAILS_BUDGET: usize = 400_000;

/// One reason for which a step is reached.
#[derive(Clone, Debug, PartialEq)]
struct Way {
    when: When,
    /// Whether the condition is one of ours, which our steps hold themselves.
    ours: bool,
}

/// Everything that is known of the workflow while it is put together.
struct Join<'a> {
    source: &'a Source<'a>,
    flow: &'a Flow,
    mine: &'a HashMap<usize, OwnPart>,
    /// The ids of the steps that are made, by their number in the workflow.
    ids: HashMap<usize, String>,
    /// The numbers by these ids.
    numbers: HashMap<String, usize>,
    /// The decisions that steps of others become.
    choices: HashMap<usize, Choices>,
}

/// Puts the roles and phases of the file into `playbook`, whose duties are known.
pub(super) fn fill_playbook(
    source: &Source<'_>,
    flow: &Flow,
    ext: Option<&PlaybookExt>,
    playbook: &mut Playbook,
    duties: &[Duty],
) {
    let (agents, mut role_names) = head::read_roles(source, ext, playbook);
    let mine = classify_steps(source, flow);
    let mut names = Names::default();
    let ids = assign_step_ids(source, flow, &mine, &mut names);
    let skeleton = outline_playbook(flow, &mine, &ids, playbook);
    let around = Around::of(flow, &mine);
    let mut made: Vec<(usize, Step)> = Vec::new();
    let first;
    {
        let mut context = Context::of(&skeleton, duties);
        let steps: Vec<At> = flow.steps.iter().map(|step| step.at).collect();
        let ours =
            |name: &str| context.variables.meaning(name).is_some() && ext.is_some() || name == OPEN || name == ITEM;
        let variables = head::read_variables(source, &steps, ours);
        let (asked, before) = place_questions(source, flow, &mine, &variables, &mut context, playbook);
        let aimed: HashSet<&str> = (flow.steps.iter().enumerate())
            .filter(|(number, _)| !mine.contains_key(number))
            .flat_map(|(_, step)| ["targets", "target", "target_ids"].map(|key| source.several(step.at, key)))
            .flatten()
            .filter_map(|at| source.tree.text(at))
            .collect();
        let targets = head::read_targets(source, |id| aimed.contains(id));
        let places = context.places.clone();
        let foreign = ForeignSteps { source, flow, places: &places, agents: &agents, targets: &targets };
        let choices = flow.order.iter().filter(|number| !mine.contains_key(number));
        let choices =
            choices.filter_map(|number| Some((*number, foreign.list_choices(flow.steps.get(*number)?)?))).collect();
        let numbers = ids.iter().map(|(number, id)| (id.clone(), *number)).collect();
        let join = Join { source, flow, mine: &mine, ids, numbers, choices };
        let nobody = find_default_owner(&join, &agents, playbook, &mut role_names);
        let own = OwnSteps { source, context: &context, around: &around, agents: &agents };
        let phases = list_own_phases(ext);
        join.make_steps(&context, &own, &foreign, &phases, &nobody, &asked, &mut made);
        first = (!before.is_empty()).then(|| make_know_first_step(before, &nobody, &mut names));
    }
    arrange_phases(source, flow, ext, made, first, playbook);
}

/// A name for every step that is made: ours keep theirs.
fn assign_step_ids(
    source: &Source<'_>,
    flow: &Flow,
    mine: &HashMap<usize, OwnPart>,
    names: &mut Names,
) -> HashMap<usize, String> {
    let mut ids = HashMap::new();
    for number in &flow.order {
        if let Some(OwnPart::Step(ext)) = mine.get(number)
            && names.take(&ext.step_id)
        {
            ids.insert(*number, ext.step_id.clone());
        }
    }
    for number in &flow.order {
        let Some(step) = flow.steps.get(*number) else { continue };
        let made = match mine.get(number) {
            Some(OwnPart::Step(_)) => !ids.contains_key(number),
            Some(OwnPart::Part(_)) => false,
            None => ForeignSteps::becomes_step(step),
        };
        if made {
            let name = source.text(step.at, "name").map_or("", |(_, name)| name);
            ids.insert(*number, names.make(name, "step"));
        }
    }
    ids
}

/// A playbook with only the ids and questions of our steps: the names of variables depend on nothing else.
fn outline_playbook(
    flow: &Flow,
    mine: &HashMap<usize, OwnPart>,
    ids: &HashMap<usize, String>,
    playbook: &Playbook,
) -> Playbook {
    let step = |number: &usize| match mine.get(number) {
        Some(OwnPart::Step(ext)) => Some(Step {
            id: ids.get(number)?.clone(),
            asks: ext.asks.iter().map(|ask| ask.to_question(String::new())).collect(),
            ..Step::default()
        }),
        Some(OwnPart::Part(_)) | None => None,
    };
    let steps = flow.order.iter().filter_map(step).collect();
    Playbook {
        roles: playbook.roles.clone(),
        duties: playbook.duties.clone(),
        phases: vec![Phase { steps, ..Phase::default() }],
        ..Playbook::default()
    }
}

/// The role that owns what nobody is named for: a new one where it is needed.
fn find_default_owner(
    join: &Join<'_>,
    agents: &HashMap<String, String>,
    playbook: &mut Playbook,
    names: &mut Names,
) -> String {
    let owned = |number: &usize| {
        let step = join.flow.steps.get(*number);
        let agent = step.and_then(|step| join.source.text(step.at, "agent"));
        join.mine.contains_key(number) || agent.is_some_and(|(_, agent)| agents.contains_key(agent))
    };
    if let Some(role) = playbook.roles.first().filter(|_| join.ids.keys().all(owned)) {
        return role.id.clone();
    }
    if join.ids.keys().all(|number| join.mine.contains_key(number)) {
        return String::new();
    }
    let id = names.make("responder", "responder");
    let does = "Does the steps for which the file named nobody.".to_owned();
    playbook.roles.push(Role { id: id.clone(), title: "Responder".to_owned(), does });
    id
}

/// When the phases of our actions apply, by the actions' identifiers.
fn list_own_phases(ext: Option<&PlaybookExt>) -> HashMap<&str, When> {
    let phases = ext.into_iter().flat_map(|ext| &ext.phases);
    phases
        .flat_map(|phase| {
            let when = extension::read_when(&phase.when);
            phase.steps.iter().map(move |step| (step.as_str(), when.clone()))
        })
        .collect()
}

impl Join<'_> {
    /// Makes every step, in order.
    #[expect(clippy::too_many_arguments, reason = "each is made once, by the one caller")]
    fn make_steps(
        &self,
        context: &Context<'_>,
        own: &OwnSteps<'_>,
        foreign: &ForeignSteps<'_>,
        phases: &HashMap<&str, When>,
        nobody: &str,
        asked: &HashMap<usize, Vec<Question>>,
        made: &mut Vec<(usize, Step)>,
    ) {
        let mut ways: HashMap<usize, Option<Vec<Way>>> = HashMap::new();
        let mut reasons: HashMap<usize, Option<Vec<Way>>> = HashMap::new();
        let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut budget = TAILS_BUDGET;
        for &number in &self.flow.order {
            let Some(found) = self.flow.steps.get(number) else { continue };
            let come = self.simplify_ways(ways.remove(&number).unwrap_or_default(), &reasons);
            if self.choices.contains_key(&number) {
                reasons.insert(number, come.clone());
            }
            let first = before.remove(&number).unwrap_or_default();
            if let Some(id) = self.ids.get(&number) {
                let needs = || first.iter().filter_map(|first| self.ids.get(first).cloned()).collect::<Vec<_>>();
                match self.mine.get(&number) {
                    Some(OwnPart::Step(ext)) => {
                        let phase = phases.get(self.source.tree.key(found.at)).cloned().unwrap_or_default();
                        let mut ext = ext.clone();
                        ext.step_id.clone_from(id);
                        let plain = own.read_step(number, found.at, *ext);
                        let mut step = read_step(&plain, &phase, context);
                        step.when = join_conditions(&condition_of_ways(come.as_deref(), false), &step.when);
                        made.push((number, step));
                    }
                    Some(OwnPart::Part(_)) | None => {
                        let mut step = foreign.make_step(found, id, nobody);
                        if self.flow.exception == Some(number) {
                            let gap = if step.care.is_empty() { "" } else { "\n" };
                            step.care.push_str(&format!("{gap}Only where another step went wrong."));
                        }
                        step.needs = needs();
                        step.when = condition_of_ways(come.as_deref(), true);
                        step.asks = asked.get(&number).cloned().unwrap_or_default();
                        made.push((number, step));
                    }
                }
            }
            let here: Vec<usize> = if self.ids.contains_key(&number) { vec![number] } else { first };
            for edge in found.edges.iter().filter(|edge| !edge.back) {
                let mut last = here.clone();
                let branches = found.edges.iter().any(|edge| edge.label != Label::Next);
                if edge.label == Label::Next && branches {
                    let tails = self.flow.find_tails(number, &mut budget, |step| self.ids.contains_key(&step));
                    if !tails.is_empty() && !self.ids.contains_key(&number) {
                        last.clear();
                    }
                    last.extend(tails);
                }
                let known = before.entry(edge.to).or_default();
                for step in last {
                    // A hostile graph could make every step wait for every other.
                    if known.len() < NEEDS && !known.contains(&step) {
                        known.push(step);
                    }
                }
                let contributes = self.ways_along(number, &edge.label, come.as_ref(), context);
                self.add_ways(ways.entry(edge.to).or_insert_with(|| Some(Vec::new())), contributes, edge.to);
            }
        }
    }

    /// The reasons for which the step at the end of an edge is reached; `None` if it always is.
    fn ways_along(
        &self,
        number: usize,
        label: &Label,
        come: Option<&Vec<Way>>,
        context: &Context<'_>,
    ) -> Option<Vec<Way>> {
        if let Some(choices) = self.choices.get(&number) {
            let option = choices.options.iter().find(|(_, way)| way == label);
            if let (Some((option, _)), Some(id)) = (option, self.ids.get(&number)) {
                return Some(vec![Way { when: When::Chose(id.clone(), option.id.clone()), ours: false }]);
            }
        }
        if let (Some(OwnPart::Part(_)), Label::True) = (self.mine.get(&number), label) {
            let at = self.flow.steps.get(number).map_or(ROOT, |step| step.at);
            let condition = self.source.text(at, "condition").map_or("", |(_, condition)| condition);
            if let Some(when) = condition::parse_condition(condition, &context.variables) {
                return Some(vec![Way { when, ours: true }]);
            }
        }
        come.cloned()
    }

    /// Adds reasons to those for which a step is reached.
    fn add_ways(&self, known: &mut Option<Vec<Way>>, more: Option<Vec<Way>>, to: usize) {
        let (Some(ways), Some(more)) = (known.as_mut(), more) else {
            *known = None;
            return;
        };
        for way in more {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        if ways.len() > WAYS {
            let at = self.flow.steps.get(to).map_or(ROOT, |step| step.at);
            self.source.tree.mark(at, Fate::Changed, "too many ways lead here: it applies in any case now");
            *known = None;
        }
    }

    /// If every option of a decision leads to a step, the step is reached whenever the decision is; `known`
    /// has these for the decisions before it.
    fn simplify_ways(&self, come: Option<Vec<Way>>, known: &HashMap<usize, Option<Vec<Way>>>) -> Option<Vec<Way>> {
        let mut ways = come.filter(|ways| !ways.is_empty())?;
        for _ in 0..WAYS {
            let chosen = |id: &str, option: &str| {
                let is = |when: &When| matches!(when, When::Chose(step, chosen) if step == id && chosen == option);
                ways.iter().any(|way| is(&way.when))
            };
            let mentioned = ways.iter().filter_map(|way| self.numbers.get(way.when.chosen()?.0));
            let covered = mentioned.copied().find(|number| {
                let id = self.ids.get(number).map_or("", String::as_str);
                let options = self.choices.get(number).map(|choices| &choices.options);
                options.is_some_and(|options| options.iter().all(|(option, _)| chosen(id, &option.id)))
            });
            let Some(covered) = covered else { break };
            let id = self.ids.get(&covered).map_or("", String::as_str);
            ways.retain(|way| !matches!(&way.when, When::Chose(step, _) if step == id));
            for way in known.get(&covered).cloned().flatten()? {
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        Some(ways)
    }
}

/// The condition that one of these ways was taken; always, if no way has a condition.
fn condition_of_ways(come: Option<&[Way]>, with_ours: bool) -> When {
    let Some(ways) = come else { return When::Always };
    let mut parts: Vec<When> = ways.iter().filter(|way| with_ours || !way.ours).map(|way| way.when.clone()).collect();
    if parts.len() < ways.len() {
        // Reached by a condition of ours as well, which the step holds itself.
        parts.clear();
    }
    match parts.len() {
        0 => When::Always,
        1 => parts.remove(0),
        _ => When::Any(parts),
    }
}
