//! What an entry costs: durable appends against two bare writes of 4 KiB with `fdatasync` in the same run, one for
//! the record and one for the head; and how fast a case of 100,000 entries is replayed.
//!
//! `cargo bench --bench appends` prints it. On Linux with `strace`, the syncs of an entry are counted too.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

use carecert_react::{
    domain::{
        event::Note,
        id::ConsoleId,
        record::{Draft, Order},
        time::Now,
    },
    runtime::session::Session,
    store::{
        file::{Appended, CaseFile},
        read::Reader,
    },
};
use std::{
    fs::File,
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
    time::{Duration, Instant},
};

const ROUNDS: usize = 1500;
const WARM: usize = 600;
const REPLAY: usize = 100_000;

fn main() {
    if let Ok(folder) = std::env::var("CARECERT_BENCH_COUNTED") {
        return counted(Path::new(&folder));
    }
    // Beside the build, so that the disk is a real one and not memory.
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    appends(home.path());
    count_syncs(home.path());
    replay(home.path());
}

fn session(folder: &Path) -> Session {
    Session::open(folder, &support::console(1), &support::osei(), 0, support::now()).unwrap().0
}

/// The two are timed in turn, so that whatever else the machine does falls on both.
fn appends(home: &Path) {
    let mut session = session(&support::small_case(home));
    let mut bare = [home.join("record"), home.join("head")].map(|path| {
        let mut file = File::create(path).unwrap();
        file.write_all(&vec![0; 16 << 20]).unwrap();
        file.sync_all().unwrap();
        file
    });
    let mut entries = Vec::new();
    let mut writes = Vec::new();
    for round in 0..WARM + ROUNDS {
        let began = Instant::now();
        session.execute(0, support::note("Theatre 2 finishing list on paper"), support::now()).unwrap();
        let entry = began.elapsed();
        session.tidy().unwrap();
        let began = Instant::now();
        for file in &mut bare {
            file.seek(SeekFrom::Start((round % 4096) as u64 * 4096)).unwrap();
            file.write_all(&[round as u8; 4096]).unwrap();
            file.sync_data().unwrap();
        }
        let write = began.elapsed();
        if round >= WARM {
            entries.push(entry);
            writes.push(write);
        }
    }
    session.close().unwrap();
    for (name, part) in [("median", 50), ("90th percentile", 90), ("99th percentile", 99)] {
        let (entry, write) = (percentile(&mut entries, part), percentile(&mut writes, part));
        let ratio = entry.as_secs_f64() / write.as_secs_f64();
        println!("append, {name}: {entry:.1?} an entry, {write:.1?} two bare writes with fdatasync, ratio {ratio:.2}");
    }
    println!("  (goal: at most 1.40 at the median)");
}

fn percentile(times: &mut [Duration], part: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * part / 100).min(times.len() - 1)]
}

/// Runs this very program under `strace` with and without 200 entries more, and compares its syncs.
fn count_syncs(home: &Path) {
    let folder = support::small_case(home);
    let me = std::env::current_exe().unwrap();
    let syncs = |entries: usize| -> Option<usize> {
        let output = std::process::Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=fsync,fdatasync,sync_file_range,msync"])
            .arg(&me)
            .env("CARECERT_BENCH_COUNTED", &folder)
            .env("CARECERT_BENCH_ENTRIES", entries.to_string())
            .output()
            .ok()?;
        let trace = String::from_utf8_lossy(&output.stderr).into_owned();
        output.status.success().then(|| trace.lines().filter(|line| line.contains("sync")).count())
    };
    match (syncs(0), syncs(200)) {
        (Some(without), Some(with)) => {
            println!("syncs: {} for 200 entries, {:.3} an entry", with - without, (with - without) as f64 / 200.0);
        }
        _ => println!("syncs: not counted, strace is not here"),
    }
}

fn counted(folder: &Path) {
    let entries: usize = std::env::var("CARECERT_BENCH_ENTRIES").unwrap().parse().unwrap();
    let mut session = session(folder);
    // One entry in any case, so that both runs open a log and close it.
    for number in 0..=entries {
        session.execute(0, support::note(&format!("entry {number}")), support::now()).unwrap();
    }
    session.close().unwrap();
}

/// A case of 100,000 entries, written in a few transactions, and read as opening reads it.
fn replay(home: &Path) {
    let folder = big_case(home);
    let bytes = folder.join("case.sqlite3").metadata().unwrap().len();
    let began = Instant::now();
    let loaded = Reader::open(&folder).unwrap().load(200).unwrap();
    let took = began.elapsed();
    assert!(loaded.findings.is_empty() && loaded.case.records >= REPLAY as u64);
    let rate = loaded.case.records as f64 / took.as_secs_f64();
    let began = Instant::now();
    let whole = std::fs::read(folder.join("case.sqlite3")).unwrap();
    let hash = carecert_react::domain::id::Hash::of(&whole);
    let hashing = began.elapsed();
    println!(
        "replay: {} entries ({} MiB) in {took:.2?}, {rate:.0} entries a second; reading and hashing the file alone \
         takes {hashing:.2?} ({}…), ratio {:.1}",
        loaded.case.records,
        bytes >> 20,
        &hash.to_string()[..8],
        took.as_secs_f64() / hashing.as_secs_f64()
    );
}

fn big_case(home: &Path) -> std::path::PathBuf {
    let folder = support::small_case(home);
    let console: ConsoleId = support::console(1);
    let (mut file, opening) = CaseFile::open(&folder, &console, 0).unwrap();
    let mut order: Order = opening.loaded.case.order();
    let now = support::now();
    let (at, offset) = (now.at, now.offset());
    let draft = |number: usize| Draft {
        by: support::osei(),
        occurred: None,
        begun: None,
        event: Note { text: format!("entry {number}: theatre 2 finishing list on paper, ward 7 on downtime forms") }
            .into(),
    };
    for block in 0..REPLAY / 1000 {
        let drafts: Vec<Draft> = (0..1000).map(|number| draft(block * 1000 + number)).collect();
        let Appended::Recorded(records) = file.append(order, &drafts, Now::fixed(at, offset)).unwrap() else {
            return folder;
        };
        order = records.last().unwrap().order;
    }
    file.close().unwrap();
    folder
}
