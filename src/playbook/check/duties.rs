//! The checks of a list of duties, which stands in a file of its own.

use super::text_checks::{SeenNames, check_heading, check_id, check_prose, warn_hidden_characters};
use crate::{
    domain::duty::Duty,
    playbook::{
        did_you_mean::quote_word,
        finding::{Code, Sink},
    },
};

/// Thresholds that a gate may have: each condition that asks for it brings them all.
const GATE_LIMIT: usize = 12;

/// Checks a list of duties.
pub(in crate::playbook) fn check_duties(duties: &[Duty], sink: &mut Sink<'_>) {
    let mut seen = SeenNames::default();
    for (at, duty) in duties.iter().enumerate() {
        let path = |field: &str| format!("[{at}].{field}");
        check_id(&path("id"), &duty.id, sink);
        seen.see("duty", &duty.id, &path("id"), sink);
        check_heading(&path("title"), "the duty's title", &duty.title, sink);
        check_heading(&path("to"), "whom to tell", &duty.to, sink);
        check_prose(&path("starts"), "what starts the clock", &duty.starts, sink);
        check_prose(&path("source"), "the source", &duty.source, sink);
        warn_hidden_characters(&path("reach"), &duty.reach, sink);
        if duty.limit == Some(0) {
            let said = (
                "a limit of 0 minutes has passed before it starts".to_owned(),
                "leave the limit out for \"without undue delay\"".to_owned(),
            );
            sink.error(&path("limit"), Code::BadDue, || said);
        }
        if duty.gate.len() > GATE_LIMIT {
            sink.error(&path("gate"), Code::BadThreshold, || {
                let what = format!("a gate has at most {GATE_LIMIT} thresholds; this one has {}", duty.gate.len());
                (what, "take some out".to_owned())
            });
        }
        let mut weighed = SeenNames::default();
        for (index, threshold) in duty.gate.iter().enumerate() {
            let path = path(&format!("gate[{index}].question"));
            check_id(&path, &threshold.question, sink);
            weighed.see("threshold", &threshold.question, &path, sink);
        }
        if chrono::NaiveDate::parse_from_str(&duty.checked_on, "%Y-%m-%d").is_err() {
            sink.error(&path("checked_on"), Code::BadText, || {
                (format!("{} is no day", quote_word(&duty.checked_on)), "write it as 2026-11-22".to_owned())
            });
        }
    }
}
