//! Why a command cannot be recorded as it stands, and what would work.

use crate::domain::{
    playbook::answer::{BadAnswer, THINGS_MAX},
    problem::Problem,
    text::BadText,
    time::Time,
};

/// A refusal: nothing was recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The case has no entries yet, or has some already.
    #[error("this case was opened already")]
    AlreadyOpened,
    /// A closed case takes notes, evidence, corrections and exports only.
    #[error("the case is closed")]
    Closed,
    /// A case that is not closed cannot be reopened.
    #[error("the case is open")]
    NotClosed,
    /// A name or text is not fit.
    #[error("{what}: {why}")]
    Text {
        /// Which text.
        what: &'static str,
        /// What is wrong with it.
        why: BadText,
    },
    /// No step of that name.
    #[error("there is no step {given:?} in this case")]
    UnknownStep {
        /// As given.
        given: String,
        /// The steps that there are.
        known: Vec<String>,
    },
    /// More than one step answers to that name.
    #[error("{given:?} could be any of {}", known.join(", "))]
    AmbiguousStep {
        /// As given.
        given: String,
        /// Those that it could be.
        known: Vec<String>,
    },
    /// The step has no such option.
    #[error("{step} has no option {given:?}")]
    UnknownOption {
        /// The step.
        step: String,
        /// As given.
        given: String,
        /// Its options.
        known: Vec<String>,
    },
    /// A decision is made by choosing.
    #[error("{step} is a decision: it is done by choosing")]
    Choose {
        /// The step.
        step: String,
        /// Its options.
        known: Vec<String>,
    },
    /// Only a decision has options.
    #[error("{step} is no decision: there is nothing to choose")]
    NotADecision {
        /// The step.
        step: String,
    },
    /// The step is done in another way.
    #[error("{step} is a step of the kind {kind}: it is done by {by}")]
    ByKind {
        /// The step.
        step: String,
        /// Its kind.
        kind: &'static str,
        /// What does it, such as `naming who agreed`.
        by: &'static str,
        /// What to do.
        hint: String,
    },
    /// The step is of another kind.
    #[error("{step} is a step of the kind {kind}, not {wanted}")]
    NotOfKind {
        /// The step.
        step: String,
        /// Its kind.
        kind: &'static str,
        /// What it would have to be.
        wanted: &'static str,
    },
    /// The playbook gives no command for that sort of system.
    #[error("{step} has no command for {system}")]
    NoCommand {
        /// The step.
        step: String,
        /// As given.
        system: &'static str,
        /// The systems that it has commands for.
        known: Vec<&'static str>,
    },
    /// Questions of the step are not answered.
    #[error("{step:?} still asks: {}", questions.join(", ").replace('-', " "))]
    Unanswered {
        /// The step's title.
        step: String,
        /// What it asks.
        asks: Vec<String>,
        /// The questions' names.
        questions: Vec<String>,
    },
    /// An answer does not fit its question.
    #[error("the answer to {question}: {why}")]
    BadAnswer {
        /// The question.
        question: String,
        /// What is wrong with it.
        why: BadAnswer,
    },
    /// No question of that name.
    #[error("there is no question {given:?}")]
    UnknownQuestion {
        /// As given.
        given: String,
        /// The questions that there are.
        known: Vec<String>,
    },
    /// Nobody agrees with themselves.
    #[error("{name} asked, so another person must agree")]
    SamePerson {
        /// Who asked.
        name: String,
    },
    /// The step is not in a state in which that can be done.
    #[error("{step:?} is {state} already{by}")]
    Already {
        /// The step's title.
        step: String,
        /// Its state.
        state: &'static str,
        /// Who brought it there, as `, by J. Patel`; empty where several did.
        by: String,
    },
    /// An open step cannot be reopened.
    #[error("{step:?} is open")]
    NotSettled {
        /// The step's title.
        step: String,
    },
    /// A reason is needed.
    #[error("{what} needs a reason")]
    Why {
        /// What needs it.
        what: String,
    },
    /// Something before it is open, so it needs a reason.
    #[error("{step:?} comes before what it needs: {}", unmet.join(", "))]
    Early {
        /// The step's title.
        step: String,
        /// What is not settled.
        unmet: Vec<String>,
    },
    /// A playbook is attached once.
    #[error("the playbook {id:?} is attached already, with the very same text")]
    Attached {
        /// Its identifier.
        id: String,
    },
    /// No duty of that name.
    #[error("there is no duty {given:?} in this case")]
    UnknownDuty {
        /// As given.
        given: String,
        /// The duties that there are.
        known: Vec<String>,
    },
    /// The clock is not in a state in which that can be done.
    #[error("the clock {duty} {state}{entry}")]
    Clock {
        /// The duty.
        duty: String,
        /// Such as `is running already`.
        state: &'static str,
        /// The entry that says so, as ` (A17)`; empty where none does.
        entry: String,
        /// What to do.
        hint: &'static str,
    },
    /// A time that lies ahead.
    #[error("{what}, {at}, is in the future: this machine says {now}")]
    Future {
        /// Which time.
        what: &'static str,
        /// As given.
        at: Time,
        /// The machine's clock.
        now: Time,
    },
    /// A time before the case began.
    #[error("{what}, {at}, is before the case: it began at {began}")]
    BeforeCase {
        /// Which time.
        what: &'static str,
        /// As given.
        at: Time,
        /// The earliest known moment of the case.
        began: Time,
    },
    /// A time too far back to be meant.
    #[error("{what}, {at}, is more than ten years ago")]
    LongAgo {
        /// Which time.
        what: &'static str,
        /// As given.
        at: Time,
    },
    /// No entry stands there.
    #[error("there is no entry {given}")]
    UnknownEntry {
        /// As given.
        given: String,
    },
    /// What the entry did cannot be undone.
    #[error("{entry} cannot be undone: {why}")]
    Lasting {
        /// The entry, as cited.
        entry: String,
        /// Why not.
        why: &'static str,
        /// What to do instead.
        instead: &'static str,
    },
    /// The entry was undone.
    #[error("{entry} is undone already")]
    Undone {
        /// The entry, as cited.
        entry: String,
    },
    /// What undoes an entry is not corrected.
    #[error("{entry} undoes {undone}, and {undone} stays undone")]
    Undoes {
        /// The entry, as cited.
        entry: String,
        /// What it undoes, as cited.
        undone: String,
    },
    /// Only a decision is confirmed.
    #[error("{entry} logs no decision")]
    NoDecision {
        /// The entry, as cited.
        entry: String,
        /// The entries that log decisions.
        known: Vec<String>,
    },
    /// Nobody confirms what they logged themselves.
    #[error("{name} logged {entry}, so another person must confirm it")]
    OwnEntry {
        /// The entry, as cited.
        entry: String,
        /// Who logged it.
        name: String,
    },
    /// Nothing would change.
    #[error("{what} is so already")]
    Same {
        /// What.
        what: &'static str,
    },
}

impl Refusal {
    /// What would work, in a sentence.
    pub fn hint(&self) -> String {
        let among = |known: &[String]| match known {
            [] => "this case has none; attach a playbook first".to_owned(),
            known => format!("there are: {}", known.join(", ")),
        };
        match self {
            Self::AlreadyOpened => "open a new case for another incident".into(),
            Self::Closed => "reopen it first, or add a note: notes and evidence can still be added".into(),
            Self::NotClosed => "there is nothing to reopen".into(),
            Self::Text { why: BadText::Empty, .. } => "give it some text".into(),
            Self::Text { why: BadText::Long { .. }, .. } => {
                "shorten it, and add the whole text as evidence, which has no limit".into()
            }
            Self::Text { .. } => "use one line of plain text; what was found elsewhere goes into a note".into(),
            Self::UnknownStep { known, .. } | Self::UnknownDuty { known, .. } => among(known),
            Self::AmbiguousStep { .. } => "write more of its name, or PLAYBOOK/STEP".into(),
            Self::UnknownOption { known, .. } | Self::Choose { known, .. } => {
                format!("choose one of: {}", known.join(", "))
            }
            Self::NotADecision { .. } => "mark it done instead".into(),
            Self::ByKind { hint, .. } => hint.clone(),
            Self::NotOfKind { .. } => "act on it as its kind asks; `carecert status` shows the kinds".into(),
            Self::NoCommand { known, .. } => format!("it has one for: {}", known.join(", ")),
            Self::Unanswered { .. } => "answer them, or say why it is done without".into(),
            Self::BadAnswer { why, .. } => match why {
                BadAnswer::Empty => "give an answer".into(),
                BadAnswer::Number(_) => "give a whole number, such as 12".into(),
                BadAnswer::YesNo(_) => "answer yes or no".into(),
                BadAnswer::OneOf { .. } => "give one of these".into(),
                BadAnswer::Many(_) => format!("name at most {THINGS_MAX}; put the whole list in as evidence"),
                BadAnswer::Thing { .. } | BadAnswer::Text(_) => "use plain text, one thing a line".into(),
            },
            Self::UnknownQuestion { known, .. } => among(known),
            Self::SamePerson { .. } => "give the name of the person who was asked".into(),
            Self::Already { .. } => "reopen it to do it again, or say why it is done again".into(),
            Self::NotSettled { .. } => "only a step that is done, skipped or blocked can be reopened".into(),
            Self::Why { .. } => "say why in a few words".into(),
            Self::Early { .. } => "say why it is done now, and it will be recorded so".into(),
            Self::Attached { .. } => "go on with its steps; a changed text can be attached as a newer version".into(),
            Self::Clock { hint, .. } => (*hint).into(),
            Self::Future { .. } => "check the time and its zone, and this machine's clock".into(),
            Self::BeforeCase { .. } => {
                "check the date; what happened before the case goes into a note with its own time".into()
            }
            Self::LongAgo { .. } => "check the year".into(),
            Self::UnknownEntry { .. } => "entries are cited by letter and number, such as A17".into(),
            Self::Lasting { instead, .. } => (*instead).to_owned(),
            Self::Undone { .. } | Self::Undoes { .. } => "record what is right as a new entry".into(),
            Self::NoDecision { known, .. } if known.is_empty() => "this case has no decision yet".into(),
            Self::NoDecision { known, .. } => format!("decisions are: {}", known.join(", ")),
            Self::OwnEntry { .. } => "ask whoever decided, or another who was there, and give their name".into(),
            Self::Same { .. } => "there is nothing to record".into(),
        }
    }

    /// Whether a reason would be enough to go on.
    pub fn wants_reason(&self) -> bool {
        self.concerns() == Concern::Reason
    }

    /// The part of what was given that must be another, or more.
    pub fn concerns(&self) -> Concern<'_> {
        match self {
            Self::Unanswered { questions, .. } => Concern::Questions(questions),
            Self::BadAnswer { question, .. } => Concern::Question(question),
            Self::SamePerson { .. } | Self::OwnEntry { .. } => Concern::Person,
            Self::Future { .. } | Self::BeforeCase { .. } | Self::LongAgo { .. } => Concern::Moment,
            Self::Early { .. } | Self::Why { .. } | Self::Already { .. } => Concern::Reason,
            Self::AlreadyOpened
            | Self::Closed
            | Self::NotClosed
            | Self::Text { .. }
            | Self::UnknownStep { .. }
            | Self::AmbiguousStep { .. }
            | Self::UnknownOption { .. }
            | Self::Choose { .. }
            | Self::NotADecision { .. }
            | Self::ByKind { .. }
            | Self::NotOfKind { .. }
            | Self::NoCommand { .. }
            | Self::UnknownQuestion { .. }
            | Self::NotSettled { .. }
            | Self::Attached { .. }
            | Self::UnknownDuty { .. }
            | Self::Clock { .. }
            | Self::UnknownEntry { .. }
            | Self::Lasting { .. }
            | Self::Undone { .. }
            | Self::Undoes { .. }
            | Self::NoDecision { .. }
            | Self::Same { .. } => Concern::Command,
        }
    }
}

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern<'a> {
    /// Questions of these names that have no answer; a reason would do as well.
    Questions(&'a [String]),
    /// The answer to the question of this name.
    Question(&'a str),
    /// Who is named.
    Person,
    /// When it was.
    Moment,
    /// The reason: one would be enough to go on.
    Reason,
    /// The command as it is, or a part of it that has no name here.
    Command,
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        Self { what: refusal.to_string(), causes: Vec::new(), hint: Some(refusal.hint()) }
    }
}
