//! The file that is written is the case that is meant.

use super::new_case;
use crate::support;
use crate::terminal;
use carecert_react::{
    runtime::session::{Fault, Session},
    store::error::StoreError,
};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

fn open(folder: &Path) -> Session {
    Session::open(folder, &support::console(1), &support::osei(), 0, support::now()).unwrap().0
}

fn note(session: &mut Session, text: &str) -> Result<(), Fault> {
    session.execute(0, support::note(text), support::now()).map(drop)
}

/// Nothing is acknowledged, and the error names what was replaced.
fn refuses(session: &mut Session, file: &str) {
    match note(session, "into which file?") {
        Err(Fault::NotRecorded(StoreError::Replaced { path, .. })) => {
            assert!(path.to_string_lossy().ends_with(file), "{} is named, not {file}", path.display());
        }
        other => panic!("{other:?}"),
    }
}

/// Every file of a folder with its bytes.
fn bytes_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// What a restore, a sync client or a backup tool does to a file.
fn replace_by_a_copy(path: &Path) {
    let copy = path.with_extension("copy");
    fs::copy(path, &copy).unwrap();
    fs::rename(&copy, path).unwrap();
}

#[test]
#[cfg(unix)]
fn nothing_is_recorded_in_a_database_that_was_replaced() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let mut session = open(&folder);
    note(&mut session, "before").unwrap();
    replace_by_a_copy(&folder.join("case.sqlite3"));
    refuses(&mut session, "case.sqlite3");
    refuses(&mut session, "case.sqlite3");
    assert!(matches!(session.close(), Err(StoreError::Replaced { .. })));
    // What was acknowledged before is in the case at the path, and it goes on.
    assert_eq!(support::entries(&folder).len(), 4);
    let mut session = open(&folder);
    note(&mut session, "after").unwrap();
    session.close().unwrap();
    assert_eq!((support::entries(&folder).len(), support::findings(&folder)), (5, Vec::new()));
}

#[test]
#[cfg(unix)]
fn nothing_is_recorded_where_the_log_its_index_or_the_head_file_was_replaced_or_removed() {
    for (file, remove) in [
        ("case.sqlite3-wal", false),
        ("case.sqlite3-wal", true),
        ("case.sqlite3-shm", false),
        ("case.sqlite3-shm", true),
        ("case.heads", true),
    ] {
        let home = tempfile::tempdir().unwrap();
        let folder = support::small_case(home.path());
        let mut session = open(&folder);
        note(&mut session, "before").unwrap();
        if remove {
            fs::remove_file(folder.join(file)).unwrap();
        } else {
            replace_by_a_copy(&folder.join(file));
        }
        refuses(&mut session, file);
    }
}

/// `cp backup case.sqlite3` leaves the file that is open in its place and puts other bytes into it.
#[test]
#[cfg(unix)]
fn nothing_is_recorded_where_other_bytes_were_written_into_the_open_files() {
    for (file, what) in [("case.sqlite3", "older"), ("case.sqlite3", "garbage"), ("case.sqlite3-wal", "nothing")] {
        let home = tempfile::tempdir().unwrap();
        let folder = support::small_case(home.path());
        let older = fs::read(folder.join("case.sqlite3")).unwrap();
        let mut session = open(&folder);
        let more = "which needs pages of its own, ".repeat(40);
        (0..40).for_each(|number| note(&mut session, &format!("entry {number}, {more}")).unwrap());
        // Another process writes and leaves: what stands in the log goes into the database.
        support::ok(home.path(), &["note", folder.to_str().unwrap(), "from elsewhere"]);
        (0..2).for_each(|number| note(&mut session, &format!("last {number}")).unwrap());
        let path = folder.join(file);
        match what {
            "older" => fs::write(&path, &older).unwrap(),
            "garbage" => fs::write(&path, vec![0x5a; fs::metadata(&path).unwrap().len() as usize]).unwrap(),
            _ => fs::write(&path, "").unwrap(),
        }
        let found = bytes_of(&folder);
        refuses(&mut session, "case.sqlite3");
        refuses(&mut session, "case.sqlite3");
        assert!(matches!(session.close(), Err(StoreError::Replaced { .. })), "{file} {what}");
        let kept = |files: Vec<(PathBuf, Vec<u8>)>| -> Vec<_> {
            files.into_iter().filter(|(name, _)| !name.ends_with("case.sqlite3-shm")).collect()
        };
        assert_eq!(kept(bytes_of(&folder)), kept(found), "{file} {what}: nothing was written over what came");
    }
}

/// SQLite has the index of its log in memory: a look at one that was cut short would kill the program.
#[test]
#[cfg(unix)]
fn an_index_that_was_cut_short_ends_nothing() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let mut session = open(&folder);
    note(&mut session, "before").unwrap();
    fs::write(folder.join("case.sqlite3-shm"), "").unwrap();
    refuses(&mut session, "case.sqlite3-shm");
    assert!(session.news().is_err());
    assert!(matches!(session.close(), Err(StoreError::Replaced { .. })));
    let mut session = open(&folder);
    note(&mut session, "after").unwrap();
    session.close().unwrap();
    assert_eq!((support::entries(&folder).len(), support::findings(&folder)), (5, Vec::new()));
}

/// What was written into the open files may be what they held: then all goes on.
#[test]
#[cfg(unix)]
fn the_same_bytes_written_again_are_no_reason_to_refuse() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let mut session = open(&folder);
    note(&mut session, "one").unwrap();
    for file in ["case.sqlite3", "case.sqlite3-wal"] {
        let bytes = fs::read(folder.join(file)).unwrap();
        fs::OpenOptions::new().write(true).open(folder.join(file)).unwrap().write_all(&bytes).unwrap();
        note(&mut session, "two").unwrap();
    }
    // A process that was killed leaves no mark, or half of one.
    fs::write(folder.join("case.lock"), "carecert 12 ").unwrap();
    let mut other = open(&folder);
    note(&mut other, "three").unwrap();
    note(&mut session, "four").unwrap();
    other.close().unwrap();
    session.close().unwrap();
    assert_eq!((support::entries(&folder).len(), support::findings(&folder)), (8, Vec::new()));
}

#[test]
fn nothing_is_recorded_beside_a_head_file_of_another_time() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let heads = folder.join("case.heads");
    let before = fs::read(&heads).unwrap();
    let mut session = open(&folder);
    note(&mut session, "one").unwrap();
    note(&mut session, "two").unwrap();
    fs::write(&heads, &before).unwrap();
    refuses(&mut session, "case.heads");
    // And where there is no case any more that it could be of.
    fs::write(&heads, "carecert heads 1\n").unwrap();
    refuses(&mut session, "case.heads");
}

/// A process that is killed between its commit and its heads leaves the head file behind: that is no reason to refuse.
#[test]
fn a_head_file_that_a_killed_process_left_behind_is_brought_up_to_what_is_recorded() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let heads = folder.join("case.heads");
    let mut mine = open(&folder);
    note(&mut mine, "mine").unwrap();
    let before = fs::read(&heads).unwrap();
    let (mut other, _) = Session::open(&folder, &support::console(2), &support::osei(), 0, support::now()).unwrap();
    note(&mut other, "of another process, which is then killed").unwrap();
    fs::write(&heads, &before).unwrap();
    note(&mut mine, "mine again").unwrap();
    assert_eq!(mine.case().records, 6, "all notes are there");
    drop(other);
    mine.close().unwrap();
    assert_eq!(support::findings(&folder), []);
}

#[test]
#[cfg(unix)]
fn a_folder_that_took_the_place_of_the_open_one_is_not_touched() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let moved = home.path().join("moved");
    let mut session = open(&folder);
    note(&mut session, "before").unwrap();
    fs::rename(&folder, &moved).unwrap();
    support::copy(&moved, &folder);
    let copy = bytes_of(&folder);
    refuses(&mut session, &folder.to_string_lossy());
    assert!(matches!(session.close(), Err(StoreError::Replaced { .. })));
    assert_eq!(bytes_of(&folder), copy, "neither its log nor its journal was touched");
    for each in [&folder, &moved] {
        assert_eq!(support::entries(each).len(), 4, "both have what was acknowledged");
        assert_eq!(support::findings(each), []);
    }
}

#[test]
#[cfg(unix)]
fn nothing_is_made_where_the_open_folder_was() {
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    let moved = home.path().join("moved");
    let mut session = open(&folder);
    note(&mut session, "before").unwrap();
    fs::rename(&folder, &moved).unwrap();
    refuses(&mut session, &folder.to_string_lossy());
    assert!(session.close().is_err());
    assert!(!folder.exists());
    assert_eq!((support::entries(&moved).len(), support::findings(&moved)), (4, Vec::new()));
}

#[test]
#[cfg(unix)]
fn evidence_makes_no_folder_where_the_open_case_was() {
    use carecert_react::{
        runtime::intake::{Label, take_stream},
        store::vault::Vault,
    };
    let home = tempfile::tempdir().unwrap();
    let folder = support::small_case(home.path());
    fs::rename(&folder, home.path().join("moved")).unwrap();
    let taken = take_stream(&Vault::of_case(&folder), &mut &b"pay us"[..], Label::default(), &mut |_, _| true);
    assert!(taken.is_err() && !folder.exists());
}

#[test]
fn a_whole_name_means_itself_also_where_others_begin_with_it() {
    let home = tempfile::tempdir().unwrap();
    let (_, folder) = new_case(home.path());
    let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
    support::copy(&folder, &folder.with_file_name(format!("{name}-moved")));
    support::ok(home.path(), &["note", &name, "in the one that is named"]);
    assert_eq!(support::json(home.path(), &["status", &name])["records"], 3);
}

#[test]
#[cfg(unix)]
fn the_console_says_not_recorded_and_keeps_the_text() {
    use crate::terminal::{LIMIT, QUIT, RECORD};
    let home = tempfile::tempdir().unwrap();
    let (case, folder) = new_case(home.path());
    let terminal = terminal::console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("1Now 2Steps");
    let write = |text: &str| {
        terminal.keys("n");
        terminal.wait_for("Enter begins a new line");
        terminal.keys(text);
        terminal.wait_for(text);
        terminal.keys(RECORD);
    };
    write("Ward 7 on paper");
    terminal.wait_for("recorded as A3");
    replace_by_a_copy(&folder.join("case.sqlite3"));
    write("Ward 9 on paper");
    terminal.wait_for("NOT RECORDED");
    terminal.wait_for("another one stands in its place");
    terminal.keys(QUIT);
    terminal.wait_for("Leave?");
    terminal.keys("y");
    assert_eq!(terminal.ends(LIMIT), 0);
    let log = support::ok(home.path(), &["log", &case]);
    assert!(log.contains("Ward 7 on paper") && !log.contains("Ward 9"), "{log}");
    // Opened again, the text is offered and can be recorded.
    let terminal = terminal::console(home.path(), (80, 23)).arguments(&["open", &case]).start();
    terminal.wait_for("Ward 9 on paper");
    drop(terminal);
    assert_eq!(support::json(home.path(), &["verify", &case])["ok"], true);
}
