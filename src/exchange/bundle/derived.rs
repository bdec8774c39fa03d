//! The files of a bundle that are rendered from the records, for whoever reads without this program.
//!
//! A check renders them again and compares, so the same records must give the same bytes as long as [`RENDERING`] stays
//! the same. A test holds a hash of what is rendered from frozen cases against that number.

use super::{evidence_csv, names};
use crate::{
    domain::{case::Case, id::Hash, step::attached_playbook::AttachedPlaybook},
    exchange::{
        bundle,
        error::ExchangeError,
        report::{html, markdown},
        timeline::{self, jsonl},
    },
    store::snapshot::Snapshot,
};
use std::{
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

/// The number of the way in which a bundle is rendered. It goes up by one with every released change to a byte that
/// any case's bundle has, and is stated in each bundle.
pub(crate) const RENDERING: u32 = 1;

/// How a reader without this program checks the bundle.
const README: &str = "data/README.txt";
/// What made a bundle, without the number of its rendering.
const AGENT: &str = "carecert-react, rendering ";

/// How long a check waits before it asks whether it is still wanted.
const A_LOOK: Duration = Duration::from_millis(100);

/// SHA-256 of the `README.txt` that earlier versions put into every bundle: this version does not write these texts.
const EARLIER_READMES: &[&str] = &[
    "6c78060503d32863e1cb0c49652cf8ce6541ac77cc1ff9c1db498a9b7a4b87c5",
    "73ff8fbd4a41cdf23d12acc590ec870573d8ff63ef94946f28f0982f5e6e54b0",
];

/// Whether an earlier version wrote this text into each bundle.
pub(crate) fn is_earlier_readme(path: &str, sha256: &Hash) -> bool {
    path == README && EARLIER_READMES.contains(&sha256.to_string().as_str())
}

/// How a bundle names what made it.
pub(crate) fn agent_label(rendering: u32) -> String {
    format!("{AGENT}{rendering}")
}

/// The number of the rendering that a bundle says it was made in; `None` if that is not as [`agent_label`] writes it.
pub(crate) fn read_rendering(agent_text: &str) -> Option<u32> {
    let number = agent_text.strip_prefix(AGENT)?.parse().ok()?;
    (agent_label(number) == agent_text).then_some(number)
}

/// A file that is rendered from the records.
pub(crate) struct Derived {
    /// Where it is in the bundle.
    pub(crate) path: &'static str,
    render: fn(&Snapshot) -> Result<Vec<u8>, ExchangeError>,
}

impl Derived {
    /// Its bytes, for this case.
    pub(super) fn render(&self, snapshot: &Snapshot) -> Result<Vec<u8>, ExchangeError> {
        (self.render)(snapshot)
    }
}

/// Those that come before the playbooks in a bundle.
pub(super) const BEFORE_PLAYBOOKS: &[Derived] =
    &[Derived { path: "data/evidence.csv", render: |snapshot| evidence_csv::render_evidence_csv(&snapshot.case) }];

/// Those that come after the playbooks.
pub(super) const AFTER_PLAYBOOKS: &[Derived] = &[
    Derived { path: "data/report.html", render: |snapshot| Ok(html::render_html(snapshot)?.into_bytes()) },
    Derived { path: "data/report.md", render: |snapshot| Ok(markdown::render_markdown(snapshot).into_bytes()) },
    Derived {
        path: "data/timeline.csv",
        render: |snapshot| write_to_memory(|out| timeline::csv::write_csv(snapshot, out)),
    },
    Derived {
        path: "data/timeline.jsonl",
        render: |snapshot| write_to_memory(|out| Ok(jsonl::write_jsonl(snapshot, out)?)),
    },
    Derived { path: bundle::HEADS, render: |snapshot| Ok(bundle::render_heads(&snapshot.case).into_bytes()) },
    Derived { path: README, render: |_| Ok(include_str!("readme.txt").into()) },
];

/// The bytes that `write` gives.
fn write_to_memory(write: impl FnOnce(&mut Vec<u8>) -> Result<(), ExchangeError>) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    Ok(bytes)
}

/// Step rows that a case may have to be rendered in a check, and the same times its playbooks. A real case has hundreds.
const MOST_ROWS: usize = 50_000;
/// Rows times playbooks: each playbook of a report looks through all steps of the case.
const MOST_WORK: usize = 2_000_000;

/// Whether so much stands in the steps of a case, which anybody may have made, that rendering it would take for ever.
pub(crate) fn is_too_large(case: &Case) -> bool {
    let rows_of = |plan: &AttachedPlaybook| -> usize {
        let things = |list: &String| plan.things(list).map_or(1, |things| things.len().max(1));
        let steps = plan.playbook.steps().map(|(_, step)| step.each.as_ref().map_or(1, things));
        steps.fold(0, usize::saturating_add)
    };
    let rows = case.plans.iter().map(rows_of).fold(0, usize::saturating_add);
    rows > MOST_ROWS || rows.saturating_mul(case.plans.len()) > MOST_WORK
}

/// The hash of each file as this version renders it, or why it could not be rendered in `budget`.
pub(super) type Rendered = Vec<(&'static Derived, Result<Hash, String>)>;

/// Renders everything on a thread of its own, which is left behind if it does not end in time: a check of
/// what others made always ends. Fails if the watch, which is told nothing new, says stop.
pub(crate) fn render_within(
    snapshot: &Arc<Snapshot>,
    budget: Duration,
    watch: &mut dyn FnMut() -> bool,
) -> Result<Rendered, ExchangeError> {
    let (tell, told) = mpsc::channel();
    let snapshot = Arc::clone(snapshot);
    let work = move || {
        for derived in all_derived() {
            let hash = derived.render(&snapshot).map(|bytes| Hash::of(&bytes)).map_err(|why| why.to_string());
            // Nobody waits for it any more.
            if tell.send(hash).is_err() {
                return;
            }
        }
    };
    // If no thread can be had, its end of the channel is gone, and that is the answer.
    let _ = thread::Builder::new().name("render".into()).spawn(work);
    let began = Instant::now();
    let mut rendered = Rendered::new();
    for derived in all_derived() {
        let hash = loop {
            let left = budget.saturating_sub(began.elapsed());
            // From then on none is waited for: what still came would be the hash of a file before this one.
            if left.is_zero() {
                break Err(format!("it takes longer than {} s", budget.as_secs()));
            }
            match told.recv_timeout(left.min(A_LOOK)) {
                Ok(hash) => break hash,
                Err(RecvTimeoutError::Disconnected) => break Err("this version fails at it".to_owned()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if !watch() {
                return Err(ExchangeError::Cancelled);
            }
        };
        rendered.push((derived, hash));
    }
    Ok(rendered)
}

/// Every rendered file.
pub(crate) fn all_derived() -> impl Iterator<Item = &'static Derived> {
    BEFORE_PLAYBOOKS.iter().chain(AFTER_PLAYBOOKS)
}

/// The path of every file of a case's payload, in the order in which a bundle has them.
pub(crate) fn payload_paths(case: &Case) -> Vec<String> {
    let mut paths = vec![bundle::RECORDS.to_owned()];
    paths.extend(names::list_evidence(case).into_iter().filter_map(|item| item.path));
    paths.extend(BEFORE_PLAYBOOKS.iter().map(|derived| derived.path.to_owned()));
    paths.extend(names::list_playbooks(case).into_iter().map(|(path, _)| path));
    paths.extend(AFTER_PLAYBOOKS.iter().map(|derived| derived.path.to_owned()));
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            event::PlaybookAttached,
            playbook::{Phase, Playbook, Step},
        },
        exchange::sample,
    };

    #[test]
    fn rendering_that_takes_too_long_is_left() {
        let snapshot = Arc::new(sample::hospital());
        let rendered = render_within(&snapshot, Duration::ZERO, &mut || true).unwrap();
        assert_eq!(rendered.len(), all_derived().count());
        assert!(rendered.iter().all(|(_, hash)| *hash == Err("it takes longer than 0 s".to_owned())));
        let in_time = render_within(&snapshot, Duration::from_secs(300), &mut || true).unwrap();
        for (derived, hash) in in_time {
            assert_eq!(hash, Ok(Hash::of(&derived.render(&snapshot).unwrap())), "{}", derived.path);
        }
    }

    #[test]
    fn a_case_of_more_steps_than_anybody_could_do_is_not_rendered() {
        let attached = |playbooks: usize, steps: usize| {
            let Snapshot { mut case, records, .. } = sample::hospital();
            case.plans.clear();
            let template = records.iter().find(|record| matches!(record.event, crate::domain::event::Event::Note(_)));
            for number in 0..playbooks {
                let step = |step: usize| Step { id: format!("s{step}"), ..Step::default() };
                let phase = Phase { id: "p".into(), steps: (0..steps).map(step).collect(), ..Phase::default() };
                let playbook = Playbook { id: format!("p{number}"), phases: vec![phase], ..Playbook::default() };
                let (source, origin) = (String::new(), String::new());
                let held = PlaybookAttached { source, sha256: Hash::ZERO, origin, playbook, duties: Vec::new() };
                let mut record = template.unwrap().clone();
                record.event = held.into();
                case.apply(&record);
            }
            case
        };
        assert!(!is_too_large(&attached(10, 300)));
        assert!(is_too_large(&attached(1, 50_001)));
        assert!(is_too_large(&attached(1500, 1)));
    }
}
