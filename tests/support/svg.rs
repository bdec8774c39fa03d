//! A frame as a picture: an SVG with text that can be selected and read aloud, and nothing from outside.

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

/// A cell's width and height, and the room around the cells, in pixels.
const CELL: (f32, f32) = (8.0, 17.0);
const ROOM: (f32, f32) = (14.0, 38.0);
/// Ground, letters, and letters that are faint.
const GROUND: &str = "#15181e";
const LETTERS: &str = "#dfe3ea";
const FAINT: &str = "#949ca8";

/// How a cell looks: colour of letter and ground, and whether it is bold or underlined.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    letter: &'static str,
    ground: Option<&'static str>,
    bold: bool,
    underlined: bool,
}

/// The colours that the default theme uses; another one has no picture.
fn color(color: Color) -> Option<&'static str> {
    Some(match color {
        Color::Black => "#101216",
        Color::White => "#ffffff",
        Color::Red => "#c0323b",
        Color::Yellow => "#e3b341",
        Color::Magenta => "#d58cf0",
        Color::Reset => return None,
        color => panic!("the pictures have no colour for {color}"),
    })
}

fn look(cell: &Cell) -> Look {
    let has = |modifier| cell.modifier.contains(modifier);
    let (letter, ground) = (color(cell.fg), color(cell.bg));
    let plain = if has(Modifier::DIM) { FAINT } else { LETTERS };
    let (letter, ground) = match has(Modifier::REVERSED) {
        false => (letter.unwrap_or(plain), ground),
        true => (ground.unwrap_or(GROUND), Some(letter.unwrap_or(plain))),
    };
    Look { letter, ground, bold: has(Modifier::BOLD), underlined: has(Modifier::UNDERLINED) }
}

/// A run of cells that look the same: where it begins, how many cells it has, and its text.
struct Run {
    at: usize,
    cells: usize,
    text: String,
    look: Look,
}

fn runs(frame: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < frame.area.width {
        let cell = frame.cell((x, y)).unwrap();
        let (symbol, wide, look) = (cell.symbol(), cell.symbol().width().max(1), look(cell));
        match runs.last_mut().filter(|run| run.look == look) {
            Some(run) => {
                run.cells += wide;
                run.text.push_str(symbol);
            }
            None => runs.push(Run { at: usize::from(x), cells: wide, text: symbol.to_owned(), look }),
        }
        x += wide as u16;
    }
    runs
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A length in pixels, as short as it can be written.
fn pixels(length: f32) -> String {
    format!("{length:.1}").trim_end_matches(".0").to_owned()
}

/// A run's text in pieces that two spaces or more part: each has a place and a length of its own, so that columns stand
/// whatever font there is.
fn pieces(run: &Run) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut at = run.at;
    let mut rest = run.text.as_str();
    while !rest.is_empty() {
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        (at, rest) = (at + blank, &rest[blank..]);
        let end = rest.find("  ").unwrap_or(rest.trim_end_matches(' ').len());
        if end > 0 {
            pieces.push((at, &rest[..end]));
        }
        at += rest[..end].width();
        rest = if rest[end..].trim().is_empty() { "" } else { &rest[end..] };
    }
    pieces
}

/// The picture; `title` is what it is called where it cannot be seen.
pub(crate) fn svg(frame: &Buffer, title: &str) -> String {
    let at = |cells: usize| pixels(ROOM.0 + cells as f32 * CELL.0);
    let (width, height) = (
        pixels(2.0 * ROOM.0 + f32::from(frame.area.width) * CELL.0),
        pixels(ROOM.1 + 12.0 + f32::from(frame.area.height) * CELL.1),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\">\n<title>{title}</title>\n<style>text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,\
         'DejaVu Sans Mono',monospace;fill:{LETTERS};white-space:pre}}.b{{font-weight:bold}}.u{{text-decoration:underline}}\
         .f{{fill:{FAINT}}}</style>\n<rect width=\"{width}\" height=\"{height}\" rx=\"9\" fill=\"{GROUND}\"/>\n",
        title = escaped(title),
    );
    for (n, fill) in ["#e0605c", "#dba63c", "#5fae5b"].iter().enumerate() {
        let _ = writeln!(svg, "<circle cx=\"{}\" cy=\"17\" r=\"5.5\" fill=\"{fill}\"/>", 20 + 18 * n);
    }
    for y in 0..frame.area.height {
        let (top, base) = (ROOM.1 + f32::from(y) * CELL.1, ROOM.1 + f32::from(y) * CELL.1 + 13.0);
        let mut row = String::new();
        for run in runs(frame, y) {
            if let Some(ground) = run.look.ground {
                let wide = pixels(run.cells as f32 * CELL.0);
                let (x, y, high) = (at(run.at), pixels(top), CELL.1);
                let _ =
                    writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{ground}\"/>");
            }
            let mut classes = String::new();
            classes.push_str(if run.look.bold { "b " } else { "" });
            classes.push_str(if run.look.underlined { "u " } else { "" });
            classes.push_str(if run.look.letter == FAINT { "f" } else { "" });
            let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.trim()) };
            let own = ![LETTERS, FAINT].contains(&run.look.letter);
            let fill = if own { format!(" style=\"fill:{}\"", run.look.letter) } else { String::new() };
            for (from, text) in pieces(&run) {
                let long = pixels(text.width() as f32 * CELL.0);
                let (x, text) = (at(from), escaped(text));
                let _ = write!(row, "<tspan x=\"{x}\" textLength=\"{long}\"{class}{fill}>{text}</tspan>");
            }
        }
        if !row.is_empty() {
            let _ = writeln!(svg, "<text y=\"{}\">{row}</text>", pixels(base));
        }
    }
    svg.push_str("</svg>\n");
    svg
}
