// Screenshots for people to look at: `test-results/` is not under version control.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";

const RESULTS = path.resolve(import.meta.dirname, "../../test-results");
const DOCS = path.resolve(import.meta.dirname, "../../../docs/images");

/** Saves what the page shows as `test-results/<name>.png`. */
export async function shot(page: Page, name: string): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  await page.screenshot({ path: path.join(RESULTS, `${name}.png`) });
}

/** Renews a picture of the documentation, only with `UPDATE_SCREENSHOTS=1`. */
export async function docsShot(page: Page, name: string): Promise<void> {
  if (process.env.UPDATE_SCREENSHOTS !== "1") return;
  await mkdir(DOCS, { recursive: true });
  await page.screenshot({ path: path.join(DOCS, `${name}.png`) });
}
