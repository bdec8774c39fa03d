//! A BagIt 1.0 bag (RFC 8493) in a zip that is the same byte for byte whenever its contents are.

use super::error::ExchangeError;
use crate::{
    domain::{id::Hash, time::Time},
    store::watch::Watch,
};
use chrono::{Datelike, Timelike};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, Write};
use zip::{CompressionMethod, System, ZipWriter, write::SimpleFileOptions};

/// Says that this is a bag.
pub(super) const BAGIT: &str = "bagit.txt";
/// What `bagit.txt` says.
pub(super) const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// What is in the bag.
pub(super) const INFO: &str = "bag-info.txt";
/// Hashes of the payload.
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
/// Hashes of the other files.
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Where the payload stands.
pub(super) const DATA: &str = "data/";

/// Bytes that are copied at once.
pub(super) const CHUNK: usize = 1 << 20;

/// The one way in which an entry is written: stored, with a fixed time, system and mode.
pub(super) fn options(stamp: zip::DateTime, size: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(stamp)
        .system(System::Unix)
        .unix_permissions(0o644)
        .large_file(size >= u64::from(u32::MAX))
}

/// A moment as a zip can hold it: UTC, even seconds, from 1980 to 2107.
pub(super) fn stamp(at: Option<Time>) -> zip::DateTime {
    let moment = at.and_then(|at| {
        let at = at.utc();
        let year = u16::try_from(at.year()).ok()?;
        let part = |part: u32| u8::try_from(part).unwrap_or_default();
        let (day, time) = ((part(at.month()), part(at.day())), (part(at.hour()), part(at.minute())));
        let second = part(at.second()) & !1;
        zip::DateTime::from_date_and_time(year, day.0, day.1, time.0, time.1, second).ok()
    });
    moment.unwrap_or_default()
}

/// A path as it stands in a manifest.
pub(super) fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The path that stands in a manifest; `None` where it is not one that [`encode`] makes.
pub(super) fn decode(text: &str) -> Option<String> {
    let path = text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    (encode(&path) == text).then_some(path)
}

/// A line of a manifest, with its end.
pub(super) fn manifest_line(path: &str, sha256: &Hash) -> String {
    format!("{sha256}  {}\n", encode(path))
}

/// Reads a line of a manifest.
pub(super) fn read_line(line: &str) -> Option<(String, Hash)> {
    let (sha256, path) = line.split_once("  ")?;
    Some((decode(path)?, Hash::parse(sha256).ok()?))
}

/// A bag that is being written.
pub(super) struct Bag<'a, W: Write + Seek> {
    zip: ZipWriter<W>,
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
    pub(super) fn new(
        out: W,
        top: String,
        at: Option<Time>,
        total: u64,
        watch: Watch<'a>,
    ) -> Result<Self, ExchangeError> {
        let mut bag = Self {
            zip: ZipWriter::new(out),
            top,
            stamp: stamp(at),
            manifest: String::new(),
            tags: String::new(),
            octets: 0,
            files: 0,
            total,
            watch,
        };
        bag.tag(BAGIT, BAGIT_TEXT.as_bytes())?;
        Ok(bag)
    }

    /// Adds a file of the payload.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExchangeError> {
        self.stream(path, &mut &*bytes, bytes.len() as u64, &mut ExchangeError::Write).map(|_| ())
    }

    /// Adds a file of the payload, of at most `limit` bytes from a stream that is hashed while it is copied.
    /// Hands back what was read.
    pub(super) fn stream(
        &mut self,
        path: &str,
        source: &mut dyn Read,
        limit: u64,
        fault: &mut dyn FnMut(io::Error) -> ExchangeError,
    ) -> Result<(Hash, u64), ExchangeError> {
        self.zip.start_file(format!("{}/{path}", self.top), options(self.stamp, limit))?;
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
        self.manifest.push_str(&manifest_line(path, &sha256));
        self.octets += size;
        self.files += 1;
        Ok((sha256, size))
    }

    fn tag(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExchangeError> {
        self.zip.start_file(format!("{}/{path}", self.top), options(self.stamp, bytes.len() as u64))?;
        self.zip.write_all(bytes)?;
        self.tags.push_str(&manifest_line(path, &Hash::of(bytes)));
        Ok(())
    }

    /// Ends the bag with its manifests. `info` gives the text of `bag-info.txt` for the payload's bytes and files.
    pub(super) fn finish(mut self, info: impl FnOnce(u64, u64) -> String) -> Result<(), ExchangeError> {
        let text = info(self.octets, self.files);
        self.tag(INFO, text.as_bytes())?;
        let manifest = std::mem::take(&mut self.manifest);
        self.tag(MANIFEST, manifest.as_bytes())?;
        let tags = std::mem::take(&mut self.tags);
        self.tag(TAG_MANIFEST, tags.as_bytes())?;
        self.zip.finish()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifest_paths_are_encoded_and_read_strictly() {
        let hash = Hash::of(b"x");
        let line = manifest_line("data/100%\r\n", &hash);
        assert_eq!(line, format!("{hash}  data/100%25%0D%0A\n"));
        assert_eq!(read_line(line.trim_end()), Some(("data/100%\r\n".to_owned(), hash)));
        assert_eq!(decode("a%0d"), None, "one way to write a path only");
        assert_eq!(decode("a%250D"), Some("a%0D".to_owned()));
        assert_eq!(read_line(&format!("{hash} data/a")), None);
    }

    #[test]
    fn a_zip_has_times_from_1980_on() {
        let at = |text| stamp(Some(Time::parse(text).unwrap()));
        assert_eq!(at("1969-01-01T00:00:00Z"), zip::DateTime::default());
        assert_eq!(at("2026-11-22T03:14:07.9Z").second(), 6);
        assert_eq!(at("2200-01-01T00:00:00Z"), zip::DateTime::default());
    }
}
