import { describe, expect, test } from "vitest";
import { texts } from "../../src/i18n/i18n";
import type { EvidenceView, HistoryLine, ReviewView, SaidView, SlotView } from "../../src/protocol/types";
import type { StaffContext } from "../../src/staff/context";
import { ownCasesSection } from "../../src/staff/own-cases";
import { slotRow } from "../../src/staff/slot";
import type { SupervisorContext } from "../../src/supervisor/context";
import { reviewScreen } from "../../src/supervisor/review";
import { shownOf } from "../../src/supervisor/stale";
import { caseNumber, shortCase } from "../../src/ui/case-number";
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
      read_back_doubted: false,
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
  expect(text).toMatch(/24\.11\.2026,? \d\d\.\d\d medarbejder anne udfyldte Fornavn – Sofiia \(medflytter 1\):/);
  expect(text).toMatch(/25\.11\.2026,? \d\d\.\d\d medarbejder anne udfyldte Fornavn – Danylo \(medflytter 2\):/);
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

describe("what somebody wrote over what was heard", () => {
  const said = (utterance: number, text: string): SaidView => ({
    utterance,
    speaker: "citizen",
    lang: "uk",
    text,
    translation: `da ${text}`,
    confidence: 0.9,
    warnings: [],
    verified: false,
  });
  const did = (kind: string, key: string, before: unknown, after: unknown, utterances: number[] = []): HistoryLine => ({
    at: "2026-11-24T09:05:00Z",
    actor: kind === "slot_reheard" ? "citizen" : "staff",
    by: "anne",
    kind,
    key,
    before,
    after,
    reason: "",
    comments: [],
    utterances,
  });
  const day = slot("move_date", "Flyttedato", "2026-12-03", { status: "corrected" });
  const heard = did("slot_reheard", day.key, "2026-12-16", "2026-12-17", [2, 5]);
  const sayings = [said(2, "шістнадцятого"), said(5, "Ні, сімнадцятого")];

  test("stands at the field with the sentence, and leads there from above", () => {
    const whole = review([slot("to.floor", "Etage", "2"), day], {
      evidence: sayings,
      history: [heard, did("slot_corrected", day.key, "2026-12-17", "2026-12-03", [5])],
    });
    const text = supervisorSees(whole);
    expect(text).toMatch(/det, der blev hørt:<\/p> <ul> <li><a href=#row-move_date>Flyttedato<\/a><\/li> <\/ul>/);
    expect(text).toMatch(/<tr id=row-move_date>.*Ikke som hørt<\/span> Hørt: 17\. december 2026 <.*Ні, сімнадцятого.*<\/tr>/);
    expect(text.match(/Ikke som hørt/g)).toHaveLength(1);
  });

  test("is what was heard last, whatever was written since; and nothing once that stands there again", () => {
    const lines = [heard, did("slot_corrected", day.key, "2026-12-17", "2026-12-03", [5])];
    const again = did("slot_corrected", day.key, "2026-12-03", "2026-12-04");
    const twice = review([{ ...day, value: "2026-12-04" }], { history: [...lines, again] });
    expect(supervisorSees(twice)).toContain("Hørt: 17. december 2026");
    const back = did("slot_corrected", day.key, "2026-12-03", "2026-12-17");
    const same = review([{ ...day, value: "2026-12-17" }], { history: [...lines, back] });
    expect(supervisorSees(same)).not.toContain("Ikke som hørt");
    const reheard = review([{ ...day, value: "2026-12-20" }], {
      history: [...lines, did("slot_reheard", day.key, "2026-12-03", "2026-12-20", [2, 5])],
    });
    expect(supervisorSees(reheard)).not.toContain("Ikke som hørt");
    // Of an empty field nothing was heard.
    const filled = review([day], { history: [did("slot_corrected", day.key, null, "2026-12-03")] });
    expect(supervisorSees(filled)).not.toContain("Ikke som hørt");
    expect(supervisorSees(filled)).toMatch(/anne udfyldte Flyttedato: 3\. december 2026 </);
  });

  test("stands there also where the field was emptied", () => {
    const phone = slot("mover.phone", "Telefonnummer", null, { status: "cleared", required: false });
    const emptied = review([phone], { history: [did("slot_cleared", phone.key, "21450783", null)] });
    expect(supervisorSees(emptied)).toMatch(/<b>–<\/b>.*Ikke som hørt<\/span> Hørt: 21450783 /);
    expect(supervisorSees(review([phone]))).not.toContain("Telefonnummer");
  });

  test("is also what somebody put aside who vouched for the value before it", () => {
    const beside = {
      value: "2026-12-17",
      display_da: "17. december 2026",
      display_uk: "17 грудня 2026",
      evidence: [evidence(5, "сімнадцятого")],
    };
    const confirmed = slot("move_date", "Flyttedato", "2026-12-16", {
      evidence: [evidence(2, "шістнадцятого")],
      alternatives: [beside],
      decided: { what: "confirmed", actor: "staff", at: "2026-11-24T09:05:00Z" },
    });
    const whole = review([confirmed], {
      evidence: sayings,
      history: [did("slot_confirmed", day.key, "2026-12-16", "2026-12-16")],
    });
    const text = supervisorSees(whole);
    expect(text).toContain("<li><a href=#row-move_date>Flyttedato</a></li>");
    expect(text).toMatch(/<tr id=row-move_date>.*шістнадцятого.*Hørt: 17\. december 2026 <.*Ні, сімнадцятого.*<\/tr>/);
  });

  test("is what was said last, and not what stood there when somebody wrote first", () => {
    const beside = { value: "2026-12-18", display_da: "", display_uk: "", evidence: [evidence(5, "")] };
    const written = { ...day, alternatives: [beside] };
    const whole = review([written], {
      history: [did("slot_corrected", day.key, "2026-12-16", "2026-12-03", [2])],
    });
    expect(supervisorSees(whole)).toContain("Hørt: 18. december 2026");
  });

  test("is covered where the field is sensitive", () => {
    const number = slot("mover.cpr_number", "CPR-nummer", "070584-1234", { sensitive: true, status: "corrected" });
    const whole = review([number], {
      evidence: sayings,
      history: [
        did("slot_reheard", number.key, "x", "110290-1113", [2, 5]),
        did("slot_corrected", number.key, "110290-1113", "070584-1234", [5]),
      ],
    });
    expect(supervisorSees(whole)).toContain("Hørt: 110290-••••");
    expect(supervisorSees(whole)).not.toMatch(/1113|сімнадцятого/);
    expect(supervisorSees(whole, [number.key])).toMatch(/Hørt: 110290-1113.*сімнадцятого/);
  });

  test("is not told of lines that change nothing", () => {
    const street = slot("to.street_name", "Vejnavn", "Randersvej", { status: "corrected" });
    const text = supervisorSees(
      review([street], { history: [did("slot_corrected", street.key, "Randersvej", "Randersvej")] }),
    );
    expect(text).not.toContain("Ikke som hørt");
    expect(text).toMatch(/anne skrev samme værdi i Vejnavn: Randersvej </);
    expect(text).not.toContain("rettede");
  });
});

test("a decision is about the document and the note that were shown", () => {
  const at = "2026-11-24T09:05:00.120Z";
  const note = slot("staff.note", "Notat", "Ringer", { decided: { what: "corrected", actor: "staff", at } });
  expect(shownOf(review([note]))).toEqual({ digest: "d", noted: at });
  expect(shownOf(review([slot("staff.note", "Notat", null)]))).toEqual({ digest: "d", noted: "" });
  expect(shownOf(review([]))).toEqual({ digest: "d", noted: "" });
});

test("a case is called by the same part of its number on every screen", () => {
  const id = "8a819a97-1f0e-4c55-9d57-0b6f3b1f2c44";
  expect(shortCase(id)).toBe("8a819a97");
  expect(shortCase("FLY-2026-000123")).toBe("FLY-2026-000123");
  expect(textOf(caseNumber(id))).toBe(
    '<span><b>8a819a97</b><span class="case-rest">-1f0e-4c55-9d57-0b6f3b1f2c44</span></span>',
  );
  const own = { case: id, state: "open" as const, opened_at: "2026-11-24T08:00:00Z", changed_at: "2026-11-25T09:30:00Z", move_date: "2026-12-15" };
  const ctx = { t: texts("da"), ui: "da", view: { ownCases: [own], opening: false } } as unknown as StaffContext;
  const list = textOf(ownCasesSection(ctx)).replace(/\s+/g, " ");
  expect(list).toMatch(/<b>Sag 8a819a97<\/b> <b>Udfyldes<\/b>.*<b>Flytter .*15.*Oprettet 24\.11\.2026.*Senest ændret 25\.11\.2026/);
  expect(list).toContain("Åbn igen: Udfyldes. Sag 8a819a97. Oprettet 24.11.2026");
});
