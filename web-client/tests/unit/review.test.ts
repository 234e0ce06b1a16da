import { describe, expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import type { EvidenceView, HistoryLine, ReviewView, SaidView, SlotView } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { slotRow } from "../../src/staff/slot";
import type { SupervisorContext } from "../../src/supervisor/context";
import { reviewScreen } from "../../src/supervisor/review";
import { textOf } from "./template-text";

function slot(key: string, label: string, value: unknown, more: Partial<SlotView> = {}): SlotView {
  const display = value === null ? "" : String(value);
  return {
    key,
    label_da: label,
    label_uk: "Поле",
    value,
    display_da: display,
    display_uk: display,
    status: "confirmed",
    confidence: 1,
    required: true,
    sensitive: false,
    choices: [],
    evidence: [],
    alternatives: [],
    ...more,
  };
}

function evidence(utterance: number, quote: string): EvidenceView {
  return { utterance, speaker: "citizen", lang: "uk", quote, start: 0, end: quote.length };
}

function review(slots: SlotView[], change: Partial<ReviewView> = {}): ReviewView {
  return {
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
      signature: null,
      returned_because: "",
      comments: [],
    },
    form: {
      sections: [{ id: "to", title_da: "Tilflytning", title_uk: "Нова адреса", slots }],
      issues: [],
      missing: [],
      next_question: null,
    },
    evidence: [],
    history: [],
    changed_since_return: [],
    log_intact: true,
    may_approve: true,
    ...change,
  };
}

function supervisorSees(what: ReviewView, revealed: string[] = []): string {
  const ctx = {
    t: texts("da"),
    ui: "da",
    view: { draft: { comments: [], reason: "" }, revealed: new Set(revealed) },
  } as unknown as SupervisorContext;
  return textOf(reviewScreen(ctx, what)).replace(/\s+/g, " ");
}

function staffSees(what: SlotView, revealed: string[] = []): string {
  const ctx = {
    t: texts("da"),
    ui: "da",
    view: { editing: null, revealed: new Set(revealed), account: "anne" },
    state: { link: { kind: "open" }, conversation: { form: null, lines: [] } },
  } as unknown as StaffContext;
  return textOf(slotRow(ctx, what, false));
}

describe("a protected address", () => {
  const street = slot("to.street_name", "Vejnavn", "Randersvej", {
    sensitive: true,
    evidence: [evidence(2, "Рандерсвей")],
    alternatives: [
      { value: "Ringvej", display_da: "Ringvej", display_uk: "Ringvej", evidence: [evidence(3, "Рінгвей")] },
    ],
  });
  const date = slot("move_date", "Flyttedato", "15. december", { evidence: [evidence(2, "п'ятнадцятого")] });
  const said = {
    utterance: 2,
    speaker: "citizen" as const,
    lang: "uk" as const,
    text: "П'ятнадцятого на Рандерсвей.",
    translation: "Den femtende til Randersvej.",
    confidence: 0.9,
    warnings: [],
    verified: false,
  };

  test("is hidden with what was heard of it, on the staff's screen", () => {
    expect(staffSees(street)).not.toMatch(/Randersvej|Рандерсвей|Ringvej|Рінгвей/);
    const open = staffSees(street, [street.key]);
    for (const word of ["Randersvej", "Рандерсвей", "Ringvej", "Рінгвей"]) expect(open).toContain(word);
    expect(staffSees({ ...street, sensitive: false })).toContain("Рандерсвей");
  });

  test("is hidden with every sentence that it was said in, on the supervisor's screen", () => {
    // The date rests on the same sentence.
    const whole = review([street, date], { evidence: [said] });
    expect(supervisorSees(whole)).not.toMatch(/Randersvej|Рандерсвей/);
    expect(supervisorSees(whole, [street.key])).toContain("Рандерсвей");
    expect(supervisorSees(whole, [street.key])).toContain("Den femtende til Randersvej.");
    // The sentence can be read where the date is judged, too.
    const atDate = supervisorSees(whole, [date.key]);
    expect(atDate.match(/Рандерсвей/g)).toHaveLength(1);
    const plain = review([{ ...street, sensitive: false }, date], { evidence: [said] });
    expect(supervisorSees(plain).match(/Рандерсвей/g)).toHaveLength(2);
  });
});

test("persons and days can be told apart on the supervisor's screen", () => {
  const key = (n: number): string => `household[${n}].given_names`;
  const phone = (n: number): string => `household[${n}].phone`;
  const slots = [
    slot(key(0), "Fornavn", "Sofiia"),
    slot(key(1), "Fornavn", "Danylo"),
    slot(phone(0), "Telefon", "11"),
    slot(phone(1), "Telefon", "22"),
  ];
  const at = ["2026-11-24T09:05:00Z", "2026-11-25T09:05:00Z"] as const;
  const whole = review(slots, {
    changed_since_return: [{ key: key(1), before: "Danilo", after: "Danylo" }],
    history: at.map((day, n) => ({
      at: day,
      actor: "staff" as const,
      by: "anne",
      kind: "slot_corrected",
      key: key(n),
      before: null,
      after: "x",
      reason: "",
      comments: [],
      utterances: [],
    })),
  });
  whole.stage.signature = { method: "tablet", signer: "Oksana Kovalenko", at: at[1], digest: "d", void: false };
  const text = supervisorSees(whole);
  // The table with a heading for each, the remark's name, the changes and the history.
  expect(text).toMatch(
    /Sofiia \(medflytter 1\) <\/th>.*Fornavn <.*Telefon <.*Danylo \(medflytter 2\) <\/th>.*Fornavn <.*Telefon </,
  );
  expect(text).toContain("Bemærkning til Fornavn – Danylo (medflytter 2)");
  expect(text).toContain("Fornavn – Danylo (medflytter 2): <del>Danilo</del>");
  expect(text).toMatch(/24\.11\.2026,? \d\d\.\d\d medarbejder anne rettede Fornavn – Sofiia \(medflytter 1\):/);
  expect(text).toMatch(/25\.11\.2026,? \d\d\.\d\d medarbejder anne rettede Fornavn – Danylo \(medflytter 2\):/);
  expect(text).toMatch(/Underskrevet 25\.11\.2026,? \d\d\.\d\d af Oksana Kovalenko, /);
});

test("what the rules find stands above the values that it is about", () => {
  const whole = review([slot("mover.cpr_number", "CPR-nummer", "070584-1234", { sensitive: true })]);
  expect(supervisorSees(whole)).not.toContain("issue");
  whole.form.issues = [
    {
      rule: "R31",
      severity: "warning",
      keys: ["mover.cpr_number"],
      text_da: "CPR-nummeret opfylder ikke den gamle kontrol.",
      text_uk: "Номер CPR не проходить стару перевірку.",
    },
  ];
  expect(supervisorSees(whole)).toMatch(
    /Advarsel<\/span> <span lang=da >CPR-nummeret opfylder ikke den gamle kontrol\.<.*>CPR-nummer<.*<table/,
  );
});

test("what was asked for at the last return stands beside the differences, earlier ones in the history", () => {
  const line = (at: string, key: string, text: string): HistoryLine => ({
    at,
    actor: "supervisor",
    by: "bo",
    kind: "returned",
    key: "",
    before: null,
    after: null,
    reason: `Se på ${text}`,
    comments: [{ key, text }],
    utterances: [],
  });
  const slots = [slot("to.house_number", "Husnummer", "97"), slot("move_date", "Flyttedato", "2026-12-05")];
  const whole = review(slots, {
    history: [
      line("2026-11-24T09:05:00Z", "to.house_number", "Er det 97?"),
      line("2026-11-25T09:05:00Z", "move_date", "Er det 070584-1234?"),
    ],
    changed_since_return: [{ key: "move_date", before: "2026-12-06", after: "2026-12-05" }],
  });
  const text = supervisorSees(whole);
  expect(text).toMatch(
    /Returneret 25\.11\.2026.*<del>.*<\/del> <ins>.*<\/ins> .*Bemærkning ved returnering: Er det 070584-••••\?/,
  );
  // The first return's remark was dealt with; it is not lost.
  expect(text).not.toContain("Bemærkning ved returnering: Er det 97?");
  expect(text).toContain("Husnummer: Er det 97?");
  expect(text).not.toContain("070584-1234");
  whole.changed_since_return = [];
  expect(supervisorSees(whole)).toMatch(/ikke ændret<\/b> .*Bemærkning ved returnering: Er det 070584/);
});

test("a value that words changed stands in the history with them, unless it is sensitive", () => {
  const said = (utterance: number, text: string): SaidView => ({
    utterance,
    speaker: "citizen",
    lang: "uk",
    text,
    translation: `da ${text}`,
    confidence: 0.456,
    warnings: ["value_mismatch"],
    verified: false,
  });
  const whole = review([slot("to.street_name", "Vejnavn", "Ringvej")], {
    evidence: [said(2, "Рандерсвей"), said(5, "Рінгвей")],
    history: [
      {
        at: "2026-11-24T09:05:00Z",
        actor: "citizen",
        by: null,
        kind: "slot_reheard",
        key: "to.street_name",
        before: "Randersvej",
        after: "Ringvej",
        reason: "",
        comments: [],
        utterances: [2, 5],
      },
    ],
  });
  const text = supervisorSees(whole);
  expect(text).toMatch(/borger sagde noget andet om Vejnavn: Randersvej → Ringvej.*Рандерсвей.*Рінгвей/);
  expect(text).toContain("Oversættelsens sikkerhed: 46 %");
  expect(text).toContain("Et tal, en dato");
  const [street] = whole.form.sections[0]?.slots ?? [];
  if (street !== undefined) street.sensitive = true;
  expect(supervisorSees(whole)).not.toMatch(/Randersvej|Ringvej|Рандерсвей|Рінгвей/);
});
