// Opening a case on a slow network: who is signed in may be known only after somebody has pressed.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { StaffView } from "../../src/staff/context";
import { FakeMedia, fakeStore, settled } from "./fake-media";

const { StaffApp } = await import("../../src/staff/app");
const { Connection } = await import("../../src/protocol/connection");

interface Console {
  view: StaffView;
  openCase(): Promise<void>;
  signOut(): Promise<void>;
}

const PAIRING = { code: "123456", expires_in_s: 600, qr_svg: "" };
const ANNE = { accounts: true, account: { name: "anne", role: "staff" } };

let answers: Map<string, (body: unknown, status?: number) => void>;
let page: Console;

beforeEach(() => {
  answers = new Map();
  const element = (): unknown => ({ setAttribute: () => {}, append: () => {}, replaceChildren: () => {}, querySelectorAll: () => [] });
  const quiet = { addEventListener: () => {}, setInterval: () => 0, clearInterval: () => {}, setTimeout, clearTimeout };
  const location = { protocol: "http:", host: "x", search: "", pathname: "/staff" };
  // Nothing is drawn.
  vi.stubGlobal("window", { ...quiet, location, requestAnimationFrame: () => 0, localStorage: fakeStore(), sessionStorage: fakeStore() });
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible", body: element(), createElement: element });
  vi.stubGlobal("navigator", { mediaDevices: new FakeMedia([]) });
  vi.stubGlobal("fetch", (path: string, { method = "GET" }: RequestInit) => {
    return new Promise((done) => {
      answers.set(`${method} ${path}`, (body, status = 200) => done(new Response(JSON.stringify(body), { status })));
    });
  });
  vi.spyOn(Connection.prototype, "start").mockImplementation(() => {});
  page = new StaffApp(element() as HTMLElement) as unknown as Console;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function answer(request: string, body: unknown, status?: number): Promise<void> {
  answers.get(request)?.(body, status);
  await settled();
}

const opened = (): Promise<void> => answer("POST /api/cases", { case: "a", ticket: "t", pairing: PAIRING });

test("whoever presses before it is known who they are comes into the case", async () => {
  void page.openCase();
  await answer("GET /api/session", ANNE);
  await opened();
  expect([page.view.screen, page.view.opening, page.view.account]).toEqual(["case", false, "anne"]);
});

test("and can press again if no case could be opened", async () => {
  void page.openCase();
  await answer("GET /api/session", ANNE);
  await answer("POST /api/cases", { code: "not_saved" }, 503);
  expect(page.view).toMatchObject({ screen: "start", opening: false, startTrouble: "not_saved" });
});

test("whoever has signed out meanwhile is led into none", async () => {
  await answer("GET /api/session", ANNE);
  void page.openCase();
  void page.signOut();
  await answer("DELETE /api/session", {});
  await opened();
  expect(page.view).toMatchObject({ screen: "start", opening: false, account: null });
});
