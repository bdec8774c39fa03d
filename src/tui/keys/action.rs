//! The one table of actions: it makes the keys, the bottom line, the palette, the help and the README's table.

use super::{key::Key, keymap::Keymap, table::ACTIONS};
use crate::tui::{keys::place::Place, model::Model};

/// Where keys are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// The list of cases.
    Home,
    /// A place of an open case.
    At(Place),
    /// A box that is being written.
    Form,
    /// A box that waits for the disk or a job.
    Busy,
    /// A failed write.
    NotRecorded,
    /// A list that narrows as one types.
    List,
    /// The filter of the log.
    Filter,
    /// A page to read.
    Page,
    /// A question before leaving.
    Ask,
    /// A window that is too small.
    Small,
}

impl Context {
    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        use Context::{Ask, At, Busy, Filter, Form, Home, List, NotRecorded, Page, Small};
        let others = [Home, Form, Busy, NotRecorded, List, Filter, Page, Ask, Small];
        Place::ALL.into_iter().map(At).chain(others)
    }
}

/// The names of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is described in the table")]
pub(crate) enum Id {
    OpenCase,
    NewIncident,
    Refresh,
    Tidy,
    Do,
    Decide,
    Note,
    Evidence,
    Skip,
    Block,
    Reopen,
    Start,
    Notify,
    DecideFree,
    Correct,
    FollowUp,
    Drafts,
    Undo,
    Copy,
    Impact,
    AssetDo,
    AssetAdd,
    Indicator,
    ContactAdd,
    RowRead,
    Export,
    Check,
    StopJob,
    Severity,
    Amend,
    Join,
    Attach,
    CloseCase,
    ReopenCase,
    Why,
    Answer,
    Find,
    Order,
    Filters,
    KeepFilter,
    ClearFilter,
    Next,
    Due,
    ThrowAway,
    GoNow,
    GoPlaybook,
    GoLog,
    GoEvidence,
    GoDecisions,
    GoSystems,
    GoClocks,
    GoPeople,
    GoHandover,
    GoIntegrity,
    NextPlace,
    PlaceBefore,
    OpenEntry,
    Countersign,
    HandOver,
    Compare,
    Up,
    Down,
    PageUp,
    PageDown,
    HalfUp,
    HalfDown,
    First,
    Last,
    More,
    Less,
    ClockDo,
    ClockStart,
    ClockMeet,
    ClockWaive,
    ClockRead,
    Record,
    Retry,
    SaveElsewhere,
    ToDraft,
    Background,
    Cancel,
    Choose,
    Leave,
    Stay,
    Palette,
    Theme,
    Help,
    Back,
    Quit,
}

/// Something that a key does.
#[derive(Debug)]
pub(crate) struct Action {
    /// Its name in the code.
    pub(crate) id: Id,
    /// Its name in lists.
    pub(crate) name: &'static str,
    /// A word for the bottom line; empty where it is not shown there.
    pub(crate) bar: &'static str,
    /// What it does, in a sentence.
    pub(crate) doc: &'static str,
    /// Its heading in the help.
    pub(crate) group: &'static str,
    /// Where it can be used.
    pub(crate) contexts: &'static [Context],
    /// Its keys, the one to show first.
    pub(crate) keys: &'static [Key],
    /// It records: a held key does not do it.
    pub(crate) records: bool,
    /// Why it cannot be used now.
    pub(crate) guard: fn(&Model) -> Result<(), String>,
}

/// An action by its name in the code.
pub(crate) fn named(id: Id) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.id == id)
}

/// The row of an action in the table: one that is named otherwise in some places has a row for each.
pub(crate) fn row_of(action: &'static Action) -> Option<usize> {
    ACTIONS.iter().position(|known| std::ptr::eq(known, action))
}

/// The actions of a place.
pub(crate) fn here(context: Context) -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().filter(move |action| action.contexts.contains(&context))
}

/// A place in a word or two.
pub(crate) fn place(context: Context) -> &'static str {
    match context {
        Context::Home => "cases",
        Context::At(place) => place.word(),
        Context::Form => "a box",
        Context::Busy => "a job",
        Context::NotRecorded => "NOT RECORDED",
        Context::List => "a list",
        Context::Filter => "the filter",
        Context::Page => "a page",
        Context::Ask => "leaving",
        Context::Small => "too small",
    }
}

/// The most places of a case that are named as left out.
const FEW: usize = 3;

/// Where an action can be used, in words: all places of a case are one word, and nearly all are all but some.
pub(crate) fn places(contexts: &[Context]) -> String {
    let (mut without, mut own) = (Vec::new(), Vec::new());
    for each in Place::ALL.map(Context::At) {
        if contexts.contains(&each) { &mut own } else { &mut without }.push(place(each));
    }
    let mut words = match without.len() {
        0 => vec!["a case".to_owned()],
        1..=FEW => vec![format!("a case but for {}", without.join(", "))],
        _ => own.into_iter().map(str::to_owned).collect(),
    };
    let others = contexts.iter().filter(|context| !matches!(context, Context::At(_)));
    words.extend(others.map(|context| place(*context).to_owned()));
    words.join(", ")
}

/// A row of the table of actions, for those outside.
#[derive(Clone, Debug)]
pub struct ActionRow {
    /// Its name.
    pub name: &'static str,
    /// Its name as the settings write it, such as `own-decision` or `back/page`.
    pub setting: String,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// Where it can be used, such as `log` or `a box`.
    pub places: Vec<&'static str>,
    /// The same in words: all places of a case are `a case`.
    pub shown_places: String,
    /// Its keys as they are written, such as `Ctrl-S`; none where it is only in the list of all actions.
    pub keys: Vec<String>,
    /// The keys are not those of the table.
    pub changed: bool,
}

/// Every row of the table, with the keys that it has there.
pub fn actions() -> Vec<ActionRow> {
    Keymap::default().rows()
}

/// The table of keys for the README, as Markdown; generated, so that it cannot be wrong.
pub fn key_table_markdown() -> String {
    let mut rows: Vec<(&Action, Vec<Context>)> = Vec::new();
    for action in ACTIONS {
        // What stands in the table twice only for its word in the key line is one row here.
        let same = |row: &&mut (&Action, _)| {
            (row.0.name, row.0.doc, row.0.keys) == (action.name, action.doc, action.keys) && !row.0.keys.is_empty()
        };
        match rows.iter_mut().find(same) {
            Some((_, contexts)) => contexts.extend(action.contexts),
            None => rows.push((action, action.contexts.to_vec())),
        }
    }
    let mut table = String::from("| where | key | does |\n|---|---|---|\n");
    for (action, contexts) in rows {
        let keys: Vec<String> = action.keys.iter().map(|key| format!("`{}`", key.written())).collect();
        let keys = if keys.is_empty() { format!("`:` {}", action.name) } else { keys.join(" ") };
        table.push_str(&format!("| {} | {keys} | {} |\n", places(&contexts), action.doc));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{
        Context::{At, Form, Page, Small},
        *,
    };

    #[test]
    fn no_two_actions_share_a_key_in_one_place() {
        for context in Context::all() {
            let mut seen: Vec<(Key, Id)> = Vec::new();
            for action in here(context) {
                for key in action.keys {
                    assert!(
                        !seen.iter().any(|(known, _)| known == key),
                        "{context:?}: {} does two things: {:?} and {:?}",
                        key.written(),
                        action.id,
                        seen
                    );
                    seen.push((*key, action.id));
                    assert_eq!(Keymap::default().lookup(context, *key).map(|found| found.id), Some(action.id));
                }
            }
        }
    }

    #[test]
    fn every_place_has_help_and_a_way_out() {
        for context in Context::all() {
            let ids: Vec<Id> = here(context).map(|action| action.id).collect();
            assert!(ids.contains(&Id::Quit), "{context:?} cannot be left");
            // A page is itself what help is, and a window that is too small says all that there is to say.
            assert!(ids.contains(&Id::Help) || matches!(context, Page | Small), "{context:?} has no help");
        }
    }

    #[test]
    fn what_records_has_a_key_of_its_own() {
        let opening: Vec<Key> =
            Place::ALL.into_iter().flat_map(|place| here(At(place))).flat_map(|action| action.keys).copied().collect();
        for action in ACTIONS.iter().filter(|action| action.records && action.contexts.contains(&Form)) {
            assert!(action.keys.iter().all(|key| !opening.contains(key)), "{:?}", action.id);
        }
    }

    #[test]
    fn the_table_has_a_row_for_each_action() {
        let table = key_table_markdown();
        for action in ACTIONS {
            let rows = table.lines().filter(|row| row.ends_with(&format!("| {} |", action.doc))).count();
            let keys = action.keys.iter().all(|key| table.contains(&format!("`{}`", key.written())));
            assert!(rows > 0 && keys, "{}: {table}", action.name);
        }
        assert_eq!(table.matches("Says what is right where an entry is wrong; both are kept.").count(), 1, "{table}");
        assert!(table.contains("| a case but for log | `/` |"), "{table}");
        assert!(table.contains("| a box | `Ctrl-S` | Records what the box shows. |"), "{table}");
    }
}
