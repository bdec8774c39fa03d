//! The screen: a model, what changes it, and a drawing of it. It knows no terminal, no clock and no file.

pub mod effect;
pub mod key;
pub mod msg;
