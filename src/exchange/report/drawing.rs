//! The drawn timeline: where each mark, bar and tick stands. The template only writes it out.
//!
//! Units are SVG user units; the drawing is [`WIDTH`] wide and as high as it needs. The axis spans what happened, not
//! what is due: a deadline days ahead would press the night into a line, so its bar ends in an arrow and says when.

use super::{
    marks::{LANES, class_of, draw_path, lane_of},
    offset::Offsets,
    text::{clock_state_word, is_running},
};
use crate::{
    domain::{
        case::{Case, ClockState},
        record::Record,
        text::make_safe,
        time::{Time, zone_label},
    },
    store::snapshot::Snapshot,
};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// How wide the drawing is.
const WIDTH: f64 = 760.0;
/// Where the axis begins: room for the lanes' names.
const LEFT: f64 = 112.0;
/// Where the axis ends.
const RIGHT: f64 = 744.0;
/// Room for a row of marks.
const ROW: f64 = 20.0;
/// Rows in a lane at most; more marks share the last, without words.
const ROWS: usize = 8;
/// Room for a clock: its words and its bar.
const BAR: f64 = 34.0;

/// Everything that the template writes out. Its fields are the names that the template uses.
#[derive(Debug, Default, Serialize)]
pub(super) struct Drawing {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    foot: f64,
    /// The zone of the first tick.
    zone: String,
    /// The zones of all ticks, in words.
    zones: String,
    ticks: Vec<Tick>,
    lanes: Vec<Lane>,
    bars: Vec<Bar>,
    words: String,
}

/// A tick of the axis, with its times.
#[derive(Debug, Serialize)]
struct Tick {
    x: f64,
    utc: String,
    /// With its zone where that is not the one of the tick before.
    local: String,
    #[serde(skip)]
    zone: String,
    day: String,
    anchor: &'static str,
}

/// A row of marks of one kind.
#[derive(Debug, Serialize)]
struct Lane {
    name: &'static str,
    y: f64,
    height: f64,
    middle: f64,
    marks: Vec<Mark>,
}

/// The mark of one entry.
#[derive(Debug, Serialize)]
struct Mark {
    class: &'static str,
    d: String,
    x: f64,
    y: f64,
    cite: String,
}

/// The bar of a clock, from awareness to its deadline or its end.
#[derive(Debug, Serialize)]
struct Bar {
    class: &'static str,
    x: f64,
    y: f64,
    width: f64,
    text_y: f64,
    text: String,
    arrow: String,
}

/// A straight line from moments to places.
struct Scale {
    from: i64,
    to: i64,
}

impl Scale {
    /// Where a moment lies on the axis, SVG units. What lies outside is moved to its end.
    fn x(&self, at: Time) -> f64 {
        let part = (at.micros() - self.from) as f64 / (self.to - self.from) as f64;
        round_tenth(LEFT + part.clamp(0.0, 1.0) * (RIGHT - LEFT))
    }
}

impl Drawing {
    /// Draws the case, with the local times of the console of its last entry. Empty where it has no entries.
    pub(super) fn of(snapshot: &Snapshot, offsets: &Offsets) -> Self {
        let (case, records) = (&snapshot.case, &snapshot.records);
        let aware = case.clocks.iter().map(|clock| clock.aware);
        let times = records.iter().flat_map(|record| [record.happened(), record.at]).chain(aware);
        let (mut from, mut to) = (i64::MAX, i64::MIN);
        for at in times {
            (from, to) = (from.min(at.micros()), to.max(at.micros()));
        }
        if from > to {
            return Self::default();
        }
        // Room on both sides, half a minute at least: a case of one entry would have an axis without length.
        let margin = ((to - from) / 25).max(30_000_000);
        let scale = Scale { from: from - margin, to: to + margin };
        let mut y = 58.0;
        let mut lanes = Vec::new();
        for name in LANES {
            let belongs = |record: &&Record| lane_of(record.event.sign().mark) == name;
            let lane = draw_lane(case, records.iter().filter(belongs), &scale, name, y);
            y += lane.height;
            lanes.push(lane);
        }
        let bars = draw_bars(case, &scale, &mut y);
        let count = |name: &str| lanes.iter().find(|lane| lane.name == name).map_or(0, |lane| lane.marks.len());
        let words = format!(
            "{} step entries, {} decisions, {} items of evidence, {} notifications, {} notes and other entries, {} clocks, from {} to {}. The tables below say the same in words.",
            count("Steps"),
            count("Decisions"),
            count("Evidence"),
            count("Told"),
            count("Notes, case"),
            bars.len(),
            day_time(from),
            day_time(to),
        );
        let ticks = draw_ticks(&scale, offsets);
        let mut zones: Vec<String> = ticks.iter().map(|tick| tick.zone.clone()).collect();
        zones.dedup();
        let zone = zones.first().cloned().unwrap_or_else(|| {
            zone_label(records.first().map_or(0, |record| offsets.offset_of_last_console(record.at)))
        });
        let zones = if zones.is_empty() { zone.clone() } else { zones.join(", then ") };
        Self {
            width: WIDTH,
            height: y + 8.0,
            left: LEFT,
            right: RIGHT,
            foot: y,
            zone,
            zones,
            ticks,
            lanes,
            bars,
            words,
        }
    }
}

/// Draws the marks of one lane. Where marks would overlap they go a row further down, at most [`ROWS`].
fn draw_lane<'a>(
    case: &Case,
    records: impl Iterator<Item = &'a Record>,
    scale: &Scale,
    name: &'static str,
    top: f64,
) -> Lane {
    let mut found: Vec<&Record> = records.collect();
    // Entries stand where they happened, and many are written down later.
    found.sort_by_key(|record| record.happened());
    let mut ends = [f64::MIN; ROWS];
    let mut used = 1;
    let mut marks = Vec::new();
    for record in found {
        let x = scale.x(record.happened());
        let cite = case.cite(&record.id);
        let wide = 11.0 + 7.0 * cite.len() as f64;
        let left = if x + wide > WIDTH { x - wide } else { x - 6.0 };
        let free = ends.iter().position(|end| *end < left);
        let row = free.unwrap_or(ROWS - 1);
        used = used.max(row + 1);
        let y = top + 4.0 + ROW * (row as f64 + 0.5);
        let words = if free.is_some() { cite } else { String::new() };
        if let Some(end) = ends.get_mut(row) {
            *end = left + wide + 6.0;
        }
        let mark = record.event.sign().mark;
        let text_x = if left < x - 6.0 { x - wide + 3.0 } else { x + 9.0 };
        let (class, d) = (class_of(mark), draw_path(mark, x, y));
        marks.push(Mark { class, d, x: round_tenth(text_x), y: y + 4.0, cite: words });
    }
    let height = 8.0 + ROW * used as f64;
    Lane { name, y: top, height, middle: top + height / 2.0 + 4.0, marks }
}

/// Draws the bar of each clock; `y` is moved below the last one.
fn draw_bars(case: &Case, scale: &Scale, y: &mut f64) -> Vec<Bar> {
    let mut bars = Vec::new();
    for clock in &case.clocks {
        let word = clock_state_word(clock, case);
        let end = match clock.state {
            ClockState::Running => clock.deadline.or(case.updated),
            ClockState::Met | ClockState::Waived => Some(clock.since),
        };
        let end = end.unwrap_or(clock.aware);
        let (x, right) = (scale.x(clock.aware), scale.x(end));
        let class = match clock.state {
            ClockState::Waived => "waived",
            ClockState::Met => "met",
            ClockState::Running if is_running(word) && word != "running" => "late",
            ClockState::Running => "running",
        };
        let middle = *y + 24.0;
        let beyond = end.micros() > scale.to;
        let arrow = if beyond { format!("M{} {}l10 7l-10 7z", RIGHT - 2.0, middle - 7.0) } else { String::new() };
        let due =
            clock.deadline.map_or_else(|| "without undue delay".to_owned(), |at| format!("due {}", short_moment(at)));
        bars.push(Bar {
            class,
            x,
            y: middle - 4.0,
            width: round_tenth((right - x - if beyond { 2.0 } else { 0.0 }).max(3.0)),
            text_y: *y + 14.0,
            text: cut_words(&format!("{word}, {due}: {}", make_safe(&clock.duty.title))),
            arrow,
        });
        *y += BAR;
    }
    bars
}

/// About eight ticks at round moments.
fn draw_ticks(scale: &Scale, offsets: &Offsets) -> Vec<Tick> {
    /// Microseconds.
    const MINUTE: i64 = 60_000_000;
    /// Minutes between ticks: what a clock face or a calendar has.
    const STEPS: [i64; 18] =
        [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 43_200, 131_040, 525_600];
    let span = scale.to - scale.from;
    let step = STEPS.iter().find(|step| span / (**step * MINUTE) <= 8).unwrap_or(&5_256_000) * MINUTE;
    let mut ticks: Vec<Tick> = Vec::new();
    let mut at = (scale.from.div_euclid(step) + 1) * step;
    let mut day = String::new();
    // Stated times may lie centuries apart.
    while at < scale.to && ticks.len() < 40 {
        if let Some(time) = Time::from_micros(at) {
            let this = time.utc().format("%-d %b %Y").to_string();
            let x = scale.x(time);
            let offset = offsets.offset_of_last_console(time);
            let zone = zone_label(offset);
            // The zone is named only where it changes: eight labels have no room for it.
            let other = ticks.last().is_some_and(|before| before.zone != zone);
            let local = time.local(offset).format("%H:%M");
            ticks.push(Tick {
                x,
                utc: time.utc().format("%H:%M").to_string(),
                local: if other { format!("{local} {zone}") } else { local.to_string() },
                zone,
                day: if this == day { String::new() } else { this.clone() },
                anchor: if x > RIGHT - 36.0 { "end" } else { "middle" },
            });
            day = this;
        }
        at += step;
    }
    ticks
}

/// Day and time in UTC, in the room above a bar.
fn short_moment(at: Time) -> String {
    at.utc().format("%-d %b %H:%M UTC").to_string()
}

/// Date and time in UTC of microseconds since 1970.
fn day_time(micros: i64) -> String {
    Time::from_micros(micros).map(|at| at.utc().format("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}

/// What fits above a bar, whole words where there are any; the table has the whole text. Widths are guesses on the
/// wide side, since no font is known here.
fn cut_words(text: &str) -> String {
    let mut room = RIGHT - LEFT;
    let fits = |grapheme: &&str| {
        room -= match grapheme.chars().next() {
            Some(c) if c.is_ascii_lowercase() || matches!(c, ' '..='@') => 6.5,
            Some(c) if c.is_ascii_uppercase() && !matches!(c, 'M' | 'W') => 9.0,
            _ => 12.5,
        };
        room > 14.0
    };
    let short: String = text.graphemes(true).take_while(fits).collect();
    if short.len() == text.len() {
        return short;
    }
    let whole = short.rsplit_once(' ').map_or(short.as_str(), |(words, _)| words);
    format!("{whole} …")
}

/// A tenth of a unit is finer than any screen.
fn round_tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
