//! Running the built binary.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of `tolkebot` came to.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs `tolkebot` with these arguments and this standard input.
pub fn tolkebot(args: &[&str], stdin: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tolkebot"))
        .args(args)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = stdin.to_vec();
    // From a thread, so that a full pipe does not stop both sides; a child that ends early is the
    // test's business, not the writer's.
    let writer = std::thread::spawn(move || {
        let _ = input.write_all(&bytes);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let run = Run {
        code: output.status.code().expect("ended by a signal"),
        out: String::from_utf8(output.stdout).expect("stdout is not UTF-8"),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    assert!(!run.err.contains("panicked"), "{args:?}: {}", run.err);
    run
}

impl Run {
    /// Succeeded.
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "stderr: {}", self.err);
        self
    }

    /// Failed with exit code 1 and said why in one line that contains `why`.
    pub fn failed(self, why: &str) -> Self {
        assert_eq!(self.code, 1, "stdout: {} stderr: {}", self.out, self.err);
        let last = self.err.trim_end().lines().last().unwrap_or_default();
        assert!(last.starts_with("tolkebot: "), "{}", self.err);
        assert!(self.err.contains(why), "`{why}` is not in: {}", self.err);
        self
    }
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// A turn's sound of a recorded conversation.
pub fn turn(conversation: &str, n: u32) -> String {
    let path = root().join(format!(
        "fixtures/conversations/{conversation}/turn-{n:02}.wav"
    ));
    assert!(path.is_file(), "{} is missing", path.display());
    path.display().to_string()
}
