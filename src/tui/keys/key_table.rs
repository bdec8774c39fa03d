//! The table of actions for people: where each can be used, in words, and the table of keys for the README.

use super::{
    action::{Action, Context},
    keymap::Keymap,
    place::Place,
    table::ACTIONS,
};

/// A place in a word or two.
pub(crate) fn name_of_context(context: Context) -> &'static str {
    match context {
        Context::Home => "cases",
        Context::At(place) => place.word(),
        Context::Form => "a box",
        Context::Busy => "a job",
        Context::NotRecorded => "NOT RECORDED",
        Context::List => "a list",
        Context::Filter => "the filter",
        Context::Page => "a page",
        Context::Ask => "leaving",
        Context::Small => "too small",
    }
}

/// The most places of a case that are named as left out.
const FEW: usize = 3;

/// Where an action can be used, in words: all places of a case are one word, and nearly all are all but some.
pub(crate) fn word_places(contexts: &[Context]) -> String {
    let (mut without, mut own) = (Vec::new(), Vec::new());
    for each in Place::ALL.map(Context::At) {
        if contexts.contains(&each) { &mut own } else { &mut without }.push(name_of_context(each));
    }
    let mut words = match without.len() {
        0 => vec!["a case".to_owned()],
        1..=FEW => vec![format!("a case but for {}", without.join(", "))],
        _ => own.into_iter().map(str::to_owned).collect(),
    };
    let others = contexts.iter().filter(|context| !matches!(context, Context::At(_)));
    words.extend(others.map(|context| name_of_context(*context).to_owned()));
    words.join(", ")
}

/// A row of the table of actions, for those outside.
#[derive(Clone, Debug)]
pub struct ActionRow {
    /// Its name.
    pub name: &'static str,
    /// Its name as the settings write it, such as `own-decision` or `back/page`.
    pub setting: String,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// Where it can be used, such as `log` or `a form`.
    pub places: Vec<&'static str>,
    /// The same in words: all places of a case are `a case`.
    pub shown_places: String,
    /// Its keys as they are written, such as `Ctrl-S`; none where it is only in the list of all actions.
    pub keys: Vec<String>,
    /// The keys are not those of the table.
    pub changed: bool,
}

/// Every row of the table, with the keys that it has there.
pub fn list_action_rows() -> Vec<ActionRow> {
    Keymap::default().rows()
}

/// The table of keys for the README, as Markdown; generated, so that it cannot be wrong.
pub fn key_table_markdown() -> String {
    let mut rows: Vec<(&Action, Vec<Context>)> = Vec::new();
    for action in ACTIONS {
        // What stands in the table twice only for its word in the key line is one row here.
        let same = |row: &&mut (&Action, _)| {
            (row.0.name, row.0.doc, row.0.keys) == (action.name, action.doc, action.keys) && !row.0.keys.is_empty()
        };
        match rows.iter_mut().find(same) {
            Some((_, contexts)) => contexts.extend(action.contexts),
            None => rows.push((action, action.contexts.to_vec())),
        }
    }
    let mut table = String::from("| where | key | does |\n|---|---|---|\n");
    for (action, contexts) in rows {
        let keys: Vec<String> = action.keys.iter().map(|key| format!("`{}`", key.written())).collect();
        let keys = if keys.is_empty() { format!("`:` {}", action.name) } else { keys.join(" ") };
        table.push_str(&format!("| {} | {keys} | {} |\n", word_places(&contexts), action.doc));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_action() {
        let table = key_table_markdown();
        for action in ACTIONS {
            let rows = table.lines().filter(|row| row.ends_with(&format!("| {} |", action.doc))).count();
            let keys = action.keys.iter().all(|key| table.contains(&format!("`{}`", key.written())));
            assert!(rows > 0 && keys, "{}: {table}", action.name);
        }
        assert_eq!(table.matches("Says what is right where an entry is wrong; both are kept.").count(), 1, "{table}");
        assert!(table.contains("| a case but for log | `/` |"), "{table}");
        assert!(table.contains("| a box | `Ctrl-S` | Records what the box shows. |"), "{table}");
    }
}
