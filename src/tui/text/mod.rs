//! How text is measured, cut, marked and coloured. It knows no case.

pub(crate) mod fuzzy;
pub(crate) mod highlight;
pub(crate) mod theme;
pub(crate) mod width;
