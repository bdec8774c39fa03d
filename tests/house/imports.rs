//! Which module uses which: every `use` tree and every path inside the code, as absolute modules.
//!
//! A name that a module only passes on (`pub use`) counts as the module that defines it. Names behind `*`, and those
//! that a macro makes, count as the module that is named.

use crate::scan::{code, is_tests, root, rust_files};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A module or an item by its place in the crate, such as `tui::keys::key::Key`.
type Absolute = Vec<String>;

/// How often a name may be passed on before we give up.
const PASSED_ON_MAX: usize = 8;

/// What one file uses.
#[derive(Debug, Default)]
pub(crate) struct FileUse {
    /// The modules that it uses.
    pub(crate) modules: BTreeSet<String>,
    /// Those of them that it only passes on, as a list of its own parts does.
    pub(crate) passed_on: BTreeSet<String>,
}

/// The imports of a set of files.
#[derive(Debug)]
pub(crate) struct Imports {
    /// Every module, and the file that holds it.
    modules: BTreeMap<String, String>,
    /// What each file uses, by its path in the repository.
    pub(crate) files: BTreeMap<String, FileUse>,
}

/// A path as it is written somewhere, before it is known what it means.
struct Written {
    /// The module in which it is written.
    module: Absolute,
    segments: Vec<String>,
    /// The name that an import gives it.
    name: Option<String>,
    /// It is an import.
    import: bool,
    /// It is passed on to others.
    public: bool,
}

impl Imports {
    /// Those of `src`, without what is only for tests.
    pub(crate) fn of_source() -> Self {
        let mut texts = BTreeMap::new();
        for path in rust_files(&root().join("src")) {
            if !is_tests(&path) {
                let place = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                texts.insert(place, fs::read_to_string(&path).unwrap());
            }
        }
        Self::of(&texts)
    }

    /// Those of files, by their paths in the repository.
    pub(crate) fn of(texts: &BTreeMap<String, String>) -> Self {
        let mut modules = BTreeMap::new();
        for place in texts.keys() {
            modules.insert(module_of(place).join("::"), place.clone());
        }
        let mut written = BTreeMap::new();
        for (place, text) in texts {
            let code = code(text);
            let (paths, declared) = Reader::new(&code, module_of(place)).read();
            // A module that stands in its parent's file, such as a folder without a file of its own.
            for inside in declared {
                modules.entry(inside.join("::")).or_insert_with(|| place.clone());
            }
            written.insert(place.clone(), paths);
        }
        let mut known = Known { modules: &modules, names: BTreeMap::new() };
        // Twice, because an import may begin with the name that another one brings in.
        for _ in 0..2 {
            for path in written.values().flatten().filter(|path| path.import) {
                if let (Some(name), Some(absolute)) = (&path.name, known.resolve(&path.module, &path.segments)) {
                    let key = (path.module.join("::"), name.clone());
                    known.names.entry(key).or_insert((absolute, path.public));
                }
            }
        }
        let mut files = BTreeMap::new();
        for (place, paths) in &written {
            let mut used = FileUse::default();
            for path in paths {
                let Some(absolute) = known.resolve(&path.module, &path.segments) else { continue };
                let found = known.modules_of(&absolute);
                if path.import && path.public {
                    used.passed_on.extend(found.iter().cloned());
                }
                used.modules.extend(found);
            }
            used.modules.remove(&module_of(place).join("::"));
            files.insert(place.clone(), used);
        }
        Self { modules, files }
    }

    /// The file that holds a module.
    pub(crate) fn file(&self, module: &str) -> Option<&str> {
        self.modules.get(module).map(String::as_str)
    }
}

/// The module that a file holds: `tui::keys` for `src/tui/keys/mod.rs`.
pub(crate) fn module_of(place: &str) -> Absolute {
    let inside = place.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Absolute = inside.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// What is known while paths are resolved.
struct Known<'a> {
    modules: &'a BTreeMap<String, String>,
    /// What a name means in a module, and whether others may have it from there.
    names: BTreeMap<(String, String), (Absolute, bool)>,
}

impl Known<'_> {
    /// The place in the crate of what is written in `module`; `None` where another crate is meant.
    fn resolve(&self, module: &[String], segments: &[String]) -> Option<Absolute> {
        let (first, rest) = segments.split_first()?;
        let mut absolute = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.to_vec(),
            "super" => module.split_last()?.1.to_vec(),
            name => {
                let child = [module, &[name.to_owned()]].concat();
                if self.modules.contains_key(&child.join("::")) {
                    child
                } else {
                    self.names.get(&(module.join("::"), name.to_owned()))?.0.clone()
                }
            }
        };
        for segment in rest {
            if segment == "super" {
                absolute.pop();
            } else {
                absolute.push(segment.clone());
            }
        }
        Some(absolute)
    }

    /// The module that defines it, and a room's face where the name is had from there.
    fn modules_of(&self, absolute: &[String]) -> BTreeSet<String> {
        let (mut at, mut found) = (absolute.to_vec(), BTreeSet::new());
        for _ in 0..PASSED_ON_MAX {
            let length = (1..=at.len()).rev().find(|length| self.modules.contains_key(&at[..*length].join("::")));
            let Some(length) = length else { break };
            let module = at[..length].join("::");
            let passed = at.get(length).and_then(|name| self.names.get(&(module.clone(), name.clone())));
            let Some((from, true)) = passed else {
                found.insert(module);
                break;
            };
            if length == 1 {
                found.insert(module);
            }
            at = [from, &at[length + 1..]].concat();
        }
        found
    }
}

/// Reads the paths of one file.
struct Reader<'a> {
    tokens: Vec<&'a str>,
    at: usize,
    /// The module in which the reader stands, and how deep in braces each inner one began.
    module: Absolute,
    inner: Vec<usize>,
    paths: Vec<Written>,
    declared: Vec<Absolute>,
}

impl<'a> Reader<'a> {
    fn new(code: &'a str, module: Absolute) -> Self {
        Self { tokens: tokens(code), at: 0, module, inner: Vec::new(), paths: Vec::new(), declared: Vec::new() }
    }

    fn token(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).copied().unwrap_or("")
    }

    fn before(&self, back: usize) -> &'a str {
        self.at.checked_sub(back).and_then(|at| self.tokens.get(at)).copied().unwrap_or("")
    }

    fn read(mut self) -> (Vec<Written>, Vec<Absolute>) {
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            match self.token(0) {
                "mod" if is_word(self.token(1)) && self.token(2) == "{" => {
                    self.module.push(self.token(1).to_owned());
                    self.declared.push(self.module.clone());
                    depth += 1;
                    self.inner.push(depth);
                    self.at += 3;
                }
                // `use<'a>` says what a returned type borrows.
                "use" if self.token(1) != "<" => {
                    let public = ["pub", ")"].contains(&self.before(1));
                    self.at += 1;
                    self.read_use_tree(&[], public);
                }
                "{" => {
                    depth += 1;
                    self.at += 1;
                }
                "}" => {
                    if self.inner.last() == Some(&depth) {
                        self.inner.pop();
                        self.module.pop();
                    }
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                // `pub(in crate::tui)` says who may see it.
                word if is_word(word) && self.token(1) == "::" && (self.before(1), self.before(2)) != ("in", "(") => {
                    self.read_path();
                }
                _ => self.at += 1,
            }
        }
        (self.paths, self.declared)
    }

    fn read_path(&mut self) {
        let mut segments = vec![self.token(0).to_owned()];
        self.at += 1;
        while self.token(0) == "::" && is_word(self.token(1)) {
            segments.push(self.token(1).to_owned());
            self.at += 2;
        }
        let module = self.module.clone();
        self.paths.push(Written { module, segments, name: None, import: false, public: false });
        // What follows `::` here is `<` or the braces of a macro, and no part of this path.
        if self.token(0) == "::" {
            self.at += 1;
        }
    }

    /// Reads one branch of a `use`, up to the comma, brace or semicolon after it.
    fn read_use_tree(&mut self, above: &[String], public: bool) {
        let mut segments = above.to_vec();
        loop {
            match self.token(0) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !["}", ""].contains(&self.token(0)) {
                        self.read_use_tree(&segments, public);
                        if self.token(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    self.at += 1;
                    return self.import(segments, None, public);
                }
                "as" => {
                    let name = Some(self.token(1).to_owned()).filter(|name| name != "_");
                    self.at += 2;
                    return self.import(segments, name, public);
                }
                "self" if !segments.is_empty() => self.at += 1,
                word if is_word(word) => {
                    segments.push(word.to_owned());
                    self.at += 1;
                }
                _ => {
                    let name = segments.last().cloned();
                    // The end of an import, or a sign that no import has: either way the reader must go on.
                    if ![",", "}", ";"].contains(&self.token(0)) {
                        self.at += 1;
                    }
                    return self.import(segments, name, public);
                }
            }
        }
    }

    fn import(&mut self, segments: Vec<String>, name: Option<String>, public: bool) {
        let module = self.module.clone();
        self.paths.push(Written { module, segments, name, import: true, public });
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::`, and every other sign by itself.
fn tokens(code: &str) -> Vec<&str> {
    let (mut tokens, mut rest) = (Vec::new(), code.trim_start());
    while let Some(c) = rest.chars().next() {
        let length = if c.is_alphanumeric() || c == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            c.len_utf8()
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

/// The files that `(path, text)` give.
fn of_texts(texts: &[(&str, &str)]) -> Imports {
    Imports::of(&texts.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect())
}

fn used(imports: &Imports, place: &str) -> Vec<String> {
    imports.files[Path::new(place).to_str().unwrap()].modules.iter().cloned().collect()
}

#[test]
fn every_way_to_name_a_module_is_seen() {
    let imports = of_texts(&[
        ("src/tui/mod.rs", "mod form; mod keys; mod view; mod people { mod list; } pub use keys::key::Key;"),
        ("src/tui/keys/mod.rs", "pub(crate) mod key; pub(crate) use key::Code;"),
        ("src/tui/keys/key.rs", "pub struct Key; pub enum Code {}"),
        ("src/tui/people/list.rs", "fn rows() { super::super::form::field::draw() }"),
        ("src/tui/form/mod.rs", "mod field; fn draw() { field::draw(); let x = \"crate::tui::view\"; }"),
        ("src/tui/form/field.rs", "use crate::tui::keys::{self, key as k}; fn draw(at: k::Key) -> keys::Code {}"),
        ("src/tui/view/mod.rs", "use crate::{domain::{time::Time, text}, tui::Key}; // use crate::tui::form;"),
        ("src/domain/mod.rs", "pub mod text; pub mod time;"),
        ("src/domain/time.rs", "pub(in crate::domain) fn now() {}"),
        (
            "src/domain/text.rs",
            "use std::fmt; fn f() -> impl Sized + use<'_> {} mod x { fn g() -> super::super::time::T {} }",
        ),
    ]);
    assert_eq!(used(&imports, "src/tui/people/list.rs"), ["tui::form::field"]);
    assert_eq!(used(&imports, "src/tui/form/mod.rs"), ["tui::form::field"]);
    // The list of keys itself is imported, and `Code` is what the file behind it defines.
    assert_eq!(used(&imports, "src/tui/form/field.rs"), ["tui::keys", "tui::keys::key"]);
    assert_eq!(used(&imports, "src/tui/view/mod.rs"), ["domain::text", "domain::time", "tui", "tui::keys::key"]);
    assert_eq!(used(&imports, "src/domain/text.rs"), ["domain::time"]);
    assert!(imports.files["src/domain/time.rs"].modules.is_empty());
    assert_eq!(imports.files["src/tui/keys/mod.rs"].passed_on, BTreeSet::from(["tui::keys::key".to_owned()]));
}
