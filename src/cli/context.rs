//! What every command has: where things are, who acts, and how answers are printed.

use super::{
    failure::{CommandResult, Failure},
    stderr::{print_warning, warn_although_recorded, warn_of_clock},
    times::{format_local, read_clock},
};
use crate::{
    domain::{
        case::Case,
        id::EntryId,
        person::Person,
        problem::Problem,
        record::Record,
        text::{LONG_LIMIT, escape_json, safe_lines},
        time::Time,
    },
    playbook::Library,
    runtime::{
        actor::Actor,
        home::Home,
        jump,
        session::{self, Session, TimedCommand},
    },
    store::{
        cases,
        read::{Loaded, Reader},
    },
};
use clap::Args;
use serde::Serialize;
use std::{
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// Who acts: remembered from the console's first use, or given here.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Who {
    /// Your name in the record, or CARECERT_BY in the environment.
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Your role in this incident, or CARECERT_ROLE in the environment.
    #[arg(long, global = true, value_name = "ROLE")]
    pub(super) role: Option<String>,
    /// Your organisation, such as an ODS code, or CARECERT_ORGANISATION in the environment.
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) organisation: Option<String>,
}

/// What a command recorded, as JSON.
#[derive(Serialize)]
struct RecordAnswer<'a> {
    case: &'a str,
    recorded: &'a [String],
    by: Option<&'a Person>,
    seal: String,
}

/// The setting of a command.
#[derive(Debug)]
pub(crate) struct Context {
    /// Where things are.
    pub(super) home: Home,
    /// Who acts.
    pub(super) who: Person,
    /// Who acts was said for this call.
    pub(super) named: bool,
    /// The role and the organisation as given for this call.
    given: (Option<String>, Option<String>),
    /// Someone has said who works here.
    pub(super) known: bool,
    /// Why it is not known who works here: the file that says so cannot be used, or the name of the account.
    pub(super) unknown: Option<Problem>,
    /// The exit status for that.
    unknown_status: u8,
    /// A name was given for this call, and it is empty.
    blank: bool,
    /// Whether answers are JSON.
    pub(super) json: bool,
    /// Every command and option, from which the manual page and the completions are made.
    pub(super) commands: fn() -> clap::Command,
}

impl Context {
    /// What stands for every command: what was given for this call, and what this installation remembers of who works
    /// here.
    ///
    /// # Errors
    ///
    /// No folder is known in which to keep cases.
    pub(super) fn new(
        home: Option<&Path>,
        json: bool,
        who: Who,
        commands: fn() -> clap::Command,
    ) -> Result<Self, Failure> {
        let home = Home::locate(home)?;
        let (kept, mut unknown) = match home.responder() {
            Ok(kept) => (kept, None),
            Err(why) => (None, Some(Problem::from(&why))),
        };
        let (known, mut unknown_status) = (kept.is_some(), 1);
        let kept = kept.map_or_else(Home::account, Ok).unwrap_or_else(|why| {
            if unknown.is_none() {
                unknown = Some(Problem::new(why.to_string(), why.hint()));
                unknown_status = 2;
            }
            Person::named("responder")
        });
        let given = (who.role.clone(), who.organisation.clone());
        let blank = who.by.as_ref().is_some_and(|name| name.trim().is_empty());
        let by = who.by.filter(|name| !name.trim().is_empty());
        let named = by.is_some();
        let or = |given: Option<String>, kept: String| given.unwrap_or(if named { String::new() } else { kept });
        let who = Person {
            role: or(who.role, kept.role),
            organisation: or(who.organisation, kept.organisation),
            name: by.unwrap_or(kept.name),
        };
        Ok(Self { home, who, named, given, known, unknown, unknown_status, blank, json, commands })
    }

    /// The folder of the case that is meant.
    pub(super) fn find_case_folder(&self, case: &str) -> Result<PathBuf, Failure> {
        Ok(cases::find_case(&self.home.cases, case)?)
    }

    /// Reads a case without writing anything.
    pub(super) fn read_case(&self, case: &str, tail: usize) -> Result<Loaded, Failure> {
        let reader = Reader::open(&self.find_case_folder(case)?)?;
        let loaded = reader.load(tail)?;
        for warning in session::find_damage(&reader, &loaded)? {
            print_warning(&warning);
        }
        let own = self.home.known_console();
        let entry = |entry: &EntryId| reader.entry(entry).ok().flatten();
        let jumped = own.and_then(|console| jump::warn_of_jump(&self.home, &loaded.case, &console, entry));
        jumped.iter().for_each(|warning| warn_of_clock(warning));
        Ok(loaded)
    }

    /// Opens a case to write, saying what is wrong with it first and loudest. Who acts is whom the case's log knows to
    /// act here, unless someone is named.
    pub(super) fn open_case(&mut self, case: &str) -> Result<Session, Failure> {
        self.check_actor()?;
        let console = self.home.console()?;
        let (mut session, found) =
            Session::open(&self.find_case_folder(case)?, &console, self.actor(), 0, read_clock())?;
        found.warnings.iter().for_each(|warning| print_warning(warning));
        if let Some(why) = found.unclear {
            self.close_case(session);
            let hint = "say who acts with --by NAME, or by CARECERT_BY, and --role ROLE";
            return Err(Failure::new(format!("it cannot be known who acts: {why}"), hint));
        }
        self.who = session.responder().clone();
        let noticed = jump::notice_jump(&mut session, &self.home);
        noticed.warning.iter().for_each(|warning| warn_of_clock(warning));
        Ok(session)
    }

    /// Refuses to act while the file that says who works here cannot be used: the entry would stand under another name.
    pub(super) fn check_actor(&self) -> Result<(), Failure> {
        // A script whose variable was never set must not act under whoever acted last.
        if self.blank {
            let hint = "give a name, or leave it out to act as whoever this installation knows";
            return Err(Failure::wrong_usage("the name given with --by or CARECERT_BY is empty", hint));
        }
        match &self.unknown {
            Some(why) if !self.named => {
                let hint = "say who acts with --by NAME, or by CARECERT_BY, and --role ROLE; or put the file right";
                let causes = std::iter::once(why.what.clone()).chain(why.causes.clone()).collect();
                let problem = Problem { what: "it cannot be known who acts".into(), causes, hint: Some(hint.into()) };
                Err(Failure { status: self.unknown_status, ..problem.into() })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn actor(&self) -> Actor {
        let (role, organisation) = self.given.clone();
        Actor { person: self.who.clone(), named: self.named, known: self.known, role, organisation }
    }

    /// Records one command, tells what was recorded, and closes the case.
    pub(super) fn record(&self, mut session: Session, order: TimedCommand) -> CommandResult {
        let occurred = order.occurred;
        let records = session.execute(0, order, read_clock())?;
        let told = self.print_recorded(session.case(), &records, occurred);
        self.close_case(session);
        told.map(|()| 0)
    }

    /// Closes a case. What was recorded is on disk: a close that fails is worth a warning, and never the status of a
    /// command that failed, by which a script would record it again.
    pub(super) fn close_case(&self, session: Session) {
        if let Err(why) = session.close() {
            warn_although_recorded(&why);
        }
    }

    /// Tells what was recorded: on disk already.
    pub(super) fn print_recorded(
        &self,
        case: &Case,
        records: &[Record],
        occurred: Option<Time>,
    ) -> Result<(), Failure> {
        let cited: Vec<String> = records.iter().map(|record| case.cite(&record.id)).collect();
        // Whoever is recorded is named: a name that is remembered may be somebody else's by now.
        let by = records.last().map(|record| &record.by);
        if self.json {
            let answer = RecordAnswer { case: case.id.as_str(), recorded: &cited, by, seal: case.seal().to_string() };
            return self.print_json(&answer).map_err(|why| why.although_recorded(&cited));
        }
        let happened = occurred.map_or_else(String::new, |at| format!(", happened {}", format_local(at)));
        let line = match cited.as_slice() {
            [] => "nothing to record: it is so already".to_owned(),
            cited => {
                let by = by.map_or_else(String::new, |by| format!(" as {}", by.label()));
                format!("recorded {}{by}{happened}", cited.join(", "))
            }
        };
        self.print(&line).map_err(|why| why.although_recorded(&cited))
    }

    /// Prints lines of the answer. Hostile text was made safe by whoever built them, and is again here.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        write_line(&safe_lines(text))
    }

    /// Prints the one JSON document.
    pub(super) fn print_json(&self, answer: &impl Serialize) -> Result<(), Failure> {
        write_line(&escape_json(&serde_json::to_string_pretty(answer).map_err(|why| json_failure(&why))?))
    }

    /// Prints one JSON object on a line of its own.
    pub(super) fn print_json_line(&self, answer: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(answer).map_err(|why| json_failure(&why))?;
        // A record of another program may have line ends between its values.
        write_line(&escape_json(&line).replace('\n', " "))
    }

    /// The playbooks, with a warning for each file of the organisation's own that cannot be read.
    pub(super) fn read_playbooks(&self) -> Library {
        let (texts, faults) = self.home.playbooks();
        for fault in faults {
            print_warning(&fault.to_string());
        }
        Library::new(texts)
    }

    /// The playbooks, with a warning for each file of the organisation's own that cannot be used.
    pub(super) fn read_usable_playbooks(&self) -> Library {
        let library = self.read_playbooks();
        for fault in library.faults() {
            print_warning(&format!("{} is not used; `carecert playbook check` says why", fault.name));
        }
        library
    }
}

fn write_line(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(())
}

fn json_failure(why: &serde_json::Error) -> Failure {
    Failure::new(format!("the answer cannot be written as JSON: {why}"), "please report this")
}

/// The text itself, or standard input for `-`.
pub(super) fn read_text_or_stdin(text: String) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text);
    }
    let mut read = Vec::new();
    let limit = LONG_LIMIT as u64 + 1;
    io::stdin()
        .lock()
        .take(limit * 32)
        .read_to_end(&mut read)
        .map_err(|why| Failure::new(format!("standard input cannot be read: {why}"), "give the text as an argument"))?;
    let text = String::from_utf8(read)
        .map_err(|_| Failure::new("standard input is not UTF-8 text", "add it as evidence: evidence add CASE -"))?;
    Ok(text.strip_suffix('\n').map(str::to_owned).unwrap_or(text))
}
