//! Nothing is trusted before it is looked at: schemas, pipes, devices, links, and what the program keeps for itself.

use super::{has, new_case, outcomes::injected};
use crate::support;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    time::Duration,
};

/// Runs the program, which must end by itself soon.
fn run_soon(home: &Path, arguments: &[&str]) -> Output {
    let mut command = support::command(home, arguments);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (told, ended) = std::sync::mpsc::channel();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    // Both are read to their end, which comes with the end of the process.
    std::thread::spawn(move || {
        let (mut texts, mut more) = (Vec::new(), Vec::new());
        let errors = std::thread::spawn(move || {
            std::io::Read::read_to_end(&mut err, &mut more).unwrap();
            more
        });
        std::io::Read::read_to_end(&mut out, &mut texts).unwrap();
        let _ = told.send((texts, errors.join().unwrap()));
    });
    let read = ended.recv_timeout(Duration::from_secs(20));
    if read.is_err() {
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    let (stdout, stderr) = read.unwrap_or_else(|_| panic!("{arguments:?} never ended"));
    Output { status, stdout, stderr }
}

/// It is refused with status 1, says nothing of having recorded, and has these words for it.
fn refused(home: &Path, arguments: &[&str], words: &[&str]) {
    let output = run_soon(home, arguments);
    let (out, err) = support::texts(&output);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {out}{err}");
    assert!(!out.contains("recorded"), "{arguments:?}: {out}");
    for word in words {
        assert!(err.contains(word), "{arguments:?}: {word} is missing: {err}");
    }
    assert!(err.contains("hint: ") || err.contains("warning: "), "{err}");
}

const READERS: &[&str] = &["status", "log", "handover"];

/// What is done to a case file by other means than this program.
fn tamper(folder: &Path, statements: &str) {
    let connection = rusqlite::Connection::open(folder.join("case.sqlite3")).unwrap();
    connection.execute_batch(statements).unwrap();
}

#[test]
fn a_case_file_with_other_tables_triggers_or_views_is_refused_before_it_is_read_or_written() {
    let all = "INSERT INTO kept SELECT text FROM record; DROP TRIGGER record_stays; DROP TRIGGER record_as_written;";
    let view = format!(
        "CREATE TABLE kept (text TEXT); {all} DROP TABLE record;
         CREATE VIEW record (id, text, console, seq, ord, type) AS
         WITH RECURSIVE endless (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)
         SELECT n, (SELECT text FROM kept LIMIT 1), 'x', n, 'x', 'note' FROM endless;"
    );
    for (statements, words) in [
        ("CREATE TRIGGER e BEFORE INSERT ON record BEGIN SELECT RAISE(IGNORE); END", "the trigger e is not ours"),
        ("CREATE TRIGGER e AFTER INSERT ON record BEGIN SELECT 1; END", "the trigger e is not ours"),
        ("DROP TRIGGER record_stays", "the trigger record_stays is missing"),
        ("CREATE TABLE more (x)", "the table more is not ours"),
        ("CREATE INDEX more ON record (type)", "the index more is not ours"),
        ("CREATE VIEW more AS SELECT 1", "the view more is not ours"),
        ("DROP INDEX record_place", "the index record_place is missing"),
        ("ALTER TABLE record ADD COLUMN more TEXT", "the table record is not as it was made"),
        (&*view, "is not"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let (case, folder) = new_case(home.path());
        tamper(&folder, statements);
        for reader in READERS {
            refused(home.path(), &[reader, &case], &["other tables", words]);
        }
        refused(home.path(), &["note", &case, "x"], &["other tables", words]);
        refused(home.path(), &["evidence", "add", &case, "/etc/hostname"], &["other tables", words]);
        refused(home.path(), &["export", &case], &["other tables", words]);
        refused(home.path(), &["cases"], &["other tables", words]);
    }
}

#[test]
fn an_entry_of_absurd_length_takes_no_memory_without_end() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let text = "json_set((SELECT text FROM record WHERE id = 2), '$.seq', 3, '$.data.x', hex(zeroblob(40000000)))";
    tamper(&folder, &format!("INSERT INTO record (id, text) VALUES (3, {text})"));
    refused(home.path(), &["status", &case], &["case.sqlite3"]);
}

/// No row of ours has such a number: nothing can follow it.
#[test]
fn a_row_with_the_highest_number_is_told_and_nothing_is_recorded_after_it() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let text = "(SELECT json_set(text, '$.seq', 3) FROM record WHERE id = 2)";
    tamper(&folder, &format!("INSERT INTO record (id, text) VALUES (9223372036854775807, {text})"));
    refused(home.path(), &["note", &case, "x"], &["row 9223372036854775807 is not one of ours"]);
    assert_eq!(run_soon(home.path(), &["verify", &case]).status.code(), Some(3));
}

#[cfg(unix)]
fn make_fifo(path: &Path) {
    let _ = fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Puts something odd in place of a file.
#[cfg(unix)]
type Put = fn(&Path);

#[test]
#[cfg(unix)]
fn a_pipe_a_link_or_a_device_in_place_of_a_file_of_a_case_gets_a_sentence() {
    let odd: &[(Put, &str)] = &[
        (make_fifo, "is a named pipe, not a file"),
        (
            |path| {
                let elsewhere = path.with_extension("elsewhere");
                if path.exists() {
                    fs::rename(path, &elsewhere).unwrap();
                } else {
                    fs::write(&elsewhere, "").unwrap();
                }
                std::os::unix::fs::symlink(elsewhere, path).unwrap();
            },
            "is a link, not a file",
        ),
        (
            |path| {
                let _ = fs::remove_file(path);
                std::os::unix::fs::symlink("/dev/zero", path).unwrap();
            },
            "is a link, not a file",
        ),
        (
            |path| {
                let _ = fs::remove_file(path);
                fs::create_dir(path).unwrap();
            },
            "is a folder, not a file",
        ),
    ];
    for file in
        ["case.sqlite3", "case.heads", "case.sqlite3-wal", "case.sqlite3-shm", "case.sqlite3-journal", "case.lock"]
    {
        for (put, words) in odd {
            let home = tempfile::tempdir().unwrap();
            let (case, folder) = new_case(home.path());
            put(&folder.join(file));
            refused(home.path(), &["note", &case, "x"], &[file, words]);
            // A lock is not needed to read.
            if file != "case.lock" {
                for reader in READERS {
                    refused(home.path(), &[reader, &case], &[file, words]);
                }
                assert_ne!(run_soon(home.path(), &["verify", &case]).status.code(), Some(0), "{file} {words}");
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn one_bad_folder_neither_blocks_nor_hides_the_other_cases() {
    let home = tempfile::tempdir().unwrap();
    let (good, _) = new_case(home.path());
    let cases = home.path().join("cases");
    let bad = |name: &str| {
        let folder = cases.join(format!("2026-11-22-{name}"));
        fs::create_dir(&folder).unwrap();
        folder
    };
    make_fifo(&bad("pipe").join("case.sqlite3"));
    fs::write(bad("empty").join("case.sqlite3"), "").unwrap();
    fs::write(
        bad("text").join("case.sqlite3"),
        "this is not a database, and longer than a header of one is at least\n",
    )
    .unwrap();
    fs::write(bad("headless").join("case.heads"), "").unwrap();
    std::os::unix::fs::symlink("/dev/zero", bad("endless").join("case.sqlite3")).unwrap();
    fs::create_dir(bad("folder").join("case.sqlite3")).unwrap();
    let output = run_soon(home.path(), &["cases"]);
    let (out, err) = support::texts(&output);
    assert_eq!(output.status.code(), Some(1), "not all could be read");
    assert!(out.contains("Wards cannot log in") && out.lines().count() == 1, "{out}");
    for name in ["pipe", "empty", "text", "headless", "endless", "folder"] {
        assert!(err.contains(&format!("2026-11-22-{name}: ")), "{name} is named with its reason: {err}");
    }
    assert!(support::ok(home.path(), &["status", &good]).contains("Wards cannot log in"));
}

/// Root may read everything: this is somebody else.
#[test]
#[cfg(unix)]
fn a_case_of_another_user_is_named_with_its_reason() {
    use std::os::unix::fs::PermissionsExt as _;
    let user = Command::new("id").arg("-u").output().unwrap();
    let by_root = support::texts(&user).0.trim() == "0";
    if by_root && !has("setpriv") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (_, folder) = new_case(home.path());
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let (mine, _) = new_case(home.path());
    let mut command = Command::new(if by_root { "setpriv" } else { "env" });
    if by_root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "env"]);
        for path in fs::read_dir(home.path().join("cases")).unwrap().flatten().map(|entry| entry.path()) {
            mode(&path, 0o755);
            fs::read_dir(&path).unwrap().flatten().for_each(|file| mode(&file.path(), 0o755));
        }
        [home.path(), &home.path().join("cases")].iter().for_each(|path| mode(path, 0o755));
    }
    mode(&folder, 0o000);
    let reachable = Path::new(support::CARECERT)
        .ancestors()
        .skip(1)
        .all(|part| part.metadata().is_ok_and(|part| part.permissions().mode() & 0o001 != 0));
    let program = home.path().join("carecert");
    fs::copy(support::CARECERT, &program).unwrap();
    mode(&program, 0o755);
    let program = if reachable { Path::new(support::CARECERT) } else { &program };
    let output = command.arg(program).arg("cases").env("CARECERT_HOME", home.path()).output().unwrap();
    mode(&folder, 0o700);
    let (out, err) = support::texts(&output);
    assert_eq!(output.status.code(), Some(1), "{out}{err}");
    assert!(out.contains(&mine[..4]) && out.lines().count() == 1, "the other is listed: {out}{err}");
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    assert!(err.contains(&name) && err.contains("Permission denied"), "{err}");
}

/// What it keeps for itself is written through no link and into no pipe, and evidence goes into no other folder.
#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link_or_into_a_pipe() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let clocks = home.path().join("clocks");
    let clock = fs::read_dir(&clocks).unwrap().flatten().map(|entry| entry.path()).next().expect("a clock is kept");
    let target = home.path().join("precious");
    fs::write(&target, "precious").unwrap();
    fs::remove_file(&clock).unwrap();
    std::os::unix::fs::symlink(&target, &clock).unwrap();
    assert!(run_soon(home.path(), &["note", &case, "one"]).status.success());
    fs::remove_file(&clock).unwrap();
    make_fifo(&clock);
    let out = home.path().join("case.zip");
    for arguments in [&["note", &*case, "two"] as &[&str], &["export", &case, "--out", out.to_str().unwrap()]] {
        assert!(run_soon(home.path(), arguments).status.success());
    }
    let elsewhere = home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::remove_dir(folder.join("evidence")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.join("evidence")).unwrap();
    let output = run_soon(home.path(), &["evidence", "add", &case, target.to_str().unwrap()]);
    let err = support::texts(&output).1;
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("evidence is a link, not a folder"), "{err}");
    // Nor does what lies there leave with the case.
    fs::remove_file(folder.join("evidence")).unwrap();
    support::ok(home.path(), &["evidence", "add", &case, target.to_str().unwrap()]);
    fs::rename(folder.join("evidence"), home.path().join("moved")).unwrap();
    std::os::unix::fs::symlink(home.path().join("moved"), folder.join("evidence")).unwrap();
    let output = run_soon(home.path(), &["export", &case, "--out", home.path().join("linked.zip").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{:?}", support::texts(&output));
    assert_eq!(
        (fs::read_to_string(&target).unwrap(), fs::read_dir(&elsewhere).unwrap().count()),
        ("precious".into(), 0)
    );
}

/// A script whose variable was never set acts as nobody.
#[test]
fn an_empty_name_is_not_taken_for_whoever_acted_last() {
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    for name in ["", "  "] {
        let output = support::command(home.path(), &["note", &case, "x"]).env("CARECERT_BY", name).output().unwrap();
        let (out, err) = support::texts(&output);
        assert_eq!((output.status.code(), out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains("CARECERT_BY is empty"), "{err}");
        let reader = support::command(home.path(), &["status", &case]).env("CARECERT_BY", name).output().unwrap();
        assert!(reader.status.success(), "who only reads needs no name");
    }
    assert_eq!(support::run(home.path(), &["--by", "", "new", "--title", "x"]).status.code(), Some(2));
}

/// After the last place in the order of a case no entry can be told to come later.
#[test]
fn nothing_is_recorded_after_the_end_of_the_order() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    support::ok(home.path(), &["note", &case, "Ward 7 on paper"]);
    let log = support::json(home.path(), &["log", &case]);
    let order = log[2]["record"]["order"].as_str().unwrap().to_owned();
    rewrite_last(&folder, &order, "ffffffffffffffff-ffff");
    let output = run_soon(home.path(), &["note", &case, "after"]);
    let err = support::texts(&output).1;
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("the order of its entries ends at ffffffffffffffff-ffff"), "{err}");
    assert_eq!(support::json(home.path(), &["log", &case]).as_array().unwrap().len(), 3);
}

#[test]
#[cfg(unix)]
fn what_the_program_keeps_for_itself_is_read_like_everything_else() {
    for (file, command, status) in [
        ("console.id", &["note", "CASE", "x"] as &[&str], 1),
        ("config/playbooks/mine.ron", &["playbook", "list"], 0),
        ("config/duties.ron", &["playbook", "list"], 0),
    ] {
        let home = tempfile::tempdir().unwrap();
        let (case, _) = new_case(home.path());
        let path = home.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        make_fifo(&path);
        let command: Vec<&str> = command.iter().map(|word| if *word == "CASE" { &*case } else { word }).collect();
        let output = run_soon(home.path(), &command);
        let (out, err) = support::texts(&output);
        assert_eq!(output.status.code(), Some(status), "{file}: {out}{err}");
        if !file.contains("duties") {
            assert!(err.contains("is a named pipe, not a file"), "{file}: {err}");
        }
    }
    // What is named on the command line, too.
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    let pipe = home.path().join("pipe");
    make_fifo(&pipe);
    let pipe = pipe.to_str().unwrap();
    for command in [
        &["evidence", "add", &case, pipe] as &[&str],
        &["evidence", "add", &case, "/dev/zero"],
        &["playbook", "check", pipe],
        &["playbook", "import", pipe],
        &["playbook", "check", "/dev/zero"],
        &["verify", pipe],
        &["verify", "/dev/zero"],
    ] {
        refused(home.path(), command, &["not a file"]);
    }
}

/// The next entry would stand under the name of whoever owns the account.
#[test]
fn nobody_is_recorded_under_another_name_because_a_file_cannot_be_used() {
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    let config = home.path().join("config");
    fs::create_dir_all(&config).unwrap();
    let run = |arguments: &[&str], by: Option<&str>| {
        let mut command = support::command(home.path(), arguments);
        match by {
            Some(by) => command.env("CARECERT_BY", by),
            None => command.env_remove("CARECERT_BY"),
        };
        command.stdin(Stdio::null()).output().unwrap()
    };
    for broken in ["(name: \"M. Fair", "[1]", "\u{feff}(", "(name: \"M\", rank: 3)"] {
        fs::write(config.join("responder.ron"), broken).unwrap();
        let output = run(&["note", &case, "x"], None);
        let err = support::texts(&output).1;
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(
            err.contains("cannot be known who acts") && err.contains("responder.ron") && err.contains("--by"),
            "{err}"
        );
        assert_eq!(run(&["new", "--title", "x"], None).status.code(), Some(1));
        assert!(run(&["status", &case], None).status.success(), "reading needs no name");
        assert!(run(&["note", &case, "x"], Some("M. Fairclough")).status.success(), "and who is named acts");
    }
    fs::write(config.join("responder.ron"), "(name: \"M. Fairclough\", role: \"lead\", organisation: \"RX1\")")
        .unwrap();
    assert!(support::texts(&run(&["note", &case, "x"], None)).0.contains("as M. Fairclough"));
}

/// Rewrites the last entry of a closed case, whatever its triggers say.
fn rewrite_last(folder: &Path, from: &str, to: &str) {
    let connection = rusqlite::Connection::open(folder.join("case.sqlite3")).unwrap();
    let triggers: Vec<String> = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    connection.execute_batch("DROP TRIGGER record_stays; DROP TRIGGER record_as_written").unwrap();
    let last = "SELECT max(id) FROM record";
    let changed = connection
        .execute(&format!("UPDATE record SET text = replace(text, ?1, ?2) WHERE id = ({last})"), (from, to))
        .unwrap();
    assert_eq!(changed, 1);
    triggers.iter().for_each(|sql| connection.execute_batch(sql).unwrap());
}

/// A new head over the old one would hide what the old one still shows.
#[test]
fn a_change_that_the_head_file_shows_is_said_and_recorded_before_anything_is_written_over_it() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    support::ok(home.path(), &["note", &case, "Ward 7 on paper"]);
    rewrite_last(&folder, "Ward 7", "Ward 9");
    assert_eq!(run_soon(home.path(), &["verify", &case]).status.code(), Some(3));
    let words = "A3 has another hash than the head file says";
    for reader in ["status", "log"] {
        let (_, err) = support::texts(&run_soon(home.path(), &[reader, &case]));
        assert!(err.contains(words), "{reader}: {err}");
    }
    let output = run_soon(home.path(), &["note", &case, "next"]);
    let (out, err) = support::texts(&output);
    assert!(output.status.success() && out.contains("recorded A5"), "{out}{err}");
    assert!(err.contains(words), "{err}");
    let log = support::ok(home.path(), &["log", &case]);
    assert!(log.contains(words) && log.contains("Ward 9"), "it stays in the log: {log}");
    assert_eq!(support::texts(&run_soon(home.path(), &["note", &case, "once"])).1, "", "and is said once");
    // Nothing in the files of today shows it any more, but the entry does, here and in every bundle.
    let bundle = home.path().join("case.zip");
    support::ok(home.path(), &["export", &case, "--out", bundle.to_str().unwrap()]);
    for what in [&case, bundle.to_str().unwrap()] {
        let output = run_soon(home.path(), &["verify", what]);
        let out = support::texts(&output).0;
        assert_eq!(output.status.code(), Some(3), "{out}");
        assert!(out.contains("A4 records damage: A3 has another hash"), "{out}");
    }
    assert!(support::ok(home.path(), &["status", &case]).contains("‼ DAMAGE (A4): A3 has another hash"));
}

/// What the damaged head file still showed stays in it until the entry that tells of it is recorded.
#[test]
#[cfg(target_os = "linux")]
fn a_change_is_not_written_over_where_it_cannot_be_recorded() {
    if !has("strace") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    support::ok(home.path(), &["note", &case, "Ward 7 on paper"]);
    rewrite_last(&folder, "Ward 7", "Ward 9");
    let heads = fs::read(folder.join("case.heads")).unwrap();
    let output = injected(home.path(), "inject=pwrite64:error=ENOSPC", &["note", &case, "next"]);
    assert_ne!(output.status.code(), Some(0), "{:?}", support::texts(&output));
    assert_eq!(fs::read(folder.join("case.heads")).unwrap(), heads);
    assert_eq!(run_soon(home.path(), &["verify", &case]).status.code(), Some(3));
}

#[test]
fn entries_that_the_head_file_does_not_know_are_said_and_recorded() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let heads = fs::read(folder.join("case.heads")).unwrap();
    support::ok(home.path(), &["note", &case, "one"]);
    let one = fs::read(folder.join("case.heads")).unwrap();
    support::ok(home.path(), &["note", &case, "two"]);
    // One write that was cut off before it came to the head file is nothing to be said.
    fs::write(folder.join("case.heads"), one).unwrap();
    assert_eq!(support::texts(&run_soon(home.path(), &["note", &case, "three"])).1, "");
    fs::write(folder.join("case.heads"), heads).unwrap();
    let err = support::texts(&run_soon(home.path(), &["note", &case, "four"])).1;
    assert!(err.contains("does not know A3 to A5"), "{err}");
    assert!(support::ok(home.path(), &["log", &case]).contains("does not know A3 to A5"));
}

#[test]
#[cfg(unix)]
fn what_stands_in_place_of_sqlites_own_files_is_not_called_damage() {
    for ending in ["-wal", "-shm", "-journal"] {
        let home = tempfile::tempdir().unwrap();
        let (case, folder) = new_case(home.path());
        make_fifo(&folder.join(format!("case.sqlite3{ending}")));
        let output = run_soon(home.path(), &["verify", &case]);
        let out = support::texts(&output).0;
        assert_eq!(output.status.code(), Some(1), "{out}");
        assert!(out.contains("not checked") && out.contains("is a named pipe"), "{out}");
    }
}

#[test]
#[cfg(unix)]
fn a_time_zone_that_is_a_device_or_a_pipe_is_said_and_not_read() {
    let home = tempfile::tempdir().unwrap();
    let (case, _) = new_case(home.path());
    let pipe = home.path().join("zone");
    make_fifo(&pipe);
    for zone in ["/dev/zero", ":/dev/zero", pipe.to_str().unwrap()] {
        let mut command = support::command(home.path(), &["status", &case]);
        let output = command.env("TZ", zone).output().unwrap();
        let err = support::texts(&output).1;
        assert!(output.status.success() && err.contains("is not a file of a time zone"), "{zone}: {err}");
    }
}

/// Others read what is printed as JSON, with limits of their own.
#[test]
fn an_entry_that_nests_absurdly_deep_is_not_handed_on() {
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let deep = format!("{}1{}", "[".repeat(900), "]".repeat(900));
    let text = format!(
        "(SELECT json_set(replace(text, 'responder.joined', 'unknown.kind'), '$.seq', 3, '$.data', json('{deep}')) \
         FROM record WHERE id = 2)"
    );
    tamper(&folder, &format!("INSERT INTO record (id, text) VALUES (3, {text})"));
    let output = run_soon(home.path(), &["log", &case, "--json"]);
    let (out, err) = support::texts(&output);
    assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok(), "{out}{err}");
    assert_eq!(run_soon(home.path(), &["verify", &case]).status.code(), Some(3));
}
