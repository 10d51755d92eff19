/* "/" leads to the search; Escape closes its suggestions; forms marked data-eager submit when a choice changes. */
(function () {
  "use strict";
  var field = document.getElementById("cari");
  var found = document.getElementById("cari-usul");
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && field && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
    if (event.key === "Escape" && found && found.firstChild) {
      found.textContent = "";
      field.focus();
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found && found.firstChild) {
      var stops = [field].concat(Array.prototype.slice.call(found.querySelectorAll("a")));
      var here = stops.indexOf(document.activeElement);
      if (here >= 0) {
        event.preventDefault();
        stops[(here + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
      }
    }
  });
  document.addEventListener("click", function (event) {
    if (found && !event.target.closest(".find")) found.textContent = "";
  });
})();
