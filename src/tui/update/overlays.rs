//! What is laid over the screen: lists, searches and pages.

use crate::tui::{
    model::{Model, overlays::Overlay},
    screens::{
        find::{
            picker::{self, List},
            search::{self, Search},
        },
        page::{self, Page},
    },
};

/// Opens a list on top.
pub(crate) fn open_list(model: &mut Model, of: picker::Of) {
    model.over.push(Overlay::List(Box::new(List::new(of))));
}

/// Opens a search on top.
pub(crate) fn open_search(model: &mut Model, of: search::Of) {
    let search = Search::new(of, model);
    model.over.push(Overlay::Search(Box::new(search)));
}

/// Opens a page on top.
pub(crate) fn open_page(model: &mut Model, of: page::Of) {
    model.over.push(Overlay::Page(Page::new(of)));
}
