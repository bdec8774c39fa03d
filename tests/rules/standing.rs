//! How steps stand in a case and what comes next, on small playbooks that show one thing each.

use carecert_react::{
    domain::{
        case::{Case, refusal::Refusal, steps::StepStatus},
        decide::{
            ActOnStep, AnswerQuestion, Attach, CloseCase, Command, MakeDecision, OpenCase, RecordApproval,
            ReportCommand, StartClock, StepAct, decide,
        },
        id::{CaseId, ConsoleId},
        marking::{Severity, Tlp},
        person::Person,
        playbook::{Playbook, StepRef, System},
        record::{Draft, Record},
        time::{Now, Time},
    },
    playbook::{Library, draw_findings, examine_playbook},
};

struct Desk {
    case: Case,
    now: Time,
    log: Vec<Record>,
}

fn person(name: &str) -> Person {
    Person { name: name.into(), role: "lead".into(), organisation: String::new() }
}

/// A playbook around these steps.
fn book(id: &str, phases: &str) -> Attach {
    let text = format!(
        "(id: \"{id}\", version: \"1\", title: \"Title\", duties: [\"ico-72h\", \"csoc\"], \
         roles: [(id: \"lead\", title: \"Lead\")], phases: [{phases}])"
    );
    let library = Library::new(vec![("duties.ron".into(), DUTIES.into())]);
    let examined = examine_playbook(&text, library.duties());
    assert!(examined.usable(), "{}", draw_findings("test", &text, &examined.findings, false));
    let duties = ["ico-72h", "csoc"].map(|id| library.duty(id).unwrap().clone()).to_vec();
    let (origin, playbook) = ("test".to_owned(), examined.playbook.unwrap());
    Attach { source: text, origin, playbook, duties, why: String::new() }
}

const DUTIES: &str = r#"[(
    id: "ico-72h", title: "ICO", to: "ICO", starts: "When aware.", limit: 4320, source: "art. 33", checked_on: "2026-11-22",
    gate: [(question: "impact", at_least: 2), (question: "likelihood", at_least: 3)],
)]"#;

fn phase(id: &str, steps: &str) -> String {
    format!("(id: \"{id}\", title: \"{id}\", steps: [{steps}]),")
}

fn step(id: &str, more: &str) -> String {
    format!("(id: \"{id}\", title: \"Do {id}\", what: \"Do it.\", owner: \"lead\", {more}),")
}

fn one(steps: &[(&str, &str)]) -> Attach {
    book("one", &phase("only", &steps.iter().map(|(id, more)| step(id, more)).collect::<String>()))
}

const CUT: &str = r#"kind: Decision(question: "Cut?", options: [
    (id: "yes", label: "Yes", means: "Go."), (id: "no", label: "No", means: "Stay.")])"#;

impl Desk {
    fn with(attach: Attach) -> Self {
        let now = Time::parse("2026-11-22T03:00:00Z").unwrap();
        let mut desk = Self { case: Case::new(CaseId::from_random([9; 10])), now, log: Vec::new() };
        let (title, severity, tlp) = ("T".into(), Severity::High, Tlp::Amber);
        desk.run(Command::Open(OpenCase { title, severity, tlp, exercise: false })).unwrap();
        desk.run(Command::Attach(Box::new(attach))).unwrap();
        desk
    }

    fn run(&mut self, command: Command) -> Result<(), Refusal> {
        let console = ConsoleId::from_random([1; 10]);
        for event in decide(&self.case, &command, None, self.now)? {
            let (head, order) = (self.case.head(&console), self.case.order().after(self.now));
            let draft = Draft { by: person("Lead"), occurred: None, begun: None, event };
            let now = Now::fixed(self.now, 0);
            let record = Record::write(&self.case.id, &console, head, order, now, draft).unwrap();
            self.case.apply(&record);
            self.log.push(record);
        }
        Ok(())
    }

    fn later(&mut self, minutes: i64) {
        self.now = self.now.plus_minutes(minutes);
    }

    fn name(&self, step: &str) -> StepRef {
        self.case.find_step(step).unwrap()
    }

    fn act(&mut self, step: &str, act: StepAct) -> Result<(), Refusal> {
        let step = self.name(step);
        self.run(Command::Step(ActOnStep { step, act }))
    }

    fn done(&mut self, step: &str) {
        self.act(step, StepAct::Done { note: String::new(), why: String::new(), answers: Vec::new() }).unwrap();
    }

    fn choose(&mut self, step: &str, choice: &str) {
        let (step, decided_by) = (Some(self.name(step)), person("Boss"));
        let (question, choice, rationale) = (String::new(), choice.into(), "because".into());
        self.run(Command::Decide(MakeDecision { step, question, choice, rationale, decided_by })).unwrap();
    }

    fn answer(&mut self, question: &str, given: &str) -> Result<(), Refusal> {
        self.run(Command::Answer(AnswerQuestion { question: question.into(), given: given.into(), why: String::new() }))
    }

    fn standing(&self, step: &str) -> StepStatus {
        self.case.step_view(&self.name(step)).unwrap().status
    }

    fn next(&self) -> Option<String> {
        self.case.next(self.now).map(|point| point.name().to_string())
    }

    fn why(&self, step: &str) -> String {
        self.case.explain(&self.case.step_view(&self.name(step)).unwrap(), self.now).join(" ")
    }

    fn due(&self, step: &str) -> Option<i64> {
        let opened = self.case.opened.unwrap();
        self.case.step_view(&self.name(step)).unwrap().due.map(|due| due.seconds_since(opened) / 60)
    }
}

fn waiting(on: &[&str]) -> StepStatus {
    StepStatus::Waiting(on.iter().map(|id| (*id).to_owned()).collect())
}

#[test]
fn a_choice_closes_all_that_hangs_on_it_however_far_behind() {
    let mut desk = Desk::with(one(&[
        ("cut", CUT),
        ("how", &format!("when: Chose(\"cut\", \"yes\"), {CUT}")),
        ("far", "when: Chose(\"how\", \"no\")"),
        ("farther", "when: Any([Done(\"far\"), Chose(\"how\", \"yes\")])"),
        ("other", "when: Not(Chose(\"cut\", \"yes\"))"),
        ("last", "needs: [\"farther\", \"other\"]"),
    ]));
    assert_eq!(desk.standing("farther"), waiting(&["far", "how"]));
    assert_eq!(desk.standing("last"), waiting(&["farther", "other"]));
    desk.choose("cut", "no");
    for closed in ["how", "far", "farther"] {
        assert_eq!(desk.standing(closed), StepStatus::Closed, "{closed}");
    }
    assert_eq!((desk.standing("other"), desk.next()), (StepStatus::Ready, Some("one/other".into())));
    assert!(desk.why("far").contains("“Do how” came out as “No”"), "{}", desk.why("far"));
    desk.done("other");
    assert_eq!(desk.next(), Some("one/last".into()));
    // Taken back, everything is open again.
    desk.act("cut", StepAct::Reopen { why: "new facts".into() }).unwrap();
    desk.choose("cut", "yes");
    assert_eq!(desk.next(), Some("one/how".into()));
    assert_eq!(desk.standing("last"), waiting(&["farther"]));
}

#[test]
fn a_step_is_done_for_each_thing_of_an_answer() {
    let asks = r#"asks: [(id: "wards", ask: "Which wards?", form: List)]"#;
    let mut desk = Desk::with(one(&[
        ("list", asks),
        ("cover", "each: \"wards\""),
        ("check", "each: \"wards\", needs: [\"cover\"]"),
        ("all", "needs: [\"cover\"]"),
    ]));
    assert_eq!(desk.standing("cover"), waiting(&["list"]));
    let done = |answers| StepAct::Done { note: String::new(), why: String::new(), answers };
    let refused = desk.act("list", done(Vec::new())).unwrap_err();
    assert!(matches!(&refused, Refusal::Unanswered { questions, .. } if questions == &["wards"]), "{refused:?}");
    desk.act("list", done(vec![("wards".into(), "Ward 7, Ward 9".into())])).unwrap();
    assert_eq!(desk.next(), Some("one/cover@Ward 7".into()));
    assert_eq!(desk.case.next(desk.now).unwrap().title(), "Do cover: Ward 7");
    desk.done("cover@ward 7");
    // Each goes its own way, and what needs all waits for all.
    assert_eq!(desk.standing("check@Ward 7"), StepStatus::Ready);
    assert_eq!(desk.standing("check@Ward 9"), waiting(&["cover"]));
    assert_eq!(desk.standing("all"), waiting(&["cover"]));
    desk.done("cover@Ward 9");
    assert_eq!(desk.standing("all"), StepStatus::Ready);
    // The list grows while one is at work.
    desk.answer("wards", "Ward 7, Ward 9, ICU").unwrap();
    assert_eq!(desk.standing("cover@ICU"), StepStatus::Ready);
    assert_eq!((desk.standing("cover@Ward 7"), desk.standing("all")), (StepStatus::Done, waiting(&["cover"])));
    // The plain name means all that are left.
    desk.done("cover");
    assert_eq!((desk.standing("cover@ICU"), desk.standing("cover")), (StepStatus::Done, StepStatus::Done));
    // It means those that are known then: what is named later is still to be done.
    desk.answer("wards", "Ward 7, Ward 9, ICU, Theatres").unwrap();
    assert_eq!((desk.standing("cover@Theatres"), desk.standing("cover")), (StepStatus::Ready, StepStatus::Ready));
    desk.act("cover", StepAct::Skip { why: "closed at night".into() }).unwrap();
    assert_eq!((desk.standing("cover@Theatres"), desk.standing("cover@ICU")), (StepStatus::Skipped, StepStatus::Done));
    desk.act("cover", StepAct::Reopen { why: "once more".into() }).unwrap();
    assert_eq!((desk.standing("cover@ICU"), desk.standing("cover")), (StepStatus::Ready, StepStatus::Ready));
    desk.done("cover");
    assert!(desk.answer("wards", "ICU, Ward 7; Ward 9\nWard 7").is_ok(), "another order is another answer");
    assert!(matches!(desk.answer("wards", " "), Err(Refusal::BadAnswer { .. })));
    assert!(matches!(desk.answer("nothing", "x"), Err(Refusal::UnknownQuestion { .. })));
}

#[test]
fn what_a_list_does_not_name_is_closed_where_nobody_will_answer() {
    let mut desk = Desk::with(one(&[
        ("list", r#"asks: [(id: "wards", ask: "Which wards?", form: List)]"#),
        ("cover", "each: \"wards\""),
        ("all", "needs: [\"cover\"]"),
    ]));
    desk.act("list", StepAct::Skip { why: "none known".into() }).unwrap();
    assert_eq!((desk.standing("cover"), desk.next()), (StepStatus::Closed, Some("one/all".into())));
    desk.act("cover", StepAct::Skip { why: "no ward is known".into() }).unwrap();
    desk.answer("wards", "Ward 7").unwrap();
    assert_eq!(desk.next(), Some("one/cover@Ward 7".into()), "it was left out for want of wards, and here is one");
}

#[test]
fn answers_stand_in_texts_and_conditions() {
    let scale = |id: &str| {
        format!(
            "(id: \"{id}\", ask: \"How {id}?\", form: OneOf([(id: \"a\", label: \"1 A\"), (id: \"b\", label: \"2 B\"), (id: \"c\", label: \"3 C\")])),"
        )
    };
    let mut desk = Desk::with(book(
        "one",
        &phase(
            "only",
            &[
                step("grade", &format!("asks: [{}{}(id: \"people\", ask: \"How many?\", form: Number, optional: true)]", scale("impact"), scale("likelihood"))),
                step("tell", "when: Gate(\"ico-72h\")"),
                step("quiet", "when: Not(Gate(\"ico-72h\"))"),
                step("many", "when: AtLeast(\"people\", 500)"),
                "(id: \"say\", title: \"Say {impact} of {{x}}\", what: \"{people} people, {likelihood}.\", owner: \"lead\"),".into(),
            ]
            .concat(),
        ),
    ));
    let fill = |desk: &Desk| {
        let point = desk.case.step_view(&desk.name("say")).unwrap();
        (point.title(), point.fill(&point.step.what))
    };
    assert_eq!(fill(&desk).0, "Say (impact: not known yet) of {x}");
    assert_eq!((desk.standing("tell"), desk.standing("many")), (waiting(&["grade"]), waiting(&["grade"])));
    desk.answer("impact", "2").unwrap();
    assert_eq!(desk.standing("tell"), waiting(&["grade"]), "one of two is not known yet");
    desk.answer("likelihood", "2 b").unwrap();
    assert_eq!((desk.standing("tell"), desk.standing("quiet")), (StepStatus::Closed, StepStatus::Ready));
    desk.answer("likelihood", "c").unwrap();
    assert_eq!((desk.standing("tell"), desk.standing("quiet")), (StepStatus::Ready, StepStatus::Closed));
    desk.done("grade");
    assert_eq!(desk.standing("many"), StepStatus::Closed, "nobody will answer what may be left out");
    desk.answer("people", "1,200").unwrap();
    assert_eq!(desk.standing("many"), StepStatus::Ready);
    assert_eq!(fill(&desk), ("Say 2 B of {x}".into(), "1200 people, 3 C.".into()));
}

#[test]
fn another_person_agrees_and_a_command_goes_well_or_not() {
    let mut desk = Desk::with(one(&[
        ("ask", "kind: Approve(by: \"lead\", question: \"Wipe it?\")"),
        ("wipe", "when: Chose(\"ask\", \"agreed\"), kind: Command(lines: [(system: Linux, argv: [\"echo\", \"hi\"])])"),
        ("again", "when: Chose(\"wipe\", \"failed\")"),
        ("stop", "when: Chose(\"ask\", \"refused\")"),
    ]));
    let refused = desk.act("ask", StepAct::Done { note: "ok".into(), why: String::new(), answers: vec![] });
    assert!(matches!(refused, Err(Refusal::ByKind { kind: "approve", .. })), "{refused:?}");
    let ask = |desk: &Desk, who: &str, agreed, why: &str| {
        Command::Approve(RecordApproval {
            step: desk.name("ask"),
            agreed,
            person: person(who),
            means: "telephone".into(),
            words: String::new(),
            why: why.into(),
            asker: person("Lead"),
        })
    };
    assert!(matches!(desk.run(ask(&desk, " lead ", true, "")), Err(Refusal::SamePerson { .. })));
    desk.run(ask(&desk, "Boss", false, "")).unwrap();
    assert_eq!((desk.standing("wipe"), desk.standing("stop")), (StepStatus::Closed, StepStatus::Ready));
    assert!(matches!(desk.run(ask(&desk, "Boss", true, "")), Err(Refusal::Already { .. })));
    desk.run(ask(&desk, "Boss", true, "rang back")).unwrap();
    assert_eq!((desk.standing("wipe"), desk.standing("stop")), (StepStatus::Ready, StepStatus::Closed));
    assert_eq!(desk.case.approvals.len(), 2, "both are kept");
    let ran = |desk: &Desk, system, succeeded| {
        Command::Report(ReportCommand {
            step: desk.name("wipe"),
            system,
            succeeded,
            outcome: "no such disk".into(),
            why: String::new(),
        })
    };
    assert!(matches!(desk.run(ran(&desk, System::Windows, true)), Err(Refusal::NoCommand { .. })));
    desk.run(ran(&desk, System::Linux, false)).unwrap();
    assert_eq!(desk.next(), Some("one/again".into()));
}

#[test]
fn what_recurs_comes_back_until_it_is_ended() {
    let mut desk = Desk::with(one(&[
        ("report", "due: 20, kind: Recur(every: 60, until: \"down\")"),
        ("work", ""),
        ("down", "needs: [\"report\"]"),
    ]));
    assert_eq!((desk.next(), desk.due("report")), (Some("one/work".into()), Some(20)), "it is not due yet");
    desk.later(15);
    assert_eq!(desk.next(), Some("one/report".into()));
    desk.done("report");
    assert_eq!((desk.standing("report"), desk.due("report")), (StepStatus::Repeats, Some(75)));
    assert_eq!(desk.standing("down"), StepStatus::Ready, "once is enough for what needs it");
    desk.later(54);
    assert_eq!(desk.next(), Some("one/work".into()));
    desk.later(1);
    assert_eq!(desk.next(), Some("one/report".into()));
    desk.done("report");
    let report = desk.case.step_view(&desk.name("report")).unwrap();
    assert_eq!(report.progress.unwrap().times, 2);
    desk.done("down");
    assert_eq!(desk.standing("report"), StepStatus::Done);
    desk.later(600);
    assert_eq!(desk.next(), Some("one/work".into()));
}

#[test]
fn what_recurs_can_be_skipped_for_good() {
    let mut desk = Desk::with(one(&[("report", "kind: Recur(every: 60)"), ("work", "")]));
    desk.done("work");
    desk.done("report");
    assert_eq!(desk.next(), None, "nothing is left but what is due in an hour");
    desk.act("report", StepAct::Skip { why: "over".into() }).unwrap();
    desk.later(600);
    assert_eq!((desk.standing("report"), desk.next()), (StepStatus::Skipped, None));
}

#[test]
fn phases_overlap_unless_one_needs_another() {
    let phases = [
        phase("contain", &(step("a", "") + &step("b", ""))),
        phase("tell", &step("c", "due: 5")),
        "(id: \"recover\", title: \"Recover\", needs: [\"contain\"], when: Not(Chose(\"cut\", \"no\")), steps: ["
            .into(),
        step("d", "") + "]),",
        phase("choose", &step("cut", CUT)),
    ];
    let mut desk = Desk::with(book("one", &phases.concat()));
    assert_eq!((desk.standing("c"), desk.standing("d")), (StepStatus::Ready, waiting(&["phase contain", "cut"])));
    assert!(desk.why("d").contains("phase contain: “Do a”, “Do b”"), "{}", desk.why("d"));
    desk.choose("cut", "yes");
    desk.done("b");
    assert_eq!(desk.standing("d"), waiting(&["phase contain"]));
    desk.done("a");
    assert_eq!(desk.standing("d"), StepStatus::Ready);
    desk.act("cut", StepAct::Reopen { why: "new facts".into() }).unwrap();
    desk.choose("cut", "no");
    assert_eq!(desk.standing("d"), StepStatus::Closed, "the whole phase is closed");
}

#[test]
fn due_times_count_from_what_the_playbook_says() {
    let mut desk = Desk::with(one(&[
        ("a", "due: 10"),
        ("b", "due: 30, due_after: Step(\"a\"), needs: [\"a\"]"),
        ("c", "due: 60, due_after: Aware(\"ico-72h\")"),
        ("d", "due: 5, due_after: Case"),
    ]));
    assert_eq!((desk.due("a"), desk.due("b"), desk.due("c"), desk.due("d")), (Some(10), None, None, Some(5)));
    desk.later(7);
    desk.done("a");
    let (aware, basis) = (desk.now.plus_minutes(-2), "call".into());
    desk.run(Command::StartClock(StartClock { duty: "ico-72h".into(), aware, basis })).unwrap();
    assert_eq!((desk.due("b"), desk.due("c")), (Some(37), Some(65)));
    desk.run(Command::Close(CloseCase { why: "over".into() })).unwrap();
    assert_eq!((desk.due("b"), desk.next()), (None, None));
}

#[test]
fn several_playbooks_share_what_is_the_same_act() {
    let shared = |more: &str| format!("shared: \"nation\", {more}");
    let mut desk = Desk::with(one(&[("nation", &shared(CUT)), ("a", "when: Chose(\"nation\", \"yes\"), due: 60")]));
    let asks = r#"shared: "list", asks: [(id: "wards", ask: "Which wards?", form: List)]"#;
    let two = |steps: &[(&str, &str)]| Attach {
        playbook: Playbook { id: "two".into(), ..one(steps).playbook },
        ..one(steps)
    };
    desk.choose("nation", "yes");
    let where_is = shared(CUT);
    let steps = [("where", where_is.as_str()), ("b", "when: Chose(\"where\", \"yes\"), due: 5"), ("list", asks)];
    desk.run(Command::Attach(Box::new(two(&steps)))).unwrap();
    assert_eq!(desk.standing("where"), StepStatus::Done, "it was asked already");
    assert!(desk.why("where").contains("in one/nation, which is the same step"), "{}", desk.why("where"));
    assert_eq!(desk.next(), Some("two/b".into()), "of each playbook's first open step, the one that is due first");
    // Later acts go both ways, and what is taken back is taken back in both.
    desk.act("two/where", StepAct::Reopen { why: "wrong".into() }).unwrap();
    assert_eq!((desk.standing("nation"), desk.standing("a")), (StepStatus::Ready, waiting(&["nation"])));
    desk.choose("two/where", "no");
    assert_eq!((desk.standing("a"), desk.standing("b")), (StepStatus::Closed, StepStatus::Closed));
}

#[test]
fn a_newer_version_keeps_what_is_done_and_tells_the_difference() {
    let first = one(&[("a", ""), ("b", ""), ("c", "")]);
    let mut desk = Desk::with(first.clone());
    desk.done("a");
    desk.done("c");
    assert!(matches!(desk.run(Command::Attach(Box::new(first))), Err(Refusal::Attached { .. })));
    let newer = one(&[("a", "due: 5"), ("d", ""), ("b", "needs: [\"d\"]")]);
    desk.run(Command::Attach(Box::new(newer))).unwrap();
    let updated = desk.log.last().unwrap();
    let carecert_react::domain::event::Event::PlaybookUpdated(updated) = &updated.event else { panic!("{updated:?}") };
    assert_eq!(
        updated.changes,
        [
            "step a, when it is due is added: within 5 min",
            "step added to only: Do d (d)",
            "step b, it needs added: d",
            "step taken out of only: Do c (c)",
        ]
    );
    assert_eq!(
        (desk.standing("a"), desk.standing("b"), desk.next()),
        (StepStatus::Done, waiting(&["d"]), Some("one/d".into()))
    );
    assert!(desk.case.plans[0].progress.contains_key("c"), "what was done is not forgotten");
}

#[test]
fn a_done_step_is_done_again_with_a_reason() {
    let mut desk = Desk::with(one(&[("a", "")]));
    let done = |why: &str| StepAct::Done { note: String::new(), why: why.into(), answers: Vec::new() };
    desk.done("a");
    assert!(matches!(desk.act("a", done("")), Err(Refusal::Already { state: "done", .. })));
    desk.act("a", done("the first try was on the wrong host")).unwrap();
    assert_eq!(desk.case.step_view(&desk.name("a")).unwrap().progress.unwrap().times, 2);
}
