// On any site: <script src="https://…/embed.js" data-business="the-slug"></script> puts the booking page where it
// stands, as high as the page needs; data-page="chat" the chat, data-page="bubble" a button in the corner that opens
// the chat. The site must be among those that the business allows.
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const { business, page, title } = script.dataset;
  const frame = document.createElement("iframe");
  frame.src = `${home}/${encodeURIComponent(business)}${page === "chat" || page === "bubble" ? "/chat#end" : ""}`;
  frame.title = title || (page === "bubble" || page === "chat" ? "Chat" : "Booking");

  if (page !== "bubble") {
    frame.style.cssText = "display:block;inline-size:100%;block-size:560px;border:0";
    addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== home) return;
      const height = Number(event.data?.height);
      if (height > 0) frame.style.blockSize = `${Math.min(height, 20000)}px`;
    });
    script.after(frame);
    return;
  }

  const corner = "position:fixed;z-index:2147483000;inset-inline-end:16px;";
  frame.style.cssText = `${corner}inset-block-end:88px;inline-size:min(400px,calc(100vw - 32px));block-size:min(600px,calc(100dvh - 104px));border:1px solid #8b8d99;border-radius:12px;background:Canvas;box-shadow:0 8px 24px #0003`;
  frame.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", frame.title);
  button.setAttribute("aria-expanded", "false");
  button.style.cssText = `${corner}inset-block-end:16px;inline-size:56px;block-size:56px;padding:16px;border:1px solid #fff;border-radius:50%;background:#0b6e4f;color:#fff;cursor:pointer;box-shadow:0 8px 24px #0003`;
  const drawn = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(drawn, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 1.8, "aria-hidden": true })) picture.setAttribute(name, value);
  const line = document.createElementNS(drawn, "path");
  line.setAttribute("d", "M4 5h16v11H10l-4 4v-4H4z");
  picture.append(line);
  button.append(picture);

  function open(on) {
    if (on && !frame.isConnected) button.before(frame); // nothing of ours is loaded before somebody wants it
    frame.hidden = !on;
    frame.style.display = on ? "block" : "none";
    button.setAttribute("aria-expanded", String(on));
    (on ? frame : button).focus();
  }
  button.addEventListener("click", () => open(frame.hidden));
  addEventListener("keydown", (event) => event.key === "Escape" && !frame.hidden && open(false));
  addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.origin === home && event.data === "close") open(false);
  });
  (document.body ?? document.documentElement).append(button);
})();
