// The booking page without this file is whole. With it, the chosen day is in sight, and times are told in the zone of
// the device that shows them.
import { load } from "./swap.js";

function settle() {
  const strip = document.querySelector(".days");
  const day = strip?.querySelector("[aria-current]");
  if (day) {
    const [one, all] = [day.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += document.documentElement.dir === "rtl" ? one.right - all.right + 16 : one.left - all.left - 16;
  }
  const zone = document.getElementById("zone");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || "told" in zone.dataset || !own || own === zone.dataset.zone) return;
  const address = new URL(location);
  address.searchParams.set("tz", own);
  load(address, { swap: "#page" }).then((answer) => answer && history.replaceState(null, "", address), () => {});
}

document.addEventListener("swapped", settle);
settle();
