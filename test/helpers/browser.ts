// The exported page in a headless Chromium. Where none is installed the tests are skipped and say so.
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import {expect} from 'vitest';
import {runProgram} from './run-program.ts';

export const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));
if (executablePath === undefined) console.log('no Chromium is installed: the exported page is not opened');

let folder = '';
let browser: Browser | undefined;
/** What must not be: messages on the console, errors, dialogs, requests. */
let faults: string[] = [];

export const exported = (name: string, args: readonly string[]): string => {
  const file = join(folder, `${name}.html`);
  const ran = runProgram(['export', ...args, '--format', 'html', '-o', file]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return pathToFileURL(file).href;
};

/** The folder for files of the tests; before any page is opened. */
export const launch = async (): Promise<string> => {
  if (executablePath === undefined) throw new Error('no Chromium is installed');
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  // Half a minute is not always enough for a first start from a cold disk, beside other tests.
  browser = await puppeteer.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
    timeout: 100_000,
  });
  return folder;
};

export const quit = async (): Promise<void> => {
  await browser?.close();
  if (folder !== '') rmSync(folder, {recursive: true});
};

export const opened = async (url: string, {scheme = 'light', width = 1280} = {}): Promise<Page> => {
  if (!browser) throw new Error('there is a browser');
  faults = [];
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.setViewport({width, height: 800});
  await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url() !== url) faults.push(`request ${request.url()}`);
    void request.continue();
  });
  page.on('console', (message) => faults.push(`console ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error ${String(error)}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return page;
};

export const closed = async (page: Page): Promise<void> => {
  await page.close();
  expect(faults).toEqual([]);
};

/** An expression of the browser's: its types are none of this program's. */
export const inPage = async <T>(page: Page, expression: string): Promise<T> =>
  (await page.evaluate(expression)) as T;

export const one = (selector: string): string => `document.querySelector(${JSON.stringify(selector)})`;
export const all = (selector: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})]`;

export const textOf = (page: Page, selector: string): Promise<string> =>
  inPage(page, `${one(selector)}.textContent ?? ''`);

/** Of those that are laid out at all. */
export const count = (page: Page, selector: string): Promise<number> =>
  inPage(page, `${all(selector)}.filter((element) => element.getClientRects().length > 0).length`);

export const click = (page: Page, element: string): Promise<void> => inPage(page, `${element}.click()`);

export const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key as 'a');
};

export const sliderAt = (page: Page): Promise<readonly [number, number]> =>
  inPage(page, `[Number(${one('#slider')}.value), Number(${one('#slider')}.max)]`);
