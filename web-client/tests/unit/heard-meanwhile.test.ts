import { expect, test } from "vitest";
import { heardMeanwhile, seen } from "../../src/staff/heard-meanwhile";

const slot = (value: unknown, others: unknown[] = []) => ({
  value,
  display_da: String(value),
  display_uk: String(value),
  evidence: [],
  alternatives: others.map((one) => ({
    value: one,
    display_da: String(one),
    display_uk: String(one),
    evidence: [],
  })),
});

test("nothing is new while the slot stays as it was seen", () => {
  expect(heardMeanwhile(seen(slot(12, [14])), slot(12, [14])).kind).toBe("none");
  expect(heardMeanwhile(seen(null), null).kind).toBe("none");
  expect(heardMeanwhile(seen(slot(["a"])), slot(["a"])).kind).toBe("none");
});

test("another value is new, and so is one beside it", () => {
  expect(heardMeanwhile(seen(slot(12)), slot(14))).toMatchObject({ kind: "value", value: 14 });
  expect(heardMeanwhile(seen(null), slot(14))).toMatchObject({ kind: "value", value: 14 });
  expect(heardMeanwhile(seen(slot(12)), null)).toMatchObject({ kind: "value", shown: null });
  expect(heardMeanwhile(seen(slot(12, [14])), slot(12, [14, 15]))).toMatchObject({
    kind: "other",
    value: 15,
  });
  // What stood there first is now the other one: nothing new.
  expect(heardMeanwhile(seen(slot(12)), slot(12, [12])).kind).toBe("none");
});
