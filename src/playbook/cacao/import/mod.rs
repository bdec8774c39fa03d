//! A CACAO playbook as one of ours, with an account of every value in it.

mod flow;
mod foreign_steps;
mod head;
mod join;
mod notation;
mod own_steps;
mod phases;
mod questions;
mod slug;

use crate::{
    domain::{duty::Duty, playbook::Playbook, time::Time},
    playbook::{
        cacao::{
            account::{Fate, Item},
            extension::PlaybookExt,
            json::{
                source::Source,
                tree::{Json, ROOT},
            },
        },
        finding::{Code, Finding, Level},
        read::{TEXT_LIMIT, examine_playbook},
    },
};
use flow::Flow;
use own_steps::read_extension;

/// Bytes that a file may have.
pub const IMPORT_LIMIT: usize = 8 * 1024 * 1024;

/// What taking in a file brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The playbook, where it can be used.
    pub playbook: Option<Playbook>,
    /// Its text in our notation, under lines that name the source; empty where nothing could be made of the file.
    /// It is there even if the playbook has faults, so that they can be fixed in it.
    pub ron: String,
    /// What became of every value of the file, in its order.
    pub account: Vec<Item>,
    /// What was found wrong; places are those in the file that was taken in.
    pub findings: Vec<Finding>,
}

/// Takes in a CACAO playbook, 2.0 or as near to it as 1.x is. `duties` are those that it may name.
///
/// Never fails: what is wrong is among the findings, and where one of them is an error there is no playbook. Time and
/// memory are bounded by [`IMPORT_LIMIT`].
pub fn import_playbook(bytes: &[u8], duties: &[Duty]) -> Import {
    let source = decode_text(bytes).and_then(Source::read);
    let source = match source {
        Ok(source) => source,
        Err(finding) => {
            return Import { playbook: None, ron: String::new(), account: Vec::new(), findings: vec![finding] };
        }
    };
    let made = build_playbook(&source, duties);
    let account = source.tree.account();
    let (mut playbook, ron) = match made {
        Some((playbook, ron)) => (Some(playbook), ron),
        None => (None, String::new()),
    };
    if source.broken() {
        playbook = None;
    }
    Import { playbook, ron, account, findings: source.findings() }
}

/// The text of a file, within the limit.
fn decode_text(bytes: &[u8]) -> Result<&str, Finding> {
    let fault =
        |code: Code, what: String, hint: &str| Err(Finding::at("", 0..0, Level::Error, code, what, hint.to_owned()));
    if bytes.len() > IMPORT_LIMIT {
        let what = format!("the file has {} bytes; one that is taken in may have {IMPORT_LIMIT}", bytes.len());
        return fault(Code::TooLarge, what, "is this the right file?");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let what = format!("the file is no text in UTF-8: see byte {}", error.valid_up_to() + 1);
            fault(Code::BadText, what, "CACAO is JSON in UTF-8: save it as that, or look for the right file")
        }
    }
}

/// The playbook and its text, or `None` if nothing can be made of the file; what is wrong is among the findings of
/// `source`.
fn build_playbook(source: &Source<'_>, duties: &[Duty]) -> Option<(Playbook, String)> {
    let fault = |code: Code, what: &str, hint: &str| {
        let at = source.tree.get(ROOT, "workflow").unwrap_or(ROOT);
        source.find(at, Level::Error, code, || what.to_owned(), hint);
    };
    if !matches!(source.tree.json(ROOT), Json::Object(_)) {
        fault(Code::WrongType, "this is no CACAO playbook", "a playbook is one object: { \"type\": \"playbook\", … }");
        return None;
    }
    head::check_required_keys(source);
    if source.tree.get(ROOT, "workflow").is_none() {
        fault(Code::MissingField, "`workflow` is missing", "without steps there is nothing to take in");
        return None;
    }
    let ext = read_extension::<PlaybookExt>(source, ROOT, "playbook_extensions", |ext| !ext.playbook_id.is_empty());
    let flow = Flow::read(source);
    let mut playbook = Playbook::default();
    head::read_head(source, ext.as_ref(), &mut playbook);
    join::fill_playbook(source, &flow, ext.as_ref(), &mut playbook, duties);
    if playbook.phases.iter().all(|phase| phase.steps.is_empty()) {
        fault(Code::EmptyPhase, "there is no step in the workflow that a person or program could do", "add an action");
        return None;
    }
    // Only a file of ours can be as we would write it.
    if ext.is_some() {
        mark_own_values(source, &playbook, duties);
    }
    let hint = "divide it into several playbooks";
    let ron = match notation::write_playbook(&playbook, &list_source_notes(source)) {
        Ok(ron) => ron,
        Err(error) => {
            fault(Code::TooLarge, &format!("it cannot be written as a playbook: {error}"), hint);
            return None;
        }
    };
    if ron.len() > TEXT_LIMIT {
        let what = format!("it makes a playbook of {} bytes; one may have {TEXT_LIMIT}", ron.len());
        fault(Code::TooLarge, &what, hint);
        return None;
    }
    // The text that was made is read like any author's: what an import gives can be used as it stands, or says why not.
    for finding in examine_playbook(&ron, duties).findings {
        let what = || format!("what was made of it has a fault: {}", finding.what);
        let hint = if finding.hint.is_empty() { "mend it in the text that was made" } else { &finding.hint };
        source.find(ROOT, finding.level, finding.code, what, hint);
    }
    Some((playbook, ron))
}

/// Of a file of ours, what we would write just so is kept.
fn mark_own_values(source: &Source<'_>, playbook: &Playbook, duties: &[Duty]) {
    let stamp = source.text(ROOT, "modified").and_then(|(_, time)| Time::parse(time).ok());
    let Some(stamp) = stamp.or_else(|| Time::from_micros(0)) else { return };
    let again = super::export::export_value(playbook, duties, stamp);
    let again = again.unwrap_or_default();
    source.tree.mark_like(ROOT, &again, "as it is written for every reader");
    for step in source.members(ROOT, "workflow") {
        let ours = again.get("workflow").and_then(|steps| steps.get(source.tree.key(step)));
        for key in ["on_completion", "on_success", "on_failure", "on_true"] {
            if let (Some(ours), Some(at)) = (ours, source.tree.get(step, key))
                && ours.get(key) != Some(&source.tree.value(at))
            {
                let what = "steps of ours keep their places and what they wait for, which our extension says";
                source.tree.mark(at, Fate::Changed, what);
            }
        }
    }
}

/// The lines above the text.
fn list_source_notes(source: &Source<'_>) -> Vec<String> {
    let said = |key: &str| source.text(ROOT, key).map_or("", |(_, text)| text);
    vec![
        format!("Taken in from CACAO: {} ({})", said("name"), said("id")),
        format!("created {} by {}, changed {}", said("created"), said("created_by"), said("modified")),
        "Look it over before you use it: the account of the import says what was changed or dropped.".to_owned(),
    ]
}
