//! What is left of a zip that has lost its list of contents, as a bundle does that is cut off.

use super::Check;
use crate::{
    exchange::{
        bundle::container::{MOST_ENTRIES, Rewrite},
        error::ExchangeError,
    },
    store::watch::Watch,
};
use std::io::{self, Read, Seek, SeekFrom};
use zip::read::read_zipfile_from_stream;

/// A reader that tells the watch of every byte, also of those that the zip reader skips, and ends where it says stop.
struct Watched<'r, 'w, R> {
    inner: io::Take<&'r mut R>,
    watch: Watch<'w>,
    done: u64,
    length: u64,
    cancelled: bool,
    /// Why the system refused to read on.
    refused: Option<io::Error>,
}

impl<R: Read> Read for Watched<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.cancelled = self.cancelled || !(self.watch)(self.done, self.length);
        if self.cancelled {
            return Err(io::Error::other("cancelled"));
        }
        let read = self.inner.read(buffer).inspect_err(|why| {
            self.refused = why.raw_os_error().map(io::Error::from_raw_os_error);
        })?;
        self.done += read as u64;
        Ok(read)
    }
}

impl Check<'_> {
    /// Reads files one after the other by the headers that stand before them, up to the first that is none. It goes
    /// forward only, so no byte is read twice whatever the headers claim. Fails where the work is cancelled.
    /// Gives whether there was any.
    pub(super) fn read_what_is_left<R: Read + Seek>(
        &mut self,
        reader: &mut R,
        length: u64,
        watch: Watch<'_>,
    ) -> Result<bool, ExchangeError> {
        let mut any = false;
        let begun = reader.seek(SeekFrom::Start(0));
        begun.map_err(|source| ExchangeError::Read { place: self.name.to_owned(), source })?;
        let mut reader =
            Watched { inner: reader.take(length), watch, done: 0, length, cancelled: false, refused: None };
        // Nothing is compared with a rewrite: that this is not the zip that was written is known.
        let mut unused = Rewrite::new(zip::DateTime::default());
        for _ in 0..MOST_ENTRIES {
            let Ok(Some(mut entry)) = read_zipfile_from_stream(&mut reader) else { break };
            self.stamp = self.stamp.or_else(|| entry.last_modified());
            if let Some((_, path)) = self.admit(&entry) {
                any = true;
                let size = entry.compressed_size();
                self.read_file(path, &mut entry, size, &mut unused, &mut |_| Ok(()))?;
            }
            drop(entry);
            if reader.cancelled {
                break;
            }
        }
        match reader.refused {
            _ if reader.cancelled => Err(ExchangeError::Cancelled),
            Some(source) => Err(ExchangeError::Read { place: self.name.to_owned(), source }),
            None => Ok(any),
        }
    }
}
