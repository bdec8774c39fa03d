//! Which key does what: the table's own keys, with those of the settings laid over them.

use super::{
    action::{Action, Context, list_actions},
    key::{Code, Key},
    place::Place,
    table::ACTIONS,
};
use crate::tui::keys::{
    key_table::{ActionRow, name_of_context, word_places},
    table::ActionId,
};

/// A line of the settings: an action and the keys that are to do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// The action's name with hyphens, such as `own-decision`; `NAME/PLACE` where a name has several rows.
    pub action: String,
    /// Its keys as they are written, the one to show first; none to leave it to the list of all actions.
    pub keys: Vec<String>,
}

/// Why a line of the settings is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFault {
    /// Which line, from 0.
    pub line: usize,
    /// The key at fault, where it is one of several: which, from 0.
    pub key: Option<usize>,
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// The action is not known; [`Keymap::names`] has those that are.
    pub unknown: bool,
}

/// Every action with the keys that do it here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// The keys of each row of the table.
    keys: Vec<Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { keys: ACTIONS.iter().map(|action| action.keys.to_vec()).collect() }
    }
}

/// A line that was understood: which one, the rows that it means and their keys.
struct Wish {
    line: usize,
    rows: Vec<usize>,
    keys: Vec<Key>,
}

impl Keymap {
    /// The table's keys with these lines laid over them. A line that cannot be followed leaves the keys of its action
    /// as they are in the table, and is told.
    pub fn overlay(lines: &[KeyLine]) -> (Self, Vec<KeyFault>) {
        let (mut wishes, mut faults): (Vec<Wish>, Vec<KeyFault>) = (Vec::new(), Vec::new());
        for (at, line) in lines.iter().enumerate() {
            match parse_key_line(at, line, &wishes) {
                Ok(wish) => wishes.push(wish),
                Err(fault) => faults.push(*fault),
            }
        }
        loop {
            let map = Self::of(&wishes);
            match map.trouble(&wishes) {
                None => {
                    faults.sort_by_key(|fault| fault.line);
                    return (map, faults);
                }
                Some(fault) => {
                    wishes.retain(|wish| wish.line != fault.line);
                    faults.push(fault);
                }
            }
        }
    }

    fn of(wishes: &[Wish]) -> Self {
        let mut map = Self::default();
        for wish in wishes {
            for row in &wish.rows {
                if let Some(keys) = map.keys.get_mut(*row) {
                    keys.clone_from(&wish.keys);
                }
            }
        }
        map
    }

    /// The names of all actions as the settings write them.
    pub fn names() -> Vec<String> {
        (0..ACTIONS.len()).map(name_of_row).collect()
    }

    /// The keys of an action, the one to show first.
    pub(crate) fn keys(&self, action: &Action) -> &[Key] {
        let row = ACTIONS.iter().position(|known| std::ptr::eq(known, action));
        row.and_then(|row| self.keys.get(row)).map_or(&[], Vec::as_slice)
    }

    /// The first key of an action as it is written; empty where it has none.
    pub(crate) fn first(&self, action: &Action) -> String {
        self.keys(action).first().map(|key| key.written()).unwrap_or_default()
    }

    /// The first key that does this in a place, as it is written; the way through the list of all actions where it
    /// has none.
    pub(crate) fn key_text(&self, context: Context, id: ActionId) -> String {
        let found = list_actions(context).find(|action| action.id == id);
        match found.map(|action| (self.first(action), action)) {
            Some((key, action)) if key.is_empty() => {
                let palette = list_actions(context)
                    .find(|action| action.id == ActionId::Palette)
                    .map(|action| self.first(action));
                format!("{} {}", palette.unwrap_or_else(|| ":".into()), action.name)
            }
            Some((key, _)) => key,
            None => String::new(),
        }
    }

    /// Every key of an action as written.
    pub(crate) fn all(&self, action: &Action) -> String {
        self.keys(action).iter().map(|key| key.written()).collect::<Vec<_>>().join(" ")
    }

    /// The action that a key stands for in a place.
    pub(crate) fn lookup(&self, context: Context, key: Key) -> Option<&'static Action> {
        // With caps lock on, control and a letter are the same key still.
        let code = if let Code::Char(c) = key.code
            && key.ctrl
        {
            Code::Char(c.to_ascii_lowercase())
        } else {
            key.code
        };
        let same = |known: &Key| known.code == code && known.ctrl == key.ctrl && known.alt == key.alt;
        list_actions(context).find(|action| self.keys(action).iter().any(same))
    }

    /// Every row of the table as it stands.
    pub fn rows(&self) -> Vec<ActionRow> {
        let row = |(at, action): (usize, &'static Action)| ActionRow {
            name: action.name,
            setting: name_of_row(at),
            doc: action.doc,
            places: action.contexts.iter().map(|context| name_of_context(*context)).collect(),
            shown_places: word_places(action.contexts),
            keys: self.keys(action).iter().map(|key| key.written()).collect(),
            changed: self.keys(action) != action.keys,
        };
        ACTIONS.iter().enumerate().map(row).collect()
    }

    /// The first thing that is wrong with these wishes together.
    fn trouble(&self, wishes: &[Wish]) -> Option<KeyFault> {
        wishes.iter().find_map(|wish| self.alone(wish)).or_else(|| self.twice(wishes))
    }

    /// What is wrong with a wish by itself.
    fn alone(&self, wish: &Wish) -> Option<KeyFault> {
        let fault = |key, what, hint: &str| Some(KeyFault { key, ..explain_key_fault(wish.line, what, hint) });
        for action in wish.rows.iter().filter_map(|row| ACTIONS.get(*row)) {
            for (at, key) in wish.keys.iter().enumerate() {
                if let Some(typing) = action.contexts.iter().find(|context| writes_text(**context, *key)) {
                    let place = name_of_context(*typing);
                    let what = format!("{} in {place} is for writing, and cannot be “{}”", key.written(), action.name);
                    return fault(Some(at), what, "take Ctrl or Alt and a letter, or a function key");
                }
            }
            let reached = |context: &Context| {
                action.is_in_palette() && list_actions(*context).any(|action| action.id == ActionId::Palette)
            };
            if wish.keys.is_empty()
                && !action.keys.is_empty()
                && let Some(lost) = action.contexts.iter().find(|context| !reached(context))
            {
                let place = name_of_context(*lost);
                let what = format!("“{}” would have no key in {place}, and there is no other way to it", action.name);
                return fault(None, what, "leave it one key at least");
            }
        }
        None
    }

    /// Two actions on one key in one place, or a key that records where another opens what it records.
    fn twice(&self, wishes: &[Wish]) -> Option<KeyFault> {
        let owner = |row: usize| wishes.iter().rev().find(|wish| wish.rows.contains(&row));
        let rows =
            |context: Context| ACTIONS.iter().enumerate().filter(move |(_, action)| action.contexts.contains(&context));
        let clash = |(one, first): (usize, &Action), (two, second): (usize, &Action), place: &str| {
            let key = self.keys(first).iter().find(|key| self.keys(second).contains(key))?;
            let (own, other) = match (owner(one), owner(two)) {
                (Some(a), Some(b)) if a.line > b.line => ((a, first), second),
                (_, Some(b)) => ((b, second), first),
                (Some(a), None) => ((a, first), second),
                (None, None) => return None,
            };
            let what = format!("{} in {place} is both “{}” and “{}”", key.written(), own.1.name, other.name);
            let at = own.0.keys.iter().position(|known| known == key);
            let hint = "take another key, or give the other action another one in a line of its own";
            Some(KeyFault { key: at, ..explain_key_fault(own.0.line, what, hint) })
        };
        for context in Context::all() {
            let here: Vec<_> = rows(context).collect();
            for (at, first) in here.iter().enumerate() {
                for second in here.iter().skip(at + 1) {
                    if let Some(fault) = clash(*first, *second, name_of_context(context)) {
                        return Some(fault);
                    }
                }
            }
        }
        // A held key that opened a form must not record what is in it.
        for records in rows(Context::Form).filter(|(_, action)| action.records) {
            for opens in Place::ALL.into_iter().map(Context::At).chain([Context::Home]).flat_map(rows) {
                if let Some(fault) = clash(records, opens, "a box and outside it") {
                    return Some(fault);
                }
            }
        }
        None
    }
}

fn explain_key_fault(line: usize, what: String, hint: &str) -> KeyFault {
    KeyFault { line, key: None, what, hint: hint.to_owned(), unknown: false }
}

/// Whether the key writes or moves where a text is written.
fn writes_text(context: Context, key: Key) -> bool {
    use Code::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab, Up,
    };
    let for_text = match key.code {
        Char(_) | Backspace | Delete | Left | Right | Home | End | Up | Down => !key.ctrl && !key.alt,
        Enter | Tab | BackTab => context == Context::Form,
        Esc | PageUp | PageDown | F(_) => false,
    };
    match context {
        Context::Form | Context::List | Context::Filter => for_text,
        Context::Home
        | Context::At(_)
        | Context::Busy
        | Context::NotRecorded
        | Context::Page
        | Context::Ask
        | Context::Small => false,
    }
}

/// Understands a line.
fn parse_key_line(line: usize, written: &KeyLine, before: &[Wish]) -> Result<Wish, Box<KeyFault>> {
    let rows = find_action_rows(&written.action);
    if rows.is_empty() {
        let what = format!("there is no action “{}”", crate::domain::text::make_safe(&written.action));
        return Err(Box::new(KeyFault {
            unknown: true,
            ..explain_key_fault(line, what, "`carecert keys` lists them")
        }));
    }
    if let Some(twice) = before.iter().find(|wish| wish.rows.iter().any(|row| rows.contains(row))) {
        let name = twice.rows.iter().find(|row| rows.contains(row)).map(|row| name_of_row(*row)).unwrap_or_default();
        return Err(Box::new(explain_key_fault(
            line,
            format!("“{name}” is set a second time"),
            "keep one of the two lines",
        )));
    }
    let mut keys = Vec::new();
    for (at, text) in written.keys.iter().enumerate() {
        match Key::parse(text) {
            Ok(key) => keys.push(key),
            Err((what, hint)) => {
                return Err(Box::new(KeyFault { key: Some(at), ..explain_key_fault(line, what, &hint) }));
            }
        }
    }
    Ok(Wish { line, rows, keys })
}

/// The rows that a name of the settings means.
fn find_action_rows(written: &str) -> Vec<usize> {
    let written = hyphenate(written);
    let (name, place) = written.split_once('/').map_or((written.as_str(), None), |(name, place)| (name, Some(place)));
    let fits = |action: &Action| {
        let here =
            |context: &Context| hyphenate(name_of_context(*context).trim_start_matches("a ")) == place.unwrap_or("");
        hyphenate(action.name) == name && (place.is_none() || action.contexts.iter().any(here))
    };
    ACTIONS.iter().enumerate().filter(|(_, action)| fits(action)).map(|(at, _)| at).collect()
}

/// The name of a row as the settings write it.
fn name_of_row(row: usize) -> String {
    let Some(action) = ACTIONS.get(row) else { return String::new() };
    let shared = ACTIONS.iter().filter(|other| other.name == action.name).count() > 1;
    let place = action.contexts.first().filter(|_| shared);
    let place = place.map(|context| format!("/{}", hyphenate(name_of_context(*context).trim_start_matches("a "))));
    format!("{}{}", hyphenate(action.name), place.unwrap_or_default())
}

fn hyphenate(words: &str) -> String {
    words.trim().to_lowercase().replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[(&str, &[&str])]) -> Vec<KeyLine> {
        let line = |(action, keys): &(&str, &[&str])| KeyLine {
            action: (*action).to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        };
        lines.iter().map(line).collect()
    }

    fn found(map: &Keymap, context: Context, key: &str) -> Option<&'static str> {
        map.lookup(context, Key::parse(key).unwrap()).map(|action| action.name)
    }

    #[test]
    fn a_line_moves_an_action_to_its_keys() {
        let now = Context::At(Place::Now);
        let (map, faults) = Keymap::overlay(&lines(&[("note", &["N", "Ctrl-N"]), ("export", &[])]));
        assert_eq!(faults, []);
        assert_eq!(
            (found(&map, now, "N"), found(&map, now, "Ctrl-N"), found(&map, now, "n")),
            (Some("note"), Some("note"), None)
        );
        assert_eq!(
            (map.key_text(now, ActionId::Note), map.key_text(now, ActionId::Export)),
            ("N".into(), ": export".into())
        );
    }

    #[test]
    fn two_lines_may_change_places() {
        let (map, faults) = Keymap::overlay(&lines(&[("note", &["e"]), ("evidence", &["n"])]));
        assert_eq!(faults, []);
        assert_eq!(found(&map, Context::At(Place::Now), "e"), Some("note"));
    }

    #[test]
    fn each_fault_names_both_sides_and_its_line_keeps_its_default() {
        for (action, keys, words) in [
            ("note", &["e"][..], ["e in now", "“note”", "“evidence”"]),
            ("nott", &["N"], ["no action", "“nott”", ""]),
            ("note", &["Ctrl-I"], ["“Ctrl-I”", "cannot be typed", ""]),
            ("record", &["r"], ["r in a box", "for writing", "“record”"]),
            ("record", &["Ctrl-U"], ["Ctrl-U", "“record”", "“half a page up”"]),
            ("choose", &[], ["“choose”", "no key in a list", "no other way"]),
            ("up", &[], ["“up”", "no key", ""]),
        ] {
            let (map, faults) = Keymap::overlay(&lines(&[("follow-up", &["F9"]), (action, keys)]));
            let [fault] = faults.as_slice() else { panic!("{action}: {faults:?}") };
            assert!(words.iter().all(|word| fault.what.contains(word)), "{action}: {fault:?}");
            assert_eq!(fault.line, 1);
            let (alone, _) = Keymap::overlay(&lines(&[("follow-up", &["F9"])]));
            assert_eq!(map, alone, "{action}: the other line is followed, this one is not");
        }
    }

    #[test]
    fn of_two_lines_that_want_one_key_the_first_has_it() {
        let (map, faults) = Keymap::overlay(&lines(&[("note", &["F5"]), ("evidence", &["F5"])]));
        assert_eq!(faults.iter().map(|fault| (fault.line, fault.key)).collect::<Vec<_>>(), [(1, Some(0))]);
        let now = Context::At(Place::Now);
        assert_eq!((found(&map, now, "F5"), found(&map, now, "e")), (Some("note"), Some("evidence")));
    }

    #[test]
    fn a_name_with_several_rows_is_told_apart_by_its_place() {
        let (map, faults) = Keymap::overlay(&lines(&[("back/page", &["Z"])]));
        assert_eq!(faults, []);
        assert_eq!((found(&map, Context::Page, "Z"), found(&map, Context::Form, "Esc")), (Some("back"), Some("back")));
        let names = Keymap::names();
        assert!(names.contains(&"back/box".to_owned()) && names.contains(&"step-is-blocked".to_owned()), "{names:?}");
        for (at, name) in names.iter().enumerate() {
            assert!(find_action_rows(name).contains(&at), "{name}");
            assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
    }
}
