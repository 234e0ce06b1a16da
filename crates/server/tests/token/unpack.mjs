// Unpacks the libraries that come with the web client's headless browser: `node unpack.mjs FOLDER`.
// Among them is a security module in software, NSS's softoken.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";

const from = path.resolve(
  import.meta.dirname,
  "../../../../web-client/node_modules/@sparticuz/chromium/bin/al2023.tar.br",
);
const to = process.argv[2];
const tar = brotliDecompressSync(readFileSync(from));
mkdirSync(to, { recursive: true });
for (let at = 0; at + 512 <= tar.length; ) {
  const text = (start, length) =>
    tar.subarray(at + start, at + start + length).toString("latin1").replace(/\0.*$/s, "");
  const name = path.basename(text(0, 100));
  if (name === "") break;
  const size = Number.parseInt(text(124, 12), 8) || 0;
  if (text(156, 1) === "0" || text(156, 1) === "") {
    writeFileSync(path.join(to, name), tar.subarray(at + 512, at + 512 + size));
  }
  at += 512 + Math.ceil(size / 512) * 512;
}
