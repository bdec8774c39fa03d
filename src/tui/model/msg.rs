//! What reaches the console: keys, the time, and what became of its effects.

use super::drafts::Draft;
use crate::{
    domain::{
        case::Case,
        event::ContactNoted,
        finding::Finding,
        id::{CaseId, ConsoleId, EntryId, Hash},
        leftover::Leftover,
        marking::{Severity, Tlp},
        person::Person,
        problem::Problem,
        record::Record,
        search::Index,
        time::{Now, Time},
    },
    tui::keys::key::Key,
};

pub use super::tickets::{Progress, Ticket};
pub use crate::tui::{form::path_field::PathRow, forms::context::PlaybookRow};

/// Something that happened outside the model.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The window is this wide and high, in cells.
    Resize(u16, u16),
    /// The time, at least once a second.
    Tick(Now),
    /// The cases in the home folder, newest first, and those that could not be read with the reason.
    Cases(Vec<CaseRow>, Vec<(String, String)>),
    /// What interrupted work left lying about.
    Leftovers(Vec<Leftover>),
    /// The playbooks that a new case can use.
    Playbooks(Vec<PlaybookRow>),
    /// The organisation's contacts, and why its file of them could not be read.
    Contacts(Vec<ContactNoted>, Option<Problem>),
    /// A case is open.
    Opened(Box<Opened>),
    /// An answer to an effect with a ticket: it is recorded, and these are the entries. Already on disk.
    Recorded(Ticket, Vec<Record>),
    /// Entries that another process or a job recorded in the open case. Already on disk.
    Entries(Vec<Record>),
    /// The domain refused; nothing was recorded.
    Refused(Ticket, Problem, NeedsReason),
    /// A failed write; nothing was recorded. Shown as NOT RECORDED, with the text kept, retry and save elsewhere.
    NotRecorded(Ticket, Problem),
    /// A job is so far along.
    Progress(Ticket, Progress),
    /// A job ended well; the line says what came of it, such as the path of an export.
    Done(Ticket, String),
    /// An effect failed, and nothing was recorded by it.
    Failed(Ticket, Problem),
    /// A job was cancelled, and nothing was recorded by it.
    Cancelled(Ticket),
    /// What a path that is being typed could become.
    Paths(Ticket, Vec<PathRow>),
    /// The entry that was asked for; `None` where the case file does not have it.
    Entry(EntryId, Option<Box<Record>>),
    /// What was typed and not recorded, left in this case before, or where no case was open.
    Drafts(Option<CaseId>, Vec<Draft>),
    /// Whether what is typed could be kept on disk; why not otherwise. Told when that changes.
    Kept(Result<(), String>),
    /// The first bytes of an item of evidence.
    Preview(Ticket, Preview),
    /// What a check of the open case found.
    Checked(Vec<Finding>),
}

/// What the mouse did; cells are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button was pressed.
    Click {
        /// The column.
        x: u16,
        /// The row.
        y: u16,
    },
    /// The wheel was turned by a notch.
    Scroll {
        /// Towards what stands above.
        up: bool,
    },
}

/// Whether a refusal would become a record if a reason were given.
pub type NeedsReason = bool;

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Its identifier.
    pub id: CaseId,
    /// Its folder's name.
    pub folder: String,
    /// What is wrong.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Who may see it.
    pub tlp: Tlp,
    /// Whether it is over.
    pub closed: bool,
    /// Whether it is an exercise or a sample.
    pub exercise: bool,
    /// When it was opened (UTC).
    pub opened: Time,
    /// When the latest entry was recorded (UTC).
    pub updated: Time,
    /// The next deadline (UTC), and what it is for.
    pub deadline: Option<(Time, String)>,
    /// How many entries it has.
    pub records: u64,
}

/// A case that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it is.
    pub case: Case,
    /// The index of all its entries.
    pub index: Index,
    /// Its latest entries, oldest first.
    pub tail: Vec<Record>,
    /// The log that this installation writes.
    pub console: ConsoleId,
    /// Who is logged in; without a name where the case is only watched, by nobody.
    pub responder: Person,
    /// Why it cannot be known who acts here, where it cannot: it is asked before anything is recorded.
    pub unclear: Option<String>,
    /// The folder of the case.
    pub folder: String,
    /// What must be said first and loudest, such as entries that are missing.
    pub warnings: Vec<String>,
    /// Whether nothing can be recorded (a folder that cannot be written), with the reason.
    pub read_only: Option<String>,
}

/// The first bytes of an item of evidence, as they are on disk: they may be anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// At most [`PREVIEW`] bytes, from the first on.
    pub head: Vec<u8>,
    /// How many bytes the file has now.
    pub size: u64,
    /// SHA-256 of the whole, where `head` is the whole.
    pub sha256: Option<Hash>,
}

/// How many bytes of an item are read to be looked at.
pub const PREVIEW: usize = 64 * 1024;
