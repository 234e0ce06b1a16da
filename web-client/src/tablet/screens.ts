// The tablet's quiet screens: pairing, the notices, waiting, the end.

import { html, nothing, type TemplateResult } from "lit-html";
import { days } from "../i18n/i18n";
import { icon } from "../ui/icons";
import { alertBox, soundControl } from "../ui/parts";
import type { TabletContext } from "./context";
import { signatureNotice } from "./signature-notice";
import { mayTalk, newestWords } from "./talk";

/** Asks for the six digits. */
export function pairScreen(ctx: TabletContext): TemplateResult {
  const { t, view } = ctx;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement).get("code");
    ctx.pair(typeof data === "string" ? data : "");
  };
  return html`<main id="main" class="quiet" tabindex="-1">
    <form class="quiet__card" novalidate @submit=${submit}>
      <h1>${t("tablet.pair.title")}</h1>
      <label for="code">${t("tablet.pair.code")}</label>
      <input
        id="code"
        class="form-input code-input"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength="9"
        required
        aria-invalid=${view.pairProblem !== null}
        aria-describedby="code-problem"
      />
      <div id="code-problem" role="alert">
        ${view.pairProblem === null ? nothing : alertBox("error", t(view.pairProblem))}
      </div>
      <button type="submit" class="button button-primary button-huge" ?disabled=${view.pairing}>
        ${view.pairing ? t("tablet.pair.connecting") : t("tablet.pair.button")}
      </button>
    </form>
  </main>`;
}

/** That a machine interprets and what happens to the words; nothing starts before an answer. */
export function noticeScreen(ctx: TabletContext): TemplateResult {
  const { t, ui, client, state } = ctx;
  const offline = state.link.kind !== "open";
  const { authority: named, erasedAfterDays: after } = state.conversation.notice;
  const authority = named ?? t("authority.unnamed");
  // Beside the word for it, where a language can't put the Danish name into its own case.
  const bracketed = named === null ? "" : ` (${named})`;
  const start = (): void => {
    client.unlockSound();
    client.send({ type: "consent", notice: "ai_disclosure", accepted: true });
    client.send({ type: "consent", notice: "processing", accepted: true });
  };
  const decline = (): void => {
    client.send({ type: "consent", notice: "processing", accepted: false });
    ctx.askForHuman();
  };
  return html`<main id="main" class="quiet" tabindex="-1">
    <div class="quiet__card quiet__card--wide">
      <h1>${t("disclosure.title")}</h1>
      <p class="lead">${t("disclosure.citizen", { authority: bracketed })}</p>
      <h2>${t("processing.title")}</h2>
      <p>
        ${t("processing.short")}
        ${after === null
          ? t("processing.text.kept")
          : t("processing.text.erased", { days: days(ui, after) })}
        ${t("processing.rights", { authority })}
        ${t(state.conversation.sound.allowed ? "processing.sound.may" : "processing.sound.never")}
      </p>
      <div class="equal-buttons">
        <button type="button" class="button equal-button" ?disabled=${offline} @click=${start}>
          ${t("processing.start")}
        </button>
        <button type="button" class="button equal-button" ?disabled=${offline} @click=${decline}>
          ${t("processing.decline")}
        </button>
      </div>
    </div>
  </main>`;
}

/** The employee was told; nothing else is asked of the citizen, who still reads what the employee says. */
export function humanScreen(ctx: TabletContext): TemplateResult {
  const { t, state } = ctx;
  const talks = mayTalk(ctx);
  return html`<main id="main" class="waiting" tabindex="-1">
    <div class="quiet">
      <div class="quiet__card quiet__card--calm">
        ${icon("person")}
        <h1>${t("tablet.human.title")}</h1>
        <p class="lead">${t("tablet.human.text")}</p>
        <button
          type="button"
          class="button button-secondary"
          @click=${() => ctx.set({ wentOnAt: state.conversation.seq })}
        >
          ${t("tablet.human.back")}
        </button>
      </div>
    </div>
    ${talks
      ? html`<div class="foot">
          ${newestWords(ctx)}
          <div class="tablet-controls">${soundControl(ctx)}</div>
        </div>`
      : nothing}
  </main>`;
}

/** The conversation is over. */
export function endScreen(ctx: TabletContext): TemplateResult {
  const { t, state } = ctx;
  const { cancelled } = state.conversation;
  return html`<main id="main" class="quiet" tabindex="-1">
    <div class="quiet__card quiet__card--calm">
      ${icon(cancelled ? "info" : "check")}
      <h1>${t(cancelled ? "tablet.cancelled.title" : "tablet.ended.title")}</h1>
      ${cancelled ? nothing : signatureNotice(ctx)}
      <p class="lead">${t(cancelled ? "tablet.cancelled.text" : "tablet.ended.text")}</p>
      <button type="button" class="button button-secondary" @click=${() => ctx.leave()}>
        ${t("tablet.ended.again")}
      </button>
    </div>
  </main>`;
}

/** Nothing comes to this tablet any more by itself: whoever stands here may be somebody else. */
export function elsewhereScreen({ t }: TabletContext): TemplateResult {
  return html`<main id="main" class="quiet" tabindex="-1">
    <div class="quiet__card quiet__card--calm">
      <p class="lead">${t("tablet.elsewhere")}</p>
    </div>
  </main>`;
}

/** Before the server's welcome. */
export function connectingScreen(ctx: TabletContext): TemplateResult {
  const { t } = ctx;
  return html`<main id="main" class="quiet" tabindex="-1">
    <div class="quiet__card quiet__card--calm" role="status">
      <p class="lead">${t("link.connecting")}</p>
    </div>
  </main>`;
}
