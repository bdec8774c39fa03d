//! `carecert tidy`.
#![allow(missing_docs, reason = "the help texts are the docs")]

use crate::{
    cli::{
        Done,
        context::{Context, tell},
    },
    domain::{
        leftover::{Leftover, describe_age, describe_leftovers},
        text::safe,
        wording::number::size,
    },
    runtime::{clock, report, tidy},
    store::leftovers,
};
use clap::Args;
use serde::Serialize;

/// Options of `tidy`.
#[derive(Debug, Args)]
pub struct Tidy {
    /// Look only in this case. Without it: in all cases, the settings, the current folder and wherever an export was
    /// being written.
    #[arg(value_name = "CASE")]
    pub case: Option<String>,
    /// Only list what would be removed.
    #[arg(long)]
    pub list: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    removed: Vec<&'a Leftover>,
    left: Vec<&'a Leftover>,
}

/// Removes what interrupted work left lying about, or only lists it; status 1 where something could not be removed or
/// looked into.
pub(crate) fn run(context: &mut Context, wanted: &Tidy) -> Done {
    let found = match &wanted.case {
        Some(case) => leftovers::find_in_case(&context.folder(case)?),
        None => tidy::find_leftovers(&context.home),
    };
    let closed = if wanted.case.is_none() { leftovers::find_closed(&context.home.cases) } else { Vec::new() };
    for why in &closed {
        tell(&format!("carecert: warning: {}", safe(&report::one_line(why))));
    }
    if wanted.list {
        let listed = list(context, &found)?;
        return Ok(listed.max(u8::from(!closed.is_empty())));
    }
    let done = tidy::remove_leftovers(&context.home, found);
    for (left, why) in done.iter().filter_map(|(left, done)| done.as_ref().err().map(|why| (left, why))) {
        tell(&format!("carecert: warning: {} stays: {}", safe(&left.path), safe(&report::one_line(why))));
    }
    let of = |ok: bool| -> Vec<&Leftover> {
        done.iter().filter(|(_, done)| done.is_ok() == ok).map(|(left, _)| left).collect()
    };
    let (removed, left) = (of(true), of(false));
    let status = u8::from(!left.is_empty() || !closed.is_empty());
    if context.json {
        context.print_json(&Answer { removed, left })?;
    } else if done.is_empty() {
        context.print("nothing is left of interrupted work")?;
    } else {
        for left in removed {
            context.print(&format!("removed {}", line(left)))?;
        }
    }
    Ok(status)
}

fn list(context: &Context, found: &[Leftover]) -> Done {
    if context.json {
        context.print_json(&Answer { removed: Vec::new(), left: found.iter().collect() })?;
    } else if found.is_empty() {
        context.print("nothing is left of interrupted work")?;
    } else {
        for left in found {
            context.print(&line(left))?;
        }
        context.print(&describe_leftovers(found, clock::now().at))?;
    }
    Ok(0)
}

/// `1.2 GiB  3 h ago  an item of evidence that was being added  …/evidence/.part-x`.
fn line(left: &Leftover) -> String {
    let age = left.written.map_or_else(|| "age unknown".to_owned(), |at| describe_age(at, clock::now().at));
    format!("{}  {age}  {}  {}", size(left.size), left.what, safe(&left.path))
}

/// Says on standard error that something is left, and what removes it.
pub(crate) fn warn_of_leftovers(found: &[Leftover], command: &str) {
    if !found.is_empty() {
        let left = describe_leftovers(found, clock::now().at);
        tell(&format!("carecert: note: interrupted work left {left}; `{command}` removes that"));
    }
}
