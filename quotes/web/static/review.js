// Review by keyboard: a key does what the button, field or link with that key does. Everything
// works without this script, too; it adds the keys, and moves the focus to what is new.
"use strict";

const STORED = "quotes-keys";
const box = document.getElementById("keys");
const tick = box && box.querySelector("input");

function keysWork() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

function typing(element) {
  if (!element || !element.matches) return false;
  if (element.matches("input[type=checkbox]")) return false;
  return element.matches("input, textarea, select") || element.isContentEditable;
}

function act(element) {
  if (element.matches("input")) {
    element.focus();
  } else if (element.matches("summary")) {
    element.parentElement.open = true;
    element.parentElement.querySelector("input").focus();
  } else {
    element.click();
  }
}

let sent = false;

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  if (!keysWork() || typing(event.target) || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || sent) return;
  const key = event.key.toLowerCase();
  if (key === "q") {
    event.preventDefault();
    location.assign("/");
    return;
  }
  if (!/^[a-z0-9]$/.test(key)) return;
  const element = document.querySelector(`[data-key="${key}"]`);
  if (!element) return;
  event.preventDefault();
  act(element);
});

// An answer is sent once, however long the key is held.
document.addEventListener("submit", () => {
  sent = true;
});
window.addEventListener("pageshow", () => {
  sent = false;
});

if (box && tick) {
  box.hidden = false;
  tick.checked = keysWork();
  tick.addEventListener("change", () => {
    try {
      localStorage.setItem(STORED, tick.checked ? "on" : "off");
    } catch {
      tick.checked = true;
    }
  });
}

// What changed is read out: a live region speaks when its text changes, not when a page loads.
const result = document.getElementById("result");
const heading = document.getElementById("item");
if (heading) heading.focus();
if (result) {
  const text = result.textContent;
  result.textContent = "";
  setTimeout(() => {
    result.textContent = text;
  }, 150);
}
