//! The writer: one thread that owns the open case. What it says is recorded is on disk.

use super::{
    actor::Actor,
    clock::{self, JumpWatch},
    create::{self, CreateFault},
    home::Home,
    intake::Intake,
    jump::{self, Noticed},
    session::{self, Fault, Found, Session, TimedCommand},
};
use crate::{
    domain::{
        case::Case,
        decide::Command,
        event::{ClockJumped, DamageSeen},
        id::{CaseId, ConsoleId, EntryId, Hash},
        person::Person,
        problem::Problem,
        record::Record,
    },
    playbook::Library,
    store::{
        adding::Adding,
        cases,
        error::StoreError,
        follow::Follower,
        read::{Keep, Reader},
        watch::unwatched,
    },
    tui::model::{
        effect::{Commit, NewCase},
        msg::{Msg, Opened, Ticket},
    },
};
use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Duration,
};
use tokio::sync::mpsc::UnboundedSender;

/// How often others' entries are looked for.
const LOOK: Duration = Duration::from_secs(1);
/// What is read when a case is opened.
const KEEP: Keep = Keep { tail: 100, index: true };

/// What the writer is asked.
#[derive(Debug)]
pub(super) enum Ask {
    New(Ticket, Box<NewCase>),
    Open(Ticket, PathBuf, Actor),
    /// Only show it, and follow it.
    Watch(Ticket, PathBuf),
    OpenId(Ticket, CaseId, Actor),
    Leave,
    Commit(Ticket, Box<Commit>),
    /// An export is written and only has to be recorded; the text says where it is.
    Exported(Ticket, Box<Commit>, String),
    Entry(EntryId),
    /// What the program itself did to the case's files, as a note.
    Remark(String),
    /// An item of evidence was recorded, or was not: its mark goes where it was.
    Added(Hash, Option<Adding>),
    /// Says when everything asked before is done.
    Reached(std::sync::mpsc::Sender<()>),
    Stop,
}

/// The thread's own state.
pub(super) struct Writer {
    home: Home,
    tell: UnboundedSender<Msg>,
    session: Option<Session>,
    /// The folder of a case that is open and can only be read.
    reading: Option<PathBuf>,
    /// What follows a case that is only shown.
    follower: Option<Follower>,
    jumps: JumpWatch,
}

impl Writer {
    /// A writer without a case.
    pub(super) fn new(home: Home, tell: UnboundedSender<Msg>) -> Self {
        Self { home, tell, session: None, reading: None, follower: None, jumps: JumpWatch::start() }
    }

    /// Answers until it is told to stop or nobody asks any more, and then closes the case.
    pub(super) fn run(mut self, asks: &Receiver<Ask>) {
        loop {
            match asks.recv_timeout(LOOK) {
                Ok(Ask::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(ask) => self.answer(ask),
                Err(RecvTimeoutError::Timeout) => self.idle(),
            }
        }
        self.leave();
    }

    /// Tells the console. A console that is gone needs no telling.
    fn say(&self, msg: Msg) {
        let _ = self.tell.send(msg);
    }

    /// Does what is asked and answers it.
    fn answer(&mut self, ask: Ask) {
        match ask {
            Ask::New(ticket, new) => self.create(ticket, &new),
            Ask::Open(ticket, folder, responder) => self.open(ticket, &folder, &responder),
            Ask::Watch(ticket, folder) => self.watch(ticket, &folder),
            Ask::OpenId(ticket, id, responder) => match cases::find_case(&self.home.cases, id.as_str()) {
                Ok(folder) => self.open(ticket, &folder, &responder),
                Err(why) => self.say(Msg::Failed(ticket, Problem::from(&why))),
            },
            Ask::Leave => self.leave(),
            Ask::Commit(ticket, commit) => self.commit(ticket, *commit, |records| Msg::Recorded(ticket, records)),
            Ask::Exported(ticket, commit, line) => {
                self.say(Msg::Done(ticket, line));
                // The file is there whatever becomes of its entry: a retry would only find its name taken.
                match self.record(0, *commit) {
                    Ok(records) => self.say(Msg::Entries(records)),
                    Err(Msg::NotRecorded(_, why) | Msg::Refused(_, why, _)) => {
                        let what =
                            format!("the file was written, but the export is NOT RECORDED in the case: {}", why.what);
                        self.say(Msg::Failed(0, Problem { what, ..why }));
                    }
                    Err(other) => self.say(other),
                }
            }
            Ask::Entry(entry) => self.say(Msg::Entry(entry.clone(), self.entry(&entry).map(Box::new))),
            Ask::Remark(what) => {
                let command = Command::SeeDamage(DamageSeen { what, mended: true });
                self.commit(0, Commit { command, occurred: None, begun: None }, Msg::Entries);
            }
            Ask::Added(sha256, adding) => {
                if let Some(session) = &self.session {
                    Intake::settle(adding, &sha256, session.case());
                }
            }
            Ask::Reached(reached) => {
                let _ = reached.send(());
            }
            Ask::Stop => {}
        }
    }

    /// Records a command and answers with its entries, or with the fault.
    fn commit(&mut self, ticket: Ticket, commit: Commit, answer: impl FnOnce(Vec<Record>) -> Msg) {
        let said = self.record(ticket, commit).map_or_else(|fault| fault, answer);
        self.say(said);
    }

    /// Records a command, after what others recorded is told; a fault is what to say of it.
    fn record(&mut self, ticket: Ticket, commit: Commit) -> Result<Vec<Record>, Msg> {
        let Some(session) = &mut self.session else {
            let report = Problem::new("no case is open for writing", "open the case again");
            return Err(Msg::NotRecorded(ticket, report));
        };
        let Commit { command, occurred, begun } = commit;
        let result = session.execute(ticket, TimedCommand { command, occurred, begun }, clock::now());
        // Others' entries came first, and are shown first.
        let news = session.news().unwrap_or_default();
        if !news.is_empty() {
            self.say(Msg::Entries(news));
        }
        result.map_err(|fault| fault_msg(ticket, &fault))
    }

    /// Makes a case and opens it.
    fn create(&mut self, ticket: Ticket, new: &NewCase) {
        self.leave();
        let library = Library::new(self.home.playbooks().0);
        match create::create_case(&self.home, &library, new, false, &mut unwatched()) {
            Ok(made) => {
                // A name that cannot be kept is asked again next time; the case is open all the same.
                let _ = self.home.keep_responder(&new.responder);
                self.open(ticket, &made.folder, &Actor::from(&new.responder));
            }
            Err(CreateFault::Fault(fault)) => self.say(fault_msg(ticket, &fault)),
            Err(CreateFault::Playbook(report)) => self.say(Msg::Failed(ticket, report)),
        }
    }

    /// Opens a case in place of the one that is open.
    fn open(&mut self, ticket: Ticket, folder: &Path, actor: &Actor) {
        self.leave();
        let opened = self.home.console().and_then(|console| self.begin(folder, console, actor));
        self.say_fault(ticket, opened);
    }

    /// Opens a case to be looked at: nothing is written, and what others record is followed.
    fn watch(&mut self, ticket: Ticket, folder: &Path) {
        self.leave();
        let why = "this is a wall display, opened with --watch".to_owned();
        // Whoever started it may have gone home since: nobody acts here.
        let nobody = Person::default();
        let shown = self.home.console().and_then(|console| self.show(folder, console, nobody, why, true));
        self.say_fault(ticket, shown);
    }

    /// Answers with the fault, if there is one.
    fn say_fault(&self, ticket: Ticket, result: Result<(), StoreError>) {
        if let Err(why) = result {
            self.say(Msg::Failed(ticket, Problem::from(&why)));
        }
    }

    /// Opens a case for writing, or shows it where that cannot be.
    fn begin(&mut self, folder: &Path, console: ConsoleId, actor: &Actor) -> Result<(), StoreError> {
        match Session::open(folder, &console, actor.clone(), KEEP, clock::now()) {
            Ok((mut session, mut found)) => {
                let Noticed { records, warning } = jump::notice_jump(&mut session, &self.home);
                found.warnings.extend(warning);
                records.iter().for_each(|record| found.index.take(record, session.case()));
                found.tail.extend(records);
                let (case, responder) = (session.case().clone(), session.responder().clone());
                self.jumps = JumpWatch::start();
                self.session = Some(session);
                self.opened(case, found, console, responder, None);
                Ok(())
            }
            Err(why @ (StoreError::ReadOnly { .. } | StoreError::Locked { .. } | StoreError::Full { .. })) => {
                self.show(folder, console, actor.person.clone(), why.to_string(), false)
            }
            Err(why) => Err(why),
        }
    }

    /// Shows a case in which nothing is recorded from here, with the words for why.
    fn show(
        &mut self,
        folder: &Path,
        console: ConsoleId,
        responder: Person,
        why: String,
        followed: bool,
    ) -> Result<(), StoreError> {
        let reader = Reader::open(folder)?;
        let loaded = reader.load(KEEP)?;
        let warnings = session::find_damage(&reader, &loaded)?;
        self.reading = Some(folder.to_owned());
        self.follower = followed.then(|| Follower::after(folder, &loaded));
        let found = Found { tail: loaded.tail, index: loaded.index, warnings, unclear: None };
        self.opened(loaded.case, found, console, responder, Some(why));
        Ok(())
    }

    /// Tells the console of an opened case; `read_only` says why nothing is recorded in it, if so.
    fn opened(&self, case: Case, found: Found, console: ConsoleId, responder: Person, read_only: Option<String>) {
        let Found { tail, index, warnings, unclear } = found;
        let folder = self.session.as_ref().map(|session| session.file().folder()).or(self.reading.as_deref());
        // What a person can type, wherever the program was started.
        let folder = folder.map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
        let folder = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
        let opened = Opened { case, index, tail, console, responder, folder, warnings, read_only, unclear };
        self.say(Msg::Opened(Box::new(opened)));
    }

    /// Work for a second in which nobody asks: what others recorded, whether the clock was set, and folding the log.
    fn idle(&mut self) {
        // What cannot be read now, while another closes the case, is read the next time.
        if let Some(records) = self.follower.as_mut().and_then(|follower| follower.look().ok())
            && !records.is_empty()
        {
            self.say(Msg::Entries(records));
        }
        let Some(session) = &mut self.session else { return };
        if let Some(by_ms) = self.jumps.look() {
            let jumped = Command::ClockJump(ClockJumped { by_ms });
            if let Ok(records) = session.execute(0, jumped.into(), clock::now()) {
                jump::remember_clock(&self.home, &session.case().id);
                let _ = self.tell.send(Msg::Entries(records));
            }
        }
        if let Ok(news) = session.news()
            && !news.is_empty()
        {
            let _ = self.tell.send(Msg::Entries(news));
        }
        // What cannot be tidied now is tidied later; nothing recorded depends on it.
        let _ = session.tidy();
    }

    /// One entry of the open case; what cannot be read is said like what is not there.
    fn entry(&self, entry: &EntryId) -> Option<Record> {
        match (&self.session, &self.reading) {
            (Some(session), _) => session.file().entry(entry).ok().flatten(),
            (None, Some(folder)) => Reader::open(folder).and_then(|reader| reader.entry(entry)).ok().flatten(),
            (None, None) => None,
        }
    }

    /// Closes the case that is open, if there is one.
    fn leave(&mut self) {
        self.reading = None;
        self.follower = None;
        if let Some(session) = self.session.take() {
            // Everything recorded is durable already: a close that fails leaves a log that the next opening reads.
            let _ = session.close();
        }
    }
}

/// The message for a command that was not recorded.
fn fault_msg(ticket: Ticket, fault: &Fault) -> Msg {
    match fault {
        Fault::Refused(refusal) => Msg::Refused(ticket, Problem::from(refusal), refusal.wants_reason()),
        Fault::NotRecorded(why) => Msg::NotRecorded(ticket, Problem::from(why)),
        Fault::Unknown(why) => {
            let mut report = Problem::from(why);
            report.causes.insert(0, report.what);
            report.what = "it is not known whether this was recorded".into();
            report.hint = Some("retry: what was recorded after all is found, and not recorded twice".into());
            Msg::NotRecorded(ticket, report)
        }
    }
}
