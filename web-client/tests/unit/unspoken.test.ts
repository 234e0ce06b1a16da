import { expect, test } from "vitest";
import type { PlayerState } from "../../src/audio/player";
import { SPEECH_WITHIN_MS, Unspoken } from "../../src/ui/unspoken";

const HEARD: PlayerState = { speaking: null, waiting: [], blocked: false, muted: false, volume: 1 };

test("what a voice says is told to nobody else", () => {
  const unspoken = new Unspoken();
  unspoken.add(1, "Добрий день.", 0);
  expect(unspoken.take(HEARD, 0)).toEqual([]);
  expect(unspoken.take({ ...HEARD, speaking: 1 }, 900)).toEqual([]);
  expect(unspoken.take(HEARD, 60_000)).toEqual([]);
  expect(unspoken.isEmpty).toBe(true);
});

test("what no voice says is told at once, and once", () => {
  for (const off of [{ muted: true }, { blocked: true }, { volume: 0 }]) {
    const unspoken = new Unspoken();
    unspoken.add(1, "Добрий день.", 0);
    expect(unspoken.take({ ...HEARD, ...off }, 0)).toEqual([{ utterance: 1, text: "Добрий день." }]);
    expect(unspoken.take({ ...HEARD, ...off }, 1)).toEqual([]);
  }
});

test("what no voice came for is told, and what waits for another voice is not late", () => {
  const unspoken = new Unspoken();
  unspoken.add(1, "Перше.", 0);
  unspoken.add(2, "Друге.", 0);
  expect(unspoken.take({ ...HEARD, speaking: 1 }, SPEECH_WITHIN_MS + 1)).toEqual([]);
  expect(unspoken.take(HEARD, 2 * SPEECH_WITHIN_MS)).toEqual([]);
  expect(unspoken.take(HEARD, 3 * SPEECH_WITHIN_MS)).toEqual([{ utterance: 2, text: "Друге." }]);
});
