//! Integrity: whether the case is whole. The seal to be read over the phone, the chain, what a check found, evidence,
//! exports, and this machine's clock.

use super::reading_keys::reading_keys;
use crate::{
    domain::{
        case::Noted,
        event::{ClockJumped, ExportMade},
        finding::{Finding, Level, Verdict},
        time::Now,
        wording::{
            duration::clock_difference,
            moment::time_ago,
            number::{byte_size, count_of},
        },
    },
    tui::{
        keys::{place::Place, table::ActionId, ways::KeyNames},
        model::{
            Model,
            open_case::{Checked, OpenCase},
            tickets::Progress,
        },
        text::{
            hanging::hang_text,
            theme::Theme,
            width::{cut_to, wrap_text},
        },
        widgets::{
            list_with_detail::word_time,
            reading::{self, TEXT},
        },
    },
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

/// Rows of one sort: exports, findings, corrections and the like.
const ROWS: usize = 8;
/// The words by which signs of a seal are read over the telephone, in the order of the signs.
const SPOKEN: [&str; 32] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "alfa", "bravo", "charlie",
    "delta", "echo", "foxtrot", "golf", "hotel", "juliett", "kilo", "mike", "november", "papa", "quebec", "romeo",
    "sierra", "tango", "victor", "whiskey", "x-ray", "yankee", "zulu",
];
/// The signs.
const SIGNS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The page as it grows.
struct PageLines<'a> {
    lines: Vec<Line<'static>>,
    theme: Theme,
    ways: KeyNames<'a>,
    cells: usize,
}

impl PageLines<'_> {
    fn heading(&mut self, text: &str) {
        self.lines
            .extend([Line::default(), Line::styled(cut_to(&format!(" {text}"), self.cells), self.theme.strong())]);
    }

    fn row(&mut self, name: &str, text: &str, style: Style) {
        self.lines.extend(hang_text(&format!(" {name:<8}"), text, self.theme, style, self.cells));
    }

    fn plain(&mut self, text: &str, style: Style) {
        let rows = wrap_text(text, self.cells.saturating_sub(1));
        self.lines.extend(rows.into_iter().map(|row| Line::styled(format!(" {row}"), style)));
    }
}

/// Its lines in so many cells.
pub(crate) fn lay_integrity(model: &Model, screen: &OpenCase, cells: usize) -> Vec<Line<'static>> {
    let mut sheet = PageLines {
        lines: Vec::new(),
        theme: model.env.theme,
        ways: model.key_names(Place::Integrity),
        cells: cells.saturating_sub(1).min(TEXT),
    };
    tell_seal(screen, &mut sheet);
    tell_check(model, screen, &mut sheet);
    tell_chain(screen, &mut sheet);
    tell_evidence(screen, &mut sheet);
    tell_exports(screen, model.env.now, &mut sheet);
    tell_clock(screen, model.env.now, &mut sheet);
    sheet.heading("Where it lies");
    let folder = if screen.folder.is_empty() { "not known" } else { screen.folder.as_str() };
    sheet.row("Folder", folder, Style::new());
    if let Some(why) = &screen.read_only {
        sheet.row("", &format!("READ ONLY: {why}"), model.env.theme.alarm());
    }
    sheet.lines
}

/// The words for a group of four signs.
fn spell_group(group: &str) -> String {
    let word = |sign: char| SIGNS.find(sign).and_then(|at| SPOKEN.get(at)).copied().unwrap_or("");
    group.chars().map(word).collect::<Vec<_>>().join(", ")
}

fn tell_seal(screen: &OpenCase, sheet: &mut PageLines<'_>) {
    let seal = screen.case.seal().to_string();
    sheet.lines.push(Line::styled(" Seal", sheet.theme.strong()));
    sheet.lines.push(Line::default());
    for group in seal.split('-') {
        let large = group.chars().map(String::from).collect::<Vec<_>>().join(" ");
        let spans = vec![
            Span::styled(format!("    {large}    "), sheet.theme.accent()),
            Span::styled(spell_group(group), sheet.theme.quiet()),
        ];
        sheet.lines.push(Line::from(spans));
    }
    sheet.lines.push(Line::default());
    let how = "Read it out. The other reads the seal of their copy: on their second line, on the handover, or on what \
               was exported. The same seal: the same entries, to the last one. Another seal: one of you has entries \
               that the other does not have, or something was changed; compare where the logs end, below.";
    sheet.plain(how, sheet.theme.quiet());
}

/// What a check found, and when; how far one is that runs.
fn tell_check(model: &Model, screen: &OpenCase, sheet: &mut PageLines<'_>) {
    let theme = sheet.theme;
    sheet.heading("Check of every entry and every item of evidence");
    match (&model.jobs.check, &screen.checked) {
        (Some((_, progress)), _) => {
            let text = progress.as_ref().map_or_else(|| "it begins".to_owned(), Progress::text);
            sheet.row("Runs", &text, theme.accent());
            let how = format!("{} stops it. You can go on with the case meanwhile.", sheet.ways.keys(ActionId::Back));
            sheet.row("", &how, theme.quiet());
        }
        (None, None) => {
            let how = format!("Not done since the case was opened here: {} does it.", sheet.ways.keys(ActionId::Check));
            sheet.row("", &how, theme.near());
        }
        (None, Some(_)) => {}
    }
    let Some(Checked { at: when, records, findings }) = &screen.checked else { return };
    let time = when.map(|when| {
        format!("{}, {}", word_time(when, model.env.now), model.env.now.map_or(String::new(), |n| time_ago(when, n)))
    });
    let since = screen.case.records.saturating_sub(*records);
    let since = match since {
        0 => String::new(),
        since => format!("; {}", count_of(since, "entry was recorded since", "entries were recorded since")),
    };
    sheet.row("Last", &format!("{}{since}", time.unwrap_or_default()), Style::new());
    let (word, style) = match findings.as_slice() {
        [] => (format!("✓ All {records} entries and all evidence are as they were recorded."), Style::new()),
        findings => match Verdict::of(findings) {
            Verdict::Intact => ("✓ Nothing recorded is damaged. To know:".into(), Style::new()),
            Verdict::Unchecked => ("No damage was found, but not everything could be checked:".into(), theme.near()),
            Verdict::Damaged => {
                ("‼ DAMAGE was found. Do not write on; make a copy of the folder first.".into(), theme.alarm())
            }
        },
    };
    sheet.row("Found", &word, style);
    for Finding { place, what, level, .. } in findings.iter().take(ROWS) {
        let (sign, style) = match level {
            Level::Damage => ("‼", theme.alarm()),
            Level::Unchecked => ("?", theme.near()),
            Level::Notice => ("·", theme.quiet()),
        };
        sheet.row("", &format!("{sign} {place}: {what}"), style);
    }
    tell_more(findings.len(), "findings: carecert verify lists all", sheet);
}

fn tell_more(len: usize, what: &str, sheet: &mut PageLines<'_>) {
    if len > ROWS {
        sheet.row("", &format!("… and {} more {what}", len - ROWS), sheet.theme.quiet());
    }
}

/// The logs, what is lost, corrected, and not known to this version.
fn tell_chain(screen: &OpenCase, sheet: &mut PageLines<'_>) {
    let (case, theme) = (&screen.case, sheet.theme);
    sheet.heading(&format!("Chain  {} entries", case.records));
    if case.records == 0 {
        sheet.row("", "Nothing is recorded yet.", theme.quiet());
    }
    for (letter, console, head) in case.ends() {
        let hash = head.hash.to_string();
        let (first, last) = (hash.get(..8).unwrap_or(""), hash.get(56..).unwrap_or(""));
        let here = if console == screen.console { ", written here" } else { "" };
        let text = format!("1 to {}, ends in {first}…{last}  console {}{here}", head.seq, console.short());
        sheet.row(&letter, &text, Style::new());
    }
    for loss in &case.losses {
        let (letter, kept) = (case.letter(&loss.entry.console), &loss.what.kept);
        let (first, last, cite) = (loss.what.after + 1, loss.what.last, case.cite(&loss.entry));
        let text = format!("‼ {letter}{first} to {letter}{last} were recorded and are gone ({cite}); see {kept}");
        sheet.row("Lost", &text, theme.alarm());
    }
    for seen in &case.damage {
        let (word, style) = if seen.what.mended { ("Mended", theme.near()) } else { ("Damage", theme.alarm()) };
        sheet.row(word, &format!("{}: {}", case.cite(&seen.entry), seen.what.what), style);
    }
    let fixes: Vec<_> = case.corrections.values().flatten().collect();
    if !fixes.is_empty() {
        let undone = fixes.iter().filter(|fix| fix.what.undoes()).count();
        let cites: Vec<String> = fixes
            .iter()
            .take(ROWS)
            .map(|fix| format!("{} by {}", case.cite(&fix.what.entry), case.cite(&fix.entry)))
            .collect();
        let more = if fixes.len() > ROWS { ", …" } else { "" };
        let text = format!("Corrected {}, of which {undone} undone: {}{more}", fixes.len(), cites.join(", "));
        sheet.row("", &text, Style::new());
    }
    let unknown = screen.index.rare(None);
    if !unknown.is_empty() {
        let first = unknown.iter().take(ROWS).filter_map(|row| screen.index.row(*row));
        let cites: Vec<String> = first.map(|row| row.cite()).collect();
        let text = format!(
            "{} of a newer carecert, which this version keeps and does not understand: {}",
            unknown.len(),
            cites.join(", ")
        );
        sheet.row("Unknown", &text, theme.near());
    }
}

fn tell_evidence(screen: &OpenCase, sheet: &mut PageLines<'_>) {
    let items = &screen.case.evidence;
    sheet.heading(&format!("Evidence  {} items", items.len()));
    if items.is_empty() {
        let how = format!("Nothing is taken in yet: {} takes a file in.", sheet.ways.key(ActionId::Evidence));
        return sheet.row("", &how, sheet.theme.quiet());
    }
    let copied: u64 = items.iter().filter(|item| item.what.copied).map(|item| item.what.size).sum();
    let outside: Vec<_> = items.iter().filter(|item| !item.what.copied).collect();
    let text = format!("{} as copies in the case, {}", items.len() - outside.len(), byte_size(copied));
    sheet.row("Kept", &text, Style::new());
    if !outside.is_empty() {
        let text = format!("{}, of which a check here can see nothing: keep what lies there", outside.len());
        sheet.row("By hash", &text, sheet.theme.near());
    }
    for item in outside.iter().take(ROWS) {
        let cite = screen.case.cite(&item.entry);
        sheet.row(
            "",
            &format!("{cite} {}, {} at {}", item.what.name, byte_size(item.what.size), item.what.origin),
            Style::new(),
        );
    }
    tell_more(outside.len(), "by reference", sheet);
}

fn tell_exports(screen: &OpenCase, now: Option<Now>, sheet: &mut PageLines<'_>) {
    let made = &screen.case.exports;
    sheet.heading(&format!("Exports  {}", made.len()));
    if made.is_empty() {
        let key = sheet.ways.key(ActionId::Export);
        let how = format!("The case has not left this machine by this program: {key} exports it.");
        return sheet.row("", &how, sheet.theme.quiet());
    }
    for Noted { entry, at: when, by, what: export, .. } in made.iter().rev().take(ROWS) {
        let ExportMade { format, name, sha256, size: bytes, seal, records } = export;
        let cite = screen.case.cite(entry);
        let text = format!("{format} {name}, {}, {cite} by {}", byte_size(*bytes), by.name);
        sheet.row(&word_time(*when, now), &text, Style::new());
        sheet.row("seal", &format!("{seal}, {records} entries"), sheet.theme.quiet());
        sheet.row("SHA-256", &sha256.to_string(), sheet.theme.quiet());
    }
    tell_more(made.len(), "before these, in the log", sheet);
}

fn tell_clock(screen: &OpenCase, now: Option<Now>, sheet: &mut PageLines<'_>) {
    let theme = sheet.theme;
    sheet.heading("Clock of this machine");
    match &screen.case.clock_check {
        None => {
            let key = sheet.ways.key(ActionId::Compare);
            let how = format!("Not compared yet: {key} compares it with another clock. Times rest on it.");
            sheet.row("", &how, theme.near());
        }
        Some(check) => {
            let (ahead, reference) = (clock_difference(check.what.ahead_ms), &check.what.reference);
            // Nobody who compares by hand is nearer than a second or two.
            let style = if check.what.ahead_ms.abs() > 2_000 { theme.near() } else { Style::new() };
            let when = word_time(check.what.machine, now);
            let text = format!("{ahead} against {reference}, {when} ({})", screen.case.cite(&check.entry));
            sheet.row("Compared", &text, style);
        }
    }
    let jumps = screen.index.rare(Some(ClockJumped::KIND));
    for row in jumps.iter().rev().take(ROWS).filter_map(|row| screen.index.row(*row)) {
        sheet.row("Jumped", &format!("{}: {}", row.cite(), row.line(200)), theme.near());
    }
    tell_more(jumps.len(), "jumps, in the log", sheet);
}

/// Draws it.
pub(super) fn draw_integrity(model: &Model, screen: &OpenCase, area: Rect, frame: &mut Frame<'_>) {
    let lines = lay_integrity(model, screen, usize::from(area.width));
    let keys = reading_keys(model.key_names(Place::Integrity));
    reading::draw_reading(lines, screen.row_here(), &keys, model.env.theme, area, frame);
}
