//! Title, summary, mark and severity are changed.

use crate::{
    domain::{
        decide::{AmendCase, Command, SetSeverity},
        marking::{Severity, Tlp},
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, Pick},
            texts::{LineText, LongText},
        },
        forms::{
            blank_form::{BlankForm, TypedForm},
            context::FormContext,
            submission::Submission,
        },
    },
};

/// Severities to pick from.
pub(crate) fn severities(hint: &'static str, at: Severity) -> Pick<Severity> {
    let choice = |one: &Severity| Choice::new(*one, one.word(), one.word()).meaning(means(*one));
    Pick::new("severity", "Severity", hint, Severity::ALL.iter().map(choice)).choosing(&at)
}

/// Marks to pick from.
pub(crate) fn marks(at: Tlp) -> Pick<Tlp> {
    let short = |mark: &Tlp| mark.word().trim_start_matches("TLP:").to_owned();
    let choice = |mark: &Tlp| Choice::new(*mark, mark.word(), short(mark)).meaning(sees(*mark));
    Pick::new("tlp", "Mark", "← → who may see it", Tlp::ALL.iter().map(choice)).choosing(&at)
}

fn means(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "one person or device; care goes on as usual",
        Severity::Moderate => "a team or a service; care goes on by workaround",
        Severity::High => "several services; care is delayed",
        Severity::Critical => "the organisation; patients may be harmed",
    }
}

/// Who may see what has the mark.
pub(crate) fn sees(mark: Tlp) -> &'static str {
    match mark {
        Tlp::Red => "named recipients only",
        Tlp::AmberStrict => "your organisation only",
        Tlp::Amber => "your organisation and its clients, need to know",
        Tlp::Green => "the community",
        Tlp::Clear => "everyone",
    }
}

/// Title, summary and mark.
#[derive(Clone, Debug)]
pub(crate) struct AmendForm {
    title: LineText,
    tlp: Pick<Tlp>,
    summary: LongText,
}

fields!(AmendForm; title, tlp, summary);

impl AmendForm {
    /// The form, with all three as they stand.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let form = Self {
            title: LineText::new("title", "Title", "What is wrong, in a line", &case.title).required(),
            tlp: marks(case.tlp).required(),
            summary: LongText::new("summary", "Summary", "A longer description").filled(&case.summary),
        };
        Some(BlankForm::new("Title, mark and summary", form))
    }
}

impl TypedForm for AmendForm {
    /// Only what is changed.
    fn submit(&self, context: &FormContext<'_>) -> Result<Submission, Fault> {
        let case = context.case();
        let changed = |text: String, old: Option<&String>| (old != Some(&text)).then_some(text);
        let command = Command::Amend(AmendCase {
            title: changed(self.title.text(), case.map(|case| &case.title)),
            summary: changed(self.summary.text(), case.map(|case| &case.summary)),
            tlp: self.tlp.chosen().copied().filter(|tlp| case.is_none_or(|case| case.tlp != *tlp)),
        });
        Ok(Submission::command(command, None))
    }
}

/// How bad it is.
#[derive(Clone, Debug)]
pub(crate) struct SeverityForm {
    severity: Pick<Severity>,
    why: LongText,
}

fields!(SeverityForm; severity, why);

impl SeverityForm {
    /// The form, with the severity as it stands.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        let case = context.case()?;
        let form = Self {
            severity: severities("↑ ↓ choose; unsure, take the higher", case.severity).tall().required(),
            why: LongText::new("why", "Reason", "Why it is worse or less bad than it was").required(),
        };
        Some(BlankForm::new("Severity", form).tell("Now", case.severity.word()))
    }
}

impl TypedForm for SeverityForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let to = self.severity.chosen().copied().ok_or_else(|| self.severity.fault("choose one with ↑ ↓"))?;
        Ok(Submission::command(Command::SetSeverity(SetSeverity { to, why: self.why.text() }), None))
    }
}
