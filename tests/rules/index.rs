//! The index that opening a case gives is the one that grows while the console runs, and leads to every entry.

use crate::many;
use crate::support;
use carecert_react::{
    domain::{case::Case, search::Index},
    runtime::session::Session,
    store::read::{Keep, Reader},
};

const WITH_INDEX: Keep = Keep { tail: 0, index: true };

/// Everything that a list can show of a row.
fn rows(index: &Index) -> Vec<String> {
    let row = |number| index.row(number).unwrap();
    (0..index.len() as u32)
        .map(row)
        .map(|row| {
            let said = (row.cite(), row.tag(), row.line(usize::MAX), row.more(), row.at(), row.happened());
            format!("{said:?} {:?} {:?}", row.person(), (row.corrected_by(), row.corrects()))
        })
        .collect()
}

#[test]
fn opening_gives_the_index_that_grows_live() {
    let home = tempfile::tempdir().unwrap();
    let folder = many::many(home.path(), 1500);
    let (snapshot, _) = Reader::open(&folder).unwrap().snapshot().unwrap();
    let (mut case, mut live) = (Case::new(snapshot.case.id.clone()), Index::default());
    for record in &snapshot.records {
        case.apply(record);
        live.take(record, &case);
    }
    let (mut session, found) =
        Session::open(&folder, &support::console(2), &support::osei(), WITH_INDEX, support::now()).unwrap();
    assert_eq!(found.index.len() as u64, session.case().records);
    assert_eq!(rows(&found.index), rows(&live));
    for part in ["✓", "Some("] {
        assert!(rows(&live).iter().any(|row| row.contains(part)), "steps and corrections are there: {part}");
    }

    // What comes later is taken in from the records that the session gives.
    let mut index = found.index;
    for record in session.execute(1, support::note("Theatre 2 is back"), support::now()).unwrap() {
        index.take(&record, session.case());
    }
    let place = index.search("theatre back", usize::MAX, 1)[0];
    let id = index.row(place).unwrap().id();
    assert_eq!(session.file().entry(&id).unwrap().unwrap().id, id);
    session.close().unwrap();
    let reader = Reader::open(&folder).unwrap();
    assert_eq!(rows(&reader.load(WITH_INDEX).unwrap().index), rows(&index));
    let far = index.row(3).unwrap().id();
    assert_eq!(reader.entry(&far).unwrap().unwrap(), snapshot.records[3], "an entry far back is read by itself");
    assert!(reader.load(200).unwrap().index.is_empty(), "nobody pays for an index that was not asked for");
}
