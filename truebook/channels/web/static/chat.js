// The chat without this file is whole. With it, what was said stands there at once, with a sign that it is being
// answered, and answers come in by themselves.
import { load } from "./swap.js";

const PAUSE = 2000;

function end() {
  document.getElementById("end")?.scrollIntoView({ block: "end" });
}

function say(text, kind) {
  const line = document.createElement("li");
  line.className = kind;
  line.dir = "auto";
  line.textContent = text;
  document.getElementById("talk").append(line);
  return line;
}

document.addEventListener("submit", (event) => { // after swap.js has sent it: its listener is older
  const form = event.target;
  if (!form.matches(".say, .replies")) return;
  const field = document.getElementById("text");
  const text = event.submitter?.name === "text" ? event.submitter.value : field.value;
  const lines = [say(text, "mine"), say(document.getElementById("talk").dataset.typing, "theirs quiet")];
  if (field) field.value = "";
  end();
  document.addEventListener("unanswered", () => {
    lines.forEach((line) => line.remove());
    if (field && !field.value) field.value = text;
  }, { once: true });
});

function look() {
  const talk = document.getElementById("talk");
  if (!talk?.dataset.look) return;
  setTimeout(async () => {
    const known = talk.childElementCount;
    if (talk.isConnected) await load(location.pathname + location.search, { swap: talk.dataset.look });
    if (document.getElementById("talk").childElementCount !== known) end();
    if (talk.isConnected) look(); // nobody answered us: once more
  }, PAUSE);
}

document.addEventListener("swapped", (event) => {
  if (event.target.id === "page") end();
  look();
});
look();
