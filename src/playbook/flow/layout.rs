//! Where the boxes and arrows of a drawn flow stand: boxes in a grid, arrows in the channels between them, so that no
//! arrow crosses a box and no two lie on one another.

use super::Edge;
use crate::domain::playbook::Playbook;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Boxes beside each other.
pub(super) const COLUMNS: usize = 4;
/// How wide a box is.
pub(super) const BOX: f64 = 178.0;
/// From one line in a channel to the next.
const TRACK: f64 = 8.0;
/// From one arrow's end at a box to the next.
const PORT: f64 = 16.0;
/// How far below its middle a line leaves a box, so that it never lies on one that enters the next.
const EXIT: f64 = 4.0;
/// Room at the left for the phases' names.
pub(super) const STRIP: f64 = 118.0;

/// A box.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    row: usize,
    column: usize,
    /// The arrows that end here, by their place in the list of arrows.
    ports: Vec<usize>,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) height: f64,
}

/// An arrow: corners from the box that it leaves to the box that it enters, which is on the right of its last line.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub(super) corners: Vec<(f64, f64)>,
}

/// Everything in its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// By step.
    pub(super) nodes: Vec<Node>,
    /// By arrow.
    pub(super) routes: Vec<Route>,
    /// By phase: where its band begins and ends.
    pub(super) bands: Vec<(f64, f64)>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A stretch of a channel that a line takes: lines of the same box share one.
#[derive(Clone, Debug)]
struct Stretch {
    from: i64,
    to: i64,
    track: usize,
}

/// Channels by their place, and in each the stretches by the box that they come from.
type Channels = BTreeMap<usize, BTreeMap<(usize, usize), Stretch>>;

/// Places the steps, whose boxes are `heights` high, and their arrows, whose words are `words` wide, from `top` down.
pub(super) fn place_flow(playbook: &Playbook, edges: &[Edge], heights: &[f64], words: &[f64], top: f64) -> Layout {
    let index: HashMap<&str, usize> =
        playbook.steps().enumerate().map(|(at, (_, step))| (step.id.as_str(), at)).collect();
    let ends: Vec<Option<(usize, usize)>> =
        edges.iter().map(|edge| Some((*index.get(&*edge.from)?, *index.get(&*edge.to)?))).collect();
    let (mut nodes, rows) = place_in_grid(playbook, &ends);
    for (at, end) in ends.iter().enumerate() {
        if let Some(node) = end.and_then(|(_, to)| nodes.get_mut(to)) {
            node.ports.push(at);
        }
    }
    for (node, height) in nodes.iter_mut().zip(heights) {
        // Each arrow enters at a height of its own, so a box with many arrows grows.
        node.height = height.max(PORT * node.ports.len() as f64 + 10.0);
    }
    let (mut down, mut across) = (Channels::new(), Channels::new());
    for (from, to) in ends.iter().flatten() {
        claim_channels(&nodes, *from, *to, &mut down, &mut across);
    }
    let (down_tracks, across_tracks) = (assign_tracks(&mut down), assign_tracks(&mut across));
    let mut label = [0.0_f64; COLUMNS + 1];
    for (end, wide) in ends.iter().zip(words) {
        if let Some(room) = end.and_then(|(_, to)| label.get_mut(nodes.get(to)?.column)) {
            *room = room.max(*wide);
        }
    }
    let mut lefts = [0.0; COLUMNS + 1];
    let mut x = STRIP + 8.0;
    for (column, left) in lefts.iter_mut().enumerate() {
        *left = x;
        let tracks = down_tracks.get(&column).copied().unwrap_or(0) as f64;
        x += 12.0 + tracks * TRACK + label.get(column).copied().unwrap_or(0.0) + 16.0;
        if column < COLUMNS {
            x += BOX;
        }
    }
    let boxes =
        |column: usize| lefts.get(column + 1).map_or(0.0, |_| left_of_boxes(&lefts, &down_tracks, &label, column));
    let (row_tops, bands, height) = stack_rows(&nodes, &rows, &across_tracks, top);
    for node in &mut nodes {
        let (above, tall) = row_tops.get(node.row).copied().unwrap_or_default();
        node.x = boxes(node.column);
        node.y = above + (tall - node.height) / 2.0;
    }
    let place = |channel: usize, track: usize| lefts.get(channel).copied().unwrap_or(0.0) + 8.0 + TRACK * track as f64;
    let level = |row: usize, track: usize| {
        let tracks = across_tracks.get(&row).copied().unwrap_or(0);
        let above = row_tops.get(row).map_or(0.0, |(above, _)| *above);
        above - 8.0 - TRACK * (tracks.saturating_sub(track + 1)) as f64
    };
    let routes = ends.iter().enumerate().map(|(at, end)| match end {
        Some((from, to)) => route_arrow(&nodes, *from, *to, at, (&down, &across), &place, &level),
        None => Route::default(),
    });
    let routes = routes.collect();
    Layout { nodes, routes, bands, width: x, height }
}

/// Where the boxes of a column begin: after its channel and the words on the arrows that enter it.
fn left_of_boxes(lefts: &[f64], tracks: &BTreeMap<usize, usize>, label: &[f64], column: usize) -> f64 {
    let own = |list: &[f64]| list.get(column).copied().unwrap_or(0.0);
    own(lefts) + 12.0 + tracks.get(&column).copied().unwrap_or(0) as f64 * TRACK + own(label) + 16.0
}

/// The cell of each step, and the band of each row: what stands alone first, then what hangs together from left to
/// right.
fn place_in_grid(playbook: &Playbook, ends: &[Option<(usize, usize)>]) -> (Vec<Node>, Vec<usize>) {
    let mut nodes: Vec<Node> = Vec::new();
    let mut rows: Vec<usize> = Vec::new();
    let mut first = 0;
    for (band, phase) in playbook.phases.iter().enumerate() {
        let range = first..first + phase.steps.len();
        first = range.end;
        let inside: Vec<(usize, usize)> =
            ends.iter().flatten().copied().filter(|(a, b)| range.contains(a) && range.contains(b)).collect();
        let joined: HashSet<usize> = inside.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let top = rows.len();
        let mut taken: HashSet<(usize, usize)> = HashSet::new();
        let mut cells: HashMap<usize, (usize, usize)> = HashMap::new();
        let alone: Vec<usize> = range.clone().filter(|at| !joined.contains(at)).collect();
        for (place, at) in alone.iter().enumerate() {
            let cell = (top + place / COLUMNS, place % COLUMNS);
            taken.insert(cell);
            cells.insert(*at, cell);
        }
        for at in range.clone().filter(|at| joined.contains(at)) {
            let before = inside.iter().filter(|(a, b)| *b == at && *a != at).filter_map(|(a, _)| cells.get(a)).copied();
            let last = before.max_by_key(|(row, column)| (*column, *row));
            let (mut row, column) = match last {
                Some((row, column)) if column + 1 < COLUMNS => (row, column + 1),
                Some((row, _)) => (row + 1, 0),
                None => (top, 0),
            };
            // Down, not to the right: a step stands right of all that it waits for.
            while taken.contains(&(row, column)) {
                row += 1;
            }
            taken.insert((row, column));
            cells.insert(at, (row, column));
        }
        let last = taken.iter().map(|(row, _)| row + 1).max().unwrap_or(top + 1);
        rows.resize(last.max(top + 1), band);
        for at in range {
            let (row, column) = cells.get(&at).copied().unwrap_or((top, 0));
            nodes.push(Node { row, column, ..Node::default() });
        }
    }
    (nodes, rows)
}

/// Whether the arrow is one straight line to the next box on the right.
fn is_straight(from: &Node, to: &Node) -> bool {
    from.row == to.row && from.column + 1 == to.column && to.ports.len() == 1
}

/// The channels that an arrow takes. Heights are counted in thousands: a row's channel, and then its boxes.
fn claim_channels(nodes: &[Node], from: usize, to: usize, down: &mut Channels, across: &mut Channels) {
    let (Some(a), Some(b)) = (nodes.get(from), nodes.get(to)) else { return };
    if is_straight(a, b) {
        return;
    }
    let exit = a.row as i64 * 1000 + 500;
    let entry = b.row as i64 * 1000 + 500;
    let take = |channels: &mut Channels, channel: usize, key: (usize, usize), one: i64, other: i64| {
        let stretches = channels.entry(channel).or_default();
        let stretch = stretches.entry(key).or_insert(Stretch { from: one.min(other), to: one.max(other), track: 0 });
        stretch.from = stretch.from.min(one).min(other);
        stretch.to = stretch.to.max(one).max(other);
    };
    if a.column + 1 == b.column {
        take(down, b.column, (from, 0), exit, entry);
        return;
    }
    let level = b.row as i64 * 1000 + 100;
    take(down, a.column + 1, (from, 0), exit, level);
    take(across, b.row, (from, 0), a.column as i64 + 1, b.column as i64);
    // Its own key: where both are the same channel, the two stretches lie beside one another.
    take(down, b.column, (from, 1 + b.row), level, entry);
}

/// Gives each stretch the first free track; says how many each channel has.
fn assign_tracks(channels: &mut Channels) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for (channel, stretches) in channels.iter_mut() {
        let mut all: Vec<&mut Stretch> = stretches.values_mut().collect();
        // Short stretches take the tracks nearest to the boxes, so
        // that long ones go round them.
        all.sort_by_key(|stretch| (stretch.to - stretch.from, stretch.from));
        let mut tracks: Vec<Vec<(i64, i64)>> = Vec::new();
        for stretch in all {
            let free =
                |taken: &Vec<(i64, i64)>| taken.iter().all(|(from, to)| stretch.to < *from || *to < stretch.from);
            let track = tracks.iter().position(free).unwrap_or(tracks.len());
            if track == tracks.len() {
                tracks.push(Vec::new());
            }
            if let Some(taken) = tracks.get_mut(track) {
                taken.push((stretch.from, stretch.to));
            }
            stretch.track = track;
        }
        counts.insert(*channel, tracks.len());
    }
    counts
}

/// Where each row's boxes begin and how high the row is; where each band begins and ends; and the end of all.
#[allow(clippy::type_complexity, reason = "three lists that are made together")]
fn stack_rows(
    nodes: &[Node],
    rows: &[usize],
    tracks: &BTreeMap<usize, usize>,
    top: f64,
) -> (Vec<(f64, f64)>, Vec<(f64, f64)>, f64) {
    let (mut tops, mut bands): (Vec<(f64, f64)>, Vec<(f64, f64)>) = (Vec::new(), Vec::new());
    let mut y = top;
    for (row, band) in rows.iter().enumerate() {
        if *band == bands.len() {
            if let Some(last) = bands.last_mut() {
                last.1 = y + 10.0;
                y += 16.0;
            }
            bands.push((y, y));
        }
        y += 12.0 + tracks.get(&row).copied().unwrap_or(0) as f64 * TRACK;
        let tall = nodes.iter().filter(|node| node.row == row).map(|node| node.height).fold(44.0, f64::max);
        tops.push((y, tall));
        y += tall;
    }
    if let Some(last) = bands.last_mut() {
        last.1 = y + 10.0;
    }
    (tops, bands, y + 10.0)
}

/// The corners of one arrow, in the channels and on the tracks that it was given.
fn route_arrow(
    nodes: &[Node],
    from: usize,
    to: usize,
    edge: usize,
    (down, across): (&Channels, &Channels),
    place: &dyn Fn(usize, usize) -> f64,
    level: &dyn Fn(usize, usize) -> f64,
) -> Route {
    let (Some(a), Some(b)) = (nodes.get(from), nodes.get(to)) else { return Route::default() };
    let exit = (a.x + BOX, a.y + a.height / 2.0 + EXIT);
    let port = b.ports.iter().position(|own| *own == edge).unwrap_or(0) as f64;
    // Arrows enter in equal steps around the middle of the box.
    let shift = PORT * (port - (b.ports.len() as f64 - 1.0) / 2.0);
    let entry = (b.x, b.y + b.height / 2.0 + shift);
    if is_straight(a, b) {
        return Route { corners: vec![(exit.0, entry.1), entry] };
    }
    let track = |channels: &Channels, channel: usize, key: (usize, usize)| {
        channels.get(&channel).and_then(|own| own.get(&key)).map_or(0, |stretch| stretch.track)
    };
    let out = place(a.column + 1, track(down, a.column + 1, (from, 0)));
    if a.column + 1 == b.column {
        return Route { corners: vec![exit, (out, exit.1), (out, entry.1), entry] };
    }
    let high = level(b.row, track(across, b.row, (from, 0)));
    let inner = place(b.column, track(down, b.column, (from, 1 + b.row)));
    Route { corners: vec![exit, (out, exit.1), (out, high), (inner, high), (inner, entry.1), entry] }
}
