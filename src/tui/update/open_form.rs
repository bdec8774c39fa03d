//! Which form a key opens, from what is selected.

use crate::{
    domain::{
        asset::AssetKind,
        case::{ClockState, Noted, steps::Standpoint},
        event::ContactNoted,
        person::Person,
        playbook::Kind as StepKind,
    },
    tui::{
        forms::{
            self, AnyForm,
            blank_form::BlankForm,
            entry::mark::UndoForm,
            people::join::JoinForm,
            subject::{
                asset::{AssetForm, NewAssetForm},
                contact,
                contact::ContactForm,
            },
        },
        keys::{
            place::Place,
            table::{FormName, Id},
        },
        model::{Model, effect::Effect, open_case::CaseScreen, overlays::open_form::Kind},
        screens::{clocks, people, selected_entry, systems},
    },
};

/// Opens the form of that name, where what it is about is there.
pub(crate) fn open(model: &mut Model, name: FormName) -> Vec<Effect> {
    if name == FormName::NewCase {
        open_kind(model, &Kind::Incident);
        // The list may have changed since; it is read again while the form is open.
        return vec![Effect::ListPlaybooks];
    }
    let Some(screen) = model.case.as_deref() else { return Vec::new() };
    let kind = match wanted(name, model, screen) {
        Wanted::Kind(kind) => kind,
        Wanted::Blank(blank) => {
            model.open(*blank);
            return Vec::new();
        }
        Wanted::Nothing => return Vec::new(),
    };
    if screen.case.closed && matches!(kind, Kind::ClockStart(_)) {
        let key = model.ways(screen.place).key(Id::ReopenCase);
        model.say(format!("the case is closed: reopen it first, by {key}"));
        return Vec::new();
    }
    open_kind(model, &kind)
}

/// Opens the form of that kind, where what it is about is there.
pub(crate) fn open_kind(model: &mut Model, kind: &Kind) -> Vec<Effect> {
    let blank = forms::open(kind, &model.form_context());
    blank.into_iter().for_each(|blank| model.open(blank));
    Vec::new()
}

/// What a name comes to on this screen.
enum Wanted {
    /// The form of that kind, as it opens now.
    Kind(Kind),
    /// A form that begins with what is selected.
    Blank(Box<BlankForm<AnyForm>>),
    /// What it would be about is not there.
    Nothing,
}

impl From<Option<Kind>> for Wanted {
    fn from(kind: Option<Kind>) -> Self {
        kind.map_or(Self::Nothing, Self::Kind)
    }
}

impl Wanted {
    fn blank(blank: Option<impl Into<BlankForm<AnyForm>>>) -> Self {
        blank.map_or(Self::Nothing, |blank| Self::Blank(Box::new(blank.into())))
    }
}

fn wanted(name: FormName, model: &Model, screen: &CaseScreen) -> Wanted {
    let point = screen.point();
    let step = || point.as_ref().map(Standpoint::name);
    match name {
        FormName::NewCase => Wanted::Nothing,
        FormName::StepDone => point.as_ref().map(kind_of_step).into(),
        FormName::Decide => {
            let asks = point.as_ref().filter(|point| !point.standing.settled());
            let asks = asks.filter(|point| matches!(point.step.kind, StepKind::Decision { .. }));
            Wanted::Kind(Kind::Decide(asks.map(Standpoint::name)))
        }
        FormName::OwnDecision => Wanted::Kind(Kind::Decide(None)),
        FormName::Note => Wanted::Kind(Kind::Note),
        FormName::Evidence => Wanted::Kind(Kind::Evidence(step())),
        FormName::Skip => step().map(Kind::Skip).into(),
        FormName::Block => step().map(Kind::Block).into(),
        FormName::Reopen => step().map(Kind::Reopen).into(),
        FormName::Start => step().map(Kind::Start).into(),
        FormName::Notify => Wanted::Kind(Kind::Notify(None)),
        FormName::Undo => {
            let entry = selected_entry(screen).or_else(|| screen.latest_own());
            Wanted::blank(entry.and_then(|entry| UndoForm::open_for(&model.form_context(), &entry)))
        }
        FormName::Countersign => {
            let entry = selected_entry(screen);
            let signed = entry.and_then(|entry| screen.case.hash_of(&entry).map(|hash| Kind::Countersign(entry, hash)));
            signed.into()
        }
        FormName::Impact => Wanted::Kind(Kind::Impact),
        FormName::AssetSelected => selected_asset(screen),
        FormName::Asset => Wanted::blank(Some(match selected_system(screen) {
            Some(systems::list::Row::Named(named)) => NewAssetForm::blank(named.name, systems::list::kind_of(&named)),
            Some(systems::list::Row::Asset(_) | systems::list::Row::Indicator(_) | systems::list::Row::Found(_))
            | None => NewAssetForm::blank("", AssetKind::System),
        })),
        FormName::Indicators => Wanted::Kind(Kind::Indicators),
        FormName::Contact => Wanted::blank(Some(ContactForm::blank(&selected_contact(screen)))),
        FormName::Join => Wanted::blank(Some(join_form(screen))),
        FormName::Export => Wanted::Kind(Kind::Export),
        FormName::Severity => Wanted::Kind(Kind::Severity),
        FormName::Amend => Wanted::Kind(Kind::Amend),
        FormName::HandOver => Wanted::Kind(Kind::HandOver),
        FormName::CloseCase => Wanted::Kind(Kind::Close),
        FormName::ReopenCase => Wanted::Kind(Kind::ReopenCase),
        FormName::CompareClock => Wanted::Kind(Kind::Compare),
        FormName::ClockSelected | FormName::ClockStart | FormName::ClockMeet | FormName::ClockWaive => {
            clock(name, screen).into()
        }
    }
}

/// Enter on a step: what its kind asks for.
fn kind_of_step(point: &Standpoint<'_>) -> Kind {
    let name = point.name();
    match point.step.kind {
        StepKind::Decision { .. } => Kind::Decide(Some(name)),
        StepKind::Notify { .. } => Kind::Notify(Some(name)),
        StepKind::Approve { .. } => Kind::Approve(name),
        StepKind::Command { .. } => Kind::Report(name),
        StepKind::Task | StepKind::Collect | StepKind::Recur { .. } => Kind::Done(name),
    }
}

/// Starts, meets or waives the selected clock; which of the first two follows from whether it runs.
fn clock(name: FormName, screen: &CaseScreen) -> Option<Kind> {
    let duty = clocks::here(screen)?;
    let runs = screen.case.clock(&duty.id).is_some_and(|clock| clock.state == ClockState::Running);
    let duty = duty.id.clone();
    Some(if name == FormName::ClockWaive {
        Kind::ClockWaive(duty)
    } else if name == FormName::ClockMeet || (name == FormName::ClockSelected && runs) {
        Kind::ClockMeet(duty)
    } else {
        Kind::ClockStart(duty)
    })
}

/// The selected row of Systems, where that is the place.
fn selected_system(screen: &CaseScreen) -> Option<systems::list::Row<'_>> {
    systems::list::here(screen).filter(|_| screen.place == Place::Systems)
}

/// Enter on a row of Systems.
fn selected_asset(screen: &CaseScreen) -> Wanted {
    match selected_system(screen) {
        Some(systems::list::Row::Asset(asset)) => Wanted::blank(Some(AssetForm::blank(asset))),
        Some(systems::list::Row::Named(named)) => {
            Wanted::blank(Some(NewAssetForm::blank(named.name, systems::list::kind_of(&named))))
        }
        Some(systems::list::Row::Indicator(Noted { what, .. })) => {
            Wanted::Kind(Kind::Indicator(what.kind, what.value.clone()))
        }
        Some(systems::list::Row::Found(_)) => Wanted::Kind(Kind::Indicators),
        None => Wanted::Nothing,
    }
}

/// The contact with the cursor that the case does not have yet; nobody otherwise.
fn selected_contact(screen: &CaseScreen) -> ContactNoted {
    match people::list::here(screen).filter(|_| screen.place == Place::People) {
        Some(people::list::Row::Known(known)) => known.clone(),
        Some(people::list::Row::Duty(duty)) => {
            ContactNoted { reach: duty.reach.clone(), about: duty.title.clone(), ..contact::nobody(&duty.to) }
        }
        Some(
            people::list::Row::Person(_)
            | people::list::Row::Former(_)
            | people::list::Row::Role(..)
            | people::list::Row::Contact(_),
        )
        | None => contact::nobody(""),
    }
}

/// The box of taking a role: the one with the cursor where nobody has taken it.
fn join_form(screen: &CaseScreen) -> BlankForm<JoinForm> {
    let row = people::list::here(screen).filter(|_| screen.place == Place::People);
    if let Some(people::list::Row::Role(role, _)) = row {
        JoinForm::blank(&Person { role: role.title.clone(), ..screen.responder.clone() })
    } else {
        JoinForm::blank(&screen.responder)
    }
}
