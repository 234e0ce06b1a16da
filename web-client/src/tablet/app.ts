// The citizen's tablet: state, actions and the frame around its screens.

import { html, nothing, render, type TemplateResult } from "lit-html";
import type { ClientState } from "../client/client-state";
import { ConversationClient } from "../client/conversation-client";
import { chosenLang, keepLang, texts, type UiLang } from "../i18n/i18n";
import { ApiFailure, codeInAddress, digitsOfCode, pairTablet } from "../protocol/api";
import { socketUrl } from "../protocol/connection";
import { accepted } from "../protocol/fold";
import { TicketStore, tabStorage } from "../protocol/ticket-store";
import type { Ink } from "../protocol/types";
import { Absence } from "../ui/absence";
import { Announcer } from "../ui/announcer";
import { icon } from "../ui/icons";
import { LevelMeter } from "../ui/level-meter";
import { aiBadge, alertBox, apiTroubleKey, languageSwitch, linkBanner, notices } from "../ui/parts";
import { ScreenAwake } from "../ui/screen-awake";
import { ScreenFocus } from "../ui/screen-focus";
import { StickyScroll } from "../ui/sticky-scroll";
import type { TabletContext, TabletView } from "./context";
import { connectingScreen, elsewhereScreen, endScreen, humanScreen, noticeScreen, pairScreen } from "./screens";
import { KeptView } from "./kept-view";
import { screenName, waitsForHuman, type ScreenName } from "./screen-name";
import { SentSignature, SIGNATURE_LOST_MS } from "./sent-signature";
import { SIGN_HEADING, signScreen } from "./sign";
import { soundKeepingBanner } from "./sound-keeping";
import { talkScreen } from "./talk";

const LANGS = ["uk", "en"] as const satisfies readonly UiLang[];
const LANG_KEY = "tolkebot.tablet.lang";
/** Steps of the text size, in percent. */
const TEXT_SIZES = [85, 100, 120, 145] as const;
const USUAL_SIZE = 1;
/** A page that is loaded anew is back sooner, ms. */
const STAFF_AWAY_MS = 4_000;
/** So long, ms, does nobody look at what has come in the place of the button that they press. */
const SETTLING_MS = 1_000;

/** What a reload keeps of the view. */
const KEPT = ["draft", "typing", "wentOnAt"] as const satisfies readonly (keyof TabletView)[];

const SCREENS: Record<ScreenName, (ctx: TabletContext) => TemplateResult> = {
  pair: pairScreen,
  connecting: connectingScreen,
  elsewhere: elsewhereScreen,
  notice: noticeScreen,
  human: humanScreen,
  sign: signScreen,
  talk: talkScreen,
  end: endScreen,
};

function freshView(): TabletView {
  return {
    screen: "pair",
    pairing: false,
    pairProblem: null,
    wentOnAt: 0,
    typing: false,
    draft: "",
    showForm: false,
    settling: false,
    signature: "none",
    tooSmall: false,
  };
}

/** The citizen's tablet. */
export class TabletApp {
  private readonly tickets = new TicketStore("tolkebot.tablet", tabStorage(), "citizen");
  private readonly keptView = new KeptView("tolkebot.tablet.view", tabStorage());
  private readonly draft = { now: () => this.view.draft, keep: (draft: string) => this.set({ draft }) };
  private readonly client: ConversationClient;
  private readonly announcer: Announcer;
  private readonly staff = new Absence();
  private readonly scroll = new StickyScroll(() => this.schedule());
  private view = freshView();
  private ui: UiLang = chosenLang(LANG_KEY, LANGS, "uk");
  private textSize = USUAL_SIZE;
  private readonly focus = new ScreenFocus();
  private scheduled = false;
  private readonly awake = new ScreenAwake(navigator.wakeLock);
  /** The form is being read back, as far as was known last. */
  private reading = false;
  /** What was read back is confirmed, as far as was known last. */
  private confirmed = false;
  /** The place to sign is to be shown when it is there. */
  private signingBegins = false;
  private settlingTimer = 0;
  private shown: ScreenName | null = null;
  private sentSignature: SentSignature | null = null;

  constructor(private readonly root: HTMLElement) {
    const meter = new LevelMeter(root);
    const trial = new LevelMeter(root, "data-trial");
    this.announcer = new Announcer(document.body, "staff", "uk");
    this.client = new ConversationClient(
      socketUrl(window.location),
      this.tickets,
      (state) => this.clientChanged(state),
      (level) => meter.show(level),
      (level) => trial.show(level),
      this.draft,
    );
    if (!this.arrived()) {
      const kept = this.tickets.load();
      // Only a reload in the middle of a conversation comes back to the same person.
      if (kept === null) this.forgetPerson();
      else if (kept.replaced === true) {
        this.tickets.clear();
        this.forgetPerson();
      } else {
        const { textSize = USUAL_SIZE, ...parts } = this.keptView.load() ?? {};
        this.view = { ...this.view, ...parts, screen: "conversation" };
        this.setTextSize(textSize);
        this.client.startAnew();
      }
    }
    // The address of a QR code differs from the open page's behind the `#` only: nothing is loaded anew.
    window.addEventListener("hashchange", () => void this.arrived());
    document.addEventListener("visibilitychange", () => this.keepAwake());
    this.schedule();
  }

  private clientChanged(state: ClientState): void {
    this.announcer.update(state.conversation, state.link, state.player);
    this.scroll.show(state.conversation.caseId);
    if (state.link.kind === "stopped" && state.link.code === "replaced") this.tickets.markReplaced();
    this.signatureAnswered(state);
    const { since } = this.staff;
    this.staff.update(state.conversation.presence.staff > 0, Date.now());
    if (this.staff.since !== null && this.staff.since !== since) {
      window.setTimeout(() => this.schedule(), STAFF_AWAY_MS + 50);
    }
    const { stage, ended, cancelled } = state.conversation;
    this.readBackChanged(stage?.state === "read_back");
    this.confirmedChanged(stage?.state === "read_back" && stage.read_back_confirmed);
    // Nobody can send it any more.
    if ((ended || cancelled) && this.view.draft !== "") this.set({ draft: "", typing: false });
    this.keepAwake();
    this.schedule();
  }

  /** What belongs to one read-back ends with it. */
  private readBackChanged(reading: boolean): void {
    if (reading === this.reading) return;
    this.reading = reading;
    this.sentSignature = null;
    this.set({ signature: "none", tooSmall: false });
    if (!reading) return;
    // There the choice of devices has no place.
    this.client.sound.hide();
    // Whoever signs says that it was read to them: it must not go past a loudspeaker that is off.
    this.client.makeAudible();
  }

  /** The step to sign begins: it is shown, and what was pressed twice does nothing in it. */
  private confirmedChanged(confirmed: boolean): void {
    if (confirmed === this.confirmed) return;
    this.confirmed = confirmed;
    this.signingBegins = confirmed;
    window.clearTimeout(this.settlingTimer);
    this.set({ settling: confirmed });
    if (!confirmed) return;
    this.settlingTimer = window.setTimeout(() => this.set({ settling: false }), SETTLING_MS);
  }

  /** The screen stays on while somebody talks or signs; browsers that cannot do it let it go dark. */
  private keepAwake(): void {
    const { conversation, link } = this.client.state;
    this.awake.want(
      link.kind === "open" &&
        screenName(conversation, this.view) !== "end" &&
        document.visibilityState === "visible",
    );
  }

  /**
   * True if somebody comes with a code in the address. Whoever was here before has gone: also a code
   * that does not work must not lead back into their case.
   */
  private arrived(): boolean {
    const code = codeInAddress(window.location.search, window.location.hash);
    if (code === null) return false;
    // Used once; a reload must come back with the ticket instead.
    window.history.replaceState(null, "", window.location.pathname);
    if (this.view.pairing) return true;
    this.leave();
    void this.pair(code);
    return true;
  }

  private async pair(typed: string): Promise<void> {
    const code = digitsOfCode(typed);
    if (code === null) {
      this.set({ pairProblem: "tablet.pair.invalid" });
      return;
    }
    // A code is good once: the second of two presses would say that it is not.
    if (this.view.pairing) return;
    this.set({ pairing: true, pairProblem: null });
    try {
      const paired = await pairTablet(code);
      this.tickets.save({ case: paired.case, ticket: paired.ticket });
      this.view = { ...freshView(), screen: "conversation" };
      this.keepView();
      this.client.start();
    } catch (error) {
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      this.set({
        pairing: false,
        pairProblem: trouble === "bad_ticket" ? "tablet.pair.bad" : apiTroubleKey(trouble),
      });
    }
  }

  /** What was drawn stays until the case shows the signature: it may be refused, or lost on the way. */
  private sign(digest: string, ink: Ink): void {
    // The second of two presses would be refused, and the signature be taken for lost.
    if (this.view.signature === "sending") return;
    const before = this.client.state;
    if (!this.client.send({ type: "sign", digest, ink })) return;
    this.sentSignature = new SentSignature(before, Date.now());
    this.set({ signature: "sending" });
    window.setTimeout(() => this.signatureAnswered(this.client.state), SIGNATURE_LOST_MS + 100);
  }

  private signatureAnswered(state: ClientState): void {
    if (this.sentSignature?.isLost(state, Date.now()) !== true) return;
    this.sentSignature = null;
    this.set({ signature: "lost" });
  }

  private leave(): void {
    this.client.leave();
    this.staff.forget();
    this.view = freshView();
    this.forgetPerson();
  }

  /** What one citizen chose is not there for the next: a muted voice would tell them nothing. */
  private forgetPerson(): void {
    this.client.setMuted(false);
    this.client.setVolume(1);
    this.setTextSize(USUAL_SIZE);
    this.setLang("uk");
    this.keptView.clear();
    this.client.forgetTyped();
  }

  private askForHuman(): void {
    this.client.sound.hide();
    const { kind } = this.client.state.mic;
    if (kind === "on" || kind === "starting") this.client.toggleMicrophone();
    // Asked for again, the server notes nothing new.
    if (this.client.send({ type: "request_interpreter" })) this.set({ wentOnAt: 0 });
  }

  private set(change: Partial<TabletView>): void {
    this.view = { ...this.view, ...change };
    if (KEPT.some((name) => name in change)) this.keepView();
    this.schedule();
  }

  private keepView(): void {
    if (this.view.screen === "conversation") this.keptView.save({ ...this.view, textSize: this.textSize });
  }

  private setLang(lang: UiLang): void {
    this.ui = lang;
    keepLang(LANG_KEY, lang);
    this.schedule();
  }

  private setTextSize(size: number): void {
    this.textSize = Math.max(0, Math.min(TEXT_SIZES.length - 1, size));
    const percent = TEXT_SIZES[this.textSize] ?? 100;
    document.documentElement.style.setProperty("--text-scale", String(percent / 100));
    document.documentElement.classList.toggle("large-letters", this.textSize > USUAL_SIZE);
    this.keepView();
    this.schedule();
  }

  private context(): TabletContext {
    return {
      t: texts(this.ui),
      ui: this.ui,
      state: this.client.state,
      client: this.client,
      view: this.view,
      scroll: this.scroll,
      draft: this.draft,
      set: (change) => this.set(change),
      pair: (typed) => void this.pair(typed),
      sign: (digest, ink) => this.sign(digest, ink),
      leave: () => this.leave(),
      askForHuman: () => this.askForHuman(),
    };
  }

  private header(ctx: TabletContext, screen: ScreenName): TemplateResult {
    const { t, state, view } = ctx;
    const { conversation } = state;
    const running =
      view.screen === "conversation" &&
      conversation.role !== null &&
      !conversation.ended &&
      !conversation.cancelled &&
      screen !== "elsewhere";
    const talking =
      running && !waitsForHuman(conversation, view) && accepted(conversation, "citizen", "processing");
    return html`<header class="bar">
      <a class="skip" href="#main">${t("app.skip")}</a>
      <p class="bar__name">${t("app.name")}</p>
      ${aiBadge(t)}
      <span class="bar__space"></span>
      ${talking && screen === "talk"
        ? html`<button
            type="button"
            class="bar__button bar__form"
            aria-expanded=${view.showForm}
            @click=${() => ctx.set({ showForm: !view.showForm })}
          >
            ${icon("form")}<span>${t("tablet.form")}</span>
          </button>`
        : nothing}
      ${talking
        ? html`<button type="button" class="bar__button" @click=${() => ctx.askForHuman()}>
            ${icon("person")}<span>${t("tablet.human")}</span>
          </button>`
        : nothing}
      <div class="bar__sizes" role="group" aria-label=${t("tablet.text_size")}>
        <button
          type="button"
          class="bar__button"
          aria-label=${t("tablet.text_smaller")}
          ?disabled=${this.textSize === 0}
          @click=${() => this.setTextSize(this.textSize - 1)}
        >
          <span class="bar__size bar__size--small" aria-hidden="true">A</span>
        </button>
        <button
          type="button"
          class="bar__button"
          aria-label=${t("tablet.text_larger")}
          ?disabled=${this.textSize === TEXT_SIZES.length - 1}
          @click=${() => this.setTextSize(this.textSize + 1)}
        >
          <span class="bar__size bar__size--large" aria-hidden="true">A</span>
        </button>
      </div>
      ${languageSwitch(t, this.ui, LANGS, (lang) => this.setLang(lang))}
    </header>`;
  }

  /** Nobody listens for a moment: told once it is more than a reload. */
  private staffAway({ t, state }: TabletContext, screen: ScreenName): TemplateResult {
    const { since } = this.staff;
    const away =
      since !== null &&
      Date.now() - since >= STAFF_AWAY_MS &&
      state.link.kind === "open" &&
      screen !== "end";
    return html`<div role="status">
      ${away ? alertBox("warning", t("tablet.staff_away")) : nothing}
    </div>`;
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    window.requestAnimationFrame(() => this.renderNow());
  }

  private renderNow(): void {
    this.scheduled = false;
    const ctx = this.context();
    document.documentElement.lang = this.ui;
    document.title = ctx.t("app.name");
    const screen = screenName(ctx.state.conversation, this.view, ctx.state.link);
    const banners =
      this.view.screen === "pair"
        ? nothing
        : html`<div class="banners">
            ${linkBanner(ctx, () => this.leave(), ctx.t("tablet.pair.again"))}
            ${this.staffAway(ctx, screen)} ${soundKeepingBanner(ctx)} ${notices(ctx)}
          </div>`;
    this.focus.beforeRender();
    render(html`${this.header(ctx, screen)}${banners}${SCREENS[screen](ctx)}`, this.root);
    this.focus.afterRender(screen);
    this.scroll.afterRender();
    this.nameScreen(screen);
    if (this.signingBegins) this.beginSigning();
  }

  private nameScreen(screen: ScreenName): void {
    const before = this.shown;
    this.shown = screen;
    if (before === null || before === screen) return;
    this.announcer.name(this.root.querySelector("h1")?.textContent ?? "", this.ui);
  }

  private beginSigning(): void {
    const heading = document.getElementById(SIGN_HEADING);
    if (heading === null) return;
    this.signingBegins = false;
    heading.scrollIntoView({ block: "start" });
    // Whoever is typing goes on typing.
    if (!(document.activeElement instanceof HTMLTextAreaElement)) heading.focus({ preventScroll: true });
  }
}
