//! `carecert playbook list`.

use crate::{
    cli::{context::Context, failure::CommandResult},
    domain::text::make_safe,
    playbook::Entry,
};
use clap::Args;
use serde::Serialize;

/// List the built-in ones and your organisation's own.
#[derive(Debug, Args)]
pub(crate) struct ListPlaybooks {}

/// A playbook as JSON.
#[derive(Serialize)]
struct PlaybookRow<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    summary: &'a str,
    steps: usize,
    origin: String,
    overrides: bool,
}

impl ListPlaybooks {
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let library = context.read_usable_playbooks();
        let size_and_origin = |entry: &Entry| (entry.playbook.steps().count(), entry.origin.to_string());
        if context.json {
            let rows: Vec<PlaybookRow<'_>> = library
                .list()
                .iter()
                .map(|entry| {
                    let (steps, origin) = size_and_origin(entry);
                    let playbook = &entry.playbook;
                    let (id, version, title, summary) =
                        (&*playbook.id, &*playbook.version, &*playbook.title, &*playbook.summary);
                    PlaybookRow { id, version, title, summary, steps, origin, overrides: entry.overrides }
                })
                .collect();
            context.print_json(&rows)?;
            return Ok(0);
        }
        for entry in library.list() {
            let (steps, origin) = size_and_origin(entry);
            let over = if entry.overrides { ", in place of the built-in one" } else { "" };
            let (id, title) = (&entry.playbook.id, make_safe(&entry.playbook.title));
            context.print(&format!("{id:<16} {title}  ({steps} steps, {}{over})", make_safe(&origin)))?;
        }
        Ok(0)
    }
}
