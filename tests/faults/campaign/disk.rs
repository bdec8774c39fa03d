//! A model of a disk: from what programs did to files, what may be on it after a power cut.
//!
//! Contents and size of a file are durable once the file is synced; until then each write may be there in whole, in
//! part (by sectors) or not at all. A name is durable once its folder is synced; until then it depends on the rules.

use super::{bench::Dice, machine::Step};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Component, Path, PathBuf},
};

/// What holds of names that are not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    /// Each change may be there or not, whatever became of those before it.
    Strict,
    /// The changes reach the disk in their order: a beginning of them is there.
    Ordered,
}

/// A file or a folder, whatever it is called.
type Id = usize;

/// Names that changed at once: folder, name, and what has that name now; `None` is nothing.
type Renaming = Vec<(Id, String, Option<Id>)>;

/// Something that was done, in order.
#[derive(Clone, Debug)]
enum Done {
    /// Bytes were written to a file.
    Write { file: Id, at: u64, bytes: Vec<u8> },
    /// A file was cut or made longer.
    Resize { file: Id, size: u64 },
    /// A file or a folder was synced.
    Sync { what: Id },
    /// A sync was refused: what it should have written may never be, whatever is said later.
    SyncFailed { what: Id },
    /// Names changed, in these folders: each has what it is now called, `None` for nothing.
    Names { changes: Renaming },
    /// The program said this on standard output.
    Said { text: String },
    /// Another command began.
    Began,
}

/// What was found on the disk before, and all that was done since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    /// Contents of the files that stood there before; `None` is a folder.
    before: Vec<Option<Vec<u8>>>,
    /// The names that stood there before.
    names: BTreeMap<(Id, String), Id>,
    /// The names as they are now, while operations are taken in.
    live: BTreeMap<(Id, String), Id>,
    done: Vec<Done>,
    top: PathBuf,
}

/// The top folder of the disk.
const TOP: Id = 0;

impl Disk {
    /// The disk as it stands below `top`: all of that is durable.
    pub(crate) fn find(top: &Path) -> Self {
        let mut disk = Self { top: top.to_owned(), before: vec![None], ..Self::default() };
        disk.take_folder(top, TOP);
        disk.live.clone_from(&disk.names);
        disk
    }

    fn take_folder(&mut self, folder: &Path, id: Id) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let is_folder = entry.path().is_dir();
            let own = self.before.len();
            self.before.push(if is_folder { None } else { Some(fs::read(entry.path()).unwrap()) });
            self.names.insert((id, entry.file_name().to_string_lossy().into_owned()), own);
            if is_folder {
                self.take_folder(&entry.path(), own);
            }
        }
    }

    /// How many operations there are to cut the power between.
    pub(crate) fn length(&self) -> usize {
        self.done.len()
    }

    /// What stood before an operation was said.
    pub(crate) fn said_before(&self, cut: usize) -> String {
        let said = self.done[..cut]
            .iter()
            .filter_map(|done| if let Done::Said { text } = done { Some(text.as_str()) } else { None });
        said.collect()
    }

    /// The operations right after an answer, and the last: where a loss would show.
    pub(crate) fn answers(&self) -> Vec<usize> {
        let said = self.done.iter().enumerate().filter(|(_, done)| matches!(done, Done::Said { .. }));
        said.map(|(place, _)| place + 1).chain([self.done.len()]).collect()
    }

    /// The operations of the last command that was taken in.
    pub(crate) fn last_command(&self) -> usize {
        self.done.iter().rposition(|done| matches!(done, Done::Began)).unwrap_or(0)
    }

    /// Takes in what a command did.
    pub(crate) fn take(&mut self, steps: &[Step]) {
        self.done.push(Done::Began);
        for step in steps {
            if step.group == 'a' {
                if step.path == Path::new("stdout") && step.value > 0 {
                    self.done.push(Done::Said { text: String::from_utf8_lossy(&step.data).into_owned() });
                }
            } else if step.group == 's' && step.value < 0 {
                if let Some(what) = self.find_path(&step.path) {
                    self.done.push(Done::SyncFailed { what });
                }
            } else if step.value >= 0 {
                self.take_step(step);
            }
        }
    }

    fn take_step(&mut self, step: &Step) {
        // A file without a name is on no disk after a power cut.
        if step.path.to_string_lossy().ends_with(" (deleted)") {
            return;
        }
        match (step.group, &*step.name) {
            ('c', _) => self.open(step),
            ('w', _) => {
                if let Some(file) = self.find_path(&step.path) {
                    self.done.push(Done::Write { file, at: step.a.unsigned_abs(), bytes: step.data.clone() });
                }
            }
            ('t', _) => {
                if let Some(file) = self.find_path(&step.path) {
                    self.done.push(Done::Resize { file, size: step.a.unsigned_abs() });
                }
            }
            ('s', _) => {
                if let Some(what) = self.find_path(&step.path) {
                    self.done.push(Done::Sync { what });
                }
            }
            ('u', _) => {
                if let Some((folder, name)) = self.find_name(&step.path) {
                    self.change(vec![(folder, name, None)]);
                }
            }
            ('n', "mkdir" | "mkdirat") => {
                if let Some((folder, name)) = self.find_name(&step.path) {
                    let own = self.make(None);
                    self.change(vec![(folder, name, Some(own))]);
                }
            }
            ('n', "link" | "linkat") => {
                if let (Some(file), Some((folder, name))) = (self.find_path(&step.path), self.find_name(&step.other)) {
                    self.change(vec![(folder, name, Some(file))]);
                }
            }
            ('n', "rename" | "renameat" | "renameat2") => {
                let (from, to) = (self.find_name(&step.path), self.find_name(&step.other));
                if let (Some(own), Some(from), Some(to)) = (self.find_path(&step.path), from, to) {
                    self.change(vec![(from.0, from.1, None), (to.0, to.1, Some(own))]);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, step: &Step) {
        const EMPTIED: i64 = 0o1000;
        match self.find_path(&step.path) {
            Some(file) if step.a & EMPTIED != 0 => self.done.push(Done::Resize { file, size: 0 }),
            Some(_) => {}
            None => {
                if let Some((folder, name)) = self.find_name(&step.path) {
                    let own = self.make(Some(Vec::new()));
                    self.change(vec![(folder, name, Some(own))]);
                }
            }
        }
    }

    fn make(&mut self, contents: Option<Vec<u8>>) -> Id {
        self.before.push(contents);
        self.before.len() - 1
    }

    fn change(&mut self, changes: Renaming) {
        apply(&mut self.live, &changes);
        self.done.push(Done::Names { changes });
    }

    fn find_path(&self, path: &Path) -> Option<Id> {
        let mut id = TOP;
        for part in path.strip_prefix(&self.top).ok()?.components() {
            let Component::Normal(name) = part else { continue };
            id = *self.live.get(&(id, name.to_string_lossy().into_owned()))?;
        }
        Some(id)
    }

    fn find_name(&self, path: &Path) -> Option<(Id, String)> {
        Some((self.find_path(path.parent()?)?, path.file_name()?.to_string_lossy().into_owned()))
    }

    /// What may be on the disk when the power is cut before operation `cut`, or the least of it: makes the files below
    /// `target`, and says what was lost, for people.
    pub(crate) fn cut(&self, cut: usize, rules: Rules, worst: bool, dice: &mut Dice, target: &Path) -> String {
        let done = &self.done[..cut];
        let mut synced: HashMap<Id, usize> = HashMap::new();
        let mut spoiled: HashMap<Id, usize> = HashMap::new();
        for (place, one) in done.iter().enumerate() {
            match one {
                Done::Sync { what } => {
                    synced.insert(*what, place);
                }
                // What a refused sync left unwritten is taken for written from then on.
                Done::SyncFailed { what } => {
                    spoiled.insert(*what, place);
                }
                _ => {}
            }
        }
        let mut lost = Vec::new();
        let names = self.cut_names(done, &synced, (rules, worst), dice, &mut lost);
        let habit = if worst { Habit::Drop } else { *dice.of(&[Habit::Drop, Habit::Keep, Habit::Mixed, Habit::Mixed]) };
        let mut files: HashMap<Id, Vec<u8>> = HashMap::new();
        for (id, contents) in self.before.iter().enumerate() {
            if let Some(contents) = contents {
                files.insert(id, contents.clone());
            }
        }
        let mut unsynced: HashMap<Id, usize> = HashMap::new();
        for (place, one) in done.iter().enumerate() {
            let (Done::Write { file, .. } | Done::Resize { file, .. }) = one else { continue };
            let Some(contents) = files.get_mut(file) else { continue };
            let mut durable = synced.get(file).is_some_and(|sync| *sync > place);
            // Written before a refused sync, and since the good one before that: no later sync writes it.
            if let Some(refused) = spoiled.get(file).filter(|refused| **refused > place) {
                let good_before =
                    done[place..*refused].iter().any(|one| matches!(one, Done::Sync { what } if what == file));
                durable &= good_before;
            }
            let kept = write(contents, one, durable, habit, dice);
            if !kept {
                *unsynced.entry(*file).or_default() += 1;
            }
        }
        let mut called: BTreeMap<Id, String> = BTreeMap::new();
        make_folder(TOP, target, &names, &files, &mut called);
        for (file, count) in unsynced {
            if let Some(name) = called.get(&file) {
                lost.push(format!("{count} writes of {name}"));
            }
        }
        lost.sort();
        lost.join(", ")
    }

    fn cut_names(
        &self,
        done: &[Done],
        synced: &HashMap<Id, usize>,
        (rules, worst): (Rules, bool),
        dice: &mut Dice,
        lost: &mut Vec<String>,
    ) -> BTreeMap<(Id, String), Id> {
        let mut changes: Vec<(&Renaming, bool)> = Vec::new();
        for (place, one) in done.iter().enumerate() {
            if let Done::Names { changes: own } = one {
                let durable = own.iter().all(|(folder, _, _)| synced.get(folder).is_some_and(|sync| *sync > place));
                changes.push((own, durable));
            }
        }
        let least = changes.iter().rposition(|(_, durable)| *durable).map_or(0, |place| place + 1);
        let until = match rules {
            Rules::Ordered if worst => least,
            Rules::Ordered => least + dice.below((changes.len() - least) as u64 + 1) as usize,
            Rules::Strict => changes.len(),
        };
        let percent = if worst { 0 } else { *dice.of(&[0, 50, 50, 100]) };
        let mut names = self.names.clone();
        for (place, (own, durable)) in changes.iter().enumerate() {
            let kept = match rules {
                Rules::Ordered => place < until,
                Rules::Strict => *durable || dice.chance(percent),
            };
            if kept {
                apply(&mut names, own);
            } else {
                lost.extend(
                    own.iter().map(|(_, name, what)| {
                        format!("{} {name}", if what.is_some() { "name" } else { "removal of" })
                    }),
                );
            }
        }
        names
    }
}

/// What becomes of writes that are not synced, in one power cut.
#[derive(Clone, Copy, Debug)]
enum Habit {
    Drop,
    Keep,
    Mixed,
}

fn apply(names: &mut BTreeMap<(Id, String), Id>, changes: &[(Id, String, Option<Id>)]) {
    for (folder, name, what) in changes {
        match what {
            Some(id) => names.insert((*folder, name.clone()), *id),
            None => names.remove(&(*folder, name.clone())),
        };
    }
}

/// Does to the contents what one operation did, if it reached the disk; whether all of it did.
fn write(contents: &mut Vec<u8>, one: &Done, durable: bool, habit: Habit, dice: &mut Dice) -> bool {
    match one {
        Done::Resize { size, .. } => {
            let kept = durable || matches!(habit, Habit::Keep) || (matches!(habit, Habit::Mixed) && dice.chance(50));
            if kept {
                contents.resize(*size as usize, 0);
            }
            kept
        }
        Done::Write { at, bytes, .. } => {
            let (start, end) = (*at as usize, *at as usize + bytes.len());
            let share = match habit {
                _ if durable => 100,
                Habit::Keep => 100,
                Habit::Drop => 0,
                Habit::Mixed => *dice.of(&[0, 50, 100]),
            };
            // The size may have reached the disk without the bytes.
            if contents.len() < end && (share > 0 || (matches!(habit, Habit::Mixed) && dice.chance(30))) {
                contents.resize(end, 0);
            }
            let sector = *dice.of(&[512, 4096]);
            let mut whole = true;
            let mut from = start;
            while from < end {
                let until = ((from / sector + 1) * sector).min(end);
                if share == 100 || dice.chance(share) {
                    contents[from..until].copy_from_slice(&bytes[from - start..until - start]);
                } else {
                    whole = false;
                }
                from = until;
            }
            whole
        }
        Done::Sync { .. } | Done::SyncFailed { .. } | Done::Names { .. } | Done::Said { .. } | Done::Began => true,
    }
}

fn make_folder(
    id: Id,
    target: &Path,
    names: &BTreeMap<(Id, String), Id>,
    files: &HashMap<Id, Vec<u8>>,
    called: &mut BTreeMap<Id, String>,
) {
    fs::create_dir_all(target).unwrap();
    for ((_, name), own) in names.range((id, String::new())..(id + 1, String::new())) {
        let path = target.join(name);
        called.insert(*own, name.clone());
        match files.get(own) {
            // SQLite's shared memory is written through a map, which nobody sees, and is of no use after a power cut.
            Some(_) if name.ends_with("-shm") => {}
            Some(contents) => fs::write(path, contents).unwrap(),
            None => make_folder(*own, &path, names, files, called),
        }
    }
}
