// before anything is painted: what needs a script is shown, and the theme is the reader's
{
  const root = document.documentElement;
  root.classList.add('on');
  try {
    const kept = localStorage.getItem('diffing-theme');
    if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;
  } catch { /* the browser keeps nothing for a page from disk */ }
}
