// A visit of several parts, in as many columns, has one outline: its parts, and what joins them.
const SVG = "http://www.w3.org/2000/svg";
const OUT = 1.5; // pixels around a part at which its outline is drawn
const IN = 12; // pixels from a part's side at which a line goes down

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
      const [x, y] = [box.left - left - OUT, box.top - top - OUT];
      return { x, y, w: box.width + 2 * OUT, h: box.height + 2 * OUT, r: x + box.width + 2 * OUT, b: y + box.height + 2 * OUT };
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
  const level = Math.max(a.y, b.y); // along the edges, where nothing is written, and below what stands between
  const [begin, end] = [one, two].map((box) => Math.min(level, box.b - 2));
  return `M${one.r - 4} ${begin}H${two.x - 1}V${end}h5`;
}

let last = 0;
new ResizeObserver(([entry]) => {
  const day = document.querySelector(".day.placed");
  if (day && entry.contentRect.width !== last) tie(day);
  last = entry.contentRect.width;
}).observe(document.getElementById("main"));
