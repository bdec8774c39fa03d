//! `console.ron` in the configuration folder: the theme, the bell, the mouse and the keys.
//!
//! Every field may be left out. What is wrong in the file is told with its place, and its default stands in.

use crate::{
    domain::{
        problem::Problem,
        text::make_safe,
        wording::{
            did_you_mean::nearest_word,
            prose::{capitalise_first, lower_first},
        },
    },
    playbook::byte_offset,
    store::regular,
    tui::{KeyLine, Keymap, Look},
};
use ron::{Options, error::SpannedError, extensions::Extensions, value::RawValue};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};
use std::{fmt, ops::Range, path::Path};

/// The file's name.
pub const FILE: &str = "console.ron";

/// Bytes that the file may have.
const LIMIT: u64 = 256 * 1024;

/// What a person or an organisation sets for the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// How it looks.
    pub theme: Look,
    /// It rings before a deadline.
    pub bell: bool,
    /// It listens to the mouse.
    pub mouse: bool,
    /// Which key does what.
    pub keymap: Keymap,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { theme: Look::Default, bell: true, mouse: true, keymap: Keymap::default() }
    }
}

/// Something that is wrong in the file. All texts are safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it is shown.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The column, in characters from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// What is wrong, and what stands in, in a sentence without a full stop.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// The line itself, and the characters of it that are marked.
    shown: Option<(String, Range<usize>)>,
}

impl fmt::Display for Fault {
    /// As a compiler would say it: what, where, the line with a mark, and the hint.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.what)?;
        let margin = " ".repeat(self.line.to_string().len());
        match &self.shown {
            Some((text, mark)) => {
                let before: String = text.chars().take(mark.start).map(|_| ' ').collect();
                writeln!(f, "{margin}--> {}:{}:{}", self.file, self.line, self.column)?;
                writeln!(f, "{margin} |")?;
                writeln!(f, "{} | {text}", self.line)?;
                writeln!(f, "{margin} | {before}{}", "^".repeat(mark.len().max(1)))?;
            }
            None => writeln!(f, "{margin}--> {}", self.file)?,
        }
        write!(f, "{margin} = help: {}", self.hint)
    }
}

impl Fault {
    /// In one text, for a page.
    pub fn told(&self) -> String {
        let place =
            if self.line == 0 { String::new() } else { format!(", line {}, column {}", self.line, self.column) };
        format!("{}{place}: {} {}", self.file, end_sentence(&self.what), capitalise_first(&end_sentence(&self.hint)))
    }
}

/// The text with its end, where it has none.
fn end_sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

/// Reads the settings in the configuration folder; the defaults where there is no such file.
pub fn read_settings(config: &Path) -> (Chosen, Vec<Fault>) {
    let path = config.join(FILE);
    let file = make_safe(&path.display().to_string()).into_owned();
    let whole = |what: String, hint: &str| {
        let fault = Fault { file: file.clone(), line: 0, column: 0, what, hint: hint.into(), shown: None };
        (Chosen::default(), vec![fault])
    };
    match regular::read_text_if_there(&path, LIMIT) {
        Ok(None) => (Chosen::default(), Vec::new()),
        Ok(Some(text)) => parse_settings(&file, &text),
        Err(why) => {
            let told = make_safe(&Problem::from(&why).without_hint()).into_owned();
            whole(format!("the settings cannot be read ({told}); the defaults stand in"), &why.hint())
        }
    }
}

/// The file as it is written; each value is understood by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Settings")]
struct Written<'a> {
    #[serde(borrow, default)]
    theme: Option<&'a RawValue>,
    #[serde(borrow, default)]
    bell: Option<&'a RawValue>,
    #[serde(borrow, default)]
    mouse: Option<&'a RawValue>,
    #[serde(borrow, default)]
    keys: Option<&'a RawValue>,
}

/// A map whose names and values keep their places.
struct Entries<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{\"action\": [\"key\"], …}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Entries(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A text, and what was found wrong in it so far.
struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

/// How the file is read: an optional value need not be in `Some(…)`, and brackets nest no deeper than the format needs.
fn ron_options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(16)
}

/// The settings in a text, each by itself: a fault in one costs only that one.
fn parse_settings(file: &str, text: &str) -> (Chosen, Vec<Fault>) {
    let mut reading = Reading { file, text, faults: Vec::new() };
    let mut chosen = Chosen::default();
    match ron_options().from_str::<Written<'_>>(text) {
        Err(error) => {
            let (what, hint) = if let ron::Error::NoSuchStructField { found, expected, .. } = &error.code {
                let hint = did_you_mean(found, expected.iter().copied());
                let hint = hint.unwrap_or_else(|| format!("there are {}", expected.join(", ")));
                (format!("there is no setting “{}”", make_safe(found)), hint)
            } else {
                let hint = "the file is (theme: \"default\", bell: true, mouse: true, keys: {\"note\": [\"N\"]}), each \
                            part of which may be left out";
                (lower_first(&make_safe(&error.code.to_string())), hint.to_owned())
            };
            reading.at(error_span(text, &error), format!("{what}; the defaults stand in"), hint);
        }
        Ok(written) => {
            chosen.theme = reading.theme(written.theme);
            chosen.bell = reading.value(written.bell, true, "true or false belongs here; the bell rings");
            chosen.mouse = reading.value(written.mouse, true, "true or false belongs here; the mouse is listened to");
            chosen.keymap = reading.keys(written.keys);
        }
    }
    reading.faults.sort_by_key(|fault| (fault.line, fault.column));
    (chosen, reading.faults)
}

impl<'a> Reading<'a> {
    /// The look that is named, or the default.
    fn theme(&mut self, written: Option<&'a RawValue>) -> Look {
        let known = Look::ALL.map(Look::name);
        let name: String =
            self.value(written, "default".into(), "a name in quotes belongs here; the default stands in");
        match Look::parse(&name) {
            Some(look) => look,
            None => {
                let near = did_you_mean(&name, known);
                let what = format!("there is no theme “{}”; the default stands in", make_safe(&name));
                let place = written.map_or(0..0, |raw| self.place(raw));
                self.at(place, what, near.unwrap_or_else(|| format!("there are {}", known.join(", "))));
                Look::Default
            }
        }
    }

    /// A value, or what stands in for one that is no such thing.
    fn value<T: DeserializeOwned>(&mut self, written: Option<&'a RawValue>, otherwise: T, what: &str) -> T {
        let Some(raw) = written else { return otherwise };
        match ron_options().from_str::<T>(raw.get_ron().trim()) {
            Ok(value) => value,
            Err(error) => {
                let place = self.place(raw);
                self.at(place, what.to_owned(), lower_first(&make_safe(&error.code.to_string())));
                otherwise
            }
        }
    }

    /// The keymap with the lines that can be followed.
    fn keys(&mut self, written: Option<&'a RawValue>) -> Keymap {
        let Some(raw) = written else { return Keymap::default() };
        let entries = match ron_options().from_str::<Entries<'a>>(raw.get_ron()) {
            Ok(entries) => entries.0,
            Err(_) => {
                let place = self.place(raw);
                self.at(
                    place,
                    "a list of keys for each action belongs here; the usual keys stand in".into(),
                    "write it as {\"note\": [\"N\", \"Ctrl-N\"], \"export\": []}".into(),
                );
                return Keymap::default();
            }
        };
        let (mut lines, mut places) = (Vec::new(), Vec::new());
        for (name, keys) in entries {
            let action: Option<String> = ron_options().from_str(name.get_ron().trim()).ok();
            let listed: Option<Vec<&RawValue>> = ron_options().from_str(keys.get_ron()).ok();
            let each: Option<Vec<String>> =
                listed.iter().flatten().map(|key| ron_options().from_str(key.get_ron().trim()).ok()).collect();
            match (action, listed, each) {
                (Some(action), Some(listed), Some(keys)) => {
                    lines.push(KeyLine { action, keys });
                    places.push((self.place(name), listed.iter().map(|key| self.place(key)).collect::<Vec<_>>()));
                }
                (action, ..) => {
                    let place = self.place(if action.is_none() { name } else { keys });
                    let what =
                        "an action and a list of keys in quotes belong here; this line is not followed".to_owned();
                    self.at(place, what, "such as \"note\": [\"N\", \"Ctrl-N\"]".into());
                }
            }
        }
        let (keymap, faults) = Keymap::overlay(&lines);
        let names = Keymap::names();
        for fault in faults {
            let Some((name, keys)) = places.get(fault.line) else { continue };
            let place = fault.key.and_then(|key| keys.get(key)).unwrap_or(name).clone();
            let written = lines.get(fault.line).map_or("", |line| &line.action);
            let near = if fault.unknown { did_you_mean(written, names.iter().map(String::as_str)) } else { None };
            let stays = if fault.unknown { "" } else { "; this line is not followed, the others are" };
            self.at(place, format!("{}{stays}", fault.what), near.unwrap_or(fault.hint));
        }
        keymap
    }

    /// The bytes of a value within the text.
    fn place(&self, raw: &RawValue) -> Range<usize> {
        let value = raw.get_ron();
        let from = (value.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let from = from + value.len() - value.trim_start().len();
        from..from + value.trim().len()
    }

    /// Notes a fault at these bytes of the text.
    fn at(&mut self, span: Range<usize>, what: String, hint: String) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let from = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text.get(from..).unwrap_or("").lines().next().unwrap_or("");
        let lead = make_safe(before.get(from..).unwrap_or("")).chars().count();
        let marked = self.text.get(span.clone()).unwrap_or("").lines().next().unwrap_or("");
        let marked = make_safe(marked).chars().count();
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(from..).unwrap_or("").chars().count() + 1,
            what,
            hint,
            shown: Some((make_safe(&line.replace('\t', " ")).into_owned(), lead..lead + marked)),
        });
    }
}

/// The hint for a word that is near a known one.
fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest_word(word, known).map(|near| format!("did you mean \"{near}\"?"))
}

/// The bytes where the parser stopped.
fn error_span(text: &str, error: &SpannedError) -> Range<usize> {
    let start = byte_offset(text, &error.span.start);
    start..byte_offset(text, &error.span.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(usize, usize, String)> {
        let (_, faults) = parse_settings("console.ron", text);
        faults.into_iter().map(|fault| (fault.line, fault.column, format!("{}. {}", fault.what, fault.hint))).collect()
    }

    #[test]
    fn every_field_may_be_left_out() {
        assert_eq!(parse_settings("x", "()"), (Chosen::default(), Vec::new()));
        let text =
            "// mine\n(\n  theme: \"mono\",\n  bell: false, mouse: false,\n  keys: {\"note\": [\"N\", \"Ctrl-N\"]},\n)";
        let (chosen, faults) = parse_settings("x", text);
        assert_eq!(faults, []);
        assert_eq!((chosen.theme, chosen.bell, chosen.mouse), (Look::Monochrome, false, false));
        let note = chosen.keymap.rows().into_iter().find(|row| row.name == "note").unwrap();
        assert_eq!(note.keys, ["N", "Ctrl-N"]);
    }

    #[test]
    fn each_fault_has_its_place_and_a_way_out_and_the_rest_is_followed() {
        let text = "(\n  theme: \"mon\",\n  bell: \"no\",\n  keys: {\n    \"nott\": [\"N\"],\n    \"note\": [\"F9\", \"e\"],\n    \"skip-step\": [\"S\"],\n    \"export\": \"X\",\n  },\n)";
        let found = faults(text);
        let places: Vec<_> = found.iter().map(|(line, column, _)| (*line, *column)).collect();
        assert_eq!(places, [(2, 10), (3, 9), (5, 5), (6, 20), (8, 15)], "{found:#?}");
        for (told, words) in found.iter().zip([
            "did you mean \"mono\"?",
            "true or false",
            "did you mean \"note\"?",
            "“evidence”",
            "a list of keys",
        ]) {
            assert!(told.2.contains(words), "{words}: {told:?}");
        }
        let (chosen, _) = parse_settings("x", text);
        let keys = |name: &str| chosen.keymap.rows().into_iter().find(|row| row.name == name).unwrap().keys;
        assert_eq!(
            (keys("note"), keys("skip step"), keys("export")),
            (vec!["n".to_owned()], vec!["S".into()], vec!["x".into()])
        );
    }

    #[test]
    fn a_file_that_is_none_is_told_and_the_defaults_stand_in() {
        for text in ["", "(theme: ", "(them: \"mono\")", "[1]", "(bell: true) x", "(keys: [])", "\u{0}"] {
            let (chosen, faults) = parse_settings("x", text);
            assert_eq!(chosen, Chosen::default(), "{text}");
            assert_eq!(faults.len(), 1, "{text}: {faults:?}");
        }
        assert!(faults("(them: \"mono\")")[0].2.contains("did you mean \"theme\"?"));
    }

    #[test]
    fn it_is_drawn_with_the_line_and_a_mark_and_nothing_hostile() {
        let (_, faults) =
            parse_settings("a\u{1b}.ron".replace('\u{1b}', "␛").as_str(), "(keys: {\"no\u{1b}[2J\": [\"N\"]})");
        let drawn = faults[0].to_string();
        let wanted = "error: there is no action “no␛[2J”\n --> a␛.ron:1:9\n  |\n1 | (keys: {\"no␛[2J\": [\"N\"]})\n  |         ^^^^^^^^\n  = help: `carecert keys` lists them";
        assert_eq!(drawn, wanted);
    }

    #[test]
    fn on_a_page_each_part_is_a_sentence() {
        let told = |text: &str| parse_settings("x", text).1[0].told();
        let (theme, key) = (told("(theme: \"dark\")"), told("(keys: {\"exprot\": [\"x\"]})"));
        assert!(theme.contains("the default stands in. There are "), "{theme}");
        assert!(key.contains(". Did you mean ") && key.ends_with('?'), "{key}");
    }

    #[test]
    fn a_missing_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_settings(folder.path()), (Chosen::default(), Vec::new()));
        std::fs::write(folder.path().join(FILE), [0xff, 0xfe]).unwrap();
        let (chosen, faults) = read_settings(folder.path());
        assert_eq!((chosen, faults.len()), (Chosen::default(), 1));
        assert!(faults[0].told().contains("UTF-8"), "{}", faults[0].told());
    }
}
