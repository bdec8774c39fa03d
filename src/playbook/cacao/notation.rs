//! A playbook as the text that its reader accepts, with where it came from.

use super::extension::options;
use crate::domain::playbook::Playbook;
use crate::domain::text::safe;
use ron::ser::PrettyConfig;

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
pub(super) fn write(playbook: &Playbook, notes: &[String]) -> Result<String, String> {
    let mut text = String::new();
    for note in notes {
        let short: String = safe(note).chars().take(160).collect();
        text.push_str(&format!("// {short}\n"));
    }
    let pretty = PrettyConfig::new().new_line("\n").compact_structs(false);
    let body = options().to_string_pretty(playbook, pretty).map_err(|error| error.to_string())?;
    for line in body.lines().filter(|line| !UNSAID.contains(&line.trim_start())) {
        text.push_str(line);
        text.push('\n');
    }
    Ok(text)
}
