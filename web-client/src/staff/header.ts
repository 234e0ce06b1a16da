// The bar above the console: which case, whether it is connected, and the ways out.

import { html, nothing, type TemplateResult } from "lit-html";
import type { UiLang } from "../i18n/i18n";
import { accepted, citizenNeeded } from "../protocol/fold";
import { icon } from "../ui/icons";
import { shortCase } from "../ui/case-number";
import { aiBadge, languageSwitch, linkText } from "../ui/parts";
import type { StaffContext } from "./context";
import { askToEnd } from "./dialogs";

/** The case's number as it is told over the phone; the whole of a long one can be opened and copied. */
function caseInBar({ t, state }: StaffContext): TemplateResult {
  const id = state.conversation.caseId ?? "";
  const short = shortCase(id);
  const name = html`<span class="sr-only">${t("staff.case")} </span>${short}`;
  return short === id
    ? html`<p class="bar__case">${name}</p>`
    : html`<details class="bar__case">
        <summary>${name}</summary>
        <p class="bar__whole">
          ${t("staff.case.whole")}: <span class="bar__whole-number">${id}</span>
        </p>
      </details>`;
}

/** The bar above every screen. */
export function header(
  ctx: StaffContext,
  langs: readonly UiLang[],
  choose: (lang: UiLang) => void,
): TemplateResult {
  const { t, state, view } = ctx;
  const { conversation, link } = state;
  const inside = view.screen === "case" && conversation.role !== null;
  const running = inside && !conversation.ended && !conversation.cancelled;
  // The code is shown beside the conversation, which begins with the notice for staff.
  const informed = conversation.ended || accepted(conversation, "staff", "ai_disclosure");
  const mayPair = inside && informed && citizenNeeded(conversation);
  return html`<header class="bar">
    <a class="skip" href="#main">${t("app.skip")}</a>
    <p class="bar__name">${t("app.name")}</p>
    ${aiBadge(t)}
    ${view.screen === "case"
      ? html`${caseInBar(ctx)}
          <p class="bar__link bar__link--${link.kind}" role="status">
            ${icon("link")}<span>${linkText(t, link)}</span>
          </p>
          <p class="bar__presence">
            ${icon("tablet")}<span
              >${t(conversation.presence.citizen > 0 ? "presence.tablet_on" : "presence.tablet_off")}</span
            >
          </p>`
      : nothing}
    <span class="bar__space"></span>
    ${mayPair && conversation.presence.citizen > 0
      ? html`<button
          type="button"
          class="bar__button"
          aria-expanded=${view.showPairing}
          @click=${() =>
            view.showPairing
              ? ctx.set({ showPairing: false, pairTrouble: null })
              : ctx.renewPairing()}
        >
          ${t("staff.pair.show")}
        </button>`
      : nothing}
    ${running
      ? html`<button type="button" class="bar__button" @click=${askToEnd}>
          ${t("staff.end")}
        </button>`
      : nothing}
    ${languageSwitch(t, ctx.ui, langs, choose)}
  </header>`;
}
