//! The console as a whole: what keys do, and what a tired person sees.

mod deadlines;
mod decisions;
mod evidence;
mod extras;
mod frame;
mod frames;
mod handover;
mod hostile;
mod integrity;
mod keys;
mod kinds;
mod log;
mod many;
mod marks;
mod mouse;
mod night;
mod people;
mod random;
mod screens;
mod systems;
