// Forms and slots for tests: invented, and with nothing that the test is not about.

import type { FormView, SlotView } from "../../src/protocol/types";

/** A slot as it was heard; empty without a value. */
export function slot(key: string, value: unknown, more: Partial<SlotView> = {}): SlotView {
  const display = value === null ? "" : String(value);
  return {
    key,
    label_da: "",
    label_uk: "",
    value,
    display_da: display,
    display_uk: display,
    status: value === null ? "empty" : "proposed",
    confidence: 1,
    required: false,
    sensitive: false,
    choices: [],
    evidence: [],
    alternatives: [],
    ...more,
  };
}

/** A form of one section. */
export function formOf(slots: SlotView[], id = "household"): FormView {
  return {
    sections: [{ id, title_da: "", title_uk: "", slots }],
    issues: [],
    missing: [],
    next_question: null,
  };
}
