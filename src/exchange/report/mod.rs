//! The report of a case: what it says, and how that is laid out as HTML and as Markdown. It makes no archive.

mod build;
mod drawing;
pub mod html;
pub mod markdown;
mod marks;
mod offset;
mod rows;
mod subjects;
mod text;
