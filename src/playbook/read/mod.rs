//! One text in, a playbook and its findings out. The only way from a text to a playbook that may be used.

mod parse_errors;
mod ron_hints;

use crate::{
    domain::{duty::Duty, playbook::Playbook},
    playbook::{
        check,
        finding::{Code, Finding, Level, Sink},
        source_map::SourceMap,
    },
};
pub(crate) use parse_errors::byte_offset;
use parse_errors::explain_parse_error;
use serde::de::DeserializeOwned;

/// Bytes that a playbook's text may have.
pub const TEXT_LIMIT: usize = 1024 * 1024;
/// Brackets within brackets that a text may have; a real playbook has about eight.
const NESTING: usize = 64;

/// What reading a text brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The playbook, where the text could be parsed; with errors among the findings it is not fit for use.
    pub playbook: Option<Playbook>,
    /// What was found, in the order of the text; at most [`FINDINGS_MAX`](super::FINDINGS_MAX) and one.
    pub findings: Vec<Finding>,
}

impl Examined {
    /// Whether the playbook can be used: it was parsed, and no finding is an error.
    pub fn usable(&self) -> bool {
        self.playbook.is_some() && !self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}

/// Reads a playbook without checking it: what its text says, or the place and reason why it cannot be read.
pub fn parse_playbook(text: &str) -> Result<Playbook, Finding> {
    parse_ron(text)
}

/// Reads and checks a playbook; `duties` are those that it may name.
pub fn examine_playbook(text: &str, duties: &[Duty]) -> Examined {
    match parse_ron::<Playbook>(text) {
        Err(finding) => Examined { playbook: None, findings: vec![finding] },
        Ok(playbook) => {
            let findings = check::check_playbook(&playbook, text, &SourceMap::scan(text), duties);
            Examined { playbook: Some(playbook), findings }
        }
    }
}

/// Reads a playbook for use. Where it has an error, every finding is given instead.
pub fn read_playbook(text: &str, duties: &[Duty]) -> Result<Playbook, Vec<Finding>> {
    let examined = examine_playbook(text, duties);
    let usable = examined.usable();
    match examined.playbook {
        Some(playbook) if usable => Ok(playbook),
        _ => Err(examined.findings),
    }
}

/// Reads a list of duties: RON, as in `playbooks/duties.ron`. Where it has an error, its findings are given.
pub fn read_duties(text: &str) -> Result<Vec<Duty>, Vec<Finding>> {
    let duties: Vec<Duty> = parse_ron(text).map_err(|finding| vec![finding])?;
    let places = SourceMap::scan(text);
    let mut sink = Sink::new(text, &places);
    check::duties::check_duties(&duties, &mut sink);
    let findings = sink.finish();
    if findings.iter().any(|finding| finding.level == Level::Error) { Err(findings) } else { Ok(duties) }
}

/// Parses RON within the limits on size and depth: a file may be as long and as deep as its author likes.
fn parse_ron<T: DeserializeOwned>(text: &str) -> Result<T, Finding> {
    if text.len() > TEXT_LIMIT {
        let what = format!("the file has {} bytes; a playbook may have {TEXT_LIMIT}", text.len());
        let hint = "is this the right file?".to_owned();
        return Err(Finding::at(text, 0..0, Level::Error, Code::TooLarge, what, hint));
    }
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        // The parser recurses: without a limit, brackets alone could exhaust the stack.
        .with_recursion_limit(NESTING)
        .from_str(text)
        .map_err(|error| explain_parse_error(text, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_depth_are_limited() {
        let large = format!("(id: \"{}\")", "x".repeat(TEXT_LIMIT));
        assert_eq!(examine_playbook(&large, &[]).findings[0].code, Code::TooLarge);
        let deep = format!(
            "(id: \"a\", version: \"1\", title: \"t\", phases: [(id: \"p\", title: \"P\", steps: [(id: \"s\", title: \"T\", what: \"w\", when: {}",
            "Not(".repeat(100_000)
        );
        let examined = examine_playbook(&deep, &[]);
        assert!(!examined.usable());
        assert!(examined.findings[0].what.contains("nested"), "{:?}", examined.findings[0]);
    }

    #[test]
    fn duties_are_checked_too() {
        let duty = |id: &str| {
            format!("(id: \"{id}\", title: \"T\", to: \"X\", starts: \"s\", source: \"s\", checked_on: \"2026-11-22\")")
        };
        assert_eq!(read_duties(&format!("[{}]", duty("ico"))).unwrap()[0].limit, None);
        let twice = read_duties(&format!("[{}, {}]", duty("ico"), duty("ico"))).unwrap_err();
        assert_eq!(twice[0].code, Code::DuplicateId);
        let broken = read_duties(&format!("[{}]", duty("ico").replace("2026-11-22", "yesterday"))).unwrap_err();
        assert_eq!(broken[0].code, Code::BadText);
    }
}
