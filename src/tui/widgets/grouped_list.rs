//! A list under headings, and under it the row with the cursor in full. Headings are no rows: the cursor passes them
//! over, and the heading of what is in view stays in view.

use super::{
    list::lay_heading,
    list_with_detail::{self, Whole},
};
use crate::tui::{
    text::{theme::Theme, width::cut_to},
    widgets::scroll::Shape,
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Text},
};

/// The least rows of a list that has more than it shows, with its headings.
const ROWS: usize = 8;

/// Rows under a heading.
pub(crate) struct Group {
    /// What they have in common.
    pub(crate) heading: String,
    /// How it is set.
    pub(crate) style: fn(Theme) -> Style,
    /// How many there are.
    pub(crate) rows: usize,
}

/// A list of groups. Rows are numbered through all of them.
pub(crate) struct Grouped<'a> {
    /// What it lists; its first line.
    pub(crate) title: &'a str,
    /// Its groups; those without rows are left out.
    pub(crate) groups: Vec<Group>,
    /// The row with the cursor.
    pub(crate) at: usize,
    /// Lines that are scrolled away.
    pub(crate) top: usize,
    /// What to say where there is no row: each a line.
    pub(crate) none: &'a [String],
    /// The key that shows a row in full.
    pub(crate) key: &'a str,
}

/// A line of the list.
#[derive(Clone, Copy)]
enum Slot {
    Gap,
    Head(usize),
    Row(usize),
}

/// What stands below keeps its place while the cursor moves: the list is as high as it can need to be.
fn most_rows(height: usize) -> usize {
    (height * 3 / 5).max(ROWS).min(height)
}

impl Grouped<'_> {
    fn len(&self) -> usize {
        self.groups.iter().map(|group| group.rows).sum()
    }

    fn slots(&self, gaps: bool) -> Vec<Slot> {
        let mut slots = Vec::new();
        let mut row = 0;
        for (at, group) in self.groups.iter().enumerate().filter(|(_, group)| group.rows > 0) {
            if gaps && !slots.is_empty() {
                slots.push(Slot::Gap);
            }
            slots.push(Slot::Head(at));
            slots.extend((row..row + group.rows).map(Slot::Row));
            row += group.rows;
        }
        slots
    }

    /// Its lines, and how they lie in a place so many rows high.
    fn shaped(&self, height: usize) -> (Vec<Slot>, Shape) {
        let most = most_rows(height);
        let (tight, loose) = (self.slots(false), self.slots(true));
        let slots = if loose.len() + 2 <= most { loose } else { tight };
        let room = if slots.len() + 2 <= most { slots.len() } else { most.saturating_sub(3) };
        let at = slots.iter().position(|slot| matches!(slot, Slot::Row(row) if *row == self.at)).unwrap_or(0);
        let len = slots.len();
        (slots, Shape { at, len, room })
    }

    /// How its lines lie in a place so many rows high.
    pub(crate) fn shape(&self, height: usize) -> Shape {
        self.shaped(height).1
    }

    /// Draws it; `row` makes a line of the row of that number, in so many cells.
    pub(crate) fn draw(
        &self,
        theme: Theme,
        area: Rect,
        frame: &mut Frame<'_>,
        row: impl Fn(usize, usize) -> Line<'static>,
        whole: Option<Whole>,
    ) {
        let (cells, height, len) = (usize::from(area.width), usize::from(area.height), self.len());
        let mut lines = vec![lay_heading(self.title, len, theme, cells)];
        if len == 0 {
            lines.push(Line::default());
            lines.extend(self.none.iter().map(|text| Line::styled(cut_to(&format!(" {text}"), cells), theme.quiet())));
            frame.render_widget(Text::from(lines), area);
            return;
        }
        let most = most_rows(height);
        let (slots, shape) = self.shaped(height);
        let Shape { at, room, .. } = shape;
        let all = slots.len() <= room;
        let top = shape.top(self.top);
        for (place, slot) in slots.iter().enumerate().skip(top).take(room) {
            let slot = if place == top && place != at { self.leading(&slots, place) } else { *slot };
            lines.push(match slot {
                Slot::Gap => Line::default(),
                Slot::Head(group) => self.group(group, theme, cells),
                Slot::Row(number) => theme.row(row(number, cells), number, number == self.at),
            });
        }
        if !all {
            let text = format!(" {} of {len}", self.at.min(len.saturating_sub(1)) + 1);
            lines.push(Line::styled(cut_to(&text, cells), theme.quiet()));
        }
        let upper = if all { slots.len() + 2 } else { most }.min(height);
        lines.truncate(upper);
        frame.render_widget(Text::from(lines), Rect { height: upper as u16, ..area });
        let lower = Rect { y: area.y + upper as u16, height: area.height - upper as u16, ..area };
        if let Some(whole) = whole {
            list_with_detail::draw_detail(&whole, self.key, theme, lower, frame);
        }
    }

    /// What stands in the first line in view: the heading that its rows are under.
    fn leading(&self, slots: &[Slot], place: usize) -> Slot {
        let heads = slots.iter().take(place + 1).rev();
        heads.copied().find(|slot| matches!(slot, Slot::Head(_))).unwrap_or(Slot::Gap)
    }

    /// The line above the rows of a group.
    fn group(&self, at: usize, theme: Theme, cells: usize) -> Line<'static> {
        let Some(group) = self.groups.get(at) else { return Line::default() };
        Line::styled(cut_to(&format!(" {}  {}", group.heading, group.rows), cells), (group.style)(theme))
    }
}
