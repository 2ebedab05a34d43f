//! Behaviour, through the front doors.

mod use_output;
