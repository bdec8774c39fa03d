//! `carecert playbook show`.

use super::{Done, context::Context, options::Show, playbook::find};

/// Prints a playbook.
pub(super) fn run(context: &Context, wanted: &Show) -> Done {
    let attach = find(&context.library(), &wanted.id)?;
    if context.json && !wanted.svg && !wanted.flow {
        context.print_json(&attach.playbook)?;
        return Ok(0);
    }
    Ok(0)
}
