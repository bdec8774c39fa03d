//! The one table of actions: it makes the keys, the bottom line, the palette, the help and the README's table.

use super::{
    guard,
    key::{Code, Key},
    model::Model,
};

/// Where keys are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// The list of cases.
    Home,
    /// The steps of a case.
    Steps,
    /// The log of a case.
    Log,
    /// A box that is being written.
    Form,
    /// A box that waits for the disk or a job.
    Busy,
    /// A failed write.
    NotRecorded,
    /// A list that narrows as one types.
    List,
    /// The duties and their clocks.
    Clocks,
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
    Clocks,
    Export,
    Check,
    Severity,
    Amend,
    Join,
    CloseCase,
    ReopenCase,
    Find,
    Next,
    Switch,
    OpenEntry,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    More,
    Less,
    ClockDo,
    ClockStart,
    ClockMeet,
    ClockWaive,
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

use Context::{Ask, Busy, Clocks, Form, Home, List, Log, NotRecorded, Page, Small, Steps};

const fn key(code: Code) -> Key {
    Key { code, ctrl: false, alt: false, shift: false, repeat: false }
}

const fn c(c: char) -> Key {
    key(Code::Char(c))
}

const fn ctrl(letter: char) -> Key {
    Key { ctrl: true, ..c(letter) }
}

const fn row(
    id: Id,
    group: &'static str,
    (name, bar): (&'static str, &'static str),
    doc: &'static str,
    contexts: &'static [Context],
    keys: &'static [Key],
    guard: fn(&Model) -> Result<(), String>,
) -> Action {
    Action { id, name, bar, doc, group, contexts, keys, records: false, guard }
}

const fn recording(action: Action) -> Action {
    Action { records: true, ..action }
}

const CASE: &[Context] = &[Steps, Log];
const ENTER: Key = key(Code::Enter);
const ESC: Key = key(Code::Esc);

/// Every action.
pub(crate) static ACTIONS: &[Action] = &[
    row(
        Id::OpenCase,
        "Cases",
        ("open case", "open"),
        "Opens the case with the cursor.",
        &[Home],
        &[ENTER],
        guard::a_case,
    ),
    row(Id::NewIncident, "Cases", ("new incident", "new"), "Opens a new case.", &[Home], &[c('n')], guard::always),
    row(
        Id::Refresh,
        "Cases",
        ("read again", "read again"),
        "Reads the list of cases again.",
        &[Home],
        &[c('r')],
        guard::always,
    ),
    row(
        Id::Do,
        "The step",
        ("do step", "done"),
        "Marks the step done; on a decision it decides, on a notification it records who was told.",
        &[Steps],
        &[ENTER],
        guard::can_do,
    ),
    row(Id::OpenEntry, "Moving", ("open entry", "open"), "Shows the whole entry.", &[Log], &[ENTER], guard::entry),
    row(
        Id::Decide,
        "The step",
        ("decide", "decide"),
        "Decides what the step asks; elsewhere, a decision that no step asks for.",
        CASE,
        &[c('d')],
        guard::open_case,
    ),
    row(Id::Note, "The case", ("note", "note"), "Notes anything worth remembering.", CASE, &[c('n')], guard::writable),
    row(
        Id::Evidence,
        "The case",
        ("evidence", "evidence"),
        "Takes a file in as evidence for the step.",
        CASE,
        &[c('e')],
        guard::writable,
    ),
    row(
        Id::Skip,
        "The step",
        ("skip step", "skip"),
        "Leaves the step out, with the reason.",
        CASE,
        &[c('s')],
        guard::unsettled,
    ),
    row(
        Id::Block,
        "The step",
        ("step is blocked", "blocked"),
        "Says what the step waits for.",
        CASE,
        &[c('b')],
        guard::unsettled,
    ),
    row(
        Id::Reopen,
        "The step",
        ("reopen step", ""),
        "Opens a settled or blocked step again, with the reason.",
        CASE,
        &[c('r')],
        guard::settled,
    ),
    row(
        Id::Start,
        "The step",
        ("start step", ""),
        "Says that someone is at work on the step.",
        CASE,
        &[c('a')],
        guard::startable,
    ),
    row(
        Id::Notify,
        "The case",
        ("someone was told", ""),
        "Records that someone was told whom no step names.",
        CASE,
        &[c('m')],
        guard::writable,
    ),
    row(
        Id::DecideFree,
        "The case",
        ("decision of your own", ""),
        "Records a decision that no step asks for.",
        CASE,
        &[c('D')],
        guard::open_case,
    ),
    row(
        Id::Correct,
        "The case",
        ("correct an entry", ""),
        "Says what is right where an entry is wrong; both are kept.",
        CASE,
        &[c('c')],
        guard::writable,
    ),
    row(
        Id::Clocks,
        "The case",
        ("clocks and duties", "clocks"),
        "Shows the duties; starts, meets and waives their clocks.",
        CASE,
        &[c('t')],
        guard::always,
    ),
    row(
        Id::Export,
        "The case",
        ("export", ""),
        "Writes the bundle, a report or a timeline.",
        CASE,
        &[c('x')],
        guard::always,
    ),
    row(
        Id::Check,
        "The case",
        ("check the case file", ""),
        "Checks every entry and every item of evidence.",
        CASE,
        &[c('v')],
        guard::not_checking,
    ),
    row(
        Id::Severity,
        "The case",
        ("change severity", ""),
        "Judges the incident worse or less bad.",
        CASE,
        &[],
        guard::open_case,
    ),
    row(
        Id::Amend,
        "The case",
        ("change title, mark or summary", ""),
        "Changes what the case is called and who may see it.",
        CASE,
        &[],
        guard::writable,
    ),
    row(
        Id::Join,
        "The case",
        ("take part as", ""),
        "Logs another person in, or takes another role.",
        CASE,
        &[],
        guard::writable,
    ),
    row(Id::CloseCase, "The case", ("close the case", ""), "The incident is over.", CASE, &[], guard::open_case),
    row(Id::ReopenCase, "The case", ("reopen the case", ""), "It was not over.", CASE, &[], guard::closed_case),
    row(
        Id::Find,
        "Moving",
        ("find a step", "find"),
        "Goes to a step by a part of its name.",
        CASE,
        &[c('/')],
        guard::has_steps,
    ),
    row(
        Id::Next,
        "Moving",
        ("go to what is next", ""),
        "Goes to the step to be done next.",
        CASE,
        &[c('g')],
        guard::has_next,
    ),
    row(
        Id::Switch,
        "Moving",
        ("steps or log", ""),
        "Moves between the steps and the log.",
        CASE,
        &[key(Code::Tab), key(Code::BackTab)],
        guard::always,
    ),
    row(
        Id::Up,
        "Moving",
        ("up", ""),
        "One row up.",
        &[Home, Steps, Log, Clocks, Page],
        &[key(Code::Up), c('k')],
        guard::always,
    ),
    row(
        Id::Down,
        "Moving",
        ("down", ""),
        "One row down.",
        &[Home, Steps, Log, Clocks, Page],
        &[key(Code::Down), c('j')],
        guard::always,
    ),
    row(
        Id::PageUp,
        "Moving",
        ("page up", ""),
        "A page up; in the log, earlier entries.",
        &[Home, Steps, Log, Page],
        &[key(Code::PageUp)],
        guard::always,
    ),
    row(
        Id::PageDown,
        "Moving",
        ("page down", ""),
        "A page down.",
        &[Home, Steps, Log, Page],
        &[key(Code::PageDown)],
        guard::always,
    ),
    row(
        Id::First,
        "Moving",
        ("first", ""),
        "To the first row.",
        &[Home, Steps, Log, Page],
        &[key(Code::Home)],
        guard::always,
    ),
    row(
        Id::Last,
        "Moving",
        ("last", ""),
        "To the last row.",
        &[Home, Steps, Log, Page],
        &[key(Code::End)],
        guard::always,
    ),
    row(
        Id::More,
        "Moving",
        ("read on in the step", ""),
        "Shows more of a long step.",
        CASE,
        &[c(' '), c('J')],
        guard::always,
    ),
    row(Id::Less, "Moving", ("read back in the step", ""), "Shows what stands above.", CASE, &[c('K')], guard::always),
    row(
        Id::ClockDo,
        "Clocks",
        ("start or meet", "start or meet"),
        "Starts a clock that does not run; meets one that does.",
        &[Clocks],
        &[ENTER],
        guard::clock,
    ),
    row(
        Id::ClockStart,
        "Clocks",
        ("start clock", "start"),
        "States since when the organisation is aware.",
        &[Clocks],
        &[c('s')],
        guard::clock_idle,
    ),
    row(
        Id::ClockMeet,
        "Clocks",
        ("duty is met", "met"),
        "The duty is met, with the receiver's reference.",
        &[Clocks],
        &[c('m')],
        guard::clock_runs,
    ),
    row(
        Id::ClockWaive,
        "Clocks",
        ("duty does not apply", "waive"),
        "The duty does not apply, with the reason.",
        &[Clocks],
        &[c('w')],
        guard::clock_runs,
    ),
    recording(row(
        Id::Record,
        "Writing",
        ("record", "record"),
        "Records what the box shows.",
        &[Form],
        &[ctrl('s')],
        guard::always,
    )),
    row(
        Id::Background,
        "Writing",
        ("go on meanwhile", "go on meanwhile"),
        "Goes on with the case while the work ends by itself.",
        &[Busy],
        &[ENTER],
        guard::always,
    ),
    row(
        Id::Cancel,
        "Writing",
        ("cancel the job", "cancel"),
        "Stops the job; nothing is recorded by it.",
        &[Busy],
        &[ESC, ctrl('c')],
        guard::job,
    ),
    recording(row(
        Id::Retry,
        "Writing",
        ("try again", "try again"),
        "Tries to record the same once more.",
        &[NotRecorded],
        &[c('r')],
        guard::always,
    )),
    row(
        Id::SaveElsewhere,
        "Writing",
        ("save elsewhere", "save elsewhere"),
        "Saves the text to a file outside the case.",
        &[NotRecorded],
        &[c('w')],
        guard::always,
    ),
    row(
        Id::ToDraft,
        "Writing",
        ("back to the draft", "back to the draft"),
        "Goes back to the box with everything in it.",
        &[NotRecorded],
        &[ESC],
        guard::always,
    ),
    row(Id::Choose, "Moving", ("choose", "choose"), "Takes the row with the cursor.", &[List], &[ENTER], guard::always),
    row(
        Id::Leave,
        "Leaving",
        ("leave", "leave"),
        "Leaves, and gives up what is not recorded.",
        &[Ask],
        &[c('y')],
        guard::always,
    ),
    row(Id::Stay, "Leaving", ("stay", "stay"), "Stays.", &[Ask], &[ESC, c('n')], guard::always),
    row(
        Id::Back,
        "Leaving",
        ("back", "back"),
        "Goes back; what was typed is kept as a draft.",
        &[Form, List],
        &[ESC, ctrl('c')],
        guard::always,
    ),
    row(Id::Back, "Leaving", ("back", "back"), "Goes back.", &[Clocks, Page], &[ESC, c('q'), ctrl('c')], guard::always),
    row(
        Id::Palette,
        "Everywhere",
        ("all actions", "all"),
        "Lists everything that can be done here; type to narrow.",
        &[Home, Steps, Log],
        &[c(':')],
        guard::always,
    ),
    row(
        Id::Help,
        "Everywhere",
        ("help", "keys"),
        "Shows the keys of this place.",
        &[Home, Steps, Log, Clocks, NotRecorded, Ask],
        &[c('?'), key(Code::F(1))],
        guard::always,
    ),
    row(
        Id::Help,
        "Everywhere",
        ("help", "keys"),
        "Shows the keys of this place.",
        &[Form, Busy, List],
        &[key(Code::F(1))],
        guard::always,
    ),
    row(
        Id::Back,
        "Leaving",
        ("back", "back"),
        "Goes back to the cases; asks first where a draft or a job would be lost.",
        CASE,
        &[c('q')],
        guard::always,
    ),
    row(
        Id::Quit,
        "Leaving",
        ("quit", "quit"),
        "Leaves the program; asks first where a draft or a job would be lost.",
        &[Home, Small],
        &[c('q'), ctrl('c'), ctrl('q')],
        guard::always,
    ),
    row(
        Id::Quit,
        "Leaving",
        ("quit", ""),
        "Leaves the program; asks first where a draft or a job would be lost.",
        &[Steps, Log, Form, Busy, NotRecorded, List, Clocks, Page, Ask],
        &[ctrl('q')],
        guard::always,
    ),
];

/// The action that a key stands for in a place.
pub(crate) fn lookup(context: Context, key: Key) -> Option<&'static Action> {
    let same = |known: &&Key| known.code == key.code && known.ctrl == key.ctrl && known.alt == key.alt;
    here(context).find(|action| action.keys.iter().any(|known| same(&known)))
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
        Home => "cases",
        Steps => "steps",
        Log => "log",
        Form => "a box",
        Busy => "a job",
        NotRecorded => "NOT RECORDED",
        List => "a list",
        Clocks => "clocks",
        Page => "a page",
        Ask => "leaving",
        Small => "too small",
    }
}

/// The table of keys for the README, as Markdown; generated, so that it cannot be wrong.
pub fn key_table_markdown() -> String {
    let mut table = String::from("| where | key | does |\n|---|---|---|\n");
    for action in ACTIONS {
        let places: Vec<&str> = action.contexts.iter().map(|context| place(*context)).collect();
        let keys: Vec<String> = action.keys.iter().map(|key| format!("`{}`", written(*key))).collect();
        let keys = if keys.is_empty() { format!("`:` {}", action.name) } else { keys.join(" ") };
        table.push_str(&format!("| {} | {keys} | {} |\n", places.join(", "), action.doc));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXTS: [Context; 11] = [Home, Steps, Log, Form, Busy, NotRecorded, List, Clocks, Page, Ask, Small];

    #[test]
    fn no_two_actions_share_a_key_in_one_place() {
        for context in CONTEXTS {
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
        for context in CONTEXTS {
            let ids: Vec<Id> = here(context).map(|action| action.id).collect();
            assert!(ids.contains(&Id::Quit), "{context:?} cannot be left");
            // A page is itself what help is, and a window that is too small says all that there is to say.
            assert!(ids.contains(&Id::Help) || matches!(context, Page | Small), "{context:?} has no help");
        }
    }

    #[test]
    fn what_records_has_a_key_of_its_own() {
        let opening: Vec<Key> = here(Steps).chain(here(Log)).flat_map(|action| action.keys).copied().collect();
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
