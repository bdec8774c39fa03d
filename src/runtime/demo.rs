//! A finished sample case to explore: an invented trust, told by `assets/demo/story.ron` as real commands.

use super::{
    demo_script::{Did, FILES, STORY, Story, Told, fill_moments, parse_minutes},
    home::Home,
    intake::{self, Label},
    session::{Created, Fault, Session},
};
use crate::{
    domain::{
        decide::{
            ActOnStep, AddEvidence, AddNote, AmendCase, AnswerQuestion, Attach, Command, CorrectEntry,
            CountersignDecision, HandOver, MakeDecision, MarkEntry, OpenCase, RecordApproval, RecordNotification,
            ReportCommand, SetSeverity, StartClock, StateImpact, StepAct, WaiveDuty,
        },
        event::ClockChecked,
        handover,
        id::{CaseId, EntryId, Hash},
        marking::{Severity, Tlp},
        person::Person,
        playbook::StepRef,
        record::Record,
        time::{Now, Time},
    },
    playbook::{Entry, Library},
    store::{adding::Adding, error::StoreError, vault::Vault, watch::unwatched},
};
use ron::extensions::Extensions;
use std::{collections::BTreeMap, io};

/// The playbook that the story follows.
const PLAYBOOK: &str = "ransomware";
/// How long before now the sample incident begins, minutes: its story takes a little over nine hours.
const AGO: i64 = 9 * 60 + 10;

/// Makes the sample case in `home`, ending shortly before `now`, marked as an exercise.
///
/// Fails as any write does, and leaves nothing behind then.
pub fn make_demo(home: &Home, now: Now) -> Result<Created, Fault> {
    make_demo_as(home, now, None)
}

/// The same with an identifier that is given: with the same console and time, the case is the same to the last byte.
pub fn make_demo_as(home: &Home, now: Now, id: Option<CaseId>) -> Result<Created, Fault> {
    let began = Now { at: now.at.plus_minutes(-AGO), ..now };
    let text = fill_moments(STORY, began);
    let story: Story = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
        .from_str(&text)
        .map_err(|why| story_fault(why.to_string()))?;
    let library = Library::new(Vec::new());
    let entry = library.find(PLAYBOOK).map_err(|why| story_fault(why.to_string()))?;
    let console = home.console().map_err(Fault::NotRecorded)?;
    let first = story.entries.first().map_or("", |told| told.by.as_str());
    let people: BTreeMap<String, Person> = story
        .people
        .into_iter()
        .map(|actor| {
            (actor.id, Person { name: actor.name, role: actor.role, organisation: story.organisation.clone() })
        })
        .collect();
    let opener = people.get(first).ok_or_else(|| story_fault(first))?;
    let (new, session) = Session::begin(&home.cases, &console, id, PLAYBOOK, opener, began)?;
    let mut teller = Teller { session, people, began, marks: BTreeMap::new() };
    teller.open(story.title, &story.occurred, entry)?;
    for told in story.entries {
        teller.tell(told)?;
    }
    teller.session.finish(new)
}

/// A case into which a story is told.
struct Teller {
    session: Session,
    people: BTreeMap<String, Person>,
    began: Now,
    marks: BTreeMap<String, Record>,
}

impl Teller {
    /// Opens the case and attaches its playbook.
    fn open(&mut self, title: String, occurred: &str, entry: &Entry) -> Result<(), Fault> {
        let open = Command::Open(OpenCase { title, severity: Severity::High, tlp: Tlp::Amber, exercise: true });
        self.record(open, Some(self.moment(occurred)?), self.began.at)?;
        let attach = Attach {
            source: entry.source.clone(),
            origin: entry.origin.to_string(),
            playbook: entry.playbook.clone(),
            duties: entry.duties.clone(),
            why: String::new(),
        };
        let at = plus_seconds(self.began.at, 40, 0);
        self.record(Command::Attach(Box::new(attach)), None, at).map(drop)
    }

    /// Records one entry of the story at its moment, by whoever logs it.
    fn tell(&mut self, told: Told) -> Result<(), Fault> {
        let (hours, minutes, seconds) = told.at;
        let seconds = (hours * 60 + minutes) * 60 + seconds;
        // A real machine's clock does not tick in whole seconds.
        let at = plus_seconds(self.began.at, seconds, seconds * 7_919 % 1_000_000);
        let person = self.person(&told.by)?;
        self.session.set_responder(person);
        let occurred = told.occurred.map(|moment| self.moment(&moment)).transpose()?;
        let command = self.command(told.did, &told.by, at)?;
        let recorded = self.record(command, occurred, at)?;
        if let (Some(mark), Some(record)) = (told.mark, recorded.into_iter().last()) {
            self.marks.insert(mark, record);
        }
        Ok(())
    }

    /// Records a command at a moment of the story.
    fn record(&mut self, command: Command, occurred: Option<Time>, at: Time) -> Result<Vec<Record>, Fault> {
        let order = super::session::TimedCommand { command, occurred, begun: None };
        self.session.execute(0, order, Now { at, ..self.began })
    }

    /// The command that an entry of the story stands for.
    fn command(&self, did: Did, by: &str, at: Time) -> Result<Command, Fault> {
        let step = |id: String| StepRef { playbook: PLAYBOOK.into(), step: id };
        let act = |id: String, act: StepAct| Command::Step(ActOnStep { step: step(id), act });
        Ok(match did {
            Did::Start { step, note } => act(step, StepAct::Start { note, why: String::new() }),
            Did::Done { step, note, answers } => act(step, StepAct::Done { note, why: String::new(), answers }),
            Did::Skip { step, why } => act(step, StepAct::Skip { why }),
            Did::Block { step, why } => act(step, StepAct::Block { why }),
            Did::Reopen { step, why } => act(step, StepAct::Reopen { why }),
            Did::Decide { step: id, choice, why, decided_by } => Command::Decide(MakeDecision {
                step: Some(step(id)),
                question: String::new(),
                choice,
                rationale: why,
                decided_by: self.person(&decided_by)?,
            }),
            Did::Answer { question, to, why } => Command::Answer(AnswerQuestion { question, given: to, why }),
            Did::Approve { step: id, agreed, who, means, words } => Command::Approve(RecordApproval {
                step: step(id),
                agreed,
                person: self.person(&who)?,
                means,
                words,
                why: String::new(),
                asker: self.person(by)?,
            }),
            Did::Report { step: id, system, succeeded, outcome } => {
                Command::Report(ReportCommand { step: step(id), system, succeeded, outcome, why: String::new() })
            }
            Did::Note(text) => Command::Note(AddNote { text }),
            Did::Evidence { step: id, file, name, about, source, origin } => {
                let label = Label { name, about, source, by_reference: false };
                let mut item = self.take(&file, label)?;
                item.origin = origin;
                Command::AddEvidence(AddEvidence { item, step: Some(step(id)) })
            }
            Did::Notify { step: id, to, means, reference, text, duty } => Command::Notify(RecordNotification {
                step: Some(step(id)),
                duty,
                to,
                means,
                reference,
                text,
                why: String::new(),
            }),
            Did::StartClock { duty, aware, basis } => {
                Command::StartClock(StartClock { duty, aware: self.moment(&aware)?, basis })
            }
            Did::Waive { duty, why } => Command::WaiveClock(WaiveDuty { duty, why }),
            Did::CheckClock { reference, ahead_ms } => {
                let read = Time::from_micros(at.micros() - ahead_ms * 1000).unwrap_or(at);
                Command::CheckClock(ClockChecked { reference, read, machine: at, ahead_ms })
            }
            Did::Correct { entry, text, why } => {
                let (entry, hash) = self.marked(&entry)?;
                Command::Correct(CorrectEntry { entry, hash, text, why })
            }
            Did::Severity { to, why } => Command::SetSeverity(SetSeverity { to, why }),
            Did::Summary(summary) => Command::Amend(AmendCase { title: None, summary: Some(summary), tlp: None }),
            Did::Impact(text) => Command::StateImpact(StateImpact { text }),
            Did::Asset(asset) => Command::NoteAsset(asset),
            Did::Indicator(indicator) => Command::NoteIndicator(indicator),
            Did::Contact(contact) => Command::NoteContact(contact),
            Did::FollowUp { entry, why } => {
                let (entry, hash) = self.marked(&entry)?;
                Command::FollowUp(MarkEntry { entry, hash, on: true, why })
            }
            Did::Countersign { entry, who, means, words } => {
                let (entry, hash) = self.marked(&entry)?;
                Command::Countersign(CountersignDecision { entry, hash, person: self.person(&who)?, means, words })
            }
            Did::HandOver { to } => {
                let now = Now { at, ..self.began };
                Command::HandOver(HandOver {
                    to: self.person(&to)?,
                    text: handover::text(&self.session.case().handover(now)),
                })
            }
        })
    }

    /// Puts a file of the story into the vault.
    fn take(&self, file: &str, label: Label) -> Result<crate::domain::decide::Item, Fault> {
        let (_, text) = FILES.iter().find(|(name, _)| *name == file).ok_or_else(|| story_fault(file))?;
        let text = fill_moments(text, self.began);
        let vault = Vault::of_case(self.session.file().folder());
        let taken = intake::take_stream(&vault, &mut text.as_bytes(), label, &mut unwatched());
        let taken = taken.map_err(Fault::NotRecorded)?;
        // The whole case is marked while it is made.
        taken.adding.into_iter().for_each(Adding::finish);
        Ok(taken.item)
    }

    /// An earlier entry by the name that the story gives it.
    fn marked(&self, name: &str) -> Result<(EntryId, Hash), Fault> {
        let record = self.marks.get(name).ok_or_else(|| story_fault(name))?;
        Ok((record.id.clone(), record.hash))
    }

    /// A person of the story.
    fn person(&self, id: &str) -> Result<Person, Fault> {
        self.people.get(id).cloned().ok_or_else(|| story_fault(id))
    }

    /// A moment of the story, such as `+1:05`.
    fn moment(&self, told: &str) -> Result<Time, Fault> {
        let minutes = parse_minutes(told).ok_or_else(|| story_fault(told))?;
        Ok(self.began.at.plus_minutes(minutes))
    }
}

/// The story itself is at fault; a test holds that it is not.
fn story_fault(what: impl Into<String>) -> Fault {
    let why = io::Error::new(io::ErrorKind::InvalidData, what.into());
    Fault::NotRecorded(StoreError::io("tell", "the sample story", why))
}

/// A moment so many seconds and microseconds later.
fn plus_seconds(at: Time, seconds: i64, micros: i64) -> Time {
    Time::from_micros(at.micros() + seconds * 1_000_000 + micros).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            asset::AssetState,
            case::{ClockState, steps::StepStatus},
            finding,
            id::ConsoleId,
            playbook::SUCCEEDED,
        },
        exchange::check_case,
    };
    use std::path::PathBuf;

    fn now() -> Now {
        Now::fixed(Time::parse("2026-11-22T12:41:07.5Z").unwrap(), 60)
    }

    fn made() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::locate(Some(folder.path())).unwrap();
        let made = make_demo(&home, now()).unwrap();
        (folder, made.folder)
    }

    #[test]
    fn the_sample_is_a_whole_incident_and_intact() {
        let (_folder, path) = made();
        let found = check_case(&path, now().at, &mut unwatched()).unwrap();
        assert!(finding::is_intact(&found.findings), "{:?}", found.findings);
        assert_eq!(found.findings, []);
        assert!((90..=110).contains(&found.records), "{} entries", found.records);
        assert!(found.evidence >= 4);
        let case = found.case.unwrap();
        assert!(case.exercise && case.title.contains("ransom"));
        let (opened, updated) = (case.opened.unwrap(), case.updated.unwrap());
        let hours = updated.seconds_since(opened) as f64 / 3600.0;
        assert!((8.5..=9.5).contains(&hours), "{hours} hours");
        let left = now().at.seconds_since(updated);
        assert!((0..=15 * 60).contains(&left), "it ends {left} s before now");
        let others = case.decisions.iter().filter(|decision| decision.by.name != decision.what.decided_by.name);
        assert!(others.count() >= 8, "who decides and who logs are two people");
        let stood = |duty: &str| case.clock(duty).map(|clock| clock.state);
        assert_eq!(stood("ico-72h"), Some(ClockState::Met));
        assert_eq!(stood("individuals"), Some(ClockState::Waived));
        assert_eq!(stood("nis-72h"), Some(ClockState::Running));
        assert_eq!(case.corrections.len(), 1);
        assert!(case.clock_check.is_some());
        assert_eq!(case.evidence.len(), FILES.len(), "every text is taken in");
    }

    #[test]
    fn the_sample_shows_what_a_playbook_can_ask_and_goes_on_in_recovery() {
        let (_folder, path) = made();
        let case = check_case(&path, now().at, &mut unwatched()).unwrap().case.unwrap();
        let [asked] = &case.approvals[..] else { panic!("{} approvals", case.approvals.len()) };
        assert!(!asked.what.agreed && asked.what.person.name != asked.by.name);
        let point = |name: &str| case.steps().find(|point| point.name().step == name).unwrap();
        let plan = &case.plans[0];
        let wards = plan.things("wards").unwrap();
        assert_eq!(wards.len(), 3, "one was named later");
        for ward in wards {
            assert_eq!(point(&format!("cover@{ward}")).status, StepStatus::Done, "{ward}");
        }
        let choice = |name: &str| point(name).progress.and_then(|progress| progress.choice.clone());
        assert_eq!(choice("volatile").as_deref(), Some(SUCCEEDED));
        assert_eq!(choice("how-far").as_deref(), Some("segment"), "a smaller cut after the refusal");
        for (name, least) in [("sitrep", 8), ("handover", 2)] {
            assert_eq!(point(name).status, StepStatus::Repeats);
            assert!(point(name).progress.unwrap().times >= least, "{name}");
        }
        assert!(point("back-entry@phlebotomy room").status == StepStatus::Skipped);
        let questions = ["impact", "likelihood", "services", "entry", "first-time"];
        assert!(questions.iter().all(|question| plan.answers.contains_key(*question)));
        assert!(case.clock("ico-72h").unwrap().note.contains("EX-DSPT-31187"));
        let next = case.next(now().at).unwrap();
        assert_eq!(next.phase.id, "recover", "{}", next.name());
        let due = point("sitrep").due.unwrap();
        assert!(due > now().at, "nothing is overdue when the sample is opened");
    }

    #[test]
    fn the_sample_has_the_picture_of_an_incident_and_two_handovers() {
        let (_folder, path) = made();
        let case = check_case(&path, now().at, &mut unwatched()).unwrap().case.unwrap();
        let state = |name: &str| case.assets.iter().find(|asset| asset.what.name == name).map(|asset| asset.what.state);
        assert_eq!(state("VLAN 212"), Some(AssetState::Isolated));
        assert_eq!(state("oncology prescribing"), Some(AssetState::Restored));
        assert_eq!(state("NMH-FS03"), Some(AssetState::Affected));
        assert_eq!((case.indicators.len(), case.contacts.len(), case.follow_ups.len()), (3, 1, 1));
        assert!(case.impact.as_ref().unwrap().what.text.contains("on paper"));
        let signed = case.decisions.iter().filter(|decision| case.countersigns.contains_key(&decision.entry));
        assert_eq!(signed.count(), 2);
        let to: Vec<&str> = case.handovers.iter().map(|handover| handover.what.to.name.as_str()).collect();
        assert_eq!(to, ["C. Adeyemi", "J. Patel"]);
        let spoken = handover::text(&case.handover(now()));
        assert!(spoken.lines().count() <= 80, "a handover is short:\n{spoken}");
    }

    #[test]
    fn its_texts_hold_local_moments_and_no_real_address() {
        assert_eq!(fill_moments("{date-13:00} {+0:05} {zone} {else} {", now()), "2026-11-22 13:46 +01:00 {else} {");
        let story = fill_moments(STORY, now());
        let texts = FILES.iter().map(|(_, text)| fill_moments(text, now())).chain([story]);
        for text in texts {
            assert!(!text.contains(['{', '}']), "{text}");
            for word in text.split(|c: char| !(c.is_ascii_digit() || c == '.')) {
                let parts: Vec<&str> = word.split('.').filter(|part| !part.is_empty()).collect();
                let example = ["192.0.2.", "198.51.100.", "203.0.113.", "255.255.255."];
                assert!(parts.len() != 4 || example.iter().any(|range| word.starts_with(range)), "{word}");
            }
        }
    }

    #[test]
    fn a_sample_can_be_made_again_beside_the_first() {
        let (folder, first) = made();
        let home = Home::locate(Some(folder.path())).unwrap();
        let second = make_demo(&home, now()).unwrap().folder;
        assert_ne!(first, second);
        assert!(ConsoleId::parse(std::fs::read_to_string(folder.path().join("console.id")).unwrap().trim()).is_ok());
    }
}
