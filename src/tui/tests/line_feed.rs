//! A line feed, as a serial line or a paste without brackets sends it: it ends a line of text, and does nothing else.

use super::{kinds, night, screens::opened};
use crate::tui::{
    Model,
    form::field::FieldView,
    keys::{
        action::Context,
        key::{Code, Key},
        place::Place,
        table::ACTIONS,
    },
    model::{effect::Effect, msg::Msg, overlays::Overlay},
    testing::Desk,
    update,
};

/// What a responder would have to mean: a line feed causes none of it.
fn acts(effects: &[Effect]) -> bool {
    let harmless = |effect: &Effect| {
        matches!(
            effect,
            Effect::KeepDrafts(..) | Effect::CompletePath(..) | Effect::ReadEntry(_) | Effect::FindDrafts(_)
        )
    };
    !effects.iter().all(harmless)
}

fn type_words(model: &mut Model, words: &str) -> bool {
    let each: Vec<bool> = words.chars().map(|c| acts(&update(model, Msg::Key(Key::plain(Code::Char(c)))))).collect();
    each.contains(&true)
}

/// Every way in which a line end gets into a field and is no key that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEnd {
    /// Ctrl-J, which is a line feed.
    Feed,
    /// Shift-Enter and Alt-Enter, where the terminal sends them: in a single line it goes on, as Enter does.
    Enter { shift: bool },
    /// Pasted between the words.
    Pasted(&'static str),
}

const LINE_ENDS: [LineEnd; 6] = [
    LineEnd::Feed,
    LineEnd::Enter { shift: true },
    LineEnd::Enter { shift: false },
    LineEnd::Pasted("\n"),
    LineEnd::Pasted("\r\n"),
    LineEnd::Pasted("\r"),
];

/// Types two words with a line end between them into every field of the box on top.
fn fill_fields(mut model: Model, end_of_line: LineEnd, what: &str) -> usize {
    let what = &format!("{what}, {end_of_line:?}");
    let end_line = |model: &mut Model| match end_of_line {
        LineEnd::Feed => update(model, Msg::Key(Key::ctrl('j'))),
        LineEnd::Enter { shift } => update(model, Msg::Key(Key { shift, alt: !shift, ..Key::plain(Code::Enter) })),
        LineEnd::Pasted(end) => update(model, Msg::Paste(format!("{end}7"))),
    };
    let mut fields = 0;
    let count = model.form_on_top().map_or(0, |sheet| sheet.form.views().len());
    for _ in 0..count {
        let at = model.form_on_top().unwrap().form.at;
        let typed = |model: &Model| match model.form_on_top().unwrap().form.views()[at].view() {
            FieldView::Line(field) | FieldView::Time(field, _) => Some((field.text(), " ")),
            FieldView::Long(field) => Some((field.text(), "\n")),
            FieldView::Path(path) => Some((path.field.text(), " ")),
            FieldView::Pick(_) | FieldView::Multi(..) | FieldView::YesNo(_) => None,
        };
        let boxes = model.overlays.stack.len();
        let goes_on = |end: &str| matches!(end_of_line, LineEnd::Enter { .. }) && end != "\n";
        if let Some((before, end)) = typed(&model).filter(|(_, end)| !goes_on(end)) {
            let fresh = model.form_on_top().unwrap().form.views()[at].is_fresh();
            assert!(!type_words(&mut model, "Ward"), "{what}");
            assert!(!acts(&end_line(&mut model)), "{what}: a line feed acts");
            if !matches!(end_of_line, LineEnd::Pasted(_)) {
                assert!(!type_words(&mut model, "7"), "{what}");
            }
            let wanted = if fresh { format!("Ward{end}7") } else { format!("{before}Ward{end}7") };
            let (after, _) = typed(&model).unwrap();
            // The cursor may stand before what was there.
            assert!(after == wanted || after == format!("Ward{end}7{before}"), "{what}: {after:?}, not {wanted:?}");
            fields += 1;
        } else if end_of_line == LineEnd::Feed {
            let before = model.form_on_top().unwrap().form.to_text();
            assert!(!acts(&update(&mut model, Msg::Key(Key::ctrl('j')))), "{what}: a line feed acts");
            assert_eq!(model.form_on_top().unwrap().form.to_text(), before, "{what}: a line feed chooses");
        }
        let sheet = model.form_on_top().unwrap();
        assert_eq!((sheet.form.at, model.overlays.stack.len()), (at, boxes), "{what}: a line feed goes on");
        update(&mut model, Msg::Key(Key::plain(Code::Tab)));
    }
    fields
}

#[test]
fn in_every_field_of_every_box_it_ends_the_line_and_does_nothing_else() {
    let mut fields = 0;
    for base in [night::desk(4).model, kinds::desk().model] {
        for action in ACTIONS {
            let own = Place::ALL.into_iter().filter(|place| action.contexts.contains(&Context::At(*place))).map(Some);
            let home = action.contexts.contains(&Context::Home).then_some(None);
            for place in own.take(2).chain(home) {
                let Some(mut model) = opened(&base, action, place, 0) else { continue };
                let what = format!("{} in {place:?}", action.name);
                if model.form_on_top().is_some() {
                    for end in LINE_ENDS {
                        fields += fill_fields(model.clone(), end, &what);
                    }
                    continue;
                }
                // A list or a search narrows by it, and a page does not go away.
                let over = model.overlays.stack.len();
                type_words(&mut model, "a");
                assert!(!acts(&update(&mut model, Msg::Key(Key::ctrl('j')))), "{what}: a line feed acts");
                if matches!(model.overlays.stack.last(), Some(Overlay::List(_) | Overlay::Search(_))) {
                    assert_eq!(model.overlays.stack.len(), over, "{what}: a line feed chooses");
                }
            }
        }
    }
    assert!(fields > 300, "{fields} fields");
}

#[test]
fn where_nothing_is_written_it_does_nothing() {
    for place in Place::ALL {
        let mut desk = Desk::typical();
        desk.model.case.as_mut().unwrap().place = place;
        assert!(!acts(&update(&mut desk.model, Msg::Key(Key::ctrl('j')))), "{place:?}");
        assert!(desk.model.overlays.stack.is_empty(), "{place:?}");
    }
}

#[test]
fn the_filter_of_the_log_keeps_what_was_typed() {
    let mut desk = Desk::typical();
    desk.press("3/ward");
    update(&mut desk.model, Msg::Key(Key::ctrl('j')));
    desk.press("7");
    assert_eq!(desk.model.case.as_ref().unwrap().log.field.text(), "ward 7");
}

#[test]
fn a_control_key_in_haste_is_a_key_where_no_text_is_typed() {
    let mut desk = Desk::typical();
    desk.press("2<end>");
    let last = desk.frame(80, 23);
    desk.press("<ctrl-u>");
    let half = desk.frame(80, 23);
    assert_ne!(half, last);
    desk.press("<end>");
    assert_eq!(desk.frame(80, 23), last);
    desk.press("\x15");
    assert_eq!(desk.frame(80, 23), half);
    desk.press("nWard\x157");
    assert_eq!(desk.model.form_on_top().unwrap().form.text("text"), "Ward\x157", "and text where text is");
}
