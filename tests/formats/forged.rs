//! Forgeries: cases and bundles in which every hash, head and manifest was made to fit around something that was
//! changed. `verify` calls none of them intact, unless only the seal could tell.

use crate::forge::{Files, alter, chain_again, heads_of, lines, write_case, write_heads, write_log};
use crate::support::{self, copy, ok, run, texts};
use carecert_react::domain::{
    event::Note,
    id::{ConsoleId, Hash},
    record::{Draft, Head, Record},
    time::{Now, Time},
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A home with one case of every sort of entry that others refer to, closed.
struct World {
    home: tempfile::TempDir,
    folder: PathBuf,
}

impl World {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let at = home.path();
        let case = ok(at, &["new", "--title", "Wards cannot log in", "--playbook", "ransomware"]).trim().to_owned();
        let note = at.join("ransom.txt");
        std::fs::write(&note, "pay us").unwrap();
        let other = at.join("other.txt");
        std::fs::write(&other, "pay me").unwrap();
        ok(at, &["evidence", "add", &case, note.to_str().unwrap()]);
        ok(at, &["evidence", "add", &case, other.to_str().unwrap()]);
        ok(at, &["note", &case, "Theatre 2 on paper"]);
        ok(
            at,
            &["decide", &case, "--question", "Divert?", "--choice", "No", "--why", "ED works", "--decided-by", "M. F."],
        );
        let decided = lines(&folder_of(at)).iter().position(|line| line.contains("\"decision.made\"")).unwrap() + 1;
        ok(at, &["countersign", &case, &format!("A{decided}"), "--who", "S. Khan"]);
        ok(at, &["correct", &case, &format!("A{}", decided - 1), "Theatre 3", "--why", "misheard"]);
        ok(at, &["handover", &case, "--to", "B. Singh"]);
        let folder = folder_of(at);
        Self { home, folder }
    }

    /// A copy of the case, to be forged.
    fn copied(&self) -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("case");
        copy(&self.folder, &folder);
        (place, folder)
    }

    fn bundle(&self) -> Files {
        Files::of(&bundle_of(self.home.path(), &self.folder).unwrap())
    }
}

fn folder_of(home: &Path) -> PathBuf {
    std::fs::read_dir(home.join("cases")).unwrap().next().unwrap().unwrap().path()
}

/// The bundle of a case, or what the export says instead. The case itself stays as it is.
fn bundle_of(home: &Path, folder: &Path) -> Result<Vec<u8>, String> {
    let place = tempfile::tempdir().unwrap();
    let (copied, out) = (place.path().join("case"), place.path().join("out.zip"));
    copy(folder, &copied);
    let output = run(home, &["export", copied.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    if output.status.success() { Ok(std::fs::read(out).unwrap()) } else { Err(texts(&output).1) }
}

/// The exit status of `verify`, and its findings as lines of level, kind, place and what.
#[derive(Debug)]
struct Checked {
    status: i32,
    findings: Vec<String>,
}

impl Checked {
    fn with(&self, words: &str) -> usize {
        self.findings.iter().filter(|finding| finding.contains(words)).count()
    }
}

fn verify(path: &Path) -> Checked {
    let home = tempfile::tempdir().unwrap();
    let output = run(home.path(), &["verify", path.to_str().unwrap(), "--json"]);
    checked(&output)
}

fn checked(output: &std::process::Output) -> Checked {
    let (out, err) = texts(output);
    let status = output.status.code().unwrap();
    let answer: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{status}: {out}{err}"));
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let line = |finding: &Value| ["level", "kind", "place", "what"].map(|key| text(finding, key)).join(" ");
    Checked { status, findings: answer["findings"].as_array().unwrap().iter().map(line).collect() }
}

fn verify_bytes(bytes: &[u8]) -> Checked {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("bundle.zip");
    std::fs::write(&path, bytes).unwrap();
    verify(&path)
}

#[test]
fn a_good_case_and_a_bundle_that_is_packed_again_are_intact() {
    let world = World::new();
    let case = verify(&world.folder);
    assert_eq!((case.status, case.findings.len()), (0, 0), "{case:?}");
    let mut files = world.bundle();
    let bundle = verify_bytes(&files.fit().pack());
    assert_eq!((bundle.status, bundle.findings.len()), (0, 0), "the forger packs as carecert does: {bundle:?}");
    let (_place, folder) = world.copied();
    write_case(&folder, &lines(&world.folder));
    let again = verify(&folder);
    assert_eq!((again.status, again.findings.len()), (0, 0), "the forger writes as carecert does: {again:?}");
}

#[test]
fn what_is_rendered_from_the_records_cannot_be_changed() {
    let world = World::new();
    let good = world.bundle();
    for (path, from, to) in [
        ("data/report.html", "Wards cannot log in", "Wards can log in"),
        ("data/report.md", "Theatre 3", "Theatre 4"),
        ("data/timeline.csv", "ED works", "ED worked"),
        ("data/timeline.jsonl", "Theatre", "theatre"),
        ("data/evidence.csv", "ransom.txt", "random.txt"),
        ("data/README.txt", "sha256sum", "md5sum"),
        ("bag-info.txt", "Bagging-Date: 20", "Bagging-Date: 19"),
        ("bag-info.txt", "External-Description: Wards", "External-Description: Towards"),
        ("bag-info.txt", "TLP:AMBER", "TLP:CLEAR"),
        ("bag-info.txt", "External-Description", "Internal-Description"),
        ("bag-info.txt", "Payload-Oxum", "Contact-Email: x@example.org\nPayload-Oxum"),
    ] {
        let mut files = good.clone();
        files.edit(path, |text| text.replacen(from, to, 1)).fit();
        let found = verify_bytes(&files.pack());
        assert_eq!(found.status, 3, "{path} {to}: {found:?}");
        assert_eq!((found.findings.len(), found.with(path)), (1, 1), "{path} {to}: {found:?}");
    }
}

#[test]
fn what_no_entry_accounts_for_is_found() {
    let world = World::new();
    let good = world.bundle();
    for path in [
        "data/run-me.exe",
        "data/deep/down/run-me.exe",
        "data/evidence/A99-run-me.exe",
        "data/playbooks/run-me.ron",
        "run-me.exe",
        "manifest-md5.txt",
        "fetch.txt",
    ] {
        let mut files = good.clone();
        let found = verify_bytes(&files.add(path, b"MZ").fit().pack());
        assert_eq!(found.status, 3, "{path}: {found:?}");
        assert_eq!((found.findings.len(), found.with(path)), (1, 1), "{path}: {found:?}");
    }
    let mut files = good.clone();
    files.add("data/run-me.exe", b"MZ").fit();
    let place = files.files.iter().position(|(path, _)| path == "data/run-me.exe").unwrap();
    files.files[place].0 = "//other/data/run-me.exe".into();
    let found = verify_bytes(&files.pack());
    assert!(found.status == 3 && found.with("other") > 0, "a second top folder: {found:?}");
}

#[test]
fn order_says_nothing_and_is_still_that_of_carecert() {
    let world = World::new();
    let good = world.bundle();
    let mut files = good.clone();
    files.files.swap(2, 3);
    let found = verify_bytes(&files.fit().pack());
    assert_eq!((found.status, found.with("ask the sender for")), (3, 1), "files in another order: {found:?}");
    for manifest in ["manifest-sha256.txt", "bag-info.txt"] {
        let mut files = good.clone();
        files.edit(manifest, |text| {
            let mut lines: Vec<&str> = text.lines().collect();
            lines.reverse();
            lines.join("\n") + "\n"
        });
        if manifest == "bag-info.txt" {
            files.fit();
        } else {
            let tags = good.text("tagmanifest-sha256.txt");
            let (old, new) = (good.text(manifest), files.text(manifest));
            let [old, new] = [old, new].map(|text| Hash::of(text.as_bytes()).to_string());
            files.edit("tagmanifest-sha256.txt", |_| tags.replacen(&old, &new, 1));
        }
        let found = verify_bytes(&files.pack());
        assert_eq!(found.status, 3, "{manifest} in another order: {found:?}");
    }
}

/// What a bundle says made it.
const AGENT: &str = "Bag-Software-Agent: carecert-react, rendering ";

#[test]
fn what_another_version_made_is_listed_and_never_called_intact() {
    let world = World::new();
    let good = world.bundle();
    let info = good.text("bag-info.txt");
    let own = info.lines().find(|line| line.starts_with(AGENT)).unwrap().to_owned();
    for other in [
        format!("{AGENT}2\n"),
        format!("{AGENT}4000000000\n"),
        format!("{AGENT}0\n"),
        "Bag-Software-Agent: bagit.py\n".into(),
        String::new(),
    ] {
        let state = |files: &mut Files| {
            files.edit("bag-info.txt", |text| text.replacen(&format!("{own}\n"), &other, 1)).fit();
        };
        let mut files = good.clone();
        state(&mut files);
        let found = verify_bytes(&files.pack());
        // The rest of it is what this version makes, too.
        assert_eq!((found.status, found.findings.len()), (1, 1), "{other}{found:?}");
        assert_eq!(found.with("unchecked not-checked bag-info.txt"), 1, "{other}{found:?}");
        let mut files = good.clone();
        files.edit("data/report.html", |text| text.replacen("Wards", "Towards", 1));
        files.edit("data/timeline.csv", |text| text.replacen("ED", "We", 1));
        state(&mut files);
        let found = verify_bytes(&files.pack());
        assert_eq!(found.status, 1, "{other}{found:?}");
        assert_eq!(found.with("unchecked"), 3, "{other}{found:?}");
        assert_eq!(found.with("data/report.html") + found.with("data/timeline.csv"), 2, "{other}{found:?}");
        let mut files = good.clone();
        state(files.add("data/run-me.exe", b"MZ"));
        let found = verify_bytes(&files.pack());
        let later = other.contains("4000000000") || other.contains("rendering 2");
        assert_eq!(found.status, if later { 1 } else { 3 }, "what a later version adds is not known: {other}{found:?}");
        let mut files = good.clone();
        state(files.edit("data/records.jsonl", |text| text.replacen("ED works", "ED worked", 1)));
        assert_eq!(verify_bytes(&files.pack()).status, 3, "{other}records are records");
        let mut files = good.clone();
        state(files.add("data/evidence/A99-x", b"MZ"));
        assert_eq!(verify_bytes(&files.pack()).status, 3, "{other}so is evidence");
    }
}

/// What is not even text is not passed over for that.
#[test]
fn a_tag_file_that_is_no_text_is_damage() {
    let world = World::new();
    for name in ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"] {
        let good = world.bundle();
        let place = good.files.iter().position(|(path, _)| path == name).unwrap();
        for large in [false, true] {
            let mut files = good.clone();
            let bytes = &mut files.files[place].1;
            if large {
                bytes.resize(65 << 20, b' ')
            } else {
                bytes[4] ^= 0x80
            }
            // The others are read to make them fit.
            let found = verify_bytes(&if name == "bagit.txt" { files.fit().pack() } else { files.pack() });
            assert_eq!(found.status, 3, "{name}, {large}: {found:?}");
        }
    }
}

#[test]
fn evidence_under_another_name_is_known_by_its_contents_if_another_version_named_it() {
    let world = World::new();
    let mut files = world.bundle();
    let item = files.files.iter().position(|(path, _)| path.ends_with("-ransom.txt")).unwrap();
    files.files[item].0 = files.files[item].0.replace("-ransom", "_ransom");
    let found = verify_bytes(&files.clone().fit().pack());
    assert_eq!(found.status, 3, "{found:?}");
    files.edit("bag-info.txt", |text| text.replacen(AGENT, &format!("{AGENT}9"), 1)).fit();
    let found = verify_bytes(&files.pack());
    assert_eq!((found.status, found.findings.len(), found.with("bag-info.txt")), (1, 1, 1), "{found:?}");
}

/// The same forged log as a case and in a bundle: both are checked, and must be found alike. Gives the two answers; the
/// bundle is the good one with the records and what states their end replaced, as far as a forger could.
fn forged_twice(world: &World, lines: &[String], raw: Option<&dyn Fn(&Path)>) -> [Checked; 2] {
    let (_place, folder) = world.copied();
    match raw {
        Some(raw) => raw(&folder),
        None => write_case(&folder, lines),
    }
    let case = verify(&folder);
    let bundle = match bundle_of(world.home.path(), &folder) {
        Ok(bytes) => verify_bytes(&bytes),
        Err(_) => {
            // What cannot be exported can still be packed by hand.
            let mut files = world.bundle();
            files.edit("data/records.jsonl", |_| lines.iter().map(|line| format!("{line}\n")).collect());
            verify_bytes(&files.fit().pack())
        }
    };
    [case, bundle]
}

/// The log up to the first entry that others refer to by its hash, so that it can be chained again unnoticed.
fn before_references(world: &World) -> Vec<String> {
    let mut lines = lines(&world.folder);
    lines.truncate(lines.iter().position(|line| line.contains("\"decision.made\"")).unwrap());
    lines
}

fn last(lines: &[String]) -> &str {
    lines.last().unwrap()
}

/// The lines with the last one changed.
fn with_last(lines: &[String], change: impl FnOnce(&str) -> String) -> Vec<String> {
    let mut changed = lines.to_vec();
    let line = changed.pop().unwrap();
    let new = change(&line);
    assert_ne!(line, new);
    changed.push(new);
    changed
}

#[test]
fn a_line_is_spelled_in_one_way_in_a_case_and_in_a_bundle() {
    let world = World::new();
    let good = lines(&world.folder);
    let newer = |data: &str| {
        let line = last(&good);
        let (head, _) = line.split_once("\"type\"").unwrap();
        format!("{head}\"type\":\"x.new\",\"data\":{data}}}")
    };
    let deep = format!("{}{}", "[".repeat(110), "]".repeat(110));
    type Change<'a> = Box<dyn Fn(&str) -> String + 'a>;
    let odd: Vec<(&str, Change<'_>)> = vec![
        ("trailing space", Box::new(|line| format!("{line} "))),
        ("leading space", Box::new(|line| format!(" {line}"))),
        ("line feed", Box::new(|line| line.replacen(",\"type\"", ",\n\"type\"", 1))),
        ("carriage return", Box::new(|line| format!("{line}\r"))),
        ("tab", Box::new(|line| line.replacen("\"data\":", "\"data\":\t", 1))),
        (
            "order of keys",
            Box::new(|line| line.replacen("{\"v\":1,", "{", 1).replacen(",\"by\"", ",\"v\":1,\"by\"", 1)),
        ),
        ("escaped letter", Box::new(|line| line.replacen("B. Singh", "\\u0042. Singh", 1))),
        ("escaped slash", Box::new(|line| line.replacen("\"text\":\"", "\"text\":\"\\/", 1).replace("\\/", "\\u002f"))),
        ("another form of a time", Box::new(|line| line.replacen("Z\",\"offset\"", "+00:00\",\"offset\"", 1))),
        ("null for nothing", Box::new(|line| line.replacen(",\"type\"", ",\"occurred\":null,\"type\"", 1))),
        ("doubled key in data", Box::new(|_| newer("{\"a\":1,\"a\":2}"))),
        ("doubled key, escaped", Box::new(|_| newer("{\"a\":1,\"b\":{\"c\":1,\"\\u0063\":2}}"))),
        ("absurd depth", Box::new(move |_| newer(&deep))),
        ("no number", Box::new(|_| newer("{\"a\":1e9999}"))),
        ("half a character", Box::new(|_| newer("{\"a\":\"\\ud800\"}"))),
        ("data of another type", Box::new(|line| line.replacen("\"handover.made\"", "\"note\"", 1))),
    ];
    for (how, change) in odd {
        let forged = with_last(&good, |line| change(line));
        for found in forged_twice(&world, &forged, None) {
            assert_eq!(found.status, 3, "{how}: {found:?}");
        }
    }
    let newer = with_last(&good, |_| newer("{\"z\":1,\"a\":[1.5,null,{\"b\":\"\\u0007\"}]}"));
    for found in forged_twice(&world, &newer, None) {
        assert_eq!((found.status, found.with("notice unknown-entry")), (0, 1), "of a later version: {found:?}");
    }
}

#[test]
fn a_log_of_several_lines_an_entry_is_not_exported() {
    let world = World::new();
    let (_place, folder) = world.copied();
    write_case(&folder, &with_last(&lines(&folder), |line| line.replacen(",\"type\"", ",\n\"type\"", 1)));
    let err = bundle_of(world.home.path(), &folder).unwrap_err();
    assert!(err.contains("is not one line") && err.contains("carecert verify"), "{err}");
}

#[test]
fn a_case_is_not_exported_without_an_entry_that_cannot_be_read() {
    let world = World::new();
    let (_place, folder) = world.copied();
    write_case(&folder, &with_last(&lines(&folder), |line| line.replacen("\"v\":1", "\"v\":\"1\"", 1)));
    let out = folder.join("../out");
    for (format, exported) in [("bundle", false), ("jsonl", false), ("html", true)] {
        let arguments = ["export", folder.to_str().unwrap(), "--format", format, "--out", out.to_str().unwrap()];
        let output = run(world.home.path(), &arguments);
        let err = texts(&output).1;
        assert_eq!((output.status.success(), out.exists()), (exported, exported), "{format}: {err}");
        assert!(exported || err.contains("cannot be read") && err.contains("carecert verify"), "{format}: {err}");
    }
}

#[test]
fn a_row_is_text_and_utf_8() {
    let world = World::new();
    let marked = with_last(&lines(&world.folder), |line| line.replacen("B. Singh", "B. \u{fffd}ingh", 1));
    let (_place, folder) = world.copied();
    let mut forged = marked.clone();
    let text = forged.pop().unwrap();
    write_case(&folder, &marked);
    assert_eq!(verify(&folder).status, 0, "the sign itself is a letter like others");
    // The same letter once it is shown, by a byte that is none.
    let raw = text.as_bytes().windows(3).position(|window| window == "\u{fffd}".as_bytes()).unwrap();
    let bytes = [&text.as_bytes()[..raw], b"\xff", &text.as_bytes()[raw + 3..]].concat();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = forged.len() + 1;
    for value in [format!("CAST(x'{hex}' AS TEXT)"), format!("x'{hex}'")] {
        write_log(&folder, &forged);
        // STRICT is for those who keep to it.
        alter(
            &folder,
            &format!(
                "PRAGMA writable_schema = ON;
                 UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'record';
                 PRAGMA writable_schema = RESET;
                 INSERT INTO record (id, text) VALUES ({id}, {value});
                 PRAGMA writable_schema = ON;
                 UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'record';
                 PRAGMA writable_schema = RESET;"
            ),
        );
        let found = verify(&folder);
        assert_eq!(found.status, 3, "{value:.8}: {found:?}");
        assert!(found.with("not UTF-8") + found.with("something else than text") > 0, "{found:?}");
    }
}

#[test]
fn a_playbook_is_that_of_its_own_text() {
    let world = World::new();
    let good = before_references(&world);
    let place = good.iter().position(|line| line.contains("\"playbook.attached\"")).unwrap();
    let read: Value = serde_json::from_str(&good[place]).unwrap();
    let (source, sha256) = (read["data"]["source"].as_str().unwrap(), read["data"]["sha256"].as_str().unwrap());
    let written = |text: &str| serde_json::to_string(text).unwrap();
    // Each way for an attached one and for one that was updated.
    let update = |line: &str| {
        let from = ",\"from\":\"0\",\"changes\":[],\"why\":\"\"}}";
        let line = line.replacen("\"playbook.attached\"", "\"playbook.updated\"", 1).replacen("\"v\":2", "\"v\":1", 1);
        line.strip_suffix("}}").unwrap().to_owned() + from
    };
    let with = |line: String| {
        let mut changed = good.clone();
        changed[place] = line;
        chain_again(&changed)
    };
    let title = "\"title\":\"Ransomware or";
    assert!(good[place].contains(title) && source.contains("title: \"Ransomware or"));
    let own = source.replacen("title: \"Ransomware or", "title: \"Ransom or", 1);
    let relabelled = |text: &str| {
        let line = good[place].replacen(&written(source), &written(text), 1);
        line.replacen(sha256, &Hash::of(text.as_bytes()).to_string(), 1)
    };
    let mine = relabelled(&own).replacen(title, "\"title\":\"Ransom or", 1);
    let honest = mine.replacen("\"origin\":\"built-in\"", "\"origin\":\"mine.ron\"", 1);
    for (how, line, status, words) in [
        ("as it is", good[place].clone(), 0, ""),
        ("one's own", honest.clone(), 0, ""),
        ("another hash", good[place].replacen(sha256, &Hash::of(b"x").to_string(), 1), 3, "does not have the hash"),
        ("other steps", good[place].replacen(title, "\"title\":\"Ransom or", 1), 3, "not those of the playbook's text"),
        ("other text", relabelled(&own), 3, "not those of the playbook's text"),
        ("no playbook", relabelled("Ransomware: pull the plug"), 1, "cannot read the playbook's text"),
        ("called ours", mine, 1, "is called built-in"),
    ] {
        for (kind, line) in [("attached", line.clone()), ("updated", update(&line))] {
            // What is first updated was never attached: the text of the entry is what counts.
            let forged = with(line);
            for (found, of) in forged_twice(&world, &forged, None).into_iter().zip(["case", "bundle"]) {
                assert_eq!(found.status, status, "{how}, {kind}, {of}: {found:?}");
                assert!(status == 0 || found.with(words) > 0, "{how}, {kind}, {of}: {found:?}");
            }
        }
    }
}

#[test]
fn an_entry_that_names_another_by_its_hash_gives_a_rewritten_log_away() {
    let world = World::new();
    let good = lines(&world.folder);
    for (named, words) in [("ED works", "Divert"), ("Theatre 2 on paper", "Theatre")] {
        let place = good.iter().position(|line| line.contains(named)).unwrap();
        let mut changed = good.clone();
        changed[place] = changed[place].replacen(named, "all is well", 1);
        for found in forged_twice(&world, &chain_again(&changed), None) {
            assert_eq!(found.status, 3, "{words}: {found:?}");
            assert!(found.with("was written about another") > 0, "{words}: {found:?}");
            assert!(found.with("had the seal") > 0, "the handover states the seal of before: {found:?}");
        }
    }
    // The seal in the entry of an export.
    let (_place, folder) = world.copied();
    let out = folder.join("../out.zip");
    ok(world.home.path(), &["export", folder.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(verify(&folder).status, 0);
    let exported = lines(&folder);
    let seal = serde_json::from_str::<Value>(last(&exported)).unwrap()["data"]["seal"].as_str().unwrap().to_owned();
    write_case(&folder, &with_last(&exported, |line| line.replacen(&seal, "0000-0000-0000-0000", 1)));
    let found = verify(&folder);
    assert!(found.status == 3 && found.with("false-reference") == 1, "{found:?}");
}

#[test]
fn odd_times_are_noticed_in_a_case_and_in_a_bundle() {
    let world = World::new();
    let good = lines(&world.folder);
    let record = Record::read(last(&good)).unwrap();
    let (at, order) = (record.at.to_string(), record.order.to_string());
    let year = &at[..4];
    let to = |other: &str| at.replacen(year, other, 1);
    let later = format!("{:016x}-0000", record.at.micros() + 5_000_000);
    for (how, from, to) in [
        ("order before its time", format!("\"at\":\"{at}\""), format!("\"at\":\"{}\"", to("2031"))),
        ("order of no entry", order.clone(), later),
        ("years after the one before", format!("\"at\":\"{at}\""), format!("\"at\":\"{}\"", to("2040"))),
        ("years before the one before", format!("\"at\":\"{at}\""), format!("\"at\":\"{}\"", to("1999"))),
        ("offset", "\"offset\":".into(), "\"offset\":9999".into()),
        ("begun", ",\"type\"".into(), ",\"begun\":\"1980-01-01T00:00:00.000000Z\",\"type\"".into()),
        ("happened", ",\"type\"".into(), ",\"occurred\":\"2999-01-01T00:00:00.000000Z\",\"type\"".into()),
    ] {
        let forged = with_last(&good, |line| line.replacen(&from, &to, 1));
        for found in forged_twice(&world, &forged, None) {
            assert_eq!(found.status, 0, "{how}: {found:?}");
            assert!(found.with("notice odd-time") > 0, "{how}: {found:?}");
        }
    }
}

#[test]
fn the_head_file_fits_at_the_number_that_it_names() {
    let world = World::new();
    let mut log = before_references(&world);
    let case = serde_json::from_str::<Value>(last(&log)).unwrap();
    let append = |log: &mut Vec<String>, console: &str, second: i64| {
        let console = ConsoleId::parse(console).unwrap();
        let before = Record::read(log.last().unwrap()).unwrap();
        let head = heads_of(log).get(&console).copied().unwrap_or(Head::EMPTY);
        let at = Time::from_micros(before.at.micros() + second * 1_000_000).unwrap();
        let event = Note { text: "more".into() }.into();
        let draft = Draft { by: before.by.clone(), occurred: None, begun: None, event };
        let now = Now::fixed(at, before.offset);
        let record = Record::write(&before.case, &console, head, before.order.after(at), now, draft).unwrap();
        log.push(record.text().to_owned());
    };
    let mine = case["console"].as_str().unwrap().to_owned();
    let other = "0000000000000000";
    append(&mut log, other, 60);
    append(&mut log, &mine, 60);
    let (_place, folder) = world.copied();
    write_case(&folder, &log);
    assert_eq!(verify(&folder).status, 0, "{:?}", verify(&folder));
    let heads = heads_of(&log);

    // An entry is changed, the rest chained again, one more added; the head file stays.
    for changed in ["Theatre 2 on paper", "\"more\""] {
        let mut forged = log.clone();
        let place = forged.iter().position(|line| line.contains(changed)).unwrap();
        forged[place] = forged[place].replacen(changed, &changed.replacen(char::is_alphabetic, "X", 1), 1);
        let mut forged = chain_again(&forged);
        let whose = if changed == "\"more\"" { other } else { &mine };
        append(&mut forged, whose, 60);
        write_log(&folder, &forged);
        let found = verify(&folder);
        assert_eq!(found.status, 3, "{changed}: {found:?}");
        assert!(found.with("its hash is not the one in the head file") > 0, "{changed}: {found:?}");
    }

    // What one write brought may be missing in the head file, whoever wrote it: entries of one moment.
    for console in [mine.as_str(), other, "1111111111111111"] {
        let mut longer = log.clone();
        append(&mut longer, console, 60);
        append(&mut longer, console, 0);
        write_case(&folder, &longer);
        write_heads(&folder, &heads);
        let found = verify(&folder);
        assert_eq!((found.status, found.with("notice damaged-heads")), (0, 1), "one write: {found:?}");
        append(&mut longer, console, 60);
        write_log(&folder, &longer);
        let found = verify(&folder);
        assert_eq!((found.status, found.with("damage damaged-heads")), (3, 1), "two writes: {found:?}");
    }
    let mut longer = log.clone();
    append(&mut longer, &mine, 60);
    append(&mut longer, other, 60);
    write_log(&folder, &longer);
    let found = verify(&folder);
    assert_eq!((found.status, found.with("damage damaged-heads")), (3, 1), "two writes of two consoles: {found:?}");
    // One log that the head file does not know at all.
    write_case(&folder, &log);
    let mut fewer = heads.clone();
    fewer.retain(|console, _| console.as_str() == mine);
    write_heads(&folder, &fewer);
    let found = verify(&folder);
    assert_eq!((found.status, found.with("damage damaged-heads")), (3, 1), "{found:?}");
}

#[test]
fn a_database_is_not_asked_anything_before_its_tables_are_known() {
    let world = World::new();
    for sql in [
        "CREATE TABLE other (x); INSERT INTO other VALUES ('hidden')",
        "CREATE INDEX more ON record (ord)",
        "CREATE VIEW more AS SELECT * FROM record",
        "CREATE TRIGGER more BEFORE INSERT ON record BEGIN SELECT RAISE(IGNORE); END",
        "DROP TRIGGER record_stays",
        "ALTER TABLE record RENAME TO was;
         CREATE VIEW record AS WITH RECURSIVE n(id, text) AS
         (SELECT 1, 'x' UNION ALL SELECT id + 1, text FROM n) SELECT id, text FROM n",
        "PRAGMA application_id = 7",
        "ANALYZE",
    ] {
        let (_place, folder) = world.copied();
        alter(&folder, sql);
        let found = verify(&folder);
        assert_eq!(found.status, 3, "{sql}: {found:?}");
    }
    let (_place, folder) = world.copied();
    alter(&folder, "CREATE TABLE t AS SELECT zeroblob(100000) AS x; DROP TABLE t");
    let found = verify(&folder);
    assert_eq!((found.status, found.with("pages are unused")), (0, 1), "something was there and is gone: {found:?}");
}

#[test]
fn entries_of_another_case_or_place_are_found() {
    let world = World::new();
    let good = lines(&world.folder);
    let other_case = with_last(&good, |line| {
        let case = serde_json::from_str::<Value>(line).unwrap()["case"].as_str().unwrap().to_owned();
        line.replacen(&case, "0123456789abcdef", 1)
    });
    let order = |line: &str| Record::read(line).unwrap().order.to_string();
    let one_order = with_last(&good, |line| line.replacen(&order(line), &order(&good[good.len() - 2]), 1));
    let as_text = with_last(&good, |line| line.replacen("\"v\":1", "\"v\":\"1\"", 1));
    let nul = with_last(&good, |line| format!("{line}\0"));
    let missing = [&good[..3], &good[4..]].concat();
    let twice = [&good[..4], &good[3..]].concat();
    for (how, forged) in [
        ("another case", other_case),
        ("two of one order", one_order),
        ("a number as text", as_text),
        ("one left out", missing),
        ("one twice", twice),
        ("NUL at the end", nul),
    ] {
        // A place that is taken twice needs a table without its index: only the bundle can hold that.
        if how == "one twice" || how == "NUL at the end" {
            let mut files = world.bundle();
            files.edit("data/records.jsonl", |_| forged.iter().map(|line| format!("{line}\n")).collect());
            assert_eq!(verify_bytes(&files.fit().pack()).status, 3, "{how}");
            continue;
        }
        for found in forged_twice(&world, &forged, None) {
            assert_eq!(found.status, 3, "{how}: {found:?}");
        }
    }
    let (_place, folder) = world.copied();
    write_log(&folder, &good[..good.len() - 1]);
    alter(&folder, &format!("INSERT INTO record (id, text) VALUES (900, '{}')", last(&good).replace('\'', "''")));
    let found = verify(&folder);
    assert!(found.status == 3 && found.with("row 900") > 0, "{found:?}");
}

#[test]
fn evidence_is_what_every_entry_states() {
    let world = World::new();
    let items = |folder: &Path| {
        let mut items: Vec<PathBuf> =
            std::fs::read_dir(folder.join("evidence")).unwrap().map(|entry| entry.unwrap().path()).collect();
        items.sort();
        items
    };
    let (_place, folder) = world.copied();
    let [one, other] = &items(&folder)[..] else { panic!("two items") };
    let between = folder.join("evidence/x");
    std::fs::rename(one, &between).unwrap();
    std::fs::rename(other, one).unwrap();
    std::fs::rename(&between, other).unwrap();
    let found = verify(&folder);
    assert_eq!((found.status, found.with("changed-evidence")), (3, 2), "swapped, of one size: {found:?}");

    let mut files = world.bundle();
    let places: Vec<usize> =
        (0..files.files.len()).filter(|place| files.files[*place].0.starts_with("data/evidence/")).collect();
    let bytes = files.files[places[0]].1.clone();
    files.files[places[0]].1 = std::mem::replace(&mut files.files[places[1]].1, bytes);
    let found = verify_bytes(&files.fit().pack());
    assert_eq!((found.status, found.with("changed-evidence")), (3, 2), "{found:?}");

    // The right bytes, and an entry that states another size of them.
    let good = lines(&world.folder);
    let place = good.iter().position(|line| line.contains("ransom.txt")).unwrap();
    let mut log = good[..=place].to_vec();
    log[place] = log[place].replacen("\"size\":6", "\"size\":7", 1);
    let (_place, folder) = world.copied();
    write_case(&folder, &log);
    let found = verify(&folder);
    assert_eq!((found.status, found.with("changed-evidence")), (3, 1), "{found:?}");
    // And a second entry that states the right one.
    let mut both = good[..=place].to_vec();
    let again = Record::read(&both[place]).unwrap();
    let next = format!("{:016x}-0000", again.at.micros());
    both.push(
        both[place]
            .replacen(&format!("\"seq\":{}", again.id.seq), &format!("\"seq\":{}", again.id.seq + 1), 1)
            .replacen(&again.order.to_string(), &next.replace("-0000", "-0009"), 1)
            .replacen("\"size\":6", "\"size\":600", 1),
    );
    write_case(&folder, &chain_again(&both));
    let found = verify(&folder);
    assert_eq!((found.status, found.with("states 600 bytes")), (3, 1), "{found:?}");
}

#[test]
fn a_case_without_entries_is_damaged_unless_its_making_was_cut_off() {
    let world = World::new();
    let (_place, folder) = world.copied();
    write_case(&folder, &[]);
    let found = verify(&folder);
    assert_eq!((found.status, found.with("it holds no entries")), (3, 1), "{found:?}");
    // What a `new` leaves that was killed after each of its steps.
    let made = ["", "case.heads", "case.sqlite3"];
    for missing in made {
        std::fs::write(folder.join(".making"), "").unwrap();
        let _ = std::fs::remove_dir_all(folder.join("evidence"));
        write_case(&folder, &[]);
        let _ = std::fs::remove_file(folder.join(missing));
        let found = verify(&folder);
        assert_eq!((found.status, found.findings.len()), (1, 1), "without {missing:?}: {found:?}");
        assert_eq!(found.with("it is being opened just now, or opening it was cut off"), 1, "{found:?}");
    }
    // The mark excuses nothing once something was recorded.
    write_log(&folder, &[]);
    write_heads(&folder, &heads_of(&lines(&world.folder)));
    assert_eq!(verify(&folder).status, 3, "{:?}", verify(&folder));
    write_case(&folder, &lines(&world.folder));
    let found = verify(&folder);
    assert!(found.status == 3 && found.with("damage missing-evidence") > 0, "{found:?}");
    assert_eq!(found.with("if it is to stay, delete this file"), 1, "{found:?}");
    // A bundle without entries.
    let mut files = world.bundle();
    files.edit("data/records.jsonl", |_| String::new()).fit();
    let found = verify_bytes(&files.pack());
    assert!(found.status == 3 && found.with("there is no entry that can be read") > 0, "{found:?}");
}

#[test]
fn an_unpacked_bundle_is_called_that_and_not_a_case() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in world.bundle().files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let output = run(world.home.path(), &["verify", folder.path().to_str().unwrap()]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), out.as_str()), (Some(1), ""), "{err}");
    for words in ["is an unpacked bundle", "verify the zip as it was sent", "data/README.txt"] {
        assert!(err.contains(words) && !err.contains("is not a case"), "{err}");
    }
}

#[test]
fn times_within_an_entry_that_are_years_off_are_noticed() {
    let world = World::new();
    let at = world.home.path();
    let case = world.folder.file_name().unwrap().to_str().unwrap();
    ok(at, &["clock", "start", case, "ico-72h", "--aware", "-20m"]);
    let started = lines(&world.folder);
    ok(at, &["clock", "check", case, "--reads", &support::now().at.to_string(), "--reference", "wall clock"]);
    let compared = lines(&world.folder);
    let item = before_references(&world).iter().position(|line| line.contains("ransom.txt")).unwrap();
    let evidence = compared[..=item].to_vec();
    let quiet = verify(&world.folder);
    assert_eq!((quiet.status, quiet.findings.len()), (0, 0), "{quiet:?}");
    let set = |log: &[String], key: &str, year: &str| {
        let read: Value = serde_json::from_str(last(log)).unwrap();
        let stated = read["data"][key].as_str().unwrap().to_owned();
        let to = format!("{year}{}", &stated[4..]);
        with_last(log, |line| line.replacen(&format!("\"{key}\":\"{stated}\""), &format!("\"{key}\":\"{to}\""), 1))
    };
    for (log, key, years) in [
        (&started, "aware", ["0001", "9999"]),
        (&started, "deadline", ["0001", "9999"]),
        (&compared, "read", ["0001", "9999"]),
        (&compared, "machine", ["0001", "9999"]),
        (&evidence, "modified", ["2999", "9999"]),
    ] {
        for year in years {
            for found in forged_twice(&world, &set(log, key, year), None) {
                assert_eq!((found.status, found.with("notice odd-time")), (0, 1), "{key} {year}: {found:?}");
            }
        }
    }
    for year in ["1980", "2019"] {
        let found = &forged_twice(&world, &set(&evidence, "modified", year), None)[0];
        assert_eq!((found.status, found.with("odd-time")), (0, 0), "an old file: {found:?}");
    }
}

#[test]
fn a_file_that_an_entry_says_was_not_copied_is_called_that() {
    let world = World::new();
    let mut log = before_references(&world);
    let item = log.iter().position(|line| line.contains("ransom.txt")).unwrap();
    log[item] = log[item].replacen("\"copied\":true", "\"copied\":false", 1);
    let (_place, folder) = world.copied();
    write_case(&folder, &chain_again(&log));
    let found = verify(&folder);
    let says = format!("A{} says that this file was taken by reference only", item + 1);
    assert_eq!((found.status, found.with(&says), found.with("no entry speaks")), (0, 1, 0), "{found:?}");
}
