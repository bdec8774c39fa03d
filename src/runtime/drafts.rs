//! What is typed and not recorded, in files of its own: a crash, a signal or a vanished terminal loses none of it.
//!
//! A process writes one file for each case (and one for where no case is open) and holds a lock on a second file as long
//! as it lives. Whoever opens the case later takes over the files whose lock nobody holds.

use crate::{
    domain::id::CaseId,
    store::{cases, error::StoreError, layout, regular},
    tui::model::{drafts::Draft, msg::Msg},
};
use std::{
    collections::HashMap,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, Sender, channel},
    thread::JoinHandle,
};
use tokio::sync::mpsc::UnboundedSender;

/// Bytes that a file of drafts may have.
const MOST: u64 = 64 << 20;

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
        let thread =
            std::thread::Builder::new().name("drafts".into()).spawn(move || keep_drafts(folder, &asked, &tell))?;
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

    /// Asks the thread.
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

/// Does what is asked until nobody asks any more.
fn keep_drafts(folder: PathBuf, asked: &Receiver<Ask>, tell: &UnboundedSender<Msg>) {
    let mut files = Files { folder, own: HashMap::new() };
    let mut fault: Option<String> = None;
    while let Ok(ask) = asked.recv() {
        match ask {
            Ask::Keep(whose, drafts) => {
                // What cannot be kept stands on screen all the same, which says so and asks again.
                let kept = files.keep(&whose, &drafts).map_err(|why| describe_fault(&why));
                if fault != kept.clone().err() {
                    fault = kept.clone().err();
                    let _ = tell.send(Msg::Kept(kept));
                }
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

/// Why a draft cannot be kept, in a few words.
fn describe_fault(why: &StoreError) -> String {
    match (why, std::error::Error::source(why)) {
        (StoreError::Full { .. }, _) => "the disk is full".into(),
        (_, Some(cause)) => format!("{why}: {cause}"),
        (_, None) => why.to_string(),
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

/// How the name of a case's files begins.
fn file_stem(whose: &Whose) -> &str {
    whose.as_ref().map_or("new", CaseId::as_str)
}

impl Files {
    /// Writes these in place of what was kept for that case; without any, its file goes.
    fn keep(&mut self, whose: &Whose, drafts: &[Draft]) -> Result<(), StoreError> {
        if drafts.is_empty() {
            if let Some(own) = self.own.remove(whose) {
                remove_drafts(&own.path, &own.lock_path, own.lock);
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

    /// Begins a file with its lock, under a name that no other process has.
    fn begin(&self, whose: &Whose) -> Result<Own, StoreError> {
        layout::make_folder(&self.folder)?;
        let bits: String = cases::random_bits()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let base = self.folder.join(format!("{}.{bits}", file_stem(whose)));
        let (path, lock_path) =
            (base.with_extension(format!("{bits}.json")), base.with_extension(format!("{bits}.lock")));
        let fault = |why| StoreError::io("write", &lock_path, why);
        let lock = File::options().create_new(true).write(true).open(&lock_path).map_err(fault)?;
        lock.lock().map_err(fault)?;
        Ok(Own { path, lock_path, lock })
    }

    /// What this process and those that are gone have left. Theirs is this process's from then on.
    fn find(&mut self, whose: &Whose) -> Vec<Draft> {
        let mut drafts = Vec::new();
        if let Some(own) = self.own.get(whose) {
            match read_drafts(&own.path) {
                Some(kept) => drafts = kept,
                // It waits for whoever can read it later; what is typed from now on has another file.
                None => drop(self.own.remove(whose)),
            }
        }
        let own = self.own.get(whose).map(|own| own.path.clone());
        let mut left = Vec::new();
        for path in self.files(whose).into_iter().filter(|path| Some(path) != own.as_ref()) {
            let lock_path = path.with_extension("lock");
            let Ok(lock) = regular::open_or_make(&lock_path) else { continue };
            if lock.try_lock().is_ok()
                && let Some(kept) = read_drafts(&path)
            {
                drafts.extend(kept);
                left.push((path, lock_path, lock));
            }
        }
        // Only what stands in this process's own file is taken away from where it was.
        if left.is_empty() || self.keep(whose, &drafts).is_ok() {
            left.into_iter().for_each(|(file, path, lock)| remove_drafts(&file, &path, lock));
        }
        drafts
    }

    /// The files of a case, in the order of their names.
    fn files(&self, whose: &Whose) -> Vec<PathBuf> {
        let start = format!("{}.", file_stem(whose));
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

/// What stands in a file; nothing where it is not there. One that is no list of drafts is set aside and not lost; `None`
/// is one that cannot be read or set aside now, and that nobody may remove.
fn read_drafts(path: &Path) -> Option<Vec<Draft>> {
    match regular::look_at(path) {
        Ok(None) => return Some(Vec::new()),
        Ok(Some(_)) => {}
        Err(_) => return None,
    }
    let text = regular::read_regular(path, MOST).ok()?;
    match serde_json::from_slice(&text) {
        Ok(drafts) => Some(drafts),
        Err(_) => fs::rename(path, path.with_extension("unreadable")).is_ok().then(Vec::new),
    }
}

/// Removes a file and its lock. What cannot be removed is found by the next opening.
fn remove_drafts(path: &Path, lock_path: &Path, lock: File) {
    let _ = fs::remove_file(path);
    // Windows removes no file that is open.
    drop(lock);
    let _ = fs::remove_file(lock_path);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> Files {
        Files { folder: folder.to_owned(), own: HashMap::new() }
    }

    fn draft(text: &str) -> Draft {
        serde_json::from_value(serde_json::json!({
            "kind": "Note", "title": "Note", "typed": [], "text": text, "begun": null
        }))
        .unwrap()
    }

    /// The names of what stands in the folder and begins so.
    fn names(folder: &Path, start: &str) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.filter(|name| name.starts_with(start)).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_cannot_be_read_now_is_left_alone_and_the_others_are_found() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path();
        files(folder).keep(&None, &[draft("ward 5 can take two")]).unwrap();
        fs::create_dir(folder.join("new.00.json")).unwrap();
        fs::write(folder.join("new.00.lock"), "").unwrap();
        // What leads to itself can be removed, but not read: whoever runs this.
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.join("new.01.json"), folder.join("new.01.json")).unwrap();
        fs::write(folder.join("new.01.lock"), "").unwrap();
        let mut later = files(folder);
        assert_eq!(later.find(&None), [draft("ward 5 can take two")]);
        assert_eq!(names(folder, "new.00."), ["new.00.json", "new.00.lock"]);
        #[cfg(unix)]
        assert_eq!(names(folder, "new.01."), ["new.01.json", "new.01.lock"]);
        assert_eq!(
            names(folder, "new.").iter().filter(|name| name.ends_with(".json")).count(),
            2 + usize::from(cfg!(unix))
        );
    }

    #[test]
    fn a_file_of_this_process_that_cannot_be_read_any_more_is_not_written_over() {
        let home = tempfile::tempdir().unwrap();
        let mut files = files(home.path());
        files.keep(&None, &[draft("before")]).unwrap();
        let lost = files.own.get(&None).unwrap().path.clone();
        fs::remove_file(&lost).unwrap();
        fs::create_dir(&lost).unwrap();
        assert_eq!(files.find(&None), []);
        files.keep(&None, &[draft("after")]).unwrap();
        assert!(lost.is_dir() && lost.with_extension("lock").exists());
        assert_eq!(files.find(&None), [draft("after")]);
    }

    #[test]
    fn what_is_no_list_of_drafts_is_set_aside() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("new.00.json"), "[{").unwrap();
        assert_eq!(files(home.path()).find(&None), []);
        assert_eq!(names(home.path(), "new."), ["new.00.unreadable"]);
    }
}
