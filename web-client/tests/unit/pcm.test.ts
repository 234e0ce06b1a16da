import { describe, expect, test } from "vitest";
import { Framer, fromPcm16, meterLevel, Resampler, toPcm16 } from "../../src/audio/pcm";
import { micTrouble } from "../../src/audio/microphone-access";

function tone(rate: number, hertz: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate),
  );
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length);
}

function resampleInPieces(input: Float32Array, from: number, piece: number): Float32Array {
  const resampler = new Resampler(from, 16_000);
  const out: number[] = [];
  for (let at = 0; at < input.length; at += piece) {
    out.push(...resampler.push(input.subarray(at, at + piece)));
  }
  return Float32Array.from(out);
}

describe("PCM", () => {
  test("is signed 16-bit little-endian and clipped", () => {
    const bytes = new Uint8Array(toPcm16(Float32Array.of(0, 1, -1, 2, -2, 1 / 32767)));
    expect(Array.from(bytes)).toEqual([0, 0, 0xff, 0x7f, 0, 0x80, 0xff, 0x7f, 0, 0x80, 1, 0]);
  });

  test("goes there and back within one step", () => {
    const samples = tone(16_000, 440, 0.05);
    const back = fromPcm16(toPcm16(samples));
    const worst = Math.max(...samples.map((s, i) => Math.abs(s - (back[i] ?? 9))));
    expect(worst).toBeLessThan(1.5 / 32767);
  });

  test("an odd last byte is ignored", () => {
    expect(fromPcm16(new ArrayBuffer(5))).toHaveLength(2);
  });
});

describe("Resampler", () => {
  test.each([48_000, 44_100, 8_000])("keeps a tone's level and length from %i Hz", (rate) => {
    const out = resampleInPieces(tone(rate, 1_000, 1), rate, 128);
    expect(Math.abs(out.length - 16_000)).toBeLessThan(40);
    const middle = out.subarray(1_000, 15_000);
    expect(rms(middle)).toBeCloseTo(rms(tone(16_000, 1_000, 1)), 2);
    const wanted = tone(16_000, 1_000, 1).subarray(1_000, 15_000);
    const worst = Math.max(...middle.map((s, i) => Math.abs(s - (wanted[i] ?? 9))));
    expect(worst).toBeLessThan(0.02);
  });

  test("does not depend on how the input is cut", () => {
    const input = tone(48_000, 700, 0.2);
    const small = resampleInPieces(input, 48_000, 128);
    const large = resampleInPieces(input, 48_000, 4_096);
    const common = Math.min(small.length, large.length);
    for (let i = 0; i < common; i += 1) {
      expect(Math.abs((small[i] ?? 0) - (large[i] ?? 1))).toBeLessThan(1e-5);
    }
  });

  test("takes away what 16 kHz cannot hold instead of folding it back", () => {
    expect(rms(resampleInPieces(tone(48_000, 11_000, 0.5), 48_000, 128))).toBeLessThan(0.01);
  });
});

describe("Framer", () => {
  test("cuts frames of equal length across pushes", () => {
    const framer = new Framer(4);
    const frames: number[][] = [];
    const emit = (frame: Float32Array): void => void frames.push(Array.from(frame));
    framer.push(Float32Array.of(1, 2, 3), emit);
    framer.push(Float32Array.of(4, 5, 6, 7, 8, 9), emit);
    expect(frames).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });
});

describe("meter", () => {
  test("runs from silence to full scale", () => {
    expect(meterLevel(new Float32Array(10))).toBe(0);
    expect(meterLevel(new Float32Array(0))).toBe(0);
    expect(meterLevel(new Float32Array(10).fill(1))).toBe(1);
    expect(meterLevel(new Float32Array(10).fill(0.1))).toBeCloseTo(1 - 20 / 60, 5);
  });
});

describe("microphone trouble", () => {
  test.each([
    ["NotAllowedError", "denied"],
    ["NotFoundError", "missing"],
    ["NotReadableError", "in_use"],
    ["SomethingElse", "failed"],
  ])("%s means %s", (name, trouble) => {
    expect(micTrouble({ name })).toBe(trouble);
  });
});
