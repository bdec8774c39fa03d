//! Where things are on this machine: cases, this installation's identity, the responder, own playbooks.

use crate::{
    console::msg::Report,
    domain::{id::ConsoleId, person::Person, time::Time},
    store::{cases, error::StoreError, layout},
};
use directories::ProjectDirs;
use std::path::{Path, PathBuf};

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
    pub fn locate(folder: Option<&Path>) -> Result<Self, Report> {
        if let Some(folder) = folder {
            if folder.as_os_str().is_empty() {
                return Err(super::report::plain("the home folder has no name", "give --home a folder"));
            }
            let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            return Ok(Self { cases: folder.join("cases"), config: folder.join("config"), state: folder });
        }
        let dirs = ProjectDirs::from("", "", "carecert").ok_or_else(|| {
            super::report::plain("this system tells no home folder", "give one with --home DIR or CARECERT_HOME")
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

    fn own_console(&self) -> Result<ConsoleId, StoreError> {
        let path = self.state.join("console.id");
        layout::make_folder(&self.state)?;
        if let Some(id) = read_console(&path)? {
            return Ok(id);
        }
        let id = ConsoleId::from_random(cases::random_bits()?);
        let fault = |why| StoreError::io("write", &path, why);
        let mut file = tempfile::Builder::new().prefix(".write-").tempfile_in(&self.state).map_err(fault)?;
        std::io::Write::write_all(&mut file, format!("{id}\n").as_bytes()).map_err(fault)?;
        file.as_file().sync_all().map_err(fault)?;
        match file.persist_noclobber(&path) {
            Ok(_) => layout::sync_folder(&self.state).map(|()| id),
            // Another process was first: its identity is this installation's.
            Err(_) => read_console(&path)?.ok_or_else(|| fault(std::io::ErrorKind::AlreadyExists.into())),
        }
    }

    fn kept_responder(&self) -> Option<Person> {
        let text = std::fs::read_to_string(self.config.join("responder.ron")).ok()?;
        ron::from_str::<Person>(&text).ok().filter(|person| !person.name.trim().is_empty())
    }

    /// Whether someone has said who works here.
    pub fn knows_responder(&self) -> bool {
        self.kept_responder().is_some()
    }

    /// Who works here, as last entered; the system's account name until someone says.
    pub fn responder(&self) -> Person {
        self.kept_responder().unwrap_or_else(|| {
            let account = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
            Person::named(account.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "responder".into()))
        })
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
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
            .collect();
        paths.sort();
        let (mut texts, mut faults) = (Vec::new(), Vec::new());
        for path in paths {
            match std::fs::read_to_string(&path) {
                Ok(text) => texts.push((path.display().to_string(), text)),
                Err(why) => faults.push(StoreError::io("read", path, why)),
            }
        }
        (texts, faults)
    }
}

fn read_console(path: &Path) -> Result<Option<ConsoleId>, StoreError> {
    match std::fs::read_to_string(path) {
        Ok(text) => ConsoleId::parse(text.trim())
            .map(Some)
            .map_err(|why| StoreError::io("understand", path, std::io::Error::other(why))),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(StoreError::io("read", path, why)),
    }
}
