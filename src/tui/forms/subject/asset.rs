//! A system, an account, a device, a service, a site or a network: what hangs on it, and how it stands.

use crate::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        case::Noted,
        decide::Command,
        event::AssetNoted,
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, Pick},
            texts::{LineText, TimeField},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::{FormContext, Selected, SelectedSubject},
            submission::Submission,
        },
        keys::{action::Context, place::Place, table::ActionId, ways::KeyNames},
    },
};

fn pick_state(at: AssetState) -> Pick<AssetState> {
    let choice = |one: &AssetState| Choice::new(*one, one.word(), format!("{} {one}: {}", one.sign(), one.meaning()));
    let hint = "↑ ↓ how it stands from now on";
    Pick::new("state", "State", hint, AssetState::ALL.iter().map(choice)).tall().choosing(&at)
}

fn pick_importance(at: Importance) -> Pick<Importance> {
    let choice = |one: &Importance| {
        Choice::new(*one, one.word(), one.to_string()).meaning(format!("{} {}", one.sign(), one.meaning()))
    };
    Pick::new("importance", "For care", "← →", Importance::ALL.iter().map(choice)).choosing(&at)
}

fn ask_about_asset(text: &str) -> LineText {
    LineText::new("about", "About", "Where it is, who looks after it, what is seen on it; may be empty", text)
}

/// What is chosen, or that something must be.
fn require_choice<T: Copy + std::fmt::Debug>(pick: &Pick<T>) -> Result<T, Fault> {
    pick.chosen().copied().ok_or_else(|| pick.fault("choose one"))
}

/// How an asset stands that is noted already.
#[derive(Clone, Debug)]
pub(crate) struct AssetForm {
    pub(in crate::tui::forms) kind: AssetKind,
    pub(in crate::tui::forms) name: String,
    state: Pick<AssetState>,
    importance: Pick<Importance>,
    about: LineText,
    occurred: TimeField,
}

fields!(AssetForm; state, importance, about, occurred);

impl AssetForm {
    /// The form for the asset of that kind and name, as it stands now.
    pub(crate) fn open(context: &FormContext<'_>, kind: &AssetKind, name: &str) -> Option<BlankForm<Self>> {
        context.case()?.asset(*kind, name).map(Self::blank)
    }

    /// The form for an asset.
    pub(crate) fn blank(asset: &Noted<AssetNoted>) -> BlankForm<Self> {
        let what = &asset.what;
        let form = Self {
            kind: what.kind,
            name: what.name.clone(),
            state: pick_state(what.state),
            importance: pick_importance(what.importance),
            about: ask_about_asset(&what.about),
            occurred: TimeField::when(),
        };
        BlankForm::new(format!("How it stands: {}", what.name), form)
            .tell("Kind", what.kind.to_string())
            .tell("So far", format!("{} {}", what.state.sign(), what.state))
    }
}

impl TypedForm for AssetForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let asset = AssetNoted {
            name: self.name.clone(),
            kind: self.kind,
            state: require_choice(&self.state)?,
            importance: require_choice(&self.importance)?,
            about: self.about.text(),
        };
        Ok(Submission::command(Command::NoteAsset(asset), self.occurred.time(context.now)?))
    }
}

/// An asset that is not noted yet.
#[derive(Clone, Debug)]
pub(crate) struct NewAssetForm {
    /// The name with which it was opened, by which its draft is found again.
    pub(in crate::tui::forms) known: String,
    name: LineText,
    kind: Pick<AssetKind>,
    importance: Pick<Importance>,
    about: LineText,
    state: Pick<AssetState>,
    occurred: TimeField,
}

fields!(NewAssetForm; name, kind, importance, about, state, occurred);

impl NewAssetForm {
    /// The form, with a name filled in where it is known.
    pub(crate) fn open(context: &FormContext<'_>, name: &str) -> Option<BlankForm<Self>> {
        context.case()?;
        Some(Self::blank(name, AssetKind::System))
    }

    /// The form, with a name and the kind that was told from it.
    pub(crate) fn blank(name: &str, kind: AssetKind) -> BlankForm<Self> {
        let choice = |one: &AssetKind| Choice::new(*one, one.word(), one.to_string()).meaning(one.meaning());
        let called = "What people call it: PACS, ward7-pc3, svc-backup, VLAN 40";
        let form = Self {
            known: name.to_owned(),
            name: LineText::new("name", "Name", called, name).required().proposed(),
            kind: Pick::new("kind", "Kind", "← →", AssetKind::ALL.iter().map(choice))
                .choosing(&kind)
                .or_else(&AssetKind::System),
            importance: pick_importance(Importance::Unknown),
            about: ask_about_asset(""),
            state: pick_state(AssetState::Unknown),
            occurred: TimeField::when(),
        };
        BlankForm::new("A system, account, device, service, site or network", form)
    }
}

impl TypedForm for NewAssetForm {
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let kind = require_choice(&self.kind)?;
        let name = self.name.text().trim().to_owned();
        if let Some(asset) = context.case().and_then(|case| case.asset(kind, &name)) {
            let name = &asset.what.name;
            let ways = KeyNames::new(context.keymap, Context::At(Place::Systems));
            let (there, state) = (ways.key(ActionId::GoSystems), ways.key(ActionId::AssetDo));
            let text = format!("{name} is noted already: in Systems ({there}), {state} on it gives it another state");
            return Err(self.name.fault(text));
        }
        let asset = AssetNoted {
            name,
            kind,
            state: require_choice(&self.state)?,
            importance: require_choice(&self.importance)?,
            about: self.about.text(),
        };
        Ok(Submission::command(Command::NoteAsset(asset), self.occurred.time(context.now)?))
    }
}

/// The form for a new asset, begun with what an answer names.
pub(in crate::tui::forms) fn open_new(selected: &Selected<'_>) -> BlankForm<NewAssetForm> {
    let (name, kind) = match selected.subject {
        Some(SelectedSubject::Named(name, kind)) => (name, kind),
        Some(SelectedSubject::Asset(_) | SelectedSubject::Indicator(_) | SelectedSubject::Recognised) | None => {
            ("", AssetKind::System)
        }
    };
    NewAssetForm::blank(name, kind)
}
