// Ways to a field of the form: from what is said about it elsewhere, and from one that was just confirmed.

import { html, nothing } from "lit-html";
import { findSlot } from "../form/persons";
import type { FormView, SlotView } from "../protocol/types";
import type { StaffContext } from "./context";
import { labelOf } from "./slot";

/** Id of a slot's element. */
export function slotId(key: string): string {
  return `slot-${key}`;
}

/** Id of the heading of a section of the form. */
export function sectionId(id: string): string {
  return `section-${id}`;
}

/** Brings the keyboard to a section's heading. */
export function goToSection(id: string): void {
  document.getElementById(sectionId(id))?.focus();
}

/** Brings a filled slot into sight and the keyboard to it: not to its buttons, so that it is read first. */
export function goToSlot(key: string, block: ScrollLogicalPosition = "center"): void {
  const row = document.getElementById(slotId(key));
  row?.scrollIntoView({ block });
  row?.focus({ preventScroll: true });
}

/** Brings the open editor into sight and the keyboard into it; false if the form shows none. */
export function goToEditor(): boolean {
  const editor = document.querySelector(".slot-editor");
  editor?.scrollIntoView({ block: "center" });
  editor?.querySelector<HTMLElement>("input, select, textarea")?.focus({ preventScroll: true });
  return editor !== null;
}

/** The keyboard goes back to where an editor was opened; an empty slot's row is gone again. */
export function leaveEditor(key: string): void {
  const button = document.getElementById(slotId(key))?.querySelector<HTMLElement>(".slot__edit");
  (button ?? document.getElementById("form-title"))?.focus();
}

/** Buttons that go to slots: to a filled one, or to the editor of an empty one. */
export function jumps(ctx: StaffContext, keys: readonly string[]): unknown {
  return keys.map((key) => jump(ctx, key));
}

/** One of them; nothing where the form has no such slot. */
export function jump(ctx: StaffContext, key: string): unknown {
  const slot = findSlot(ctx.state.conversation.form, key);
  if (slot === null) return nothing;
  return html`<button
    type="button"
    class="jump"
    @click=${() => (slot.value === null ? ctx.edit(key) : goToSlot(key))}
  >
    ${labelOf(ctx, slot)}
  </button>`;
}

const VOUCHED: ReadonlySet<SlotView["status"]> = new Set(["confirmed", "corrected", "derived"]);

/** The next slot for which nobody has vouched, after one in the form's order and from the beginning again. */
export function nextUnconfirmed({ sections }: Pick<FormView, "sections">, after: string): string | null {
  const slots = sections.flatMap((section) => section.slots);
  const at = slots.findIndex(({ key }) => key === after) + 1;
  const next = [...slots.slice(at), ...slots.slice(0, at)].find(
    ({ key, value, status }) =>
      // A conflict without a value: it was emptied, and told anew.
      key !== after && (value !== null || status === "conflict") && !VOUCHED.has(status),
  );
  return next?.key ?? null;
}
