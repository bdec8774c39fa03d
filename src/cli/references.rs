//! What the words of a command refer to: a step, an entry, a playbook, a person.

use super::{context::Context, failure::Failure, stderr::print_remark};
use crate::{
    domain::{
        case::{Case, refusal::Refusal},
        decide::Attach,
        id::{EntryId, Hash},
        person::Person,
        playbook::StepRef,
        wording::did_you_mean::nearest_word,
    },
    playbook::{self, Library},
    runtime::create,
    store::regular,
};
use std::path::Path;

/// The step that is meant.
///
/// # Errors
///
/// There is no such step: the nearest name is the hint.
pub(super) fn find_step(case: &Case, given: &str) -> Result<StepRef, Failure> {
    case.find_step(given).map_err(|refusal| {
        let mut hint = None;
        if let Refusal::UnknownStep { known, .. } = &refusal {
            hint = nearest_word(given, known)
                .map(|near| format!("did you mean {near}? `carecert status CASE` lists the steps"));
        }
        let mut failure = Failure::from(refusal);
        failure.problem.hint = hint.or(failure.problem.hint);
        failure
    })
}

/// The entry that is cited, such as A17, with its hash.
///
/// # Errors
///
/// There is no such entry.
pub(super) fn find_entry(case: &Case, given: &str) -> Result<(EntryId, Hash), Failure> {
    let found = case.cited(given).and_then(|entry| case.hash_of(&entry).map(|hash| (entry, hash)));
    found.ok_or_else(|| Refusal::UnknownEntry { given: given.to_owned() }.into())
}

/// The playbook that is meant, by its id among those at hand, or by its file; with the duties that it names.
///
/// # Errors
///
/// There is none of that id; the file cannot be read; or it is not fit for use: what is wrong with it is then told first.
pub(super) fn find_playbook(library: &Library, wanted: &str) -> Result<Attach, Failure> {
    if !wanted.contains(['/', '\\']) && !wanted.ends_with(".ron") {
        return Ok(create::find_playbook(library, wanted)?);
    }
    let path = Path::new(wanted);
    let source = read_playbook_file(path)?;
    let playbook = playbook::read(&source, library.duties()).map_err(|findings| {
        print_remark(&playbook::report(wanted, &source, &findings, false));
        Failure::new(format!("{wanted} is not fit for use"), "mend what is said above")
    })?;
    let duties = playbook.duties.iter().filter_map(|id| library.duty(id).cloned()).collect();
    let origin = std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string();
    Ok(Attach { source, origin, playbook, duties, why: String::new() })
}

/// The text of a playbook's file.
///
/// # Errors
///
/// It cannot be read, is longer than a playbook may be, or is not UTF-8: the line is then named.
pub(super) fn read_playbook_file(file: &Path) -> Result<String, Failure> {
    let bytes = regular::read_regular(file, playbook::TEXT_LIMIT as u64)?;
    String::from_utf8(bytes).map_err(|why| {
        let line = 1 + why.as_bytes()[..why.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let what = format!("{}:{line}: this is not UTF-8 text", file.display());
        Failure::new(what, "save the file as UTF-8")
    })
}

/// Who decided: whoever is named, else who acts.
pub(super) fn decider_or_actor(context: &Context, named: Option<String>) -> Person {
    named.map_or_else(|| context.who.clone(), Person::named)
}
