//! The options of the commands that paint the picture of an incident, and of `undo`.
#![allow(missing_docs, reason = "the help texts are the docs")]

use crate::domain::{
    asset::{AssetKind, AssetState, Importance},
    indicator::IndicatorKind,
};
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

/// Options of `follow-up`.
#[derive(Debug, Args)]
pub struct FollowUp {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The entry, such as A17.
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    /// What is to be looked at, or what came of it.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub why: String,
    /// It was looked at: take the mark off.
    #[arg(long)]
    pub done: bool,
}

/// Options of `asset`. What is left out stays as it was noted last.
#[derive(Debug, Args)]
pub struct Asset {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// What it is called.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What sort of thing it is; needed the first time.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub kind: Option<AssetKind>,
    /// How it stands.
    #[arg(long, value_name = "STATE", value_parser = states())]
    pub state: Option<AssetState>,
    /// What hangs on it.
    #[arg(long, value_name = "HOW", value_parser = importances())]
    pub importance: Option<Importance>,
    /// Anything to add.
    #[arg(long, value_name = "TEXT")]
    pub about: Option<String>,
}

/// Options of `indicator`.
#[derive(Debug, Args)]
pub struct Indicator {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The address, hash or name as found; written defanged is fine.
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: String,
    /// What it is; recognised where it is left out.
    #[arg(long, value_name = "KIND", value_parser = traces())]
    pub kind: Option<IndicatorKind>,
    /// What it is about.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub about: String,
    /// Where it was found, or who gave it.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub source: String,
}

/// Options of `contact`. What is left out stays as it was noted last.
#[derive(Debug, Args)]
pub struct Contact {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Who.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// In which role; yours is --role.
    // Named `role` it would be the same to clap as --role, which says who acts.
    #[arg(long, value_name = "ROLE")]
    pub in_role: Option<String>,
    /// Of which organisation; yours is --organisation.
    #[arg(long, value_name = "NAME")]
    pub of: Option<String>,
    /// How they are reached: telephone, mail, room.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub reach: Option<String>,
    /// Anything to add.
    #[arg(long, value_name = "TEXT")]
    pub about: Option<String>,
}

/// Options of `countersign`.
#[derive(Debug, Args)]
pub struct Countersign {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The entry of the decision, such as A17.
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    /// Who confirms what is logged: never who logged it.
    #[arg(id = "person", long = "who", value_name = "NAME")]
    pub person: String,
    /// In which role.
    #[arg(long, value_name = "ROLE", default_value = "", hide_default_value = true)]
    pub in_role: String,
    /// By what means they were asked.
    #[arg(long, value_name = "HOW", default_value = "", hide_default_value = true)]
    pub means: String,
    /// What they said.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub words: String,
}

/// Options of `undo`.
#[derive(Debug, Args)]
pub struct Undo {
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The entry, such as A17.
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    /// The reason.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub why: String,
}

/// Reads one of these words, and names them all in the help and the completions.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let words = PossibleValuesParser::new(all.iter().map(|value| word(*value)));
    words.try_map(move |given| all.iter().copied().find(|value| word(*value) == given).ok_or("there is no such word"))
}

fn kinds() -> impl TypedValueParser<Value = AssetKind> {
    one_of(AssetKind::ALL, AssetKind::word)
}

fn states() -> impl TypedValueParser<Value = AssetState> {
    one_of(AssetState::ALL, AssetState::word)
}

fn importances() -> impl TypedValueParser<Value = Importance> {
    one_of(Importance::ALL, Importance::word)
}

fn traces() -> impl TypedValueParser<Value = IndicatorKind> {
    one_of(IndicatorKind::ALL, IndicatorKind::word)
}
