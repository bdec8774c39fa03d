//! Text in which what was looked for is marked: underlined and bold, in whatever style it has.

use crate::domain::search::fold_text;
use ratatui::{
    style::{Modifier, Style},
    text::Span,
};
use std::ops::Range;

/// How a match is marked, so that it is seen without colour too.
pub(crate) fn mark(style: Style) -> Style {
    style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
}

/// Where the folded `words` occur in `text`, bytes, rising and apart.
pub(crate) fn places(text: &str, words: &[String]) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let folded = fold_text(text);
    let mut all: Vec<Range<usize>> = words
        .iter()
        .filter(|word| !word.is_empty())
        .flat_map(|word| folded.match_indices(word.as_str()).map(|(at, found)| at..at + found.len()))
        .collect();
    all.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for range in all {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// `text`, which is safe and cut already, with these ranges marked.
pub(crate) fn spans(text: &str, places: &[Range<usize>], style: Style) -> Vec<Span<'static>> {
    let mut spans = Vec::with_capacity(places.len() * 2 + 1);
    let mut done = 0;
    let part = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    for place in places {
        if place.start > done {
            spans.push(Span::styled(part(done..place.start), style));
        }
        spans.push(Span::styled(part(place.clone()), mark(style)));
        done = place.end;
    }
    if done < text.len() {
        spans.push(Span::styled(part(done..text.len()), style));
    }
    spans
}

/// `text`, which is safe and cut already, with every occurrence of the folded `words` marked.
pub(crate) fn words(text: &str, words: &[String], style: Style) -> Vec<Span<'static>> {
    spans(text, &places(text, words), style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_is_marked_in_either_case() {
        let seek = ["ward".to_owned(), "ärzte".to_owned(), "d 7".to_owned()];
        let spans = words("Ward 7: ÄRZTE to ward", &seek, Style::new());
        let texts: Vec<(&str, bool)> =
            spans.iter().map(|span| (span.content.as_ref(), span.style == mark(Style::new()))).collect();
        assert_eq!(texts, [("Ward 7", true), (": ", false), ("ÄRZTE", true), (" to ", false), ("ward", true)]);
        assert_eq!(words("Ward", &[], Style::new()).len(), 1);
        assert!(words("", &seek, Style::new()).is_empty());
    }
}
