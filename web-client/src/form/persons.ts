// Slots that belong to one of several persons: `household[1].surname`, `children[0].custody`.

import type { T, UiLang } from "../i18n/i18n";
import type { SlotView } from "../protocol/types";

/** The person of a key, counted from 1 within its group, or null. */
export function personNumber(key: string): number | null {
  const found = /^\w+\[(\d+)\]\./.exec(key);
  return found === null ? null : Number(found[1]) + 1;
}

/**
 * A slot's label in the screen's language, with the person's number where several have the same
 * slot. The form itself has no English.
 */
export function slotLabel(
  t: T,
  ui: UiLang,
  slot: Pick<SlotView, "key" | "label_da" | "label_uk">,
): string {
  const label = ui === "uk" ? slot.label_uk : slot.label_da;
  const person = personNumber(slot.key);
  return person === null ? label : `${label} (${t("form.person", { n: person })})`;
}

/** A section's slots, each person's together; `person` is null for those of nobody in particular. */
export function byPerson<S extends { key: string }>(
  slots: readonly S[],
): { person: number | null; slots: S[] }[] {
  const groups: { person: number | null; slots: S[] }[] = [];
  for (const slot of slots) {
    const person = personNumber(slot.key);
    const group = groups.find((other) => other.person === person);
    if (group === undefined) groups.push({ person, slots: [slot] });
    else group.slots.push(slot);
  }
  return groups;
}
