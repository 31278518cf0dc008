// Keeps what somebody writes as they go. Without it, it is kept when they press the button.
(function () {
  "use strict";

  var PAUSE = 1500; // milliseconds without typing
  var LONGEST = 10000; // milliseconds for which an answer is waited for
  document.querySelectorAll("form[data-onestory-save]").forEach(function (form) {
    var timer;
    var sending = false;
    var stopped = false;
    var pressed = null; // the button that was pressed while something was still being kept
    var said = form.querySelector("[data-onestory-saved]");
    var version = form.querySelector("input[name=version]");

    function say(words) {
      said.textContent = words;
    }

    // Which saving of each answer stands now, so that the next one is not taken for somebody else's.
    function count(numbers) {
      Object.keys(numbers || {}).forEach(function (path) {
        var field = form.elements["read:" + path];
        if (field) {
          field.value = numbers[path];
        }
      });
    }

    function heard(answer) {
      var json = (answer.headers.get("content-type") || "").indexOf("json") >= 0;
      if (!json) {
        throw new Error("signed out");
      }
      return answer.json().then(function (found) {
        count(found.numbers);
        if (answer.ok) {
          if (version) {
            version.value = found.version;
          }
          say("Kept.");
        } else {
          stopped = true;
          say(found.changed);
        }
      });
    }

    function save() {
      if (sending || stopped) {
        return;
      }
      sending = true;
      var data = new FormData(form);
      data.set("saving", "yes");
      fetch(form.action, { method: "POST", body: data, signal: AbortSignal.timeout(LONGEST) })
        .then(heard)
        .catch(function () {
          say("Not kept just now. What you wrote still stands on this page.");
        })
        .finally(function () {
          sending = false;
          if (pressed) {
            form.requestSubmit(pressed);
          }
        });
    }

    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, PAUSE);
    }

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    // What is being kept has to be answered first: else the button's own saving would be taken for somebody else's.
    form.addEventListener("submit", function (event) {
      window.clearTimeout(timer);
      stopped = true;
      if (sending && event.submitter) {
        event.preventDefault();
        pressed = event.submitter;
      }
    });
  });
})();
