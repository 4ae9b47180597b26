// What all tests in a browser begin with, and what must hold for every page.

import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [page_, modules, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(modules), 'index.js'))('playwright-core');

export const url = pathToFileURL(page_).href;
export const problems = [];
export const check = (isTrue, what) => { if (!isTrue) problems.push(what); };

const browser = await chromium.launch({
  executablePath,
  // CI runs as root, and the browser's own calls home would hide ours.
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// Opens an address; whatever the page asks for must be one that `isOurs`.
export async function open(address, width, colorScheme, isOurs, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, ...options });
  const page = await context.newPage();
  page.on('console', (it) => problems.push(`console: ${it.text()}`));
  page.on('pageerror', (it) => problems.push(`error: ${it}`));
  page.on('request', (it) => {
    if (!isOurs(it.url()) && !it.url().startsWith('data:')) problems.push(`request: ${it.url()}`);
  });
  await page.goto(address);
  return page;
}

// Whether an address is a file in the folder of the page.
export function isInFolder(address) {
  return address.startsWith('file:') && fileURLToPath(address).startsWith(dirname(resolve(page_)));
}

// Runs in the page: texts that are hard to read, by the formula of WCAG 2.
function faint() {
  const parse = (color) => color.match(/[\d.]+/g).map(Number);
  const channel = (it) => (it /= 255) <= 0.03928 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const background = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const color = parse(getComputedStyle(it).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const found = new Set();
  for (const element of document.querySelectorAll('body *:not(script)')) {
    const hasText = [...element.childNodes].some((it) => it.nodeType === 3 && it.data.trim());
    if (!hasText || !element.checkVisibility({ opacityProperty: true })) continue;
    const [a, b] = [parse(getComputedStyle(element).color), background(element)].map(luminance);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.add(`${element.localName}.${element.className}: ${ratio.toFixed(2)}`);
  }
  return [...found];
}

// Everything is to be read, on a phone and in the dark. Gives the page.
export async function readable(address, isOurs) {
  const page = await open(address, 1280, 'light', isOurs);
  await page.evaluate(() => { for (const it of document.querySelectorAll('details')) it.open = true; });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      const name = `${address.split('/').at(-1)} ${width} ${scheme}`;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= width, `${name}: is ${wide} wide`);
      for (const it of await page.evaluate(faint)) problems.push(`${name}: contrast of ${it}`);
    }
  }
  return page;
}

// With keys alone: the first stop skips to the content, and every stop is seen.
// Gives the number of stops, of which there are no more than `most`.
export async function stops(page, most = 400) {
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.className) === 'skip', 'the first stop is not the skip link');
  let n = 0;
  for (; n < most; n += 1) {
    const stop = await page.evaluate(() => {
      const it = document.activeElement;
      return it === document.body ? '' : `${it.localName} ${getComputedStyle(it).outlineStyle}`;
    });
    if (stop === '') break;
    if (stop.endsWith(' none')) problems.push(`a stop of the keyboard is not seen: ${stop}`);
    await page.keyboard.press('Tab');
  }
  return n;
}

// How much of the page stays folded when it is printed.
export const foldedInPrint = (page) => page.evaluate(() => {
  dispatchEvent(new Event('beforeprint'));
  const n = document.querySelectorAll('main details:not([open])').length;
  dispatchEvent(new Event('afterprint'));
  return n;
});

export async function finish() {
  await browser.close();
  for (const it of problems) console.log(it);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
