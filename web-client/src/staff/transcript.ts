// The conversation in two columns: Danish left, Ukrainian right, whoever spoke.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import { UNSURE_BELOW } from "../form/doubt";
import { DOTS, maskCpr } from "../form/mask";
import { cutAt, splitQuote, within } from "../form/quote";
import { clock, locale } from "../i18n/i18n";
import { settledAndRest, type Draft, type Line, type Partial } from "../protocol/fold";
import type { Lang, Speaker, TranslationWarning } from "../protocol/types";
import { icon } from "../ui/icons";
import { revealButton, toggled } from "../ui/reveal";
import { withUncertain } from "../ui/uncertain";
import type { StaffContext } from "./context";

/** The whole transcript with its heads and the button back to the newest line. */
export function transcript(ctx: StaffContext): TemplateResult {
  const { t, state, scroll } = ctx;
  const { lines, partials, drafts } = state.conversation;
  const quiet = lines.length === 0 && partials.staff === null && partials.citizen === null;
  return html`<div
    class="transcript"
    tabindex="0"
    role="region"
    aria-label=${t("talk.title")}
    ${ref(scroll.attach)}
    @scroll=${scroll.onScroll}
  >
      <div class="transcript__heads" aria-hidden="true">
        <span>${t("lang.da")}</span><span>${t("lang.uk")}</span>
      </div>
      <p class="machine-line" lang=${ctx.ui}>${t("talk.intro")}</p>
      ${quiet ? html`<p class="transcript__empty">${t("talk.empty")}</p>` : nothing}
      <ol class="lines no-max-width">
        ${repeat(
          lines,
          (line) => line.id,
          (line) => settledLine(ctx, line),
        )}
      </ol>
      ${partialLine(ctx, "staff", partials.staff, drafts.staff)}
      ${partialLine(ctx, "citizen", partials.citizen, drafts.citizen)}
    </div>
    ${scroll.away
      ? html`<button
          type="button"
          class="button button-secondary to-newest"
          @click=${() => scroll.toEnd()}
        >
          ${icon("down")}<span>${t("talk.newest")}</span>
        </button>`
      : nothing}`;
}

/** Id of a line's element. */
export function lineId(utterance: number): string {
  return `line-${utterance}`;
}

/** One line in both languages. */
export function settledLine(ctx: StaffContext, line: Line): TemplateResult {
  const { t, ui } = ctx;
  const marked = ctx.view.highlight?.utterance === line.id;
  return html`<li
    id=${lineId(line.id)}
    class="line line--${line.speaker} ${marked ? "line--marked" : ""}"
    tabindex="-1"
  >
    <div class="line__head">
      <b>${t(`speaker.${line.speaker}`)}</b>
      <span>${clock(ui, line.at)}</span>
      <span>${line.id}</span>
      ${covers(ctx, line) ? uncover(ctx, line) : nothing} ${chips(ctx, line)}
    </div>
    <div class="line__texts">${side(ctx, line, "da")}${side(ctx, line, "uk")}</div>
    ${chosenWords(ctx, line)}
  </li>`;
}

/** Which words are underlined, and why: said, and not only where a mouse rests. */
function chosenWords(ctx: StaffContext, line: Line): unknown {
  const words = cutAt(line.text, line.reconsidered ?? []).filter(({ marked }) => marked);
  if (words.length === 0 || (covers(ctx, line) && !isUncovered(ctx, line))) return nothing;
  const quoted = words.map(({ text }) => `“${text}”`).join(", ");
  return html`<p class="line__doubt">${ctx.t("talk.reconsidered_words", { words: quoted })}</p>`;
}

function side(ctx: StaffContext, line: Line, lang: Lang): TemplateResult {
  const { t, ui } = ctx;
  const original = line.lang === lang;
  const text = original ? line.text : (line.translation?.text ?? null);
  const hidden = isSensitive(ctx, line) && !isUncovered(ctx, line);
  if (hidden && (text !== null || line.draft?.lang === lang)) {
    return html`<p class=${original ? "line__original" : "line__translation"}>${DOTS}</p>`;
  }
  if (text === null && line.draft?.lang === lang) return draftText(line.draft);
  if (text === null) return html`<p class="line__waiting" lang=${ui}>${t("talk.translating")}</p>`;
  return html`<p lang=${lang} class=${original ? "line__original" : "line__translation"}>
    ${highlighted(ctx, line, lang, text)}
  </p>`;
}

/** True if something sensitive was said in it: words hide no number that is spelled out in them. */
function isSensitive({ state, view }: StaffContext, line: Line): boolean {
  return state.conversation.sensitive.has(line.id) || view.covered.has(line.id);
}

function isUncovered({ view }: StaffContext, line: Line): boolean {
  return view.revealed.has(lineId(line.id));
}

/** True if something of a line is hidden until it is asked for. */
function covers(ctx: StaffContext, line: Line): boolean {
  const texts = [line.text, line.translation?.text ?? ""];
  return isSensitive(ctx, line) || texts.some((text) => maskCpr(text) !== text);
}

function uncover(ctx: StaffContext, line: Line): TemplateResult {
  const { t, view } = ctx;
  return revealButton(t, t("talk.covered_line", { n: line.id }), isUncovered(ctx, line), () =>
    ctx.set({ revealed: toggled(view.revealed, lineId(line.id)) }),
  );
}

function highlighted(ctx: StaffContext, line: Line, lang: Lang, text: string): unknown {
  const { highlight } = ctx.view;
  const masked = maskCpr(text);
  // A number that is hidden moves the places of what follows, and may stand across them: then nothing is marked.
  if (masked !== text && !isUncovered(ctx, line)) return masked;
  const parts =
    highlight !== null && highlight.utterance === line.id && highlight.lang === lang
      ? splitQuote(text, highlight.start, highlight.end)
      : null;
  const uncertain = lang === line.lang ? (line.reconsidered ?? []) : [];
  const title = ctx.t("talk.reconsidered");
  if (highlight === null || parts === null) return withUncertain(text, uncertain, title);
  const part = (words: string, start: number, end: number): unknown =>
    withUncertain(words, within(uncertain, start, end), title);
  return html`${part(parts.before, 0, highlight.start)}<mark
      >${part(parts.quote, highlight.start, highlight.end)}</mark
    >${part(parts.after, highlight.end, Infinity)}`;
}

function chips(ctx: StaffContext, line: Line): unknown {
  const { t, ui } = ctx;
  const seconds =
    line.lag === null
      ? null
      : new Intl.NumberFormat(locale(ui), { maximumFractionDigits: 1 }).format(
          line.lag.translated / 1000,
        );
  return html`${line.source === "typed"
    ? html`<span class="badge badge-none">${t("talk.typed")}</span>`
    : nothing}${line.interrupted === true
    ? html`<span class="badge badge-warning" title=${t("talk.interrupted_title")}
        >${icon("warning")}${t("talk.interrupted")}</span
      >`
    : nothing}${line.confidence < UNSURE_BELOW
    ? html`<span class="badge badge-warning">${icon("warning")}${t("talk.unsure")}</span>`
    : nothing}${(line.translation?.warnings ?? []).map(
    (warning) =>
      html`<span class="badge ${warningKind(warning)}"
        >${icon("warning")}${t(`warning.${warning}`)}</span
      >`,
  )}${line.translation?.verified === true
    ? html`<span class="badge badge-success" title=${t("talk.verified_title")}
        >${t("talk.verified")}</span
      >`
    : nothing}${seconds === null
    ? nothing
    : html`<span class="line__lag" title=${t("talk.lag_title")}
        >${t("talk.lag", { s: seconds })}</span
      >`}`;
}

function warningKind(warning: TranslationWarning): string {
  const wrong: TranslationWarning[] = ["failed", "value_mismatch", "negation"];
  return wrong.includes(warning) ? "badge-error" : "badge-warning";
}

/** A translation that is not finished; what comes next is still open. */
function draftText(draft: Draft): TemplateResult {
  return html`<p lang=${draft.lang} class="draft">${maskCpr(draft.text)} …</p>`;
}

function partialLine(
  ctx: StaffContext,
  speaker: Speaker,
  partial: Partial | null,
  draft: Draft | null,
): unknown {
  if (partial === null) return nothing;
  const { t } = ctx;
  const shown = maskCpr(partial.text);
  // A number that is hidden moves the places of what follows: then nothing is marked.
  const [stays, rest] = settledAndRest(shown, shown === partial.text ? partial.settled : 0);
  const text = html`<p lang=${partial.lang}><span class="stays">${stays}</span>${rest}</p>`;
  const other = draft === null ? html`<p aria-hidden="true">…</p>` : draftText(draft);
  return html`<div class="line line--${speaker} line--partial">
    <div class="line__head"><b>${t(`speaker.${speaker}`)}</b><span>${t("talk.partial")}</span></div>
    <div class="line__texts">
      ${partial.lang === "da" ? html`${text}${other}` : html`${other}${text}`}
    </div>
  </div>`;
}
