// Where somebody can be found does not belong in free words, which everybody reads who reads the page. What looks like
// it is asked about once, beside the field, as soon as the field is left. It holds nothing up, sends nothing, and knows
// of no record: so it tells nobody anything.
(function () {
  "use strict";

  var LOOKS_LIKE = [
    [/\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i, "a postcode"],
    [
      /\b\d{1,4}[a-z]?,? (?:[A-Z][\w'’-]+ ){1,3}(?:Street|Road|Lane|Close|Avenue|Drive|Way|Court|Crescent|Gardens|Grove|Place|Terrace)\b/,
      "an address",
    ],
    [/(?:\+44 ?|\b0)\d(?:[ -]?\d){8,9}\b/, "a telephone number"],
    [/\S@\S+\.\w/, "an e-mail address"],
  ];
  var ASKS_FOR_IT = /address|where|place|location|phone|contact|call/;

  function found(words) {
    var one = LOOKS_LIKE.find(function (looks) {
      return looks[0].test(words);
    });
    return one ? one[1] : "";
  }

  document.querySelectorAll("textarea").forEach(function (field) {
    if (ASKS_FOR_IT.test(field.name)) {
      return;
    }
    var said = document.createElement("div");
    said.className = "onestory-place";
    said.setAttribute("role", "status");
    field.after(said);
    field.addEventListener("change", function () {
      var what = found(field.value);
      said.textContent = what
        ? "This looks like " + what + ". Everybody who reads these words will read it. Does it have to stand here? " +
          "Leave out where somebody lives or can be reached, unless you are asked for it."
        : "";
    });
  });
})();
