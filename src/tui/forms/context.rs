//! What a form may look at when it is opened, and when it says what it comes to.

use crate::{
    domain::{
        asset::AssetKind,
        case::{Case, Noted, steps::Standpoint},
        duty::Duty,
        event::{AssetNoted, ContactNoted, IndicatorNoted},
        id::{ConsoleId, EntryId},
        person::Person,
        playbook::{Playbook, Role},
        search::{Index, recognised_indicators::Recognised},
        time::{Now, Time},
    },
    tui::keys::keymap::Keymap,
};

/// A playbook in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaybookRow {
    /// Its identifier.
    pub id: String,
    /// What it is for.
    pub title: String,
    /// When to use it.
    pub summary: String,
    /// How many steps it has.
    pub steps: usize,
    /// `built-in`, or its file.
    pub origin: String,
    /// Its exact text.
    pub source: String,
    /// The whole of it, to be held against a version in use.
    pub playbook: Playbook,
}

/// What a form may look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormContext<'a> {
    /// The time; `None` until it was told.
    pub(crate) now: Option<Now>,
    /// Who is logged in: in the case where one is open.
    pub(crate) responder: &'a Person,
    /// The playbooks that can be used.
    pub(crate) playbooks: &'a [PlaybookRow],
    /// Which key does what, for texts that name one.
    pub(crate) keymap: &'a Keymap,
    /// The open case.
    pub(crate) open: Option<CaseContext<'a>>,
    /// The key press that opened the form (UTC), where it is open already.
    pub(crate) begun: Option<Time>,
}

/// What a form may look at of the open case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CaseContext<'a> {
    /// The case.
    pub(crate) case: &'a Case,
    /// The index of all its entries.
    pub(crate) index: &'a Index,
    /// The log that this installation writes.
    pub(crate) console: &'a ConsoleId,
    /// Indicators that were recognised in entries and are not taken in.
    pub(crate) recognised: &'a [Recognised],
}

/// What is selected on the screen as a key opens a form: the form begins with it.
#[derive(Clone, Debug)]
pub(crate) struct Selected<'a> {
    /// The step with the cursor, else the one that is next.
    pub(crate) step: Option<Standpoint<'a>>,
    /// The entry with the cursor.
    pub(crate) entry: Option<EntryId>,
    /// The latest entry of who acts here.
    pub(crate) latest_own: Option<EntryId>,
    /// The row with the cursor of Systems, where that is the place.
    pub(crate) subject: Option<SelectedSubject<'a>>,
    /// The row with the cursor of People, where that is the place.
    pub(crate) person: Option<SelectedPerson<'a>>,
    /// The duty with the cursor among the clocks.
    pub(crate) duty: Option<&'a Duty>,
}

/// A row of Systems.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SelectedSubject<'a> {
    /// An asset.
    Asset(&'a Noted<AssetNoted>),
    /// Named in an answer only; and what sort of asset that probably is.
    Named(&'a str, AssetKind),
    /// An indicator.
    Indicator(&'a Noted<IndicatorNoted>),
    /// An indicator that was recognised in an entry, and not taken in.
    Recognised,
}

/// A row of People with which a form begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SelectedPerson<'a> {
    /// A role that nobody has taken.
    Role(&'a Role),
    /// To whom a duty is told.
    Duty(&'a Duty),
    /// A contact of the organisation, which the case does not have yet.
    Known(&'a ContactNoted),
}

impl<'a> FormContext<'a> {
    /// The open case.
    pub(crate) fn case(&self) -> Option<&'a Case> {
        self.open.map(|open| open.case)
    }
}
