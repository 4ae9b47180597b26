//! How long the generator works, whatever else the machine does.

use std::{
    fs,
    time::{Duration, Instant},
};

/// Time of this thread on the processor, where that can be told; others work
/// on this machine, too.
pub(crate) struct Clock {
    wall: Instant,
    processor: Option<Duration>,
}

impl Clock {
    /// Starts to count.
    pub(crate) fn now() -> Self {
        Self { wall: Instant::now(), processor: processor_time() }
    }

    /// How long it took so far.
    pub(crate) fn elapsed(&self) -> Duration {
        match (self.processor, processor_time()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => self.wall.elapsed(),
        }
    }
}

fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
