//! Where the actions of the table can be used.
#![allow(missing_docs, reason = "each is named for what it holds")]

use super::{
    action::Context::{self, Ask, At, Busy, Filter, Form, Home, List, NotRecorded, Page, Small},
    places::Place,
};

pub(super) const HOME: &[Context] = &[Home];
/// All places of an open case.
pub(super) const CASE: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
];
/// Where a step has the cursor.
pub(super) const STEPS: &[Context] = &[At(Place::Now), At(Place::Playbook)];
/// Where an entry has the cursor.
pub(super) const ENTRIES: &[Context] = &[At(Place::Log), At(Place::Evidence), At(Place::Decisions)];
pub(super) const NOW: &[Context] = &[At(Place::Now)];
pub(super) const DECISIONS: &[Context] = &[At(Place::Decisions)];
pub(super) const HANDOVER: &[Context] = &[At(Place::Handover)];
pub(super) const INTEGRITY: &[Context] = &[At(Place::Integrity)];
/// Where Enter does not hand over.
pub(super) const BUT_HANDOVER: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Integrity),
];
/// Where Enter does not check the case.
pub(super) const BUT_INTEGRITY: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
];
pub(super) const SYSTEMS: &[Context] = &[At(Place::Systems)];
pub(super) const PEOPLE: &[Context] = &[At(Place::People)];
pub(super) const CLOCKS: &[Context] = &[At(Place::Clocks)];
pub(super) const LOG: &[Context] = &[At(Place::Log)];
/// Where the filter of the log is typed.
pub(super) const FILTER: &[Context] = &[Filter];
/// Where m does not meet a clock.
pub(super) const BUT_CLOCKS: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
];
/// Where a starts a step, or adds someone.
pub(super) const BUT_SYSTEMS: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
];
/// Where r reopens a step, or is no key.
pub(super) const BUT_PEOPLE: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::Handover),
    At(Place::Integrity),
];
/// Where going back goes to what is now.
pub(super) const BUT_NOW: &[Context] = &[
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
];
/// Where rows or lines are moved through.
pub(super) const ROWS: &[Context] = &[
    Home,
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
    Page,
];
/// Where something is read that can be copied.
pub(super) const COPIES: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
    Page,
];
/// Where the list of actions can be opened.
pub(super) const PALETTE: &[Context] = &[
    Home,
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
];
/// Where a question mark is a key.
pub(super) const HELP: &[Context] = &[
    Home,
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
    NotRecorded,
    Ask,
];
pub(super) const TYPING: &[Context] = &[Form, Busy, List, Filter];
pub(super) const FORM: &[Context] = &[Form];
pub(super) const BUSY: &[Context] = &[Busy];
pub(super) const FAILED: &[Context] = &[NotRecorded];
pub(super) const LIST: &[Context] = &[List];
pub(super) const ASK: &[Context] = &[Ask];
pub(super) const BOXES: &[Context] = &[Form, List];
pub(super) const PAGE: &[Context] = &[Page];
pub(super) const ENDS: &[Context] = &[Home, Small];
/// Where leaving the program takes two keys.
pub(super) const INNER: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Log),
    At(Place::Evidence),
    At(Place::Decisions),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
    Form,
    Busy,
    NotRecorded,
    List,
    Filter,
    Page,
    Ask,
];
