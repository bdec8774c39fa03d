//! What the screen is a picture of.

mod bell;
pub mod drafts;
pub mod effect;
mod log_view;
pub mod msg;
pub(crate) mod open_case;
pub(crate) mod overlays;
pub(crate) mod recognised_indicators;

use crate::{
    domain::{
        case::Case,
        event::ContactNoted,
        id::CaseId,
        person::Person,
        text::safe_lines,
        time::{Now, Time},
    },
    tui::{
        forms::{
            AnyForm,
            blank_form::BlankForm,
            context::{CaseContext, FormContext},
            people::first_start::FirstStartForm,
        },
        keys::{action::Context, key::Key, keymap::Keymap},
        screens::{
            Place,
            home::Home,
            page::{self, Of, Page},
        },
        text::theme::{Look, Theme},
        view::notice,
    },
};
use bell::Bell;
use drafts::Kept;
use effect::Effect;
use msg::{CaseRow, PlaybookRow, Progress, Report, Ticket};
use open_case::CaseScreen;
use overlays::{
    Overlay,
    open_form::{Kind, Sheet, Status},
};

/// The least width and height, in cells, in which the console can be used.
pub const LEAST: (u16, u16) = (80, 24);

/// The most bytes that are copied: terminals pass over what is much longer.
const COPIED: usize = 70_000;

/// How long a quiet message stays, microseconds: long enough to be read twice.
const STAYS: i64 = 10_000_000;

/// What the terminal and its user want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How the screen is coloured; monochrome under `NO_COLOR`.
    pub look: Look,
    /// Signs are kept to ASCII.
    pub ascii: bool,
    /// Which key does what.
    pub keymap: Keymap,
    /// What is wrong in the settings' file, a text each: shown first.
    pub faults: Vec<String>,
    /// Nobody has said yet who works here: it is asked first.
    pub asks_name: bool,
    /// It rings when a deadline comes near and when it passes.
    pub bell: bool,
    /// It listens to the mouse.
    pub mouse: bool,
    /// The folder in which the program was started: where exports go that are given no other; empty if not known.
    pub here: String,
}

/// The whole state of the console. [`update`](crate::tui::update) changes it and [`view`](crate::tui::view) draws it.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) theme: Theme,
    pub(crate) keymap: Keymap,
    pub(crate) faults: Vec<String>,
    pub(crate) asks_name: bool,
    /// What has rung; `None` where nothing is to ring.
    pub(crate) bell: Option<Bell>,
    /// It listens to the mouse.
    pub(crate) mouse: bool,
    /// The folder in which the program was started; empty if not known.
    pub(crate) here: String,
    /// When the mouse was last clicked, microseconds.
    pub(crate) clicked: Option<i64>,
    pub(crate) responder: Person,
    pub(crate) home_label: String,
    pub(crate) now: Option<Now>,
    pub(crate) size: (u16, u16),
    pub(crate) cases: Option<Vec<CaseRow>>,
    pub(crate) unreadable: Vec<(String, String)>,
    pub(crate) playbooks: Vec<PlaybookRow>,
    pub(crate) contacts: Vec<ContactNoted>,
    pub(crate) contacts_fault: Option<Report>,
    pub(crate) home: Home,
    pub(crate) case: Option<Box<CaseScreen>>,
    pub(crate) over: Vec<Overlay>,
    pub(crate) jobs: Vec<Sheet>,
    pub(crate) drafts: Vec<Sheet>,
    /// What was last kept outside.
    pub(crate) kept: Kept,
    /// Why what is typed cannot be kept outside now: it stands on this screen alone.
    pub(crate) unkept: Option<String>,
    pub(crate) message: Option<Message>,
    pub(crate) opening: Option<Ticket>,
    pub(crate) check: Option<(Ticket, Option<Progress>)>,
    pub(crate) start: Option<CaseId>,
    pub(crate) held: Option<Key>,
    pub(crate) shown_times: String,
    last_ticket: Ticket,
    pub(crate) dirty: bool,
}

/// A line above the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// What it says.
    pub(crate) text: String,
    /// It is an error and stays until a key is pressed.
    pub(crate) alarm: bool,
    /// It goes by itself then.
    pub(crate) until: Option<Time>,
}

impl Model {
    /// A console that has not been told anything yet. `responder` is who is logged in, `home_label` names the
    /// place of the cases.
    pub fn new(responder: Person, home_label: String, settings: Settings) -> Self {
        Self {
            theme: Theme { look: settings.look, ascii: settings.ascii, probe: false },
            keymap: settings.keymap,
            faults: settings.faults,
            asks_name: settings.asks_name,
            mouse: settings.mouse,
            here: settings.here,
            clicked: None,
            bell: settings.bell.then(Bell::default),
            responder,
            home_label,
            now: None,
            size: (0, 0),
            cases: None,
            unreadable: Vec::new(),
            playbooks: Vec::new(),
            contacts: Vec::new(),
            contacts_fault: None,
            home: Home::default(),
            case: None,
            over: Vec::new(),
            jobs: Vec::new(),
            drafts: Vec::new(),
            kept: Kept::default(),
            unkept: None,
            message: None,
            opening: None,
            check: None,
            start: None,
            held: None,
            shown_times: String::new(),
            last_ticket: 0,
            dirty: true,
        }
    }

    /// Begins in this case and not in the list: call it before [`Model::init`].
    pub fn open_at_start(&mut self, case: CaseId) {
        self.start = Some(case);
    }

    /// Says that a case is being opened by others than this model's own effect: until the answer to this ticket,
    /// no key opens a box that the answer would wipe.
    pub fn awaits_case(&mut self) -> Ticket {
        let ticket = self.ticket();
        self.opening = Some(ticket);
        ticket
    }

    /// What to ask for at the start: the cases, the playbooks, and the case to begin in.
    pub fn init(&mut self) -> Vec<Effect> {
        if self.asks_name {
            let blank = FirstStartForm::blank(&self.form_context());
            self.open(blank);
        }
        if !self.faults.is_empty() {
            self.over.push(page::first(self.faults.clone()));
        }
        if let Some(case) = self.start.take() {
            return vec![Effect::ListPlaybooks, self.open_case(case)];
        }
        // Every case is folded for the list: one that is opened at once does not wait for that, nor share its memory.
        match self.opening {
            Some(_) => vec![Effect::ListPlaybooks],
            None => vec![Effect::ListCases, Effect::ListPlaybooks, Effect::FindDrafts(None)],
        }
    }

    /// Whether it listens to the mouse.
    pub fn mouse(&self) -> bool {
        self.mouse
    }

    /// The window's size as it was last told, columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Who is logged in where no case is open.
    pub fn responder(&self) -> &Person {
        &self.responder
    }

    /// Whether it is being asked who works here: whatever needs to know that waits.
    pub fn asks_who(&self) -> bool {
        self.sheets().any(|sheet| sheet.kind == Kind::Who)
    }

    /// Puts a text on the clipboard, or says why it cannot.
    pub(crate) fn copy(&mut self, text: &str) -> Vec<Effect> {
        let text = safe_lines(text.trim_end()).into_owned();
        if text.len() > COPIED {
            self.say(format!(
                "not copied: {} kB are more than the {} that terminals take",
                text.len() / 1000,
                COPIED / 1000
            ));
            return Vec::new();
        }
        self.say("copied, where the terminal allows it");
        vec![Effect::Copy(text)]
    }

    /// Whether anything that is drawn has changed since this was last asked.
    pub fn take_redraw(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// The open case, if there is one.
    pub fn case(&self) -> Option<&Case> {
        self.case.as_ref().map(|screen| &screen.case)
    }

    /// How many drafts and jobs would be lost by leaving now.
    pub fn unsaved(&self) -> usize {
        self.drafts.len() + self.jobs.len() + self.sheets().filter(|sheet| sheet.precious()).count()
    }

    /// A ticket that was not used before.
    pub(crate) fn ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        self.last_ticket
    }

    /// Asks for a case.
    pub(crate) fn open_case(&mut self, case: CaseId) -> Effect {
        let ticket = self.ticket();
        self.opening = Some(ticket);
        Effect::OpenCase(ticket, case)
    }

    /// Who is logged in: in the case where one is open.
    pub(crate) fn who(&self) -> &Person {
        self.case.as_ref().map_or(&self.responder, |screen| &screen.responder)
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
            now: self.now,
            responder: self.who(),
            playbooks: &self.playbooks,
            keymap: &self.keymap,
            open,
            begun: None,
        }
    }

    /// The boxes on the screen, the one on top last.
    pub(crate) fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.over.iter().filter_map(Overlay::sheet)
    }

    /// The box on top, if a box is on top.
    pub(crate) fn sheet(&self) -> Option<&Sheet> {
        self.over.last().and_then(Overlay::sheet)
    }

    /// The same, to be changed.
    pub(crate) fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        self.over.last_mut().and_then(Overlay::sheet_mut)
    }

    /// Whether the window is known to be too small.
    pub(crate) fn small(&self) -> bool {
        self.size != (0, 0) && (self.size.0 < LEAST.0 || self.size.1 < LEAST.1)
    }

    /// Where keys go.
    pub(crate) fn context(&self) -> Context {
        if self.small() && !matches!(self.over.last(), Some(Overlay::Ask(_))) {
            return Context::Small;
        }
        match self.over.last() {
            Some(Overlay::Sheet(sheet)) => match sheet.status {
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

    /// A quiet message that goes by itself; a long one has more to be read, and stays until a key is pressed.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        let short = notice::fits(&text, usize::from(self.size.0.max(LEAST.0)));
        let until = self.now.filter(|_| short).and_then(|now| Time::from_micros(now.at.micros() + STAYS));
        self.message = Some(Message { text, alarm: false, until });
    }

    /// An error that stays until a key is pressed.
    pub(crate) fn alarm(&mut self, report: &Report) {
        let mut text = report.what.clone();
        for cause in &report.causes {
            text.push_str(": ");
            text.push_str(cause);
        }
        if let Some(hint) = &report.hint {
            text.push_str(". ");
            text.push_str(hint);
        }
        // A line that would be cut is a page instead.
        if !notice::fits(&text, usize::from(self.size.0.max(LEAST.0))) {
            let texts = std::iter::once(report.what.clone()).chain(report.causes.clone()).chain(report.hint.clone());
            self.over.push(Overlay::Page(Page::new(Of::Texts("Not done".into(), true, texts.collect()))));
            return;
        }
        self.message = Some(Message { text, alarm: true, until: None });
    }

    /// Opens a box, or its draft where one was left.
    pub(crate) fn open(&mut self, blank: impl Into<BlankForm<AnyForm>>) {
        let mut sheet = Sheet::new(blank);
        if let Some(at) = self.drafts.iter().position(|draft| draft.kind == sheet.kind) {
            let mut draft = self.drafts.remove(at);
            draft.status = Status::Editing;
            draft.intro = sheet.intro;
            self.over.push(Overlay::Sheet(Box::new(draft)));
            self.say("your draft is as you left it");
            return;
        }
        sheet.begin(self.now, &self.who().name);
        self.over.push(Overlay::Sheet(Box::new(sheet)));
    }

    /// Puts the box on top away, and keeps it as a draft where anything was typed.
    pub(crate) fn put_away(&mut self) {
        // It is left unanswered: the account's name stands in.
        if self.sheet().is_some_and(|sheet| sheet.kind == Kind::Who) {
            self.over.retain(|over| !over.sheet().is_some_and(|sheet| sheet.kind == Kind::Who));
            let name = self.responder.name.clone();
            self.say(format!("you go on as {name}, the account's name; “take part as” changes that in a case"));
            return;
        }
        match self.over.pop() {
            Some(Overlay::Sheet(sheet)) if sheet.precious() => {
                self.drafts.retain(|draft| draft.kind != sheet.kind);
                self.drafts.push(*sheet);
                self.say("draft kept: open the box again to go on with it");
            }
            _ => {}
        }
    }
}
