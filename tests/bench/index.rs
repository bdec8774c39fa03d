//! What the index of a case of 100,000 entries costs: how much slower a case opens with it, how much memory it takes, and
//! what a key costs while a search is typed.
//!
//! `cargo bench --bench index` prints it. `CARECERT_BENCH_KEEP=FOLDER` makes the case there and leaves it.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../support/many.rs"]
mod many;
#[path = "../support/mod.rs"]
mod support;

use carecert_react::{
    domain::search::{Filter, Index, Matches},
    store::read::{Keep, Reader},
    tui::{
        Model, Settings, draw_screen,
        keys::key::{Code, Key},
        model::msg::{Msg, Opened},
        update,
    },
};
use ratatui::{Terminal, backend::TestBackend};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

const ENTRIES: usize = 100_000;
const ROUNDS: usize = 15;

fn main() {
    let kept = std::env::var_os("CARECERT_BENCH_KEEP").map(PathBuf::from);
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = many::many(kept.as_deref().unwrap_or(home.path()), ENTRIES);
    println!("{} entries: {}", ENTRIES, folder.display());
    let index = opening(&folder);
    let bytes = index.bytes() as f64;
    println!("memory of the index: {:.1} MB, {:.0} bytes an entry (goal: 15 MB)", bytes / 1e6, bytes / ENTRIES as f64);
    for typed in [
        "zzzz",
        "nowhere",
        "e",
        "the",
        "patel",
        "theatre finishing",
        "lockd",
        "es te se",
        "entatens",
        "kind:note by:patel",
    ] {
        keys(&index, typed);
    }
    console(&folder);
    let began = Instant::now();
    let order = index.by_happened(Vec::new());
    println!("order by what happened: {:.1?} for {} rows", began.elapsed(), order.len());
    let began = Instant::now();
    let newest = index.search("finishing theatre", usize::MAX, 50);
    println!("the newest {} of a search: {:.1?}", newest.len(), began.elapsed());
    let began = Instant::now();
    let none = index.search("nowhere", usize::MAX, 50);
    println!("the newest {} of a search: {:.1?}", none.len(), began.elapsed());
}

/// The two are timed in turn, so that whatever else the machine does falls on both.
fn opening(folder: &Path) -> Index {
    let (mut without, mut with) = (Vec::new(), Vec::new());
    let mut index = Index::default();
    for _ in 0..ROUNDS {
        for (keep, times) in [(false, &mut without), (true, &mut with)] {
            let began = Instant::now();
            let loaded = Reader::open(folder).unwrap().load(Keep { tail: 200, index: keep }).unwrap();
            times.push(began.elapsed());
            assert!(loaded.findings.is_empty());
            if keep {
                index = loaded.index;
            }
        }
    }
    let (without, with) = (median(&mut without), median(&mut with));
    let ratio = with.as_secs_f64() / without.as_secs_f64();
    println!("opening: {without:.1?} without the index, {with:.1?} with it, ratio {ratio:.2} (goal: at most 1.30)");
    index
}

/// Presses keys in the console itself, and says what the dearest of them cost: the work of taking it in, and of drawing.
fn console(folder: &Path) {
    let loaded = Reader::open(folder).unwrap().load(Keep { tail: 100, index: true }).unwrap();
    let opened = Opened {
        case: loaded.case,
        index: loaded.index,
        tail: loaded.tail,
        console: support::console(1),
        responder: support::osei(),
        folder: String::new(),
        warnings: Vec::new(),
        read_only: None,
        unclear: None,
    };
    let settings = Settings::default();
    let mut model = Model::new(support::osei(), "bench".into(), settings);
    update(&mut model, Msg::Resize(120, 40));
    update(&mut model, Msg::Tick(support::now()));
    update(&mut model, Msg::Opened(Box::new(opened)));
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    for (name, keys) in [
        ("the log", "3gGkkkggoGgko"),
        ("its filter", "3/theatre finishing"),
        ("its filter, finding nothing", "\u{1b}3/nowhere"),
        ("the search over the case", "\u{1b}1/lockd patel"),
        ("the palette", "\u{1b}:wrd finsh"),
        ("the palette, finding nothing", "\u{1b}:zzqqxx"),
        ("the place Integrity", "\u{1b}0jjGgj"),
    ] {
        let (mut work, mut draw) = (Duration::ZERO, Duration::ZERO);
        for c in keys.chars() {
            let code = if c == '\u{1b}' { Code::Esc } else { Code::Char(c) };
            let key = Key { code, ctrl: false, alt: false, shift: false, repeat: false };
            let began = Instant::now();
            update(&mut model, Msg::Key(key));
            work = work.max(began.elapsed());
            let began = Instant::now();
            terminal.draw(|frame| draw_screen(&model, frame)).unwrap();
            draw = draw.max(began.elapsed());
        }
        println!("keys in {name}: dearest work {work:.2?}, dearest drawing {draw:.2?} (goal: under 5 ms)");
    }
}

/// Types a query a character at a time, as the console does, and says what the dearest key cost.
fn keys(index: &Index, typed: &str) {
    let mut dearest = Duration::ZERO;
    let mut found = 0;
    for _ in 0..ROUNDS {
        let mut earlier: Option<Matches> = None;
        let mut worst = Duration::ZERO;
        for (at, c) in typed.char_indices() {
            let filter = Filter::parse(&typed[..at + c.len_utf8()]);
            let began = Instant::now();
            let matches = index.matching(&filter, earlier.as_ref());
            worst = worst.max(began.elapsed());
            found = matches.rows().len();
            earlier = Some(matches);
        }
        dearest = if dearest.is_zero() { worst } else { dearest.min(worst) };
    }
    let began = Instant::now();
    let filter = Filter::parse(typed);
    let whole = index.matching(&filter, None).rows().len();
    let pasted = began.elapsed();
    assert_eq!(found, whole);
    println!("search {typed:?}: {found} rows, dearest key {dearest:.2?}, pasted whole {pasted:.2?} (goal: under 5 ms)");
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
