// Taking a person out of the form.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { coMover, emptiedRows, removal } from "../../src/form/removal";
import { texts } from "../../src/i18n/i18n";
import { emptyConversation } from "../../src/protocol/fold";
import type { ClientMessage, FormView, SlotView } from "../../src/protocol/types";
import type { Removing, StaffContext } from "../../src/staff/context";
import { shownSlots } from "../../src/staff/form-panel";
import { removeButton, removeDialog } from "../../src/staff/remove-person";
import { formOf, slot } from "./form-of";
import { press, textOf } from "./template-text";

const NAME = "household[1].given_names";
const DATE = "household[1].birth_date";

const SOFIIA = [
  slot(NAME, "Sofiia"),
  slot("household[1].surname", null),
  slot(DATE, "2019-03-05", { status: "derived" }),
];
const CHILD = [
  slot("children[0].person", "household[1]", { status: "derived" }),
  slot("children[0].custody", "joint"),
  slot("children[0].residence_pattern", null),
];
const IVAN = slot("household[0].given_names", "Ivan");

function cleared(key: string, more: Partial<SlotView> = {}): SlotView {
  return slot(key, null, { status: "cleared", ...more });
}

function keysOf(messages: ClientMessage[]): string[] {
  return messages.map((one) => ("key" in one ? one.key : ""));
}

describe("what empties a person's rows", () => {
  test("says whom it is about and what was seen, a child's answers first and the name last", () => {
    const form = formOf([IVAN, ...SOFIIA, ...CHILD]);
    const about = { type: "clear_slot", person: "Sofiia" };
    expect(removal(form, "household[1]", "Sofiia")).toEqual([
      { ...about, key: "children[0].custody", seen: "joint" },
      { ...about, key: DATE, seen: "2019-03-05" },
      { ...about, key: NAME, seen: "Sofiia" },
    ]);
  });

  test("leaves out what is empty, and takes what was heard against an empty field", () => {
    const other = { value: "Sofiia", display_da: "", display_uk: "", evidence: [] };
    const form = formOf([cleared(NAME, { alternatives: [other] }), cleared(DATE)]);
    expect(removal(form, "household[1]", "")).toEqual([
      { type: "clear_slot", key: NAME, person: "", seen: null },
    ]);
  });

  test("takes a child of whom no person is known by its own row, and leaves the others alone", () => {
    const child = [
      slot("children[0].person", null, { required: true }),
      slot("children[0].custody", "joint"),
      slot("children[0].other_parent_moves", false, { status: "derived" }),
    ];
    const form = formOf([IVAN, ...SOFIIA, ...child]);
    expect(removal(form, "children[0]", "")).toEqual([
      { type: "clear_slot", key: "children[0].other_parent_moves", person: "", seen: false },
      { type: "clear_slot", key: "children[0].custody", person: "", seen: "joint" },
    ]);
    // The form asks about it, and holds nothing: it is nobody once somebody has said so.
    const asked = formOf(child.map(({ key }) => slot(key, null)));
    expect(keysOf(removal(asked, "children[0]", ""))).toEqual(["children[0].custody"]);
  });

  test("makes nobody of a row that holds nothing", () => {
    const form = formOf([slot(NAME, null), slot(DATE, null)]);
    expect(keysOf(removal(form, "household[1]", ""))).toEqual([NAME]);
  });
});

test("a child's row is about a co-mover, about the mover, or about nobody who is known yet", () => {
  const mover = slot("children[1].person", "mover");
  const form = formOf([...SOFIIA, ...CHILD, mover, slot("children[2].custody", "joint")]);
  const rows = ["household[1]", "children[0]", "children[1]", "children[2]"];
  expect(rows.map((row) => coMover(form, row))).toEqual([
    "household[1]",
    "household[1]",
    null,
    null,
  ]);
});

describe("a row of which everything is empty", () => {
  test("is nobody's once somebody emptied something of it, and until something is heard", () => {
    const nobody = (...slots: SlotView[]): string[] => [...emptiedRows(formOf([IVAN, ...slots]))];
    expect(nobody(cleared(NAME), slot(DATE, null))).toEqual(["household[1]"]);
    expect(nobody(slot(NAME, null), slot(DATE, null))).toEqual([]);
    expect(nobody(cleared(NAME), slot(DATE, "2019-03-05"))).toEqual([]);
    const other = { value: "Sofiia", display_da: "", display_uk: "", evidence: [] };
    expect(nobody(cleared(NAME, { status: "conflict", alternatives: [other] }), cleared(DATE))).toEqual([]);
  });

  test("is not shown, not among the empty ones either; an editor that was opened in it is", () => {
    const form = formOf([IVAN, cleared(NAME), slot(DATE, null)]);
    const shown = (editing: string | null): string[] => {
      const view = { showEmpty: true, editing: editing === null ? null : { key: editing } };
      const [section] = form.sections;
      if (section === undefined) throw new Error("no section");
      return shownSlots({ view } as unknown as StaffContext, form, section).map(({ key }) => key);
    };
    expect(shown(null)).toEqual([IVAN.key]);
    expect(shown(DATE)).toEqual([IVAN.key, DATE]);
  });
});

describe("the button in the heading", () => {
  let sent: ClientMessage[];
  let asked: (() => void)[];
  let removing: Removing | null;
  let focused: string[];

  beforeEach(() => {
    [sent, asked, focused] = [[], [], []];
    removing = null;
    vi.stubGlobal("document", { getElementById: (id: string) => ({ focus: () => focused.push(id) }) });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  function context(form: FormView, editing: string | null = null): StaffContext {
    const state = {
      conversation: { ...emptyConversation(), form },
      link: { kind: "open" },
    };
    return {
      t: texts("da"),
      ui: "da",
      state,
      client: { state, send: (message: ClientMessage) => sent.push(message) > 0 },
      view: { removing, editing: editing === null ? null : { key: editing } },
      set: (change: { removing: Removing | null }) => (removing = change.removing),
      change: (act: () => void) => asked.push(act),
      stopEditing: () => focused.push("where the editor was"),
    } as unknown as StaffContext;
  }

  const yes = { currentTarget: { closest: () => null } } as unknown as Partial<MouseEvent>;

  test("asks, then empties the rows as any change does, and the keyboard goes to the section", () => {
    const form = formOf([...SOFIIA, ...CHILD]);
    press(removeButton(context(form), form, "children[0]"), "Fjern person")();
    expect(removing).toEqual({
      row: "household[1]",
      person: "Sofiia",
      name: "Sofiia (medflytter 2)",
    });
    const dialog = removeDialog(context(form, DATE));
    expect(textOf(dialog)).toContain("Fjern Sofiia (medflytter 2) fra anmeldelsen?");
    press(dialog, "Ja, fjern")(yes);
    // A signature may be at stake.
    expect(sent).toEqual([]);
    asked.forEach((act) => act());
    expect(keysOf(sent)).toEqual(["children[0].custody", DATE, NAME]);
    expect(focused).toEqual(["where the editor was", "section-household"]);
  });

  test("is about whom it was asked about, whoever stands there when the answer comes", () => {
    const before = formOf([slot(NAME, "Sofiia")]);
    press(removeButton(context(before), before, "household[1]"), "Fjern person")();
    const dialog = removeDialog(context(formOf([slot(NAME, "Maksym")])));
    expect(textOf(dialog)).toContain("Fjern Sofiia (medflytter 2)");
    press(dialog, "Ja, fjern")(yes);
    asked.forEach((act) => act());
    expect(sent).toMatchObject([{ key: NAME, person: "Sofiia" }]);
  });

  test("is there for a child of whom only custody was spoken of", () => {
    const form = formOf([slot("children[0].person", null), slot("children[0].custody", "joint")]);
    press(removeButton(context(form), form, "children[0]"), "Fjern person")();
    expect(removing).toEqual({ row: "children[0]", person: "", name: "Barn 1" });
    press(removeDialog(context(form, "children[0].custody")), "Ja, fjern")(yes);
    asked.forEach((act) => act());
    expect(keysOf(sent)).toEqual(["children[0].custody"]);
    expect(focused).toEqual(["where the editor was", "section-household"]);
  });

  test("is not there for the mover", () => {
    const form = formOf([slot("children[0].person", "mover")]);
    expect(textOf(removeButton(context(form), form, "children[0]"))).toBe("");
  });
});
