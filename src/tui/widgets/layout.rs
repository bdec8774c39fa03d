//! Where everything lies on the screen. Drawing and moving ask the same function, so that they cannot disagree.

use ratatui::layout::Rect;

/// The least width and height, in cells, in which the console can be used.
pub(crate) const LEAST: (u16, u16) = (80, 23);
/// The width from which the log stands beside the step.
const WIDE: u16 = 120;
/// Rows of the log where it stands below.
const LOG: u16 = 4;
/// The least width of a form, cells: in a narrower column it lies over the log too.
const FORM: u16 = 70;

/// What is to be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scene {
    /// The list of cases, or what lies over everything: no columns.
    Whole,
    /// A step in full, with a column beside it and the log.
    Step,
    /// A list or a text, with the log beside it where there is room.
    Text,
    /// The log, over the whole width.
    Log,
}

/// Where the parts of the screen lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The two top lines.
    pub(crate) top: Rect,
    /// The line of places; a rule where nothing but one list or page is shown.
    pub(crate) tabs: Rect,
    /// The rule under the line of places.
    pub(crate) rule: Rect,
    /// All between the rule and the message.
    pub(crate) body: Rect,
    /// The column at the left.
    pub(crate) left: Rect,
    /// The step in full.
    pub(crate) step: Rect,
    /// Both of them, for a list or a text.
    pub(crate) text: Rect,
    /// The log beside or below; `None` where it is not shown.
    pub(crate) log: Option<Rect>,
    /// The rule over the log where that stands below.
    pub(crate) log_rule: Option<Rect>,
    /// Columns of the lines that stand between the parts.
    pub(crate) joints: Vec<u16>,
    /// A form beside the steps; the whole of the body in a narrow window.
    pub(crate) form: Rect,
    /// The message: its last line, and what may be covered by a longer one.
    pub(crate) notice: Rect,
    /// The line of keys.
    pub(crate) keys: Rect,
}

/// Whether the log stands beside the step at that size, cells.
pub(crate) fn is_wide(size: (u16, u16)) -> bool {
    size.0 >= WIDE
}

/// Whether that size, cells, is known and too small.
pub(crate) fn is_too_small(size: (u16, u16)) -> bool {
    size != (0, 0) && (size.0 < LEAST.0 || size.1 < LEAST.1)
}

/// Where the parts lie in a window of that size, cells, or of the least size: in a smaller one nothing is drawn, but time
/// goes on.
pub(crate) fn lay_out(size: (u16, u16), scene: Scene) -> Layout {
    let (width, height) = (size.0.max(LEAST.0), size.1.max(LEAST.1));
    let row = |y: u16| Rect::new(0, y, width, 1);
    let wide = width >= WIDE;
    let whole = Rect::new(0, 3, width, height - 5);
    let below = if wide || scene != Scene::Step { 0 } else { LOG + 1 };
    // A list has the whole height of a narrow window; only beside a step does the log stand below.
    let body = if scene == Scene::Whole { whole } else { Rect::new(0, 4, width, height - 6 - below) };
    let [left, step, right] = split_columns(body);
    let joints = match scene {
        Scene::Whole | Scene::Log => Vec::new(),
        Scene::Step if wide => vec![left.right() + 1, right.x - 1],
        Scene::Step => vec![left.right() + 1],
        Scene::Text if wide => vec![right.x - 1],
        Scene::Text => Vec::new(),
    };
    let (log, log_rule) = match scene {
        Scene::Step | Scene::Text if wide => (Some(right), None),
        Scene::Step => (Some(Rect { height: LOG, ..row(height - 2 - LOG) }), Some(row(height - 3 - LOG))),
        Scene::Whole | Scene::Text | Scene::Log => (None, None),
    };
    let form = if scene == Scene::Whole || !wide {
        whole
    } else if step.width >= FORM {
        step
    } else {
        // A narrow column makes poor forms.
        step.union(right)
    };
    Layout {
        top: Rect { height: 2, ..row(0) },
        tabs: row(2),
        rule: row(3),
        body,
        left,
        step,
        text: Rect { width: step.right() - left.x, ..left },
        log,
        log_rule,
        joints,
        form,
        notice: Rect::new(0, 0, width, height - 1),
        keys: row(height - 1),
    }
}

/// Steps, step and log, each with a column; a rule stands between them.
fn split_columns(body: Rect) -> [Rect; 3] {
    let steps = match body.width {
        ..WIDE => 32,
        WIDE..140 => 36,
        _ => 44,
    };
    let rest = body.width - steps - 1;
    let step = if body.width >= WIDE { (rest / 2 + 2).min(78) } else { rest };
    let log = body.width.saturating_sub(steps + step + 2);
    [
        Rect { width: steps - 1, ..body },
        Rect { x: body.x + steps + 2, width: step.saturating_sub(2), ..body },
        Rect { x: body.x + steps + step + 2, width: log, ..body },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_with_a_status_line_is_large_enough() {
        assert!(!is_too_small((80, 23)) && is_too_small((80, 22)) && is_too_small((79, 23)));
        assert!(!is_too_small((0, 0)), "nobody knows yet how large it is");
    }

    #[test]
    fn nothing_lies_outside_the_window_or_over_its_neighbour() {
        for (width, height) in [(80, 23), (100, 30), (119, 24), (120, 24), (139, 60), (140, 30), (200, 60), (10, 3)] {
            let window = Rect::new(0, 0, width.max(LEAST.0), height.max(LEAST.1));
            for scene in [Scene::Whole, Scene::Step, Scene::Text, Scene::Log] {
                let laid = lay_out((width, height), scene);
                let parts = [laid.top, laid.tabs, laid.body, laid.left, laid.step, laid.text, laid.form, laid.keys];
                for part in parts.into_iter().chain(laid.log).chain(laid.log_rule) {
                    assert_eq!(part.intersection(window), part, "{scene:?} {laid:?}");
                }
                assert!(laid.left.right() < laid.step.x, "{laid:?}");
                assert!(laid.log.is_none_or(|log| log.intersection(laid.text).is_empty()), "{laid:?}");
                assert!(laid.log_rule.is_none_or(|rule| rule.intersection(laid.body).is_empty()), "{laid:?}");
            }
        }
    }
}
