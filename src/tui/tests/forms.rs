//! Every form: what it says, and that it is whole in windows of any size, empty, half written and overfull.

use super::{
    extras::first,
    frame::hold,
    night::LONG,
    old_drafts::{OF_NO_CASE, OF_THE_CASE, books, desk, read},
};
use crate::tui::{
    Model,
    forms::{self, FORM_NAMES},
    model::{
        msg::Msg,
        overlays::{Overlay, open_form::OpenForm},
    },
    testing::Desk,
    update,
};

/// Letters of two cells, marks over letters, and a picture that is one grapheme.
const WIDE: &str = "病院の検査システム e\u{301}tage 🏥 ";

/// A desk with each form of each draft as it opens, by the name of its kind; and the drafts as they were left.
fn every_form() -> Vec<(String, Desk)> {
    let case = desk();
    let mut home = Desk::new();
    books(&mut home.model);
    let mut all = Vec::new();
    for (base, text) in [(&case, OF_THE_CASE), (&home, OF_NO_CASE)] {
        for draft in read(text) {
            let open = |model: &Model| forms::open(&draft.kind, &model.form_context()).map(OpenForm::new);
            let Some(sheet) = open(&base.model) else { continue };
            let mut desk = Desk { model: base.model.clone(), ..Desk::new() };
            desk.model.overlays.stack.push(Overlay::Form(Box::new(sheet)));
            let named = serde_json::to_value(&draft.kind).unwrap();
            let name = named.as_str().or_else(|| named.as_object()?.keys().next().map(String::as_str)).unwrap();
            all.push((name.to_owned(), desk));
        }
    }
    all.push(("Who".into(), first()));
    all
}

/// Puts the cursor into the field of that number.
fn go_to_field(desk: &mut Desk, field: usize) {
    desk.model.form_on_top_mut().unwrap().form.at = field;
}

fn count_fields(desk: &Desk) -> usize {
    desk.model.form_on_top().unwrap().form.views().len()
}

/// What the form says, with the hint of every field: each is told as it is while it has the cursor.
fn said(desk: &mut Desk) -> String {
    let label = |desk: &Desk, at: usize| {
        let sheet = desk.model.form_on_top().unwrap();
        sheet.form.views().get(at).map(|field| field.head().label.to_string())
    };
    let starts = |line: &str, label: &str| {
        line.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with(['│', ' ']))
    };
    let mut all: Vec<String> = Vec::new();
    for at in 0..count_fields(desk) {
        go_to_field(desk, at);
        let lines: Vec<String> = desk.form_lines(80).lines().map(str::to_owned).collect();
        // Labels stand in their order, so each is looked for behind the one before.
        let mut place = 0;
        let mut begin = Vec::new();
        for field in 0..count_fields(desk) {
            let label = label(desk, field).unwrap();
            let from = place + 1;
            place = from
                + lines[from..]
                    .iter()
                    .position(|line| starts(line, &label))
                    .unwrap_or_else(|| panic!("{label}: {lines:#?}"));
            begin.push(place);
        }
        let rule = lines.iter().rposition(|line| line == "───").unwrap();
        let from = if at == 0 { 0 } else { begin[at] };
        all.extend_from_slice(&lines[from..begin.get(at + 1).copied().unwrap_or(rule)]);
    }
    go_to_field(desk, 0);
    format!("{}\n───\n{}", all.join("\n"), desk.form_foot(80))
}

#[test]
fn what_each_form_says() {
    let mut names: Vec<String> = Vec::new();
    for (name, mut desk) in every_form() {
        if !names.contains(&name) {
            insta::assert_snapshot!(format!("form_{name}"), said(&mut desk));
            names.push(name);
        }
    }
    names.sort_by_key(|name| FORM_NAMES.iter().position(|known| known == name));
    assert_eq!(names, FORM_NAMES, "each form has a draft from which it is opened here");
}

#[test]
fn every_field_of_every_form_is_whole_as_it_opens() {
    for (_, mut desk) in every_form() {
        for at in 0..count_fields(&desk) {
            go_to_field(&mut desk, at);
            hold(&mut desk.model);
        }
    }
}

#[test]
fn every_field_of_every_form_is_whole_with_more_in_it_than_any_window_shows() {
    let mut forms = every_form();
    forms.dedup_by_key(|(name, _)| name.clone());
    for (_, mut desk) in forms {
        for at in 0..count_fields(&desk) {
            go_to_field(&mut desk, at);
            for text in [LONG, WIDE, "and then it went on, as it always does. \n"] {
                update(&mut desk.model, Msg::Paste(text.repeat(12)));
            }
        }
        for at in 0..count_fields(&desk) {
            go_to_field(&mut desk, at);
            hold(&mut desk.model);
        }
    }
}

#[test]
fn every_draft_goes_on_whole() {
    let case = desk();
    for draft in read(OF_THE_CASE) {
        let mut model = case.model.clone();
        let whose = model.case().map(|case| case.id.clone());
        update(&mut model, Msg::Drafts(whose, vec![draft]));
        let sheet = model.drafts.shelf.pop().unwrap();
        model.overlays.stack.clear();
        model.overlays.stack.push(Overlay::Form(Box::new(sheet)));
        hold(&mut model);
    }
}
