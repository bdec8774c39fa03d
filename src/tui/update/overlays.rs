//! What is laid over the screen: lists, searches and pages.

use crate::tui::{
    model::{
        Model,
        overlays::{
            Overlay,
            page::{Page, PageKind},
            picker::{List, ListKind},
            search::{Search, SearchKind},
        },
    },
    screens::find::search_rows,
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
