//! What every entry says of itself. A family's file implements [`Said`] beside its payload, so that one entry is worded in
//! one place: the log, its page, the printed log, the reports and the search all read from there.

use crate::domain::{
    id::{EntryId, Hash},
    marking::Severity,
    person::Person,
    playbook::StepRef,
    text::fold_name,
};

/// What an entry says of itself. All texts are raw: whoever shows one makes it safe.
///
/// No method has a body here: one that had would answer for a new entry that forgot to.
pub trait Said {
    /// How its type is told, in a word or by a sign.
    fn sign(&self) -> Sign;

    /// In one row of the log, logged by `by`.
    fn line(&self, by: &Person, names: &dyn Names) -> String;

    /// In a sentence, without its type: for the printed log, the reports and the timelines.
    fn sentence(&self, names: &dyn Names) -> String;

    /// In full, name and text, in the order of reading. A row may be empty; nobody shows it then.
    fn rows(&self, names: &dyn Names) -> Vec<DetailRow>;

    /// Every text that people put into it: what a search looks through. Some stand in its line as well, and some may be
    /// empty. A playbook's own text is left out: it is no part of what happened.
    fn texts(&self) -> Vec<&str>;

    /// Those of its texts in which people write what they saw, so that indicators may stand in them. Names, addresses and
    /// references of those who help are none.
    fn observed(&self) -> Vec<&str>;

    /// What it is about.
    fn about(&self) -> About<'_>;

    /// What undoing it does.
    fn undo(&self) -> Undo;

    /// Whether it carries the incident on, which a closed case does not.
    fn needs_open_case(&self) -> bool;

    /// Whether the program may write it without being asked, so that nobody takes it for what they did last.
    fn written_by_itself(&self) -> bool;
}

/// What an entry needs to know of the case to be worded. The case implements it, and so entries stand below the case.
pub trait Names {
    /// How an entry is cited: `A17`.
    fn cite(&self, entry: &EntryId) -> String;

    /// The title of a step; its identifier where no playbook of the case has it.
    fn step_title(&self, step: &StepRef) -> String;

    /// The title of a duty; its identifier where no playbook of the case has it.
    fn duty_title(&self, duty: &str) -> String;
}

/// A row of an entry's page: its name, and what stands there.
pub type DetailRow = (&'static str, String);

/// How the type of an entry is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// A word or two, in the printed log and the reports.
    pub label: &'static str,
    /// A word or sign of at most nine cells, in the log on screen.
    pub tag: &'static str,
    /// What it looks like in the drawn timeline.
    pub mark: Mark,
}

impl Sign {
    /// One word for both logs.
    pub(super) const fn word(word: &'static str, mark: Mark) -> Self {
        Self { label: word, tag: word, mark }
    }
}

/// What an entry is told by where it is only a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A step is done.
    Done,
    /// A step is begun or open again.
    Begun,
    /// A step is left out.
    Skipped,
    /// A step cannot go on.
    Blocked,
    /// Someone decided.
    Decision,
    /// Something was taken in.
    Evidence,
    /// Someone was told.
    Told,
    /// Something worth remembering.
    Note,
    /// An earlier entry was wrong.
    Correction,
    /// The record or its clock suffered: everywhere shown as an alarm.
    Lost,
    /// The case, its people, its clocks.
    Case,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About<'a> {
    /// A step.
    pub step: Option<&'a StepRef>,
    /// An earlier entry, and the hash that it is said to have.
    pub entry: Option<(&'a EntryId, Hash)>,
    /// The hash of a file: of evidence, or of an export.
    pub sha256: Option<Hash>,
}

impl<'a> About<'a> {
    /// About nothing but itself.
    pub(super) const NOTHING: Self = Self { step: None, entry: None, sha256: None };

    /// About a step.
    pub(super) fn step(step: &'a StepRef) -> Self {
        Self { step: Some(step), ..Self::NOTHING }
    }

    /// About an earlier entry.
    pub(super) fn entry(entry: &'a EntryId, hash: Hash) -> Self {
        Self { entry: Some((entry, hash)), ..Self::NOTHING }
    }
}

/// What undoing an entry does, beside saying that the entry does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    /// It says something, and changes nothing that would have to be put back.
    Nothing,
    /// Opens again the steps that it settled; the playbooks in use know which.
    ReopensSteps,
    /// Puts back this severity.
    PutsBackSeverity(Severity),
    /// Reopens the case that it closed.
    Reopens,
    /// Closes the case that it reopened.
    Closes,
    /// Marks this entry again, or takes its mark off: the other than it did.
    Marks {
        /// The entry.
        entry: EntryId,
        /// Its hash.
        hash: Hash,
        /// Whether the entry to be undone marked it.
        on: bool,
    },
    /// Puts back what stood there before.
    PutsBack(Slot),
    /// It cannot be undone.
    Stays {
        /// Why not.
        why: &'static str,
        /// What to do instead.
        instead: &'static str,
    },
}

impl Undo {
    /// The place in which the latest of several entries counts; `None` where each counts by itself.
    pub(in crate::domain) fn slot(&self) -> Option<Slot> {
        match self {
            Self::PutsBack(slot) => Some(slot.clone()),
            Self::PutsBackSeverity(_) => Some(Slot::of("severity", "")),
            Self::Reopens | Self::Closes => Some(Slot::of("end", "")),
            Self::Marks { entry, .. } => Some(Slot { kind: "mark", of: format!("{}/{}", entry.console, entry.seq) }),
            Self::Nothing | Self::ReopensSteps | Self::Stays { .. } => None,
        }
    }
}

/// A place in which the latest of several entries counts: `("system", "pacs")`, `("impact", "")`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    kind: &'static str,
    of: String,
}

impl Slot {
    /// The slot of that name. Spaces around a name and its case do not count.
    pub(super) fn of(kind: &'static str, name: &str) -> Self {
        Self { kind, of: fold_name(name) }
    }
}

/// `head: tail`; without a tail the head alone.
pub(super) fn join_with_colon(head: &str, tail: &str) -> String {
    if tail.trim().is_empty() { head.to_owned() } else { format!("{head}: {tail}") }
}

/// `head. “tail”`; without a tail the head alone.
pub(super) fn join_with_quote(head: &str, tail: &str) -> String {
    if tail.trim().is_empty() { head.to_owned() } else { format!("{head}. “{tail}”") }
}

/// ` [before: a, b]`: what a step needed and was not settled.
pub(super) fn list_unmet(unmet: &[String]) -> String {
    if unmet.is_empty() { String::new() } else { format!(" [before: {}]", unmet.join(", ")) }
}

/// `, by means`, or nothing.
pub(super) fn by_means(means: &str) -> String {
    if means.is_empty() { String::new() } else { format!(", by {means}") }
}

/// `Title (playbook/step)`.
pub(super) fn name_step(step: &StepRef, names: &dyn Names) -> String {
    format!("{} ({step})", names.step_title(step))
}

/// The texts of a person.
pub(super) fn person_texts(who: &Person) -> [&str; 3] {
    [&who.name, &who.role, &who.organisation]
}
