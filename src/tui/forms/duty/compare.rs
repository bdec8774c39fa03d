//! This machine's clock is compared with another that a person reads.

use crate::{
    domain::{
        case::Case, decide::command::Command, event::ClockChecked, time_input::reading,
        wording::duration::clock_difference,
    },
    tui::{
        form::{Fault, Form, field::Item},
        keys::{action::Context, keymap::Keymap, table::Id},
        model::overlays::open_form::{Kind, Send, Sheet, World},
    },
};

/// The box.
pub(crate) fn open(case: &Case, keymap: &Keymap) -> Sheet {
    let key = keymap.way(Context::Form, Id::Record);
    let hint = format!("A time soon to come, with seconds: 03:41:07. {key} when it comes");
    let form = Form::of(vec![
        Item::line("reference", "With", "Which clock it is: speaking clock 123, a radio clock, a phone", "").required(),
        Item::line("reads", "It reads", hint, "").required(),
    ]);
    let sheet = Sheet::new(Kind::Compare, "Compare this machine's clock", form).tell(
        "How",
        format!("Write a time that is about to come, and press {key} at the moment when the other clock shows it."),
    );
    match &case.clock_check {
        Some(check) => {
            let (ahead, cite) = (clock_difference(check.what.ahead_ms), case.cite(&check.entry));
            sheet.tell("Before", format!("{ahead} against {} ({cite})", check.what.reference))
        }
        None => sheet,
    }
}

/// What it sends: the moment of the key is that of the reading.
pub(crate) fn send(form: &Form, world: World<'_>) -> Result<Send, Fault> {
    let fault = |text: String| Fault { id: "reads".into(), text };
    let Some(now) = world.now else { return Err(fault("the time is not known yet".into())) };
    let read = reading(&form.text("reads"), now).map_err(|why| fault(format!("{why}: {}", why.hint(now))))?;
    let checked = ClockChecked::of(form.text("reference"), read, now.at);
    Ok(Send::command(Command::CheckClock(checked), None))
}
