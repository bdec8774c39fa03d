//! The report as one HTML file: no script, nothing from outside, the same bytes for the same case.
//!
//! The template engine escapes every value, and a content security policy in the file forbids whatever might get
//! past it. On paper each page carries the TLP mark at the head and at the foot.

use super::{marks::list_legend, rows::ReportView};
use crate::{exchange::error::ExchangeError, store::snapshot::Snapshot};
use minijinja::{Environment, UndefinedBehavior, context, value::Serde};

/// The template: markup and words of the report. It sees only [`ReportView`].
const TEMPLATE: &str = include_str!("../../../assets/report.html");

/// Lays the case out. Fails only where the template itself is at fault.
pub fn render_html(snapshot: &Snapshot) -> Result<String, ExchangeError> {
    let mut engine = Environment::new();
    // A field that the template misspells fails a test instead of leaving a gap in a report.
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    // The name's ending is what makes the engine escape HTML.
    let context = context! { c => Serde(ReportView::of(snapshot)), legend => Serde(list_legend()) };
    Ok(engine.render_named_str("report.html", TEMPLATE, context)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sample;

    /// The inside of every tag.
    fn tags(html: &str) -> Vec<&str> {
        let body = html.split_once("</style>").unwrap().1;
        body.split('<').skip(1).map(|part| part.split_once('>').unwrap().0).collect()
    }

    #[test]
    fn hostile_text_is_only_text() {
        let html = render_html(&sample::hostile()).unwrap();
        assert!(html.contains("&lt;script&gt;"), "it is there to be read");
        let lower = html.to_ascii_lowercase();
        for bad in ["<script", "<img", "<a ", "<iframe", "<link", "<object", "url(", "@import"] {
            assert!(!lower.contains(bad), "{bad} in the report");
        }
        for tag in tags(&html) {
            let tag = tag.to_ascii_lowercase();
            for bad in ["src=", "href=", "http", "onerror", "onmouseover", "javascript", "style="] {
                assert!(!tag.contains(bad), "{bad} in <{tag}>");
            }
        }
        assert!(!html.contains(['\u{1b}', '\u{202e}', '\u{7}']), "a mark that deceives");
        assert!(html.contains("‹U+202E›") && html.contains("{{ 7 * 7 }}"), "text is never a template");
        assert_eq!(html.matches("</style>").count(), 1);
    }

    #[test]
    fn the_same_case_gives_the_same_bytes() {
        assert_eq!(render_html(&sample::hospital()).unwrap(), render_html(&sample::hospital()).unwrap());
    }

    #[test]
    fn a_corrected_entry_and_its_correction_are_both_there() {
        let snapshot = sample::hospital();
        let html = render_html(&snapshot).unwrap();
        let struck = "<del class=\"lines\">First screen with a ransom note seen on Ward 7, bay 3.</del>";
        let (_, after) = html.split_once(struck).unwrap();
        let (cell, _) = after.split_once("</td>").unwrap();
        let correction = &snapshot.case.corrections.values().next().unwrap()[0];
        assert!(cell.contains(&format!("Corrected by {}.", snapshot.case.cite(&correction.entry))), "{cell}");
        assert!(cell.contains("Ward 17, bay 3."));
    }

    #[test]
    fn it_says_what_a_commander_asks() {
        let snapshot = sample::hospital();
        let html = render_html(&snapshot).unwrap();
        for text in [
            "TLP:AMBER+STRICT",
            "2026-11-22 02:09:30 UTC",
            "2026-11-22 03:09:30 +01:00",
            "2026-11-25 02:05:00 UTC",
            "All sites are in England.",
            "M. Ellery, on-call executive",
            "CSOC-88214",
            "17179869184 bytes",
            "by reference",
            "Guidance, not legal advice",
            "records.jsonl",
            &snapshot.case.seal().to_string(),
        ] {
            assert!(html.contains(text), "{text} is missing");
        }
        assert!(!html.contains("EXERCISE") && !html.contains("Entries have been lost"));
        let drill = render_html(&sample::exercise()).unwrap();
        assert!(drill.contains("EXERCISE EXERCISE EXERCISE") && drill.contains("Entries have been lost"));
        assert!(drill.contains("entries 41 to 42 of this log"));
    }

    #[test]
    fn a_reader_by_ear_finds_the_way() {
        let html = render_html(&sample::exercise()).unwrap();
        assert!(html.contains("<html lang=\"en-GB\">"));
        let headings: Vec<u32> = tags(&html)
            .iter()
            .filter(|tag| tag.starts_with('h') && tag.as_bytes().get(1).is_some_and(u8::is_ascii_digit))
            .map(|tag| u32::from(tag.as_bytes()[1] - b'0'))
            .collect();
        assert_eq!(headings.iter().filter(|level| **level == 1).count(), 1);
        assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{headings:?}");
        assert!(
            tags(&html)
                .iter()
                .filter(|tag| tag.starts_with("th") && !tag.starts_with("thead"))
                .all(|tag| tag.contains("scope="))
        );
        assert!(html.contains("role=\"img\"") && html.contains("<desc id="));
    }

    #[test]
    fn a_case_without_entries_has_a_report() {
        let mut snapshot = sample::hospital();
        snapshot.case = crate::domain::case::Case::new(snapshot.case.id.clone());
        snapshot.records.clear();
        assert!(render_html(&snapshot).unwrap().contains("There are no entries."));
    }
}
