//! A forger's tools: cases and bundles written anew around changed contents, with every hash, head and manifest made to
//! fit as well as somebody without the seal can.

#![allow(unreachable_pub, reason = "one test file uses it")]

use carecert_react::{
    domain::{
        id::{ConsoleId, Hash},
        record::Head,
    },
    store::{heads::HeadFile, schema},
};
use rusqlite::Connection;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
    path::Path,
};
use zip::{CompressionMethod, System, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The lines of a log, in the order of the case.
pub fn lines(folder: &Path) -> Vec<String> {
    let connection = Connection::open(folder.join("case.sqlite3")).unwrap();
    let mut statement = connection.prepare("SELECT text FROM record ORDER BY id").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Chains lines again after some were changed: each gets the hash of the one before it in its log. A line keeps its
/// spelling but for `prev`.
pub fn chain_again(lines: &[String]) -> Vec<String> {
    let mut heads: BTreeMap<String, Hash> = BTreeMap::new();
    let mut chained = Vec::new();
    for line in lines {
        let read: Value = serde_json::from_str(line).unwrap();
        let (console, prev) = (read["console"].as_str().unwrap(), read["prev"].as_str().unwrap());
        let head = heads.get(console).map_or_else(|| "0".repeat(64), Hash::to_string);
        let line = line.replacen(prev, &head, 1);
        heads.insert(console.to_owned(), Hash::of(line.as_bytes()));
        chained.push(line);
    }
    chained
}

/// Where each log ends.
pub fn heads_of(lines: &[String]) -> BTreeMap<ConsoleId, Head> {
    let mut heads = BTreeMap::new();
    for line in lines {
        // Read by hand: a line may be one that no parser takes.
        let after = |key: &str| line.split_once(&format!("\"{key}\":")).unwrap().1;
        let console = ConsoleId::parse(after("console").split('"').nth(1).unwrap()).unwrap();
        let seq = after("seq").split(',').next().unwrap().parse().unwrap();
        heads.insert(console, Head { seq, hash: Hash::of(line.as_bytes()) });
    }
    heads
}

/// Writes the database of a case anew with these lines; the head file stays.
pub fn write_log(folder: &Path, lines: &[String]) {
    let database = folder.join("case.sqlite3");
    let _ = std::fs::remove_file(&database);
    let connection = Connection::open(&database).unwrap();
    let (application, format, statements) = (schema::APPLICATION, schema::FORMAT, schema::SCHEMA.join(";"));
    let made = format!("PRAGMA application_id = {application}; PRAGMA user_version = {format}; {statements}");
    connection.execute_batch(&made).unwrap();
    for (id, line) in (1_i64..).zip(lines) {
        connection.execute("INSERT INTO record (id, text) VALUES (?1, ?2)", (id, line)).unwrap();
    }
}

/// Writes the head file anew.
pub fn write_heads(folder: &Path, heads: &BTreeMap<ConsoleId, Head>) {
    HeadFile::at(folder.join("case.heads")).create(9, heads).unwrap();
}

/// Writes log and head file anew, so that they fit.
pub fn write_case(folder: &Path, lines: &[String]) {
    write_log(folder, lines);
    write_heads(folder, &heads_of(lines));
}

/// Runs SQL on the case's database with everything allowed.
pub fn alter(folder: &Path, sql: &str) {
    let connection = Connection::open(folder.join("case.sqlite3")).unwrap();
    connection.execute_batch(sql).unwrap();
}

/// The files of a bundle in the order of the zip, without the top folder.
#[derive(Clone)]
pub struct Files {
    pub top: String,
    pub files: Vec<(String, Vec<u8>)>,
    stamp: zip::DateTime,
}

impl Files {
    pub fn of(bundle: &[u8]) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(bundle)).unwrap();
        let mut files = Vec::new();
        let (mut top, mut stamp) = (String::new(), zip::DateTime::default());
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let (first, path) = name.split_once('/').unwrap();
            (top, stamp) = (first.to_owned(), entry.last_modified().unwrap());
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            files.push((path.to_owned(), bytes));
        }
        Self { top, files, stamp }
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.files.iter().find(|(known, _)| known == path).unwrap().1.clone()).unwrap()
    }

    /// Changes a file; the manifests do not fit from then on.
    pub fn edit(&mut self, path: &str, change: impl FnOnce(&str) -> String) -> &mut Self {
        let file = self.files.iter_mut().find(|(known, _)| known == path).unwrap();
        let text = String::from_utf8(file.1.clone()).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed, "{path} is changed");
        file.1 = changed.into_bytes();
        self
    }

    /// Adds a file where the payload ends, or among the tag files.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> &mut Self {
        let at = self.files.iter().position(|(known, _)| known == "bag-info.txt").unwrap();
        self.files.insert(at, (path.to_owned(), bytes.to_vec()));
        self
    }

    /// Makes sizes and manifests fit, in the order of the files.
    pub fn fit(&mut self) -> &mut Self {
        let payload: Vec<_> = self.files.iter().filter(|(path, _)| path.starts_with("data/")).collect();
        let octets: usize = payload.iter().map(|(_, bytes)| bytes.len()).sum();
        let oxum = format!("Payload-Oxum: {octets}.{}", payload.len());
        let line = |(path, bytes): &(String, Vec<u8>)| format!("{}  {path}\n", Hash::of(bytes));
        let manifest: String = payload.into_iter().map(line).collect();
        self.put("manifest-sha256.txt", manifest);
        let info = self.text("bag-info.txt");
        let info: Vec<&str> =
            info.lines().map(|line| if line.starts_with("Payload-Oxum") { &oxum } else { line }).collect();
        self.put("bag-info.txt", info.join("\n") + "\n");
        let tags = self.files.iter().filter(|(path, _)| !path.starts_with("data/") && path != "tagmanifest-sha256.txt");
        let tags: String = tags.map(line).collect();
        self.put("tagmanifest-sha256.txt", tags);
        self
    }

    fn put(&mut self, path: &str, text: String) {
        self.files.iter_mut().find(|(known, _)| known == path).unwrap().1 = text.into_bytes();
    }

    /// The zip, packed as carecert packs it.
    pub fn pack(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(self.stamp)
            .system(System::Unix)
            .unix_permissions(0o644);
        for (path, bytes) in &self.files {
            let own = || format!("{}/{path}", self.top);
            let name = path.strip_prefix("//").map_or_else(own, str::to_owned);
            zip.start_file(name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}
