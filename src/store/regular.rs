//! Opens files that somebody else may have put there: only regular files, never through a link, never waiting.
//!
//! A FIFO would hold the program up for ever, a device may never end, and a link may lead out of the case. The live
//! database is not opened here: closing another handle of it would drop SQLite's locks.

use super::error::StoreError;
use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, Read as _},
    path::Path,
};

/// Opens a regular file for reading and gives what its open handle says of it. Links, folders, FIFOs, sockets and
/// devices are refused as [`StoreError::NotAFile`].
pub fn open_regular(path: &Path) -> Result<(File, Metadata), StoreError> {
    open_with(path, File::options().read(true), "read")
}

/// Opens a regular file, which must be there, to change it in place.
pub fn open_to_change(path: &Path) -> Result<(File, Metadata), StoreError> {
    open_with(path, File::options().read(true).write(true), "write")
}

/// Opens a regular file as it is, to lock it or to write it, and makes it where it is not there: mode 0600 where the
/// system has modes.
pub fn open_or_make(path: &Path) -> Result<File, StoreError> {
    let mut options = private_options();
    open_with(path, options.read(true).write(true).create(true).truncate(false), "open").map(|(file, _)| file)
}

/// Options for a file of our own: mode 0600 where the system has modes.
pub fn private_options() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has modes"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a regular file with these options; `what` is what errors say that it was opened for.
fn open_with(path: &Path, options: &mut OpenOptions, what: &'static str) -> Result<(File, Metadata), StoreError> {
    let fault = |why: io::Error| StoreError::io(what, path, why);
    let not = |is| StoreError::NotAFile { path: path.to_owned(), is };
    // What is not there is for the opening to say, or to make.
    look_at(path)?;
    // Whoever swaps the file after this look meets these flags.
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags.bits() as i32);
    }
    // FILE_FLAG_OPEN_REPARSE_POINT: open a link itself, not what it points to.
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::custom_flags(options, 0x0020_0000);
    let file = options.open(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    match describe_irregular(&metadata) {
        Some(is) => Err(not(is)),
        None => Ok((file, metadata)),
    }
}

/// Reads a regular file whole: at most `most` bytes, else [`StoreError::TooLarge`].
pub fn read_regular(path: &Path, most: u64) -> Result<Vec<u8>, StoreError> {
    let (file, metadata) = open_regular(path)?;
    let too_large = || StoreError::TooLarge { path: path.to_owned(), most };
    if metadata.len() > most {
        return Err(too_large());
    }
    // The size is only a promise: a file in /proc says 0, and one that is being written grows.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes).map_err(|why| StoreError::io("read", path, why))?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// Reads a regular file of UTF-8 text whole: at most `most` bytes.
pub fn read_text(path: &Path, most: u64) -> Result<String, StoreError> {
    String::from_utf8(read_regular(path, most)?).map_err(|_| StoreError::NotText { path: path.to_owned() })
}

/// The same of a file that need not be there.
pub fn read_text_if_there(path: &Path, most: u64) -> Result<Option<String>, StoreError> {
    look_at(path)?.map(|_| read_text(path, most)).transpose()
}

/// Whether a folder stands at `path` itself; `false` is nothing, and a link or a file is refused.
pub fn is_folder(path: &Path) -> Result<bool, StoreError> {
    match path.symlink_metadata() {
        Ok(there) if there.is_dir() => Ok(true),
        Ok(there) => {
            let is = describe_irregular(&there).unwrap_or("a file");
            Err(StoreError::NotAFolder { path: path.to_owned(), is })
        }
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(why) => Err(StoreError::io("look at", path, why)),
    }
}

/// What stands at `path`, which must be a regular file or nothing; `None` is nothing. It is not opened.
pub fn look_at(path: &Path) -> Result<Option<Metadata>, StoreError> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) => match describe_irregular(&metadata) {
            Some(is) => Err(StoreError::NotAFile { path: path.to_owned(), is }),
            None => Ok(Some(metadata)),
        },
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(StoreError::io("read", path, why)),
    }
}

/// What it is, in words, if it is not a regular file.
fn describe_irregular(metadata: &Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    if kind.is_file() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some(if kind.is_symlink() {
        "a link"
    } else if kind.is_dir() {
        "a folder"
    } else {
        "a device"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &Path) -> String {
        let opened = open_regular(path).unwrap_err().to_string();
        let looked = look_at(path).unwrap_err().to_string();
        assert_eq!(opened, looked);
        opened
    }

    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert!(refused(folder.path()).ends_with("is a folder, not a file"));
        assert!(look_at(&at("nothing")).unwrap().is_none());
        assert!(open_regular(&at("nothing")).unwrap_err().to_string().starts_with("cannot read"));
        #[cfg(unix)]
        {
            std::fs::write(at("file"), "x").unwrap();
            std::os::unix::fs::symlink(at("file"), at("link")).unwrap();
            std::os::unix::fs::symlink("/dev/zero", at("endless")).unwrap();
            assert!(refused(&at("link")).ends_with("is a link, not a file"));
            assert!(refused(&at("endless")).ends_with("is a link, not a file"));
            assert!(refused(Path::new("/dev/zero")).ends_with("is a device, not a file"));
            let _listener = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
            assert!(refused(&at("socket")).ends_with("is a socket, not a file"));
            assert!(std::process::Command::new("mkfifo").arg(at("fifo")).status().unwrap().success());
            assert!(refused(&at("fifo")).ends_with("is a named pipe, not a file"));
        }
    }

    #[test]
    fn a_file_is_read_whole_within_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, [0xff; 10]).unwrap();
        assert_eq!(read_regular(&path, 10).unwrap(), [0xff; 10]);
        let over = read_regular(&path, 9).unwrap_err();
        assert!(matches!(over, StoreError::TooLarge { most: 9, .. }), "{over}");
        assert!(matches!(read_text(&path, 10).unwrap_err(), StoreError::NotText { .. }));
    }
}
