//! Where it happens, and what must be found there: every entry that was said to be recorded.

use crate::support;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::{Child, Output, Stdio},
};

/// Which entry: the four signs of its case, and how it is cited.
pub(crate) type Cited = (String, String);

/// A home of its own with cases, and what was said of them.
pub(crate) struct World {
    pub(crate) home: tempfile::TempDir,
    /// The case that the console begins in, by its four signs.
    pub(crate) case: String,
    /// What was said to be recorded, and words that its text must hold; none where they are not known.
    pub(crate) acknowledged: BTreeMap<Cited, Option<String>>,
    /// The hash of every entry that was ever read: none is changed later.
    hashes: BTreeMap<Cited, String>,
    /// Cases whose files were moved, replaced or removed: a check may find something there.
    pub(crate) moved: Vec<String>,
    /// Notes of other processes that are on their way: the words, and who writes them.
    notes: Vec<(String, String, Child)>,
    number: usize,
}

/// What a look at everything found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Entries that were acknowledged and are not there, or not as they were.
    pub(crate) lost: Vec<String>,
    /// What `verify` says of cases that nobody touched.
    pub(crate) damage: Vec<String>,
}

impl World {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("work")).unwrap();
        let mut world = Self {
            home,
            case: String::new(),
            acknowledged: BTreeMap::new(),
            hashes: BTreeMap::new(),
            moved: Vec::new(),
            notes: Vec::new(),
            number: 0,
        };
        world.begin_case();
        world
    }

    /// Opens another case, in which the console begins from then on.
    pub(crate) fn begin_case(&mut self) {
        let new = ["new", "--title", "Wards cannot log in", "--playbook", "ransomware"];
        let case = support::ok(self.home.path(), &new).trim().to_owned();
        self.case = case.chars().take(4).collect();
    }

    /// Words that stand in one entry only.
    pub(crate) fn words(&mut self) -> String {
        self.number += 1;
        format!("mark{}x", self.number)
    }

    pub(crate) fn acknowledge(&mut self, case: &str, cited: &str, words: Option<String>) {
        let known = self.acknowledged.entry((case.to_owned(), cited.to_owned())).or_default();
        if words.is_some() {
            *known = words;
        }
    }

    /// The folder of a case, where it stands at its place.
    pub(crate) fn folder(&self, case: &str) -> Option<PathBuf> {
        let folders = std::fs::read_dir(self.home.path().join("cases")).ok()?;
        folders.flatten().map(|entry| entry.path()).find(|path| path.to_string_lossy().ends_with(&format!("-{case}")))
    }

    /// Another process begins to write a note.
    pub(crate) fn write_note(&mut self) {
        let (case, words) = (self.case.clone(), self.words());
        let mut command = support::command(self.home.path(), &["note", &case, &words]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        self.notes.push((case, words, child));
    }

    pub(crate) fn writing(&self) -> usize {
        self.notes.len()
    }

    /// Waits for the notes of other processes; gives what is wrong with how they ended.
    pub(crate) fn settle_notes(&mut self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (case, words, child) in std::mem::take(&mut self.notes) {
            let output = child.wait_with_output().unwrap();
            let (out, err) = support::texts(&output);
            let cited = out.strip_prefix("recorded ").and_then(|rest| rest.split(" as ").next());
            match cited.and_then(|cited| cited.split(", ").last()) {
                Some(cited) if output.status.success() => self.acknowledge(&case, cited, Some(words)),
                _ if output.status.code() == Some(1) && !err.contains("panicked") => {}
                _ => wrong.push(format!("note: {output:?}")),
            }
        }
        wrong
    }

    fn run(&self, arguments: &[&str]) -> Output {
        support::run(self.home.path(), arguments)
    }

    /// Looks for everything that was acknowledged, and has every case checked.
    pub(crate) fn look(&mut self) -> Found {
        let mut found = Found::default();
        let mut cases: Vec<String> = self.acknowledged.keys().map(|(case, _)| case.clone()).collect();
        cases.push(self.case.clone());
        cases.sort();
        cases.dedup();
        for case in cases {
            let entries = self.entries(&case);
            for ((_, cited), words) in self.acknowledged.iter().filter(|((known, _), _)| *known == case) {
                let at = format!("{case} {cited}");
                match entries.get(cited) {
                    None => found.lost.push(format!("{at} is not there (it held {words:?})")),
                    Some((text, _)) if words.as_ref().is_some_and(|words| !text.contains(words.as_str())) => {
                        found.lost.push(format!("{at} does not hold {words:?}: {text}"));
                    }
                    Some(_) => {}
                }
            }
            for (cited, (_, hash)) in entries {
                let known = self.hashes.entry((case.clone(), cited.clone())).or_insert_with(|| hash.clone());
                if *known != hash {
                    found.lost.push(format!("{case} {cited} has another hash than before"));
                }
            }
            let output = self.run(&["verify", &case, "--json"]);
            let ok = serde_json::from_slice::<Value>(&output.stdout).is_ok_and(|answer| answer["ok"] == true);
            if !ok && !self.moved.contains(&case) {
                found.damage.push(format!("verify {case}: {}", String::from_utf8_lossy(&output.stdout)));
            }
        }
        found
    }

    /// Every entry of a case: its data as text, and its hash.
    fn entries(&self, case: &str) -> BTreeMap<String, (String, String)> {
        let output = self.run(&["log", case, "--json"]);
        let rows = serde_json::from_slice::<Value>(&output.stdout).unwrap_or_default();
        let row = |row: &Value| {
            let (entry, hash) = (row["entry"].as_str()?, row["hash"].as_str()?);
            Some((entry.to_owned(), (row["record"]["data"].to_string(), hash.to_owned())))
        };
        rows.as_array().into_iter().flatten().filter_map(row).collect()
    }

    /// Removes what exports have left.
    pub(crate) fn sweep(&self) {
        let work = self.home.path().join("work");
        let _ = std::fs::remove_dir_all(&work);
        std::fs::create_dir_all(work).unwrap();
    }

    /// Says no more that these entries are there; the case is another one from now on.
    pub(crate) fn give_up_case(&mut self) {
        let case = self.case.clone();
        self.moved.push(case);
        self.begin_case();
    }
}
