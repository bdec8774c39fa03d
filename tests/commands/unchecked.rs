//! What cannot be read here and now is not damage, and what is no file is not read; `verify` says each, ends, and says
//! at its end what it cannot see.

use crate::support::{self, ok, run, texts};
use serde_json::Value;
use std::path::{Path, PathBuf};

struct World {
    home: tempfile::TempDir,
    case: String,
    folder: PathBuf,
    item: PathBuf,
}

impl World {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let case = ok(home.path(), &["new", "--title", "Wards cannot log in"]).trim().to_owned();
        let note = home.path().join("ransom.txt");
        std::fs::write(&note, "pay us").unwrap();
        ok(home.path(), &["evidence", "add", &case, note.to_str().unwrap()]);
        let folder = std::fs::read_dir(home.path().join("cases")).unwrap().next().unwrap().unwrap().path();
        let item = std::fs::read_dir(folder.join("evidence")).unwrap().next().unwrap().unwrap().path();
        Self { home, case, folder, item }
    }

    fn verify(&self) -> (i32, String, String) {
        let output = run(self.home.path(), &["verify", self.folder.to_str().unwrap()]);
        let (out, err) = texts(&output);
        (output.status.code().unwrap(), out, err)
    }
}

/// The two lines that every answer ends with.
const UNSEEN: [&str; 2] = ["Not visible in the files alone: ", "The seal shows both: "];

#[test]
fn every_answer_ends_with_what_only_the_seal_shows() {
    let world = World::new();
    let ends = |out: &str| {
        let lines: Vec<&str> = out.lines().rev().take(3).collect();
        assert!(lines[1].starts_with(UNSEEN[0]) && lines[0].starts_with(UNSEEN[1]), "{out}");
        lines[2].to_owned()
    };
    let (status, out, _) = world.verify();
    assert_eq!((status, out.lines().count()), (0, 3), "{out}");
    assert!(ends(&out).starts_with("intact; "), "{out}");
    let bundle = world.home.path().join("b.zip");
    ok(world.home.path(), &["export", &world.case, "--out", bundle.to_str().unwrap()]);
    let out = ok(world.home.path(), &["verify", bundle.to_str().unwrap()]);
    assert!(ends(&out).starts_with("intact; "), "{out}");
    std::fs::write(world.folder.join("case.heads"), "").unwrap();
    let (status, out, err) = world.verify();
    assert_eq!((status, err.as_str()), (3, ""), "{out}");
    assert!(ends(&out).starts_with("DAMAGED: 1 finding; "), "{out}");
    let answer = run(world.home.path(), &["verify", world.folder.to_str().unwrap(), "--json"]);
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!((&answer["ok"], &answer["verdict"]), (&false.into(), &"damaged".into()), "{answer}");
    assert!(answer["unseen"][0].as_str().unwrap().starts_with(UNSEEN[0]), "{answer}");
}

#[test]
fn what_is_no_part_of_a_case_is_noticed() {
    let world = World::new();
    for name in
        ["case.sqlite3-wal.bak", "notes.txt", ".write-abc", "damaged-xyz", "case.format-x.sqlite3", "Case.heads "]
    {
        std::fs::write(world.folder.join(name), "x").unwrap();
    }
    std::fs::create_dir(world.folder.join("damaged-0a1b2c3d")).unwrap();
    std::fs::write(world.folder.join("case.format-1.sqlite3"), "x").unwrap();
    std::fs::write(world.folder.join("evidence/stray"), "x").unwrap();
    std::fs::create_dir(world.folder.join("evidence/more")).unwrap();
    let (status, out, _) = world.verify();
    assert_eq!((status, out.matches("notice  ").count()), (0, 8), "{out}");
    for part in
        ["notes.txt: it is not part of a case", ".write-abc: a write that was cut off", "evidence/stray: no entry"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn a_folder_that_lost_its_database_is_damaged_and_one_that_never_had_one_is_no_case() {
    let world = World::new();
    std::fs::remove_file(world.folder.join("case.sqlite3")).unwrap();
    let (status, out, _) = world.verify();
    assert!(status == 3 && out.contains("it is not there, and the head file is"), "{out}");
    std::fs::remove_file(world.folder.join("case.heads")).unwrap();
    let (status, out, err) = world.verify();
    assert!(status == 1 && out.is_empty() && err.contains("is not a case"), "{out}{err}");
}

#[cfg(unix)]
mod irregular {
    use super::*;
    use std::{
        os::unix::{fs::symlink, net::UnixListener},
        process::{Command, Stdio},
        sync::mpsc,
        time::Duration,
    };

    /// Runs `verify`, which must end within a minute.
    fn run_in_time(world: &World, path: &Path) -> (i32, String, String) {
        let mut command = support::command(world.home.path(), &["verify"]);
        command.arg(path).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        let (id, (tell, told)) = (child.id().to_string(), mpsc::channel());
        std::thread::spawn(move || tell.send(child.wait_with_output()));
        let Ok(output) = told.recv_timeout(Duration::from_secs(60)) else {
            let _ = Command::new("kill").args(["-9", &id]).status();
            panic!("verify {} never ends", path.display());
        };
        let output = output.unwrap();
        let (out, err) = texts(&output);
        (output.status.code().unwrap(), out, err)
    }

    fn verify_in_time(world: &World) -> (i32, String) {
        let (status, out, _) = run_in_time(world, &world.folder);
        (status, out)
    }

    /// Puts something that is no file in a place.
    fn put(kind: &str, at: &Path) {
        let _ = std::fs::remove_file(at);
        let elsewhere = at.with_extension("elsewhere");
        match kind {
            "a link" => {
                std::fs::write(&elsewhere, "pay us").unwrap();
                symlink(&elsewhere, at).unwrap();
            }
            "an endless device" => symlink("/dev/zero", at).unwrap(),
            "a named pipe" => assert!(Command::new("mkfifo").arg(at).status().unwrap().success()),
            "a socket" => {
                // The path of a socket must be short when it is made, and not afterwards.
                let short = tempfile::Builder::new().prefix("s").tempdir().unwrap();
                let socket = short.path().join("s");
                drop(UnixListener::bind(&socket).unwrap());
                std::fs::rename(socket, at).unwrap();
            }
            _ => std::fs::create_dir(at).unwrap(),
        }
    }

    #[test]
    fn what_is_no_file_is_said_and_neither_followed_nor_waited_for() {
        for kind in ["a link", "an endless device", "a named pipe", "a socket", "a folder"] {
            for name in ["item", "case.heads", "case.sqlite3", "case.sqlite3-wal", "case.sqlite3-journal"] {
                let world = World::new();
                let at = if name == "item" { world.item.clone() } else { world.folder.join(name) };
                put(kind, &at);
                let (status, out) = verify_in_time(&world);
                let is = if kind == "an endless device" { "a link" } else { kind };
                assert!(out.contains(&format!("is {is}, not a file")), "{kind} as {name}: {out}");
                // What SQLite keeps beside the database holds nothing that was seen to be changed.
                let beside = name.contains("sqlite3-");
                assert_eq!(status, if beside { 1 } else { 3 }, "{kind} as {name}: {out}");
            }
            let world = World::new();
            put(kind, &world.folder.join("case.lock"));
            put(kind, &world.folder.join("evidence/stray"));
            let (status, out) = verify_in_time(&world);
            assert_eq!(status, 0, "{kind}: {out}");
            assert!(out.contains("case.lock: ") && out.contains("evidence/stray: no entry speaks of this"), "{out}");
        }
    }

    #[test]
    fn an_evidence_folder_that_leads_elsewhere_is_not_followed() {
        let world = World::new();
        let (inside, outside) = (world.folder.join("evidence"), world.home.path().join("outside"));
        std::fs::rename(&inside, &outside).unwrap();
        symlink(&outside, &inside).unwrap();
        let (status, out) = verify_in_time(&world);
        assert!(status == 1 && out.contains("not checked  evidence: it is a link"), "{out}");
        std::fs::remove_file(&inside).unwrap();
        put("a named pipe", &inside);
        let (status, out) = verify_in_time(&world);
        assert!(status == 3 && out.contains("DAMAGE  evidence: it is not a folder"), "{out}");
    }

    #[test]
    fn an_item_that_never_ends_is_not_read_to_its_end() {
        let world = World::new();
        std::fs::remove_file(&world.item).unwrap();
        std::fs::File::create(&world.item).unwrap().set_len(1 << 40).unwrap();
        let (status, out) = verify_in_time(&world);
        assert!(status == 3 && out.contains("its 1099511627776 bytes are not the 6 bytes"), "{out}");
    }

    #[test]
    fn a_bundle_is_followed_through_a_link_that_was_named_and_nothing_else_is_opened() {
        let world = World::new();
        let bundle = world.home.path().join("b.zip");
        ok(world.home.path(), &["export", &world.case, "--out", bundle.to_str().unwrap()]);
        let link = world.home.path().join("latest.zip");
        symlink(&bundle, &link).unwrap();
        ok(world.home.path(), &["verify", link.to_str().unwrap()]);
        for device in ["/dev/zero", "/dev/null"] {
            let (status, out, err) = run_in_time(&world, Path::new(device));
            assert!(status == 1 && out.is_empty() && err.contains("hint: "), "{device}: {out}{err}");
        }
    }
}

#[test]
fn a_case_that_another_program_holds_is_not_damaged() {
    let world = World::new();
    let holder = rusqlite::Connection::open(world.folder.join("case.sqlite3")).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let (status, out, _) = world.verify();
    assert!(status == 1 && out.contains("not checked  case.sqlite3: another program has held"), "{out}");
    assert!(!out.contains("DAMAGE"), "{out}");
    holder.execute_batch("COMMIT").unwrap();
    assert_eq!(world.verify().0, 0);
}

/// The system refuses to open or to read something: `strace` makes it so, also for root.
#[cfg(target_os = "linux")]
mod hindered {
    use super::*;
    use std::process::Command;

    /// The exit status and the answer while these system calls on `at` fail; `None` where there is no strace.
    fn verify_while(world: &World, path: &Path, at: &Path, inject: &str) -> Option<(i32, String, String)> {
        if Command::new("strace").arg("--version").output().is_err() {
            assert!(std::env::var_os("CI").is_none(), "strace is missing");
            println!("skipped: strace is not here");
            return None;
        }
        let calls = inject.split(':').next().unwrap();
        let output = Command::new("strace")
            .args(["-f", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-P"])
            .arg(at)
            .args(["-e", &format!("inject={inject}"), support::CARECERT, "verify"])
            .arg(path)
            .env("CARECERT_HOME", world.home.path())
            .output()
            .unwrap();
        let (out, err) = texts(&output);
        Some((output.status.code().unwrap(), out, err))
    }

    #[test]
    fn a_case_that_cannot_be_read_is_not_damaged() {
        let world = World::new();
        let database = world.folder.join("case.sqlite3");
        for (at, inject, words) in [
            (world.item.clone(), "openat:error=EACCES", "Permission denied"),
            (world.item.clone(), "read:error=EIO", "Input/output error"),
            (world.item.clone(), "lstat,statx,newfstatat:error=EACCES", "Permission denied"),
            (world.folder.join("case.heads"), "openat:error=EACCES", "case.heads"),
            (world.folder.join("case.heads"), "read:error=EIO", "case.heads"),
            (world.folder.join("evidence"), "openat:error=EACCES", "evidence"),
            (world.folder.join("evidence"), "getdents64:error=EIO", "evidence"),
            (database.clone(), "openat:error=EACCES", "case.sqlite3"),
            (database.clone(), "pread64:error=EIO", "case.sqlite3"),
        ] {
            let Some((status, out, err)) = verify_while(&world, &world.folder, &at, inject) else { return };
            let case = format!("{} {inject}: {out}{err}", at.display());
            assert_eq!(status, 1, "{case}");
            assert!(!out.contains("DAMAGE") && out.contains("not checked  ") && out.contains(words), "{case}");
            assert!(
                out.contains("NOT ALL CHECKED: ") && out.contains(UNSEEN[0]) && err.contains("not everything"),
                "{case}"
            );
        }
    }

    #[test]
    fn a_disk_that_fails_anywhere_in_the_database_is_not_taken_for_a_changed_one() {
        let world = World::new();
        let mut refused = 0;
        for nth in 1..12 {
            let inject = format!("pread64:error=EIO:when={nth}+");
            let database = world.folder.join("case.sqlite3");
            let Some((status, out, err)) = verify_while(&world, &world.folder, &database, &inject) else { return };
            assert!(!out.contains("DAMAGE"), "{inject}: {out}{err}");
            assert_eq!(status, i32::from(out.contains("not checked  ")), "{inject}: {out}{err}");
            refused += status;
        }
        assert!(refused >= 5, "{refused}");
    }

    #[test]
    fn a_bundle_that_cannot_be_read_is_not_damaged() {
        let world = World::new();
        let bundle = world.home.path().join("b.zip");
        ok(world.home.path(), &["export", &world.case, "--out", bundle.to_str().unwrap()]);
        let mut seen = (0, 0);
        for inject in ["openat:error=EACCES".to_owned()]
            .into_iter()
            .chain((1..12).map(|nth| format!("read:error=EIO:when={nth}+")))
        {
            let Some((status, out, err)) = verify_while(&world, &bundle, &bundle, &inject) else { return };
            assert!(!out.contains("DAMAGE"), "{inject}: {out}{err}");
            match status {
                1 if out.is_empty() => {
                    seen.0 += 1;
                    assert!(err.contains("hint: "), "{inject}: {err}");
                }
                1 => {
                    seen.1 += 1;
                    assert!(out.contains("not checked  "), "{inject}: {out}");
                }
                status => assert_eq!(status, 0, "{inject}: fewer reads were made: {out}{err}"),
            }
        }
        assert!(seen.0 > 0, "{seen:?}");
    }
}
