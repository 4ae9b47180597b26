//! Everything that is traced or logged in a thread, by whatever crate, at
//! every level.

use std::{
    cell::RefCell,
    io,
    sync::{Arc, Mutex, Once},
};

use tracing_subscriber::{
    fmt::{MakeWriter, format::FmtSpan},
    util::SubscriberInitExt,
};

/// What was traced so far.
#[derive(Clone, Default)]
pub(crate) struct Traces(Arc<Mutex<Vec<u8>>>);

thread_local! {
    /// Where the log records of a thread go.
    static LOGGED: RefCell<Option<Traces>> = const { RefCell::new(None) };
}

impl Traces {
    /// Begins to collect what this thread traces and logs, until the guard is
    /// dropped. Run calls on the thread itself.
    pub(crate) fn start() -> (Self, Guard) {
        static LOGGER: Once = Once::new();
        LOGGER.call_once(|| {
            log::set_logger(&Logger).expect("nobody else sets a logger");
            log::set_max_level(log::LevelFilter::Trace);
        });
        let traces = Self::default();
        LOGGED.set(Some(traces.clone()));
        let subscriber = tracing_subscriber::fmt()
            .with_writer(traces.clone())
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_span_events(FmtSpan::NEW)
            .with_ansi(false)
            .without_time()
            .finish();
        (traces, Guard { _subscriber: subscriber.set_default() })
    }

    /// All of it.
    pub(crate) fn text(&self) -> String {
        let bytes = self.0.lock().expect("nobody panics with the lock");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Collects until it is dropped.
pub(crate) struct Guard {
    _subscriber: tracing::subscriber::DefaultGuard,
}

impl Drop for Guard {
    fn drop(&mut self) {
        LOGGED.set(None);
    }
}

impl io::Write for Traces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics with the lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Traces {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// Sends the records of `log` to the traces of the thread.
struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let traces = LOGGED.with_borrow(Clone::clone);
        if let Some(mut traces) = traces {
            let line = format!("log {} {}: {}\n", record.level(), record.target(), record.args());
            io::Write::write_all(&mut traces, line.as_bytes()).expect("memory can be written");
        }
    }

    fn flush(&self) {}
}
