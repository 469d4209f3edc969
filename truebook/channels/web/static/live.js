// Live: hears the server say that something has changed, and shows whether it still hears it.
export function listen(changed) {
  const live = document.getElementById("live");
  if (!live || !window.EventSource) return;
  const source = new EventSource(live.dataset.from);
  let lost = false;
  const word = live.querySelector(".word").textContent;
  const show = (on) => {
    const now = document.getElementById("live");
    now.classList.add("on");
    now.classList.toggle("lost", !on);
    now.querySelector(".word").textContent = on ? word : now.dataset.lost;
  };
  source.onopen = () => {
    show(true);
    if (lost) changed();
    lost = false;
  };
  source.onerror = () => {
    lost = true;
    show(false);
  };
  source.addEventListener("changed", changed);
  document.addEventListener("swapped", () => source.readyState === EventSource.OPEN && show(true));
}
