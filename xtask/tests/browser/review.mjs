// Opens the page of a review in Chromium and says what is wrong with it.
//
// usage: node review.mjs PAGE.html FOLDER-WITH-node_modules CHROMIUM

import { check, finish, foldedInPrint, open, readable, stops, url } from './browser.mjs';

// The page is all there is.
const isOurs = (address) => address.split('#')[0] === url;

try {
  await readable(url, isOurs);

  const page = await open(url, 1280, 'light', isOurs);
  const shown = () => page.locator('.change:visible').count();
  const all = await shown();
  check(all > 5, `shows ${all} changes`);

  await page.keyboard.press('/');
  await page.keyboard.type('purpose');
  check(await shown() === 1, `a search for one member shows ${await shown()} changes`);
  check(await page.locator('.operation:visible').count() === 1, 'operations without a match are shown');
  check((await page.locator('[id="ui:shown"]').textContent()) === `1 of ${all} changes`, 'the number of changes is wrong');
  await page.keyboard.press('Escape');
  check(await shown() === all, 'Escape does not end the search');
  await page.keyboard.type('no such thing');
  check(await shown() === 0 && await page.locator('.nothing:visible').count() > 0, 'no match is not told');
  await page.keyboard.press('Escape');

  for (const it of ['breaks-rust', 'new-thing', 'documentation']) await page.locator(`input[value=${it}]`).press('Space');
  const wire = await page.locator('.change[data-meaning=breaks-wire]').count();
  check(await shown() === wire, `only what breaks the wire: ${await shown()} of ${wire}`);
  await page.locator('[id="ui:alarms"]').press('Space');
  check(await page.locator('.change:visible:not([data-alarm])').count() === 0, 'more than alarms are shown');

  // A link leads to what is filtered away, too.
  const last = await page.locator('.change').last().getAttribute('id');
  await page.evaluate((it) => { location.hash = it; }, last);
  await page.locator(`[id="${last}"]`).waitFor({ state: 'visible', timeout: 5000 });

  // What no page can have written leads nowhere, and nothing fails.
  await (await open(`${url}#100%`, 1280, 'light', isOurs)).context().close();

  const keys = await open(url, 390, 'dark', isOurs);
  const nStops = await stops(keys);
  check(nStops > 20, `the keyboard reaches ${nStops} places`);
  const nFolded = await foldedInPrint(keys);
  check(nFolded === 0, `${nFolded} folded parts are not printed`);
} finally {
  await finish();
}
