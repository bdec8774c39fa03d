//! The playbooks and duties inside the binary, so that the console needs nothing but itself.

use crate::{domain::duty::Duty, playbook::read::read_duties};
use std::sync::LazyLock;

/// A file that the binary carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, such as `ransomware.ron`.
    pub name: &'static str,
    /// Its whole text.
    pub text: &'static str,
}

/// The duties that come with the binary.
pub(super) const DUTIES: Source = Source { name: "duties.ron", text: include_str!("../../../playbooks/duties.ron") };

/// In the order in which they are listed.
const PLAYBOOKS: &[Source] = &[
    Source { name: "ransomware.ron", text: include_str!("../../../playbooks/ransomware.ron") },
    Source { name: "phishing.ron", text: include_str!("../../../playbooks/phishing.ron") },
    Source { name: "data-breach.ron", text: include_str!("../../../playbooks/data-breach.ron") },
    Source { name: "worm.ron", text: include_str!("../../../playbooks/worm.ron") },
    Source { name: "ddos.ron", text: include_str!("../../../playbooks/ddos.ron") },
    Source { name: "lost-device.ron", text: include_str!("../../../playbooks/lost-device.ron") },
    Source { name: "medical-device.ron", text: include_str!("../../../playbooks/medical-device.ron") },
    Source { name: "supplier.ron", text: include_str!("../../../playbooks/supplier.ron") },
    Source { name: "insider.ron", text: include_str!("../../../playbooks/insider.ron") },
    Source { name: "clinical-system.ron", text: include_str!("../../../playbooks/clinical-system.ron") },
];

/// The hash of every text that was ever built in, `sha256sum`'s way, with comments.
const SHIPPED: &str = include_str!("../../../playbooks/shipped.sha256");

/// Whether the text with this SHA-256, in lower-case hexadecimal, was ever one of the playbooks inside the binary.
pub fn was_shipped(sha256: &str) -> bool {
    SHIPPED.lines().filter_map(|line| line.split_once("  ")).any(|(known, _)| known == sha256)
}

/// The playbooks inside the binary, as text.
pub fn builtin_playbooks() -> &'static [Source] {
    PLAYBOOKS
}

/// The duties inside the binary. A test holds that they parse and that there are some.
pub fn builtin_duties() -> &'static [Duty] {
    // Each lookup of a duty would read the file again.
    static PARSED: LazyLock<Vec<Duty>> = LazyLock::new(|| read_duties(DUTIES.text).unwrap_or_default());
    &PARSED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Hash;

    #[test]
    fn every_built_in_text_is_in_the_list_of_shipped_ones() {
        let new = |source: &&Source| !was_shipped(&Hash::of(source.text.as_bytes()).to_string());
        let line = |source: &Source| format!("{}  {}", Hash::of(source.text.as_bytes()), source.name);
        let missing: Vec<String> = builtin_playbooks().iter().filter(new).map(line).collect();
        assert!(missing.is_empty(), "add these lines to playbooks/shipped.sha256:\n{}", missing.join("\n"));
        let other = format!("{}\n", builtin_playbooks()[0].text);
        assert!(!was_shipped(&Hash::of(other.as_bytes()).to_string()));
        assert!(!was_shipped(""));
    }

    #[test]
    fn the_list_of_shipped_texts_only_grows() {
        let lines: Vec<&str> = SHIPPED.lines().filter(|line| !line.starts_with('#')).collect();
        let first = lines.get(..FROZEN).map(|lines| lines.join("\n")).unwrap_or_default();
        assert_eq!(Hash::of(first.as_bytes()).to_string(), FROZEN_HASH, "a line was changed or taken out");
        for line in lines {
            let (sha256, name) = line.split_once("  ").unwrap();
            assert!(Hash::parse(sha256).is_ok() && name.ends_with(".ron"), "{line}");
        }
    }

    /// The first lines of the list, and their hash. Not to be changed.
    const FROZEN: usize = 51;
    const FROZEN_HASH: &str = "03014ed805529cd60649c1f7829a380f251b0325a835244703761492d81eb82e";
}
