// Why a field has to be asked about is said at the field.

import { describe, expect, test } from "vitest";
import { doubts } from "../../src/form/doubt";
import { texts } from "../../src/i18n/i18n";
import type { Line } from "../../src/protocol/fold";
import type { EvidenceView, SlotStatus, SlotView, Speaker } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { nextUnconfirmed } from "../../src/staff/jumps";
import { slotRow } from "../../src/staff/slot";
import { settledLine } from "../../src/staff/transcript";
import { textOf } from "./template-text";

function line(id: number, change: Partial<Line> = {}): Line {
  return {
    id,
    speaker: "citizen",
    lang: "uk",
    text: "на Рандерсвей дев'яносто п'ять",
    source: "speech",
    start_ms: 0,
    end_ms: 1,
    confidence: 0.9,
    at: "2026-12-01T09:00:00Z",
    translation: { lang: "da", text: "x", confidence: 0.9, warnings: [], verified: false },
    draft: null,
    lag: null,
    ...change,
  };
}

function heard(utterance: number, speaker: Speaker = "citizen"): EvidenceView {
  return { utterance, speaker, lang: "uk", quote: "Рандерсвей", start: 3, end: 13 };
}

function slot(status: SlotStatus, evidence: EvidenceView[], key = "to.street_name"): SlotView {
  return {
    key,
    label_da: "Vejnavn",
    label_uk: "Вулиця",
    value: "Randersvej",
    display_da: "Randersvej",
    display_uk: "Randersvej",
    status,
    confidence: 0.95,
    required: true,
    sensitive: false,
    choices: [],
    evidence,
    alternatives: [],
  };
}

describe("what speaks against a value", () => {
  test.each<[string, Partial<Line>, string[]]>([
    ["nothing", {}, []],
    ["an unclear sentence", { confidence: 0.4 }, ["unclear"]],
    ["what is missing of it", { confidence: 0.6, interrupted: true }, ["interrupted"]],
    ["the very words", { reconsidered: [{ start: 3, end: 13 }] }, ["chosen"]],
    ["other words of the sentence", { reconsidered: [{ start: 14, end: 23 }] }, []],
    [
      "the translation",
      { translation: { lang: "da", text: "x", confidence: 1, warnings: ["value_mismatch"], verified: false } },
      ["translation"],
    ],
  ])("is %s", (_, change, expected) => {
    expect(doubts(slot("proposed", [heard(1)]), [line(1, change)])).toEqual(expected);
  });

  test("is that it was said once, or by the employee alone, where it has to be asked about", () => {
    const lines = [line(1), line(2)];
    expect(doubts(slot("needs_confirmation", [heard(1)]), lines)).toEqual(["once"]);
    expect(doubts(slot("needs_confirmation", [heard(1), heard(2)]), lines)).toEqual([]);
    expect(doubts(slot("needs_confirmation", [heard(1, "staff")]), lines)).toEqual(["staff_only", "once"]);
    expect(doubts(slot("needs_confirmation", [heard(1, "staff"), heard(2)]), lines)).toEqual([]);
  });

  test("is not said of what a person decided or a rule gave", () => {
    for (const status of ["confirmed", "corrected", "derived", "cleared", "empty"] as const) {
      expect(doubts(slot(status, [heard(1)]), [line(1, { confidence: 0.1 })])).toEqual([]);
    }
  });

  const context = (lines: Line[]): StaffContext =>
    ({
      t: texts("da"),
      ui: "da",
      view: { editing: null, revealed: new Set(), covered: new Set(), highlight: null, account: null },
      state: { link: { kind: "open" }, conversation: { form: null, lines, sensitive: new Set() } },
    }) as unknown as StaffContext;

  test("stands at the field in words, with how sure the machine is", () => {
    const row = textOf(slotRow(context([line(1)]), slot("needs_confirmation", [heard(1)]), false));
    expect(row).toContain("Sagt én gang · Sikkerhed 95 %");
    const confirmed = textOf(slotRow(context([line(1)]), slot("confirmed", [heard(1)]), false));
    expect(confirmed).not.toContain("Sikkerhed");
  });

  test("stands below the sentence, with the words", () => {
    const unsure = line(1, { reconsidered: [{ start: 3, end: 13 }] });
    expect(textOf(settledLine(context([unsure]), unsure))).toContain(
      "Maskinen valgte mellem flere ord ved: “Рандерсвей”",
    );
    expect(textOf(settledLine(context([line(1)]), line(1)))).not.toContain("flere ord");
  });

  test("stands at a sentence of which words are missing, and at its values", () => {
    const cut = line(1, { interrupted: true });
    expect(textOf(settledLine(context([cut]), cut))).toContain("Afbrudt: ord mangler");
    expect(textOf(settledLine(context([line(1)]), line(1)))).not.toContain("Afbrudt");
    const row = textOf(slotRow(context([cut]), slot("needs_confirmation", [heard(1)]), false));
    expect(row).toContain("Sætningen blev afbrudt, ord mangler");
  });
});

test("the next field to confirm follows in the form's order, and from its beginning again", () => {
  const of = (status: SlotStatus, key: string): SlotView => slot(status, [], key);
  const form = {
    sections: [
      { id: "a", title_da: "", title_uk: "", slots: [of("proposed", "a"), of("confirmed", "b")] },
      {
        id: "b",
        title_da: "",
        title_uk: "",
        slots: [of("derived", "c"), of("conflict", "d"), { ...of("proposed", "e"), value: null }],
      },
    ],
  };
  expect(nextUnconfirmed(form, "b")).toBe("d");
  expect(nextUnconfirmed(form, "d")).toBe("a");
  expect(nextUnconfirmed({ sections: [{ ...form.sections[0]!, slots: [of("proposed", "a")] }] }, "a")).toBeNull();
});
