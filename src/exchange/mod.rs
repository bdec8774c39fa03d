//! What leaves and enters: the bundle, the report, the timelines, and the check of a bundle.

// A new kind of entry, finding or problem is not passed over in silence: every match over ours names what it means. Tests may.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod bundle;
pub mod error;
pub mod handover_text;
pub mod report;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod sample_night;
pub mod timeline;
pub mod verify;

pub use bundle::bag::is_unpacked_bundle;
pub use error::ExchangeError;
pub use verify::{
    case::{check_case, confirm_case},
    check_bundle,
    inspection::Inspection,
};

use crate::{
    domain::time::Now,
    store::{snapshot::Snapshot, watch::Watch},
};
use std::io::{Seek, Write};

/// A form in which a case leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Everything, as a BagIt bag in a zip.
    Bundle,
    /// The report as one HTML file.
    Html,
    /// The report as Markdown.
    Md,
    /// The records themselves, one a line.
    Jsonl,
    /// The timeline as CSV.
    Csv,
    /// What the next responder needs, as text.
    Handover,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Bundle, Self::Html, Self::Md, Self::Jsonl, Self::Csv, Self::Handover];

    /// Whether it holds every entry as it was recorded, so that it can be checked.
    pub fn holds_every_entry(self) -> bool {
        match self {
            Self::Bundle | Self::Jsonl => true,
            Self::Html | Self::Md | Self::Csv | Self::Handover => false,
        }
    }

    /// The name in commands and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bundle => "bundle",
            Self::Html => "html",
            Self::Md => "md",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Handover => "handover",
        }
    }

    /// How its files end, without the dot.
    pub fn extension(self) -> &'static str {
        crate::domain::export_name::extension_of_format(self.name())
    }

    /// Reads [`Format::name`], in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name().eq_ignore_ascii_case(text))
    }
}

/// Writes the case as `format`. The same snapshot gives the same bytes; the handover, which says how long there is left,
/// at the same `now`. Where it fails, what was written so far
/// is of no use.
pub fn write_format(
    format: Format,
    snapshot: &Snapshot,
    now: Now,
    out: &mut (impl Write + Seek),
    watch: Watch<'_>,
) -> Result<(), ExchangeError> {
    match format {
        Format::Bundle => bundle::write_bundle(snapshot, out, watch)?,
        Format::Html => out.write_all(report::html::render_html(snapshot)?.as_bytes())?,
        Format::Md => out.write_all(report::markdown::render_markdown(snapshot).as_bytes())?,
        Format::Jsonl => {
            bundle::check_lines(snapshot)?;
            for record in &snapshot.records {
                out.write_all(record.text().as_bytes())?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv => timeline::csv::write_csv(snapshot, out)?,
        Format::Handover => out.write_all(handover_text::render_handover(&snapshot.case, now).as_bytes())?,
    }
    Ok(out.flush()?)
}
