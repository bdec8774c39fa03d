//! The handover as plain text: marked, wrapped for paper and for a terminal, ready to read aloud.

use crate::domain::{
    case::Case,
    handover::Section,
    text::make_safe,
    time::{Now, zone_label},
};
use unicode_segmentation::UnicodeSegmentation as _;

/// Characters in a line.
const WIDTH: usize = 76;

/// The handover at `now`, with line feeds, the mark first and last, and no line longer than 76 characters but for a
/// word that is. The same case at the same moment gives the same text.
pub fn render_handover(case: &Case, now: Now) -> String {
    let at = now.zone.local(now.at).format("%-d %B %Y %H:%M:%S");
    let head = format!("HANDOVER of case {}, as it stood on {at} {}", case.id.short(), zone_label(now.offset()));
    let mark = case.tlp.to_string();
    let mut lines = vec![mark.clone(), String::new(), head];
    for Section { heading, lines: said } in case.handover(now) {
        lines.extend([String::new(), heading.to_uppercase()]);
        for line in said {
            push_wrapped(&line, &mut lines);
        }
    }
    lines.extend([String::new(), mark]);
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// `line` after a dash, further lines indented as far.
fn push_wrapped(line: &str, out: &mut Vec<String>) {
    // Made safe where it was put together; here again, so that no line can break the page.
    let line = make_safe(line);
    let mut row = String::from("-");
    let mut length = 1;
    for word in line.split(' ') {
        let size = word.graphemes(true).count();
        if length > 1 && length + 1 + size > WIDTH {
            out.push(std::mem::replace(&mut row, String::from(" ")));
            length = 1;
        }
        row.push(' ');
        row.push_str(word);
        length += 1 + size;
    }
    out.push(row);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::time::Time, exchange::sample};

    fn now(text: &str) -> Now {
        Now::fixed(Time::parse(text).unwrap(), 60)
    }

    #[test]
    fn the_night_is_handed_over() {
        let case = sample::hospital().case;
        let text = render_handover(&case, now("2026-11-22T06:30:00Z"));
        insta::assert_snapshot!(text);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.starts_with("TLP:AMBER+STRICT\n") && text.ends_with("\nTLP:AMBER+STRICT\n"));
        assert!(text.contains(&case.seal().to_string()));
    }

    #[test]
    fn hostile_text_stays_in_its_line() {
        let text = render_handover(&sample::hostile().case, now("2026-11-22T06:30:00Z"));
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{200b}', '\u{2028}']));
        let ours = |line: &str| {
            line.is_empty()
                || line.starts_with("- ")
                || line.starts_with("  ")
                || line.chars().all(|c| !c.is_lowercase())
        };
        for line in text.lines().filter(|line| !line.starts_with("HANDOVER of case")) {
            assert!(ours(line), "{line:?} is nothing that the handover itself begins");
        }
        assert!(text.contains('␛'), "it is there to be read");
    }

    #[test]
    fn an_exercise_says_so_first_and_what_is_lost_is_said() {
        let text = render_handover(&sample::exercise().case, now("2026-11-22T08:00:00Z"));
        let first = text.lines().find(|line| line.starts_with("- ")).unwrap();
        assert!(first.contains("EXERCISE, EXERCISE, EXERCISE"), "{first}");
        assert!(text.contains("ENTRIES A41 TO A42 WERE RECORDED AND ARE LOST"), "{text}");
        assert!(text.contains("The case is closed: nothing is to be done next."));
    }
}
