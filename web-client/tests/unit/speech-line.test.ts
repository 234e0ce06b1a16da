import { describe, expect, test } from "vitest";
import { HELD_AT_MOST_MS, SpeechLine } from "../../src/audio/speech-line";

const RATE = { sample_rate: 22_050 };

/** A piece `n` of an utterance that plays for `ms`. */
function add(line: SpeechLine<string>, utterance: number, n: number, ms: number, now: number, last = false): void {
  const part = ms === 0 ? null : `${utterance}.${n}`;
  line.add({ ...RATE, utterance, piece: n, last }, part, ms, now);
}

function begun(line: SpeechLine<string>, now: number, spoken = false): number | null {
  line.advance(now, spoken);
  return line.current?.utterance ?? null;
}

describe("a sentence begins", () => {
  test("when it is there", () => {
    const line = new SpeechLine<string>();
    add(line, 1, 0, 900, 0);
    expect(begun(line, 0)).toBeNull();
    add(line, 1, 1, 0, 100, true);
    expect(begun(line, 100)).toBe(1);
    expect(line.current?.parts).toEqual(["1.0"]);
  });

  test("earlier, if it comes so fast that the rest will be in time", () => {
    const line = new SpeechLine<string>();
    add(line, 1, 0, 1_000, 0);
    add(line, 1, 1, 1_000, 300);
    expect(begun(line, 300)).toBeNull();
    expect(begun(line, 700)).toBe(1);
  });

  test("not before, on a slow network: it would stutter", () => {
    const line = new SpeechLine<string>();
    for (const [n, at] of [0, 3_500, 7_000].entries()) {
      add(line, 1, n, 1_000, at);
      expect(begun(line, at + 1_000)).toBeNull();
    }
    add(line, 1, 3, 0, 8_500, true);
    expect(begun(line, 8_500)).toBe(1);
  });

  test("with gaps rather than not at all", () => {
    const line = new SpeechLine<string>();
    for (let n = 0; n < 4; n += 1) add(line, 1, n, 500, n * 3_000);
    expect(begun(line, 9_900)).toBeNull();
    expect(begun(line, 10_000)).toBe(1);
  });

  test("once nobody speaks here any more, or has spoken for very long", () => {
    const line = new SpeechLine<string>();
    add(line, 1, 0, 900, 0, true);
    expect(begun(line, 0, true)).toBeNull();
    expect(begun(line, 5_000, true)).toBeNull();
    expect(line.ahead).toEqual([1]);
    expect(begun(line, 5_100, false)).toBe(1);
    const long = new SpeechLine<string>();
    add(long, 1, 0, 900, 0, true);
    expect(begun(long, 1_000, true)).toBeNull();
    expect(begun(long, 1_000 + HELD_AT_MOST_MS, true)).toBe(1);
  });

  test("after the one before it, and is not cut once it has begun", () => {
    const line = new SpeechLine<string>();
    add(line, 1, 0, 900, 0, true);
    add(line, 2, 0, 900, 0, true);
    expect(begun(line, 0)).toBe(1);
    expect(begun(line, 100, true)).toBe(1);
    line.current?.parts.splice(0);
    line.played(900);
    expect(begun(line, 900)).toBe(2);
  });
});

describe("a sentence ends", () => {
  test("with its last piece, and not in a gap", () => {
    const line = new SpeechLine<string>();
    for (let n = 0; n < 3; n += 1) add(line, 1, n, 1_000, n * 3_500);
    expect(begun(line, 10_000)).toBe(1);
    line.current?.parts.splice(0);
    line.played(13_100);
    expect(line.current?.utterance).toBe(1);
    add(line, 1, 3, 500, 14_000, true);
    line.current?.parts.splice(0);
    line.played(14_600);
    expect(line.current).toBeNull();
    expect(line.isEmpty).toBe(true);
  });

  test("when the rest does not come", () => {
    const line = new SpeechLine<string>();
    add(line, 1, 0, 2_000, 0);
    expect(begun(line, 700)).toBe(1);
    line.current?.parts.splice(0);
    line.played(9_900);
    expect(line.current).not.toBeNull();
    line.played(10_000);
    expect(line.current).toBeNull();
  });

  test("where the connection broke; half of one that had not begun is not played", () => {
    const line = new SpeechLine<string>();
    add(line, 1, 0, 2_000, 0);
    expect(begun(line, 700)).toBe(1);
    add(line, 2, 0, 1_000, 800);
    line.broken();
    line.current?.parts.splice(0);
    line.played(2_700);
    expect(begun(line, 30_000)).toBeNull();
    expect(line.isEmpty).toBe(true);
  });
});

test("the rest of a sentence that was stopped is not played", () => {
  const line = new SpeechLine<string>();
  add(line, 1, 0, 2_000, 0);
  line.clear();
  add(line, 1, 1, 2_000, 100, true);
  expect(line.isEmpty).toBe(true);
  // Said again, it begins anew.
  add(line, 1, 0, 2_000, 200, true);
  expect(begun(line, 200)).toBe(1);
});

test("sentences that are not wanted any more are let go, and what has begun is played to its end", () => {
  const line = new SpeechLine<string>();
  for (const one of [1, 2, 3]) add(line, one, 0, 900, 0, one !== 3);
  expect(begun(line, 0)).toBe(1);
  line.forget((utterance) => utterance !== 2);
  expect(line.current?.utterance).toBe(1);
  expect(line.ahead).toEqual([2]);
  add(line, 3, 1, 900, 100, true);
  expect(line.ahead).toEqual([2]);
});
