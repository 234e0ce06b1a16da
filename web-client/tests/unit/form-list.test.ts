// What the citizen reads on the tablet of the form.

import { expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import { emptyConversation } from "../../src/protocol/fold";
import type { SlotStatus } from "../../src/protocol/types";
import type { TabletContext } from "../../src/tablet/context";
import { formList, unreadList } from "../../src/tablet/form-list";
import { formOf, slot } from "./form-of";
import { textOf } from "./template-text";

const KEY = "to.address_line";
const UNCONFIRMED = "Ще не підтверджено";

function shown(status: SlotStatus): string[] {
  const form = formOf([slot(KEY, "Skolegade 3", { status })]);
  const state = { conversation: { ...emptyConversation(), form } };
  const ctx = { t: texts("uk"), ui: "uk", state, view: { showForm: false } } as unknown as TabletContext;
  return [textOf(formList(ctx)), textOf(unreadList(ctx, [KEY]))];
}

test("a value that waits for somebody's word is said to", () => {
  for (const status of ["proposed", "needs_confirmation", "conflict"] as const) {
    for (const text of shown(status)) expect(text, status).toContain(UNCONFIRMED);
  }
});

test("one that stands is not: nobody would ever confirm what the form makes of its own values", () => {
  for (const status of ["confirmed", "corrected", "derived"] as const) {
    for (const text of shown(status)) {
      expect(text, status).toContain("Skolegade 3");
      expect(text, status).not.toContain(UNCONFIRMED);
    }
  }
});
