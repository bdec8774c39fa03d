//! The form for an export: where the file goes is said before it goes there.

use crate::tui::{
    form::path_field::PathRow,
    model::{effect::Effect, msg::Msg},
    testing::Desk,
    update,
};

fn desk() -> Desk {
    let mut desk = Desk::typical();
    desk.model.env.here = "/home/patel/incidents".into();
    desk.press("x");
    desk
}

/// What the foot of the form says, its rows one after another.
fn foot(desk: &Desk) -> String {
    let frame = desk.frame(80, 23);
    let rows: Vec<&str> = frame.lines().map(|line| line.trim_matches('"').trim()).collect();
    let from = rows.iter().position(|row| row.starts_with("Will record") || row.starts_with("Not yet")).unwrap();
    rows[from..22].join(" ").trim().to_owned()
}

#[test]
fn the_file_and_its_folder_are_named_and_the_field_is_in_view() {
    let mut desk = desk();
    let seal = desk.case.seal().to_string()[..4].to_owned();
    insta::assert_snapshot!("export", desk.form_lines(80));
    assert!(desk.sized(80, 23).contains("File"), "{}", desk.sized(80, 23));
    let name = format!("2026-11-22-wards-k7qd-{seal}");
    assert_eq!(
        foot(&desk),
        format!("Will record    export  bundle: {name}.zip, in /home/patel/incidents (J. Patel, lead)")
    );
    desk.press("<down><down><down>");
    assert!(foot(&desk).contains(&format!("handover: {name}.txt, in")), "{}", foot(&desk));
}

#[test]
fn what_is_typed_is_a_file_or_a_folder() {
    let mut desk = desk();
    desk.press("<tab>out.zip");
    assert!(foot(&desk).contains("bundle: out.zip, in /home/patel/incidents ("), "{}", foot(&desk));
    desk.press("<ctrl-u>/media/usb/");
    assert!(foot(&desk).contains(".zip, in /media/usb"), "{}", foot(&desk));
    desk.press("<ctrl-u>~/night.zip");
    assert!(foot(&desk).contains("night.zip, in ~ ("), "{}", foot(&desk));
    desk.press("<ctrl-u>~/");
    assert!(foot(&desk).contains(".zip, in ~/ ("), "{}", foot(&desk));
    desk.press("<ctrl-u>");
    let effects = desk.press("/media/usb");
    let Some(Effect::CompletePath(ticket, _)) = effects.last() else { panic!("{effects:?}") };
    let rows = vec![PathRow { path: "/media/usb/".into(), folder: true, size: 0 }];
    assert!(foot(&desk).contains("bundle: usb, in /media"), "{}", foot(&desk));
    update(&mut desk.model, Msg::Paths(*ticket, rows));
    assert!(
        foot(&desk).contains(".zip, in /media/usb ("),
        "a folder is known by what was found there: {}",
        foot(&desk)
    );
    desk.press("<ctrl-u>/a/very/long/way/down/into/the/share/of/the/whole/trust/with/many/folders/x/night.zip");
    assert!(foot(&desk).contains("night.zip, in /a/…/") && foot(&desk).contains("/x ("), "{}", foot(&desk));
}
