// Slots that belong to one of several persons: `household[1].surname`, `children[0].custody`.

import type { T, UiLang } from "../i18n/i18n";
import type { FormView, SlotView } from "../protocol/types";

type Form = Pick<FormView, "sections"> | null;

/** A form's slot, or null. */
export function findSlot(form: Form, key: string): SlotView | null {
  const slots = form?.sections.flatMap((section) => section.slots) ?? [];
  return slots.find((slot) => slot.key === key) ?? null;
}

/** The row of a key, such as `household[1]`, or null. */
export function rowOf(key: string): string | null {
  return /^([a-z_]+\[\d+\])\./.exec(key)?.[1] ?? null;
}

function text(form: Form, key: string): string | null {
  const value = findSlot(form, key)?.value;
  return typeof value === "string" && value !== "" ? value : null;
}

/** The row that says who a row is about: a child's row names the row of the co-mover that it is. */
export function personRow(form: Form, row: string): string {
  return text(form, `${row}.person`) ?? row;
}

/**
 * The given names of the person whom a key of a person's row is about, "" if there are none yet; undefined for a key
 * of no row. Rows are counted, so another person may stand there when the value arrives: the server compares.
 */
export function whose(form: Form, key: string): string | undefined {
  const row = rowOf(key);
  if (row === null) return undefined;
  return text(form, `${personRow(form, row)}.given_names`) ?? "";
}

/** Whether a key's value is what its row is called. */
export function isName(key: string): boolean {
  return rowOf(key) !== null && key.endsWith("].given_names");
}

const ROLES = { household: "form.person.household", children: "form.person.child" } as const;

function isRole(group: string): group is keyof typeof ROLES {
  return Object.hasOwn(ROLES, group);
}

/**
 * Who a key is about, such as "Sofiia (medflytter 2)", counted from 1; null for a key of no person's row.
 * One person has one name in every section: a child is called what the co-mover is called.
 */
export function personName(t: T, form: Form, key: string): string | null {
  const row = rowOf(key);
  if (row === null) return null;
  const [, group, index] = /^([a-z_]+)\[(\d+)\]$/.exec(personRow(form, row)) ?? [];
  const n = Number(index ?? 0) + 1;
  const role = t(group !== undefined && isRole(group) ? ROLES[group] : "form.person", { n });
  const named = findSlot(form, `${personRow(form, row)}.given_names`);
  // A label is no place for what is covered where it stands.
  const name = named?.sensitive === true ? "" : (whose(form, key) ?? "");
  return name === ""
    ? role.charAt(0).toUpperCase() + role.slice(1)
    : t("form.person.named", { name, role });
}

/**
 * A slot's label in the screen's language, with the person where several have the same slot. The form
 * itself has no English.
 */
export function slotLabel(
  t: T,
  ui: UiLang,
  form: Form,
  slot: Pick<SlotView, "key" | "label_da" | "label_uk">,
): string {
  const label = ui === "uk" ? slot.label_uk : slot.label_da;
  const person = personName(t, form, slot.key);
  return person === null ? label : `${label} – ${person}`;
}

/** A section's slots, each row's together; `row` is null for those of nobody in particular. */
export function byPerson<S extends { key: string }>(
  slots: readonly S[],
): { row: string | null; slots: S[] }[] {
  const groups: { row: string | null; slots: S[] }[] = [];
  for (const slot of slots) {
    const row = rowOf(slot.key);
    const group = groups.find((other) => other.row === row);
    if (group === undefined) groups.push({ row, slots: [slot] });
    else group.slots.push(slot);
  }
  return groups;
}
