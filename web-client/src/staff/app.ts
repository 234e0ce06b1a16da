// The staff console: state, actions and the frame around its screens.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { ConversationClient, type ClientState } from "../client/conversation-client";
import { maskCpr } from "../form/mask";
import { chosenLang, keepLang, texts, type UiLang } from "../i18n/i18n";
import {
  ApiFailure,
  currentSession,
  fetchOwnCases,
  newPairing,
  newTicket,
  openCase,
  providerTrouble,
  signIn,
  signOut,
  type SessionState,
} from "../protocol/api";
import { socketUrl } from "../protocol/connection";
import { accepted, citizenNeeded, signatureHolds } from "../protocol/fold";
import { TicketStore, tabStorage, type Kept } from "../protocol/ticket-store";
import type { CaseId, EvidenceView, Pairing } from "../protocol/types";
import { Announcer } from "../ui/announcer";
import { icon } from "../ui/icons";
import { LevelMeter } from "../ui/level-meter";
import { aiBadge, languageSwitch, linkText } from "../ui/parts";
import { REVEAL_MS } from "../ui/reveal";
import { ScreenFocus } from "../ui/screen-focus";
import { StickyScroll } from "../ui/sticky-scroll";
import { caseScreen } from "./case-screen";
import type { StaffContext, StaffView } from "./context";
import { askToEnd, askToVoid } from "./dialogs";
import { slotId } from "./form-panel";
import { forgetDocument } from "./mitid";
import { findSlot, whose } from "./sent-value";
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
    ownCases: [],
    pairing: null,
    showPairing: false,
    pairTrouble: null,
    editing: null,
    revealed: new Set(),
    highlight: null,
    typing: false,
    draft: "",
    showEmpty: false,
    voiding: null,
    nemlogin: false,
    mitId: null,
  };
}

/** @param after the newest event when the code was made: a tablet that comes in later has used it up */
function withExpiry(pairing: Pairing, after: number): NonNullable<StaffView["pairing"]> {
  return { ...pairing, expires_at: Date.now() + pairing.expires_in_s * 1000, after };
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
  /** The case for which a code is being asked for. */
  private renewing: CaseId | null = null;

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
    void this.askSession();
    // The pairing code's expiry is shown to the minute.
    window.setInterval(() => this.schedule(), 30_000);
    this.schedule();
  }

  private clientChanged(state: ClientState): void {
    this.announcer.update(state.conversation, state.link);
    this.scroll.show(state.conversation.caseId);
    this.editAnswered(state);
    this.codeUsed(state.conversation.tabletPairedAt);
    this.schedule();
  }

  /** A code is good for one tablet: once that has come in, nobody must be shown it any more. */
  private codeUsed(tabletPairedAt: number): void {
    const { pairing } = this.view;
    if (pairing === null || pairing === undefined || tabletPairedAt <= pairing.after) return;
    this.tickets.forgetPairing();
    this.set({ pairing: null, showPairing: false });
  }

  /** The form has the value, or it is known that it won't: the editor closes or says why. */
  private editAnswered(state: ClientState): void {
    const { editing } = this.view;
    const answer = editing?.pending?.answer(state);
    if (editing === null || answer === undefined) return;
    switch (answer.kind) {
      case "waiting":
        return;
      case "saved":
        this.stopEditing();
        return;
      case "lost":
        this.set({ editing: { ...editing, pending: null, problem: "slot.not_arrived" } });
        return;
      case "refused":
        this.set({ editing: { ...editing, pending: null, problem: `error.${answer.code}` } });
        // Said in the editor.
        this.client.dismiss(answer.code);
    }
  }

  private set(change: Partial<StaffView>): void {
    if (change.revealed !== undefined) {
      window.clearTimeout(this.coverTimer);
      this.coverTimer = window.setTimeout(() => this.set({ revealed: new Set() }), REVEAL_MS);
    }
    this.view = { ...this.view, ...change };
    this.schedule();
  }

  private openCase(): Promise<void> {
    return this.open(async () => {
      const { case: id, ticket, pairing } = await openCase();
      return { case: id, ticket, pairing: withExpiry(pairing, 0) };
    });
  }

  /** The tablet of that time is gone: a new code is asked for when one is needed. */
  private openAgain(id: CaseId): Promise<void> {
    return this.open(async () => ({ case: id, ticket: (await newTicket(id, "staff")).ticket }));
  }

  private goInto(kept: Kept): void {
    this.tickets.save(kept);
    const pairing = kept.pairing ?? null;
    this.view = { ...freshView(), ...this.lasting(), screen: "case", pairing };
    this.client.start();
  }

  private async lookForOwnCases(): Promise<void> {
    const { account } = this.view;
    let ownCases: StaffView["ownCases"];
    try {
      ownCases = await fetchOwnCases();
    } catch {
      ownCases = "unknown";
    }
    // Who has signed in meanwhile is not shown the other's.
    if (this.view.account === account) this.set({ ownCases });
  }

  private async open(how: () => Promise<Kept>): Promise<void> {
    // Pressed twice before the button could be drawn as switched off: one case is meant.
    if (this.view.opening) return;
    // A press: sound may be let out from now on.
    this.client.unlockSound();
    this.set({ opening: true, startTrouble: null });
    const { account } = this.view;
    try {
      const kept = await how();
      // Signed out meanwhile: nobody is to be led into a case.
      if (this.view.account === account) this.goInto(kept);
    } catch (error) {
      if (this.view.account !== account) return;
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      const signedOut = trouble === "signed_out";
      this.set({ opening: false, startTrouble: trouble, signingIn: signedOut });
      // Also which ways in there are, if the server could not say it before.
      if (signedOut) void this.askSession();
    }
  }

  /** What is about the server and who is signed in, and not about a case. */
  private lasting(): Pick<StaffView, "account" | "provider" | "nemlogin"> {
    const { account, provider, nemlogin } = this.view;
    return { account, provider, nemlogin };
  }

  private async askSession(): Promise<void> {
    try {
      this.sessionKnown(await currentSession());
    } catch {
      // Whoever opens a case is told, and it is asked again then.
    }
  }

  private sessionKnown(session: SessionState): void {
    const account = session.account?.name ?? null;
    const provider = session.provider ?? this.view.provider;
    const nemlogin = session.nemlogin ?? this.view.nemlogin;
    const signingIn = session.accounts && account === null;
    this.set({ account, provider, nemlogin, signingIn });
    if (!signingIn) void this.lookForOwnCases();
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
    const gone = { account: null, ownCases: [], signingIn: true, opening: false };
    try {
      const elsewhere = await signOut();
      this.tickets.clear();
      if (elsewhere !== null) window.location.assign(elsewhere);
      this.set({ ...gone, startTrouble: null });
    } catch (error) {
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      const left = trouble === "sign_out_unnoted";
      if (left) this.tickets.clear();
      this.set({ ...(left ? gone : {}), startTrouble: trouble });
    }
  }

  private async renewPairing(): Promise<void> {
    const kept = this.tickets.load();
    // Each new code makes the one before void: the answer to an earlier press could come last.
    if (kept === null || this.renewing === kept.case) return;
    this.renewing = kept.case;
    try {
      const made = await newPairing(kept.case);
      // The ticket may have been renewed meanwhile, or the case left: its code would lead the next
      // citizen's tablet into it.
      const now = this.tickets.load();
      if (now?.case !== kept.case) return;
      const pairing = withExpiry(made, this.client.state.conversation.seq);
      this.tickets.save({ ...now, pairing });
      this.set({ pairing, showPairing: true, pairTrouble: null });
    } catch (error) {
      if (this.tickets.load()?.case !== kept.case) return;
      this.set({ pairTrouble: error instanceof ApiFailure ? error.trouble : "unexpected" });
    } finally {
      if (this.renewing === kept.case) this.renewing = null;
    }
  }

  private leaveCase(): void {
    this.client.leave();
    forgetDocument(this.view.mitId);
    this.view = { ...freshView(), ...this.lasting() };
    this.schedule();
    void this.lookForOwnCases();
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

  private edit(key: string): void {
    const { form } = this.client.state.conversation;
    const initial = findSlot(form, key)?.value ?? null;
    this.set({ editing: { key, initial, person: whose(form, key), pending: null, problem: null } });
  }

  private change(act: () => void): void {
    if (!signatureHolds(this.client.state.conversation)) {
      act();
      return;
    }
    this.set({ voiding: act });
    askToVoid();
  }

  private stopEditing(): void {
    const { editing } = this.view;
    const key = editing?.pending?.key ?? editing?.key;
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
      draft: { now: () => this.view.draft, keep: (draft) => this.set({ draft }) },
      set: (change) => this.set(change),
      mitIdNow: () => this.view.mitId,
      renewPairing: () => void this.renewPairing(),
      openCase: () => void this.openCase(),
      openAgain: (id) => void this.openAgain(id),
      lookForOwnCases: () => void this.lookForOwnCases(),
      signIn: (name, password, code) => void this.signIn(name, password, code),
      signOut: () => void this.signOut(),
      leaveCase: () => this.leaveCase(),
      showEvidence: (evidence) => this.showEvidence(evidence),
      edit: (key) => this.edit(key),
      change: (act) => this.change(act),
      stopEditing: () => this.stopEditing(),
    };
  }

  private header(ctx: StaffContext): TemplateResult {
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
