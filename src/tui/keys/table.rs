//! The table of actions: a row for each, which is all that the rest of the console knows of it.

use super::{
    action::{Action, Id},
    contexts::*,
    key::{Code, Key},
};
use crate::tui::screens::guards;

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
    ($($id:ident $name:literal / $bar:literal, $group:literal [$($key:expr),*] in $places:ident,
        if $guard:ident, records $records:literal: $doc:literal;)*) => {
        /// Every action, the first of a place first in its bottom line.
        pub(crate) static ACTIONS: &[Action] = &[$(Action {
            id: Id::$id,
            name: $name,
            bar: $bar,
            doc: $doc,
            group: $group,
            contexts: $places,
            keys: &[$($key),*],
            records: $records,
            guard: guards::$guard,
        }),*];
    };
}

actions! {
    OpenCase "open case" / "open", "Cases" [ENTER] in HOME, if a_case, records false:
        "Opens the case with the cursor.";
    NewIncident "new incident" / "new", "Cases" [c('n')] in HOME, if always, records false:
        "Opens a new case.";
    Refresh "read again" / "read again", "Cases" [c('r')] in HOME, if always, records false:
        "Reads the list of cases again.";
    Tidy "tidy up" / "", "Cases" [c('t')] in HOME, if left_over, records false:
        "Removes the files that interrupted work left.";
    Do "do step" / "done", "The step" [ENTER] in STEPS, if can_do, records false:
        "Does what the step asks: done, decided, told, agreed to, or how a command went.";
    OpenEntry "open entry" / "open", "Moving" [ENTER] in ENTRIES, if entry, records false:
        "Shows the whole entry; an item of evidence with its first bytes, made safe.";
    Countersign "countersign" / "countersign", "Decisions" [c('s')] in DECISIONS, if signable, records false:
        "Records that another person confirms what is logged of the decision.";
    Decide "decide" / "decide", "The step" [c('d')] in DECISIONS, if open_case, records false:
        "Decides what the step asks; elsewhere, a decision that no step asks for.";
    Evidence "evidence" / "evidence", "The case" [c('e')] in ITEMS, if writable, records false:
        "Takes a file in as evidence for the step.";
    Correct "correct an entry" / "correct", "The case" [c('c')] in ENTRIES, if writable, records false:
        "Says what is right where an entry is wrong; both are kept.";
    Undo "undo" / "undo", "The case" [c('u')] in ENTRIES, if undoable, records false:
        "Undoes the entry with the cursor, else your latest one, by an entry that says so.";
    FollowUp "follow up" / "follow up", "The case" [c('f')] in ENTRIES, if writable, records false:
        "Marks an entry to be looked at again, or takes the mark off.";
    Find "find" / "find", "Moving" [c('/')] in LOG, if always, records false:
        "Filters the log by words, kind:note, by:name or is:follow as they are typed, or goes to A17.";
    AssetDo "new state" / "state", "Systems" [ENTER] in SYSTEMS, if system_row, records false:
        "Gives the system a new state; notes what an answer names, and says more of an indicator.";
    AssetAdd "add a system or account" / "add", "Systems" [c('a')] in SYSTEMS, if open_case, records false:
        "Notes a system, account, device, service, site or network.";
    Indicator "take in indicators" / "indicators", "Systems" [c('I')] in SYSTEMS, if writable, records false:
        "Takes in the indicators that are recognised in entries, or others.";
    RowRead "read the row" / "read", "Systems" [c(' ')] in SYSTEMS, if system_here, records false:
        "Shows the whole row.";
    RowRead "read the row" / "read", "People" [ENTER] in PEOPLE, if person_here, records false:
        "Shows the whole row.";
    ContactAdd "add a contact" / "add contact", "People" [c('a')] in PEOPLE, if writable, records false:
        "Notes how someone is reached; takes the contact with the cursor into the case.";
    Join "take part as" / "role", "People" [c('r')] in PEOPLE, if writable, records false:
        "Logs another person in, or takes another role.";
    Note "note" / "note", "The case" [c('n')] in CASE, if writable, records false:
        "Notes anything worth remembering.";
    Evidence "evidence" / "evidence", "The case" [c('e')] in BUT_ITEMS, if writable, records false:
        "Takes a file in as evidence for the step.";
    Skip "skip step" / "skip", "The step" [c('s')] in STEPS, if unsettled, records false:
        "Leaves the step out, or ends one that recurs, with the reason.";
    Block "step is blocked" / "blocked", "The step" [c('b')] in STEPS, if unsettled, records false:
        "Says what the step waits for.";
    Reopen "reopen step" / "", "The step" [c('r')] in STEPS, if settled, records false:
        "Opens a settled or blocked step again, with the reason.";
    Start "start step" / "", "The step" [c('a')] in STEPS, if startable, records false:
        "Says that someone is at work on the step.";
    Notify "someone was told" / "", "The case" [c('m')] in BUT_CLOCKS, if writable, records false:
        "Records that someone was told whom no step names.";
    Decide "decide" / "", "The step" [c('d')] in BUT_DECISIONS, if open_case, records false:
        "Decides what the step asks; elsewhere, a decision that no step asks for.";
    DecideFree "decision of your own" / "", "The case" [c('D')] in CASE, if open_case, records false:
        "Records a decision that no step asks for.";
    Correct "correct an entry" / "", "The case" [c('c')] in BUT_ENTRIES, if writable, records false:
        "Says what is right where an entry is wrong; both are kept.";
    Export "export" / "", "The case" [c('x')] in CASE, if always, records false:
        "Writes the bundle, a report or a timeline.";
    HandOver "hand over" / "hand over", "Handover" [ENTER] in HANDOVER, if open_case, records false:
        "Records who takes over, and what was read out; from then on they act here.";
    HandOver "hand over" / "", "The case" [] in BUT_HANDOVER, if open_case, records false:
        "Records who takes over, and what was read out; from then on they act here.";
    Check "check the case file" / "check now", "Integrity" [ENTER, c('v')] in INTEGRITY, if not_checking, records false:
        "Checks every entry and every item of evidence; what it finds stays on the page.";
    Check "check the case file" / "", "The case" [c('v')] in BUT_INTEGRITY, if not_checking, records false:
        "Checks every entry and every item of evidence.";
    Compare "compare the clock" / "compare the clock", "Integrity" [c('s')] in INTEGRITY, if writable, records false:
        "Records how far this machine's clock is from another that you read.";
    Compare "compare the clock" / "", "The case" [] in BUT_INTEGRITY, if writable, records false:
        "Records how far this machine's clock is from another that you read.";
    StopJob "stop what runs" / "", "The case" [ctrl('c')] in CASE, if running, records false:
        "Stops the export, the check or the reading of a file that goes on in the background.";
    Severity "change severity" / "", "The case" [] in CASE, if open_case, records false:
        "Judges the incident worse or less bad.";
    Amend "change title, mark or summary" / "", "The case" [] in CASE, if writable, records false:
        "Changes what the case is called and who may see it.";
    AssetAdd "add a system or account" / "", "The case" [] in BUT_SYSTEMS, if open_case, records false:
        "Notes a system, account, device, service, site or network.";
    Indicator "take in indicators" / "", "The case" [c('I')] in BUT_SYSTEMS, if writable, records false:
        "Takes in the indicators that are recognised in entries, or others.";
    ContactAdd "add a contact" / "", "The case" [] in BUT_PEOPLE, if writable, records false:
        "Notes how someone is reached, offline.";
    Join "take part as" / "", "The case" [] in BUT_PEOPLE, if writable, records false:
        "Logs another person in, or takes another role.";
    Attach "use another playbook" / "", "The case" [c('p')] in CASE, if open_case, records false:
        "Leads the case by one more playbook, or by a newer version of one.";
    CloseCase "close the case" / "", "The case" [] in CASE, if open_case, records false:
        "The incident is over.";
    ReopenCase "reopen the case" / "", "The case" [] in CASE, if closed_case, records false:
        "It was not over.";
    Why "why" / "", "The step" [c('w')] in STEPS, if has_steps, records false:
        "Says why the step is next, waits, is closed or stands as it does.";
    Answer "answer a question" / "", "The case" [c('A')] in CASE, if has_questions, records false:
        "Answers a question of the playbooks, or answers it anew.";
    Find "find" / "find", "Moving" [c('/')] in BUT_LOG, if always, records false:
        "Looks for words in steps and entries as they are typed, or goes to A17.";
    Order "the other order" / "order", "Moving" [c('o')] in LOG, if always, records false:
        "Turns between when it was recorded and when it happened.";
    Filters "choose what is shown" / "", "Moving" [c('F')] in LOG, if entry_or_filter, records false:
        "Lists types of entry, people and marks, each with its count, to filter by.";
    KeepFilter "keep the filter" / "keep", "Moving" [ENTER] in FILTER, if always, records false:
        "Goes on with the entries that fit, or to the entry that is cited.";
    ClearFilter "clear the filter" / "clear", "Moving" [ESC, ctrl('c')] in FILTER, if always, records false:
        "Shows every entry again.";
    Next "go to what is next" / "", "Moving" [c('.')] in CASE, if has_next, records false:
        "Goes to the step to be done next.";
    Due "go to what is due or late" / "", "Moving" [c('l')] in CASE, if has_due, records false:
        "Goes to the step that is due first or overdue longest; pressed again, to the one due after it.";
    Drafts "what is not recorded" / "", "The case" [] in PALETTE, if drafts, records false:
        "Lists what was typed and not recorded, to go on with it.";
    FollowUp "follow up" / "", "The case" [c('f')] in BUT_ENTRIES, if writable, records false:
        "Marks an entry to be looked at again, or takes the mark off.";
    Undo "undo" / "", "The case" [c('u')] in BUT_ENTRIES, if undoable, records false:
        "Undoes the entry with the cursor, else your latest one, by an entry that says so.";
    Copy "copy" / "", "The case" [c('y')] in COPIES, if copyable, records false:
        "Copies the page, the entry or the step, where the terminal allows it.";
    Impact "what it means for patients" / "", "The case" [c('i')] in NOW, if open_case, records false:
        "States how patients are affected now.";
    Impact "what it means for patients" / "", "The case" [] in BUT_NOW, if open_case, records false:
        "States how patients are affected now.";
    GoNow "now" / "", "Places" [c('1')] in CASE, if always, records false:
        "What to do now, and what to know for it.";
    GoPlaybook "playbook" / "", "Places" [c('2')] in CASE, if always, records false:
        "Phases and steps.";
    GoLog "log" / "", "Places" [c('3')] in CASE, if always, records false:
        "Every entry.";
    GoEvidence "evidence items" / "", "Places" [c('4')] in CASE, if always, records false:
        "Items of evidence.";
    GoDecisions "decisions" / "", "Places" [c('5')] in CASE, if always, records false:
        "What was decided, why and by whom.";
    GoSystems "systems and indicators" / "", "Places" [c('6')] in CASE, if always, records false:
        "Systems, accounts and indicators.";
    GoClocks "clocks and duties" / "", "Places" [c('7'), c('t')] in CASE, if always, records false:
        "Shows the duties; starts, meets and waives their clocks.";
    GoPeople "people" / "", "Places" [c('8')] in CASE, if always, records false:
        "Who takes part, and how to reach whom.";
    GoHandover "handover" / "", "Places" [c('9')] in CASE, if always, records false:
        "What the next responder needs, ready to read aloud.";
    GoIntegrity "integrity" / "", "Places" [c('0')] in CASE, if always, records false:
        "Whether the case is whole: chain, seal, evidence, clock.";
    NextPlace "next place" / "", "Moving" [key(Code::Tab)] in CASE, if always, records false:
        "To the place after this one.";
    PlaceBefore "place before" / "", "Moving" [key(Code::BackTab)] in CASE, if always, records false:
        "To the place before this one.";
    Up "up" / "", "Moving" [key(Code::Up), c('k')] in ROWS, if always, records false:
        "One row up.";
    Down "down" / "", "Moving" [key(Code::Down), c('j')] in ROWS, if always, records false:
        "One row down.";
    PageUp "page up" / "", "Moving" [key(Code::PageUp), ctrl('b')] in ROWS, if always, records false:
        "A page up.";
    PageDown "page down" / "", "Moving" [key(Code::PageDown), ctrl('f')] in ROWS, if always, records false:
        "A page down.";
    HalfUp "half a page up" / "", "Moving" [ctrl('u')] in ROWS, if always, records false:
        "Half a page up.";
    HalfDown "half a page down" / "", "Moving" [ctrl('d')] in ROWS, if always, records false:
        "Half a page down.";
    First "first" / "", "Moving" [key(Code::Home), c('g')] in ROWS, if always, records false:
        "To the first row.";
    Last "last" / "", "Moving" [key(Code::End), c('G')] in ROWS, if always, records false:
        "To the last row.";
    More "read on in the step" / "", "Moving" [c(' '), c('J')] in STEPS, if always, records false:
        "Shows more of a long step.";
    Less "read back in the step" / "", "Moving" [c('K')] in STEPS, if always, records false:
        "Shows what stands above.";
    ClockDo "start or meet" / "start or meet", "Clocks" [ENTER] in CLOCKS, if clock, records false:
        "Starts a clock that does not run; meets one that does.";
    ClockStart "start clock" / "start", "Clocks" [c('s')] in CLOCKS, if clock_idle, records false:
        "States since when the organisation is aware.";
    ClockMeet "duty is met" / "met", "Clocks" [c('m')] in CLOCKS, if clock_runs, records false:
        "The duty is met, with the receiver's reference.";
    ClockWaive "duty does not apply" / "waive", "Clocks" [c('w')] in CLOCKS, if clock_runs, records false:
        "The duty does not apply, with the reason.";
    ClockRead "read the duty" / "read", "Clocks" [c(' ')] in CLOCKS, if clock_named, records false:
        "Shows the whole duty, its clock and the text as sent.";
    Record "record" / "record", "Writing" [ctrl('s')] in FORM, if always, records true:
        "Records what the box shows.";
    Background "go on meanwhile" / "go on meanwhile", "Writing" [ENTER] in BUSY, if always, records false:
        "Goes on with the case while the work ends by itself.";
    Cancel "cancel the job" / "cancel", "Writing" [ESC, ctrl('c')] in BUSY, if job, records false:
        "Stops the job; nothing is recorded by it.";
    Retry "try again" / "try again", "Writing" [c('r')] in FAILED, if always, records true:
        "Tries to record the same once more.";
    SaveElsewhere "save elsewhere" / "save elsewhere", "Writing" [c('w')] in FAILED, if always, records false:
        "Saves the text to a file outside the case.";
    ToDraft "back to the draft" / "back to the draft", "Writing" [ESC] in FAILED, if always, records false:
        "Goes back to the box with everything in it.";
    Choose "choose" / "choose", "Moving" [ENTER] in LIST, if always, records false:
        "Takes the row with the cursor.";
    ThrowAway "throw the draft away" / "", "Writing" [key(Code::Delete)] in LIST, if a_draft, records false:
        "Throws the draft with the cursor away, when pressed twice.";
    Leave "leave" / "leave", "Leaving" [c('y')] in ASK, if always, records false:
        "Leaves. A kept draft is offered next time; a job is stopped.";
    Stay "stay" / "stay", "Leaving" [ESC, c('n')] in ASK, if always, records false:
        "Stays.";
    Back "back" / "back", "Leaving" [ESC, ctrl('c')] in BOXES, if always, records false:
        "Goes back; what was typed is kept as a draft.";
    Back "back" / "back", "Leaving" [ESC, c('q'), ctrl('c')] in PAGE, if always, records false:
        "Goes back.";
    Palette "all actions" / "all", "Everywhere" [c(':')] in PALETTE, if always, records false:
        "Lists everything that can be done here; type to narrow.";
    Theme "change theme" / "", "The screen" [] in PALETTE, if always, records false:
        "Goes round the default, the high-contrast and the monochrome theme, until the program ends.";
    Help "help" / "keys", "Everywhere" [c('?'), key(Code::F(1))] in HELP, if always, records false:
        "Shows the keys of this place.";
    Help "help" / "keys", "Everywhere" [key(Code::F(1))] in TYPING, if always, records false:
        "Shows the keys of this place.";
    Back "back" / "back", "Leaving" [c('q'), ESC] in BUT_NOW, if always, records false:
        "Goes back to what is now.";
    Back "back" / "cases", "Leaving" [c('q')] in NOW, if always, records false:
        "Goes back to the cases; asks first where a draft or a job would be lost.";
    Quit "quit" / "quit", "Leaving" [c('q'), ctrl('c'), ctrl('q')] in ENDS, if always, records false:
        "Leaves the program; asks first where a draft or a job would be lost.";
    Quit "quit" / "", "Leaving" [ctrl('q')] in INNER, if always, records false:
        "Leaves the program; asks first where a draft or a job would be lost.";
}
