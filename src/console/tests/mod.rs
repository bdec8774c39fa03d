//! The console as a whole: what keys do, and what a tired person sees.

mod decisions;
mod evidence;
mod frames;
mod handover;
mod integrity;
mod keys;
mod kinds;
mod log;
mod many;
mod marks;
mod random;
