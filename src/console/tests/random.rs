//! Whatever is pressed and pasted, at whatever size.
