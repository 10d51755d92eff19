// Passkeys: the browser's own dialogue. Options come from the page or the server as JSON; what it answers is posted.
(function () {
  "use strict";
  if (!window.PublicKeyCredential) { return; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); }).buffer;
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function readable(options) {
    var known = Object.assign({}, options.publicKey);
    known.challenge = bytes(known.challenge);
    if (known.user) { known.user = Object.assign({}, known.user, { id: bytes(known.user.id) }); }
    ["allowCredentials", "excludeCredentials"].forEach(function (name) {
      if (known[name]) {
        known[name] = known[name].map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
      }
    });
    return known;
  }

  function plain(credential) {
    var answer = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (credential.response[name]) { answer[name] = text(credential.response[name]); }
    });
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: answer,
      clientExtensionResults: credential.getClientExtensionResults()
    };
  }

  function options(form) {
    if (form.dataset.passkey === "login") {
      return fetch(form.action, { headers: { Accept: "application/json" } }).then(function (answer) {
        return answer.json();
      }).then(function (found) { return found.request_options; });
    }
    var found = JSON.parse(document.getElementById("passkey-options").textContent);
    return Promise.resolve(found.creation_options || found.request_options);
  }

  function ask(form) {
    return options(form).then(function (found) {
      var known = readable(found);
      return form.dataset.passkey === "create"
        ? navigator.credentials.create({ publicKey: known })
        : navigator.credentials.get({ publicKey: known });
    });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      ask(form).then(function (credential) {
        form.elements.credential.value = JSON.stringify(plain(credential));
        form.submit();
      }).catch(function () { form.querySelector(".notice").hidden = false; });
    });
  });
}());
