// A value that was heard otherwise, and the button that takes it.

import { expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import { emptyConversation } from "../../src/protocol/fold";
import type { ClientMessage } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { alternative } from "../../src/staff/slot";
import { formOf, slot } from "./form-of";
import { press } from "./template-text";

test("the second press of two chooses nothing: another value may stand there by then", () => {
  const street = slot("to.street_name", "Randersvej");
  const sent: ClientMessage[] = [];
  const state = {
    conversation: { ...emptyConversation(), form: formOf([street], "to") },
    link: { kind: "open" },
  };
  const ctx = {
    t: texts("da"),
    ui: "da",
    state,
    client: { state, send: (message: ClientMessage) => sent.push(message) },
    view: { revealed: new Set() },
    change: (act: () => void) => act(),
  } as unknown as StaffContext;
  const value = "Randersgade";
  const other = { value, display_da: value, display_uk: value, evidence: [] };
  const choose = press(alternative(ctx, street, other), "Brug Randersgade");
  choose({ detail: 1 });
  choose({ detail: 2 });
  expect(sent).toEqual([
    { type: "correct_slot", key: "to.street_name", value, seen: "Randersvej" },
  ]);
});
