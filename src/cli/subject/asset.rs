//! `carecert asset`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        values::parse_one_of,
    },
    domain::{
        asset::{AssetKind, AssetState, Importance},
        case::{Case, Noted},
        decide::Command,
        event::AssetNoted,
    },
};
use clap::Args;

/// Say how a system, device, account, service, site or network stands from now on.
#[derive(Debug, Args)]
pub(crate) struct AssetCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// What it is called.
    #[arg(value_name = "NAME")]
    name: String,
    /// What sort of thing it is; needed the first time.
    #[arg(long, value_name = "KIND", value_parser = parse_one_of(AssetKind::ALL, AssetKind::word))]
    kind: Option<AssetKind>,
    /// How it stands.
    #[arg(long, value_name = "STATE", value_parser = parse_one_of(AssetState::ALL, AssetState::word))]
    state: Option<AssetState>,
    /// What hangs on it.
    #[arg(long, value_name = "HOW", value_parser = parse_one_of(Importance::ALL, Importance::word))]
    importance: Option<Importance>,
    /// Anything to add.
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
}

impl AssetCommand {
    /// What is left out stays as it was noted last.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let session = context.open_case(&self.case)?;
        let known = self.find_known(session.case()).map(|known| known.what.clone());
        let Some(kind) = self.kind.or(known.as_ref().map(|known| known.kind)) else {
            let hint = "add --kind system, device, account, service, site or network";
            return Err(Failure::wrong_usage("it is not clear what sort of asset this is", hint));
        };
        let former = |text: fn(&AssetNoted) -> String| known.as_ref().map(text).unwrap_or_default();
        let command = Command::NoteAsset(AssetNoted {
            kind,
            importance: self.importance.or(known.as_ref().map(|k| k.importance)).unwrap_or(Importance::Unknown),
            state: self.state.or(known.as_ref().map(|k| k.state)).unwrap_or(AssetState::Unknown),
            about: self.about.unwrap_or_else(|| former(|known| known.about.clone())),
            name: if known.is_some() { former(|known| known.name.clone()) } else { self.name },
        });
        context.record(session, command.into())
    }

    /// The asset as it was noted last: of the given kind, or the only one of that name.
    fn find_known<'a>(&self, case: &'a Case) -> Option<&'a Noted<AssetNoted>> {
        if let Some(kind) = self.kind {
            return case.asset(kind, &self.name);
        }
        let mut named = case.assets.iter().filter(|known| case.asset(known.what.kind, &self.name) == Some(*known));
        named.next().filter(|_| named.next().is_none())
    }
}
