//! What a line sends that is no key: broken sequences, halves, pastes without brackets and without an end.

use super::{LIMIT, SMALL, home, notes, opened};
use crate::terminal::{self, QUIT, RECORD, Terminal};
use std::time::Duration;

fn note_box(terminal: &Terminal) {
    terminal.keys("n");
    terminal.wait_for("Enter begins a new line");
}

#[test]
fn a_line_feed_is_a_new_line() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    note_box(&terminal);
    terminal.keys("Ward 7\non paper\r\nsince 07:40\r08:10");
    terminal.wait_for("08:10");
    terminal.keys(RECORD);
    terminal.wait_for("recorded as A4");
    assert_eq!(notes(home.path(), &case), ["Ward 7\non paper\nsince 07:40\n08:10"]);
}

/// A paste without brackets, and a serial line: whatever byte is in it, every letter of it is there.
#[test]
fn no_byte_of_a_paste_without_brackets_deletes() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    // Backspace deletes, as two bytes; Ctrl-S records; Ctrl-C, Ctrl-Q and Esc leave the box, and Tab the field.
    let keys = [0x03, 0x08, b'\t', 0x11, 0x13, 0x1b, 0x7f];
    let rest: Vec<u8> = (0..=255).filter(|byte| !keys.contains(byte)).collect();
    for (round, bytes) in rest.chunks(24).enumerate() {
        note_box(&terminal);
        let mut paste = format!("Theatre 2 list, round {round}: ").into_bytes();
        bytes.iter().for_each(|byte| paste.extend([*byte, b'.']));
        paste.extend_from_slice(b" on paper");
        terminal.bytes(&paste).unwrap();
        terminal.keys(RECORD);
        terminal.wait_for(&format!("recorded as A{}", round + 4));
        let letters = |text: &[u8]| -> Vec<u8> {
            let mut letters: Vec<u8> = text.iter().copied().filter(|byte| (b'!'..=b'~').contains(byte)).collect();
            letters.sort_unstable();
            letters
        };
        // They may stand elsewhere, where a byte moved the cursor.
        let found = notes(home.path(), &case).pop().unwrap();
        assert_eq!(letters(found.as_bytes()), letters(&paste), "{found:?}");
    }
}

#[test]
fn a_paste_that_never_ends_is_taken_after_a_while_and_keys_work_again() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    note_box(&terminal);
    terminal.keys("\x1b[200~pasted from a line that broke");
    terminal.wait_until("what came of it", Duration::from_secs(6), |frame| frame.contains("a line that broke"));
    terminal.keys(RECORD);
    terminal.wait_for("recorded as A4");
    assert_eq!(notes(home.path(), &case), ["pasted from a line that broke"]);
    terminal.keys(QUIT);
    assert_eq!(terminal.ends(LIMIT), 0);
}

/// Beginnings of sequences, letters in other encodings, and answers that nobody asked for.
#[test]
fn after_any_half_of_a_sequence_keys_work_again() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    let halves: [&[u8]; 18] = [
        b"\x1b",
        b"\x1b[",
        b"\x1bO",
        b"\x1b]",
        b"\x1bP",
        b"\x1b[1;",
        b"\x1b[?",
        b"\x1b[<",
        b"\x1b[<0;0;0M",
        b"\x1b[0;0R",
        b"\x1b[0;0M",
        b"\x1b[M",
        b"\x1b[M !",
        b"\x1b]52;c;UFdO",
        b"\x1b[?1;2",
        b"\xe2\x82",
        b"\xff",
        b"\x1b[999999999999999999999999999;1u",
    ];
    for (round, half) in halves.into_iter().enumerate() {
        terminal.bytes(half).unwrap();
        // A pause, as a person makes it: the clock of the terminal itself.
        let began = std::time::Instant::now();
        while began.elapsed() < Duration::from_millis(200) {
            std::thread::yield_now();
        }
        note_box(&terminal);
        terminal.keys(&format!("after {round}{RECORD}"));
        terminal.wait_for(&format!("recorded as A{}", round + 4));
    }
    assert_eq!(notes(home.path(), &case).len(), halves.len());
}

/// The case of the issue: an escape in an argument puts something on the clipboard.
#[test]
fn an_argument_does_not_reach_the_terminal_as_it_is() {
    let home = home();
    for hostile in ["\x1b]52;c;UFdO\x07", "\x1b[2J\x1b[31m", "\u{9b}31m", "\u{202e}x"] {
        let terminal = terminal::console(home.path(), SMALL).arguments(&[hostile]).start();
        assert_eq!(terminal.ends(LIMIT), 2);
        let raw = String::from_utf8(terminal.raw()).unwrap();
        assert!(raw.contains("unrecognized subcommand") && !raw.contains(hostile), "{raw:?}");
        assert!(!raw.contains(['\x1b', '\x07', '\u{9b}', '\u{202e}']), "{raw:?}");
    }
}

/// Every way in which terminals send a line end that is no plain Enter: as keys, with and without a keyboard protocol,
/// and in a paste with brackets, which some write with carriage returns.
#[test]
fn every_line_end_that_terminals_send_is_a_new_line() {
    let home = home();
    let (case, terminal) = opened(home.path(), SMALL);
    let ends: [(&[u8], &str); 8] = [
        (b"\n", "Ctrl-J"),
        (b"\x1b[106;5u", "Ctrl-J, CSI u"),
        (b"\x1b[13;2u", "Shift-Enter, CSI u"),
        (b"\x1b[13;2:1u", "Shift-Enter, CSI u with the kind of event"),
        (b"\x1b[27;2;13~", "Shift-Enter, modifyOtherKeys"),
        (b"\x1bOM", "Shift-Enter, Konsole"),
        (b"\x1b\r", "Alt-Enter, and Shift-Enter as it is often mapped"),
        (b"\x1b[200~\r\n\x1b[201~", "a pasted line end"),
    ];
    for (round, (end, what)) in ends.into_iter().enumerate() {
        note_box(&terminal);
        terminal.keys("Ward 7");
        terminal.bytes(end).unwrap();
        terminal.keys("on paper");
        terminal.wait_for("│on paper");
        terminal.keys(RECORD);
        terminal.wait_for(&format!("recorded as A{}", round + 4));
        assert_eq!(notes(home.path(), &case).pop().unwrap(), "Ward 7\non paper", "{what}");
    }
    for (round, end) in ["\n", "\r\n", "\r"].into_iter().enumerate() {
        note_box(&terminal);
        terminal.paste(&format!("Ward 7{end}on paper{end}since 07:40"));
        terminal.wait_for("│since 07:40");
        terminal.keys(RECORD);
        terminal.wait_for(&format!("recorded as A{}", round + 12));
        assert_eq!(notes(home.path(), &case).pop().unwrap(), "Ward 7\non paper\nsince 07:40", "{end:?}");
    }
}

/// In a field of one line a pasted line end, and Ctrl-J, are a space: nothing is sent, left or deleted.
#[test]
fn in_a_single_line_a_line_end_is_a_space() {
    let home = home();
    let terminal = terminal::console(home.path(), SMALL).start();
    terminal.wait_for("Press n to open");
    for (end, text) in [("\n", "a"), ("\r\n", "b"), ("\r", "c")] {
        terminal.keys("n");
        terminal.wait_for("In a line, as you would say it on the phone");
        terminal.keys("\x15");
        terminal.paste(&format!("Wards{end}log in {text}{end}"));
        terminal.wait_for(&format!("│Wards log in {text}"));
        terminal.bytes(b"\n").unwrap();
        terminal.keys("no more");
        terminal.wait_for(&format!("│Wards log in {text} no more"));
        terminal.keys("\x1b");
        terminal.wait_for("draft kept");
    }
}
