import { expect, test } from "vitest";
import { Absence } from "../../src/ui/absence";

test("who was never here is not missed, and who comes back no more", () => {
  const absence = new Absence();
  absence.update(false, 1);
  expect(absence.since).toBeNull();
  absence.update(true, 2);
  absence.update(false, 3);
  absence.update(false, 9);
  expect(absence.since).toBe(3);
  absence.update(true, 10);
  expect(absence.since).toBeNull();
  absence.update(false, 11);
  absence.forget();
  absence.update(false, 12);
  expect(absence.since).toBeNull();
});
