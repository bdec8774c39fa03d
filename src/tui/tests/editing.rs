//! Text editing as people expect: the cursor goes by the rows that are drawn, and a text that was only proposed, or
//! put back, does not run together with what is typed.

use super::{kinds, night, screens::opened};
use crate::tui::{
    Model, draw_screen,
    form::field::FieldView,
    keys::{
        action::Context,
        key::{Code, Key},
        place::Place,
        table::ACTIONS,
    },
    model::{msg::Msg, overlays::open_form::FormKind},
    testing::Desk,
    update,
    update::drafts,
};
use ratatui::{Terminal, backend::TestBackend};

/// Narrow windows, and wide ones in which the form lies beside the steps.
const SIZES: [(u16, u16); 6] = [(80, 23), (100, 30), (120, 40), (140, 45), (160, 50), (220, 60)];

/// The rows as drawn, and the cursor's column and row.
fn draw_rows(model: &Model) -> (Vec<String>, (usize, usize)) {
    let (width, height) = model.env.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw_screen(model, frame)).unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    let cells = terminal.backend().buffer().content.chunks(usize::from(width));
    let rows = cells.map(|row| row.iter().map(|cell| cell.symbol()).collect()).collect();
    (rows, (usize::from(cursor.x), usize::from(cursor.y)))
}

/// A note of words of all lengths in one paragraph, of three rows at any size, which are all in view.
fn open_note(size: (u16, u16)) -> Desk {
    let mut desk = Desk::typical();
    desk.sized(size.0, size.1);
    desk.press("n");
    let words = ["Theatre", "2", "on", "paper,", "the", "list", "is", "with", "Sister", "O'Connor,", "病院"];
    let text: Vec<&str> = words.iter().copied().cycle().take(30).collect();
    update(&mut desk.model, Msg::Paste(text.join(" ")));
    desk
}

#[test]
fn up_down_home_and_end_go_by_the_rows_that_are_drawn() {
    for size in SIZES {
        let mut desk = open_note(size);
        let (_, end) = draw_rows(&desk.model);
        desk.press("<up>");
        let (_, up) = draw_rows(&desk.model);
        assert_eq!(up.1 + 1, end.1, "{size:?}: one row up");
        assert!(up.0.abs_diff(end.0) <= 1, "{size:?}: below each other, {up:?} {end:?}");
        desk.press("<home>");
        let (rows, home) = draw_rows(&desk.model);
        let left: String = rows[home.1].chars().collect();
        assert_eq!(home.1, up.1, "{size:?}");
        assert!(left.contains('│'), "{size:?}: {left}");
        desk.press("<end>");
        let (rows, last) = draw_rows(&desk.model);
        assert_eq!(last.1, up.1, "{size:?}: End stays in its row");
        let row: Vec<char> = rows[last.1].chars().collect();
        // In a wide window the log stands behind it; a wide letter has a cell that looks empty.
        let before: String = row.iter().take(last.0).collect();
        let behind = last.0 - before.trim_end().chars().count();
        assert!(last.0 > home.0 && behind <= 1 && row.get(last.0) == Some(&' '), "{size:?}: {row:?} {last:?}");
        desk.press("<down>");
        assert_eq!(draw_rows(&desk.model).1.1, end.1, "{size:?}: and down again");
        // All the way up, a row a key, and the column that was left is found again.
        desk.press("<home><up><up><down><down>");
        assert_eq!(draw_rows(&desk.model).1.0, home.0, "{size:?}");
    }
}

#[test]
fn at_the_first_and_last_row_up_and_down_leave_the_field() {
    for size in SIZES {
        let mut desk = open_note(size);
        let at = |desk: &Desk| desk.model.form_on_top().unwrap().form.at;
        desk.press("<down>");
        assert_eq!(at(&desk), 1, "{size:?}: down from the last row");
        desk.press("<up>");
        let mut rows = 0;
        while desk.model.form_on_top().unwrap().form.at == 0 && rows < 40 {
            let before = draw_rows(&desk.model);
            desk.press("<up>");
            rows += 1;
            if draw_rows(&desk.model) == before {
                break;
            }
        }
        assert!(rows == 3, "{size:?}: {rows} rows");
        desk.press("x");
        assert!(desk.model.form_on_top().unwrap().form.text("text").contains('x'), "{size:?}");
    }
}

#[test]
fn what_is_typed_at_the_end_of_a_row_without_spaces_stands_there() {
    let mut desk = Desk::typical();
    desk.sized(80, 23);
    desk.press("n");
    update(&mut desk.model, Msg::Paste("0123456789abcdef".repeat(12)));
    desk.press("<up><home><end>");
    let (rows, (_, y)) = draw_rows(&desk.model);
    let tail: String = rows[y].trim_end().chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    desk.press("*");
    let text = desk.model.form_on_top().unwrap().form.text("text");
    assert!(text.contains(&format!("{tail}*")), "{tail} {text}");
}

fn text_of(model: &Model, id: &str) -> String {
    model.form_on_top().unwrap().form.text(id)
}

/// The drafts of that model, found by a console that starts at `base`, the first of them opened.
fn resumed(base: &Model, left: &Model) -> Model {
    let kept = serde_json::to_string(&drafts::list_drafts(left)).unwrap();
    let mut model = base.clone();
    let whose = model.case().map(|case| case.id.clone());
    update(&mut model, Msg::Drafts(whose, serde_json::from_str(&kept).unwrap()));
    update(&mut model, Msg::Key(Key::plain(Code::Enter)));
    model
}

fn press(model: &mut Model, code: Code) {
    update(model, Msg::Key(Key::plain(code)));
}

/// Whether every field of the form is still only proposed, by name.
fn proposals(model: &Model) -> Vec<(String, bool)> {
    let sheet = model.form_on_top().unwrap();
    sheet.form.views().iter().map(|field| (field.head().id.to_string(), field.is_fresh())).collect()
}

#[test]
fn a_proposed_text_is_still_only_proposed_when_its_draft_comes_back() {
    let mut seen = 0;
    for base in [night::desk(4).model, kinds::desk().model] {
        for action in ACTIONS {
            for place in Place::ALL.into_iter().filter(|place| action.contexts.contains(&Context::At(*place))).take(2) {
                let Some(mut model) = opened(&base, action, Some(place), 0) else { continue };
                let Some(sheet) = model.form_on_top() else { continue };
                let what = format!("{} in {place:?}", action.name);
                if sheet.kind == FormKind::Who || !proposals(&model).iter().any(|(_, fresh)| *fresh) {
                    continue;
                }
                // Something is typed into the first field for text in which nothing was proposed.
                let free = sheet.form.views().iter().position(|field| {
                    !field.is_fresh() && matches!(field.view(), FieldView::Line(_) | FieldView::Long(_))
                });
                let Some(free) = free else { continue };
                model.form_on_top_mut().unwrap().form.at = free;
                press(&mut model, Code::Char('x'));
                let wanted = proposals(&model);
                let mut again = resumed(&base, &model);
                assert_eq!(proposals(&again), wanted, "{what}");
                for (at, (id, _)) in wanted.iter().enumerate().filter(|(_, (_, fresh))| *fresh) {
                    let before = text_of(&again, id);
                    again.form_on_top_mut().unwrap().form.at = at;
                    press(&mut again, Code::Char('7'));
                    assert_eq!(text_of(&again, id), "7", "{what}: {before:?} and what is typed run together");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_proposal_that_was_kept_stays_that_of_the_person_for_whom_it_was_made() {
    let mut desk = Desk::typical();
    desk.press(":take part<enter><tab>ward lead");
    assert_eq!(text_of(&desk.model, "name"), "J. Patel");
    let mut base = Desk::typical().model;
    base.case.as_mut().unwrap().responder.name = "Dr Lee".into();
    let mut again = resumed(&base, &desk.model);
    assert_eq!(text_of(&again, "name"), "J. Patel");
    press(&mut again, Code::Char('Z'));
    assert_eq!((text_of(&again, "name").as_str(), text_of(&again, "role").as_str()), ("Z", "ward lead"));
}

#[test]
fn a_time_that_stands_there_is_replaced_by_the_first_figure() {
    // Counted back and written out when the cursor left it.
    let mut desk = Desk::typical();
    desk.press("nTheatre 2<tab>-20m<backtab>");
    assert_eq!(text_of(&desk.model, "occurred"), "2026-11-22T03:21:07+01:00");
    desk.press("<tab>03:05");
    assert_eq!(text_of(&desk.model, "occurred"), "03:05");
    // Come back from a draft on the disk, and from one that was put away.
    let mut again = resumed(&Desk::typical().model, &desk.model);
    [Code::Tab, Code::Char('2')].into_iter().for_each(|code| press(&mut again, code));
    assert_eq!(text_of(&again, "occurred"), "2");
    desk.press("<esc>n4");
    assert_eq!(text_of(&desk.model, "occurred"), "4");
    // Half a time goes on.
    let mut desk = Desk::typical();
    desk.press("nTheatre 2<tab>yester<esc>nday");
    assert_eq!(text_of(&desk.model, "occurred"), "yesterday");
}

#[test]
fn what_was_typed_goes_on_at_its_end_when_its_draft_comes_back() {
    let mut desk = Desk::typical();
    desk.press("nTheatre 2 list<enter>on pap");
    let mut again = resumed(&Desk::typical().model, &desk.model);
    for code in "er".chars().map(Code::Char) {
        press(&mut again, code);
    }
    assert_eq!(text_of(&again, "text"), "Theatre 2 list\non paper");
    // Taking a change back takes back what was typed since, not the draft.
    for _ in 0..9 {
        update(&mut again, Msg::Key(Key::ctrl('z')));
    }
    assert_eq!(text_of(&again, "text"), "Theatre 2 list\non pap");
}

#[test]
fn a_text_to_be_said_that_nobody_touched_comes_back_with_the_cursor_before_it() {
    let mut desk = Desk::typical();
    let step = crate::tui::testing::step_ref("csoc");
    desk.model.case.as_mut().unwrap().select(step);
    desk.press("<enter>");
    let kind = desk.model.form_on_top().unwrap().kind.clone();
    assert!(matches!(kind, FormKind::Notify(_)), "{kind:?}");
    let said = text_of(&desk.model, "text");
    desk.press("by phone");
    let mut again = resumed(&Desk::typical().model, &desk.model);
    assert_eq!(text_of(&again, "means"), "by phone");
    let form = &mut again.form_on_top_mut().unwrap().form;
    form.go("text");
    press(&mut again, Code::Char('x'));
    assert_eq!(text_of(&again, "text"), format!("x{said}"));
}
