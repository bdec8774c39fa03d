//! The one table of actions: it makes the keys, the bottom line, the palette, the help and the README's table.

use super::{
    key::Key,
    place::Place,
    table::{ACTIONS, ActionId, FormName},
};

/// Where keys are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// The list of cases.
    Home,
    /// A place of an open case.
    At(Place),
    /// A form that is being written.
    Form,
    /// A form that waits for the disk or a job.
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

/// Something that a key does.
#[derive(Debug)]
pub(crate) struct Action {
    /// Its name in the code.
    pub(crate) id: ActionId,
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
    /// What must hold for it to be possible.
    pub(crate) guard: Guard,
    /// What happens.
    pub(crate) does: Does,
}

impl Action {
    /// Whether the list of actions offers it: moving about and what is the same everywhere are keys only, but for
    /// looking for something.
    pub(crate) fn is_in_palette(&self) -> bool {
        !matches!(self.group, "Moving" | "Everywhere") || self.id == ActionId::Find
    }
}

/// What must hold for an action to be possible: `screens/guards` says why it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// There is nothing against it.
    Always,
    /// Interrupted work left something.
    Leftovers,
    /// A case has the cursor.
    CaseSelected,
    /// Entries can be written.
    Writable,
    /// The incident can be carried on.
    CaseOpen,
    /// The case is closed.
    CaseClosed,
    /// The step can be done, or done again.
    StepDoable,
    /// The playbooks of the case ask questions.
    Questions,
    /// The step is not done or skipped.
    StepUnsettled,
    /// The step is done, skipped or blocked.
    StepSettled,
    /// Work on the step can begin.
    StepStartable,
    /// The case has steps.
    Steps,
    /// Something is to be done next.
    NextStep,
    /// A step has a time by which it is due.
    DueStep,
    /// An entry has the cursor.
    EntrySelected,
    /// A decision has the cursor that another person can confirm.
    DecisionSignable,
    /// An entry can be undone: the one with the cursor, else the latest of this console.
    EntryUndoable,
    /// Something was typed and is not recorded.
    Drafts,
    /// A draft has the cursor in the list of them.
    DraftSelected,
    /// The log has an entry, or hides all of them.
    LogNotEmpty,
    /// Something that has a text has the cursor, or is read.
    Copyable,
    /// No check is running.
    NotChecking,
    /// A job goes on in the background, or a check.
    Running,
    /// What is waited for is a job that can be stopped.
    JobStoppable,
    /// A duty has the cursor.
    DutyWritable,
    /// A duty has the cursor, to be read.
    DutySelected,
    /// Its clock does not run.
    ClockIdle,
    /// Its clock runs.
    ClockRuns,
    /// A row of Systems has the cursor.
    SystemSelected,
    /// A row of Systems has the cursor, and something can be said of it.
    SystemChangeable,
    /// A row of People has the cursor.
    PersonSelected,
}

/// What an action does; `update/actions` does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// Opens a form.
    Open(FormName),
    /// Goes to a place.
    Go(Place),
    /// Goes so many places on.
    TurnPlace(isize),
    /// Moves the cursor of whatever is on top.
    Move(Motion),
    /// Shows more of the step's text.
    ReadOn,
    /// Shows what stands above in the step's text.
    ReadBack,
    /// Opens the selected case.
    OpenCase,
    /// Reads the list of cases again.
    Refresh,
    /// Removes what interrupted work left.
    Tidy,
    /// Goes to the step to be done next.
    GoToNext,
    /// Goes to the step that is due first, or to the one due after it.
    GoToDue,
    /// Corrects the selected entry, or asks which.
    Correct,
    /// Marks the selected entry for follow-up, or asks which.
    FollowUp,
    /// Lists what was typed and not recorded.
    ListDrafts,
    /// Lists the playbooks that could be used.
    ListPlaybooks,
    /// Lists the questions of the playbooks.
    ListQuestions,
    /// Lists what the log can be filtered by.
    ListFilters,
    /// Lists everything that can be done.
    ListActions,
    /// Looks for words.
    Find,
    /// Turns the log to its other order.
    TurnOrder,
    /// Goes on with what the filter lets through.
    KeepFilter,
    /// Shows every entry again.
    ClearFilter,
    /// Shows the selected entry in full.
    ReadEntry,
    /// Shows the selected row in full.
    ReadRow,
    /// Shows the selected duty in full.
    ReadDuty,
    /// Says why the step stands as it does.
    ReadWhy,
    /// Shows the keys.
    ReadHelp,
    /// Copies what is read or selected.
    Copy,
    /// Goes to the next theme.
    TurnTheme,
    /// Checks the case file.
    Check,
    /// Stops what runs in the background.
    StopJob,
    /// Records what the form shows.
    Record,
    /// Records the same once more.
    Retry,
    /// Saves what was typed to a file outside the case.
    SaveElsewhere,
    /// Goes back to the form with everything in it.
    ToDraft,
    /// Lets the work end by itself.
    ToBackground,
    /// Stops the job that the form waits for.
    Cancel,
    /// Takes the selected row.
    Choose,
    /// Throws the selected draft away.
    ThrowAway,
    /// Leaves, once it was asked.
    Leave,
    /// Stays, once it was asked.
    Stay,
    /// Goes back.
    Back,
    /// Leaves the program.
    Quit,
}

/// How a cursor moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Motion {
    /// A row up.
    Up,
    /// A row down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// An action by its name in the code.
pub(crate) fn find_action(id: ActionId) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.id == id)
}

/// The row of an action in the table: one that is named otherwise in some places has a row for each.
pub(crate) fn row_of(action: &'static Action) -> Option<usize> {
    ACTIONS.iter().position(|known| std::ptr::eq(known, action))
}

/// The actions of a place.
pub(crate) fn list_actions(context: Context) -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().filter(move |action| action.contexts.contains(&context))
}

#[cfg(test)]
mod tests {
    use super::{
        super::keymap::Keymap,
        Context::{At, Form, Page, Small},
        *,
    };

    #[test]
    fn no_two_actions_share_a_key_in_one_place() {
        for context in Context::all() {
            let mut seen: Vec<(Key, ActionId)> = Vec::new();
            for action in list_actions(context) {
                // What was chosen in a list or clicked is performed by its name.
                assert_eq!(list_actions(context).filter(|other| other.id == action.id).count(), 1, "{context:?}");
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
            let ids: Vec<ActionId> = list_actions(context).map(|action| action.id).collect();
            assert!(ids.contains(&ActionId::Quit), "{context:?} cannot be left");
            // A page is itself what help is, and a window that is too small says all that there is to say.
            assert!(ids.contains(&ActionId::Help) || matches!(context, Page | Small), "{context:?} has no help");
        }
    }

    #[test]
    fn what_records_has_a_key_of_its_own() {
        let opening: Vec<Key> = Place::ALL
            .into_iter()
            .flat_map(|place| list_actions(At(place)))
            .flat_map(|action| action.keys)
            .copied()
            .collect();
        for action in ACTIONS.iter().filter(|action| action.records && action.contexts.contains(&Form)) {
            assert!(action.keys.iter().all(|key| !opening.contains(key)), "{:?}", action.id);
        }
    }
}
