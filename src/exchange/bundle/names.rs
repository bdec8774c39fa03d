//! Where things stand in a bundle, under names that every system can unpack.

use crate::domain::{
    case::{Case, Noted},
    event::EvidenceAdded,
    text::make_safe,
};
use std::collections::HashSet;

/// Bytes that a readable name may have; with citation and folders a path stays well below the 260 characters of Windows.
const LIMIT: usize = 100;
/// Names that Windows keeps for devices, with any extension.
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt0",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The folder of evidence in a bundle.
pub(crate) const EVIDENCE: &str = "data/evidence/";
/// The folder of playbooks in a bundle.
pub(crate) const PLAYBOOKS: &str = "data/playbooks/";

/// The bundle's one top folder.
pub(crate) fn top_folder(case: &Case) -> String {
    format!("carecert-{}", case.id.short())
}

/// An item of evidence and where it stands.
pub(crate) struct EvidenceFile<'a> {
    /// How its entry is cited.
    pub(super) cite: String,
    /// Its file in the bundle; `None` where the case holds no copy.
    pub(crate) path: Option<String>,
    /// The entry.
    pub(crate) noted: &'a Noted<EvidenceAdded>,
}

impl EvidenceFile<'_> {
    /// How a finding or an error names it.
    pub(crate) fn place(&self) -> String {
        format!("{} {}", self.cite, make_safe(&self.noted.what.name))
    }
}

/// Every item of evidence, oldest first. Bytes that were taken in twice have two names.
pub(crate) fn list_evidence(case: &Case) -> Vec<EvidenceFile<'_>> {
    let mut taken = HashSet::new();
    let item = |noted| {
        let Noted { entry, what, .. }: &Noted<EvidenceAdded> = noted;
        let cite = case.cite(entry);
        let path = || format!("{EVIDENCE}{}", make_unique(format!("{cite}-{}", safe_name(&what.name)), &mut taken));
        EvidenceFile { path: what.copied.then(path), cite, noted }
    };
    case.evidence.iter().map(item).collect()
}

/// The text of every version of every playbook of the case and where it stands, in the order of attaching.
pub(crate) fn list_playbooks(case: &Case) -> Vec<(String, &str)> {
    let mut taken = HashSet::new();
    let mut place = |id: &str, version: &str| {
        format!("{PLAYBOOKS}{}", make_unique(safe_name(&format!("{id}-{version}.ron")), &mut taken))
    };
    let mut texts = Vec::new();
    for plan in &case.plans {
        let earlier = plan.earlier.iter().map(|(version, source)| (version, source));
        for (version, source) in earlier.chain([(&plan.playbook.version, &plan.source)]) {
            texts.push((place(&plan.playbook.id, version), source.as_str()));
        }
    }
    texts
}

/// `name`, or with a number before its ending where that name is taken in any mix of cases.
fn make_unique(name: String, taken: &mut HashSet<String>) -> String {
    let mut tried = name.clone();
    let mut number = 2_u64;
    while !taken.insert(tried.to_lowercase()) {
        let (stem, ending) = split_ending(&name);
        tried = format!("{stem}-{number}{ending}");
        number += 1;
    }
    tried
}

/// The name without and with its ending; an ending is short and follows something.
fn split_ending(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && name.len() - at <= 12 => name.split_at(at),
        _ => (name, ""),
    }
}

/// A file name that Windows, macOS and Linux all take and that shows what it holds: what could mislead is made
/// visible, what is forbidden becomes `_`.
pub(super) fn safe_name(name: &str) -> String {
    let shown = make_safe(name);
    let mut clean: String = shown
        .chars()
        // `%` would need an escape in the manifest, which `sha256sum -c` does not know.
        .map(|c| if matches!(c, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%') { '_' } else { c })
        .collect();
    if clean.len() > LIMIT {
        let (stem, ending) = split_ending(&clean);
        let mut end = LIMIT - ending.len();
        while !stem.is_char_boundary(end) {
            end -= 1;
        }
        clean = format!("{}{ending}", stem.get(..end).unwrap_or_default());
    }
    let clean = clean.trim_start().trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = clean.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    match clean {
        "" => "_".to_owned(),
        // Windows takes `con.txt` for the console, too.
        _ if RESERVED.contains(&stem.as_str()) => format!("_{clean}"),
        clean => clean.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_unpacked_anywhere() {
        assert_eq!(safe_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(safe_name("C:\\Users\\a?.txt"), "C__Users_a_.txt");
        assert_eq!(safe_name("invoice\u{202e}fdp.exe"), "invoice‹U+202E›fdp.exe");
        assert_eq!(safe_name("a\nb\u{1b}[2J"), "a⏎b␛[2J");
        assert_eq!(safe_name("trail. . "), "trail");
        assert_eq!(safe_name("..."), "_");
        assert_eq!(safe_name("100%.csv"), "100_.csv");
        assert_eq!(safe_name("aux.txt"), "_aux.txt");
        assert_eq!(safe_name("Größe 病院.pcap"), "Größe 病院.pcap");
        let long = safe_name(&format!("{}.evtx", "病".repeat(200)));
        assert!(long.len() <= LIMIT && long.ends_with(".evtx"), "{long}");
    }

    #[test]
    fn names_differ_in_more_than_case() {
        let mut taken = HashSet::new();
        assert_eq!(make_unique("a.ron".into(), &mut taken), "a.ron");
        assert_eq!(make_unique("A.RON".into(), &mut taken), "A-2.RON");
        assert_eq!(make_unique("a.ron".into(), &mut taken), "a-3.ron");
    }
}
