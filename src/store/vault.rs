//! The evidence vault: one file for each item, named by its hash, written once.

use crate::domain::id::Hash;
use std::path::{Path, PathBuf};

/// The evidence folder of a case.
#[derive(Clone, Debug)]
pub struct Vault {
    folder: PathBuf,
}

impl Vault {
    /// The vault of the case in `folder`.
    pub fn of_case(folder: &Path) -> Self {
        Self { folder: folder.join("evidence") }
    }

    /// Where the item of that hash is, or would be.
    pub fn path(&self, sha256: &Hash) -> PathBuf {
        self.folder.join(sha256.to_string())
    }
}
