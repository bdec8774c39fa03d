//! A playbook as the text that its reader accepts, with where it came from.

use crate::{
    domain::{playbook::Playbook, text::make_safe},
    playbook::{cacao::extension::notation_options, read::TEXT_LIMIT},
};
use ron::ser::PrettyConfig;
use std::fmt;

/// Lines that say only what holds where nothing is said. A text of the playbook is never a line of its own: its line
/// ends are written as `\n`.
const UNSAID: &[&str] = &[
    "summary: \"\",",
    "does: \"\",",
    "why: \"\",",
    "care: \"\",",
    "help: \"\",",
    "means: \"\",",
    "say: \"\",",
    "folder: \"\",",
    "sources: [],",
    "roles: [],",
    "duties: [],",
    "needs: [],",
    "expects: [],",
    "due: None,",
    "duty: None,",
    "until: None,",
    "when: Always,",
    "optional: false,",
    "form: Text,",
    "system: Any,",
    "kind: Task,",
];

/// `playbook` in the notation of playbooks, under lines that say what it was made of.
pub(super) fn write_playbook(playbook: &Playbook, notes: &[String]) -> Result<String, String> {
    let mut text = String::new();
    for note in notes {
        let short: String = make_safe(note).chars().take(160).collect();
        text.push_str(&format!("// {short}\n"));
    }
    let pretty = PrettyConfig::new().new_line("\n").compact_structs(false);
    let mut body = Bounded(String::new());
    notation_options().to_writer_pretty(&mut body, playbook, pretty).map_err(|error| match body.0.len() {
        0..TEXT_LIMIT => error.to_string(),
        _ => format!("it is longer than {TEXT_LIMIT} bytes"),
    })?;
    let Bounded(body) = body;
    for line in body.lines().filter(|line| !UNSAID.contains(&line.trim_start())) {
        text.push_str(line);
        text.push('\n');
    }
    Ok(text)
}

/// A text that is given up soon after it has become too long to be read back: a small file of shared parts can describe a
/// very long one.
struct Bounded(String);

impl fmt::Write for Bounded {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        self.0.push_str(more);
        if self.0.len() > 2 * TEXT_LIMIT { Err(fmt::Error) } else { Ok(()) }
    }
}
