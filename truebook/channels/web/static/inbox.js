// The inbox stays as it is in the database: what is said elsewhere is fetched; what is being typed stays.
import { listen } from "./live.js";
import { load } from "./swap.js";

const said = () => document.getElementById("said");
const toEnd = () => said() && (said().scrollTop = said().scrollHeight);
let waiting = false;

async function refresh() {
  waiting = document.hidden;
  if (waiting) return;
  const open = [...document.querySelectorAll("#said details[open]")].map((one) => one.id);
  const above = said() && said().scrollHeight - said().scrollTop - said().clientHeight > 80 ? said().scrollTop : null;
  await load(location.href, { swap: "#chats #said #side #replies" });
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (above === null) toEnd();
  else said().scrollTop = above;
}

document.addEventListener("visibilitychange", () => waiting && refresh());
toEnd();
listen(refresh);
