//! A case with as many entries as one likes, as an incident of many days would leave it: notes mostly, steps, decisions,
//! evidence, messages, corrections; by twelve people at one console, a fifth of it told later than it happened.

use carecert_react::{
    domain::{
        decide::{Attach, Command, OpenCase},
        event::{
            DecisionMade, Event, EvidenceAdded, Note, NotificationMade, RecordCorrected, StepBlocked, StepDone,
            StepSkipped, StepStarted,
        },
        id::{EntryId, Hash},
        marking::{Severity, Tlp},
        person::Person,
        playbook::StepRef,
        record::{Draft, Record},
        time::{Now, Time},
    },
    playbook::Library,
    runtime::session::Session,
    store::file::{Appended, CaseFile},
};
use std::path::{Path, PathBuf};

/// Entries of a transaction.
const BLOCK: usize = 500;

const PEOPLE: [(&str, &str); 12] = [
    ("A. Osei", "lead"),
    ("J. Patel", "network on-call"),
    ("S. O'Connor", "loggist"),
    ("M. Kowalczyk", "service desk"),
    ("Dr R. Adeyemi", "medical director"),
    ("F. Hussain", "site manager"),
    ("L. Chen", "server team"),
    ("T. Williams", "pharmacy"),
    ("N. Ångström", "pathology IT"),
    ("B. Singh", "information governance"),
    ("C. Murphy", "communications"),
    ("E. Fraser", "CSOC liaison"),
];
const WHERE: [&str; 12] = [
    "Ward 7",
    "Theatre 2",
    "Pathology",
    "ED majors",
    "Radiology",
    "ITU",
    "Pharmacy",
    "DC01",
    "the EPR",
    "VLAN 40",
    "Maternity",
    "the core switch",
];
const WHAT: [&str; 14] = [
    "on paper since the morning handover, runners every 30 min",
    "cannot log in; the error says that the trust relationship failed",
    "reports files with the ending .lockd on the shared drive",
    "back on the network, first log-ins worked, watching for an hour",
    "asks when results will come; told two hours, by phone and on paper",
    "isolated at the switch port, machine left powered for memory",
    "finishing list agreed with anaesthetics, no new elective cases",
    "backup of 02:00 looks whole, restore test begins in the lab",
    "new domain admin account found, name like a service account",
    "supplier rang back: engineer on site by noon, remote access stays closed",
    "downtime forms are running out, print room sends 200 more",
    "outbound traffic to a rented server in the firewall log, 4 GB overnight",
    "charts scanned and filed, nothing is lost as far as the sister knows",
    "two machines more with the note on the desktop, photographs taken",
];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Makes a case of `entries` entries in the folder `home`, closed, and gives its folder.
pub(crate) fn many(home: &Path, entries: usize) -> PathBuf {
    let folder = begun(home);
    let (mut file, opening) = CaseFile::open(&folder, &super::support::console(1), 0).unwrap();
    let case = opening.loaded.case;
    let steps: Vec<StepRef> = case.steps().map(|point| point.name()).collect();
    let (mut order, mut dice, mut written) = (case.order(), Dice(7), case.records as usize);
    let (start, mut latest): (Time, Vec<(EntryId, Hash)>) = (case.updated.unwrap(), Vec::new());
    while written < entries {
        let at = start.plus_minutes((written / 20) as i64);
        let drafts: Vec<Draft> = (0..BLOCK.min(entries - written))
            .map(|number| {
                let (name, role) = dice.of(&PEOPLE);
                let by = Person { name: name.into(), role: role.into(), organisation: "RX1".into() };
                let earlier = (dice.below(5) == 0).then(|| at.plus_minutes(-1 - dice.below(180) as i64));
                Draft { by, occurred: earlier, begun: None, event: event(&mut dice, written + number, &steps, &latest) }
            })
            .collect();
        let Appended::Recorded(records) = file.append(order, &drafts, Now::fixed(at, 0)).unwrap() else {
            return folder;
        };
        order = records.last().unwrap().order;
        written += records.len();
        latest = records.iter().map(|record: &Record| (record.id.clone(), record.hash)).collect();
    }
    file.close().unwrap();
    folder
}

/// A case with a playbook in use.
fn begun(home: &Path) -> PathBuf {
    let library = Library::new(Vec::new());
    let entry = library.find("ransomware").unwrap();
    let (source, origin) = (entry.source.clone(), entry.origin.to_string());
    let (playbook, duties) = (entry.playbook.clone(), entry.duties.clone());
    let attach = Attach { source, origin, playbook, duties, why: String::new() };
    let title = "Wards cannot log in".into();
    let open = Command::Open(OpenCase { title, severity: Severity::High, tlp: Tlp::Amber, exercise: true });
    let orders = [open.into(), Command::Attach(Box::new(attach)).into()];
    Session::create(
        home,
        &super::support::console(1),
        "many",
        &orders,
        &crate::support::osei(),
        crate::support::now(),
        &mut |_, _| true,
    )
    .unwrap()
    .folder
}

fn event(dice: &mut Dice, number: usize, steps: &[StepRef], latest: &[(EntryId, Hash)]) -> Event {
    let (place, what) = (dice.of(&WHERE), dice.of(&WHAT));
    let said = format!("{place} {what}");
    let step = steps[dice.below(steps.len())].clone();
    match dice.below(100) {
        0..84 => Note { text: format!("{said} ({number})") }.into(),
        84..87 => StepStarted { step, note: String::new() }.into(),
        87..92 => StepDone { step, note: said, why: String::new(), unmet: Vec::new() }.into(),
        92 => StepSkipped { step, why: format!("no need: {said}") }.into(),
        93 => StepBlocked { step, why: format!("waits: {said}") }.into(),
        94 => {
            let decided_by = Person { name: PEOPLE[4].0.into(), role: PEOPLE[4].1.into(), organisation: "RX1".into() };
            let (question, label) = (format!("What about {place}?"), format!("Keep {place} apart"));
            DecisionMade {
                step: None,
                question,
                choice: String::new(),
                label,
                rationale: said,
                decided_by,
                unmet: vec![],
            }
            .into()
        }
        95..97 => {
            let (name, sha256) = (format!("{}-{number}.evtx", place.to_lowercase()), Hash::of(&number.to_le_bytes()));
            let (origin, source) = (format!("/media/usb/{number}/Security.evtx"), place.into());
            let size = 4096 * number as u64;
            EvidenceAdded {
                name,
                sha256,
                size,
                copied: false,
                origin,
                source,
                about: what.into(),
                modified: None,
                step: None,
            }
            .into()
        }
        97 => {
            let (to, means, reference) = (format!("{place} lead"), "phone".into(), format!("REF-{number}"));
            NotificationMade { step: None, duty: None, to, means, reference, text: said, unmet: Vec::new() }.into()
        }
        _ => match latest.get(dice.below(BLOCK)) {
            Some((entry, hash)) => RecordCorrected {
                entry: entry.clone(),
                hash: *hash,
                text: said,
                why: "the wrong ward was named".into(),
            }
            .into(),
            None => Note { text: said }.into(),
        },
    }
}
