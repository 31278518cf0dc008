// Small improvements. Every page works without any of them.
(function () {
  "use strict";

  // The design system's own behaviour: focus on error summaries, conditional questions, no double sending.
  window.GOVUKFrontend.initAll();

  // Without a connection nothing is sent, and what was written stays where it is. A click is stopped before the design
  // system sees it: a second within one second would count as double sending, and nothing would answer it.
  function stopWithoutConnection(happening, form) {
    var said = form.querySelector("[data-onestory-offline]");
    if (said) {
      said.remove();
    }
    if (navigator.onLine || form.method !== "post") {
      return;
    }
    happening.preventDefault();
    happening.stopImmediatePropagation();
    said = document.createElement("p");
    said.className = "govuk-error-message";
    said.setAttribute("role", "alert");
    said.dataset.onestoryOffline = "";
    said.textContent = "You are not connected. Nothing was sent. What you wrote still stands on this page: try again.";
    form.append(said);
  }
  document.addEventListener(
    "click",
    function (click) {
      var button = click.target.closest("button, input[type=submit]");
      if (button && button.form && button.type === "submit") {
        stopWithoutConnection(click, button.form);
      }
    },
    true,
  );
  document.addEventListener(
    "submit",
    function (sending) {
      stopWithoutConnection(sending, sending.target);
    },
    true,
  );
  window.addEventListener("online", function () {
    document.querySelectorAll("[data-onestory-offline]").forEach(function (said) {
      said.textContent = "You are connected again. Nothing was sent yet: what you wrote still stands on this page.";
    });
  });

  // A print button appears only where it can do something.
  document.querySelectorAll("[data-onestory-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
