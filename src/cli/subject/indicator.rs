//! `carecert indicator`.

use crate::{
    cli::{context::Context, failure::CommandResult, values::parse_one_of},
    domain::{
        decide::Command,
        event::IndicatorNoted,
        indicator::{IndicatorKind, kind_of},
    },
};
use clap::Args;

/// Note an address, a hash or a file's name by which the attack can be known elsewhere.
#[derive(Debug, Args)]
pub(crate) struct IndicatorCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The address, hash or name as found; written defanged is fine.
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    value: String,
    /// What it is; recognised where it is left out.
    #[arg(long, value_name = "KIND", value_parser = parse_one_of(IndicatorKind::ALL, IndicatorKind::word))]
    kind: Option<IndicatorKind>,
    /// What it is about.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    about: String,
    /// Where it was found, or who gave it.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    source: String,
}

impl IndicatorCommand {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let value = self.value.trim().to_owned();
        let kind = self.kind.unwrap_or_else(|| kind_of(&value));
        let noted = IndicatorNoted { kind, value, about: self.about, source: self.source };
        let session = context.open_case(&self.case)?;
        context.record(session, Command::NoteIndicator(noted).into())
    }
}
