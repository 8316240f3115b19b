// The bar of sections on a phone: marks the one in view, and keeps that mark in sight.
export const followSections = () => {
  const bar = document.querySelector(".switcher");
  if (!bar) return;
  const seen = new Map();
  const mark = () => {
    const first = [...document.querySelectorAll("#board .board-section")].find((section) => seen.get(section));
    for (const link of bar.children) {
      const here = first && link.hash === `#${first.id}`;
      if (here === link.hasAttribute("aria-current")) continue;
      link.toggleAttribute("aria-current", Boolean(here));
      if (here) bar.scrollTo({ left: link.offsetLeft - bar.clientWidth / 2 + link.clientWidth / 2 });
    }
  };
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) seen.set(entry.target, entry.isIntersecting);
    mark();
  }, { rootMargin: "-64px 0px -45% 0px" });
  const watch = () => {
    watcher.disconnect();
    seen.clear();
    for (const section of document.querySelectorAll("#board .board-section")) watcher.observe(section);
  };
  document.addEventListener("board:renewed", watch);
  watch();
};
