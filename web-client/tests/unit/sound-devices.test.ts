// What a screen offers of microphones and loudspeakers, what it remembers, and whose the headset is.

import { describe, expect, test } from "vitest";
import type { DeviceInfo } from "../../src/audio/device-list";
import { KeptDevices } from "../../src/client/kept-devices";
import { SoundDevices } from "../../src/client/sound-devices";
import type { TextStore } from "../../src/protocol/ticket-store";
import { CONFERENCE, EARS, FakeMedia, fakeStore, HEADSET, input, LAPTOP, Opener, SCREEN, settled, standard } from "./fake-media";

class Counter {
  readonly media: FakeMedia;
  readonly opener: Opener;
  readonly told: string[] = [];
  readonly levels: (number | null)[] = [];
  heard = 0;
  output: string | null = null;
  readonly player = { useOutput: (id: string | null) => void (this.output = id), onOutputRefused: () => {} };
  readonly sound: SoundDevices;

  constructor(plugged: DeviceInfo[], { store = fakeStore() as TextStore, allowed = true, absent = false, canChooseSpeaker = true } = {}) {
    this.media = new FakeMedia(plugged);
    this.media.allowed = allowed;
    this.opener = new Opener(this.media);
    this.sound = new SoundDevices(
      {
        media: absent ? undefined : this.media,
        open: this.opener.open,
        kept: new KeptDevices("devices", store),
        player: this.player,
        canChooseSpeaker,
        now: () => 0,
        isSpoken: () => false,
      },
      {
        onFrame: () => (this.heard += 1),
        onOn: () => {},
        onSwitched: () => {},
        onGap: () => {},
        onOff: (trouble) => this.told.push(`off: ${trouble}`),
        onTold: (code, { device }) => this.told.push(`${code} ${device}`),
        onChange: () => {},
        onTrialLevel: (level) => this.levels.push(level),
      },
    );
  }

  async open(): Promise<void> {
    this.sound.open();
    await settled();
  }
}

async function counter(...args: ConstructorParameters<typeof Counter>): Promise<Counter> {
  const made = new Counter(...args);
  await settled();
  return made;
}

const names = (list: readonly { label: string }[] | undefined): string[] => (list ?? []).map(({ label }) => label);

describe("what is offered", () => {
  test("is what there is, the browser's own choice until another one is made", async () => {
    const { sound } = await counter([LAPTOP, HEADSET, SCREEN, EARS]);
    expect(sound.state.offered).toBe(true);
    expect(sound.state.microphone).toMatchObject({ chosen: null, absent: null });
    expect(names(sound.state.microphone.devices)).toEqual(["Laptop Microphone", "Jabra Evolve"]);
    expect(names(sound.state.speaker?.devices)).toEqual(["Screen Speaker", "Jabra Evolve"]);
  });

  test("grows by what is plugged in", async () => {
    const { sound, media } = await counter([LAPTOP, SCREEN]);
    expect(sound.state.offered).toBe(false);
    await media.change(LAPTOP, HEADSET, SCREEN);
    expect([sound.state.offered, sound.state.microphone.devices.length]).toEqual([true, 2]);
  });

  test("is nothing without a list, without a microphone, or of one device", async () => {
    expect((await counter([], { absent: true })).sound.state.offered).toBe(false);
    expect((await counter([SCREEN])).sound.state).toMatchObject({ offered: false, hasMicrophone: false });
    expect((await counter([standard(LAPTOP), LAPTOP, SCREEN])).sound.state.offered).toBe(false);
  });

  test("is a try that gives the names, before anybody has allowed a microphone", async () => {
    const { sound } = await counter([LAPTOP, HEADSET], { allowed: false });
    expect(sound.state).toMatchObject({ offered: true, named: false });
    sound.toggle();
    sound.toggleTrial();
    await settled();
    expect(sound.state).toMatchObject({ named: true, trial: { kind: "on" }, using: "Laptop Microphone" });
    expect(sound.state.microphone.devices).toHaveLength(2);
  });

  test("holds no loudspeakers where the browser lets no page choose", async () => {
    const { sound } = await counter([LAPTOP, HEADSET, SCREEN, EARS], { canChooseSpeaker: false });
    expect(sound.state.speaker).toBeNull();
  });
});

describe("a try", () => {
  test("shows its level, is heard by nobody, and ends when it is put away or the microphone is opened", async () => {
    const here = await counter([LAPTOP, HEADSET]);
    const { sound, opener, levels } = here;
    sound.toggle();
    sound.toggleTrial();
    await settled();
    opener.newest.hear(0.6);
    expect([levels, here.heard]).toEqual([[0.6], 0]);
    sound.chooseMicrophone("headset");
    await settled();
    expect(opener.hearing).toEqual(["Jabra Evolve"]);
    sound.hide();
    expect([opener.hearing, sound.state.trial, levels.at(-1)]).toEqual([[], { kind: "off" }, null]);
    sound.toggleTrial();
    await settled();
    sound.open();
    await settled();
    expect([opener.hearing, sound.state.trial.kind]).toEqual([["Jabra Evolve"], "off"]);
  });

  test("that is refused says why", async () => {
    const { sound, media } = await counter([LAPTOP, HEADSET], { allowed: false });
    media.refuses.set(null, "NotAllowedError");
    sound.toggleTrial();
    await settled();
    expect(sound.state.trial).toEqual({ kind: "trouble", trouble: "denied" });
  });
});

describe("the choice", () => {
  test("is remembered on this device, and found by name when ids were made anew", async () => {
    const store = fakeStore();
    const first = await counter([LAPTOP, HEADSET, SCREEN, EARS], { store });
    first.sound.chooseMicrophone("headset");
    first.sound.chooseSpeaker("ears");
    const anew = { ...HEADSET, deviceId: "h2" };
    const later = await counter([LAPTOP, anew, SCREEN, { ...EARS, deviceId: "e2" }], { store });
    expect([later.sound.state.microphone.chosen, later.sound.state.speaker?.chosen]).toEqual(["h2", "e2"]);
    expect(later.output).toBe("e2");
    later.sound.chooseMicrophone(null);
    expect((await counter([LAPTOP, anew], { store })).sound.state.microphone.chosen).toBeNull();
  });

  test("that is not there is named, and stays the choice", async () => {
    const store = fakeStore();
    (await counter([LAPTOP, HEADSET], { store })).sound.chooseMicrophone("headset");
    const { sound, media } = await counter([LAPTOP], { store });
    expect(sound.state).toMatchObject({ offered: true, microphone: { chosen: null, absent: "Jabra Evolve" } });
    await media.change(LAPTOP, HEADSET);
    expect(sound.state.microphone).toMatchObject({ chosen: "headset", absent: null });
  });

  test("of one of two with the same name is not the other one, when only that is there", async () => {
    const [one, other] = [input("1", "USB"), input("2", "USB")];
    const store = fakeStore();
    const { sound, media, opener, told } = await counter([other], { store });
    sound.chooseMicrophone("2");
    sound.open();
    await media.change(one, other);
    expect([sound.state.microphone.chosen, opener.newest.device.id]).toEqual(["2", "2"]);
    await media.change(one);
    // The browser's own choice, and told as such.
    expect([media.asked.at(-1), opener.newest.device.id, told]).toEqual([null, "1", ["mic_changed USB"]]);
    expect(sound.state.microphone).toMatchObject({ chosen: null, absent: "USB" });
    const later = await counter([one], { store });
    expect(later.sound.state.microphone).toMatchObject({ chosen: null, absent: "USB" });
    await later.open();
    expect([later.media.asked, later.told]).toEqual([[null], ["mic_absent USB"]]);
  });

  test("that nobody can read counts as none", () => {
    for (const text of ["{", "null", "[]", '{"microphone":{"id":1},"headsets":[null,{}]}', '{"microphone":{"id":"default","label":"x"}}']) {
      const store = fakeStore();
      store.setItem("devices", text);
      expect(new KeptDevices("devices", store).choice).toEqual({ microphone: null, speaker: null, headsets: [] });
    }
  });
});

describe("the loudspeaker", () => {
  test("that is pulled out is named and the browser's own speaks; back again it speaks again", async () => {
    const { sound, media, told } = await counter([LAPTOP, SCREEN, EARS]);
    sound.chooseSpeaker("ears");
    await media.change(LAPTOP, SCREEN);
    expect([told, sound.state.speaker]).toMatchObject([["speaker_absent Jabra Evolve"], { absent: "Jabra Evolve" }]);
    await media.change(LAPTOP, SCREEN, EARS);
    expect(told).toEqual(["speaker_absent Jabra Evolve", "speaker_back Jabra Evolve"]);
  });

  test("is asked for by the player, and not while it is gone", async () => {
    const here = await counter([LAPTOP, SCREEN, EARS]);
    here.sound.chooseSpeaker("ears");
    expect(here.output).toBe("ears");
    await here.media.change(LAPTOP, SCREEN);
    expect(here.output).toBeNull();
    await here.media.change(LAPTOP, SCREEN, EARS);
    expect(here.output).toBe("ears");
    here.sound.chooseSpeaker(null);
    expect(here.output).toBeNull();
  });

  test("that the browser refuses is named, too", async () => {
    const here = await counter([LAPTOP, SCREEN, EARS]);
    here.sound.chooseSpeaker("ears");
    here.player.onOutputRefused();
    expect(here.told).toEqual(["speaker_refused Jabra Evolve"]);
    expect(here.sound.state.speaker).toMatchObject({ chosen: "ears", absent: null });
  });

  test("that the browser refuses is not asked for with every look at the list, but once chosen or plugged in anew", async () => {
    const here = await counter([LAPTOP, SCREEN, EARS]);
    here.sound.chooseSpeaker("ears");
    here.player.onOutputRefused();
    await here.media.change(LAPTOP, SCREEN, EARS);
    expect([here.output, here.told]).toEqual([null, ["speaker_refused Jabra Evolve"]]);
    here.sound.chooseSpeaker("ears");
    expect(here.output).toBe("ears");
    here.player.onOutputRefused();
    await here.media.change(LAPTOP, SCREEN);
    await here.media.change(LAPTOP, SCREEN, EARS);
    expect(here.output).toBe("ears");
    expect(here.told.slice(2)).toEqual(["speaker_absent Jabra Evolve", "speaker_back Jabra Evolve"]);
  });

  test("that is refused is no part of a headset: the voice comes from another one", async () => {
    const here = await counter([LAPTOP, HEADSET, SCREEN, EARS]);
    here.sound.chooseMicrophone("headset");
    here.sound.chooseSpeaker("ears");
    here.sound.setHeadset(true);
    here.player.onOutputRefused();
    await here.media.change(LAPTOP, HEADSET, SCREEN, EARS);
    expect(here.sound.headset).toBe(false);
  });

  test("is not called absent before names are told", async () => {
    const store = fakeStore();
    (await counter([LAPTOP, SCREEN, EARS], { store })).sound.chooseSpeaker("ears");
    const here = await counter([LAPTOP, SCREEN, EARS], { store, allowed: false });
    expect([here.told, here.output]).toEqual([[], null]);
    await here.open();
    expect([here.told, here.output]).toEqual([[], "ears"]);
  });
});

describe("a headset", () => {
  test("is the microphone that it was ticked for, whichever is in use", async () => {
    const store = fakeStore();
    const { sound } = await counter([LAPTOP, HEADSET, CONFERENCE], { store });
    sound.chooseMicrophone("headset");
    sound.setHeadset(true);
    expect(sound.headset).toBe(true);
    sound.chooseMicrophone("conference");
    expect(sound.headset).toBe(false);
    sound.chooseMicrophone("headset");
    expect(sound.headset).toBe(true);
    const later = await counter([LAPTOP, HEADSET], { store });
    expect(later.sound.headset).toBe(true);
    later.sound.setHeadset(false);
    expect((await counter([LAPTOP, HEADSET], { store })).sound.headset).toBe(false);
  });

  test("that is pulled out is none any more before the other one hears, and is one again when it is back", async () => {
    const { sound, media, opener } = await counter([LAPTOP, HEADSET]);
    sound.chooseMicrophone("headset");
    sound.setHeadset(true);
    sound.open();
    await settled();
    await media.change(LAPTOP);
    expect([opener.hearing, sound.headset]).toEqual([["Laptop Microphone"], false]);
    await media.change(LAPTOP, HEADSET);
    expect([opener.hearing, sound.headset]).toEqual([["Jabra Evolve"], true]);
  });

  test("as the browser's own choice is not the laptop that comes after it", async () => {
    const { sound, media } = await counter([standard(HEADSET), LAPTOP, HEADSET]);
    sound.setHeadset(true);
    expect(sound.headset).toBe(true);
    await media.change(standard(LAPTOP), LAPTOP);
    expect(sound.headset).toBe(false);
  });

  test("ticked before it is known of which microphone, is the first that is opened", async () => {
    const here = await counter([LAPTOP, HEADSET], { allowed: false });
    here.sound.setHeadset(true);
    expect(here.sound.headset).toBe(true);
    await here.open();
    expect(here.sound.headset).toBe(true);
    here.sound.chooseMicrophone("headset");
    await settled();
    expect(here.sound.headset).toBe(false);
  });

  test("has its own loudspeaker: through another one the microphone would hear the voice", async () => {
    const { sound, media } = await counter([LAPTOP, HEADSET, SCREEN, EARS]);
    sound.chooseMicrophone("headset");
    sound.chooseSpeaker("ears");
    sound.setHeadset(true);
    sound.chooseSpeaker("screen");
    expect(sound.headset).toBe(false);
    sound.chooseSpeaker("ears");
    expect(sound.headset).toBe(true);
    await media.change(LAPTOP, HEADSET, SCREEN);
    expect(sound.headset).toBe(false);
  });
});

describe("a microphone that was taken away and not replaced", () => {
  test("is offered when it is back", async () => {
    const { sound, media, opener, told } = await counter([HEADSET]);
    sound.open();
    await settled();
    media.plugged = [];
    opener.newest.end();
    await settled();
    expect(told).toEqual(["off: lost"]);
    await media.change(LAPTOP);
    expect(told).toEqual(["off: lost"]);
    await media.change(LAPTOP, HEADSET);
    expect(told).toEqual(["off: lost", "mic_ready Jabra Evolve"]);
  });
});
