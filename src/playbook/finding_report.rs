//! Findings drawn as a compiler would draw them: file, line, column, the text itself, a caret and a hint.

use super::finding::{Finding, Level, boundary_before};
use crate::domain::text::make_safe;
use annotate_snippets::{AnnotationKind, Group, Level as Shown, Origin, Renderer, Snippet};

/// Lines shown before and after the faulty one.
const AROUND: usize = 1;
/// Characters of a long line that are kept on either side of a fault.
const BESIDE: usize = 90;

/// Draws `findings` about the file `name`, whose text is `text`; with `colour`, in a terminal's colours. Whatever
/// the text holds, the answer is safe to print: the only escape sequences in it are those of the colours.
pub fn report(name: &str, text: &str, findings: &[Finding], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // Not the terminal's own width: the same file gives the same text everywhere, also in a log.
    let renderer = renderer.term_width(160);
    let mut drawn = String::new();
    for finding in findings {
        for line in renderer.render(&build_groups(name, text, finding)).lines().filter(|line| !is_joint(line)) {
            drawn.push_str(line);
            drawn.push('\n');
        }
        drawn.push('\n');
    }
    drawn
}

/// The line that the renderer puts between a place and its text, as if the text were another file's. The place is
/// given apart because the renderer would count columns in the text as shown, not as it is in the file.
fn is_joint(line: &str) -> bool {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    plain.trim() == ":::"
}

/// Builds what the renderer draws for one finding: title, place, the lines around it, and the hint.
fn build_groups<'a>(name: &str, text: &str, finding: &Finding) -> Vec<Group<'a>> {
    let level = if finding.level == Level::Error { Shown::ERROR } else { Shown::WARNING };
    let window = Window::around(text, finding);
    let origin = Origin::path(make_safe(name).into_owned()).line(finding.line).char_column(finding.column);
    let mark = AnnotationKind::Primary.span(window.mark.0..window.mark.1);
    let snippet = Snippet::source(window.source).line_start(window.line).fold(false).annotation(mark);
    let title = level.primary_title(make_safe(&finding.what).into_owned()).id(finding.code.name());
    let mut group = title.element(origin).element(snippet);
    if !finding.hint.is_empty() {
        group = group.element(Shown::HELP.message(make_safe(&finding.hint).into_owned()));
    }
    vec![group]
}

/// The lines around a fault, made safe, and where the fault is in them.
struct Window {
    source: String,
    line: usize,
    mark: (usize, usize),
}

impl Window {
    /// Cuts out the lines around the place of a finding, and follows the mark through all that making them safe
    /// changes.
    fn around(text: &str, finding: &Finding) -> Self {
        let first = finding.line.saturating_sub(1 + AROUND);
        let mut source = String::new();
        let mut mark = (0, 0);
        let mut at = 0;
        for (number, line) in text.split('\n').enumerate().take(finding.line + AROUND) {
            if number >= first {
                let (shown, here) = show_line(line, finding, at, number + 1 == finding.line);
                if number > first {
                    source.push('\n');
                }
                if let Some((start, end)) = here {
                    mark = (source.len() + start, source.len() + end);
                }
                source.push_str(&shown);
            }
            at += line.len() + 1;
        }
        Window { source, line: first + 1, mark }
    }
}

/// One line made safe and short, and the mark on it where it is the faulty one; `at` is where the line starts.
fn show_line(line: &str, finding: &Finding, at: usize, faulty: bool) -> (String, Option<(usize, usize)>) {
    let line = line.strip_suffix('\r').unwrap_or(line);
    if !faulty {
        return (cut_part(line, true), None);
    }
    let start = boundary_before(line, finding.start.saturating_sub(at));
    let end = boundary_before(line, (finding.start + finding.length).saturating_sub(at)).max(start);
    let split = |from: usize, to: usize| line.get(from..to).unwrap_or("");
    let before = cut_part(split(0, start), false);
    let marked = cut_part(split(start, end), true);
    let after = cut_part(split(end, line.len()), true);
    let mark = (before.len(), before.len() + marked.len());
    (before + &marked + &after, Some(mark))
}

/// `part` made safe, and cut to its first characters (its last, unless `head`) with a mark where it was cut.
fn cut_part(part: &str, head: bool) -> String {
    let keep = if head { 2 * BESIDE } else { BESIDE };
    // Cut first, so that of a line of a million characters only what is shown is made safe.
    let mut ends = part.char_indices();
    let near = match head {
        true => ends.nth(keep + 1).map_or(part, |(end, _)| part.get(..end).unwrap_or("")),
        false => ends.rev().nth(keep).map_or(part, |(start, _)| part.get(start..).unwrap_or("")),
    };
    let safe = make_safe(near.replace('\t', "    ").as_str()).into_owned();
    let length = safe.chars().count();
    if length <= keep {
        return safe;
    }
    let kept: String =
        if head { safe.chars().take(keep).collect() } else { safe.chars().skip(length - keep).collect() };
    if head { kept + "…" } else { "…".to_owned() + &kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::examine;

    #[test]
    fn hostile_texts_are_drawn_safely_and_short() {
        let text = format!("(\r\n\tid: \"a\u{1b}]0;x\u{7}\u{202e}\", titel\u{301}: {}\n)", "x".repeat(5000));
        let examined = examine(&text, &[]);
        let drawn = report("a\u{1b}[2J.ron", &text, &examined.findings, false);
        assert!(drawn.contains("a␛[2J.ron:2:"), "{drawn}");
        assert!(drawn.chars().all(|c| c == '\n' || make_safe(c.encode_utf8(&mut [0; 4])).chars().eq([c])), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() < 400), "{drawn}");
        let coloured = report("x.ron", &text, &examined.findings, true);
        assert!(coloured.contains("\u{1b}[1m") && !coloured.contains("\u{1b}]0;"), "{coloured:?}");
    }
}
