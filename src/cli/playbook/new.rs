//! `carecert playbook new`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        stderr::print_remark,
        text_output::write_text_file,
    },
    domain::{playbook::Playbook, text::make_safe},
    playbook,
    store::layout,
};
use clap::{Args, ValueHint};
use serde_json::json;
use std::path::PathBuf;

/// Begin one of your own: writes a commented template, or a copy of a built-in one, to where the program looks for it.
#[derive(Debug, Args)]
pub(crate) struct NewPlaybook {
    /// Its id: lower-case letters, digits and hyphens.
    #[arg(value_name = "ID")]
    id: String,
    /// Another file to write.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
}

impl NewPlaybook {
    /// For the id of a built-in playbook, a copy of it.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let Self { id, out, force } = self;
        // A template in the place of a built-in playbook would lead the next responder by an example.
        let copied = playbook::builtin_playbooks().iter().find(|source| source.name.strip_suffix(".ron") == Some(&*id));
        let text = copied.map_or_else(|| playbook::write_template(&id), |source| source.text.to_owned());
        let named = |playbook: &Playbook| playbook.id == id;
        let examined = playbook::examine_playbook(&text, playbook::builtin_duties());
        if !examined.usable() || !examined.playbook.as_ref().is_some_and(named) || id.contains(['/', '\\', '.']) {
            let what = format!("{id:?} is not fit for the id of a playbook");
            return Err(Failure::new(what, "use lower-case letters, digits and hyphens, such as my-playbook"));
        }
        let own = out.is_none();
        let path = match out {
            Some(out) => out,
            None => {
                let folder = context.home.config.join("playbooks");
                layout::make_folder(&context.home.config)?;
                layout::make_folder(&folder)?;
                folder.join(format!("{id}.ron"))
            }
        };
        write_text_file(&text, &path, force)?;
        let shown = path.display().to_string();
        if context.json {
            context.print_json(&json!({ "id": id, "path": shown, "own": own }))?;
            return Ok(0);
        }
        context.print(&shown)?;
        print_remark(&format!("change it, then: carecert playbook check {}", make_safe(&shown)));
        if copied.is_some() {
            print_remark(
                "it is a copy of the built-in playbook of that id, and takes its place; give it a version of your own",
            );
        }
        if own {
            print_remark(&format!("it is in the list from now on; carecert playbook walk {id} rehearses it"));
        }
        Ok(0)
    }
}
