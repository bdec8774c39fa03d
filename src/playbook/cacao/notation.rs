//! A playbook as the text that its reader accepts, with where it came from.

use super::extension::options;
use crate::domain::playbook::Playbook;
use crate::domain::text::safe;
use ron::ser::PrettyConfig;

/// `playbook` in the notation of playbooks, under lines that say what it was made of.
pub(super) fn write(playbook: &Playbook, notes: &[String]) -> Result<String, String> {
    let mut text = String::new();
    for note in notes {
        let short: String = safe(note).chars().take(160).collect();
        text.push_str(&format!("// {short}\n"));
    }
    let pretty = PrettyConfig::new().new_line("\n").compact_structs(false);
    let body = options().to_string_pretty(playbook, pretty).map_err(|error| error.to_string())?;
    text.push_str(&body);
    text.push('\n');
    Ok(text)
}
