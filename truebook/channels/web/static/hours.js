// The week's bars follow the times that are typed; dragging an edge of a bar types a time. Spare fields wait behind a plus.
// What is booked ahead stands below the bars, and what the hours would leave outside is marked and counted.
const STEP = 15;
const NIGHT = 1440;

const minute = (text) => (text ? +text.slice(0, 2) * 60 + +text.slice(3) : null);
const face = (value) => `${String(Math.floor(value / 60) % 24).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
const fields = (pair) => pair.querySelectorAll("input");

function draw(day) {
  const bars = day.querySelector(".bars");
  const open = [];
  bars.replaceChildren();
  for (const pair of day.querySelectorAll(".between")) {
    const [from, to] = [...fields(pair)].map((one) => minute(one.value));
    if (from === null || to === null) continue;
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const end = to || NIGHT;
    for (const [name, value] of Object.entries({ x: from, y: 0, width: Math.max(0, end - from), height: 20 })) bar.setAttribute(name, value);
    bar.pair = pair;
    bars.append(bar);
    open.push([from, end]);
  }
  count(day, open);
}

function count(day, open) {
  const told = day.querySelector(".outside");
  let outside = 0;
  for (const one of day.querySelectorAll(".booked-ahead rect")) {
    const out = !open.some(([from, end]) => from <= +one.dataset.from && +one.dataset.to <= end);
    one.classList.toggle("out", out);
    outside += out;
  }
  if (!told) return;
  told.hidden = !outside;
  told.querySelector("b").textContent = outside;
}

function pull(day, press) {
  const bars = day.querySelector(".bars");
  const box = bars.getBoundingClientRect();
  const rtl = document.dir === "rtl";
  const at = (event) => {
    const share = (event.clientX - box.left) / box.width;
    return Math.min(Math.max(Math.round(((rtl ? 1 - share : share) * NIGHT) / STEP) * STEP, 0), NIGHT);
  };
  const { pair } = press.target;
  if (!pair) return;
  const [from, to] = fields(pair);
  const begin = Math.abs(at(press) - minute(from.value)) < Math.abs(at(press) - (minute(to.value) || NIGHT));
  const move = (event) => {
    const value = at(event);
    if (begin && value < (minute(to.value) || NIGHT)) from.value = face(Math.min(value, NIGHT - STEP));
    if (!begin && value > minute(from.value)) to.value = face(value);
    draw(day);
  };
  const stop = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", stop);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop);
  press.preventDefault();
}

for (const day of document.querySelectorAll(".weekday")) {
  const more = day.querySelector("[data-more]");
  const spare = () => day.querySelector("[data-spare]");
  for (const one of day.querySelectorAll("[data-spare]")) one.hidden = true;
  more.hidden = !spare();
  more.addEventListener("click", () => {
    const next = spare();
    next.hidden = false;
    next.removeAttribute("data-spare");
    fields(next)[0].focus();
    more.hidden = !spare();
  });
  day.addEventListener("input", () => draw(day));
  day.querySelector(".bars").addEventListener("pointerdown", (event) => pull(day, event));
  draw(day);
}
