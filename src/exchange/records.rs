//! The records of a bundle, followed line by line as they are read.

use super::{
    bundle::RECORDS,
    lines::{Line, Lines, MOST_LINE},
};
use crate::domain::{
    case::Case,
    chain::Chain,
    event::Event,
    finding::{Finding, Kind},
    id::Hash,
};

/// A chain and a case that grow with each chunk.
#[derive(Debug, Default)]
pub(super) struct Records {
    lines: Lines,
    follow: Follow,
}

#[derive(Debug, Default)]
struct Follow {
    chain: Chain,
    case: Option<Case>,
    findings: Vec<Finding>,
    number: u64,
}

impl Records {
    /// Takes the next chunk of the file.
    pub(super) fn take(&mut self, chunk: &[u8]) {
        let follow = &mut self.follow;
        self.lines.take(chunk, &mut |line| follow.line(line));
    }

    /// What the records come to, how many lines there were, and what was found.
    pub(super) fn finish(mut self) -> (Option<Case>, u64, Vec<Finding>) {
        let follow = &mut self.follow;
        self.lines.finish(&mut |line| follow.line(line));
        let mut findings = self.follow.findings;
        findings.extend(self.follow.chain.finish());
        (self.follow.case, self.follow.number, findings)
    }
}

impl Follow {
    fn line(&mut self, line: Line<'_>) {
        self.number += 1;
        let bytes = match line {
            Line::Whole(bytes) => bytes,
            Line::Unended(bytes) => {
                self.fault("the last line has no end, so the file is cut off");
                bytes
            }
            Line::TooLong => return self.fault(&format!("it is longer than {MOST_LINE} bytes and was not read")),
        };
        let Ok(text) = std::str::from_utf8(bytes) else { return self.fault("it is not UTF-8") };
        let Some(record) = self.chain.line(text) else { return };
        let case = self.case.get_or_insert_with(|| Case::new(record.case.clone()));
        case.apply(&record);
        if let Event::PlaybookAttached(attached) = &record.event
            && Hash::of(attached.source.as_bytes()) != attached.sha256
        {
            let what = "the playbook's text does not have the hash that the entry states";
            self.findings.push(Finding::damage(Kind::ChangedRecord, case.cite(&record.id), what));
        }
    }

    fn fault(&mut self, what: &str) {
        let place = format!("{RECORDS} line {}", self.number);
        self.findings.push(Finding::damage(Kind::UnreadableRecord, place, what));
    }
}
