"use strict";

/* The menu on a small screen. */
document.documentElement.classList.add("js");
document.addEventListener("click", (event) => {
  const button = event.target.closest(".menu-button");
  if (!button) return;
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  document.getElementById(button.getAttribute("aria-controls")).classList.toggle("open", !open);
});

/* Keyboard shortcuts: an element with data-key="1" is pressed by the key 1, wherever nobody is typing. */
function isTyping(target) {
  return target.matches("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select");
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return; /* it is pressed itself */
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "DETAILS") {
    target.open = true;
    (target.querySelector("textarea, input:not([type=hidden]), select") ?? target.querySelector("button")).focus();
  } else {
    target.click();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest("details[data-key][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

/* A form that cannot be taken back asks once more. */
document.addEventListener("submit", (event) => {
  const asked = event.submitter?.dataset.ask || event.target.dataset.ask;
  if (asked && !window.confirm(asked)) event.preventDefault();
});

/* Ready-made words go into the field they belong to. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = document.getElementById(button.dataset.for);
  field.value = button.dataset.fill;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (button.dataset.choose) document.getElementById(button.dataset.choose).value = button.dataset.choice;
  field.focus();
});

/* Placeholders go in where the cursor stands. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const field = document.getElementById(button.dataset.for);
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

/* The newest words of a conversation are the ones to read, unless somebody is reading further up. */
let atNewest = true;
function toNewest() {
  const talk = document.querySelector("[data-newest]");
  if (talk && atNewest) talk.scrollTop = talk.scrollHeight;
}
document.addEventListener("DOMContentLoaded", toNewest);
document.addEventListener("htmx:beforeSwap", (event) => {
  const talk = event.target;
  if (talk.id === "talk") atNewest = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60;
});
document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "talk") toNewest(); });

/* What a page fetches by itself keeps nobody signed in. */
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.detail.triggeringEvent) event.detail.headers["X-Unattended"] = "1";
});

/* Printing what stands on the page. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
