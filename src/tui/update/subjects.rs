//! What the keys of Systems and People do: assets, indicators, contacts, and reading a row in full.

use crate::{
    domain::{asset::AssetKind, case::Noted, event::ContactNoted, person::Person},
    tui::{
        forms::{
            self, AnyForm,
            blank_form::BlankForm,
            people::join::JoinForm,
            subject::{
                asset::{AssetForm, NewAssetForm},
                contact::{self, ContactForm},
            },
        },
        keys::action::Id,
        model::{
            Model,
            effect::Effect,
            open_case::CaseScreen,
            overlays::{Overlay, open_form::Kind},
        },
        screens::{
            Place,
            page::{self, Page},
            people, systems,
        },
    },
};

/// Does it; the guard has agreed.
pub(crate) fn act(model: &mut Model, id: Id) -> Vec<Effect> {
    let Some(screen) = model.case.as_deref() else { return Vec::new() };
    let sheet = match id {
        Id::AssetDo => asset_box(model, screen),
        Id::AssetAdd => Some(match systems_row(screen) {
            Some(systems::list::Row::Named(named)) => {
                NewAssetForm::blank(named.name, systems::list::kind_of(&named)).into()
            }
            _ => NewAssetForm::blank("", AssetKind::System).into(),
        }),
        Id::Indicator => forms::open(&Kind::Indicators, &model.form_context()),
        Id::ContactAdd => Some(ContactForm::blank(&offered(screen)).into()),
        Id::RowRead => return read(model),
        _ => None,
    };
    sheet.into_iter().for_each(|sheet| model.open(sheet));
    Vec::new()
}

fn systems_row(screen: &CaseScreen) -> Option<systems::list::Row<'_>> {
    systems::list::here(screen).filter(|_| screen.place == Place::Systems)
}

/// Enter on a row of Systems.
fn asset_box(model: &Model, screen: &CaseScreen) -> Option<BlankForm<AnyForm>> {
    Some(match systems_row(screen)? {
        systems::list::Row::Asset(asset) => AssetForm::blank(asset).into(),
        systems::list::Row::Named(named) => NewAssetForm::blank(named.name, systems::list::kind_of(&named)).into(),
        systems::list::Row::Indicator(Noted { what, .. }) => {
            forms::open(&Kind::Indicator(what.kind, what.value.clone()), &model.form_context())?
        }
        systems::list::Row::Found(_) => forms::open(&Kind::Indicators, &model.form_context())?,
    })
}

/// The contact with the cursor that the case does not have yet; nobody otherwise.
fn offered(screen: &CaseScreen) -> ContactNoted {
    match people::list::here(screen).filter(|_| screen.place == Place::People) {
        Some(people::list::Row::Known(known)) => known.clone(),
        Some(people::list::Row::Duty(duty)) => {
            ContactNoted { reach: duty.reach.clone(), about: duty.title.clone(), ..contact::nobody(&duty.to) }
        }
        _ => contact::nobody(""),
    }
}

/// The box of taking a role: the one with the cursor where nobody has taken it.
pub(crate) fn join(screen: &CaseScreen) -> BlankForm<JoinForm> {
    match people::list::here(screen).filter(|_| screen.place == Place::People) {
        Some(people::list::Row::Role(role, _)) => {
            JoinForm::blank(&Person { role: role.title.clone(), ..screen.responder.clone() })
        }
        _ => JoinForm::blank(&screen.responder),
    }
}

/// Shows the row with the cursor in full.
fn read(model: &mut Model) -> Vec<Effect> {
    let Some(screen) = model.case.as_deref() else { return Vec::new() };
    let whole = match screen.place {
        Place::People => people::list::whole(model, screen),
        _ => systems::list::whole(model, screen),
    };
    let said = |(name, text, _): (&'static str, String, ratatui::style::Style)| (name, text);
    if let Some(whole) = whole {
        let rows = whole.rows.into_iter().filter(|(_, text, _)| !text.trim().is_empty()).map(said).collect();
        model.over.push(Overlay::Page(Page::new(page::Of::Rows(whole.heading, rows))));
    }
    Vec::new()
}
