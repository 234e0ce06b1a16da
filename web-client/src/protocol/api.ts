// The HTTP API.

import { isErrorCode } from "./policy";
import type {
  ApiError,
  CaseId,
  CaseOpened,
  ErrorCode,
  OpenCase,
  PairTablet,
  Pairing,
  TabletPaired,
} from "./types";

/** Why a request failed: the server's reason, or that it could not be reached. */
export type ApiTrouble =
  | ErrorCode
  | "unreachable"
  | "unexpected"
  /** Nobody is signed in here any more. */
  | "signed_out"
  /** Name, password or code is wrong. */
  | "wrong_password"
  /** Too many wrong passwords. */
  | "locked";

/** A request that failed. */
export class ApiFailure extends Error {
  constructor(
    readonly trouble: ApiTrouble,
    message: string,
  ) {
    super(message);
    this.name = "ApiFailure";
  }
}

/** Opens a case. */
export function openCase(): Promise<CaseOpened> {
  return post<OpenCase, CaseOpened>("/api/cases", {});
}

/** Redeems the code that the employee's screen shows. */
export function pairTablet(code: string): Promise<TabletPaired> {
  return post<PairTablet, TabletPaired>("/api/pair", { code });
}

/** A new code for a case's tablet; an earlier one is void. */
export function newPairing(id: CaseId): Promise<Pairing> {
  return post<OpenCase, Pairing>(`/api/cases/${encodeURIComponent(id)}/pairing`, {});
}

/** A new ticket for a case that this browser opened or was paired with. */
export function newTicket(id: CaseId): Promise<TabletPaired> {
  return post<OpenCase, TabletPaired>(`/api/cases/${encodeURIComponent(id)}/ticket`, {});
}

/** Whether this server has accounts, and who is signed in. */
export interface SessionState {
  accounts: boolean;
  account: { name: string; role: string } | null;
}

/** Who is signed in; nobody if the server cannot say. */
export async function currentSession(): Promise<SessionState> {
  try {
    const answer = await fetch("/api/session", { headers: { accept: "application/json" } });
    if (answer.ok) return (await answer.json()) as SessionState;
  } catch {
    // Whoever opens a case is told.
  }
  return { accounts: false, account: null };
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

/** Signs out. */
export async function signOut(): Promise<void> {
  try {
    await fetch("/api/session", { method: "DELETE" });
  } catch (error) {
    throw new ApiFailure("unreachable", `/api/session: ${String(error)}`);
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

/** Asks for something. */
export function get<A>(path: string): Promise<A> {
  return ask(path, { headers: { accept: "application/json" } });
}

/** Asks for something to be done. */
export function post<B, A>(path: string, body: B): Promise<A> {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
}

async function ask<A>(path: string, request: RequestInit): Promise<A> {
  let answer: Response;
  try {
    answer = await fetch(path, request);
  } catch (error) {
    throw new ApiFailure("unreachable", `${path}: ${String(error)}`);
  }
  let content: unknown;
  try {
    content = await answer.json();
  } catch {
    throw new ApiFailure("unexpected", `${path}: status ${answer.status} without JSON`);
  }
  if (!answer.ok) {
    const { code, message } = (content ?? {}) as Partial<ApiError>;
    const known = isErrorCode(code) ? code : "unexpected";
    throw new ApiFailure(
      answer.status === 401 ? "signed_out" : known,
      `${path}: status ${answer.status}: ${message ?? "no message"}`,
    );
  }
  return content as A;
}
