//! How numbers and times are said, for every front. It knows no key and no colour.

pub(crate) mod deadline;
pub(crate) mod prose;
