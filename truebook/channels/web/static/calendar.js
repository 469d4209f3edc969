// The calendar as a grid: everything is put in its place by the minutes it carries, can be dragged to another time or
// person, and empty time can be clicked or drawn to book. What the server says about a move is what is shown.
import { listen } from "./live.js";
import { load } from "./swap.js";
import { tie } from "./visits.js";

const PARTS = "#day #sums #notice #panel";
const STEP = 5;
const FAR = 5; // pixels before a press is a drag
const EDGE = 7; // pixels at the end of an appointment by which it is made longer, as in desk.css
let dragging = false;
let dropped = false;

const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const grid = () => document.querySelector(".day");
const roomy = () => matchMedia("(min-width: 641px)").matches;

export function place() {
  const day = grid();
  for (const fill of document.querySelectorAll("[data-fill] i")) fill.style.inlineSize = `${fill.parentNode.dataset.fill}%`;
  if (!day) return;
  for (const name of ["opens", "closes"]) day.style.setProperty(`--${name}`, day.dataset[name]);
  day.style.setProperty("--widths", [...day.querySelectorAll(".col")].map(width).join(" ") || "1fr");
  for (const one of day.querySelectorAll("[data-at]")) {
    for (const name of ["at", "for", "lane", "lanes"]) {
      if (one.dataset[name] !== undefined) one.style.setProperty(`--${name}`, one.dataset[name]);
    }
    if (+one.dataset.after && !one.matches(".past, .done, .missed")) {
      const buffer = document.createElement("div");
      buffer.className = "buffer";
      buffer.style.setProperty("--at", +one.dataset.at + +one.dataset.for);
      buffer.style.setProperty("--for", one.dataset.after);
      for (const name of ["lane", "lanes"]) if (one.dataset[name]) buffer.style.setProperty(`--${name}`, one.dataset[name]);
      one.before(buffer);
    }
  }
  const fresh = !day.classList.contains("placed");
  day.classList.add("placed");
  tie(day);
  if (fresh && place.scroll !== undefined) [day.scrollTop, day.scrollLeft] = place.scroll;
  else if (fresh && day.dataset.now && roomy()) {
    day.scrollTop = Math.max(0, ((+day.dataset.now - +day.dataset.opens) / 60 - 2) * hour());
  }
}

function width(column) { // so wide that those who stand side by side can be read
  const lanes = Math.max(1, ...[...column.querySelectorAll(".ap")].map((one) => +(one.dataset.lanes ?? 1)));
  return `minmax(${Math.max(120, lanes * 64)}px, 1fr)`;
}

const hour = () => grid().querySelector(".scale").clientHeight / ((grid().dataset.closes - grid().dataset.opens) / 60);

function spot(event, column, length, grip) {
  const box = column.getBoundingClientRect();
  const minute = +grid().dataset.opens + ((event.clientY - box.top - grip) / hour()) * 60;
  const snapped = Math.round(minute / STEP) * STEP;
  return Math.min(Math.max(snapped, +grid().dataset.opens), +grid().dataset.closes - length);
}

function under(event) {
  const columns = [...grid().querySelectorAll(".col")];
  return columns.find((one) => {
    const box = one.getBoundingClientRect();
    return event.clientX >= box.left && event.clientX < box.right;
  });
}

function ghost(column, minute, length, text, part = "") {
  let one = grid().querySelector(`.ghost[data-part="${part}"]`);
  if (!one) {
    one = document.createElement("div");
    one.className = "ghost";
    one.dataset.part = part;
  }
  if (one.parentNode !== column) column.append(one);
  one.style.setProperty("--at", minute);
  one.style.setProperty("--for", length);
  one.textContent = text;
  return one;
}

function follow(start, { on, end }) {
  const { pointerId } = start;
  const stop = (event, kept) => {
    removeEventListener("pointermove", moved);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", lost);
    removeEventListener("keydown", escaped, true);
    grid()?.classList.remove("dragging");
    for (const one of grid()?.querySelectorAll(".ghost") ?? []) one.remove();
    dragging = false;
    end(event, kept);
  };
  const moved = (event) => event.pointerId === pointerId && on(event);
  const up = (event) => event.pointerId === pointerId && stop(event, true);
  const lost = (event) => event.pointerId === pointerId && stop(event, false);
  const escaped = (event) => event.key === "Escape" && (event.stopPropagation(), stop(event, false));
  addEventListener("pointermove", moved);
  addEventListener("pointerup", up);
  addEventListener("pointercancel", lost);
  addEventListener("keydown", escaped, true);
}

function send(address, values) {
  const body = new URLSearchParams({ csrf: document.querySelector("#freeing [name=csrf]").value, ...values });
  return load(address, { swap: PARTS, method: "POST", body });
}

function drag(press, block) {
  const grip = press.clientY - block.getBoundingClientRect().top;
  const length = +block.dataset.for;
  const home = block.closest(".col");
  const kin = [...grid().querySelectorAll(`.ap[data-id="${block.dataset.id}"]`)].filter((one) => one !== block);
  const whole = kin.every((one) => one.closest(".col") === home); // one does it all: then another one does
  const fade = (on) => [block, ...kin].forEach((one) => one.classList.toggle("dragged", on));
  let target = null;
  follow(press, {
    on(event) {
      if (!dragging && Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < FAR) return;
      if (!dragging) {
        dragging = true;
        fade(true);
        grid().classList.add("dragging");
      }
      const column = under(event) ?? home;
      const minute = spot(event, column, length, grip);
      target = { column, minute };
      ghost(column, minute, length, `${clock(minute)} ${block.querySelector("b").textContent}`, block.dataset.part ?? "1");
      for (const one of kin) { // the other parts of a visit go with it, each with whom it is
        const other = whole || column.dataset.day !== home.dataset.day ? column : one.closest(".col");
        ghost(other, +one.dataset.at + minute - block.dataset.at, +one.dataset.for, "", one.dataset.part);
      }
    },
    end(event, kept) {
      fade(false);
      if (!target) return;
      dropped = true; // the click that follows is none
      setTimeout(() => (dropped = false));
      const { column, minute } = target;
      const same = column === home && minute === +block.dataset.at;
      if (!kept || same) return;
      send(`/desk/appointments/${block.dataset.id}/move?${grid().dataset.query}`, {
        version: block.dataset.version,
        start: `${column.dataset.day}T${clock(Math.max(0, minute - (block.dataset.late ?? 0)))}`, // the whole visit moves
        part: whole ? "" : block.dataset.part,
        staff: column === home ? "" : column.dataset.staff ?? "",
      });
    },
  });
}

function stretch(press, block) {
  const column = block.closest(".col");
  const at = +block.dataset.at;
  let length = 0;
  follow(press, {
    on(event) {
      dragging = true;
      length = Math.max(STEP, spot(event, column, 0, 0) - at);
      ghost(column, at, length, `${clock(at)}–${clock(at + length)}`);
    },
    end(event, kept) {
      dropped = true;
      setTimeout(() => (dropped = false));
      if (!kept || !length || length === +block.dataset.for) return;
      send(`/desk/appointments/${block.dataset.id}/length?${grid().dataset.query}`, {
        version: block.dataset.version,
        part: block.dataset.part ?? 1,
        minutes: length,
      });
    },
  });
}

function draw(press, column) {
  const from = spot(press, column, STEP, 0);
  const begin = Math.floor(from / 15) * 15;
  let length = 0;
  follow(press, {
    on(event) {
      if (!dragging && Math.abs(event.clientY - press.clientY) < FAR) return;
      dragging = true;
      length = Math.max(15, Math.round((spot(event, column, 0, 0) - begin) / 15) * 15);
      ghost(column, begin, length, `${clock(begin)}–${clock(begin + length)}`);
    },
    end(event, kept) {
      if (!kept) return;
      const until = clock(Math.min(begin + Math.max(length, 30), 1439));
      const asked = new URLSearchParams({ on: column.dataset.day, time: clock(begin), until, with: column.dataset.staff ?? "" });
      load(`/desk/new?${grid().dataset.query}&${asked}`, { swap: "#panel" });
    },
  });
}

document.addEventListener("pointerdown", (event) => {
  if (event.button || !grid()?.contains(event.target) || !roomy()) return;
  const block = event.target.closest(".ap");
  if (block) {
    if (!block.hasAttribute("data-movable")) return;
    if (block.getBoundingClientRect().bottom - event.clientY < EDGE) stretch(event, block);
    else drag(event, block);
    return;
  }
  const column = event.target.closest(".col");
  if (event.target.closest(".kept")) return;
  if (column && event.pointerType === "mouse") draw(event, column);
});
addEventListener("click", (event) => dropped && (event.preventDefault(), event.stopPropagation()), true);
document.addEventListener("dragstart", (event) => event.target.closest?.(".ap") && event.preventDefault());

// Live: what changes elsewhere is fetched, once it may be shown; after a lost connection too.
let waiting = false;
async function refresh() {
  if (dragging || document.hidden) {
    waiting = true;
    return;
  }
  waiting = false;
  const day = grid();
  place.scroll = day ? [day.scrollTop, day.scrollLeft] : undefined;
  await load(location.href, { swap: "#day #sums" });
}
document.addEventListener("visibilitychange", () => waiting && refresh());
addEventListener("pointerup", () => setTimeout(() => waiting && refresh(), 300));

document.addEventListener("swapped", place);
place();
listen(refresh);
