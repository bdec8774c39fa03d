//! The line above the keys.

use super::{
    Model,
    overlays::{
        Overlay,
        page::{Page, PageKind},
    },
};
use crate::{
    domain::{problem::Problem, time::Time},
    tui::{text::fit::fits_in_line, widgets::layout::LEAST},
};

/// How long a quiet notice stays, microseconds: long enough to be read twice.
const STAYS: i64 = 10_000_000;

/// A line above the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What it says.
    pub(crate) text: String,
    /// It is an error and stays until a key is pressed.
    pub(crate) alarm: bool,
    /// It goes by itself then.
    pub(crate) until: Option<Time>,
}

impl Model {
    /// A quiet notice that goes by itself; a long one has more to be read, and stays until a key is pressed.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        let short = fits_in_line(&text, usize::from(self.env.size.0.max(LEAST.0)));
        let until = self.env.now.filter(|_| short).and_then(|now| Time::from_micros(now.at.micros() + STAYS));
        self.notice = Some(Notice { text, alarm: false, until });
    }

    /// An error that stays until a key is pressed.
    pub(crate) fn alarm(&mut self, problem: &Problem) {
        let text = problem.one_line();
        // A line that would be cut is a page instead.
        if !fits_in_line(&text, usize::from(self.env.size.0.max(LEAST.0))) {
            let texts = problem.parts().cloned().collect();
            self.overlays.stack.push(Overlay::Page(Page::new(PageKind::Texts("Not done".into(), true, texts))));
            return;
        }
        self.notice = Some(Notice { text, alarm: true, until: None });
    }
}
