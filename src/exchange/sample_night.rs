//! A night of ransomware in a hospital, for the tests of this room.

use super::sample::{Scene, attach, item, name, person, time};
use crate::{
    domain::{
        decide::{
            AmendCase, AnswerQuestion, CloseCase, Command, CorrectEntry, JoinCase, MakeDecision, OpenCase,
            RecordApproval, RecordNotification, ReportCommand, StartClock, StepAct, WaiveDuty,
        },
        event::EntriesMissing,
        id::Hash,
        marking::{Severity, Tlp},
        person::Person,
        playbook::System,
    },
    store::snapshot::Snapshot,
};

/// A night of ransomware in a hospital, from the first call to the morning, in a zone an hour east of UTC.
pub(crate) fn hospital() -> Snapshot {
    night(false).snapshot()
}

/// The same night as an exercise, closed, with a stretch of lost entries.
pub(crate) fn exercise() -> Snapshot {
    let mut scene = night(true);
    let osei = person("A. Osei", "incident lead");
    let missing =
        EntriesMissing { after: 40, last: 42, hash: Hash::of(b"lost"), kept: "case.sqlite3.damaged-1".into() };
    scene.at("2026-11-22T07:00:00Z").record(&osei, None, missing.into());
    scene.does(&osei, None, &Command::Close(CloseCase { why: "Services are back; the review is on Friday.".into() }));
    scene.snapshot()
}

fn night(exercise: bool) -> Scene {
    let osei = person("A. Osei", "incident lead");
    let patel = person("J. Patel", "loggist");
    let marsh = person("Dr H. Marsh", "on-call clinical lead");
    let mut s = Scene::new();
    begin(&mut s, exercise, [&osei, &patel, &marsh]);
    cut(&mut s, [&osei, &patel, &marsh]);
    cut_more(&mut s, &osei, &patel);
    morning(&mut s, &osei, &patel);
    s
}

/// From the first call until the operations centre knows.
fn begin(s: &mut Scene, exercise: bool, [osei, patel, marsh]: [&Person; 3]) {
    let title = "Wards cannot log in; ransom note on a radiology workstation".into();
    let open = Command::Open(OpenCase { title, severity: Severity::High, tlp: Tlp::AmberStrict, exercise });
    s.does(osei, Some("2026-11-22T01:50:00Z"), &open);
    for responder in [osei, patel, marsh] {
        s.does(patel, None, &Command::Join(JoinCase { responder: responder.clone() }));
    }
    s.does(osei, None, &attach());
    let summary =
        "Staff on four wards report encrypted files and a ransom note. PACS and the patient record are slow; \
                   e-mail still works. No patient harm is known."
            .into();
    s.does(patel, None, &Command::Amend(AmendCase { title: None, summary: Some(summary), tlp: None }));
    s.at("2026-11-22T02:12:00Z").done(
        osei,
        "take-lead",
        "Reported by the night sister on Ward 7: \"It says we must pay.\"",
    );
    s.done(patel, "leave-on", "Service desk reads the card to every caller.");
    s.notes(patel, Some("2026-11-22T01:58:00Z"), "First screen with a ransom note seen on Ward 7, bay 3.");
    let wrong = s.records.last().unwrap();
    let correct = Command::Correct(CorrectEntry {
        entry: wrong.id.clone(),
        hash: wrong.hash,
        text: "First screen with a ransom note seen on Ward 17, bay 3.".into(),
        why: "the ward was misheard on the telephone".into(),
    });
    s.at("2026-11-22T02:16:40Z").does(patel, None, &correct);
    s.decides(patel, osei, "nation", "england", "All sites are in England.");
    s.at("2026-11-22T02:21:00Z").done(osei, "fallback", "Mobile conference line is open; number is on the board.");
    s.does(
        patel,
        None,
        &Command::StartClock(StartClock {
            duty: "ico-72h".into(),
            aware: time("2026-11-22T02:05:00Z"),
            basis: "The ransom note names a folder of patient letters.".into(),
        }),
    );
    let duty = "nis-72h".to_owned();
    let basis = "Essential services are disturbed since about 01:50 UTC.".to_owned();
    s.does(patel, None, &Command::StartClock(StartClock { duty, aware: time("2026-11-22T02:09:00Z"), basis }));
    let duty = "csoc".to_owned();
    s.does(
        patel,
        None,
        &Command::StartClock(StartClock { duty, aware: time("2026-11-22T02:09:00Z"), basis: String::new() }),
    );
    s.at("2026-11-22T02:33:00Z").step(patel, "spread", StepAct::Start { note: String::new(), why: String::new() });
    let wards = [("wards", "Ward 7, Ward 12, Ward 17, Radiology")];
    s.answers(patel, "spread", "Forty machines on the radiology and ward segments.", &wards);
    s.step(patel, "ransom-note", StepAct::Skip { why: "The note itself is taken in as a file.".into() });
    let told = Command::Notify(RecordNotification {
        step: Some(name("csoc")),
        duty: None,
        to: "NHS England CSOC".into(),
        means: "telephone 0300 303 5222".into(),
        reference: "CSOC-88214".into(),
        text: "Technical support requested. Northgate Hospital, A. Osei, 07700 900123. Four wards, radiology, since 01:50 UTC.".into(),
        why: "the call could not wait".into(),
    });
    s.does(osei, None, &told);
}

/// The wards are covered, and the segment is cut off.
fn cut(s: &mut Scene, [osei, patel, marsh]: [&Person; 3]) {
    s.at("2026-11-22T02:44:00Z").done(patel, "cover@Ward 7", "The nurse in charge said \"ready\".");
    s.done(patel, "cover@Ward 12", "Ready; wristbands are short, ten more were sent.");
    s.done(patel, "cover@Ward 17", "Ready.");
    s.done(patel, "cover@Radiology", "Ready: CT reports go to the wards on paper.");
    s.at("2026-11-22T02:51:00Z");
    s.decides(
        patel,
        marsh,
        "clinical-safety",
        "risk-accepted",
        "Encryption goes on. Paper charts are on all four wards; theatre list is stopped.",
    );
    s.decides(patel, osei, "how-far", "segment", "All known machines are on the radiology and ward segments. Cutting the site would stop chemotherapy prescribing.");
    s.decides(patel, osei, "links", "remote", "Suppliers can wait; results still come over HSCN.");
    s.at("2026-11-22T03:04:00Z").done(osei, "cut-segment", "Core ports 12 to 19 are shut; wards told by runner.");
    s.step(
        osei,
        "logs",
        StepAct::Block { why: "The firewall administrator is on the way; expected 03:40 UTC.".into() },
    );
    s.step(
        patel,
        "admins",
        StepAct::Start { note: "The break-glass account is being tried first.".into(), why: String::new() },
    );
    s.at("2026-11-22T03:10:00Z").done(osei, "sitrep", "Patients: no harm known. Cut off: radiology and four wards.");
    let ran = Command::Report(ReportCommand {
        step: name("volatile"),
        system: System::Windows,
        succeeded: false,
        outcome: "RAD-WS-04 answered \"Access is denied\". Not tried again: its memory is captured at once.".into(),
        why: String::new(),
    });
    s.does(patel, None, &ran);
    s.at("2026-11-22T03:22:00Z");
    s.does(patel, None, &item("RESTORE-FILES.txt", b"note", 1_843, "RAD-WS-04", "The ransom note as found."));
    s.does(
        patel,
        None,
        &item(
            "RAD-WS-04-memory.raw",
            b"memory",
            17_179_869_184,
            "RAD-WS-04",
            "Memory of the first machine; kept on the sealed disk AO/2.",
        ),
    );
    s.notes(patel, None, "Ward 17 asks for more drug charts.\nRunner sent with two boxes.");
}

/// It is seen outside the segment: the executive agrees to a site cut.
fn cut_more(s: &mut Scene, osei: &Person, patel: &Person) {
    let (question, given) = ("wards".to_owned(), "Ward 7, Ward 12, Ward 17, Radiology, Ward 21".to_owned());
    let why = "Seen at 03:27 UTC on the theatre segment.".to_owned();
    s.at("2026-11-22T03:31:00Z").does(patel, None, &Command::Answer(AnswerQuestion { question, given, why }));
    s.done(patel, "cover@Ward 21", "Ready; the runner stays there.");
    s.step(patel, "how-far", StepAct::Reopen { why: "Ward 21 is outside the segment that was cut.".into() });
    s.decides(patel, osei, "how-far", "site", "The edge is not known. Chemotherapy has printed charts until noon.");
    let agreed = Command::Approve(RecordApproval {
        step: name("site-ok"),
        agreed: true,
        person: person("M. Ellery", "on-call executive"),
        means: "telephone".into(),
        words: "Yes, cut it. Ring me each time a ward asks for a patient to be moved.".into(),
        why: String::new(),
        asker: patel.clone(),
    });
    s.does(patel, None, &agreed);
    s.at("2026-11-22T03:40:00Z").done(osei, "cut-segment", "The whole site, at both core switches.");
    s.at("2026-11-22T04:08:00Z").done(osei, "sitrep", "Patients: two moved. Cut off: the whole site.");
}

/// The small hours: the executive, the grading, two handovers.
fn morning(s: &mut Scene, osei: &Person, patel: &Person) {
    s.at("2026-11-22T04:10:00Z").does(
        osei,
        None,
        &Command::Decide(MakeDecision {
            step: None,
            question: "Do we divert ambulances?".into(),
            choice: "Yes, for stroke and trauma until 08:00 UTC".into(),
            rationale: "CT reporting is on paper and slow.".into(),
            decided_by: person("M. Ellery", "on-call executive"),
        }),
    );
    let grades = [("impact", "some"), ("likelihood", "likely")];
    s.at("2026-11-22T04:20:00Z").answers(patel, "grade", "Graded with the Data Protection Officer.", &grades);
    let doyle = person("M. Doyle", "incident lead");
    s.at("2026-11-22T04:30:00Z").done(osei, "handover", "To M. Doyle, who read it back.");
    s.at("2026-11-22T05:05:00Z").done(&doyle, "sitrep", "Patients: no change. Doing: the logs.");
    s.at("2026-11-22T05:31:00Z").done(&doyle, "handover", "Back to A. Osei, who read it back.");
    let why = "The group that runs this hospital is the operator in law, and reported for it at 05:30 UTC.".to_owned();
    let duty = "nis-72h".to_owned();
    s.at("2026-11-22T05:40:00Z").does(osei, None, &Command::WaiveClock(WaiveDuty { duty, why }));
}
