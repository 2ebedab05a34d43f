// Diffs: the choice of two columns is kept, with context on both sides; code is copied without marks;
// Alt and a click on a line put it into the page's address. All of this is optional: the page works without scripts.
(() => {
  const box = document.getElementById("split"), key = "side-by-side";
  const both = () => {
    for (const line of box.checked ? document.querySelectorAll(".file pre > a:not(.c)") : []) {
      if (line.nextSibling?.className == "c") continue;
      const copy = line.cloneNode(true);
      copy.removeAttribute("id");
      copy.className = "c";
      copy.ariaHidden = true;
      line.after(copy);
    }
  };
  if (box) {
    try { box.checked = localStorage[key] == "1"; } catch {}
    box.onchange = () => {
      try { localStorage[key] = box.checked ? "1" : "0"; } catch {}
      both();
    };
    both();
  }
  const element = (node) => (node.nodeType == 1 ? node : node.parentElement);
  document.addEventListener("click", (event) => {
    const line = event.altKey && event.target.closest(".diff pre [id]");
    if (line) location.hash = line.id;
  });
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.rangeCount != 1 || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!element(range.commonAncestorContainer).closest(".file .diff pre")) return;
    const line = element(range.startContainer).closest("pre a");
    const before = new Range();
    before.setStart(line ?? range.startContainer, 0);
    before.setEnd(range.startContainer, line ? range.startOffset : 0);
    const code = range.cloneContents();
    code.querySelectorAll(".c, samp, small").forEach((part) => part.remove());
    const lines = code.textContent.split("\n");
    const bare = lines.map((text, at) => (at || !`${before}` ? text.slice(1) : text));
    event.clipboardData.setData("text/plain", bare.join("\n"));
    event.preventDefault();
  });
})();
