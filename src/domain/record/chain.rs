//! Checks the logs of a case, line by line, without stopping at a fault.

use super::{Head, Order, Record};
use crate::domain::{
    event::{Event, UnknownEntry},
    finding::{Finding, Findings, Kind},
    id::{CaseId, ConsoleId, letters_of_console},
};
use std::collections::BTreeMap;

/// A running check: give it every line in the order of the case, then [`Chain::finish`].
#[derive(Debug, Default)]
pub struct Chain {
    case: Option<CaseId>,
    logs: Vec<(ConsoleId, Head)>,
    order: Order,
    lines: u64,
    spelling: bool,
    findings: Findings,
}

impl Chain {
    /// A check that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A check that also looks at how each line is spelled, which costs as much again as reading it. Whoever only
    /// reads a case does without: a line that is spelled otherwise still says what it says.
    pub fn of_spelling_too() -> Self {
        Self { spelling: true, ..Self::default() }
    }

    /// Checks the next line, and hands back its record where it can be read.
    pub fn line(&mut self, text: &str) -> Option<Record> {
        match Record::read(text) {
            Ok(record) => {
                self.lines += 1;
                self.record(&record);
                Some(record)
            }
            Err(why) => {
                self.skip(format!("this line is not a record: {why}"));
                None
            }
        }
    }

    /// Counts a line that cannot be read as text, and notes why.
    pub fn skip(&mut self, why: impl Into<String>) {
        self.lines += 1;
        self.findings.push(Finding::damage(Kind::UnreadableRecord, format!("line {}", self.lines), why));
    }

    /// How many lines were given.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The heads of all logs so far.
    pub fn heads(&self) -> BTreeMap<ConsoleId, Head> {
        self.logs.iter().cloned().collect()
    }

    /// The case that the first readable line belongs to.
    pub fn case(&self) -> Option<&CaseId> {
        self.case.as_ref()
    }

    /// A console's letter among those seen so far; its short name if it was not seen.
    pub fn letter(&self, console: &ConsoleId) -> String {
        let place = self.logs.iter().position(|(known, _)| known == console);
        place.map_or_else(|| console.short().to_owned(), letters_of_console)
    }

    /// What was found.
    pub fn finish(self) -> Vec<Finding> {
        self.findings.finish()
    }

    fn record(&mut self, record: &Record) {
        let known = self.logs.iter().position(|(console, _)| *console == record.id.console);
        let place = known.unwrap_or_else(|| {
            self.logs.push((record.id.console.clone(), Head::EMPTY));
            self.logs.len() - 1
        });
        let head = self.logs[place].1;
        let letter = letters_of_console(place);
        let cite = format!("{letter}{}", record.id.seq);
        self.check_line(record, &cite);
        self.whole_case(record, &cite);
        if record.id.seq > head.seq + 1 {
            self.findings.push(Finding::damage(
                Kind::Gap,
                format!("{letter}{} to {letter}{}", head.seq + 1, record.id.seq - 1),
                format!("the log goes from {letter}{} to {cite}", head.seq),
            ));
        } else if record.id.seq <= head.seq {
            self.findings.push(Finding::damage(
                Kind::WrongOrder,
                &cite,
                format!("{cite} stands after {letter}{}", head.seq),
            ));
        } else if record.prev != head.hash {
            let (changed, what) = if head.seq == 0 {
                (cite.clone(), format!("{cite} is first in its log but names an entry before it"))
            } else {
                let before = format!("{letter}{}", head.seq);
                (before.clone(), format!("{before} is not the entry that {cite} was chained to"))
            };
            let kind = if head.seq == 0 { Kind::BrokenLink } else { Kind::ChangedRecord };
            self.findings.push(Finding::damage(kind, changed, what));
        }
        self.logs[place].1 = record.head();
    }

    /// Whether it is one line, which whatever reads the log line by line rests on; and how it is spelled, if asked.
    fn check_line(&mut self, record: &Record, cite: &str) {
        let one_line = !record.text().contains(['\n', '\r']);
        let fault = match record.check_spelling() {
            _ if one_line && !self.spelling => return,
            Ok(()) => return,
            Err(fault) => fault,
        };
        self.findings.push(Finding::damage(
            Kind::ForeignLine,
            cite,
            format!("{cite} is not as it was written: {fault}"),
        ));
    }

    fn whole_case(&mut self, record: &Record, cite: &str) {
        match &self.case {
            None => self.case = Some(record.case.clone()),
            Some(case) if *case != record.case => self.findings.push(Finding::damage(
                Kind::BrokenLink,
                cite,
                format!("{cite} belongs to case {}, not to {case}", record.case),
            )),
            Some(_) => {}
        }
        if record.order <= self.order {
            self.findings.push(Finding::damage(
                Kind::WrongOrder,
                cite,
                format!("{cite} does not come after the entry before it"),
            ));
        }
        self.order = self.order.max(record.order);
        let known = |kind: &str| Event::latest(kind).unwrap_or(0);
        if let Event::Unknown(entry) = &record.event
            && entry.version > known(&entry.kind)
        {
            let UnknownEntry { kind, version, .. } = entry;
            self.findings.push(Finding::notice(
                Kind::UnknownEntry,
                cite,
                format!("{cite} is of type {kind:?} version {version}, which this program does not know"),
            ));
        }
    }
}
