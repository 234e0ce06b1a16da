//! Names the fold: a number that changes with every source and table that a folded case rests on. What
//! was folded by another program is thrown away; see `outline`.

use std::path::Path;

/// Everything that decides what a log says.
const ROOTS: [&str; 7] = [
    "src",
    "../form/src",
    "../form/data",
    "../values/src",
    "../values/data",
    "../protocol/src",
    "../../Cargo.lock",
];

fn main() -> std::io::Result<()> {
    let mut sum = Sum(0xcbf2_9ce4_8422_2325);
    for root in ROOTS {
        println!("cargo:rerun-if-changed={root}");
        take(Path::new(root), &mut sum)?;
    }
    println!("cargo:rustc-env=TOLKEBOT_FOLD={:016x}", sum.0);
    Ok(())
}

fn take(path: &Path, sum: &mut Sum) -> std::io::Result<()> {
    if path.is_dir() {
        let mut inside = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()?;
        inside.sort();
        return inside.iter().try_for_each(|path| take(path, sum));
    }
    // Tests say nothing about a log.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name == "tests.rs" || name.ends_with("_tests.rs") {
        return Ok(());
    }
    sum.add(path.to_string_lossy().as_bytes());
    sum.add(&std::fs::read(path)?);
    Ok(())
}

/// FNV-1a: nobody gains anything by two programs with the same number.
struct Sum(u64);

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
