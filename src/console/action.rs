//! The one table of actions: it makes the keys, the bottom line, the palette, the help and the README's table.

use super::{
    key::{Code, Key},
    model::Model,
    places::Place,
    table::ACTIONS,
};

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

/// The names of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is described in the table")]
pub(crate) enum Id {
    OpenCase,
    NewIncident,
    Refresh,
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
    Impact,
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

/// The action that a key stands for in a place.
pub(crate) fn lookup(context: Context, key: Key) -> Option<&'static Action> {
    // With caps lock on, control and a letter are the same key still.
    let code = match key.code {
        Code::Char(c) if key.ctrl => Code::Char(c.to_ascii_lowercase()),
        code => code,
    };
    let same = |known: &&Key| known.code == code && known.ctrl == key.ctrl && known.alt == key.alt;
    here(context).find(|action| action.keys.iter().any(|known| same(&known)))
}

/// An action by its name in the code.
pub(crate) fn named(id: Id) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.id == id)
}

/// The actions of a place.
pub(crate) fn here(context: Context) -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().filter(move |action| action.contexts.contains(&context))
}

/// How a key is written: `⏎`, `Ctrl-S`, `n`.
pub(crate) fn written(key: Key) -> String {
    let name = match key.code {
        Code::Char(' ') => "Space".into(),
        Code::Char(c) if key.ctrl => c.to_ascii_uppercase().to_string(),
        Code::Char(c) => c.to_string(),
        Code::Enter => "⏎".into(),
        Code::Up => "↑".into(),
        Code::Down => "↓".into(),
        Code::PageUp => "PgUp".into(),
        Code::PageDown => "PgDn".into(),
        Code::BackTab => "Shift-Tab".into(),
        Code::F(number) => format!("F{number}"),
        code => format!("{code:?}"),
    };
    format!("{}{}{name}", if key.ctrl { "Ctrl-" } else { "" }, if key.alt { "Alt-" } else { "" })
}

/// Every key of an action, as written.
pub(crate) fn keys(action: &Action) -> String {
    action.keys.iter().map(|key| written(*key)).collect::<Vec<_>>().join(" ")
}

fn place(context: Context) -> &'static str {
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

/// Where an action can be used, in words: all places of a case are one word.
fn places(contexts: &[Context]) -> String {
    let all = Place::ALL.iter().all(|place| contexts.contains(&Context::At(*place)));
    let mut words: Vec<&str> = if all { vec!["a case"] } else { Vec::new() };
    let own = contexts.iter().filter(|context| !all || !matches!(context, Context::At(_)));
    words.extend(own.map(|context| place(*context)));
    words.join(", ")
}

/// A row of the table of actions, for those outside.
#[derive(Clone, Debug)]
pub struct ActionRow {
    /// Its name.
    pub name: &'static str,
    /// Where it can be used, such as `log` or `a box`.
    pub places: Vec<&'static str>,
    /// Its keys as they are written, such as `Ctrl-S`; none where it is only in the list of all actions.
    pub keys: Vec<String>,
}

/// Every row of the table.
pub fn actions() -> Vec<ActionRow> {
    let row = |action: &Action| ActionRow {
        name: action.name,
        places: action.contexts.iter().map(|context| place(*context)).collect(),
        keys: action.keys.iter().map(|key| written(*key)).collect(),
    };
    ACTIONS.iter().map(row).collect()
}

/// The table of keys for the README, as Markdown; generated, so that it cannot be wrong.
pub fn key_table_markdown() -> String {
    let mut table = String::from("| where | key | does |\n|---|---|---|\n");
    for action in ACTIONS {
        let places = places(action.contexts);
        let keys: Vec<String> = action.keys.iter().map(|key| format!("`{}`", written(*key))).collect();
        let keys = if keys.is_empty() { format!("`:` {}", action.name) } else { keys.join(" ") };
        table.push_str(&format!("| {} | {keys} | {} |\n", places, action.doc));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{
        Context::{Ask, At, Busy, Filter, Form, Home, List, NotRecorded, Page, Small},
        *,
    };

    fn contexts() -> impl Iterator<Item = Context> {
        let others = [Home, Form, Busy, NotRecorded, List, Filter, Page, Ask, Small];
        others.into_iter().chain(Place::ALL.into_iter().map(At))
    }

    #[test]
    fn no_two_actions_share_a_key_in_one_place() {
        for context in contexts() {
            let mut seen: Vec<(Key, Id)> = Vec::new();
            for action in here(context) {
                for key in action.keys {
                    assert!(
                        !seen.iter().any(|(known, _)| known == key),
                        "{context:?}: {} does two things: {:?} and {:?}",
                        written(*key),
                        action.id,
                        seen
                    );
                    seen.push((*key, action.id));
                    assert_eq!(lookup(context, *key).map(|found| found.id), Some(action.id));
                }
            }
        }
    }

    #[test]
    fn every_place_has_help_and_a_way_out() {
        for context in contexts() {
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
        assert_eq!(table.lines().count(), ACTIONS.len() + 2);
        assert!(table.contains("| a box | `Ctrl-S` | Records what the box shows. |"), "{table}");
    }
}
