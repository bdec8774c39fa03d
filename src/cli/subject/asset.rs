//! `carecert asset`.

use crate::{
    cli::{Done, context::Context, entry::act::usage, options::subject::Asset},
    domain::{
        asset::{AssetState, Importance},
        case::{Case, Noted},
        decide::command::Command,
        event::AssetNoted,
    },
};

/// Says how an asset stands from now on.
pub(crate) fn run(context: &mut Context, asset: Asset) -> Done {
    let session = context.open(&asset.case)?;
    let known = known(session.case(), &asset).map(|known| known.what.clone());
    let Some(kind) = asset.kind.or(known.as_ref().map(|known| known.kind)) else {
        let hint = "add --kind system, device, account, service, site or network";
        return Err(usage("it is not clear what sort of asset this is", hint));
    };
    let of = |former: fn(&AssetNoted) -> String| known.as_ref().map(former).unwrap_or_default();
    let command = Command::NoteAsset(AssetNoted {
        kind,
        importance: asset.importance.or(known.as_ref().map(|k| k.importance)).unwrap_or(Importance::Unknown),
        state: asset.state.or(known.as_ref().map(|k| k.state)).unwrap_or(AssetState::Unknown),
        about: asset.about.unwrap_or_else(|| of(|known| known.about.clone())),
        name: if known.is_some() { of(|known| known.name.clone()) } else { asset.name },
    });
    context.record(session, command.into())
}

/// The asset as it was noted last: of the given kind, or the only one of that name.
fn known<'a>(case: &'a Case, asset: &Asset) -> Option<&'a Noted<AssetNoted>> {
    if let Some(kind) = asset.kind {
        return case.asset(kind, &asset.name);
    }
    let mut named = case.assets.iter().filter(|known| case.asset(known.what.kind, &asset.name) == Some(*known));
    named.next().filter(|_| named.next().is_none())
}
