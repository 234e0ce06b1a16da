import { afterEach, describe, expect, test, vi } from "vitest";
import { currentSession, PROVIDER_SIGN_IN, providerTrouble, signOut } from "../../src/protocol/api";
import { texts } from "../../src/i18n/i18n";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("signing in at a provider", () => {
  test("comes back with a reason that the page can say", () => {
    for (const [search, trouble] of [
      ["?sign_in=refused", "provider_refused"],
      ["?sign_in=no_role", "provider_no_role"],
      ["?sign_in=unavailable", "provider_unavailable"],
    ] as const) {
      expect(providerTrouble(search)).toBe(trouble);
      for (const lang of ["da", "en"] as const) {
        expect(texts(lang)(`error.${trouble}`)).not.toBe(`error.${trouble}`);
      }
    }
    for (const search of ["", "?sign_in=", "?sign_in=<b>", "?x=refused"]) {
      expect(providerTrouble(search)).toBeNull();
    }
    expect(PROVIDER_SIGN_IN).toBe("/api/oidc/start");
  });

  test("is not known while the server is away", async () => {
    const answers = [
      () => Promise.reject(new TypeError("no network")),
      () => Promise.resolve(new Response("<h1>Bad Gateway</h1>", { status: 502 })),
      () => Promise.resolve(Response.json({ accounts: false, account: null })),
    ];
    vi.stubGlobal("fetch", () => answers.shift()?.());
    await expect(currentSession()).rejects.toMatchObject({ trouble: "unreachable" });
    await expect(currentSession()).rejects.toMatchObject({ trouble: "unexpected", status: 502 });
    expect(await currentSession()).toEqual({ accounts: false, account: null });
  });

  test("ends at the provider, too", async () => {
    const url = "https://login.example.dk/session/end?client_id=tolkebot";
    const answers = [Response.json({ sign_out_at: url }), new Response(null, { status: 204 })];
    vi.stubGlobal("fetch", () => Promise.resolve(answers.shift()));
    expect(await signOut()).toBe(url);
    expect(await signOut()).toBeNull();
  });

  test("has not ended where the server could not note it or did not hear of it", async () => {
    const answers = [
      () => Promise.resolve(Response.json({ code: "not_saved", message: "away" }, { status: 503 })),
      () => Promise.resolve(new Response("<h1>Bad Gateway</h1>", { status: 502 })),
      () => Promise.reject(new TypeError("no network")),
    ];
    vi.stubGlobal("fetch", () => answers.shift()?.());
    await expect(signOut()).rejects.toMatchObject({ trouble: "sign_out_unnoted" });
    await expect(signOut()).rejects.toMatchObject({ trouble: "unexpected" });
    await expect(signOut()).rejects.toMatchObject({ trouble: "unreachable" });
  });
});
