//! Which form a key opens, from what is selected.

use crate::{
    domain::{
        asset::AssetKind,
        case::{ClockState, steps::Standpoint},
        event::ContactNoted,
        person::Person,
        playbook::Kind as StepKind,
    },
    tui::{
        forms::{
            self,
            case::new_case,
            entry::mark,
            people::join,
            subject::{asset, contact, indicator},
        },
        keys::{place::Place, table::FormName},
        model::{
            Model,
            effect::Effect,
            open_case::CaseScreen,
            overlays::open_form::{Kind, Sheet},
        },
        screens::{clocks, people, selected_entry, systems},
    },
};

/// Opens the form of that name, where what it is about is there.
pub(crate) fn open(model: &mut Model, name: FormName) -> Vec<Effect> {
    if name == FormName::NewCase {
        let sheet = new_case::open(&model.playbooks, &model.responder);
        model.open(sheet);
        // The list may have changed since; it is read again while the form is open.
        return vec![Effect::ListPlaybooks];
    }
    let Some(screen) = model.case.as_deref() else { return Vec::new() };
    let kind = match wanted(name, screen) {
        Wanted::Kind(kind) => kind,
        Wanted::Sheet(sheet) => {
            model.open(*sheet);
            return Vec::new();
        }
        Wanted::Nothing => return Vec::new(),
    };
    if screen.case.closed && matches!(kind, Kind::ClockStart(_)) {
        model.say("the case is closed: reopen it first, by : reopen");
        return Vec::new();
    }
    open_kind(model, &kind)
}

/// Opens the form of that kind, where what it is about is there.
pub(crate) fn open_kind(model: &mut Model, kind: &Kind) -> Vec<Effect> {
    let sheet = forms::open(kind, model);
    sheet.into_iter().for_each(|sheet| model.open(sheet));
    Vec::new()
}

/// What a name comes to on this screen.
enum Wanted {
    /// The form of that kind, as it opens now.
    Kind(Kind),
    /// A form that begins with what is selected.
    Sheet(Box<Sheet>),
    /// What it would be about is not there.
    Nothing,
}

impl From<Option<Kind>> for Wanted {
    fn from(kind: Option<Kind>) -> Self {
        kind.map_or(Self::Nothing, Self::Kind)
    }
}

impl From<Option<Sheet>> for Wanted {
    fn from(sheet: Option<Sheet>) -> Self {
        sheet.map_or(Self::Nothing, |sheet| Self::Sheet(Box::new(sheet)))
    }
}

fn wanted(name: FormName, screen: &CaseScreen) -> Wanted {
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
            entry.and_then(|entry| mark::undo(screen, &entry)).into()
        }
        FormName::Countersign => {
            let entry = selected_entry(screen);
            let signed = entry.and_then(|entry| screen.case.hash_of(&entry).map(|hash| Kind::Countersign(entry, hash)));
            signed.into()
        }
        FormName::Impact => Wanted::Kind(Kind::Impact),
        FormName::AssetSelected => selected_asset(screen).into(),
        FormName::Asset => Some(match selected_system(screen) {
            Some(systems::list::Row::Named(named)) => asset::new(named.name, systems::list::kind_of(&named)),
            _ => asset::new("", AssetKind::System),
        })
        .into(),
        FormName::Indicators => Wanted::Kind(Kind::Indicators),
        FormName::Contact => Some(contact::open(&selected_contact(screen))).into(),
        FormName::Join => Some(join_form(screen)).into(),
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
    Some(match (name, runs) {
        (FormName::ClockWaive, _) => Kind::ClockWaive(duty),
        (FormName::ClockMeet, _) | (FormName::ClockSelected, true) => Kind::ClockMeet(duty),
        _ => Kind::ClockStart(duty),
    })
}

/// The selected row of Systems, where that is the place.
fn selected_system(screen: &CaseScreen) -> Option<systems::list::Row<'_>> {
    systems::list::here(screen).filter(|_| screen.place == Place::Systems)
}

/// Enter on a row of Systems.
fn selected_asset(screen: &CaseScreen) -> Option<Sheet> {
    Some(match selected_system(screen)? {
        systems::list::Row::Asset(asset) => asset::change(asset),
        systems::list::Row::Named(named) => asset::new(named.name, systems::list::kind_of(&named)),
        systems::list::Row::Indicator(found) => indicator::change(found),
        systems::list::Row::Found(_) => indicator::open(screen),
    })
}

/// The contact with the cursor that the case does not have yet; nobody otherwise.
fn selected_contact(screen: &CaseScreen) -> ContactNoted {
    match people::list::here(screen).filter(|_| screen.place == Place::People) {
        Some(people::list::Row::Known(known)) => known.clone(),
        Some(people::list::Row::Duty(duty)) => {
            ContactNoted { reach: duty.reach.clone(), about: duty.title.clone(), ..contact::nobody(&duty.to) }
        }
        _ => contact::nobody(""),
    }
}

/// The box of taking a role: the one with the cursor where nobody has taken it.
fn join_form(screen: &CaseScreen) -> Sheet {
    match people::list::here(screen).filter(|_| screen.place == Place::People) {
        Some(people::list::Row::Role(role, _)) => {
            join::open(&Person { role: role.title.clone(), ..screen.responder.clone() })
        }
        _ => join::open(&screen.responder),
    }
}
