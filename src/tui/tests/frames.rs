//! Frames at the smallest size and at a wide one.

use crate::{
    domain::problem::Problem,
    tui::{
        Look,
        form::path_field::PathRow,
        model::{effect::Effect, msg::Msg, tickets::Progress},
        testing::{Desk, playbooks, rows},
        update,
    },
};
use ratatui::style::Color;

#[test]
fn home() {
    let mut desk = Desk::new();
    update(&mut desk.model, Msg::Cases(Vec::new(), Vec::new()));
    frames!(desk, "home_empty");
    update(&mut desk.model, rows());
    frames!(desk, "home");
}

#[test]
fn new_incident() {
    let mut desk = Desk::new();
    update(&mut desk.model, playbooks());
    desk.press("nWards cannot log in<enter> <enter>");
    frames!(desk, "incident");
}

#[test]
fn typical_case() {
    let mut desk = Desk::typical();
    frames!(desk, "case");
    desk.press("3<up><up>");
    frames!(desk, "case_log");
}

#[test]
fn decide_box() {
    let mut desk = Desk::typical();
    desk.press("<up>r");
    let effects = desk.press("New facts<ctrl-s>");
    desk.answer(effects);
    desk.press("/how far<enter><enter><down>");
    frames!(desk, "decide");
    desk.press("<tab>Theatres share VLAN 40");
    frames!(desk, "decide_why");
}

#[test]
fn done_notify_and_correct_boxes() {
    let mut desk = Desk::typical();
    desk.press("<enter>Core switch port 12 is down<tab>03:36");
    frames!(desk, "done");
    desk.press("<esc>/csoc<enter><enter>");
    frames!(desk, "notify");
    desk.press("<esc>3<up>c");
    frames!(desk, "correct");
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
    frames!(desk, "evidence_path");
    desk.press("i<tab>");
    let effects = desk.press("<tab><tab>the whole disk<ctrl-s>");
    let take = effects.iter().rev().find_map(|effect| match effect {
        Effect::TakeEvidence(ticket, _) => Some(*ticket),
        _ => None,
    });
    let progress =
        Progress { what: "hashing disk.img".into(), done: 312_400_000, total: 1_400_000_000, rate: 210_000_000 };
    update(&mut desk.model, Msg::Progress(take.unwrap(), progress));
    frames!(desk, "evidence");
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
    desk.model.sheet_mut().unwrap().form.go("for");
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
    frames!(desk, "not_recorded");
}

#[test]
fn help_palette_clocks_entry_and_leaving() {
    let mut desk = Desk::typical();
    desk.press("?");
    frames!(desk, "help");
    desk.press("q:");
    frames!(desk, "palette");
    desk.press("<esc>t");
    frames!(desk, "clocks");
    desk.press("3<enter>");
    frames!(desk, "entry");
    desk.press("qnhalf a note<esc>qq");
    frames!(desk, "leave");
}

#[test]
fn plain_signs() {
    let mut desk = Desk::typical();
    desk.model.env.theme.ascii = true;
    insta::assert_snapshot!("case_ascii_80x23", desk.sized(80, 23));
}

#[test]
fn too_small() {
    let mut desk = Desk::typical();
    insta::assert_snapshot!("small_60x15", desk.sized(60, 15));
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
    insta::assert_snapshot!("find_80x23", desk.sized(80, 23));
    desk.press("<esc>c");
    insta::assert_snapshot!("which_entry_80x23", desk.sized(80, 23));
}
