//! What a person is told where something cannot be done: what, why, and what to do.

use std::error::Error;

/// A problem, as a person is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What went wrong, in a sentence.
    pub what: String,
    /// Why, from the outermost cause in.
    pub causes: Vec<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of which no cause is known.
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), causes: Vec::new(), hint: Some(hint.into()) }
    }

    /// What and why in one line, without what to do.
    pub fn without_hint(&self) -> String {
        std::iter::once(&self.what).chain(&self.causes).map(String::as_str).collect::<Vec<_>>().join(": ")
    }

    /// All of it in one line.
    pub fn one_line(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!(". {hint}")).unwrap_or_default();
        format!("{}{hint}", self.without_hint())
    }

    /// All of it in a paragraph, in which the hint is called so.
    pub fn paragraph(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!(". Hint: {hint}")).unwrap_or_default();
        format!("{}{hint}", self.without_hint())
    }

    /// Each part by itself: what, the causes, the hint.
    pub fn parts(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.what).chain(&self.causes).chain(&self.hint)
    }
}

/// Why something failed, from the outermost cause in.
pub fn causes_of(fault: &dyn Error) -> Vec<String> {
    std::iter::successors(fault.source(), |fault| (*fault).source()).map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::Problem;

    #[test]
    fn a_problem_is_told_in_a_line_or_a_paragraph() {
        let causes = vec!["the disk is full".to_owned(), "os error 28".to_owned()];
        let full = Problem { causes, ..Problem::new("it is not written", "make room") };
        assert_eq!(full.without_hint(), "it is not written: the disk is full: os error 28");
        assert_eq!(full.one_line(), "it is not written: the disk is full: os error 28. make room");
        assert_eq!(full.paragraph(), "it is not written: the disk is full: os error 28. Hint: make room");
        assert_eq!(Problem { hint: None, ..Problem::new("no", "") }.one_line(), "no");
        assert_eq!(full.parts().count(), 4);
    }
}
