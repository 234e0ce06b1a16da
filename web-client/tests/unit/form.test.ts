import { describe, expect, test } from "vitest";
import { maskCpr, maskSentence, maskSlot } from "../../src/form/mask";
import { byPerson, personName, rowOf, slotLabel } from "../../src/form/persons";
import { cutAt, splitQuote, within } from "../../src/form/quote";
import {
  editorKind,
  editorText,
  formerText,
  nextPersonKey,
  parseEdited,
  standingAlone,
} from "../../src/form/values";
import { texts } from "../../src/i18n/i18n";

describe("masking", () => {
  test.each([
    ["070584-1234", "070584-••••"],
    ["0705841234", "070584-••••"],
    ["Mit nummer er 110290 1113, tak.", "Mit nummer er 110290-••••, tak."],
    ["Мій номер 020315–4320.", "Мій номер 020315-••••."],
    // As they are said, and read back.
    ["CPR-nummer: 07 05 84 12 34.", "CPR-nummer: 070584-••••."],
    ["0 7 0 5 8 4 1 2 3 4", "070584-••••"],
    ["070 584 12 34 og 11.02.90-11.13", "070584-•••• og 110290-••••"],
    ["07, 05, 84, 12, 34", "070584-••••"],
    ["0705 8412 34, 02 03 15 43 20", "070584-••••, 020315-••••"],
    ["Ring +45 21 45 07 83", "Ring +45 21 45 07 83"],
    ["Ring 21 45 07 83", "Ring 21 45 07 83"],
    ["+38 050 123 45 67", "+38 050 123 45 67"],
    ["067 123 45 67", "067 123 45 67"],
    ["Født 12.10.1985, 8200 Aarhus N", "Født 12.10.1985, 8200 Aarhus N"],
    ["Den 15.12.2026 10", "Den 15.12.2026 10"],
    ["2012-11-10 10", "2012-11-10 10"],
    ["Randersvej 95, 2. 8200 Aarhus", "Randersvej 95, 2. 8200 Aarhus"],
    ["123456789012", "123456789012"],
    ["8200", "8200"],
  ])("%s is shown as %s", (text, shown) => {
    expect(maskCpr(text)).toBe(shown);
  });

  test("sensitive slots never show a number or a value in full", () => {
    const cpr = { key: "mover.cpr_number", sensitive: true };
    expect(maskSlot(cpr, "070584-1234")).toBe("070584-••••");
    expect(maskSlot(cpr, "0705")).toBe("••••");
    expect(maskSlot({ key: "household[0].cpr_number", sensitive: true }, "020315-4320")).toBe(
      "020315-••••",
    );
    expect(maskSlot({ key: "protection.requested", sensitive: true }, "Ja")).toBe("••••");
    expect(maskSlot({ key: "to.street_name", sensitive: false }, "Randersvej")).toBe("Randersvej");
    expect(maskSlot(cpr, "")).toBe("");
  });
});

describe("a sentence about a slot", () => {
  const slot = { key: "mover.cpr_number", sensitive: true, display_da: "070584-1234", display_uk: "070584-1234", alternatives: [] };

  test("names no number, and nothing of a sensitive slot's values", () => {
    const question = "Er det rigtigt: CPR-nummer – 070584-1234?";
    for (const about of [slot, { ...slot, sensitive: false }, null]) {
      expect(maskSentence(about, question, "da")).toBe("Er det rigtigt: CPR-nummer – 070584-••••?");
    }
    const incomplete = { ...slot, display_da: "0705", display_uk: "0705" };
    expect(maskSentence(incomplete, "CPR-nummer – 0705?", "da")).toBe("CPR-nummer – ••••?");
    const street = {
      key: "to.street_name",
      sensitive: true,
      display_da: "Randersvej (vest)",
      display_uk: "Randersvej (vest)",
      alternatives: [{ value: "x", display_da: "Randersvej", display_uk: "Рандерсвей", confidence: 1, evidence: [] }],
    };
    const choose = "Hvad er rigtigt – Vejnavn: Randersvej eller Randersvej (vest)? Randersvejene?";
    expect(maskSentence(street, choose, "da")).toBe("Hvad er rigtigt – Vejnavn: •••• eller ••••? Randersvejene?");
    expect(maskSentence({ ...street, sensitive: false }, choose, "da")).toBe(choose);
    const yes = { ...slot, key: "protection.requested", display_da: "ja", display_uk: "так" };
    expect(maskSentence(yes, "Чи це правильно: таке – так?", "uk")).toBe("Чи це правильно: таке – ••••?");
  });
});

describe("quotes", () => {
  test("are counted in Unicode scalar values", () => {
    // The first letter is outside the BMP: two UTF-16 units, one scalar value.
    expect(splitQuote("𝄞 п'ятнадцятого грудня.", 2, 21)).toEqual({
      before: "𝄞 ",
      quote: "п'ятнадцятого грудн",
      after: "я.",
    });
  });

  test.each([
    [3, 3],
    [5, 2],
    [-1, 2],
    [0, 99],
  ])("a range that is not there is refused (%i to %i)", (start, end) => {
    expect(splitQuote("Goddag", start, end)).toBeNull();
  });
});

describe("stretches of a text", () => {
  test("cut it, counted in Unicode scalar values", () => {
    const text = "𝄞 Їду на Віборгвей, так";
    expect(cutAt(text, [{ start: 6, end: 8 }, { start: 9, end: 18 }])).toEqual([
      { text: "𝄞 Їду ", marked: false },
      { text: "на", marked: true },
      { text: " ", marked: false },
      { text: "Віборгвей", marked: true },
      { text: ", так", marked: false },
    ]);
    expect(cutAt(text, [])).toEqual([{ text, marked: false }]);
    expect(cutAt("", [])).toEqual([]);
  });

  test("that do not fit the text are left out", () => {
    const stretches = [{ start: 2, end: 4 }, { start: 3, end: 5 }, { start: 5, end: 5 }, { start: 4, end: 99 }];
    expect(cutAt("Goddag", stretches)).toEqual([
      { text: "Go", marked: false },
      { text: "dd", marked: true },
      { text: "ag", marked: false },
    ]);
  });

  test("are cut to a part of the text", () => {
    const stretches = [{ start: 2, end: 6 }, { start: 8, end: 9 }];
    expect(within(stretches, 4, 8)).toEqual([{ start: 0, end: 2 }]);
    expect(within(stretches, 6, Infinity)).toEqual([{ start: 2, end: 3 }]);
  });
});

describe("persons", () => {
  test("slots of one person stand together, those of nobody first", () => {
    const keys = ["household.count", "household[0].a", "household[1].a", "household[0].b"];
    const groups = byPerson(keys.map((key) => ({ key })));
    expect(groups.map((group) => [group.row, group.slots.map((slot) => slot.key)])).toEqual([
      [null, ["household.count"]],
      ["household[0]", ["household[0].a", "household[0].b"]],
      ["household[1]", ["household[1].a"]],
    ]);
    expect(rowOf("to.floor")).toBeNull();
  });
});

describe("who a field is about", () => {
  const field = (key: string, value: unknown, sensitive = false) => ({
    key,
    label_da: "CPR-nummer",
    label_uk: "Номер CPR",
    value,
    display_da: "",
    display_uk: "",
    status: "proposed" as const,
    confidence: 1,
    required: true,
    sensitive,
    choices: [],
    evidence: [],
    alternatives: [],
  });
  const form = (...slots: ReturnType<typeof field>[]) => ({
    sections: [{ id: "household", title_da: "", title_uk: "", slots }],
  });
  const t = texts("da");

  test("is one name in every section: a child is the co-mover that its row names", () => {
    const filled = form(
      field("household[0].given_names", "Maksym"),
      field("household[1].given_names", "Sofiia"),
      field("children[0].person", "household[1]"),
    );
    const label = (key: string): string => slotLabel(t, "da", filled, field(key, null));
    expect(label("household[1].cpr_number")).toBe("CPR-nummer – Sofiia (medflytter 2)");
    expect(label("children[0].custody")).toBe("CPR-nummer – Sofiia (medflytter 2)");
    expect(label("mover.cpr_number")).toBe("CPR-nummer");
  });

  test("has a number and what kind of person it is while there is no name to be read", () => {
    const unnamed = form(field("household[1].given_names", null), field("household[2].given_names", "Sofiia", true));
    expect(personName(t, unnamed, "household[1].surname")).toBe("Medflytter 2");
    // What is covered in its field is not written beside another.
    expect(personName(t, unnamed, "household[2].surname")).toBe("Medflytter 3");
    expect(personName(t, unnamed, "children[0].custody")).toBe("Barn 1");
    expect(personName(t, unnamed, "signature[0].name")).toBe("Person 1");
    expect(personName(texts("uk"), null, "household[0].surname")).toBe("Інша особа 1");
    expect(personName(t, unnamed, "move_date")).toBeNull();
  });
});

describe("editing", () => {
  const slot = (key: string, value: unknown = null, choices: string[] = []) => ({
    key,
    value,
    choices: choices.map((choice) => ({ value: choice, label_da: choice, label_uk: choice })),
  });

  test.each([
    [slot("move_date"), "date"],
    [slot("mover.birth_date"), "date"],
    [slot("mover.residence_permit_valid_until"), "date"],
    [slot("protection.until"), "date"],
    [slot("household[2].cpr_number"), "cpr"],
    [slot("to.house_number"), "number"],
    [slot("household.count"), "number"],
    [slot("to.postal_code"), "postal"],
    [slot("host.phone"), "phone"],
    [slot("mover.email"), "email"],
    [slot("mover.has_mitid"), "boolean"],
    [slot("poa.used"), "boolean"],
    [slot("children[0].other_parent_moves"), "boolean"],
    [slot("gp.choice", null, ["keep", "change"]), "choice"],
    [slot("arrival.documents_presented", null, ["passport"]), "choices"],
    [slot("arrival.relatives_not_covered"), "list"],
    [slot("late_reason"), "long"],
    [slot("to.street_name"), "text"],
    [slot("to.mailbox_name"), "text"],
    [slot("x.unknown", true), "boolean"],
    [slot("x.unknown", 4), "number"],
    [slot("x.unknown", ["a"]), "list"],
  ])("%o is edited as %s", (given, kind) => {
    expect(editorKind(given)).toBe(kind);
  });

  test("values keep the type that the form writes", () => {
    expect(parseEdited("number", " 95 ")).toEqual({ ok: true, value: 95 });
    expect(parseEdited("postal", "0800")).toEqual({ ok: true, value: "0800" });
    expect(parseEdited("boolean", "false")).toEqual({ ok: true, value: false });
    expect(parseEdited("cpr", "070584 1234")).toEqual({ ok: true, value: "070584-1234" });
    expect(parseEdited("list", "a\n\n b ")).toEqual({ ok: true, value: ["a", "b"] });
    expect(parseEdited("text", " Randersvej ")).toEqual({ ok: true, value: "Randersvej" });
  });

  test.each([
    ["number", "95B", "slot.invalid.number"],
    ["postal", "820", "slot.invalid.postal"],
    ["cpr", "0705", "slot.invalid.cpr"],
    ["text", "  ", "slot.invalid"],
    ["boolean", "", "slot.invalid"],
  ] as const)("%s refuses `%s`", (kind, text, problem) => {
    expect(parseEdited(kind, text)).toEqual({ ok: false, problem });
  });

  test("an empty field is not told to be emptied", () => {
    expect(parseEdited("text", " ", false)).toEqual({ ok: false, problem: "slot.invalid.nothing" });
  });

  test("the editor starts with what is there", () => {
    expect(editorText(null)).toBe("");
    expect(editorText(false)).toBe("false");
    expect(editorText(["a", "b"])).toBe("a\nb");
  });

  test("a new person gets the next free number", () => {
    expect(nextPersonKey([])).toBe("household[0].given_names");
    expect(nextPersonKey(["household.count", "household[0].surname", "household[1].surname"])).toBe(
      "household[2].given_names",
    );
  });
});

describe("values of before", () => {
  const choice = { value: "keep", label_da: "Behold nuværende læge", label_uk: "Залишити лікаря" };
  const slot = (key: string) => ({ key, value: null, choices: key === "gp.choice" ? [choice] : [] });

  test.each([
    ["move_date", "2026-12-15", "15. december 2026", "15 грудня 2026 р."],
    ["gp.choice", "keep", "Behold nuværende læge", "Залишити лікаря"],
    ["mover.has_mitid", false, "nej", "ні"],
    ["to.house_number", 95, "95", "95"],
    ["late_reason", "2026-12-15", "2026-12-15", "2026-12-15"],
    ["protection.persons", ["mover", "household[0]"], "mover, household[0]", "mover, household[0]"],
    ["mover.phone", null, "–", "–"],
  ])("%s reads as in the form", (key, value, da, uk) => {
    expect(formerText(texts("da"), "da", slot(key), value).toLowerCase()).toBe(da.toLowerCase());
    expect(formerText(texts("uk"), "uk", slot(key), value).toLowerCase()).toBe(uk.toLowerCase());
  });
});

test("yes and no are written as sentences are where nothing else stands there", () => {
  expect(standingAlone(false, "nej")).toBe("Nej");
  expect(standingAlone(true, "так")).toBe("Так");
  expect(standingAlone("af Bie", "af Bie")).toBe("af Bie");
});
