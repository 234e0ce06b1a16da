//! Streaming, band-limited sample-rate conversion.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{
    Async, FixedAsync, Indexing, Resampler as _, SincInterpolationParameters, WindowFunction,
};

use crate::{AudioError, MAX_RATE, MIN_RATE};

/// Input samples per step: at 48 kHz one step is 5 ms, the most that streaming adds.
const CHUNK: usize = 256;
/// Taps of the windowed sinc: flat to 0.9 of the lower Nyquist rate, which keeps all that
/// recognition uses.
const TAPS: usize = 128;

/// Converts a stream from one rate to another.
///
/// The output is aligned with the input (the filter's delay is cut off) and, once finished, exactly
/// `round(input × to / from)` samples long.
pub struct Resampler {
    inner: Option<Inner>,
    from: u64,
    to: u64,
    taken: u64,
    given: u64,
}

struct Inner {
    engine: Async<f32>,
    waiting: Vec<f32>,
    scratch: Vec<f32>,
    /// Zeros fed before the first sample, see [`Inner::start`].
    lead: usize,
    /// What `skip` starts from.
    delay: usize,
    /// Output samples of filter delay still to be thrown away.
    skip: usize,
}

impl Resampler {
    /// A converter from `from` Hz to `to` Hz. Equal rates pass through untouched.
    ///
    /// # Errors
    /// [`AudioError::Rate`] when a rate lies outside [`MIN_RATE`]..=[`MAX_RATE`].
    pub fn new(from: u32, to: u32) -> Result<Self, AudioError> {
        for rate in [from, to] {
            if !(MIN_RATE..=MAX_RATE).contains(&rate) {
                return Err(AudioError::Rate(rate));
            }
        }
        let inner = if from == to {
            None
        } else {
            Some(Inner::new(from, to)?)
        };
        Ok(Resampler {
            inner,
            from: from.into(),
            to: to.into(),
            taken: 0,
            given: 0,
        })
    }

    /// Takes the next input and returns the output that is ready, possibly none.
    ///
    /// # Errors
    /// [`AudioError::Resample`] if the filter refuses, which no input should cause.
    pub fn push(&mut self, input: &[f32]) -> Result<Vec<f32>, AudioError> {
        self.taken += input.len() as u64;
        let out = match &mut self.inner {
            None => input.iter().copied().map(crate::sane).collect(),
            Some(inner) => inner.push(input)?,
        };
        self.given += out.len() as u64;
        Ok(out)
    }

    /// Ends the stream: returns the rest, and is then ready for a new one.
    ///
    /// # Errors
    /// As [`Resampler::push`].
    pub fn finish(&mut self) -> Result<Vec<f32>, AudioError> {
        let total = (self.taken * self.to + self.from / 2) / self.from;
        let missing = total.saturating_sub(self.given) as usize;
        let mut out = Vec::new();
        if let Some(inner) = &mut self.inner {
            inner.drain(missing, &mut out)?;
        }
        (self.taken, self.given) = (0, 0);
        Ok(out)
    }
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

impl Inner {
    fn new(from: u32, to: u32) -> Result<Self, AudioError> {
        let parameters = SincInterpolationParameters::new(TAPS, WindowFunction::BlackmanHarris2);
        let ratio = f64::from(to) / f64::from(from);
        let engine = Async::new_sinc(ratio, 1.0, &parameters, CHUNK, 1, FixedAsync::Input)
            .map_err(|e| AudioError::Resample(e.to_string()))?;
        let scratch = vec![0.0; engine.output_frames_max()];
        // The engine's output k stands for input time (k + 1) × from / to − TAPS / 2. A lead of
        // zeros makes the delay a whole number of output samples, so that cutting it off leaves
        // output and input exactly aligned.
        let period = (from / greatest_common_divisor(from, to)) as usize;
        let lead = (period - (TAPS / 2) % period) % period;
        let delay = (TAPS / 2 + lead) * to as usize / from as usize - 1;
        let waiting = Vec::with_capacity(CHUNK);
        let mut inner = Inner {
            engine,
            waiting,
            scratch,
            lead,
            delay,
            skip: 0,
        };
        inner.start()?;
        Ok(inner)
    }

    fn start(&mut self) -> Result<(), AudioError> {
        self.engine.reset();
        self.waiting.clear();
        self.skip = self.delay;
        let lead = vec![0.0; self.lead];
        // All that comes out is part of the delay.
        self.push(&lead).map(drop)
    }

    fn push(&mut self, input: &[f32]) -> Result<Vec<f32>, AudioError> {
        let mut out = Vec::new();
        for &s in input {
            self.waiting.push(crate::sane(s));
            if self.waiting.len() == CHUNK {
                self.step(&mut out)?;
            }
        }
        Ok(out)
    }

    /// Feeds silence until `missing` samples have come out, then starts afresh.
    fn drain(&mut self, missing: usize, out: &mut Vec<f32>) -> Result<(), AudioError> {
        while out.len() < missing {
            self.waiting.resize(CHUNK, 0.0);
            self.step(out)?;
        }
        out.truncate(missing);
        self.start()
    }

    fn step(&mut self, out: &mut Vec<f32>) -> Result<(), AudioError> {
        let failed = |e: &dyn std::fmt::Display| AudioError::Resample(e.to_string());
        let room = self.scratch.len();
        let source = InterleavedSlice::new(&self.waiting, 1, CHUNK).map_err(|e| failed(&e))?;
        let mut sink =
            InterleavedSlice::new_mut(&mut self.scratch, 1, room).map_err(|e| failed(&e))?;
        let (_, made) = self
            .engine
            .process_into_buffer(&source, &mut sink, Some(&Indexing::new()))
            .map_err(|e| failed(&e))?;
        let skipped = self.skip.min(made);
        self.skip -= skipped;
        out.extend(self.scratch[skipped..made].iter().copied().map(crate::sane));
        self.waiting.clear();
        Ok(())
    }
}

/// Converts a whole sound: `round(len × to / from)` samples.
///
/// # Errors
/// As [`Resampler::new`].
pub fn resample(samples: &[f32], from: u32, to: u32) -> Result<Vec<f32>, AudioError> {
    let mut resampler = Resampler::new(from, to)?;
    let mut out = resampler.push(samples)?;
    out.append(&mut resampler.finish()?);
    Ok(out)
}
