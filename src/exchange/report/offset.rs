//! Which local time a report gives beside UTC. It is learnt from the offsets that the case's own entries carry, never
//! from the machine that writes the report, so that the same case gives the same report everywhere.

use crate::domain::{
    id::ConsoleId,
    record::Record,
    time::{Time, zone_label},
};
use std::collections::BTreeMap;

/// The clock of one console, or of all: the offset that each entry was recorded with, sorted by its moment.
type OffsetLog = Vec<(Time, i32)>;

/// What the entries of a case say of local time. An entry's own moment has the offset of that entry. Any other (a stated
/// time, a deadline) has the offset of the entry nearest to it: no entry says when the clocks will change.
#[derive(Debug, Default)]
pub(super) struct Offsets {
    all: OffsetLog,
    of: BTreeMap<ConsoleId, OffsetLog>,
    /// The console of the last entry.
    last: Option<ConsoleId>,
}

impl Offsets {
    /// Learns from these entries.
    pub(super) fn of(records: &[Record]) -> Self {
        let mut offsets = Self { last: records.last().map(|record| record.id.console.clone()), ..Self::default() };
        for record in records {
            let said = (record.at, record.offset);
            offsets.all.push(said);
            match offsets.of.get_mut(&record.id.console) {
                Some(clock) => clock.push(said),
                None => {
                    offsets.of.insert(record.id.console.clone(), vec![said]);
                }
            }
        }
        // A clock that was set back wrote later entries with earlier moments.
        offsets.of.values_mut().chain([&mut offsets.all]).for_each(|clock| clock.sort_unstable());
        offsets
    }

    /// The offset, in minutes east of UTC, of a moment that an entry of that console speaks of.
    pub(super) fn offset_of_entry(&self, console: &ConsoleId, at: Time) -> i32 {
        self.of.get(console).map_or(0, |clock| nearest_offset(clock, at))
    }

    /// The offset of a moment of the case that no single entry speaks of.
    pub(super) fn offset_of_case(&self, at: Time) -> i32 {
        nearest_offset(&self.all, at)
    }

    /// The offset of the console of the last entry.
    pub(super) fn offset_of_last_console(&self, at: Time) -> i32 {
        self.last.as_ref().map_or(0, |console| self.offset_of_entry(console, at))
    }

    /// Whether every entry was recorded by a clock that showed UTC.
    pub(super) fn are_all_utc(&self) -> bool {
        self.all.iter().all(|(_, offset)| *offset == 0)
    }

    /// The offsets of all entries, each once, in the order in which they came: `+01:00 and +00:00`.
    pub(super) fn describe_offsets(&self) -> String {
        let mut known: Vec<String> = Vec::new();
        for (_, offset) in &self.all {
            let label = zone_label(*offset);
            if !known.contains(&label) {
                known.push(label);
            }
        }
        match known.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} and {last}", before.join(", ")),
            None => zone_label(0),
        }
    }
}

/// The offset of the entry nearest to `at`, of the earlier where two are as near; 0 where there is none.
fn nearest_offset(clock: &OffsetLog, at: Time) -> i32 {
    let after = clock.partition_point(|(known, _)| *known < at);
    let around = [after.checked_sub(1), Some(after)];
    let known = around.into_iter().flatten().filter_map(|place| clock.get(place));
    known.min_by_key(|(known, _)| known.micros().abs_diff(at.micros())).map_or(0, |(_, offset)| *offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            decide::{Attach, Command, OpenCase, StartClock},
            marking::{Severity, Tlp},
            zone::{Zone, samples::london},
        },
        exchange::{
            report::{html, markdown},
            sample::{Scene, person},
        },
        playbook,
        store::snapshot::Snapshot,
    };

    /// A case in London that is opened in summer time and goes on after the clocks went back, with a clock of 72 hours.
    fn over_the_change(zone: Zone) -> Snapshot {
        let by = person("A. Osei", "lead");
        let mut scene = Scene::new();
        let title = "Wards cannot log in".into();
        let open = Command::Open(OpenCase { title, severity: Severity::High, tlp: Tlp::Amber, exercise: false });
        scene.on(1, zone).at("2026-10-23T17:00:00Z").does(&by, None, &open);
        let attach = Attach {
            source: "x".into(),
            origin: "built-in".into(),
            playbook: crate::domain::playbook::Playbook { id: "p".into(), title: "P".into(), ..Default::default() },
            duties: playbook::duties().to_vec(),
            why: String::new(),
        };
        scene.does(&by, None, &Command::Attach(Box::new(attach)));
        let (duty, aware, basis) = ("ico-72h".into(), Time::parse("2026-10-23T17:00:00Z").unwrap(), "a call".into());
        scene.does(&by, None, &Command::StartClock(StartClock { duty, aware, basis }));
        scene.at("2026-10-25T00:30:00Z").notes(&by, None, "the first half past one");
        scene.at("2026-10-25T01:30:00Z").notes(&by, None, "the second half past one");
        scene.at("2026-10-25T09:00:00Z").notes(&by, Some("2026-10-24T13:05:00Z"), "said afterwards");
        scene.snapshot()
    }

    #[test]
    fn each_row_of_a_report_has_the_offset_of_its_own_moment() {
        let snapshot = over_the_change(london());
        let html = html::render_html(&snapshot).unwrap();
        let md = markdown::render_markdown(&snapshot).replace('\\', "");
        for (utc, local) in [
            ("2026-10-23 17:00:00 UTC", "2026-10-23 18:00:00 +01:00"),
            ("2026-10-25 00:30:00 UTC", "2026-10-25 01:30:00 +01:00"),
            ("2026-10-25 01:30:00 UTC", "2026-10-25 01:30:00 +00:00"),
            ("2026-10-25 09:00:00 UTC", "2026-10-25 09:00:00 +00:00"),
            ("2026-10-26 17:00:00 UTC", "2026-10-26 17:00:00 +00:00"),
        ] {
            assert!(md.contains(&format!("{utc} ({local})")), "{utc} ({local}) in {md}");
            let (day, time) = local.split_once(' ').unwrap();
            assert!(html.contains(time), "{day} {time}");
        }
        // A stated time goes by the entry nearest to it, which may not know of the change.
        assert!(md.contains("2026-10-24 13:05:00 UTC (2026-10-24 14:05:00 +01:00) as stated"), "{md}");
        for text in [&html, &md] {
            assert!(!text.contains("which was local time too"), "it was not, in summer time");
            assert!(text.contains("+01:00 and +00:00"), "both offsets are named");
        }
        assert!(html.contains("(+01:00, then +00:00)"), "the drawing says both");
    }

    #[test]
    fn utc_is_said_to_be_local_time_only_where_it_was_at_every_entry() {
        let winter = over_the_change(Zone::UTC);
        let said = "which was local time too at every entry (+00:00)";
        assert!(
            html::render_html(&winter).unwrap().contains(said) && markdown::render_markdown(&winter).contains(said)
        );
        assert!(!html::render_html(&winter).unwrap().contains("<span class=\"local\"><span class=\"nb\">"));
        // The last entry alone does not decide: here it stands at UTC.
        let summer = over_the_change(london());
        assert_eq!(summer.records.last().unwrap().offset, 0);
        assert!(!html::render_html(&summer).unwrap().contains("which was local time"));
    }

    #[test]
    fn a_deadline_after_the_last_entry_has_the_offset_of_that_entry_and_says_it() {
        let mut snapshot = over_the_change(london());
        snapshot.records.truncate(3);
        let md = markdown::render_markdown(&snapshot).replace('\\', "");
        assert!(md.contains("by 2026-10-26 17:00:00 UTC (2026-10-26 18:00:00 +01:00)"), "{md}");
        assert!(md.contains("deadlines have the offset of the entry nearest to them"), "{md}");
    }

    #[test]
    fn each_console_is_told_by_its_own_clock() {
        let by = person("A. Osei", "lead");
        let mut scene = Scene::of(over_the_change(london()));
        scene.on(2, Zone::fixed(345)).at("2026-10-25T09:30:00Z").notes(&by, Some("2026-10-25T00:31:00Z"), "by phone");
        scene.on(1, london()).at("2026-10-25T09:31:00Z").notes(&by, None, "back here");
        let md = markdown::render_markdown(&scene.snapshot()).replace('\\', "");
        assert!(md.contains("2026-10-25 00:31:00 UTC (2026-10-25 06:16:00 +05:45) as stated"), "{md}");
        assert!(md.contains("2026-10-25 09:30:00 UTC (2026-10-25 15:15:00 +05:45)"), "{md}");
        assert!(md.contains("2026-10-25 09:31:00 UTC (2026-10-25 09:31:00 +00:00)"), "{md}");
        assert!(md.contains("+01:00, +00:00 and +05:45"), "{md}");
    }

    #[test]
    fn the_nearest_entry_gives_the_offset_and_the_earlier_of_two() {
        let at = |micros: i64| Time::from_micros(micros).unwrap();
        let clock = vec![(at(10), 60), (at(20), 0)];
        let found = [-5, 10, 14, 15, 16, 20, 99].map(|micros| nearest_offset(&clock, at(micros)));
        assert_eq!(found, [60, 60, 60, 60, 0, 0, 0]);
        assert_eq!(nearest_offset(&Vec::new(), at(0)), 0);
    }
}
