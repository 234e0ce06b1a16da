import { expect, test } from "vitest";
import { UnheardWords } from "../../src/client/unheard-words";

test("words that nobody heard are told once, noise is not", () => {
  const unheard = new UnheardWords();
  for (let n = 0; n < 100; n += 1) unheard.dropped(0.2);
  unheard.dropped(0.9);
  expect(unheard.take()).toBe(false);
  for (let n = 0; n < 8; n += 1) unheard.dropped(n % 2 === 0 ? 0.6 : 0.1);
  expect(unheard.take()).toBe(true);
  expect(unheard.take()).toBe(false);
  unheard.stuck();
  expect(unheard.take()).toBe(true);
});
