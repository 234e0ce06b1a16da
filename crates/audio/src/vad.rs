//! Is someone speaking? One probability for every 32 ms.

use std::path::Path;

use ort::session::Session;
use ort::value::TensorRef;

use crate::{AudioError, SAMPLE_RATE};

/// Samples in one frame of voice activity: 32 ms at 16 kHz.
pub const FRAME: usize = 512;
/// The model wants the end of the frame before, too; without it, it hears nothing.
const CONTEXT: usize = 64;
/// Two layers of 128 recurrent values.
const STATE: usize = 2 * 128;

/// Something that tells speech from the rest, frame by frame.
pub trait VoiceActivity {
    /// The probability, 0 to 1, that this frame (16 kHz) holds speech. Frames come in order.
    ///
    /// # Errors
    /// [`AudioError::Vad`] when the detector fails.
    fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError>;

    /// Forgets what was heard: the next frame starts a new stream.
    fn reset(&mut self);
}

/// The silero voice-activity model (version 5 or 6) on ONNX Runtime, one thread.
///
/// Inputs `input` f32 `[1, 576]` (64 samples of context, 512 new), `state` f32 `[2, 1, 128]`, `sr`
/// i64; outputs `output` f32 `[1, 1]`, `stateN`.
pub struct SileroVad {
    session: Session,
    input: [f32; CONTEXT + FRAME],
    state: [f32; STATE],
}

impl SileroVad {
    /// Loads the model file. ONNX Runtime must have been set up (`tolkebot_models::onnx::init`).
    ///
    /// # Errors
    /// [`AudioError::Model`] when the file is missing or no ONNX model, [`AudioError::Vad`] when
    /// it is a different model.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, AudioError> {
        let session = tolkebot_models::onnx::session(path.as_ref(), 1)?;
        for name in ["input", "state", "sr"] {
            if !session.inputs().iter().any(|i| i.name() == name) {
                return Err(AudioError::Vad(format!(
                    "`{}` has no input `{name}`; use silero-vad version 5 or 6",
                    path.as_ref().display()
                )));
            }
        }
        Ok(SileroVad {
            session,
            input: [0.0; CONTEXT + FRAME],
            state: [0.0; STATE],
        })
    }

    /// See [`VoiceActivity::probability`].
    ///
    /// # Errors
    /// [`AudioError::Vad`] when the model fails.
    pub fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError> {
        for (to, &from) in self.input[CONTEXT..].iter_mut().zip(frame) {
            *to = crate::sane(from);
        }
        let probability = self.run().map_err(|e| AudioError::Vad(e.to_string()))?;
        self.input.copy_within(FRAME.., 0);
        Ok(if probability.is_finite() {
            probability.clamp(0.0, 1.0)
        } else {
            0.0
        })
    }

    /// See [`VoiceActivity::reset`].
    pub fn reset(&mut self) {
        self.input.fill(0.0);
        self.state.fill(0.0);
    }

    fn run(&mut self) -> Result<f32, ort::Error> {
        let rate = [i64::from(SAMPLE_RATE)];
        let outputs = self.session.run(ort::inputs![
            "input" => TensorRef::from_array_view(([1usize, CONTEXT + FRAME], &self.input[..]))?,
            "state" => TensorRef::from_array_view(([2usize, 1, 128], &self.state[..]))?,
            "sr" => TensorRef::from_array_view(((), &rate[..]))?,
        ])?;
        let (_, state) = outputs["stateN"].try_extract_tensor::<f32>()?;
        if state.len() == STATE {
            self.state.copy_from_slice(state);
        }
        let (_, probability) = outputs["output"].try_extract_tensor::<f32>()?;
        Ok(probability.first().copied().unwrap_or(0.0))
    }
}

impl VoiceActivity for SileroVad {
    fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError> {
        SileroVad::probability(self, frame)
    }

    fn reset(&mut self) {
        SileroVad::reset(self);
    }
}

impl Drop for SileroVad {
    fn drop(&mut self) {
        // What was just said is in here.
        zeroize::Zeroize::zeroize(&mut self.input);
        zeroize::Zeroize::zeroize(&mut self.state);
    }
}
