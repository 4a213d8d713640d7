/* The colours that the visitor chose, before anything is drawn. Loaded in the head, blocking. */
{
  let chosen = null;
  try {
    chosen = localStorage.getItem("dateline-theme");
  } catch {
    chosen = null; // the browser keeps nothing: the system's colours, then
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
