//! Hostile databases: triggers, views, indexes and columns that are not ours, and rows that no program of ours wrote.

use super::{
    bench::{Bench, Rows, Scenario, Start, Trial, World, acknowledged},
    machine::{Ended, How},
    screen::Screen,
    tally::Wrong,
};
use crate::support;
use rusqlite::Connection;

/// Seconds that a refusal may take.
const AT_ONCE: u64 = 12;

/// What every command must do with a changed database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Must {
    /// Refuse it: nothing in it can be trusted.
    Refuse,
    /// Work, or refuse; whatever it says is true.
    TellTheTruth,
}

struct Change {
    name: &'static str,
    must: Must,
    make: fn(&Connection) -> rusqlite::Result<()>,
}

const fn refused(name: &'static str, make: fn(&Connection) -> rusqlite::Result<()>) -> Change {
    Change { name, must: Must::Refuse, make }
}

const fn truthful(name: &'static str, make: fn(&Connection) -> rusqlite::Result<()>) -> Change {
    Change { name, must: Must::TellTheTruth, make }
}

/// Without the triggers that keep the rows as they are.
const BARE: &str = "DROP TRIGGER record_stays; DROP TRIGGER record_as_written;";
const TRIGGERS: &str = "CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
CREATE TRIGGER record_as_written BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;";
const ENDLESS: &str = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)";

/// Changes the rows behind the triggers' back.
fn behind(connection: &Connection, statements: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("{BARE} {statements}; {TRIGGERS}"))
}

/// Changes the text of the schema itself.
fn rewrite(connection: &Connection, statement: &str) -> rusqlite::Result<()> {
    let version: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
    connection.execute_batch(&format!(
        "PRAGMA writable_schema = ON; {statement}; PRAGMA schema_version = {}; PRAGMA writable_schema = OFF",
        version + 1
    ))
}

fn replace(connection: &Connection, from: &str, to: &str) -> rusqlite::Result<()> {
    let (from, to) = (from.replace('\'', "''"), to.replace('\'', "''"));
    rewrite(connection, &format!("UPDATE sqlite_schema SET sql = replace(sql, '{from}', '{to}') WHERE name = 'record'"))
}

/// The table under another name, and a view in its place.
fn view(connection: &Connection, body: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("{BARE} ALTER TABLE record RENAME TO kept; CREATE VIEW record AS {body}"))
}

const COLUMNS: &str = "id, text, console, seq, ord, type";

const CHANGES: &[Change] = &[
    refused("trigger-ignores", |db| {
        db.execute_batch("CREATE TRIGGER e BEFORE INSERT ON record BEGIN SELECT RAISE(IGNORE); END")
    }),
    refused("trigger-deletes", |db| {
        db.execute_batch(&format!(
            "{BARE} CREATE TRIGGER e AFTER INSERT ON record BEGIN DELETE FROM record WHERE id = new.id; END"
        ))
    }),
    refused("trigger-changes", |db| {
        db.execute_batch(&format!(
            "{BARE} CREATE TRIGGER e AFTER INSERT ON record BEGIN \
             UPDATE record SET text = replace(text, 'black', 'white') WHERE id = new.id; END"
        ))
    }),
    refused("trigger-hides-others", |db| {
        db.execute_batch(&format!(
            "{BARE} CREATE TRIGGER e AFTER INSERT ON record BEGIN DELETE FROM record WHERE id = 3; END"
        ))
    }),
    refused("trigger-endless", |db| {
        db.execute_batch(&format!(
            "CREATE TABLE x (a); CREATE TRIGGER e AFTER INSERT ON record BEGIN INSERT INTO x {ENDLESS} SELECT n FROM c; END"
        ))
    }),
    refused("trigger-named-ours", |db| {
        db.execute_batch("DROP TRIGGER record_stays; CREATE TRIGGER record_stays BEFORE INSERT ON record BEGIN SELECT RAISE(IGNORE); END")
    }),
    refused("view-endless", |db| {
        view(
            db,
            &format!("{ENDLESS} SELECT n AS id, 'x' AS text, 'a' AS console, n AS seq, 'o' AS ord, 't' AS type FROM c"),
        )
    }),
    refused("view-endless-sorted", |db| {
        view(
            db,
            &format!(
                "{ENDLESS} SELECT n AS id, hex(n) AS text, 'a' AS console, n AS seq, 'o' AS ord, 't' AS type FROM c ORDER BY 2"
            ),
        )
    }),
    refused("view-hides", |db| {
        view(db, &format!("SELECT {COLUMNS} FROM kept WHERE id < 4"))?;
        db.execute_batch("CREATE TRIGGER e INSTEAD OF INSERT ON record BEGIN SELECT 1; END")
    }),
    refused("view-same", |db| {
        view(db, &format!("SELECT {COLUMNS} FROM kept"))?;
        db.execute_batch("CREATE TRIGGER e INSTEAD OF INSERT ON record BEGIN INSERT INTO kept (id, text) VALUES (new.id, new.text); END")
    }),
    refused("view-crossed", |db| {
        view(
            db,
            &format!(
                "SELECT a.id, a.text, a.console, a.seq, a.ord, a.type FROM kept a, kept b, kept c, ({ENDLESS} SELECT n FROM c LIMIT 10000000) ORDER BY a.text"
            ),
        )
    }),
    refused("extra-table", |db| db.execute_batch("CREATE TABLE x (a)")),
    refused("extra-view", |db| db.execute_batch(&format!("CREATE VIEW x AS {ENDLESS} SELECT n FROM c"))),
    refused("extra-index", |db| db.execute_batch("CREATE INDEX x ON record (type)")),
    refused("extra-index-costly", |db| {
        db.execute_batch("CREATE INDEX x ON record (length(hex(zeroblob(20000000 + id))))")
    }),
    refused("extra-virtual-table", |db| db.execute_batch("CREATE VIRTUAL TABLE x USING fts5(a)")),
    refused("index-gone", |db| db.execute_batch("DROP INDEX record_place")),
    refused("index-not-unique", |db| {
        db.execute_batch("DROP INDEX record_place; CREATE INDEX record_place ON record (console, seq)")
    }),
    refused("index-partial", |db| {
        db.execute_batch(
            "DROP INDEX record_place; CREATE UNIQUE INDEX record_place ON record (console, seq) WHERE seq > 2",
        )
    }),
    refused("triggers-gone", |db| db.execute_batch(BARE)),
    refused("column-generated-otherwise", |db| replace(db, "'$.seq'", "'$.v'")),
    refused("column-costly", |db| replace(db, "json_extract(text, '$.type')", "length(hex(zeroblob(50000000)))")),
    refused("column-ignores", |db| replace(db, "id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY ON CONFLICT IGNORE")),
    refused("column-checked", |db| replace(db, "text TEXT NOT NULL", "text TEXT NOT NULL CHECK (length(text) < 10)")),
    refused("column-conflict", |db| replace(db, "text TEXT NOT NULL", "text TEXT NOT NULL ON CONFLICT IGNORE")),
    refused("not-strict", |db| replace(db, ") STRICT", ")")),
    refused("schema-garbage", |db| {
        rewrite(db, "UPDATE sqlite_schema SET sql = 'CREATE TABLE record (' WHERE name = 'record'")
    }),
    refused("schema-no-text", |db| rewrite(db, "UPDATE sqlite_schema SET sql = NULL WHERE name = 'record_stays'")),
    refused("schema-long", |db| {
        rewrite(
            db,
            "UPDATE sqlite_schema SET sql = sql || '/*' || hex(zeroblob(30000000)) || '*/' WHERE name = 'record_stays'",
        )
    }),
    refused("schema-far-root", |db| rewrite(db, "UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'record'")),
    refused("application-none", |db| db.execute_batch("PRAGMA application_id = 0")),
    refused("application-other", |db| db.execute_batch("PRAGMA application_id = 252006673")),
    refused("format-none", |db| db.execute_batch("PRAGMA user_version = 0")),
    refused("format-negative", |db| db.execute_batch("PRAGMA user_version = -1")),
    refused("format-newer", |db| db.execute_batch("PRAGMA user_version = 2147483647")),
    refused("no-rows", |db| behind(db, "DELETE FROM record")),
    refused("no-table", |db| db.execute_batch("DROP TABLE record")),
    truthful("schema-shared-root", |db| {
        rewrite(
            db,
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'record') WHERE name = 'record_place'",
        )
    }),
    truthful("schema-spaced", |db| replace(db, "CREATE TABLE record", "CREATE  TABLE record")),
    truthful("schema-quoted", |db| replace(db, "CREATE TABLE record", "CREATE TABLE \"record\"")),
    truthful("pages-small", |db| db.execute_batch("PRAGMA page_size = 512; VACUUM")),
    truthful("pages-large", |db| db.execute_batch("PRAGMA page_size = 65536; VACUUM")),
    truthful("auto-vacuum", |db| db.execute_batch("PRAGMA auto_vacuum = FULL; VACUUM")),
    truthful("vacuum-incremental", |db| db.execute_batch("PRAGMA auto_vacuum = INCREMENTAL; VACUUM")),
    truthful("journal-wal", |db| db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))),
    truthful("journal-persist", |db| db.query_row("PRAGMA journal_mode = PERSIST", [], |_| Ok(()))),
    truthful("free-pages", |db| {
        db.execute_batch("CREATE TABLE x (a); INSERT INTO x VALUES (zeroblob(3000000)); DROP TABLE x")
    }),
    truthful("row-last-gone", |db| behind(db, "DELETE FROM record WHERE id = 4")),
    truthful("row-middle-gone", |db| behind(db, "DELETE FROM record WHERE id = 3")),
    truthful("row-doubled", |db| {
        db.execute_batch("DROP INDEX record_place")?;
        behind(db, "INSERT INTO record (id, text) SELECT id + 10, text FROM record WHERE id = 4")?;
        // The index that says that this cannot be is back.
        rewrite(
            db,
            "INSERT INTO sqlite_schema VALUES ('index', 'record_place', 'record', 0, 'CREATE UNIQUE INDEX record_place ON record (console, seq)')",
        )
    }),
    truthful("row-far", |db| behind(db, "UPDATE record SET id = 9223372036854775807 WHERE id = 4")),
    truthful("row-negative", |db| behind(db, "UPDATE record SET id = -9223372036854775808 WHERE id = 1")),
    truthful("row-sequence-far", |db| {
        behind(db, "UPDATE record SET text = json_set(text, '$.seq', 9223372036854775807) WHERE id = 4")
    }),
    truthful("row-sequence-negative", |db| {
        behind(db, "UPDATE record SET text = json_set(text, '$.seq', -1) WHERE id = 4")
    }),
    truthful("row-sequence-text", |db| {
        behind(db, "UPDATE record SET text = json_set(text, '$.note', 'x') WHERE id = 3")
    }),
    truthful("row-order-far", |db| {
        behind(db, "UPDATE record SET text = json_set(text, '$.order', 'ffffffffffffffff-ffff') WHERE id = 4")
    }),
    truthful("row-time-far", |db| {
        behind(db, "UPDATE record SET text = json_set(text, '$.at', '+262142-12-31T23:59:59Z') WHERE id = 4")
    }),
    truthful("row-offset-far", |db| {
        behind(db, "UPDATE record SET text = json_set(text, '$.offset', 2147483647) WHERE id = 4")
    }),
    truthful("row-huge", |db| {
        behind(db, "UPDATE record SET text = json_set(text, '$.data.text', hex(zeroblob(60000000))) WHERE id = 3")
    }),
    truthful("row-deep", |db| {
        let deep = format!("{}{}", "[".repeat(900), "]".repeat(900));
        behind(db, &format!("UPDATE record SET text = json_set(text, '$.data', json('{deep}')) WHERE id = 3"))
    }),
    truthful("row-not-text", |db| {
        replace(db, ") STRICT", ")")?;
        let connection = Connection::open(db.path().unwrap_or_default())?;
        behind(&connection, "UPDATE record SET text = jsonb(text) WHERE id = 3")?;
        replace(&connection, "VIRTUAL\n)", "VIRTUAL\n) STRICT")
    }),
];

const COMMANDS: [&str; 12] = [
    "note",
    "status",
    "verify",
    "log",
    "cases",
    "evidence",
    "export-bundle",
    "close",
    "handover",
    "export-jsonl",
    "evidence-list",
    "console",
];

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all: Vec<Scenario> = CHANGES
        .iter()
        .map(|change| {
            Scenario::new(format!("schema/{}", change.name), 2, move |bench, trial| try_change(bench, trial, change))
        })
        .collect();
    all.push(Scenario::new("schema/encoding".to_owned(), 2, try_encoding));
    all
}

fn open_database(world: &World) -> Connection {
    Connection::open(world.file("case.sqlite3")).unwrap()
}

fn try_change(bench: &Bench, trial: &mut Trial, change: &'static Change) {
    let world = bench.world(Start::Small);
    let connection = open_database(&world);
    if let Err(why) = (change.make)(&connection) {
        trial.fail(Wrong::Status, format!("the harness cannot make this change: {why}"));
        return;
    }
    drop(connection);
    try_command(bench, trial, &world, change.must);
}

/// A database of the same rows in UTF-16.
fn try_encoding(bench: &Bench, trial: &mut Trial) {
    let world = bench.world(Start::Small);
    let other = world.root().join("utf16.sqlite3");
    let made = || -> rusqlite::Result<()> {
        let connection = Connection::open(&other)?;
        connection.execute_batch("PRAGMA encoding = 'UTF-16le'")?;
        for statement in carecert_react::store::schema::SCHEMA {
            connection.execute_batch(statement)?;
        }
        connection.execute_batch("PRAGMA application_id = 1128485460; PRAGMA user_version = 1")?;
        let (from, to) = (open_database(&world), connection);
        let mut rows = from.prepare("SELECT id, text FROM record")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            to.execute(
                "INSERT INTO record (id, text) VALUES (?1, ?2)",
                (row.get::<_, i64>(0)?, row.get::<_, String>(1)?),
            )?;
        }
        Ok(())
    };
    made().unwrap();
    std::fs::copy(&other, world.file("case.sqlite3")).unwrap();
    try_command(bench, trial, &world, Must::TellTheTruth);
}

fn try_command(bench: &Bench, trial: &mut Trial, world: &World, must: Must) {
    let rows = bench.template(Start::Small).rows.clone();
    let good = bench.world(Start::Led);
    support::copy(&good.folder(), &world.home.join("cases").join(&good.case));
    let command = COMMANDS[trial.pick(COMMANDS.len())];
    let ended = run(trial, world, command);
    match must {
        Must::Refuse => judge_refusal(trial, world, command, &ended, &good.case),
        Must::TellTheTruth => judge_truth(trial, world, command, &ended, &rows),
    }
    let left: Vec<String> = world.leftovers().into_iter().filter(|path| path.starts_with("tmp/")).collect();
    trial.check(left.is_empty(), Wrong::Left, || format!("{} files in the folder for temporary files", left.len()));
}

fn run(trial: &mut Trial, world: &World, command: &str) -> Ended {
    let case = world.case.as_str();
    let source = world.source("new.txt", b"a new item");
    let out = |name: &str| world.out().join(name).to_string_lossy().into_owned();
    let (zip, jsonl) = (out("x.zip"), out("x.jsonl"));
    let arguments: Vec<&str> = match command {
        "note" => vec!["note", case, "screens are black"],
        "evidence" => vec!["evidence", "add", case, source.to_str().unwrap()],
        "evidence-list" => vec!["evidence", "list", case],
        "status" => vec!["status", case],
        "log" => vec!["log", case, "--json"],
        "verify" => vec!["verify", case],
        "cases" => vec!["cases"],
        "export-bundle" => vec!["export", case, "--out", &zip],
        "export-jsonl" => vec!["export", case, "--format", "jsonl", "--out", &jsonl],
        "handover" => vec!["handover", case],
        "close" => vec!["close", case, "--why", "over"],
        _ => vec!["open", case],
    };
    let program = world.carecert().arguments(arguments).limit(AT_ONCE);
    if command != "console" {
        return world.run(trial, program);
    }
    let mut screen = Screen::start(world, program.limit(60));
    let first = format!(" {} ", &case[case.len() - 4..]);
    screen.wait(&["READ THIS FIRST", "could not be opened", &first]);
    screen.leave(trial)
}

/// The case is refused with a sentence, whatever is asked; the other cases are listed.
fn judge_refusal(trial: &mut Trial, world: &World, command: &str, ended: &Ended, good: &str) {
    trial.check(acknowledged(&ended.out).is_empty(), Wrong::Lost, || {
        "recorded in a database that is not ours".to_owned()
    });
    match ended.how {
        How::Never => {}
        _ if command == "console" => {
            trial.check(ended.how == How::Exit(0), Wrong::Status, || format!("the console ended with {:?}", ended.how));
        }
        How::Exit(0) => trial.fail(Wrong::Status, format!("{command} takes a database that is not ours")),
        How::Exit(1) => {
            trial.check(ended.err.contains("carecert: "), Wrong::Status, || "exit 1 without a reason".to_owned());
        }
        How::Exit(3) if command == "verify" => {}
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
    if command == "cases" && ended.how != How::Never {
        let listed = ended.out.contains(&good[good.len() - 4..]);
        trial.check(listed, Wrong::Status, || "a bad case hides the good one".to_owned());
        let named = ended.err.contains(&world.case);
        trial.check(named, Wrong::Status, || "the bad case is left out in silence".to_owned());
    }
}

/// What is acknowledged is there; what is read as complete is complete; what is changed is not called intact.
fn judge_truth(trial: &mut Trial, world: &World, command: &str, ended: &Ended, before: &Rows) {
    match ended.how {
        How::Exit(0 | 1) | How::Never => {}
        How::Exit(3) if command == "verify" => {}
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
    if ended.how == How::Exit(1) {
        let why = ended.err.contains("carecert: ") || ended.out.contains("not checked");
        trial.check(why, Wrong::Status, || "exit 1 without a reason".to_owned());
    }
    let cites = acknowledged(&ended.out);
    trial.acknowledged += cites.len() as u64;
    let log = world.command(trial, ["log", &world.case, "--json"]);
    let read = Rows::read(&log.out);
    if let (How::Exit(0), Err(why)) = (log.how, &read) {
        trial.fail(Wrong::Status, format!("what the log prints is no JSON that others read: {why}"));
        return;
    }
    let rows = read.unwrap_or_default();
    let gone = cites.iter().any(|cite| rows.cited(cite).is_none());
    trial.check(!gone, Wrong::Lost, || "acknowledged, and not in the log".to_owned());
    let changed = !before.without(&rows).is_empty();
    if command == "verify" && ended.how == How::Exit(0) {
        trial.check(!changed, Wrong::Status, || "intact, and entries are gone or changed".to_owned());
    }
    if changed && log.how == How::Exit(0) {
        let warned = log.err.contains("warning") || rows.0.iter().any(|row| row.kind == "damage.seen");
        trial.check(warned, Wrong::Status, || {
            "the log has other entries than were recorded, and says nothing".to_owned()
        });
    }
}
