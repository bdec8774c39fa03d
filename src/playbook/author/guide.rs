//! The guide to the format, as `assets/guide.md` has it.
//!
//! That file is written by the test of [`guide_tables`](super::guide_tables) from `assets/guide/prose.md` and from the
//! types that are read, so that the program carries the text and not what makes it.

/// How to write a playbook, in Markdown, for a responder. Its tables come from the types that are read, so that it
/// says what this program reads.
pub fn read_guide() -> &'static str {
    include_str!("../../../assets/guide.md")
}
