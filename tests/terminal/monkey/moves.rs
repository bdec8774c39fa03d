//! Files that move under an open console: what a restore, a sync client or a person with a file manager does.

use super::dice::Dice;
use crate::support;
use std::{fs, io, path::Path};

/// What was done to the files of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// A copy takes the place of the database.
    DatabaseCopied,
    /// The folder is away for a moment, and comes back.
    FolderAway,
    /// A copy takes the place of the folder.
    FolderCopied,
    /// A copy takes the place of the head file.
    HeadsCopied,
    /// The lock file is removed.
    LockRemoved,
}

const MOVES: [&Move; 5] =
    [&Move::DatabaseCopied, &Move::FolderAway, &Move::FolderCopied, &Move::HeadsCopied, &Move::LockRemoved];

/// Moves the files of the case in `folder`, while nothing is being written. What the console then says is not recorded
/// is not in the files at this path; what it says is recorded must be. `meanwhile` is done while they are away.
pub(crate) fn move_files(folder: &Path, dice: &mut Dice, mut meanwhile: impl FnMut()) -> io::Result<Move> {
    let how = *dice.of(&MOVES);
    let beside = |name: &str| folder.join(name);
    let replace = |name: &str| {
        fs::copy(beside(name), beside("copied"))?;
        fs::rename(beside("copied"), beside(name))
    };
    let away = folder.with_file_name(format!("away-{}", dice.below(1 << 40)));
    match how {
        Move::DatabaseCopied => replace("case.sqlite3")?,
        Move::HeadsCopied => replace("case.heads")?,
        Move::LockRemoved => fs::remove_file(beside("case.lock"))?,
        Move::FolderAway => {
            fs::rename(folder, &away)?;
            meanwhile();
            fs::rename(&away, folder)?;
        }
        Move::FolderCopied => {
            fs::rename(folder, &away)?;
            support::copy(&away, folder);
            // The one that was moved is no case of this home any more: two with one name could not be told apart.
            fs::rename(&away, folder.ancestors().nth(2).unwrap_or(folder).join("gone"))?;
        }
    }
    Ok(how)
}
