// What was heard where a person decided otherwise: the second person must see it at the field.

import type { ReviewView, SlotView, UtteranceId } from "../protocol/types";

/** A value that was heard and that a person replaced or put aside. */
export interface Former {
  value: unknown;
  /** The sentences that it rested on, as far as they are known. */
  utterances: UtteranceId[];
}

const BY_HAND: ReadonlySet<string> = new Set(["slot_corrected", "slot_cleared"]);

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** True if somebody changed nothing: wrote what stood there, or vouched for it. */
export function changesNothing(line: { before: unknown; after: unknown }): boolean {
  return same(line.before, line.after);
}

/** True if somebody wrote where nothing stood: there was nothing to correct. */
export function isFirst(line: { kind: string; before: unknown; after: unknown }): boolean {
  return line.kind === "slot_corrected" && line.before === null && !changesNothing(line);
}

/**
 * What was heard last where a person decided otherwise, by hand or by vouching for what stood there before; null if what
 * stands there is what was heard.
 */
export function replaced(
  { history }: ReviewView,
  { key, value, alternatives }: SlotView,
): Former | null {
  // What the machine hears now, whatever row the person stood in when something was written.
  const beside = alternatives.at(-1);
  if (beside !== undefined) {
    return { value: beside.value, utterances: beside.evidence.map((one) => one.utterance) };
  }
  const about = history.filter((line) => line.key === key);
  const heard = about.findLastIndex((line) => line.kind === "slot_reheard");
  const written = about.slice(heard + 1).find((line) => BY_HAND.has(line.kind));
  if (written === undefined || written.before === null || same(written.before, value)) return null;
  return { value: written.before, utterances: written.utterances };
}
