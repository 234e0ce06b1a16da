// The bar above the console: which case, whether it is connected, and the ways out.

import { html, nothing, type TemplateResult } from "lit-html";
import type { UiLang } from "../i18n/i18n";
import { accepted, citizenNeeded } from "../protocol/fold";
import { icon } from "../ui/icons";
import { aiBadge, languageSwitch, linkText } from "../ui/parts";
import type { StaffContext } from "./context";
import { askToEnd } from "./dialogs";

/** A case id that fits into the header; the whole one is in the title. */
function shortId(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…` : id;
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
      ? html`<p class="bar__case" title=${conversation.caseId ?? ""}>
            <span class="sr-only">${t("staff.case")} </span>${shortId(conversation.caseId ?? "")}
          </p>
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
            view.showPairing ? ctx.set({ showPairing: false }) : ctx.renewPairing()}
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
