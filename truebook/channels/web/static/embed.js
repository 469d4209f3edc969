// On any site: <script src="https://…/embed.js" data-business="the-slug"></script> puts the booking page where it
// stands, as high as the page needs. The site must be among those that the business allows.
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const frame = document.createElement("iframe");
  frame.src = `${home}/${encodeURIComponent(script.dataset.business)}${script.dataset.page === "chat" ? "/chat" : ""}`;
  frame.title = script.dataset.title || "Booking";
  frame.style.cssText = "display:block;inline-size:100%;block-size:560px;border:0";
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== home) return;
    const height = Number(event.data?.height);
    if (height > 0) frame.style.blockSize = `${Math.min(height, 20000)}px`;
  });
  script.after(frame);
})();
