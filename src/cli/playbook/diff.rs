//! `carecert playbook diff`.

use crate::{
    cli::{context::Context, failure::CommandResult, references::find_playbook},
    domain::{decide::Attach, playbook::difference::list_differences, text::make_safe},
};
use clap::Args;
use serde::Serialize;

/// Say how two playbooks, or two versions of one, differ.
#[derive(Debug, Args)]
pub(crate) struct DiffPlaybooks {
    /// The older one: an id, or a file.
    #[arg(value_name = "A")]
    old: String,
    /// The newer one: an id, or a file.
    #[arg(value_name = "B")]
    new: String,
}

#[derive(Serialize)]
struct DiffAnswer<'a> {
    old: Side<'a>,
    new: Side<'a>,
    same: bool,
    differences: &'a [String],
}

#[derive(Serialize)]
struct Side<'a> {
    id: &'a str,
    version: &'a str,
    origin: &'a str,
}

impl<'a> Side<'a> {
    fn of(attach: &'a Attach) -> Self {
        let Attach { playbook, origin, .. } = attach;
        Self { id: &playbook.id, version: &playbook.version, origin }
    }
}

impl DiffPlaybooks {
    /// That they differ is no failure.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let library = context.read_usable_playbooks();
        let (old, new) = (find_playbook(&library, &self.old)?, find_playbook(&library, &self.new)?);
        let differences = list_differences(&old.playbook, &new.playbook);
        if context.json {
            let same = old.playbook == new.playbook;
            context.print_json(&DiffAnswer {
                old: Side::of(&old),
                new: Side::of(&new),
                same,
                differences: &differences,
            })?;
            return Ok(0);
        }
        let lines = match differences.as_slice() {
            [] => vec!["they say the same".to_owned()],
            differences => differences.iter().map(|line| make_safe(line).into_owned()).collect(),
        };
        context.print(&lines.join("\n"))?;
        Ok(0)
    }
}
