//! Whatever stands in a field of a case, a form or an answer: the frame stays whole.
//!
//! A night of everything is told anew with hostile text in each of its fields, as an entry of another console may have
//! it: what the domain would refuse to a person who types is on screen all the same.

use super::{
    frame::{draw, intact, text},
    night,
    screens::{chosen, opened},
};
use crate::{
    domain::{
        event::{EntriesMissing, Event, UnknownEntry},
        id::Hash,
        person::Person,
        problem::Problem,
        record::{Draft, Record},
        time::Now,
    },
    tui::{
        Model,
        form::path_field::PathRow,
        forms::context::PlaybookRow,
        keys::{
            action::Context,
            key::{Code, Key},
            place::Place,
            table::ACTIONS,
        },
        model::{
            effect::Effect,
            msg::{Msg, Preview},
            overlays::Overlay,
            tickets::{Progress, Ticket},
        },
        testing::{Desk, rows},
        update,
    },
};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use serde_json::{Value, value::RawValue};
use std::{collections::BTreeMap, sync::LazyLock};

/// An entry as data, and where text stands in it that may be any text.
struct Told {
    record: Record,
    data: Value,
    free: Vec<String>,
}

fn read(kind: &str, version: u32, data: &Value) -> Event {
    Event::read(kind, version, &RawValue::from_string(data.to_string()).unwrap())
}

/// The places of all texts in a value, as JSON pointers.
fn texts(value: &Value, at: &str, all: &mut Vec<String>) {
    match value {
        Value::String(_) => all.push(at.to_owned()),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(n, value)| texts(value, &format!("{at}/{n}"), all))
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| texts(value, &format!("{at}/{name}"), all)),
        _ => {}
    }
}

/// The night, with where each of its texts is free to be anything: a word of a closed list, a hash or a time is not.
static NIGHT: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let told = |record: Record| {
        let data = serde_json::to_value(&record.event).unwrap();
        let mut all = Vec::new();
        texts(&data, "", &mut all);
        let fits = |at: &String| {
            let mut tried = data.clone();
            *tried.pointer_mut(at).unwrap() = Value::from("any text");
            !matches!(read(record.event.kind(), record.event.version(), &tried), Event::Unknown(_))
        };
        let free = all.into_iter().filter(fits).collect();
        Told { record, data, free }
    };
    night::desk(4).log.into_iter().map(told).collect()
});

/// The text with the hostile one in it: a name stays the same name wherever it stands, and a step of a thing its thing.
fn spoilt(text: &str, hostile: &str) -> String {
    let part = |part: &str| match part.len() % 3 {
        0 => format!("{hostile}{part}"),
        1 => format!("{part}{hostile}"),
        _ => format!("{hostile}{part}{hostile}"),
    };
    text.split('@').map(part).collect::<Vec<_>>().join("@")
}

/// The night with that in each of its texts, open on a desk.
fn desk(hostile: &str) -> Desk {
    let hostile = &hostile.replace('@', "a");
    let mut desk = Desk::new();
    let person = Person { name: hostile.clone(), role: hostile.clone(), organisation: hostile.clone() };
    let mut hashes: BTreeMap<String, String> = BTreeMap::new();
    let write = |desk: &mut Desk, event: Event, now: Now| {
        let draft = Draft { by: person.clone(), occurred: None, begun: None, event };
        let (head, order) = (desk.case.head(&desk.console), desk.case.order().after(now.at));
        let record = Record::write(&desk.case.id, &desk.console, head, order, now, draft).unwrap();
        desk.case.apply(&record);
        desk.index.take(&record, &desk.case);
        desk.log.push(record.clone());
        record.hash.to_string()
    };
    for told in NIGHT.iter() {
        let mut data = told.data.clone();
        for at in &told.free {
            let text = data.pointer_mut(at).unwrap();
            *text = Value::from(spoilt(text.as_str().unwrap(), hostile));
        }
        // What points at an entry points at the entry as it is told now.
        if let Some(hash) = data.get("hash").and_then(Value::as_str).and_then(|hash| hashes.get(hash)) {
            data["hash"] = Value::from(hash.clone());
        }
        let event = read(told.record.event.kind(), told.record.event.version(), &data);
        assert!(!matches!(event, Event::Unknown(_)), "{data}");
        let hash = write(&mut desk, event, Now::fixed(told.record.at, 60));
        hashes.insert(told.record.hash.to_string(), hash);
    }
    let now = desk.now;
    let data = serde_json::json!({ "text": hostile, hostile: [hostile] });
    write(&mut desk, Event::Unknown(UnknownEntry { kind: hostile.clone(), version: 9, data }), now);
    let lost = EntriesMissing { after: 900, last: 901, hash: Hash::of(b"x"), kept: hostile.clone() };
    write(&mut desk, lost.into(), now);
    desk.open();
    let case = desk.model.case.as_mut().unwrap();
    case.responder = person.clone();
    desk.model.env.responder = person;
    desk.model.env.home_label = hostile.clone();
    let Msg::Cases(mut cases, _) = rows() else { panic!() };
    for case in &mut cases {
        case.title = hostile.clone();
        case.folder = hostile.clone();
        case.deadline = Some((now.at, hostile.clone()));
    }
    update(&mut desk.model, Msg::Cases(cases, vec![(hostile.clone(), hostile.clone())]));
    let playbook = desk.model.case().unwrap().plans[0].playbook.clone();
    let row = |id: &str| PlaybookRow {
        id: id.into(),
        title: hostile.clone(),
        summary: hostile.clone(),
        steps: 3,
        origin: hostile.clone(),
        source: hostile.clone(),
        playbook: playbook.clone(),
    };
    update(&mut desk.model, Msg::Playbooks(vec![row("new"), row(&playbook.id), row(hostile)]));
    desk
}

fn report(hostile: &str) -> Problem {
    Problem { what: hostile.into(), causes: vec![hostile.into(); 2], hint: Some(hostile.into()) }
}

/// Sizes of windows, from a number: each frame of a try has another.
fn size(seed: &mut u32) -> (u16, u16) {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    (80 + (*seed >> 8) as u16 % 121, 23 + (*seed >> 20) as u16 % 38)
}

/// Draws it, and holds that the frame is whole; gives the frame.
fn check(model: &mut Model, seed: &mut u32) -> Buffer {
    let size = size(seed);
    let frame = draw(model, size);
    intact(model, &frame);
    window(&frame);
    frame
}

/// A window's border is a border all round.
fn window(frame: &Buffer) {
    let sign = |x: u16, y: u16| frame.cell((x, y)).map_or("", |cell| cell.symbol());
    let corner = (0..frame.area.height).flat_map(|y| (0..frame.area.width).map(move |x| (x, y)));
    let Some((left, top)) = corner.into_iter().find(|(x, y)| sign(*x, *y) == "┌") else { return };
    let right = (left..frame.area.width).rfind(|x| sign(*x, top) == "┐").unwrap();
    let bottom = (top..frame.area.height).find(|y| sign(left, *y) == "└").unwrap();
    assert_eq!(sign(right, bottom), "┘", "{}", text(frame));
    for y in top + 1..bottom {
        assert_eq!((sign(left, y), sign(right, y)), ("│", "│"), "row {y}:\n{}", text(frame));
    }
}

/// The rules of a place stand where they stand in a case of plain words.
fn rules(model: &mut Model, plain: &mut Model, place: Place, seed: &mut u32) {
    for model in [&mut *model, &mut *plain] {
        model.case.as_mut().unwrap().place = place;
    }
    let frame = check(model, seed);
    let plain = draw(plain, (frame.area.width, frame.area.height));
    let same = |x: u16, y: u16| {
        let (sign, plain) = (frame.cell((x, y)).unwrap().symbol(), plain.cell((x, y)).unwrap().symbol());
        assert_eq!(sign, plain, "at {x}, {y} in {place:?}:\n{}", text(&frame));
    };
    let above = |x: u16| plain.cell((x, 3)).map_or("", |cell| cell.symbol());
    for x in 0..frame.area.width {
        same(x, 2);
        same(x, 3);
        if above(x) == "┬" {
            (4..frame.area.height - 2)
                .filter(|y| ["│", "┴"].contains(&plain.cell((x, *y)).unwrap().symbol()))
                .for_each(|y| same(x, y));
        }
    }
}

/// Types into every field of a form, and answers what it sends in each way that an answer can be bad.
fn fill(model: &Model, hostile: &str, seed: &mut u32) {
    let mut model = model.clone();
    let Some(Overlay::Form(sheet)) = model.overlays.stack.last() else { return };
    let fields = sheet.form.views().len();
    for _ in 0..fields {
        let asked = update(&mut model, Msg::Paste(hostile.into()));
        update(&mut model, Msg::Key(Key::plain(Code::Char(hostile.chars().next().unwrap_or('x')))));
        if let Some(Effect::CompletePath(ticket, _)) = asked.last() {
            let row = |folder| PathRow { path: hostile.into(), folder, size: 9 };
            update(&mut model, Msg::Paths(*ticket, vec![row(true), row(false)]));
        }
        check(&mut model, seed);
        update(&mut model, Msg::Key(Key::plain(Code::Tab)));
    }
    check(&mut model, seed);
    let effects = update(&mut model, Msg::Key(Key::ctrl('s')));
    check(&mut model, seed);
    let ticket: Option<Ticket> = model.form_on_top().and_then(|sheet| sheet.waits());
    let Some(ticket) = ticket else { return };
    assert!(!effects.is_empty());
    let progress = Progress { what: hostile.into(), done: 3, total: 9, rate: 1 };
    for answer in [
        Msg::Progress(ticket, progress),
        Msg::Refused(ticket, report(hostile), true),
        Msg::NotRecorded(ticket, report(hostile)),
        Msg::Failed(ticket, report(hostile)),
        Msg::Done(ticket, hostile.into()),
    ] {
        let mut model = model.clone();
        update(&mut model, answer);
        check(&mut model, seed);
    }
}

/// Holds a text against every place, and every page, list and box that one of so many actions opens.
fn hold(hostile: &str, mut seed: u32, part: usize) {
    let first = seed as usize % part;
    let seed = &mut seed;
    let base = desk(hostile).model;
    let mut plain = Desk::typical().model;
    for place in Place::ALL {
        let mut model = base.clone();
        rules(&mut model, &mut plain, place, seed);
        // Further down, where rows have the cursor.
        for key in [Code::End, Code::Up, Code::Up] {
            update(&mut model, Msg::Key(Key::plain(key)));
            rules(&mut model, &mut plain, place, seed);
        }
    }
    for action in ACTIONS.iter().skip(first).step_by(part) {
        let own = Place::ALL.into_iter().filter(|place| action.contexts.contains(&Context::At(*place))).map(Some);
        let home = action.contexts.contains(&Context::Home).then_some(None);
        for place in own.take(3).chain(home) {
            let Some(mut model) = opened(&base, action, place, seed.trailing_ones() as usize) else { continue };
            check(&mut model, seed);
            update(&mut model, Msg::Key(Key::plain(Code::PageDown)));
            check(&mut model, seed);
            fill(&model, hostile, seed);
            if let Some(mut model) = chosen(&model) {
                check(&mut model, seed);
                fill(&model, hostile, seed);
            }
        }
    }
    let mut model = base.clone();
    model.case = None;
    check(&mut model, seed);
    let mut model = base.clone();
    model.case.as_mut().unwrap().read_only = Some(hostile.into());
    update(&mut model, Msg::Failed(0, report(hostile)));
    check(&mut model, seed);
    let mut model = base.clone();
    model.say(hostile);
    check(&mut model, seed);
    let mut desk = Desk { model: base, ..Desk::new() };
    for effect in desk.press("4<enter>") {
        if let Effect::Preview(ticket, _) = effect {
            let preview = Preview { head: hostile.as_bytes().to_vec(), size: 1 << 20, sha256: None };
            update(&mut desk.model, Msg::Preview(ticket, preview));
        }
    }
    check(&mut desk.model, seed);
    desk.press(&format!("<esc>n{}<esc>1q", hostile.replace(['<', '>'], "")));
    check(&mut desk.model, seed);
}

/// What has broken a terminal program somewhere.
const KNOWN: [&str; 12] = [
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}[31m",
    "\u{9b}31m\u{90}q\u{9c}\u{85}\u{7f}\0\r\n\t\u{8}",
    "invoice\u{202e}fdp.exe\u{2066}x\u{2069}\u{200f}\u{61c}",
    "zero\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}width",
    "\u{301}\u{302}\u{303}\u{20dd}e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👩\u{200d}⚕\u{fe0f}👨\u{200d}👩\u{200d}👧🇬🇧1\u{fe0f}\u{20e3}❤\u{fe0f}✋🏽",
    "病院の検査ｼｽﾃﾑ\u{ff9f}ｶ\u{ff9e}",
    "\u{1160}\u{11a8}\u{1100}각\u{d7b0}\u{115f}",
    "שלום مرحبا हिन्दी ไทยกำ ຳ",
    "\u{e0067}\u{e0062}\u{fe0f}\u{180e}\u{1d173}\u{fff9}\u{13430}\u{600}\u{110bd}",
    night::LONG,
    "\u{fdfd}\u{1242b}\u{12219}﷽\u{a9c5}\u{2e3b}",
];

/// Holds some of them: each takes its share of the actions, and several tests share the cores.
fn hold_known(some: std::ops::Range<usize>) {
    for (seed, hostile) in KNOWN.into_iter().enumerate().filter(|(at, _)| some.contains(at)) {
        hold(hostile, seed as u32, KNOWN.len());
    }
}

#[test]
fn signs_that_terminals_obey_leave_every_frame_whole() {
    hold_known(0..4);
}

#[test]
fn marks_over_letters_and_wide_signs_leave_every_frame_whole() {
    hold_known(4..8);
}

#[test]
fn other_writings_and_very_long_words_leave_every_frame_whole() {
    hold_known(8..KNOWN.len());
}

/// A width that Unicode and the terminal count apart, beside a window; a sign that goes before a letter, at a line's end.
#[test]
fn what_chance_has_found_leaves_every_frame_whole() {
    hold("病院の検査ｼｽﾃﾑ\u{ff9f}ｶ\u{ff9e}", 1_803_841_813, 24);
    hold("👩\u{200d}⚕\u{fe0f}👨\u{200d}👩\u{200d}👧🇬🇧1\u{fe0f}\u{20e3}❤\u{fe0f}✋🏽\u{890}", 3252, 24);
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(KNOWN.to_vec()).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        1 => "[\\p{Mn}\\p{Me}\\p{Mc}\\p{Cf}\\p{Cc}]{1,4}",
        1 => "[\\p{So}\\p{Sk}\\p{Lo}]{1,4}",
        1 => "[a-z ]{1,120}",
    ];
    // Corners of a window that nobody opened would be taken for one.
    let corner = |text: &String| text.contains(['┌', '┐', '└', '┘', '│']);
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat()).prop_filter("", move |text| !corner(text))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_every_field_leaves_every_frame_whole(hostile in hostile(), seed in any::<u32>()) {
        hold(&hostile, seed, 24);
    }
}
