//! Playbooks: from RON text to values, with findings that name the place in the file and how to fix it.
//!
//! [`examine_playbook`] reads and checks one text; [`draw_findings`] draws its findings as a compiler would; [`Library`] holds the
//! playbooks inside the binary and the organisation's own; [`write_template`] and [`read_guide`] help to write one. The room does
//! no file I/O: texts are handed to it. Whatever a text holds, reading it ends in a playbook or in findings, never in a
//! panic, and nothing in it runs. What a playbook *is* stands in [`domain::playbook`](crate::domain::playbook).

// A new kind of step, condition or finding is not passed over in silence: every match over ours names what it means. Tests may.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod cacao;
mod check;
mod did_you_mean;
mod finding;
mod finding_report;
mod flow;
mod library;
mod read;
mod rehearse;
mod source_map;

mod author {
    pub(crate) mod guide;
    #[cfg(test)]
    mod guide_tables;
    pub(crate) mod template;
}

pub use author::{guide::read_guide, template::write_template};
pub use finding::{Code, FINDINGS_MAX, Finding, Level};
pub use finding_report::draw_findings;
pub use flow::{
    Cause, Edge, Effects, list_edges, list_effects,
    outcomes::{Asked, Chosen, Way},
    svg::flow_svg,
    text::flow_text,
};
pub use library::{
    Entry, Fault, Library, NotFound, Origin,
    builtin::{Source, builtin_duties, builtin_playbooks, was_shipped},
};
pub(crate) use read::byte_offset;
pub use read::{Examined, TEXT_LIMIT, examine_playbook, parse_playbook, read_duties, read_playbook};
pub use rehearse::{
    End, Limits, Said, Walk, WalkRow,
    coverage::{Coverage, find_coverage},
    walk_playbook,
};
