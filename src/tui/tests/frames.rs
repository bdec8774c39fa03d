//! The frames that are looked at whole, beside those of the places in `screens`; and boxes of a typical case.

use super::frame::{SIZES, at_sizes};
use crate::{
    domain::problem::Problem,
    tui::{
        Look,
        form::path_field::PathRow,
        keys::place::Place,
        model::{effect::Effect, msg::Msg, tickets::Progress},
        testing::{Desk, playbooks, rows},
        update,
    },
};
use ratatui::style::Color;

/// The least window.
const LEAST: [(u16, u16); 1] = [(80, 23)];

#[test]
fn new_incident() {
    let mut desk = Desk::new();
    update(&mut desk.model, playbooks());
    desk.press("nWards cannot log in<enter> <enter>");
    insta::assert_snapshot!("incident", desk.form_lines(80));
}

#[test]
fn the_rows_of_the_log() {
    let mut desk = Desk::typical();
    desk.press("3<up><up>");
    insta::assert_snapshot!("case_log", desk.list_lines(80));
}

#[test]
fn decide_box() {
    let mut desk = Desk::typical();
    desk.press("<up>r");
    let effects = desk.press("New facts<ctrl-s>");
    desk.answer(effects);
    desk.press("/how far<enter><enter><down>");
    insta::assert_snapshot!("decide", desk.form_lines(80));
    desk.press("<tab>Theatres share VLAN 40");
    insta::assert_snapshot!("frame_form", at_sizes("a form", &mut desk.model, &SIZES));
}

#[test]
fn done_notify_and_correct_boxes() {
    let mut desk = Desk::typical();
    desk.press("<enter>Core switch port 12 is down<tab>03:36");
    insta::assert_snapshot!("done", desk.form_lines(80));
    desk.press("<esc>/csoc<enter><enter>");
    insta::assert_snapshot!("notify", desk.form_lines(80));
    desk.press("<esc>3<up>c");
    insta::assert_snapshot!("correct", desk.form_lines(80));
}

#[test]
fn evidence_progress() {
    let mut desk = Desk::typical();
    desk.press("e");
    let effects = desk.press("/media/usb/d");
    let Some(Effect::CompletePath(ticket, text)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(text, "/media/usb/d");
    let row = |path: &str, folder, size| PathRow { path: path.into(), folder, size };
    let paths = vec![row("/media/usb/disk.img", false, 1_400_000_000), row("/media/usb/dumps/", true, 0)];
    update(&mut desk.model, Msg::Paths(*ticket, paths));
    insta::assert_snapshot!("evidence_path", desk.form_lines(80));
    desk.press("i<tab>");
    let effects = desk.press("<tab><tab>the whole disk<ctrl-s>");
    let take = effects.iter().rev().find_map(|effect| match effect {
        Effect::TakeEvidence(ticket, _) => Some(*ticket),
        _ => None,
    });
    let progress =
        Progress { what: "hashing disk.img".into(), done: 312_400_000, total: 1_400_000_000, rate: 210_000_000 };
    update(&mut desk.model, Msg::Progress(take.unwrap(), progress));
    insta::assert_snapshot!("evidence", desk.form_lines(80));
}

#[test]
fn evidence_goes_to_any_open_step_and_a_folder_is_told_as_what_it_is() {
    let mut desk = Desk::typical();
    let effects = desk.press("e/media/usb/dumps");
    let Some(Effect::CompletePath(ticket, _)) = effects.last() else { panic!("{effects:?}") };
    assert!(desk.frame(80, 23).contains("copied and hashed"), "nobody has said that it is a folder");
    let paths = vec![PathRow { path: "/media/usb/dumps/".into(), folder: true, size: 0 }];
    update(&mut desk.model, Msg::Paths(*ticket, paths));
    assert!(desk.frame(80, 23).contains("a folder is no item"), "{}", desk.frame(80, 23));
    desk.press("<backspace>.raw");
    assert!(desk.frame(80, 23).contains("copied and hashed"), "{}", desk.frame(80, 23));
    desk.model.form_on_top_mut().unwrap().form.go("for");
    let effects = desk.press("<down><down><down><ctrl-s>");
    let step = effects.iter().find_map(|effect| match effect {
        Effect::TakeEvidence(_, take) => take.step.clone(),
        _ => None,
    });
    assert_eq!(step.unwrap().step, "machine", "{}", desk.frame(80, 23));
}

#[test]
fn not_recorded() {
    let mut desk = Desk::typical();
    let effects = desk.press("nBed manager says ward 5 can take two<ctrl-s>");
    let Some(Effect::Commit(ticket, _)) = effects.last() else { panic!("{effects:?}") };
    let report = Problem {
        what: "The disk is full".into(),
        causes: vec!["could not write case.sqlite3".into()],
        hint: Some("free some space, or save the text elsewhere".into()),
    };
    update(&mut desk.model, Msg::NotRecorded(*ticket, report));
    insta::assert_snapshot!("frame_not_recorded", at_sizes("not recorded", &mut desk.model, &LEAST));
}

#[test]
fn help_palette_clocks_entry_and_leaving() {
    let mut desk = Desk::typical();
    desk.press("?");
    insta::assert_snapshot!("frame_help", at_sizes("help", &mut desk.model, &LEAST));
    desk.press("q:");
    insta::assert_snapshot!("frame_palette", at_sizes("palette", &mut desk.model, &LEAST));
    desk.press("<esc>t");
    insta::assert_snapshot!("clocks", desk.list_lines(80));
    insta::assert_snapshot!("clocks_detail", desk.detail_lines(80));
    desk.press("3<enter>");
    insta::assert_snapshot!("frame_entry", at_sizes("an entry", &mut desk.model, &LEAST));
    desk.press("qnhalf a note<esc>qq");
    insta::assert_snapshot!("frame_leave", at_sizes("leaving", &mut desk.model, &LEAST));
}

#[test]
fn plain_signs() {
    let mut desk = Desk::typical();
    desk.model.env.theme.ascii = true;
    insta::assert_snapshot!("frame_ascii", at_sizes("plain signs", &mut desk.model, &LEAST));
}

#[test]
fn too_small() {
    let mut desk = Desk::typical();
    insta::assert_snapshot!("frame_small", at_sizes("too small", &mut desk.model, &[(60, 15)]));
}

#[test]
fn without_colour_nothing_is_coloured() {
    let mut desk = Desk::typical();
    let coloured = |desk: &Desk| {
        let cells = desk.cells(120, 40).content;
        cells.iter().any(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset)
    };
    assert!(coloured(&desk));
    desk.model.env.theme.look = Look::Monochrome;
    for keys in ["", "?", "q:", "<esc>t", "2d", "<esc>/", "<esc>3<enter>"] {
        desk.press(keys);
        assert!(!coloured(&desk), "after {keys}");
    }
}

#[test]
fn lists_to_choose_from() {
    let mut desk = Desk::typical();
    desk.press("/re");
    insta::assert_snapshot!("find", desk.overlay_lines(80));
    desk.press("<esc>c");
    insta::assert_snapshot!("which_entry", desk.overlay_lines(80));
}

#[test]
fn the_lines_that_never_move() {
    let mut bars = String::new();
    let mut bar = |name: &str, desk: &mut Desk| {
        bars.push_str(&format!("{name:<13} {}\n", desk.key_bar(80)));
    };
    bar("cases", &mut desk_at_home());
    let mut desk = Desk::typical();
    for place in Place::ALL {
        desk.model.case.as_mut().unwrap().place = place;
        bar(place.name(), &mut desk);
    }
    for (name, keys) in
        [("filter", "3/"), ("find", "1/"), ("page", "?"), ("form", "n"), ("one field", "3u"), ("ask", "nx<esc>1q")]
    {
        let mut desk = Desk::typical();
        desk.press(keys);
        bar(name, &mut desk);
    }
    let mut desk = Desk::typical();
    let effects = desk.press("nx<ctrl-s>");
    bar("recording", &mut desk);
    let Some(Effect::Commit(ticket, _)) = effects.last() else { panic!("{effects:?}") };
    let report = Problem { what: "The disk is full".into(), causes: Vec::new(), hint: None };
    update(&mut desk.model, Msg::NotRecorded(*ticket, report));
    bar("not recorded", &mut desk);
    insta::assert_snapshot!("key_bars", bars);
    let mut desk = Desk::typical();
    let mut tops = format!("{}\n{}\n", desk_at_home().top_lines(80), desk.top_lines(80));
    desk.model.case.as_mut().unwrap().read_only = Some("the folder cannot be written".into());
    tops.push_str(&desk.top_lines(120));
    insta::assert_snapshot!("top_lines", tops);
}

fn desk_at_home() -> Desk {
    let mut desk = Desk::new();
    update(&mut desk.model, rows());
    desk
}

#[test]
fn the_log_stands_below_or_beside() {
    let mut desk = Desk::typical();
    insta::assert_snapshot!("log_beside", [80, 120].map(|width| desk.log_lines(width)).join("\n\n"));
}
