// Runs before the page is drawn, so that neither light nor names flash by. A classic script: modules come too late.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  const remember = (store, key, attribute) => {
    try {
      const value = window[store].getItem(key);
      if (value) root.setAttribute(attribute, value);
    } catch { /* storage is closed on this device: the page stays as it came */ }
  };
  remember("localStorage", "theme", "data-theme");
  remember("sessionStorage", "names", "data-names");
})();
