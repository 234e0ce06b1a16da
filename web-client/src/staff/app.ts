// The staff console: state, actions and the frame around its screens.

import { html, render } from "lit-html";
import type { ClientState } from "../client/client-state";
import { ConversationClient } from "../client/conversation-client";
import { maskCpr } from "../form/mask";
import { findSlot, whose } from "../form/persons";
import { editorText } from "../form/values";
import { chosenLang, keepLang, texts, type UiLang } from "../i18n/i18n";
import {
  ApiFailure,
  currentSession,
  fetchOwnCases,
  isSignedOut,
  newPairing,
  newTicket,
  openCase,
  providerTrouble,
  signIn,
  signOut,
  type SessionState,
} from "../protocol/api";
import { socketUrl } from "../protocol/connection";
import { accepted, signatureAtStake } from "../protocol/fold";
import { TicketStore, tabStorage, type Kept } from "../protocol/ticket-store";
import type { CaseId, EvidenceView, UtteranceId } from "../protocol/types";
import { Absence } from "../ui/absence";
import { Announcer } from "../ui/announcer";
import { LevelMeter } from "../ui/level-meter";
import { REVEAL_MS } from "../ui/reveal";
import { ScreenFocus } from "../ui/screen-focus";
import { StickyScroll } from "../ui/sticky-scroll";
import { caseScreen } from "./case-screen";
import type { StaffContext, StaffView } from "./context";
import { askToVoid } from "./dialogs";
import { seen } from "./heard-meanwhile";
import { goToEditor, goToSlot, leaveEditor, nextUnconfirmed, slotId } from "./jumps";
import { freshView, withExpiry } from "./fresh-view";
import { KeptWork, resumed } from "./kept-work";
import { header } from "./header";
import { forgetDocument } from "./mitid";
import { refusal } from "./sent-value";
import { startScreen, TABLET_BACK_WITHIN_MS } from "./start";
import { lineId } from "./transcript";

const LANGS = ["da", "en"] as const satisfies readonly UiLang[];
const LANG_KEY = "tolkebot.staff.lang";

/** The staff console. */
export class StaffApp {
  private readonly tickets = new TicketStore("tolkebot.staff", tabStorage(), "staff");
  private readonly work = new KeptWork(tabStorage());
  /** What stands in the open editor; null if nobody has typed in it. */
  private editedText: string | null = null;
  private keptSensitive: ReadonlySet<UtteranceId> | null = null;
  private readonly draft = { now: () => this.view.draft, keep: (draft: string) => this.set({ draft }) };
  private readonly client: ConversationClient;
  private readonly announcer: Announcer;
  private readonly scroll = new StickyScroll(() => this.schedule());
  private readonly tablet = new Absence();
  private view = freshView();
  private ui: UiLang = chosenLang(LANG_KEY, LANGS, "da");
  private readonly focus = new ScreenFocus();
  private scheduled = false;
  private coverTimer = 0;
  /** The slot whose confirmation is on its way. */
  private confirming: string | null = null;
  /** The case for which a code is being asked for. */
  private renewing: CaseId | null = null;

  constructor(private readonly root: HTMLElement) {
    const meter = new LevelMeter(root);
    const trial = new LevelMeter(root, "data-trial");
    this.announcer = new Announcer(document.body, "citizen", "da", (text, id) =>
      this.covered().has(id) ? texts("da")("talk.covered") : maskCpr(text),
    );
    this.client = new ConversationClient(
      socketUrl(window.location),
      this.tickets,
      (state) => this.clientChanged(state),
      (level) => meter.show(level),
      (level) => trial.show(level),
      this.draft,
    );
    const kept = this.tickets.load();
    if (kept !== null) {
      const { pairing = null, interpreterCalledAt = 0 } = kept;
      this.view = { ...this.view, screen: "case", pairing, interpreterCalledAt };
      this.resumeWork(kept.case);
      this.client.startAnew();
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

  private resumeWork(id: CaseId): void {
    const work = this.work.of(id);
    this.view = { ...this.view, ...resumed(work) };
    this.editedText = work.editing?.text ?? null;
  }

  private forgetWork(): void {
    this.work.clear();
    this.client.forgetTyped();
    this.editedText = null;
  }

  /** Keeps what a reload would cost. */
  private keepWork(): void {
    const { screen, draft, typing, editing } = this.view;
    const id = this.tickets.load()?.case;
    if (screen !== "case" || id === undefined) return;
    const { key, initial, person, others = [] } = editing ?? {};
    this.work.put(id, {
      draft,
      typing,
      editing: key === undefined ? null : { key, initial, person, others, text: this.editedText },
      covered: [...this.covered()],
    });
  }

  /** Sentences in which something sensitive was said. */
  private covered(): ReadonlySet<UtteranceId> {
    const { covered } = this.view;
    const { sensitive } = this.client.state.conversation;
    return covered.size === 0 ? sensitive : new Set([...covered, ...sensitive]);
  }

  private clientChanged(state: ClientState): void {
    if (state.conversation.sensitive !== this.keptSensitive) {
      this.keptSensitive = state.conversation.sensitive;
      this.keepWork();
    }
    this.announcer.update(state.conversation, state.link, state.player);
    this.scroll.show(state.conversation.caseId);
    this.editAnswered(state);
    this.confirmAnswered(state);
    this.codeUsed(state.conversation.tabletPairedAt);
    this.tabletSeen(state.conversation.presence.citizen > 0);
    this.schedule();
  }

  /** A tablet whose network broke comes back by itself: for a while nobody is asked to connect another. */
  private tabletSeen(here: boolean): void {
    this.tablet.update(here, Date.now());
    const { since } = this.tablet;
    if (since === this.view.tabletGoneAt) return;
    this.set({ tabletGoneAt: since });
    if (since !== null) window.setTimeout(() => this.schedule(), TABLET_BACK_WITHIN_MS);
  }

  /** A code is good for one tablet: once that has come in, nobody must be shown it any more. */
  private codeUsed(tabletPairedAt: number): void {
    const { pairing } = this.view;
    if (pairing === null || pairing === undefined || tabletPairedAt <= pairing.after) return;
    this.tickets.forgetPairing();
    this.set({ pairing: null, showPairing: false, pairTrouble: null });
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
        this.set({ editing: { ...editing, pending: null, problem: refusal(editing, answer) } });
        // Said in the editor.
        this.client.dismiss(answer.code);
    }
  }

  /** Whoever confirms one value after the other need not look for the next. */
  private confirmAnswered({ conversation: { form } }: ClientState): void {
    const key = this.confirming;
    if (key === null || form === null || findSlot(form, key)?.status !== "confirmed") return;
    this.confirming = null;
    const row = document.getElementById(slotId(key));
    const next = nextUnconfirmed(form, key);
    // Whoever has gone somewhere else meanwhile stays there.
    if (next === null || row?.contains(document.activeElement) !== true) return;
    this.renderNow();
    goToSlot(next, "nearest");
  }

  private set(change: Partial<StaffView>): void {
    if (change.revealed !== undefined) {
      window.clearTimeout(this.coverTimer);
      this.coverTimer = window.setTimeout(() => this.set({ revealed: new Set() }), REVEAL_MS);
    }
    this.view = { ...this.view, ...change };
    if ("draft" in change || "typing" in change || "editing" in change) this.keepWork();
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
    this.forgetWork();
    const pairing = kept.pairing ?? null;
    this.view = { ...freshView(), ...this.lasting(), screen: "case", pairing };
    this.tablet.forget();
    this.client.start();
  }

  private async lookForOwnCases(): Promise<void> {
    const { account } = this.view;
    let ownCases: StaffView["ownCases"];
    try {
      ownCases = await fetchOwnCases();
    } catch (error) {
      if (isSignedOut(error)) {
        if (this.view.account !== account) return;
        this.set({ account: null, ownCases: [], signingIn: true });
        // Also which ways in there are.
        void this.askSession();
        return;
      }
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
    // Who it is may become known only now: on a slow network somebody presses before the server has said it.
    const signedOutMeanwhile = (): boolean => account !== null && this.view.account !== account;
    try {
      const kept = await how();
      // Nobody is to be led into a case then.
      if (!signedOutMeanwhile()) this.goInto(kept);
    } catch (error) {
      if (signedOutMeanwhile()) return;
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
    if (signingIn) return;
    // Another tab may have ended what this one was refused. In a case, it may be the sign-in from before that holds.
    const { screen, startTrouble } = this.view;
    if (screen === "start" && startTrouble?.startsWith("provider_") === true) this.set({ startTrouble: null });
    void this.lookForOwnCases();
    if (this.view.returning) this.backToCase();
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

  /** The case stays, with all that was begun in it. */
  private signInAgain(): void {
    this.client.outOfSight();
    this.set({ screen: "start", signingIn: true, returning: true, startTrouble: null });
    void this.askWays();
  }

  private async askWays(): Promise<void> {
    try {
      const { provider } = await currentSession();
      if (provider !== undefined) this.set({ provider });
    } catch {
      // What was known of them before must do.
    }
  }

  private backToCase(): void {
    this.set({ screen: "case", returning: false, signingIn: false, startTrouble: null });
    // The connection that is there belongs to the sign-in before.
    this.client.start();
  }

  private async signOut(): Promise<void> {
    const gone = { account: null, ownCases: [], signingIn: true, opening: false };
    try {
      const elsewhere = await signOut();
      this.tickets.clear();
      this.forgetWork();
      if (elsewhere !== null) window.location.assign(elsewhere);
      this.set({ ...gone, startTrouble: null });
    } catch (error) {
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      const left = trouble === "sign_out_unnoted";
      if (left) {
        this.tickets.clear();
        this.forgetWork();
      }
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
      const pairTrouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      // With a tablet connected, or expected back, there is no card that would say so.
      this.set({ showPairing: true, pairTrouble });
    } finally {
      if (this.renewing === kept.case) this.renewing = null;
    }
  }

  private interpreterCalled(interpreterCalledAt: number): void {
    const kept = this.tickets.load();
    if (kept !== null) this.tickets.save({ ...kept, interpreterCalledAt });
    this.set({ interpreterCalledAt });
  }

  private leaveCase(): void {
    this.client.leave();
    this.forgetWork();
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
    const { editing } = this.view;
    const typed = this.editedText !== null && this.editedText !== editorText(editing?.initial);
    // It would be lost with its editor; what becomes of a value on its way is said there, too.
    if (editing !== null && (typed || editing.pending !== null) && goToEditor()) {
      if (editing.pending === null && editing.key !== key) {
        this.set({ editing: { ...editing, problem: "slot.unsaved" } });
      }
      return;
    }
    const { form } = this.client.state.conversation;
    const { value: initial, others } = seen(findSlot(form, key));
    const person = whose(form, key);
    this.editedText = null;
    const fresh = { text: null, told: null, pending: null, problem: null };
    this.set({ editing: { key, initial, others, person, ...fresh } });
  }

  private change(act: () => void, key?: string): void {
    if (!signatureAtStake(this.client.state.conversation, key)) {
      act();
      return;
    }
    this.set({ voiding: act });
    askToVoid();
  }

  private stopEditing(): void {
    const { editing } = this.view;
    const key = editing?.pending?.key ?? editing?.key;
    this.editedText = null;
    this.set({ editing: null });
    if (key === undefined) return;
    this.renderNow();
    leaveEditor(key);
  }

  private context(): StaffContext {
    return {
      t: texts(this.ui),
      ui: this.ui,
      state: this.client.state,
      client: this.client,
      view: this.view,
      scroll: this.scroll,
      draft: this.draft,
      set: (change) => this.set(change),
      mitIdNow: () => this.view.mitId,
      renewPairing: () => void this.renewPairing(),
      interpreterCalled: (askedAt) => this.interpreterCalled(askedAt),
      openCase: () => void this.openCase(),
      openAgain: (id) => void this.openAgain(id),
      lookForOwnCases: () => void this.lookForOwnCases(),
      signIn: (name, password, code) => void this.signIn(name, password, code),
      signOut: () => void this.signOut(),
      signInAgain: () => this.signInAgain(),
      backToCase: () => this.backToCase(),
      leaveCase: () => this.leaveCase(),
      showEvidence: (evidence) => this.showEvidence(evidence),
      edit: (key) => this.edit(key),
      confirm: ({ key, value }) =>
        this.change(() => {
          if (this.client.send({ type: "confirm_slot", key, value })) this.confirming = key;
        }, key),
      change: (act, key) => this.change(act, key),
      edited: (text) => {
        this.editedText = text;
        this.keepWork();
      },
      stopEditing: () => this.stopEditing(),
    };
  }

  private chooseLang(lang: UiLang): void {
    this.ui = lang;
    keepLang(LANG_KEY, lang);
    this.schedule();
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
      html`${header(ctx, LANGS, (lang) => this.chooseLang(lang))}${this.view.screen === "start" ? startScreen(ctx) : caseScreen(ctx)}`,
      this.root,
    );
    this.scroll.afterRender();
    const { conversation } = ctx.state;
    const informed = accepted(conversation, "staff", "ai_disclosure");
    this.focus.afterRender(`${this.view.screen} ${conversation.role} ${informed}`);
  }
}
