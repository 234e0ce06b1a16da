// Parts that both screens share.

import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { ref } from "lit-html/directives/ref.js";
import type { MicTrouble } from "../audio/microphone-access";
import type { ClientState } from "../client/client-state";
import type { ConversationClient } from "../client/conversation-client";
import type { Notice, NoticeCode } from "../client/notices";
import type { TypedDraft } from "../client/typed-text";
import type { MessageKey, Params, T, UiLang } from "../i18n/i18n";
import type { ApiTrouble } from "../protocol/api";
import type { Link } from "../protocol/connection";
import type { ClientMessage, SlotStatus } from "../protocol/types";
import { focusOnce } from "./focus-once";
import { icon } from "./icons";

/** What every part renders from. */
export interface PartContext {
  t: T;
  ui: UiLang;
  state: ClientState;
  client: ConversationClient;
}

/** A button that sends one message; off while there is no connection. */
export function sendButton(
  ctx: PartContext,
  key: MessageKey,
  message: ClientMessage,
): TemplateResult {
  return html`<button
    type="button"
    class="button button-secondary"
    ?disabled=${ctx.state.link.kind !== "open"}
    @click=${() => ctx.client.send(message)}
  >
    ${ctx.t(key)}
  </button>`;
}

/** The badge of a slot's status. */
export const STATUS_BADGES: Record<SlotStatus, string> = {
  empty: "badge-none",
  proposed: "badge-info",
  needs_confirmation: "badge-warning",
  conflict: "badge-error",
  confirmed: "badge-success",
  corrected: "badge-success",
  cleared: "badge-none",
  derived: "badge-info",
};

/** Own name of each language, for the switch. */
const OWN_NAMES: Record<UiLang, string> = { da: "Dansk", uk: "Українська", en: "English" };

/** Buttons to switch the screen's language. */
export function languageSwitch(
  t: T,
  current: UiLang,
  offered: readonly UiLang[],
  choose: (lang: UiLang) => void,
): TemplateResult {
  return html`<div class="language-switch" role="group" aria-label=${t("app.language")}>
    ${offered.map(
      (lang) =>
        html`<button
          type="button"
          class="language-switch__button"
          lang=${lang}
          aria-pressed=${lang === current}
          @click=${() => choose(lang)}
        >
          ${OWN_NAMES[lang]}
        </button>`,
    )}
  </div>`;
}

/** The permanent sign that a machine interprets. */
export function aiBadge(t: T): TemplateResult {
  return html`<span class="ai-badge"
    ><b>${t("app.ai")}</b><span class="ai-badge__long"> ${t("app.ai_long")}</span></span
  >`;
}

/**
 * Name of the text for a failed request to the HTTP API. What the socket says of a conversation is
 * said here of any case, or of the server itself.
 */
export function apiTroubleKey(trouble: ApiTrouble): MessageKey {
  switch (trouble) {
    case "not_saved":
      return "error.not_stored";
    case "engine_failed":
      return "error.unexpected";
    default:
      return `error.${trouble}`;
  }
}

/** Text for a failed request to the HTTP API. */
export function apiTroubleText(t: T, trouble: ApiTrouble): string {
  return t(apiTroubleKey(trouble));
}

const ALERT_ICONS = { info: "info", success: "check", warning: "warning", error: "warning" } as const;

/** An alert box in the design system's style. */
export function alertBox(
  kind: "info" | "success" | "warning" | "error",
  content: unknown,
  action: unknown = nothing,
): TemplateResult {
  return html`<div class="notice notice--${kind}">
    ${icon(ALERT_ICONS[kind])}
    <div class="notice__text">${content}</div>
    ${action}
  </div>`;
}

/** Why a page could not begin its work; nothing where it could. */
export function openingTroubleBox(
  t: T,
  trouble: ApiTrouble | null,
  action: unknown = nothing,
): TemplateResult | typeof nothing {
  if (trouble === null) return nothing;
  // Who gave up signing in knows why.
  const kind = trouble === "provider_given_up" ? "info" : "error";
  return alertBox(kind, apiTroubleText(t, trouble), action);
}

/** The button that puts away what was told. */
export function closeButton(t: T, press: () => void): TemplateResult {
  return html`<button type="button" class="icon-button" @click=${press} aria-label=${t("app.close")}>
    ${icon("close")}
  </button>`;
}

/** The red sign that sound is being kept, with the button that ends it. */
export function keptSoundBox(content: unknown, action: unknown): TemplateResult {
  return html`<div class="notice notice--error notice--keeping">
    <span class="keeping-mark" aria-hidden="true"></span>
    <div class="notice__text">${content}</div>
    ${action}
  </div>`;
}

/** Where a screen says whether sound is kept. The keyboard stays here when an answer takes its buttons away. */
export function soundKeepingRegion(content: unknown): TemplateResult {
  return html`<div id="sound-keeping" role="status" tabindex="-1">${content}</div>`;
}

/** What went wrong and what to do, until dismissed. Told again, it comes anew: also for a screen reader. */
export function notices({ t, state, client }: PartContext): TemplateResult {
  return html`<div class="notices" role="alert">
    ${repeat(
      state.notices,
      ({ id }) => id,
      ({ code, times, names }) =>
        alertBox(
          code === "mic_back" || code === "speaker_back" ? "info" : "warning",
          html`${noticeText(t, code, names)}${times > 1
            ? html` <span class="notice__times">${t("app.times", { n: times })}</span>`
            : nothing}`,
          closeButton(t, () => client.dismiss(code)),
        ),
    )}
  </div>`;
}

/** What a notice says. A device that the browser does not name is called its own choice. */
export function noticeText(t: T, code: NoticeCode, names: Notice["names"] = {}): string {
  const entries = Object.entries(names);
  const called = entries.map(([place, name]) => [place, name === "" ? t("devices.standard") : name]);
  return t(`error.${code}`, Object.fromEntries(called) as Params);
}

/** Short word for the state of the connection. */
export function linkText(t: T, link: Link): string {
  return link.kind === "waiting" && link.code === "busy" ? t("link.busy") : t(`link.${link.kind}`);
}

/** A banner while there is no connection; nothing when there is. */
export function linkBanner(
  { t, state, client }: PartContext,
  onLost: () => void,
  lostText: string,
  signIn: (() => void) | null = null,
): TemplateResult {
  const { link } = state;
  let content: unknown = nothing;
  if (link.kind === "waiting") {
    content = alertBox("warning", linkText(t, link));
  } else if (link.kind === "stopped") {
    const away = html`<button type="button" class="button button-secondary" @click=${onLost}>
      ${lostText}
    </button>`;
    // Going on here may be impossible, or wrong: there is always the other way, too.
    const resume = html`<button
      type="button"
      class="button button-secondary"
      @click=${() => client.start()}
    >
      ${t("link.resume")}
    </button>`;
    const signedOut = link.code === "signed_out" && signIn !== null;
    content = alertBox(
      "error",
      t(`error.${link.code}`),
      html`<div class="notice__answers">
        ${signedOut
          ? signInAgain(t, signIn)
          : html`${link.code === "bad_ticket" ? nothing : resume} ${away}`}
      </div>`,
    );
  }
  return html`<div role="status">${content}</div>`;
}

/** The way back into a case after the sign-in ended. */
export function signInAgain(t: T, signIn: () => void): TemplateResult {
  return html`<button type="button" class="button button-secondary" @click=${signIn}>
    ${t("staff.sign_in.again")}
  </button>`;
}

/** How far the interpreter is behind, while that is worth knowing. */
export function behindLine({ t, state }: PartContext): TemplateResult | typeof nothing {
  const { behindMs } = state.conversation;
  if (behindMs === 0 || state.link.kind !== "open") return nothing;
  // The number changes each second: it is not read out.
  return html`<p class="told-line told-line--behind" role="status">
    ${icon("warning")}<span aria-hidden="true"
      >${t("talk.behind", { s: Math.round(behindMs / 1000) })}</span
    ><span class="sr-only">${t("talk.behind.read")}</span>
  </p>`;
}

/** Says that the browser holds sound back, with the button that lets it out. */
export function soundBanner({ t, state, client }: PartContext): TemplateResult | typeof nothing {
  if (!state.player.blocked) return nothing;
  return alertBox(
    "info",
    t("sound.blocked"),
    html`<button
      type="button"
      class="button button-secondary"
      @click=${() => client.unlockSound()}
    >
      ${icon("speaker")}<span>${t("sound.unlock")}</span>
    </button>`,
  );
}

/** The microphone button with its state in words and its level; `choose` stands beside the level. */
export function micControl(
  { t, state, client }: PartContext,
  startText: string,
  disabled: boolean,
  choose: unknown = nothing,
): TemplateResult {
  const { mic, player, fullDuplex, link, soundPause } = state;
  const on = mic.kind === "on" || mic.kind === "starting";
  const cut = mic.kind === "on" && link.kind !== "open";
  const paused = mic.kind === "on" && soundPause !== null;
  const deaf = cut || paused || (mic.kind === "on" && player.speaking !== null && !fullDuplex);
  const word =
    mic.kind === "starting"
      ? t("mic.starting")
      : cut
        ? t("link.closed")
        : paused
          ? t(`mic.paused.${soundPause}`)
          : deaf
            ? t("mic.wait")
            : mic.kind === "on"
              ? t("mic.listening")
              : t("mic.off");
  // A screen reader's voice would be taken for the person's: into an open microphone it says nothing of this.
  const open = mic.kind === "on" && !cut && !paused;
  return html`<div class="mic ${on ? "mic--on" : ""} ${deaf ? "mic--deaf" : ""}">
    <button
      type="button"
      class="mic__button"
      aria-pressed=${on}
      ?disabled=${disabled && !on}
      @click=${() => client.toggleMicrophone()}
    >
      <span class="mic__ring" data-level></span>
      ${icon(on ? "stop" : "mic")}
      <span class="mic__label">${on ? t("mic.stop") : startText}</span>
    </button>
    <div class="mic__state">
      <span role="status" aria-live=${open ? "off" : "polite"}>${word}</span>
      <span class="level" aria-hidden="true"><span class="level__bar" data-level></span></span>
      ${choose}
    </div>
  </div>`;
}

/** What pressing once more can't mend. */
const BEYOND_A_PRESS: readonly MicTrouble[] = ["insecure", "unsupported", "denied"];

/** Why the microphone does not work, or is not understood, and what to do. */
export function micTroubleBox({ t, state, client }: PartContext): TemplateResult {
  const { mic, micHint, micWentOff } = state;
  const onAgain = html`<button
    type="button"
    class="button button-secondary"
    @click=${() => client.toggleMicrophone()}
  >
    ${icon("mic")}<span>${t("mic.went_off.on")}</span>
  </button>`;
  return html`<div role="alert">
    ${mic.kind === "trouble"
      ? alertBox(
          "error",
          t(`mic.trouble.${mic.trouble}`),
          BEYOND_A_PRESS.includes(mic.trouble) ? nothing : onAgain,
        )
      : micWentOff && mic.kind === "off"
        ? alertBox("warning", t("mic.went_off"), onAgain)
        : nothing}
    ${micHint !== null ? alertBox("warning", t(`mic.hint.${micHint}`)) : nothing}
  </div>`;
}

/** Mute, volume and stop for interpreted speech. */
export function soundControl({ t, state, client }: PartContext): TemplateResult {
  const { muted, volume, speaking } = state.player;
  return html`<div class="sound">
    <button
      type="button"
      class="icon-button"
      aria-pressed=${muted}
      aria-label=${t("sound.mute")}
      title=${t(muted ? "sound.unmute" : "sound.mute")}
      @click=${() => client.setMuted(!muted)}
    >
      ${icon(muted ? "muted" : "speaker")}
    </button>
    <label class="sound__volume">
      <span class="sr-only">${t("sound.volume")}</span>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        .value=${live(String(Math.round(volume * 100)))}
        ?disabled=${muted}
        @input=${(event: Event) =>
          client.setVolume(Number((event.target as HTMLInputElement).value) / 100)}
      />
    </label>
    <button
      type="button"
      class="icon-button sound__stop"
      aria-label=${t("sound.stop")}
      title=${t("sound.stop")}
      ?disabled=${speaking === null}
      @click=${() => client.silence()}
    >
      ${icon("stop")}
    </button>
  </div>`;
}

/** A box to type in when speaking is impossible. */
export function typeBox(
  { t, client, state }: PartContext,
  label: string,
  lang: "da" | "uk",
  disabled: boolean,
  draft: TypedDraft,
): TemplateResult {
  const { typing } = state;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = draft.now().trim();
    if (text === "") return;
    // Kept in the field until it has arrived: it may be refused, or the connection may be dead.
    client.type(text, true);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };
  return html`<form class="type-box" @submit=${send}>
    <label class="sr-only" for="type-text">${label}</label>
    <textarea
      id="type-text"
      name="text"
      class="form-input"
      rows="1"
      maxlength="2000"
      lang=${lang}
      placeholder=${label}
      autocomplete="off"
      .value=${live(draft.now())}
      ?readonly=${typing}
      @input=${(event: Event) => draft.keep((event.target as HTMLTextAreaElement).value)}
      @keydown=${onKey}
      ${ref(focusOnce)}
    ></textarea>
    <button type="submit" class="button button-secondary" ?disabled=${disabled || typing}>
      ${t(typing ? "type.sending" : "type.send")}
    </button>
  </form>`;
}
