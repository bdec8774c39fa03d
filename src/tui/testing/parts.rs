//! Parts of the screen as text, cut out of the real frame where the layout says that they lie, so that no second
//! geometry can disagree. Lines end without spaces, and parts without empty lines at their ends.

use super::Desk;
use crate::tui::{
    keys::place::Place,
    model::msg::Msg,
    screens::scene_of,
    text::hit::Hit,
    update,
    widgets::layout::{Scene, lay_out},
};
use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
};
use unicode_width::UnicodeWidthStr as _;

/// The rows of the window in which lists and texts are looked at: the least.
const ROWS: u16 = 23;
/// The rows of the window in which forms are looked at: all fields are in view.
const FORM_ROWS: u16 = 48;
/// The least indent of a line that goes on with the one before, cells.
const INDENT: usize = 10;
/// How a line of a form begins that does not go on with the one before, however far it is indented.
const OWN: [&str; 5] = ["(●)", "( )", "[x]", "[ ]", "│"];

/// The text of that part of a frame.
pub(crate) fn cut_out(frame: &Buffer, area: Rect) -> Vec<String> {
    let row = |y: u16| {
        let mut x = area.x;
        let mut text = String::new();
        while let Some(cell) = frame.cell((x, y)).filter(|_| x < area.right()) {
            text.push_str(cell.symbol());
            // What is behind a wide sign is not seen.
            x += (cell.symbol().width() as u16).max(1);
        }
        text.trim_end().to_owned()
    };
    (area.y..area.bottom()).map(row).collect()
}

/// Without the empty lines at both ends.
fn trimmed(lines: &[String]) -> String {
    let from = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let to = lines.iter().rposition(|line| !line.is_empty()).map_or(from, |last| last + 1);
    lines[from..to].join("\n")
}

/// Words without the room between columns, and whole where they were broken into lines: what a form says, however wide
/// its column of labels is.
pub(crate) fn as_said(lines: &[String]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for line in lines {
        let text = line.trim_start();
        let indent = line.width() - text.width();
        let words = text.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
        match said.last_mut() {
            _ if words.is_empty() || words == "│" => {}
            _ if words.starts_with('─') => said.push("───".into()),
            Some(last) if indent >= INDENT && !OWN.iter().any(|mark| words.starts_with(mark)) && last != "───" => {
                last.push_str(if last.ends_with('│') { "" } else { " " });
                last.push_str(&words);
            }
            _ => said.push(words),
        }
    }
    said
}

impl Desk {
    /// The frame once the window has that size, cell by cell.
    fn drawn(&mut self, width: u16, height: u16) -> Buffer {
        update(&mut self.model, Msg::Resize(width, height));
        self.cells(width, height)
    }

    fn scene(&self) -> Scene {
        self.model.case.as_ref().map_or(Scene::Whole, |screen| scene_of(screen.place))
    }

    /// The list of the place that is shown, and what stands under or beside it.
    fn split(&mut self, width: u16) -> (String, String) {
        let frame = self.drawn(width, ROWS);
        let laid = lay_out((width, ROWS), self.scene());
        let area = match self.scene() {
            Scene::Step => return (trimmed(&cut_out(&frame, laid.left)), trimmed(&cut_out(&frame, laid.step))),
            Scene::Whole | Scene::Log => laid.body,
            Scene::Text => laid.text,
        };
        let lines = cut_out(&frame, area);
        if matches!(self.model.case.as_ref().map(|screen| screen.place), None | Some(Place::Log)) {
            return (trimmed(&lines), String::new());
        }
        self.model.env.theme.probe = true;
        let canvas = self.cells(width, ROWS);
        self.model.env.theme.probe = false;
        let is_row = |cell: &Cell| matches!(Hit::read(cell.fg, cell.bg), Some(Hit::Row(_)));
        let listed = |y: &u16| (area.x..area.right()).any(|x| canvas.cell((x, *y)).is_some_and(is_row));
        let Some(last) = (area.y..area.bottom()).rfind(listed) else { return (trimmed(&lines), String::new()) };
        let mut end = usize::from(last - area.y) + 1;
        // Where not all rows are in view, they are counted.
        end += usize::from(lines.get(end).is_some_and(|line| line.split(" of ").count() == 2 && line.len() < 20));
        (trimmed(&lines[..end]), trimmed(&lines[end..]))
    }

    /// What is listed in the place that is shown, in a window so wide and as high as the least: heading, rows, count.
    pub(crate) fn list_lines(&mut self, width: u16) -> String {
        self.split(width).0
    }

    /// The row with the cursor in full, or the step.
    pub(crate) fn detail_lines(&mut self, width: u16) -> String {
        self.split(width).1
    }

    /// The log beside or below the place that is shown.
    pub(crate) fn log_lines(&mut self, width: u16) -> String {
        let frame = self.drawn(width, ROWS);
        lay_out((width, ROWS), self.scene()).log.map(|log| trimmed(&cut_out(&frame, log))).unwrap_or_default()
    }

    /// The list or page that lies over the screen.
    pub(crate) fn overlay_lines(&mut self, width: u16) -> String {
        let frame = self.drawn(width, ROWS);
        trimmed(&cut_out(&frame, lay_out((width, ROWS), Scene::Whole).body))
    }

    /// What the form on top says: title, what to know, fields with labels, the hint of the one with the cursor, and what
    /// will be recorded.
    pub(crate) fn form_lines(&mut self, width: u16) -> String {
        let frame = self.drawn(width, FORM_ROWS);
        let scene = if self.model.case.is_some() { Scene::Step } else { Scene::Whole };
        let laid = lay_out((width, FORM_ROWS), scene);
        as_said(&cut_out(&frame, if scene == Scene::Step { laid.form } else { laid.body })).join("\n")
    }

    /// What the form on top says under its fields.
    pub(crate) fn form_foot(&mut self, width: u16) -> String {
        let said = self.form_lines(width);
        said.rsplit_once("───\n").map_or("", |(_, foot)| foot).to_owned()
    }

    /// The window that lies over everything else, without its edges.
    pub(crate) fn window_lines(&mut self, width: u16) -> String {
        let frame = self.drawn(width, ROWS);
        let lines = cut_out(&frame, frame.area);
        let from = lines.iter().position(|line| line.contains('┌')).unwrap_or(lines.len());
        let inside = lines[from..].iter().map_while(|line| {
            let edge = line.rfind(['┐', '│'])?;
            let line = &line[..edge];
            Some(line.rfind(['┌', '│']).map_or(line, |edge| &line[edge..]).trim_start_matches(['┌', '│']).to_owned())
        });
        trimmed(&inside.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>())
    }

    /// The message over the line of keys, or how a job goes, in the least window: the lines that would not be there
    /// without it.
    pub(crate) fn notice(&mut self) -> String {
        let frame = self.drawn(80, ROWS);
        let mut model = self.model.clone();
        (model.notice, model.jobs.check) = (None, None);
        model.jobs.background.clear();
        let bare = Desk { model, ..Desk::new() }.drawn(80, ROWS);
        let area = lay_out((80, ROWS), Scene::Whole).notice;
        let (lines, bare) = (cut_out(&frame, area), cut_out(&bare, area));
        let same = lines.iter().zip(&bare).rposition(|(line, bare)| line == bare).map_or(0, |last| last + 1);
        lines[same..].join("\n")
    }

    /// The line of keys.
    pub(crate) fn key_bar(&mut self, width: u16) -> String {
        let frame = self.drawn(width, ROWS);
        trimmed(&cut_out(&frame, lay_out((width, ROWS), Scene::Whole).keys))
    }

    /// The two top lines.
    pub(crate) fn top_lines(&mut self, width: u16) -> String {
        let frame = self.drawn(width, ROWS);
        trimmed(&cut_out(&frame, lay_out((width, ROWS), Scene::Whole).top))
    }
}
