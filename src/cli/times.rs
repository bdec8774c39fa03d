//! The machine's clock, times as they are typed, and times as they are printed.

use super::{failure::Failure, stderr::print_warning};
use crate::{
    domain::{
        record::Record,
        time::{Now, Time},
        time_input::parse_stated_time,
    },
    runtime::{clock, zone},
};
use std::sync::Once;

/// What the machine's clock says. Whoever asks reads or shows a time: where this machine's zone cannot be read, that is
/// said once.
pub(super) fn read_clock() -> Now {
    static SAID: Once = Once::new();
    if let Some(fault) = zone::zone_fault() {
        SAID.call_once(|| print_warning(&fault));
    }
    clock::now()
}

/// A time as it was typed, in any form that `--help` names.
pub(super) fn parse_time(text: &str) -> Result<Time, Failure> {
    Ok(parse_stated_time(text, read_clock())?)
}

/// As [`parse_time`], for a time that may be left out.
pub(super) fn parse_optional_time(text: Option<&str>) -> Result<Option<Time>, Failure> {
    text.map(parse_time).transpose()
}

/// `2026-11-22 03:41:07 +01:00`, with the offset that this machine has at that moment.
pub(super) fn format_local(at: Time) -> String {
    format_with_offset(at, read_clock().zone.offset_at(at))
}

/// A time that an entry states, by the clock that recorded it where that went by another zone than this machine's.
pub(super) fn format_as_recorded(record: &Record, at: Time) -> String {
    format_with_offset(at, read_clock().zone.offset_beside(at, record.at, record.offset))
}

fn format_with_offset(at: Time, offset: i32) -> String {
    at.local(offset).format("%Y-%m-%d %H:%M:%S %:z").to_string()
}
