//! Drafts of every kind of form, as an earlier program kept them: they are read, and go on as they were left.

use super::{
    kinds::every_kind,
    many::{attach, newer, row},
};
use crate::{
    domain::{
        asset::{AssetKind, AssetState, Importance},
        decide::{ActOnStep, AddNote, AnswerQuestion, Command, MarkEntry, StateImpact, StepAct, decide},
        event::{AssetNoted, ContactNoted, IndicatorNoted},
        indicator::IndicatorKind,
        playbook::StepRef,
    },
    tui::{
        Model,
        keys::key::Key,
        model::{
            drafts::Draft,
            effect::Effect,
            msg::Msg,
            overlays::{Overlay, open_form::Status},
        },
        testing::{Desk, duty, playbooks},
        update,
        update::drafts,
    },
};

/// Files of drafts, each as the program wrote it: of a case, and of no case.
pub(super) const OF_THE_CASE: &str = include_str!("../../../tests/frozen/drafts/case.json");
pub(super) const OF_NO_CASE: &str = include_str!("../../../tests/frozen/drafts/no-case.json");

/// A case that has something for every form.
pub(super) fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.history();
    let duties = vec![duty("ico-72h", "ICO", "the ICO", Some(72 * 60))];
    desk.wrote("02:39:10", attach(every_kind(), "(1)", duties));
    let wards = "Ward 7\nWard 9".to_owned();
    desk.wrote(
        "02:39:11",
        Command::Answer(AnswerQuestion { question: "every-kind/wards".into(), given: wards, why: String::new() }),
    );
    desk.wrote(
        "02:39:12",
        Command::Note(AddNote { text: "ward7-pc3 calls 203.0.113.77 and hxxp://evil[.]example/x".into() }),
    );
    let asset = AssetNoted {
        name: "PACS".into(),
        kind: AssetKind::System,
        importance: Importance::Clinical,
        state: AssetState::Suspected,
        about: "images".into(),
    };
    desk.wrote("02:39:13", Command::NoteAsset(asset));
    let (value, about, source) = ("evil.example".to_owned(), "where it calls".to_owned(), "the firewall".to_owned());
    desk.wrote(
        "02:39:14",
        Command::NoteIndicator(IndicatorNoted { kind: IndicatorKind::Domain, value, about, source }),
    );
    let contact = ContactNoted {
        name: "Porter".into(),
        role: "night porter".into(),
        organisation: "Northfield NHS Trust".into(),
        reach: "bleep 12".into(),
        about: String::new(),
    };
    desk.wrote("02:39:15", Command::NoteContact(contact));
    let (entry, hash) = (desk.log[4].id.clone(), desk.log[4].hash);
    desk.wrote("02:39:16", Command::FollowUp(MarkEntry { entry, hash, on: true, why: "which desktops?".into() }));
    desk.wrote("02:39:17", Command::StateImpact(StateImpact { text: "two clinics moved to Friday".into() }));
    let step = StepRef { playbook: "ransomware".into(), step: "backups".into() };
    desk.wrote(
        "02:39:18",
        Command::Step(ActOnStep { step, act: StepAct::Start { note: "J. Singh".into(), why: String::new() } }),
    );
    desk.open();
    books(&mut desk.model);
    desk
}

pub(super) fn books(model: &mut Model) {
    update(model, playbooks());
    let mut books = vec![row(newer(), "(2)")];
    books.append(&mut model.env.playbooks);
    update(model, Msg::Playbooks(books));
}

/// What the form of a draft says, and what it comes to when it is recorded.
fn came(model: &Model, draft: &Draft) -> String {
    let mut model = model.clone();
    let whose = model.case().map(|case| case.id.clone());
    update(&mut model, Msg::Drafts(whose, vec![draft.clone()]));
    let mut sheet = model.drafts.shelf.pop().unwrap();
    assert_eq!(sheet.kind, draft.kind, "{draft:?}");
    sheet.form.at = 0;
    let known: String = sheet.intro.iter().map(|(name, text)| format!("  {name}: {text}\n")).collect();
    let text = format!("{}\n{known}{}", sheet.title, sheet.form.to_text());
    model.overlays.stack.clear();
    model.overlays.stack.push(Overlay::Form(Box::new(sheet)));
    let sorted = |draft: &Draft| {
        let mut typed = draft.typed.clone();
        // A reason that was asked for among the fields comes back in front of them.
        typed.sort_by(|(one, _), (other, _)| one.cmp(other));
        (typed, draft.begun, draft.by.clone())
    };
    let again = drafts::list_drafts(&model);
    assert_eq!(again.iter().map(sorted).collect::<Vec<_>>(), [sorted(draft)], "what was kept of it is kept again");
    let key = Key::ctrl('s');
    let mut effects = update(&mut model, Msg::Key(key));
    if effects.iter().all(|effect| matches!(effect, Effect::KeepDrafts(..))) {
        effects = update(&mut model, Msg::Key(key));
    }
    let sheet = model.form_on_top().unwrap();
    let sent = match effects.first() {
        Some(Effect::Commit(_, commit)) => {
            let (case, now) = (model.case().unwrap(), model.env.now.unwrap());
            let events = decide(case, &commit.command, commit.occurred, now.at).unwrap();
            let events: Vec<String> = events
                .iter()
                .map(|event| format!("{}  {}", event.kind(), serde_json::to_string(event).unwrap()))
                .collect();
            format!("{}\n  occurred {:?}, begun {:?}", events.join("\n  "), commit.occurred, commit.begun)
        }
        Some(Effect::KeepDrafts(..)) | None => match &sheet.form.fault {
            Some(fault) => format!("at {}: {}", fault.id, fault.text),
            None => match &sheet.status {
                Status::Refused(report) => format!("refused: {}. {}", report.what, report.hint.clone().unwrap()),
                status => format!("{status:?}"),
            },
        },
        Some(effect) => format!("{effect:?}"),
    };
    format!("{text}  = {sent}\n")
}

pub(super) fn read(text: &str) -> Vec<Draft> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn drafts_of_an_earlier_program_go_on_as_they_were_left() {
    let desk = desk();
    let mut home = Desk::new();
    books(&mut home.model);
    let of_case = read(OF_THE_CASE).into_iter().map(|draft| came(&desk.model, &draft));
    let of_none = read(OF_NO_CASE).into_iter().map(|draft| came(&home.model, &draft));
    insta::assert_snapshot!("old_drafts", of_case.chain(of_none).collect::<Vec<_>>().join("\n"));
}

#[test]
fn files_of_drafts_are_written_as_before() {
    for text in [OF_THE_CASE, OF_NO_CASE] {
        assert_eq!(serde_json::to_string(&read(text)).unwrap(), text.trim_end());
    }
}
