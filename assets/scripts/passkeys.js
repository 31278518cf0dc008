// Passkeys: what the server asks is handed to the browser, and its answer is sent with the form.
(function () {
  "use strict";

  var supported = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;

  function ask(doing, options) {
    return doing === "make"
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
  }

  document.querySelectorAll("[data-onestory-passkey]").forEach(function (button) {
    var form = button.form;
    var problem = form.querySelector("[data-onestory-passkey-problem]");
    if (!supported) {
      return;
    }
    form.querySelector("[data-onestory-passkey-missing]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", function () {
      var options = JSON.parse(form.querySelector("[data-onestory-passkey-options]").textContent);
      problem.hidden = true;
      ask(button.dataset.onestoryPasskey, options).then(
        function (credential) {
          form.elements.credential.value = JSON.stringify(credential.toJSON());
          form.submit();
        },
        function () {
          problem.hidden = false;
        },
      );
    });
  });
})();
