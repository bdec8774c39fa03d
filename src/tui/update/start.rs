//! What is asked for at the start.

use crate::tui::{
    forms::people::first_start::FirstStartForm,
    model::{
        Model,
        effect::Effect,
        overlays::{Overlay, page::Page},
    },
};

impl Model {
    /// What to ask for at the start: the cases, the playbooks, and the case to begin in.
    pub fn init(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.home.start.asks_name) {
            let blank = FirstStartForm::blank(&self.form_context());
            self.open(blank);
        }
        let faults = std::mem::take(&mut self.home.start.faults);
        if !faults.is_empty() {
            self.overlays.stack.push(Overlay::Page(Page::read_first(faults)));
        }
        if let Some(case) = self.home.start.case.take() {
            return vec![Effect::ListPlaybooks, self.open_case(case)];
        }
        // Every case is folded for the list: one that is opened at once does not wait for that, nor share its memory.
        match self.home.opening {
            Some(_) => vec![Effect::ListPlaybooks],
            None => vec![Effect::ListCases, Effect::ListPlaybooks, Effect::FindDrafts(None)],
        }
    }
}
