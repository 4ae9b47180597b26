// Opens the pages of a site in Chromium and says what is wrong with them.
//
// usage: node site.mjs SITE/index.html FOLDER-WITH-node_modules CHROMIUM

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { check, finish, foldedInPrint, isInFolder, open, problems, readable, stops, url } from './browser.mjs';

const at = (path) => new URL(path, url).href;
const pages = ['', 'reference/acme.html', 'reference/acme-schemas.html', 'runbook.html', 'dialect.html', 'diagnostics.html', 'extensions.html', 'readme.html'];
// Runs in the page: what is wrong with the order of its headings and its anchors.
function structure() {
  const found = [];
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((it) => Number(it.localName[1]));
  if (levels.filter((it) => it === 1).length !== 1) found.push('there is not exactly one first heading');
  levels.forEach((it, idx) => { if (idx > 0 && it > levels[idx - 1] + 1) found.push(`heading ${idx}: h${it} behind h${levels[idx - 1]}`); });
  const ids = [...document.querySelectorAll('[id]')].map((it) => it.id);
  ids.forEach((it, idx) => { if (ids.indexOf(it) !== idx) found.push(`two things are called ${it}`); });
  return found;
}
try {
  for (const path of pages) {
    const page = await readable(at(path), isInFolder);
    for (const it of await page.evaluate(structure)) problems.push(`${path}: ${it}`);
    await page.context().close();
  }

  // The search finds all kinds of things, by keys alone.
  const page = await open(at('reference/acme.html'), 1280, 'light', isInFolder);
  const first = page.locator('[id="ui:results"] a').first();
  async function find(words) {
    await page.keyboard.press('/');
    await page.locator('[id="ui:search"]').fill(words);
    await first.waitFor({ timeout: 5000 });
    return (await page.locator('[id="ui:results"] a').allTextContents()).join('\n');
  }
  for (const [words, kind] of [
    ['create_payout', 'operation'], ['payout changed', 'webhook'], ['PayeeAccount', 'schema'], ['iban', 'member'],
    ['limit', 'parameter'], ['unknown-reference', 'diagnostic'], ['after a crash', 'section'], ['dialect', 'page'],
  ]) {
    const found = await find(words);
    check(found.split('\n')[0].includes(kind), `${words}: ${kind} is not found first: ${found}`);
    await page.keyboard.press('Escape');
  }
  await find('iban');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/acme-schemas.html#PayeeAccount.iban');
  check(await page.locator('[id="PayeeAccount.iban"]').isVisible(), 'what is found is not seen');
  await page.keyboard.press('/');
  await page.locator('[id="ui:search"]').fill('nosuchthing');
  await page.locator('[id="ui:count"]', { hasText: 'Nothing is found' }).waitFor({ timeout: 5000 });

  // What is loading is not told as missing, and neither is what cannot be loaded.
  const slow = await open(at('reference/acme.html'), 1280, 'light', isInFolder);
  await slow.addInitScript(() => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src');
    Object.defineProperty(HTMLScriptElement.prototype, 'src', { set(it) { window.arrive = () => set.call(this, it); } });
  });
  await slow.reload();
  await slow.locator('[id="ui:search"]').fill('iban');
  const meanwhile = await slow.locator('[id="ui:count"]').textContent();
  check(meanwhile === 'Loading…', `while the index is loading: ${meanwhile}`);
  await slow.evaluate(() => window.arrive());
  await slow.locator('[id="ui:results"] a').first().waitFor({ timeout: 5000 });
  await slow.context().close();
  const site = dirname(fileURLToPath(url));
  const copy = mkdtempSync(join(tmpdir(), 'site-without-index-'));
  try {
    cpSync(site, copy, { recursive: true });
    rmSync(`${copy}/assets/search.js`);
    const without = await open(pathToFileURL(`${copy}/reference/acme.html`).href, 1280, 'light', () => true);
    without.removeAllListeners('console');
    await without.locator('[id="ui:search"]').fill('iban');
    await without.locator('[id="ui:count"]', { hasText: 'The index cannot be loaded' }).waitFor({ timeout: 5000 });
    await without.context().close();
  } finally {
    rmSync(copy, { recursive: true });
  }

  // What no page can have written leads nowhere, and nothing else fails.
  const odd = await open(at('reference/acme.html#100%'), 1280, 'light', isInFolder);
  check(await odd.locator('.code button').count() > 0, 'behind a malformed address nothing runs');
  await odd.context().close();

  // An anchor leads to its operation; what is folded opens.
  await page.goto(at('reference/acme.html#create_payout'));
  const top = await page.locator('#create_payout h3').evaluate((it) => it.getBoundingClientRect().top);
  check(top > 40 && top < 300, `the operation stands at ${top}`);
  await page.locator('.answer details').first().evaluate((it) => { it.querySelector('li').id = 'deep'; });
  await page.evaluate(() => { location.hash = 'deep'; });
  await page.locator('#deep').waitFor({ state: 'visible', timeout: 5000 });

  // What is copied is the code.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('#create_payout .code button').first().click();
  await page.locator('#create_payout .code button', { hasText: 'Copied' }).waitFor({ timeout: 5000 });
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check(copied.includes('.create_payout('), `copied: ${copied}`);

  // The text of a spec does nothing.
  check(await page.evaluate(() => window.wasRun === undefined), 'a text of the spec was run');
  check(await page.locator('main img, main script').count() === 0, 'a text of the spec became an element');

  const keys = await open(at('reference/acme.html'), 390, 'dark', isInFolder);
  const nStops = await stops(keys);
  check(nStops > 20, `the keyboard reaches ${nStops} places`);
  const nFolded = await foldedInPrint(keys);
  check(nFolded === 0, `${nFolded} folded parts are not printed`);

  // Without a script everything is there but the search.
  const bare = await open(at('reference/acme.html'), 1280, 'light', isInFolder, { javaScriptEnabled: false });
  check(await bare.locator('#create_payout .members').first().isVisible(), 'members are not seen without a script');
  check(!(await bare.locator('[id="ui:search"]').isVisible()), 'a search that does nothing is shown');
  check(await bare.locator('nav a').first().isVisible(), 'the menu is not seen without a script');
} finally {
  await finish();
}
