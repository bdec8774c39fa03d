//! What keys ask for and what answers change.
