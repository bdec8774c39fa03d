//! Whose turn it is: who acts on a console after a handover there, and whose part ended with it.

use super::{Case, Noted};
use crate::domain::{
    event::HandoverMade,
    id::{ConsoleId, EntryId},
    person::Person,
    record::Record,
    time::Time,
};
use std::collections::BTreeMap;

/// Someone whose part ended with a handover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// Who, in the role that they had.
    pub person: Person,
    /// The handover that ended it.
    pub entry: EntryId,
    /// When that was recorded (UTC).
    pub at: Time,
}

/// Who took over on a console, and who acts there since its latest entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn<'a> {
    /// The latest handover in that console's log.
    pub handover: &'a Noted<HandoverMade>,
    /// The latest entry of that log, where it came after the handover, and who made it.
    pub last: Option<(&'a EntryId, &'a Person)>,
}

impl<'a> Turn<'a> {
    /// Who took over, in the role of now.
    pub fn person(&self) -> &'a Person {
        match self.last {
            Some((_, by)) if by.name == self.handover.what.to.name => by,
            _ => &self.handover.what.to,
        }
    }

    /// The latest entry and who made it, where that was somebody else: who acts there now is not clear.
    pub fn unclear(&self) -> Option<(&'a EntryId, &'a Person)> {
        self.last.filter(|(_, by)| by.name != self.handover.what.to.name)
    }
}

/// When and by which entry someone had a role.
type Since = Option<(EntryId, Time)>;

/// What a handover changed in who is who, to be put back where it is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    giver: Option<(Person, Since)>,
    taker: (String, Option<(Person, Since)>),
}

/// What the fold keeps of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turns {
    former: Vec<Former>,
    last: BTreeMap<ConsoleId, (EntryId, Person)>,
    changes: BTreeMap<EntryId, Change>,
}

impl Turns {
    pub(super) fn take(&mut self, record: &Record) {
        match self.last.get_mut(&record.id.console) {
            Some((entry, by)) => {
                entry.clone_from(&record.id);
                if *by != record.by {
                    by.clone_from(&record.by);
                }
            }
            None => drop(self.last.insert(record.id.console.clone(), (record.id.clone(), record.by.clone()))),
        }
    }

    /// After the latest entry of that log another acts there than who made it.
    fn acts(&mut self, console: &ConsoleId, person: Person) {
        if let Some((_, by)) = self.last.get_mut(console) {
            *by = person;
        }
    }

    /// Someone takes part again.
    pub(super) fn back(&mut self, name: &str) {
        self.former.retain(|former| former.person.name != name);
    }
}

impl Case {
    /// Whose part ended with a handover and who did not come back, in the order of leaving.
    pub fn former(&self) -> &[Former] {
        &self.turns.former
    }

    /// Whose turn it is on a console; `None` where its log has no handover.
    pub fn turn(&self, console: &ConsoleId) -> Option<Turn<'_>> {
        let handover = self.handovers.iter().rev().find(|made| made.entry.console == *console)?;
        let last = self.turns.last.get(console).filter(|(entry, _)| entry.seq > handover.entry.seq);
        Some(Turn { handover, last: last.map(|(entry, by)| (entry, by)) })
    }

    /// Who acts on a console again once `entry` is undone by `who`: where that is its latest handover, to `who`, the
    /// one who handed over.
    pub fn given_back(&self, console: &ConsoleId, entry: &EntryId, who: &Person) -> Option<&Person> {
        let made = self.handovers.iter().rev().find(|made| made.entry.console == *console)?;
        (made.entry == *entry && made.what.to.name == who.name).then_some(&made.by)
    }

    /// Who made the latest entry of a console's log, or acts there since.
    pub fn wrote_last(&self, console: &ConsoleId) -> Option<&Person> {
        self.turns.last.get(console).map(|(_, by)| by)
    }

    fn part(&self, name: &str) -> Option<(Person, Since)> {
        let person = self.people.iter().find(|person| person.name == name)?;
        Some((person.clone(), self.joined.get(name).cloned()))
    }

    /// The part of who hands over ends, and that of who takes over begins.
    pub(super) fn hand_over(&mut self, record: &Record, made: &HandoverMade) {
        let giver = self.part(&record.by.name).filter(|(giver, _)| giver.name != made.to.name);
        let taker = (made.to.name.clone(), self.part(&made.to.name));
        if let Some((person, _)) = &giver {
            self.people.retain(|known| known.name != person.name);
            self.joined.remove(&person.name);
            let former = Former { person: person.clone(), entry: record.id.clone(), at: record.at };
            self.turns.former.push(former);
        }
        self.turns.changes.insert(record.id.clone(), Change { giver, taker });
        if taker_is_new(self, &made.to) {
            self.joined.insert(made.to.name.clone(), (record.id.clone(), record.at));
        }
        self.join(&made.to);
    }

    /// Puts back who is who, as far as nothing has changed it since.
    pub(super) fn take_back(&mut self, record: &Record, handover: &EntryId) {
        if let Some(giver) = self.given_back(&record.id.console, handover, &record.by).cloned() {
            self.turns.acts(&record.id.console, giver);
        }
        self.handovers.retain(|made| made.entry != *handover);
        let Some(Change { giver, taker: (name, before) }) = self.turns.changes.remove(handover) else { return };
        if self.joined.get(&name).is_some_and(|(entry, _)| entry == handover) {
            self.people.retain(|person| person.name != name);
            self.joined.remove(&name);
            self.seat(before);
        }
        let left = self.turns.former.iter().any(|former| former.entry == *handover);
        self.turns.former.retain(|former| former.entry != *handover);
        self.seat(giver.filter(|_| left));
    }

    fn seat(&mut self, part: Option<(Person, Since)>) {
        let Some((person, since)) = part else { return };
        if let Some(since) = since {
            self.joined.insert(person.name.clone(), since);
        }
        self.join(&person);
    }
}

fn taker_is_new(case: &Case, to: &Person) -> bool {
    !case.people.contains(to) || !case.joined.contains_key(&to.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::decide::{Command, HandOver, JoinCase, UndoEntry, subject_tests::Desk};

    #[test]
    fn who_hands_over_has_the_role_no_more_and_has_it_again_where_that_is_undone() {
        let mut desk = Desk::new();
        let lead = |name: &str| Person { role: "lead".into(), ..Person::named(name) };
        desk.log(Command::Join(JoinCase { responder: lead("J. Patel") }));
        desk.log(Command::Join(JoinCase { responder: Person { role: "scribe".into(), ..Person::named("Ann Lee") } }));
        let before = (desk.case.people.clone(), desk.case.joined.clone());
        let cited = desk.log(Command::HandOver(HandOver { to: lead("Ann Lee"), text: "all".into() }));
        assert_eq!(desk.case.people, [lead("Ann Lee")], "one lead");
        let former: Vec<_> =
            desk.case.former().iter().map(|gone| (&gone.person, desk.case.cite(&gone.entry))).collect();
        assert_eq!(former, [(&lead("J. Patel"), cited[0].clone())], "with the entry that ended it");
        assert_eq!(desk.case.turn(&ConsoleId::from_random([1; 10])).unwrap().person(), &lead("Ann Lee"));
        assert_eq!(desk.case.turn(&ConsoleId::from_random([2; 10])), None, "the handover was not there");

        let (entry, hash) = desk.entry(&cited[0]);
        let here = ConsoleId::from_random([1; 10]);
        let back = |desk: &Desk, who: &str| desk.case.given_back(&here, &entry, &lead(who)).map(|p| p.name.clone());
        assert_eq!(
            (back(&desk, "Ann Lee"), back(&desk, "C. Noor")),
            (desk.case.handovers.last().map(|m| m.by.name.clone()), None)
        );
        desk.log(Command::Undo(UndoEntry { entry, hash, why: "wrong person".into() }));
        let names = |people: &[Person]| people.iter().map(Person::label).collect::<std::collections::BTreeSet<_>>();
        assert_eq!((names(&desk.case.people), &desk.case.joined), (names(&before.0), &before.1));
        assert!(desk.case.former().is_empty() && desk.case.turn(&ConsoleId::from_random([1; 10])).is_none());
        // Whoever comes back takes part again.
        desk.log(Command::HandOver(HandOver { to: lead("Ann Lee"), text: "all".into() }));
        assert_eq!(desk.log(Command::Join(JoinCase { responder: lead("J. Patel") })).len(), 1);
        assert!(desk.case.former().is_empty());
    }
}
