//! Title, summary, mark and severity are changed.

use crate::{
    domain::{
        case::Case,
        decide::command::{AmendCase, Command, SetSeverity},
        marking::{Severity, Tlp},
    },
    tui::{
        form::{
            Fault, Form,
            field::{Item, Pick},
        },
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// Severities to pick from.
pub(crate) fn severities(at: Severity) -> Pick {
    let options = Severity::ALL.iter().map(|s| (s.word().to_owned(), s.word().to_owned(), means(*s).to_owned()));
    Pick { options: options.collect(), at: Severity::ALL.iter().position(|s| *s == at), tall: false }
}

/// Marks to pick from.
pub(crate) fn marks(at: Tlp) -> Pick {
    let short = |mark: &Tlp| mark.word().trim_start_matches("TLP:").to_owned();
    let options = Tlp::ALL.iter().map(|mark| (mark.word().to_owned(), short(mark), sees(*mark).to_owned()));
    Pick { options: options.collect(), at: Tlp::ALL.iter().position(|mark| *mark == at), tall: false }
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

/// The box for title, summary and mark.
pub(crate) fn open(case: &Case) -> Sheet {
    let form = Form::of(vec![
        Item::line("title", "Title", "What is wrong, in a line", &case.title).required(),
        Item::pick("tlp", "Mark", "← → who may see it", marks(case.tlp)).required(),
        Item::long("summary", "Summary", "A longer description").filled(&case.summary),
    ]);
    Sheet::new(Kind::Amend, "Title, mark and summary", form)
}

/// The box for the severity.
pub(crate) fn open_severity(case: &Case) -> Sheet {
    let mut pick = severities(case.severity);
    pick.tall = true;
    let form = Form::of(vec![
        Item::pick("severity", "Severity", "↑ ↓ choose; unsure, take the higher", pick).required(),
        Item::long("why", "Reason", "Why it is worse or less bad than it was").required(),
    ]);
    Sheet::new(Kind::Severity, "Severity", form).tell("Now", case.severity.word())
}

/// What the first box sends: only what is changed.
pub(crate) fn send(form: &Form, world: World<'_>) -> Send {
    let (title, summary) = (form.text("title"), form.text("summary"));
    let tlp = Tlp::parse(&form.text("tlp"));
    let changed = |text: String, old: Option<&String>| (old != Some(&text)).then_some(text);
    Send::command(
        Command::Amend(AmendCase {
            title: changed(title, world.case.map(|case| &case.title)),
            summary: changed(summary, world.case.map(|case| &case.summary)),
            tlp: tlp.filter(|tlp| world.case.is_none_or(|case| case.tlp != *tlp)),
        }),
        None,
    )
}

/// What the second box sends.
pub(crate) fn severity(form: &Form) -> Result<Send, Fault> {
    let to = Severity::parse(&form.text("severity"));
    let to = to.ok_or(Fault { id: "severity".into(), text: "choose one with ↑ ↓".into() })?;
    Ok(Send::command(Command::SetSeverity(SetSeverity { to, why: form.text("why") }), None))
}
