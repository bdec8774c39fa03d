//! Whatever is pressed and pasted, at whatever size: no panic, and nothing on screen that a terminal obeys.

use super::{kinds, many};
use crate::{
    domain::{decide::decide, leftover::Leftover, problem::Problem},
    tui::{
        form::path_field::PathRow,
        keys::key::{Code, Key},
        model::{
            effect::{Commit, Effect},
            msg::{Msg, Preview},
            tickets::Progress,
        },
        testing::{Desk, playbook, playbooks, rows},
        update,
    },
};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Act {
    Key(Key),
    Paste(String),
    Resize(u16, u16),
    Answer(u8),
    Draw(u16, u16),
}

fn keys() -> impl Strategy<Value = Key> {
    let named = prop::sample::select(vec![
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::BackTab,
        Code::Backspace,
        Code::Delete,
        Code::Up,
        Code::Down,
        Code::Left,
        Code::Right,
        Code::Home,
        Code::End,
        Code::PageUp,
        Code::PageDown,
        Code::F(1),
    ]);
    let letters = prop::sample::select("dnesbracmtxvwpADIyq0123456789.fiouG:/?gjkJK g7é病".chars().collect::<Vec<_>>());
    let code = prop_oneof![3 => named, 4 => letters.prop_map(Code::Char), 1 => any::<char>().prop_map(Code::Char)];
    let plain = (code, prop::bool::weighted(0.1), prop::bool::weighted(0.05), any::<bool>(), prop::bool::weighted(0.1))
        .prop_map(|(code, ctrl, alt, shift, repeat)| Key { code, ctrl, alt, shift, repeat });
    prop_oneof![8 => plain, 1 => Just(Key::ctrl('s'))]
}

fn acts() -> impl Strategy<Value = Act> {
    let hostile = prop::sample::select(vec![
        "\u{1b}[2J\u{1b}]0;x\u{7}",
        "invoice\u{202e}fdp.exe",
        "a\r\nb\tc\r",
        "e\u{301}\u{200b}👩\u{200d}⚕️",
        "病院\u{ff9f}\u{0}",
    ]);
    let text = prop_oneof![hostile.prop_map(str::to_owned), any::<String>(), "[a-z ]{0,300}"];
    prop_oneof![
        12 => keys().prop_map(Act::Key),
        2 => text.prop_map(Act::Paste),
        1 => (0_u16..200, 0_u16..70).prop_map(|(w, h)| Act::Resize(w, h)),
        3 => any::<u8>().prop_map(Act::Answer),
        3 => (1_u16..200, 1_u16..70).prop_map(|(w, h)| Act::Draw(w, h)),
    ]
}

/// Answers what was asked for, in one of the ways that the runtime may.
fn answer(desk: &mut Desk, effect: Effect, how: u8) {
    let report = Problem { what: "\u{1b}[31mfull\u{202e}".into(), causes: vec!["x".into()], hint: Some("y".into()) };
    let msg = match effect {
        Effect::Commit(ticket, commit) => match how % 4 {
            0 => Msg::Refused(ticket, report, how % 8 < 4),
            1 => Msg::NotRecorded(ticket, report),
            _ => Msg::Recorded(ticket, desk.write(desk.now, &commit)),
        },
        Effect::AttachPlaybook(ticket, ..) if how < 64 => Msg::Failed(ticket, report),
        // What is offered may be in use by now: the domain says so.
        Effect::AttachPlaybook(ticket, id, _) => {
            let command = many::attach(if id == "every-kind" { many::newer() } else { playbook() }, "(2)", Vec::new());
            match decide(&desk.case, &command, None, desk.now.at) {
                Ok(_) => Msg::Recorded(ticket, desk.write(desk.now, &Commit { command, occurred: None, begun: None })),
                Err(_) => Msg::Refused(ticket, report, false),
            }
        }
        Effect::TakeEvidence(ticket, _) | Effect::Export(ticket, _) | Effect::Check(ticket) => match how % 5 {
            0 => Msg::Progress(ticket, Progress { what: "hash\u{7}".into(), done: 9, total: how.into(), rate: 3 }),
            1 => Msg::Done(ticket, "done\u{1b}".into()),
            2 => Msg::Failed(ticket, report),
            3 => Msg::NotRecorded(ticket, report),
            _ => Msg::Cancelled(ticket),
        },
        Effect::Cancel(ticket) => Msg::Cancelled(ticket),
        Effect::CompletePath(ticket, text) => {
            let row = |tail: &str, folder| PathRow { path: format!("{text}{tail}"), folder, size: how.into() };
            Msg::Paths(ticket, vec![row("é\u{202e}a", false), row("éb/", true), row("", how > 9)])
        }
        Effect::ListCases if how > 200 => Msg::Leftovers(vec![Leftover {
            path: "\u{1b}[2J".into(),
            what: "an item",
            size: u64::MAX - u64::from(how),
            written: Some(desk.now.at),
        }]),
        Effect::ListCases => rows(),
        Effect::Tidy => Msg::Leftovers(Vec::new()),
        Effect::ListPlaybooks if how > 99 => playbooks(),
        Effect::ListPlaybooks => Msg::Playbooks(vec![many::row(many::newer(), "(2)"), many::row(playbook(), "(2)")]),
        Effect::NewCase(ticket, _) if how > 99 => Msg::Failed(ticket, report),
        Effect::OpenCase(ticket, _) if how > 99 => Msg::Failed(ticket, report),
        Effect::NewCase(..) | Effect::OpenCase(..) => return desk.open(),
        Effect::SaveText(ticket, _) => Msg::Done(ticket, "saved\u{7}".into()),
        Effect::ReadEntry(entry) => {
            let record = desk.log.iter().find(|record| record.id == entry).cloned();
            Msg::Entry(entry, record.map(Box::new))
        }
        Effect::Preview(ticket, _) if how < 64 => Msg::Failed(ticket, report),
        Effect::Preview(ticket, _) => {
            let head = vec![how, b'\n', 0x1b, b'[', b'2', b'J', 0xe2, 0x80, 0xae];
            Msg::Preview(ticket, Preview { head, size: how.into(), sha256: None })
        }
        Effect::KeepResponder(_) | Effect::Copy(_) | Effect::Bell => return,
        Effect::LeaveCase | Effect::Quit | Effect::KeepDrafts(..) | Effect::FindDrafts(_) => return,
    };
    update(&mut desk.model, msg);
}

fn check(desk: &Desk, width: u16, height: u16) {
    for cell in &desk.cells(width, height).content {
        let bad = |c: char| {
            c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!cell.symbol().chars().any(bad), "{:?}", cell.symbol());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_pressed_or_pasted_breaks_it(acts in prop::collection::vec(acts(), 0..60), open in 0..4) {
        let mut desk = match open {
            0 => Desk::new(),
            1 => Desk::typical(),
            2 => kinds::desk(),
            _ => many::under_way(),
        };
        let mut asked: Vec<Effect> = Vec::new();
        for act in acts {
            match act {
                Act::Key(key) => asked.extend(update(&mut desk.model, Msg::Key(key))),
                Act::Paste(text) => asked.extend(update(&mut desk.model, Msg::Paste(text))),
                Act::Resize(width, height) => asked.extend(update(&mut desk.model, Msg::Resize(width, height))),
                Act::Answer(how) => {
                    if let Some(effect) = asked.pop() {
                        answer(&mut desk, effect, how);
                    }
                }
                Act::Draw(width, height) => check(&desk, width, height),
            }
        }
        check(&desk, 80, 23);
        check(&desk, 131, 37);
    }
}
