// Signing in again from a case at the OpenID provider: its answer comes with the page, back in the case.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { caseScreen } from "../../src/staff/case-screen";
import type { StaffContext } from "../../src/staff/context";
import { startScreen } from "../../src/staff/start";
import { FakeMedia, fakeStore, settled } from "./fake-media";
import { press, textOf } from "./template-text";

const { StaffApp } = await import("../../src/staff/app");
const { Connection } = await import("../../src/protocol/connection");

const NOBODY = { accounts: true, account: null, provider: { name: "Kommunen", passwords: false } };
const ANNE = { ...NOBODY, account: { name: "anne", role: "staff" } };
const AWAY = "Kommunens login-tjeneste svarer ikke.";

let tab: ReturnType<typeof fakeStore>;

beforeEach(() => {
  tab = fakeStore();
  vi.spyOn(Connection.prototype, "start").mockImplementation(() => {});
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The page as the provider's answer brings it back. */
async function back(search: string, session: unknown): Promise<() => StaffContext> {
  const element = (): unknown => ({ setAttribute: () => {}, append: () => {}, replaceChildren: () => {}, querySelectorAll: () => [] });
  const quiet = { addEventListener: () => {}, setInterval: () => 0, clearInterval: () => {}, setTimeout, clearTimeout };
  const location = { protocol: "http:", host: "x", search, pathname: "/staff" };
  const history = { replaceState: () => {} };
  // Nothing is drawn.
  vi.stubGlobal("window", { ...quiet, location, history, requestAnimationFrame: () => 0, localStorage: fakeStore(), sessionStorage: tab });
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible", body: element(), createElement: element });
  vi.stubGlobal("navigator", { mediaDevices: new FakeMedia([]) });
  vi.stubGlobal("fetch", (path: string) => Promise.resolve(Response.json(path === "/api/session" ? session : [])));
  const page = new StaffApp(element() as HTMLElement) as unknown as { context(): StaffContext };
  await settled();
  return () => page.context();
}

const inCase = (): void => tab.setItem("tolkebot.staff", JSON.stringify({ case: "a", ticket: "t" }));

test("why nobody was let in is said in the case", async () => {
  inCase();
  const now = await back("?sign_in=unavailable", NOBODY);
  expect(now().view.screen).toBe("case");
  expect(textOf(caseScreen(now()))).toContain(AWAY);
});

test("also while the sign-in from before holds, until it is put away", async () => {
  inCase();
  const now = await back("?sign_in=unavailable", ANNE);
  expect(textOf(caseScreen(now()))).toContain(AWAY);
  press(caseScreen(now()), "Luk")();
  expect(textOf(caseScreen(now()))).not.toContain(AWAY);
});

test("signing in again begins without it", async () => {
  inCase();
  const now = await back("?sign_in=given_up", NOBODY);
  expect(textOf(caseScreen(now()))).toContain("Du afbrød login.");
  now().signInAgain();
  expect(textOf(startScreen(now()))).not.toContain("Du afbrød login.");
});

test("outside of a case it is forgotten where another tab has signed in", async () => {
  const now = await back("?sign_in=unavailable", ANNE);
  expect(textOf(startScreen(now()))).not.toContain(AWAY);
  const nobody = await back("?sign_in=unavailable", NOBODY);
  expect(textOf(startScreen(nobody()))).toContain(AWAY);
});
