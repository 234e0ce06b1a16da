//! Microphone and loudspeaker of this machine (feature `device`).
//!
//! Thin on purpose: any rate and channel count that the device prefers is converted here, so that
//! the rest only ever sees 16 kHz mono. Sound is handed over on the device's own thread.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{Device, FromSample, Sample, SampleFormat, SizedSample, StreamConfig};
use tracing::warn;

use crate::{AudioError, Resampler, SAMPLE_RATE};

/// Longest sound that may wait for the loudspeaker: a read-back of a whole form takes minutes.
const MAX_QUEUE_S: usize = 600;

fn failed(error: cpal::Error) -> AudioError {
    AudioError::Device(format!(
        "{error}; check that it is plugged in and not used elsewhere"
    ))
}

fn name_of(device: &Device) -> String {
    device
        .description()
        .map(|d| d.name().to_owned())
        .unwrap_or_default()
}

/// Names of the microphones of this machine.
///
/// # Errors
/// [`AudioError::Device`] when the sound system does not answer.
pub fn input_devices() -> Result<Vec<String>, AudioError> {
    Ok(cpal::default_host()
        .input_devices()
        .map_err(failed)?
        .map(|d| name_of(&d))
        .collect())
}

/// Names of the loudspeakers of this machine.
///
/// # Errors
/// [`AudioError::Device`] when the sound system does not answer.
pub fn output_devices() -> Result<Vec<String>, AudioError> {
    Ok(cpal::default_host()
        .output_devices()
        .map_err(failed)?
        .map(|d| name_of(&d))
        .collect())
}

fn choose(
    name: Option<&str>,
    default: Option<Device>,
    all: impl Iterator<Item = Device>,
    kind: &str,
) -> Result<Device, AudioError> {
    match name {
        None => default
            .ok_or_else(|| AudioError::Device(format!("this machine has no {kind}; plug one in"))),
        Some(name) => all.into_iter().find(|d| name_of(d) == name).ok_or_else(|| {
            AudioError::Device(format!(
                "no {kind} is called `{name}`; list the devices first"
            ))
        }),
    }
}

/// An open microphone; dropping it closes it.
pub struct Microphone {
    _stream: cpal::Stream,
}

impl Microphone {
    /// Opens the microphone of that name (`None`: the system's default) and hands 16 kHz mono sound
    /// to `sink` as it comes, a few hundred samples at a time.
    ///
    /// # Errors
    /// [`AudioError::Device`] when there is none, it is busy or permission is missing.
    pub fn open(
        name: Option<&str>,
        sink: impl FnMut(&[f32]) + Send + 'static,
    ) -> Result<Self, AudioError> {
        let host = cpal::default_host();
        let all = host.input_devices().map_err(failed)?;
        let device = choose(name, host.default_input_device(), all, "microphone")?;
        let config = device.default_input_config().map_err(failed)?;
        let format = config.sample_format();
        let config: StreamConfig = config.into();
        let stream = match format {
            SampleFormat::F32 => capture::<f32>(&device, config, sink),
            SampleFormat::I16 => capture::<i16>(&device, config, sink),
            SampleFormat::I32 => capture::<i32>(&device, config, sink),
            SampleFormat::U16 => capture::<u16>(&device, config, sink),
            SampleFormat::U8 => capture::<u8>(&device, config, sink),
            other => Err(AudioError::Device(format!(
                "sample format {other} is not supported"
            ))),
        }?;
        stream.play().map_err(failed)?;
        Ok(Microphone { _stream: stream })
    }
}

fn capture<T: SizedSample>(
    device: &Device,
    config: StreamConfig,
    mut sink: impl FnMut(&[f32]) + Send + 'static,
) -> Result<cpal::Stream, AudioError>
where
    f32: FromSample<T>,
{
    let channels = usize::from(config.channels.max(1));
    let mut resampler = Resampler::new(config.sample_rate, SAMPLE_RATE)?;
    let mut mono = Vec::new();
    let on_sound = move |data: &[T], _: &cpal::InputCallbackInfo| {
        mono.clear();
        mono.extend(data.chunks_exact(channels).map(|frame| {
            frame.iter().map(|&s| f32::from_sample(s)).sum::<f32>() / channels as f32
        }));
        match resampler.push(&mono) {
            Ok(sound) if !sound.is_empty() => sink(&sound),
            Ok(_) => {}
            Err(error) => warn!(%error, "microphone sound lost"),
        }
    };
    device
        .build_input_stream(config, on_sound, |error| warn!(%error, "microphone"), None)
        .map_err(failed)
}

#[derive(Default)]
struct Queue {
    samples: Mutex<VecDeque<f32>>,
    drained: Condvar,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, VecDeque<f32>> {
        self.samples.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open loudspeaker; dropping it stops the sound.
pub struct Loudspeaker {
    _stream: cpal::Stream,
    queue: Arc<Queue>,
    rate: u32,
}

impl Loudspeaker {
    /// Opens the loudspeaker of that name (`None`: the system's default).
    ///
    /// # Errors
    /// [`AudioError::Device`] when there is none, it is busy or permission is missing.
    pub fn open(name: Option<&str>) -> Result<Self, AudioError> {
        let host = cpal::default_host();
        let all = host.output_devices().map_err(failed)?;
        let device = choose(name, host.default_output_device(), all, "loudspeaker")?;
        let config = device.default_output_config().map_err(failed)?;
        let format = config.sample_format();
        let config: StreamConfig = config.into();
        let queue = Arc::new(Queue::default());
        let stream = match format {
            SampleFormat::F32 => play::<f32>(&device, config, queue.clone()),
            SampleFormat::I16 => play::<i16>(&device, config, queue.clone()),
            SampleFormat::I32 => play::<i32>(&device, config, queue.clone()),
            SampleFormat::U16 => play::<u16>(&device, config, queue.clone()),
            SampleFormat::U8 => play::<u8>(&device, config, queue.clone()),
            other => Err(AudioError::Device(format!(
                "sample format {other} is not supported"
            ))),
        }?;
        stream.play().map_err(failed)?;
        Ok(Loudspeaker {
            _stream: stream,
            queue,
            rate: config.sample_rate,
        })
    }

    /// Queues mono sound of `rate` Hz behind what is still playing and returns at once.
    ///
    /// # Errors
    /// [`AudioError::Rate`] for an odd rate, [`AudioError::Device`] when ten minutes of sound wait
    /// already.
    pub fn play(&self, samples: &[f32], rate: u32) -> Result<(), AudioError> {
        let sound = crate::resample(samples, rate, self.rate)?;
        let mut queue = self.queue.lock();
        if queue.len() + sound.len() > MAX_QUEUE_S * self.rate as usize {
            return Err(AudioError::Device(format!(
                "more than {MAX_QUEUE_S} s of sound wait to be played; is the loudspeaker stopped?"
            )));
        }
        queue.extend(sound);
        Ok(())
    }

    /// Forgets what has not been played yet: someone interrupted.
    pub fn stop(&self) {
        self.queue.lock().clear();
        self.queue.drained.notify_all();
    }

    /// Blocks until everything queued was handed to the device.
    pub fn wait(&self) {
        let mut queue = self.queue.lock();
        while !queue.is_empty() {
            queue = self
                .queue
                .drained
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn play<T: SizedSample + FromSample<f32>>(
    device: &Device,
    config: StreamConfig,
    queue: Arc<Queue>,
) -> Result<cpal::Stream, AudioError> {
    let channels = usize::from(config.channels.max(1));
    let on_demand = move |data: &mut [T], _: &cpal::OutputCallbackInfo| {
        let mut waiting = queue.lock();
        for frame in data.chunks_mut(channels) {
            let value = T::from_sample(waiting.pop_front().unwrap_or(0.0));
            frame.fill(value);
        }
        if waiting.is_empty() {
            queue.drained.notify_all();
        }
    };
    device
        .build_output_stream(
            config,
            on_demand,
            |error| warn!(%error, "loudspeaker"),
            None,
        )
        .map_err(failed)
}
