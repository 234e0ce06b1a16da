// Sound as numbers: resampling, cutting into frames, PCM. Pure; used in the worklet and in tests.

/** Half width of the resampler's filter, in zero crossings of the sinc. */
const ZERO_CROSSINGS = 12;
/** Positions between two input samples that are told apart: the error is below -70 dB. */
const PHASES = 4096;

/**
 * Streaming resampler: windowed sinc (Blackman), low-passed at the lower of the two Nyquist
 * frequencies. Mono, samples in [-1, 1].
 */
export class Resampler {
  private readonly step: number;
  private readonly cutoff: number;
  private readonly reach: number;
  /** Input that is still needed; starts with silence so that the first output is centred. */
  private held: Float32Array;
  private readonly taps = new Map<number, Float32Array>();
  /** Position of the next output sample in `held`. */
  private at: number;

  /** @param from input rate, Hz @param to output rate, Hz */
  constructor(from: number, to: number) {
    this.step = from / to;
    this.cutoff = Math.min(1, to / from);
    this.reach = Math.ceil(ZERO_CROSSINGS / this.cutoff);
    this.held = new Float32Array(this.reach);
    this.at = this.reach;
  }

  /** Resamples the next stretch; what cannot be computed yet comes with the next call. */
  push(input: Float32Array): Float32Array {
    const all = new Float32Array(this.held.length + input.length);
    all.set(this.held);
    all.set(input, this.held.length);
    const out = new Float32Array(
      Math.max(0, Math.ceil((all.length - this.reach - this.at) / this.step)),
    );
    for (let n = 0; n < out.length; n += 1) {
      out[n] = this.valueAt(all, this.at);
      this.at += this.step;
    }
    const keepFrom = Math.max(0, Math.floor(this.at) - this.reach);
    this.held = all.slice(keepFrom);
    this.at -= keepFrom;
    return out;
  }

  private valueAt(samples: Float32Array, at: number): number {
    const whole = Math.floor(at);
    const taps = this.tapsFor(at - whole);
    const first = whole - this.reach;
    let sum = 0;
    for (let k = 0; k < taps.length; k += 1) sum += (samples[first + k] ?? 0) * (taps[k] ?? 0);
    return sum;
  }

  /** The filter for an output sample that lies `fraction` (0 to 1) after an input sample. */
  private tapsFor(fraction: number): Float32Array {
    const phase = Math.round(fraction * PHASES);
    const known = this.taps.get(phase);
    if (known !== undefined) return known;
    const taps = Float32Array.from({ length: 2 * this.reach + 2 }, (_, k) => {
      const distance = k - this.reach - phase / PHASES;
      if (Math.abs(distance) > this.reach) return 0;
      const x = Math.PI * distance * this.cutoff;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      const angle = (Math.PI * distance) / this.reach;
      const window = 0.42 + 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle);
      return sinc * window * this.cutoff;
    });
    this.taps.set(phase, taps);
    return taps;
  }
}

/** Cuts a stream into frames of equal length. */
export class Framer {
  private frame: Float32Array;
  private filled = 0;

  constructor(private readonly length: number) {
    this.frame = new Float32Array(length);
  }

  /** Adds samples and calls `emit` with every frame that became full. */
  push(samples: Float32Array, emit: (frame: Float32Array) => void): void {
    let taken = 0;
    while (taken < samples.length) {
      const count = Math.min(this.length - this.filled, samples.length - taken);
      this.frame.set(samples.subarray(taken, taken + count), this.filled);
      this.filled += count;
      taken += count;
      if (this.filled === this.length) {
        emit(this.frame);
        this.frame = new Float32Array(this.length);
        this.filled = 0;
      }
    }
  }
}

/** Signed 16-bit little-endian PCM of samples in [-1, 1]; what is beyond is clipped. */
export function toPcm16(samples: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, i) => {
    const clipped = Math.max(-1, Math.min(1, sample));
    view.setInt16(i * 2, Math.round(clipped < 0 ? clipped * 0x8000 : clipped * 0x7fff), true);
  });
  return view.buffer;
}

/** Samples in [-1, 1] of signed 16-bit little-endian PCM; an odd last byte is ignored. */
export function fromPcm16(pcm: ArrayBuffer): Float32Array<ArrayBuffer> {
  const view = new DataView(pcm);
  const samples = new Float32Array(Math.floor(pcm.byteLength / 2));
  for (let i = 0; i < samples.length; i += 1) samples[i] = view.getInt16(i * 2, true) / 0x8000;
  return samples;
}

/** Level of a frame for a meter: 0 at -60 dB or below, 1 at 0 dB (RMS of full scale). */
export function meterLevel(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return power === 0 ? 0 : Math.max(0, Math.min(1, 1 + (10 * Math.log10(power)) / 60));
}

/** Above this the converter or the driver has cut the sample off. */
const FULL_SCALE = 0.985;

/** Part of the samples, 0 to 1, that are as loud as can be: in speech, distortion. */
export function clippedShare(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  return samples.filter((sample) => Math.abs(sample) >= FULL_SCALE).length / samples.length;
}
