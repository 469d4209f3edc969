// While checks are being played, their page is asked again until they are done.
import { load } from "./swap.js";

async function wait() {
  while (document.querySelector("#checks[data-running]")) {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    if (!document.hidden) await load(location.href, { swap: "#checks" });
  }
}
wait();
