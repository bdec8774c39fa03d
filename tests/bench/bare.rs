//! What `tests/bench/console.rs` measures the console against: the least that a program on ratatui can be that lists
//! the lines of a file. It draws before it reads, as the console does; only the lines on screen are ever drawn.
//!
//! Up, Down, PageUp and PageDown move, `q` ends. Once a second it wakes and does nothing, as a clock would.
#![allow(missing_docs)]

use crossterm::{
    cursor,
    event::{self, Event, KeyCode},
    execute, terminal,
};
use ratatui::{
    Frame, Terminal,
    style::{Modifier, Style},
    text::{Line, Text},
};
use ratatui_crossterm::CrosstermBackend;
use std::{io, time::Duration};

fn main() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), terminal::EnterAlternateScreen, cursor::Hide)?;
    let mut screen = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    screen.draw(|frame| draw(&["reading"], 0, frame))?;
    let path = std::env::args_os().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(path)?;
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.len().saturating_sub(1);
    let mut at = last;
    screen.draw(|frame| draw(&lines, at, frame))?;
    loop {
        if !event::poll(Duration::from_secs(1))? {
            continue;
        }
        let page = usize::from(screen.size()?.height).saturating_sub(1);
        let Event::Key(key) = event::read()? else { continue };
        at = match key.code {
            KeyCode::Up => at.saturating_sub(1),
            KeyCode::Down => at + 1,
            KeyCode::PageUp => at.saturating_sub(page),
            KeyCode::PageDown => at + page,
            KeyCode::Char('q') => break,
            _ => continue,
        }
        .min(last);
        screen.draw(|frame| draw(&lines, at, frame))?;
    }
    execute!(io::stdout(), terminal::LeaveAlternateScreen, cursor::Show)?;
    terminal::disable_raw_mode()
}

fn draw(lines: &[&str], at: usize, frame: &mut Frame) {
    let height = usize::from(frame.area().height);
    let top = at.saturating_sub(height / 2).min(lines.len().saturating_sub(height));
    let shown = lines.iter().enumerate().skip(top).take(height).map(|(row, line)| {
        let style = if row == at { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        Line::styled(*line, style)
    });
    frame.render_widget(Text::from_iter(shown), frame.area());
}
