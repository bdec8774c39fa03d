//! What the commands come to that paint the picture: marks, assets, indicators, contacts, impact, confirmations and
//! handovers.

use super::{command::Command, length, long, name, person};
use crate::domain::{
    case::{Case, refusal::Refusal},
    event::{self, Event},
    id::{EntryId, Hash},
    indicator,
    person::Person,
};

/// Decides such a command; nothing for any other.
pub(super) fn decide(case: &Case, command: &Command) -> Result<Vec<Event>, Refusal> {
    Ok(match command {
        Command::FollowUp { entry, hash, on, why } => follow_up(case, entry, *hash, *on, why)?,
        Command::NoteAsset(asset) => note_asset(case, asset)?,
        Command::NoteIndicator(found) => note_indicator(case, found)?,
        Command::NoteIndicators(all) => note_indicators(case, all)?,
        Command::NoteContact(contact) => note_contact(case, contact)?,
        Command::StateImpact { text } => {
            long("what it means for patients", text)?;
            let same = case.impact.as_ref().is_some_and(|impact| impact.what.text == *text);
            if same { Vec::new() } else { vec![event::ImpactStated { text: text.clone() }.into()] }
        }
        Command::Countersign { entry, hash, person, means, words } => {
            countersign(case, entry, *hash, person, means, words)?
        }
        Command::HandOver { to, text } => {
            person(to)?;
            long("what was read out", text)?;
            let seal = case.seal().to_string();
            vec![event::HandoverMade { to: to.clone(), text: text.clone(), seal }.into()]
        }
        _ => Vec::new(),
    })
}

/// Refuses an entry that is not there, or is not the one that was meant.
pub(super) fn known(case: &Case, entry: &EntryId, hash: Hash) -> Result<(), Refusal> {
    match case.hash_of(entry) {
        Some(known) if known == hash => Ok(()),
        _ => Err(Refusal::UnknownEntry { given: case.cite(entry) }),
    }
}

fn follow_up(case: &Case, entry: &EntryId, hash: Hash, on: bool, why: &str) -> Result<Vec<Event>, Refusal> {
    known(case, entry, hash)?;
    length("the reason", why)?;
    let so = match case.follow_ups.get(entry) {
        Some(mark) => on && mark.what.why == why,
        None => !on,
    };
    let (entry, why) = (entry.clone(), why.to_owned());
    Ok(if so { Vec::new() } else { vec![event::FollowUpSet { entry, hash, on, why }.into()] })
}

fn note_asset(case: &Case, asset: &event::AssetNoted) -> Result<Vec<Event>, Refusal> {
    name("the name of the asset", &asset.name)?;
    length("what is added", &asset.about)?;
    let so = case.asset(asset.kind, &asset.name).is_some_and(|known| known.what == *asset);
    Ok(if so { Vec::new() } else { vec![asset.clone().into()] })
}

fn note_indicator(case: &Case, found: &event::IndicatorNoted) -> Result<Vec<Event>, Refusal> {
    long("the indicator", &found.value)?;
    length("what it is about", &found.about)?;
    length("where it was found", &found.source)?;
    let same = |known: &event::IndicatorNoted| {
        indicator::same(known, found) && known.about == found.about && known.source == found.source
    };
    let so = case.indicators.iter().any(|known| same(&known.what));
    Ok(if so { Vec::new() } else { vec![found.clone().into()] })
}

fn note_indicators(case: &Case, all: &[event::IndicatorNoted]) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    for (at, found) in all.iter().enumerate() {
        // The same trace twice in one command is one entry.
        if !all.iter().take(at).any(|before| indicator::same(before, found)) {
            events.extend(note_indicator(case, found)?);
        }
    }
    Ok(events)
}

fn note_contact(case: &Case, contact: &event::ContactNoted) -> Result<Vec<Event>, Refusal> {
    let (role, organisation) = (contact.role.clone(), contact.organisation.clone());
    person(&Person { name: contact.name.clone(), role, organisation })?;
    length("how they are reached", &contact.reach)?;
    length("what is added", &contact.about)?;
    let so = case.contact(&contact.name).is_some_and(|known| known.what == *contact);
    Ok(if so { Vec::new() } else { vec![contact.clone().into()] })
}

fn countersign(
    case: &Case,
    entry: &EntryId,
    hash: Hash,
    who: &Person,
    means: &str,
    words: &str,
) -> Result<Vec<Event>, Refusal> {
    known(case, entry, hash)?;
    let cite = case.cite(entry);
    let Some(made) = case.decision(entry) else {
        let known = case.decisions.iter().map(|made| case.cite(&made.entry)).collect();
        return Err(Refusal::NoDecision { entry: cite, known });
    };
    person(who)?;
    length("the means", means)?;
    length("what they said", words)?;
    if case.undone(entry) {
        return Err(Refusal::Undone { entry: cite });
    }
    if who.name.trim().eq_ignore_ascii_case(made.by.name.trim()) {
        return Err(Refusal::OwnEntry { entry: cite, name: made.by.name.clone() });
    }
    let (person, means, words) = (who.clone(), means.to_owned(), words.to_owned());
    let signed = event::DecisionCountersigned { entry: entry.clone(), hash, person, means, words };
    let so = case.countersigned(entry).iter().any(|known| known.what == signed);
    Ok(if so { Vec::new() } else { vec![signed.into()] })
}
