//! What is thrown at the console: numbers that look random and are the same for the same seed.

use carecert_react::tui::list_action_rows;

/// Numbers that look random (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub(crate) fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// One of several, each as often as its number says.
    pub(crate) fn weighed<T: Copy>(&mut self, all: &[(usize, T)]) -> T {
        let mut at = self.below(all.iter().map(|(weight, _)| weight).sum());
        for (weight, each) in all {
            if at < *weight {
                return *each;
            }
            at -= weight;
        }
        all[0].1
    }
}

/// The bytes that a terminal sends for a key as it is written.
fn bytes_of(written: &str) -> Vec<u8> {
    if let Some(rest) = written.strip_prefix("Alt-") {
        return [b"\x1b".to_vec(), bytes_of(rest)].concat();
    }
    if let Some(letter) = written.strip_prefix("Ctrl-").and_then(|rest| rest.bytes().next()) {
        return vec![letter.to_ascii_uppercase() & 0x1f];
    }
    let named: &[u8] = match written {
        "⏎" => b"\r",
        "Space" => b" ",
        "Esc" => b"\x1b",
        "Tab" => b"\t",
        "Shift-Tab" => b"\x1b[Z",
        "Backspace" => b"\x7f",
        "Delete" => b"\x1b[3~",
        "↑" => b"\x1b[A",
        "↓" => b"\x1b[B",
        "Left" => b"\x1b[D",
        "Right" => b"\x1b[C",
        "Home" => b"\x1b[H",
        "End" => b"\x1b[F",
        "PgUp" => b"\x1b[5~",
        "PgDn" => b"\x1b[6~",
        "F1" => b"\x1bOP",
        other => other.as_bytes(),
    };
    named.to_vec()
}

/// Keys with how often each is pressed: those that move most, those that leave the program hardly ever.
pub(crate) struct Keys(Vec<(usize, Vec<u8>)>);

impl Keys {
    pub(crate) fn new() -> Self {
        let mut all: Vec<(usize, String)> = Vec::new();
        for row in list_action_rows() {
            let weight = match row.name {
                "quit" | "leave" => 1,
                "back" | "stay" => 4,
                "record" | "choose" | "open entry" | "do step" => 12,
                "close the case" => 1,
                _ if row.places.len() > 3 => 6,
                _ => 8,
            };
            all.extend(row.keys.into_iter().map(|key| (weight, key)));
        }
        let plain = ["Left", "Right", "Backspace", "Delete", "Alt-Backspace", "Ctrl-W", "Ctrl-Z", "Ctrl-Y", "Ctrl-J"];
        all.extend(plain.map(|key| (4, key.to_owned())));
        all.extend((2..=12).map(|number| (1, format!("F{number}"))));
        let mut keys: Vec<(usize, Vec<u8>)> = Vec::new();
        for (weight, key) in all {
            let bytes = match key.strip_prefix('F').and_then(|number| number.parse::<usize>().ok()) {
                Some(number @ 2..=12) => FUNCTION[number - 2].as_bytes().to_vec(),
                _ => bytes_of(&key),
            };
            // A key that does several things is not pressed more often for that.
            match keys.iter_mut().find(|(_, known)| *known == bytes) {
                Some((known, _)) => *known = (*known).max(weight),
                None => keys.push((weight, bytes)),
            }
        }
        Self(keys)
    }

    pub(crate) fn press(&self, dice: &mut Dice) -> &[u8] {
        let each: Vec<(usize, usize)> = self.0.iter().enumerate().map(|(at, (weight, _))| (*weight, at)).collect();
        &self.0[dice.weighed(&each)].1
    }
}

const FUNCTION: [&str; 11] = [
    "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[21~", "\x1b[23~",
    "\x1b[24~",
];

/// Words as they are typed; none of them says that anything is recorded.
pub(crate) const WORDS: [&str; 14] = [
    "Ward 7",
    "Theatre 2 on paper",
    "kind:note",
    "by:Osei",
    "A17",
    "evil[.]example",
    "10.20.30.40",
    "-20m",
    "14:05",
    "yesterday 14:05",
    "/tmp",
    "病院 Größe",
    "why not",
    "x",
];

/// Texts that are pasted.
pub(crate) const PASTES: [&str; 10] = [
    "first line\r\nsecond line\rthird\n",
    "\x1b[2J\x1b]0;owned\x07\x1b[31m",
    "\u{9b}31m\u{90}q\u{9c}\u{85}\u{7f}\0\t\x08",
    "invoice\u{202e}fdp.exe\u{2066}x\u{2069}\u{200f}",
    "zero\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}width",
    "👩\u{200d}⚕\u{fe0f}🇬🇧1\u{fe0f}\u{20e3}✋🏽",
    "病院の検査ｼｽﾃﾑ\u{ff9f}",
    "שלום مرحبا हिन्दी ไทย",
    "\u{2028}\u{2029}\u{b}\u{c}",
    "",
];

/// What a line sends that is no key: halves, answers that nobody asked for, letters of other encodings.
pub(crate) const BROKEN: [&[u8]; 22] = [
    b"\x1b[",
    b"\x1bO",
    b"\x1b[1;",
    b"\x1b[<0;",
    b"\x1b[<0;0;0M",
    b"\x1b[<99;99999;1M",
    b"\x1b[M",
    b"\x1b[M\x00\x00\x00",
    b"\x1b[0;0R",
    b"\x1b[?1;2c",
    b"\x1b[?",
    b"\x1b]52;c;UFdO",
    b"\x1b]11;rgb:00/00/00\x07",
    b"\x1bPq",
    b"\x1b[200~never ends",
    b"\x1b[201~",
    b"\x1b[99999999999;9u",
    b"\x1b[27;5;106~",
    b"\x1b\x1b\x1b",
    b"\xe2\x82",
    b"caf\xe9",
    b"\xff\xfe\x80",
];

/// Sizes of windows: those in use, those that are too small, and those that no window has.
pub(crate) const SIZES: [(usize, (u16, u16)); 14] = [
    (6, (80, 23)),
    (6, (120, 40)),
    (3, (200, 60)),
    (3, (80, 22)),
    (2, (100, 30)),
    (2, (60, 15)),
    (1, (1, 1)),
    (1, (0, 0)),
    (1, (0, 5)),
    (1, (65_535, 1)),
    (1, (1, 65_535)),
    (1, (65_535, 65_535)),
    (1, (500, 200)),
    (1, (79, 40)),
];
