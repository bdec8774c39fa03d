//! What the program says of its commands: `--help` of each, word for word, and by their SHA-256 the manual page and the
//! completions, which are made from the same definitions and would only repeat it.

use crate::support::{command, texts};
use carecert_react::{cli::define_commands, domain::id::Hash};
use clap::Command;
use std::fmt::Write as _;

/// What `--help` prints, one command after another.
const HELP: &str = "tests/commands/help.txt";
/// A line each for the manual page and the completions of every shell.
const MADE: &str = "tests/commands/help.sha256";
const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// The words that lead to each command, from the program itself on.
fn words_of_all(command: &Command, words: &[String], all: &mut Vec<Vec<String>>) {
    all.push(words.to_vec());
    for sub in command.get_subcommands() {
        words_of_all(sub, &[words, &[sub.get_name().to_owned()]].concat(), all);
    }
}

fn printed(words: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    // The width of whoever runs the tests is no other help, either.
    let output = command(home.path(), words).env_remove("COLUMNS").env_remove("LINES").output().unwrap();
    let (text, err) = texts(&output);
    assert!(output.status.success() && err.is_empty(), "{words:?}: {err}");
    // A new version of the program is no other help.
    text.replace(concat!("carecert ", env!("CARGO_PKG_VERSION")), "carecert VERSION")
}

/// Holds a file to what is printed, or with `CARECERT_UPDATE_HELP=1` writes it anew.
fn hold(path: &str, now: &str) {
    let whole = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("CARECERT_UPDATE_HELP").is_some() {
        std::fs::write(whole, now).unwrap();
        return;
    }
    let pinned = std::fs::read_to_string(whole).unwrap();
    let differing = pinned.lines().zip(now.lines()).find(|(pinned, now)| pinned != now);
    assert!(pinned == now, "{path} differs, if that is meant run it with CARECERT_UPDATE_HELP=1: {differing:?}");
}

#[test]
fn the_help_of_every_command_is_as_pinned() {
    let (mut all, mut text) = (Vec::new(), String::new());
    words_of_all(&define_commands(), &[], &mut all);
    assert!(all.len() > 50, "{all:?}");
    for words in &all {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let long = printed(&[&words[..], &["--help"]].concat());
        let short = printed(&[&words[..], &["-h"]].concat());
        writeln!(text, "$ carecert {}", [&words[..], &["--help"]].concat().join(" ")).unwrap();
        writeln!(text, "{long}").unwrap();
        if short != long {
            writeln!(text, "$ carecert {}\n{short}", [&words[..], &["-h"]].concat().join(" ")).unwrap();
        }
    }
    hold(HELP, &text);
}

#[test]
fn the_manual_page_and_the_completions_are_as_pinned() {
    let mut text = format!("{}  man\n", Hash::of(printed(&["man"]).as_bytes()));
    for shell in SHELLS {
        writeln!(text, "{}  completions {shell}", Hash::of(printed(&["completions", shell]).as_bytes())).unwrap();
    }
    hold(MADE, &text);
}
