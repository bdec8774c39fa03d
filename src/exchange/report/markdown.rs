//! The report in Markdown: shorter, for a ticket.
//!
//! Text from the case is escaped so that it cannot make markup, links, pictures or HTML. Some readers make a link of
//! any bare address, even an escaped one, so `@` is written `[at]` and `://` is written `[://]`.

use super::{
    rows::{Correction, NamedItem, ReportView},
    subjects::Subjects,
    text::Moment,
};
use crate::store::snapshot::Snapshot;
use std::fmt::{self, Write as _};

/// The report as Markdown, with line feeds; the same text for the same case.
pub fn render_markdown(snapshot: &Snapshot) -> String {
    let view = ReportView::of(snapshot);
    let mut page = Page { text: String::new(), local: !view.utc };
    // Writing to a string cannot fail.
    let _ = page.head(&view);
    let _ = page.now(&view);
    let _ = page.picture(&view.picture);
    let _ = page.decisions(&view);
    let _ = page.timeline(&view);
    let _ = page.steps(&view);
    let _ = page.evidence(&view);
    let _ = page.told(&view);
    let _ = page.rest(&view);
    page.text
}

/// The page that is being written.
struct Page {
    text: String,
    /// Local times stand beside UTC.
    local: bool,
}

impl Page {
    /// Begins a section.
    fn heading(&mut self, title: &str) -> fmt::Result {
        write!(self.text, "\n## {title}\n\n")
    }

    /// A moment in UTC, with local time if that is another.
    fn at(&self, when: &Moment) -> String {
        if self.local { format!("{} ({})", when.utc, when.local) } else { when.utc.clone() }
    }

    /// Marking, title, warnings and the facts about the case.
    fn head(&mut self, view: &ReportView) -> fmt::Result {
        let mark = view.tlp;
        write!(self.text, "**{mark}**\n\n# {}\n\n", escape_markdown(&view.title))?;
        if view.exercise {
            self.text.push_str("**EXERCISE EXERCISE EXERCISE: this is no real incident**\n\n");
        }
        for loss in &view.losses {
            let (cite, what) = (&loss.cite, escape_markdown(&loss.what));
            write!(self.text, "**ENTRIES HAVE BEEN LOST ({cite}):** {what}\n\n")?;
        }
        for seen in &view.damage {
            let (cite, what) = (&seen.cite, escape_markdown(&seen.what));
            write!(self.text, "**Damage was seen ({cite}):** {what}\n\n")?;
        }
        if !view.summary.is_empty() {
            write!(self.text, "{}\n\n", escape_markdown(&view.summary))?;
        }
        let state = if view.closed { "closed" } else { "open" };
        writeln!(self.text, "- State: **{state}**, severity **{}**", view.severity)?;
        if let Some(at) = &view.occurred {
            let at = self.at(at);
            writeln!(self.text, "- Happened, as stated: {at}")?;
        }
        if let Some(at) = &view.opened {
            let at = self.at(at);
            writeln!(self.text, "- Opened: {at}")?;
        }
        if let Some(at) = &view.ended {
            let at = self.at(at);
            writeln!(self.text, "- Closed: {at}: {}", escape_markdown(&view.outcome))?;
        }
        if let Some(at) = &view.as_of {
            let at = self.at(at);
            writeln!(self.text, "- As of the last entry: {at}")?;
        }
        let logs: Vec<String> = view.logs.iter().map(|log| format!("{} (1 to {})", log.letter, log.entries)).collect();
        let (duration, entries, logs) = (&view.duration, view.entries, logs.join(", "));
        writeln!(self.text, "- Duration: {duration}; entries: {entries}; logs: {logs}")?;
        writeln!(self.text, "- Case: `{}`; seal: `{}`", view.id, view.seal)?;
        match view.utc {
            true => writeln!(self.text, "- Times: UTC, which was local time too at every entry (+00:00)"),
            false => writeln!(
                self.text,
                "- Times: UTC, and in brackets local time with its offset ({}) by the clock of the machine that recorded \
                 it; stated times and deadlines have the offset of the entry nearest to them",
                view.offsets
            ),
        }
    }

    /// What is next and what is open, as of the last entry.
    fn now(&mut self, view: &ReportView) -> fmt::Result {
        self.heading(if view.closed { "What was left open" } else { "What is open" })?;
        let named = |page: &Self, named: &Option<NamedItem>| match named {
            None => "none".to_owned(),
            Some(named) => {
                let by = named.by.as_ref().map(|at| format!(", by {}", page.at(at))).unwrap_or_default();
                let passed = if named.passed { " (PASSED at the last entry)" } else { "" };
                format!("{}{by}{passed}", escape_markdown(&named.what))
            }
        };
        let (deadline, next) = (named(self, &view.next_deadline), named(self, &view.next));
        writeln!(self.text, "- Next deadline: {deadline}")?;
        if !view.closed {
            writeln!(self.text, "- Next step: {next}")?;
        }
        writeln!(self.text, "- Steps: {} ready, {} waiting", view.ready, view.waiting)?;
        for step in &view.open {
            let (title, note) = (escape_markdown(&step.title), escape_markdown(&step.note));
            writeln!(self.text, "- {}: {title} ({}, {}) {note}", step.state, step.entry, escape_markdown(&step.by))?;
        }
        Ok(())
    }

    /// What the incident is about, part by part; a part of which the case holds nothing is not named.
    fn picture(&mut self, picture: &Subjects) -> fmt::Result {
        if let Some(impact) = &picture.impact {
            self.heading("What it means for patients")?;
            let (at, who) = (self.at(&impact.at), escape_markdown(&impact.who));
            writeln!(self.text, "{} ({}, {who}, {at})", escape_markdown(&impact.text), impact.cite)?;
        }
        if !picture.follow_ups.is_empty() {
            self.heading("To be looked at again")?;
        }
        for mark in &picture.follow_ups {
            writeln!(
                self.text,
                "- **{}** {} ({})",
                mark.entry,
                escape_markdown(&mark.said.text),
                escape_markdown(&mark.said.who)
            )?;
        }
        if !picture.assets.is_empty() {
            self.heading("Systems and accounts")?;
        }
        for asset in &picture.assets {
            let (name, about, at) =
                (escape_markdown(&asset.name), escape_markdown(&asset.said.text), self.at(&asset.said.at));
            let what = format!("{}, importance {}", asset.kind, asset.importance);
            writeln!(self.text, "- **{}** {name} ({what}): **{}**, noted {at}. {about}", asset.said.cite, asset.state)?;
        }
        if !picture.indicators.is_empty() {
            self.heading("Indicators, written so that nobody follows them")?;
        }
        for found in &picture.indicators {
            let from = if found.source.is_empty() {
                String::new()
            } else {
                format!(" (from {})", escape_markdown(&found.source))
            };
            let (value, about) = (escape_markdown(&found.value), escape_markdown(&found.said.text));
            writeln!(self.text, "- **{}** {} {value}{from} {about}", found.said.cite, found.kind)?;
        }
        if !picture.contacts.is_empty() {
            self.heading("Contacts")?;
        }
        for contact in &picture.contacts {
            let (name, role, of) = (
                escape_markdown(&contact.name),
                escape_markdown(&contact.role),
                escape_markdown(&contact.organisation),
            );
            let (reach, about) = (escape_markdown(&contact.reach), escape_markdown(&contact.said.text));
            writeln!(self.text, "- **{}** {name}; {role}; {of}: {reach} {about}", contact.said.cite)?;
        }
        Ok(())
    }

    /// The corrections of an entry, below it; whether there were any.
    fn corrections(&mut self, corrections: &[Correction]) -> fmt::Result {
        for fix in corrections {
            let (text, why, who) = (escape_markdown(&fix.text), escape_markdown(&fix.why), escape_markdown(&fix.who));
            writeln!(self.text, "  - **Corrected by {}:** {text} (why: {why}; {who}, {})", fix.cite, fix.at.utc)?;
        }
        Ok(())
    }

    /// Decisions and approvals with their reasons.
    fn decisions(&mut self, view: &ReportView) -> fmt::Result {
        self.heading("Decisions")?;
        for made in &view.decisions {
            let question = strike_corrected(&made.question, &made.row.corrections);
            let choice = strike_corrected(&made.choice, &made.row.corrections);
            let (at, rationale) =
                (self.at(&made.row.happened), strike_corrected(&made.rationale, &made.row.corrections));
            let (by, logged) = (escape_markdown(&made.decided_by), escape_markdown(&made.row.who.name));
            writeln!(self.text, "- **{}** {question} **{choice}**", made.row.cite)?;
            writeln!(self.text, "  - Rationale: {rationale}")?;
            writeln!(self.text, "  - Decided by {by}; logged by {logged}; {at}")?;
            if !made.confirmed.is_empty() {
                writeln!(
                    self.text,
                    "  - What is logged is confirmed by {}",
                    escape_markdown(&made.confirmed.join("; "))
                )?;
            }
            self.corrections(&made.row.corrections)?;
        }
        self.none(view.decisions.is_empty())
    }

    /// Every entry in the order of the case.
    fn timeline(&mut self, view: &ReportView) -> fmt::Result {
        self.heading("Timeline")?;
        for row in &view.timeline {
            let at = self.at(&row.happened);
            let stated =
                if row.stated { format!(" as stated, recorded {}", self.at(&row.recorded)) } else { String::new() };
            let (who, what) = (escape_markdown(&row.who.name), strike_corrected(&row.what, &row.corrections));
            writeln!(self.text, "- **{}** {at}{stated}, {who}: _{}_ {what}", row.cite, row.kind)?;
            self.corrections(&row.corrections)?;
        }
        self.none(view.timeline.is_empty())
    }

    /// The steps of each playbook with their state.
    fn steps(&mut self, view: &ReportView) -> fmt::Result {
        for plan in &view.plans {
            let title = format!("Steps: {} ({} of {} settled)", escape_markdown(&plan.title), plan.settled, plan.steps);
            self.heading(&title)?;
            for phase in &plan.phases {
                writeln!(self.text, "- **{}**", escape_markdown(&phase.title))?;
                for step in &phase.steps {
                    let entry = if step.entry.is_empty() { String::new() } else { format!(" ({})", step.entry) };
                    let late = if step.late { ", late" } else { "" };
                    writeln!(
                        self.text,
                        "  - {} {}{late}: {}{entry}",
                        step.shape,
                        step.state,
                        escape_markdown(&step.title)
                    )?;
                }
            }
        }
        Ok(())
    }

    /// The items of evidence with their hashes.
    fn evidence(&mut self, view: &ReportView) -> fmt::Result {
        self.heading("Evidence")?;
        for item in &view.evidence {
            let kept = if item.copied { "" } else { ", by reference" };
            let (name, about) = (
                strike_corrected(&item.name, &item.row.corrections),
                strike_corrected(&item.about, &item.row.corrections),
            );
            writeln!(self.text, "- **{}** {name} ({}{kept}): {about}", item.row.cite, item.size)?;
            writeln!(self.text, "  - SHA-256 `{}`", item.sha256)?;
            let (origin, source, who) =
                (escape_markdown(&item.origin), escape_markdown(&item.source), escape_markdown(&item.row.who.name));
            let at = self.at(&item.row.recorded);
            writeln!(self.text, "  - Read from {origin}; system {source}; taken in by {who}, {at}")?;
            self.corrections(&item.row.corrections)?;
        }
        self.none(view.evidence.is_empty())
    }

    /// Clocks, and who was told what.
    fn told(&mut self, view: &ReportView) -> fmt::Result {
        self.heading("Notifications and clocks")?;
        self.text.push_str("Guidance, not legal advice. States are as of the last entry.\n\n");
        for clock in &view.clocks {
            let deadline = clock
                .deadline
                .as_ref()
                .map_or_else(|| "without undue delay".into(), |at| format!("by {}", self.at(at)));
            let (aware, title, note) =
                (self.at(&clock.aware), escape_markdown(&clock.title), escape_markdown(&clock.note));
            writeln!(
                self.text,
                "- **{}** {title}: **{}**, {deadline}, aware {aware}. {note}",
                clock.cite, clock.state
            )?;
            self.corrections(&clock.corrections)?;
        }
        for told in &view.notifications {
            let (to, means, reference) =
                (escape_markdown(&told.to), escape_markdown(&told.means), escape_markdown(&told.reference));
            let (at, text) = (self.at(&told.row.happened), strike_corrected(&told.text, &told.row.corrections));
            writeln!(self.text, "- **{}** {to} told by {means}, reference {reference}, {at}: {text}", told.row.cite)?;
            self.corrections(&told.row.corrections)?;
        }
        self.none(view.clocks.is_empty() && view.notifications.is_empty())
    }

    /// People, playbooks, and how the report can be checked.
    fn rest(&mut self, view: &ReportView) -> fmt::Result {
        self.heading("People")?;
        for person in &view.people {
            let (name, role, of) =
                (escape_markdown(&person.name), escape_markdown(&person.role), escape_markdown(&person.organisation));
            writeln!(self.text, "- {name}; {role}; {of}")?;
        }
        self.none(view.people.is_empty())?;
        self.heading("Playbooks")?;
        for plan in &view.plans {
            let (id, version, origin) =
                (escape_markdown(&plan.id), escape_markdown(&plan.version), escape_markdown(&plan.origin));
            writeln!(
                self.text,
                "- {} ({id}, {version}, {origin}); SHA-256 `{}`",
                escape_markdown(&plan.title),
                plan.sha256
            )?;
        }
        self.none(view.plans.is_empty())?;
        self.heading("How to check this")?;
        self.text.push_str(
            "The records are the proof: ask for the bundle. Each line of `records.jsonl` is one entry, and its hash is the \
             SHA-256 of the line without its end. For each console `seq` counts from 1 without a gap and `prev` is the \
             hash of the entry before it. The logs end in:\n\n",
        );
        for log in &view.logs {
            writeln!(
                self.text,
                "- {}: console `{}`, {} entries, `{}`",
                log.letter, log.console, log.entries, log.hash
            )?;
        }
        let (whole, seal) = (&view.seal_hash, &view.seal);
        write!(
            self.text,
            "\nThe seal is the SHA-256 of one line for each log, `console seq hash` and a line feed, sorted by console: \
             `{whole}`, of which the first 80 bits in Crockford's base 32 are `{seal}`.\n\n**{}**\n",
            view.tlp
        )
    }

    /// Says that a section is empty, so that nobody takes it for forgotten.
    fn none(&mut self, none: bool) -> fmt::Result {
        if none { self.text.write_str("None.\n") } else { Ok(()) }
    }
}

/// The text, struck through where it was corrected.
fn strike_corrected(text: &str, corrections: &[Correction]) -> String {
    let text = escape_markdown(text);
    if corrections.is_empty() || text.is_empty() { text } else { format!("~~{text}~~") }
}

/// Safe text as Markdown that says just that, on one line: ends of lines become `⏎`.
fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let text = text.trim().replace("://", "[://]");
    for c in text.chars() {
        match c {
            '\n' => out.push_str(" ⏎ "),
            '@' => out.push_str("\\[at\\]"),
            c if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '?' | '\'' | '"' | '%' | '/') => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sample;

    /// Whether a mark stands in the text without a backslash before it, outside what we wrote ourselves.
    fn bare(text: &str, mark: &str) -> bool {
        text.match_indices(mark).any(|(at, _)| {
            let slashes = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
            slashes % 2 == 0
        })
    }

    #[test]
    fn hostile_text_makes_no_markup() {
        let text = render_markdown(&sample::hostile());
        for mark in ["<", ">", "[", "]", "!", "|", "{", "&", "](", "://", "@", "www."] {
            assert!(!bare(&text, mark), "{mark} is bare in the report");
        }
        assert!(!text.contains(['\u{1b}', '\u{202e}']));
        assert!(!text.lines().any(|line| line.starts_with("# heading") || line.starts_with("- list")));
        assert_eq!(text.lines().filter(|line| line.starts_with("# ")).count(), 1);
        assert!(text.contains("\\<script\\>"), "it is there to be read");
    }

    #[test]
    fn marks_are_escaped_one_by_one() {
        assert_eq!(escape_markdown("# 1. *x* [a](http://b.c)"), r"\# 1\. \*x\* \[a\]\(http\[\://\]b\.c\)");
        assert_eq!(escape_markdown("a@b.example\n- c"), r"a\[at\]b\.example ⏎ \- c");
        assert_eq!(escape_markdown("`\\"), r"\`\\");
    }

    #[test]
    fn both_the_wrong_and_the_right_are_there() {
        let text = render_markdown(&sample::hospital());
        let at = text.find(r"~~First screen with a ransom note seen on Ward 7, bay 3\.~~").unwrap();
        let next = text[at..].lines().nth(1).unwrap();
        assert!(next.contains("Corrected by") && next.contains("Ward 17"), "{next}");
        assert_eq!(text, render_markdown(&sample::hospital()));
        assert!(render_markdown(&sample::exercise()).contains("EXERCISE EXERCISE"));
    }

    #[test]
    fn an_approval_is_among_the_decisions_and_each_ward_among_the_steps() {
        let text = render_markdown(&sample::hospital());
        let section = |heading: &str| {
            let (_, after) = text.split_once(&format!("\n## {heading}")).unwrap();
            after.split("\n## ").next().unwrap().to_owned()
        };
        let decisions = section("Decisions");
        let asked = decisions.find("We want to cut off the whole site").unwrap();
        let given = decisions[asked..].split("\n- ").next().unwrap();
        assert!(given.contains("**agreed**") && given.contains(r"M\. Ellery, on\-call executive"), "{given}");
        assert!(given.contains("Yes, cut it"), "{given}");
        for ward in ["Ward 7", "Ward 12", "Ward 17", "Radiology", "Ward 21"] {
            let line = format!("Bring downtime cover to {ward} (");
            assert!(section("Steps: ").contains(&line), "{ward}");
        }
    }
}
