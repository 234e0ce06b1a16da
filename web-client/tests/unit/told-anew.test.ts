// A field that staff emptied, and what the citizen said about it after that.

import { expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import { emptyConversation } from "../../src/protocol/fold";
import type { ClientMessage, SlotView } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { slotEditor } from "../../src/staff/slot-editor";
import { formOf, slot } from "./form-of";
import { press, textOf } from "./template-text";

const DOOR = "to.door";
const CLEAR = "Slet værdien";
const ANSWER = { value: "th", display_da: "th", display_uk: "", evidence: [] };

let sent: ClientMessage[];

/** The open editor of the door. */
function editor(door: SlotView): unknown {
  const state = {
    conversation: { ...emptyConversation(), form: formOf([door]) },
    link: { kind: "open" },
    lastTrouble: null,
  };
  const others = door.alternatives.map((one) => one.value);
  const fresh = { person: undefined, told: null, pending: null, text: null, problem: null };
  sent = [];
  const ctx = {
    t: texts("da"),
    ui: "da",
    state,
    client: { state, send: (message: ClientMessage) => sent.push(message) > 0 },
    view: { editing: { key: DOOR, initial: door.value, others, ...fresh }, revealed: new Set() },
    set: () => undefined,
    change: (act: () => void) => act(),
  } as unknown as StaffContext;
  return slotEditor(ctx, door, "Dør");
}

test("it can be said to be still nothing", () => {
  const anew = slot(DOOR, null, { status: "conflict", alternatives: [ANSWER] });
  press(editor(anew), CLEAR)();
  expect(sent).toEqual([{ type: "clear_slot", key: DOOR, seen: null }]);
});

test("a field that is only empty has nothing to be emptied", () => {
  expect(textOf(editor(slot(DOOR, null, { status: "cleared" })))).not.toContain(CLEAR);
  expect(textOf(editor(slot(DOOR, "tv")))).toContain(CLEAR);
});
