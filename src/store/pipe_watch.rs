//! Frees an opening that a pipe holds up. SQLite opens by name, after our look at what stands there: a pipe that is put
//! there in between would keep it waiting for a writer for ever. Once a writer came and went, it finds no database.

use std::path::Path;

/// While it lives, an opening of these files does not wait for long.
#[derive(Debug)]
pub(super) struct PipeWatch {
    /// Hung up when the opening is over.
    #[cfg(unix)]
    _over: Option<std::sync::mpsc::Sender<()>>,
}

#[cfg(unix)]
impl PipeWatch {
    /// Watches over the opening of the database at `path` and of what SQLite keeps beside it.
    pub(super) fn start(path: &Path) -> Self {
        use std::{sync::mpsc, time::Duration};
        /// How long an opening may wait before its files are looked at.
        const PATIENCE: Duration = Duration::from_millis(500);
        let (over, hung_up) = mpsc::channel::<()>();
        let endings = std::iter::once("").chain(super::layout::BESIDE);
        let paths: Vec<_> = endings.map(|ending| super::layout::beside_database(path, ending)).collect();
        let watch = move || {
            while hung_up.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                paths.iter().for_each(|path| free_pipe(path));
            }
        };
        // Where no thread can be had, the look before the opening is all there is.
        let started = std::thread::Builder::new().name("pipe watch".into()).spawn(watch);
        Self { _over: started.is_ok().then_some(over) }
    }
}

#[cfg(not(unix))]
impl PipeWatch {
    /// Nothing to do: no name in a folder leads to a pipe here.
    pub(super) fn start(_path: &Path) -> Self {
        Self {}
    }
}

/// Opens a pipe for writing and closes it, which ends the wait of whoever opens it for reading.
#[cfg(unix)]
fn free_pipe(path: &Path) {
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
    if std::fs::symlink_metadata(path).is_ok_and(|there| there.file_type().is_fifo()) {
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        // Without a reader it is refused, and there is nobody to be freed.
        let _ = std::fs::File::options().write(true).custom_flags(flags.bits() as i32).open(path);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::{sync::mpsc, time::Duration};

    #[test]
    fn an_opening_that_meets_a_pipe_goes_on() {
        for ending in ["", "-wal"] {
            let folder = tempfile::tempdir().unwrap();
            let database = folder.path().join("case.sqlite3");
            let pipe = super::super::layout::beside_database(&database, ending);
            let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
            assert!(made.success());
            let (done, opened) = mpsc::channel();
            let _watch = PipeWatch::start(&database);
            std::thread::spawn(move || done.send(std::fs::File::open(pipe)));
            assert!(opened.recv_timeout(Duration::from_secs(60)).is_ok(), "it waits for a writer for ever");
        }
    }
}
