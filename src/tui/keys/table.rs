//! The table of actions: a row for each, which is all that the rest of the console knows of it.

use super::{
    action::{Action, Does, Guard, Motion},
    contexts::*,
    key::{Code, Key},
    place::Place,
};

const fn plain_key(code: Code) -> Key {
    Key { code, ctrl: false, alt: false, shift: false, repeat: false }
}

const fn char_key(c: char) -> Key {
    plain_key(Code::Char(c))
}

const fn ctrl_key(letter: char) -> Key {
    Key { ctrl: true, ..char_key(letter) }
}

const ENTER: Key = plain_key(Code::Enter);
const ESC: Key = plain_key(Code::Esc);

/// An enum of nothing but names, several a line.
macro_rules! names {
    ($(#[$about:meta])* $name:ident: $($variant:ident)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is described in the table")]
        pub(crate) enum $name { $($variant),* }
    };
}

names! {
    /// The names of actions.
    ActionId:
    OpenCase NewIncident Refresh Tidy Do Decide Note Evidence Skip Block Reopen Start Notify DecideFree Correct
    FollowUp Drafts Undo Copy Impact AssetDo AssetAdd Indicator ContactAdd RowRead Export Check StopJob Severity
    Amend Join Attach CloseCase ReopenCase Why Answer Find Order Filters KeepFilter ClearFilter Next Due ThrowAway
    GoNow GoPlaybook GoLog GoEvidence GoDecisions GoSystems GoClocks GoPeople GoHandover GoIntegrity NextPlace
    PlaceBefore OpenEntry Countersign HandOver Compare Up Down PageUp PageDown HalfUp HalfDown First Last More Less
    ClockDo ClockStart ClockMeet ClockWaive ClockRead Record Retry SaveElsewhere ToDraft Background Cancel Choose
    Leave Stay Palette Theme Help Back Quit
}

names! {
    /// The forms that a key opens. Which one that is may depend on what is selected.
    FormName:
    NewCase StepDone Decide OwnDecision Note Evidence Skip Block Reopen Start Notify Undo Countersign Impact
    AssetSelected Asset Indicators Contact Join Export Severity Amend HandOver CloseCase ReopenCase CompareClock
    ClockSelected ClockStart ClockMeet ClockWaive
}

/// `ActionId "name" / "word for the bottom line", "group" [keys] in places if guard, does that, records?: "what it does";`
macro_rules! actions {
    ($($id:ident $name:literal / $bar:literal, $group:literal [$($key:expr),*] in $places:ident
        if $guard:ident, does $does:ident $(($($with:expr),*))?, records $records:literal: $doc:literal;)*) => {
        /// Every action, the first of a place first in its bottom line.
        pub(crate) static ACTIONS: &[Action] = &[$(Action {
            id: ActionId::$id,
            name: $name,
            bar: $bar,
            doc: $doc,
            group: $group,
            contexts: $places,
            keys: &[$($key),*],
            records: $records,
            guard: Guard::$guard,
            does: Does::$does $(($($with),*))?,
        }),*];
    };
}

actions! {
    OpenCase "open case" / "open", "Cases" [ENTER] in HOME if CaseSelected, does OpenCase, records false:
        "Opens the case with the cursor.";
    NewIncident "new incident" / "new", "Cases" [char_key('n')] in HOME if Always, does Open(FormName::NewCase), records false:
        "Opens a new case.";
    Refresh "read again" / "read again", "Cases" [char_key('r')] in HOME if Always, does Refresh, records false:
        "Reads the list of cases again.";
    Tidy "tidy up" / "", "Cases" [char_key('t')] in HOME if Leftovers, does Tidy, records false:
        "Removes the files that interrupted work left.";
    Do "do step" / "done", "The step" [ENTER] in STEPS if StepDoable, does Open(FormName::StepDone), records false:
        "Does what the step asks: done, decided, told, agreed to, or how a command went.";
    OpenEntry "open entry" / "open", "Moving" [ENTER] in ENTRIES if EntrySelected, does ReadEntry, records false:
        "Shows the whole entry; an item of evidence with its first bytes, made safe.";
    Countersign "countersign" / "countersign", "Decisions" [char_key('s')] in DECISIONS
        if DecisionSignable, does Open(FormName::Countersign), records false:
        "Records that another person confirms what is logged of the decision.";
    Decide "decide" / "decide", "The step" [char_key('d')] in DECISIONS
        if CaseOpen, does Open(FormName::Decide), records false:
        "Decides what the step asks; elsewhere, a decision that no step asks for.";
    Evidence "evidence" / "evidence", "The case" [char_key('e')] in ITEMS
        if Writable, does Open(FormName::Evidence), records false:
        "Takes a file in as evidence for the step.";
    Correct "correct an entry" / "correct", "The case" [char_key('c')] in ENTRIES if Writable, does Correct, records false:
        "Says what is right where an entry is wrong; both are kept.";
    Undo "undo" / "undo", "The case" [char_key('u')] in ENTRIES if EntryUndoable, does Open(FormName::Undo), records false:
        "Undoes the entry with the cursor, else your latest one, by an entry that says so.";
    FollowUp "follow up" / "follow up", "The case" [char_key('f')] in ENTRIES if Writable, does FollowUp, records false:
        "Marks an entry to be looked at again, or takes the mark off.";
    Find "find" / "find", "Moving" [char_key('/')] in LOG if Always, does Find, records false:
        "Filters the log by words, kind:note, by:name or is:follow as they are typed, or goes to A17.";
    AssetDo "new state" / "state", "Systems" [ENTER] in SYSTEMS
        if SystemChangeable, does Open(FormName::AssetSelected), records false:
        "Gives the system a new state; notes what an answer names, and says more of an indicator.";
    AssetAdd "add a system or account" / "add", "Systems" [char_key('a')] in SYSTEMS
        if CaseOpen, does Open(FormName::Asset), records false:
        "Notes a system, account, device, service, site or network.";
    Indicator "take in indicators" / "indicators", "Systems" [char_key('I')] in SYSTEMS
        if Writable, does Open(FormName::Indicators), records false:
        "Takes in the indicators that are recognised in entries, or others.";
    RowRead "read the row" / "read", "Systems" [char_key(' ')] in SYSTEMS if SystemSelected, does ReadRow, records false:
        "Shows the whole row.";
    RowRead "read the row" / "read", "People" [ENTER] in PEOPLE if PersonSelected, does ReadRow, records false:
        "Shows the whole row.";
    ContactAdd "add a contact" / "add contact", "People" [char_key('a')] in PEOPLE
        if Writable, does Open(FormName::Contact), records false:
        "Notes how someone is reached; takes the contact with the cursor into the case.";
    Join "take part as" / "role", "People" [char_key('r')] in PEOPLE if Writable, does Open(FormName::Join), records false:
        "Logs another person in, or takes another role.";
    Note "note" / "note", "The case" [char_key('n')] in CASE if Writable, does Open(FormName::Note), records false:
        "Notes anything worth remembering.";
    Evidence "evidence" / "evidence", "The case" [char_key('e')] in BUT_ITEMS
        if Writable, does Open(FormName::Evidence), records false:
        "Takes a file in as evidence for the step.";
    Skip "skip step" / "skip", "The step" [char_key('s')] in STEPS if StepUnsettled, does Open(FormName::Skip), records false:
        "Leaves the step out, or ends one that recurs, with the reason.";
    Block "step is blocked" / "blocked", "The step" [char_key('b')] in STEPS
        if StepUnsettled, does Open(FormName::Block), records false:
        "Says what the step waits for.";
    Reopen "reopen step" / "", "The step" [char_key('r')] in STEPS if StepSettled, does Open(FormName::Reopen), records false:
        "Opens a settled or blocked step again, with the reason.";
    Start "start step" / "", "The step" [char_key('a')] in STEPS if StepStartable, does Open(FormName::Start), records false:
        "Says that someone is at work on the step.";
    Notify "someone was told" / "", "The case" [char_key('m')] in BUT_CLOCKS
        if Writable, does Open(FormName::Notify), records false:
        "Records that someone was told whom no step names.";
    Decide "decide" / "", "The step" [char_key('d')] in BUT_DECISIONS if CaseOpen, does Open(FormName::Decide), records false:
        "Decides what the step asks; elsewhere, a decision that no step asks for.";
    DecideFree "decision of your own" / "", "The case" [char_key('D')] in CASE
        if CaseOpen, does Open(FormName::OwnDecision), records false:
        "Records a decision that no step asks for.";
    Correct "correct an entry" / "", "The case" [char_key('c')] in BUT_ENTRIES if Writable, does Correct, records false:
        "Says what is right where an entry is wrong; both are kept.";
    Export "export" / "", "The case" [char_key('x')] in CASE if Always, does Open(FormName::Export), records false:
        "Writes the bundle, a report or a timeline.";
    HandOver "hand over" / "hand over", "Handover" [ENTER] in HANDOVER
        if CaseOpen, does Open(FormName::HandOver), records false:
        "Records who takes over, and what was read out; from then on they act here.";
    HandOver "hand over" / "", "The case" [] in BUT_HANDOVER if CaseOpen, does Open(FormName::HandOver), records false:
        "Records who takes over, and what was read out; from then on they act here.";
    Check "check the case file" / "check now", "Integrity" [ENTER, char_key('v')] in INTEGRITY
        if NotChecking, does Check, records false:
        "Checks every entry and every item of evidence; what it finds stays on the page.";
    Check "check the case file" / "", "The case" [char_key('v')] in BUT_INTEGRITY if NotChecking, does Check, records false:
        "Checks every entry and every item of evidence.";
    Compare "compare the clock" / "compare the clock", "Integrity" [char_key('s')] in INTEGRITY
        if Writable, does Open(FormName::CompareClock), records false:
        "Records how far this machine's clock is from another that you read.";
    Compare "compare the clock" / "", "The case" [] in BUT_INTEGRITY
        if Writable, does Open(FormName::CompareClock), records false:
        "Records how far this machine's clock is from another that you read.";
    StopJob "stop what runs" / "", "The case" [ctrl_key('c')] in CASE if Running, does StopJob, records false:
        "Stops the export, the check or the reading of a file that goes on in the background.";
    Severity "change severity" / "", "The case" [] in CASE if CaseOpen, does Open(FormName::Severity), records false:
        "Judges the incident worse or less bad.";
    Amend "change title, mark or summary" / "", "The case" [] in CASE
        if Writable, does Open(FormName::Amend), records false:
        "Changes what the case is called and who may see it.";
    AssetAdd "add a system or account" / "", "The case" [] in BUT_SYSTEMS
        if CaseOpen, does Open(FormName::Asset), records false:
        "Notes a system, account, device, service, site or network.";
    Indicator "take in indicators" / "", "The case" [char_key('I')] in BUT_SYSTEMS
        if Writable, does Open(FormName::Indicators), records false:
        "Takes in the indicators that are recognised in entries, or others.";
    ContactAdd "add a contact" / "", "The case" [] in BUT_PEOPLE
        if Writable, does Open(FormName::Contact), records false:
        "Notes how someone is reached, offline.";
    Join "take part as" / "", "The case" [] in BUT_PEOPLE if Writable, does Open(FormName::Join), records false:
        "Logs another person in, or takes another role.";
    Attach "use another playbook" / "", "The case" [char_key('p')] in CASE if CaseOpen, does ListPlaybooks, records false:
        "Leads the case by one more playbook, or by a newer version of one.";
    CloseCase "close the case" / "", "The case" [] in CASE if CaseOpen, does Open(FormName::CloseCase), records false:
        "The incident is over.";
    ReopenCase "reopen the case" / "", "The case" [] in CASE
        if CaseClosed, does Open(FormName::ReopenCase), records false:
        "It was not over.";
    Why "why" / "", "The step" [char_key('w')] in STEPS if Steps, does ReadWhy, records false:
        "Says why the step is next, waits, is closed or stands as it does.";
    Answer "answer a question" / "", "The case" [char_key('A')] in CASE if Questions, does ListQuestions, records false:
        "Answers a question of the playbooks, or answers it anew.";
    Find "find" / "find", "Moving" [char_key('/')] in BUT_LOG if Always, does Find, records false:
        "Looks for words in steps and entries as they are typed, or goes to A17.";
    Order "the other order" / "order", "Moving" [char_key('o')] in LOG if Always, does TurnOrder, records false:
        "Turns between when it was recorded and when it happened.";
    Filters "choose what is shown" / "", "Moving" [char_key('F')] in LOG if LogNotEmpty, does ListFilters, records false:
        "Lists types of entry, people and marks, each with its count, to filter by.";
    KeepFilter "keep the filter" / "keep", "Moving" [ENTER] in FILTER if Always, does KeepFilter, records false:
        "Goes on with the entries that fit, or to the entry that is cited.";
    ClearFilter "clear the filter" / "clear", "Moving" [ESC, ctrl_key('c')] in FILTER
        if Always, does ClearFilter, records false:
        "Shows every entry again.";
    Next "go to what is next" / "", "Moving" [char_key('.')] in CASE if NextStep, does GoToNext, records false:
        "Goes to the step to be done next.";
    Due "go to what is due or late" / "", "Moving" [char_key('l')] in CASE if DueStep, does GoToDue, records false:
        "Goes to the step that is due first or overdue longest; pressed again, to the one due after it.";
    Drafts "what is not recorded" / "", "The case" [] in PALETTE if Drafts, does ListDrafts, records false:
        "Lists what was typed and not recorded, to go on with it.";
    FollowUp "follow up" / "", "The case" [char_key('f')] in BUT_ENTRIES if Writable, does FollowUp, records false:
        "Marks an entry to be looked at again, or takes the mark off.";
    Undo "undo" / "", "The case" [char_key('u')] in BUT_ENTRIES if EntryUndoable, does Open(FormName::Undo), records false:
        "Undoes the entry with the cursor, else your latest one, by an entry that says so.";
    Copy "copy" / "", "The case" [char_key('y')] in COPIES if Copyable, does Copy, records false:
        "Copies the page, the entry or the step, where the terminal allows it.";
    Impact "what it means for patients" / "", "The case" [char_key('i')] in NOW
        if CaseOpen, does Open(FormName::Impact), records false:
        "States how patients are affected now.";
    Impact "what it means for patients" / "", "The case" [] in BUT_NOW
        if CaseOpen, does Open(FormName::Impact), records false:
        "States how patients are affected now.";
    GoNow "now" / "", "Places" [char_key('1')] in CASE if Always, does Go(Place::Now), records false:
        "What to do now, and what to know for it.";
    GoPlaybook "playbook" / "", "Places" [char_key('2')] in CASE if Always, does Go(Place::Playbook), records false:
        "Phases and steps.";
    GoLog "log" / "", "Places" [char_key('3')] in CASE if Always, does Go(Place::Log), records false:
        "Every entry.";
    GoEvidence "evidence items" / "", "Places" [char_key('4')] in CASE if Always, does Go(Place::Evidence), records false:
        "Items of evidence.";
    GoDecisions "decisions" / "", "Places" [char_key('5')] in CASE if Always, does Go(Place::Decisions), records false:
        "What was decided, why and by whom.";
    GoSystems "systems and indicators" / "", "Places" [char_key('6')] in CASE
        if Always, does Go(Place::Systems), records false:
        "Systems, accounts and indicators.";
    GoClocks "clocks and duties" / "", "Places" [char_key('7'), char_key('t')] in CASE
        if Always, does Go(Place::Clocks), records false:
        "Shows the duties; starts, meets and waives their clocks.";
    GoPeople "people" / "", "Places" [char_key('8')] in CASE if Always, does Go(Place::People), records false:
        "Who takes part, and how to reach whom.";
    GoHandover "handover" / "", "Places" [char_key('9')] in CASE if Always, does Go(Place::Handover), records false:
        "What the next responder needs, ready to read aloud.";
    GoIntegrity "integrity" / "", "Places" [char_key('0')] in CASE if Always, does Go(Place::Integrity), records false:
        "Whether the case is whole: chain, seal, evidence, clock.";
    NextPlace "next place" / "", "Moving" [plain_key(Code::Tab)] in CASE if Always, does TurnPlace(1), records false:
        "To the place after this one.";
    PlaceBefore "place before" / "", "Moving" [plain_key(Code::BackTab)] in CASE if Always, does TurnPlace(-1), records false:
        "To the place before this one.";
    Up "up" / "", "Moving" [plain_key(Code::Up), char_key('k')] in ROWS if Always, does Move(Motion::Up), records false:
        "One row up.";
    Down "down" / "", "Moving" [plain_key(Code::Down), char_key('j')] in ROWS if Always, does Move(Motion::Down), records false:
        "One row down.";
    PageUp "page up" / "", "Moving" [plain_key(Code::PageUp), ctrl_key('b')] in ROWS
        if Always, does Move(Motion::PageUp), records false:
        "A page up.";
    PageDown "page down" / "", "Moving" [plain_key(Code::PageDown), ctrl_key('f')] in ROWS
        if Always, does Move(Motion::PageDown), records false:
        "A page down.";
    HalfUp "half a page up" / "", "Moving" [ctrl_key('u')] in ROWS if Always, does Move(Motion::HalfUp), records false:
        "Half a page up.";
    HalfDown "half a page down" / "", "Moving" [ctrl_key('d')] in ROWS
        if Always, does Move(Motion::HalfDown), records false:
        "Half a page down.";
    First "first" / "", "Moving" [plain_key(Code::Home), char_key('g')] in ROWS if Always, does Move(Motion::First), records false:
        "To the first row.";
    Last "last" / "", "Moving" [plain_key(Code::End), char_key('G')] in ROWS if Always, does Move(Motion::Last), records false:
        "To the last row.";
    More "read on in the step" / "", "Moving" [char_key(' '), char_key('J')] in STEPS if Always, does ReadOn, records false:
        "Shows more of a long step.";
    Less "read back in the step" / "", "Moving" [char_key('K')] in STEPS if Always, does ReadBack, records false:
        "Shows what stands above.";
    ClockDo "start or meet" / "start or meet", "Clocks" [ENTER] in CLOCKS
        if DutyWritable, does Open(FormName::ClockSelected), records false:
        "Starts a clock that does not run; meets one that does.";
    ClockStart "start clock" / "start", "Clocks" [char_key('s')] in CLOCKS
        if ClockIdle, does Open(FormName::ClockStart), records false:
        "States since when the organisation is aware.";
    ClockMeet "duty is met" / "met", "Clocks" [char_key('m')] in CLOCKS
        if ClockRuns, does Open(FormName::ClockMeet), records false:
        "The duty is met, with the receiver's reference.";
    ClockWaive "duty does not apply" / "waive", "Clocks" [char_key('w')] in CLOCKS
        if ClockRuns, does Open(FormName::ClockWaive), records false:
        "The duty does not apply, with the reason.";
    ClockRead "read the duty" / "read", "Clocks" [char_key(' ')] in CLOCKS if DutySelected, does ReadDuty, records false:
        "Shows the whole duty, its clock and the text as sent.";
    Record "record" / "record", "Writing" [ctrl_key('s')] in FORM if Always, does Record, records true:
        "Records what the box shows.";
    Background "go on meanwhile" / "go on meanwhile", "Writing" [ENTER] in BUSY
        if Always, does ToBackground, records false:
        "Goes on with the case while the work ends by itself.";
    Cancel "cancel the job" / "cancel", "Writing" [ESC, ctrl_key('c')] in BUSY if JobStoppable, does Cancel, records false:
        "Stops the job; nothing is recorded by it.";
    Retry "try again" / "try again", "Writing" [char_key('r')] in FAILED if Always, does Retry, records true:
        "Tries to record the same once more.";
    SaveElsewhere "save elsewhere" / "save elsewhere", "Writing" [char_key('w')] in FAILED
        if Always, does SaveElsewhere, records false:
        "Saves the text to a file outside the case.";
    ToDraft "back to the draft" / "back to the draft", "Writing" [ESC] in FAILED if Always, does ToDraft, records false:
        "Goes back to the box with everything in it.";
    Choose "choose" / "choose", "Moving" [ENTER] in LIST if Always, does Choose, records false:
        "Takes the row with the cursor.";
    ThrowAway "throw the draft away" / "", "Writing" [plain_key(Code::Delete)] in LIST
        if DraftSelected, does ThrowAway, records false:
        "Throws the draft with the cursor away, when pressed twice.";
    Leave "leave" / "leave", "Leaving" [char_key('y')] in ASK if Always, does Leave, records false:
        "Leaves. A kept draft is offered next time; a job is stopped.";
    Stay "stay" / "stay", "Leaving" [ESC, char_key('n')] in ASK if Always, does Stay, records false:
        "Stays.";
    Back "back" / "back", "Leaving" [ESC, ctrl_key('c')] in BOXES if Always, does Back, records false:
        "Goes back; what was typed is kept as a draft.";
    Back "back" / "back", "Leaving" [ESC, char_key('q'), ctrl_key('c')] in PAGE if Always, does Back, records false:
        "Goes back.";
    Palette "all actions" / "all", "Everywhere" [char_key(':')] in PALETTE if Always, does ListActions, records false:
        "Lists everything that can be done here; type to narrow.";
    Theme "change theme" / "", "The screen" [] in PALETTE if Always, does TurnTheme, records false:
        "Goes round the default, the high-contrast and the monochrome theme, until the program ends.";
    Help "help" / "keys", "Everywhere" [char_key('?'), plain_key(Code::F(1))] in HELP if Always, does ReadHelp, records false:
        "Shows the keys of this place.";
    Help "help" / "keys", "Everywhere" [plain_key(Code::F(1))] in TYPING if Always, does ReadHelp, records false:
        "Shows the keys of this place.";
    Back "back" / "back", "Leaving" [char_key('q'), ESC] in BUT_NOW if Always, does Back, records false:
        "Goes back to what is now.";
    Back "back" / "cases", "Leaving" [char_key('q')] in NOW if Always, does Back, records false:
        "Goes back to the cases; asks first where a draft or a job would be lost.";
    Quit "quit" / "quit", "Leaving" [char_key('q'), ctrl_key('c'), ctrl_key('q')] in ENDS if Always, does Quit, records false:
        "Leaves the program; asks first where a draft or a job would be lost.";
    Quit "quit" / "", "Leaving" [ctrl_key('q')] in INNER if Always, does Quit, records false:
        "Leaves the program; asks first where a draft or a job would be lost.";
}
