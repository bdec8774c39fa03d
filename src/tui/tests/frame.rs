//! A frame as a test looks at it: its text, the styles in it, and what must hold for every one of them.

use crate::{
    domain::text::make_safe,
    tui::{
        Look, Model, draw_screen,
        form::field::FieldView,
        keys::{
            action::{self, Context},
            table::ActionId,
        },
        model::{
            msg::Msg,
            overlays::{
                Overlay,
                open_form::{OpenForm, Status},
            },
        },
        screens::{self, find::picker_rows, scene_of},
        testing::parts::cut_out,
        update,
        view::form::open_form::NAME,
        widgets::layout::{Layout, Scene, lay_out},
    },
};
use ratatui::{
    Terminal,
    backend::{Backend as _, TestBackend},
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr as _;

/// Small, common and large windows, in cells.
pub(super) const SIZES: [(u16, u16); 3] = [(80, 23), (120, 40), (200, 60)];

/// Windows in which what must hold for every frame is held: the least, a common, a wide and a large one, in cells.
const HELD: [(u16, u16); 4] = [(80, 23), (100, 30), (120, 40), (200, 60)];

/// What the model looks like in a window of that size, and where the cursor of a text stands, if it is shown.
fn look_at(model: &mut Model, (width, height): (u16, u16)) -> (Buffer, Option<Position>) {
    update(model, Msg::Resize(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    // Nothing is typed in the last cell of the line of keys.
    let nowhere = Position::new(width - 1, height - 1);
    terminal.backend_mut().set_cursor_position(nowhere).unwrap();
    terminal.draw(|frame| draw_screen(model, frame)).unwrap();
    let cursor = terminal.backend_mut().get_cursor_position().unwrap();
    (terminal.backend().buffer().clone(), (cursor != nowhere).then_some(cursor))
}

/// What the model looks like in a window of that size.
pub(super) fn draw(model: &mut Model, size: (u16, u16)) -> Buffer {
    look_at(model, size).0
}

/// The cells of a row that are not behind a wide sign.
fn seen(frame: &Buffer, y: u16) -> impl Iterator<Item = &Cell> {
    let mut x = 0;
    std::iter::from_fn(move || {
        let cell = frame.cell((frame.area.x + x, frame.area.y + y)).filter(|_| x < frame.area.width)?;
        x += (cell.symbol().width() as u16).max(1);
        Some(cell)
    })
}

/// Every cell that is not behind a wide sign.
pub(super) fn cells(frame: &Buffer) -> impl Iterator<Item = &Cell> {
    (0..frame.area.height).flat_map(|y| seen(frame, y))
}

/// A row's text.
pub(super) fn row(frame: &Buffer, y: u16) -> String {
    seen(frame, y).map(Cell::symbol).collect()
}

/// The whole text; rows without the spaces that they end with.
pub(super) fn text(frame: &Buffer) -> String {
    (0..frame.area.height).map(|y| row(frame, y).trim_end().to_owned() + "\n").collect()
}

/// The same model at every size, one under another.
pub(super) fn sizes(name: &str, model: &mut Model) -> String {
    at_sizes(name, model, &SIZES)
}

/// The same at these sizes.
pub(super) fn at_sizes(name: &str, model: &mut Model, sizes: &[(u16, u16)]) -> String {
    let mut all = String::new();
    for &size in sizes {
        let frame = draw(model, size);
        all.push_str(&format!("======== {name}, {}×{}\n{}", size.0, size.1, text(&frame)));
    }
    all
}

fn said(cell: &Cell) -> String {
    let mut words: Vec<String> = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg));
    }
    words.extend(cell.modifier.iter_names().map(|(name, _): (_, Modifier)| name.to_lowercase()));
    if words.is_empty() { "as the terminal has it".into() } else { words.join(" ") }
}

/// The styles of a frame: a letter for each, what each means on top; a dot for the terminal's own.
pub(super) fn styles(frame: &Buffer) -> String {
    let mut known: Vec<String> = Vec::new();
    let mut rows = String::new();
    for y in 0..frame.area.height {
        let mut row = String::new();
        for cell in seen(frame, y) {
            let style = said(cell);
            let at = known.iter().position(|each| *each == style).unwrap_or_else(|| {
                known.push(style);
                known.len() - 1
            });
            row.push(if known[at].starts_with("as") { '.' } else { char::from(b'a' + at as u8) });
        }
        rows.push_str(row.trim_end_matches('.'));
        rows.push('\n');
    }
    let legend = known.iter().enumerate().filter(|(_, style)| !style.starts_with("as"));
    let legend: Vec<String> = legend.map(|(at, style)| format!("{} {style}", char::from(b'a' + at as u8))).collect();
    format!("{}\n{rows}", legend.join("; "))
}

/// What holds for every frame, whatever texts are in it: each sign can be printed and has its cells, and the lines that are
/// the same everywhere are where they are.
pub(super) fn intact(model: &Model, frame: &Buffer) {
    for y in 0..frame.area.height {
        let mut wide = 0;
        for cell in seen(frame, y) {
            let symbol = cell.symbol();
            assert_eq!(make_safe(symbol), symbol, "{symbol:?} in row {y}:\n{}", text(frame));
            assert!(symbol.width() > 0, "{symbol:?} has no width in row {y}:\n{}", text(frame));
            wide += symbol.width();
        }
        assert_eq!(wide, usize::from(frame.area.width), "row {y} is {:?}", row(frame, y));
    }
    if model.context() == Context::Small {
        return;
    }
    let (first, keys) = (row(frame, 0), row(frame, frame.area.height - 1));
    match &model.case {
        Some(screen) => assert!(first.starts_with(&format!(" {} ", screen.case.id.short())), "{first}"),
        None => assert!(first.starts_with(" CareCERT React "), "{first}"),
    }
    let zone = model.env.now.map(crate::domain::wording::moment::local_and_utc).unwrap_or_default();
    assert!(first.ends_with(&format!(" {zone} ")), "{first}");
    let last = action::list_actions(model.context()).filter(|action| !action.bar.is_empty()).last();
    let last = last.map_or("", |action| action.bar);
    assert!(keys.trim_end().ends_with(last), "{last:?} is not at the end of: {keys}");
}

/// Draws the model in windows of all sizes, and holds what must be so in each of them: the frame is whole, no part is
/// drawn over another, what is typed and the row with the cursor are in view, and fixed words are not cut.
pub(super) fn hold(model: &mut Model) {
    for size in HELD {
        let (frame, cursor) = look_at(model, size);
        intact(model, &frame);
        if model.context() == Context::Small {
            continue;
        }
        keys_are_whole(model, &frame);
        match (model.overlays.stack.last(), &model.case) {
            (None, None) => {
                let body = lay_out(size, Scene::Whole).body;
                let some = model.home.cases.as_ref().is_some_and(|cases| !cases.is_empty());
                one_row_has_the_cursor(model, &frame, body, some);
            }
            (None, Some(screen)) => {
                let laid = lay_out(size, scene_of(screen.place));
                parts_keep_to_themselves(model, &frame, &laid);
                places_are_named(&frame, &laid, size.0 < 110);
                let area = if scene_of(screen.place) == Scene::Step { laid.left } else { laid.text };
                let some = screens::shape_of_place(model, screen).is_some_and(|shape| shape.len > 0);
                one_row_has_the_cursor(model, &frame, area, some);
            }
            (Some(Overlay::Form(sheet)), case) => {
                let scene = if case.is_some() { Scene::Step } else { Scene::Whole };
                let laid = lay_out(size, scene);
                form_is_whole(sheet, &frame, cursor, if scene == Scene::Step { laid.form } else { laid.body });
            }
            (Some(Overlay::List(list)), _) => {
                let some = !picker_rows::list_matching_rows(list, model).is_empty();
                what_is_typed_is_in_view(&frame, cursor);
                one_row_has_the_cursor(model, &frame, lay_out(size, Scene::Whole).body, some);
            }
            (Some(Overlay::Search(search)), _) => {
                what_is_typed_is_in_view(&frame, cursor);
                one_row_has_the_cursor(model, &frame, lay_out(size, Scene::Whole).body, search.len() > 0);
            }
            (Some(Overlay::Page(_) | Overlay::Ask(_)), _) => {}
        }
    }
}

/// The line of keys has whole keys and whole words only, and names help and a way out.
fn keys_are_whole(model: &Model, frame: &Buffer) {
    let context = model.context();
    let line = row(frame, frame.area.height - 1);
    let parts: Vec<&str> = line.trim().split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let here: Vec<_> = action::list_actions(context).filter(|action| !action.bar.is_empty()).collect();
    let of = |action: &action::Action, word: &str| format!("{} {word}", model.env.keymap.first(action));
    for part in &parts {
        let known = here.iter().any(|action| match action.id {
            ActionId::Do => {
                ["done", "decide", "again", "told", "agreed?", "ran"].iter().any(|word| of(action, word) == *part)
            }
            ActionId::KeepFilter => of(action, "go there") == *part || of(action, action.bar) == *part,
            _ => of(action, action.bar) == *part,
        });
        assert!(known || *part == "Tab next field", "{part:?} is no key of {context:?}: {line}");
    }
    let named = |id: ActionId| {
        here.iter().filter(|action| action.id == id).all(|action| parts.contains(&&*of(action, action.bar)))
    };
    let out = [
        ActionId::Back,
        ActionId::Quit,
        ActionId::Stay,
        ActionId::Leave,
        ActionId::Cancel,
        ActionId::ToDraft,
        ActionId::ClearFilter,
    ];
    assert!(out.into_iter().all(named), "no way out of {context:?} is named: {line}");
    assert!(here.iter().any(|action| out.contains(&action.id)), "there is no way out of {context:?}");
    assert!(named(ActionId::Help), "help is not named in {context:?}: {line}");
}

/// The lines between the parts are whole: no part is drawn over its edge.
fn parts_keep_to_themselves(model: &Model, frame: &Buffer, laid: &Layout) {
    let sign = |x: u16, y: u16| frame.cell((x, y)).map_or("", Cell::symbol);
    // A message may cover the last lines.
    let covered = if model.notice.is_some() || model.jobs.check.is_some() { 3 } else { 1 };
    for joint in &laid.joints {
        assert_eq!(sign(*joint, laid.rule.y), "┬", "{}", text(frame));
        for y in laid.body.y..laid.body.bottom().min(laid.keys.y - covered) {
            assert_eq!(sign(*joint, y), "│", "row {y}:\n{}", text(frame));
        }
    }
    for rule in [Some(laid.rule), laid.log_rule].into_iter().flatten() {
        let line = row(frame, rule.y);
        assert!(line.chars().all(|c| "─┬┴".contains(c)), "{line}");
    }
}

/// Every place is named in the line of places, by its short name or its long one.
fn places_are_named(frame: &Buffer, laid: &Layout, narrow: bool) {
    let line = row(frame, laid.tabs.y);
    for place in crate::tui::keys::place::Place::ALL {
        let name = if narrow { place.short() } else { place.name() };
        assert!(line.contains(name), "{name} is not whole in: {line}");
    }
}

/// Where there are rows, one of them is marked as the one that keys act on.
fn one_row_has_the_cursor(model: &Model, frame: &Buffer, area: Rect, some: bool) {
    if model.env.theme.look != Look::Default {
        return;
    }
    let marked =
        |y: &u16| (area.x..area.right()).any(|x| frame.cell((x, *y)).unwrap().modifier.contains(Modifier::REVERSED));
    let rows: Vec<u16> = (area.y..area.bottom()).filter(marked).collect();
    assert_eq!(rows.len(), usize::from(some), "rows {rows:?} have the cursor:\n{}", text(frame));
}

/// The cursor of a list that narrows stands behind what was typed.
fn what_is_typed_is_in_view(frame: &Buffer, cursor: Option<Position>) {
    let cursor = cursor.unwrap_or_else(|| panic!("no cursor:\n{}", text(frame)));
    let line = row(frame, cursor.y);
    assert!(line.starts_with(" › ") && cursor.x >= 3, "the cursor is at {cursor:?}:\n{}", text(frame));
}

/// Labels and the hint of the field with the cursor are whole, and that field, its bar and its cursor are in view.
fn form_is_whole(sheet: &OpenForm, frame: &Buffer, cursor: Option<Position>, area: Rect) {
    let whole = || text(frame);
    assert!(sheet.intro.iter().all(|(name, _)| name.width() <= 13), "{:?} is too long a name", sheet.intro);
    for field in sheet.form.views() {
        assert!(field.head().label.width() < NAME - 1, "{:?} is too long a label", field.head().label);
    }
    if !matches!(sheet.status, Status::Editing | Status::Refused(_)) {
        return;
    }
    let Some(field) = sheet.form.views().get(sheet.form.at).copied() else { return };
    let bar = area.x + NAME as u16 - 1;
    let barred = |y: &u16| frame.cell((bar, *y)).is_some_and(|cell| cell.symbol() == "│");
    let rows: Vec<u16> = (area.y..area.bottom()).filter(barred).collect();
    assert!(!rows.is_empty(), "the field with the cursor is out of view:\n{}", whole());
    let typed = !matches!(field.view(), FieldView::Pick(_) | FieldView::Multi(..) | FieldView::YesNo(_));
    if typed {
        let at = cursor.unwrap_or_else(|| panic!("no cursor:\n{}", whole()));
        assert!(rows.contains(&at.y) && at.x > bar && at.x < area.right(), "the cursor is at {at:?}:\n{}", whole());
        let first = cut_out(frame, Rect { y: rows[0], width: NAME as u16 - 1, height: 1, ..area });
        assert_eq!(first[0].trim(), &*field.head().label, "the label is not before its field:\n{}", whole());
    }
    if let FieldView::Pick(pick) = field.view()
        && pick.tall
        && pick.at.is_some()
    {
        let shown = cut_out(frame, area).concat();
        assert!(shown.contains("(●)"), "the chosen option is out of view:\n{}", whole());
    }
    let fault = sheet.form.fault.as_ref().is_some_and(|fault| fault.id == field.head().id);
    let tall = matches!(field.view(), FieldView::Pick(pick) | FieldView::Multi(pick, _) if pick.tall);
    if !fault && !tall {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let shown = bare(&cut_out(frame, Rect { x: bar + 1, width: area.right() - bar - 1, ..area }).concat());
        let hint = bare(&field.head().hint);
        assert!(shown.contains(&hint), "the hint {:?} is not whole:\n{}", field.head().hint, whole());
    }
}
