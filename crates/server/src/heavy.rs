//! Work that keeps a processor busy for longer than a task should.

use tokio::runtime::{Handle, RuntimeFlavor};

/// Does the work here and now, after the runtime was told to run other tasks on another thread
/// meanwhile: a conversation whose turn takes long to read holds up nobody else's. A runtime of one
/// thread has no other.
pub(crate) fn in_place<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
