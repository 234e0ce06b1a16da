import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DOCUMENTS_WITHIN_MS, fetchOwnCases, openCase, signOut, WITHIN_MS } from "../../src/protocol/api";
import { handInSigned } from "../../src/protocol/signing-api";

/** Rejects once the request is given up, as a browser does. */
function never(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
  });
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What becomes of a request within the time; null while it waits. */
async function after(ms: number, request: () => Promise<unknown>): Promise<unknown> {
  let end: unknown = null;
  request().then(
    (value: unknown) => (end = value),
    (error: unknown) => (end = error),
  );
  await vi.advanceTimersByTimeAsync(ms);
  return end;
}

const LATE = { trouble: "late" };

describe("a server that hangs", () => {
  test("is waited for only so long, whatever is asked", async () => {
    vi.stubGlobal("fetch", (_: string, request: RequestInit) => never(request.signal));
    for (const request of [openCase, fetchOwnCases, signOut]) {
      expect(await after(WITHIN_MS - 1, request)).toBeNull();
      expect(await after(WITHIN_MS, request)).toMatchObject(LATE);
    }
    const handIn = (): Promise<unknown> => handInSigned("a", "JVBERi0=", null);
    expect(await after(DOCUMENTS_WITHIN_MS - 1, handIn)).toBeNull();
    expect(await after(DOCUMENTS_WITHIN_MS, handIn)).toMatchObject(LATE);
    expect(DOCUMENTS_WITHIN_MS).toBeGreaterThan(WITHIN_MS);
  });

  test("is not waited for in the middle of its answer either", async () => {
    vi.stubGlobal("fetch", (_: string, request: RequestInit) =>
      Promise.resolve({ ok: true, status: 200, json: () => never(request.signal) }),
    );
    for (const request of [fetchOwnCases, signOut]) {
      expect(await after(WITHIN_MS, request)).toMatchObject(LATE);
    }
  });

  test("may say so itself, or a proxy for it", async () => {
    for (const status of [408, 504]) {
      vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status })));
      expect(await after(0, openCase)).toMatchObject(LATE);
    }
  });

  test("is told from one that answers, and no timer is left behind", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json([])));
    expect(await after(0, fetchOwnCases)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
