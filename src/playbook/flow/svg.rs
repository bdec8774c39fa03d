//! The flow of a playbook as a picture: one SVG file without script or outside reference, that prints well.

use super::{
    Edge,
    layout::{BOX, Layout, Node, Route, STRIP, place_flow},
    list_edges, phase_head, step_notes, step_title,
};
use crate::domain::{
    duty::Duty,
    playbook::{Playbook, Step, StepKind},
    text::make_safe,
};
use std::fmt::Write as _;

/// Steps that are drawn at most.
const STEPS: usize = 500;
/// Letters of an arrow's words.
const LABEL: usize = 26;
/// From one line of a title to the next.
const LINE: f64 = 15.0;
/// Where the first band begins.
const TOP: f64 = 84.0;

/// The style sheet inside the file. Kinds differ in shape as well as in colour, for a black-and-white printer.
const STYLE: &str = "text{font-family:Helvetica,Arial,sans-serif;fill:#1b2430}\
.h{font-size:19px;font-weight:bold}.s{font-size:11px;fill:#4a5666}\
.p{font-size:14px;font-weight:bold}.t{font-size:12px}.m{font-size:9.5px;fill:#4a5666}\
.l{font-size:9.5px;fill:#0b5c66}.band{fill:#f5f7f9;stroke:#c9d1da}\
.b{stroke-width:1.4;stroke-linejoin:round}.e{fill:none;stroke:#66717f;stroke-width:1.2}\
.w{fill:none;stroke:#0b7a87;stroke-width:1.4}\
.task{fill:#fff;stroke:#44546a}.decision{fill:#fff3d1;stroke:#966400}.command{fill:#ecebf9;stroke:#5646a8}\
.collect{fill:#e0f2ee;stroke:#1d7465}.notify{fill:#e2eefb;stroke:#1b5a9e}\
.approve{fill:#fde8e8;stroke:#a92733}.recur{fill:#edf5dc;stroke:#507420}";

/// Draws the playbook: phases as bands, steps as boxes whose shape and colour say their kind, and an arrow from each
/// step to those that wait for it, with what must come out of it. Texts are escaped and safe to show.
pub fn flow_svg(playbook: &Playbook, duties: &[Duty]) -> String {
    let total = playbook.steps().count();
    let cut;
    let playbook = if total > STEPS {
        cut = shorten_playbook(playbook);
        &cut
    } else {
        playbook
    };
    let (arrows, boxes, places) = lay_out(playbook, duties);
    let (width, height) = (places.width.ceil() + 10.0, places.height.ceil() + 84.0);
    let mut svg = String::new();
    let title = format!("{} ({} {})", playbook.title, playbook.id, playbook.version);
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc"><title id="title">{}</title><desc id="desc">{}</desc><style>{STYLE}</style>"#,
        escape_xml(&title),
        escape_xml(&describe_flow(playbook, &arrows)),
    );
    svg.push_str(
        r##"<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.5L8 4L0 7.5z" fill="#66717f"/></marker><marker id="c" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.5L8 4L0 7.5z" fill="#0b7a87"/></marker></defs>"##,
    );
    let _ = write!(svg, r##"<rect width="{width}" height="{height}" fill="#fff"/>"##);
    draw_text(&mut svg, "h", 14.0, 30.0, &title);
    for (at, line) in wrap_words(&playbook.summary, width - 40.0, 11.0, 2).iter().enumerate() {
        draw_text(&mut svg, "s", 14.0, 50.0 + 14.0 * at as f64, line);
    }
    draw_bands(&mut svg, playbook, &places);
    for (edge, route) in arrows.iter().zip(&places.routes) {
        draw_arrow(&mut svg, edge, route);
    }
    for (((_, step), node), words) in playbook.steps().zip(&places.nodes).zip(&boxes) {
        draw_step(&mut svg, step, node, words);
    }
    draw_legend(&mut svg, places.height + 14.0);
    // A drawing that was cut says so: it must not be taken for the whole playbook.
    let more = if total > STEPS { format!("{} of {total} steps are drawn. ", STEPS) } else { String::new() };
    draw_text(&mut svg, "s", 14.0, places.height + 72.0, &format!("{more}Guidance, not legal advice."));
    svg.push_str("</svg>\n");
    svg
}

/// The arrows, the words of the boxes, and where all of it stands.
fn lay_out(playbook: &Playbook, duties: &[Duty]) -> (Vec<Edge>, Vec<BoxText>, Layout) {
    let arrows = list_edges(playbook, duties);
    let boxes: Vec<BoxText> = playbook.steps().map(|(_, step)| BoxText::of(playbook, step)).collect();
    let heights: Vec<f64> = boxes.iter().map(BoxText::height).collect();
    let words: Vec<f64> = arrows.iter().map(|edge| estimate_width(&shorten_label(edge), 9.5)).collect();
    let places = place_flow(playbook, &arrows, &heights, &words, TOP);
    (arrows, boxes, places)
}

/// The first steps of a playbook that has too many for a picture.
fn shorten_playbook(playbook: &Playbook) -> Playbook {
    let mut cut = playbook.clone();
    let mut left = STEPS;
    for phase in &mut cut.phases {
        phase.steps.truncate(left);
        left -= phase.steps.len();
    }
    cut.phases.retain(|phase| !phase.steps.is_empty());
    cut
}

/// What the picture shows, for those who cannot see it.
fn describe_flow(playbook: &Playbook, arrows: &[Edge]) -> String {
    let phases: Vec<String> =
        playbook.phases.iter().map(|phase| format!("{} ({} steps)", phase.title, phase.steps.len())).collect();
    let mut said = format!("The flow of a playbook in {} phases: {}.", phases.len(), phases.join(", "));
    for (_, step) in playbook.steps() {
        let own = arrows.iter().filter(|edge| edge.to == step.id);
        let waits: Vec<String> = own
            .map(|edge| match edge.label.as_str() {
                "" => edge.from.clone(),
                label => format!("{} ({label})", edge.from),
            })
            .collect();
        if !waits.is_empty() {
            let _ = write!(said, " {} waits for {}.", step.id, waits.join(", "));
        }
    }
    said
}

/// What stands in a box.
struct BoxText {
    title: Vec<String>,
    meta: Vec<String>,
    /// Room below the text that the shape takes.
    foot: f64,
}

impl BoxText {
    /// Wraps the words of a step to the width that its shape leaves.
    fn of(playbook: &Playbook, step: &Step) -> Self {
        let room = BOX - 2.0 * side_inset(&step.kind);
        let title = wrap_words(&step_title(step), room, 12.0, 3);
        let meta = wrap_words(&describe_step(playbook, step), room, 9.5, 3);
        Self { title, meta, foot: if matches!(step.kind, StepKind::Collect) { 10.0 } else { 0.0 } }
    }

    /// The height that the words need, SVG units.
    fn height(&self) -> f64 {
        18.0 + LINE * self.title.len() as f64 + 12.0 * self.meta.len() as f64 + self.foot
    }
}

/// What is said below the title: a number and its unit stay together.
fn describe_step(playbook: &Playbook, step: &Step) -> String {
    let part =
        |part: String| part.replace("within ", "within\u{a0}").replace(" min", "\u{a0}min").replace(" h", "\u{a0}h");
    step_notes(playbook, step).into_iter().map(part).collect::<Vec<_>>().join(" · ")
}

/// Room at the sides that a shape takes from its text.
fn side_inset(kind: &StepKind) -> f64 {
    match kind {
        StepKind::Task | StepKind::Collect => 9.0,
        StepKind::Command { .. } => 14.0,
        StepKind::Decision { .. } | StepKind::Notify { .. } | StepKind::Approve { .. } | StepKind::Recur { .. } => 17.0,
    }
}

/// Draws a band for each phase, with its title and what it waits for.
fn draw_bands(svg: &mut String, playbook: &Playbook, places: &Layout) {
    for (phase, (top, end)) in playbook.phases.iter().zip(&places.bands) {
        let _ = write!(
            svg,
            r#"<rect class="band" x="6" y="{top:.1}" width="{:.1}" height="{:.1}" rx="6"/>"#,
            places.width - 4.0,
            end - top
        );
        let mut y = top + 24.0;
        for line in wrap_words(&phase.title, STRIP - 22.0, 14.0, 3) {
            draw_text(svg, "p", 16.0, y, &line);
            y += 17.0;
        }
        for line in
            wrap_words(&phase_head(playbook, phase), STRIP - 22.0, 9.5, 6).iter().filter(|line| !line.is_empty())
        {
            draw_text(svg, "m", 16.0, y, line);
            y += 12.0;
        }
    }
}

/// Draws the box of a step, doubled where the step is done for each of several things.
fn draw_step(svg: &mut String, step: &Step, node: &Node, words: &BoxText) {
    let word = step.kind.word();
    let _ = write!(svg, r#"<g><title>{}</title>"#, escape_xml(&format!("{} ({word}): {}", step.id, step.what)));
    if step.each.is_some() {
        draw_shape(svg, &step.kind, node.x + 4.0, node.y - 4.0, BOX, node.height);
    }
    draw_shape(svg, &step.kind, node.x, node.y, BOX, node.height);
    let tall = LINE * words.title.len() as f64 + 12.0 * words.meta.len() as f64;
    let x = node.x + side_inset(&step.kind);
    let mut y = node.y + (node.height - tall - words.foot) / 2.0 + 11.5;
    for line in &words.title {
        draw_text(svg, "t", x, y, line);
        y += LINE;
    }
    y -= 1.5;
    for line in &words.meta {
        draw_text(svg, "m", x, y, line);
        y += 12.0;
    }
    svg.push_str("</g>");
}

/// The outline that says the kind before its colour does.
fn draw_shape(svg: &mut String, kind: &StepKind, x: f64, y: f64, w: f64, h: f64) {
    let (r, b, m) = (x + w, y + h, y + h / 2.0);
    let d = match kind {
        StepKind::Task => format!("M{x:.1} {y:.1}H{r:.1}V{b:.1}H{x:.1}z"),
        StepKind::Decision { .. } => {
            format!(
                "M{:.1} {y:.1}H{:.1}L{r:.1} {m:.1}L{:.1} {b:.1}H{:.1}L{x:.1} {m:.1}z",
                x + 13.0,
                r - 13.0,
                r - 13.0,
                x + 13.0
            )
        }
        StepKind::Command { .. } => {
            format!("M{x:.1} {y:.1}H{r:.1}V{b:.1}H{x:.1}zM{:.1} {y:.1}V{b:.1}M{:.1} {y:.1}V{b:.1}", x + 7.0, r - 7.0)
        }
        StepKind::Collect => {
            let (low, quarter) = (b - 4.0, w / 4.0);
            format!(
                "M{x:.1} {y:.1}H{r:.1}V{low:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {low:.1}S{:.1} {:.1} {x:.1} {low:.1}z",
                r - quarter,
                low - 9.0,
                r - quarter,
                low - 9.0,
                x + w / 2.0,
                x + quarter,
                low + 9.0
            )
        }
        StepKind::Notify { .. } => {
            format!("M{x:.1} {y:.1}H{:.1}L{r:.1} {m:.1}L{:.1} {b:.1}H{x:.1}L{:.1} {m:.1}z", r - 12.0, r - 12.0, x + 9.0)
        }
        StepKind::Approve { .. } => {
            let c = 12.0_f64.min(h / 3.2);
            format!(
                "M{:.1} {y:.1}H{:.1}L{r:.1} {:.1}V{:.1}L{:.1} {b:.1}H{:.1}L{x:.1} {:.1}V{:.1}z",
                x + c,
                r - c,
                y + c,
                b - c,
                r - c,
                x + c,
                b - c,
                y + c
            )
        }
        StepKind::Recur { .. } => {
            let c = (h / 2.0).min(20.0);
            format!(
                "M{:.1} {y:.1}H{:.1}A{c:.1} {c:.1} 0 0 1 {r:.1} {:.1}V{:.1}A{c:.1} {c:.1} 0 0 1 {:.1} {b:.1}H{:.1}A{c:.1} {c:.1} 0 0 1 {x:.1} {:.1}V{:.1}A{c:.1} {c:.1} 0 0 1 {:.1} {y:.1}z",
                x + c,
                r - c,
                y + c,
                b - c,
                r - c,
                x + c,
                b - c,
                y + c,
                x + c
            )
        }
    };
    let _ = write!(svg, r#"<path class="b {}" d="{d}"/>"#, kind.word());
}

fn draw_arrow(svg: &mut String, edge: &Edge, route: &Route) {
    let Some(last) = route.corners.last() else { return };
    let label = shorten_label(edge);
    let (class, head) = if label.is_empty() { ("e", "a") } else { ("w", "c") };
    let _ = write!(svg, r#"<path class="{class}" marker-end="url(#{head})" d="{}"/>"#, round_corners(&route.corners));
    if !label.is_empty() {
        let (x, y) = (last.0 - 10.0, last.1 - 3.0);
        let _ = write!(svg, r#"<text class="l" x="{x:.1}" y="{y:.1}" text-anchor="end">{}</text>"#, escape_xml(&label));
    }
}

/// The words of an arrow, cut to [`LABEL`] letters.
fn shorten_label(edge: &Edge) -> String {
    match edge.label.char_indices().nth(LABEL) {
        None => edge.label.clone(),
        Some((at, _)) => format!("{}…", edge.label.get(..at).unwrap_or_default().trim_end()),
    }
}

/// A line through the corners, each of them round, so that a bend is not taken for a crossing.
fn round_corners(corners: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (at, (x, y)) in corners.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).and_then(|at| corners.get(at)), corners.get(at + 1));
        let (Some(before), Some(after)) = (before, after) else {
            let _ = write!(d, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
            continue;
        };
        let near = |(px, py): &(f64, f64)| {
            let (dx, dy) = (px - x, py - y);
            let length = dx.hypot(dy).max(0.001);
            let r = (length / 2.0).min(4.0);
            (x + dx / length * r, y + dy / length * r)
        };
        let ((ax, ay), (bx, by)) = (near(before), near(after));
        let _ = write!(d, "L{ax:.1} {ay:.1}Q{x:.1} {y:.1} {bx:.1} {by:.1}");
    }
    d
}

/// Draws what each shape and each arrow means, from `y` down.
fn draw_legend(svg: &mut String, y: f64) {
    let kinds: [(StepKind, &str); 7] = [
        (StepKind::Task, "do it"),
        (StepKind::Decision { question: String::new(), options: Vec::new() }, "decide"),
        (StepKind::Command { lines: Vec::new() }, "run a command"),
        (StepKind::Collect, "take evidence in"),
        (StepKind::Notify { duty: None, to: String::new(), say: String::new() }, "tell someone"),
        (StepKind::Approve { by: String::new(), question: String::new() }, "another agrees"),
        (StepKind::Recur { every: 0, until: None }, "again and again"),
    ];
    for (at, (kind, says)) in kinds.iter().enumerate() {
        let x = 16.0 + 132.0 * at as f64;
        draw_shape(svg, kind, x, y, 34.0, 18.0);
        draw_text(svg, "m", x + 40.0, y + 12.5, says);
    }
    let line = y + 36.0;
    let _ = write!(svg, r#"<path class="e" marker-end="url(#a)" d="M16 {line:.1}H50"/>"#);
    draw_text(svg, "m", 56.0, line + 3.0, "settled before");
    let _ = write!(svg, r#"<path class="w" marker-end="url(#c)" d="M148 {line:.1}H182"/>"#);
    draw_text(svg, "m", 188.0, line + 3.0, "applies only if it comes out so");
    draw_text(svg, "m", 360.0, line + 3.0, "A doubled box is done for each of several things.");
}

fn draw_text(svg: &mut String, class: &str, x: f64, y: f64, words: &str) {
    let _ = write!(svg, r#"<text class="{class}" x="{x:.1}" y="{y:.1}">{}</text>"#, escape_xml(words));
}

/// About how wide a text is, SVG units, on the wide side: no font is known here, and words must not leave their box.
fn estimate_width(text: &str, size: f64) -> f64 {
    let units: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'l' | 'j' | 't' | 'f' | ' ' | '.' | ',' | ':' | '/' | '\'' => 0.36,
            'm' | 'w' | 'M' | 'W' => 0.9,
            c if c.is_ascii_uppercase() => 0.74,
            c if c.is_ascii() => 0.58,
            _ => 1.05,
        })
        .sum();
    units * size
}

/// Words over at most `most` lines that are `room` wide; what does not fit ends in an ellipsis.
fn wrap_words(text: &str, room: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()) {
        let longer =
            lines.last().map(|line| format!("{line} {word}")).filter(|line| estimate_width(line, size) <= room);
        let full = lines.len() == most;
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) => *line = longer,
            (_, Some(line)) if full => {
                line.push('…');
                break;
            }
            _ => lines.push(word.to_owned()),
        }
    }
    for line in lines.iter_mut().filter(|line| estimate_width(line, size) > room + size) {
        let mut kept = String::new();
        for c in line.chars() {
            if estimate_width(&kept, size) + size > room {
                break;
            }
            kept.push(c);
        }
        *line = kept + "…";
    }
    lines
}

/// As text of XML: safe to show, and nothing in it is markup.
fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in make_safe(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML 1.0 §2.2 allows neither, not even escaped.
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('?'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::playbook::{Phase, When},
        playbook::Library,
    };
    use std::time::{Duration, Instant};

    type Line = ((f64, f64), (f64, f64));

    /// Whether the two stretches share more than a point.
    fn share(one: (f64, f64), other: (f64, f64)) -> bool {
        let (a, b) = (one.0.min(one.1), one.0.max(one.1));
        let (c, d) = (other.0.min(other.1), other.0.max(other.1));
        a.max(c) + 0.5 < b.min(d)
    }

    #[test]
    fn nothing_lies_on_anything_else_in_the_built_in_playbooks() {
        for entry in Library::new(Vec::new()).list() {
            let (arrows, _, places) = lay_out(&entry.playbook, &entry.duties);
            let id = &entry.playbook.id;
            let nodes = &places.nodes;
            for (at, one) in nodes.iter().enumerate() {
                for other in nodes.iter().skip(at + 1) {
                    let apart = !share((one.x, one.x + BOX), (other.x, other.x + BOX))
                        || !share((one.y, one.y + one.height), (other.y, other.y + other.height));
                    assert!(apart, "{id}: two boxes");
                }
            }
            let lines: Vec<(&str, Line)> = arrows
                .iter()
                .zip(&places.routes)
                .flat_map(|(edge, route)| route.corners.windows(2).map(|ends| (edge.from.as_str(), (ends[0], ends[1]))))
                .collect();
            assert!(lines.len() > 20, "{id}");
            for (at, (from, (a, b))) in lines.iter().enumerate() {
                for node in nodes {
                    let through = share((a.0 - 0.3, b.0 + 0.3), (node.x + 1.0, node.x + BOX - 1.0))
                        && share((a.1 - 0.3, b.1 + 0.3), (node.y + 1.0, node.y + node.height - 1.0));
                    assert!(!through, "{id}: a line from {from} through a box");
                }
                for (other, (c, d)) in lines.iter().skip(at + 1).filter(|(other, _)| other != from) {
                    let down = a.0 == b.0 && c.0 == d.0 && (a.0 - c.0).abs() < 1.0 && share((a.1, b.1), (c.1, d.1));
                    let across = a.1 == b.1 && c.1 == d.1 && (a.1 - c.1).abs() < 1.0 && share((a.0, b.0), (c.0, d.0));
                    assert!(!down && !across, "{id}: lines from {from} and {other} on one another");
                }
            }
        }
    }

    #[test]
    fn hostile_playbooks_are_drawn_within_bounds() {
        let step = |at: usize| Step {
            id: format!("s{at}"),
            title: "x".repeat(500),
            needs: (0..at % 40).map(|to| format!("s{to}")).collect(),
            when: When::All((0..20).map(|to| When::Done(format!("s{}", at + to))).collect()),
            ..Step::default()
        };
        let phase = |from: usize| Phase { steps: (from..from + 100).map(step).collect(), ..Phase::default() };
        let phases = (0..30).map(|at| phase(at * 100)).collect();
        let playbook = Playbook { title: "<&\u{1b}\u{202e}".into(), phases, ..Playbook::default() };
        let began = Instant::now();
        let svg = flow_svg(&playbook, &[]);
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        assert!(svg.contains("500 of 3000 steps are drawn") && svg.contains("&lt;&amp;␛‹U+202E›"));
        assert!(!svg.contains('\u{1b}') && svg.len() < 20_000_000);
    }
}
