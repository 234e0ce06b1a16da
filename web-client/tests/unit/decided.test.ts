import { describe, expect, test } from "vitest";
import { byAnother, decisionText } from "../../src/form/decision";
import { texts } from "../../src/i18n/i18n";
import type { DecisionView, ReviewView, SlotView } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { slotRow } from "../../src/staff/slot";
import type { SupervisorContext } from "../../src/supervisor/context";
import { reviewScreen } from "../../src/supervisor/review";
import { textOf } from "./template-text";

const AT = "2026-11-24T09:05:00.120Z";
const by = (name?: string): DecisionView => ({
  what: "confirmed",
  actor: "staff",
  at: AT,
  ...(name === undefined ? {} : { by: name }),
});
const citizen: DecisionView = { what: "corrected", actor: "citizen", at: AT };

function slot(decided?: DecisionView): SlotView {
  return {
    key: "mover.surname",
    label_da: "Efternavn",
    label_uk: "Прізвище",
    value: "Kovalenko",
    display_da: "Kovalenko",
    display_uk: "Kovalenko",
    status: "confirmed",
    confidence: 1,
    required: true,
    sensitive: false,
    choices: [],
    evidence: [],
    alternatives: [],
    ...(decided === undefined ? {} : { decided }),
  };
}

describe("who decided about a value", () => {
  test("is said with the account, or the role where there is none", () => {
    expect(decisionText(texts("da"), "da", by("anne"))).toMatch(/^Bekræftet af anne, 24\.11\./);
    expect(decisionText(texts("da"), "da", by())).toMatch(/^Bekræftet af medarbejderen, /);
    expect(decisionText(texts("da"), "da", citizen)).toMatch(/^Rettet af borgeren, /);
    const uk = texts("uk");
    expect(decisionText(uk, "uk", by("anne"))).toMatch(/^Підтверджено: anne, 24\.11\./);
    expect(decisionText(uk, "uk", citizen)).toMatch(/^Виправлено: громадянин \(громадянка\), /);
  });

  test("needs no line where it was oneself", () => {
    expect(byAnother(by("anne"), "anne")).toBe(false);
    expect(byAnother(by("bent"), "anne")).toBe(true);
    expect(byAnother(by(), null)).toBe(false);
    // In a case from before accounts were kept nobody knows who it was.
    expect(byAnother(by(), "anne")).toBe(true);
    expect(byAnother(citizen, null)).toBe(true);
  });

  test("stands under the value on the staff's screen", () => {
    const shown = (decided?: DecisionView): string => {
      const ctx = {
        t: texts("da"),
        ui: "da",
        view: { editing: null, revealed: new Set<string>(), account: "anne" },
        state: { link: { kind: "open" }, conversation: { form: null, lines: [] } },
      } as unknown as StaffContext;
      return textOf(slotRow(ctx, slot(decided), false));
    };
    expect(shown(by("bent"))).toContain('slot__decided">Bekræftet af bent, ');
    expect(shown(citizen)).toContain('slot__decided">Rettet af borgeren, ');
    expect(shown(by("anne"))).not.toContain("slot__decided");
    expect(shown()).not.toContain("slot__decided");
  });

  test("stands under the value and in the history on the supervisor's screen", () => {
    const review: ReviewView = {
      case: "FLY-1",
      stage: {
        state: "in_review",
        digest: "d",
        missing: [],
        unconfirmed: [],
        blocked_by: [],
        read_back: [],
        unread: [],
        read_back_confirmed: true,
        read_back_doubted: false,
        signature: null,
        returned_because: "",
        comments: [],
      },
      form: {
        sections: [
          { id: "mover", title_da: "Person", title_uk: "Особа", slots: [slot(by("anne"))] },
        ],
        issues: [],
        missing: [],
        next_question: null,
      },
      evidence: [],
      history: [
        {
          at: AT,
          actor: "staff",
          by: "anne",
          kind: "slot_confirmed",
          key: "mover.surname",
          before: "Kovalenko",
          after: "Kovalenko",
          reason: "",
          comments: [],
          utterances: [],
        },
      ],
      changed_since_return: [],
      log_intact: true,
      may_approve: true,
    };
    const ctx = {
      t: texts("da"),
      ui: "da",
      view: { draft: { comments: [], reason: "" }, revealed: new Set<string>() },
    } as unknown as SupervisorContext;
    const text = textOf(reviewScreen(ctx, review)).replace(/\s+/g, " ");
    expect(text).toContain('review__decided">Bekræftet af anne, ');
    expect(text).toContain("medarbejder anne bekræftede Efternavn:");
    // Others may see the screen: a number stands there in full only while somebody wants it.
    const number = { ...slot(), key: "mover.cpr_number", label_da: "CPR-nummer", sensitive: true };
    number.value = number.display_da = "070584-1234";
    review.form.sections[0]?.slots.push(number);
    review.history.push({
      at: AT,
      actor: "staff",
      by: "anne",
      kind: "slot_corrected",
      key: number.key,
      before: null,
      after: number.value,
      reason: "",
      comments: [],
      utterances: [],
    });
    const covered = textOf(reviewScreen(ctx, review)).replace(/\s+/g, " ");
    expect(covered).not.toContain("070584-1234");
    expect(covered).toContain("udfyldte CPR-nummer: 070584-••••");
    ctx.view.revealed = new Set([number.key]);
    expect(textOf(reviewScreen(ctx, review)).match(/070584-1234/g)).toHaveLength(1);
  });
});
