// Searches, copies code, and opens what a link leads into. The pages are
// complete without it.
(() => {
  const root = document.currentScript.dataset.root;
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  // Search: the index is a script, because a page from the disk may not fetch.
  const form = one('.search');
  const own = (name) => document.getElementById(`ui:${name}`);
  const search = own('search');
  const found = own('found');
  const results = own('results');
  const count = own('count');
  const MOST = 40;
  let index = null;
  let state = 'new';

  function load() {
    if (state === 'loading' || state === 'loaded') return;
    state = 'loading';
    const script = document.createElement('script');
    script.src = `${root}assets/search.js`;
    script.addEventListener('load', () => {
      const { kinds, pages, entries } = window.SEARCH;
      index = entries.map(([kind, page, anchor, title, detail], position) => ({
        kind: kinds[kind],
        rank: kind,
        position,
        page: pages[page][1],
        href: `${root}${pages[page][0]}${anchor && '#'}${anchor}`,
        title,
        detail,
        name: title.toLowerCase(),
        text: `${title} ${detail} ${pages[page][1]} ${kinds[kind]}`.toLowerCase(),
      }));
      state = 'loaded';
      show();
    });
    script.addEventListener('error', () => {
      state = 'failed';
      show();
    });
    document.head.append(script);
  }

  // The lower, the better; what does not have all words is not found.
  function score(entry, words) {
    let sum = entry.rank;
    for (const word of words) {
      if (entry.name === word) continue;
      if (entry.name.startsWith(word)) sum += 10;
      else if (entry.name.split(/[^a-z0-9]+/).some((it) => it.startsWith(word))) sum += 20;
      else if (entry.name.includes(word)) sum += 30;
      else if (entry.text.includes(word)) sum += 60;
      else return Infinity;
    }
    return sum;
  }

  function row(entry) {
    const make = (tag, name, text) => {
      const it = document.createElement(tag);
      it.className = name;
      it.textContent = text;
      return it;
    };
    const link = document.createElement('a');
    link.href = entry.href;
    link.append(
      make('span', 'what', entry.title),
      make('span', `kind-of ${entry.kind}`, entry.kind),
      make('span', 'about', [entry.page, entry.detail].filter((it) => it && it !== entry.title).join(' · ')),
    );
    const item = document.createElement('li');
    item.append(link);
    return item;
  }

  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.hidden = words.length === 0;
    if (words.length === 0) return;
    if (index === null) {
      count.textContent = state === 'failed' ? 'The index cannot be loaded' : 'Loading…';
      return;
    }
    const matches = index
      .map((entry) => ({ entry, score: score(entry, words) }))
      .filter((it) => it.score < Infinity)
      .sort((a, b) => a.score - b.score || a.entry.position - b.entry.position);
    results.replaceChildren(...matches.slice(0, MOST).map((it) => row(it.entry)));
    const n = matches.length;
    count.textContent = n === 0 ? 'Nothing is found' : n > MOST ? `The first ${MOST} of ${n}` : `${n} found`;
  }

  function close() {
    search.value = '';
    show();
  }

  // Arrows go through what is found.
  function step(event) {
    const links = [...results.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    (links[next] ?? (next < 0 ? search : links[at]))?.focus();
  }

  form.hidden = false;
  search.addEventListener('focus', load);
  search.addEventListener('input', () => { load(); show(); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    results.querySelector('a')?.click();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event);
    if (event.key === 'Escape') { close(); search.focus(); }
  });
  results.addEventListener('click', (event) => { if (event.target.closest('a')) close(); });
  document.addEventListener('click', (event) => { if (!form.contains(event.target)) found.hidden = true; });
  search.addEventListener('click', show);
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(input|textarea|select)$/.test(document.activeElement.localName);
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });

  // What is linked to must be seen.
  function reveal() {
    const target = linked();
    unfold(target);
    target?.scrollIntoView();
  }
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();

  // The menu shows where the page is.
  const entries = new Map(all('nav .contents a').map((it) => [it.hash.slice(1), it]));
  const seen = new Map();
  const watcher = new IntersectionObserver((changes) => {
    for (const it of changes) seen.set(it.target.id, it.isIntersecting);
    const current = [...entries.keys()].filter((id) => seen.get(id)).at(-1);
    if (!current) return;
    for (const [id, link] of entries) link.classList.toggle('here', id === current);
    const link = entries.get(current);
    const menu = one('nav');
    if (getComputedStyle(menu).position === 'sticky') {
      const [a, b] = [link.getBoundingClientRect(), menu.getBoundingClientRect()];
      if (a.top < b.top || a.bottom > b.bottom) menu.scrollTop += a.top - b.top - b.height / 3;
    }
  }, { rootMargin: '-80px 0px -70% 0px' });
  for (const id of entries.keys()) {
    const target = document.getElementById(id);
    if (target) watcher.observe(target);
  }

  for (const block of all('.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', `Copy: ${block.querySelector('pre').getAttribute('aria-label')}`);
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(block.querySelector('code').textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Not copied';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    block.append(button);
  }
})();
