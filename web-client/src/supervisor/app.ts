// The supervisor's page: state, actions and the frame around its screens.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { chosenLang, keepLang, texts, type UiLang } from "../i18n/i18n";
import { ApiFailure, currentSession, signIn, signOut } from "../protocol/api";
import { fetchOutbox, retryDelivery } from "../protocol/outbox-api";
import { approveCase, fetchQueue, fetchReview, returnCase } from "../protocol/review-api";
import { aiBadge, alertBox, apiTroubleText, languageSwitch } from "../ui/parts";
import { REVEAL_MS, toggled } from "../ui/reveal";
import { signInWays } from "../ui/sign-in";
import type { SupervisorContext, SupervisorView } from "./context";
import { queueScreen, waitingScreen } from "./queue";
import { reviewScreen } from "./review";

const LANGS = ["da", "en"] as const satisfies readonly UiLang[];
const LANG_KEY = "tolkebot.supervisor.lang";

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
    comments: [],
    revealed: new Set(),
  };
  private coverTimer: number | undefined;

  constructor(private readonly root: HTMLElement) {
    this.render();
    void this.begin();
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

  /** Does something with the server and says what went wrong. */
  private async act(work: () => Promise<Partial<SupervisorView>>): Promise<void> {
    if (this.view.busy) return;
    this.set({ busy: true, trouble: null });
    try {
      this.set({ ...(await work()), busy: false });
    } catch (error) {
      const trouble = error instanceof ApiFailure ? error.trouble : "unexpected";
      this.set({ busy: false, trouble, signingIn: trouble === "signed_out" || this.view.signingIn });
    }
  }

  private load(): Promise<void> {
    return this.act(() => this.lists());
  }

  /** What waits for a person: cases to judge, and deliveries that failed. */
  private async lists(noCases = this.view.noCases): Promise<Partial<SupervisorView>> {
    const queue = noCases ? [] : await fetchQueue();
    const none = { review: null, comments: [], revealed: new Set<string>() };
    return { queue, outbox: await fetchOutbox(), ...none };
  }

  private async signOut(): Promise<Partial<SupervisorView>> {
    const gone = {
      review: null,
      comments: [],
      revealed: new Set<string>(),
      queue: [],
      outbox: [],
      signingIn: true,
      account: null,
      noCases: false,
    };
    try {
      const elsewhere = await signOut();
      if (elsewhere !== null) window.location.assign(elsewhere);
      return gone;
    } catch (error) {
      if (!(error instanceof ApiFailure && error.trouble === "sign_out_unnoted")) throw error;
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
      signIn: (name, password, code) =>
        void this.act(async () => {
          const session = await signIn(name, password, code);
          const noCases = session.account?.role === "admin";
          return {
            ...(await this.lists(noCases)),
            ready: true,
            signingIn: false,
            account: session.account?.name ?? null,
            noCases,
          };
        }),
      signOut: () => void this.act(() => this.signOut()),
      begin: () => void this.begin(),
      refresh: () => void this.load(),
      look: (wanted) =>
        void this.act(async () => ({
          review: await fetchReview(wanted),
          comments: [],
          revealed: new Set<string>(),
        })),
      back: () => void this.load(),
      remark: (key, text) => {
        const others = this.view.comments.filter((one) => one.key !== key);
        const own = text.trim() === "" ? [] : [{ key, text: text.trim() }];
        this.view = { ...this.view, comments: [...others, ...own] };
      },
      reveal: (key) => {
        window.clearTimeout(this.coverTimer);
        this.coverTimer = window.setTimeout(() => this.set({ revealed: new Set() }), REVEAL_MS);
        this.set({ revealed: toggled(view.revealed, key) });
      },
      sendBack: (reason) =>
        void this.act(async () => {
          await returnCase(id, { reason, comments: this.view.comments });
          return this.lists();
        }),
      approve: () =>
        void this.act(async () => {
          await approveCase(id, { digest: view.review?.stage.digest ?? "" });
          return this.lists();
        }),
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
      view.trouble === null ? nothing : alertBox("error", apiTroubleText(t, view.trouble));
    const screen = view.noAccounts
      ? html`<main id="main" class="review" tabindex="-1">
          <h1>${t("review.title")}</h1>
          ${alertBox("info", t("review.no_accounts"))}
        </main>`
      : view.signingIn
      ? html`<main id="main" class="start" tabindex="-1">
          ${signInWays(t, view.busy, nothing, view.provider, (...typed) => ctx.signIn(...typed))}
        </main>`
      : !view.ready
      ? waitingScreen(ctx)
      : view.review === null
        ? queueScreen(ctx)
        : reviewScreen(ctx, view.review);
    render(
      html`${this.header(ctx)}
        <div class="banners" role="alert">${trouble}</div>
        ${screen}`,
      this.root,
    );
  }
}
