//! Whether this processor has the instructions that whisper.cpp is built for. One that lacks them ends the program at
//! the first recognition, without a word.

use crate::ModelError;

/// What to do about a processor that lacks some.
pub const REMEDY: &str = "use a machine of x86-64-v3; in a virtual one, have its host pass its own processor on (`host`, \
                          not `kvm64` or an older baseline)";

/// Names of the instructions that are lacking, separated by commas; `None` where all are here.
pub fn lacking() -> Option<String> {
    named(&known())
}

/// Refuses a processor that lacks some, while it can still be said.
///
/// # Errors
/// [`ModelError::Processor`] with their names.
pub fn check() -> Result<(), ModelError> {
    match lacking() {
        Some(lacks) => Err(ModelError::Processor { lacks }),
        None => Ok(()),
    }
}

/// A set of instructions.
struct Instructions {
    name: &'static str,
    /// What whisper.cpp's build was told of it. `.cargo/config.toml` sets that, the environment comes before it.
    flag: Option<&'static str>,
    here: bool,
}

#[cfg(target_arch = "x86_64")]
fn known() -> Vec<Instructions> {
    let of = |name, flag, here| Instructions { name, flag, here };
    vec![
        of(
            "AVX2",
            option_env!("GGML_AVX2"),
            std::arch::is_x86_feature_detected!("avx2"),
        ),
        of(
            "FMA",
            option_env!("GGML_FMA"),
            std::arch::is_x86_feature_detected!("fma"),
        ),
        of(
            "F16C",
            option_env!("GGML_F16C"),
            std::arch::is_x86_feature_detected!("f16c"),
        ),
        of(
            "BMI2",
            option_env!("GGML_BMI2"),
            std::arch::is_x86_feature_detected!("bmi2"),
        ),
    ]
}

#[cfg(not(target_arch = "x86_64"))]
fn known() -> Vec<Instructions> {
    Vec::new()
}

/// The names of those that the build asked for and that are not here.
fn named(known: &[Instructions]) -> Option<String> {
    let lacking = known
        .iter()
        .filter(|one| one.flag == Some("ON") && !one.here);
    let names: Vec<&str> = lacking.map(|one| one.name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_asks_for_and_is_not_here_is_named() {
        let of = |name, flag, here| Instructions { name, flag, here };
        let old = [
            of("AVX2", Some("ON"), false),
            of("FMA", Some("ON"), true),
            of("F16C", Some("OFF"), false),
            of("BMI2", Some("ON"), false),
            of("AVX512", None, false),
        ];
        assert_eq!(named(&old).as_deref(), Some("AVX2, BMI2"));
        assert_eq!(named(&old[1..3]), None);
        let lacks = "AVX2".to_owned();
        let told = ModelError::Processor { lacks }.to_string();
        assert!(told.contains("AVX2") && told.contains(REMEDY), "{told}");
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn all_that_the_build_asks_for_is_looked_for() {
        let config = include_str!("../../../.cargo/config.toml");
        let flags = config
            .lines()
            .filter_map(|line| line.strip_prefix("GGML_")?.strip_suffix(" = \"ON\""));
        // A library of whisper.cpp's, no instructions.
        let asked: Vec<&str> = flags.filter(|name| *name != "LLAMAFILE").collect();
        let known = known();
        let names: Vec<&str> = known.iter().map(|one| one.name).collect();
        assert_eq!(names, asked);
        // Cargo tells the flags to this build as well.
        assert!(known.iter().all(|one| one.flag.is_some()));
    }
}
