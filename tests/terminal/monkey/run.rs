//! A run: one home, one console after another, one act after another.

use super::{
    dice::{BROKEN, Dice, Keys, PASTES, SIZES, WORDS},
    moves::move_files,
    world::World,
};
use crate::process::Process;
use crate::terminal::{LIMIT, RECORD, Terminal, console};
use std::{
    collections::VecDeque,
    fmt,
    time::{Duration, Instant},
};

/// How long the console may take to answer.
const ANSWER: Duration = Duration::from_secs(10);
/// Nothing more comes for so long: a frame is whole.
const QUIET: Duration = Duration::from_millis(30);
/// Acts that are kept for a report.
const TRAIL: usize = 60;
/// The size in which the console is looked at.
const USUAL: (u16, u16) = (120, 40);

/// What was done, and what came of it.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    keys: usize,
    pastes: usize,
    broken: usize,
    resizes: usize,
    clicks: usize,
    stops: usize,
    kills: usize,
    starts: usize,
    moves: usize,
    others: usize,
    looks: usize,
    pub(crate) acknowledged: usize,
    /// Those whose words were seen beside their number.
    seen: usize,
    not_recorded: usize,
    lost: usize,
    panics: usize,
    hangs: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        let pairs: [(&mut usize, usize); 17] = [
            (&mut self.keys, other.keys),
            (&mut self.pastes, other.pastes),
            (&mut self.broken, other.broken),
            (&mut self.resizes, other.resizes),
            (&mut self.clicks, other.clicks),
            (&mut self.stops, other.stops),
            (&mut self.kills, other.kills),
            (&mut self.starts, other.starts),
            (&mut self.moves, other.moves),
            (&mut self.others, other.others),
            (&mut self.looks, other.looks),
            (&mut self.acknowledged, other.acknowledged),
            (&mut self.seen, other.seen),
            (&mut self.not_recorded, other.not_recorded),
            (&mut self.lost, other.lost),
            (&mut self.panics, other.panics),
            (&mut self.hangs, other.hangs),
        ];
        for (sum, more) in pairs {
            *sum += more;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} keys, {} pastes, {} broken sequences, {} resizes, {} clicks, {} stops, {} kills, {} starts, {} moves, \
             {} notes of others, {} looks; {} acknowledged ({} with their words), {} NOT RECORDED, {} lost, {} panics, {} hangs",
            self.keys,
            self.pastes,
            self.broken,
            self.resizes,
            self.clicks,
            self.stops,
            self.kills,
            self.starts,
            self.moves,
            self.others,
            self.looks,
            self.acknowledged,
            self.seen,
            self.not_recorded,
            self.lost,
            self.panics,
            self.hangs,
        )
    }
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Keys,
    Words,
    Note,
    Paste,
    LongPaste,
    Broken,
    Noise,
    Resize,
    Click,
    Stop,
    Kill,
    Signal,
    Other,
    Move,
    Probe,
    Idle,
    Look,
}

const ACTS: [(usize, Act); 17] = [
    (300, Act::Keys),
    (80, Act::Words),
    (60, Act::Note),
    (40, Act::Paste),
    (3, Act::LongPaste),
    (40, Act::Broken),
    (25, Act::Noise),
    (50, Act::Resize),
    (30, Act::Click),
    (12, Act::Stop),
    (3, Act::Kill),
    (3, Act::Signal),
    (20, Act::Other),
    (4, Act::Move),
    (20, Act::Probe),
    (2, Act::Idle),
    (2, Act::Look),
];

pub(crate) struct Run {
    pub(crate) counts: Counts,
    dice: Dice,
    keys: Keys,
    world: World,
    terminal: Terminal,
    size: (u16, u16),
    trail: VecDeque<String>,
    wrong: Vec<String>,
    /// How often in a row a note was not taken.
    refused: usize,
    /// How often in a row it computed where nothing was to be done.
    busy: usize,
}

/// Starts the console on a case.
fn start(world: &World, size: (u16, u16)) -> Terminal {
    let setup = console(world.home.path(), size).folder(&world.home.path().join("work"));
    setup.arguments(&["open", &world.case]).start()
}

impl Run {
    pub(crate) fn new(seed: u64) -> Self {
        let world = World::new();
        let terminal = start(&world, USUAL);
        let mut run = Self {
            counts: Counts { starts: 1, ..Counts::default() },
            dice: Dice::new(seed),
            keys: Keys::new(),
            world,
            terminal,
            size: USUAL,
            trail: VecDeque::new(),
            wrong: Vec::new(),
            refused: 0,
            busy: 0,
        };
        run.wait_for_begin();
        run
    }

    pub(crate) fn go_on_for(&mut self, time: Duration) {
        let began = Instant::now();
        while began.elapsed() < time && self.wrong.is_empty() {
            let act = self.dice.weighed(&ACTS);
            self.act(act);
            self.after();
        }
    }

    /// The last acts, oldest first.
    pub(crate) fn trail(&self) -> String {
        self.trail.iter().cloned().collect::<Vec<_>>().join("\n")
    }

    fn note(&mut self, act: String) {
        if self.trail.len() == TRAIL {
            self.trail.pop_front();
        }
        self.trail.push_back(act);
    }

    fn fault(&mut self, what: String) {
        let frame = self.terminal.frame();
        self.wrong.push(format!("{what}; the frame is:\n{frame}"));
    }

    fn send(&mut self, what: &str, bytes: &[u8]) {
        self.note(format!("{what} {:?}", String::from_utf8_lossy(bytes)));
        // A console that has ended reads no more: that is seen after the act.
        let _ = self.terminal.bytes(bytes);
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Keys => {
                let count = 1 + self.dice.below(8);
                let mut bytes = Vec::new();
                for _ in 0..count {
                    bytes.extend_from_slice(self.keys.press(&mut self.dice));
                }
                self.counts.keys += count;
                // Each by itself or all at once, as from a line that hung.
                if self.dice.below(2) == 0 {
                    self.send("keys", &bytes);
                } else {
                    for byte in bytes.chunk_by(|_, next| !matches!(next, 0x1b) && bytes[0] == 0x1b) {
                        self.send("key", byte);
                    }
                }
            }
            Act::Words => {
                let words = self.dice.of(&WORDS).to_owned();
                self.counts.keys += words.chars().count();
                self.send("words", words.as_bytes());
            }
            Act::Note => self.record_note(),
            Act::Paste => {
                let text = self.dice.of(&PASTES).to_owned();
                self.counts.pastes += 1;
                self.send("paste", format!("\x1b[200~{text}\x1b[201~").as_bytes());
            }
            Act::LongPaste => {
                let text = "a line of a long paste\r\n".repeat(100 + self.dice.below(4000));
                self.counts.pastes += 1;
                self.note(format!("a paste of {} bytes", text.len()));
                let _ = self.terminal.bytes(format!("\x1b[200~{text}\x1b[201~").as_bytes());
            }
            Act::Broken => {
                let bytes = self.dice.of(&BROKEN);
                self.counts.broken += 1;
                self.send("broken", bytes);
            }
            Act::Noise => {
                // Ctrl-Q would end most runs early.
                let count = 1 + self.dice.below(40);
                let noise: Vec<u8> =
                    (0..count).map(|_| self.dice.below(256) as u8).filter(|byte| *byte != 0x11).collect();
                self.counts.broken += 1;
                self.send("noise", &noise);
            }
            Act::Resize => {
                let size = self.dice.weighed(&SIZES);
                self.resize(size);
            }
            Act::Click => {
                let (x, y) = (self.dice.below(130), self.dice.below(45));
                let button = self.dice.weighed(&[(6, 0), (1, 64), (1, 65), (1, 2)]);
                self.counts.clicks += 1;
                self.send("click", format!("\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m").as_bytes());
            }
            Act::Stop => self.stop(),
            Act::Kill => self.kill(),
            Act::Signal => self.signal(),
            Act::Other => {
                if self.world.writing() < 2 {
                    self.note("another process writes".into());
                    self.counts.others += 1;
                    self.world.write_note();
                }
            }
            Act::Move => self.move_files(),
            Act::Probe => self.probe(),
            Act::Idle => self.idle(),
            Act::Look => self.look(),
        }
    }

    /// Takes in what came of an act.
    fn after(&mut self) {
        if self.dice.below(4) == 0 {
            self.terminal.settle(QUIET, Duration::from_secs(1));
            self.hear(None);
        }
        if self.terminal.ended().is_some() {
            self.ended();
        }
        if self.terminal.raw().len() > 1 << 20 {
            self.look_for_panics();
        }
    }

    fn look_for_panics(&mut self) {
        let raw = self.terminal.raw();
        if raw.windows(8).any(|part| part == b"panicked") {
            self.counts.panics += 1;
            let text = String::from_utf8_lossy(&raw).into_owned();
            let at = text.find("panicked").unwrap_or_default();
            let from = text.char_indices().map(|(at, _)| at).find(|from| *from + 200 >= at).unwrap_or(0);
            self.fault(format!("a panic: {}", text[from..].chars().take(2000).collect::<String>()));
        }
        self.terminal.forget();
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.counts.resizes += 1;
        self.note(format!("resize {size:?}"));
        // No emulator has a window of such a size: only its claim is made.
        if (1..=300).contains(&size.0) && (1..=300).contains(&size.1) {
            self.terminal.resize(size);
        } else {
            self.terminal.claim(size);
        }
        self.size = size;
    }

    /// Brings the window to its usual size and looks that it is drawn for.
    fn probe(&mut self) {
        let size = if self.size == USUAL { (119, 40) } else { USUAL };
        let before = self.terminal.raw().len();
        self.resize(size);
        if self.terminal.ended().is_some() {
            return;
        }
        let rows = usize::from(size.1);
        let drawn = |terminal: &Terminal| {
            terminal.raw().len() > before && terminal.frame().lines().nth(rows - 1).is_some_and(|row| row.len() > 3)
        };
        let began = Instant::now();
        while !drawn(&self.terminal) && self.terminal.ended().is_none() {
            if began.elapsed() > ANSWER {
                self.counts.hangs += 1;
                let process = Process(self.terminal.pid());
                let state = format!("{:?}, it computed for {:?}", process.state(), process.computed());
                return self.fault(format!("a window of {size:?} is not drawn for within {ANSWER:?} ({state})"));
            }
            self.terminal.settle(QUIET, QUIET);
        }
    }

    /// Reads what the console says is recorded; `words` are in the last of it where they were just sent.
    fn hear(&mut self, words: Option<&str>) -> bool {
        let frame = self.terminal.frame();
        // A frame that is still being drawn, or that no emulator could draw, says nothing.
        self.terminal.settle(QUIET, QUIET);
        if self.terminal.torn() || self.terminal.frame() != frame {
            return false;
        }
        let rows: Vec<&str> = frame.lines().collect();
        let case = rows.first().and_then(|row| row.strip_prefix(' ')).and_then(|row| row.split(' ').next());
        let known = |case: &&str| case.len() == 4 && self.world.folder(case).is_some();
        let Some(case) = case.filter(known).map(str::to_owned) else { return false };
        let said: Vec<&str> = rows.iter().rev().skip(1).take(4).rev().map(|row| row.trim()).collect();
        let said = said.join(" ");
        let Some((_, cited)) = said.split_once("recorded as ") else { return false };
        let citation = |word: &&str| {
            let (letters, numbers) = word.split_at(word.chars().take_while(char::is_ascii_uppercase).count());
            !letters.is_empty() && !numbers.is_empty() && numbers.chars().all(|c| c.is_ascii_digit())
        };
        let cited: Vec<String> = cited
            .split(' ')
            .map(|word| word.trim_end_matches([',', '.', ';', ':']))
            .take_while(citation)
            .map(str::to_owned)
            .collect();
        let new = cited.iter().any(|cited| !self.world.acknowledged.contains_key(&(case.clone(), cited.clone())));
        for cited in &cited {
            self.world.acknowledge(&case, cited, None);
        }
        // What is said may be said of another box that stood open: which entry holds the words is seen in the log.
        let shown = |last: &str, words: &str| rows.iter().any(|row| row.contains(last) && row.contains(words));
        if let (Some(words), Some(last), true) = (words, cited.last(), new)
            && shown(last, words)
        {
            self.world.acknowledge(&case, last, Some(words.to_owned()));
            self.counts.seen += 1;
        }
        new
    }

    /// Writes a note as a responder does, and waits for the answer.
    fn record_note(&mut self) {
        self.probe();
        let words = self.world.words();
        // Out of whatever is open, to a place where a note can be begun.
        for _ in 0..3 {
            self.send("key", b"\x1b");
            self.terminal.settle(Duration::from_millis(60), Duration::from_secs(1));
        }
        self.hear(None);
        self.send("note", format!("1n {words}{RECORD}").as_bytes());
        let began = Instant::now();
        while self.terminal.ended().is_none() && began.elapsed() < ANSWER {
            self.terminal.settle(QUIET, Duration::from_millis(500));
            if self.hear(Some(&words)) {
                self.refused = 0;
                return;
            }
            let frame = self.terminal.frame();
            if frame.contains("NOT RECORDED") {
                self.counts.not_recorded += 1;
                self.note("it says NOT RECORDED".into());
                break;
            }
            // Where no note could be begun, nothing is said of one.
            if began.elapsed() > Duration::from_secs(2) && !frame.contains("recording") {
                break;
            }
        }
        self.refused += 1;
        if self.refused > 8 {
            // A case that was closed, or a list that leads nowhere: begin anew.
            self.refused = 0;
            self.quit();
            self.world.begin_case();
            self.begin();
        }
    }

    fn stop(&mut self) {
        let process = Process(self.terminal.pid());
        self.counts.stops += 1;
        self.note("STOP".into());
        if self.terminal.ended().is_some() {
            return;
        }
        // The keys before this may just have ended it.
        if !process.tell("STOP") {
            return;
        }
        match self.dice.below(3) {
            // A shell edits its lines, and the screen is its own.
            0 => {
                if let Ok(tty) = std::fs::File::options().read(true).write(true).open(self.terminal.path()) {
                    let _ = std::process::Command::new("stty").arg("sane").stdin(tty).status();
                }
            }
            1 => self.resize((100, 30)),
            _ => {}
        }
        // What it had read before may have ended it.
        process.tell("CONT");
        self.probe();
        // It looks at the terminal by itself once a second. One that was about to end has given the terminal back, and
        // may still be writing its case to a slow disk.
        let began = Instant::now();
        while self.terminal.ended().is_none() && self.terminal.cooked() == Some(true) {
            if began.elapsed() > ANSWER {
                return self.fault("the terminal edits lines after CONT".into());
            }
            self.terminal.settle(QUIET, Duration::from_millis(200));
        }
    }

    fn kill(&mut self) {
        self.counts.kills += 1;
        self.note("KILL".into());
        if self.terminal.ended().is_none() {
            Process(self.terminal.pid()).tell("KILL");
            self.terminal.ends(LIMIT);
        }
        self.begin();
    }

    fn signal(&mut self) {
        let signal = *self.dice.of(&[&"TERM", &"HUP", &"INT"]);
        self.note(signal.to_owned());
        if self.terminal.ended().is_some() {
            return;
        }
        // What was typed is taken first: a Ctrl-Z that comes when the terminal is back is the shell's.
        self.terminal.settle(QUIET, Duration::from_millis(500));
        Process(self.terminal.pid()).tell(signal);
        let began = Instant::now();
        while self.terminal.ended().is_none() {
            if began.elapsed() > ANSWER {
                self.counts.hangs += 1;
                return self.fault(format!("{signal} does not end it within {ANSWER:?}"));
            }
            self.terminal.settle(QUIET, QUIET);
        }
        self.ended();
    }

    /// The console has ended: that was asked for, or it is a fault. Another one begins.
    fn ended(&mut self) {
        let status = self.terminal.ends(LIMIT);
        self.look_for_panics();
        if status != 0 {
            self.counts.panics += 1;
            self.fault(format!("it ended with {status}"));
        }
        if self.terminal.modes() != (false, false, false) || self.terminal.cooked() == Some(false) {
            let modes = (self.terminal.modes(), self.terminal.cooked());
            self.fault(format!("it left the terminal as {modes:?}"));
        }
        self.begin();
    }

    fn begin(&mut self) {
        self.counts.starts += 1;
        self.note("start".into());
        self.size = USUAL;
        self.terminal = start(&self.world, USUAL);
        self.wait_for_begin();
    }

    /// Waits until it shows its case: before that, Ctrl-C is no key.
    fn wait_for_begin(&mut self) {
        let first = format!(" {} ", self.world.case);
        let began = Instant::now();
        while !self.terminal.frame().starts_with(&first) {
            // Another may hold the case for a moment: then it begins in the list.
            if began.elapsed() > LIMIT || self.terminal.ended().is_some() {
                return self.fault("it does not begin".into());
            }
            self.terminal.settle(QUIET, Duration::from_millis(200));
        }
    }

    fn settle_notes(&mut self) {
        let wrong = self.world.settle_notes();
        self.counts.panics += wrong.len();
        wrong.into_iter().for_each(|wrong| self.fault(wrong));
    }

    fn move_files(&mut self) {
        self.settle_notes();
        self.record_note();
        let case = self.world.case.clone();
        let Some(folder) = self.world.folder(&case) else { return };
        self.counts.moves += 1;
        self.world.moved.push(case);
        let terminal = &self.terminal;
        let moved = move_files(&folder, &mut self.dice, || {
            let _ = terminal.bytes(b"\x1b\x1b\x1b");
            terminal.settle(Duration::from_millis(200), Duration::from_secs(1));
            let _ = terminal.bytes(format!("1nwhile away{RECORD}").as_bytes());
            terminal.settle(Duration::from_millis(500), Duration::from_secs(2));
        });
        self.note(format!("files: {moved:?}"));
        self.hear(None);
        self.record_note();
        self.quit();
        self.look();
        self.world.give_up_case();
        self.begin();
    }

    /// Nothing is done for a while: nothing is computed either.
    fn idle(&mut self) {
        self.probe();
        self.terminal.settle(Duration::from_millis(300), Duration::from_secs(3));
        let process = Process(self.terminal.pid());
        let (began, before) = (Instant::now(), process.computed().unwrap_or_default());
        self.terminal.pass(Duration::from_millis(1500));
        let computed = process.computed().unwrap_or_default().saturating_sub(before);
        let share = computed.as_secs_f64() / began.elapsed().as_secs_f64();
        self.busy = if share > 0.5 { self.busy + 1 } else { 0 };
        if self.busy > 2 {
            self.fault(format!("it computes {:.0} % of the time for nothing", share * 100.0));
        }
    }

    /// Everything that was acknowledged is there.
    fn look(&mut self) {
        self.settle_notes();
        self.counts.looks += 1;
        let found = self.world.look();
        self.counts.lost += found.lost.len();
        found.lost.into_iter().chain(found.damage).for_each(|what| self.fault(what));
        self.world.sweep();
    }

    /// Leaves by keys, whatever is open.
    fn quit(&mut self) {
        self.note("quit".into());
        let began = Instant::now();
        while self.terminal.ended().is_none() {
            if began.elapsed() > LIMIT {
                self.counts.hangs += 1;
                let doings = Process(self.terminal.pid()).doings();
                self.fault(format!("it cannot be left by keys; its threads:\n{doings}"));
                Process(self.terminal.pid()).tell("KILL");
                self.terminal.ends(LIMIT);
                return;
            }
            let _ = self.terminal.bytes(b"\x1b");
            self.terminal.settle(Duration::from_millis(60), Duration::from_millis(500));
            let _ = self.terminal.bytes(b"\x11");
            self.terminal.settle(Duration::from_millis(60), Duration::from_millis(500));
            let _ = self.terminal.bytes(b"y");
            self.terminal.settle(Duration::from_millis(60), Duration::from_millis(500));
        }
        let status = self.terminal.ends(LIMIT);
        self.look_for_panics();
        if status != 0 || self.terminal.modes() != (false, false, false) || self.terminal.cooked() == Some(false) {
            let modes = (self.terminal.modes(), self.terminal.cooked());
            self.fault(format!("it ended with {status} and left the terminal as {modes:?}"));
        }
    }

    /// Leaves, and looks at everything once more; gives what was wrong.
    pub(crate) fn finish(&mut self) -> Vec<String> {
        self.settle_notes();
        self.hear(None);
        self.quit();
        self.look();
        self.counts.acknowledged = self.world.acknowledged.len();
        std::mem::take(&mut self.wrong)
    }
}
