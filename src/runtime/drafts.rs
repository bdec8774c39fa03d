//! What is typed and not recorded, in files of its own: a crash, a signal or a vanished terminal loses none of it.
//!
//! A process writes one file for each case (and one for where no case is open) and holds a lock on a second file as long
//! as it lives. Whoever opens the case later takes over the files whose lock nobody holds.

use crate::{
    console::{draft::Draft, msg::Msg},
    domain::id::CaseId,
    store::{cases, error::StoreError, layout},
};
use std::{
    collections::HashMap,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, Sender, channel},
    thread::JoinHandle,
};
use tokio::sync::mpsc::UnboundedSender;

/// Whose drafts: a case's, or those of no case.
type Whose = Option<CaseId>;

/// What the thread is asked.
enum Ask {
    Keep(Whose, Vec<Draft>),
    Find(Whose),
}

/// The drafts of this process, on a thread of their own.
pub(super) struct Keeper {
    asks: Option<Sender<Ask>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts it; files stand under `folder`.
    pub(super) fn start(folder: PathBuf, tell: UnboundedSender<Msg>) -> std::io::Result<Self> {
        let (asks, asked) = channel();
        let thread = std::thread::Builder::new().name("drafts".into()).spawn(move || run(folder, &asked, &tell))?;
        Ok(Self { asks: Some(asks), thread: Some(thread) })
    }

    /// Keeps these in place of what was kept for that case.
    pub(super) fn keep(&self, whose: Whose, drafts: Vec<Draft>) {
        self.ask(Ask::Keep(whose, drafts));
    }

    /// Looks for what was left; answered by `Msg::Drafts` where there is any.
    pub(super) fn find(&self, whose: Whose) {
        self.ask(Ask::Find(whose));
    }

    fn ask(&self, ask: Ask) {
        if let Some(asks) = &self.asks {
            // A thread that has ended takes nothing more: the console goes on without it.
            let _ = asks.send(ask);
        }
    }

    /// Writes what was asked before, and ends.
    pub(super) fn stop(mut self) {
        self.asks = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(folder: PathBuf, asked: &Receiver<Ask>, tell: &UnboundedSender<Msg>) {
    let mut files = Files { folder, own: HashMap::new() };
    while let Ok(ask) = asked.recv() {
        match ask {
            // What cannot be kept stands on screen all the same; the next change tries again.
            Ask::Keep(whose, drafts) => {
                let _ = files.keep(&whose, &drafts);
            }
            Ask::Find(whose) => {
                let drafts = files.find(&whose);
                if !drafts.is_empty() {
                    let _ = tell.send(Msg::Drafts(whose, drafts));
                }
            }
        }
    }
}

/// The files.
struct Files {
    folder: PathBuf,
    own: HashMap<Whose, Own>,
}

/// A file of this process.
struct Own {
    path: PathBuf,
    lock_path: PathBuf,
    /// Locked as long as it is open.
    lock: File,
}

fn stem(whose: &Whose) -> &str {
    whose.as_ref().map_or("new", CaseId::as_str)
}

impl Files {
    fn keep(&mut self, whose: &Whose, drafts: &[Draft]) -> Result<(), StoreError> {
        if drafts.is_empty() {
            if let Some(own) = self.own.remove(whose) {
                remove(&own.path, &own.lock_path, own.lock);
            }
            return Ok(());
        }
        if !self.own.contains_key(whose) {
            let own = self.begin(whose)?;
            self.own.insert(whose.clone(), own);
        }
        let Some(own) = self.own.get(whose) else { return Ok(()) };
        let text =
            serde_json::to_vec(drafts).map_err(|why| StoreError::io("write", &own.path, std::io::Error::other(why)))?;
        layout::write_whole(&own.path, &text)
    }

    fn begin(&self, whose: &Whose) -> Result<Own, StoreError> {
        layout::make_folder(&self.folder)?;
        let bits: String = cases::random_bits()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let base = self.folder.join(format!("{}.{bits}", stem(whose)));
        let (path, lock_path) =
            (base.with_extension(format!("{bits}.json")), base.with_extension(format!("{bits}.lock")));
        let fault = |why| StoreError::io("write", &lock_path, why);
        let lock = File::options().create_new(true).write(true).open(&lock_path).map_err(fault)?;
        lock.lock().map_err(fault)?;
        Ok(Own { path, lock_path, lock })
    }

    /// What this process and those that are gone have left. Theirs is this process's from then on.
    fn find(&mut self, whose: &Whose) -> Vec<Draft> {
        let mut drafts = self.own.get(whose).map(|own| read(&own.path)).unwrap_or_default();
        let own = self.own.get(whose).map(|own| own.path.clone());
        let mut left = Vec::new();
        for path in self.files(whose).into_iter().filter(|path| Some(path) != own.as_ref()) {
            let lock_path = path.with_extension("lock");
            let opened = File::options().create(true).truncate(false).write(true).open(&lock_path);
            let Ok(lock) = opened else { continue };
            if lock.try_lock().is_ok() {
                drafts.extend(read(&path));
                left.push((path, lock_path, lock));
            }
        }
        // Only what stands in this process's own file is taken away from where it was.
        if left.is_empty() || self.keep(whose, &drafts).is_ok() {
            left.into_iter().for_each(|(file, path, lock)| remove(&file, &path, lock));
        }
        drafts
    }

    /// The files of a case, in the order of their names.
    fn files(&self, whose: &Whose) -> Vec<PathBuf> {
        let start = format!("{}.", stem(whose));
        let names = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let fits = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with(&start) && name.ends_with(".json")
        };
        let mut paths: Vec<PathBuf> = names.map(|entry| entry.path()).filter(fits).collect();
        paths.sort();
        paths
    }
}

/// What stands in a file; nothing where it is not there. One that cannot be read is set aside and not lost.
fn read(path: &Path) -> Vec<Draft> {
    let Ok(text) = fs::read(path) else { return Vec::new() };
    serde_json::from_slice(&text).unwrap_or_else(|_| {
        let _ = fs::rename(path, path.with_extension("unreadable"));
        Vec::new()
    })
}

fn remove(path: &Path, lock_path: &Path, lock: File) {
    let _ = fs::remove_file(path);
    // Windows removes no file that is open.
    drop(lock);
    let _ = fs::remove_file(lock_path);
}
