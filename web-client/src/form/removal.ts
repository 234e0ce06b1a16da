// Taking a person out of the form: what is emptied, and which rows are nobody's then. Pure rules.

import type { ClientMessage, FormView, SlotView } from "../protocol/types";
import { isName, personRow, rowOf } from "./persons";

type Form = Pick<FormView, "sections">;

/** The row of the household that a row is about; null for those of the mover, and of a child without a name. */
export function coMover(form: Form, row: string): string | null {
  const person = personRow(form, row);
  return person.startsWith("household[") ? person : null;
}

/**
 * The row of whoever can be taken out of the form by it: a co-mover's, or that of a child of whom custody or home was
 * spoken of and nobody knows who it is. Null for those of the mover.
 */
export function removable(form: Form, row: string): string | null {
  const person = personRow(form, row);
  return coMover(form, row) ?? (person === row && row.startsWith("children[") ? row : null);
}

/**
 * Rows of the household that are nobody's any more: somebody emptied something of them, and nothing is left. The
 * server keeps their place and asks for nothing of them; what is heard of them later makes them somebody's again.
 */
export function emptiedRows({ sections }: Form): ReadonlySet<string> {
  const left = new Set<string>();
  const emptied = new Set<string>();
  for (const slot of sections.flatMap((section) => section.slots)) {
    const row = rowOf(slot.key);
    if (row?.startsWith("household[") !== true) continue;
    if (holds(slot)) left.add(row);
    if (slot.status === "cleared") emptied.add(row);
  }
  return new Set([...emptied].filter((row) => !left.has(row)));
}

/** A value, or several to choose from. */
function holds({ value, alternatives }: SlotView): boolean {
  return value !== null || alternatives.length > 0;
}

/**
 * What empties everything that the form holds of a co-mover, a child's row among it, or of a child of whom nothing else
 * is known. `person` is the name that the row had when somebody decided so.
 */
export function removal(form: Form, row: string, person: string): ClientMessage[] {
  const its = form.sections
    .flatMap((section) => section.slots)
    .filter(({ key }) => {
      const own = rowOf(key);
      return own !== null && removable(form, own) === row;
    });
  // Whom a child's row is about follows from the household, and goes with it.
  const filled = its.filter((slot) => holds(slot) && !slot.key.endsWith("].person"));
  // A child without a row of its own has no name: there it is the answer that each child needs.
  const name = its.find(({ key }) => isName(key)) ?? its.find(({ key }) => key === `${row}.custody`);
  // The name comes last: each message says by it whom it is about. A row that holds nothing becomes nobody's by it.
  const last = name !== undefined && (holds(name) || filled.length === 0) ? [name] : [];
  const outOf = (key: string): boolean => rowOf(key) !== row;
  const order = filled.filter((slot) => slot !== name);
  return [
    // Children's rows move up when one of them is nobody's.
    ...order.filter(({ key }) => outOf(key)),
    ...order.filter(({ key }) => !outOf(key)),
    ...last,
  ].map(({ key, value }) => ({ type: "clear_slot", key, person, seen: value }));
}
