//! What the sample case is told from: `assets/demo/story.ron`, its words for what people do, and its evidence.

use crate::domain::{
    event::{AssetNoted, ContactNoted, IndicatorNoted},
    marking::Severity,
    playbook::System,
    time::{Now, zone_label},
};
use serde::Deserialize;

/// The story, in RON.
pub(super) const STORY: &str = include_str!("../../assets/demo/story.ron");

/// The evidence of the story, by the name that the story uses.
pub(super) const FILES: &[(&str, &str)] = &[
    ("affected.txt", include_str!("../../assets/demo/affected.txt")),
    ("ransom-note.txt", include_str!("../../assets/demo/ransom-note.txt")),
    ("switch-before.txt", include_str!("../../assets/demo/switch-before.txt")),
    ("switch-after.txt", include_str!("../../assets/demo/switch-after.txt")),
    ("acquisition.txt", include_str!("../../assets/demo/acquisition.txt")),
    ("event-log.txt", include_str!("../../assets/demo/event-log.txt")),
    ("mail-headers.txt", include_str!("../../assets/demo/mail-headers.txt")),
    ("restore-scan.txt", include_str!("../../assets/demo/restore-scan.txt")),
];

/// The whole story.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    pub(super) organisation: String,
    pub(super) title: String,
    pub(super) occurred: String,
    pub(super) people: Vec<Actor>,
    pub(super) entries: Vec<Told>,
}

/// Someone in the story.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Actor {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: String,
}

/// One entry: hours, minutes and seconds after the opening, who logs it, and what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    pub(super) at: (i64, i64, i64),
    pub(super) by: String,
    #[serde(default)]
    pub(super) occurred: Option<String>,
    /// A name by which a later entry corrects this one.
    #[serde(default)]
    pub(super) mark: Option<String>,
    pub(super) did: Did,
}

/// What somebody does.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Did {
    Start {
        step: String,
        note: String,
    },
    Done {
        step: String,
        note: String,
        /// Answers to the step's questions.
        #[serde(default)]
        answers: Vec<(String, String)>,
    },
    Skip {
        step: String,
        why: String,
    },
    Block {
        step: String,
        why: String,
    },
    Reopen {
        step: String,
        why: String,
    },
    Decide {
        step: String,
        choice: String,
        why: String,
        decided_by: String,
    },
    Answer {
        question: String,
        to: String,
        why: String,
    },
    /// Another person was asked to agree to a risky step.
    Approve {
        step: String,
        agreed: bool,
        who: String,
        means: String,
        words: String,
    },
    /// A command was run by hand.
    Report {
        step: String,
        system: System,
        succeeded: bool,
        outcome: String,
    },
    Note(String),
    Evidence {
        step: String,
        file: String,
        name: String,
        about: String,
        source: String,
        origin: String,
    },
    Notify {
        step: String,
        to: String,
        means: String,
        #[serde(default)]
        reference: String,
        text: String,
        #[serde(default)]
        duty: Option<String>,
    },
    StartClock {
        duty: String,
        aware: String,
        basis: String,
    },
    Waive {
        duty: String,
        why: String,
    },
    CheckClock {
        reference: String,
        ahead_ms: i64,
    },
    Correct {
        entry: String,
        text: String,
        why: String,
    },
    Severity {
        to: Severity,
        why: String,
    },
    Summary(String),
    /// What the incident means for patients from now on.
    Impact(String),
    Asset(AssetNoted),
    Indicator(IndicatorNoted),
    Contact(ContactNoted),
    FollowUp {
        entry: String,
        why: String,
    },
    Countersign {
        entry: String,
        who: String,
        means: String,
        words: String,
    },
    /// The handover is read out as the case has it at that moment.
    HandOver {
        to: String,
    },
}

/// `+1:05` is 65 minutes, `-0:18` is 18 minutes before.
pub(super) fn parse_minutes(told: &str) -> Option<i64> {
    let sign = match told.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = told.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?))
}

/// The text with its moments in local time: `{+1:05}`, `{date-3:46}` and `{zone}`. Anything else in braces stays.
pub(super) fn fill_moments(text: &str, began: Now) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(inner, tail)| Some((format_moment(inner, began)?, tail))) {
            Some((told, tail)) => {
                out.push_str(&told);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What stands between braces, as local time; `None` if it is no moment.
fn format_moment(inner: &str, began: Now) -> Option<String> {
    if inner == "zone" {
        return Some(zone_label(began.offset()));
    }
    let (told, form) = match inner.strip_prefix("date") {
        Some(told) => (told, "%Y-%m-%d"),
        None => (inner, "%H:%M"),
    };
    let local = began.zone.local(began.at.plus_minutes(parse_minutes(told)?));
    Some(local.format(form).to_string())
}
