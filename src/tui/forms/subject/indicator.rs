//! Indicators: those that were recognised in entries, all taken in at once, and those that someone gives.

use crate::{
    domain::{
        case::Noted,
        decide::Command,
        event::IndicatorNoted,
        indicator::{IndicatorKind, defang_indicator, kind_of},
    },
    tui::{
        form::{
            Fault,
            field::{FormField, fields},
            pick::{Choice, MultiPick, Pick},
            texts::{LineText, LongText},
        },
        forms::{
            blank_form::{BlankForm, OnceRecorded, TypedForm},
            context::{CaseContext, FormContext},
            submission::Submission,
        },
        keys::{action::Context, place::Place, table::ActionId, ways::KeyNames},
    },
};

/// The option for the kind that is told from the indicator itself.
const TOLD: &str = "told";

/// An indicator that stands in an entry.
#[derive(Clone, Debug)]
struct Recognised {
    /// The entry, as it is cited.
    cite: String,
    kind: IndicatorKind,
    value: String,
}

/// Indicators to be taken in.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorsForm {
    /// Those that were recognised, where there are any.
    found: Option<MultiPick<Recognised>>,
    value: LongText,
    /// The kind of those that are written; `None` for what each is recognised as.
    kind: Pick<Option<IndicatorKind>>,
    about: LineText,
    source: LineText,
}

fields!(IndicatorsForm; found, value, kind, about, source);

fn pick_recognised(open: &CaseContext<'_>) -> Option<MultiPick<Recognised>> {
    let choices: Vec<Choice<Recognised>> = open
        .recognised
        .iter()
        .map(|found| {
            let (cite, kind, value) = (open.case.cite(&found.entry), found.kind, found.value.clone());
            let label = format!("{:<8} {}  in {cite}", kind.word(), defang_indicator(kind, &value));
            Choice::new(Recognised { cite: cite.clone(), kind, value }, format!("{cite} {kind} {}", found.value), label)
        })
        .collect();
    let hint = "Space takes the mark off one that is none, such as an address of your own";
    (!choices.is_empty()).then(|| MultiPick::new("found", "Recognised", hint, choices).all_chosen())
}

fn pick_kind() -> Pick<Option<IndicatorKind>> {
    let told = Choice::new(None, TOLD, "as each is recognised");
    let choice = |kind: &IndicatorKind| Choice::new(Some(*kind), kind.word(), kind.to_string());
    let choices = [told].into_iter().chain(IndicatorKind::ALL.iter().map(choice));
    Pick::new("kind", "Kind", "↑ ↓ only where it is told wrongly", choices)
        .tall()
        .at(Some(0))
        .asking("Of which kind are those that you write?")
}

impl IndicatorsForm {
    /// The form: those that were recognised, all of them ticked, and room for more.
    pub(crate) fn open(context: &FormContext<'_>) -> Option<BlankForm<Self>> {
        let found = pick_recognised(&context.open?);
        let any = found.is_some();
        let (label, hint) = match any {
            true => ("More", "Others, one a line, as found or written harmless; may be empty"),
            false => ("Indicators", "One a line, as found or written harmless, such as evil[.]example"),
        };
        let value = LongText::new("value", label, hint);
        let about = "What it is: the address it calls, the mail's sender; may be empty";
        let source = match any {
            true => "Who gave it; empty for the entry that it stands in",
            false => "Where it was found, or who gave it",
        };
        let form = Self {
            found,
            value: if any { value } else { value.required() },
            kind: pick_kind(),
            about: LineText::new("about", "About", about, ""),
            source: LineText::new("source", "Source", source, ""),
        };
        Some(BlankForm::new("Indicators", form))
    }
}

impl TypedForm for IndicatorsForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let (about, source) = (self.about.text(), self.source.text());
        let mut all: Vec<IndicatorNoted> = Vec::new();
        for Recognised { cite, kind, value } in self.found.iter().flat_map(MultiPick::chosen) {
            let source = if source.trim().is_empty() { format!("in {cite}") } else { source.clone() };
            all.push(IndicatorNoted { kind: *kind, value: value.clone(), about: about.clone(), source });
        }
        let kind = self.kind.chosen().copied().flatten();
        for value in self.value.text().lines().map(str::trim).filter(|line| !line.is_empty()) {
            let kind = kind.unwrap_or_else(|| kind_of(value));
            all.push(IndicatorNoted { kind, value: value.to_owned(), about: about.clone(), source: source.clone() });
        }
        if all.is_empty() {
            return Err(self.value.fault("nothing is to be noted: tick one with Space, or write one"));
        }
        Ok(Submission::command(Command::NoteIndicators(all), None))
    }

    /// Those that were recognised and not taken in are not offered again.
    fn once_recorded(&self) -> OnceRecorded {
        let left = self.found.iter().flat_map(MultiPick::left);
        OnceRecorded::PassesOver(left.map(|found| (found.kind, found.value.clone())).collect())
    }
}

/// What is said of an indicator.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorForm {
    pub(in crate::tui::forms) kind: IndicatorKind,
    pub(in crate::tui::forms) value: String,
    about: LineText,
    source: LineText,
}

fields!(IndicatorForm; about, source);

impl IndicatorForm {
    /// The form for one that is noted: what it is about and where it is from.
    pub(crate) fn open(context: &FormContext<'_>, kind: &IndicatorKind, value: &str) -> Option<BlankForm<Self>> {
        let known = |found: &&Noted<IndicatorNoted>| found.what.kind == *kind && found.what.value == *value;
        let what = &context.case()?.indicators.iter().find(known)?.what;
        let about = "What it is: the address it calls, the mail's sender";
        let form = Self {
            kind: what.kind,
            value: what.value.clone(),
            about: LineText::new("about", "About", about, &what.about),
            source: LineText::new("source", "Source", "Where it was found, or who gave it", &what.source),
        };
        let ways = KeyNames::new(context.keymap, Context::At(Place::Systems));
        let (undo, take) = (ways.key(ActionId::Undo), ways.key(ActionId::Indicator));
        let anew = format!("{}; where that is wrong, {undo} undoes it and {take} notes it anew", what.kind);
        Some(
            BlankForm::new(format!("Indicator: {}", defang_indicator(what.kind, &what.value)), form).tell("Kind", anew),
        )
    }
}

impl TypedForm for IndicatorForm {
    fn submit(&self, _: &FormContext<'_>) -> Result<Submission, Fault> {
        let (kind, value) = (self.kind, self.value.clone());
        let indicator = IndicatorNoted { kind, value, about: self.about.text(), source: self.source.text() };
        Ok(Submission::command(Command::NoteIndicator(indicator), None))
    }
}
