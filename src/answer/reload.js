// The preview's script: loads the page again when the server shows something else than it did when
// the page was loaded, and brings the reader back to the place.
(() => {
  const shown = "VERSION";
  const key = "patchpress-place";
  const address = new URL("events", document.currentScript.src);
  let events = null;

  // The site's own, not the preview's.
  const details = () => [...document.querySelectorAll("details:not(#patchpress-error *)")];
  // The page while there is no site: the reader's place is kept for the one that comes after it.
  const isNotice = () => document.querySelector(".patchpress-notice") !== null;

  // The topmost element that has a name, and where it stands: pages grow and shrink above the reader.
  const place = () => {
    const at = document.elementsFromPoint(innerWidth / 2, 8).map((e) => e.closest("[id]"));
    const mark = at.find((e) => e && e !== document.body);
    return {
      page: location.pathname,
      y: scrollY,
      mark: mark?.id,
      top: mark?.getBoundingClientRect().top,
      open: details().map((e) => e.open),
    };
  };

  const restore = () => {
    if (isNotice()) return;
    const was = JSON.parse(sessionStorage.getItem(key) || "null");
    sessionStorage.removeItem(key);
    if (!was || was.page !== location.pathname) return;
    const now = details();
    if (now.length === was.open.length) now.forEach((e, n) => (e.open = was.open[n]));
    // What lies outside the window has no height of its own until it was near it: so twice.
    const go = () => {
      const mark = was.mark && document.getElementById(was.mark);
      const y = mark ? scrollY + mark.getBoundingClientRect().top - was.top : was.y;
      scrollTo({ top: y, behavior: "instant" });
    };
    go();
    requestAnimationFrame(() => requestAnimationFrame(go));
  };

  const hear = (event) => {
    if (event.data === shown) return;
    if (!isNotice()) sessionStorage.setItem(key, JSON.stringify(place()));
    location.reload();
  };

  const stop = () => {
    events?.close();
    events = null;
  };

  // A browser has six connections to a server: pages that nobody sees hold none.
  const start = () => {
    if (events || document.hidden) return;
    events = new EventSource(address);
    events.addEventListener("version", hear);
    events.addEventListener("error", () => {
      if (events?.readyState !== EventSource.CLOSED) return;
      stop();
      setTimeout(start, 1000);
    });
  };

  addEventListener("load", restore);
  addEventListener("pageshow", start);
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
  start();
})();
