//! A long night: everything that a case can hold, as often as a test asks.

use super::{
    kinds::every_kind,
    many::{attach, newer},
};
use crate::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        decide::{
            ActOnStep, AddEvidence, AddNote, AmendCase, AnswerQuestion, Command, CorrectEntry, CountersignDecision,
            HandOver, Item, JoinCase, MakeDecision, MarkEntry, MeetDuty, OpenCase, RecordApproval, RecordNotification,
            ReportCommand, SetSeverity, StartClock, StateImpact, StepAct, UndoEntry, WaiveDuty,
        },
        event::{AssetNoted, ClockChecked, ClockJumped, ContactNoted, ExportMade, IndicatorNoted},
        id::Hash,
        indicator::IndicatorKind,
        marking::{Severity, Tlp},
        person::Person,
        playbook::{Playbook, StepRef, System},
        record::Record,
        time::{Now, Time},
    },
    tui::{
        Model,
        model::effect::Commit,
        testing::{Desk, at, duty, patel, playbook, step_ref},
    },
};
use std::sync::{LazyLock, Mutex};

/// A word that no column has room for.
pub(super) const LONG: &str =
    "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochCommunityHospitalPathologyInterface";
/// Letters of two cells, marks over letters, and a picture that is one grapheme.
const WIDE: &str = "病院の検査システム (Klinička bolnica, e\u{301}tage 2) 🏥";

/// A night in which so much of each happens.
struct Night<'a> {
    desk: &'a mut Desk,
    seconds: i64,
    many: usize,
}

/// A case with everything in it, so many times over: 40 of most things is more than any screen holds.
pub(super) fn desk(many: usize) -> Desk {
    let mut desk = Desk::new();
    let mut night = Night { desk: &mut desk, seconds: 0, many };
    night.begins();
    night.people();
    night.steps();
    night.clocks();
    night.findings();
    night.notes();
    night.picture();
    night.ends();
    desk.open();
    desk
}

/// The screen of that case with more of most things than any screen holds.
pub(super) fn overfull() -> Model {
    static OVERFULL: LazyLock<Mutex<Model>> = LazyLock::new(|| Mutex::new(desk(40).model));
    OVERFULL.lock().unwrap().clone()
}

/// Titles that are too long for any column, in turn long, wide and of one word.
fn long(text: &str, at: usize) -> String {
    match at % 3 {
        0 => format!("{text}, and all that hangs on it in the old wing, the new wing and the day surgery unit"),
        1 => format!("{text} {WIDE}"),
        _ => format!("{text} {LONG}"),
    }
}

fn lengthened(mut playbook: Playbook) -> Playbook {
    for (at, step) in playbook.phases.iter_mut().flat_map(|phase| &mut phase.steps).enumerate() {
        step.title = long(&step.title, at);
        step.what = format!("{} {}", step.what, long("Then read the site's plan again", at)).repeat(3);
        step.care = long("Patients come first", at + 1);
    }
    playbook
}

impl Night<'_> {
    /// Records a command, some seconds after the one before.
    fn did(&mut self, command: Command) -> Vec<Record> {
        self.did_at(command, None)
    }

    fn did_at(&mut self, command: Command, occurred: Option<Time>) -> Vec<Record> {
        self.seconds += 11;
        let time = Time::from_micros(at("00:10:00").micros() + self.seconds * 1_000_000).unwrap();
        self.desk.write(Now::fixed(time, 60), &Commit { command, occurred, begun: None })
    }

    fn step(&mut self, playbook: &str, step: &str, act: StepAct) {
        let step = StepRef { playbook: playbook.into(), step: step.into() };
        self.did(Command::Step(ActOnStep { step, act }));
    }

    fn done(&mut self, playbook: &str, step: &str, note: &str) {
        let why = "the night did not wait".to_owned();
        self.step(playbook, step, StepAct::Done { note: note.into(), why, answers: Vec::new() });
    }

    fn person(&self, at: usize) -> Person {
        let role = ["incident lead", "network on-call", "site manager", "information governance lead on call"];
        Person {
            name: format!("{} {at}", ["A. Osei", "M. Fairclough-Featherstonehaugh", "佐藤 花子"][at % 3]),
            role: role[at % 4].into(),
            organisation: ["Northfield NHS Trust", "Mid and South Northfield Integrated Care Board"][at % 2].into(),
        }
    }

    fn begins(&mut self) {
        let title = format!("Wards, theatres and the emergency department cannot log in: {WIDE}");
        self.did(Command::Open(OpenCase { title, severity: Severity::High, tlp: Tlp::Amber, exercise: true }));
        self.did(Command::Join(JoinCase { responder: patel() }));
        let mut duties = vec![
            duty("csoc", "CSOC call", "NHS England CSOC", Some(154)),
            duty("ico-72h", "ICO", "the ICO", Some(72 * 60)),
            duty("nis", "NIS", "DHSC", Some(72 * 60)),
            duty("family", "Tell those concerned", "those concerned", None),
        ];
        duties.extend(
            (0..self.many / 3)
                .map(|n| duty(&format!("own-{n}"), &long("Board", n), "the board", Some(100 + 30 * n as u32))),
        );
        let mut own = lengthened(every_kind());
        own.duties = duties.iter().map(|duty| duty.id.clone()).collect();
        self.did(attach(lengthened(playbook()), "(…)", duties.clone()));
        self.did(attach(own, "(1)", duties.clone()));
        let mut next = lengthened(newer());
        next.duties = duties.iter().map(|duty| duty.id.clone()).collect();
        self.did(attach(next, "(2)", duties));
    }

    fn people(&mut self) {
        for at in 0..self.many * 3 / 4 {
            self.did(Command::Join(JoinCase { responder: self.person(at) }));
        }
        for at in 0..self.many {
            let who = self.person(at);
            let reach = format!("0300 303 5222 ext. {at}, switchboard, {}", if at % 3 == 2 { LONG } else { "bleep 1" });
            let contact = ContactNoted {
                name: format!("{}, switchboard", who.name),
                role: who.role,
                organisation: who.organisation,
                reach,
                about: "day and night".into(),
            };
            self.did(Command::NoteContact(contact));
        }
    }

    fn steps(&mut self) {
        let wards: Vec<String> = (1..=self.many).map(|n| format!("Ward {n} {}", ["", WIDE, LONG][n % 3])).collect();
        let answers = [("wards", wards.join("\n").as_str()), ("impact", "bad"), ("paper", "yes")]
            .map(|(question, given)| (question.to_owned(), given.to_owned()));
        for (question, given) in answers {
            self.did(Command::Answer(AnswerQuestion { question, given, why: String::new() }));
        }
        self.done("ransomware", "confirm", "A note on three desktops; files end in .lkd");
        self.done("ransomware", "first", LONG);
        self.done("ransomware", "safety", "A. Osei, site manager, agrees");
        self.step("ransomware", "backups", StepAct::Block { why: long("the robot's door is stuck", 0) });
        self.step("ransomware", "isolate", StepAct::Start { note: "at the core switch".into(), why: String::new() });
        self.step("ransomware", "machine", StepAct::Skip { why: long("no disk is large enough", 1) });
        self.step("ransomware", "first", StepAct::Reopen { why: long("another ward", 2) });
        self.done("every-kind", "sitrep", "Gold has it");
        let agrees = Command::Approve(RecordApproval {
            step: StepRef { playbook: "every-kind".into(), step: "agree".into() },
            agreed: true,
            person: Person::named("M. Fairclough"),
            means: "telephone".into(),
            words: long("if it must be", 1),
            why: "it cannot wait".into(),
            asker: patel(),
        });
        self.did(agrees);
        let report = Command::Report(ReportCommand {
            step: StepRef { playbook: "every-kind".into(), step: "connections".into() },
            system: System::Windows,
            succeeded: false,
            outcome: long("access denied", 2),
            why: "it cannot wait".into(),
        });
        self.did(report);
    }

    fn clocks(&mut self) {
        let own = (0..(self.many / 3).min(8)).map(|n| format!("own-{n}"));
        for duty in ["csoc", "ico-72h", "nis", "family"].map(str::to_owned).into_iter().chain(own) {
            let aware = at("00:10:00");
            self.did(Command::StartClock(StartClock { duty, aware, basis: long("the note on ward 7", 0) }));
        }
        let met = |duty: &str| {
            Command::MeetClock(MeetDuty {
                duty: duty.into(),
                reference: "EX-31187".into(),
                note: long("by telephone", 1),
                text: long("We have lost the wards' records", 0),
            })
        };
        self.did(met("nis"));
        self.did(Command::WaiveClock(WaiveDuty {
            duty: "family".into(),
            why: long("no data of theirs is touched", 2),
        }));
    }

    fn findings(&mut self) {
        for n in 0..self.many * 3 / 2 {
            let name = format!("{}-{n}.img", ["memory", LONG, "病院の検査"][n % 3]);
            let item = Item {
                sha256: Hash::of(name.as_bytes()),
                size: 10_u64.pow((n % 12) as u32),
                copied: n % 4 != 0,
                origin: format!("/media/usb/{name}"),
                source: format!("ward{n}-pc3"),
                about: long("what was found on it", n),
                modified: at("00:01:00").plus_minutes(-60 * 24).into(),
                name,
            };
            self.did(Command::AddEvidence(AddEvidence { item, step: Some(step_ref(["confirm", "machine"][n % 2])) }));
        }
        for n in 0..self.many {
            let decide = Command::Decide(MakeDecision {
                step: (n == 0).then(|| step_ref("scope")),
                question: if n == 0 { String::new() } else { long("How do we go on", n) },
                choice: if n == 0 { "segment".into() } else { long(&format!("Choice {n}"), n) },
                rationale: long("Theatres share VLAN 40", n + 1),
                decided_by: if n % 2 == 0 { patel() } else { self.person(n) },
            });
            let made = self.did(decide);
            let Some(made) = made.last().filter(|_| n % 3 == 0) else { continue };
            let signed = Command::Countersign(CountersignDecision {
                entry: made.id.clone(),
                hash: made.hash,
                person: self.person(n),
                means: "in the room".into(),
                words: long("as I said it", n),
            });
            self.did(signed);
        }
    }

    fn notes(&mut self) {
        let mut noted = Vec::new();
        for n in 0..self.many * 5 {
            let text = match n % 4 {
                0 => format!("Bed manager says ward {n} can take two"),
                1 => format!("{n}: {WIDE}\nsecond line\n\nfourth line"),
                2 => LONG.repeat(3),
                _ => long("Calls to http://pay.example and 192.0.2.17", n),
            };
            let occurred = (n % 5 == 0).then(|| at("00:00:00").plus_minutes(-120));
            noted.extend(self.did_at(Command::Note(AddNote { text }), occurred));
        }
        for (n, record) in noted.iter().enumerate().step_by(7) {
            let (entry, hash) = (record.id.clone(), record.hash);
            self.did(match n % 3 {
                0 => Command::Correct(CorrectEntry {
                    entry,
                    hash,
                    text: long("Ward 3, not 2", n),
                    why: long("misheard", n + 1),
                }),
                1 => Command::FollowUp(MarkEntry { entry, hash, on: true, why: long("ask the ward", n) }),
                _ => Command::Undo(UndoEntry { entry, hash, why: long("the wrong case", n) }),
            });
        }
        for n in 0..self.many / 4 {
            let told = Command::Notify(RecordNotification {
                step: None,
                duty: None,
                to: long("the switchboard", n),
                means: "telephone".into(),
                reference: format!("REF-{n}"),
                text: long("Care goes on by paper", n + 1),
                why: String::new(),
            });
            self.did(told);
        }
    }

    fn picture(&mut self) {
        let (kinds, states) = (AssetKind::ALL, AssetState::ALL);
        for n in 0..self.many {
            let asset = AssetNoted {
                name: format!("{} {n}", ["PACS", LONG, "検査システム", "svc-backup"][n % 4]),
                kind: kinds[n % kinds.len()],
                importance: Importance::ALL[n % Importance::ALL.len()],
                state: states[n % states.len()],
                about: long("seen at the core switch", n),
            };
            self.did(Command::NoteAsset(asset));
            let value = match n % 3 {
                0 => format!("192.0.2.{n}"),
                1 => format!("http://{n}.pay.example/{LONG}"),
                _ => format!("病院{n}.lkd"),
            };
            let kind = [IndicatorKind::Ipv4, IndicatorKind::Url, IndicatorKind::Filename][n % 3];
            let about = long("called by the note", n);
            self.did(Command::NoteIndicator(IndicatorNoted { kind, value, about, source: "ward7-pc3".into() }));
        }
        self.did(Command::StateImpact(StateImpact {
            text: long("Theatre 2 works on paper; ward 7 has no pumps", 1).repeat(3),
        }));
    }

    fn ends(&mut self) {
        let reference = "the speaking clock".to_owned();
        let checked = ClockChecked { reference, read: at("01:00:00"), machine: at("01:00:02"), ahead_ms: 2000 };
        self.did(Command::CheckClock(checked));
        self.did(Command::ClockJump(ClockJumped { by_ms: -90_000 }));
        self.did(Command::SetSeverity(SetSeverity { to: Severity::Critical, why: long("theatres too", 0) }));
        let summary = Some(long("All wards are on paper.", 2).repeat(3));
        self.did(Command::Amend(AmendCase { title: None, summary, tlp: Some(Tlp::AmberStrict) }));
        let made = ExportMade {
            format: "bundle".into(),
            name: format!("k7qd-{LONG}.zip"),
            sha256: Hash::of(b"zip"),
            size: 123_456_789,
            seal: "DCRJ-2KSR-Z3YF-MCQY".into(),
            records: 99,
        };
        self.did(Command::Exported(made));
        self.did(Command::HandOver(HandOver { to: self.person(2), text: long("Wards are on paper.", 1).repeat(4) }));
    }
}
