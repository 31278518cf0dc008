// Small improvements. Every page works without any of them.
(function () {
  "use strict";

  // The design system's own behaviour: focus on error summaries, conditional questions, no double sending.
  window.GOVUKFrontend.initAll();

  // Without a connection nothing is sent, and what was written stays where it is.
  document.addEventListener(
    "submit",
    function (sending) {
      var form = sending.target;
      var said = form.querySelector("[data-onestory-offline]");
      if (said) {
        said.remove();
      }
      if (navigator.onLine || form.method !== "post") {
        return;
      }
      sending.preventDefault();
      sending.stopImmediatePropagation();
      said = document.createElement("p");
      said.className = "govuk-error-message";
      said.setAttribute("role", "alert");
      said.dataset.onestoryOffline = "";
      said.textContent = "You are not connected. Nothing was sent. What you wrote still stands on this page: try again.";
      form.append(said);
    },
    true,
  );

  // A print button appears only where it can do something.
  document.querySelectorAll("[data-onestory-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
