//! CACAO 2.0, the OASIS format for playbooks, both ways.
//!
//! [`export_playbook`] says in CACAO's own fields all that CACAO can say, so that another engine can follow the workflow from
//! start to end; what is left goes into an extension that others may ignore. [`import_playbook`] reads the standard fields
//! first, of our own files and of anyone's, and gives an account of every key: kept, changed or dropped. Nothing that
//! comes from elsewhere is trusted: commands arrive as text to be read, never as something to run.

mod account;
mod compose;
mod condition;
mod export;
mod extension;
mod ids;
mod import;
mod model;
mod shell;
mod text;
mod variables;

mod json {
    mod locate;
    pub(crate) mod source;
    pub(crate) mod tree;
}

pub use account::{Fate, Item};
pub use export::{ExportError, export_playbook};
pub use import::{IMPORT_LIMIT, Import, import_playbook};
