// Behind the sign-in form nobody sees that a microphone listens, nor could switch it off.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConversationClient } from "../../src/client/conversation-client";
import { KeptMicrophone } from "../../src/client/kept-microphone";
import { emptyConversation } from "../../src/protocol/fold";
import { FakeMedia, fakeStore, HEADSET, LAPTOP, Opener, settled } from "./fake-media";

const held = vi.hoisted(() => ({ open: (): unknown => null }));
vi.mock("../../src/audio/microphone", () => ({ Microphone: { open: (...args: never[]) => (held.open as (...all: never[]) => unknown)(...args) } }));

const { StaffApp } = await import("../../src/staff/app");
const { Connection } = await import("../../src/protocol/connection");

interface Console {
  client: ConversationClient;
  signInAgain(): void;
}

let opener: Opener;
let sent: string[];
let tab: ReturnType<typeof fakeStore>;
let page: Console;

beforeEach(async () => {
  const media = new FakeMedia([HEADSET, LAPTOP]);
  opener = new Opener(media);
  held.open = opener.open as never;
  sent = [];
  tab = fakeStore();
  const element = (): unknown => ({ setAttribute: () => {}, append: () => {}, replaceChildren: () => {}, querySelectorAll: () => [] });
  const quiet = { addEventListener: () => {}, setInterval: () => 0, clearInterval: () => {}, setTimeout, clearTimeout };
  const location = { protocol: "http:", host: "x", search: "", pathname: "/staff" };
  // Nothing is drawn.
  vi.stubGlobal("window", { ...quiet, location, requestAnimationFrame: () => 0, localStorage: fakeStore(), sessionStorage: tab });
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible", body: element(), createElement: element });
  vi.stubGlobal("navigator", { mediaDevices: media });
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no network")));
  vi.spyOn(Connection.prototype, "send").mockImplementation(({ type }) => {
    sent.push(type);
    return true;
  });
  page = new StaffApp(element() as HTMLElement) as unknown as Console;
  page.client.state = { ...page.client.state, conversation: { ...emptyConversation(), caseId: "a" } };
  await settled();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const isReminded = (): boolean => new KeptMicrophone("tolkebot.staff.microphone", tab).wasOn("a");

test("the microphone goes off on the way there, and that is told on the way back", async () => {
  page.client.toggleMicrophone();
  await settled();
  expect(opener.hearing).toEqual(["Jabra Evolve"]);
  page.signInAgain();
  expect([opener.hearing, page.client.state.mic.kind, sent]).toEqual([[], "off", ["start_audio", "end_audio"]]);
  expect(isReminded()).toBe(true);
});

test("one that is still starting does not come on there", async () => {
  page.client.toggleMicrophone();
  page.signInAgain();
  await settled();
  expect([opener.hearing, page.client.state.mic.kind, sent]).toEqual([[], "off", []]);
});

test("a try ends, the choice is put away, and nothing is told of a microphone that was off", async () => {
  page.client.sound.toggle();
  page.client.sound.toggleTrial();
  await settled();
  expect(opener.hearing).toEqual(["Jabra Evolve"]);
  page.signInAgain();
  expect([opener.hearing, page.client.state.sound.shown, isReminded()]).toEqual([[], false, false]);
});
