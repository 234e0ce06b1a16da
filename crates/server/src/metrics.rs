//! Counters for operators, in the Prometheus text format. No personal data.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tolkebot_protocol::ErrorCode;

/// Every kind of trouble, in the order of the counters.
const CODES: [ErrorCode; 15] = [
    ErrorCode::BadMessage,
    ErrorCode::TooLarge,
    ErrorCode::TooFast,
    ErrorCode::BadTicket,
    ErrorCode::NotAllowed,
    ErrorCode::BadAudio,
    ErrorCode::BadSlot,
    ErrorCode::SlotChanged,
    ErrorCode::Busy,
    ErrorCode::EngineFailed,
    ErrorCode::NotSaved,
    ErrorCode::Replaced,
    ErrorCode::IdleTimeout,
    ErrorCode::ShuttingDown,
    ErrorCode::SignedOut,
];

/// What the server counts since its start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    pub cases_opened: AtomicU64,
    pub tablets_paired: AtomicU64,
    pub sockets_opened: AtomicU64,
    pub sockets: AtomicI64,
    pub conversations: AtomicI64,
    /// Conversations whose log cannot be written now.
    pub cases_not_saved: AtomicI64,
    /// Events that wait to be stored.
    pub events_waiting: AtomicI64,
    pub messages: AtomicU64,
    pub audio_ms: AtomicU64,
    pub events_appended: AtomicU64,
    pub append_failures: AtomicU64,
    pub utterances: AtomicU64,
    pub slow_clients: AtomicU64,
    errors: [AtomicU64; CODES.len()],
}

pub(crate) fn add(counter: &AtomicU64, n: u64) {
    counter.fetch_add(n, Ordering::Relaxed);
}

impl Metrics {
    /// Counts an error that a client is told of.
    pub fn error(&self, code: ErrorCode) {
        if let Some(i) = CODES.iter().position(|c| *c == code) {
            add(&self.errors[i], 1);
        }
    }

    /// The text of `/metrics`.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let counters: [(&str, &str, &AtomicU64); 9] = [
            ("cases_opened_total", "Cases opened.", &self.cases_opened),
            (
                "tablets_paired_total",
                "Tablets paired.",
                &self.tablets_paired,
            ),
            (
                "sockets_opened_total",
                "Sockets opened.",
                &self.sockets_opened,
            ),
            ("messages_total", "Text messages received.", &self.messages),
            (
                "audio_milliseconds_total",
                "Sound received.",
                &self.audio_ms,
            ),
            (
                "events_appended_total",
                "Events appended to logs.",
                &self.events_appended,
            ),
            (
                "append_failures_total",
                "Times that a log could no more be written.",
                &self.append_failures,
            ),
            ("utterances_total", "Settled utterances.", &self.utterances),
            (
                "slow_clients_total",
                "Clients let go for being slow.",
                &self.slow_clients,
            ),
        ];
        for (name, help, value) in counters {
            let value = value.load(Ordering::Relaxed);
            let _ = writeln!(
                out,
                "# HELP tolkebot_{name} {help}\n# TYPE tolkebot_{name} counter\n\
                 tolkebot_{name} {value}"
            );
        }
        for (name, help, value) in [
            ("sockets", "Open sockets.", &self.sockets),
            (
                "conversations",
                "Running conversations.",
                &self.conversations,
            ),
            (
                "cases_not_saved",
                "Running conversations whose log cannot be written now.",
                &self.cases_not_saved,
            ),
            (
                "events_waiting",
                "Events that wait to be stored.",
                &self.events_waiting,
            ),
        ] {
            let value = value.load(Ordering::Relaxed);
            let _ = writeln!(
                out,
                "# HELP tolkebot_{name} {help}\n# TYPE tolkebot_{name} gauge\n\
                 tolkebot_{name} {value}"
            );
        }
        out.push_str("# HELP tolkebot_errors_total Errors that clients were told of.\n");
        out.push_str("# TYPE tolkebot_errors_total counter\n");
        for (code, value) in CODES.iter().zip(&self.errors) {
            let name = serde_json::to_value(code).unwrap_or_default();
            let name = name.as_str().unwrap_or("unknown");
            let value = value.load(Ordering::Relaxed);
            let _ = writeln!(out, "tolkebot_errors_total{{code=\"{name}\"}} {value}");
        }
        out
    }
}

/// A share in a gauge: what it counts for ends when it is dropped.
pub(crate) struct Gauge {
    metrics: Arc<Metrics>,
    which: fn(&Metrics) -> &AtomicI64,
    value: i64,
}

impl Gauge {
    /// A share of one.
    pub fn hold(metrics: &Arc<Metrics>, which: fn(&Metrics) -> &AtomicI64) -> Gauge {
        let mut gauge = Gauge::empty(metrics, which);
        gauge.set(1);
        gauge
    }

    /// A share of nothing yet.
    pub fn empty(metrics: &Arc<Metrics>, which: fn(&Metrics) -> &AtomicI64) -> Gauge {
        Gauge {
            metrics: metrics.clone(),
            which,
            value: 0,
        }
    }

    pub fn set(&mut self, value: i64) {
        if value != self.value {
            (self.which)(&self.metrics).fetch_add(value - self.value, Ordering::Relaxed);
            self.value = value;
        }
    }
}

impl Drop for Gauge {
    fn drop(&mut self) {
        self.set(0);
    }
}
