import { describe, expect, test } from "vitest";
import { DeviceList, devicesOf, findDevice, realDevice, sameDevice, withNameShared, type DeviceInfo } from "../../src/audio/device-list";
import { askForMicrophone } from "../../src/audio/microphone-access";
import { CONFERENCE, EARS, FakeMedia, HEADSET, input, LAPTOP, SCREEN, settled, standard } from "./fake-media";

const labels = (list: readonly { label: string }[]): string[] => list.map(({ label }) => label);

describe("what there is", () => {
  test("is listed by name, each once, without the names that stand for another one", () => {
    const communications = { ...HEADSET, deviceId: "communications", label: "Communications - Jabra Evolve" };
    const devices = devicesOf([standard(HEADSET), communications, LAPTOP, HEADSET, HEADSET, SCREEN, EARS]);
    expect(labels(devices.microphones)).toEqual(["Laptop Microphone", "Jabra Evolve"]);
    expect(labels(devices.speakers)).toEqual(["Screen Speaker", "Jabra Evolve"]);
    expect(devices.standard).toEqual({ id: "headset", label: "Jabra Evolve" });
  });

  test("has no names before somebody has allowed a microphone", () => {
    const devices = devicesOf([input("", "")]);
    expect(devices).toMatchObject({ microphones: [], named: false, hasMicrophone: true, standard: null });
    expect(devicesOf([SCREEN])).toMatchObject({ named: false, hasMicrophone: false });
  });

  test("is found by its id, and by its name once ids were made anew", () => {
    const list = [
      { id: "1", label: "Jabra" },
      { id: "2", label: "Laptop" },
    ];
    expect(findDevice(list, { id: "2", label: "Jabra" })?.id).toBe("2");
    expect(findDevice(list, { id: "old", label: "Jabra" })?.id).toBe("1");
    expect(findDevice(list, { id: "old", label: "Other" })).toBeNull();
  });

  test("is not found by a name that another one has, too", () => {
    const [one, other] = [{ id: "1", label: "USB" }, { id: "2", label: "USB" }];
    expect(findDevice([one, other], { id: "2", label: "USB" })?.id).toBe("2");
    expect(findDevice([one, other], { id: "old", label: "USB" })).toBeNull();
    const meant = withNameShared([one, other], other);
    expect(meant).toEqual({ ...other, nameShared: true });
    expect(meant === null ? null : findDevice([one], meant)).toBeNull();
    expect(withNameShared([one], meant)).toBe(meant);
    // One at a time, it may be the same at another port.
    expect(withNameShared([one], other)).toBe(other);
    expect(withNameShared([other], other)).toBe(other);
  });

  test("is told from others by id or name, and not by what every device may be called", () => {
    expect(sameDevice({ id: "1", label: "A" }, { id: "1", label: "B" })).toBe(true);
    expect(sameDevice({ id: "1", label: "A" }, { id: "2", label: "A" })).toBe(true);
    expect(sameDevice({ id: "default", label: "A" }, { id: "default", label: "B" })).toBe(false);
    expect(sameDevice({ id: "", label: "" }, { id: "", label: "" })).toBe(false);
  });
});

describe("the browser's own choice", () => {
  const infos = [standard(HEADSET), LAPTOP, HEADSET, CONFERENCE];
  const opened = ({ groupId, label }: DeviceInfo) => ({ id: "default", groupId, label });

  test("is known by its group, or by its name", () => {
    expect(realDevice(infos, opened(standard(HEADSET))).id).toBe("headset");
    expect(realDevice(infos, { ...opened(standard(CONFERENCE)), groupId: "" }).id).toBe("conference");
    // Two microphones in one group.
    const second = input("second", "Second", HEADSET.groupId);
    expect(realDevice([second, ...infos], opened(standard(HEADSET))).id).toBe("headset");
  });

  test("that cannot be known keeps its name and has no id", () => {
    expect(realDevice(infos, { id: "default", groupId: "", label: "Default" })).toEqual({ id: "", label: "Default" });
    expect(realDevice([], { id: "x", groupId: "", label: "X" })).toEqual({ id: "x", label: "X" });
  });
});

describe("the list", () => {
  test("follows what is plugged in", async () => {
    const media = new FakeMedia([LAPTOP]);
    let changes = 0;
    const list = new DeviceList(media, () => (changes += 1));
    await list.refresh();
    await media.change(LAPTOP, HEADSET);
    expect(labels(list.now.microphones)).toEqual(["Laptop Microphone", "Jabra Evolve"]);
    expect(changes).toBe(2);
  });

  test("does not go back to an answer that was overtaken", async () => {
    const answers: ((infos: DeviceInfo[]) => void)[] = [];
    const media = { enumerateDevices: () => new Promise<DeviceInfo[]>((done) => answers.push(done)), addEventListener: () => {} };
    const list = new DeviceList(media, () => {});
    void list.refresh();
    void list.refresh();
    answers[1]?.([LAPTOP, HEADSET]);
    await settled();
    answers[0]?.([LAPTOP]);
    await settled();
    expect(list.now.microphones).toHaveLength(2);
  });

  test("is none where the browser has none, and what it was where it fails", async () => {
    const list = new DeviceList(undefined, () => {});
    await list.refresh();
    expect([list.available, list.now.microphones]).toEqual([false, []]);
    const media = new FakeMedia([LAPTOP]);
    const failing = new DeviceList(media, () => {});
    await failing.refresh();
    media.enumerateDevices = () => Promise.reject(new Error("not now"));
    await failing.refresh();
    expect(labels(failing.now.microphones)).toEqual(["Laptop Microphone"]);
  });
});

describe("asking the browser", () => {
  const asked = async (id: string | null): Promise<unknown> => {
    let constraints: MediaStreamConstraints | undefined;
    const getUserMedia = (wanted?: MediaStreamConstraints): Promise<MediaStream> => {
      constraints = wanted;
      return Promise.resolve({} as MediaStream);
    };
    await askForMicrophone({ getUserMedia }, id);
    return (constraints?.audio as MediaTrackConstraints).deviceId;
  };

  test("is for exactly the chosen one, or for any", async () => {
    expect(await asked("headset")).toEqual({ exact: "headset" });
    expect(await asked(null)).toBeUndefined();
  });

  test("says what is wrong", async () => {
    const refusing = (name: string) => ({ getUserMedia: () => Promise.reject(Object.assign(new Error(), { name })) });
    await expect(askForMicrophone(undefined, null)).rejects.toMatchObject({ trouble: "unsupported" });
    await expect(askForMicrophone(refusing("OverconstrainedError"), "x")).rejects.toMatchObject({ trouble: "missing" });
    await expect(askForMicrophone(refusing("NotAllowedError"), "x")).rejects.toMatchObject({ trouble: "denied" });
  });
});
