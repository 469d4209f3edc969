// Inside another site's page: without a frame of its own, and telling the outer page how high it is, and when somebody
// presses Escape. Nothing else.
if (parent !== window) {
  document.documentElement.classList.add("framed");
  new ResizeObserver(() => {
    parent.postMessage({ height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  }).observe(document.body);
  addEventListener("keydown", (event) => event.key === "Escape" && parent.postMessage("close", "*"));
  // where the browser keeps no cookie for a page inside another one, the conversation is known by its address
  document.addEventListener("formdata", (event) => event.target.matches(".say, .replies") && event.formData.set("framed", "1"));
}
