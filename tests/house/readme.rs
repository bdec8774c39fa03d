//! README, `--help` and code never disagree.

use carecert_react::{cli::define_commands, tui::key_table_markdown};
use clap::{Arg, Command};

const README: &str = include_str!("../../README.md");

/// What stands between two markers.
fn between(name: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("<!-- {name} -->\n")).unwrap();
    rest.split_once(&format!("<!-- /{name} -->")).unwrap().0
}

/// How each command is written, what it does, and what may be added to it.
fn command_table_markdown() -> String {
    let mut program = define_commands();
    program.build();
    let mut rows = vec!["| command | does | options |".to_owned(), "|---|---|---|".to_owned()];
    add_command_rows(&program, "", &mut rows);
    rows.join("\n")
}

fn add_command_rows(command: &Command, words: &str, rows: &mut Vec<String>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let words = format!("{words}{} ", sub.get_name());
        if sub.has_subcommands() {
            add_command_rows(sub, &words, rows);
            continue;
        }
        let (mut usage, mut options) = (words.trim().to_owned(), Vec::new());
        let own = |argument: &&Arg| !argument.is_global_set() && argument.get_id() != "help";
        for argument in sub.get_arguments().filter(own) {
            let value = argument.get_value_names().unwrap_or_default().join(" ");
            let several = if argument.get_num_args().is_some_and(|count| count.max_values() > 1) { "…" } else { "" };
            match (argument.get_long(), argument.is_required_set()) {
                (None, true) => usage.push_str(&format!(" {value}{several}")),
                (None, false) => usage.push_str(&format!(" [{value}{several}]")),
                (Some(name), true) => usage.push_str(&format!(" --{name} {value}")),
                (Some(name), false) => options.push(format!("`--{name}`")),
            }
        }
        let about = sub.get_about().unwrap().to_string();
        assert!(!about.contains('|'), "a table cannot hold this: {about}");
        // A help text that is one sentence has no full stop; the other cells of the README do.
        let stop = if about.ends_with('.') { "" } else { "." };
        rows.push(format!("| `{usage}` | {about}{stop} | {} |", options.join(" ")));
    }
}

/// With `CARECERT_UPDATE_README=1` both tables are written anew instead.
#[test]
fn the_tables_are_those_of_the_program() {
    let tables = [("commands", command_table_markdown()), ("keys", key_table_markdown())];
    if std::env::var_os("CARECERT_UPDATE_README").is_some() {
        let marked = |name: &str, inside: &str| format!("<!-- {name} -->\n{inside}<!-- /{name} -->");
        let text = tables.iter().fold(README.to_owned(), |text, (name, table)| {
            text.replace(&marked(name, between(name)), &marked(name, &format!("{table}\n")))
        });
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"), text).unwrap();
        return;
    }
    for (name, table) in tables {
        assert_eq!(between(name).trim(), table.trim(), "run it once with CARECERT_UPDATE_README=1");
    }
}

#[test]
fn every_command_is_told_and_no_other() {
    let commands: Vec<String> = define_commands().get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for command in &commands {
        let told = [format!("`{command}`"), format!("`{command} "), format!("carecert {command}")];
        assert!(told.iter().any(|told| README.contains(told)), "the README does not tell of {command:?}");
    }
    let blocks = README.split("```").skip(1).step_by(2);
    for line in blocks.flat_map(str::lines) {
        let Some((_, rest)) =
            line.split_once("carecert ").filter(|(before, _)| before.is_empty() || before.ends_with("$("))
        else {
            continue;
        };
        let word = rest.split_whitespace().next().unwrap().to_owned();
        assert!(commands.contains(&word) || word.starts_with('-'), "there is no command {word:?}: {line}");
    }
}

/// What the tables of promises rest on is there under that name.
#[test]
fn every_test_that_is_named_is_there() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = include_str!("../../.github/CONTRIBUTING.md");
    let named: Vec<&str> = [README, guide]
        .into_iter()
        .flat_map(|text| text.split('`').skip(1).step_by(2))
        .filter(|code| code.starts_with("tests/") && !code.contains('*'))
        .collect();
    assert!(named.len() > 20, "{named:?}");
    for path in named {
        assert!(here.join(path).exists(), "there is no {path}");
    }
    for text in [README, guide] {
        let long: Vec<&str> = text.lines().filter(|line| line.contains("_SECONDS=")).collect();
        assert_eq!(long.len(), 2, "{long:?}");
        for line in long {
            let (variable, rest) = line.split_once('=').unwrap();
            let mut words = rest.split_once("--test ").unwrap().1.split_whitespace();
            let (program, module) = (words.next().unwrap(), words.next().unwrap().trim_end_matches("::"));
            let source = std::fs::read_to_string(here.join(format!("tests/{program}/{module}.rs"))).unwrap();
            assert!(source.contains(&format!("{variable:?}")), "{program}/{module} does not read {variable}");
        }
    }
}
