//! `carecert tidy`.

use crate::{
    cli::{context::Context, failure::CommandResult, leftover_lines::leftover_line, stderr::print_warning},
    domain::{
        leftover::{Leftover, describe_leftovers},
        problem::Problem,
    },
    runtime::{clock, tidy},
    store::leftovers,
};
use clap::Args;
use serde::Serialize;

/// Remove what interrupted work left: temporary files that no process writes any more.
#[derive(Debug, Args)]
pub(crate) struct TidyCommand {
    /// Look only in this case. Without it: in all cases, the settings, the current folder and wherever an export was
    /// being written.
    #[arg(value_name = "CASE")]
    case: Option<String>,
    /// Only list what would be removed.
    #[arg(long)]
    list: bool,
}

#[derive(Serialize)]
struct TidyAnswer<'a> {
    removed: Vec<&'a Leftover>,
    left: Vec<&'a Leftover>,
}

impl TidyCommand {
    /// Status 1 where something could not be removed or looked into.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let found = match &self.case {
            Some(case) => leftovers::find_in_case(&context.find_case_folder(case)?),
            None => tidy::find_leftovers(&context.home),
        };
        let closed = if self.case.is_none() { leftovers::find_closed(&context.home.cases) } else { Vec::new() };
        for why in &closed {
            print_warning(&Problem::from(why).without_hint());
        }
        if self.list {
            let listed = list_leftovers(context, &found)?;
            return Ok(listed.max(u8::from(!closed.is_empty())));
        }
        let done = tidy::remove_leftovers(&context.home, found);
        for (left, why) in done.iter().filter_map(|(left, done)| done.as_ref().err().map(|why| (left, why))) {
            print_warning(&format!("{} stays: {}", left.path, Problem::from(why).without_hint()));
        }
        let of = |ok: bool| -> Vec<&Leftover> {
            done.iter().filter(|(_, done)| done.is_ok() == ok).map(|(left, _)| left).collect()
        };
        let (removed, left) = (of(true), of(false));
        let status = u8::from(!left.is_empty() || !closed.is_empty());
        if context.json {
            context.print_json(&TidyAnswer { removed, left })?;
        } else if done.is_empty() {
            context.print("nothing is left of interrupted work")?;
        } else {
            for left in removed {
                context.print(&format!("removed {}", leftover_line(left)))?;
            }
        }
        Ok(status)
    }
}

fn list_leftovers(context: &Context, found: &[Leftover]) -> CommandResult {
    if context.json {
        context.print_json(&TidyAnswer { removed: Vec::new(), left: found.iter().collect() })?;
    } else if found.is_empty() {
        context.print("nothing is left of interrupted work")?;
    } else {
        for left in found {
            context.print(&leftover_line(left))?;
        }
        context.print(&describe_leftovers(found, clock::now().at))?;
    }
    Ok(0)
}
