// How a slot is edited, and what an edited text means.

import { day, type MessageKey, type T, type UiLang } from "../i18n/i18n";
import type { SlotView } from "../protocol/types";
import { isCprKey } from "./mask";

/** The kind of input that suits a slot. */
export type EditorKind =
  | "choice"
  | "choices"
  | "boolean"
  | "date"
  | "cpr"
  | "number"
  | "postal"
  | "phone"
  | "email"
  | "list"
  | "long"
  | "text";

const BOOLEAN =
  /(^|\.)(has_mitid|whole_household_moves|mailbox_own|others_registered|others_stay|signature_required|other_parent_moves|six_weeks_notice|requested|existing|stay_over_3_months|church_membership|keeps_dwelling|used)$|^declaration\./;
const DATE = /(^|[._])date$|\.(residence_permit_valid_until|lease_start|temporary_until|until|deadline)$/;
const NUMBER = /(^|\.)(house_number|count|move_date_days_late)$/;
const LIST = /^(protection\.persons|arrival\.relatives_not_covered|arrival\.documents_presented|documents\.missing)$/;
const LONG = /(late_reason|foreign_address|remaining_persons|contact_address|\.note)$/;

/**
 * The input for a slot. The form view does not name a slot's type, so it is read from its value
 * and choices, and from its key where it is empty.
 */
export function editorKind(slot: Pick<SlotView, "key" | "value" | "choices">): EditorKind {
  const { key, value, choices } = slot;
  if (typeof value === "boolean" || BOOLEAN.test(key)) return "boolean";
  if (Array.isArray(value) || LIST.test(key)) return choices.length > 0 ? "choices" : "list";
  if (choices.length > 0) return "choice";
  if (isCprKey(key)) return "cpr";
  if (typeof value === "number" || NUMBER.test(key)) return "number";
  if (DATE.test(key)) return "date";
  if (key.endsWith("postal_code")) return "postal";
  if (key.endsWith("phone")) return "phone";
  if (key.endsWith("email")) return "email";
  return LONG.test(key) ? "long" : "text";
}

/** The value as the editor first shows it. */
export function editorText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(String).join("\n");
  return String(value);
}

/**
 * A value's words where they are all that stands there. The server writes yes and no as they are in the
 * middle of a sentence, and a signature rests on those very words.
 */
export function standingAlone(value: unknown, words: string): string {
  return typeof value === "boolean" ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/**
 * A value that a slot had once, as people read it. The server writes out only the value that is there
 * now; of former ones the log has what the form writes.
 */
export function formerText(
  t: T,
  ui: UiLang,
  slot: Pick<SlotView, "key" | "value" | "choices">,
  value: unknown,
): string {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) {
    return value.map((one: unknown) => formerText(t, ui, slot, one)).join(", ");
  }
  if (typeof value === "boolean") return t(value ? "slot.yes" : "slot.no");
  if (typeof value !== "string") return JSON.stringify(value);
  const choice = slot.choices.find((one) => one.value === value);
  if (choice !== undefined) return ui === "uk" ? choice.label_uk : choice.label_da;
  const isDay = editorKind(slot) === "date" && /^\d{4}-\d\d-\d\d$/.test(value);
  return isDay ? day(ui, value) : value;
}

/** What an edited text means: a value for the form, or the text that says what is wrong. */
export type Parsed = { ok: true; value: unknown } | { ok: false; problem: MessageKey };

/**
 * Reads an edited text; the server has the last word on what the form accepts. `stands`: there is something that could
 * be cleared, which is another button.
 */
export function parseEdited(kind: EditorKind, text: string, stands = true): Parsed {
  const trimmed = text.normalize("NFC").trim();
  if (trimmed === "") return { ok: false, problem: stands ? "slot.invalid" : "slot.invalid.nothing" };
  switch (kind) {
    case "boolean":
      return { ok: true, value: trimmed === "true" };
    case "number":
      return /^\d{1,9}$/.test(trimmed)
        ? { ok: true, value: Number(trimmed) }
        : { ok: false, problem: "slot.invalid.number" };
    case "postal":
      return /^\d{4}$/.test(trimmed)
        ? { ok: true, value: trimmed }
        : { ok: false, problem: "slot.invalid.postal" };
    case "cpr": {
      const digits = trimmed.replace(/[\s-]/g, "");
      return /^\d{6}[0-9A-Za-z]{4}$/.test(digits)
        ? { ok: true, value: `${digits.slice(0, 6)}-${digits.slice(6)}` }
        : { ok: false, problem: "slot.invalid.cpr" };
    }
    case "list":
    case "choices":
      return {
        ok: true,
        value: trimmed
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== ""),
      };
    default:
      return { ok: true, value: trimmed };
  }
}

/** What is edited for a person who is not in the form yet: who that is shows when it is saved. */
export const NEW_PERSON = "household[].given_names";

/** Key of the first slot of a person who is not in the form yet. */
export function nextPersonKey(keys: string[]): string {
  const numbers = keys.map((key) => Number(/^household\[(\d+)\]/.exec(key)?.[1] ?? -1));
  return `household[${Math.max(-1, ...numbers) + 1}].given_names`;
}
