// Light or dark by the reader's choice; without a choice, or without this script, as the system has it.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "theme";
  function kept() {
    try { return localStorage.getItem(key); } catch (error) { return null; }
  }
  function isDark() {
    var chosen = root.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  var before = kept();
  if (before === "dark" || before === "light") root.dataset.theme = before;
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("theme");
    if (!button) return;
    function say() { button.textContent = isDark() ? "Light" : "Dark"; }
    button.hidden = false;
    say();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem(key, root.dataset.theme); } catch (error) { /* only for this page, then */ }
      say();
    });
  });
})();
