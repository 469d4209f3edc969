// Keys of the desk, and the panel's way back to what it was opened from.
const KEYS = { t: "#today", ArrowLeft: "#before", ArrowRight: "#after", n: "#new", m: "#move", z: "#undo", "/": "#search, #to-customers" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key === "Escape") {
    const shut = document.querySelector("#panel .shut");
    if (shut) {
      const from = document.getElementById("panel").dataset.of;
      shut.click();
      document.addEventListener("swapped", () => document.getElementById(from)?.focus(), { once: true });
    } else document.querySelector("#notice .toast")?.remove();
    return;
  }
  if (typing) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const all = [...document.querySelectorAll(".ap")];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    all[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    return;
  }
  const rtl = document.dir === "rtl";
  const key = rtl ? { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[event.key] ?? event.key : event.key;
  const target = KEYS[key] && [...document.querySelectorAll(KEYS[key])].find((one) => one.getClientRects().length);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.click();
});

function parts(one) { // of a visit that stands in several columns
  return document.querySelectorAll(`.ap[data-id="${one.dataset.id}"]`);
}
for (const [name, on] of [["pointerover", true], ["pointerout", false]]) {
  document.addEventListener(name, (event) => {
    const one = event.target.closest?.(".ap[data-parts]");
    if (one) for (const part of parts(one)) part.classList.toggle("kin", on);
  });
}

function closers() {
  for (const one of document.querySelectorAll("[data-close]")) one.hidden = false;
  for (const one of document.querySelectorAll(".ap[aria-current]")) {
    if (document.getElementById("panel").dataset.of !== `ap-${one.dataset.id}`) one.removeAttribute("aria-current");
  }
  const open = document.getElementById(document.getElementById("panel")?.dataset.of ?? "");
  if (open?.matches(".ap")) for (const part of parts(open)) part.setAttribute("aria-current", "true");
}
document.addEventListener("click", (event) => {
  const shut = event.target.closest("[data-close]");
  if (shut) document.querySelector(shut.dataset.close)?.remove();
});
document.addEventListener("swapped", closers);
closers();
for (const one of document.querySelectorAll(".scrolls [aria-current]")) one.parentNode.scrollLeft = one.offsetLeft - one.parentNode.offsetLeft - 60;
