//! What leaves and enters: the bundle, the report, the timelines, and the check of a bundle.

mod accounts;
mod bag;
pub mod bundle;
pub mod check;
pub mod check_case;
mod container;
mod derived;
pub mod error;
mod evidence_csv;
#[cfg(test)]
mod frozen_tests;
pub mod handover;
mod heads_check;
pub mod inspection;
mod lines;
mod log_check;
mod maker;
mod names;
mod playbook_check;
mod records;
pub mod report_html;
mod report_marks;
pub mod report_md;
mod report_offset;
mod report_picture;
mod report_rows;
mod report_svg;
mod report_view;
mod salvage;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod sample_night;
mod seal_history;
pub mod timeline_csv;
pub mod timeline_jsonl;
mod verdict;

pub use bag::is_unpacked_bundle;
pub use check::check_bundle;
pub use check_case::{check_case, confirm_case};
pub use error::ExchangeError;
pub use inspection::Inspection;

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
        crate::domain::export::extension(self.name())
    }

    /// Reads [`Format::name`], in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name().eq_ignore_ascii_case(text))
    }
}

/// Writes the case as `format`. The same snapshot gives the same bytes; the handover, which says how long there is left,
/// at the same `now`. Where it fails, what was written so far
/// is of no use.
pub fn write(
    format: Format,
    snapshot: &Snapshot,
    now: Now,
    out: &mut (impl Write + Seek),
    watch: Watch<'_>,
) -> Result<(), ExchangeError> {
    match format {
        Format::Bundle => bundle::write(snapshot, out, watch)?,
        Format::Html => out.write_all(report_html::render(snapshot)?.as_bytes())?,
        Format::Md => out.write_all(report_md::render(snapshot).as_bytes())?,
        Format::Jsonl => {
            bundle::check_lines(snapshot)?;
            for record in &snapshot.records {
                out.write_all(record.text().as_bytes())?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv => timeline_csv::write(snapshot, out)?,
        Format::Handover => out.write_all(handover::render(&snapshot.case, now).as_bytes())?,
    }
    Ok(out.flush()?)
}
