//! How long the generator works, whatever else the machine does.

use std::time::{Duration, Instant};

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

#[cfg(unix)]
fn processor_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ThreadCPUTime).try_into().ok()
}

#[cfg(not(unix))]
fn processor_time() -> Option<Duration> {
    None
}
