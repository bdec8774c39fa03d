//! Disks that are full, cases that are locked or cannot be written: clear errors, and nothing lost or half-written.

use crate::support::{self, fails, json, ok};

fn new(home: &std::path::Path) -> String {
    ok(home, &["new", "--title", "Wards cannot log in"]).trim().to_owned()
}

#[test]
fn a_locked_case_says_so_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let case = new(home.path());
    let folder = std::fs::read_dir(home.path().join("cases")).unwrap().next().unwrap().unwrap().path();
    let lock = std::fs::File::options().write(true).open(folder.join("case.lock")).unwrap();
    lock.lock().unwrap();
    let err = fails(home.path(), 1, &["note", &case, "x"]);
    assert!(err.contains("another program has held") && err.contains("hint: close the other program"), "{err}");
    drop(lock);
    ok(home.path(), &["note", &case, "now it works"]);
    assert_eq!(json(home.path(), &["verify", &case])["ok"], true);
}

/// A small disk of its own, as root of a Linux machine can make one.
#[cfg(target_os = "linux")]
mod small_disk {
    use super::*;
    use std::{path::Path, process::Command};

    struct Disk(tempfile::TempDir);

    impl Disk {
        /// `None` where this machine does not let us.
        fn mount(size: &str) -> Option<Self> {
            let folder = tempfile::tempdir().unwrap();
            let options = format!("size={size},mode=0700");
            let mounted =
                Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).output();
            if mounted.is_ok_and(|output| output.status.success()) {
                return Some(Self(folder));
            }
            println!("skipped: a small disk can be mounted by root only");
            None
        }

        fn path(&self) -> &Path {
            self.0.path()
        }

        fn remount(&self, option: &str) {
            let option = format!("remount,{option}");
            assert!(Command::new("mount").args(["-o", &option]).arg(self.path()).status().unwrap().success());
        }
    }

    impl Drop for Disk {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0.path()).status();
        }
    }

    fn fill(disk: &Path) {
        let mut block = 1 << 16;
        let mut file = std::fs::File::create(disk.join("filling")).unwrap();
        while block > 0 {
            if std::io::Write::write_all(&mut file, &vec![1; block]).is_err() {
                block /= 2;
            }
        }
    }

    #[test]
    fn a_full_disk_refuses_evidence_and_entries_and_keeps_what_stands() {
        let Some(disk) = Disk::mount("2m") else { return };
        let elsewhere = tempfile::tempdir().unwrap();
        let case = new(disk.path());
        let big = elsewhere.path().join("disk.img");
        std::fs::write(&big, vec![7; 4 << 20]).unwrap();
        let err = fails_evidence(disk.path(), &case, &big);
        assert!(err.contains("has no room") && err.contains("by reference"), "{err}");
        let evidence = std::fs::read_dir(disk.path().join("cases")).unwrap().next().unwrap().unwrap().path();
        assert_eq!(std::fs::read_dir(evidence.join("evidence")).unwrap().count(), 0, "nothing half-written");
        assert_eq!(json(disk.path(), &["verify", &case])["ok"], true);

        let before = json(disk.path(), &["status", &case])["records"].clone();
        fill(disk.path());
        let err = fails(disk.path(), 1, &["note", &case, &"x".repeat(20_000)]);
        assert!(err.contains("full") && !err.contains("reference"), "a note is no evidence: {err}");
        assert_eq!(json(disk.path(), &["status", &case])["records"], before);
        let err = fails(disk.path(), 1, &["new", "--title", "another"]);
        assert!(err.contains("full"), "{err}");
        let err = fails(disk.path(), 1, &["export", &case, "--out", disk.path().join("x.zip").to_str().unwrap()]);
        assert!(err.contains("full") || err.contains("space"), "{err}");
        assert!(err.starts_with("carecert: ") && !err.contains("ZipWriter"), "nothing raw: {err}");
        assert!(!disk.path().join("x.zip").exists());

        std::fs::remove_file(disk.path().join("filling")).unwrap();
        ok(disk.path(), &["note", &case, "there is room again"]);
        let names: Vec<_> = std::fs::read_dir(disk.path().join("cases")).unwrap().flatten().collect();
        assert_eq!(names.len(), 1, "the case that could not be made left nothing");
        assert_eq!(json(disk.path(), &["verify", &case])["ok"], true);
    }

    fn fails_evidence(home: &Path, case: &str, path: &Path) -> String {
        let output = support::run(home, &["evidence", "add", case, path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        support::texts(&output).1
    }

    #[test]
    fn a_case_that_cannot_be_written_is_still_read() {
        let Some(disk) = Disk::mount("4m") else { return };
        let case = new(disk.path());
        disk.remount("ro");
        let err = fails(disk.path(), 1, &["note", &case, "x"]);
        assert!(err.contains("can be read but not written") && err.contains("hint: "), "{err}");
        assert_eq!(json(disk.path(), &["status", &case])["records"], 2);
        // It leaves the stick all the same; that it did cannot be recorded there, which is said.
        let elsewhere = tempfile::tempdir().unwrap();
        let out = elsewhere.path().join("case.zip");
        let output = support::run(disk.path(), &["export", &case, "--out", out.to_str().unwrap()]);
        let (told, err) = support::texts(&output);
        assert!(output.status.success() && told.contains("NOT RECORDED"), "{told}{err}");
        assert!(err.contains("warning") && err.contains("is not recorded"), "{err}");
        assert_eq!(json(elsewhere.path(), &["verify", out.to_str().unwrap()])["ok"], true);
        assert_eq!(json(disk.path(), &["verify", &case])["ok"], true);
        disk.remount("rw");
        ok(disk.path(), &["note", &case, "x"]);
    }
}
