// A headless Chromium: the system's where there is one, else the one from the npm package.

import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { slowDevice } from "./slowness";

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

const PACKAGED_ARGS = [
  "--headless=old",
  "--disable-gpu",
  "--use-gl=angle",
  "--use-angle=swiftshader",
];

interface Installed {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

let installed: Promise<Installed> | null = null;

/** `CHROMIUM`, an installed one, or the packaged one unpacked into the temporary folder. */
function findBrowser(): Promise<Installed> {
  installed ??= (async () => {
    const system = [process.env.CHROMIUM, ...SYSTEM].find(
      (file) => file !== undefined && existsSync(file),
    );
    if (system !== undefined) {
      return { executablePath: system, args: ["--headless=new"], env: {} };
    }
    // With these it unpacks the libraries that it needs, too. Read when the module is loaded.
    process.env.AWS_LAMBDA_FUNCTION_NAME ??= "x";
    process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
    const { default: packaged } = await import("@sparticuz/chromium");
    const executablePath = await packaged.executablePath();
    return {
      executablePath,
      args: PACKAGED_ARGS,
      env: { LD_LIBRARY_PATH: path.join(tmpdir(), "al2023", "lib") },
    };
  })();
  return installed;
}

/** How a browser is started. */
export interface BrowserOptions {
  /** Played as the microphone, once; without it the fake microphone beeps. */
  wav?: string;
}

/** Starts a browser with a fake microphone. */
export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser();
  const profile = await mkdtemp(path.join(tmpdir(), "tolkebot-browser-"));
  return chromium.launch({
    executablePath,
    headless: false, // The flags choose the kind of headless.
    env: { ...(process.env as Record<string, string>), HOME: profile, ...env },
    args: [
      ...args,
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      ...(options.wav === undefined
        ? []
        : [`--use-file-for-fake-audio-capture=${options.wav}%noloop`]),
      "--autoplay-policy=user-gesture-required",
    ],
  });
}

/** A page that collects what must not happen: script errors and refusals by the CSP. */
export async function openPage(
  browser: Browser,
  size: { width: number; height: number },
  { hasTouch = false } = {},
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({ viewport: size, locale: "da-DK", hasTouch });
  const page = await context.newPage();
  await slowDevice(page);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // The network's own complaints are what some tests are about.
    if (message.type() === "error" && !/WebSocket|ERR_|status of/.test(message.text())) {
      faults.push(message.text());
    }
  });
  return { page, context, faults };
}
