// A case that changed while a supervisor looked at it: nothing is decided by what does not hold any more.

import { html, nothing, type TemplateResult } from "lit-html";
import { findSlot, slotLabel } from "../form/persons";
import { NOTE } from "../protocol/fold";
import type { ReviewView, SlotView } from "../protocol/types";
import { alertBox } from "../ui/parts";
import type { Stale, SupervisorContext } from "./context";

function slotsOf({ form }: ReviewView): SlotView[] {
  return form.sections.flatMap((section) => section.slots);
}

/** What a decision names of the case as it is shown: the server makes none about another one. */
export function shownOf({ stage, form }: ReviewView): { digest: string; noted: string } {
  return { digest: stage.digest, noted: findSlot(form, NOTE)?.decided?.at ?? "" };
}

/** Keys of the fields whose values are not those that were shown, in the order of the form. */
export function changedKeys(shown: ReviewView, now: ReviewView): string[] {
  const values = (review: ReviewView): Map<string, string> =>
    new Map(slotsOf(review).map((slot) => [slot.key, JSON.stringify(slot.value)]));
  const [before, after] = [values(shown), values(now)];
  return [...new Set([...after.keys(), ...before.keys()])].filter(
    (key) => (before.get(key) ?? "null") !== (after.get(key) ?? "null"),
  );
}

/** What happened to the case, and what can be done now. */
export function staleNotice({ t, ui, view }: SupervisorContext, stale: Stale): TemplateResult {
  const { review } = view;
  const names = stale.changed.map((key) => {
    const slot = review === null ? undefined : slotsOf(review).find((one) => one.key === key);
    return slot === undefined ? key : slotLabel(t, ui, review?.form ?? null, slot);
  });
  const next =
    review === null
      ? t("review.stale.gone")
      : review.stage.state === "in_review"
        ? t("review.stale.again")
        : t("review.stale.elsewhere", { state: t(`stage.state.${review.stage.state}`) });
  return alertBox(
    "error",
    html`<p><b>${t("review.stale", { id: stale.id })}</b> ${next}</p>
      ${names.length === 0
        ? nothing
        : html`<p>${t("review.stale.changed", { fields: names.join(", ") })}</p>`}`,
  );
}
