// What a screen tells the server and the person when its microphone is taken away in a conversation.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyConversation } from "../../src/protocol/fold";
import { FakeMedia, fakeStore, HEADSET, LAPTOP, Opener, settled } from "./fake-media";

const held = vi.hoisted(() => ({ open: (): unknown => null }));
vi.mock("../../src/audio/microphone", () => ({ Microphone: { open: (...args: never[]) => (held.open as (...all: never[]) => unknown)(...args) } }));

const { ConversationClient } = await import("../../src/client/conversation-client");
const { Connection } = await import("../../src/protocol/connection");
const { TicketStore } = await import("../../src/protocol/ticket-store");

let media: FakeMedia;
let opener: Opener;
let sent: string[];
let client: InstanceType<typeof ConversationClient>;

beforeEach(async () => {
  media = new FakeMedia([HEADSET, LAPTOP]);
  opener = new Opener(media);
  held.open = opener.open as never;
  sent = [];
  const quiet = { addEventListener: () => {}, setInterval: () => 0, clearInterval: () => {}, setTimeout, clearTimeout };
  vi.stubGlobal("window", { ...quiet, localStorage: fakeStore(), sessionStorage: fakeStore() });
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible" });
  vi.stubGlobal("navigator", { mediaDevices: media });
  vi.spyOn(Connection.prototype, "send").mockImplementation(({ type }) => {
    sent.push(type);
    return true;
  });
  const box = { now: () => "", keep: () => {} };
  client = new ConversationClient("ws://x", new TicketStore("t", null, "staff"), () => {}, () => {}, () => {}, box);
  client.toggleMicrophone();
  await settled();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const codes = (): string[] => client.state.notices.map(({ code }) => code);

function speak(frames: number): void {
  for (let i = 0; i < frames; i += 1) opener.newest.hear(0.8);
}

async function pullOut(): Promise<void> {
  media.plugged = [LAPTOP];
  opener.newest.end();
  await settled();
}

test("what was said is settled, the other microphone begins anew, and a cut sentence is asked for again", async () => {
  expect([client.state.mic.kind, sent]).toEqual(["on", ["start_audio"]]);
  speak(6);
  await pullOut();
  expect(sent).toEqual(["start_audio", "end_audio", "start_audio"]);
  expect(client.state.mic.kind).toBe("on");
  expect(codes()).toEqual(["not_heard", "mic_changed"]);
  expect(client.state.notices[1]?.names).toEqual({ device: "Jabra Evolve", now: "Laptop Microphone" });
});

test("who was silent is asked for nothing, and who began to speak in the gap is", async () => {
  await pullOut();
  expect(codes()).toEqual(["mic_changed"]);
  speak(6);
  expect(codes()).toEqual(["mic_changed", "not_heard"]);
});

test("who begins to speak well after the gap was heard from the first word", async () => {
  await pullOut();
  for (let i = 0; i < 12; i += 1) opener.newest.hear(0.1);
  speak(6);
  expect(codes()).toEqual(["mic_changed"]);
});

test("without another one it stops, says so, and offers it again", async () => {
  media.plugged = [];
  opener.newest.end();
  await settled();
  expect(client.state.mic).toEqual({ kind: "trouble", trouble: "lost" });
  expect(sent).toEqual(["start_audio", "end_audio"]);
  await media.change(HEADSET);
  expect(codes()).toEqual(["mic_ready"]);
  client.toggleMicrophone();
  await settled();
  expect([client.state.mic.kind, codes()]).toEqual(["on", []]);
});

test("the headset's tick is gone with it, before the other microphone hears", async () => {
  client.sound.setHeadset(true);
  expect(client.state.fullDuplex).toBe(true);
  await pullOut();
  expect(client.state.fullDuplex).toBe(false);
});

test("a microphone that fell silent is not shown as listening", async () => {
  expect(client.state.sound.using).toBe("Jabra Evolve");
  opener.newest.end("silent");
  await settled();
  expect([client.state.mic, client.state.sound.using]).toEqual([{ kind: "trouble", trouble: "silent" }, null]);
});

test("nor is one in the gap before another one hears", async () => {
  media.wait = new Promise(() => {});
  await pullOut();
  expect([client.state.mic.kind, client.state.sound.using]).toEqual(["starting", null]);
});

test("who hears now is told until it is switched off, or another one is chosen", async () => {
  await pullOut();
  expect(codes()).toEqual(["mic_changed"]);
  client.toggleMicrophone();
  expect(codes()).toEqual([]);
  await media.change(HEADSET, LAPTOP);
  client.toggleMicrophone();
  await settled();
  media.refuses.set("laptop", "NotReadableError");
  client.sound.chooseMicrophone("laptop");
  await settled();
  expect(codes()).toEqual(["mic_unusable"]);
  media.refuses.clear();
  client.sound.chooseMicrophone(null);
  await settled();
  // The one that is still listening still is.
  expect(codes()).toEqual(["mic_unusable"]);
  client.sound.chooseMicrophone("laptop");
  await settled();
  expect([opener.hearing, codes()]).toEqual([["Laptop Microphone"], []]);
});

test("the end of the conversation ends a try, too", async () => {
  client.toggleMicrophone();
  client.sound.toggle();
  client.sound.toggleTrial();
  await settled();
  expect(opener.hearing).toEqual(["Jabra Evolve"]);
  client.leave();
  expect([opener.hearing, client.state.sound.shown]).toEqual([[], false]);
  expect(client.state.conversation).toEqual(emptyConversation());
});
