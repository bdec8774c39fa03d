//! The playbooks at hand: the built-in ones, and the organisation's own, which override by id.

pub(crate) mod builtin;

use crate::{
    domain::{duty::Duty, playbook::Playbook, text::make_safe, wording::did_you_mean::nearest_word},
    playbook::{
        finding::Finding,
        read::{examine, read_duties},
    },
};
use builtin::{builtin, duties};
use serde::Serialize;

/// The name of the file that describes duties rather than a playbook.
const DUTIES_FILE: &str = "duties.ron";

/// Where a playbook came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// It is inside the binary.
    BuiltIn,
    /// It is the organisation's own, from this file.
    Own(String),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::BuiltIn => "built-in",
            Self::Own(file) => file,
        })
    }
}

/// A playbook that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The playbook.
    pub playbook: Playbook,
    /// Its exact text, to be kept in the case.
    pub source: String,
    /// Where it came from.
    pub origin: Origin,
    /// The built-in playbook of the same id stands back for it.
    pub overrides: bool,
    /// The duties that it may start, in its own order.
    pub duties: Vec<Duty>,
    /// Warnings about it; they do not prevent use.
    pub findings: Vec<Finding>,
}

/// A file of the organisation's own that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name as given.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Why not; [`report`](super::report) draws them.
    pub findings: Vec<Finding>,
    /// The id of a playbook that was loaded before and goes by the same id, where that is the reason.
    pub twin: Option<String>,
}

/// No playbook, or more than one, goes by a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no playbook {:?}", make_safe(asked))]
pub struct NotFound {
    /// What was asked for.
    pub asked: String,
    /// The ids of all playbooks at hand.
    pub known: Vec<String>,
    /// Those that it may have meant: all that begin so, or the nearest.
    pub near: Vec<String>,
}

/// The playbooks and duties at hand.
#[derive(Clone, Debug)]
pub struct Library {
    entries: Vec<Entry>,
    faults: Vec<Fault>,
    duties: Vec<Duty>,
}

impl Library {
    /// The built-in playbooks with the organisation's own files, given as (name, text). A file called `duties.ron`
    /// holds duties; the others are playbooks. Each overrides a built-in one of the same id. Files with errors are
    /// set aside under [`faults`](Self::faults), and what they would have overridden stays.
    pub fn new(own: Vec<(String, String)>) -> Self {
        let mut library = Library { entries: Vec::new(), faults: Vec::new(), duties: duties().to_vec() };
        let (of_duties, of_playbooks): (Vec<_>, Vec<_>) = own.into_iter().partition(|(name, _)| is_duties(name));
        // Duties first: playbooks are checked against them.
        for (name, text) in of_duties {
            match read_duties(&text) {
                Ok(own) => own.into_iter().for_each(|duty| library.put_duty(duty)),
                Err(findings) => library.faults.push(Fault { name, text, findings, twin: None }),
            }
        }
        for source in builtin() {
            library.add(source.name.to_owned(), source.text.to_owned(), Origin::BuiltIn);
        }
        for (name, text) in of_playbooks {
            library.add(name.clone(), text, Origin::Own(name));
        }
        library
    }

    /// Takes a duty of the organisation's own, in place of the built-in one of the same id.
    fn put_duty(&mut self, duty: Duty) {
        match self.duties.iter_mut().find(|known| known.id == duty.id) {
            Some(known) => *known = duty,
            None => self.duties.push(duty),
        }
    }

    /// Reads a playbook and lists it, in place of a built-in one of the same id; sets it aside under
    /// [`Library::faults`] if it cannot be used.
    fn add(&mut self, name: String, text: String, origin: Origin) {
        let examined = examine(&text, &self.duties);
        let usable = examined.usable();
        let findings = examined.findings;
        let Some(playbook) = examined.playbook.filter(|_| usable) else {
            self.faults.push(Fault { name, text, findings, twin: None });
            return;
        };
        // They are kept with the case from then on: a duty that changes later changes no clock that runs.
        let listed = playbook.duties.iter().filter_map(|id| self.duty(id).cloned()).collect();
        let mut entry = Entry { playbook, source: text, origin, overrides: false, duties: listed, findings };
        match self.entries.iter_mut().find(|known| known.playbook.id == entry.playbook.id) {
            None => self.entries.push(entry),
            Some(known) if known.origin == Origin::BuiltIn => {
                entry.overrides = true;
                *known = entry;
            }
            // Two of the organisation's own: the first stays, and the second is named rather than silently lost.
            Some(known) => {
                let twin = Some(known.playbook.id.clone());
                self.faults.push(Fault { name, text: entry.source, findings: entry.findings, twin });
            }
        }
    }

    /// Every playbook that can be used.
    pub fn list(&self) -> &[Entry] {
        &self.entries
    }

    /// The organisation's own files that cannot be used.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Every duty that playbooks may name.
    pub fn duties(&self) -> &[Duty] {
        &self.duties
    }

    /// The duty of that id.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.id == id)
    }

    /// The playbook of that id, or the only one whose id begins so.
    pub fn find(&self, asked: &str) -> Result<&Entry, NotFound> {
        if let Some(entry) = self.entries.iter().find(|entry| entry.playbook.id == asked) {
            return Ok(entry);
        }
        let begins = |entry: &&Entry| !asked.is_empty() && entry.playbook.id.starts_with(asked);
        let found: Vec<&Entry> = self.entries.iter().filter(begins).collect();
        // A beginning that fits several names none of them: a slip must not attach another playbook.
        if let [only] = found.as_slice() {
            return Ok(only);
        }
        let known: Vec<String> = self.entries.iter().map(|entry| entry.playbook.id.clone()).collect();
        let near = match found.is_empty() {
            true => nearest_word(asked, &known).map(str::to_owned).into_iter().collect(),
            false => found.iter().map(|entry| entry.playbook.id.clone()).collect(),
        };
        Err(NotFound { asked: asked.to_owned(), known, near })
    }
}

/// Whether the file describes duties, whatever folder is named before it.
fn is_duties(name: &str) -> bool {
    name.rsplit(['/', '\\']).next() == Some(DUTIES_FILE)
}
