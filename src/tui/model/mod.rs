//! What the screen is a picture of.

mod bell;
pub mod drafts;
pub mod effect;
pub(crate) mod environment;
pub(crate) mod home;
pub(crate) mod jobs;
mod log_view;
pub mod msg;
pub(crate) mod notice;
pub(crate) mod open_case;
pub(crate) mod overlays;
pub(crate) mod redraw;
pub(crate) mod tickets;

use crate::{
    domain::{case::Case, id::CaseId, person::Person},
    tui::{
        forms::context::{CaseContext, FormContext},
        keys::{action::Context, key::Key, place::Place, ways::KeyNames},
        text::theme::Theme,
        widgets::layout::is_too_small,
    },
};
use bell::Bell;
use drafts::Drafts;
use effect::Effect;
use environment::Environment;
use home::{Home, Start};
use jobs::Jobs;
use notice::Notice;
use open_case::OpenCase;
use overlays::{
    Overlay, Overlays,
    open_form::{FormKind, OpenForm, Status},
};
use redraw::Redraw;
use tickets::{Ticket, Tickets};

pub use environment::Settings;

/// The whole state of the console. [`update`](crate::tui::update) changes it and [`draw_screen`](crate::tui::draw_screen) draws it.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its surroundings.
    pub(crate) env: Environment,
    /// The list of cases.
    pub(crate) home: Home,
    /// The open case.
    pub(crate) case: Option<Box<OpenCase>>,
    /// What lies over the screen.
    pub(crate) overlays: Overlays,
    /// What is typed and not recorded.
    pub(crate) drafts: Drafts,
    /// What goes on in the background.
    pub(crate) jobs: Jobs,
    /// The line above the keys.
    pub(crate) notice: Option<Notice>,
    /// What keys and the mouse did last.
    pub(crate) input: Input,
    /// What was drawn and rung.
    pub(crate) redraw: Redraw,
    /// The numbers of effects.
    pub(crate) tickets: Tickets,
}

/// What keys and the mouse did last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Input {
    /// The key that opened a form and may still be held.
    pub(crate) held: Option<Key>,
    /// When the mouse was last clicked, microseconds.
    pub(crate) clicked: Option<i64>,
}

impl Model {
    /// A console that has not been told anything yet. `responder` is who is logged in, `home_label` names the
    /// place of the cases.
    pub fn new(responder: Person, home_label: String, settings: Settings) -> Self {
        let start = Start { case: None, faults: settings.faults, asks_name: settings.asks_name };
        Self {
            env: Environment {
                theme: Theme { look: settings.look, ascii: settings.ascii, probe: false },
                keymap: settings.keymap,
                mouse: settings.mouse,
                here: settings.here,
                home_label,
                now: None,
                size: (0, 0),
                responder,
                playbooks: Vec::new(),
                contacts: Vec::new(),
                contacts_fault: None,
            },
            home: Home { start, ..Home::default() },
            case: None,
            overlays: Overlays::default(),
            drafts: Drafts::default(),
            jobs: Jobs::default(),
            notice: None,
            input: Input::default(),
            redraw: Redraw { dirty: true, shown_times: String::new(), bell: settings.bell.then(Bell::default) },
            tickets: Tickets::default(),
        }
    }

    /// Begins in this case and not in the list: call it before [`Model::init`].
    pub fn open_at_start(&mut self, case: CaseId) {
        self.home.start.case = Some(case);
    }

    /// Says that a case is being opened by others than this model's own effect: until the answer to this ticket,
    /// no key opens a form that the answer would wipe.
    pub fn awaits_case(&mut self) -> Ticket {
        let ticket = self.tickets.next();
        self.home.opening = Some(ticket);
        ticket
    }

    /// Whether it listens to the mouse.
    pub fn mouse(&self) -> bool {
        self.env.mouse
    }

    /// The window's size as it was last told, columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.env.size
    }

    /// Who is logged in where no case is open.
    pub fn responder(&self) -> &Person {
        &self.env.responder
    }

    /// Whether it is being asked who works here: whatever needs to know that waits.
    pub fn asks_who(&self) -> bool {
        self.open_forms().any(|sheet| sheet.kind == FormKind::Who)
    }

    /// Whether anything that is drawn has changed since this was last asked.
    pub fn take_redraw(&mut self) -> bool {
        std::mem::take(&mut self.redraw.dirty)
    }

    /// The keys of a place of the open case, for texts that name them.
    pub(crate) fn key_names(&self, place: Place) -> KeyNames<'_> {
        KeyNames::new(&self.env.keymap, Context::At(place))
    }

    /// The open case, if there is one.
    pub fn case(&self) -> Option<&Case> {
        self.case.as_ref().map(|screen| &screen.case)
    }

    /// How many drafts and jobs would be lost by leaving now.
    pub fn unsaved(&self) -> usize {
        self.drafts.shelf.len()
            + self.jobs.background.len()
            + self.open_forms().filter(|sheet| sheet.precious()).count()
    }

    /// Asks for a case.
    pub(crate) fn open_case(&mut self, case: CaseId) -> Effect {
        let ticket = self.tickets.next();
        self.home.opening = Some(ticket);
        Effect::OpenCase(ticket, case)
    }

    /// Who is logged in: in the case where one is open.
    pub(crate) fn who(&self) -> &Person {
        self.case.as_ref().map_or(&self.env.responder, |screen| &screen.responder)
    }

    /// What a form may look at.
    pub(crate) fn form_context(&self) -> FormContext<'_> {
        let open = self.case.as_ref().map(|screen| CaseContext {
            case: &screen.case,
            index: &screen.index,
            console: &screen.console,
            recognised: &screen.found,
        });
        FormContext {
            now: self.env.now,
            responder: self.who(),
            playbooks: &self.env.playbooks,
            keymap: &self.env.keymap,
            open,
            begun: None,
        }
    }

    /// The forms on the screen, the one on top last.
    pub(crate) fn open_forms(&self) -> impl Iterator<Item = &OpenForm> {
        self.overlays.open_forms()
    }

    /// The form on top, if a form is on top.
    pub(crate) fn form_on_top(&self) -> Option<&OpenForm> {
        self.overlays.form_on_top()
    }

    /// The same, to be changed.
    pub(crate) fn form_on_top_mut(&mut self) -> Option<&mut OpenForm> {
        self.overlays.form_on_top_mut()
    }

    /// Whether the window is known to be too small.
    pub(crate) fn small(&self) -> bool {
        is_too_small(self.env.size)
    }

    /// Where keys go.
    pub(crate) fn context(&self) -> Context {
        if self.small() && !matches!(self.overlays.stack.last(), Some(Overlay::Ask(_))) {
            return Context::Small;
        }
        match self.overlays.stack.last() {
            Some(Overlay::Form(sheet)) => match sheet.status {
                Status::Editing | Status::Refused(_) => Context::Form,
                Status::Recording | Status::Working(_) => Context::Busy,
                Status::NotRecorded(_) => Context::NotRecorded,
            },
            Some(Overlay::List(_) | Overlay::Search(_)) => Context::List,
            Some(Overlay::Page(_)) => Context::Page,
            Some(Overlay::Ask(_)) => Context::Ask,
            None => match &self.case {
                None => Context::Home,
                Some(screen) if screen.place == Place::Log && screen.log.typing => Context::Filter,
                Some(screen) => Context::At(screen.place),
            },
        }
    }
}
