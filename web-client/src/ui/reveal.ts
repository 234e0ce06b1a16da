// The button that shows a masked value in full, and hides it again.

import { html, type TemplateResult } from "lit-html";
import type { T } from "../i18n/i18n";
import { icon } from "./icons";

/** A value that was uncovered is covered again after this time, ms. */
export const REVEAL_MS = 30_000;

/** The button beside a masked value; `label` names the field. */
export function revealButton(
  t: T,
  label: string,
  shown: boolean,
  press: () => void,
): TemplateResult {
  return html`<button
    type="button"
    class="icon-button icon-button--small"
    aria-pressed=${shown}
    aria-label=${t("slot.reveal_of", { label })}
    title=${t(shown ? "slot.hide" : "slot.reveal")}
    @click=${press}
  >
    ${icon(shown ? "hidden" : "eye")}
  </button>`;
}

/** The keys after one was pressed. */
export function toggled(revealed: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const after = new Set(revealed);
  if (!after.delete(key)) after.add(key);
  return after;
}
