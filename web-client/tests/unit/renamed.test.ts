// A row of the form whose name is heard while somebody has a field of it open.

import { beforeEach, expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import { emptyConversation } from "../../src/protocol/fold";
import type { ClientMessage } from "../../src/protocol/types";
import type { Editing, StaffContext } from "../../src/staff/context";
import { slotEditor } from "../../src/staff/slot-editor";
import { formOf, slot } from "./form-of";
import { press } from "./template-text";

const DATE = "household[0].birth_date";
const NAME = "household[0].given_names";
const CLEAR = "Slet værdien";

let sent: ClientMessage[];
let editing: Editing | null;
let name: string;

/** Opens the editor of a field as it is now. */
function open(key: string, initial: unknown, person: string): void {
  const fresh = { others: [], told: null, pending: null, text: null, problem: null };
  editing = { key, initial, person, ...fresh };
}

/** Presses a button of the editor that is open. */
function pressed(key: string, label: string): void {
  const slots = [slot(NAME, name), slot(DATE, "2019-03-05")];
  const state = {
    conversation: { ...emptyConversation(), form: formOf(slots) },
    link: { kind: "open" },
    lastTrouble: null,
  };
  const ctx = {
    t: texts("da"),
    ui: "da",
    state,
    client: { state, send: (message: ClientMessage) => sent.push(message) > 0 },
    view: { editing, revealed: new Set() },
    set: (change: { editing: Editing | null }) => (editing = change.editing),
    change: (act: () => void) => act(),
  } as unknown as StaffContext;
  press(slotEditor(ctx, slots.find((one) => one.key === key) ?? slot(key, null), ""), label)();
}

beforeEach(() => {
  sent = [];
  name = "Sofiia";
});

test("the name that has come is told once, and the next press says whom it is about", () => {
  open(DATE, "2019-03-05", "");
  pressed(DATE, CLEAR);
  expect(sent).toEqual([]);
  expect(editing?.problem).toBe("slot.meanwhile.person");
  pressed(DATE, CLEAR);
  expect(sent).toEqual([
    { type: "clear_slot", key: DATE, person: "Sofiia", seen: "2019-03-05" },
  ]);
});

test("a name that changes again is told again", () => {
  open(DATE, "2019-03-05", "");
  pressed(DATE, CLEAR);
  name = "Maksym";
  pressed(DATE, CLEAR);
  expect(sent).toEqual([]);
  pressed(DATE, CLEAR);
  expect(sent).toMatchObject([{ person: "Maksym" }]);
});

test("of the name itself the new value is told, and it can be decided about", () => {
  open(NAME, "Sofia", "Sofia");
  pressed(NAME, CLEAR);
  expect(sent).toEqual([]);
  expect(editing?.problem).toBe("slot.meanwhile.decide");
  pressed(NAME, CLEAR);
  expect(sent).toEqual([{ type: "clear_slot", key: NAME, person: "Sofiia", seen: "Sofiia" }]);
});
