//! The event loop: waits for keys, the time, signals and answers, and draws when something changed.

use super::App;
use crate::{
    runtime::{
        clock, input,
        job_control::{self, JobControl, Said},
        keys,
        signals::Signals,
        terminal::{self, Screen},
        writer::Ask,
    },
    tui::model::msg::Msg,
};
use crossterm::event::Event;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedReceiver;

/// Events that are taken in before the next drawing: a paste without brackets is not drawn letter by letter.
const AT_ONCE: usize = 256;
/// How long the work at hand may take before the program is stopped.
const AT_HAND: Duration = Duration::from_secs(1);

impl App {
    /// Goes on until the responder leaves, a signal asks for the end or the terminal is gone.
    pub(super) async fn wait(&mut self, screen: &mut Screen, told: &mut UnboundedReceiver<Msg>) -> std::io::Result<()> {
        let mut events = input::listen_for_input()?;
        let mut ticks = tokio::time::interval(Duration::from_secs(1));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        let (mut signals, mut shell) = (Signals::listen()?, JobControl::listen()?);
        while !self.quit {
            if screen.held() && self.model.take_redraw() && screen.draw(&self.model).is_err() {
                // Nobody is left to draw for.
                break;
            }
            tokio::select! {
                event = events.recv() => match event {
                    Some(event) => {
                        // A key is for the window as it is, whichever of the two was noticed first.
                        self.follow_window_size();
                        self.event(event);
                    }
                    // A terminal that is gone sends nothing more.
                    None => self.quit = true,
                },
                Some(msg) = told.recv() => self.take(msg),
                _ = ticks.tick() => self.tick(screen),
                said = shell.next() => self.take_shell_signal(said, screen),
                () = signals.next() => self.quit = true,
            }
            self.answers(told);
            // Whatever else has arrived is taken in before the next drawing, each with what it brings about at once.
            for _ in 0..AT_ONCE {
                match events.try_recv() {
                    Ok(event) if !self.quit => self.event(event),
                    Ok(_) | Err(_) => break,
                }
                self.answers(told);
            }
        }
        Ok(())
    }

    /// Takes in every answer that has come.
    fn answers(&mut self, told: &mut UnboundedReceiver<Msg>) {
        while let Ok(msg) = told.try_recv() {
            self.take(msg);
        }
    }

    /// A second has passed. What no signal may tell of is looked at: whether the terminal is there, whose it is, its size.
    fn tick(&mut self, screen: &mut Screen) {
        self.send(Msg::Tick(clock::now()));
        self.quit |= !terminal::is_present();
        if self.stopped.is_none_or(|since| since.elapsed() >= AT_HAND) && !screen.in_order() {
            self.take_again(screen);
        }
        self.follow_window_size();
    }

    /// Does what the shell or the window says.
    fn take_shell_signal(&mut self, said: Said, screen: &mut Screen) {
        match said {
            // Also where it has the size that it had: what was drawn may have been cut off in between.
            Said::Resized => match screen.refresh() {
                Ok(()) => self.draw_anew(),
                Err(_) => self.quit = true,
            },
            Said::GoOn => self.take_again(screen),
            Said::Stop => {
                // Nobody waits for a lock of a program that is stopped.
                let (reached, writer) = std::sync::mpsc::channel();
                self.ask(Ask::Reached(reached));
                let _ = writer.recv_timeout(AT_HAND);
                screen.leave();
                self.stopped = Some(Instant::now());
                job_control::stop_program();
            }
        }
    }

    /// Takes the terminal again, where it is ours to take.
    fn take_again(&mut self, screen: &mut Screen) {
        self.stopped = None;
        match screen.take_again() {
            Ok(true) => self.draw_anew(),
            Ok(false) => {}
            Err(_) => self.quit = true,
        }
    }

    /// Draws everything in the window as it is now.
    fn draw_anew(&mut self) {
        let (width, height) = self.model.size();
        self.send(Msg::Resize(width, height));
        self.follow_window_size();
    }

    /// Fits what is drawn to the window, where that has another size.
    pub(super) fn follow_window_size(&mut self) {
        if let Ok(size) = terminal::window_size()
            && (size.width, size.height) != self.model.size()
        {
            self.send(Msg::Resize(size.width, size.height));
        }
    }

    /// Sends what was typed, pasted or clicked to the model.
    fn event(&mut self, event: Event) {
        match event {
            Event::Key(event) => {
                if let Some(key) = keys::translate_key(event) {
                    // The key's own moment is what a box that it opens is stamped with.
                    self.send(Msg::Tick(clock::now()));
                    self.send(Msg::Key(key));
                }
            }
            Event::Paste(text) => self.send(Msg::Paste(text)),
            Event::Resize(..) => self.follow_window_size(),
            Event::Mouse(event) => keys::translate_mouse(event).into_iter().for_each(|mouse| {
                self.send(Msg::Tick(clock::now()));
                self.send(Msg::Mouse(mouse));
            }),
            Event::FocusGained | Event::FocusLost => {}
        }
    }
}
