//! USB sticks: FAT32 and exFAT have no hard links, rename nothing without replacing, know no modes and have coarse times.
//! Everything works there, and nothing is ever written over.
//!
//! FAT32 is that of a real Linux kernel (User Mode Linux), exFAT is a FUSE driver; where neither can be had, the system
//! calls are made to answer as theirs do.

use crate::support;
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What a responder does with a stick, as a shell script: each step says its name and exit status.
const STEPS: &str = r#"
step() { name=$1; shift; "$@"; echo "step $name: $?"; }
export CARECERT_BY="A. Osei" CARECERT_HOME="$STICK/home" TZ=Europe/London
CASE=$("$CARECERT" new --title "Wards cannot log in" --playbook ransomware)
echo "step new: $?"
step note "$CARECERT" note "$CASE" "Theatre 2 finishing list on paper"
step evidence "$CARECERT" evidence add "$CASE" "$SOURCE"
step again "$CARECERT" evidence add "$CASE" "$SOURCE"
step export "$CARECERT" export "$CASE" --out "$STICK/case.zip"
step taken "$CARECERT" export "$CASE" --out "$STICK/case.zip"
step template "$CARECERT" playbook new mine --out "$STICK/mine.ron"
step template-taken "$CARECERT" playbook new mine --out "$STICK/mine.ron"
step bundle "$CARECERT" verify "$STICK/case.zip"
step verify "$CARECERT" verify "$CASE"
echo cut > "$(echo "$STICK"/home/cases/*/evidence)/.part-cut"
step tidy "$CARECERT" tidy
step list "$CARECERT" cases
step log "$CARECERT" log "$CASE"
echo "files: $(ls -A "$STICK"/home/cases/* | tr '\n' ' ')"
"#;

/// The statuses that the steps must end with.
const WANTED: &[(&str, i32)] = &[
    ("new", 0),
    ("note", 0),
    ("evidence", 0),
    ("again", 0),
    ("export", 0),
    ("taken", 1),
    ("template", 0),
    ("template-taken", 1),
    ("bundle", 0),
    ("verify", 0),
    ("tidy", 0),
    ("list", 0),
    ("log", 0),
];

fn check(output: &str) {
    for (name, status) in WANTED {
        let line = format!("step {name}: {status}");
        assert!(output.lines().any(|had| had.trim() == line), "{line} is missing in:\n{output}");
    }
    for words in ["recorded A4", "recorded A7", "Theatre 2 finishing list on paper", "is there already", "removed 4 B"]
    {
        assert!(output.contains(words), "{words} is missing in:\n{output}");
    }
    let files = output.lines().find_map(|line| line.trim().strip_prefix("files: ")).unwrap();
    assert_eq!(
        files.trim(),
        "case.heads case.lock case.sqlite3 evidence",
        "after a clean close, a copy copies the case"
    );
}

fn is_here(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap().status.success()
}

/// Whether a program is here; in CI it must be.
fn has(program: &str) -> bool {
    let found = is_here(program);
    assert!(found || std::env::var_os("CI").is_none(), "{program} is missing");
    if !found {
        println!("skipped: {program} is not here");
    }
    found
}

fn image(folder: &Path, make: &str, arguments: &[&str]) -> PathBuf {
    let image = folder.join("stick.img");
    std::fs::File::create(&image).unwrap().set_len(64 << 20).unwrap();
    let made = Command::new(make).args(arguments).arg(&image).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(made.unwrap().success());
    image
}

fn source(folder: &Path) -> PathBuf {
    let source = folder.join("disk.img");
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(&source, bytes).unwrap();
    source
}

fn variables(stick: &Path, source: &Path) -> String {
    format!("STICK='{}'\nSOURCE='{}'\nCARECERT='{}'\n", stick.display(), source.display(), support::CARECERT)
}

fn texts_of(output: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn everything_works_on_a_stick_with_exfat() {
    if !has("mkfs.exfat") || !has("mount.exfat-fuse") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let image = image(folder.path(), "mkfs.exfat", &[]);
    // The driver wants a block device.
    let device = Command::new("losetup").args(["--find", "--show"]).arg(&image).output().unwrap();
    if !device.status.success() {
        return println!("skipped: loop devices are not allowed here: {}", texts_of(&device));
    }
    let device = String::from_utf8(device.stdout).unwrap().trim().to_owned();
    let mounted = Command::new("mount.exfat-fuse").arg(&device).arg(&stick).output().unwrap();
    if !mounted.status.success() {
        let _ = Command::new("losetup").args(["--detach", &device]).status();
        return println!("skipped: mounting is not allowed here: {}", texts_of(&mounted));
    }
    let script = format!("{}{STEPS}", variables(&stick, &source(folder.path())));
    let output = Command::new("bash").args(["-c", &script]).output();
    let unmounted = Command::new("umount").arg(&stick).status();
    let _ = Command::new("losetup").args(["--detach", &device]).status();
    assert!(unmounted.unwrap().success(), "nothing is held open on the stick");
    check(&texts_of(&output.unwrap()));
}

#[test]
fn everything_works_on_a_stick_with_fat32() {
    if std::env::var_os("CARECERT_FAT32").is_none() && !is_here("linux.uml") {
        return println!("skipped: linux.uml is not here");
    }
    if !has("mkfs.vfat") || !has("linux.uml") || !has("insmod") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let image = image(folder.path(), "mkfs.vfat", &["-F", "32"]);
    // A Linux of its own, whose root is this machine's; the stick is its first disk.
    let stick = Path::new("/mnt/stick");
    let before = r#"#!/bin/bash
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
modules=/usr/lib/uml/modules/$(uname -r)/kernel
for module in fs/fat/fat.ko fs/nls/nls_cp437.ko fs/nls/nls_ascii.ko fs/nls/nls_iso8859-1.ko fs/nls/nls_utf8.ko fs/fat/vfat.ko; do
    [ -f "$modules/$module" ] && insmod "$modules/$module"
done
mount -t tmpfs tmpfs /mnt && mkdir /mnt/stick && mknod /mnt/disk b 98 0
mount -t vfat /mnt/disk /mnt/stick && echo "the stick is there"
"#;
    let after = "\nsync\numount /mnt/stick && echo \"step unmount: 0\"\necho o > /proc/sysrq-trigger\nsleep 60\n";
    let init = folder.path().join("init");
    let script = format!("{before}{}{STEPS}{after}", variables(stick, &source(folder.path())));
    std::fs::write(&init, script).unwrap();
    assert!(Command::new("chmod").arg("755").arg(&init).status().unwrap().success());
    let output = Command::new("timeout")
        .args(["-s", "KILL", "300", "linux.uml", "mem=512M", "root=/dev/root", "rootfstype=hostfs", "rw", "con=null"])
        .arg(format!("ubda={}", image.display()))
        .arg(format!("init={}", init.display()))
        .args(["con0=null,fd:1", "quiet"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let output = texts_of(&output);
    if !output.contains("the stick is there") {
        assert!(std::env::var_os("CARECERT_FAT32").is_none(), "a Linux of its own cannot run here:\n{output}");
        return println!("skipped: a Linux of its own cannot run here");
    }
    check(&output);
    assert!(output.contains("step unmount: 0"), "{output}");
}

/// The answers of a stick's system calls on any file system.
#[test]
fn everything_works_where_there_are_no_links_no_modes_and_no_careful_renaming() {
    if !has("strace") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let wrapper = folder.path().join("carecert");
    let injected = "-e trace=link,linkat,renameat2,chmod,fchmod,fchmodat,fchown -e inject=link,linkat:error=EPERM \
                    -e inject=renameat2:error=EINVAL -e inject=chmod,fchmod,fchmodat:error=EPERM \
                    -e inject=fchown:error=ENOSYS";
    let script = format!("#!/bin/sh\nexec strace -f -o /dev/null {injected} '{}' \"$@\"\n", support::CARECERT);
    std::fs::write(&wrapper, script).unwrap();
    assert!(Command::new("chmod").arg("755").arg(&wrapper).status().unwrap().success());
    let variables = format!("{}CARECERT='{}'\n", variables(&stick, &source(folder.path())), wrapper.display());
    let output = Command::new("bash").args(["-c", &format!("{variables}{STEPS}")]).output().unwrap();
    check(&texts_of(&output));
}
