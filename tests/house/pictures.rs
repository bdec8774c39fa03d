//! The pictures of the README are the screens as they are now: of the sample case, to the last letter.

use crate::svg;
use carecert_react::{
    domain::{
        id::{CaseId, ConsoleId},
        person::Person,
        time::{Now, Time},
    },
    playbook::Library,
    runtime::{demo, home::Home},
    store::read::{Keep, Reader},
    tui::{
        Look, Model, Settings, draw_screen,
        keys::key::{Code, Key},
        model::msg::{Msg, Opened, PlaybookRow},
        update,
    },
};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};
use std::{fs, path::Path};

/// Columns and rows of each picture.
const SIZE: (u16, u16) = (100, 30);

/// Each picture: its name, what it shows, and the keys from the case's first place to there.
const PICTURES: &[(&str, &str, &str)] = &[
    (
        "now",
        "Now: the step to do next in full, and beside it patients, deadlines, people and what else can be done",
        "1",
    ),
    ("playbook", "Playbook: phases and steps with their states, and the step with the cursor in full", "2"),
    ("log", "Log: every entry with its time, citation, kind and text, and who wrote it", "3"),
    ("evidence", "Evidence: items with size, source and custody", "4"),
    ("decisions", "Decisions: what was decided, by whom, and why", "5"),
    ("systems", "Systems and indicators: what is affected, and the traces of the attack", "6"),
    ("clocks", "Clocks: the legal duties, which run, are met or are waived", "7"),
    ("people", "People: who takes part in which role, and how to reach whom", "8"),
    ("handover", "Handover: what the next responder needs, to be read aloud", "9"),
    ("integrity", "Integrity: the seal, the last check and the machine's clock", "0"),
    ("palette", "All actions, narrowed by what is typed", "1:over"),
    (
        "note",
        "A note: what is typed, when it happened, and the entry that will be recorded",
        "1nWard 7 rings: the printer works again",
    ),
];

fn now() -> Now {
    Now::fixed(Time::parse("2026-11-22T04:10:07Z").unwrap(), 0)
}

fn press(model: &mut Model, keys: &str) {
    for c in keys.chars() {
        let code = if c == '\t' { Code::Tab } else { Code::Char(c) };
        update(model, Msg::Key(Key::plain(code)));
    }
}

/// The console as someone who joins the night sees it, before the case is open.
fn console() -> Model {
    let who = Person { name: "J. Patel".into(), role: "Incident lead".into(), organisation: String::new() };
    let settings = Settings {
        look: Look::Default,
        ascii: false,
        keymap: Default::default(),
        faults: Vec::new(),
        asks_name: false,
        bell: false,
        mouse: false,
        here: String::new(),
    };
    let mut model = Model::new(who, "~/.local/share/carecert/cases".into(), settings);
    update(&mut model, Msg::Resize(SIZE.0, SIZE.1));
    update(&mut model, Msg::Tick(now()));
    model
}

/// The sample case in its place, open: the same identifiers, times and texts on every machine.
fn sample(home: &Path) -> Model {
    let home = Home::locate(Some(home)).unwrap();
    let console_id = ConsoleId::from_random([7; 10]);
    fs::write(home.state.join("console.id"), format!("{console_id}\n")).unwrap();
    let folder = demo::make_demo_as(&home, now(), Some(CaseId::from_random([0x5d; 10]))).unwrap().folder;
    let loaded = Reader::open(&folder).unwrap().load(Keep { tail: 1000, index: true }).unwrap();
    let mut model = console();
    let opened = Opened {
        case: loaded.case,
        index: loaded.index,
        tail: loaded.tail,
        console: console_id,
        responder: Person::named("J. Patel"),
        folder: format!("~/.local/share/carecert/cases/{}", folder.file_name().unwrap().to_string_lossy()),
        warnings: Vec::new(),
        read_only: None,
        unclear: None,
    };
    update(&mut model, Msg::Opened(Box::new(opened)));
    model
}

/// The box for a new incident, half written.
fn new_incident() -> Model {
    let mut model = console();
    update(&mut model, Msg::Cases(Vec::new(), Vec::new()));
    let library = Library::new(Vec::new());
    let row = |entry: &carecert_react::playbook::Entry| PlaybookRow {
        id: entry.playbook.id.clone(),
        title: entry.playbook.title.clone(),
        summary: entry.playbook.summary.clone(),
        steps: entry.playbook.steps().count(),
        origin: entry.origin.to_string(),
        source: entry.source.clone(),
        playbook: entry.playbook.clone(),
    };
    update(&mut model, Msg::Playbooks(library.list().iter().map(row).collect()));
    press(&mut model, "nWards 7 and 9 cannot log in, a note on the screens\t ");
    model
}

fn frame(model: &Model) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    terminal.draw(|frame| draw_screen(model, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// Every picture by its file's name.
fn pictures() -> Vec<(String, String)> {
    let home = tempfile::tempdir().unwrap();
    let sample = sample(home.path());
    let of = |(name, title, keys): &(&str, &str, &str)| {
        let mut model = sample.clone();
        press(&mut model, keys);
        (format!("{name}.svg"), svg::svg(&frame(&model), title))
    };
    let title = "A new incident: what is wrong, since when, how bad it is, and the playbooks to choose from";
    let new = ("new-incident.svg".to_owned(), svg::svg(&frame(&new_incident()), title));
    PICTURES.iter().map(of).chain([new]).collect()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures")
}

/// With `CARECERT_UPDATE_PICTURES=1` they are made anew instead.
#[test]
fn the_pictures_show_the_screens_as_they_are() {
    let pictures = pictures();
    if std::env::var_os("CARECERT_UPDATE_PICTURES").is_some() {
        fs::create_dir_all(folder()).unwrap();
        for (name, picture) in &pictures {
            fs::write(folder().join(name), picture).unwrap();
        }
    }
    let mut kept: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    kept.sort();
    let mut names: Vec<String> = pictures.iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    assert_eq!(kept, names, "assets/pictures holds these and no others");
    for (name, picture) in pictures {
        let kept = fs::read_to_string(folder().join(&name)).unwrap().replace("\r\n", "\n");
        let same = kept == picture;
        assert!(
            same,
            "{name} is old: CARECERT_UPDATE_PICTURES=1 cargo test --test house pictures:: makes the pictures anew"
        );
        assert!(picture.len() < 30_000, "{name} has {} bytes", picture.len());
    }
}

#[test]
fn a_second_sample_case_gives_the_same_pictures() {
    assert!(pictures() == pictures());
}

#[test]
fn the_readme_shows_every_picture_and_says_what_is_on_it() {
    let readme = include_str!("../../README.md");
    for (name, _) in pictures() {
        let marked = readme.split("](assets/pictures/").collect::<Vec<_>>();
        let shown = marked.windows(2).find(|pair| pair[1].starts_with(&format!("{name})")));
        let before = shown.unwrap_or_else(|| panic!("the README does not show {name}"))[0];
        let (_, alt) = before.rsplit_once("![").unwrap();
        assert!(alt.len() > 30, "{name} has no words for those who cannot see it: {alt:?}");
    }
}
