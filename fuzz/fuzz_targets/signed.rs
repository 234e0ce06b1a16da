#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tolkebot_fuzzing::signed(data));
