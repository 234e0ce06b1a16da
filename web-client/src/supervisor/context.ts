// What the supervisor's views render from.

import type { T, UiLang } from "../i18n/i18n";
import type { ApiTrouble, SessionState } from "../protocol/api";
import type { CaseId, OutboxLine, QueueLine, ReviewView } from "../protocol/types";
import type { Draft } from "./drafts";

/** A case that changed while it was looked at. */
export interface Stale {
  id: CaseId;
  changed: string[];
}

/** Everything that the page shows. */
export interface SupervisorView {
  /** The server has said who is signed in and what waits; before that nothing is known. */
  ready: boolean;
  /** Somebody must sign in first. */
  signingIn: boolean;
  /** The OpenID provider where people can sign in, too, or only there. */
  provider: SessionState["provider"] | null;
  /** The server has no accounts: nobody can approve. */
  noAccounts: boolean;
  account: string | null;
  busy: boolean;
  trouble: ApiTrouble | null;
  /** Sees no cases: only what could not be handed in. */
  noCases: boolean;
  queue: QueueLine[];
  /** Approved cases that have not arrived. */
  outbox: OutboxLine[];
  /** The case that is looked at. */
  review: ReviewView | null;
  /** What was written about it and not sent. */
  draft: Draft;
  /** Sensitive values that are shown in full. */
  revealed: ReadonlySet<string>;
  /** What was decided last, until something else is done. */
  done: { id: CaseId; what: "approved" | "returned" } | null;
  /** The case that was not as shown when it was to be decided, with the fields that are different now. */
  stale: Stale | null;
}

/** Everything a supervisor's view needs. */
export interface SupervisorContext {
  t: T;
  ui: UiLang;
  view: SupervisorView;
  signIn(name: string, password: string, code: string): void;
  signOut(): void;
  /** Asks for everything again that could not be had when the page was opened. */
  begin(): void;
  refresh(): void;
  look(id: string): void;
  back(): void;
  remark(key: string, text: string): void;
  /** Why the case is to be sent back, as it is being typed. */
  explain(reason: string): void;
  /** Shows a sensitive value in full, or hides it again. */
  reveal(key: string): void;
  sendBack(): void;
  approve(): void;
  retry(id: string): void;
}
