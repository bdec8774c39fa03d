//! `carecert indicator`.

use super::{Done, context::Context, options_picture::Indicator};
use crate::domain::{
    command::Command,
    event::IndicatorNoted,
    indicator::{IndicatorKind, recognise, refang},
};

/// Notes an indicator, of the kind that it is recognised as where none is given.
pub(super) fn run(context: &mut Context, indicator: Indicator) -> Done {
    let Indicator { case, value, kind, about, source } = indicator;
    let value = value.trim().to_owned();
    let kind = kind.unwrap_or_else(|| guess(&value));
    let session = context.open(&case)?;
    context.record(session, Command::NoteIndicator(IndicatorNoted { kind, value, about, source }).into())
}

/// What the whole value is recognised as; what only holds an indicator is of another kind.
fn guess(value: &str) -> IndicatorKind {
    match recognise(value).as_slice() {
        [(kind, found)] if *found == refang(value) => *kind,
        _ => IndicatorKind::Other,
    }
}
