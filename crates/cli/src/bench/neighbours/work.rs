//! Who uses the processor: the server, the conversations that are measured, or the client that misbehaves.
//! All of them are threads of this process.

use std::time::Duration;

/// Names of the threads, at most 15 bytes.
pub const MEASURING: &str = "bench-measure";
pub const MISBEHAVING: &str = "bench-misbehave";

/// Time on a processor so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Work {
    pub server: Duration,
    pub misbehaving: Duration,
}

impl Work {
    /// As the kernel has counted it; `None` where it doesn't say. What a thread used that has ended is
    /// missing.
    pub fn so_far() -> Option<Work> {
        let mut work = Work::default();
        let own = std::process::id().to_string();
        for task in std::fs::read_dir("/proc/self/task").ok()?.flatten() {
            // The first thread only waits.
            if task.file_name().to_str() == Some(&own) {
                continue;
            }
            let read = |name: &str| std::fs::read_to_string(task.path().join(name));
            // It may have ended since.
            let (Ok(name), Ok(times)) = (read("comm"), read("schedstat")) else {
                continue;
            };
            let ns = times.split(' ').next().and_then(|ns| ns.parse().ok())?;
            let used = Duration::from_nanos(ns);
            match name.trim() {
                MEASURING => {}
                MISBEHAVING => work.misbehaving += used,
                _ => work.server += used,
            }
        }
        Some(work)
    }

    /// What was used since `before`.
    pub fn since(&self, before: &Work) -> Work {
        Work {
            server: self.server.saturating_sub(before.server),
            misbehaving: self.misbehaving.saturating_sub(before.misbehaving),
        }
    }
}

impl std::ops::AddAssign for Work {
    fn add_assign(&mut self, other: Work) {
        self.server += other.server;
        self.misbehaving += other.misbehaving;
    }
}
