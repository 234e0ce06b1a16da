//! What is logged of a fault in the program.

use std::panic::PanicHookInfo;

/// Logs where a fault happened, and what it says at debug level only: Rust's own messages quote the text
/// that was at hand, such as what somebody said.
pub(crate) fn log_places_only() {
    std::panic::set_hook(Box::new(log));
}

fn log(fault: &PanicHookInfo<'_>) {
    let place = fault.location().map(ToString::to_string);
    let place = place.unwrap_or_else(|| "an unknown place".to_owned());
    let thread = std::thread::current();
    tracing::error!(
        place,
        thread = thread.name(),
        "a fault in the program (log level debug shows what it says, which may be somebody's words)"
    );
    tracing::debug!(place, "the fault says: {}", said(fault));
}

fn said<'a>(fault: &'a PanicHookInfo<'_>) -> &'a str {
    fault.payload_as_str().unwrap_or("nothing")
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use tracing::Level;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn logged(level: Level) -> String {
        let lines = Lines::default();
        let to = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_writer(move || to.clone())
            .finish();
        let before = std::panic::take_hook();
        log_places_only();
        tracing::subscriber::with_default(subscriber, || {
            let name = String::from("Søren bor på Vestergade");
            let cut = std::panic::catch_unwind(|| name[..2].len());
            assert!(cut.is_err());
        });
        std::panic::set_hook(before);
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_fault_is_logged_without_the_words_that_it_quotes() {
        let info = logged(Level::INFO);
        assert!(info.contains("panics.rs:"), "{info}");
        assert!(!info.contains("Søren"), "{info}");
        let debug = logged(Level::DEBUG);
        assert!(debug.contains("Søren"), "{debug}");
    }
}
