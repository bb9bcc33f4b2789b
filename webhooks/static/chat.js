// The web chat: says what is typed or pressed, shows what comes. Plain enough for an old phone's browser.
(function () {
  "use strict";
  var talk = document.getElementById("talk");
  var form = document.getElementById("say");
  var field = document.getElementById("text");
  var state = document.getElementById("state");
  var seen = 0;
  var POLL_EVERY = 4000;
  var POLLS = 15;

  function bubble(who, text) {
    var item = document.createElement("li");
    item.className = who;
    var words = document.createElement("p");
    words.textContent = text;
    item.appendChild(words);
    talk.appendChild(item);
    item.scrollIntoView({ block: "end" });
    return item;
  }

  function offer(item, choices) {
    if (!choices.length) { return; }
    var row = document.createElement("div");
    row.className = "choices";
    choices.forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = choice.title;
      button.addEventListener("click", function () { say(choice.title, choice.payload); });
      row.appendChild(button);
    });
    item.appendChild(row);
    item.scrollIntoView({ block: "end" });
  }

  function forgetChoices() {
    Array.prototype.forEach.call(document.querySelectorAll(".choices"), function (row) { row.remove(); });
  }

  function show(message) {
    if (message.id && message.id <= seen) { return; }
    if (message.id) { seen = message.id; }
    forgetChoices();
    state.textContent = "";
    offer(bubble(message.from, message.text), message.choices || []);
  }

  function newId() {
    return Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
  }

  function say(text, payload) {
    forgetChoices();
    bubble("me", text);
    state.textContent = "Đang gửi…";
    send({ id: newId(), text: text, payload: payload || null }, 0);
  }

  // The page's own id makes sending again safe: the office takes a message in once.
  function send(message, tries) {
    fetch("chat/messages", {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json" }, body: JSON.stringify(message)
    }).then(function (answer) {
      if (answer.status === 429) { state.textContent = "Ông/bà nhắn hơi nhanh, xin chờ một phút rồi nhắn lại ạ."; return; }
      if (!answer.ok) { throw new Error(); }
      state.textContent = "Đã gửi, xin chờ trả lời…";
    }).catch(function () {
      if (tries < 5) {
        state.textContent = "Mạng yếu, đang gửi lại…";
        setTimeout(function () { send(message, tries + 1); }, 1500 * (tries + 1));
      } else {
        state.textContent = "Chưa gửi được. Xin kiểm tra mạng rồi nhắn lại ạ.";
      }
    });
  }

  function listen() {
    var stream = new EventSource("chat/events?seen=" + seen);
    stream.onmessage = function (event) { show(JSON.parse(event.data)); };
    // Cut off, the browser comes back by itself; turned away because the office is crowded, it gives up.
    stream.onerror = function () {
      if (stream.readyState === 2) { poll(POLLS); }
    };
  }

  // Ask every few seconds instead, and after about a minute try for a stream again.
  function poll(left) {
    if (!left) { listen(); return; }
    setTimeout(function () {
      fetch("chat/messages", { credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) { throw new Error(); }
        return answer.json();
      }).then(function (messages) {
        messages.forEach(function (message) { if (message.id) { show(message); } });
      }).catch(function () { /* The network is weak: the next round asks again. */ })
        .then(function () { poll(left - 1); });
    }, POLL_EVERY);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var text = field.value.trim();
    if (!text) { return; }
    field.value = "";
    say(text);
    field.focus();
  });
  field.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.dispatchEvent(new Event("submit", { cancelable: true }));
    }
  });

  fetch("chat/messages", { credentials: "same-origin" }).then(function (answer) { return answer.json(); })
    .then(function (messages) { messages.forEach(show); listen(); })
    .catch(listen);
})();
