// Filters the changes, and opens what a link leads into. The page is complete
// without it.
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const toolbar = one('.toolbar');
  const own = (name) => document.getElementById(`ui:${name}`);
  const search = own('search');
  const onlyAlarms = own('alarms');
  const shown = own('shown');
  const meanings = all('input[name=meaning]');

  const operations = all('.operation').map((element) => ({
    element,
    entry: all('nav [data-for]').find((it) => it.dataset.for === element.id),
    text: (element.querySelector('h3').textContent + ' ' + element.querySelector('h3 + p').textContent).toLowerCase(),
    groups: all('.group', element),
    changes: all('.change', element).map((change) => ({
      element: change,
      text: change.textContent.toLowerCase(),
      meaning: change.dataset.meaning,
      isAlarm: 'alarm' in change.dataset,
    })),
  }));
  const nChanges = operations.reduce((n, it) => n + it.changes.length, 0);

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = new Set(meanings.filter((it) => it.checked).map((it) => it.value));
    let n = 0;
    for (const operation of operations) {
      let nHere = 0;
      for (const change of operation.changes) {
        const text = operation.text + ' ' + change.text;
        const isShown = wanted.has(change.meaning)
          && (!onlyAlarms.checked || change.isAlarm)
          && words.every((word) => text.includes(word));
        change.element.hidden = !isShown;
        nHere += isShown ? 1 : 0;
      }
      for (const group of operation.groups) {
        group.hidden = !group.querySelector('.change:not([hidden])');
      }
      operation.element.hidden = nHere === 0;
      if (operation.entry) operation.entry.hidden = nHere === 0;
      n += nHere;
    }
    for (const provider of all('.provider')) {
      const note = provider.querySelector('.nothing');
      if (note) note.hidden = provider.querySelector('.operation:not([hidden])') !== null
        || provider.querySelector('.operation') === null;
    }
    const of = nChanges === 1 ? '1 change' : `${nChanges} changes`;
    shown.textContent = n === nChanges ? of : `${n} of ${of}`;
  }

  // What is linked to must be seen, whatever is filtered or folded.
  function reveal() {
    const target = linked();
    if (!target) return;
    if (target.closest('[hidden]')) {
      search.value = '';
      onlyAlarms.checked = false;
      for (const it of meanings) it.checked = true;
      filter();
    }
    unfold(target);
    target.scrollIntoView();
  }

  addEventListener('hashchange', reveal);
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(input|textarea|select)$/.test(document.activeElement.localName)
      && document.activeElement.type !== 'checkbox';
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'Escape' && document.activeElement === search) {
      search.value = '';
      filter();
    }
  });
  toolbar.addEventListener('submit', (event) => event.preventDefault());
  toolbar.addEventListener('input', filter);
  toolbar.hidden = nChanges === 0;
  own('contents').open = matchMedia('(min-width: 60rem)').matches;
  filter();
  if (location.hash) reveal();
})();
