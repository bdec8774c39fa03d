//! Names of ours made of anyone's: lower-case letters, digits and hyphens, unique.

use std::collections::{HashMap, HashSet};

/// Characters that a made name may have.
const LONGEST: usize = 32;

/// Names given so far.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// The last number that was put behind each name.
    numbers: HashMap<String, u64>,
}

impl Names {
    /// Takes `name` as it is, where it is a good one and free.
    pub(super) fn take(&mut self, name: &str) -> bool {
        is_id(name) && self.taken.insert(name.to_owned())
    }

    /// A free name like `text`, or like `otherwise` where `text` has nothing to make one of.
    pub(super) fn make(&mut self, text: &str, otherwise: &str) -> String {
        let slug = make_slug(text);
        let base = if slug.is_empty() { otherwise.to_owned() } else { slug };
        if self.taken.insert(base.clone()) {
            return base;
        }
        // The last number is kept: to count from 2 again for each of thousands of equal names would take minutes.
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number = number.saturating_add(1);
            let name = format!("{base}-{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Whether `name` is fit to be typed in commands.
pub(super) fn is_id(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= 40 && name.chars().all(fits) && !name.starts_with('-')
}

/// Letters and digits of a text in lower case, with a hyphen for all else; at most [`LONGEST`] characters.
fn make_slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_names_are_good_and_unique() {
        let mut names = Names::default();
        assert_eq!(names.make("Get IP: address!", "step"), "get-ip-address");
        assert_eq!(names.make("get ip address", "step"), "get-ip-address-2");
        assert_eq!(names.make("病院", "step"), "step");
        assert!(is_id(&names.make(&"x y ".repeat(90), "step")));
        assert!(!names.take("step") && names.take("other") && !names.take("Bad"));
    }
}
