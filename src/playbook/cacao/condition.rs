//! Conditions: `when` of ours as a comparison expression of STIX patterning, as CACAO has them, and back.

use super::variables::{Sort, Variables};
use crate::domain::duty::Duty;
use crate::domain::playbook::{Form, When};

/// Brackets within brackets of a condition that is read.
const NESTING: usize = 32;
/// What holds in any case. STIX patterning has no constants, so two texts are compared.
const TRUE: &str = "'1' = '1'";
/// What never holds.
const FALSE: &str = "'1' = '2'";

/// Writes conditions over the variables of one playbook.
pub(super) struct Writer<'a> {
    pub(super) variables: &'a Variables<'a>,
    pub(super) duties: &'a [Duty],
}

impl Writer<'_> {
    /// `when` as an expression. Each comparison is three words without spaces inside where it can be, because that is
    /// all that some engines read.
    pub(super) fn write(&self, when: &When) -> String {
        self.write_part(when, false, false)
    }

    /// Writes one part of a condition: negated where `not`, in brackets where it stands `inside` another. Negation is
    /// pushed down to the comparisons, because STIX negates nothing else.
    fn write_part(&self, when: &When, not: bool, inside: bool) -> String {
        let names = self.variables;
        let equals = |name: &str, value: &str| format!("{name}:value {} {value}", if not { "!=" } else { "=" });
        match when {
            When::Always => write_constant(!not),
            When::Chose(step, option) => equals(names.name(Sort::Outcome, step), &quote_literal(option)),
            When::Done(step) => equals(names.name(Sort::Done, step), "true"),
            When::Yes(question) => equals(names.name(Sort::Answer, question), "true"),
            When::Answered(question, option) => equals(names.name(Sort::Answer, question), &quote_literal(option)),
            When::AtLeast(question, least) => self.write_at_least(question, *least, not),
            When::Gate(duty) => match self.expand_gate(duty) {
                Some(all) => self.write_part(&all, not, inside),
                None => equals(names.name(Sort::Gate, duty), "true"),
            },
            When::Not(part) => self.write_part(part, !not, inside),
            // One comparison instead of several, since some engines know no brackets.
            When::Any(parts) if parts.len() > 1 && find_common_step(parts).is_some() => {
                let options = parts.iter().filter_map(When::chosen).map(|(_, option)| option);
                write_membership(names.name(Sort::Outcome, find_common_step(parts).unwrap_or("")), options, not)
            }
            When::All(parts) | When::Any(parts) => {
                let all = matches!(when, When::All(_));
                if parts.is_empty() {
                    return write_constant(all != not);
                }
                let word = if all != not { " AND " } else { " OR " };
                let joined = parts.iter().map(|part| self.write_part(part, not, true)).collect::<Vec<_>>().join(word);
                if inside { format!("({joined})") } else { joined }
            }
        }
    }

    /// Writes `AtLeast`: as the set of options from that place on, or as a comparison of numbers.
    fn write_at_least(&self, question: &str, least: i64, not: bool) -> String {
        match self.variables.form(question) {
            Some(Form::OneOf(choices)) => {
                let from = usize::try_from(least.saturating_sub(1)).unwrap_or(0);
                let options = choices.iter().skip(from).map(|choice| choice.id.as_str());
                write_membership(self.variables.name(Sort::Answer, question), options, not)
            }
            form @ (Some(Form::Text | Form::Number | Form::YesNo | Form::List) | None) => {
                let sort = if form == Some(&Form::Number) { Sort::Answer } else { Sort::Count };
                let name = self.variables.name(sort, question);
                format!("{name}:value {} {least}", if not { "<" } else { ">=" })
            }
        }
    }

    /// A gate as the thresholds that it is made of, where every question of it is asked here.
    fn expand_gate(&self, duty: &str) -> Option<When> {
        let duty = self.duties.iter().find(|known| known.id == duty)?;
        let asked = |question: &str| {
            let form = self.variables.form(question);
            form.is_some_and(Form::is_own_size) && !self.variables.name(Sort::Answer, question).is_empty()
        };
        let all = !duty.gate.is_empty() && duty.gate.iter().all(|threshold| asked(&threshold.question));
        let parts = duty.gate.iter().map(|part| When::AtLeast(part.question.clone(), part.at_least));
        all.then(|| When::All(parts.collect()))
    }
}

/// Writes a condition that always or never holds.
fn write_constant(holds: bool) -> String {
    if holds { TRUE } else { FALSE }.to_owned()
}

/// The step that all of these ask about, where they ask of one how it came out.
fn find_common_step(parts: &[When]) -> Option<&str> {
    let mut same = None;
    for part in parts {
        let (step, _) = part.chosen()?;
        if *same.get_or_insert(step) != step {
            return None;
        }
    }
    same
}

/// Writes that a variable is one of `options`, or is none of them where `not`.
fn write_membership<'a>(name: &str, options: impl Iterator<Item = &'a str>, not: bool) -> String {
    let options: Vec<String> = options.map(quote_literal).collect();
    if options.is_empty() {
        return write_constant(not);
    }
    format!("{name}:value {}IN ({})", if not { "NOT " } else { "" }, options.join(","))
}

/// A text in STIX's quotes, with backslash and quote escaped.
fn quote_literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// `text` as a condition of ours; `None` where it asks something that we cannot.
pub(super) fn parse_condition(text: &str, variables: &Variables<'_>) -> Option<When> {
    // An expression of ours has a few hundred bytes; the time to read a hostile one stays bounded.
    if text.len() > 16 * 1024 {
        return None;
    }
    let mut reader = Parser { words: split_tokens(text)?, at: 0, variables };
    let when = reader.parse_or(0)?;
    (reader.at == reader.words.len()).then_some(when)
}

/// The smallest piece of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Name(String),
    Text(String),
    Sign(&'static str),
}

/// Longer signs first: `!=` and `>=` begin with others.
const SIGNS: &[&str] = &["!=", ">=", "<=", "=", ">", "<", "(", ")", "[", "]", ","];

/// The pieces of an expression; `None` if a quote is never closed or a character belongs to none.
fn split_tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            found.push(Token::Sign(sign));
            rest = rest.get(sign.len()..)?;
        } else if let Some(inside) = rest.strip_prefix('\'') {
            let mut word = String::new();
            let mut chars = inside.char_indices();
            loop {
                match chars.next()? {
                    (_, '\\') => word.push(chars.next()?.1),
                    (at, '\'') => {
                        rest = inside.get(at + 1..)?;
                        break;
                    }
                    (_, c) => word.push(c),
                }
            }
            found.push(Token::Text(word));
        } else {
            let end = rest.find(|c: char| !c.is_alphanumeric() && !"_-:.$".contains(c)).unwrap_or(rest.len());
            found.push(Token::Name(rest.get(..end).filter(|name| !name.is_empty())?.to_owned()));
            rest = rest.get(end..)?;
        }
        rest = rest.trim_start();
    }
    Some(found)
}

/// Reads an expression by recursive descent: `OR` binds less than `AND`.
struct Parser<'a> {
    words: Vec<Token>,
    at: usize,
    variables: &'a Variables<'a>,
}

impl Parser<'_> {
    /// Steps over that sign, if it is next.
    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.words.get(self.at), Some(Token::Sign(here)) if *here == sign);
        self.at += usize::from(found);
        found
    }

    /// Steps over that word, if it is next.
    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.words.get(self.at), Some(Token::Name(here)) if here == word);
        self.at += usize::from(found);
        found
    }

    /// Reads parts with `OR` between them. `depth` counts open brackets, so that no text can exhaust the stack.
    fn parse_or(&mut self, depth: usize) -> Option<When> {
        let mut parts = vec![self.parse_and(depth)?];
        while self.take_word("OR") {
            parts.push(self.parse_and(depth)?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(When::Any(parts)) }
    }

    /// Reads parts with `AND` between them.
    fn parse_and(&mut self, depth: usize) -> Option<When> {
        let mut parts = vec![self.parse_term(depth)?];
        while self.take_word("AND") {
            parts.push(self.parse_term(depth)?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(When::All(parts)) }
    }

    /// Reads one comparison, or a whole expression in brackets.
    fn parse_term(&mut self, depth: usize) -> Option<When> {
        if depth > NESTING {
            return None;
        }
        for (open, close) in [("(", ")"), ("[", "]")] {
            if self.take_sign(open) {
                let inside = self.parse_or(depth + 1)?;
                return self.take_sign(close).then_some(inside);
            }
        }
        let Token::Name(name) = self.words.get(self.at)?.clone() else { return None };
        self.at += 1;
        let (sort, id) = self.variables.meaning(name.strip_suffix(":value").unwrap_or(&name))?;
        let not = self.take_word("NOT");
        if self.take_word("IN") {
            let parts = self.parse_set(sort, id)?;
            let found = if parts.len() == 1 { parts.into_iter().next()? } else { When::Any(parts) };
            return Some(if not { When::Not(Box::new(found)) } else { found });
        }
        let &Token::Sign(sign) = self.words.get(self.at)? else { return None };
        let value = match self.words.get(self.at + 1)? {
            Token::Name(value) | Token::Text(value) => value.clone(),
            Token::Sign(_) => return None,
        };
        self.at += 2;
        let (found, negative) = read_comparison(sort, id, sign, &value)?;
        Some(if not != negative { When::Not(Box::new(found)) } else { found })
    }
}

impl Parser<'_> {
    /// Reads `('a','b')` after `IN`, as one comparison for each.
    fn parse_set(&mut self, sort: Sort, id: &str) -> Option<Vec<When>> {
        let mut parts = Vec::new();
        if !self.take_sign("(") {
            return None;
        }
        loop {
            let (Token::Text(value) | Token::Name(value)) = self.words.get(self.at)?.clone() else { return None };
            self.at += 1;
            let (found, negative) = read_comparison(sort, id, "=", &value)?;
            parts.push(if negative { When::Not(Box::new(found)) } else { found });
            if !self.take_sign(",") {
                return self.take_sign(")").then_some(parts);
            }
        }
    }
}

/// One comparison, and whether it must not hold.
fn read_comparison(sort: Sort, id: &str, sign: &str, value: &str) -> Option<(When, bool)> {
    let id = id.to_owned();
    let equal = match sign {
        "=" => true,
        "!=" => false,
        _ => {
            let value: i64 = value.parse().ok()?;
            // We count only "at least": the other three are said by it.
            let (least, negative) = match sign {
                ">=" => (value, false),
                "<" => (value, true),
                ">" => (value.checked_add(1)?, false),
                _ => (value.checked_add(1)?, true),
            };
            return sort.is_size().then_some((When::AtLeast(id, least), negative));
        }
    };
    let when = match (sort, value) {
        (Sort::Outcome, _) => When::Chose(id, value.to_owned()),
        (Sort::Done, "true" | "false") => When::Done(id),
        (Sort::Gate, "true" | "false") => When::Gate(id),
        (Sort::Answer, "true" | "false") => When::Yes(id),
        (Sort::Answer, _) => When::Answered(id, value.to_owned()),
        (Sort::Done | Sort::Gate | Sort::Count, _) => return None,
    };
    let turned = value == "false" && !matches!(when, When::Chose(..));
    Some((when, equal == turned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::duty::Threshold;
    use crate::domain::playbook::{Choice, Kind, Phase, Playbook, Question, Step};

    fn playbook() -> Playbook {
        let choice = |id: &str| Choice { id: id.to_owned(), ..Choice::default() };
        let ask = |id: &str, form| Question { id: id.to_owned(), form, ..Question::default() };
        let scale = Form::OneOf(vec![choice("low"), choice("middle"), choice("high")]);
        let asks =
            vec![ask("harm", scale), ask("number", Form::Number), ask("wards", Form::List), ask("sure", Form::YesNo)];
        let options = vec![choice("yes"), choice("it's")];
        let kind = Kind::Decision { question: String::new(), options };
        let steps =
            vec![Step { id: "a".into(), asks, ..Step::default() }, Step { id: "b-c".into(), kind, ..Step::default() }];
        Playbook { phases: vec![Phase { steps, ..Phase::default() }], ..Playbook::default() }
    }

    #[test]
    fn conditions_are_written_for_others_and_read_back() {
        let playbook = playbook();
        let gate = vec![Threshold { question: "harm".into(), at_least: 2 }];
        let duties = [Duty { id: "ico".into(), gate, ..Duty::default() }];
        let variables = Variables::of(&playbook, &duties);
        let writer = Writer { variables: &variables, duties: &duties };
        let chose = |option: &str| When::Chose("b-c".into(), option.into());
        let not = |when: When| When::Not(Box::new(when));
        let written = [
            (chose("it's"), "__outcome_b_c__:value = 'it\\'s'"),
            (not(When::Done("a".into())), "__done_a__:value != true"),
            (When::Any(vec![chose("yes"), chose("no")]), "__outcome_b_c__:value IN ('yes','no')"),
            (When::AtLeast("number".into(), 3), "__number__:value >= 3"),
            (not(When::AtLeast("wards".into(), 3)), "__count_wards__:value < 3"),
            (
                When::All(vec![When::Yes("sure".into()), When::Any(vec![chose("yes"), When::Done("a".into())])]),
                "__sure__:value = true AND (__outcome_b_c__:value = 'yes' OR __done_a__:value = true)",
            ),
        ];
        for (when, text) in written {
            assert_eq!(writer.write(&when), text);
            assert_eq!(parse_condition(text, &variables), Some(when), "{text}");
        }
        assert_eq!(writer.write(&When::Gate("ico".into())), "__harm__:value IN ('middle','high')");
        assert_eq!(writer.write(&not(When::Gate("ico".into()))), "__harm__:value NOT IN ('middle','high')");
        assert_eq!(
            writer.write(&not(When::All(vec![chose("yes"), When::Always]))),
            "__outcome_b_c__:value != 'yes' OR '1' = '2'"
        );
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let playbook = playbook();
        let variables = Variables::of(&playbook, &[]);
        let deep = "(".repeat(10_000);
        let huge = "'x' = 'x' AND ".repeat(10_000);
        let strange = [
            "",
            "x",
            "[file:size > 3]",
            "__sure__:value",
            "__sure__:value = true OR",
            "__sure__:value ~ 1",
            "__done_a__:value > 1",
            "__number__:value > 9223372036854775807",
            "__sure__:value = 'open",
            "__outcome_b_c__:value IN (",
            &deep,
            &huge,
        ];
        for text in strange {
            assert_eq!(parse_condition(text, &variables), None, "{}", &text[..text.len().min(40)]);
        }
        assert_eq!(
            parse_condition("[ __sure__:value NOT = true ]", &variables),
            Some(When::Not(Box::new(When::Yes("sure".into()))))
        );
    }
}
