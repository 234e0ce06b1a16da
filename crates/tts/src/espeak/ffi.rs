//! The C interface of libespeak-ng 1.52 (`espeak-ng/speak_lib.h`), loaded at run time.
//!
//! The library keeps everything in globals, so there is one [`Library`] in the process, behind one
//! mutex (see the parent module), and it is never unloaded.

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::path::Path;
use std::ptr;
use std::sync::{Mutex, PoisonError};

type Initialize = unsafe extern "C" fn(c_int, c_int, *const c_char, c_int) -> c_int;
type SynthCallback = unsafe extern "C" fn(*mut i16, c_int, *mut c_void) -> c_int;
type SetSynthCallback = unsafe extern "C" fn(SynthCallback);
type SetVoiceByName = unsafe extern "C" fn(*const c_char) -> c_int;
type SetParameter = unsafe extern "C" fn(c_int, c_int, c_int) -> c_int;
type Synth = unsafe extern "C" fn(
    *const c_void,
    usize,
    c_uint,
    c_int,
    c_uint,
    c_uint,
    *mut c_uint,
    *mut c_void,
) -> c_int;
type TextToPhonemes = unsafe extern "C" fn(*mut *const c_void, c_int, c_int) -> *const c_char;

/// `AUDIO_OUTPUT_SYNCHRONOUS`: `espeak_Synth` calls back before it returns.
const SYNCHRONOUS: c_int = 2;
/// `espeakINITIALIZE_DONT_EXIT`: report missing data instead of ending the process.
const DONT_EXIT: c_int = 0x8000;
/// `espeakCHARS_UTF8`.
const UTF8: c_uint = 1;
/// `espeakPHONEMES_IPA`.
const IPA: c_int = 2;
/// `espeakRATE`, words a minute.
const RATE: c_int = 1;
/// Longest sound of one call, 10 minutes: a guard, as calls are one sentence long.
const MAX_SAMPLES: usize = 600 * 22_050;

/// Where the callback puts sound. Calls are serialised by the parent module's mutex.
static SOUND: Mutex<Vec<i16>> = Mutex::new(Vec::new());

unsafe extern "C" fn collect(samples: *mut i16, count: c_int, _events: *mut c_void) -> c_int {
    let count = usize::try_from(count).unwrap_or(0);
    if samples.is_null() || count == 0 {
        return 0;
    }
    // SAFETY: the library passes a buffer of `count` samples that stays valid during the call.
    let samples = unsafe { std::slice::from_raw_parts(samples, count) };
    let mut sound = SOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if sound.len() + count > MAX_SAMPLES {
        return 1; // stop
    }
    sound.extend_from_slice(samples);
    0
}

/// The loaded library.
pub(super) struct Library {
    set_voice: SetVoiceByName,
    set_parameter: SetParameter,
    synth: Synth,
    text_to_phonemes: TextToPhonemes,
    pub(super) sample_rate: u32,
}

impl Library {
    /// Loads the library and its data (`folder` holds `espeak-ng-data`).
    pub(super) fn load(library: &Path, folder: &Path) -> Result<Self, String> {
        let folder = CString::new(folder.to_string_lossy().as_bytes())
            .map_err(|_| "the model folder's name contains a NUL".to_owned())?;
        // SAFETY: loading runs the library's initialisers, which touch only its own globals; the
        // signatures below are those of speak_lib.h 1.52. The library is leaked, so the function
        // pointers stay valid for the life of the process.
        unsafe {
            let lib = libloading::Library::new(library).map_err(|e| e.to_string())?;
            let lib: &'static libloading::Library = Box::leak(Box::new(lib));
            let say = |e: libloading::Error| e.to_string();
            let initialize: Initialize = *lib.get(b"espeak_Initialize\0").map_err(say)?;
            let set_callback: SetSynthCallback =
                *lib.get(b"espeak_SetSynthCallback\0").map_err(say)?;
            let set_voice = *lib.get(b"espeak_SetVoiceByName\0").map_err(say)?;
            let set_parameter = *lib.get(b"espeak_SetParameter\0").map_err(say)?;
            let synth = *lib.get(b"espeak_Synth\0").map_err(say)?;
            let text_to_phonemes = *lib.get(b"espeak_TextToPhonemes\0").map_err(say)?;
            let rate = initialize(SYNCHRONOUS, 0, folder.as_ptr(), DONT_EXIT);
            let sample_rate = u32::try_from(rate)
                .ok()
                .filter(|&r| r > 0)
                .ok_or_else(|| format!("initialising with its data failed (code {rate})"))?;
            set_callback(collect);
            Ok(Library {
                set_voice,
                set_parameter,
                synth,
                text_to_phonemes,
                sample_rate,
            })
        }
    }

    /// Chooses a voice such as `da` or `uk+f2`.
    pub(super) fn set_voice(&mut self, name: &str) -> Result<(), String> {
        let c_name = CString::new(name).map_err(|_| "a voice name contains a NUL".to_owned())?;
        // SAFETY: a NUL-terminated string that outlives the call.
        match unsafe { (self.set_voice)(c_name.as_ptr()) } {
            0 => Ok(()),
            code => Err(format!("no voice `{name}` (code {code})")),
        }
    }

    /// Speaks with the chosen voice; 16-bit samples at `sample_rate`.
    pub(super) fn synthesise(
        &mut self,
        text: &str,
        words_a_minute: u32,
    ) -> Result<Vec<i16>, String> {
        let text = c_text(text);
        SOUND.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let rate = c_int::try_from(words_a_minute).unwrap_or(c_int::MAX);
        // SAFETY: text is NUL-terminated and outlives the synchronous call; `size` includes the
        // NUL as the header asks; null identifiers and user data are allowed.
        let code = unsafe {
            (self.set_parameter)(RATE, rate, 0);
            (self.synth)(
                text.as_ptr().cast(),
                text.as_bytes_with_nul().len(),
                0,
                1,
                0,
                UTF8,
                ptr::null_mut(),
                ptr::null_mut(),
            )
        };
        let sound = std::mem::take(&mut *SOUND.lock().unwrap_or_else(PoisonError::into_inner));
        if code == 0 {
            Ok(sound)
        } else {
            Err(format!("synthesis failed (code {code})"))
        }
    }

    /// IPA of a text, one string for each clause that the library sees in it.
    pub(super) fn phonemes(&mut self, text: &str) -> Vec<String> {
        let text = c_text(text);
        let mut rest: *const c_void = text.as_ptr().cast();
        let mut clauses = Vec::new();
        // Every call consumes at least one byte; the bound only guards against a faulty library.
        for _ in 0..=text.as_bytes().len() {
            if rest.is_null() {
                break;
            }
            // SAFETY: `rest` points into `text` (NUL-terminated, alive) or is null, which the
            // library sets at the end; the returned string is read before the next call.
            let clause = unsafe {
                let ipa = (self.text_to_phonemes)(&mut rest, UTF8 as c_int, IPA);
                if ipa.is_null() {
                    break;
                } else {
                    CStr::from_ptr(ipa)
                }
            };
            clauses.push(clause.to_string_lossy().into_owned());
        }
        clauses
    }
}

/// The text up to its first NUL, which normalisation has removed anyway.
fn c_text(text: &str) -> CString {
    let bytes: Vec<u8> = text.bytes().take_while(|&b| b != 0).collect();
    CString::new(bytes).unwrap_or_default()
}
