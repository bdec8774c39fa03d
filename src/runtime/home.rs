//! Where things are on this machine: cases, this installation's identity, the responder, own playbooks.

use super::environment::{self, BadVariable};
use crate::{
    domain::{id::ConsoleId, person::Person, problem::Problem, time::Time},
    playbook::TEXT_LIMIT,
    store::{cases, error::StoreError, layout, regular},
};
use directories::ProjectDirs;
use std::{
    io,
    path::{Path, PathBuf},
};

/// This installation's identity.
const CONSOLE: &str = "console.id";
/// Bytes that a small file of the program's own may have.
const MOST: u64 = 64 * 1024;

/// The folders of an installation.
#[derive(Clone, Debug)]
pub struct Home {
    /// Cases, a folder each.
    pub cases: PathBuf,
    /// What an organisation or a person sets: `responder.ron`, `contacts.ron`, `playbooks/`, `duties.ron`.
    pub config: PathBuf,
    /// What the program keeps for itself.
    pub state: PathBuf,
}

impl Home {
    /// Everything under `folder` where one is given (a USB stick, say), else in the platform's own folders.
    pub fn locate(folder: Option<&Path>) -> Result<Self, Problem> {
        if let Some(folder) = folder {
            if folder.as_os_str().is_empty() {
                return Err(Problem::new("the home folder has no name", "give --home a folder"));
            }
            let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            return Ok(Self { cases: folder.join("cases"), config: folder.join("config"), state: folder });
        }
        let dirs = ProjectDirs::from("", "", "carecert").ok_or_else(|| {
            Problem::new("this system tells no home folder", "give one with --home DIR or CARECERT_HOME")
        })?;
        Ok(Self {
            cases: dirs.data_dir().join("cases"),
            config: dirs.config_dir().to_owned(),
            state: dirs.data_dir().to_owned(),
        })
    }

    /// This installation's identity: the log that it writes into each case. Made at the first use.
    pub fn console(&self) -> Result<ConsoleId, StoreError> {
        self.own_console().map_err(StoreError::of_home)
    }

    /// The same where it was made before; nothing is written.
    pub fn known_console(&self) -> Option<ConsoleId> {
        read_console(&self.state.join("console.id")).ok().flatten()
    }

    /// [`Home::console`] with the faults of the store as they are.
    fn own_console(&self) -> Result<ConsoleId, StoreError> {
        let path = self.state.join(CONSOLE);
        layout::make_folder(&self.state)?;
        if let Some(id) = read_console(&path)? {
            return Ok(id);
        }
        // Two processes may start for the first time together: the second reads what the first has made.
        let lock = regular::open_or_make(&self.state.join("console.lock"))?;
        lock.lock().map_err(|why| StoreError::io("lock", &path, why))?;
        if let Some(id) = read_console(&path)? {
            return Ok(id);
        }
        let id = ConsoleId::from_random(cases::random_bits()?);
        layout::write_whole(&path, format!("{id}\n").as_bytes())?;
        layout::sync_ancestors(&self.state)?;
        Ok(id)
    }

    /// Who works here, as last entered; `None` until someone says. A file that is there and cannot be used is an error:
    /// it must not be taken for none, since the next entry would stand under another name.
    pub fn responder(&self) -> Result<Option<Person>, StoreError> {
        let path = self.config.join("responder.ron");
        let Some(text) = regular::read_text_if_there(&path, MOST)? else { return Ok(None) };
        let person = ron::from_str::<Person>(&text)
            .map_err(|why| StoreError::io("understand", &path, io::Error::other(why.to_string())))?;
        Ok(Some(person).filter(|person| !person.name.trim().is_empty()))
    }

    /// The system's account, for who acts until someone says.
    ///
    /// # Errors
    ///
    /// The variable that names it is not UTF-8.
    pub fn account() -> Result<Person, BadVariable> {
        for name in ["USER", "LOGNAME", "USERNAME"] {
            if let Some(account) = environment::read_variable(name)?.filter(|account| !account.trim().is_empty()) {
                return Ok(Person::named(account));
            }
        }
        Ok(Person::named("responder"))
    }

    /// Remembers who works here.
    pub fn keep_responder(&self, person: &Person) -> Result<(), StoreError> {
        layout::make_folder(&self.config)?;
        let path = self.config.join("responder.ron");
        let text = ron::ser::to_string_pretty(person, ron::ser::PrettyConfig::default())
            .map_err(|why| StoreError::io("write", &path, std::io::Error::other(why)))?;
        layout::write_whole(&path, text.as_bytes())
    }

    /// Keeps typed text that could not be recorded in a file of its own: in the state folder, or where the system keeps
    /// passing files if that cannot be written either. `at` gives the file its name.
    pub fn save_text(&self, text: &str, at: Time) -> Result<PathBuf, StoreError> {
        let name = format!("not-recorded-{}.txt", at.utc().format("%Y%m%dT%H%M%S%6fZ"));
        let write = |folder: &Path| {
            let path = folder.join(&name);
            layout::write_whole(&path, text.as_bytes()).map(|()| path)
        };
        write(&self.state).or_else(|_| write(&std::env::temp_dir()))
    }

    /// An organisation's own playbooks: path and text, sorted by path. Files that cannot be read are reported.
    pub fn playbooks(&self) -> (Vec<(String, String)>, Vec<StoreError>) {
        let folder = self.config.join("playbooks");
        let (mut texts, mut faults) = (Vec::new(), Vec::new());
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => Some(entries),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => None,
            Err(why) => {
                faults.push(StoreError::io("look into", &folder, why));
                None
            }
        };
        let mut paths: Vec<PathBuf> = entries
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
            .collect();
        paths.sort();
        for path in paths {
            match regular::read_text(&path, TEXT_LIMIT as u64) {
                Ok(text) => texts.push((path.display().to_string(), text)),
                Err(why) => faults.push(why),
            }
        }
        (texts, faults)
    }
}

/// The identity that is kept in `path`; `None` where it is not there, or empty, as a cut-off write on a FAT stick leaves it.
fn read_console(path: &Path) -> Result<Option<ConsoleId>, StoreError> {
    let text = regular::read_text_if_there(path, MOST)?.unwrap_or_default();
    if text.trim().is_empty() {
        return Ok(None);
    }
    let id = ConsoleId::parse(text.trim());
    id.map(Some).map_err(|why| StoreError::io("understand", path, io::Error::other(why)))
}
