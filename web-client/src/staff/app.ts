// The staff console: state, actions and the frame around its screens.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { ConversationClient, type ClientState } from "../client/conversation-client";
import { maskCpr } from "../form/mask";
import { chosenLang, keepLang, texts, type UiLang } from "../i18n/i18n";
import {
  ApiFailure,
  currentSession,
  newPairing,
  openCase,
  providerTrouble,
  signIn,
  signOut,
  type SessionState,
} from "../protocol/api";
import { socketUrl } from "../protocol/connection";
import { accepted } from "../protocol/fold";
import { TicketStore, tabStorage } from "../protocol/ticket-store";
import type { EvidenceView, Pairing } from "../protocol/types";
import { Announcer } from "../ui/announcer";
import { icon } from "../ui/icons";
import { LevelMeter } from "../ui/level-meter";
import { aiBadge, languageSwitch, linkText } from "../ui/parts";
import { REVEAL_MS } from "../ui/reveal";
import { ScreenFocus } from "../ui/screen-focus";
import { StickyScroll } from "../ui/sticky-scroll";
import { askToEnd, caseScreen } from "./case-screen";
import type { StaffContext, StaffView } from "./context";
import { slotId } from "./form-panel";
import { startScreen } from "./start";
import { lineId } from "./transcript";

const LANGS = ["da", "en"] as const satisfies readonly UiLang[];
const LANG_KEY = "tolkebot.staff.lang";

function freshView(): StaffView {
  return {
    screen: "start",
    opening: false,
    startTrouble: null,
    signingIn: false,
    provider: null,
    account: null,
    pairing: null,
    showPairing: false,
    pairTrouble: null,
    editing: null,
    revealed: new Set(),
    highlight: null,
    typing: false,
    showEmpty: false,
    nemlogin: false,
    mitId: null,
  };
}

function withExpiry(pairing: Pairing): NonNullable<StaffView["pairing"]> {
  return { ...pairing, expires_at: Date.now() + pairing.expires_in_s * 1000 };
}

/** A case id that fits into the header; the whole one is in the title. */
function shortId(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…` : id;
}

/** The staff console. */
export class StaffApp {
  private readonly tickets = new TicketStore("tolkebot.staff", tabStorage(), "staff");
  private readonly client: ConversationClient;
  private readonly announcer: Announcer;
  private readonly scroll = new StickyScroll(() => this.schedule());
  private view = freshView();
  private ui: UiLang = chosenLang(LANG_KEY, LANGS, "da");
  private readonly focus = new ScreenFocus();
  private scheduled = false;
  private coverTimer = 0;

  constructor(private readonly root: HTMLElement) {
    const meter = new LevelMeter(root);
    this.announcer = new Announcer(document.body, "citizen", "da", maskCpr);
    this.client = new ConversationClient(
      socketUrl(window.location),
      this.tickets,
      (state) => this.clientChanged(state),
      (level) => meter.show(level),
    );
    const kept = this.tickets.load();
    if (kept !== null) {
      this.view = { ...this.view, screen: "case", pairing: kept.pairing ?? null };
      this.client.start();
    }
    const trouble = providerTrouble(window.location.search);
    if (trouble !== null) {
      this.view = { ...this.view, startTrouble: trouble };
      window.history.replaceState(null, "", window.location.pathname);
    }
    void currentSession().then((session) => this.sessionKnown(session));
    // The pairing code's expiry is shown to the minute.
    window.setInterval(() => this.schedule(), 30_000);
    this.schedule();
  }

  private clientChanged(state: ClientState): void {
    this.announcer.update(state.conversation);
    const { editing } = this.view;
    if (editing?.pending === true) this.editAnswered(state);
    this.schedule();
  }

  private formBeforeEdit: unknown = null;

  /** The form came back, or the server refused the value: the editor closes or says why. */
  private editAnswered(state: ClientState): void {
    const { editing } = this.view;
    if (editing === null) return;
    const refused = state.notices.find((code) => code === "bad_slot" || code === "slot_changed");
    if (refused !== undefined) {
      this.view = {
        ...this.view,
        editing: { ...editing, pending: false, problem: `error.${refused}` },
      };
      this.client.dismiss(refused);
    } else if (state.conversation.form !== this.formBeforeEdit) {
      this.stopEditing();
    }
  }

  private set(change: Partial<StaffView>): void {
    if (change.editing?.pending === true) {
      this.formBeforeEdit = this.client.state.conversation.form;
    }
    if (change.revealed !== undefined) {
      window.clearTimeout(this.coverTimer);
      this.coverTimer = window.setTimeout(() => this.set({ revealed: new Set() }), REVEAL_MS);
    }
    this.view = { ...this.view, ...change };
    this.schedule();
  }

  private async openCase(): Promise<void> {
    // A press: sound may be let out from now on.
    this.client.unlockSound();
    this.set({ opening: true, startTrouble: null });
    try {
      const opened = await openCase();
      const pairing = withExpiry(opened.pairing);
      this.tickets.save({ case: opened.case, ticket: opened.ticket, pairing });
      this.view = { ...freshView(), ...this.lasting(), screen: "case", pairing };
      this.client.start();
    } catch (error) {
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      const signedOut = trouble === "signed_out";
      this.set({ opening: false, startTrouble: trouble, signingIn: signedOut });
    }
  }

  /** What is about the server and who is signed in, and not about a case. */
  private lasting(): Pick<StaffView, "account" | "provider" | "nemlogin"> {
    const { account, provider, nemlogin } = this.view;
    return { account, provider, nemlogin };
  }

  private sessionKnown(session: SessionState): void {
    const account = session.account?.name ?? null;
    const provider = session.provider ?? this.view.provider;
    const nemlogin = session.nemlogin ?? this.view.nemlogin;
    this.set({ account, provider, nemlogin, signingIn: session.accounts && account === null });
  }

  private async signIn(name: string, password: string, code: string): Promise<void> {
    this.set({ opening: true, startTrouble: null });
    try {
      this.sessionKnown(await signIn(name, password, code));
      this.set({ opening: false });
    } catch (error) {
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      this.set({ opening: false, startTrouble: trouble });
    }
  }

  private async signOut(): Promise<void> {
    try {
      const elsewhere = await signOut();
      this.tickets.clear();
      if (elsewhere !== null) window.location.assign(elsewhere);
      this.set({ account: null, signingIn: true, startTrouble: null });
    } catch {
      this.set({ startTrouble: "unreachable" });
    }
  }

  private async renewPairing(): Promise<void> {
    const kept = this.tickets.load();
    if (kept === null) return;
    try {
      const pairing = withExpiry(await newPairing(kept.case));
      // The ticket may have been renewed meanwhile.
      this.tickets.save({ ...(this.tickets.load() ?? kept), pairing });
      this.set({ pairing, showPairing: true, pairTrouble: null });
    } catch (error) {
      this.set({ pairTrouble: error instanceof ApiFailure ? error.trouble : "unexpected" });
    }
  }

  private leaveCase(): void {
    this.client.leave();
    this.view = { ...freshView(), ...this.lasting() };
    this.schedule();
  }

  private showEvidence(evidence: EvidenceView): void {
    this.scroll.leave();
    this.set({ highlight: evidence });
    this.renderNow();
    const line = document.getElementById(lineId(evidence.utterance));
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    line?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    line?.focus({ preventScroll: true });
  }

  private stopEditing(): void {
    const key = this.view.editing?.key;
    this.set({ editing: null });
    if (key === undefined) return;
    this.renderNow();
    // Back to where the editor was opened; an empty slot's row is gone again.
    const row = document.getElementById(slotId(key));
    const button = row?.querySelector<HTMLElement>(".slot__edit");
    (button ?? document.getElementById("form-title"))?.focus();
  }

  private context(): StaffContext {
    return {
      t: texts(this.ui),
      ui: this.ui,
      state: this.client.state,
      client: this.client,
      view: this.view,
      scroll: this.scroll,
      set: (change) => this.set(change),
      renewPairing: () => void this.renewPairing(),
      openCase: () => void this.openCase(),
      signIn: (name, password, code) => void this.signIn(name, password, code),
      signOut: () => void this.signOut(),
      leaveCase: () => this.leaveCase(),
      showEvidence: (evidence) => this.showEvidence(evidence),
      edit: (key) => this.set({ editing: { key, pending: false, problem: null } }),
      stopEditing: () => this.stopEditing(),
    };
  }

  private header(ctx: StaffContext): TemplateResult {
    const { t, state, view } = ctx;
    const { conversation, link } = state;
    const running = view.screen === "case" && !conversation.ended && conversation.role !== null;
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
      ${running && conversation.presence.citizen > 0
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
      ${languageSwitch(t, this.ui, LANGS, (lang) => {
        this.ui = lang;
        keepLang(LANG_KEY, lang);
        this.schedule();
      })}
    </header>`;
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    window.requestAnimationFrame(() => {
      if (this.scheduled) this.renderNow();
    });
  }

  private renderNow(): void {
    this.scheduled = false;
    const ctx = this.context();
    document.documentElement.lang = this.ui;
    document.title = `${ctx.t("app.name")} – ${ctx.t("staff.title")}`;
    this.focus.beforeRender();
    render(
      html`${this.header(ctx)}${this.view.screen === "start" ? startScreen(ctx) : caseScreen(ctx)}`,
      this.root,
    );
    this.scroll.afterRender();
    const { conversation } = ctx.state;
    const informed = accepted(conversation, "staff", "ai_disclosure");
    this.focus.afterRender(`${this.view.screen} ${conversation.role} ${informed}`);
  }
}
