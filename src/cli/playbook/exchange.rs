//! `carecert playbook new`, `guide`, `export` and `import`.

use super::find;
use crate::{
    cli::{
        Done,
        context::{Context, tell},
        failure::Failure,
        options::playbook::PlaybookExport,
        text_output,
    },
    domain::text::{escape_json, safe},
    playbook::{self, cacao},
    runtime::clock,
    store::{layout, regular},
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Writes a commented template; for the id of a built-in playbook, a copy of it.
pub(super) fn new(context: &Context, id: &str, out: Option<PathBuf>, force: bool) -> Done {
    // A template in the place of a built-in playbook would lead the next responder by an example.
    let copied = playbook::builtin().iter().find(|source| source.name.strip_suffix(".ron") == Some(id));
    let text = copied.map_or_else(|| playbook::template(id), |source| source.text.to_owned());
    let named = |playbook: &crate::domain::playbook::Playbook| playbook.id == id;
    let examined = playbook::examine(&text, playbook::duties());
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
    text_output::file(&text, &path, force)?;
    let shown = path.display().to_string();
    if context.json {
        context.print_json(&json!({ "id": id, "path": shown, "own": own }))?;
        return Ok(0);
    }
    context.print(&shown)?;
    tell(&format!("change it, then: carecert playbook check {}", safe(&shown)));
    if copied.is_some() {
        tell("it is a copy of the built-in playbook of that id, and takes its place; give it a version of your own");
    }
    if own {
        tell(&format!("it is in the list from now on; carecert playbook walk {id} rehearses it"));
    }
    Ok(0)
}

/// Prints the guide to the format.
pub(super) fn guide(context: &Context) -> Done {
    text_output::give(context, playbook::guide(), None, false)
}

/// Writes a playbook as CACAO.
pub(super) fn export(context: &Context, wanted: &PlaybookExport) -> Done {
    let attach = find(&context.library(), &wanted.id)?;
    let text = cacao::export(&attach.playbook, &attach.duties, clock::now().at)
        .map_err(|why| Failure::new(why.to_string(), "`carecert playbook check` says where"))?;
    // The document is JSON already: with --json and without a file it is the answer itself.
    let raw = context.plain();
    let context = if wanted.out.is_some() { context } else { &raw };
    text_output::give(context, &escape_json(&text), wanted.out.as_deref(), wanted.force)
}

/// Takes in a CACAO playbook: the account goes to standard error, the text to standard output or a file.
pub(super) fn import(context: &Context, file: &Path, out: Option<&Path>, force: bool) -> Done {
    let bytes = regular::read_regular(file, cacao::IMPORT_LIMIT as u64)?;
    let library = context.library();
    let cacao::Import { playbook, ron, account, findings } = cacao::import(&bytes, library.duties());
    let name = file.display().to_string();
    let usable = playbook.is_some();
    if let (Some(out), false) = (out, ron.is_empty()) {
        text_output::file(&ron, out, force)?;
    }
    if context.json {
        context.print_json(&json!({
            "ok": usable, "id": playbook.as_ref().map(|playbook| &playbook.id), "ron": ron,
            "path": out.filter(|_| !ron.is_empty()).map(|out| out.display().to_string()),
            "account": account, "findings": findings,
        }))?;
        return Ok(u8::from(!usable));
    }
    account_of(&account);
    if !findings.is_empty() {
        tell(&playbook::report(&name, &String::from_utf8_lossy(&bytes), &findings, false));
    }
    match out {
        _ if ron.is_empty() => {}
        Some(out) => context.print(&out.display().to_string())?,
        None => context.print(ron.trim_end())?,
    }
    match usable {
        true => Ok(0),
        false => Err(Failure::new(format!("{name} is not fit for use as it is"), "mend what is said above")),
    }
}

/// What became of the values of a file: each that is not as it was, with its place; those that are, counted by what they
/// became. `--json` gives every one.
fn account_of(account: &[cacao::Item]) {
    let mut kept: Vec<(&str, usize)> = Vec::new();
    for cacao::Item { fate, path, what } in account {
        match fate {
            cacao::Fate::Kept => match kept.iter_mut().find(|(known, _)| known == what) {
                Some((_, count)) => *count += 1,
                None => kept.push((what, 1)),
            },
            cacao::Fate::Changed => tell(&format!("changed  {}: {}", safe(path), safe(what))),
            cacao::Fate::Dropped => tell(&format!("dropped  {}: {}", safe(path), safe(what))),
        }
    }
    if account.is_empty() {
        return;
    }
    let all: usize = kept.iter().map(|(_, count)| count).sum();
    for (what, count) in kept {
        tell(&format!("kept     {count:>4}  {}", safe(what)));
    }
    tell(&format!("{all} of {} values are kept as they were", account.len()));
}
