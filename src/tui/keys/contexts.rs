//! Where the actions of the table can be used.
#![allow(missing_docs, reason = "each is named for what it holds")]

use super::{
    action::Context::{self, Ask, At, Busy, Filter, Form, Home, List, NotRecorded, Page, Small},
    place::Place,
};

/// All places of an open case but one.
const fn all_places_but(left_out: Place) -> [Context; Place::ALL.len() - 1] {
    let mut rest = [Home; Place::ALL.len() - 1];
    let (mut from, mut to) = (0, 0);
    while from < Place::ALL.len() {
        if Place::ALL[from] as usize != left_out as usize {
            rest[to] = At(Place::ALL[from]);
            to += 1;
        }
        from += 1;
    }
    rest
}

/// These one after another; that they are as many as `N` is seen when it is compiled.
const fn join_contexts<const N: usize>(parts: &[&[Context]]) -> [Context; N] {
    let mut all = [Home; N];
    let (mut part, mut to) = (0, 0);
    while part < parts.len() {
        let mut from = 0;
        while from < parts[part].len() {
            all[to] = parts[part][from];
            (from, to) = (from + 1, to + 1);
        }
        part += 1;
    }
    assert!(to == N, "the parts are as many as the whole");
    all
}

pub(super) const HOME: &[Context] = &[Home];
pub(super) const NOW: &[Context] = &[At(Place::Now)];
/// Where going back goes to what is now.
pub(super) const BUT_NOW: &[Context] = &all_places_but(Place::Now);
/// All places of an open case.
pub(super) const CASE: &[Context] = &join_contexts::<{ Place::ALL.len() }>(&[NOW, BUT_NOW]);
/// Where a step has the cursor.
pub(crate) const STEPS: &[Context] = &[At(Place::Now), At(Place::Playbook)];
/// Where an entry has the cursor.
pub(super) const ENTRIES: &[Context] = &[At(Place::Log), At(Place::Evidence), At(Place::Decisions)];
/// Where none has.
pub(super) const BUT_ENTRIES: &[Context] = &[
    At(Place::Now),
    At(Place::Playbook),
    At(Place::Systems),
    At(Place::Clocks),
    At(Place::People),
    At(Place::Handover),
    At(Place::Integrity),
];
pub(super) const DECISIONS: &[Context] = &[At(Place::Decisions)];
/// Where a decision is not what one comes for.
pub(super) const BUT_DECISIONS: &[Context] = &all_places_but(Place::Decisions);
pub(super) const ITEMS: &[Context] = &[At(Place::Evidence)];
/// Where evidence is taken in for the step with the cursor.
pub(super) const BUT_ITEMS: &[Context] = &all_places_but(Place::Evidence);
pub(super) const HANDOVER: &[Context] = &[At(Place::Handover)];
pub(super) const INTEGRITY: &[Context] = &[At(Place::Integrity)];
/// Where Enter does not hand over.
pub(super) const BUT_HANDOVER: &[Context] = &all_places_but(Place::Handover);
/// Where Enter does not check the case.
pub(super) const BUT_INTEGRITY: &[Context] = &all_places_but(Place::Integrity);
pub(super) const SYSTEMS: &[Context] = &[At(Place::Systems)];
pub(super) const PEOPLE: &[Context] = &[At(Place::People)];
pub(super) const CLOCKS: &[Context] = &[At(Place::Clocks)];
pub(super) const LOG: &[Context] = &[At(Place::Log)];
/// Where what is found is no filter.
pub(super) const BUT_LOG: &[Context] = &all_places_but(Place::Log);
/// Where the filter of the log is typed.
pub(super) const FILTER: &[Context] = &[Filter];
/// Where m does not meet a clock.
pub(super) const BUT_CLOCKS: &[Context] = &all_places_but(Place::Clocks);
/// Where a starts a step, or adds someone.
pub(super) const BUT_SYSTEMS: &[Context] = &all_places_but(Place::Systems);
/// Where r reopens a step, or is no key.
pub(super) const BUT_PEOPLE: &[Context] = &all_places_but(Place::People);
/// Where something is read that can be copied.
pub(super) const COPIES: &[Context] = &join_contexts::<11>(&[CASE, PAGE]);
/// Where rows or lines are moved through.
pub(super) const ROWS: &[Context] = &join_contexts::<12>(&[HOME, COPIES]);
/// Where the list of actions can be opened.
pub(super) const PALETTE: &[Context] = &join_contexts::<11>(&[HOME, CASE]);
/// Where a question mark is a key.
pub(super) const HELP: &[Context] = &join_contexts::<13>(&[PALETTE, FAILED, ASK]);
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
pub(super) const INNER: &[Context] = &join_contexts::<17>(&[CASE, FORM, BUSY, FAILED, LIST, FILTER, PAGE, ASK]);
