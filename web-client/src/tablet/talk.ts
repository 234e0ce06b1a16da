// The conversation on the tablet: few words, large letters, one large button.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import { accepted, settledAndRest, textIn, type Draft, type Line, type Partial } from "../protocol/fold";
import type { Speaker } from "../protocol/types";
import { deviceButton, devicePanel } from "../ui/device-choice";
import { icon } from "../ui/icons";
import { withUncertain } from "../ui/uncertain";
import { behindLine, micControl, micTroubleBox, soundBanner, soundControl, typeBox } from "../ui/parts";
import type { TabletContext } from "./context";
import { formList } from "./form-list";
import { signatureNotice } from "./signature-notice";

/** The citizen's recogniser is unsure below this. */
const UNSURE_BELOW = 0.55;

/** Conversation, controls and (beside it, or instead on a narrow screen) the form. */
export function talkScreen(ctx: TabletContext): TemplateResult {
  const { t, view } = ctx;
  return html`<main id="main" class="tablet ${view.showForm ? "tablet--form" : ""}" tabindex="-1">
    <section class="words" aria-labelledby="talk-title">
      <h1 id="talk-title" class="sr-only">${t("talk.title")}</h1>
      ${soundBanner(ctx)} ${micTroubleBox(ctx)} ${signatureNotice(ctx)}
      ${behindLine(ctx)} ${conversation(ctx)}
      ${talkControls(ctx)}
    </section>
    ${formList(ctx)}
  </main>`;
}

/** People talk through the machine: not after the end of the conversation, nor without its interpreting. */
export function mayTalk({ state: { conversation } }: TabletContext): boolean {
  return (
    !conversation.ended &&
    accepted(conversation, "citizen", "ai_disclosure") &&
    accepted(conversation, "citizen", "processing")
  );
}

/**
 * Microphone, sound and the field to type in: wherever the citizen may say something.
 *
 * @param choosing with the choice of devices: where there is room for it
 */
export function talkControls(ctx: TabletContext, choosing = true): TemplateResult {
  const { t, view, state } = ctx;
  const offline = state.link.kind !== "open";
  return html`${choosing ? devicePanel(ctx) : nothing}<div class="tablet-controls" role="group" aria-label=${t("talk.controls")}>
    <div class="tablet-controls__side">${soundControl(ctx)}</div>
    ${micControl(ctx, t("tablet.mic.start"), offline, choosing ? deviceButton(ctx) : nothing)}
    <div class="tablet-controls__side tablet-controls__side--end">
      <button
        type="button"
        class="button button-secondary"
        aria-expanded=${view.typing}
        @click=${() => ctx.set({ typing: !view.typing })}
      >
        ${icon("keyboard")}<span>${t(view.typing ? "type.close" : "type.open")}</span>
      </button>
    </div>
  </div>
  ${view.typing ? typeBox(ctx, t("tablet.type.label"), "uk", offline, ctx.draft) : nothing}`;
}

/** How many lines stand where the conversation is not the main thing. */
const NEWEST = 2;

/** The last words of the conversation, and what is being said now; nothing before the first. */
export function newestWords(ctx: TabletContext): TemplateResult | typeof nothing {
  const { lines, partials, drafts } = ctx.state.conversation;
  if (lines.length === 0 && partials.citizen === null && partials.staff === null) return nothing;
  return html`<div
    class="newest-words"
    tabindex="0"
    role="region"
    aria-label=${ctx.t("talk.title")}
  >
    <div>
      <ol class="lines no-max-width">
        ${repeat(
          lines.slice(-NEWEST),
          (line) => line.id,
          (line) => words(ctx, line),
        )}
      </ol>
      ${partialWords(ctx, "staff", partials.staff, drafts.staff)}
      ${partialWords(ctx, "citizen", partials.citizen, null)}
    </div>
  </div>`;
}

function conversation(ctx: TabletContext): TemplateResult {
  const { t, state, scroll } = ctx;
  const { lines, partials, drafts } = state.conversation;
  const quiet = lines.length === 0 && partials.citizen === null && partials.staff === null;
  return html`<div class="words__view"><div
      class="words__list"
      tabindex="0"
      role="region"
      aria-label=${t("talk.title")}
      ${ref(scroll.attach)}
      @scroll=${scroll.onScroll}
    >
      <p class="machine-line">${t("talk.intro")}</p>
      ${quiet ? html`<p class="words__hint">${t("tablet.hint")}</p>` : nothing}
      <ol class="lines no-max-width">
        ${repeat(
          lines,
          (line) => line.id,
          (line) => words(ctx, line),
        )}
      </ol>
      ${partialWords(ctx, "staff", partials.staff, drafts.staff)}
      ${partialWords(ctx, "citizen", partials.citizen, null)}
    </div>
    ${scroll.away
      ? html`<button
          type="button"
          class="button button-secondary to-newest"
          @click=${() => scroll.toEnd()}
        >
          ${icon("down")}<span>${t("talk.newest")}</span>
        </button>`
      : nothing}</div>`;
}

function words(ctx: TabletContext, line: Line): TemplateResult {
  const { t, state, client, ui } = ctx;
  const own = line.speaker === "citizen";
  const speaking = state.player.speaking === line.id;
  const text = textIn(line, "uk");
  const uncertain = line.lang === "uk" ? (line.reconsidered ?? []) : [];
  const failed = line.translation?.warnings.includes("failed") === true;
  const doubtful =
    (line.translation?.warnings.length ?? 0) > 0 ||
    line.confidence < UNSURE_BELOW ||
    line.interrupted === true;
  return html`<li class="said said--${line.speaker} ${speaking ? "said--speaking" : ""}">
    <p class="said__who">
      ${t(own ? "tablet.said_by_you" : "tablet.said_by_staff")}
      ${speaking ? html`<span class="badge badge-info">${t("sound.speaking")}</span>` : nothing}
    </p>
    ${text !== null
      ? html`<p class="said__text" lang="uk">
          ${withUncertain(text, uncertain, t("talk.reconsidered"))}
        </p>`
      : line.draft?.lang === "uk"
        ? draftText(line.draft)
        : failed
          ? html`<p class="said__text" lang=${line.lang}>${line.text}</p>`
          : html`<p class="said__text said__text--waiting" lang=${ui}>${t("talk.translating")}</p>`}
    ${doubtful ? doubts(ctx, line) : nothing}
    ${!own && text !== null
      ? html`<button
          type="button"
          class="button button-secondary said__repeat"
          @click=${() => {
            client.letHear();
            client.send({ type: "speak_again", utterance: line.id });
          }}
        >
          ${icon("repeat")}<span>${t("talk.repeat")}</span>
        </button>`
      : nothing}
  </li>`;
}

function doubts(ctx: TabletContext, line: Line): TemplateResult {
  const { t } = ctx;
  return html`<p class="said__doubts">
    ${line.interrupted === true
      ? html`<span class="badge badge-warning">${icon("warning")}${t("talk.interrupted")}</span>`
      : nothing}
    ${line.confidence < UNSURE_BELOW
      ? html`<span class="badge badge-warning">${icon("warning")}${t("talk.unsure")}</span>`
      : nothing}
    ${(line.translation?.warnings ?? []).map(
      (warning) =>
        html`<span class="badge badge-warning"
          >${icon("warning")}${t(`warning.${warning}`)}</span
        >`,
    )}
  </p>`;
}

/** A translation that is not finished; what comes next is still open. */
function draftText(draft: Draft): TemplateResult {
  return html`<p class="said__text draft" lang=${draft.lang}>${draft.text} …</p>`;
}

function partialWords(
  ctx: TabletContext,
  speaker: Speaker,
  partial: Partial | null,
  draft: Draft | null,
): unknown {
  if (partial === null) return nothing;
  const { t } = ctx;
  const [stays, rest] = settledAndRest(partial.text, partial.settled);
  // Danish words in the making mean nothing to the citizen: their translation does, and until
  // there is one, that somebody speaks.
  const text =
    speaker === "citizen"
      ? html`<p class="said__text" lang=${partial.lang}><span class="stays">${stays}</span>${rest}</p>`
      : draft !== null
        ? draftText(draft)
        : html`<p class="said__text said__text--waiting">…</p>`;
  return html`<div class="said said--${speaker} said--partial">
    <p class="said__who">${t(speaker === "citizen" ? "speaker.you" : "tablet.said_by_staff")}</p>
    ${text}
  </div>`;
}
