//! The head file: where each log ends, written and synced after each commit.
//!
//! A damaged write-ahead log makes SQLite drop committed entries without a word, and what is left still chains.
//! This file remembers what was committed. It has two slots of equal size, written in turn, so that a write that
//! is cut off leaves the other one whole. A slot is text, padded with line feeds:
//!
//! ```text
//! carecert heads 1
//! 42
//! k7qd3m9x2tpwr0h5 17 9f86d081884c7d65…
//! sum e3b0c44298fc1c14…
//! ```

use super::{error::StoreError, identity, layout, regular};
use crate::domain::{
    id::{ConsoleId, Hash},
    record::Head,
};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Bytes that a head file may have.
pub(super) const MOST: u64 = 64 << 20;
/// The first line of a slot, with the number of the format.
const TITLE: &str = "carecert heads 1";
/// Bytes of a slot; a larger one is a multiple of this.
const SLOT: usize = 4096;

/// The heads of all logs.
pub type Heads = BTreeMap<ConsoleId, Head>;

/// What a head file said.
#[derive(Debug, Default)]
pub struct Contents {
    /// The newest whole slot's heads; `None` where no slot is whole.
    pub heads: Option<Heads>,
    /// What is wrong with the file, if anything.
    pub faults: Vec<String>,
    count: u64,
}

/// Writes the head file. It is opened anew for each write, since another process may have replaced it.
#[derive(Debug)]
pub struct HeadFile {
    path: PathBuf,
}

/// Reads a head file as far as it is whole. One that is not there is a fault of its own.
pub fn read_heads(path: &Path) -> Result<Contents, StoreError> {
    match regular::look_at(path)? {
        Some(_) => Ok(parse_heads(&regular::read_regular(path, MOST)?)),
        None => {
            let fault = "it is not there, so entries cut from the end would not be noticed";
            Ok(Contents { faults: vec![fault.into()], ..Contents::default() })
        }
    }
}

/// What the newest whole slot says, and what is wrong with the others.
fn parse_heads(bytes: &[u8]) -> Contents {
    let slot = bytes.len() / 2;
    let mut read = Contents::default();
    if bytes.is_empty() || !bytes.len().is_multiple_of(2 * SLOT) {
        read.faults.push(format!("its size is {} bytes, not a multiple of {}", bytes.len(), 2 * SLOT));
        return read;
    }
    for (place, bytes) in bytes.chunks_exact(slot).enumerate() {
        match parse_slot(bytes) {
            Some((count, heads)) => {
                if read.heads.is_none() || count > read.count {
                    read.count = count;
                    read.heads = Some(heads);
                }
            }
            None => read.faults.push(format!("its {} half is damaged", ["first", "second"][place.min(1)])),
        }
    }
    read
}

/// The count and the heads of a slot; `None` if its sum does not fit, so that it was not written to its end.
fn parse_slot(bytes: &[u8]) -> Option<(u64, Heads)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (body, end) = text.split_once("sum ")?;
    if end.get(..64)? != Hash::of(body.as_bytes()).to_string() || end.get(64..)?.bytes().any(|byte| byte != b'\n') {
        return None;
    }
    let mut lines = body.lines();
    if lines.next()? != TITLE {
        return None;
    }
    let count = lines.next()?.parse().ok()?;
    let heads = lines.map(|line| {
        let mut words = line.split(' ');
        let console = ConsoleId::parse(words.next()?).ok()?;
        let seq = words.next()?.parse().ok()?;
        let hash = Hash::parse(words.next()?).ok()?;
        words.next().is_none().then_some((console, Head { seq, hash }))
    });
    Some((count, heads.collect::<Option<Heads>>()?))
}

/// The text of a slot, without its padding.
fn write_slot(count: u64, heads: &Heads) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{TITLE}\n{count}\n");
    for (console, head) in heads {
        let _ = writeln!(text, "{console} {} {}", head.seq, head.hash);
    }
    let sum = Hash::of(text.as_bytes());
    let _ = write!(text, "sum {sum}");
    text
}

impl HeadFile {
    /// The head file at `path`, which need not be there yet.
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Makes the file anew with these heads in both slots, in place of what was there.
    pub fn create(&self, count: u64, heads: &Heads) -> Result<(), StoreError> {
        let text = write_slot(count, heads);
        let slot = (text.len() + 1).div_ceil(SLOT) * SLOT;
        let padded = pad_slot(text, slot);
        layout::write_whole(&self.path, &[padded.as_slice(), padded.as_slice()].concat())
    }

    /// Brings a file that [`read_heads`] found otherwise to these heads, in both slots.
    pub fn mend(&self, read: &Contents, heads: &Heads) -> Result<(), StoreError> {
        if read.faults.is_empty() && read.heads.as_ref() == Some(heads) {
            return Ok(());
        }
        self.create(read.count.saturating_add(1), heads)
    }

    /// Whether the file says where the logs end as one of `known` has it; else it is another file, such as one that a
    /// restore brought back, and the answer is [`StoreError::Replaced`].
    pub fn check(&self, known: &[&Heads]) -> Result<(), StoreError> {
        let is = match &read_heads(&self.path)?.heads {
            Some(heads) if known.contains(&heads) => return Ok(()),
            Some(_) => "it does not say where the logs of this case end",
            None => "it was removed or damaged",
        };
        Err(StoreError::Replaced { path: self.path.clone(), is })
    }

    /// Writes these heads into the older slot and syncs them. The caller holds the case's lock.
    pub fn write(&self, heads: &Heads) -> Result<(), StoreError> {
        self.open()?.write(heads)
    }

    /// Opens the file to write heads later: whoever moves the folder meanwhile takes it along, and the heads go where the
    /// entries went.
    pub fn open(&self) -> Result<OpenHeads, StoreError> {
        let (file, metadata) = regular::open_to_change(&self.path)?;
        Ok(OpenHeads { path: self.path.clone(), file, slot: metadata.len() / 2 })
    }
}

/// A head file that is open to write.
#[derive(Debug)]
pub struct OpenHeads {
    path: PathBuf,
    file: File,
    /// Bytes of a slot.
    slot: u64,
}

impl OpenHeads {
    /// Writes these heads into the older slot and syncs them: [`StoreError::Replaced`] where that is not the file at the
    /// path any more.
    pub fn write(mut self, heads: &Heads) -> Result<(), StoreError> {
        let fault = |why| StoreError::io("write", &self.path, why);
        let slot = self.slot;
        let counts = read_counts(&mut self.file, slot).map_err(fault)?;
        let latest = counts[0].max(counts[1]);
        let stands = |file: &File| match identity::stands_at(file, &self.path).map_err(fault)? {
            true => Ok(()),
            false => Err(StoreError::Replaced { path: self.path.clone(), is: "another one took its place" }),
        };
        // The halves are written in turn, so their counts are neighbours. Others are damage, and a count that was read
        // from it would say which half is the newer one: the file is made again.
        let (true, Some(count)) = (counts[0].abs_diff(counts[1]) <= 1, latest.checked_add(1)) else {
            stands(&self.file)?;
            return HeadFile::at(self.path.clone()).create(1, heads);
        };
        let text = write_slot(count, heads);
        if text.len() as u64 >= slot {
            stands(&self.file)?;
            return HeadFile::at(self.path.clone()).create(count, heads);
        }
        let place = if count.is_multiple_of(2) { 0 } else { slot };
        self.file.seek(SeekFrom::Start(place)).map_err(fault)?;
        self.file.write_all(&pad_slot(text, slot as usize)).map_err(fault)?;
        self.file.sync_data().map_err(fault)?;
        stands(&self.file)
    }
}

/// What the two slots say as their counts, 0 where one says none. Their sums are not looked at.
fn read_counts(file: &mut File, slot: u64) -> std::io::Result<[u64; 2]> {
    let mut counts = [0; 2];
    for (count, place) in counts.iter_mut().zip([0, slot]) {
        let mut start = [0; 64];
        file.seek(SeekFrom::Start(place))?;
        file.read_exact(&mut start)?;
        let text = String::from_utf8_lossy(&start);
        *count = text.lines().nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    }
    Ok(counts)
}

/// The bytes of a slot, filled up to its size.
fn pad_slot(text: String, slot: usize) -> Vec<u8> {
    let mut bytes = text.into_bytes();
    bytes.resize(slot, b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(seq: u64) -> Heads {
        BTreeMap::from([(ConsoleId::from_random([1; 10]), Head { seq, hash: Hash::of(&seq.to_le_bytes()) })])
    }

    #[test]
    fn the_newest_whole_slot_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(layout::HEADS);
        let file = HeadFile::at(path.clone());
        file.create(1, &heads(1)).unwrap();
        for seq in 2..=5 {
            file.write(&heads(seq)).unwrap();
            let read = read_heads(&path).unwrap();
            assert_eq!(read.heads, Some(heads(seq)));
            assert!(read.faults.is_empty());
        }
    }

    #[test]
    fn every_changed_byte_is_noticed_and_the_other_slot_stands() {
        let whole = [pad_slot(write_slot(7, &heads(6)), SLOT), pad_slot(write_slot(8, &heads(7)), SLOT)].concat();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x20;
            let read = parse_heads(&changed);
            assert_eq!(read.faults.len(), 1, "byte {at}");
            assert_eq!(read.heads, Some(heads(if at < SLOT { 7 } else { 6 })), "byte {at}");
        }
    }

    #[test]
    fn a_damaged_count_does_not_make_an_older_half_the_newer_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(layout::HEADS);
        let odd = [0, 1, 7, 9, 10, u64::MAX - 1, u64::MAX];
        // The sum of a half may be wrong or, where someone wrote it on purpose, right.
        for (count, whole) in odd.into_iter().flat_map(|count| [(count, true), (count, false)]) {
            for half in [0, 1] {
                let mut slots = [write_slot(8, &heads(7)), write_slot(7, &heads(6))];
                slots[half] = write_slot(count, &heads(5));
                if !whole {
                    slots[half] = slots[half].replace("sum ", "sum 0");
                }
                std::fs::write(&path, slots.map(|slot| pad_slot(slot, SLOT)).concat()).unwrap();
                for seq in [8, 9, 10] {
                    HeadFile::at(path.clone()).write(&heads(seq)).unwrap();
                    assert_eq!(read_heads(&path).unwrap().heads, Some(heads(seq)), "{count} {whole} {half}");
                }
            }
        }
    }

    #[test]
    fn many_logs_make_the_slots_grow() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(layout::HEADS);
        let file = HeadFile::at(path.clone());
        file.create(1, &heads(1)).unwrap();
        let many: Heads = (0..100).map(|n| (ConsoleId::from_random([n; 10]), Head::EMPTY)).collect();
        file.write(&many).unwrap();
        assert_eq!(read_heads(&path).unwrap().heads, Some(many));
    }
}
