//! Keys can be remapped: no text names the key that something has in the table.

use super::{
    frame::{draw, text},
    night,
    screens::{empty, opened, places},
};
use crate::{
    domain::{
        decide::{CloseCase, Command},
        problem::Problem,
    },
    tui::{
        Model,
        keys::{
            action::{Context, find_action},
            keymap::{KeyLine, Keymap},
            place::Place,
            table::{ACTIONS, ActionId},
        },
        model::{effect::Effect, msg::Msg, overlays::Overlay, tickets::Progress},
        testing::{Desk, playbooks, rows},
        update,
        update::perform_action,
    },
};
use std::{collections::BTreeSet, sync::LazyLock};

/// Letters that no text has otherwise: runes, Georgian and Armenian.
fn letters() -> impl Iterator<Item = char> {
    ('\u{16a0}'..='\u{16ea}').chain('\u{10d0}'..='\u{10f0}').chain('\u{561}'..='\u{586}')
}

/// A keymap in which nothing has a key that it has in the table.
fn other_keys() -> Keymap {
    let mut letters = letters();
    let line = |(name, row): (String, usize)| {
        // What has no key of its own is reached through the list of all actions still.
        let keys: Vec<String> =
            ACTIONS[row].keys.first().and_then(|_| letters.next()).into_iter().map(|c| format!("Alt-{c}")).collect();
        KeyLine { action: name, keys }
    };
    let lines: Vec<KeyLine> = Keymap::names().into_iter().zip(0..).map(line).collect();
    let (map, faults) = Keymap::overlay(&lines);
    assert_eq!(faults, []);
    map
}

/// Third persons of what keys are said to do.
const DOES: &[&str] = &[
    "adds", "answers", "asks", "back", "begins", "checks", "chooses", "clears", "compares", "decides", "ends",
    "exports", "finds", "gives", "goes", "hands", "is", "keeps", "leads", "leaves", "lists", "marks", "meets", "notes",
    "opens", "puts", "quits", "reads", "records", "removes", "reopens", "says", "shows", "starts", "states", "stays",
    "stops", "takes", "throws", "undoes", "uses", "waives", "when", "writes",
];

/// Keys by which one writes and chooses inside a form or a list: no setting changes them.
const WRITING: &[&str] =
    &["⏎", "Enter", "Tab", "Space", "Shift-Tab", "Backspace", "Delete", "Ctrl-U", "↑", "↓", "←", "→"];

/// The names of all keys of the table.
static OLD: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| ACTIONS.iter().flat_map(|action| action.keys).map(|key| key.written()).collect());

/// The names of keys in a line that are those of the table.
fn old_keys(line: &str, writing: bool) -> Vec<String> {
    let line = line.split('│').map(str::trim).collect::<Vec<_>>().join("   ");
    let words: Vec<&str> = line.split(' ').collect();
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or("");
    let mut found = Vec::new();
    for (at, written) in words.iter().enumerate() {
        let key = written.trim_matches(['(', ')', ',', ';', '“', '”']);
        let key = if key == ":" { key } else { key.trim_end_matches(':') };
        let key = if key == "Enter" { "⏎" } else { key };
        if !OLD.contains(key) || writing && WRITING.contains(&key) {
            continue;
        }
        let before = word(at.checked_sub(1));
        let does = DOES.contains(&word(Some(at + 1)).trim_end_matches([',', ';', '.']));
        let begins = before.is_empty() || before.ends_with([':', ';', '.', ',']);
        let either = word(Some(at + 1)) == "or" && word(Some(at + 2)).chars().count() == 1;
        let named = match (key, key.chars().count()) {
            // An article and a pronoun are words too, and so are numbers.
            ("a" | "I", _) => does || before.ends_with(':') && word(Some(at + 1)).is_empty(),
            (_, 1) if key.starts_with(|c: char| c.is_ascii_digit()) => {
                does && begins || written.starts_with('(') && written.contains(')')
            }
            // Some signs are used as such, and names of keys are words.
            ("↑" | "↓", _) => word(Some(at + 1)).starts_with("Pg"),
            ("Home" | "End" | "Delete", _) => does,
            (":", _) => does || before == "by",
            (_, 1) if key.is_ascii() => {
                does || either
                    || matches!(before, "or" | "by" | "press" | "as")
                    || before.ends_with(':') && word(Some(at + 1)).is_empty()
            }
            _ => true,
        };
        if named {
            found.push(format!("{written:?} in {line:?}"));
        }
    }
    found
}

#[test]
fn old_keys_are_seen_where_a_text_names_one() {
    for line in [
        "e takes a file in",
        "nothing is decided yet: d or D decides",
        " not stated yet: i",
        "Recognised in entries, not taken in yet: I  3",
        "it is due again after 2 h; s ends it",
        " … 3 more: 2 shows all steps",
        "… 9 more lines: Space reads on, K back",
        "by hand; Enter then says how it went",
        "Not done: ⏎ or v does it.",
        "press Ctrl-S at the moment",
        "is noted already: in Systems (6), it has another state",
        "I takes it in",
        "r takes a role; a adds a contact.",
        "reopen it first, by : reopen",
        "such as n for a note",
        " … 4 more lines: ↓ PgDn",
        "⏎ or a notes it as a system",
    ] {
        assert!(!old_keys(line, false).is_empty(), "{line}");
    }
    for line in [
        "A17 J. Patel notes a system, and I am here",
        "2 of 10 steps; due by 03:45",
        "Ward 7 is on paper",
        "1 to 2, ends in 1ae60d30",
        "ᚠ takes a file in",
        "TLP:AMBER  Dr T. Lindqvist is here",
        "    K 7 Q D    kilo, seven, quebec, delta",
    ] {
        assert_eq!(old_keys(line, false), Vec::<String>::new(), "{line}");
    }
    assert!(old_keys("↑ ↓ choose, Enter goes on", true).is_empty());
}

/// Whether the keys by which one writes may be named: in a form, in a list, and in the help of one.
fn writes(model: &Model) -> bool {
    matches!(model.context(), Context::Form | Context::List | Context::Filter | Context::Busy)
        || matches!(model.overlays.stack.last(), Some(Overlay::Page(_) | Overlay::Form(_)))
}

/// What the frame says of old keys.
fn wrong(name: &str, model: &mut Model, all: &mut BTreeSet<String>) {
    wrong_at(&[(200, 60)], name, model, all);
}

fn wrong_at(sizes: &[(u16, u16)], name: &str, model: &mut Model, all: &mut BTreeSet<String>) {
    for size in sizes {
        let frame = text(&draw(model, *size));
        let found = frame.lines().flat_map(|line| old_keys(line, writes(model)));
        all.extend(found.map(|found| format!("{name}: {found}")));
    }
}

fn bases() -> Vec<(&'static str, Model)> {
    let mut bases = vec![
        ("no playbook", empty(false)),
        ("nothing done", empty(true)),
        ("typical", Desk::typical().model),
        ("overfull", night::desk(8).model),
    ];
    let mut closed = Desk::typical();
    closed.wrote("02:40:00", Command::Close(CloseCase { why: "All is restored".into() }));
    closed.open();
    bases.push(("closed", closed.model));
    for (_, base) in &mut bases {
        update(base, rows());
        update(base, playbooks());
        base.env.keymap = other_keys();
    }
    bases
}

#[test]
fn no_screen_names_a_key_that_was_remapped() {
    let mut all = BTreeSet::new();
    for (name, base) in bases() {
        for place in Place::ALL {
            let mut model = base.clone();
            model.case.as_mut().unwrap().place = place;
            for row in 0..12 {
                let screen = model.case.as_mut().unwrap();
                screen.set_row(row);
                let step = screen.case.steps().nth(row).map(|point| point.name());
                step.into_iter().for_each(|step| screen.select(step));
                wrong_at(&[(80, 23), (200, 60)], &format!("{name}, {}", place.name()), &mut model, &mut all);
            }
        }
        let mut home = base;
        wrong_at(&[(60, 12)], &format!("{name}, too small"), &mut home, &mut all);
        home.case = None;
        wrong(&format!("{name}, cases"), &mut home, &mut all);
    }
    assert!(all.is_empty(), "{:#?}", all);
}

#[test]
fn no_box_list_page_or_refusal_names_a_key_that_was_remapped() {
    let mut all = BTreeSet::new();
    for (name, base) in bases().into_iter().filter(|(name, _)| *name != "overfull") {
        for action in ACTIONS.iter().filter(|action| action.id != ActionId::Quit) {
            for place in places(action) {
                let name = format!("{name}, {} in {}", action.name, place.map_or("cases", Place::word));
                // What it says where it cannot be done.
                let mut model = base.clone();
                match (place, model.case.as_mut()) {
                    (Some(place), Some(screen)) => screen.place = place,
                    _ => model.case = None,
                }
                perform_action(&mut model, action);
                let said = model.notice.as_ref().map(|message| old_keys(&message.text, false)).unwrap_or_default();
                all.extend(said.into_iter().map(|found| format!("{name}: {found}")));
                let Some(mut model) = opened(&base, action, place, 0) else { continue };
                wrong(&name, &mut model, &mut all);
                for id in [ActionId::Choose, ActionId::Help, ActionId::Record, ActionId::Back] {
                    if let Some(then) = find_action(id).filter(|_| model.context() != Context::At(Place::Now)) {
                        let mut model = model.clone();
                        perform_action(&mut model, then);
                        wrong(&format!("{name}, then {}", then.name), &mut model, &mut all);
                    }
                }
            }
        }
    }
    assert!(all.is_empty(), "{:#?}", all);
}

#[test]
fn no_answer_from_outside_names_a_key_that_was_remapped() {
    let mut all = BTreeSet::new();
    let report = Problem { what: "The disk is full".into(), causes: Vec::new(), hint: None };
    for (name, base) in bases() {
        for id in [ActionId::Note, ActionId::Evidence, ActionId::Export] {
            let mut desk = Desk { model: base.clone(), ..Desk::new() };
            perform_action(&mut desk.model, find_action(id).unwrap());
            desk.press("/tmp/beacon to 203.0.113.77 of evil.example.com");
            let effects = perform_action(&mut desk.model, find_action(ActionId::Record).unwrap());
            let ticket = effects.iter().find_map(|effect| match effect {
                Effect::Commit(ticket, _) | Effect::TakeEvidence(ticket, _) | Effect::Export(ticket, _) => {
                    Some(*ticket)
                }
                _ => None,
            });
            let Some(ticket) = ticket else { continue };
            let name = format!("{name}, {}", find_action(id).unwrap().name);
            wrong(&name, &mut desk.model, &mut all);
            let progress = Progress { what: "hashing".into(), done: 1, total: 10, rate: 1 };
            for (then, msg) in [
                ("refused", Msg::Refused(ticket, report.clone(), true)),
                ("not recorded", Msg::NotRecorded(ticket, report.clone())),
                ("at work", Msg::Progress(ticket, progress)),
            ] {
                let mut model = desk.model.clone();
                update(&mut model, msg);
                wrong(&format!("{name}, {then}"), &mut model, &mut all);
                perform_action(&mut model, find_action(ActionId::Back).unwrap());
                wrong(&format!("{name}, {then}, back"), &mut model, &mut all);
            }
            if id == ActionId::Note
                && base.case().is_some_and(|case| !case.plans.is_empty())
                && name.starts_with("typical")
            {
                let mut desk = Desk { model: base.clone(), ..Desk::typical() };
                perform_action(&mut desk.model, find_action(id).unwrap());
                desk.press("beacon to 203.0.113.77 of evil.example.com");
                let effects = perform_action(&mut desk.model, find_action(ActionId::Record).unwrap());
                desk.answer(effects);
                wrong(&format!("{name}, recorded"), &mut desk.model, &mut all);
            }
        }
        let mut model = base.clone();
        update(&mut model, Msg::Paste("nowhere".into()));
        wrong(&format!("{name}, pasted"), &mut model, &mut all);
    }
    assert!(all.is_empty(), "{:#?}", all);
}
