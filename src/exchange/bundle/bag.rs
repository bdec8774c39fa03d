//! A BagIt 1.0 bag (RFC 8493) in a zip that is the same byte for byte whenever its contents are.

use crate::{
    domain::{id::Hash, time::Time},
    exchange::error::ExchangeError,
    store::watch::Watch,
};
use chrono::{Datelike, Timelike};
use sha2::{Digest, Sha256};
use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom, Write},
    mem::ManuallyDrop,
    path::Path,
    rc::Rc,
};
use zip::{CompressionMethod, System, ZipWriter, write::SimpleFileOptions};

/// Says that this is a bag.
pub(crate) const BAGIT: &str = "bagit.txt";
/// What `bagit.txt` says.
pub(crate) const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// What is in the bag.
pub(crate) const INFO: &str = "bag-info.txt";
/// Hashes of the payload.
pub(crate) const MANIFEST: &str = "manifest-sha256.txt";
/// Hashes of the other files.
pub(crate) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Where the payload stands.
pub(crate) const DATA: &str = "data/";

/// Bytes that are copied at once.
pub(crate) const CHUNK: usize = 1 << 20;

/// Whether `folder` is a bundle that was unpacked.
pub fn is_unpacked_bundle(folder: &Path) -> bool {
    [BAGIT, MANIFEST].iter().all(|name| folder.join(name).is_file())
}

/// The one way in which an entry is written: stored, with a fixed time, system and mode.
pub(super) fn entry_options(stamp: zip::DateTime, size: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(stamp)
        .system(System::Unix)
        .unix_permissions(0o644)
        .large_file(size >= u64::from(u32::MAX))
}

/// A moment as a zip can hold it: UTC, even seconds, from 1980 to 2107.
pub(crate) fn zip_time(at: Option<Time>) -> zip::DateTime {
    let moment = at.and_then(|at| {
        let at = at.utc();
        let year = u16::try_from(at.year()).ok()?;
        let part = |part: u32| u8::try_from(part).unwrap_or_default();
        let (day, time) = ((part(at.month()), part(at.day())), (part(at.hour()), part(at.minute())));
        // A zip counts seconds in twos (MS-DOS time).
        let second = part(at.second()) & !1;
        zip::DateTime::from_date_and_time(year, day.0, day.1, time.0, time.1, second).ok()
    });
    moment.unwrap_or_default()
}

/// A path as it stands in a manifest.
pub(super) fn encode_path(path: &str) -> String {
    // RFC 8493 §2.1.3: only line ends and the sign itself are encoded.
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The path that stands in a manifest; `None` where it is not one that [`encode`] makes.
pub(super) fn decode_path(text: &str) -> Option<String> {
    let path = text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    (encode_path(&path) == text).then_some(path)
}

/// A line of a manifest, with its end.
pub(crate) fn write_manifest_line(path: &str, sha256: &Hash) -> String {
    format!("{sha256}  {}\n", encode_path(path))
}

/// Reads a line of a manifest.
pub(crate) fn read_manifest_line(line: &str) -> Option<(String, Hash)> {
    let (sha256, path) = line.split_once("  ")?;
    Some((decode_path(path)?, Hash::parse(sha256).ok()?))
}

/// A place to write to that lets go: once a write failed, what the zip writer still wants to write goes nowhere, and it
/// has nothing to complain of.
#[derive(Debug)]
pub(super) struct Outlet<W> {
    inner: W,
    given_up: Rc<Cell<bool>>,
    /// Where it is, and where what was written ends.
    at: u64,
    end: u64,
}

impl<W> Outlet<W> {
    /// An outlet to `inner` that notes in `given_up` when a write fails.
    fn new(inner: W, given_up: Rc<Cell<bool>>) -> Self {
        Self { inner, given_up, at: 0, end: 0 }
    }

    /// Notes a failed write. An interrupted one is tried again by the caller.
    fn tried<T>(&self, result: io::Result<T>) -> io::Result<T> {
        let failed = result.as_ref().is_err_and(|why| why.kind() != io::ErrorKind::Interrupted);
        self.given_up.set(self.given_up.get() || failed);
        result
    }
}

impl<W: Write> Write for Outlet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.given_up.get() { Ok(bytes.len()) } else { self.inner.write(bytes) };
        let written = self.tried(written)?;
        self.at = self.at.saturating_add(written as u64);
        self.end = self.end.max(self.at);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = if self.given_up.get() { Ok(()) } else { self.inner.flush() };
        self.tried(flushed)
    }
}

impl<W: Seek> Seek for Outlet<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // Given up, it is always at the end: the zip writer takes a place before its entry for a fault of its own.
        let moved = if self.given_up.get() { Ok(self.end) } else { self.inner.seek(to) };
        self.at = self.tried(moved)?;
        Ok(self.at)
    }
}

/// A bag that is being written.
pub(crate) struct Bag<'a, W: Write + Seek> {
    /// Never dropped before its end: it would write on then, on a disk that is full, and print what comes of it. A bag
    /// that is given up leaves the little memory that the writer holds.
    zip: ManuallyDrop<ZipWriter<Outlet<W>>>,
    given_up: Rc<Cell<bool>>,
    top: String,
    stamp: zip::DateTime,
    manifest: String,
    tags: String,
    octets: u64,
    files: u64,
    total: u64,
    watch: Watch<'a>,
}

impl<'a, W: Write + Seek> Bag<'a, W> {
    /// An empty bag with that top folder, all of whose entries are of that moment; `total` is the bytes that
    /// are expected, for the watch.
    pub(crate) fn new(
        out: W,
        top: String,
        at: Option<Time>,
        total: u64,
        watch: Watch<'a>,
    ) -> Result<Self, ExchangeError> {
        let given_up = Rc::new(Cell::new(false));
        let mut bag = Self {
            zip: ManuallyDrop::new(ZipWriter::new(Outlet::new(out, Rc::clone(&given_up)))),
            given_up,
            top,
            stamp: zip_time(at),
            manifest: String::new(),
            tags: String::new(),
            octets: 0,
            files: 0,
            total,
            watch,
        };
        bag.add_tag_file(BAGIT, BAGIT_TEXT.as_bytes())?;
        Ok(bag)
    }

    /// Adds a file of the payload.
    pub(crate) fn add_file(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExchangeError> {
        self.add_stream(path, &mut &*bytes, bytes.len() as u64, &mut ExchangeError::Write).map(|_| ())
    }

    /// Adds a file of the payload, of at most `limit` bytes from a stream that is hashed while it is copied.
    /// Hands back what was read.
    pub(super) fn add_stream(
        &mut self,
        path: &str,
        source: &mut dyn Read,
        limit: u64,
        fault: &mut dyn FnMut(io::Error) -> ExchangeError,
    ) -> Result<(Hash, u64), ExchangeError> {
        self.zip.start_file(format!("{}/{path}", self.top), entry_options(self.stamp, limit))?;
        // A file that grows while it is read must not make the bundle longer than its header says.
        let mut source = source.take(limit);
        let mut chunk = vec![0; CHUNK.min(usize::try_from(limit).unwrap_or(CHUNK)).max(1)];
        let (mut hasher, mut size) = (Sha256::new(), 0);
        loop {
            if !(self.watch)(self.octets + size, self.total) {
                return Err(ExchangeError::Cancelled);
            }
            let read = match source.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(why) if why.kind() == io::ErrorKind::Interrupted => continue,
                Err(why) => return Err(fault(why)),
            };
            hasher.update(&chunk[..read]);
            self.zip.write_all(&chunk[..read])?;
            size += read as u64;
        }
        let sha256 = Hash::from_bytes(hasher.finalize().into());
        self.manifest.push_str(&write_manifest_line(path, &sha256));
        self.octets += size;
        self.files += 1;
        Ok((sha256, size))
    }

    /// Adds a file that describes the bag, outside the payload.
    fn add_tag_file(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExchangeError> {
        self.zip.start_file(format!("{}/{path}", self.top), entry_options(self.stamp, bytes.len() as u64))?;
        self.zip.write_all(bytes)?;
        self.tags.push_str(&write_manifest_line(path, &Hash::of(bytes)));
        Ok(())
    }

    /// Ends the bag with its manifests. `info` gives the text of `bag-info.txt` for the payload's bytes and files.
    pub(crate) fn finish(mut self, info: impl FnOnce(u64, u64) -> String) -> Result<(), ExchangeError> {
        let text = info(self.octets, self.files);
        self.add_tag_file(INFO, text.as_bytes())?;
        let manifest = std::mem::take(&mut self.manifest);
        self.add_tag_file(MANIFEST, manifest.as_bytes())?;
        let tags = std::mem::take(&mut self.tags);
        self.add_tag_file(TAG_MANIFEST, tags.as_bytes())?;
        if self.given_up.get() {
            return Err(ExchangeError::Write(io::Error::other("a write failed before")));
        }
        ManuallyDrop::into_inner(self.zip).finish()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifest_paths_are_encoded_and_read_strictly() {
        let hash = Hash::of(b"x");
        let line = write_manifest_line("data/100%\r\n", &hash);
        assert_eq!(line, format!("{hash}  data/100%25%0D%0A\n"));
        assert_eq!(read_manifest_line(line.trim_end()), Some(("data/100%\r\n".to_owned(), hash)));
        assert_eq!(decode_path("a%0d"), None, "one way to write a path only");
        assert_eq!(decode_path("a%250D"), Some("a%0D".to_owned()));
        assert_eq!(read_manifest_line(&format!("{hash} data/a")), None);
    }

    /// A disk with room for so many bytes.
    struct Small(io::Cursor<Vec<u8>>, usize);

    impl Write for Small {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.1.checked_sub(bytes.len()) {
                Some(left) => self.1 = left,
                None => return Err(io::ErrorKind::StorageFull.into()),
            }
            self.0.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Small {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn a_disk_that_is_full_at_any_byte_is_an_error_and_no_panic() {
        let write = |room| -> Result<(), ExchangeError> {
            let small = Small(io::Cursor::new(Vec::new()), room);
            let mut go_on = |_, _| true;
            let mut bag = Bag::new(small, "top".into(), None, 9, &mut go_on)?;
            bag.add_file("data/a.txt", &[7; 300])?;
            bag.finish(|_, _| "Payload-Oxum: 300.1\n".into())
        };
        let enough = (0..5000).find(|room| write(*room).is_ok()).unwrap();
        assert!(enough > 1000, "{enough} bytes hold all of it");
        for room in (0..enough).chain([0]) {
            assert!(matches!(write(room), Err(ExchangeError::Write(_))), "{room}");
        }
    }

    #[test]
    fn a_zip_has_times_from_1980_on() {
        let at = |text| zip_time(Some(Time::parse(text).unwrap()));
        assert_eq!(at("1969-01-01T00:00:00Z"), zip::DateTime::default());
        assert_eq!(at("2026-11-22T03:14:07.9Z").second(), 6);
        assert_eq!(at("2200-01-01T00:00:00Z"), zip::DateTime::default());
    }
}
