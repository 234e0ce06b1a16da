import { describe, expect, test } from "vitest";
import type { DecisionView, ErrorCode, FormView, SlotView } from "../../src/protocol/types";
import { whose } from "../../src/form/persons";
import { refusal, SentValue } from "../../src/staff/sent-value";

const KEY = "to.floor";
type Seen = Parameters<SentValue["answer"]>[0];

function slot(key: string, value: unknown, decided?: DecisionView): SlotView {
  return {
    key,
    label_da: "",
    label_uk: "",
    value,
    display_da: "",
    display_uk: "",
    status: decided === undefined ? "proposed" : "corrected",
    confidence: 1,
    required: true,
    sensitive: false,
    choices: [],
    evidence: [],
    alternatives: [],
    ...(decided === undefined ? {} : { decided }),
  };
}

function form(...slots: SlotView[]): FormView {
  const section = { id: "to", title_da: "", title_uk: "", slots };
  return { sections: [section], issues: [], missing: [], next_question: null };
}

function seen(now: FormView | null, kind: "open" | "waiting" = "open"): Seen {
  return {
    conversation: { form: now },
    link: kind === "open" ? { kind } : { kind, code: null },
    lastTrouble: null,
  };
}

function by(actor: "staff" | "citizen", second: number): DecisionView {
  return { what: "corrected", actor, at: `2026-11-24T09:00:${second}Z` };
}

const empty = (): FormView => form(slot(KEY, null));

describe("a value that was sent", () => {
  test("is saved when its own slot says so, and not when another one changes", () => {
    const sent = new SentValue(KEY, 2, seen(empty()));
    expect(sent.answer(seen(empty())).kind).toBe("waiting");
    const other = form(slot(KEY, null), slot("move_date", "2026-12-05", by("staff", 10)));
    expect(sent.answer(seen(other)).kind).toBe("waiting");
    // The form writes it in its own way.
    expect(sent.answer(seen(form(slot(KEY, "2", by("staff", 11))))).kind).toBe("saved");
  });

  test("is not the one that stood there, nor one that the citizen chose", () => {
    const before = form(slot(KEY, "1", by("staff", 10)));
    const sent = new SentValue(KEY, "1", seen(before));
    expect(sent.answer(seen(form(slot(KEY, "1", by("staff", 10))))).kind).toBe("waiting");
    expect(sent.answer(seen(form(slot(KEY, "3", by("citizen", 11))))).kind).toBe("waiting");
    expect(sent.answer(seen(form(slot(KEY, "1", by("staff", 12))))).kind).toBe("saved");
  });

  test("is saved when a server that names no decisions shows it", () => {
    const sent = new SentValue(KEY, "2", seen(empty()));
    const heard = form(slot(KEY, "2"));
    expect(sent.answer(seen(heard)).kind).toBe("waiting");
    const corrected = form({ ...slot(KEY, "2"), status: "corrected" });
    expect(sent.answer(seen(corrected)).kind).toBe("saved");
  });

  test("may be none: then it is saved when somebody has emptied the slot", () => {
    const before = form(slot(KEY, "1", by("staff", 10)));
    const sent = new SentValue(KEY, null, seen(before));
    expect(sent.answer(seen(form(slot(KEY, "2", by("staff", 11))))).kind).toBe("waiting");
    const cleared = { ...by("staff", 12), what: "cleared" as const };
    expect(sent.answer(seen(form(slot(KEY, null, cleared)))).kind).toBe("saved");
    const older = form({ ...slot(KEY, null), status: "cleared" });
    expect(sent.answer(seen(older)).kind).toBe("saved");
    expect(sent.answer(seen(form())).kind).toBe("saved");
    expect(sent.answer(seen(null)).kind).toBe("waiting");
  });

  test("is refused by any trouble with messages, also the same one twice", () => {
    const trouble = (code: ErrorCode, n: number): Seen => ({
      ...seen(empty()),
      lastTrouble: { code, n },
    });
    const codes = ["bad_slot", "slot_changed", "too_fast", "not_allowed", "too_large", "not_saved"] as const;
    for (const code of codes) {
      const sent = new SentValue(KEY, 2, trouble(code, 4));
      expect(sent.answer(trouble(code, 4)).kind).toBe("waiting");
      expect(sent.answer(trouble(code, 5))).toEqual({ kind: "refused", code });
    }
    // An engine has nothing to do with the form.
    const sent = new SentValue(KEY, 2, seen(empty()));
    expect(sent.answer(trouble("engine_failed", 1)).kind).toBe("waiting");
  });

  test("is lost with the connection if the form of the next one does not have it", () => {
    const before = empty();
    const sent = new SentValue(KEY, 2, seen(before));
    expect(sent.answer(seen(before, "waiting")).kind).toBe("waiting");
    // Welcomed, but the form is still the old one; or all is fetched anew.
    expect(sent.answer(seen(before)).kind).toBe("waiting");
    expect(sent.answer(seen(null)).kind).toBe("waiting");
    expect(sent.answer(seen(empty())).kind).toBe("lost");
  });

  test("is saved if it arrived before the connection broke", () => {
    const before = empty();
    const sent = new SentValue(KEY, 2, seen(before));
    expect(sent.answer(seen(before, "waiting")).kind).toBe("waiting");
    expect(sent.answer(seen(form(slot(KEY, "2", by("staff", 11))))).kind).toBe("saved");
  });
});

test("a key of a row is about the person whose name the row shows", () => {
  const now = form(
    slot("household[0].given_names", "Iryna"),
    slot("household[1].given_names", null),
    slot("children[0].person", "household[0]"),
    slot("children[0].custody", "joint"),
  );
  expect(whose(now, "household[0].birth_date")).toBe("Iryna");
  expect(whose(now, "children[0].custody")).toBe("Iryna");
  expect(whose(now, "household[1].birth_date")).toBe("");
  expect(whose(now, "household[2].given_names")).toBe("");
  expect(whose(now, "mover.birth_date")).toBeUndefined();
  expect(whose(null, "household[0].surname")).toBe("");
});

test("a refused address line says what to change instead", () => {
  const refused = (key: string, code: ErrorCode): string => refusal({ key }, { code });
  expect(refused("to.address_line", "bad_slot")).toBe("slot.invalid.address_line");
  expect(refused("to.address_line", "slot_changed")).toBe("error.slot_changed");
  expect(refused("to.floor", "bad_slot")).toBe("error.bad_slot");
});
