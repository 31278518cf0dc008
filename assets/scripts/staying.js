// Says in time that a session is about to end, so that somebody who is still reading or writing can stay.
(function () {
  "use strict";

  var WARN_BEFORE = 120; // seconds
  var dialog = document.querySelector("[data-onestory-stay]");
  if (!dialog || !dialog.showModal) {
    return;
  }
  var timer;

  function show(part) {
    dialog.querySelectorAll("[data-onestory-stay-part]").forEach(function (one) {
      one.hidden = one.dataset.onestoryStayPart !== part;
    });
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  function begin() {
    var idle = Number(dialog.dataset.idleSeconds);
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      show("soon");
      timer = window.setTimeout(show, WARN_BEFORE * 1000, "over");
    }, Math.max(idle - WARN_BEFORE, 0) * 1000);
  }

  dialog.querySelector("[data-onestory-stay-button]").addEventListener("click", function () {
    var token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    fetch(dialog.dataset.onestoryStay, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }).then(
      function (answer) {
        if (answer.status === 204) {
          dialog.close();
          begin();
        } else {
          show("over");
        }
      },
      function () {
        show("over");
      },
    );
  });
  dialog.querySelector("[data-onestory-stay-close]").addEventListener("click", function () {
    dialog.close();
  });
  begin();
})();
