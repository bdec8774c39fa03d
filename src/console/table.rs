//! The table of actions: a row for each, which is all that the rest of the console knows of it.

use super::{
    action::{Action, Context, Id},
    guard,
    key::{Code, Key},
};

const fn key(code: Code) -> Key {
    Key { code, ctrl: false, alt: false, shift: false, repeat: false }
}

const fn c(c: char) -> Key {
    key(Code::Char(c))
}

const fn ctrl(letter: char) -> Key {
    Key { ctrl: true, ..c(letter) }
}

const ENTER: Key = key(Code::Enter);
const ESC: Key = key(Code::Esc);

/// `Id "name" / "word for the bottom line", "group" [keys] in places, if guard, records?: "what it does";`
macro_rules! actions {
    ($($id:ident $name:literal / $bar:literal, $group:literal [$($key:expr),*] in $($place:ident)+,
        if $guard:ident, records $records:literal: $doc:literal;)*) => {
        /// Every action, the first of a place first in its bottom line.
        pub(crate) static ACTIONS: &[Action] = &[$(Action {
            id: Id::$id,
            name: $name,
            bar: $bar,
            doc: $doc,
            group: $group,
            contexts: &[$(Context::$place),+],
            keys: &[$($key),*],
            records: $records,
            guard: guard::$guard,
        }),*];
    };
}

actions! {
    OpenCase "open case" / "open", "Cases" [ENTER] in Home, if a_case, records false:
        "Opens the case with the cursor.";
    NewIncident "new incident" / "new", "Cases" [c('n')] in Home, if always, records false:
        "Opens a new case.";
    Refresh "read again" / "read again", "Cases" [c('r')] in Home, if always, records false:
        "Reads the list of cases again.";
    Do "do step" / "done", "The step" [ENTER] in Steps, if can_do, records false:
        "Does what the step asks: done, decided, told, agreed to, or how a command went.";
    OpenEntry "open entry" / "open", "Moving" [ENTER] in Log, if entry, records false:
        "Shows the whole entry.";
    Decide "decide" / "decide", "The step" [c('d')] in Steps Log, if open_case, records false:
        "Decides what the step asks; elsewhere, a decision that no step asks for.";
    Note "note" / "note", "The case" [c('n')] in Steps Log, if writable, records false:
        "Notes anything worth remembering.";
    Evidence "evidence" / "evidence", "The case" [c('e')] in Steps Log, if writable, records false:
        "Takes a file in as evidence for the step.";
    Skip "skip step" / "skip", "The step" [c('s')] in Steps Log, if unsettled, records false:
        "Leaves the step out, or ends one that recurs, with the reason.";
    Block "step is blocked" / "blocked", "The step" [c('b')] in Steps Log, if unsettled, records false:
        "Says what the step waits for.";
    Reopen "reopen step" / "", "The step" [c('r')] in Steps Log, if settled, records false:
        "Opens a settled or blocked step again, with the reason.";
    Start "start step" / "", "The step" [c('a')] in Steps Log, if startable, records false:
        "Says that someone is at work on the step.";
    Notify "someone was told" / "", "The case" [c('m')] in Steps Log, if writable, records false:
        "Records that someone was told whom no step names.";
    DecideFree "decision of your own" / "", "The case" [c('D')] in Steps Log, if open_case, records false:
        "Records a decision that no step asks for.";
    Correct "correct an entry" / "", "The case" [c('c')] in Steps Log, if writable, records false:
        "Says what is right where an entry is wrong; both are kept.";
    Clocks "clocks and duties" / "clocks", "The case" [c('t')] in Steps Log, if always, records false:
        "Shows the duties; starts, meets and waives their clocks.";
    Export "export" / "", "The case" [c('x')] in Steps Log, if always, records false:
        "Writes the bundle, a report or a timeline.";
    Check "check the case file" / "", "The case" [c('v')] in Steps Log, if not_checking, records false:
        "Checks every entry and every item of evidence.";
    Severity "change severity" / "", "The case" [] in Steps Log, if open_case, records false:
        "Judges the incident worse or less bad.";
    Amend "change title, mark or summary" / "", "The case" [] in Steps Log, if writable, records false:
        "Changes what the case is called and who may see it.";
    Join "take part as" / "", "The case" [] in Steps Log, if writable, records false:
        "Logs another person in, or takes another role.";
    Attach "use another playbook" / "", "The case" [c('p')] in Steps Log, if open_case, records false:
        "Leads the case by one more playbook, or by a newer version of one.";
    CloseCase "close the case" / "", "The case" [] in Steps Log, if open_case, records false:
        "The incident is over.";
    ReopenCase "reopen the case" / "", "The case" [] in Steps Log, if closed_case, records false:
        "It was not over.";
    Why "why" / "", "The step" [c('w')] in Steps Log, if has_steps, records false:
        "Says why the step is next, waits, is closed or stands as it does.";
    Answer "answer a question" / "", "The case" [c('A')] in Steps Log, if has_questions, records false:
        "Answers a question of the playbooks, or answers it anew.";
    Find "find a step" / "find", "Moving" [c('/')] in Steps Log, if has_steps, records false:
        "Goes to a step by a part of its name.";
    Next "go to what is next" / "", "Moving" [c('g')] in Steps Log, if has_next, records false:
        "Goes to the step to be done next.";
    Switch "steps or log" / "", "Moving" [key(Code::Tab), key(Code::BackTab)] in Steps Log, if always, records false:
        "Moves between the steps and the log.";
    Up "up" / "", "Moving" [key(Code::Up), c('k')] in Home Steps Log Clocks Page, if always, records false:
        "One row up.";
    Down "down" / "", "Moving" [key(Code::Down), c('j')] in Home Steps Log Clocks Page, if always, records false:
        "One row down.";
    PageUp "page up" / "", "Moving" [key(Code::PageUp)] in Home Steps Log Page, if always, records false:
        "A page up; in the log, earlier entries.";
    PageDown "page down" / "", "Moving" [key(Code::PageDown)] in Home Steps Log Page, if always, records false:
        "A page down.";
    First "first" / "", "Moving" [key(Code::Home)] in Home Steps Log Page, if always, records false:
        "To the first row.";
    Last "last" / "", "Moving" [key(Code::End)] in Home Steps Log Page, if always, records false:
        "To the last row.";
    More "read on in the step" / "", "Moving" [c(' '), c('J')] in Steps Log, if always, records false:
        "Shows more of a long step.";
    Less "read back in the step" / "", "Moving" [c('K')] in Steps Log, if always, records false:
        "Shows what stands above.";
    ClockDo "start or meet" / "start or meet", "Clocks" [ENTER] in Clocks, if clock, records false:
        "Starts a clock that does not run; meets one that does.";
    ClockStart "start clock" / "start", "Clocks" [c('s')] in Clocks, if clock_idle, records false:
        "States since when the organisation is aware.";
    ClockMeet "duty is met" / "met", "Clocks" [c('m')] in Clocks, if clock_runs, records false:
        "The duty is met, with the receiver's reference.";
    ClockWaive "duty does not apply" / "waive", "Clocks" [c('w')] in Clocks, if clock_runs, records false:
        "The duty does not apply, with the reason.";
    ClockRead "read the duty" / "read", "Clocks" [c(' ')] in Clocks, if clock_named, records false:
        "Shows the whole duty, its clock and the text as sent.";
    Record "record" / "record", "Writing" [ctrl('s')] in Form, if always, records true:
        "Records what the box shows.";
    Background "go on meanwhile" / "go on meanwhile", "Writing" [ENTER] in Busy, if always, records false:
        "Goes on with the case while the work ends by itself.";
    Cancel "cancel the job" / "cancel", "Writing" [ESC, ctrl('c')] in Busy, if job, records false:
        "Stops the job; nothing is recorded by it.";
    Retry "try again" / "try again", "Writing" [c('r')] in NotRecorded, if always, records true:
        "Tries to record the same once more.";
    SaveElsewhere "save elsewhere" / "save elsewhere", "Writing" [c('w')] in NotRecorded, if always, records false:
        "Saves the text to a file outside the case.";
    ToDraft "back to the draft" / "back to the draft", "Writing" [ESC] in NotRecorded, if always, records false:
        "Goes back to the box with everything in it.";
    Choose "choose" / "choose", "Moving" [ENTER] in List, if always, records false:
        "Takes the row with the cursor.";
    Leave "leave" / "leave", "Leaving" [c('y')] in Ask, if always, records false:
        "Leaves, and gives up what is not recorded.";
    Stay "stay" / "stay", "Leaving" [ESC, c('n')] in Ask, if always, records false:
        "Stays.";
    Back "back" / "back", "Leaving" [ESC, ctrl('c')] in Form List, if always, records false:
        "Goes back; what was typed is kept as a draft.";
    Back "back" / "back", "Leaving" [ESC, c('q'), ctrl('c')] in Clocks Page, if always, records false:
        "Goes back.";
    Palette "all actions" / "all", "Everywhere" [c(':')] in Home Steps Log, if always, records false:
        "Lists everything that can be done here; type to narrow.";
    Help "help" / "keys", "Everywhere" [c('?'), key(Code::F(1))] in Home Steps Log Clocks NotRecorded Ask, if always, records false:
        "Shows the keys of this place.";
    Help "help" / "keys", "Everywhere" [key(Code::F(1))] in Form Busy List, if always, records false:
        "Shows the keys of this place.";
    Back "back" / "back", "Leaving" [c('q')] in Steps Log, if always, records false:
        "Goes back to the cases; asks first where a draft or a job would be lost.";
    Quit "quit" / "quit", "Leaving" [c('q'), ctrl('c'), ctrl('q')] in Home Small, if always, records false:
        "Leaves the program; asks first where a draft or a job would be lost.";
    Quit "quit" / "", "Leaving" [ctrl('q')] in Steps Log Form Busy NotRecorded List Clocks Page Ask, if always, records false:
        "Leaves the program; asks first where a draft or a job would be lost.";
}
