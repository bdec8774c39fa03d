//! How text is measured, cut, marked and coloured. It knows no case.

pub(crate) mod fit;
pub(crate) mod fuzzy;
pub(crate) mod hanging;
pub(crate) mod highlight;
pub(crate) mod hit;
pub(crate) mod theme;
pub(crate) mod width;
