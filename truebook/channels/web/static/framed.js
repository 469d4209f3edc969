// Inside another site's page: without a frame of its own, and telling the outer page how high it is. Nothing else.
if (parent !== window) {
  document.documentElement.classList.add("framed");
  new ResizeObserver(() => {
    parent.postMessage({ height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  }).observe(document.body);
}
