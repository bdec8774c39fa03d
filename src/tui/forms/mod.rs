//! The forms in which things are written down: one file for what each asks and what it sends. A form knows no model and
//! draws nothing.
//!
//! A form is a struct of fields (`fields!` says in which order they stand) that implements [`TypedForm`]; its row in
//! the list below makes it one of [`AnyForm`] and gives it a [`FormKind`], by which its draft is found again.

pub(crate) mod blank_form;
pub(crate) mod context;
pub(crate) mod submission;

pub(crate) mod case {
    pub(crate) mod amend;
    pub(crate) mod attach;
    pub(crate) mod close_reopen;
    pub(crate) mod export;
    pub(crate) mod hand_over;
    pub(crate) mod new_case;
    pub(crate) mod note;
}

pub(crate) mod duty {
    pub(crate) mod clock;
    pub(crate) mod compare;
}

pub(crate) mod entry {
    pub(crate) mod correct;
    pub(crate) mod countersign;
    pub(crate) mod mark;
}

pub(crate) mod people {
    pub(crate) mod first_start;
    pub(crate) mod join;
}

pub(crate) mod step {
    pub(crate) mod approve;
    pub(crate) mod command_report;
    pub(crate) mod decide;
    pub(crate) mod done;
    pub(crate) mod notify;
    pub(crate) mod questions;
}

pub(crate) mod subject {
    pub(crate) mod asset;
    pub(crate) mod contact;
    pub(crate) mod evidence;
    pub(crate) mod impact;
    pub(crate) mod indicator;
}

use crate::{
    domain::{
        asset::AssetKind,
        case::{ClockState, Noted, steps::StepView},
        id::{EntryId, Hash},
        indicator::IndicatorKind,
        playbook::{StepKind, StepRef},
    },
    tui::{
        form::{
            Form,
            field::{Fields, FormField},
            texts::Reason,
        },
        keys::table::FormName,
    },
};
use blank_form::{BlankForm, TypedForm};
use context::{FormContext, Selected, SelectedSubject};
use serde::{Deserialize, Serialize};

/// Makes the list of forms: `NAME(FIELD: TYPE, …) => STRUCT`. The names are those in kept drafts, and stay. The fields
/// are those of the struct that say what the form is about: `STRUCT::open(context, FIELD, …)` opens it.
macro_rules! forms {
    ($($(#[$doc:meta])* $kind:ident $(($($arg:ident: $of:ty),+))? => $form:ty;)+) => {
        /// What a form is for. Two of one kind never exist: the draft of one is found again by it.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub(crate) enum FormKind {
            $($(#[$doc])* $kind $(($($of),+))?,)+
        }

        /// A form of any kind.
        #[allow(clippy::large_enum_variant, reason = "few are open at a time, each in a box already")]
        #[derive(Clone, Debug)]
        pub(crate) enum AnyForm {
            $($(#[$doc])* $kind($form),)+
        }

        $(impl From<BlankForm<$form>> for BlankForm<AnyForm> {
            fn from(blank: BlankForm<$form>) -> Self {
                blank.map(AnyForm::$kind)
            }
        })+

        /// The names of all kinds.
        #[cfg(test)]
        pub(crate) const FORM_NAMES: &[&str] = &[$(stringify!($kind)),+];

        impl AnyForm {
            /// What it is for.
            pub(crate) fn kind(&self) -> FormKind {
                match self {
                    $(Self::$kind(_form) => FormKind::$kind $(($(Clone::clone(&_form.$arg)),+))?,)+
                }
            }

            /// What it does, whatever kind it is of.
            pub(crate) fn typed(&self) -> &dyn TypedForm {
                match self {
                    $(Self::$kind(form) => form,)+
                }
            }

            /// The same, to be changed.
            pub(crate) fn typed_mut(&mut self) -> &mut dyn TypedForm {
                match self {
                    $(Self::$kind(form) => form,)+
                }
            }
        }

        /// The form of a kind as it opens now; `None` where what it is about is not there.
        pub(crate) fn open(kind: &FormKind, context: &FormContext<'_>) -> Option<BlankForm<AnyForm>> {
            match kind {
                $(FormKind::$kind $(($($arg),+))? => <$form>::open(context $($(, $arg)+)?).map(Into::into),)+
            }
        }
    };
}

forms! {
    /// Opens a case.
    Incident => case::new_case::NewCaseForm;
    /// A step is done.
    Done(step: StepRef) => step::done::DoneForm;
    /// A step is left out.
    Skip(step: StepRef) => step::done::SkipForm;
    /// A step cannot go on.
    Block(step: StepRef) => step::done::BlockForm;
    /// A step is open again.
    Reopen(step: StepRef) => step::done::ReopenForm;
    /// Work on a step begins.
    Start(step: StepRef) => step::done::StartForm;
    /// A decision, by a step or on one's own account.
    Decide(step: Option<StepRef>) => step::decide::DecideForm;
    /// A note.
    Note => case::note::NoteForm;
    /// Someone was told.
    Notify(step: Option<StepRef>) => step::notify::NotifyForm;
    /// Evidence is taken in.
    Evidence(here: Option<StepRef>) => subject::evidence::EvidenceForm;
    /// An entry is corrected.
    Correct(entry: EntryId, hash: Hash) => entry::correct::CorrectForm;
    /// An entry is to be looked at again, or no more.
    FollowUp(entry: EntryId, hash: Hash, on: bool) => entry::mark::FollowUpForm;
    /// An entry does not count.
    Undo(entry: EntryId, hash: Hash) => entry::mark::UndoForm;
    /// What it means for patients.
    Impact => subject::impact::ImpactForm;
    /// Another person confirms a decision.
    Countersign(entry: EntryId, hash: Hash) => entry::countersign::CountersignForm;
    /// An asset that is not noted yet: its name, where it is known.
    NewAsset(known: String) => subject::asset::NewAssetForm;
    /// How an asset stands.
    Asset(kind: AssetKind, name: String) => subject::asset::AssetForm;
    /// Indicators are taken in.
    Indicators => subject::indicator::IndicatorsForm;
    /// What is said of an indicator.
    Indicator(kind: IndicatorKind, value: String) => subject::indicator::IndicatorForm;
    /// Someone can be reached: their name, where it is known.
    Contact(known: String) => subject::contact::ContactForm;
    /// A duty's clock starts.
    ClockStart(duty: String) => duty::clock::StartClockForm;
    /// A duty is met.
    ClockMeet(duty: String) => duty::clock::MeetClockForm;
    /// A duty is waived.
    ClockWaive(duty: String) => duty::clock::WaiveClockForm;
    /// The case leaves this machine.
    Export => case::export::ExportForm;
    /// Title, summary and mark.
    Amend => case::amend::AmendForm;
    /// Severity.
    Severity => case::amend::SeverityForm;
    /// The case is over.
    Close => case::close_reopen::CloseForm;
    /// The case goes on.
    ReopenCase => case::close_reopen::ReopenCaseForm;
    /// Someone takes part, or takes another role.
    Join => people::join::JoinForm;
    /// Who works here, asked once.
    Who => people::first_start::FirstStartForm;
    /// Someone else takes over.
    HandOver => case::hand_over::HandOverForm;
    /// This machine's clock is compared with another.
    Compare => duty::compare::CompareForm;
    /// Another playbook is used, or another version of one: its identifier.
    Attach(id: String) => case::attach::AttachForm;
    /// A question is answered by itself: `PLAYBOOK/QUESTION`.
    Answer(question: String) => step::questions::AnswerForm;
    /// Another person agrees to a step, or does not.
    Approve(step: StepRef) => step::approve::ApproveForm;
    /// A command was run by hand.
    Report(step: StepRef) => step::command_report::CommandReportForm;
}

/// The form that a key opens, begun with what is selected; `None` where what it would be about is not there.
pub(crate) fn open_named(
    name: FormName,
    context: &FormContext<'_>,
    selected: &Selected<'_>,
) -> Option<BlankForm<AnyForm>> {
    let plain = |kind: FormKind| open(&kind, context);
    let of_step = |kind: fn(StepRef) -> FormKind| selected.step.as_ref().map(StepView::name).map(kind).and_then(plain);
    let of_duty = |kind: fn(String) -> FormKind| selected.duty.map(|duty| kind(duty.id.clone())).and_then(plain);
    match name {
        FormName::NewCase => plain(FormKind::Incident),
        FormName::StepDone => selected.step.as_ref().map(kind_of_step).and_then(plain),
        FormName::Decide => plain(kind_of_decision(selected)),
        FormName::OwnDecision => plain(FormKind::Decide(None)),
        FormName::Note => plain(FormKind::Note),
        FormName::Evidence => plain(FormKind::Evidence(selected.step.as_ref().map(StepView::name))),
        FormName::Skip => of_step(FormKind::Skip),
        FormName::Block => of_step(FormKind::Block),
        FormName::Reopen => of_step(FormKind::Reopen),
        FormName::Start => of_step(FormKind::Start),
        FormName::Notify => plain(FormKind::Notify(None)),
        FormName::Undo => entry::mark::open_selected_undo(context, selected).map(Into::into),
        FormName::Countersign => entry::countersign::open_selected(context, selected).map(Into::into),
        FormName::Impact => plain(FormKind::Impact),
        FormName::AssetSelected => open_subject(context, selected),
        FormName::Asset => Some(subject::asset::open_new(selected).into()),
        FormName::Indicators => plain(FormKind::Indicators),
        FormName::Contact => Some(subject::contact::open_selected(selected).into()),
        FormName::Join => Some(people::join::open_selected(context, selected).into()),
        FormName::Export => plain(FormKind::Export),
        FormName::Severity => plain(FormKind::Severity),
        FormName::Amend => plain(FormKind::Amend),
        FormName::HandOver => plain(FormKind::HandOver),
        FormName::CloseCase => plain(FormKind::Close),
        FormName::ReopenCase => plain(FormKind::ReopenCase),
        FormName::CompareClock => plain(FormKind::Compare),
        FormName::ClockSelected => {
            of_duty(if clock_runs(context, selected) { FormKind::ClockMeet } else { FormKind::ClockStart })
        }
        FormName::ClockStart => of_duty(FormKind::ClockStart),
        FormName::ClockMeet => of_duty(FormKind::ClockMeet),
        FormName::ClockWaive => of_duty(FormKind::ClockWaive),
    }
}

/// The form that the kind of a step asks for.
fn kind_of_step(point: &StepView<'_>) -> FormKind {
    let name = point.name();
    match point.step.kind {
        StepKind::Decision { .. } => FormKind::Decide(Some(name)),
        StepKind::Notify { .. } => FormKind::Notify(Some(name)),
        StepKind::Approve { .. } => FormKind::Approve(name),
        StepKind::Command { .. } => FormKind::Report(name),
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => FormKind::Done(name),
    }
}

/// What the selected step asks, where it is a decision that is still open; else one that no step asks for.
fn kind_of_decision(selected: &Selected<'_>) -> FormKind {
    let open = selected.step.as_ref().filter(|point| !point.status.settled());
    let asks = open.filter(|point| matches!(point.step.kind, StepKind::Decision { .. }));
    FormKind::Decide(asks.map(StepView::name))
}

/// Whether the selected clock runs: then its duty can be met, else it can be started.
fn clock_runs(context: &FormContext<'_>, selected: &Selected<'_>) -> bool {
    let clock = context.case().zip(selected.duty).and_then(|(case, duty)| case.clock(&duty.id));
    clock.is_some_and(|clock| clock.state == ClockState::Running)
}

/// The form for the selected row of Systems, whatever it is.
fn open_subject(context: &FormContext<'_>, selected: &Selected<'_>) -> Option<BlankForm<AnyForm>> {
    match selected.subject? {
        SelectedSubject::Asset(asset) => Some(subject::asset::AssetForm::blank(asset).into()),
        SelectedSubject::Named(name, kind) => Some(subject::asset::NewAssetForm::blank(name, kind).into()),
        SelectedSubject::Indicator(Noted { what, .. }) => {
            open(&FormKind::Indicator(what.kind, what.value.clone()), context)
        }
        SelectedSubject::Recognised => open(&FormKind::Indicators, context),
    }
}

impl Fields for AnyForm {
    fn collect<'a>(&'a self, into: &mut Vec<&'a dyn FormField>) {
        self.typed().collect(into);
    }

    fn collect_mut<'a>(&'a mut self, into: &mut Vec<&'a mut dyn FormField>) {
        self.typed_mut().collect_mut(into);
    }
}

impl Form<AnyForm> {
    /// Has a reason required, where the form takes one, and puts the cursor there.
    pub(crate) fn want_reason(&mut self) {
        self.fields.typed_mut().reason().into_iter().for_each(Reason::want);
        self.go(Reason::ID);
    }

    /// Adds a field for why a question stays open, where the form takes a reason and has no field for it yet.
    pub(crate) fn offer_reason(&mut self) {
        self.fields.typed_mut().reason().into_iter().for_each(Reason::offer);
    }
}
