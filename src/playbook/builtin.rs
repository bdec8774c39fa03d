//! The playbooks and duties inside the binary, so that the console needs nothing but itself.

use super::read::read_duties;
use crate::domain::duty::Duty;
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
pub(super) const DUTIES: Source = Source { name: "duties.ron", text: include_str!("../../playbooks/duties.ron") };

const PLAYBOOKS: &[Source] = &[
    Source { name: "ransomware.ron", text: include_str!("../../playbooks/ransomware.ron") },
    Source { name: "phishing.ron", text: include_str!("../../playbooks/phishing.ron") },
    Source { name: "data-breach.ron", text: include_str!("../../playbooks/data-breach.ron") },
    Source { name: "worm.ron", text: include_str!("../../playbooks/worm.ron") },
    Source { name: "ddos.ron", text: include_str!("../../playbooks/ddos.ron") },
    Source { name: "lost-device.ron", text: include_str!("../../playbooks/lost-device.ron") },
    Source { name: "medical-device.ron", text: include_str!("../../playbooks/medical-device.ron") },
    Source { name: "supplier.ron", text: include_str!("../../playbooks/supplier.ron") },
    Source { name: "insider.ron", text: include_str!("../../playbooks/insider.ron") },
    Source { name: "clinical-system.ron", text: include_str!("../../playbooks/clinical-system.ron") },
];

/// The playbooks inside the binary, as text.
pub fn builtin() -> &'static [Source] {
    PLAYBOOKS
}

/// The duties inside the binary. A test holds that they parse and that there are some.
pub fn duties() -> &'static [Duty] {
    static PARSED: LazyLock<Vec<Duty>> = LazyLock::new(|| read_duties(DUTIES.text).unwrap_or_default());
    &PARSED
}
