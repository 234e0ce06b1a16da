// The supervisor's page: state, actions and the frame around its screens.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { chosenLang, keepLang, texts, type UiLang } from "../i18n/i18n";
import {
  ApiFailure,
  currentSession,
  isOutdated,
  isRefused,
  providerTrouble,
  signIn,
  signOut,
} from "../protocol/api";
import { fetchOutbox, retryDelivery } from "../protocol/outbox-api";
import { approveCase, fetchQueue, fetchReview, returnCase } from "../protocol/review-api";
import { beganAtSupervisor, forgetBegun, leftSupervisor } from "../protocol/sign-in-return";
import { tabStorage } from "../protocol/ticket-store";
import type { CaseId, FieldComment, ReviewView } from "../protocol/types";
import { aiBadge, alertBox, openingTroubleBox, languageSwitch } from "../ui/parts";
import { REVEAL_MS, toggled } from "../ui/reveal";
import { ScreenFocus } from "../ui/screen-focus";
import { signInWays } from "../ui/sign-in";
import type { SupervisorContext, SupervisorView } from "./context";
import { queueScreen, waitingScreen } from "./queue";
import { Drafts, isWritten, NO_DRAFT, withRemark, type Draft } from "./drafts";
import { judgedKeys, reviewScreen } from "./review";
import { changedKeys, shownOf, staleNotice } from "./stale";

const LANGS = ["da", "en"] as const satisfies readonly UiLang[];
const LANG_KEY = "tolkebot.supervisor.lang";

/** No case is looked at. */
const NO_CASE = { review: null, draft: NO_DRAFT, revealed: new Set<string>() };

function trimmed({ key, text }: FieldComment): FieldComment {
  return { key, text: text.trim() };
}

/** The supervisor's page. */
export class SupervisorApp {
  private ui: UiLang = chosenLang(LANG_KEY, LANGS, "da");
  private view: SupervisorView = {
    ready: false,
    signingIn: false,
    provider: null,
    noAccounts: false,
    account: null,
    busy: false,
    trouble: null,
    noCases: false,
    queue: [],
    outbox: [],
    review: null,
    draft: NO_DRAFT,
    revealed: new Set(),
    done: null,
    stale: null,
  };
  private readonly focus = new ScreenFocus();
  private readonly drafts = new Drafts(tabStorage());
  private coverTimer: number | undefined;
  /** What the server is being asked, or was asked last. */
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly root: HTMLElement) {
    this.render();
    forgetBegun(tabStorage());
    void this.begin().then(() => this.sayWhyNotLetIn());
  }

  /** Why the OpenID provider's sign-in failed, if that is what the page was opened with. */
  private sayWhyNotLetIn(): void {
    const trouble = providerTrouble(window.location.search);
    if (trouble === null) return;
    window.history.replaceState(null, "", window.location.pathname);
    // That the server is away is told first.
    if (this.view.trouble === null) this.set({ trouble });
  }

  private begin(): Promise<void> {
    return this.act(async () => {
      const session = await currentSession();
      const provider = session.provider ?? null;
      if (session.account === null) {
        return {
          ready: true,
          signingIn: session.accounts,
          noAccounts: !session.accounts,
          provider,
        };
      }
      const noCases = session.account.role === "admin";
      this.set({ account: session.account.name, noCases, provider });
      return { ...(await this.lists(noCases)), ready: true };
    });
  }

  private set(change: Partial<SupervisorView>): void {
    this.view = { ...this.view, ...change };
    this.render();
  }

  /** Does something with the server and says what went wrong. One thing at a time: more is passed over. */
  private act(work: () => Promise<Partial<SupervisorView>>): Promise<void> {
    if (!this.view.busy) this.running = this.doAct(work);
    return this.running;
  }

  private async doAct(work: () => Promise<Partial<SupervisorView>>): Promise<void> {
    this.set({ busy: true, trouble: null, done: null, stale: null });
    try {
      this.set({ ...(await work()), busy: false });
    } catch (error) {
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      this.set({ busy: false, trouble, signingIn: trouble === "signed_out" || this.view.signingIn });
    }
    this.leadToTrouble();
  }

  /** What is said above a long case would be out of sight for whoever pressed something below it. */
  private leadToTrouble(): void {
    const said = document.getElementById("trouble");
    if (said === null || (this.view.trouble === null && this.view.stale === null)) return;
    const { top, bottom } = said.getBoundingClientRect();
    const inSight = top >= 0 && bottom <= window.innerHeight;
    // What was looked at is gone: reading begins anew, with the reason.
    if (this.view.stale !== null || !inSight) said.focus();
  }

  private load(): Promise<void> {
    return this.act(() => this.lists());
  }

  /** What waits for a person: cases to judge, and deliveries that failed. */
  private async lists(noCases = this.view.noCases): Promise<Partial<SupervisorView>> {
    const queue = noCases ? [] : await fetchQueue();
    return { queue, outbox: await fetchOutbox(), ...NO_CASE };
  }

  /** A case, with what was written about it before. */
  private async look(id: CaseId): Promise<Partial<SupervisorView>> {
    const review = await fetchReview(id);
    const { comments, reason } = this.drafts.of(this.view.account, id);
    // A field that is gone has no place where its remark could be seen or deleted.
    const there = judgedKeys(review);
    const draft = { comments: comments.filter(({ key }) => there.has(key)), reason };
    return { review, draft, revealed: new Set() };
  }

  private async signIn(...typed: [string, string, string]): Promise<Partial<SupervisorView>> {
    const { account: before, review } = this.view;
    const session = await signIn(...typed);
    forgetBegun(tabStorage());
    const account = session.account?.name ?? null;
    const noCases = session.account?.role === "admin";
    const lists = await this.lists(noCases);
    // Whoever signed in again is in the middle of judging this one.
    const again = review !== null && account === before ? await this.lookIfAllowed(review) : {};
    return { ...lists, ...again, ready: true, signingIn: false, account, noCases };
  }

  private async lookIfAllowed(review: ReviewView): Promise<Partial<SupervisorView>> {
    try {
      return await this.look(review.case);
    } catch (error) {
      // Somebody else has dealt with it: then there is only the list.
      if (isRefused(error)) return {};
      throw error;
    }
  }

  /** Decides about the case as it is shown. If it has changed, it is fetched anew instead. */
  private async decide(
    review: ReviewView,
    what: "approved" | "returned",
    tell: () => Promise<unknown>,
  ): Promise<Partial<SupervisorView>> {
    try {
      await tell();
    } catch (error) {
      if (!isOutdated(error)) throw error;
      const lists = await this.lists();
      const now = await this.lookIfAllowed(review);
      const changed = now.review ? changedKeys(review, now.review) : [];
      return { ...lists, ...now, stale: { id: review.case, changed } };
    }
    return this.decided(review.case, what);
  }

  private write(id: CaseId, draft: Draft): void {
    this.drafts.put(this.view.account, id, draft);
    this.set({ draft });
  }

  /** A case was decided: what was written about it has been sent. */
  private async decided(id: CaseId, what: "approved" | "returned"): Promise<Partial<SupervisorView>> {
    this.drafts.put(this.view.account, id, NO_DRAFT);
    // Whatever becomes of the list: this case is not to be decided again.
    const queue = this.view.queue.filter((line) => line.case !== id);
    this.set({ ...NO_CASE, queue, done: { id, what } });
    return this.lists();
  }

  /** Whoever leaves has pressed once and goes: it waits for what is being asked instead of being passed over. */
  private async leave(): Promise<void> {
    await this.running;
    if (this.view.account !== null) await this.act(() => this.signOut());
  }

  private async signOut(): Promise<Partial<SupervisorView>> {
    const gone = {
      ...NO_CASE,
      queue: [],
      outbox: [],
      signingIn: true,
      account: null,
      noCases: false,
    };
    try {
      const elsewhere = await signOut();
      this.drafts.clear();
      if (elsewhere !== null) {
        leftSupervisor(tabStorage(), Date.now());
        window.location.assign(elsewhere);
      }
      return gone;
    } catch (error) {
      if (!(error instanceof ApiFailure && error.trouble === "sign_out_unnoted")) throw error;
      this.drafts.clear();
      return { ...gone, trouble: error.trouble };
    }
  }

  private context(): SupervisorContext {
    const { view } = this;
    const id = view.review?.case ?? "";
    return {
      t: texts(this.ui),
      ui: this.ui,
      view,
      signIn: (...typed) => void this.act(() => this.signIn(...typed)),
      signOut: () => void this.leave(),
      begin: () => void this.begin(),
      refresh: () => void this.load(),
      look: (wanted) => void this.act(() => this.look(wanted)),
      back: () => void this.load(),
      remark: (key, text) => this.write(id, withRemark(this.view.draft, key, text)),
      explain: (reason) => this.write(id, { ...this.view.draft, reason }),
      reveal: (key) => {
        window.clearTimeout(this.coverTimer);
        this.coverTimer = window.setTimeout(() => this.set({ revealed: new Set() }), REVEAL_MS);
        this.set({ revealed: toggled(view.revealed, key) });
      },
      sendBack: () => {
        const { review } = view;
        if (review === null) return;
        const { reason, comments } = this.view.draft;
        const body = { ...shownOf(review), reason: reason.trim(), comments: comments.map(trimmed) };
        void this.act(() => this.decide(review, "returned", () => returnCase(id, body)));
      },
      approve: () => {
        const { review } = view;
        // What was written would be lost.
        if (review === null || isWritten(this.view.draft)) return;
        void this.act(() => this.decide(review, "approved", () => approveCase(id, shownOf(review))));
      },
      retry: (wanted) => void this.act(async () => ({ outbox: await retryDelivery(wanted) })),
    };
  }

  private header(ctx: SupervisorContext): TemplateResult {
    const { t, view } = ctx;
    return html`<header class="bar">
      <a class="skip" href="#main">${t("app.skip")}</a>
      <p class="bar__name">${t("app.name")}</p>
      ${aiBadge(t)}
      <span class="bar__space"></span>
      ${view.account === null
        ? nothing
        : html`<button type="button" class="bar__button" @click=${() => ctx.signOut()}>
            <span>${t("staff.sign_in.out", { name: view.account })}</span>
          </button>`}
      ${languageSwitch(t, this.ui, LANGS, (lang) => {
        this.ui = lang;
        keepLang(LANG_KEY, lang);
        this.render();
      })}
    </header>`;
  }

  private render(): void {
    const ctx = this.context();
    const { t, view } = ctx;
    document.documentElement.lang = this.ui;
    document.title = `${t("review.title")} – ${t("app.name")}`;
    const trouble =
      view.stale !== null
        ? staleNotice(ctx, view.stale)
        : openingTroubleBox(t, view.trouble);
    const done =
      view.done === null
        ? nothing
        : alertBox("success", t(`review.done.${view.done.what}`, { id: view.done.id }));
    const screen = view.noAccounts
      ? html`<main id="main" class="review" tabindex="-1">
          <h1>${t("review.title")}</h1>
          ${alertBox("info", t("review.no_accounts"))}
        </main>`
      : view.signingIn
      ? html`<main id="main" class="start" tabindex="-1">
          ${signInWays(
            t,
            view.busy,
            nothing,
            view.provider,
            (...typed) => ctx.signIn(...typed),
            () => beganAtSupervisor(tabStorage(), Date.now()),
            view.trouble === "provider_no_role",
          )}
        </main>`
      : !view.ready
      ? waitingScreen(ctx)
      : view.review === null
        ? queueScreen(ctx)
        : reviewScreen(ctx, view.review);
    this.focus.beforeRender();
    render(
      html`${this.header(ctx)}
        <div class="banners">
          <div id="trouble" role="alert" tabindex="-1">${trouble}</div>
          <div role="status">${done}</div>
        </div>
        ${screen}`,
      this.root,
    );
    const listed = view.review === null ? "queue" : `case ${view.review.case}`;
    this.focus.afterRender(view.signingIn ? "sign-in" : listed);
  }
}
