//! What a file says of the playbook as a whole: its name, sources, agents, targets, variables and markings.

use super::{
    foreign_steps::{cut_long_text, shorten_title},
    own_steps::read_extension,
    slug::Names,
};
use crate::{
    domain::{
        playbook::{Form, Playbook, Question, Role},
        time::Time,
    },
    playbook::{
        cacao::{
            account::Fate,
            extension::{NOBODY, PlaybookExt, RoleExt},
            ids,
            json::{
                source::{Source, shorten_safely},
                tree::{At, Json, ROOT},
            },
        },
        finding::{Code, Level},
    },
};
use std::collections::HashMap;

/// Marks of the Traffic Light Protocol 2.0, whose identifiers are the same in every STIX and CACAO file.
const TLP: &[(&str, &str)] = &[
    ("94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR"),
    ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN"),
    ("55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER"),
    ("939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT"),
    ("e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED"),
];

/// Keys of a playbook that say in words what is said nowhere else here.
const SAID: &[&str] = &[
    "playbook_types",
    "playbook_activities",
    "valid_from",
    "valid_until",
    "derived_from",
    "related_to",
    "priority",
    "severity",
    "impact",
    "industry_sectors",
    "labels",
];

/// Checks the keys that CACAO 2.0 §3.1 requires. What is missing or wrong is a finding; the import goes on.
pub(super) fn check_required_keys(source: &Source<'_>) {
    let warn = |at: At, code: Code, what: String, hint: &str| source.find(at, Level::Warning, code, || what, hint);
    for key in ["type", "spec_version", "id", "name", "created_by", "created", "modified"] {
        if source.tree.get(ROOT, key).is_none() {
            warn(ROOT, Code::MissingField, format!("`{key}` is missing"), "CACAO 2.0 asks for it");
        }
    }
    if let Some((at, word)) = source.text(ROOT, "type") {
        source.tree.mark(at, Fate::Kept, "what it is");
        if word != "playbook" {
            warn(
                at,
                Code::BadText,
                format!("this is a {}, no playbook", shorten_safely(word)),
                "is this the right file?",
            );
        }
    }
    if let Some((at, word)) = source.text(ROOT, "spec_version") {
        source.tree.mark(at, Fate::Kept, "the format that it was in");
        if word != "cacao-2.0" {
            let hint = "it is read as if it were cacao-2.0: look closely at the account";
            warn(at, Code::BadText, format!("this is written as {}", shorten_safely(word)), hint);
        }
    }
    for key in ["id", "created_by"] {
        if let Some((at, id)) = source.text(ROOT, key).filter(|(_, id)| !ids::is_identifier(id)) {
            warn(at, Code::BadId, format!("{} is no identifier", shorten_safely(id)), "CACAO writes playbook--UUID");
        }
    }
    for key in ["created", "modified", "valid_from", "valid_until"] {
        let said = source.text(ROOT, key);
        if let Some((at, time)) = said.filter(|(_, time)| !time.ends_with('Z') || Time::parse(time).is_err()) {
            warn(
                at,
                Code::BadText,
                format!("{} is no time", shorten_safely(time)),
                "CACAO writes 2026-11-22T03:14:07.123Z",
            );
        }
    }
    for at in source.tree.twice.clone() {
        let what = format!("the key {} stands here twice", shorten_safely(source.tree.key(at)));
        source.find(at, Level::Error, Code::DuplicateField, || what, "which one counts? take one of them out");
        source.tree.mark_all(at, Fate::Dropped, "the key stands twice: the first one counts");
    }
}

/// The id, version, title, summary and sources.
pub(super) fn read_head(source: &Source<'_>, ext: Option<&PlaybookExt>, into: &mut Playbook) {
    let name = source.kept(ROOT, "name", "the title");
    let summary = source.kept(ROOT, "description", "the summary");
    match ext {
        Some(ext) => {
            into.title = name;
            into.id.clone_from(&ext.playbook_id);
            into.version.clone_from(&ext.playbook_version);
            into.duties.clone_from(&ext.duties);
        }
        None => {
            into.title = shorten_title(&name, "Playbook from elsewhere");
            into.id = Names::default().make(&name, "from-elsewhere");
            into.version = shorten_title(source.text(ROOT, "modified").map_or("1", |(_, time)| time), "1");
            into.sources.push(describe_origin(source));
        }
    }
    into.summary = summary;
    let said: Vec<String> = SAID
        .iter()
        .filter_map(|key| Some((key, source.tree.get(ROOT, key)?)))
        .map(|(key, at)| format!("{}: {}", key.replace('_', " "), source.flat(at, "said in the summary")))
        .chain(describe_markings(source))
        .chain(describe_revocation(source))
        .collect();
    for line in said {
        let gap = if into.summary.is_empty() { "" } else { "\n" };
        into.summary.push_str(&format!("{gap}{line}"));
    }
    into.summary = cut_long_text(std::mem::take(&mut into.summary));
    for at in source.several(ROOT, "external_references") {
        into.sources.push(describe_reference(source, at));
    }
    drop_unsupported(source, ext.is_some());
}

/// What is not taken over, and why.
fn drop_unsupported(source: &Source<'_>, ours: bool) {
    let reasons = [
        ("signatures", "signatures are not verified, and do not hold for what was made of the file"),
        ("authentication_info_definitions", "credentials are not taken over"),
        ("playbook_processing_summary", "it follows from the steps"),
        ("features", "it follows from the steps"),
    ];
    for (key, reason) in reasons {
        if let Some(at) = source.tree.get(ROOT, key).filter(|_| !ours || key != "playbook_processing_summary") {
            source.tree.mark(at, Fate::Dropped, reason);
        }
    }
}

/// Where it came from, in a line.
fn describe_origin(source: &Source<'_>) -> String {
    let mut line = "CACAO".to_owned();
    for (key, word) in [("id", ""), ("created_by", "by "), ("created", "created "), ("modified", "changed ")] {
        if let Some((at, text)) = source.text(ROOT, key) {
            source.tree.mark(at, Fate::Kept, "named among the sources");
            line.push_str(&format!(" {word}{text}"));
        }
    }
    cut_long_text(line)
}

/// That the author has revoked the playbook, in a line, if so.
fn describe_revocation(source: &Source<'_>) -> Option<String> {
    let at = source.tree.get(ROOT, "revoked")?;
    source.tree.mark(at, Fate::Kept, "said in the summary, where it is so");
    (*source.tree.json(at) == Json::Bool(true)).then(|| "REVOKED by its author".to_owned())
}

/// How it may be shared, a line for each mark.
fn describe_markings(source: &Source<'_>) -> Vec<String> {
    let definitions = source.tree.get(ROOT, "data_marking_definitions");
    let mut lines = Vec::new();
    // More marks than this are not a playbook's but an attack on the reader.
    let mut room = 200_usize;
    for at in source.several(ROOT, "markings") {
        room = room.saturating_sub(1);
        let Some(id) = source.tree.text(at).filter(|_| room > 0) else { continue };
        let defined = definitions.and_then(|definitions| source.tree.get(definitions, id));
        let known = TLP.iter().find(|(uuid, _)| id.ends_with(uuid)).map(|(_, mark)| (*mark).to_owned());
        let said = defined.map(|at| source.flat(at, "said in the summary")).or(known).unwrap_or_else(|| id.to_owned());
        source.tree.mark(at, Fate::Kept, "said in the summary");
        lines.push(format!("Marked: {said}"));
    }
    lines
}

/// A reference as a line. Ours have the same text as name and as source.
fn describe_reference(source: &Source<'_>, at: At) -> String {
    let text = |key: &str| source.text(at, key).map_or("", |(_, text)| text);
    if source.tree.children(at).len() == 2 && text("name") == text("source") && !text("name").is_empty() {
        source.tree.mark_all(at, Fate::Kept, "named among the sources");
        return text("name").to_owned();
    }
    cut_long_text(source.flat(at, "named among the sources"))
}

/// The roles by the identifiers of their agents, in the order of `ext`.
pub(super) fn read_roles(
    source: &Source<'_>,
    ext: Option<&PlaybookExt>,
    into: &mut Playbook,
) -> (HashMap<String, String>, Names) {
    let mut found: Vec<(usize, String, Role)> = Vec::new();
    let mut names = Names::default();
    let places: HashMap<&str, usize> = ext
        .map(|ext| ext.roles.iter().enumerate().map(|(place, id)| (id.as_str(), place)).collect())
        .unwrap_or_default();
    let mut others = Vec::new();
    for at in source.members(ROOT, "agent_definitions") {
        let id = source.tree.key(at).to_owned();
        let known = read_extension::<RoleExt>(source, at, "agent_target_extensions", |ext| !ext.role_id.is_empty());
        let place = places.get(id.as_str()).copied().unwrap_or(usize::MAX);
        match known {
            Some(known) if names.take(&known.role_id) => {
                let title = source.kept(at, "name", "the role's title");
                let does = source.kept(at, "description", "what the role does");
                found.push((place, id, Role { id: known.role_id, title, does }));
            }
            _ => others.push((place, id, at)),
        }
    }
    let nobody = |at: At| ext.is_some() && source.text(at, "name").is_some_and(|(_, name)| name == NOBODY);
    for (place, id, at) in others.into_iter().filter(|(_, _, at)| !nobody(*at)) {
        let name = source.kept(at, "name", "the role's title");
        let members = source.tree.children(at).iter().filter(|child| source.tree.key(**child) != "name");
        let does = members
            .map(|child| format!("{}: {}", source.tree.key(*child), source.flat(*child, "what the role does")))
            .collect::<Vec<_>>()
            .join("\n");
        let role = Role {
            id: names.make(&name, "role"),
            title: shorten_title(&name, "Role without a name"),
            does: cut_long_text(does),
        };
        found.push((place, id, role));
    }
    found.sort_by_key(|(place, _, _)| *place);
    let agents = found.iter().map(|(_, id, role)| (id.clone(), role.id.clone())).collect();
    into.roles = found.into_iter().map(|(_, _, role)| role).collect();
    (agents, names)
}

/// What the targets that are `used` are, in words, by their identifiers.
pub(super) fn read_targets(source: &Source<'_>, used: impl Fn(&str) -> bool) -> HashMap<String, String> {
    source
        .members(ROOT, "target_definitions")
        .into_iter()
        .filter(|at| used(source.tree.key(*at)))
        .map(|at| (source.tree.key(at).to_owned(), source.flat(at, "named in the text of steps")))
        .collect()
}

/// A variable that others use.
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) question: Question,
    /// Its value, where it has one beforehand.
    pub(super) value: Option<String>,
    /// Everything about it, in words.
    pub(super) said: String,
}

/// Characters of a value that is put into texts.
const VALUE_LIMIT: usize = 200;

/// The variables of the file that are not ours, each name once.
pub(super) fn read_variables(source: &Source<'_>, steps: &[At], ours: impl Fn(&str) -> bool) -> Vec<Variable> {
    let mut ids = Names::default();
    let mut seen = HashMap::new();
    let mut found: Vec<Variable> = Vec::new();
    let places = std::iter::once((ROOT, "playbook_variables")).chain(steps.iter().map(|at| (*at, "step_variables")));
    for (holder, key) in places {
        for at in source.members(holder, key) {
            let name = source.tree.key(at).to_owned();
            // Ours are made from steps and questions; what they hold is known without them.
            if ours(&name) {
                continue;
            }
            if !matches!(source.tree.json(at), Json::Object(_)) {
                let what = || "this is no variable".to_owned();
                source.find(at, Level::Warning, Code::WrongType, what, "a variable is an object: { \"type\": … }");
                continue;
            }
            let said = source.flat(at, "a question, or a value in the texts");
            if let Some(&known) = seen.get(&name) {
                if let Some(Variable { said: all, .. }) = found.get_mut::<usize>(known) {
                    *all = cut_long_text(format!("{all}\n{said}"));
                }
                continue;
            }
            let text = |key: &str| source.text(at, key).map_or("", |(_, text)| text);
            let form = match text("type") {
                "integer" | "long" => Form::Number,
                "bool" | "boolean" => Form::YesNo,
                _ => Form::Text,
            };
            let ask = if text("description").is_empty() { format!("{name}?") } else { text("description").to_owned() };
            let fits = |value: &String| !value.is_empty() && value.len() <= VALUE_LIMIT;
            let value = source.tree.get(at, "value").and_then(|at| match source.tree.json(at) {
                Json::Text(text) => Some(text.clone()),
                Json::Number(number) => Some(number.to_string()),
                Json::Bool(bool) => Some(bool.to_string()),
                Json::Null | Json::List(_) | Json::Object(_) => None,
            });
            seen.insert(name.clone(), found.len());
            found.push(Variable {
                question: Question {
                    id: ids.make(&name, "value"),
                    ask: cut_long_text(ask),
                    form,
                    ..Question::default()
                },
                value: value.filter(fits),
                name,
                said,
            });
        }
    }
    found
}
