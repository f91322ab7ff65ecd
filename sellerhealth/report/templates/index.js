"use strict";
// Without this script every account is there, the worst first; with it they are found, filtered and sorted.
const form = document.querySelector(".find");
const list = document.querySelector(".entries");
const shown = document.querySelector(".shown");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const accounts = [...list.children].map((entry, place) => {
  const title = entry.querySelector("h2").textContent;
  const figures = new Map([...entry.querySelectorAll("li[data-used]")].map((line) => [line.dataset.name, line]));
  return { entry, place, title, figures, day: entry.dataset.day, states: entry.dataset.states.split(" "),
           name: plain(`${title} ${entry.querySelector(".scope").textContent}`) };
});
const orders = {
  worst: () => 0,
  name: (one, other) => one.title.localeCompare(other.title, "en", { numeric: true }),
  day: (one, other) => other.day.localeCompare(one.day),
};
const used = (account, metric) => Number(account.figures.get(metric)?.dataset.used ?? -Infinity);
const byMetric = (metric) => (one, other) => {
  const [left, right] = [used(one, metric), used(other, metric)];
  return left === right ? 0 : right - left;
};

// The figure sorted by is seen without opening anything; what is bad is seen anyway.
function showFigure({ entry, figures }, metric) {
  const line = figures.get(metric), place = entry.querySelector(".chosen");
  place.hidden = !line || !line.closest("details");
  place.replaceChildren(...(place.hidden ? [] : [line.cloneNode(true)]));
}

function apply() {
  const { name, state, order } = form.elements;
  const words = plain(name.value).split(/\s+/).filter(Boolean);
  const isWanted = (one) => one.states.includes(state.value) && words.every((word) => one.name.includes(word));
  const compare = orders[order.value] ?? byMetric(order.value);
  for (const one of accounts) {
    one.entry.hidden = !isWanted(one);
    showFigure(one, order.value);
  }
  const sorted = [...accounts].sort((one, other) => compare(one, other) || one.place - other.place);
  list.append(...sorted.map((one) => one.entry));
  const left = accounts.filter((one) => !one.entry.hidden).length;
  shown.textContent = `${left} of ${shown.dataset.of}${left ? "" : ". Clear the name, or show all."}`;
}

form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(apply));
// Coming back from a report, the browser has filled in what was chosen before.
window.addEventListener("pageshow", apply);
form.hidden = accounts.length < 2;
