//! What the tries came to: counts for each kind, failures that can be repeated, and the table.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// What is wrong with a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    /// Something acknowledged, or that stood there before, is not there.
    Lost,
    /// The program panicked or crashed.
    Panic,
    /// The exit status, or what was said with it, is not what happened.
    Status,
    /// A command did not end.
    Never,
    /// Files were left lying about.
    Left,
    /// A command took more memory or disk than it may.
    Greedy,
}

impl Wrong {
    /// Every one, in the order of the table.
    pub(crate) const ALL: [Self; 6] = [Self::Lost, Self::Panic, Self::Status, Self::Never, Self::Left, Self::Greedy];

    /// The heading of its column.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Panic => "panics",
            Self::Status => "wrong statuses",
            Self::Never => "never-ending",
            Self::Left => "left lying",
            Self::Greedy => "greedy",
        }
    }
}

/// A try that failed.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// Kind, scenario and number: `kill/note#17`.
    pub(crate) name: String,
    /// The seed of the run.
    pub(crate) seed: u64,
    /// What is wrong.
    pub(crate) wrong: Wrong,
    /// In a sentence.
    pub(crate) what: String,
    /// The commands with their answers.
    pub(crate) story: String,
}

impl Failure {
    /// Kind and scenario.
    pub(crate) fn scenario(&self) -> &str {
        self.name.split('#').next().unwrap_or(&self.name)
    }

    fn told(&self) -> String {
        let (wrong, seed, name) = (self.wrong.heading(), self.seed, &self.name);
        format!(
            "{name}: {wrong}: {}\n  repeat: CARECERT_CAMPAIGN_SEED={seed} CARECERT_CAMPAIGN_ONLY='{name}'\n{}",
            self.what,
            self.story.lines().map(|line| format!("    {line}\n")).collect::<String>()
        )
    }
}

/// The counts of one kind.
#[derive(Clone, Debug, Default)]
struct Counts {
    tries: u64,
    acknowledged: u64,
    wrong: BTreeMap<Wrong, u64>,
    known: u64,
}

/// A scenario that is known to fail until the product is put right, and why.
#[derive(Debug)]
pub(crate) struct Known {
    /// The beginning of kind and scenario: `swap/static/fifo`.
    pub(crate) scenario: &'static str,
    /// What is wrong.
    pub(crate) wrong: Wrong,
    /// Words of the sentence that says what is wrong; empty for any.
    pub(crate) words: &'static str,
    /// Why it is so today.
    pub(crate) why: &'static str,
}

impl Known {
    /// Whether it says that commands of this scenario never end.
    pub(crate) fn hangs(&self, scenario: &str) -> bool {
        self.wrong == Wrong::Never && scenario.starts_with(self.scenario)
    }

    fn fits(&self, failure: &Failure) -> bool {
        let scenario = failure.scenario().starts_with(self.scenario);
        scenario && self.wrong == failure.wrong && failure.what.contains(self.words)
    }
}

/// Everything that the tries came to.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    kinds: BTreeMap<&'static str, Counts>,
    failures: Vec<Failure>,
    /// How often each scenario failed in each way.
    often: BTreeMap<(String, Wrong), u64>,
    ran: BTreeSet<String>,
    skipped: BTreeSet<String>,
    known: BTreeSet<usize>,
    unknown: u64,
}

/// How many failures of one scenario are told in full.
const TOLD: u64 = 2;

impl Tally {
    /// Counts a try.
    pub(crate) fn count(
        &mut self,
        kind: &'static str,
        scenario: &str,
        acknowledged: u64,
        failures: Vec<Failure>,
        known: &[Known],
    ) {
        let counts = self.kinds.entry(kind).or_default();
        counts.tries += 1;
        counts.acknowledged += acknowledged;
        self.ran.insert(scenario.to_owned());
        let mut seen = BTreeSet::new();
        for failure in failures {
            if seen.insert(failure.wrong) {
                *counts.wrong.entry(failure.wrong).or_default() += 1;
            }
            let fits: Vec<usize> = (0..known.len()).filter(|place| known[*place].fits(&failure)).collect();
            counts.known += u64::from(!fits.is_empty());
            self.unknown += u64::from(fits.is_empty());
            let often = self.often.entry((scenario.to_owned(), failure.wrong)).or_default();
            *often += 1;
            if *often <= TOLD || (fits.is_empty() && *often <= 10 * TOLD) {
                self.failures.push(failure);
            }
            self.known.extend(fits);
        }
    }

    /// Counts a scenario that cannot be tried here, and why.
    pub(crate) fn skip(&mut self, kind: &str, why: &str) {
        self.skipped.insert(format!("{kind}: {why}"));
    }

    /// How many tries there were.
    pub(crate) fn tries(&self) -> u64 {
        self.kinds.values().map(|counts| counts.tries).sum()
    }

    /// How many failures there were that no list knows.
    pub(crate) fn unknown(&self) -> u64 {
        self.unknown
    }

    /// The table: a row for each kind, and the sum.
    pub(crate) fn table(&self) -> String {
        let mut text = format!("{:<12}{:>9}{:>14}", "kind", "tries", "acknowledged");
        for wrong in Wrong::ALL {
            let _ = write!(text, "{:>16}", wrong.heading());
        }
        text.push('\n');
        let mut sum = Counts::default();
        for counts in self.kinds.values() {
            sum.tries += counts.tries;
            sum.acknowledged += counts.acknowledged;
            for (wrong, number) in &counts.wrong {
                *sum.wrong.entry(*wrong).or_default() += number;
            }
        }
        for (name, counts) in self.kinds.iter().map(|(name, counts)| (*name, counts)).chain([("all", &sum)]) {
            let _ = write!(text, "{name:<12}{:>9}{:>14}", counts.tries, counts.acknowledged);
            for wrong in Wrong::ALL {
                let _ = write!(text, "{:>16}", counts.wrong.get(&wrong).unwrap_or(&0));
            }
            text.push('\n');
        }
        for skipped in &self.skipped {
            let _ = writeln!(text, "skipped: {skipped}");
        }
        text
    }

    /// The failures that no list knows, in full, and what the list knows in a line each.
    pub(crate) fn report(&self, known: &[Known]) -> String {
        let mut text = String::new();
        for failure in self.failures.iter().filter(|failure| !known.iter().any(|known| known.fits(failure))) {
            let _ = writeln!(text, "\nFAILED {}", failure.told());
        }
        for (place, known) in known.iter().enumerate() {
            let (scenario, wrong, why) = (known.scenario, known.wrong.heading(), known.why);
            let tried = self.ran.iter().any(|ran| ran.starts_with(scenario));
            let state = match (self.known.contains(&place), tried) {
                (true, _) => "still fails",
                (false, true) => "DOES NOT FAIL in this run: take it off once it does not in a long one",
                (false, false) => "was not tried",
            };
            let _ = writeln!(text, "known: {scenario} ({wrong} {:?}): {state}: {why}", known.words);
        }
        text
    }

    /// Every failure that is kept, known or not, and how often each scenario failed.
    pub(crate) fn everything(&self) -> String {
        let mut text = self.table();
        for ((scenario, wrong), number) in &self.often {
            let _ = writeln!(text, "{number:>6} x {scenario}: {}", wrong.heading());
        }
        for failure in &self.failures {
            let _ = writeln!(text, "\n{}", failure.told());
        }
        text
    }
}
