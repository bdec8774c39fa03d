//! What fails today and why, until the product is put right. A failure that is not on this list fails the test.

use super::tally::Known;

/// Take a line off as soon as what it names is put right: the report says which ones do not fail any more.
pub(crate) const KNOWN: &[Known] = &[];
