//! The log, the search over the whole case and the palette, over a case that is far longer than any window.

use crate::{
    domain::{
        decide::{AddEvidence, AddNote, Command, CorrectEntry, Item, MarkEntry},
        event::Event,
        id::{EntryId, Hash},
        search::Index,
    },
    tui::{
        keys::{
            action::Context,
            key::{Code, Key},
            place::Place,
        },
        model::{effect::Effect, msg::Msg, overlays::Overlay},
        screens::selected_entry,
        testing::{Desk, patel},
        update,
    },
};
use ratatui::style::Modifier;

fn wrote(desk: &mut Desk, text: &str) -> EntryId {
    desk.wrote("02:41:00", Command::Note(AddNote { text: text.into() }))[0].id.clone()
}

/// A case with 600 notes more than the typical one, opened with only its latest 20 entries at hand.
pub(super) fn long() -> Desk {
    let mut desk = Desk::typical();
    for number in 0..600 {
        let place = if number % 50 == 7 { "Theatre 9" } else { "Ward 7" };
        wrote(&mut desk, &format!("{place} entry {number} on paper"));
    }
    desk.open_with(20);
    desk
}

/// The text under the marks of what was looked for.
fn marked(desk: &Desk) -> String {
    let marked = |modifier: Modifier| modifier.contains(Modifier::UNDERLINED | Modifier::BOLD);
    desk.cells(80, 23).content.iter().filter(|cell| marked(cell.modifier)).map(|cell| cell.symbol()).collect()
}

fn at(desk: &Desk) -> String {
    let screen = desk.model.case.as_ref().unwrap();
    screen.case.cite(&selected_entry(screen).unwrap())
}

/// Answers what was asked for from the whole log, as the writer does.
fn answered(desk: &mut Desk, effects: Vec<Effect>) -> usize {
    let asked = effects.len();
    for effect in effects {
        let Effect::ReadEntry(entry) = effect else { panic!("{effect:?}") };
        let record = desk.log.iter().find(|record| record.id == entry).cloned();
        update(&mut desk.model, Msg::Entry(entry, record.map(Box::new)));
    }
    asked
}

#[test]
fn every_entry_of_a_long_log_is_in_reach() {
    let mut desk = long();
    desk.press("3");
    assert_eq!(at(&desk), "A612");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("612 entries") && frame.contains("entry 599") && !frame.contains("A3 "), "{frame}");
    let effects = desk.press("g");
    assert_eq!(effects, [Effect::ReadEntry(desk.log[0].id.clone())], "the first is not at hand");
    assert!(desk.press("<up>").is_empty(), "asked once");
    assert_eq!(answered(&mut desk, effects), 1);
    assert!(desk.frame(80, 23).contains("A1   opened"), "{}", desk.frame(80, 23));
    desk.press("<enter>");
    assert!(desk.frame(80, 23).contains("Wards cannot log in") && desk.frame(80, 23).contains("A1  opened"));
    // What is recorded elsewhere meanwhile does not move the cursor, and is followed from the end.
    desk.press("qj");
    let news = desk.wrote("02:41:00", Command::Note(AddNote { text: "from elsewhere".into() }));
    update(&mut desk.model, Msg::Entries(news));
    assert_eq!(at(&desk), "A2");
    desk.press("G");
    assert_eq!(at(&desk), "A613");
}

#[test]
fn an_entry_far_back_is_read_before_it_is_corrected() {
    let mut desk = long();
    desk.press("c");
    let effects = desk.press("first screen<enter>");
    assert_eq!(effects.len(), 1, "it is not at hand: {effects:?}");
    assert!(desk.model.overlays.stack.is_empty());
    answered(&mut desk, effects);
    let frame = desk.frame(80, 23);
    assert!(frame.contains("Correct A7") && frame.contains("Night porter saw"), "{frame}");
    // One that the file cannot give is said to be so.
    let mut desk = long();
    desk.press("cfirst screen<enter>");
    update(&mut desk.model, Msg::Entry(desk.log[6].id.clone(), None));
    assert!(desk.model.overlays.stack.is_empty() && desk.frame(80, 23).contains("v checks the file"));
}

#[test]
fn the_filter_narrows_as_it_is_typed_and_marks_what_it_found() {
    let mut desk = long();
    desk.press("3/theatre 9");
    assert_eq!(desk.model.context(), Context::Filter);
    let frame = desk.frame(80, 23);
    assert!(frame.contains(" / theatre 9") && frame.contains("12 of 612"), "{frame}");
    assert!(marked(&desk).contains("Theatre9"), "{}", marked(&desk));
    desk.press("<backspace><backspace> finishing");
    assert!(desk.frame(80, 23).contains("1 of 612") && desk.frame(80, 23).contains("A10  note"));
    desk.press("<enter>");
    assert_eq!((desk.model.context(), at(&desk).as_str()), (Context::At(Place::Log), "A10"));
    desk.press("/ nowhere");
    assert!(desk.frame(80, 23).contains("No entry has all of this"));
    desk.press("<esc>");
    assert!(desk.frame(80, 23).contains("612 entries") && at(&desk) == "A10", "the cursor stays on its entry");
    desk.press("/kind:note by:patel<enter>");
    assert!(desk.frame(80, 23).contains("602 of 612"), "{}", desk.frame(80, 23));
    desk.press("<esc>");
    assert!(desk.frame(80, 23).contains("612 entries"), "Esc clears a filter that is kept, too");
    assert_eq!(desk.model.context(), Context::At(Place::Log));
    desk.press("<esc>");
    assert_eq!(desk.model.context(), Context::At(Place::Now), "and then goes back");
}

#[test]
fn what_was_found_beyond_the_line_is_shown() {
    let mut desk = Desk::typical();
    let text = format!("{} the keyword stands far behind", "many words before it, ".repeat(20));
    wrote(&mut desk, &text);
    desk.open();
    desk.press("3/keyword");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("many words b … ") && frame.contains("keyword stands"), "{frame}");
    assert_eq!(marked(&desk), "keyword");
}

#[test]
fn a_citation_is_gone_to_from_the_filter_the_search_and_the_palette() {
    let mut desk = long();
    desk.press("3/a17");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("⏎ goes to A17") && frame.contains("⏎ go there"), "{frame}");
    assert!(!frame.contains("No entry has all of this") && frame.contains(" A17  "), "{frame}");
    desk.press("<enter>");
    assert_eq!(at(&desk), "A17");
    assert!(desk.frame(80, 23).contains("612 entries"));
    desk.press("1/A300<enter>");
    assert_eq!((at(&desk).as_str(), desk.model.context()), ("A300", Context::At(Place::Log)));
    desk.press("1:a45<enter>");
    assert_eq!(at(&desk), "A45");
}

#[test]
fn the_order_turns_to_when_things_happened() {
    let mut desk = Desk::typical();
    let late = desk.wrote_at("02:41:00", Some("02:10:00"), Command::Note(AddNote { text: "told only now".into() }));
    desk.open();
    desk.press("3");
    let place = |desk: &Desk| desk.frame(80, 23).lines().position(|line| line.contains("told only now"));
    let (last, frame) = (place(&desk), desk.frame(80, 23));
    assert!(frame.contains("by when it was recorded") && frame.contains("(03:10) told only now"), "{frame}");
    desk.press("o");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("by when it happened") && frame.contains("(logged 03:41) told only now"), "{frame}");
    assert!(place(&desk) < last, "it stands where it belongs");
    desk.press("/told<enter>");
    assert_eq!(at(&desk), desk.case.cite(&late[0].id));
    desk.press("o<esc>o");
    // What comes in is put in its place in this order too.
    let other = desk.wrote_at("02:41:00", Some("02:11:00"), Command::Note(AddNote { text: "and this".into() }));
    update(&mut desk.model, Msg::Entries(other));
    let frame = desk.frame(80, 23);
    let of = |text: &str| frame.lines().position(|line| line.contains(text)).unwrap();
    assert_eq!(of("and this"), of("told only now") + 1, "{frame}");
}

#[test]
fn corrections_and_marks_are_seen_in_the_row_and_on_the_page() {
    let mut desk = Desk::typical();
    let wrong = desk.log[6].clone();
    let correct = Command::Correct(CorrectEntry {
        entry: wrong.id.clone(),
        hash: wrong.hash,
        text: "It was the day porter".into(),
        why: "misheard".into(),
    });
    desk.wrote("02:41:00", correct);
    let mark =
        Command::FollowUp(MarkEntry { entry: wrong.id.clone(), hash: wrong.hash, on: true, why: "ask him".into() });
    desk.wrote("02:41:00", mark);
    wrote(&mut desk, "As A7 says, but not as A70 says");
    desk.open();
    desk.press("3");
    let frame = desk.frame(120, 40);
    assert!(frame.contains("A7  ⚑note") && frame.contains("corrected by A13"), "{frame}");
    assert!(frame.contains("A7: It was the day porter  was: Night porter saw"), "{frame}");
    let cells = desk.cells(120, 40);
    let struck: String = cells
        .content
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::CROSSED_OUT))
        .map(|cell| cell.symbol())
        .collect();
    assert!(struck.starts_with("Night porter saw"), "{struck}");
    desk.press("/is:follow<enter>");
    assert_eq!(at(&desk), "A7");
    assert!(desk.frame(80, 23).contains("1 of 15"));
    desk.model.env.theme.ascii = true;
    assert!(desk.frame(80, 23).contains("A7  &note"));
    desk.model.env.theme.ascii = false;
    desk.press("<enter>");
    let page = desk.frame(80, 40);
    for said in ["Corrected", "by A13", "misheard", "⚑ Follow up", "ask him", "Named in", "A15  note  As A7 says"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(page.matches("A13").count(), 1, "what it says itself is not named again: {page}");
    desk.press("q<esc>/day porter<enter><enter>");
    assert!(desk.frame(80, 40).contains("Was         A7  note  Night porter"), "{}", desk.frame(80, 40));
}

#[test]
fn what_is_shown_can_be_chosen_from_a_list_with_counts() {
    let mut desk = long();
    desk.press("3F");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("What is to be shown?") && frame.contains("note ") && frame.contains("602"), "{frame}");
    assert!(frame.contains("by J. Patel"), "{frame}");
    desk.press("clock<enter>");
    let frame = desk.frame(80, 23);
    assert!(frame.contains(" / kind:clock-started") && frame.contains("2 of 612"), "{frame}");
    desk.press("Fclock");
    assert!(desk.frame(80, 23).contains("✓ clock-started"));
    desk.press("<enter>");
    assert!(desk.frame(80, 23).contains("612 entries"), "chosen again, it is taken out");
}

#[test]
fn the_search_looks_through_steps_entries_and_evidence() {
    let mut desk = long();
    let item = Item {
        name: "sim-card.bin".into(),
        sha256: Hash::of(b"x"),
        size: 1,
        copied: false,
        origin: "/media/usb".into(),
        source: "DC01".into(),
        about: String::new(),
        modified: None,
    };
    desk.wrote("02:41:00", Command::AddEvidence(AddEvidence { item, step: None }));
    desk.open_with(20);
    desk.press("/dc01");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("1 entry") && frame.contains("sim-card.bin"), "{frame}");
    desk.press("<enter>");
    assert_eq!(at(&desk), "A613");
    desk.press("1/core switch");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("1 step") && frame.contains("Isolate the affected segment … "), "in its text: {frame}");
    assert_eq!(marked(&desk), "coreswitch");
    // What is to be said, and what a decision asks, is looked through as well; the excerpt begins with a whole word.
    for (words, shown) in
        [("goes on", "Call the CSOC         … wards 5 to 8. Care goes on"), ("cut off", "Decide how far to isol")]
    {
        desk.press(&format!("<ctrl-u>{words}"));
        assert!(desk.frame(80, 23).contains(shown), "{words}: {}", desk.frame(80, 23));
    }
    desk.press("<ctrl-u>theatre 9");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("12 entries") && frame.contains("entry 557"), "{frame}");
    desk.press("<down><down><enter>");
    assert_eq!(at(&desk), desk.case.cite(&desk.log[12 + 457].id), "the newest first");
}

#[test]
fn what_a_search_does_not_see_is_said() {
    let mut desk = Desk::new();
    desk.index = Index::up_to(2000);
    desk.history();
    desk.open();
    desk.press("1/nowhere");
    assert!(!desk.frame(80, 23).contains("beginning"), "{}", desk.frame(80, 23));
    wrote(&mut desk, &format!("{} at last", "x".repeat(3000)));
    desk.open();
    desk.press("1/last");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("1 entry is searched by its beginning only; carecert log shows it whole"), "{frame}");
    desk.press("<esc>3/last");
    let frame = desk.frame(80, 23);
    assert!(frame.contains("0 of 13, 1 seen in part"), "{frame}");
}

#[test]
fn the_palette_finds_actions_steps_and_entries_by_a_few_letters() {
    let mut desk = long();
    desk.press(":cltc");
    let frame = desk.frame(80, 23);
    let first = frame.lines().nth(6).unwrap();
    assert!(first.contains("close the case"), "{frame}");
    assert!(marked(&desk).starts_with("cl"), "{}", marked(&desk));
    desk.press("<esc>:rstr clin");
    assert!(desk.frame(80, 23).contains("Restore by clinical priority"), "{}", desk.frame(80, 23));
    desk.press("<enter>");
    assert_eq!(desk.model.context(), Context::At(Place::Playbook));
    desk.press(":entry 123");
    assert!(desk.frame(80, 23).contains("A136 note"), "{}", desk.frame(80, 23));
    desk.press("<esc>:wrdntr599");
    assert!(desk.frame(80, 23).contains("A612 note"), "letters of a late entry: {}", desk.frame(80, 23));
    desk.press("<enter>");
    assert_eq!(at(&desk), "A612");
    desk.press(":zzzzqq");
    assert!(desk.frame(80, 23).contains("Nothing fits"));
    assert!(matches!(desk.model.overlays.stack.last(), Some(Overlay::Search(_))));
    desk.press("<ctrl-u>undo<enter>");
    assert!(desk.frame(80, 23).contains("Undo A612"), "{}", desk.frame(80, 23));
    assert!(matches!(desk.log.last().unwrap().event, Event::Note(_)) && patel().name == "J. Patel");
}

/// A page that is pasted where something is looked for would be looked for word by word, at each key from then on.
#[test]
fn what_is_too_long_to_look_for_is_not_taken() {
    let page = "a line of a long paste\r\n".repeat(1600);
    let typed = |desk: &Desk| match desk.model.overlays.stack.last() {
        Some(Overlay::Search(search)) => search.field.text(),
        Some(Overlay::List(list)) => list.field.text(),
        _ => desk.model.case.as_ref().unwrap().log.field.text(),
    };
    for keys in ["/", ":", "3/", "3F", "p"] {
        let mut desk = Desk::typical();
        desk.press(keys);
        desk.press("ward");
        update(&mut desk.model, Msg::Paste(page.clone()));
        assert_eq!(typed(&desk), "ward", "{keys}");
        assert!(desk.frame(80, 23).contains("too long to look for"), "{keys}: {}", desk.frame(80, 23));
        page.chars().take(1200).for_each(|c| drop(update(&mut desk.model, Msg::Key(Key::plain(Code::Char(c))))));
        assert!(typed(&desk).len() <= 500 && typed(&desk).starts_with("ward"), "{keys}");
    }
}
