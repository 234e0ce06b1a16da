// Who decided about a value, in words.

import { dayAndClock, type T, type UiLang } from "../i18n/i18n";
import type { DecisionView } from "../protocol/types";

/** What was decided, by whom and when: "Bekræftet af anne, 24.11.2026 10.05". */
export function decisionText(t: T, ui: UiLang, decided: DecisionView): string {
  const who = decided.by ?? t(`slot.decided_by.${decided.actor}`);
  return t(`slot.decided.${decided.what}`, { who, when: dayAndClock(ui, decided.at) });
}

/**
 * True if it was somebody else than who sits at this screen: without accounts every employee is the
 * same. What one did oneself needs no line.
 */
export function byAnother(decided: DecisionView, account: string | null): boolean {
  return decided.actor !== "staff" || (decided.by ?? null) !== account;
}
