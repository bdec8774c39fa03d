//! Indicators: those that were recognised in entries, all taken in at once, and those that someone gives.

use crate::{
    domain::{
        case::{Case, Noted},
        decide::command::Command,
        event::IndicatorNoted,
        indicator::{IndicatorKind, defang, kind_of},
        search::recognised_indicators::Recognised,
    },
    tui::{
        form::{
            Fault, Form,
            field::{Input, Item, Pick},
        },
        model::{
            open_case::CaseScreen,
            overlays::open_form::{Kind, Send, Sheet},
        },
    },
};

/// The kind that is told from the indicator itself.
const TOLD: &str = "told";

/// The box: those that were recognised, all of them ticked, and room for more.
pub(crate) fn open(screen: &CaseScreen) -> Sheet {
    let case = &screen.case;
    let option = |found: &Recognised| {
        let (cite, kind) = (case.cite(&found.entry), found.kind);
        let label = format!("{:<8} {}  in {cite}", kind.word(), defang(kind, &found.value));
        (format!("{cite} {kind} {}", found.value), label, String::new())
    };
    let options: Vec<_> = screen.found.iter().map(option).collect();
    let any = !options.is_empty();
    let mut items = Vec::new();
    if any {
        let hint = "Space takes the mark off one that is none, such as an address of your own";
        let mut found = Item::multi("found", "Recognised", hint, Pick { options, at: None, tall: true });
        if let Input::Multi(_, on) = &mut found.input {
            on.fill(true);
        }
        items.push(found);
    }
    let (label, hint) = match any {
        true => ("More", "Others, one a line, as found or written harmless; may be empty"),
        false => ("Indicators", "One a line, as found or written harmless, such as evil[.]example"),
    };
    let value = Item::long("value", label, hint);
    items.push(if any { value } else { value.required() });
    items.push(kinds());
    items.push(Item::line("about", "About", "What it is: the address it calls, the mail's sender; may be empty", ""));
    let hint =
        if any { "Who gave it; empty for the entry that it stands in" } else { "Where it was found, or who gave it" };
    items.push(Item::line("source", "Source", hint, ""));
    Sheet::new(Kind::Indicators, "Indicators", Form::of(items))
}

fn kinds() -> Item {
    let mut options = vec![(TOLD.to_owned(), "as each is recognised".to_owned(), String::new())];
    options.extend(IndicatorKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind.to_string(), String::new())));
    let pick = Pick { options, at: Some(0), tall: true };
    Item::pick("kind", "Kind", "↑ ↓ only where it is told wrongly", pick)
        .asking("Of which kind are those that you write?")
}

/// The box for one that is noted: what it is about and where it is from.
pub(crate) fn change(found: &Noted<IndicatorNoted>) -> Sheet {
    let what = &found.what;
    let form = Form::of(vec![
        Item::line("about", "About", "What it is: the address it calls, the mail's sender", &what.about),
        Item::line("source", "Source", "Where it was found, or who gave it", &what.source),
    ]);
    let title = format!("Indicator: {}", defang(what.kind, &what.value));
    Sheet::new(Kind::Indicator(what.kind, what.value.clone()), title, form)
        .tell("Kind", format!("{}; where that is wrong, u undoes it and I notes it anew", what.kind))
}

/// The box for a noted one, as it would open now.
pub(crate) fn again(case: &Case, kind: IndicatorKind, value: &str) -> Option<Sheet> {
    let known = |found: &&Noted<IndicatorNoted>| found.what.kind == kind && found.what.value == value;
    case.indicators.iter().find(known).map(change)
}

/// What it sends.
pub(crate) fn send(form: &Form) -> Result<Send, Fault> {
    let (about, source) = (form.text("about"), form.text("source"));
    let mut all: Vec<IndicatorNoted> = Vec::new();
    for id in form.many("found") {
        let mut parts = id.splitn(3, ' ');
        let (cite, kind, value) = (parts.next(), parts.next().and_then(IndicatorKind::parse), parts.next());
        if let (Some(cite), Some(kind), Some(value)) = (cite, kind, value) {
            let source = if source.trim().is_empty() { format!("in {cite}") } else { source.clone() };
            all.push(IndicatorNoted { kind, value: value.to_owned(), about: about.clone(), source });
        }
    }
    let kind = IndicatorKind::parse(&form.text("kind"));
    for value in form.text("value").lines().map(str::trim).filter(|line| !line.is_empty()) {
        let kind = kind.unwrap_or_else(|| kind_of(value));
        all.push(IndicatorNoted { kind, value: value.to_owned(), about: about.clone(), source: source.clone() });
    }
    if all.is_empty() {
        let text = "nothing is to be noted: tick one with Space, or write one".to_owned();
        return Err(Fault { id: "value".into(), text });
    }
    Ok(Send::command(Command::NoteIndicators(all), None))
}

/// What changing one sends.
pub(crate) fn send_change(kind: IndicatorKind, value: &str, form: &Form) -> Send {
    let (about, source) = (form.text("about"), form.text("source"));
    Send::command(Command::NoteIndicator(IndicatorNoted { kind, value: value.to_owned(), about, source }), None)
}

/// Those of the box that were recognised and not taken in: they are not offered again.
pub(crate) fn passed_over(form: &Form) -> Vec<(IndicatorKind, String)> {
    let Some(Input::Multi(pick, on)) = form.item("found").map(|item| &item.input) else { return Vec::new() };
    let left = pick.options.iter().zip(on).filter(|(_, on)| !**on);
    left.filter_map(|((id, ..), _)| {
        let mut parts = id.splitn(3, ' ').skip(1);
        Some((IndicatorKind::parse(parts.next()?)?, parts.next()?.to_owned()))
    })
    .collect()
}
