//! What is read and written: records, bundles, playbooks and CACAO.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "../support/forge.rs"]
mod forge;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/survive.rs"]
mod survive;

mod bundle;
mod cacao;
mod families;
mod forged;
mod frozen;
mod growth;
mod hostile;
mod old_program;
mod playbooks;
