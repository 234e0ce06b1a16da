// Personal numbers on a screen that others may see.

import type { SlotView } from "../protocol/types";

/** What stands in place of what is hidden. */
export const DOTS = "••••";
/** Ten digits as a CPR number is written: a date, then four, with or without hyphen or space. */
const CPR = /(?<!\d)(\d{6})[-\u2010-\u2013 ]?(\d{4})(?!\d)/g;

/** Every CPR number in a text as `DDMMYY-••••`. */
export function maskCpr(text: string): string {
  return text.replace(CPR, `$1-${DOTS}`);
}

/** True if the slot holds a CPR number. */
export function isCprKey(key: string): boolean {
  return key.endsWith("cpr_number");
}

/** A slot's value as others may see it. */
export function maskSlot(slot: Pick<SlotView, "key" | "sensitive">, display: string): string {
  if (!slot.sensitive || display === "") return display;
  if (!isCprKey(slot.key)) return DOTS;
  const masked = maskCpr(display);
  // A number that is not complete yet is hidden altogether.
  return masked === display ? DOTS : masked;
}

/** A sentence of the form about a slot, as others may see it: what is sensitive in it is hidden. */
export function maskSentence(
  slot: Pick<SlotView, "key" | "sensitive" | "display_da" | "display_uk" | "alternatives"> | null,
  text: string,
  lang: "da" | "uk",
): string {
  if (slot === null || !slot.sensitive) return maskCpr(text);
  const values = [slot, ...slot.alternatives]
    .map((one) => (lang === "da" ? one.display_da : one.display_uk))
    .filter((value) => value !== "")
    // One may be a part of another.
    .sort((a, b) => b.length - a.length);
  const hidden = values.reduce((rest, value) => {
    const literal = value.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    const word = new RegExp(`(?<![\\p{L}\\d])${literal}(?![\\p{L}\\d])`, "gu");
    return rest.replace(word, () => maskSlot(slot, value));
  }, text);
  return maskCpr(hidden);
}
