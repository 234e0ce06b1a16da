// Slots that belong to one of several persons: `household[1].surname`, `children[0].custody`.

/** The person of a key, counted from 1 within its group, or null. */
export function personNumber(key: string): number | null {
  const found = /^\w+\[(\d+)\]\./.exec(key);
  return found === null ? null : Number(found[1]) + 1;
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
