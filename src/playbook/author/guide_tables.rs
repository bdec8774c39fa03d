//! Makes the guide to the format: prose from `assets/guide/prose.md`, tables from the types and their comments. For tests
//! only: what ships is the text.

use super::guide::read_guide;
use crate::domain::duty::{Duty, Threshold};
use crate::domain::playbook::{Choice, CommandLine, Phase, Playbook, Question, Role, Step, StepKind, When};
use schemars::schema_for;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor, value::Error};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const PROSE: &str = include_str!("../../../assets/guide/prose.md");

/// The prose with the tables in their places.
fn written_guide() -> String {
    let types = Types::of();
    let mut guide = String::new();
    for line in PROSE.lines() {
        match (placeholder(line), line.strip_prefix("```ron ")) {
            (Some(name), _) => guide.push_str(&types.part(name)),
            (None, Some(_)) => guide.push_str("```ron\n"),
            (None, None) => {
                guide.push_str(line);
                guide.push('\n');
            }
        }
    }
    guide
}

/// The type that a line of the prose leaves room for.
fn placeholder(line: &str) -> Option<&str> {
    line.strip_prefix("[[")?.strip_suffix("]]")
}

/// Every type of the format: what the schema says of it, the order of its fields, and the heading it stands under.
struct Types {
    schemas: BTreeMap<String, Value>,
    fields: BTreeMap<&'static str, &'static [&'static str]>,
    headings: BTreeMap<&'static str, &'static str>,
}

impl Types {
    fn of() -> Self {
        let mut schemas = BTreeMap::new();
        for mut schema in [schema_for!(Playbook).to_value(), schema_for!(Duty).to_value()] {
            if let Some(Value::Object(inner)) = schema.get_mut("$defs").map(Value::take) {
                schemas.extend(inner);
            }
            schemas.insert(text(&schema, "title").to_owned(), schema);
        }
        let mut headings = BTreeMap::new();
        let mut heading = "";
        for line in PROSE.lines() {
            if let Some(name) = placeholder(line) {
                headings.insert(name, heading);
            } else if line.starts_with('#') {
                heading = line.trim_start_matches('#').trim();
            }
        }
        let fields = [
            ("Playbook", order::<Playbook>()),
            ("Role", order::<Role>()),
            ("Phase", order::<Phase>()),
            ("Step", order::<Step>()),
            ("Question", order::<Question>()),
            ("Choice", order::<Choice>()),
            ("CommandLine", order::<CommandLine>()),
            ("Duty", order::<Duty>()),
            ("Threshold", order::<Threshold>()),
        ];
        Types { schemas, fields: fields.into(), headings }
    }

    /// What a type is, and its tables.
    fn part(&self, name: &str) -> String {
        let Some(schema) = self.schemas.get(name) else { return String::new() };
        let mut part = paragraphs(text(schema, "description"));
        if let Some(variants) = schema.get("oneOf").and_then(Value::as_array) {
            part.push_str("\n\n| written | what it is |\n|---|---|\n");
            for variant in variants {
                part.push_str(&format!("| `{}` | {} |\n", self.variant(variant), cell(text(variant, "description"))));
            }
            for (name, fields) in variants.iter().filter_map(with_fields) {
                let mut order: Vec<&str> = required(fields);
                let names = fields.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
                let others: Vec<&str> = names.map(String::as_str).filter(|name| !order.contains(name)).collect();
                order.extend(others);
                part.push_str(&format!("\nThe fields of `{name}(…)`:\n\n{}", self.table(fields, &order)));
            }
        } else {
            let order = self.fields.get(name).copied().unwrap_or_default();
            part.push_str(&format!("\n\n{}", self.table(schema, order)));
        }
        part
    }

    fn table(&self, schema: &Value, order: &[&str]) -> String {
        let must = required(schema);
        let mut table = "| field | what it is | needed | written |\n|---|---|---|---|\n".to_owned();
        for name in order {
            let Some(field) = schema.get("properties").and_then(|fields| fields.get(name)) else { continue };
            let needed = match field.get("default") {
                _ if must.contains(name) => "yes".to_owned(),
                Some(Value::String(word)) if !word.is_empty() => format!("no, else `{word}`"),
                Some(Value::Bool(word)) => format!("no, else `{word}`"),
                _ => "no".to_owned(),
            };
            let what = cell(text(field, "description"));
            table.push_str(&format!("| `{name}` | {what} | {needed} | {} |\n", self.form(field)));
        }
        table
    }

    /// How a field's value is written, in words.
    fn form(&self, field: &Value) -> String {
        if let Some(name) = refers(field) {
            return self.link(name);
        }
        match sort(field) {
            "array" => {
                let items = field.get("items").unwrap_or(&Value::Null);
                match refers(items) {
                    Some(name) => format!("list: `[(…), (…)]`, {}", self.link(name)),
                    None => format!("list: `[{0}, {0}]`", value(items)),
                }
            }
            "string" => "text: `\"…\"`".to_owned(),
            "integer" => format!("whole number: `{}`", value(field)),
            "boolean" => "`true` or `false`".to_owned(),
            _ => String::new(),
        }
    }

    fn link(&self, name: &str) -> String {
        let heading = self.headings.get(name).copied().unwrap_or(name);
        let anchor: String = heading.to_lowercase().chars().map(|c| if c == ' ' { '-' } else { c }).collect();
        format!("see [{heading}](#{anchor})")
    }

    /// How one of several is written.
    fn variant(&self, variant: &Value) -> String {
        if let Some(name) = variant.get("const").and_then(Value::as_str) {
            return name.to_owned();
        }
        let Some((name, inner)) =
            variant.get("properties").and_then(Value::as_object).and_then(|all| all.iter().next())
        else {
            return String::new();
        };
        let held = match inner.get("prefixItems").and_then(Value::as_array) {
            Some(items) => items.iter().map(value).collect::<Vec<_>>().join(", "),
            None => value(inner),
        };
        format!("{name}({held})")
    }
}

/// A value as it stands in a file, in short.
fn value(schema: &Value) -> String {
    match sort(schema) {
        "string" => "\"…\"".to_owned(),
        "integer" => "3".to_owned(),
        "array" => "[…]".to_owned(),
        _ => "…".to_owned(),
    }
}

/// A variant that has fields, with its name.
fn with_fields(variant: &Value) -> Option<(&String, &Value)> {
    let (name, inner) = variant.get("properties")?.as_object()?.iter().next()?;
    inner.get("properties").map(|_| (name, inner))
}

fn required(schema: &Value) -> Vec<&str> {
    let required = schema.get("required").and_then(Value::as_array);
    required.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The sort of a value: that it may be left out is said apart.
fn sort(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::Array(sorts)) => sorts.iter().filter_map(Value::as_str).find(|sort| *sort != "null").unwrap_or(""),
        Some(sort) => sort.as_str().unwrap_or(""),
        None => "",
    }
}

fn refers(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

fn text<'a>(schema: &'a Value, key: &str) -> &'a str {
    schema.get(key).and_then(Value::as_str).unwrap_or("")
}

/// A comment's text: its lines joined, its paragraphs kept.
fn paragraphs(text: &str) -> String {
    text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}

/// The same, in one cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

/// The fields of a type in the order of its declaration, which the schema does not keep: they are what the type asks
/// a reader for.
fn order<T: Deserialize<'static>>() -> &'static [&'static str] {
    struct Asked<'a>(&'a mut &'static [&'static str]);

    impl Deserializer<'static> for Asked<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'static>>(self, _: V) -> Result<V::Value, Error> {
            Err(Error::custom("only a struct is asked"))
        }

        fn deserialize_struct<V: Visitor<'static>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Error> {
            *self.0 = fields;
            Err(Error::custom("only the names were wanted"))
        }

        serde::forward_to_deserialize_any! { <V: Visitor<'static>>
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut fields: &'static [&'static str] = &[];
    let _names_only = T::deserialize(Asked(&mut fields));
    fields
}

/// The guide that the program carries is what the types and the prose come to.
#[test]
fn the_guide_is_that_of_the_types() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/guide.md");
    let written = written_guide();
    if std::env::var_os("CARECERT_UPDATE_GUIDE").is_some() {
        std::fs::write(path, written).unwrap();
    } else {
        assert!(
            written == read_guide(),
            "it is out of date: CARECERT_UPDATE_GUIDE=1 cargo test --lib guide_tables writes it again"
        );
    }
}

/// Every name of a field or variant in a schema.
fn names(schema: &Value, into: &mut Vec<String>) {
    match schema {
        Value::Object(all) => {
            if let Some(fields) = all.get("properties").and_then(Value::as_object) {
                into.extend(fields.keys().cloned());
            }
            into.extend(all.get("const").and_then(Value::as_str).map(str::to_owned));
            all.values().for_each(|inner| names(inner, into));
        }
        Value::Array(all) => all.iter().for_each(|inner| names(inner, into)),
        _ => {}
    }
}

#[test]
fn every_field_and_variant_is_in_it_with_its_words() {
    let guide = read_guide();
    let types = Types::of();
    assert_eq!(types.schemas.len(), 14, "{:?}", types.schemas.keys());
    let mut all = Vec::new();
    types.schemas.values().for_each(|schema| names(schema, &mut all));
    assert!(all.len() > 80, "{all:?}");
    for name in &all {
        let shown = [format!("| `{name}` |"), format!("| `{name}(")];
        assert!(shown.iter().any(|shown| guide.contains(shown)), "{name} has its row");
    }
    for schema in types.schemas.values() {
        assert!(guide.contains(&paragraphs(text(schema, "description"))), "{schema}");
    }
    assert!(!guide.contains("[["), "no room is left empty");
    assert!(!guide.contains("|  |"), "no cell is empty");
}

#[test]
fn fields_stand_in_the_order_of_the_type_and_links_lead_somewhere() {
    let guide = read_guide();
    let at = |text: &str| guide.find(text).unwrap();
    assert!(at("| `id` | The name in commands") < at("| `version` |") && at("| `version` |") < at("| `phases` |"));
    let headings: Vec<String> = guide
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"))
        .collect();
    let links: Vec<&str> = guide.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert!(links.len() > 10);
    assert!(links.iter().all(|link| headings.iter().any(|heading| heading == link)), "{links:?} {headings:?}");
}

#[test]
fn every_example_is_read_as_what_it_shows() {
    fn read<T: DeserializeOwned>(text: &str) {
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        if let Err(error) = options.from_str::<T>(text) {
            panic!("{error} in {text}");
        }
    }
    let examples: Vec<&str> = PROSE.split("```ron ").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 15, "{}", examples.len());
    for example in examples {
        let (of, text) = example.split_once('\n').unwrap();
        match of {
            "Playbook" => {
                let examined = crate::playbook::examine_playbook(text, &[]);
                assert!(examined.findings.is_empty(), "{:?}", examined.findings);
            }
            "Role" => read::<Role>(text),
            "Phase" => read::<Phase>(text),
            "Step" => read::<Step>(text),
            "StepKind" => read::<StepKind>(text),
            "CommandLine" => read::<CommandLine>(text),
            "Question" => read::<Question>(text),
            "When" => read::<When>(text),
            "Duty" => {
                crate::playbook::read_duties(&format!("[{text}]")).unwrap();
            }
            other => panic!("no reader for {other}"),
        }
    }
}
