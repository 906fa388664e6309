// Renews what changes while one looks, and keeps the reader's place: scroll, focus, opened details. Everything works without it.
"use strict";
(() => {
  const every = 5000;
  const main = document.querySelector("main[data-renew]");
  if (!main) return;
  const lost = document.getElementById("lost");

  // What is pressed must still be there when it is let go, or the click leads nowhere.
  let pressed = false;
  document.addEventListener("pointerdown", () => { pressed = true; });
  for (const end of ["pointerup", "pointercancel", "dragend"])
    document.addEventListener(end, () => setTimeout(() => { pressed = false; })); // after the click that follows

  const busy = () => pressed || document.hidden || !getSelection().isCollapsed
    || (main.contains(document.activeElement) && document.activeElement.matches("input, select"));

  // Where the focus is, in words that the renewed page knows as well.
  const place = element => {
    const address = element.getAttribute("href");
    const same = [...main.querySelectorAll(element.localName)].filter(each => each.getAttribute("href") === address);
    return { name: element.localName, address, index: same.indexOf(element) };
  };
  const find = ({ name, address, index }) =>
    [...main.querySelectorAll(name)].filter(each => each.getAttribute("href") === address)[index];

  const replace = next => {
    const active = document.activeElement;
    const focused = main !== active && main.contains(active) ? place(active) : null;
    const open = [...main.querySelectorAll("details[open][id]")].map(each => each.id);
    const scrolled = [...main.querySelectorAll(".wide")].map(each => each.scrollLeft);
    main.replaceChildren(...next.childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    [...main.querySelectorAll(".wide")].forEach((each, index) => { each.scrollLeft = scrolled[index] ?? 0; });
    if (focused) find(focused)?.focus({ preventScroll: true });
  };

  const renew = async () => {
    if (busy()) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 403) throw new Error("the key is no longer good");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("main");
      if (next && next.innerHTML !== main.innerHTML && !busy()) replace(next);
      document.title = page.title || document.title;
      lost.hidden = true;
      if (next && !next.hasAttribute("data-renew")) clearInterval(timer);
    } catch {
      lost.hidden = false;
    }
  };

  const timer = setInterval(renew, every);
  document.addEventListener("visibilitychange", renew);
})();
