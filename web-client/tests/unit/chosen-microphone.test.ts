// The chosen microphone: opened, gone, back; and that nothing is lost without a word.

import { beforeEach, describe, expect, test } from "vitest";
import { DeviceList, type DeviceInfo, type MeantDevice, type SoundDevice } from "../../src/audio/device-list";
import { ChosenMicrophone } from "../../src/client/chosen-microphone";
import { CONFERENCE, FakeMedia, HEADSET, input, LAPTOP, Opener, settled } from "./fake-media";

let media: FakeMedia;
let opener: Opener;
let wanted: MeantDevice | null;
let spoken: boolean;
let now: number;
let told: string[];
let frames: number;
let microphone: ChosenMicrophone;

function device({ deviceId, label }: DeviceInfo): SoundDevice {
  return { id: deviceId, label };
}

function counter(...plugged: DeviceInfo[]): void {
  media = new FakeMedia(plugged);
  opener = new Opener(media);
  wanted = null;
  spoken = false;
  now = 0;
  told = [];
  frames = 0;
  const list = new DeviceList(media, () => microphone.listChanged());
  microphone = new ChosenMicrophone(
    { open: opener.open, list, wanted: () => wanted, isSpoken: () => spoken, now: () => now },
    {
      onFrame: () => (frames += 1),
      onOn: () => told.push("on"),
      onSwitched: () => told.push("switched"),
      onGap: () => told.push("gap"),
      onOff: (trouble) => told.push(`off: ${trouble}`),
      onTold: (code, names) => told.push([code, names.device, names.now].filter((one) => one !== undefined).join(" ")),
    },
  );
}

async function open(): Promise<void> {
  await microphone.open();
}

function choose(one: DeviceInfo): void {
  wanted = device(one);
  microphone.choiceChanged();
}

beforeEach(() => counter(LAPTOP, HEADSET));

describe("switched on", () => {
  test("without a choice it is the browser's own", async () => {
    await open();
    expect([media.asked, opener.hearing, told]).toEqual([[null], ["Laptop Microphone"], ["on"]]);
  });

  test("it is exactly the chosen one", async () => {
    wanted = device(HEADSET);
    await open();
    expect([media.asked, opener.hearing, told]).toEqual([["headset"], ["Jabra Evolve"], ["on"]]);
  });

  test("it is known by its name when ids were made anew", async () => {
    wanted = { id: "of last week", label: "Jabra Evolve" };
    await open();
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["on"]]);
  });

  test("also before names are told, when only trying shows that the id is another one now", async () => {
    media.allowed = false;
    wanted = { id: "of last week", label: "Jabra Evolve" };
    await open();
    expect(media.asked).toEqual(["of last week", null, "headset"]);
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["on"]]);
  });

  test("one that shares its name is not taken for another of that name, and is taken up again when it is back", async () => {
    const [one, other] = [input("1", "USB"), input("2", "USB")];
    counter(one);
    wanted = { id: "2", label: "USB", nameShared: true };
    await open();
    expect([media.asked, told]).toEqual([[null], ["on", "mic_absent USB"]]);
    await media.change(one, other);
    expect([opener.newest.device.id, told.slice(2)]).toEqual(["2", ["switched", "mic_back USB"]]);
  });

  test("a chosen one that is not there is named, once, and the browser's own is used", async () => {
    wanted = device(CONFERENCE);
    await open();
    expect([opener.hearing, told]).toEqual([["Laptop Microphone"], ["on", "mic_absent Conference USB"]]);
    microphone.close();
    await open();
    expect(told).toEqual(["on", "mic_absent Conference USB", "on"]);
  });

  test("one that another program holds is not quietly replaced", async () => {
    wanted = device(HEADSET);
    media.refuses.set("headset", "NotReadableError");
    await open();
    expect([opener.hearing, told]).toEqual([[], ["off: in_use"]]);
  });

  test("without permission, and without any microphone, it says so", async () => {
    media.refuses.set(null, "NotAllowedError");
    await open();
    expect(told).toEqual(["off: denied"]);
    counter();
    await open();
    expect(told).toEqual(["off: missing"]);
  });

  test("what was switched off while it started is closed, and nothing is told", async () => {
    let go = (): void => {};
    media.wait = new Promise((done) => (go = done));
    const opening = open();
    await settled();
    microphone.close();
    go();
    await opening;
    expect([opener.hearing, told, microphone.isOpen]).toEqual([[], [], false]);
  });
});

describe("taken away", () => {
  test("the chosen one is named, and the browser's own goes on", async () => {
    wanted = device(HEADSET);
    await open();
    media.plugged = [LAPTOP];
    opener.newest.end();
    expect(told).toEqual(["on", "gap"]);
    await settled();
    expect(told).toEqual(["on", "gap", "on", "mic_changed Jabra Evolve Laptop Microphone"]);
    expect([opener.hearing, microphone.device?.label]).toEqual([["Laptop Microphone"], "Laptop Microphone"]);
    opener.newest.hear(0.5);
    expect(frames).toBe(1);
  });

  test("one whose end the browser does not tell is missed in the list", async () => {
    wanted = device(HEADSET);
    await open();
    const before = opener.newest;
    await media.change(LAPTOP);
    expect([before.closed, opener.hearing]).toEqual([true, ["Laptop Microphone"]]);
    expect(told.slice(1)).toEqual(["gap", "on", "mic_changed Jabra Evolve Laptop Microphone"]);
    // Its late end is no second one, and it is heard no more.
    before.end();
    before.hear(0.5);
    await settled();
    expect([told.length, frames]).toEqual([4, 0]);
  });

  test("if nothing else is there, it stops and says so", async () => {
    wanted = device(HEADSET);
    await open();
    media.plugged = [];
    opener.newest.end();
    await settled();
    expect([told, microphone.isOpen]).toEqual([["on", "gap", "off: lost"], false]);
  });

  test("if it may not be asked for again, it says why", async () => {
    await open();
    media.refuses.set(null, "NotAllowedError");
    opener.newest.end();
    await settled();
    expect(told).toEqual(["on", "gap", "off: denied"]);
  });

  test("one that only fell silent is still there: it is not replaced by the same", async () => {
    await open();
    opener.newest.end("silent");
    await settled();
    expect([told, media.asked]).toEqual([["on", "off: silent"], [null]]);
  });

  test("a loose contact ends after some times, and counts anew later", async () => {
    await open();
    for (let i = 0; i < 3; i += 1) {
      opener.newest.end();
      await settled();
    }
    expect(told.filter((one) => one === "on")).toHaveLength(4);
    opener.newest.end();
    await settled();
    expect(told.at(-1)).toBe("off: lost");
    now = 20_000;
    await open();
    opener.newest.end();
    await settled();
    expect(told.at(-1)).toMatch(/^mic_changed/);
  });

  test("switched off meanwhile, it stays off", async () => {
    await open();
    opener.newest.end();
    microphone.close();
    await settled();
    expect([opener.hearing, told]).toEqual([[], ["on", "gap"]]);
  });
});

describe("back again", () => {
  beforeEach(async () => {
    wanted = device(HEADSET);
    await open();
    await media.change(LAPTOP);
    told = [];
  });

  test("the chosen one is used at once, without a gap", async () => {
    await media.change(LAPTOP, HEADSET);
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["switched", "mic_back Jabra Evolve"]]);
  });

  test("but not into a sentence: it waits for a pause", async () => {
    spoken = true;
    await media.change(LAPTOP, HEADSET);
    opener.newest.hear(0.5);
    await settled();
    expect([opener.hearing, told]).toEqual([["Laptop Microphone"], []]);
    spoken = false;
    opener.newest.hear(0.1);
    await settled();
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["switched", "mic_back Jabra Evolve"]]);
  });

  test("where there are no pauses it does not wait for ever", async () => {
    spoken = true;
    await media.change(LAPTOP, HEADSET);
    now += 9_000;
    opener.newest.hear(0.5);
    await settled();
    expect(opener.hearing).toEqual(["Laptop Microphone"]);
    now += 1_000;
    opener.newest.hear(0.5);
    await settled();
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["switched", "mic_back Jabra Evolve"]]);
  });

  test("the one before hears until the other one does", async () => {
    let go = (): void => {};
    media.wait = new Promise((done) => (go = done));
    await media.change(LAPTOP, HEADSET);
    opener.newest.hear(0.5);
    expect([frames, opener.hearing]).toEqual([1, ["Laptop Microphone"]]);
    go();
    await settled();
    expect(opener.hearing).toEqual(["Jabra Evolve"]);
  });

  test("another one that is plugged in changes nothing", async () => {
    await media.change(LAPTOP, CONFERENCE);
    expect([opener.hearing, told]).toEqual([["Laptop Microphone"], []]);
  });

  test("under another id it is known by its name", async () => {
    await media.change(LAPTOP, input("other port", "Jabra Evolve"));
    expect(told).toEqual(["switched", "mic_back Jabra Evolve"]);
  });
});

describe("another one is chosen", () => {
  test("while it is on: it takes over without a gap", async () => {
    await open();
    wanted = device(HEADSET);
    microphone.choiceChanged();
    await settled();
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["on", "switched"]]);
  });

  test("that cannot be used: the one before goes on, and that is said", async () => {
    await open();
    media.refuses.set("headset", "NotReadableError");
    wanted = device(HEADSET);
    microphone.choiceChanged();
    await settled();
    expect(opener.hearing).toEqual(["Laptop Microphone"]);
    expect(told).toEqual(["on", "mic_unusable Jabra Evolve Laptop Microphone"]);
    opener.newest.hear(0.5);
    expect(frames).toBe(1);
  });

  test("while it starts: the newest choice holds", async () => {
    let go = (): void => {};
    media.wait = new Promise((done) => (go = done));
    const opening = open();
    await settled();
    wanted = device(HEADSET);
    microphone.choiceChanged();
    go();
    await opening;
    await settled();
    expect(opener.hearing).toEqual(["Jabra Evolve"]);
  });

  test("while another choice is being opened: the newest holds, also if the one before cannot be used", async () => {
    await open();
    let go = (): void => {};
    media.plugged.push(CONFERENCE);
    media.wait = new Promise((done) => (go = done));
    media.refuses.set("headset", "NotReadableError");
    choose(HEADSET);
    await settled();
    choose(CONFERENCE);
    await settled();
    go();
    await settled();
    expect([opener.hearing, told]).toEqual([["Conference USB"], ["on", "switched"]]);
  });

  test("while the browser never answers for the one before: the newest holds", async () => {
    await open();
    media.plugged.push(CONFERENCE);
    media.wait = new Promise(() => {});
    choose(HEADSET);
    await settled();
    media.wait = Promise.resolve();
    choose(CONFERENCE);
    await settled();
    expect([opener.hearing, told]).toEqual([["Conference USB"], ["on", "switched"]]);
  });

  test("and the one before is pulled out meanwhile: that is missed in the list", async () => {
    await open();
    let go = (): void => {};
    media.wait = new Promise((done) => (go = done));
    choose(HEADSET);
    await media.change(HEADSET);
    expect([opener.hearing, told]).toEqual([[], ["on", "gap"]]);
    go();
    await settled();
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["on", "gap", "on"]]);
  });

  test("where the browser has only one at a time, the gap is told", async () => {
    await open();
    const before = opener.newest;
    wanted = device(HEADSET);
    let go = (): void => {};
    media.wait = new Promise((done) => (go = done));
    microphone.choiceChanged();
    await settled();
    before.end();
    go();
    await settled();
    expect([opener.hearing, told]).toEqual([["Jabra Evolve"], ["on", "gap", "on"]]);
  });
});
