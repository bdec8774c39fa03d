//! The organisation's contacts: who is reached how, kept in the configuration folder for when the network is gone.

use crate::{
    domain::{event::ContactNoted, problem::Problem, text::make_safe},
    store::regular,
};
use serde::Deserialize;
use std::path::Path;

/// The file's name.
const FILE: &str = "contacts.ron";
/// The largest file that is read, bytes.
const MOST: u64 = 1 << 20;
/// How one is written.
const EXAMPLE: &str =
    r#"write it as [(name: "A. Osei", role: "site manager", organisation: "", reach: "pager 4411", about: "")]"#;

/// Someone, as the file has them. Only the name must be there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactRow {
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    reach: String,
    #[serde(default)]
    about: String,
}

/// The contacts in that folder, in the order of the file; none where there is no file. What is wrong with a file that
/// cannot be used is reported, and keeps nothing else from starting.
pub(super) fn read_contacts(config: &Path) -> (Vec<ContactNoted>, Option<Problem>) {
    let path = config.join(FILE);
    let fault = |causes: Vec<String>, hint: String| {
        let what = "contacts.ron cannot be used".to_owned();
        let causes = causes.iter().map(|why| make_safe(why).into_owned()).collect();
        (Vec::new(), Some(Problem { what, causes, hint: Some(hint) }))
    };
    match regular::read_text_if_there(&path, MOST) {
        Ok(None) => (Vec::new(), None),
        Ok(Some(text)) => match parse_contacts(&text) {
            Ok(contacts) => (contacts, None),
            Err(why) => fault(vec![format!("{}: {why}", path.display())], EXAMPLE.into()),
        },
        Err(why) => {
            let Problem { what, causes, hint } = Problem::from(&why);
            fault(std::iter::once(what).chain(causes).collect(), hint.unwrap_or_else(|| EXAMPLE.into()))
        }
    }
}

/// The contacts in a text, or why it is none, in a sentence.
fn parse_contacts(text: &str) -> Result<Vec<ContactNoted>, String> {
    let rows: Vec<ContactRow> = ron::from_str(text).map_err(|why| why.to_string())?;
    let mut contacts: Vec<ContactNoted> = Vec::with_capacity(rows.len());
    for (at, ContactRow { name, role, organisation, reach, about }) in rows.into_iter().enumerate() {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(format!("number {} has no name", at + 1));
        }
        contacts.push(ContactNoted { name, role, organisation, reach, about });
    }
    Ok(contacts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn of(text: &str) -> (Vec<ContactNoted>, Option<Problem>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), text).unwrap();
        read_contacts(folder.path())
    }

    #[test]
    fn contacts_are_read_and_only_a_name_is_needed() {
        let (contacts, fault) =
            of(r#"[(name: " A. Osei ", role: "site manager", reach: "pager 4411"), (name: "CSOC")]"#);
        assert_eq!(fault, None);
        let told: Vec<_> = contacts.iter().map(|c| (c.name.as_str(), c.role.as_str(), c.reach.as_str())).collect();
        assert_eq!(told, [("A. Osei", "site manager", "pager 4411"), ("CSOC", "", "")]);
        assert_eq!(
            read_contacts(Path::new("/no/such/folder")),
            (Vec::new(), None),
            "a file that is not there is no fault"
        );
    }

    #[test]
    fn a_broken_file_is_reported_and_nothing_is_taken_from_it() {
        for (text, why) in [
            ("[(name: \"A\"", "1:"),
            ("[(name: \"A\"), (name: \" \")]", "number 2 has no name"),
            ("[(name: \"A\", phone: \"1\")]", "phone"),
        ] {
            let (contacts, fault) = of(text);
            let report = fault.unwrap();
            assert!(contacts.is_empty());
            assert!(report.causes[0].contains(why), "{text}: {}", report.causes[0]);
        }
        assert!(of(&" ".repeat(1 << 21)).1.unwrap().causes[0].contains("more than"));
    }
}
