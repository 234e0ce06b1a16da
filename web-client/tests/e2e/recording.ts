// Sound for the fake microphone: turns of a recorded conversation, one after the other.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const CONVERSATIONS = path.resolve(import.meta.dirname, "../../../fixtures/conversations");

/** One turn of a recorded conversation. */
export interface Turn {
  n: number;
  speaker: "staff" | "citizen";
  text: string;
}

/** The turns of a conversation as they were written. */
export async function turnsOf(conversation: string): Promise<Turn[]> {
  const file = path.join(CONVERSATIONS, conversation, "dialogue.json");
  return (JSON.parse(await readFile(file, "utf8")) as { turns: Turn[] }).turns;
}

/** Writes some turns as one WAV file: `lead` s of silence, and `pause` s after each turn. */
export async function writeTurns(
  to: string,
  conversation: string,
  numbers: number[],
  { lead = 1, pause = 2 } = {},
): Promise<void> {
  let rate = 0;
  const sounds: Buffer[] = [];
  for (const n of numbers) {
    const name = `turn-${String(n).padStart(2, "0")}.wav`;
    const wav = readWav(await readFile(path.join(CONVERSATIONS, conversation, name)));
    if (rate !== 0 && rate !== wav.rate) throw new Error(`${name}: ${wav.rate} Hz, not ${rate}`);
    rate = wav.rate;
    sounds.push(wav.pcm);
  }
  const silence = (seconds: number): Buffer => Buffer.alloc(Math.round(seconds * rate) * 2);
  const parts = [silence(lead), ...sounds.flatMap((pcm) => [pcm, silence(pause)])];
  await writeFile(to, wavFile(rate, Buffer.concat(parts)));
}

/** Mono 16-bit PCM of a WAV file. */
function readWav(file: Buffer): { rate: number; pcm: Buffer } {
  let rate = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString("latin1", at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === "fmt ") {
      const [kind, channels, bits] = [0, 2, 14].map((offset) => file.readUInt16LE(body + offset));
      if (kind !== 1 || channels !== 1 || bits !== 16) throw new Error("not mono 16-bit PCM");
      rate = file.readUInt32LE(body + 4);
    } else if (id === "data") {
      return { rate, pcm: file.subarray(body, body + length) };
    }
    at = body + length + (length % 2);
  }
  throw new Error("a WAV file without data");
}

function wavFile(rate: number, pcm: Buffer): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + pcm.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([head, pcm]);
}

/** The words of a text, for comparing what was heard with what was said. */
export function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .toLowerCase()
      .replace(/[’ʼ']/g, "")
      .match(/\p{L}+/gu) ?? [],
  );
}
