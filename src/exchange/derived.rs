//! The files of a bundle that are rendered from the records, for whoever reads without this program.
//!
//! A check renders them again and compares, so the same records must give the same bytes as long as [`RENDERING`] stays
//! the same. A test holds a hash of what is rendered from frozen cases against that number.

use super::{bundle, error::ExchangeError, evidence_csv, names, report_html, report_md, timeline_csv, timeline_jsonl};
use crate::{domain::case::Case, store::snapshot::Snapshot};

/// The number of the way in which a bundle is rendered. It goes up by one with every released change to a byte that
/// any case's bundle has, and is stated in each bundle.
pub(super) const RENDERING: u32 = 1;

/// What made a bundle, without the number of its rendering.
const AGENT: &str = "carecert-react, rendering ";

/// How a bundle names what made it.
pub(super) fn agent(rendering: u32) -> String {
    format!("{AGENT}{rendering}")
}

/// The number of the rendering that a bundle says it was made in; `None` if that is not as [`agent`] writes it.
pub(super) fn rendering(agent_text: &str) -> Option<u32> {
    let number = agent_text.strip_prefix(AGENT)?.parse().ok()?;
    (agent(number) == agent_text).then_some(number)
}

/// A file that is rendered from the records.
pub(super) struct Derived {
    /// Where it is in the bundle.
    pub(super) path: &'static str,
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
    &[Derived { path: "data/evidence.csv", render: |snapshot| evidence_csv::render(&snapshot.case) }];

/// Those that come after the playbooks.
pub(super) const AFTER_PLAYBOOKS: &[Derived] = &[
    Derived { path: "data/report.html", render: |snapshot| Ok(report_html::render(snapshot)?.into_bytes()) },
    Derived { path: "data/report.md", render: |snapshot| Ok(report_md::render(snapshot).into_bytes()) },
    Derived { path: "data/timeline.csv", render: |snapshot| in_memory(|out| timeline_csv::write(snapshot, out)) },
    Derived {
        path: "data/timeline.jsonl",
        render: |snapshot| in_memory(|out| Ok(timeline_jsonl::write(snapshot, out)?)),
    },
    Derived { path: bundle::HEADS, render: |snapshot| Ok(bundle::heads(&snapshot.case).into_bytes()) },
    Derived { path: "data/README.txt", render: |_| Ok(include_str!("bundle_readme.txt").into()) },
];

fn in_memory(write: impl FnOnce(&mut Vec<u8>) -> Result<(), ExchangeError>) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    Ok(bytes)
}

/// Every rendered file.
pub(super) fn all() -> impl Iterator<Item = &'static Derived> {
    BEFORE_PLAYBOOKS.iter().chain(AFTER_PLAYBOOKS)
}

/// The path of every file of a case's payload, in the order in which a bundle has them.
pub(super) fn payload(case: &Case) -> Vec<String> {
    let mut paths = vec![bundle::RECORDS.to_owned()];
    paths.extend(names::evidence(case).into_iter().filter_map(|item| item.path));
    paths.extend(BEFORE_PLAYBOOKS.iter().map(|derived| derived.path.to_owned()));
    paths.extend(names::playbooks(case).into_iter().map(|(path, _)| path));
    paths.extend(AFTER_PLAYBOOKS.iter().map(|derived| derived.path.to_owned()));
    paths
}
