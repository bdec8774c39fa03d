//! What is laid over the screen: lists, searches and pages.

use crate::{
    domain::id::EntryId,
    tui::{
        model::{
            Model,
            msg::Ticket,
            overlays::{
                Overlay,
                evidence_preview::ItemPreview,
                page::{Page, PageKind},
                picker::{List, ListKind},
                search::{Search, SearchKind},
            },
        },
        screens::find::search_rows,
    },
};

/// Opens a list on top.
pub(crate) fn open_list(model: &mut Model, kind: ListKind) {
    model.over.push(Overlay::List(Box::new(List::new(kind))));
}

/// Opens a search on top.
pub(crate) fn open_search(model: &mut Model, kind: SearchKind) {
    let found = search_rows::look_up(kind, "", None, model);
    model.over.push(Overlay::Search(Box::new(Search::new(kind, found))));
}

/// Opens a page on top.
pub(crate) fn open_page(model: &mut Model, kind: PageKind) {
    model.over.push(Overlay::Page(Page::new(kind)));
}

/// The page that waits for the bytes of an item: the item's entry, and what it shows of them.
pub(crate) fn looking(model: &mut Model, ticket: Ticket) -> Option<(EntryId, &mut ItemPreview)> {
    model.over.iter_mut().find_map(|over| match over {
        Overlay::Page(Page { kind: PageKind::Item(entry, asked, preview), .. }) if *asked == ticket => {
            Some((entry.clone(), preview))
        }
        _ => None,
    })
}
