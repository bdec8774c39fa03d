//! The report as HTML.

use super::error::ExchangeError;
use crate::store::snapshot::Snapshot;

/// Placeholder.
pub fn render(_: &Snapshot) -> Result<String, ExchangeError> {
    Ok("<!doctype html><title>placeholder</title>\n".into())
}
