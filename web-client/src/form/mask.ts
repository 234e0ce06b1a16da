// Personal numbers on a screen that others may see.

import type { SlotView } from "../protocol/types";

/** What stands in place of what is hidden. */
export const DOTS = "••••";
/** Ten digits in groups as people say and write them; not those that follow a country's dialling code. */
const TEN_DIGITS = /(?<![\d+]|\+\d{1,3}[ -])\d(?:\s?[-\u2010-\u2013.,/]?\s?\d){9}(?!\d)/g;
/** Ten digits as a CPR number is usually written: a date, then four, with or without hyphen or space. */
const USUAL = /^\d{6}[-\u2010-\u2013 ]?\d{4}$/;
/** A day with its year, beside another number. */
const DAY_WITH_YEAR = /^(\d\d[-./]\d\d[-./](19|20)\d\d|(19|20)\d\d-\d\d-\d\d)(?!\d)/;

/** True if ten digits, in whatever groups, begin with a day as CPR numbers do. */
function isCpr(written: string, digits: string): boolean {
  if (USUAL.test(written)) return true;
  const [day, month] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))];
  return day >= 1 && day <= 31 && month >= 1 && month <= 12 && !DAY_WITH_YEAR.test(written);
}

/** Every CPR number in a text as `DDMMYY-••••`, however its digits are grouped. */
export function maskCpr(text: string): string {
  return text.replace(TEN_DIGITS, (written) => {
    const digits = written.replace(/\D/g, "");
    return isCpr(written, digits) ? `${digits.slice(0, 6)}-${DOTS}` : written;
  });
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
