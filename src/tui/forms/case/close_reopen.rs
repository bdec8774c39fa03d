//! The case is closed, or goes on.

use crate::{
    domain::{
        case::{Case, ClockState},
        decide::command::{CloseCase, Command, ReopenCase},
    },
    tui::{
        form::{Form, field::Item},
        model::overlays::open_form::{Kind, Send, Sheet},
    },
};

/// The box that closes the case; it says what is still open.
pub(crate) fn open_close(case: &Case) -> Sheet {
    let form = Form::of(vec![Item::long("why", "Outcome", "How it ended, and what remains to be watched").required()]);
    let steps = case.steps().filter(|point| !point.standing.settled()).count();
    let clocks: Vec<&str> =
        case.clocks.iter().filter(|c| c.state == ClockState::Running).map(|c| c.duty.title.as_str()).collect();
    let open = if steps > 0 { format!("{steps} steps are not settled") } else { String::new() };
    Sheet::new(Kind::Close, "Close the case", form).tell("Open", open).tell("Clocks run", clocks.join(", "))
}

/// The box that reopens it.
pub(crate) fn open_reopen() -> Sheet {
    let form = Form::of(vec![Item::long("why", "Reason", "Why it was not over").required()]);
    Sheet::new(Kind::ReopenCase, "Reopen the case", form)
}

/// What these boxes send.
pub(crate) fn send(kind: &Kind, form: &Form) -> Send {
    let why = form.text("why");
    Send::command(
        if *kind == Kind::Close { Command::Close(CloseCase { why }) } else { Command::Reopen(ReopenCase { why }) },
        None,
    )
}
