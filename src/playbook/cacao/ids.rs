//! Identifiers that are the same for the same playbook, in the forms that CACAO asks for.

use uuid::{Builder, Uuid};

/// What every identifier of ours is derived from. It never changes: files that were exported name these identifiers.
const HOUSE: &str = "https://carecert-react.invalid/cacao";

/// The identifier of our extension: the same in every export, so that every reader of ours knows it.
pub(super) fn extension_id() -> String {
    format!("extension-definition--{}", derive_uuid(&namespace_uuid(), "extension"))
}

/// The identity that exports are created by: the program, for it does not know the organisation.
pub(super) fn program_identity() -> String {
    format!("identity--{}", Uuid::new_v5(&namespace_uuid(), b"identity"))
}

/// The namespace (RFC 9562 §6.5) in which all our names are unique.
fn namespace_uuid() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, HOUSE.as_bytes())
}

/// Where the identifiers of one playbook come from.
pub(super) struct Ids {
    playbook: Uuid,
}

impl Ids {
    /// For the playbook of that id.
    pub(super) fn of(playbook: &str) -> Self {
        Ids { playbook: Uuid::new_v5(&namespace_uuid(), format!("playbook/{playbook}").as_bytes()) }
    }

    /// The playbook's own.
    pub(super) fn playbook_id(&self) -> String {
        format!("playbook--{}", self.playbook)
    }

    /// That of a part of it: `sort` is CACAO's word, `name` what we call it.
    pub(super) fn part_id(&self, sort: &str, name: &str) -> String {
        format!("{sort}--{}", derive_uuid(&self.playbook, &format!("{sort}/{name}")))
    }
}

/// CACAO wants version 4 for steps. A hash is as good as chance here, and the same on every run.
fn derive_uuid(from: &Uuid, name: &str) -> Uuid {
    Builder::from_random_bytes(Uuid::new_v5(from, name.as_bytes()).into_bytes()).into_uuid()
}

/// Whether `id` is `sort--UUID`, of an RFC 4122 version from 1 to 5.
pub(super) fn is_identifier(id: &str) -> bool {
    let Some((sort, uuid)) = id.split_once("--") else { return false };
    let sorted = !sort.is_empty() && sort.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let dashed = uuid.len() == 36 && uuid.as_bytes().get(8) == Some(&b'-');
    sorted && dashed && Uuid::try_parse(uuid).is_ok_and(|uuid| (1..=5).contains(&uuid.get_version_num()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_gives_the_same_id_in_the_right_form() {
        let (a, b) = (Ids::of("ransomware"), Ids::of("phishing"));
        assert_eq!(a.part_id("action", "isolate"), Ids::of("ransomware").part_id("action", "isolate"));
        assert_ne!(a.part_id("action", "isolate"), b.part_id("action", "isolate"));
        assert_ne!(
            a.part_id("action", "isolate").split_once("--").unwrap().1,
            a.part_id("end", "isolate").split_once("--").unwrap().1
        );
        for id in [a.playbook_id(), a.part_id("if-condition", "x"), extension_id(), program_identity()] {
            assert!(is_identifier(&id), "{id}");
        }
        assert_eq!(a.part_id("end", "x").as_bytes()["end--".len() + 14], b'4');
        assert!(!is_identifier("action--1") && !is_identifier("--6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
        assert!(
            !is_identifier("action--6ba7b810-9dad-71d1-80b4-00c04fd430c8"),
            "version 7 is refused by CACAO's schema"
        );
    }
}
