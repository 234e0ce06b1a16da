// The cases that wait for who is signed in here, to be opened again.

import { html, nothing, type TemplateResult } from "lit-html";
import { day, dayAndClock } from "../i18n/i18n";
import type { OwnCase } from "../protocol/types";
import { shortCase } from "../ui/case-number";
import { alertBox } from "../ui/parts";
import type { StaffContext } from "./context";

/** The list on the start screen; nothing where nothing waits. */
export function ownCasesSection(ctx: StaffContext): TemplateResult | typeof nothing {
  const { t, view } = ctx;
  const { ownCases } = view;
  if (ownCases === "unknown") {
    return html`<section class="own">
      ${alertBox(
        "warning",
        t("staff.own.trouble"),
        html`<button
          type="button"
          class="button button-secondary"
          @click=${() => ctx.lookForOwnCases()}
        >
          ${t("app.try_again")}
        </button>`,
      )}
    </section>`;
  }
  if (ownCases.length === 0) return nothing;
  return html`<section class="own card" aria-labelledby="own-title">
    <h2 id="own-title">${t("staff.own.title")}</h2>
    <ul class="no-max-width">
      ${ownCases.map((one) => row(ctx, one))}
    </ul>
  </section>`;
}

function row(ctx: StaffContext, one: OwnCase): TemplateResult {
  const { t, ui, view } = ctx;
  const opened = t("staff.own.opened", { when: dayAndClock(ui, one.opened_at) });
  const moves = one.move_date === null ? "" : t("staff.own.moves", { day: day(ui, one.move_date) });
  const changed = t("staff.own.changed", { when: dayAndClock(ui, one.changed_at) });
  return html`<li class="own__case own__case--${one.state}">
    <span
      ><b>${t("staff.case")} ${shortCase(one.case)}</b> <b>${t(`stage.state.${one.state}`)}</b>
      ${moves === "" ? nothing : html`<b>${moves}</b>`} <span>${opened}</span> <span>${changed}</span></span
    >
    <button
      type="button"
      class="button button-secondary button-small"
      aria-label=${t("staff.own.open_of", {
        id: shortCase(one.case),
        state: t(`stage.state.${one.state}`),
        opened,
      })}
      ?disabled=${view.opening}
      @click=${() => ctx.openAgain(one.case)}
    >
      ${t("staff.own.open")}
    </button>
  </li>`;
}
