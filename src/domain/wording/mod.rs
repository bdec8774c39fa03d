//! How numbers and times are said, for every front. It knows no key and no colour.

pub(crate) mod deadline;
pub(crate) mod did_you_mean;
pub(crate) mod prose;
