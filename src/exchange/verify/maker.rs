//! Which version made a bundle, and so which of its bytes this version can hold against its own rendering.

use crate::{
    domain::{
        finding::{Finding, Kind},
        text::make_safe,
    },
    exchange::bundle::{
        AGENT,
        derived::{self, RENDERING},
    },
};

/// What `bag-info.txt` says of what made the bundle. Anyone can write anything there: what another version is said to
/// have made is therefore never called intact, but listed file by file as not checked.
#[derive(Debug, Default)]
pub(super) struct Maker {
    /// As stated, made safe; empty if nothing is.
    stated: String,
    rendering: Option<u32>,
}

impl Maker {
    /// Reads it from the text of `bag-info.txt`. Who states two makers states none.
    pub(super) fn of(info: Option<&str>) -> Self {
        let lines = info.unwrap_or_default().lines();
        let mut stated = lines.filter_map(|line| line.strip_prefix(AGENT)?.strip_prefix(": "));
        match (stated.next(), stated.next()) {
            (Some(agent), None) => {
                Self { stated: make_safe(agent).into_owned(), rendering: derived::read_rendering(agent) }
            }
            (Some(_), Some(_)) => Self { stated: "two makers".to_owned(), rendering: None },
            (None, _) => Self::default(),
        }
    }

    /// Whether it renders as this program does, so that every byte can be compared.
    pub(super) fn is_this(&self) -> bool {
        self.rendering == Some(RENDERING)
    }

    /// Whether it is a later version, which may make files that this one does not know.
    pub(super) fn is_later(&self) -> bool {
        self.rendering.is_some_and(|rendering| rendering > RENDERING)
    }

    /// The finding for a file that is not what this version renders from the records; `how` says where it differs, or
    /// nothing.
    pub(super) fn differs(&self, path: &str, how: &str) -> Finding {
        let how = if how.is_empty() { String::new() } else { format!(": {how}") };
        if self.is_this() {
            return Finding::damage(Kind::ChangedFile, path, format!("it is not what the records come to{how}"));
        }
        let maker = match self.stated.as_str() {
            "" => "an early version of carecert".to_owned(),
            stated => format!("“{stated}”"),
        };
        let what = format!(
            "it is not what this version makes of the records, and the bundle says that {maker} made it: do not rely on \
             it, the records count{how}"
        );
        Finding::unchecked(Kind::NotChecked, path, what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maker_is_read_strictly() {
        let of = |text: &str| Maker::of(Some(text));
        let this = derived::agent_label(RENDERING);
        assert!(of(&format!("a: b\n{AGENT}: {this}\n")).is_this());
        for odd in ["carecert-react, rendering 01", "carecert-react, rendering +1", "carecert-react 0.1", ""] {
            let maker = of(&format!("{AGENT}: {odd}\n"));
            assert!(!maker.is_this() && !maker.is_later(), "{odd:?}");
        }
        assert!(!of(&format!("{AGENT}: {this}\n{AGENT}: {this}\n")).is_this(), "two makers");
        assert!(of(&format!("{AGENT}: {}\n", derived::agent_label(RENDERING + 1))).is_later());
        let finding = of(&format!("{AGENT}: \u{1b}[2J\n")).differs("data/report.html", "");
        assert!(!finding.what.contains('\u{1b}'), "{finding:?}");
    }
}
