"""Pages: what people see in a browser. `routes` lists them; every page comes from `pages.page`."""
