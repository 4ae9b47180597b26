// What all pages do: what is linked to is found and unfolded, and what is printed is
// not folded.
'use strict';

// What the address leads to; nothing if it is malformed.
function linked() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

function unfold(target) {
  for (let it = target; it; it = it.parentElement) {
    if (it.localName === 'details') it.open = true;
  }
}

{
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    for (const it of folded) it.open = true;
  });
  addEventListener('afterprint', () => {
    for (const it of folded) it.open = false;
  });
}

