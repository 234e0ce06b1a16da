// The HTTP API.

import { isErrorCode } from "./policy";
import type { Seat } from "./ticket-store";
import type {
  ApiError,
  CaseId,
  CaseOpened,
  ErrorCode,
  OpenCase,
  OwnCase,
  PairTablet,
  Pairing,
  SigningTrouble,
  TabletPaired,
} from "./types";

/** Why a request failed: the server's reason, or that it could not be reached. */
export type ApiTrouble =
  | ErrorCode
  | "unreachable"
  /** No answer within the time that such a request may take; it may have been done all the same. */
  | "late"
  | "unexpected"
  /** Nobody is signed in here any more. */
  | "signed_out"
  /** Name, password or code is wrong. */
  | "wrong_password"
  /** The browser is signed out, and the server could not note it. */
  | "sign_out_unnoted"
  /** Too many wrong passwords. */
  | "locked"
  /** The OpenID provider cannot be reached. */
  | "provider_unavailable"
  /** The OpenID provider's answer was not accepted. */
  | "provider_refused"
  /** The OpenID provider knows who it is, but they have no role here. */
  | "provider_no_role"
  /** Whoever was to sign in at the OpenID provider would not. */
  | "provider_given_up";

/** A request that failed. */
export class ApiFailure extends Error {
  constructor(
    readonly trouble: ApiTrouble,
    message: string,
    /** Which one thing, where signing at NemLog-in is refused. */
    readonly signing: SigningTrouble | null = null,
    /** The answer's HTTP status; null without an answer. */
    readonly status: number | null = null,
  ) {
    super(message);
    this.name = "ApiFailure";
  }
}

/** True if somebody must sign in first. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiFailure && error.trouble === "signed_out";
}

/** True if the server knows who asks and says no: asking again will not help. */
export function isRefused(error: unknown): boolean {
  return error instanceof ApiFailure && (error.status === 403 || error.status === 404);
}

/** True if what was asked for does not fit how things are now: they changed since they were shown. */
export function isOutdated(error: unknown): boolean {
  return error instanceof ApiFailure && error.status === 409;
}

/** Opens a case. */
export function openCase(): Promise<CaseOpened> {
  return post<OpenCase, CaseOpened>("/api/cases", {});
}

/** The cases that wait for who is signed in here. */
export function fetchOwnCases(): Promise<OwnCase[]> {
  return get("/api/cases/own");
}

/** Redeems the code that the employee's screen shows. */
export function pairTablet(code: string): Promise<TabletPaired> {
  return post<PairTablet, TabletPaired>("/api/pair", { code });
}

/** A new code for a case's tablet; an earlier one is void. */
export function newPairing(id: CaseId): Promise<Pairing> {
  return post<OpenCase, Pairing>(`/api/cases/${encodeURIComponent(id)}/pairing`, {});
}

/** A new ticket for a case that this browser opened (staff) or was paired with (citizen). */
export function newTicket(id: CaseId, seat: Seat): Promise<TabletPaired> {
  const path = `/api/cases/${encodeURIComponent(id)}/ticket?role=${seat}`;
  return post<OpenCase, TabletPaired>(path, {});
}

/** Whether this server has accounts, and who is signed in. */
export interface SessionState {
  accounts: boolean;
  account: { name: string; role: string } | null;
  /** The OpenID provider where people can sign in, too, or only there. */
  provider?: { name: string; passwords: boolean };
  /** True if the server can judge what was signed at NemLog-in. */
  nemlogin?: boolean;
}

/** Whether this server has accounts, and who is signed in. Fails if the server cannot say. */
export function currentSession(): Promise<SessionState> {
  return get("/api/session");
}

/** Signs in. */
export async function signIn(name: string, password: string, code: string): Promise<SessionState> {
  const body = { name, password, code };
  try {
    return await post<typeof body, SessionState>("/api/session", body);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.trouble === "signed_out") throw new ApiFailure("wrong_password", error.message);
    if (error.trouble === "too_fast") throw new ApiFailure("locked", error.message);
    throw error;
  }
}

/** Where signing in at the OpenID provider begins. */
export const PROVIDER_SIGN_IN = "/api/oidc/start";

/** Why the OpenID provider's sign-in failed, from the address that it came back to, or null. */
export function providerTrouble(search: string): ApiTrouble | null {
  switch (new URLSearchParams(search).get("sign_in")) {
    case "unavailable":
      return "provider_unavailable";
    case "refused":
      return "provider_refused";
    case "no_role":
      return "provider_no_role";
    case "given_up":
      return "provider_given_up";
    default:
      return null;
  }
}

/**
 * Signs out. Returns where the browser must sign out as well, or null. Fails with `sign_out_unnoted`
 * if this browser has let go of its session, but the session goes on for who kept the cookie; with
 * any other trouble, nothing has changed.
 */
export async function signOut(): Promise<string | null> {
  const path = "/api/session";
  try {
    return await inTime(path, { method: "DELETE" }, WITHIN_MS, async (answer) => {
      if (answer.status === 204) return null;
      return (await content<{ sign_out_at?: string }>(path, answer)).sign_out_at ?? null;
    });
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.trouble === "signed_out") return null;
    if (error.trouble === "not_saved") throw new ApiFailure("sign_out_unnoted", error.message);
    throw error;
  }
}

/** Where the form can be fetched. */
export function formUrl(id: CaseId, kind: "pdf" | "json"): string {
  return `/api/cases/${encodeURIComponent(id)}/form.${kind}`;
}

/** Where the citizen's receipt can be fetched: to print, or as a file. */
export function receiptUrl(id: CaseId, kind: "pdf" | "html"): string {
  return `/api/cases/${encodeURIComponent(id)}/receipt.${kind}`;
}

/** The six digits in what a person typed, or null. */
export function digitsOfCode(typed: string): string | null {
  const digits = typed.replace(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** The pairing code in an address (`?code=123456` or `#code=123456` or `#123456`), or null. */
export function codeInAddress(search: string, hash: string): string | null {
  const bare = hash.replace(/^#/, "");
  return digitsOfCode(
    new URLSearchParams(search).get("code") ?? new URLSearchParams(bare).get("code") ?? bare,
  );
}

/** How long a request may take, ms: somewhat longer than the server gives itself (`timeouts.request_s`). */
export const WITHIN_MS = 35_000;
/** The same of one that carries documents (`timeouts.documents_s`): they take their time on a slow network. */
export const DOCUMENTS_WITHIN_MS = 180_000;

/** Asks for something. */
export function get<A>(path: string): Promise<A> {
  return ask(path, { headers: { accept: "application/json" } }, WITHIN_MS);
}

/** Asks for something to be done. */
export function post<B, A>(path: string, body: B, withinMs = WITHIN_MS): Promise<A> {
  const request = {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  };
  return ask(path, request, withinMs);
}

function ask<A>(path: string, request: RequestInit, withinMs: number): Promise<A> {
  return inTime(path, request, withinMs, (answer) => content(path, answer));
}

/** A request and the reading of its answer. A browser by itself waits for minutes, or for ever. */
async function inTime<A>(
  path: string,
  request: RequestInit,
  withinMs: number,
  read: (answer: Response) => Promise<A>,
): Promise<A> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), withinMs);
  try {
    return await read(await reached(path, { ...request, signal: limit.signal }));
  } catch (error) {
    if (limit.signal.aborted) throw new ApiFailure("late", `${path}: no answer in ${withinMs} ms`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function reached(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request);
  } catch (error) {
    throw new ApiFailure("unreachable", `${path}: ${String(error)}`);
  }
}

/** Statuses with which a server, or one on the way to it, says that it took too long. */
const TOO_LATE: ReadonlySet<number> = new Set([408, 504]);

/** What an answer says; throws what it says went wrong. */
async function content<A>(path: string, answer: Response): Promise<A> {
  let said: unknown;
  try {
    said = await answer.json();
  } catch {
    throw new ApiFailure(
      TOO_LATE.has(answer.status) ? "late" : "unexpected",
      `${path}: status ${answer.status} without JSON`,
      null,
      answer.status,
    );
  }
  if (!answer.ok) {
    const { code, message, signing } = (said ?? {}) as Partial<ApiError>;
    const known = isErrorCode(code) ? code : "unexpected";
    throw new ApiFailure(
      answer.status === 401 ? "signed_out" : known,
      `${path}: status ${answer.status}: ${message ?? "no message"}`,
      signing ?? null,
      answer.status,
    );
  }
  return said as A;
}
