//! Holds the order inside each room: which of its folders may use which, and how large a circle of imports may be.

use crate::imports::{Imports, module_of};
use std::collections::{BTreeMap, BTreeSet};

/// Most files that may import one another in a circle.
const CIRCLE_MAX: usize = 5;

/// The files of a room outside its folders, but for its `mod.rs`.
const TOP: &str = "top";
/// A room's `mod.rs`: it may name all that is in the room, and nobody inside imports through it.
const FACE: &str = "mod.rs";

/// A folder of a room, or a single file that stands for itself, and what of the same room it may use. `a::b` allows one
/// module of a folder only.
type SubRoom = (&'static str, &'static [&'static str]);

const DOMAIN: &[SubRoom] = &[
    (TOP, &[]),
    ("wording", &[TOP]),
    // What killed processes left is told here too, so it stands above the words for it.
    ("leftover", &[TOP, "wording"]),
    ("playbook", &[TOP, "wording"]),
    ("indicator", &[TOP]),
    ("event", &[TOP, "wording", "playbook", "indicator"]),
    ("record", &[TOP, "wording", "event"]),
    ("step", &[TOP, "wording", "playbook"]),
    ("case", &[TOP, "wording", "playbook", "indicator", "event", "record", "step"]),
    ("decide", &[TOP, "wording", "playbook", "indicator", "event", "record", "step", "case"]),
    ("handover", &[TOP, "wording", "playbook", "indicator", "event", "record", "step", "case"]),
    ("search", &[TOP, "wording", "playbook", "indicator", "event", "record", "step", "case"]),
];

const TUI: &[SubRoom] = &[
    ("text", &[]),
    ("keys", &[]),
    ("widgets", &["text"]),
    ("form", &["text", "keys"]),
    ("forms", &["text", "keys", "form"]),
    // Of the widgets only numbers: how the screen is divided, and how far one has read.
    ("model", &["text", "widgets::layout", "widgets::reading", "keys", "form", "forms"]),
    ("screens", &["text", "widgets", "keys", "form", "forms", "model"]),
    ("view", &["text", "widgets", "keys", "form", "forms", "model", "screens"]),
    ("update", &["text", "widgets", "keys", "form", "forms", "model", "screens", "view"]),
];

const PLAYBOOK: &[SubRoom] = &[
    (TOP, &[]),
    ("check", &[TOP]),
    ("read", &[TOP, "check"]),
    ("library", &[TOP, "read"]),
    ("flow", &[]),
    ("rehearse", &["flow"]),
    ("author", &[]),
    ("cacao", &[TOP, "read"]),
];

const EXCHANGE: &[SubRoom] = &[
    (TOP, &["error", "report", "timeline", "bundle", "verify"]),
    // What went wrong stands at the top but uses nothing, so that each format may say it.
    ("error", &[]),
    ("report", &["error"]),
    ("timeline", &["error"]),
    ("bundle", &["error", "report", "timeline"]),
    ("verify", &["error", "bundle"]),
];

const CLI: &[SubRoom] = &[
    (TOP, &[]),
    ("case", &[TOP]),
    ("step", &[TOP]),
    ("entry", &[TOP]),
    ("subject", &[TOP]),
    ("duty", &[TOP]),
    ("playbook", &[TOP]),
    ("program", &[TOP]),
];

/// The rooms that have an order inside; `store` and `runtime` are flat.
const ROOMS: &[(&str, &[SubRoom])] =
    &[("domain", DOMAIN), ("playbook", PLAYBOOK), ("exchange", EXCHANGE), ("tui", TUI), ("cli", CLI)];

/// The sub-room of a module such as `tui::keys::key`, of the room `tui`.
fn sub_room_of<'a>(module: &'a str, sub_rooms: &[SubRoom]) -> &'a str {
    match module.split("::").nth(1) {
        None => FACE,
        Some(part) if sub_rooms.iter().any(|(name, _)| *name == part) => part,
        Some(_) => TOP,
    }
}

/// Whether a sub-room may use a module of its own room.
fn may_use(from: &str, module: &str, sub_rooms: &[SubRoom]) -> bool {
    let to = sub_room_of(module, sub_rooms);
    let inside = module.split_once("::").map_or("", |(_, inside)| inside);
    let allowed = |allowed: &str| allowed == to || inside == allowed || inside.starts_with(&format!("{allowed}::"));
    from == FACE || from == to || sub_rooms.iter().any(|(name, may)| *name == from && may.iter().any(|m| allowed(m)))
}

/// Each file with the sub-rooms that it uses against the order.
fn broken_arrows(imports: &Imports) -> BTreeSet<(String, String)> {
    let mut broken = BTreeSet::new();
    for (room, sub_rooms) in ROOMS {
        for (file, used) in &imports.files {
            let module = module_of(file);
            if module.first().is_none_or(|first| first != room) {
                continue;
            }
            let module = module.join("::");
            let from = sub_room_of(&module, sub_rooms);
            for target in used.modules.iter().filter(|target| target.split("::").next() == Some(room)) {
                if !may_use(from, target, sub_rooms) {
                    broken.insert((file.clone(), sub_room_of(target, sub_rooms).to_owned()));
                }
            }
        }
    }
    broken
}

/// The largest circle of each sub-room (or of a flat room), where that is larger than one file.
fn largest_circles(imports: &Imports) -> BTreeMap<String, BTreeSet<String>> {
    let place = |file: &str| {
        let module = module_of(file).join("::");
        let room = module.split("::").next().unwrap_or_default().to_owned();
        let sub_rooms = ROOMS.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, sub_rooms)| sub_rooms);
        let sub_room = if sub_rooms.is_empty() { TOP } else { sub_room_of(&module, sub_rooms) };
        format!("{room}::{sub_room}")
    };
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (file, used) in &imports.files {
        let home = place(file);
        // A list that passes its own parts on does not use them.
        let targets = used.modules.iter().filter(|module| !used.passed_on.contains(*module));
        let targets = targets.filter_map(|module| imports.file(module)).filter(|to| to != file && place(to) == home);
        edges.insert(file, targets.collect());
    }
    let mut largest: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let reached: BTreeMap<&str, BTreeSet<&str>> = edges.keys().map(|file| (*file, reach(file, &edges))).collect();
    for (file, there) in &reached {
        let circle: BTreeSet<String> =
            there.iter().filter(|other| reached[*other].contains(file)).map(|&other| other.to_owned()).collect();
        let known = largest.entry(place(file)).or_default();
        if circle.len() > known.len() {
            *known = circle;
        }
    }
    largest.retain(|_, circle| circle.len() > 1);
    largest
}

/// All files that can be reached from one along its imports.
fn reach<'a>(from: &str, edges: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = edges[from].iter().copied().collect();
    while let Some(file) = open.pop() {
        if reached.insert(file) {
            open.extend(&edges[file]);
        }
    }
    reached
}

#[test]
fn each_folder_uses_only_those_below_it() {
    let broken = broken_arrows(&Imports::of_source());
    let broken: String = broken.iter().map(|(file, to)| format!("    {file} uses {to}\n")).collect();
    assert!(broken.is_empty(), "these use what lies above them in the order of `sub_rooms.rs`:\n{broken}");
}

#[test]
fn circles_of_imports_stay_small() {
    for (place, circle) in largest_circles(&Imports::of_source()) {
        let files: Vec<&str> = circle.iter().map(String::as_str).collect();
        let count = files.len();
        assert!(count <= CIRCLE_MAX, "{place}: {count} files import one another:\n    {}", files.join("\n    "));
    }
}

#[test]
fn the_tables_name_what_exists_in_an_order_without_circles() {
    let imports = Imports::of_source();
    for (room, sub_rooms) in ROOMS {
        for (at, (name, may)) in sub_rooms.iter().enumerate() {
            let used = imports.files.keys().any(|file| {
                let module = module_of(file);
                module.first().is_some_and(|first| first == room) && sub_room_of(&module.join("::"), sub_rooms) == *name
            });
            assert!(used || *name == TOP, "no file of {room} lies in {name}");
            for other in *may {
                let other = other.split("::").next().unwrap_or(other);
                let there = sub_rooms.iter().position(|(name, _)| *name == other);
                // Only the list of formats at the top of `exchange` uses what stands after it.
                assert!(
                    there.is_some_and(|there| there < at || (*room, *name) == ("exchange", TOP)),
                    "{room}: {name} {other}"
                );
            }
        }
    }
}

#[test]
fn a_wrong_arrow_and_a_circle_are_seen() {
    let text = |keys: &str| {
        let files = [
            ("src/tui/mod.rs", "mod keys; mod widgets; mod model; pub use model::Model;"),
            ("src/tui/keys/mod.rs", "mod a; mod b;"),
            ("src/tui/keys/a.rs", keys),
            ("src/tui/keys/b.rs", "use super::a::A;"),
            ("src/tui/widgets/list.rs", ""),
            ("src/tui/widgets/layout.rs", ""),
            ("src/tui/model/mod.rs", "use crate::tui::{keys::a::A, widgets::{layout::LEAST, list}}; pub struct Model;"),
        ];
        Imports::of(&files.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect())
    };
    let model_uses_a_list = ("src/tui/model/mod.rs".to_owned(), "widgets".to_owned());
    let fine = text("pub struct A;");
    assert_eq!(broken_arrows(&fine), BTreeSet::from([model_uses_a_list.clone()]));
    assert!(largest_circles(&fine).is_empty());

    let wrong = text("fn guard(model: &crate::tui::Model) { super::b::go() }");
    let to = |name: &str| ("src/tui/keys/a.rs".to_owned(), name.to_owned());
    assert_eq!(broken_arrows(&wrong), BTreeSet::from([model_uses_a_list, to("model"), to(FACE)]));
    assert_eq!(largest_circles(&wrong)["tui::keys"].len(), 2);
}
