//! The console at work: what it is asked to do, and what does it.

mod listen;

use super::{
    actor::Actor,
    case_list, clock, contacts,
    create::{self, playbook_rows},
    drafts::Keeper,
    evidence_preview, export,
    home::Home,
    intake,
    jobs::{Handle, Jobs},
    paths,
    terminal::{self, Screen},
    tidy,
    writer::{Ask, Writer},
};
use crate::{
    domain::{
        decide::{AddEvidence, Attach, Command},
        person::Person,
        problem::Problem,
    },
    exchange::{Format, confirm_case},
    playbook::Library,
    store::{cases, error::StoreError, layout, vault::Vault},
    tui::{
        self, Model, Settings,
        model::{
            effect::{Commit, Effect, Export, TakeEvidence},
            msg::{Msg, Ticket},
        },
    },
};
use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
    sync::mpsc::Sender,
    time::Instant,
};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// How the console begins.
#[derive(Debug)]
pub struct Start {
    /// Where things are.
    pub home: Home,
    /// The folder of a case to open at once.
    pub case: Option<PathBuf>,
    /// That case is only shown.
    pub watch: bool,
    /// Who works here.
    pub responder: Person,
    /// Who acts was named for this start: no case's log says otherwise.
    pub named: bool,
    /// Colours and shapes.
    pub settings: Settings,
}

/// Runs the console until the responder leaves it, or a signal or a vanished terminal ends it.
pub fn run_console(start: Start) -> Result<(), Problem> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Problem::new(
            "the console needs a terminal on standard input and output",
            "run it in a terminal, or use the commands: `carecert --help`",
        ));
    }
    let loop_fault = |why: std::io::Error| Problem {
        what: "the console cannot start".into(),
        causes: vec![why.to_string()],
        hint: Some("use the commands instead: `carecert --help`".into()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(loop_fault)?;
    runtime.block_on(App::run(start)).map_err(loop_fault)
}

/// The console with all that it needs outside the model.
struct App {
    home: Home,
    model: Model,
    asks: Sender<Ask>,
    tell: UnboundedSender<Msg>,
    jobs: Jobs,
    drafts: Keeper,
    folder: Option<PathBuf>,
    /// A case to open once it is said who works here.
    first: Option<(Ticket, PathBuf)>,
    watch: bool,
    named: bool,
    /// The moment from which it waits to be stopped and to go on.
    stopped: Option<Instant>,
    quit: bool,
}

impl App {
    /// Takes the terminal, begins with an empty screen, and runs until the end. Fails only where it cannot begin or
    /// draw.
    async fn run(start: Start) -> std::io::Result<()> {
        let (tell, mut told) = unbounded_channel();
        let (asks, asked) = std::sync::mpsc::channel();
        let writer = Writer::new(start.home.clone(), tell.clone());
        let writer = std::thread::Builder::new().name("writer".into()).spawn(move || writer.run(&asked))?;
        let drafts = Keeper::start(start.home.state.join("drafts"), tell.clone())?;
        let label = start.home.cases.display().to_string();
        let mut app = Self {
            home: start.home,
            model: Model::new(start.responder, label, start.settings),
            asks,
            tell,
            jobs: Jobs::default(),
            drafts,
            folder: None,
            first: None,
            watch: start.watch,
            named: start.named,
            stopped: None,
            quit: false,
        };
        let mut screen = Screen::take(app.model.mouse())?;
        app.send(Msg::Tick(clock::now()));
        app.follow_window_size();
        let (contacts, fault) = contacts::read_contacts(&app.home.config);
        app.send(Msg::Contacts(contacts, fault));
        if let Some(folder) = start.case {
            let ticket = app.model.awaits_case();
            app.first = Some((ticket, folder));
        }
        let effects = app.model.init();
        // What these read takes both cores for a while: there is a screen before that.
        if app.model.take_redraw() {
            screen.draw(&app.model)?;
        }
        app.perform_all(effects);
        app.go_on();
        let ended = app.wait(&mut screen, &mut told).await;
        app.jobs.cancel_all();
        // A signal or a vanished terminal leaves what is typed as a draft.
        app.drafts.keep(app.model.case().map(|case| case.id.clone()), tui::drafts_of(&app.model));
        // The terminal comes back first: closing a case may take a moment on a slow disk.
        drop(screen);
        app.ask(Ask::Stop);
        let _ = writer.join();
        app.drafts.stop();
        ended
    }

    /// Takes an answer in; that of an opened case also says where its folder is.
    fn take(&mut self, msg: Msg) {
        if let Msg::Opened(opened) = &msg {
            self.folder = cases::find_case(&self.home.cases, opened.case.id.as_str()).ok().or(self.folder.take());
        }
        self.send(msg);
    }

    /// Lets the model take a message, and does what it asks for.
    fn send(&mut self, msg: Msg) {
        let effects = tui::update(&mut self.model, msg);
        self.perform_all(effects);
        self.go_on();
    }

    /// Opens the case to begin in, once it is known who opens it.
    fn go_on(&mut self) {
        if self.model.asks_who() {
            return;
        }
        if let Some((ticket, folder)) = self.first.take() {
            self.ask(match self.watch {
                true => Ask::Watch(ticket, folder),
                false => Ask::Open(ticket, folder, self.actor()),
            });
        }
    }

    /// Who opens a case, unless its log knows better.
    fn actor(&self) -> Actor {
        Actor { named: self.named, ..Actor::remembered(self.model.responder(), true) }
    }

    /// Asks the writer. A writer that has ended ends the console: nothing could be recorded any more.
    fn ask(&mut self, ask: Ask) {
        if let Ask::Open(_, folder, _) | Ask::Watch(_, folder) = &ask {
            self.folder = Some(layout::folder_of(folder));
        }
        if self.asks.send(ask).is_err() {
            self.quit = true;
        }
    }

    /// Does what the model asked for, in its order.
    fn perform_all(&mut self, effects: Vec<Effect>) {
        effects.into_iter().for_each(|effect| self.perform(effect));
    }

    /// Does one thing that the model asked for. Whatever may take time goes to the writer or to a job.
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::ListCases => self.list_cases(),
            Effect::Tidy => {
                let _ = self.tell.send(case_list::tidy_up(&self.home));
            }
            Effect::ListPlaybooks => {
                let home = self.home.clone();
                // Ten playbooks are read and checked: the screen does not wait for that.
                self.jobs.start(0, "reading playbooks".into(), &self.tell, move |job| {
                    job.say(Msg::Playbooks(playbook_rows(&Library::new(home.playbooks().0))));
                });
            }
            Effect::NewCase(ticket, new) => self.ask(Ask::New(ticket, new)),
            Effect::OpenCase(ticket, id) => self.ask(Ask::OpenId(ticket, id, self.actor())),
            Effect::LeaveCase => {
                self.folder = None;
                self.ask(Ask::Leave);
            }
            Effect::Commit(ticket, commit) => self.ask(Ask::Commit(ticket, commit)),
            Effect::AttachPlaybook(ticket, id, why) => self.attach(ticket, &id, why),
            Effect::TakeEvidence(ticket, take) => self.take_evidence(ticket, *take),
            Effect::Export(ticket, export) => self.export(ticket, export),
            Effect::Cancel(ticket) => self.jobs.cancel(ticket),
            Effect::CompletePath(ticket, typed) => {
                let _ = self.tell.send(Msg::Paths(ticket, paths::complete_path(&typed)));
            }
            Effect::ReadEntry(entry) => self.ask(Ask::Entry(entry)),
            Effect::Check(ticket) => self.check(ticket),
            Effect::Preview(ticket, item) => {
                evidence_preview::start_preview(ticket, item, self.folder.clone(), &mut self.jobs, &self.tell)
            }
            Effect::SaveText(ticket, text) => {
                let answer = match self.home.save_text(&text, clock::now().at) {
                    Ok(path) => Msg::Done(ticket, format!("saved in {}", path.display())),
                    Err(why) => Msg::Failed(ticket, Problem::from(&why)),
                };
                let _ = self.tell.send(answer);
            }
            Effect::KeepDrafts(whose, drafts) => self.drafts.keep(whose, drafts),
            Effect::FindDrafts(whose) => self.drafts.find(whose),
            Effect::KeepResponder(person) => {
                if let Err(why) = self.home.keep_responder(&person) {
                    let _ = self.tell.send(Msg::Failed(0, Problem::from(&why)));
                }
            }
            Effect::Copy(text) => terminal::copy_to_clipboard(&text),
            Effect::Bell => terminal::ring_bell(),
            Effect::Quit => self.quit = true,
        }
    }

    /// Reads the list of cases in a job.
    fn list_cases(&mut self) {
        // A case that is being closed cannot be folded together while it is read.
        let (reached, writer) = std::sync::mpsc::channel();
        self.ask(Ask::Reached(reached));
        let home = self.home.clone();
        self.jobs.start(0, "reading cases".into(), &self.tell, move |job| {
            let _ = writer.recv();
            job.say(case_list::read_cases(&home));
            job.say(Msg::Leftovers(tidy::find_leftovers(&home)));
        });
    }

    /// Finds a playbook and sends the command that attaches it.
    fn attach(&mut self, ticket: Ticket, id: &str, why: String) {
        match create::find_playbook(&Library::new(self.home.playbooks().0), id) {
            Ok(attach) => {
                let command = Command::Attach(Box::new(Attach { why, ..attach }));
                self.ask(Ask::Commit(ticket, Box::new(Commit { command, occurred: None, begun: None })));
            }
            Err(report) => {
                let _ = self.tell.send(Msg::Failed(ticket, report));
            }
        }
    }

    /// Copies a file into the vault in a job, and then sends the command that records it.
    fn take_evidence(&mut self, ticket: Ticket, take: TakeEvidence) {
        let Some(folder) = self.folder.clone() else { return self.no_case(ticket) };
        let asks = self.asks.clone();
        self.jobs.start(ticket, format!("reading {}", paths::file_name(&take.path)), &self.tell, move |mut job| {
            let label = intake::Label {
                name: take.name,
                about: take.about,
                source: take.source,
                by_reference: take.by_reference,
            };
            let path = intake::expand_home(&take.path);
            match intake::take_file(&Vault::of_case(&folder), &path, label, &mut |done, all| job.watch(done, all)) {
                Ok(taken) => {
                    if let Some(repaired) = taken.repaired {
                        let _ = asks.send(Ask::Remark(repaired));
                    }
                    let (item, adding) = (taken.item, taken.adding);
                    let added = Ask::Added(item.sha256, adding);
                    let command = Command::AddEvidence(AddEvidence { item, step: take.step });
                    let commit = Commit { command, occurred: None, begun: take.begun };
                    let sent = asks.send(Ask::Commit(ticket, Box::new(commit))).is_ok() && asks.send(added).is_ok();
                    if !sent {
                        job.say(Msg::Cancelled(ticket));
                    }
                }
                Err(why) => job.say(failure_msg(ticket, &why)),
            }
        });
    }

    /// Writes an export in a job.
    fn export(&mut self, ticket: Ticket, export: Export) {
        let Some(folder) = self.folder.clone() else { return self.no_case(ticket) };
        let (asks, home) = (self.asks.clone(), self.home.clone());
        self.jobs.start(ticket, format!("writing the {}", export.format), &self.tell, move |job| {
            write_export(ticket, &home, &folder, &export, job, &asks);
        });
    }

    /// Checks the open case in a job.
    fn check(&mut self, ticket: Ticket) {
        let Some(folder) = self.folder.clone() else { return self.no_case(ticket) };
        self.jobs.start(ticket, "checking the case".into(), &self.tell, move |mut job| {
            match confirm_case(&folder, clock::now().at, &mut |done, all| job.watch(done, all)) {
                Ok(inspection) => job.say(Msg::Checked(inspection.findings)),
                Err(why) => job.say(failure_msg(ticket, &why)),
            }
        });
    }

    /// Answers that no case is open.
    fn no_case(&self, ticket: Ticket) {
        let _ = self.tell.send(Msg::Failed(ticket, Problem::new("no case is open", "open one first")));
    }
}

/// Writes an export, and sends the command that records it.
fn write_export(ticket: Ticket, home: &Home, folder: &Path, export: &Export, mut job: Handle, asks: &Sender<Ask>) {
    let Some(format) = Format::parse(&export.format) else {
        let what = format!("there is no export format {:?}", export.format);
        return job.say(Msg::Failed(ticket, Problem::new(what, "choose one of the list")));
    };
    let out = (!export.path.trim().is_empty()).then(|| intake::expand_home(export.path.trim()));
    match export::export_case(home, folder, format, out.as_deref(), &mut |done, all| job.watch(done, all)) {
        Ok(exported) => {
            // The seal of what is in the file: the case has another one from the moment that the export is recorded.
            let path = std::path::absolute(&exported.path).unwrap_or_else(|_| exported.path.clone());
            let line = format!("seal of this file {}, written to {}", exported.made.seal, path.display());
            let commit = Commit { command: exported.command(), occurred: None, begun: None };
            if asks.send(Ask::Exported(ticket, Box::new(commit), line.clone())).is_err() {
                job.say(Msg::Done(ticket, line));
            }
        }
        Err(_) if !job.watch(0, 0) => job.say(Msg::Cancelled(ticket)),
        Err(report) => job.say(Msg::Failed(ticket, report)),
    }
}

/// The message for work that failed, or was cancelled.
fn failure_msg(ticket: Ticket, why: &StoreError) -> Msg {
    if matches!(why, StoreError::Cancelled) { Msg::Cancelled(ticket) } else { Msg::Failed(ticket, Problem::from(why)) }
}
