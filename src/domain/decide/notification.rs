//! To record that someone was told.

use super::{
    Ask,
    checks::{check_again, check_length, check_name, check_needs, find_step},
    duty::{find_running_clock, known_duty},
};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    playbook::{Kind, StepRef},
    time::Time,
};

/// Record that someone was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordNotification {
    /// The step that asks, if one does.
    pub step: Option<StepRef>,
    /// The duty that this meets; the step's own where it names one.
    pub duty: Option<String>,
    /// Who was told.
    pub to: String,
    /// By what means.
    pub means: String,
    /// Their reference number.
    pub reference: String,
    /// The text as sent or said.
    pub text: String,
    /// Why it was done before what it needs, where it was.
    pub why: String,
}

impl Ask for RecordNotification {
    const NEEDS_OPEN_CASE: bool = false;
    const STATES_AN_ACT: bool = true;

    fn decide(&self, case: &Case, _: Time) -> Result<Vec<Event>, Refusal> {
        check_name("whom you told", &self.to)?;
        check_length("the means", &self.means)?;
        check_length("the reference", &self.reference)?;
        check_length("the text", &self.text)?;
        let mut duty = self.duty.clone();
        let mut unmet = Vec::new();
        if let Some(step) = &self.step {
            let point = find_step(case, step)?;
            unmet = check_needs(&point, &self.why)?;
            check_again(&point, &self.why)?;
            if let (None, Kind::Notify { duty: own, .. }) = (&duty, &point.step.kind) {
                duty.clone_from(own);
            }
        } else if case.closed && duty.is_none() {
            return Err(Refusal::Closed);
        }
        if let Some(duty) = &duty {
            known_duty(case, duty)?;
        }
        let runs = duty.as_ref().is_some_and(|duty| find_running_clock(case, duty).is_ok());
        let met = duty.clone().filter(|_| runs).map(|duty| {
            let (reference, note) = (self.reference.clone(), format!("told {}", self.to));
            event::ClockMet { duty, reference, note, text: String::new() }.into()
        });
        let made = event::NotificationMade {
            step: self.step.clone(),
            duty,
            to: self.to.clone(),
            means: self.means.clone(),
            reference: self.reference.clone(),
            text: self.text.clone(),
            unmet,
        };
        Ok(std::iter::once(made.into()).chain(met).collect())
    }
}
