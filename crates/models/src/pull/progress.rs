//! What a pull tells while it works.

/// One thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A model is not there yet and its pull begins.
    Pulling {
        /// The model's id.
        id: &'a str,
        /// What it is.
        title: &'a str,
    },
    /// Another process pulls the same model; this one waits for it.
    Waiting {
        /// The model's id.
        id: &'a str,
    },
    /// A file is being fetched.
    Fetching {
        /// The model's id.
        id: &'a str,
        /// The file's name.
        file: &'a str,
        /// Bytes that are there.
        done: u64,
        /// Bytes of the whole file, where known.
        total: Option<u64>,
    },
    /// A file of unknown checksum was fetched: this one has it from now on.
    Unknown {
        /// The model's id.
        id: &'a str,
        /// The file's name.
        file: &'a str,
        /// The SHA-256 that was found.
        sha256: &'a str,
    },
    /// A file is being made out of what was fetched.
    Converting {
        /// The model's id.
        id: &'a str,
        /// The file's name.
        to: &'a str,
    },
    /// A model's files are being read and compared with the manifest.
    Verifying {
        /// The model's id.
        id: &'a str,
    },
    /// A model is there and verified.
    Ready {
        /// The model's id.
        id: &'a str,
    },
}

/// Listens to a pull.
pub trait Progress {
    /// Called often while bytes arrive; must return quickly.
    fn event(&mut self, event: Event<'_>);
}

impl<F: FnMut(Event<'_>)> Progress for F {
    fn event(&mut self, event: Event<'_>) {
        self(event);
    }
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn event(&mut self, _event: Event<'_>) {}
}
