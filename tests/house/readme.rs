//! README, `--help` and code never disagree.

use carecert_react::{cli::define_commands, tui::key_table_markdown};

const README: &str = include_str!("../../README.md");

/// What stands between two markers.
fn between(name: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("<!-- {name} -->\n")).unwrap();
    rest.split_once(&format!("<!-- /{name} -->")).unwrap().0
}

/// With `CARECERT_UPDATE_README=1` the table is written anew instead.
#[test]
fn the_key_table_is_that_of_the_program() {
    let table = key_table_markdown();
    if std::env::var_os("CARECERT_UPDATE_README").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let marked = |inside: &str| format!("<!-- keys -->\n{inside}<!-- /keys -->");
        std::fs::write(path, README.replace(&marked(between("keys")), &marked(&format!("{table}\n")))).unwrap();
        return;
    }
    assert_eq!(between("keys").trim(), table.trim(), "run it once with CARECERT_UPDATE_README=1");
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
