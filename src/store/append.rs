//! Appending to a case: entries, their heads and the mark of who wrote last, all under the case's lock.

use super::{
    error::StoreError,
    file::{Appended, CaseFile, WriteFault},
    heads::Heads,
    lock,
};
use crate::domain::{
    record::{Draft, Head, Order, Record},
    time::Now,
};

impl CaseFile {
    /// Appends these drafts as one transaction, if nothing was written since this file last looked.
    ///
    /// `order` is the latest place in the order of the case that the caller knows.
    pub fn append(&mut self, order: Order, drafts: &[Draft], now: Now) -> Result<Appended, WriteFault> {
        // Nothing is made or written in a folder that has taken this one's place, not even a lock.
        self.files.check().map_err(WriteFault::NotRecorded)?;
        let held = lock::lock_case(&self.folder).map_err(WriteFault::NotRecorded)?;
        self.check_untouched(&held).map_err(WriteFault::NotRecorded)?;
        let appended = self.append_held(order, drafts, now);
        self.locked_out = matches!(appended, Err(WriteFault::NotRecorded(StoreError::Locked { .. })));
        if appended.is_ok() {
            self.leave_mark(&held);
        }
        appended
    }

    /// [`CaseFile::append`] while the case's lock is held.
    fn append_held(&mut self, order: Order, drafts: &[Draft], now: Now) -> Result<Appended, WriteFault> {
        let not = WriteFault::NotRecorded;
        let database = self.database.clone();
        let fault = |why| StoreError::sql(&database, why);
        let (records, heads) = {
            let connection = self.connection().map_err(not)?;
            connection.execute_batch("BEGIN IMMEDIATE").map_err(fault).map_err(not)?;
            match self.stamp_and_insert(order, drafts, now) {
                // The head file is that of the folder that is open only where both still stand there after it was opened.
                Ok(Some(records)) => match self.heads.open().and_then(|heads| self.files.check().map(|()| heads)) {
                    Ok(heads) => (records, heads),
                    Err(why) => {
                        self.roll_back();
                        return Err(not(why));
                    }
                },
                Ok(None) => {
                    self.roll_back();
                    return self.take_news_held().map(Appended::Moved).map_err(not);
                }
                Err(why) => {
                    self.roll_back();
                    return Err(not(why));
                }
            }
        };
        let committed = self.connection().map_err(not)?.execute_batch("COMMIT").map_err(fault);
        let mut known = self.known.clone();
        known.extend(records.last().map(|last| (last.id.console.clone(), last.head())));
        // Acknowledged is only what stands at the path: whoever took a file's place meanwhile is noticed here.
        // No head is written for entries that went into a file that is gone.
        let stands = committed.and_then(|()| self.files.check());
        let stands = stands.and_then(|()| heads.write(&known)).and_then(|()| self.files.check());
        if let Err(why) = stands {
            self.doubtful = records;
            return Err(WriteFault::Unknown(why));
        }
        self.known = known;
        self.contradicted = None;
        self.last_id += records.len() as i64;
        self.unfolded += records.len() as u32;
        Ok(Appended::Recorded(records))
    }

    /// Inserts the stamped records; `None` where another process has written since.
    fn stamp_and_insert(
        &self,
        mut order: Order,
        drafts: &[Draft],
        now: Now,
    ) -> Result<Option<Vec<Record>>, StoreError> {
        let fault = |why| StoreError::sql(&self.database, why);
        let connection = self.connection()?;
        let last: i64 = connection
            .prepare_cached("SELECT coalesce(max(id), 0) FROM record")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(fault)?;
        if last < self.last_id {
            let is = "it does not hold what was recorded";
            return Err(StoreError::Replaced { path: self.database.clone(), is });
        }
        if last != self.last_id {
            return Ok(None);
        }
        // After the database's own lock is taken, and as late as can be before the commit.
        self.files.check()?;
        self.heads.check(&self.expected_heads())?;
        let mut head = self.known.get(&self.console).copied().unwrap_or(Head::EMPTY);
        let mut insert = connection.prepare_cached("INSERT INTO record (id, text) VALUES (?1, ?2)").map_err(fault)?;
        let mut records = Vec::with_capacity(drafts.len());
        // Rows are numbered without a gap: a number so high was put there by something else.
        let room = i64::MAX.checked_sub(last).is_some_and(|room| room > drafts.len() as i64);
        if !room {
            return Err(StoreError::NotACase {
                path: self.database.clone(),
                why: format!("row {last} is not one of ours"),
            });
        }
        for (id, draft) in (last + 1..).zip(drafts) {
            let next = order.after(now.at);
            if next <= order {
                // No clock of ours comes there: nothing could be told to come after it.
                let why =
                    format!("the order of its entries ends at {order}, which something other than carecert wrote");
                return Err(StoreError::NotACase { path: self.database.clone(), why });
            }
            order = next;
            let record = Record::write(&self.case, &self.console, head, order, now, draft.clone())?;
            insert.execute((id, record.text())).map_err(fault)?;
            head = record.head();
            records.push(record);
        }
        Ok(Some(records))
    }

    /// What the head file may say.
    fn expected_heads(&self) -> Vec<&Heads> {
        std::iter::once(&self.known).chain(&self.contradicted).collect()
    }

    /// The same as [`CaseFile::news`] while the case's lock is held. A process that was killed after its commit left the
    /// head file behind, which is brought up to what is recorded.
    fn take_news_held(&mut self) -> Result<Vec<Record>, StoreError> {
        let mut states = vec![self.known.clone()];
        let records = self.news()?;
        self.files.check()?;
        if self.heads.check(&self.expected_heads()).is_err() {
            for record in &records {
                let mut state = states.last().cloned().unwrap_or_default();
                state.insert(record.id.console.clone(), record.head());
                states.push(state);
            }
            self.heads.check(&states.iter().collect::<Vec<_>>())?;
            self.heads.write(&self.known)?;
        }
        Ok(records)
    }

    /// Gives up the transaction. Nothing is asked of SQLite whose index was cut short: that would kill the program.
    fn roll_back(&self) {
        if self.files.check_index().is_err() {
            return;
        }
        if let Some(open) = self.open.as_ref().filter(|open| !open.work().is_autocommit()) {
            // A rollback that fails leaves a transaction that the next BEGIN reports.
            let _ = open.work().execute_batch("ROLLBACK");
        }
    }
}
