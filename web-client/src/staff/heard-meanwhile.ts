// What was heard about a slot while its editor was open: pure rules.

import type { AlternativeView, SlotView } from "../protocol/types";

/** What stood at a slot when somebody looked at it. */
export interface SeenSlot {
  value: unknown;
  /** The other values that were heard. */
  others: unknown[];
}

/** What is new there. */
export type Meanwhile =
  | { kind: "none" }
  /** The slot has another value now; null if it was emptied. */
  | { kind: "value"; value: unknown; shown: Shown | null }
  /** The value stands, and another one was heard. */
  | { kind: "other"; value: unknown; shown: Shown };

type Shown = Pick<AlternativeView, "display_da" | "display_uk" | "evidence">;
type Slot = Pick<SlotView, "value" | "display_da" | "display_uk" | "evidence" | "alternatives">;

/** Nothing stands there for a slot that the form does not have (yet). */
export function seen(slot: Slot | null): SeenSlot {
  return {
    value: slot?.value ?? null,
    others: slot?.alternatives.map((one) => one.value) ?? [],
  };
}

/** What has come since somebody looked. */
export function heardMeanwhile(before: SeenSlot, slot: Slot | null): Meanwhile {
  const value = slot?.value ?? null;
  if (!same(before.value, value)) {
    return { kind: "value", value, shown: slot === null || value === null ? null : slot };
  }
  const known = [before.value, ...before.others];
  const other = slot?.alternatives.findLast((one) => !known.some((it) => same(it, one.value)));
  return other === undefined
    ? { kind: "none" }
    : { kind: "other", value: other.value, shown: other };
}

/** Whether two values of the form are the same. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
