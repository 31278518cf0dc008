// Small improvements. Every page works without any of them.
(function () {
  "use strict";

  // The design system's own behaviour: focus on error summaries, conditional questions, no double sending.
  window.GOVUKFrontend.initAll();

  // A print button appears only where it can do something.
  document.querySelectorAll("[data-onestory-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
