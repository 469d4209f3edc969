// Links and forms with data-swap="#part …" fetch their page and put in only those parts of it. Without this file they
// are what they are: links and forms. Other files import `load` for the same, and listen to "swapped".

const asked = new Map(); // for each set of parts, how often it was asked for: an answer that another has overtaken is old

export async function load(address, { swap, push = false, ...options } = {}) {
  const turn = (asked.get(swap) ?? 0) + 1;
  asked.set(swap, turn);
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html", Swap: swap }, ...options });
  } catch {
    document.getElementById("unanswered")?.removeAttribute("hidden");
    document.dispatchEvent(new Event("unanswered"));
    return null;
  }
  document.getElementById("unanswered")?.setAttribute("hidden", "");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if ((options.method ?? "GET") === "GET" && asked.get(swap) !== turn) return null;
  const parts = swap.split(" ").filter((part) => page.querySelector(part) && document.querySelector(part));
  if (!parts.length) { // another page altogether: signed out, or an error
    if (answer.redirected && (options.method ?? "GET") !== "GET" || answer.ok) location.assign(answer.url);
    else document.body.replaceWith(document.adoptNode(page.body));
    return answer;
  }
  const focused = document.activeElement?.id;
  for (const part of parts) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  if (page.title) document.title = page.title;
  const moved = push && ((options.method ?? "GET") === "GET" || answer.redirected);
  if (moved) history.pushState({ swap }, "", answer.url);
  const next = document.querySelector(parts.map((part) => `${part} [autofocus]`).join());
  const same = focused ? document.getElementById(focused) : null;
  (next ?? same)?.focus({ preventScroll: !next });
  if (moved && !next && !same && parts.includes("#page")) { // another question: from its top, and said to who listens
    scrollTo(0, 0);
    document.getElementById("heading")?.focus({ preventScroll: true });
  }
  for (const part of parts) document.querySelector(part).dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
  return answer;
}

function plain(event) {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button;
}

async function follow(event, element, address, options) {
  event.preventDefault();
  const by = event.submitter ?? element;
  if (by.getAttribute("aria-busy") === "true") return;
  by.setAttribute("aria-busy", "true");
  try {
    await load(address, { swap: element.dataset.swap, ...options });
  } finally {
    by.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (link && !plain(event)) follow(event, link, link.href, { push: !link.hasAttribute("data-quiet") });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.swap || event.defaultPrevented) return;
  const values = new URLSearchParams(new FormData(form, event.submitter));
  if (form.method === "get") {
    const address = new URL(form.action);
    address.search = values;
    follow(event, form, address, { push: !form.hasAttribute("data-quiet") });
  } else {
    follow(event, form, event.submitter?.getAttribute("formaction") ?? form.action, { method: "POST", body: values, push: form.hasAttribute("data-push") });
  }
});

addEventListener("popstate", () => location.reload());

document.addEventListener("click", (event) => { // a menu closes when something else is clicked
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
