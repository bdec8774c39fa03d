//! A desk to test at: a case that grows by decide and write as it would on disk, and keys pressed by name.

pub(crate) mod parts;

use super::{
    Look, Model, Settings, draw_screen,
    keys::key::{Code, Key},
    model::{
        effect::{Commit, Effect},
        msg::{CaseRow, Msg, Opened},
    },
    update,
};
use crate::{
    domain::{
        case::Case,
        decide::{
            ActOnStep, AddEvidence, AddNote, Attach, Command, Item, JoinCase, MakeDecision, OpenCase, StartClock,
            StepAct, decide,
        },
        duty::Duty,
        id::{CaseId, ConsoleId, Hash},
        marking::{Severity, Tlp},
        person::Person,
        playbook::{Choice, Phase, Playbook, Role, Step, StepKind, StepRef, When},
        record::{Draft, Record},
        search::Index,
        time::{Now, Time},
    },
    tui::forms::context::PlaybookRow,
};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};

/// A moment in UTC.
pub(crate) fn at(text: &str) -> Time {
    Time::parse(&format!("2026-11-22T{text}Z")).unwrap()
}

/// 03:41:07 on a machine an hour east of UTC.
pub(crate) fn now() -> Now {
    Now::fixed(at("02:41:07"), 60)
}

pub(crate) fn patel() -> Person {
    Person { name: "J. Patel".into(), role: "lead".into(), organisation: "Northfield NHS Trust".into() }
}

pub(crate) fn step_ref(step: &str) -> StepRef {
    StepRef { playbook: "ransomware".into(), step: step.into() }
}

pub(crate) fn step(id: &str, title: &str, needs: &[&str], due: Option<u32>, kind: StepKind) -> Step {
    Step {
        id: id.into(),
        title: title.into(),
        what: format!("{title}, as the site's plan says, and say so on the bridge."),
        owner: "lead".into(),
        due,
        needs: needs.iter().map(|id| (*id).to_owned()).collect(),
        kind,
        ..Step::default()
    }
}

/// A small playbook in the manner of the real one.
pub(crate) fn playbook() -> Playbook {
    let choice =
        |id: &str, label: &str, means: &str| Choice { id: id.into(), label: label.into(), means: means.into() };
    let mut isolate = step("isolate", "Isolate the affected segment", &["safety"], Some(49), StepKind::Task);
    isolate.what = "Block it at the core switch. Leave machines powered: memory is evidence.".into();
    isolate.why = "It spreads over SMB; a segment cut now saves the site later.".into();
    isolate.care = "Ward 7 pumps are on VLAN 40. The site manager holds the paper charts.".into();
    isolate.expects = vec!["switch configuration before and after".into()];
    isolate.owner = "network".into();
    let scope = StepKind::Decision {
        question: "How much do we cut off?".into(),
        options: vec![
            choice("segment", "The segment", "wards 5 to 8 lose the record; theatres go on"),
            choice("site", "The whole site", "everything on paper until it is rebuilt"),
        ],
    };
    let mut hscn = step("hscn", "Disconnect HSCN", &["isolate"], None, StepKind::Task);
    hscn.when = When::Chose("scope".into(), "site".into());
    let csoc = StepKind::Notify {
        duty: Some("csoc".into()),
        to: "NHS England CSOC".into(),
        say: "We have ransomware on wards 5 to 8. Care goes on by paper.".into(),
    };
    let phase = |id: &str, title: &str, steps| Phase { id: id.into(), title: title.into(), steps, ..Phase::default() };
    Playbook {
        id: "ransomware".into(),
        version: "1".into(),
        title: "Ransomware".into(),
        summary: "Files are encrypted or a note demands payment.".into(),
        sources: Vec::new(),
        roles: vec![
            Role { id: "lead".into(), title: "incident lead".into(), does: String::new() },
            Role { id: "network".into(), title: "network on-call".into(), does: String::new() },
        ],
        duties: vec!["csoc".into(), "ico-72h".into(), "nis".into()],
        phases: vec![
            phase(
                "detect",
                "Detect",
                vec![
                    step("confirm", "Confirm that it is ransomware", &[], Some(10), StepKind::Task),
                    step("first", "Note the first sign", &[], None, StepKind::Task),
                ],
            ),
            phase(
                "contain",
                "Contain",
                vec![
                    step("safety", "Clinical-safety check", &["confirm"], Some(30), StepKind::Task),
                    step("scope", "Decide how far to isolate", &["safety"], Some(35), scope),
                    isolate,
                    step("backups", "Protect the backups", &[], Some(60), StepKind::Task),
                    step("machine", "Preserve one machine's memory and disk", &["isolate"], None, StepKind::Collect),
                    step("csoc", "Call the CSOC", &[], Some(45), csoc),
                    hscn,
                ],
            ),
            phase(
                "eradicate",
                "Eradicate",
                vec![step("accounts", "Reset accounts", &["isolate"], None, StepKind::Task)],
            ),
            phase(
                "recover",
                "Recover",
                vec![step("restore", "Restore by clinical priority", &["accounts"], None, StepKind::Task)],
            ),
            phase(
                "learn",
                "Learn",
                vec![step("review", "Review within five days", &["restore"], None, StepKind::Task)],
            ),
        ],
    }
}

pub(crate) fn duty(id: &str, title: &str, to: &str, limit: Option<u32>) -> Duty {
    Duty {
        id: id.into(),
        title: title.into(),
        to: to.into(),
        reach: "0300 303 5222".into(),
        starts: "the organisation becomes aware".into(),
        limit,
        content: vec!["what happened".into(), "who is affected".into()],
        source: "NHS England, 2025".into(),
        checked_on: "2026-11-22".into(),
        confirmed: true,
        ..Duty::default()
    }
}

/// A case on a desk, and the console in front of it.
pub(crate) struct Desk {
    pub(crate) case: Case,
    pub(crate) index: Index,
    pub(crate) log: Vec<Record>,
    pub(crate) console: ConsoleId,
    pub(crate) now: Now,
    pub(crate) model: Model,
}

impl Desk {
    /// A desk with an empty case that is not open on screen.
    pub(crate) fn new() -> Self {
        let settings = Settings { look: Look::Default, ..Settings::default() };
        let mut desk = Self {
            case: Case::new(CaseId::parse("k7qd000000000000").unwrap()),
            index: Index::default(),
            log: Vec::new(),
            console: ConsoleId::from_random([9; 10]),
            now: now(),
            model: Model::new(patel(), "~/incidents".into(), settings),
        };
        update(&mut desk.model, Msg::Resize(80, 23));
        update(&mut desk.model, Msg::Tick(now()));
        desk
    }

    /// A desk with the typical case open: an hour of a ransomware incident.
    pub(crate) fn typical() -> Self {
        let mut desk = Self::new();
        desk.history();
        desk.open();
        desk
    }

    /// Tells that hour.
    pub(crate) fn history(&mut self) {
        let open = Command::Open(OpenCase {
            title: "Wards cannot log in".into(),
            severity: Severity::High,
            tlp: Tlp::Amber,
            exercise: false,
        });
        self.wrote("02:00:00", open);
        self.wrote("02:00:00", Command::Join(JoinCase { responder: patel() }));
        let attach = Attach {
            source: "(…)".into(),
            origin: "built-in".into(),
            playbook: playbook(),
            duties: vec![
                duty("csoc", "CSOC call", "NHS England CSOC", Some(30)),
                duty("ico-72h", "ICO", "the ICO", Some(72 * 60)),
                duty("nis", "NIS", "DHSC", Some(72 * 60)),
            ],
            why: String::new(),
        };
        self.wrote("02:00:01", Command::Attach(Box::new(attach)));
        self.done("02:04:00", "confirm", "Note on three desktops; files end in .lkd");
        let aware = at("02:14:00");
        self.wrote("02:15:00", Command::StartClock(StartClock { duty: "csoc".into(), aware, basis: "A1".into() }));
        self.wrote("02:15:20", Command::StartClock(StartClock { duty: "ico-72h".into(), aware, basis: "A1".into() }));
        self.wrote("02:20:00", Command::Note(AddNote { text: "Night porter saw the first screen at 02:50".into() }));
        self.done("02:21:00", "first", "");
        let item = Item {
            name: "ransom-note.txt".into(),
            sha256: Hash::of(b"x"),
            size: 2412,
            copied: true,
            origin: "/media/usb/ransom-note.txt".into(),
            source: "ward7-pc3".into(),
            about: "the note on the desktop".into(),
            modified: None,
        };
        self.wrote("02:31:00", Command::AddEvidence(AddEvidence { item, step: Some(step_ref("confirm")) }));
        self.wrote("02:36:00", Command::Note(AddNote { text: "Theatre 2 finishing list on paper".into() }));
        self.done("02:38:00", "safety", "A. Osei, site manager, agrees");
        let decide = Command::Decide(MakeDecision {
            step: Some(step_ref("scope")),
            question: String::new(),
            choice: "segment".into(),
            rationale: "Theatres share VLAN 40".into(),
            decided_by: patel(),
        });
        self.wrote("02:39:00", decide);
    }

    pub(crate) fn done(&mut self, time: &str, step: &str, note: &str) {
        let act = StepAct::Done { note: note.into(), why: String::new(), answers: Vec::new() };
        self.wrote(time, Command::Step(ActOnStep { step: step_ref(step), act }));
    }

    pub(crate) fn wrote(&mut self, time: &str, command: Command) -> Vec<Record> {
        self.wrote_at(time, None, command)
    }

    /// As [`Desk::wrote`], with the time at which it is said to have happened.
    pub(crate) fn wrote_at(&mut self, time: &str, occurred: Option<&str>, command: Command) -> Vec<Record> {
        let now = Now::fixed(at(time), 60);
        self.write(now, &Commit { command, occurred: occurred.map(at), begun: None })
    }

    /// What the writer does: decide, stamp, chain, apply.
    pub(crate) fn write(&mut self, now: Now, commit: &Commit) -> Vec<Record> {
        let events = decide(&self.case, &commit.command, commit.occurred, now.at).unwrap();
        let mut records = Vec::new();
        for event in events {
            let draft = Draft { by: patel(), occurred: commit.occurred, begun: commit.begun, event };
            let (head, order) = (self.case.head(&self.console), self.case.order().after(now.at));
            let record = Record::write(&self.case.id, &self.console, head, order, now, draft).unwrap();
            self.case.apply(&record);
            self.index.take(&record, &self.case);
            self.log.push(record.clone());
            records.push(record);
        }
        records
    }

    /// Opens the case as it stands, at its steps.
    pub(crate) fn open(&mut self) {
        self.open_with(self.log.len());
    }

    /// With so many of the latest entries at hand.
    pub(crate) fn open_with(&mut self, tail: usize) {
        let (case, index, console) = (self.case.clone(), self.index.clone(), self.console.clone());
        let tail = self.log[self.log.len() - tail..].to_vec();
        let (folder, warnings) = ("/home/patel/incidents/2026-11-22-wards-k7qd".into(), Vec::new());
        let opened =
            Opened { case, index, tail, console, responder: patel(), folder, warnings, read_only: None, unclear: None };
        update(&mut self.model, Msg::Opened(Box::new(opened)));
        self.press("2");
    }

    /// Presses keys: words in angle brackets are keys by name, the rest is typed.
    pub(crate) fn press(&mut self, keys: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|tail| tail.split_once('>'));
            let key = match named {
                Some((name, tail)) => {
                    rest = tail;
                    named_key(name)
                }
                None => {
                    rest = &rest[c.len_utf8()..];
                    Key::plain(Code::Char(c))
                }
            };
            effects.extend(update(&mut self.model, Msg::Key(key)));
        }
        effects
    }

    /// Writes every command among the effects and answers it.
    pub(crate) fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Commit(ticket, commit) = effect {
                let records = self.write(self.now, &commit);
                update(&mut self.model, Msg::Recorded(ticket, records));
            }
        }
    }

    /// The frame, as text.
    pub(crate) fn frame(&self, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw_screen(&self.model, frame)).unwrap();
        terminal.backend().to_string()
    }

    /// The frame, cell by cell.
    pub(crate) fn cells(&self, width: u16, height: u16) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw_screen(&self.model, frame)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The frame once the window has that size.
    pub(crate) fn sized(&mut self, width: u16, height: u16) -> String {
        update(&mut self.model, Msg::Resize(width, height));
        self.frame(width, height)
    }
}

fn named_key(name: &str) -> Key {
    let plain = Key::plain;
    match name {
        "enter" => plain(Code::Enter),
        "esc" => plain(Code::Esc),
        "tab" => plain(Code::Tab),
        "backtab" => plain(Code::BackTab),
        "up" => plain(Code::Up),
        "down" => plain(Code::Down),
        "left" => plain(Code::Left),
        "right" => plain(Code::Right),
        "pgup" => plain(Code::PageUp),
        "pgdn" => plain(Code::PageDown),
        "home" => plain(Code::Home),
        "end" => plain(Code::End),
        "f1" => plain(Code::F(1)),
        "backspace" => plain(Code::Backspace),
        "delete" => plain(Code::Delete),
        name => match name.strip_prefix("ctrl-").and_then(|c| c.chars().next()) {
            Some(c) => Key::ctrl(c),
            None => panic!("no key is called {name}"),
        },
    }
}

/// Two cases and a folder that cannot be read.
pub(crate) fn rows() -> Msg {
    let row = |id: &str, title: &str, severity, closed, opened: &str, deadline| CaseRow {
        id: CaseId::parse(id).unwrap(),
        folder: format!("2026-11-22-{}", &id[..4]),
        title: title.into(),
        severity,
        tlp: Tlp::Amber,
        closed,
        exercise: false,
        opened: at(opened),
        updated: at(opened),
        deadline,
        records: 17,
    };
    Msg::Cases(
        vec![
            row(
                "k7qd000000000000",
                "Wards cannot log in",
                Severity::High,
                false,
                "02:00:00",
                Some((at("02:44:00"), "CSOC call".into())),
            ),
            row("m2xa000000000000", "Phishing at the eye clinic\u{1b}[2J", Severity::Moderate, true, "00:10:00", None),
        ],
        vec![(
            "2026-10-01-usb-93aa".into(),
            "the file is from a newer version (schema 7; this program knows 1)".into(),
        )],
    )
}

/// The playbooks to choose from.
pub(crate) fn playbooks() -> Msg {
    let row = |id: &str, title: &str, summary: &str, steps| PlaybookRow {
        id: id.into(),
        title: title.into(),
        summary: summary.into(),
        steps,
        origin: "built-in".into(),
        source: "(…)".into(),
        playbook: Playbook { id: id.into(), title: title.into(), ..Playbook::default() },
    };
    Msg::Playbooks(vec![
        row("ransomware", "Ransomware", "Files are encrypted or a note demands payment.", 28),
        row("phishing", "Phishing and account compromise", "Someone gave a password away.", 17),
    ])
}
