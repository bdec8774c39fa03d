//! What of a case has a deadline.

use super::{Case, ClockState};
use crate::domain::time::Time;

impl Case {
    /// Every deadline (UTC) with what it is for, the nearest first: of running clocks and, unless the case is closed, of
    /// open steps.
    pub fn deadlines(&self) -> Vec<(Time, String)> {
        let running = self.clocks.iter().filter(|clock| clock.state == ClockState::Running);
        let clocks = running.filter_map(|clock| clock.deadline.map(|at| (at, clock.duty.title.clone())));
        let steps = self.due_steps().map(|(at, point)| (at, point.title()));
        let mut all: Vec<(Time, String)> = if self.closed { clocks.collect() } else { clocks.chain(steps).collect() };
        all.sort();
        // A step that two playbooks share is one thing to do.
        all.dedup();
        all
    }
}
