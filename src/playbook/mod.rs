//! Playbooks: from RON text to values, with findings that name the place in the file and the mend.
//!
//! [`examine`] reads and checks one text; [`report`] draws its findings as a compiler would; [`Library`] holds the
//! playbooks inside the binary and the organisation's own; [`template`] and [`guide`] help to write one. The room does
//! no file I/O: texts are handed to it. Whatever a text holds, reading it ends in a playbook or in findings, never in a
//! panic, and nothing in it runs.

mod ask;
mod builtin;
pub mod cacao;
mod check;
mod circle;
mod cost;
mod cover;
mod fault;
mod fill;
mod finding;
mod flow;
mod flow_place;
mod flow_svg;
mod flow_text;
mod graph;
mod guide;
mod kind;
mod known;
mod library;
mod near;
mod place;
mod reach;
mod read;
mod report;
mod step;
mod template;
mod walk;
mod ways;
mod when;
mod wish;
mod words;

pub use builtin::{Source, builtin, duties, was_shipped};
pub use cover::{Coverage, cover};
pub use finding::{Code, FINDINGS_MAX, Finding, Level};
pub use flow::{Cause, Edge, Effects, edges, effects};
pub use flow_svg::flow_svg;
pub use flow_text::flow_text;
pub use guide::guide;
pub use library::{Entry, Fault, Library, NotFound, Origin};
pub use near::near as nearest;
pub use read::{Examined, TEXT_LIMIT, examine, parse_playbook, read, read_duties};
pub use report::report;
pub use template::template;
pub use walk::{End, Limits, Row, Said, Walk, walk};
pub use ways::{Asked, Chosen, Way};
