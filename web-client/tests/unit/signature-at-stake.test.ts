// What costs a signature, and is said to.

import { expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import { emptyConversation, signatureAtStake } from "../../src/protocol/fold";
import type { SlotView, StageView } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { slotRow } from "../../src/staff/slot";
import { formOf, slot } from "./form-of";
import { press, textOf } from "./template-text";

const NOTE = "staff.note";

const STAGE: StageView = {
  state: "in_review",
  digest: "d",
  missing: [],
  unconfirmed: [],
  blocked_by: [],
  read_back: [],
  unread: [],
  read_back_confirmed: true,
  read_back_doubted: false,
  signature: {
    method: "tablet",
    signer: "Oksana Kovalenko",
    at: "2026-12-01T09:20:00Z",
    digest: "d",
    void: false,
  },
  returned_because: "",
  comments: [],
};

/** The row of a field of a signed case, its editor open or not, and the fields that were to be changed. */
function row(one: SlotView, edited = false): { text: unknown; changed: unknown[] } {
  const changed: unknown[] = [];
  const state = {
    conversation: { ...emptyConversation(), form: formOf([one]), stage: STAGE },
    link: { kind: "open" },
    lastTrouble: null,
  };
  const fresh = { person: undefined, told: null, pending: null, text: null, problem: null };
  const editing = edited ? { key: one.key, initial: one.value, others: [], ...fresh } : null;
  const ctx = {
    t: texts("da"),
    ui: "da",
    state,
    client: { state, send: () => true },
    view: { editing, revealed: new Set(), account: null },
    set: () => undefined,
    change: (_act: () => void, key?: string) => changed.push(key),
  } as unknown as StaffContext;
  return { text: slotRow(ctx, one, false), changed };
}

test("what the form makes of its own values has no button to vouch for it", () => {
  const buttons = (status: SlotView["status"]): string =>
    textOf(row(slot("to.post_district", "Aarhus N", { status })).text);
  for (const status of ["proposed", "needs_confirmation", "conflict"] as const) {
    expect(buttons(status), status).toContain("icon-button--confirm");
  }
  for (const status of ["derived", "confirmed", "corrected"] as const) {
    expect(buttons(status), status).not.toContain("icon-button--confirm");
  }
});

test("the authority's own note costs no signature, and every other field says that it does", () => {
  const conversation = { ...emptyConversation(), stage: STAGE };
  expect(signatureAtStake(conversation, NOTE)).toBe(false);
  expect(signatureAtStake(conversation, "to.floor")).toBe(true);
  expect(signatureAtStake(conversation)).toBe(true);
  const warns = (key: string): boolean =>
    textOf(row(slot(key, "2"), true).text).includes("gælder underskriften ikke længere");
  expect(warns("to.floor")).toBe(true);
  expect(warns(NOTE)).toBe(false);
});

test("every button of a field says which field it changes", () => {
  const other = { value: "3", display_da: "3", display_uk: "3", evidence: [] };
  const floor = slot("to.floor", "2", { status: "conflict", alternatives: [other] });
  const taken = row(floor);
  press(taken.text, "Brug 3")();
  expect(taken.changed).toEqual(["to.floor"]);
  const emptied = row(slot(NOTE, "Ringer"), true);
  press(emptied.text, "Slet værdien")();
  expect(emptied.changed).toEqual([NOTE]);
});
