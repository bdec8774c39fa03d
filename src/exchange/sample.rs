//! Cases for the tests of this room, and how they are told; one of them is a case where everything typed is hostile.

use crate::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        case::{Case, Noted},
        decide::{
            ActOnStep, AddEvidence, AddNote, AmendCase, Attach, CloseCase, Command, CorrectEntry, Item, MakeDecision,
            StepAct, decide,
        },
        event::{self, DecisionMade, EntriesMissing, Event},
        id::{CaseId, ConsoleId, Hash},
        indicator::IndicatorKind,
        marking::{Severity, Tlp},
        person::Person,
        playbook::StepRef,
        record::{Draft, Record},
        time::{Now, Time},
        zone::Zone,
    },
    playbook,
    store::{snapshot::Snapshot, vault::Vault},
};
use std::path::Path;

pub(crate) use super::sample_night::{exercise, hospital};

/// The zone of the machine where a scene does not say another.
const ZONE: Zone = Zone::fixed(60);

pub(crate) struct Scene {
    case: Case,
    pub(super) records: Vec<Record>,
    console: ConsoleId,
    at: Time,
    zone: Zone,
}

impl Scene {
    pub(super) fn new() -> Self {
        Self {
            case: Case::new(CaseId::from_random([0x9e; 10])),
            records: Vec::new(),
            console: ConsoleId::from_random([0x17; 10]),
            at: time("2026-11-22T02:09:30.125Z"),
            zone: ZONE,
        }
    }

    /// Goes on with a case.
    pub(super) fn of(snapshot: Snapshot) -> Self {
        let Snapshot { case, records, .. } = snapshot;
        let last = records.last().unwrap();
        let (console, at) = (last.id.console.clone(), last.at.plus_minutes(1));
        Self { case, records, console, at, zone: ZONE }
    }

    /// The decisions so far.
    pub(super) fn decisions(&self) -> &[Noted<DecisionMade>] {
        &self.case.decisions
    }

    pub(crate) fn at(&mut self, text: &str) -> &mut Self {
        self.at = time(text);
        self
    }

    /// Goes on at another console, whose machine has that zone.
    pub(crate) fn on(&mut self, console: u8, zone: Zone) -> &mut Self {
        (self.console, self.zone) = (ConsoleId::from_random([console; 10]), zone);
        self
    }

    pub(crate) fn record(&mut self, by: &Person, occurred: Option<&str>, event: Event) -> &mut Self {
        let draft = Draft { by: by.clone(), occurred: occurred.map(time), begun: None, event };
        let (head, order) = (self.case.head(&self.console), self.case.order().after(self.at));
        let now = Now { at: self.at, zone: self.zone };
        let record = Record::write(&self.case.id, &self.console, head, order, now, draft).unwrap();
        self.case.apply(&record);
        self.records.push(record);
        self.at = Time::from_micros(self.at.micros() + 1_250_000).unwrap();
        self
    }

    pub(crate) fn does(&mut self, by: &Person, occurred: Option<&str>, command: &Command) -> &mut Self {
        for event in decide(&self.case, command, occurred.map(time), self.at).unwrap() {
            self.record(by, occurred, event);
        }
        self
    }

    pub(super) fn step(&mut self, by: &Person, step: &str, act: StepAct) -> &mut Self {
        self.does(by, None, &Command::Step(ActOnStep { step: name(step), act }))
    }

    pub(super) fn done(&mut self, by: &Person, step: &str, note: &str) -> &mut Self {
        self.answers(by, step, note, &[])
    }

    /// Done, with answers to the step's questions.
    pub(super) fn answers(&mut self, by: &Person, step: &str, note: &str, answers: &[(&str, &str)]) -> &mut Self {
        let why = "the lead ordered it at once".into();
        let answers = answers.iter().map(|(question, given)| ((*question).into(), (*given).into())).collect();
        self.step(by, step, StepAct::Done { note: note.into(), why, answers })
    }

    pub(super) fn decides(
        &mut self,
        by: &Person,
        decided_by: &Person,
        step: &str,
        choice: &str,
        why: &str,
    ) -> &mut Self {
        let (step, decided_by) = (Some(name(step)), decided_by.clone());
        let (choice, rationale) = (choice.into(), why.into());
        self.does(
            by,
            None,
            &Command::Decide(MakeDecision { step, question: String::new(), choice, rationale, decided_by }),
        )
    }

    pub(super) fn notes(&mut self, by: &Person, occurred: Option<&str>, text: &str) -> &mut Self {
        self.does(by, occurred, &Command::Note(AddNote { text: text.into() }))
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let vault = Vault::of_case(Path::new("case"));
        Snapshot { case: self.case.clone(), records: self.records.clone(), vault }
    }
}

pub(super) fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

pub(super) fn name(step: &str) -> StepRef {
    StepRef { playbook: "ransomware".into(), step: step.into() }
}

pub(super) fn person(name: &str, role: &str) -> Person {
    Person { name: name.into(), role: role.into(), organisation: "Northgate Hospital NHS Trust".into() }
}

pub(super) fn attach() -> Command {
    let source = playbook::builtin()[0].text.to_owned();
    let playbook = playbook::read(&source, playbook::duties()).unwrap();
    let duties = playbook::duties().iter().filter(|duty| playbook.duties.contains(&duty.id)).cloned().collect();
    Command::Attach(Box::new(Attach { source, origin: "built-in".into(), playbook, duties, why: String::new() }))
}

pub(super) fn item(name: &str, bytes: &[u8], size: u64, source: &str, about: &str) -> Command {
    Command::AddEvidence(AddEvidence {
        item: Item {
            name: name.into(),
            sha256: Hash::of(bytes),
            size,
            copied: size < 1 << 32,
            origin: format!("/media/usb/{name}"),
            source: source.into(),
            about: about.into(),
            modified: Some(time("2026-11-22T01:52:11Z")),
        },
        step: Some(name_of_samples()),
    })
}

fn name_of_samples() -> StepRef {
    name("samples")
}

/// Texts that try to get out of where they are put.
pub(crate) const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script> \u{1b}[2J\u{1b}]0;owned\u{7}",
    "\"><img src=x onerror=alert(1)> ' onmouseover='x",
    "[click](http://evil.example/a) ![x](https://evil.example/b.png) <http://evil.example> www.evil.example a@evil.example",
    "=cmd|' /C calc'!A0\n# heading\n- list | cell",
    "invoice\u{202e}fdp.exe {{ 7 * 7 }} {% include 'x' %} &lt;b&gt; `code` ***bold*** ~~gone~~",
    "--> ]]> </style></svg></title></table> javascript:alert(1)",
];

/// A case in which each text is hostile, and one word has a thousand characters.
pub(crate) fn hostile() -> Snapshot {
    let all = HOSTILE.join("\n") + &"W".repeat(1000);
    let bad = Person { name: HOSTILE[1].into(), role: HOSTILE[3].into(), organisation: HOSTILE[4].into() };
    let t = |n: usize| HOSTILE[n % HOSTILE.len()].to_owned();
    let mut s = Scene::new();
    let (severity, tlp) = (Severity::Critical, Tlp::Red);
    s.record(&bad, None, crate::domain::event::CaseOpened { title: t(0), severity, tlp, exercise: true }.into());
    s.does(&bad, None, &attach());
    if let Some(Event::PlaybookAttached(mut plan)) = s.records.last().map(|record| record.event.clone()) {
        let mut n = 0;
        let mut next = |text: &mut String| {
            n += 1;
            *text = format!("{} {}", t(n), "L".repeat(300));
        };
        plan.origin = t(5);
        plan.playbook.id = "hostile".into();
        next(&mut plan.playbook.title);
        next(&mut plan.playbook.version);
        next(&mut plan.playbook.summary);
        for role in &mut plan.playbook.roles {
            next(&mut role.title);
        }
        for phase in &mut plan.playbook.phases {
            next(&mut phase.title);
            for step in &mut phase.steps {
                next(&mut step.title);
                next(&mut step.owner);
            }
        }
        for duty in &mut plan.duties {
            for text in [&mut duty.title, &mut duty.to, &mut duty.source, &mut duty.checked_on, &mut duty.reach] {
                next(text);
            }
        }
        let duty = plan.duties[0].clone();
        s.record(&bad, None, plan.into());
        let deadline = Some(time("2026-11-22T04:00:00Z"));
        let aware = time("2026-11-22T02:00:00Z");
        s.record(&bad, None, crate::domain::event::ClockStarted { duty, aware, deadline, basis: all.clone() }.into());
    }
    for text in HOSTILE {
        s.notes(&bad, None, text);
    }
    s.notes(&bad, None, &all);
    let wrong = s.records.last().unwrap();
    let correct = Command::Correct(CorrectEntry {
        entry: wrong.id.clone(),
        hash: wrong.hash,
        text: all.clone(),
        why: all.clone(),
    });
    s.does(&bad, None, &correct);
    // What comes from another's bundle has not been through `decide`.
    s.record(&bad, None, crate::domain::event::ResponderJoined { responder: bad.clone() }.into());
    let made = crate::domain::event::DecisionMade {
        step: None,
        question: t(1),
        choice: t(2),
        label: t(5),
        rationale: all.clone(),
        decided_by: bad.clone(),
        unmet: vec![t(0)],
    };
    s.record(&bad, None, made.into());
    picture(&mut s, &bad, &t, &all);
    for n in 0..6 {
        s.does(&bad, None, &item(&t(n), b"x", 5, &t(n + 1), &t(n + 2)));
    }
    let told = crate::domain::event::NotificationMade {
        step: None,
        duty: Some(t(5)),
        to: t(1),
        means: t(2),
        reference: t(3),
        text: all.clone(),
        unmet: vec![t(0)],
    };
    s.record(&bad, None, told.into());
    s.step(&bad, "spread", StepAct::Block { why: all.clone() });
    let missing = EntriesMissing { after: 1, last: 9, hash: Hash::ZERO, kept: all.clone() };
    s.record(&bad, None, missing.into());
    let unknown = Event::Unknown(event::UnknownEntry { kind: t(0), version: 7, data: serde_json::json!({"x": t(1)}) });
    s.record(&bad, None, unknown);
    s.does(&bad, None, &Command::Amend(AmendCase { title: None, summary: Some(all.clone()), tlp: None }));
    s.does(&bad, None, &Command::Close(CloseCase { why: all }));
    s.snapshot()
}

/// The same for what paints the picture of the incident.
fn picture(s: &mut Scene, bad: &Person, t: &impl Fn(usize) -> String, all: &str) {
    let made = s.records.last().unwrap();
    let (entry, hash) = (made.id.clone(), made.hash);
    let signed = event::DecisionCountersigned {
        entry: entry.clone(),
        hash,
        person: bad.clone(),
        means: t(1),
        words: all.to_owned(),
    };
    s.record(bad, None, signed.into());
    s.record(bad, None, event::FollowUpSet { entry, hash, on: true, why: all.to_owned() }.into());
    for (n, kind) in IndicatorKind::ALL.iter().enumerate() {
        let found = event::IndicatorNoted { kind: *kind, value: t(n), about: all.to_owned(), source: t(n + 1) };
        s.record(bad, None, found.into());
    }
    for (n, state) in AssetState::ALL.iter().enumerate() {
        let (kind, importance) = (AssetKind::System, Importance::LifeCritical);
        let asset = event::AssetNoted { name: t(n), kind, importance, state: *state, about: all.to_owned() };
        s.record(bad, None, asset.into());
        let (role, organisation, reach) = (t(n + 1), t(n + 2), t(n + 3));
        let contact = event::ContactNoted { name: t(n), role, organisation, reach, about: all.to_owned() };
        s.record(bad, None, contact.into());
    }
    s.record(bad, None, event::ImpactStated { text: all.to_owned() }.into());
    s.record(bad, None, event::HandoverMade { to: bad.clone(), text: all.to_owned(), seal: t(0) }.into());
}
