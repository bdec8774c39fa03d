//! `carecert indicator`.

use crate::{
    cli::{Done, context::Context, options::subject::Indicator},
    domain::{decide::command::Command, event::IndicatorNoted, indicator::kind_of},
};

/// Notes an indicator, of the kind that it is recognised as where none is given.
pub(crate) fn run(context: &mut Context, indicator: Indicator) -> Done {
    let Indicator { case, value, kind, about, source } = indicator;
    let value = value.trim().to_owned();
    let kind = kind.unwrap_or_else(|| kind_of(&value));
    let session = context.open(&case)?;
    context.record(session, Command::NoteIndicator(IndicatorNoted { kind, value, about, source }).into())
}
