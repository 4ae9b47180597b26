// Opens the page of a review in Chromium and says what is wrong with it.
//
// usage: node page.mjs PAGE.html FOLDER-WITH-node_modules CHROMIUM

import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [page_, modules, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(modules), 'index.js'))('playwright-core');
const url = pathToFileURL(page_).href;
const problems = [];
const check = (isTrue, what) => { if (!isTrue) problems.push(what); };

const browser = await chromium.launch({
  executablePath,
  // CI runs as root, and the browser's own calls home would hide ours.
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function open(width, colorScheme, hash = '') {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  page.on('console', (it) => problems.push(`console: ${it.text()}`));
  page.on('pageerror', (it) => problems.push(`error: ${it}`));
  page.on('request', (it) => {
    if (it.url().split('#')[0] !== url && !it.url().startsWith('data:')) problems.push(`request: ${it.url()}`);
  });
  await page.goto(url + hash);
  return page;
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
    if (!hasText || !element.checkVisibility()) continue;
    const [a, b] = [parse(getComputedStyle(element).color), background(element)].map(luminance);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.add(`${element.localName}.${element.className}: ${ratio.toFixed(2)}`);
  }
  return [...found];
}

for (const width of [390, 1280]) {
  for (const scheme of ['light', 'dark']) {
    const page = await open(width, scheme);
    await page.evaluate(() => { for (const it of document.querySelectorAll('details')) it.open = true; });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(wide <= width, `${width} ${scheme}: is ${wide} wide`);
    for (const it of await page.evaluate(faint)) problems.push(`${width} ${scheme}: contrast of ${it}`);
    await page.context().close();
  }
}

const page = await open(1280, 'light');
const shown = () => page.locator('.change:visible').count();
const all = await shown();
check(all > 5, `shows ${all} changes`);

await page.keyboard.press('/');
await page.keyboard.type('purpose');
check(await shown() === 1, `a search for one member shows ${await shown()} changes`);
check(await page.locator('.operation:visible').count() === 1, 'operations without a match are shown');
check((await page.locator('#shown').textContent()) === `1 of ${all} changes`, 'the number of changes is wrong');
await page.keyboard.press('Escape');
check(await shown() === all, 'Escape does not end the search');
await page.keyboard.type('no such thing');
check(await shown() === 0 && await page.locator('.nothing:visible').count() > 0, 'no match is not told');
await page.keyboard.press('Escape');

for (const it of ['breaks-rust', 'new-thing', 'documentation']) await page.locator(`input[value=${it}]`).press('Space');
const wire = await page.locator('.change[data-meaning=breaks-wire]').count();
check(await shown() === wire, `only what breaks the wire: ${await shown()} of ${wire}`);
await page.locator('#alarms').press('Space');
check(await page.locator('.change:visible:not([data-alarm])').count() === 0, 'more than alarms are shown');

// A link leads to what is filtered away, too.
const last = await page.locator('.change').last().getAttribute('id');
await page.evaluate((it) => { location.hash = it; }, last);
await page.locator(`[id="${last}"]`).waitFor({ state: 'visible', timeout: 5000 });

// With keys alone: the first stop skips to the changes, and every stop is seen.
const keys = await open(390, 'dark');
await keys.keyboard.press('Tab');
check(await keys.evaluate(() => document.activeElement.className) === 'skip', 'the first stop is not the skip link');
let nStops = 0;
for (; nStops < 400; nStops += 1) {
  const stop = await keys.evaluate(() => {
    const it = document.activeElement;
    return it === document.body ? '' : `${it.localName} ${getComputedStyle(it).outlineStyle}`;
  });
  if (stop === '') break;
  if (stop.endsWith(' none')) problems.push(`a stop of the keyboard is not seen: ${stop}`);
  await keys.keyboard.press('Tab');
}
check(nStops > 20, `the keyboard reaches ${nStops} places`);

// What is folded is printed.
const open_ = await keys.evaluate(() => {
  dispatchEvent(new Event('beforeprint'));
  const n = document.querySelectorAll('main details:not([open])').length;
  dispatchEvent(new Event('afterprint'));
  return n;
});
check(open_ === 0, `${open_} folded parts are not printed`);

await browser.close();
for (const it of problems) console.log(it);
process.exitCode = problems.length === 0 ? 0 : 1;
