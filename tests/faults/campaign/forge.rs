//! Forged bundles and cases: changed so that every manifest, chain and zip fits. `verify` must not call them intact.

use super::{
    acts::first_line,
    bench::{Bench, Dice, Scenario, Start, Trial, World},
    machine::How,
    tally::Wrong,
};
use carecert_react::{
    domain::{
        id::{ConsoleId, Hash},
        record::Head,
    },
    store::heads::{HeadFile, Heads},
};
use rusqlite::Connection;
use std::{
    io::{Cursor, Read as _, Write as _},
    sync::OnceLock,
};
use zip::{CompressionMethod, System, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// A bundle, taken apart.
#[derive(Clone)]
struct Bag {
    top: String,
    stamp: zip::DateTime,
    /// Paths below the top folder with contents, in their order.
    files: Vec<(String, Vec<u8>)>,
}

/// How the zip is written.
#[derive(Clone, Copy, Default)]
struct Packing {
    mode: u32,
    later: bool,
}

impl Bag {
    fn read(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let (mut top, mut stamp, mut files) = (String::new(), zip::DateTime::default(), Vec::new());
        for place in 0..archive.len() {
            let mut entry = archive.by_index(place).unwrap();
            let name = entry.name().unwrap().into_owned();
            let (folder, path) = name.split_once('/').unwrap();
            (top, stamp) = (folder.to_owned(), entry.last_modified().unwrap());
            let path = path.to_owned();
            let mut contents = Vec::new();
            entry.read_to_end(&mut contents).unwrap();
            files.push((path, contents));
        }
        Self { top, stamp, files }
    }

    fn find(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|(known, _)| known == path)
    }

    fn text(&self, path: &str) -> String {
        // An earlier change may have made it one that is no text.
        String::from_utf8_lossy(&self.files[self.find(path).unwrap()].1).into_owned()
    }

    fn set(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        let place = self.find(path).unwrap();
        self.files[place].1 = bytes.into();
    }

    /// Adds a file before the tag files at the end.
    fn add(&mut self, path: &str, bytes: &[u8]) {
        let place = self.find("bag-info.txt").unwrap_or(self.files.len());
        self.files.insert(place, (path.to_owned(), bytes.to_vec()));
    }

    /// Makes every manifest and the sum of sizes fit what is there.
    fn refit(&mut self) {
        let payload = || self.files.iter().filter(|(path, _)| path.starts_with("data/"));
        let line = |path: &str, bytes: &[u8]| format!("{}  {path}\n", Hash::of(bytes));
        let manifest: String = payload().map(|(path, bytes)| line(path, bytes)).collect();
        let sum = format!("{}.{}", payload().map(|(_, bytes)| bytes.len()).sum::<usize>(), payload().count());
        if self.find("bag-info.txt").is_some() {
            let info: String = self
                .text("bag-info.txt")
                .lines()
                .map(|line| {
                    if line.starts_with("Payload-Oxum") {
                        format!("Payload-Oxum: {sum}\n")
                    } else {
                        format!("{line}\n")
                    }
                })
                .collect();
            self.set("bag-info.txt", info);
        }
        if self.find("manifest-sha256.txt").is_some() {
            self.set("manifest-sha256.txt", manifest);
        }
        if self.find("tagmanifest-sha256.txt").is_some() {
            let tags: String = self
                .files
                .iter()
                .filter(|(path, _)| !path.starts_with("data/") && path != "tagmanifest-sha256.txt")
                .map(|(path, bytes)| line(path, bytes))
                .collect();
            self.set("tagmanifest-sha256.txt", tags);
        }
    }

    /// The zip as the program writes it.
    fn pack(&self, packing: Packing) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mode = if packing.mode == 0 { 0o644 } else { packing.mode };
        let stamp = if packing.later { zip::DateTime::default() } else { self.stamp };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(stamp)
            .system(System::Unix)
            .unix_permissions(mode)
            .large_file(false);
        for (path, bytes) in &self.files {
            zip.start_file(format!("{}/{path}", self.top), options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

/// The bundle that all forgeries begin with: of a case with a playbook, evidence and a note.
fn original(bench: &Bench) -> &'static (Vec<u8>, String) {
    static MADE: OnceLock<(Vec<u8>, String)> = OnceLock::new();
    MADE.get_or_init(|| {
        let world = bench.world(Start::Led);
        let mut silent = Trial::new(String::new(), 0, 0);
        let source = world.source("ransom.txt", b"pay us in 72 hours");
        let case = world.case.clone();
        world.command(&mut silent, ["evidence", "add", &case, source.to_str().unwrap()]);
        world.command(&mut silent, ["step", &case, "take-lead", "done", "--note", "Site manager rang"]);
        let out = world.out().join("good.zip");
        let ended = world.command(&mut silent, ["export", &case, "--out", out.to_str().unwrap()]);
        assert_eq!(ended.how, How::Exit(0), "{}", ended.err);
        let bytes = std::fs::read(out).unwrap();
        let mut bag = Bag::read(&bytes);
        bag.refit();
        assert!(bag.pack(Packing::default()) == bytes, "a bundle that is taken apart and put together is the same");
        (bytes, case)
    })
}

/// A way to forge a bundle; `None` where it does not apply.
type Forge = fn(&mut Bag, &mut Dice) -> Option<()>;

fn append(bag: &mut Bag, path: &str, text: &str) -> Option<()> {
    let place = bag.find(path)?;
    bag.files[place].1.extend_from_slice(text.as_bytes());
    Some(())
}

fn swap_text(bag: &mut Bag, path: &str, from: &str, to: &str) -> Option<()> {
    let text = bag.text(path);
    let changed = text.replacen(from, to, 1);
    bag.set(path, changed.clone());
    (changed != text).then_some(())
}

fn playbook_path(bag: &Bag) -> Option<String> {
    bag.files.iter().map(|(path, _)| path).find(|path| path.starts_with("data/playbooks/")).cloned()
}

fn item_path(bag: &Bag) -> Option<String> {
    bag.files.iter().map(|(path, _)| path).find(|path| path.starts_with("data/evidence/")).cloned()
}

/// Changes the lines of the records, chains them anew and makes heads and seals fit.
fn rechain(bag: &mut Bag, change: impl FnOnce(&mut Vec<String>)) -> Option<()> {
    let mut lines: Vec<String> = bag.text("data/records.jsonl").lines().map(str::to_owned).collect();
    change(&mut lines);
    chain(&mut lines);
    let heads = heads_of(&lines);
    let sealed: String =
        heads.iter().map(|(console, head)| format!("{console} {} {}\n", head.seq, head.hash)).collect();
    let seal = carecert_react::domain::record::seal::Seal::of(&heads);
    let mut text = String::new();
    for (letter, (console, head)) in ('A'..).zip(&heads) {
        text.push_str(&format!("{letter} {console} {} {}\n", head.seq, head.hash));
    }
    text.push_str(&format!("seal {seal} {}\n", Hash::of(sealed.as_bytes())));
    bag.set("data/heads.txt", text);
    let info: String = bag
        .text("bag-info.txt")
        .lines()
        .map(|line| match line.split_once(": ").map(|(label, _)| label) {
            Some("Carecert-Seal") => format!("Carecert-Seal: {seal}\n"),
            Some("Carecert-Records") => format!("Carecert-Records: {}\n", lines.len()),
            _ => format!("{line}\n"),
        })
        .collect();
    bag.set("bag-info.txt", info);
    bag.set("data/records.jsonl", lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    Some(())
}

/// Gives each line the hash of the one before it. The texts are changed in place, so that what is odd in them stays.
fn chain(lines: &mut [String]) {
    let mut before = Hash::ZERO;
    for line in lines {
        if let Some(at) = line.find("\"prev\":\"") {
            let at = at + "\"prev\":\"".len();
            line.replace_range(at..at + 64, &before.to_string());
        }
        before = Hash::of(line.as_bytes());
    }
}

/// Where the only log of these lines ends.
fn heads_of(lines: &[String]) -> Heads {
    let last = lines.last().cloned().unwrap_or_default();
    let part = |name: &str| {
        let rest = last.split(&format!("\"{name}\":")).nth(1).unwrap_or_default();
        rest.trim_start_matches('"').chars().take_while(|c| c.is_ascii_alphanumeric()).collect::<String>()
    };
    let console = ConsoleId::parse(&part("console")).unwrap();
    Heads::from([(console, Head { seq: part("seq").parse().unwrap(), hash: Hash::of(last.as_bytes()) })])
}

const FORGERIES: &[(&str, Forge)] = &[
    ("report-html", |bag, _| swap_text(bag, "data/report.html", "Wards cannot log in", "Wards can log in")),
    ("report-html-script", |bag, _| swap_text(bag, "data/report.html", "</body>", "<script>alert(1)</script></body>")),
    ("report-md", |bag, _| append(bag, "data/report.md", "\nNothing was lost.\n")),
    ("timeline-csv", |bag, _| append(bag, "data/timeline.csv", "=cmd|' /C calc'!A0\r\n")),
    ("timeline-jsonl", |bag, _| append(bag, "data/timeline.jsonl", "{\"message\":\"x\"}\n")),
    ("evidence-csv", |bag, _| swap_text(bag, "data/evidence.csv", "ransom.txt", "lunch.txt")),
    ("readme", |bag, _| append(bag, "data/README.txt", "\nRun run-me.exe to check this.\n")),
    ("heads", |bag, _| append(bag, "data/heads.txt", "B xxxx 1 00\n")),
    ("playbook", |bag, _| {
        let path = playbook_path(bag)?;
        append(bag, &path, "// changed\n")
    }),
    ("item", |bag, _| {
        let path = item_path(bag)?;
        append(bag, &path, "!")
    }),
    ("info-field", |bag, _| swap_text(bag, "bag-info.txt", "TLP:AMBER", "TLP:CLEAR")),
    ("info-title", |bag, _| swap_text(bag, "bag-info.txt", "Wards cannot log in", "Wards can log in")),
    ("info-date", |bag, _| {
        let text = bag.text("bag-info.txt");
        let date = text.split("Bagging-Date: ").nth(1)?.lines().next()?.to_owned();
        swap_text(bag, "bag-info.txt", &date, "1999-01-01")
    }),
    ("info-added", |bag, _| append(bag, "bag-info.txt", "Contact-Email: evil@example.com\n")),
    ("bagit", |bag, _| append(bag, "bagit.txt", "Extra: 1\n")),
    ("added-program", |bag, _| {
        bag.add("data/run-me.exe", b"MZ");
        Some(())
    }),
    ("added-item", |bag, _| {
        bag.add("data/evidence/A99-extra.bin", b"not recorded");
        Some(())
    }),
    ("added-playbook", |bag, _| {
        bag.add("data/playbooks/other.ron", b"()");
        Some(())
    }),
    ("added-report", |bag, _| {
        bag.add("data/report.pdf", b"%PDF-1.4");
        Some(())
    }),
    ("added-tag", |bag, _| {
        bag.add("notes.txt", b"all is well");
        Some(())
    }),
    ("added-manifest", |bag, _| {
        bag.add("manifest-sha512.txt", b"00  data/records.jsonl\n");
        Some(())
    }),
    ("added-fetch", |bag, _| {
        bag.add("fetch.txt", b"http://example.com/x 1 data/x\n");
        Some(())
    }),
    ("added-hidden", |bag, _| {
        bag.add("data/.DS_Store", b"x");
        Some(())
    }),
    ("removed", |bag, dice| {
        let places: Vec<usize> = (0..bag.files.len()).collect();
        bag.files.remove(*dice.of(&places));
        Some(())
    }),
    ("renamed", |bag, dice| {
        let place = dice.below(bag.files.len() as u64) as usize;
        bag.files[place].0.push('x');
        Some(())
    }),
    ("renamed-item", |bag, _| {
        let path = item_path(bag)?;
        let place = bag.find(&path)?;
        bag.files[place].0 = path.replace("ransom", "lunch");
        Some(())
    }),
    ("reordered", |bag, dice| {
        let count = bag.files.len() as u64 - 4;
        let (one, other) = (1 + dice.below(count) as usize, 1 + dice.below(count) as usize);
        bag.files.swap(one, other);
        (one != other).then_some(())
    }),
    ("swapped-contents", |bag, _| {
        let (one, other) = (bag.find("data/report.md")?, bag.find("data/README.txt")?);
        let text = bag.files[one].1.clone();
        bag.files[one].1 = bag.files[other].1.clone();
        bag.files[other].1 = text;
        Some(())
    }),
    ("emptied", |bag, dice| {
        let place = dice.below(bag.files.len() as u64) as usize;
        bag.files[place].1.clear();
        Some(())
    }),
    ("record-changed", |bag, _| rechain(bag, |lines| lines[3] = lines[3].replace("Theatre 2", "Theatre 9"))),
    ("record-dropped", |bag, _| rechain(bag, |lines| drop(lines.pop()))),
    ("record-spaced", |bag, _| rechain(bag, |lines| lines[3].push(' '))),
    ("record-doubled-key", |bag, _| {
        rechain(bag, |lines| lines[3] = lines[3].replace("\"data\":{", "\"data\":{\"text\":\"other\","))
    }),
    ("record-escaped", |bag, _| rechain(bag, |lines| lines[3] = lines[3].replace("Theatre", "\\u0054heatre"))),
    ("record-carriage", |bag, _| {
        let text = bag.text("data/records.jsonl").replace('\n', "\r\n");
        bag.set("data/records.jsonl", text);
        Some(())
    }),
    ("record-marked", |bag, _| {
        let text = format!("\u{feff}{}", bag.text("data/records.jsonl"));
        bag.set("data/records.jsonl", text);
        Some(())
    }),
    ("record-blank-line", |bag, _| append(bag, "data/records.jsonl", "\n")),
    ("record-no-end", |bag, _| {
        let text = bag.text("data/records.jsonl");
        bag.set("data/records.jsonl", text.trim_end());
        Some(())
    }),
    ("playbook-other-in-record", |bag, _| {
        rechain(bag, |lines| {
            lines[2] = lines[2].replacen(
                "\"playbook\":{\"id\":\"ransomware\",\"version\":\"",
                "\"playbook\":{\"id\":\"ransomware\",\"version\":\"9",
                1,
            )
        })
    }),
    ("random", |bag, dice| {
        let place = dice.below(bag.files.len() as u64) as usize;
        let bytes = &mut bag.files[place].1;
        let at = dice.below(bytes.len() as u64) as usize;
        match dice.below(3) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes.insert(at, b'x'),
            _ => drop(bytes.remove(at)),
        }
        Some(())
    }),
];

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut all: Vec<Scenario> = FORGERIES
        .iter()
        .map(|(name, forge)| {
            let few = if *name == "random" { 12 } else { 1 };
            Scenario::new(format!("forge/bundle/{name}"), few, move |bench, trial| forge_bundle(bench, trial, *forge))
        })
        .collect();
    all.push(Scenario::new("forge/container".to_owned(), 8, forge_container));
    all.extend(CASES.iter().map(|case| {
        Scenario::new(format!("forge/case/{}", case.0), 1, move |bench, trial| forge_case(bench, trial, case))
    }));
    all
}

fn forge_bundle(bench: &Bench, trial: &mut Trial, forge: Forge) {
    let mut bag = Bag::read(&original(bench).0);
    if forge(&mut bag, &mut trial.dice).is_none() {
        trial.note("this does not apply here");
        return;
    }
    bag.refit();
    let bytes = bag.pack(Packing::default());
    if bytes == original(bench).0 {
        return;
    }
    judge_bundle(bench, trial, &bytes);
}

/// The contents are right, and the zip around them is not as the program writes it.
fn forge_container(bench: &Bench, trial: &mut Trial) {
    let (good, _) = original(bench);
    let bag = Bag::read(good);
    let bytes = match trial.number % 8 {
        0 => [good.as_slice(), b"and more"].concat(),
        1 => [b"#!/bin/sh\n".as_slice(), good].concat(),
        2 => bag.pack(Packing { mode: 0o755, ..Packing::default() }),
        3 => bag.pack(Packing { later: true, ..Packing::default() }),
        4 => good[..good.len() - 1].to_vec(),
        5 => {
            let mut other = bag;
            other.top.push('x');
            other.pack(Packing::default())
        }
        6 => {
            let mut changed = good.clone();
            let at = trial.dice.below(changed.len() as u64) as usize;
            changed[at] ^= 1 << trial.dice.below(8);
            changed
        }
        _ => good[..trial.dice.below(good.len() as u64) as usize].to_vec(),
    };
    judge_bundle(bench, trial, &bytes);
}

fn judge_bundle(bench: &Bench, trial: &mut Trial, bytes: &[u8]) {
    let world = bench.world(Start::Empty);
    let path = world.source("forged.zip", bytes);
    let ended = world.command(trial, ["verify", path.to_str().unwrap()]);
    match ended.how {
        How::Exit(1 | 3) | How::Never => {}
        How::Exit(0) => trial.fail(Wrong::Status, "verify calls a forged bundle intact"),
        how => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
}

/// What `verify` must say of a forged case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Say {
    /// Not intact.
    Fault,
    /// Intact or not, but with a notice.
    Notice,
}

/// What is done to the rows and to the head file.
struct Deal<'a> {
    world: &'a World,
    lines: Vec<String>,
    heads: Heads,
}

type Case = (&'static str, Say, fn(&mut Deal<'_>));

fn edit(deal: &mut Deal<'_>, place: usize, from: &str, to: &str) {
    let changed = deal.lines[place].replacen(from, to, 1);
    assert_ne!(changed, deal.lines[place], "{from}");
    deal.lines[place] = changed;
}

/// Chains the rows anew, and lets the head file say so.
fn make_fit(deal: &mut Deal<'_>) {
    chain(&mut deal.lines);
    deal.heads = heads_of(&deal.lines);
}

/// One more entry like the last, chained to it.
fn add_line(deal: &mut Deal<'_>) {
    let last = deal.lines.last().cloned().unwrap_or_default();
    let seq = deal.heads.values().next().unwrap().seq;
    let mut next = last.replacen(&format!("\"seq\":{seq}"), &format!("\"seq\":{}", seq + 1), 1);
    // The order goes on too.
    if let Some(at) = next.find("\"order\":\"") {
        let at = at + 9 + 17;
        next.replace_range(at..at + 4, "0009");
    }
    deal.lines.push(next);
}

const CASES: &[Case] = &[
    ("last-changed", Say::Fault, |deal| edit(deal, 3, "Theatre 2", "Theatre 9")),
    ("changed-and-appended", Say::Fault, |deal| {
        edit(deal, 3, "Theatre 2", "Theatre 9");
        add_line(deal);
        chain(&mut deal.lines);
    }),
    ("dropped", Say::Fault, |deal| drop(deal.lines.pop())),
    ("heads-lag-three", Say::Fault, |deal| {
        let heads = deal.heads.clone();
        for _ in 0..3 {
            add_line(deal);
            deal.heads = heads_of(&deal.lines);
        }
        chain(&mut deal.lines);
        deal.heads = heads;
    }),
    ("heads-ahead", Say::Fault, |deal| deal.heads.values_mut().for_each(|head| head.seq += 1)),
    ("heads-other-hash", Say::Fault, |deal| deal.heads.values_mut().for_each(|head| head.hash = Hash::of(b"other"))),
    ("heads-empty", Say::Fault, |deal| deal.heads.clear()),
    ("space", Say::Fault, |deal| {
        deal.lines[3].push(' ');
        make_fit(deal);
    }),
    ("space-inside", Say::Fault, |deal| {
        edit(deal, 3, "\"data\":{", "\"data\": {");
        make_fit(deal);
    }),
    ("line-feed", Say::Fault, |deal| {
        edit(deal, 3, "\"data\":{", "\"data\":{\n");
        make_fit(deal);
    }),
    ("doubled-key", Say::Fault, |deal| {
        edit(deal, 3, "\"data\":{", "\"data\":{\"text\":\"other\",");
        make_fit(deal);
    }),
    ("doubled-key-outside", Say::Fault, |deal| {
        edit(deal, 3, "\"offset\":", "\"offset\":0,\"offset\":");
        make_fit(deal);
    }),
    ("deep", Say::Fault, |deal| {
        edit(deal, 3, "\"data\":{", &format!("\"data\":{{\"x\":{}{},", "[".repeat(200), "]".repeat(200)));
        make_fit(deal);
    }),
    ("playbook-other-than-text", Say::Fault, |deal| {
        edit(
            deal,
            2,
            "\"playbook\":{\"id\":\"ransomware\",\"version\":\"",
            "\"playbook\":{\"id\":\"ransomware\",\"version\":\"9",
        );
        make_fit(deal);
    }),
    ("playbook-step-other-than-text", Say::Fault, |deal| {
        edit(deal, 2, "\"title\":\"Take the lead, aloud\"", "\"title\":\"Pay the ransom\"");
        make_fit(deal);
    }),
    ("playbook-not-built-in", Say::Fault, |deal| {
        // The entry states the hash of the text: that fits too.
        let hash_of = |line: &str| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            Hash::of(record["data"]["source"].as_str().unwrap().as_bytes()).to_string()
        };
        let before = hash_of(&deal.lines[2]);
        edit(deal, 2, "// Ransomware in a hospital", "// Ransomware in an hospital");
        let after = hash_of(&deal.lines[2]);
        edit(deal, 2, &before, &after);
        make_fit(deal);
    }),
    ("time-before", Say::Notice, |deal| {
        edit(deal, 3, "\"at\":\"20", "\"at\":\"19");
        make_fit(deal);
    }),
    ("time-years-after", Say::Notice, |deal| {
        edit(deal, 3, "\"at\":\"20", "\"at\":\"30");
        make_fit(deal);
    }),
];

fn forge_case(bench: &Bench, trial: &mut Trial, case: &'static Case) {
    let world = bench.world(Start::Led);
    let connection = Connection::open(world.file("case.sqlite3")).unwrap();
    let lines: Vec<String> = {
        let mut rows = connection.prepare("SELECT text FROM record ORDER BY id").unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let heads = heads_of(&lines);
    let mut deal = Deal { world: &world, lines, heads };
    (case.2)(&mut deal);
    let triggers = carecert_react::store::schema::SCHEMA[2..].join(";");
    connection
        .execute_batch("BEGIN; DROP TRIGGER record_stays; DROP TRIGGER record_as_written; DELETE FROM record")
        .unwrap();
    for (id, line) in (1_i64..).zip(&deal.lines) {
        connection.execute("INSERT INTO record (id, text) VALUES (?1, ?2)", (id, line)).unwrap();
    }
    connection.execute_batch(&format!("{triggers}; COMMIT")).unwrap();
    drop(connection);
    HeadFile::at(deal.world.file("case.heads")).create(90, &deal.heads).unwrap();
    let ended = world.command(trial, ["verify", &world.case]);
    judge_forged(trial, case.1, "case", ended.how, &ended.out);
    if case.1 == Say::Fault && ended.how != How::Exit(0) {
        // One more entry must not make it look better.
        world.command(trial, ["note", &world.case, "and it goes on"]);
        let again = world.command(trial, ["verify", &world.case]);
        trial.check(again.how != How::Exit(0), Wrong::Status, || {
            "a forged case is called intact once an entry more is recorded".to_owned()
        });
        return;
    }
    let out = world.out().join("x.zip");
    let exported = world.command(trial, ["export", &world.case, "--out", out.to_str().unwrap()]);
    if exported.how == How::Exit(0) {
        let verified = world.command(trial, ["verify", out.to_str().unwrap()]);
        if ended.how == How::Exit(0) && case.1 == Say::Fault {
            let said = first_line(&verified.out, "");
            trial.check(verified.how == How::Exit(0), Wrong::Status, || {
                format!("the case is intact and its own bundle is not: {said}")
            });
        }
        if case.1 == Say::Notice {
            judge_forged(trial, case.1, "bundle", verified.how, &verified.out);
        }
    }
}

fn judge_forged(trial: &mut Trial, say: Say, what: &str, how: How, out: &str) {
    match (how, say) {
        (How::Exit(1 | 3), Say::Fault) | (How::Never, _) => {}
        (How::Exit(0), Say::Fault) => trial.fail(Wrong::Status, format!("verify calls a forged {what} intact")),
        (How::Exit(0 | 1 | 3), Say::Notice) => {
            let noticed = out.contains("notice") || out.contains("DAMAGE");
            trial.check(noticed, Wrong::Status, || format!("verify does not notice the times of a {what}"));
        }
        (how, _) => trial.fail(Wrong::Status, format!("ended with {how:?}")),
    }
}
