//! Sound as it travels on the wire: mono, 16 kHz, 16-bit signed little-endian.

use crate::AudioError;

/// Full scale of a 16-bit sample. Encoding and decoding use the same value, so that a sample
/// survives a round trip unchanged.
const FULL_SCALE: f32 = 32_768.0;

/// One sample as 16 bits, clipped; NaN and infinities are silence.
pub(crate) fn to_i16(sample: f32) -> i16 {
    // `as` saturates, which turns +1.0 (32768) into 32767.
    (crate::sane(sample) * FULL_SCALE).round() as i16
}

/// Encodes samples in `[-1, 1]` as 2 bytes each; louder ones are clipped.
pub fn encode_pcm16(samples: &[f32]) -> Vec<u8> {
    samples
        .iter()
        .flat_map(|&s| to_i16(s).to_le_bytes())
        .collect()
}

/// Decodes a wire frame. An empty frame is no sound, not an error.
///
/// # Errors
/// [`AudioError::OddFrame`] when the frame ends in half a sample.
pub fn decode_pcm16(bytes: &[u8]) -> Result<Vec<f32>, AudioError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(AudioError::OddFrame(bytes.len()));
    }
    Ok(pairs
        .iter()
        .map(|&p| f32::from(i16::from_le_bytes(p)) / FULL_SCALE)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_16_bit_value_survives_the_round_trip() {
        let bytes: Vec<u8> = (i16::MIN..=i16::MAX).flat_map(i16::to_le_bytes).collect();
        assert_eq!(encode_pcm16(&decode_pcm16(&bytes).unwrap()), bytes);
    }

    #[test]
    fn clips_and_silences_what_is_not_sound() {
        let bytes = encode_pcm16(&[2.0, -2.0, f32::NAN, f32::INFINITY, 0.5]);
        let back: Vec<i16> = bytes
            .chunks(2)
            .map(|b| i16::from_le_bytes([b[0], b[1]]))
            .collect();
        assert_eq!(back, [32767, -32768, 0, 0, 16384]);
    }

    #[test]
    fn refuses_half_a_sample() {
        assert!(matches!(
            decode_pcm16(&[1, 2, 3]),
            Err(AudioError::OddFrame(3))
        ));
        assert!(decode_pcm16(&[]).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn error_is_at_most_half_a_step(samples in prop::collection::vec(-1.0f32..0.9999, 0..200)) {
            let back = decode_pcm16(&encode_pcm16(&samples)).unwrap();
            prop_assert_eq!(back.len(), samples.len());
            for (a, b) in samples.iter().zip(&back) {
                prop_assert!((a - b).abs() <= 0.5 / 32768.0 + 1e-7);
            }
        }
    }
}
