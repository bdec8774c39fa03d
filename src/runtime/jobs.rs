//! Long work on threads of its own, with progress and cancel.

use crate::{
    domain::problem::Problem,
    tui::model::msg::{Msg, Progress, Ticket},
};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::mpsc::UnboundedSender;

/// Progress is told this often at most.
const EVERY: Duration = Duration::from_millis(100);

/// What is running, by the ticket that asked for it.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    running: HashMap<Ticket, Arc<AtomicBool>>,
}

/// A job's own view: it tells how far it is and learns that it is no longer wanted.
#[derive(Debug)]
pub(super) struct Handle {
    ticket: Ticket,
    what: String,
    cancelled: Arc<AtomicBool>,
    tell: UnboundedSender<Msg>,
    began: Instant,
    told: Option<Instant>,
}

impl Jobs {
    /// Starts work on a thread. A thread that the system refuses runs nothing, and the ticket is answered so.
    pub(super) fn start(
        &mut self,
        ticket: Ticket,
        what: String,
        tell: &UnboundedSender<Msg>,
        work: impl FnOnce(Handle) + Send + 'static,
    ) {
        self.running.retain(|_, flag| Arc::strong_count(flag) > 1);
        let cancelled = Arc::new(AtomicBool::new(false));
        self.running.insert(ticket, Arc::clone(&cancelled));
        let handle = Handle { ticket, what, cancelled, tell: tell.clone(), began: Instant::now(), told: None };
        let started = std::thread::Builder::new().name("job".into()).spawn(move || work(handle));
        if let Err(why) = started {
            let report = Problem::new(format!("this cannot be started: {why}"), "close other programs");
            let _ = tell.send(Msg::Failed(ticket, report));
        }
    }

    /// Asks a job to stop.
    pub(super) fn cancel(&self, ticket: Ticket) {
        if let Some(flag) = self.running.get(&ticket) {
            flag.store(true, Ordering::Relaxed);
        }
    }

    /// Asks all jobs to stop.
    pub(super) fn cancel_all(&self) {
        self.running.values().for_each(|flag| flag.store(true, Ordering::Relaxed));
    }
}

impl Handle {
    /// How far it is; answers whether to go on.
    pub(super) fn watch(&mut self, done: u64, total: u64) -> bool {
        if self.told.is_none_or(|told| told.elapsed() >= EVERY) {
            self.told = Some(Instant::now());
            let millis = self.began.elapsed().as_millis().max(1);
            let rate = u64::try_from(u128::from(done) * 1000 / millis).unwrap_or(u64::MAX);
            let progress = Progress { what: self.what.clone(), done, total, rate };
            self.say(Msg::Progress(self.ticket, progress));
        }
        !self.cancelled.load(Ordering::Relaxed)
    }

    /// Tells the console something. A console that is gone needs no telling.
    pub(super) fn say(&self, msg: Msg) {
        let _ = self.tell.send(msg);
    }
}
