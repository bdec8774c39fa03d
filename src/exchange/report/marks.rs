//! The marks of the drawn timeline: what each kind of entry looks like. The shape alone tells the kind; the colour helps.

use crate::domain::event::said::Mark;
use serde::Serialize;

/// A mark and what it means.
#[derive(Debug, Serialize)]
pub(super) struct LegendItem {
    class: &'static str,
    d: String,
    name: &'static str,
}

const STEPS: &str = "Steps";
const DECISIONS: &str = "Decisions";
const EVIDENCE: &str = "Evidence";
const TOLD: &str = "Told";
const OTHERS: &str = "Notes, case";

/// The lanes of the drawing, from the top.
pub(super) const LANES: [&str; 5] = [STEPS, DECISIONS, EVIDENCE, TOLD, OTHERS];

/// Every mark and what it means.
const ALL: [(Mark, &str); 11] = [
    (Mark::Done, "step done"),
    (Mark::Begun, "step started or reopened"),
    (Mark::Skipped, "step skipped"),
    (Mark::Blocked, "step blocked"),
    (Mark::Decision, "decision"),
    (Mark::Evidence, "evidence"),
    (Mark::Told, "someone told"),
    (Mark::Note, "note"),
    (Mark::Correction, "correction"),
    (Mark::Case, "case, people, clocks"),
    (Mark::Lost, "entries lost, damage, clock jumped"),
];

/// The class of a mark in the style sheet.
pub(super) fn class_of(mark: Mark) -> &'static str {
    match mark {
        Mark::Done => "done",
        Mark::Begun | Mark::Skipped => "open",
        Mark::Blocked | Mark::Lost => "bad",
        Mark::Decision => "decision",
        Mark::Evidence => "evidence",
        Mark::Told => "told",
        Mark::Note => "note",
        Mark::Correction => "cross",
        Mark::Case => "case",
    }
}

/// The shape of a mark as an SVG path about `x`, `y`, at most thirteen units wide and high.
pub(super) fn draw_path(mark: Mark, x: f64, y: f64) -> String {
    let circle = || format!("M{:.1} {y:.1}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", x - 5.0);
    match mark {
        Mark::Done | Mark::Begun => circle(),
        Mark::Skipped => format!("{}M{:.1} {:.1}l7 -7", circle(), x - 3.5, y + 3.5),
        Mark::Blocked => format!("M{:.1} {:.1}h11v4h-11z", x - 5.5, y - 2.0),
        Mark::Evidence => format!("M{:.1} {:.1}h9v9h-9z", x - 4.5, y - 4.5),
        Mark::Decision => format!("M{x:.1} {:.1}l6.5 6.5l-6.5 6.5l-6.5 -6.5z", y - 6.5),
        Mark::Told => format!("M{x:.1} {:.1}l6 11h-12z", y - 6.0),
        Mark::Lost => format!("M{x:.1} {:.1}l6 -11h-12z", y + 6.0),
        Mark::Correction => format!("M{:.1} {:.1}l8 8m0 -8l-8 8", x - 4.0, y - 4.0),
        Mark::Note => format!("M{:.1} {y:.1}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z", x - 3.0),
        Mark::Case => format!("M{:.1} {:.1}h4v12h-4z", x - 2.0, y - 6.0),
    }
}

/// The lane that it stands in.
pub(super) fn lane_of(mark: Mark) -> &'static str {
    match mark {
        Mark::Done | Mark::Begun | Mark::Skipped | Mark::Blocked => STEPS,
        Mark::Decision => DECISIONS,
        Mark::Evidence => EVIDENCE,
        Mark::Told => TOLD,
        Mark::Note | Mark::Correction | Mark::Case | Mark::Lost => OTHERS,
    }
}

/// The marks of the drawing, each in a box of fourteen by fourteen.
pub(super) fn list_legend() -> Vec<LegendItem> {
    let entry = |(mark, name)| LegendItem { class: class_of(mark), d: draw_path(mark, 7.0, 7.0), name };
    ALL.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_can_be_told_without_its_colour() {
        let paths: std::collections::BTreeSet<String> = list_legend().into_iter().map(|entry| entry.d).collect();
        // "Done" and "begun" share the circle: the one is filled, the other hollow.
        assert_eq!(paths.len(), ALL.len() - 1);
    }
}
