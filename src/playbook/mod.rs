//! Playbooks: from RON text to values, with findings that name the place in the file and how to fix it.
//!
//! [`examine`] reads and checks one text; [`report`] draws its findings as a compiler would; [`Library`] holds the
//! playbooks inside the binary and the organisation's own; [`template`] and [`guide`] help to write one. The room does
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

pub use author::{guide::guide, template::template};
pub use finding::{Code, FINDINGS_MAX, Finding, Level};
pub use finding_report::report;
pub use flow::{
    Cause, Edge, Effects, edges, effects,
    outcomes::{Asked, Chosen, Way},
    svg::flow_svg,
    text::flow_text,
};
pub use library::{
    Entry, Fault, Library, NotFound, Origin,
    builtin::{Source, builtin, duties, was_shipped},
};
pub(crate) use read::byte_offset;
pub use read::{Examined, TEXT_LIMIT, examine, parse_playbook, read, read_duties};
pub use rehearse::{
    End, Limits, Row, Said, Walk,
    coverage::{Coverage, cover},
    walk,
};
