//! What leaves and enters: reports and timelines.

pub mod error;
pub mod report_html;
mod report_marks;
pub mod report_md;
mod report_rows;
mod report_svg;
mod report_view;
#[cfg(test)]
pub(crate) mod sample;
pub mod timeline_csv;
pub mod timeline_jsonl;
