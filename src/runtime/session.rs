//! A case that is open for writing: the live fold beside its file. The console's writer thread and the command
//! line use the same one.

use super::actor::Actor;
use crate::{
    domain::{
        case::{Case, refusal::Refusal},
        decide::{Command, HandOver, JoinCase, UndoEntry, decide},
        event::{DamageSeen, EntriesMissing},
        finding::{Finding, Level},
        id::{CaseId, ConsoleId},
        person::Person,
        record::{Draft, Record},
        search::Index,
        time::{Now, Time},
    },
    store::{
        cases::NewCase,
        contradiction::Contradiction,
        error::StoreError,
        file::{Appended, CaseFile, WriteFault},
        loss::Loss,
        read::{Keep, Loaded, Reader},
        watch::Watch,
    },
};
use std::path::{Path, PathBuf};

/// How often a command is decided again because others write at the same time.
const TRIES: usize = 1000;

/// A command that was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The domain refused it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The write failed, and nothing was recorded.
    #[error("NOT RECORDED: {0}")]
    NotRecorded(#[source] StoreError),
    /// The write failed, and whether it was recorded cannot be found out now. A retry with the same key will.
    #[error("it is not known whether this was recorded: {0}")]
    Unknown(#[source] StoreError),
}

impl Fault {
    /// The same for a case that was being made, of which nothing is left: neither is there anything in doubt.
    fn of_new_case(self) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal),
            Self::NotRecorded(why) | Self::Unknown(why) => Self::NotRecorded(why.of_new_case()),
        }
    }
}

/// A command with the times that belong to it.
#[derive(Clone, Debug)]
pub struct TimedCommand {
    /// What is asked.
    pub command: Command,
    /// When it happened (UTC), where that was not now.
    pub occurred: Option<Time>,
    /// When the responder began the entry (UTC).
    pub begun: Option<Time>,
}

impl From<Command> for TimedCommand {
    fn from(command: Command) -> Self {
        Self { command, occurred: None, begun: None }
    }
}

/// An open case.
#[derive(Debug)]
pub struct Session {
    file: CaseFile,
    case: Case,
    responder: Person,
    /// Entries of other processes that were applied and not yet told.
    news: Vec<Record>,
    doubt: Option<u64>,
    version: i64,
}

/// A case that was made.
#[derive(Debug)]
pub struct Created {
    /// Its folder.
    pub folder: PathBuf,
    /// The case as it was recorded.
    pub case: Case,
    /// What went wrong after everything was recorded.
    pub warnings: Vec<StoreError>,
}

/// What opening a case found.
#[derive(Debug)]
pub struct Found {
    /// The latest entries, oldest first.
    pub tail: Vec<Record>,
    /// The index of all entries; empty unless it was asked for.
    pub index: Index,
    /// Entries that are missing, and other damage, in sentences: said first and loudest.
    pub warnings: Vec<String>,
    /// Why it cannot be known who acts; until someone says, it is who took over here.
    pub unclear: Option<String>,
}

impl Session {
    /// Makes a case in the folder `home`, with its first commands recorded; `watch` is told how many of them are. Fails
    /// only where it leaves no case.
    pub fn create(
        home: &Path,
        console: &ConsoleId,
        about: &str,
        orders: &[TimedCommand],
        responder: &Person,
        now: Now,
        watch: Watch<'_>,
    ) -> Result<Created, Fault> {
        let (new, mut session) = Self::begin(home, console, None, about, responder, now)?;
        for (done, order) in (1..).zip(orders) {
            session.execute(0, order.clone(), now).map_err(Fault::of_new_case)?;
            if !watch(done, orders.len() as u64) {
                return Err(Fault::NotRecorded(StoreError::Cancelled));
            }
        }
        session.finish(new)
    }

    /// Closes a case that was begun by [`Session::begin`] and gives its folder its name.
    pub fn finish(self, new: NewCase) -> Result<Created, Fault> {
        let case = self.case.clone();
        // What is recorded is durable before the close.
        let closed = self.close();
        let (folder, unsynced) = new.finish().map_err(Fault::NotRecorded)?;
        Ok(Created { folder, case, warnings: closed.err().into_iter().chain(unsynced).collect() })
    }

    /// Begins a case that has no name and no entries yet; with a random identifier unless one is `given`.
    pub fn begin(
        home: &Path,
        console: &ConsoleId,
        given: Option<CaseId>,
        about: &str,
        responder: &Person,
        now: Now,
    ) -> Result<(NewCase, Self), Fault> {
        let (new, file) =
            NewCase::begin(home, console, given, about, now).map_err(|why| Fault::NotRecorded(why.of_new_case()))?;
        let case = Case::new(new.id.clone());
        let responder = responder.clone();
        Ok((new, Self { file, case, responder, news: Vec::new(), doubt: None, version: 0 }))
    }

    /// Opens a case with what is to be kept of its entries. Entries that are missing are recorded as such. Who acts is
    /// as named, or as this console's log says.
    pub fn open(
        folder: &Path,
        console: &ConsoleId,
        actor: impl Into<Actor>,
        keep: impl Into<Keep>,
        now: Now,
    ) -> Result<(Self, Found), StoreError> {
        let (actor, keep) = (actor.into(), keep.into());
        let (file, opening) = CaseFile::open(folder, console, keep)?;
        let mut warnings: Vec<String> =
            opening.losses.iter().map(|loss| describe_missing(&opening.loaded.case, loss)).collect();
        let heads_mended = opening.head_faults.first().map(|fault| describe_head_fault(fault));
        warnings.extend(heads_mended.clone());
        let contradicted: Vec<String> =
            opening.contradictions.iter().map(|found| describe_contradiction(&opening.loaded.case, found)).collect();
        warnings.extend(contradicted.clone());
        warnings.extend(opening.loaded.findings.iter().filter_map(describe_finding));
        if !file.wal() {
            warnings.push("this folder cannot take a write-ahead log: each entry takes longer to record".into());
        }
        let version = file.version()?;
        let case = opening.loaded.case;
        let (unclear, responder) = (actor.unclear(&case, console), actor.on(&case, console));
        let mut session = Self { file, case, responder, news: Vec::new(), doubt: None, version };
        let (mut tail, mut index) = (opening.loaded.tail, opening.loaded.index);
        let opened = tail.len();
        if let Some(loss) = opening.losses.iter().find(|loss| loss.console == *console) {
            let admitted = Command::Missing(EntriesMissing {
                after: loss.after,
                last: loss.head.seq,
                hash: loss.head.hash,
                kept: loss.kept.clone(),
            });
            match session.execute(0, admitted.into(), now) {
                Ok(records) => tail.extend(records),
                Err(why) => warnings.push(format!("that entries are missing could not be recorded: {why}")),
            }
        }
        // From the next write on the files do not show it any more: it goes into the log, or nothing does.
        let mended = heads_mended.map(|what| DamageSeen { what, mended: opening.heads_read });
        let changed = contradicted.into_iter().map(|what| DamageSeen { what, mended: false });
        for seen in mended.into_iter().chain(changed) {
            match session.execute(0, Command::SeeDamage(seen).into(), now) {
                Ok(records) => tail.extend(records),
                Err(Fault::NotRecorded(why) | Fault::Unknown(why)) => return Err(why),
                Err(Fault::Refused(why)) => warnings.push(format!("that damage was seen could not be recorded: {why}")),
            }
        }
        for record in tail.iter().skip(opened).filter(|_| keep.index) {
            index.take(record, &session.case);
        }
        Ok((session, Found { tail, index, warnings, unclear }))
    }

    /// The case as it stands.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The open file.
    pub fn file(&self) -> &CaseFile {
        &self.file
    }

    /// Who acts.
    pub fn responder(&self) -> &Person {
        &self.responder
    }

    /// Who acts from now on.
    pub fn set_responder(&mut self, responder: Person) {
        self.responder = responder;
    }

    /// Records a command, and gives its entries: they are on disk.
    ///
    /// `key` is the same for a retry of the same command, so that what an earlier try recorded after all is found
    /// and not recorded twice. A responder who has not joined yet joins first.
    pub fn execute(&mut self, key: u64, order: TimedCommand, now: Now) -> Result<Vec<Record>, Fault> {
        if let Some(doubtful) = self.doubt {
            let settled = self.file.settle().map_err(Fault::Unknown)?;
            self.doubt = None;
            if let Some(records) = settled {
                records.iter().for_each(|record| self.case.apply(record));
                if doubtful == key {
                    return Ok(records);
                }
                self.news.extend(records);
            }
        }
        for _ in 0..TRIES {
            let drafts = self.drafts(&order, now)?;
            if drafts.is_empty() {
                self.turn(&order.command, None);
                return Ok(Vec::new());
            }
            let back = self.given_back(&order.command);
            match self.file.append(self.case.order(), &drafts, now) {
                Ok(Appended::Recorded(records)) => {
                    records.iter().for_each(|record| self.case.apply(record));
                    self.turn(&order.command, back);
                    return Ok(records);
                }
                Ok(Appended::Moved(records)) => self.take_in(records),
                Err(WriteFault::NotRecorded(why)) => return Err(Fault::NotRecorded(why)),
                Err(WriteFault::Unknown(why)) => return self.look_again(key, why),
            }
        }
        let (path, seconds) = (self.file.folder().to_owned(), 0);
        Err(Fault::NotRecorded(StoreError::Locked { path, seconds }))
    }

    /// Only who is recorded as taking part acts from now on, or who handed over where that is undone.
    fn turn(&mut self, command: &Command, back: Option<Person>) {
        if let Command::Join(JoinCase { responder }) | Command::HandOver(HandOver { to: responder, .. }) = command {
            self.responder.clone_from(responder);
        } else if let Some(back) = back {
            self.responder = back;
        }
    }

    /// Who acts again where the command undoes the handover to who acts now.
    fn given_back(&self, command: &Command) -> Option<Person> {
        let Command::Undo(UndoEntry { entry, .. }) = command else { return None };
        self.case.given_back(self.file.console(), entry, &self.responder).cloned()
    }

    /// The entries that a command gives, on the state as it is now; none if it changes nothing.
    fn drafts(&self, order: &TimedCommand, now: Now) -> Result<Vec<Draft>, Refusal> {
        let joins = if let Command::Join(JoinCase { responder }) = &order.command { Some(responder) } else { None };
        let by = joins.unwrap_or(&self.responder);
        let draft = |occurred, event| Draft { by: by.clone(), occurred, begun: order.begun, event };
        let events = decide(&self.case, &order.command, order.occurred, now.at)?;
        let joining = if events.is_empty() || joins.is_some() {
            Vec::new()
        } else {
            decide(&self.case, &Command::Join(JoinCase { responder: self.responder.clone() }), None, now.at)?
        };
        let occurred = order.occurred;
        let own = events.into_iter().map(|event| draft(occurred, event));
        let mut drafts: Vec<Draft> = joining.into_iter().map(|event| draft(None, event)).collect();
        // A case begins with its opening; whoever opens it joins right after.
        if matches!(order.command, Command::Open(_)) {
            drafts = own.chain(drafts).collect();
        } else {
            drafts.extend(own);
        }
        Ok(drafts)
    }

    fn look_again(&mut self, key: u64, why: StoreError) -> Result<Vec<Record>, Fault> {
        match self.file.settle() {
            Ok(Some(records)) => {
                records.iter().for_each(|record| self.case.apply(record));
                Ok(records)
            }
            Ok(None) => Err(Fault::NotRecorded(why)),
            Err(_) => {
                self.doubt = Some(key);
                Err(Fault::Unknown(why))
            }
        }
    }

    fn take_in(&mut self, records: Vec<Record>) {
        records.iter().for_each(|record| self.case.apply(record));
        self.news.extend(records);
    }

    /// Entries of other processes since this was last asked; they are applied already.
    pub fn news(&mut self) -> Result<Vec<Record>, StoreError> {
        let version = self.file.version()?;
        if version != self.version {
            self.version = version;
            let records = self.file.news()?;
            self.take_in(records);
        }
        Ok(std::mem::take(&mut self.news))
    }

    /// Work for moments in which nobody waits.
    pub fn tidy(&mut self) -> Result<(), StoreError> {
        self.file.tidy()
    }

    /// Closes the file so that copying it copies the case. What was recorded stays recorded where this fails.
    pub fn close(self) -> Result<(), StoreError> {
        self.file.close()
    }
}

/// That entries are missing, in a sentence.
pub fn describe_missing(case: &Case, loss: &Loss) -> String {
    let letter = case.letter(&loss.console);
    let kept =
        if loss.kept.is_empty() { String::new() } else { format!("; the damaged files are kept in {}", loss.kept) };
    format!(
        "COMMITTED ENTRIES ARE MISSING: {letter}{} was recorded, but the case file ends at {letter}{}{kept}",
        loss.head.seq, loss.after
    )
}

/// What is wrong with a case that is only read, each in a sentence.
pub fn find_damage(reader: &Reader, loaded: &Loaded) -> Result<Vec<String>, StoreError> {
    let (losses, faults) = reader.missing()?;
    let mut found: Vec<String> = losses.iter().map(|loss| describe_missing(&loaded.case, loss)).collect();
    found.extend(reader.contradictions()?.iter().map(|found| describe_contradiction(&loaded.case, found)));
    found.extend(faults.iter().map(|fault| describe_head_fault(fault)));
    found.extend(loaded.findings.iter().filter_map(describe_finding));
    Ok(found)
}

/// Where the head file and the log do not agree, in a sentence.
pub fn describe_contradiction(case: &Case, found: &Contradiction) -> String {
    let what = match found {
        Contradiction::Changed(entry) => {
            format!("{} has another hash than the head file says: one of them was changed", case.cite(entry))
        }
        Contradiction::Beyond { console, first, last } => {
            let letter = case.letter(console);
            let entries =
                if first == last { format!("{letter}{first}") } else { format!("{letter}{first} to {letter}{last}") };
            format!("the head file does not know {entries}: they were added, or it was replaced")
        }
    };
    format!("{what}, by something other than carecert")
}

/// What is wrong with the head file, in a sentence.
pub fn describe_head_fault(fault: &str) -> String {
    format!("the head file (case.heads) was damaged: {fault}")
}

fn describe_finding(finding: &Finding) -> Option<String> {
    (finding.level > Level::Notice).then(|| format!("{}: {}", finding.place, finding.what))
}
