import { expect, test } from "vitest";
import { InputCheck, type MicHint } from "../../src/audio/input-check";
import { clippedShare } from "../../src/audio/pcm";

/** What is shown after so many frames of 60 ms; `levels` in turn. */
function hint(check: InputCheck, frames: number, levels: number[], clipped = 0, other = false): MicHint | null {
  let shown: MicHint | null = null;
  for (let n = 0; n < frames; n += 1) {
    const level = levels[n % levels.length] ?? 0;
    shown = check.push({ level, clipped: level > 0.5 ? clipped : 0 }, other);
  }
  return shown;
}

/** Words of 0.5 s with pauses between, so loud. */
const words = (level: number): number[] => [...Array<number>(8).fill(level), 0.02, 0.02, 0.02, 0.02];

test("a microphone that gives nothing is told, and not a quiet room after somebody was heard", () => {
  const check = new InputCheck();
  expect(hint(check, 80, [0])).toBeNull();
  expect(hint(check, 5, [0])).toBe("no_sound");
  expect(hint(check, 1, [0.5])).toBeNull();
  expect(hint(check, 200, [0])).toBeNull();
  expect(hint(check, 200, [0])).toBe("no_sound");
});

test("a voice that is far too quiet is told, a quiet room and a usual voice are not", () => {
  expect(hint(new InputCheck(), 100, words(0.25))).toBe("too_quiet");
  expect(hint(new InputCheck(), 300, [0.12, 0.1, 0.15])).toBeNull();
  expect(hint(new InputCheck(), 300, words(0.6))).toBeNull();
  // The other person, a metre away.
  expect(hint(new InputCheck(), 100, words(0.25), 0, true)).toBeNull();
  const heard = new InputCheck();
  hint(heard, 20, words(0.6));
  expect(hint(heard, 100, words(0.25))).toBeNull();
});

test("a voice that is distorted is told, and for some seconds more", () => {
  const check = new InputCheck();
  expect(hint(check, 40, words(0.95), 0.05)).toBe("too_loud");
  expect(hint(check, 60, words(0.6))).toBe("too_loud");
  expect(hint(check, 60, words(0.6))).toBeNull();
  expect(hint(new InputCheck(), 100, words(0.8), 0.001)).toBeNull();
});

test("cut-off samples are counted", () => {
  expect(clippedShare(Float32Array.of(0, 1, -1, 0.5))).toBe(0.5);
  expect(clippedShare(new Float32Array())).toBe(0);
});
