// A visit of several parts, in as many columns, has one outline: its parts, and what joins them.
const SVG = "http://www.w3.org/2000/svg";
const IN = 12; // pixels from an edge at which a line leaves a part

export function tie(day) {
  day.querySelector(".ties")?.remove();
  const visits = new Map();
  for (const one of day.querySelectorAll(".ap[data-parts]")) {
    visits.set(one.dataset.id, [...(visits.get(one.dataset.id) ?? []), one]);
  }
  const several = [...visits.values()].filter((parts) => parts.length > 1);
  if (!several.length || !matchMedia("(min-width: 641px)").matches) return;
  const from = day.getBoundingClientRect();
  const [left, top] = [from.left + day.clientLeft - day.scrollLeft, from.top + day.clientTop - day.scrollTop];
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "ties");
  drawing.setAttribute("aria-hidden", "true");
  for (const parts of several) {
    const boxes = parts.sort((a, b) => a.dataset.part - b.dataset.part).map((one) => {
      const box = one.getBoundingClientRect();
      return { x: box.left - left, y: box.top - top, w: box.width, h: box.height, r: box.right - left, b: box.bottom - top };
    });
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", [...parts[0].classList].find((name) => name.startsWith("hue-")) ?? "");
    line.dataset.id = parts[0].dataset.id;
    line.setAttribute("d", boxes.map(outline).join("") + boxes.slice(1).map((box, n) => joint(boxes[n], box)).join(""));
    drawing.append(line);
  }
  drawing.setAttribute("width", day.scrollWidth);
  drawing.setAttribute("height", day.scrollHeight);
  day.append(drawing);
}

const outline = ({ x, y, w, h }) =>
  `M${x + 6} ${y}h${w - 12}a6 6 0 0 1 6 6v${Math.max(0, h - 12)}a6 6 0 0 1-6 6h${12 - w}a6 6 0 0 1-6-6v${-Math.max(0, h - 12)}a6 6 0 0 1 6-6z`;

function joint(a, b) {
  if (Math.abs(a.x - b.x) < 2) return a.b < b.y - 2 ? `M${a.x + IN} ${a.b}V${b.y}` : ""; // one below the other
  const [one, two] = a.x < b.x ? [a, b] : [b, a];
  const begin = Math.min(Math.max(two.y + IN, one.y + Math.min(IN, one.h / 2)), one.b - Math.min(IN, one.h / 2));
  const end = Math.min(Math.max(begin, two.y + Math.min(IN, two.h / 2)), two.b - Math.min(IN, two.h / 2));
  return `M${one.r} ${begin}H${(one.r + two.x) / 2}V${end}H${two.x}`;
}

let last = 0;
new ResizeObserver(([entry]) => {
  const day = document.querySelector(".day.placed");
  if (day && entry.contentRect.width !== last) tie(day);
  last = entry.contentRect.width;
}).observe(document.getElementById("main"));
