//! How numbers, times and texts are said, for every front. It knows no key and no colour, and no type of the trade but
//! [`Time`](super::time::Time).

pub(crate) mod deadline;
pub(crate) mod did_you_mean;
pub(crate) mod duration;
pub(crate) mod moment;
pub(crate) mod number;
pub(crate) mod prose;
