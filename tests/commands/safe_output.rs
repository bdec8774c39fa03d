//! Whatever an argument, a variable or an entry holds: nothing that a terminal obeys leaves the program, and who reads it
//! as JSON gets the very same text.

use crate::support::{self, command, json, ok, small_case};
use carecert_react::{
    cli::define_commands,
    domain::text::{make_safe, safe_lines},
};
use clap::{Arg, ArgAction, Command};
use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

/// Characters that a terminal obeys or nobody sees, each kind in a text of its own.
fn hostile() -> Vec<String> {
    let with = |chars: std::ops::RangeInclusive<char>| chars.flat_map(|c| ['x', c]).collect::<String>();
    vec![
        with('\u{1}'..='\u{1f}'),
        with('\u{7f}'..='\u{9f}'),
        "\u{1b}]52;c;UFdO\u{7}\u{1b}[31mred\u{1b}[2J\u{1b}]0;title\u{1b}\\".into(),
        format!("{}\u{202a}\u{202e}\u{2066}\u{2069}\u{61c}fdp.exe", with('\u{200b}'..='\u{200f}')),
        format!("{}\u{feff}\u{2060}\u{ad}\u{e0067}\u{e007f}\u{1d173}\u{1bca0}", with('\u{2028}'..='\u{2029}')),
        format!("=cmd\u{9b}31m\u{85}{}", "long\u{1b}[5m".repeat(10_000)),
    ]
}

/// All of that, as arguments; and bytes that are no UTF-8.
fn arguments() -> Vec<OsString> {
    let mut all: Vec<OsString> = hostile().into_iter().map(OsString::from).collect();
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        all.push(OsString::from_vec(b"caf\xe9\x1b[31m\x9b2J\xff".to_vec()));
    }
    all
}

/// What a terminal gets is text, in which nothing hides.
#[track_caller]
fn shows_only_text(what: &str, output: &Output) {
    for (stream, bytes) in [("output", &output.stdout), ("error", &output.stderr)] {
        let text = String::from_utf8(bytes.clone()).unwrap_or_else(|why| panic!("{what}: {stream}: {why}"));
        let lines = text.replace('\t', " ");
        assert_eq!(safe_lines(&lines), lines, "{what}: standard {stream}");
    }
    assert!(output.stderr.len() < 64 * 1024, "{what}: {} bytes on standard error", output.stderr.len());
    let panicked = String::from_utf8_lossy(&output.stderr).contains("panicked");
    assert!(!panicked && output.status.code().is_some_and(|code| code < 3), "{what}: {output:?}");
}

/// Every command that is not made of others, with the words that lead to it.
fn leaves(command: &Command, words: &[String], all: &mut Vec<(Vec<String>, Command)>) {
    let mut below = command.get_subcommands().filter(|sub| sub.get_name() != "help").peekable();
    if below.peek().is_none() {
        all.push((words.to_vec(), command.clone()));
    }
    for sub in below {
        leaves(sub, &[words, &[sub.get_name().to_owned()]].concat(), all);
    }
}

fn every_command() -> Vec<(Vec<String>, Command)> {
    let mut root = define_commands();
    root.build();
    let mut all = Vec::new();
    leaves(&root, &[], &mut all);
    assert!(all.len() > 35, "{}", all.len());
    all
}

fn run(home: &Path, arguments: &[OsString]) -> Output {
    let mut command = command(home, &[]);
    command.args(arguments).current_dir(home).stdin(Stdio::null()).output().unwrap()
}

/// A value that the argument takes, as far as it can be told from its name.
fn value(argument: &Arg, case: &str) -> OsString {
    match argument.get_id().as_str() {
        "case" => case.into(),
        "severity" => "high".into(),
        "tlp" => "TLP:RED".into(),
        _ if !argument.get_possible_values().is_empty() => argument.get_possible_values()[0].get_name().into(),
        _ => "x".into(),
    }
}

/// In every place that an argument can stand in, of every command: as an option that nobody knows, as one word too many,
/// as the value of each option and in each place.
#[test]
fn no_argument_reaches_the_terminal_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let case =
        ok(home.path(), &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned();
    let (all, mut tries) = (arguments(), 0);
    for (number, (words, leaf)) in every_command().into_iter().enumerate() {
        let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
        let positional: Vec<&Arg> = leaf.get_positionals().collect();
        let usual: Vec<OsString> = positional.iter().map(|argument| value(argument, &case)).collect();
        let mut attempt = |rest: Vec<OsString>, usage: bool| {
            let arguments = [words.as_slice(), &rest].concat();
            let output = run(home.path(), &arguments);
            let what =
                format!("{words:?} {:?}", String::from_utf8_lossy(rest.join(OsStr::new(" ")).as_encoded_bytes()));
            shows_only_text(&what.chars().take(300).collect::<String>(), &output);
            assert!(!usage || output.status.code() == Some(2), "{what:.300}: {output:?}");
            tries += 1;
        };
        for hostile in &all {
            let mut option = OsString::from("--");
            option.push(hostile);
            attempt([usual.as_slice(), &[option]].concat(), true);
        }
        // The others take turns, for the sake of time: each command has each kind somewhere.
        let mut turn = number;
        let mut next = || {
            turn += 1;
            all[turn % all.len()].clone()
        };
        attempt([usual.as_slice(), &[next(), next(), next()]].concat(), false);
        for place in 0..positional.len() {
            let mut rest = usual.clone();
            rest[place] = next();
            attempt(rest, false);
        }
        let options = leaf.get_arguments().filter(|argument| {
            argument.get_long().is_some() && !matches!(argument.get_action(), ArgAction::SetTrue | ArgAction::Help)
        });
        for argument in options.filter(|argument| argument.get_id() != "version") {
            let mut option = OsString::from(format!("--{}=", argument.get_long().unwrap()));
            option.push(next());
            attempt([usual.as_slice(), &[option]].concat(), false);
        }
    }
    assert!(tries > 600, "{tries} tries");
    // What was recorded by all that is shown safe, too.
    for arguments in [&["cases"][..], &["status", &case], &["log", &case], &["handover", &case]] {
        for more in [&[][..], &["--json"]] {
            let output = command(home.path(), &[arguments, more].concat()).stdin(Stdio::null()).output().unwrap();
            for bytes in [&output.stdout, &output.stderr] {
                let text = String::from_utf8(bytes.clone()).unwrap();
                assert!(safe_lines(&text) == text, "{arguments:?} {more:?}");
            }
        }
    }
}

#[test]
fn what_the_parser_says_is_said_still() {
    let home = tempfile::tempdir().unwrap();
    let says = |arguments: &[&str], words: &[&str]| {
        let output = command(home.path(), arguments).stdin(Stdio::null()).output().unwrap();
        let (out, err) = support::texts(&output);
        assert_eq!((output.status.code(), out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        for word in words {
            assert!(err.contains(word), "{arguments:?}: {word:?} is missing in {err}");
        }
    };
    says(&["stauts"], &["unrecognized subcommand 'stauts'", "'status'", "Usage: carecert", "--help"]);
    says(&["stauts\u{1b}[31m"], &["unrecognized subcommand 'stauts␛[31m'", "Usage: carecert", "--help"]);
    says(&["note", "C", "x", "--occured\u{202e}=1"], &["'--occured‹U+202E›'", "'--occurred'", "tip:"]);
    says(&["new", "--severity", "hi\u{7}gh"], &["invalid value 'hi␇gh' for '--severity", "use low, moderate, high"]);
    says(&["completions", "ba\u{9b}sh"], &["'ba‹U+009B›sh'", "possible values: bash"]);
    says(&["note", "C", "x", "-\u{1b}"], &["unexpected argument '-␛'"]);
    let long = format!("--{}", "y".repeat(100_000));
    says(&["cases", &long], &["yyy… (and 99802 more characters)"]);
}

/// Colours are the parser's own, and only where there is nothing else in the message.
#[test]
fn no_colour_comes_from_an_argument() {
    let home = tempfile::tempdir().unwrap();
    let errors = |argument: &str| {
        let output =
            command(home.path(), &[argument]).env("CLICOLOR_FORCE", "1").stdin(Stdio::null()).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(errors("stauts").contains("\u{1b}["));
    assert!(!errors("stauts\u{1b}[31m").contains('\u{1b}'));
}

#[test]
fn help_and_version_are_as_they_were() {
    let home = tempfile::tempdir().unwrap();
    let root = define_commands();
    assert_eq!(ok(home.path(), &["--version"]), root.render_version());
    let help = ok(home.path(), &["--help"]);
    assert!(help.contains("Usage: carecert") && help.contains("Leads a health organisation"), "{help}");
    assert!(ok(home.path(), &["help", "note"]).contains("Usage: carecert note"));
}

/// The name that the program was started by stands in every line of usage.
#[cfg(unix)]
#[test]
fn the_name_of_the_program_is_no_way_in() {
    use std::os::unix::process::CommandExt as _;
    let home = tempfile::tempdir().unwrap();
    for arguments in [&["--help"][..], &["no-such"], &["note"]] {
        let output = command(home.path(), arguments).arg0("/bin/\u{1b}]0;x\u{7}carecert").output().unwrap();
        shows_only_text(&format!("{arguments:?}"), &output);
    }
}

/// The case of the issue: an entry was recorded under another person.
#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused_and_nothing_is_recorded() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = tempfile::tempdir().unwrap();
    let folder = small_case(home.path());
    let case = folder.to_str().unwrap();
    let bad = std::ffi::OsStr::from_bytes(b"B\xe9a");
    let before = support::entries(&folder).len();
    for name in ["CARECERT_BY", "CARECERT_ROLE", "CARECERT_ORGANISATION", "TZ"] {
        for arguments in [&["note", case, "x"][..], &["log", case], &["new", "--title", "x"]] {
            let output = command(home.path(), arguments).env(name, bad).output().unwrap();
            let (out, err) = support::texts(&output);
            assert_eq!((output.status.code(), out.as_str()), (Some(2), ""), "{name} {arguments:?}: {err}");
            assert!(err.contains(&format!("{name} in the environment is not UTF-8 text")), "{err}");
        }
    }
    // Whoever is named needs no variable.
    let named = ["note", case, "named", "--by", "B. Ea", "--role", "lead", "--organisation", "RX1"];
    let output = command(home.path(), &named).env("CARECERT_BY", bad).env("CARECERT_ROLE", bad).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(support::entries(&folder).len() > before);
    // The account's name stands in for who acts only where nobody else is known.
    let before = support::entries(&folder).len();
    let new = ["new", "--title", "x"];
    for (arguments, status) in [(&new[..], 2), (&["note", case, "x"], 2), (&["cases"], 0), (&["log", case], 0)] {
        let mut command = command(home.path(), arguments);
        command.env_remove("CARECERT_BY").env("USER", bad).env("LOGNAME", "other");
        let output = command.output().unwrap();
        let (_, err) = support::texts(&output);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {err}");
        assert!(status == 0 || err.contains("USER in the environment is not UTF-8 text"), "{err}");
    }
    assert_eq!(support::entries(&folder).len(), before);
    // A path may be any bytes.
    let odd = home.path().join(std::ffi::OsStr::from_bytes(b"h\xe9"));
    let output = command(home.path(), &["cases"]).env("CARECERT_HOME", &odd).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_name_in_the_environment_is_checked_like_one_that_is_given() {
    let home = tempfile::tempdir().unwrap();
    let folder = small_case(home.path());
    let case = folder.to_str().unwrap();
    let given = run(home.path(), &["note", case, "x", "--by", "B\u{1b}[31m"].map(OsString::from));
    let variable = command(home.path(), &["note", case, "x"]).env("CARECERT_BY", "B\u{1b}[31m").output().unwrap();
    assert_eq!((given.status.code(), &given.stderr), (variable.status.code(), &variable.stderr));
    assert_eq!(given.status.code(), Some(1));
    shows_only_text("a name with an escape", &variable);
}

/// The texts that are recorded below, and an item of evidence of each name.
fn hostile_case(home: &Path) -> (PathBuf, Vec<String>) {
    let folder = small_case(home);
    let case = folder.to_str().unwrap();
    let texts: Vec<String> = hostile().into_iter().map(|text| text.chars().take(3000).collect()).collect();
    for text in &texts {
        ok(home, &["note", case, text]);
        ok(home, &["impact", case, text]);
    }
    let file = home.join("found");
    std::fs::write(&file, "x").unwrap();
    for text in &texts {
        ok(home, &["evidence", "add", case, file.to_str().unwrap(), "--source", text, "--about", text]);
    }
    (folder, texts)
}

#[test]
fn json_and_csv_show_nothing_that_is_obeyed_and_json_is_the_same_text() {
    let home = tempfile::tempdir().unwrap();
    let (folder, texts) = hostile_case(home.path());
    let case = folder.to_str().unwrap();
    let log = json(home.path(), &["log", case]);
    let notes: Vec<&str> = log
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["record"]["type"] == "note")
        .filter_map(|row| row["record"]["data"]["text"].as_str())
        .collect();
    assert_eq!(notes[1..], texts);
    let items = json(home.path(), &["evidence", "list", case]);
    let about: Vec<&str> = items.as_array().unwrap().iter().filter_map(|item| item["about"].as_str()).collect();
    assert_eq!(about, texts);
    for arguments in [
        &["log", case][..],
        &["log", case, "A4"],
        &["status", case],
        &["cases"],
        &["evidence", "list", case],
        &["handover", case],
        &["clock", "list", case],
        &["why", case],
        &["verify", case],
        &["playbook", "list"],
        &["playbook", "check"],
        &["keys"],
    ] {
        let text = support::texts(&support::run(home.path(), &[arguments, &["--json"]].concat())).0;
        assert!(safe_lines(&text) == text, "{arguments:?}: {text:.2000}");
    }
    for (format, name) in [("csv", "a.csv"), ("bundle", "a.zip"), ("md", "a.md"), ("html", "a.html")] {
        let out = home.path().join(name);
        ok(home.path(), &["export", case, "--format", format, "--out", out.to_str().unwrap()]);
    }
    let csv = std::fs::read_to_string(home.path().join("a.csv")).unwrap().replace("\r\n", "\n");
    assert_eq!(safe_lines(&csv), csv);
    let bundle = std::fs::File::open(home.path().join("a.zip")).unwrap();
    let mut bundle = zip::ZipArchive::new(bundle).unwrap();
    let names: Vec<String> = bundle.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut seen = 0;
    for name in names {
        let text = std::io::read_to_string(bundle.by_name(&name).unwrap()).unwrap();
        let ends =
            ["evidence.csv", "timeline.csv", "timeline.jsonl", "report.md", "bag-info.txt", "manifest-sha256.txt"];
        if ends.iter().any(|end| name.ends_with(end)) {
            let text = text.replace("\r\n", "\n");
            assert!(safe_lines(&text) == text, "{name}");
            seen += 1;
        }
        // The hashed lines are as they were hashed.
        if name.ends_with("records.jsonl") {
            assert!(text.contains('\u{202e}'), "{name} is as recorded");
            seen += 1;
        }
        assert_eq!(make_safe(&name), name);
    }
    assert_eq!(seen, 8, "tag and payload manifests too");
}

/// Each entry is one line, also while the log is followed.
#[test]
fn a_log_that_is_followed_is_one_safe_line_for_each_entry() {
    use std::io::BufRead as _;
    let home = tempfile::tempdir().unwrap();
    let (folder, texts) = hostile_case(home.path());
    let case = folder.to_str().unwrap();
    let entries = support::entries(&folder).len();
    for json in [true, false] {
        let arguments = [&["log", case, "--follow"][..], if json { &["--json"] } else { &[] }].concat();
        let mut child = command(home.path(), &arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
        let lines: Vec<String> = lines.take(entries).map(Result::unwrap).collect();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(lines.iter().all(|line| make_safe(line) == *line), "{lines:?}");
        if json {
            let rows: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
            let notes = rows.iter().filter(|row| row["record"]["type"] == "note");
            let notes: Vec<&str> = notes.filter_map(|row| row["record"]["data"]["text"].as_str()).collect();
            assert_eq!(notes[1..], texts);
        }
    }
}
