//! The zip around a bundle: opened within limits, and held against what this program would have written.

use super::bag;
use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom, Write},
    rc::Rc,
};
use zip::{ZipArchive, ZipWriter};

/// Entries that a bundle may have.
pub(crate) const MOST_ENTRIES: usize = 100_000;
/// Bytes that may be read to learn what a zip holds: enough for that many entries.
const MOST_DIRECTORY: u64 = 64 << 20;

/// A reader that gives up after so many bytes.
#[derive(Debug)]
pub(crate) struct Bounded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("its list of contents is too long, or it is not a zip"));
        }
        let read = self.inner.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

impl<R: Seek> Seek for Bounded<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Opens a zip of `length` bytes without reading more than its list of contents may need.
pub(crate) fn open_zip<R: Read + Seek>(inner: R) -> zip::result::ZipResult<ZipArchive<Bounded<R>>> {
    let left = Rc::new(Cell::new(MOST_DIRECTORY));
    let archive = ZipArchive::new(Bounded { inner, left: Rc::clone(&left) })?;
    left.set(u64::MAX);
    Ok(archive)
}

/// Takes what a zip writer writes and keeps only what is not contents, with its place.
#[derive(Debug)]
struct Skeleton {
    /// Stretches that are not contents, in order, each with where it begins.
    bones: Vec<(u64, Vec<u8>)>,
    at: u64,
    end: u64,
    contents: Rc<Cell<bool>>,
}

impl Write for Skeleton {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.at == self.end {
            self.end += bytes.len() as u64;
            if !self.contents.get() {
                match self.bones.last_mut() {
                    Some((from, bone)) if *from + bone.len() as u64 == self.at => bone.extend_from_slice(bytes),
                    _ => self.bones.push((self.at, bytes.to_vec())),
                }
            }
        } else {
            // The writer goes back only to complete a header that it has written.
            let after = self.bones.partition_point(|(from, _)| *from <= self.at);
            let bone = after.checked_sub(1).and_then(|place| self.bones.get_mut(place));
            let there = bone.and_then(|(from, bone)| {
                let from = usize::try_from(self.at - *from).ok()?;
                bone.get_mut(from..from.checked_add(bytes.len())?)
            });
            there.ok_or_else(|| io::Error::other("not a header"))?.copy_from_slice(bytes);
        }
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Skeleton {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(to) => Some(to),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.filter(|to| *to <= self.end).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Writes the zip again from its contents as they are read, keeping everything but the contents, so that all
/// bytes around them can be compared in bounded memory and without a second file.
pub(crate) struct Rewrite {
    zip: ZipWriter<Skeleton>,
    contents: Rc<Cell<bool>>,
    stamp: zip::DateTime,
    /// Whether each entry's contents stood where they would have been written.
    in_place: bool,
}

impl Rewrite {
    /// Begins, for a zip whose entries all have that time.
    pub(crate) fn new(stamp: zip::DateTime) -> Self {
        let contents = Rc::new(Cell::new(false));
        let skeleton = Skeleton { bones: Vec::new(), at: 0, end: 0, contents: Rc::clone(&contents) };
        Self { zip: ZipWriter::new(skeleton), contents, stamp, in_place: true }
    }

    /// The next entry, whose contents stand at `start`.
    pub(crate) fn begin_entry(&mut self, name: &str, start: Option<u64>, size: u64) {
        self.contents.set(false);
        let begun = self.zip.start_file(name, bag::entry_options(self.stamp, size));
        let here = self.zip.get_ref().map(|skeleton| skeleton.end);
        self.in_place &= begun.is_ok() && here.is_some() && here == start;
    }

    /// The next contents of that entry.
    pub(crate) fn add_contents(&mut self, bytes: &[u8]) {
        self.contents.set(true);
        self.in_place &= self.zip.write_all(bytes).is_ok();
        self.contents.set(false);
    }

    /// Says that something stood there which would not have been written.
    pub(crate) fn note_foreign(&mut self) {
        self.in_place = false;
    }

    /// Whether the whole of `reader`, contents aside, is what would have been written; contents were compared by
    /// place when they were read.
    pub(crate) fn compare_with(self, reader: &mut (impl Read + Seek)) -> io::Result<bool> {
        let Ok(skeleton) = self.zip.finish() else { return Ok(false) };
        if !self.in_place || reader.seek(SeekFrom::End(0))? != skeleton.end {
            return Ok(false);
        }
        for (from, bone) in &skeleton.bones {
            reader.seek(SeekFrom::Start(*from))?;
            let mut found = vec![0; bone.len()];
            reader.read_exact(&mut found)?;
            if found != *bone {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
