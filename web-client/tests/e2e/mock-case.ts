// One invented case for the mock server: its log, its form and how messages change them.

import type {
  AlternativeView,
  CaseEvent,
  EventPayload,
  EvidenceView,
  FormView,
  Role,
  SlotStatus,
  SlotView,
  TextSpan,
  UtteranceSource,
} from "../../src/protocol/types";

/** An invented person's move; the CPR number is a fictive one that is not issued. */
export const SAMPLE = {
  staff: {
    da: "Goddag. Hvornår flytter du ind i den nye lejlighed?",
    uk: "Добрий день. Коли ви переїжджаєте в нову квартиру?",
  },
  citizen: {
    uk: "Я переїжджаю п'ятнадцятого грудня на Рандерсвей дев'яносто п'ять.",
    da: "Jeg flytter den femtende december til Randersvej femoghalvfems.",
  },
};

/** A word on which the recogniser's second opinion decided, where a text has it. */
function uncertain(text: string, word: string): { reconsidered?: TextSpan[] } {
  if (!text.includes(word)) return {};
  const start = Array.from(text.slice(0, text.indexOf(word))).length;
  return { reconsidered: [{ start, end: start + Array.from(word).length }] };
}

function evidence(utterance: number, text: string, quote: string): EvidenceView {
  const start = Array.from(text.slice(0, text.indexOf(quote))).length;
  return {
    utterance,
    speaker: "citizen",
    lang: "uk",
    quote,
    start,
    end: start + Array.from(quote).length,
  };
}

function slot(
  key: string,
  labels: [string, string],
  value: unknown,
  status: SlotStatus,
  more: Partial<SlotView> = {},
): SlotView {
  const display = value === null ? "" : String(value);
  return {
    key,
    label_da: labels[0],
    label_uk: labels[1],
    value,
    display_da: display,
    display_uk: display,
    status,
    confidence: status === "proposed" ? 0.82 : 0.5,
    required: true,
    sensitive: false,
    choices: [],
    evidence: [],
    alternatives: [],
    ...more,
  };
}

function emptyForm(): FormView {
  return {
    sections: [
      {
        id: "mover",
        title_da: "Personen, der flytter",
        title_uk: "Особа, яка переїжджає",
        slots: [
          slot("mover.surname", ["Efternavn", "Прізвище"], null, "empty"),
          slot("mover.given_names", ["Fornavn(e)", "Ім'я (імена)"], null, "empty"),
          slot(
            "mover.cpr_number",
            ["CPR-nummer", "Особистий номер CPR"],
            "070584-1234",
            "needs_confirmation",
            { sensitive: true },
          ),
          slot("mover.phone", ["Telefonnummer", "Номер телефону"], null, "empty", {
            required: false,
          }),
        ],
      },
      {
        id: "date",
        title_da: "Flyttedato",
        title_uk: "Дата переїзду",
        slots: [
          slot("move_date", ["Flyttedato", "Дата переїзду"], null, "empty"),
          slot("late_reason", ["Grund til forsinkelse", "Причина запізнення"], "Syg", "proposed", {
            required: false,
          }),
        ],
      },
      {
        id: "to",
        title_da: "Tilflytningsadresse",
        title_uk: "Нова адреса",
        slots: [
          slot("to.street_name", ["Vejnavn", "Назва вулиці"], null, "empty"),
          slot("to.house_number", ["Husnummer", "Номер будинку"], null, "empty"),
          slot("to.floor", ["Etage", "Поверх"], null, "empty"),
          slot("to.postal_code", ["Postnummer", "Поштовий індекс"], null, "empty"),
          slot("to.address_status", ["Adressens status", "Статус адреси"], null, "empty", {
            required: false,
            choices: [
              { value: "validated", label_da: "Kontrolleret", label_uk: "Перевірено" },
              { value: "unknown", label_da: "Ukendt", label_uk: "Невідомо" },
            ],
          }),
        ],
      },
      {
        id: "household",
        title_da: "Medflyttere",
        title_uk: "Особи, які переїжджають разом",
        slots: [
          slot("household.count", ["Antal personer", "Кількість осіб"], 2, "proposed"),
          slot("household[0].given_names", ["Fornavn(e)", "Ім'я (імена)"], "Sofiia", "proposed"),
          slot("household[0].birth_date", ["Fødselsdato", "Дата народження"], null, "empty"),
        ],
      },
    ],
    issues: [],
    missing: [],
    next_question: null,
  };
}

/** The mock's case. */
export class MockCase {
  readonly log: CaseEvent[] = [];
  readonly form = emptyForm();
  private utterances = 0;

  constructor(readonly id: string) {
    this.append("system", { kind: "case_opened", form: "flytteanmeldelse", today: "2026-12-01" });
    this.refresh();
  }

  append(actor: Role, payload: EventPayload): CaseEvent {
    const seq = this.log.length + 1;
    const at = new Date(Date.UTC(2026, 11, 1, 9, 0, seq * 7)).toISOString();
    const event = { seq, at, actor, ...payload } as CaseEvent;
    this.log.push(event);
    return event;
  }

  /** An utterance and its translation. */
  say(
    speaker: "staff" | "citizen",
    text: string,
    translation: string,
    source: UtteranceSource = "speech",
    sentAs?: string,
  ): CaseEvent[] {
    this.utterances += 1;
    const id = this.utterances;
    const lang = speaker === "staff" ? "da" : "uk";
    return [
      this.append(speaker, {
        kind: "utterance_settled",
        id,
        speaker,
        lang,
        text,
        source,
        start_ms: 0,
        end_ms: 1_800,
        confidence: speaker === "staff" ? 0.9 : 0.5,
        ...uncertain(text, "Рандерсвей"),
        ...(sentAs !== undefined && { sent_as: sentAs }),
      }),
      this.append("system", {
        kind: "translation_settled",
        utterance: id,
        lang: lang === "da" ? "uk" : "da",
        text: translation,
        confidence: 0.7,
        warnings: speaker === "staff" ? [] : ["value_mismatch"],
        ...(speaker === "staff" ? { verified: true } : {}),
      }),
    ];
  }

  /** Typed words; those of one name only once. */
  type(speaker: "staff" | "citizen", text: string, id?: string): CaseEvent[] {
    const taken = this.log.some((event) => event.kind === "utterance_settled" && event.sent_as === id);
    return id !== undefined && taken ? [] : this.say(speaker, text, `(${text})`, "typed", id);
  }

  /** The citizen's sentence fills slots, one of them with a conflict. */
  fillFromSample(utterance: number): void {
    const text = SAMPLE.citizen.uk;
    this.put("move_date", {
      value: "2026-12-15",
      display_da: "15. december 2026",
      display_uk: "15 грудня 2026 року",
      status: "proposed",
      confidence: 0.86,
      evidence: [evidence(utterance, text, "п'ятнадцятого грудня")],
    });
    this.put("to.street_name", {
      value: "Randersvej",
      display_da: "Randersvej",
      display_uk: "Randersvej",
      status: "conflict",
      evidence: [evidence(utterance, text, "Рандерсвей")],
      alternatives: [
        { value: "Randersgade", display_da: "Randersgade", display_uk: "Randersgade", evidence: [] },
      ],
    });
    this.put("to.house_number", {
      value: 95,
      display_da: "95",
      display_uk: "95",
      status: "confirmed",
      confidence: 1,
      evidence: [evidence(utterance, text, "дев'яносто п'ять")],
    });
    this.form.issues = [
      {
        rule: "R31",
        severity: "warning",
        keys: ["mover.cpr_number"],
        text_da:
          "CPR-nummeret opfylder ikke den gamle kontrol (modulus 11). Sammenlign med kortet.",
        text_uk: "Номер CPR не проходить стару перевірку (modulus 11). Порівняйте з карткою.",
      },
    ];
    this.refresh();
  }

  find(key: string): SlotView | undefined {
    return this.form.sections.flatMap((section) => section.slots).find((s) => s.key === key);
  }

  /** What was heard of a slot and stands beside what is written: the value that an alternative takes the place of. */
  otherwise(key: string, written: unknown): AlternativeView[] {
    const slot = this.find(key);
    if (slot?.alternatives.some((other) => other.value === written) !== true) return [];
    const { value, display_da, display_uk, evidence } = slot;
    return [{ value, display_da, display_uk, evidence }];
  }

  /** Another person is heard. */
  addPerson(n: number, name: string): void {
    const key = `household[${n}].given_names`;
    const heard = slot(key, ["Fornavn(e)", "Ім'я (імена)"], name, "proposed");
    this.form.sections.find((section) => section.id === "household")?.slots.push(heard);
  }

  put(key: string, change: Partial<SlotView>): void {
    for (const section of this.form.sections) {
      section.slots = section.slots.map((s) => (s.key === key ? { ...s, ...change } : s));
    }
  }

  refresh(): void {
    const slots = this.form.sections.flatMap((section) => section.slots);
    this.form.missing = slots.filter((s) => s.required && s.value === null).map((s) => s.key);
    const next = this.form.missing[0];
    this.form.next_question =
      next === undefined
        ? null
        : {
            key: next,
            da: "Hvad er dit efternavn, som det står i passet?",
            uk: "Яке ваше прізвище, так як записано в паспорті?",
          };
  }
}
