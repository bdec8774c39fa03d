//! A system, an account, a device, a service, a site or a network: what hangs on it, and how it stands.

use crate::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        case::{Case, Noted},
        decide::command::Command,
        event::AssetNoted,
    },
    tui::{
        form::{
            Fault, Form,
            field::{Item, Pick},
        },
        keys::{action::Context, place::Place, table::Id, ways::Ways},
        model::overlays::open_form::{Kind, Send, Sheet, World},
        screens::systems::detail::{hangs, marks, means, sign, sort},
    },
};

fn place<T: PartialEq>(all: &[T], one: &T) -> Option<usize> {
    all.iter().position(|known| known == one)
}

fn state(at: AssetState) -> Item {
    let option = |state: &AssetState| {
        (state.word().to_owned(), format!("{} {state}: {}", sign(*state), means(*state)), String::new())
    };
    let options = AssetState::ALL.iter().map(option).collect();
    Item::pick(
        "state",
        "State",
        "↑ ↓ how it stands from now on",
        Pick { options, at: place(AssetState::ALL, &at), tall: true },
    )
}

fn importance(at: Importance) -> Item {
    let option =
        |one: &Importance| (one.word().to_owned(), one.to_string(), format!("{} {}", marks(*one), hangs(*one)));
    let options = Importance::ALL.iter().map(option).collect();
    Item::pick("importance", "For care", "← →", Pick { options, at: place(Importance::ALL, &at), tall: false })
}

fn about(text: &str) -> Item {
    Item::line("about", "About", "Where it is, who looks after it, what is seen on it; may be empty", text)
}

/// The box for one that is noted already: how it stands now.
pub(crate) fn change(asset: &Noted<AssetNoted>) -> Sheet {
    let what = &asset.what;
    let form = Form::of(vec![state(what.state), importance(what.importance), about(&what.about), Item::when()]);
    Sheet::new(Kind::Asset(what.kind, what.name.clone()), format!("How it stands: {}", what.name), form)
        .tell("Kind", what.kind.to_string())
        .tell("So far", format!("{} {}", sign(what.state), what.state))
}

/// The box for a new one, which may be named already.
pub(crate) fn new(name: &str, kind: AssetKind) -> Sheet {
    let option = |one: &AssetKind| (one.word().to_owned(), one.to_string(), sort(*one).to_owned());
    let options = AssetKind::ALL.iter().map(option).collect();
    let kind = Pick { options, at: place(AssetKind::ALL, &kind), tall: false };
    let system = place(AssetKind::ALL, &AssetKind::System);
    let form = Form::of(vec![
        Item::line("name", "Name", "What people call it: PACS, ward7-pc3, svc-backup, VLAN 40", name)
            .required()
            .proposed(),
        Item::pick("kind", "Kind", "← →", kind).or_else(system),
        importance(Importance::Unknown),
        about(""),
        state(AssetState::Unknown),
        Item::when(),
    ]);
    Sheet::new(Kind::NewAsset(name.to_owned()), "A system, account, device, service, site or network", form)
}

/// The box for the asset of that kind and name, as it would open now.
pub(crate) fn again(case: &Case, kind: AssetKind, name: &str) -> Option<Sheet> {
    case.asset(kind, name).map(change)
}

/// What it sends; `known` is the asset that stands already.
pub(crate) fn send(known: Option<(AssetKind, &str)>, form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let fault = |id: &'static str| Fault { id: id.into(), text: "choose one".into() };
    let kind = known.map(|(kind, _)| kind).or_else(|| AssetKind::parse(&form.text("kind"))).ok_or(fault("kind"))?;
    let name = known.map_or_else(|| form.text("name").trim().to_owned(), |(_, name)| name.to_owned());
    if let Some(asset) = world.case.and_then(|case| case.asset(kind, &name)).filter(|_| known.is_none()) {
        let name = &asset.what.name;
        let ways = Ways::new(world.keymap, Context::At(Place::Systems));
        let (there, state) = (ways.key(Id::GoSystems), ways.key(Id::AssetDo));
        let text = format!("{name} is noted already: in Systems ({there}), {state} on it gives it another state");
        return Err(Fault { id: "name".into(), text });
    }
    let state = AssetState::parse(&form.text("state")).ok_or(fault("state"))?;
    let importance = Importance::parse(&form.text("importance")).ok_or(fault("importance"))?;
    let asset = AssetNoted { name, kind, importance, state, about: form.text("about") };
    Ok(Send::command(Command::NoteAsset(asset), form.time("occurred", world.now)?))
}
