//! The timeline as CSV.

use super::error::ExchangeError;
use crate::store::snapshot::Snapshot;
use std::io::Write;

/// Placeholder.
pub fn write(_: &Snapshot, out: &mut dyn Write) -> Result<(), ExchangeError> {
    Ok(out.write_all(b"message,datetime,timestamp_desc\n")?)
}
