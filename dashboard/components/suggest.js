// Suggestions under a search box of the page. The box is Streamlit's own, so that Enter searches as
// in any form; this listens to what is typed there, tells Python after a pause, and lists what
// Python says. Texts are set as text, never as markup, and nothing is kept or sent elsewhere.

const PAUSE_MS = 250;
const SHORTEST = 2;
const STYLE = {
  list: "list-style:none;margin:0;padding:0;display:flex;flex-direction:column;gap:2px",
  item: "display:block;width:100%;text-align:left;font:inherit;padding:4px 8px;border-radius:4px;"
    + "border:1px solid var(--st-border-color,#888);background:var(--st-background-color,#fff);"
    + "color:var(--st-text-color,#000);overflow-wrap:anywhere;cursor:pointer;min-height:28px",
  said: "margin:0 0 4px 0;font:inherit;color:var(--st-text-color,#000);overflow-wrap:anywhere",
};
const boxes = new WeakMap();

function mount(parent) {
  const said = document.createElement("p");
  said.setAttribute("aria-live", "polite");
  said.style.cssText = STYLE.said;
  const list = document.createElement("ul");
  list.style.cssText = STYLE.list;
  list.setAttribute("aria-label", "Suggestions");
  const whole = document.createElement("div");
  whole.className = "suggestions";
  whole.append(said, list);
  parent.appendChild(whole);
  const box = { said, list, trigger: null, input: null, typed: "", timer: 0, where: "" };
  list.addEventListener("keydown", (event) => move(box, event));
  return box;
}

function options(box) {
  return Array.from(box.list.querySelectorAll("button"));
}

function move(box, event) {
  const all = options(box);
  const at = all.indexOf(document.activeElement ?? null) >= 0
    ? all.indexOf(document.activeElement) : all.indexOf(box.list.getRootNode().activeElement);
  if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
  else if (event.key === "ArrowUp" && at > 0) all[at - 1].focus();
  else if (event.key === "ArrowUp" || event.key === "Escape") box.input?.focus();
  else if (event.key !== "Enter" && event.key !== " ") return;
  if (event.key !== "Enter" && event.key !== " ") event.preventDefault();
  event.stopPropagation();
}

// The box may be drawn after this, and anew whenever the page is: heard where all of it is.
function listen(box) {
  const isBox = (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return false;
    if (input.closest(`.st-key-${box.where}`) === null) return false;
    box.input = input;
    return true;
  };
  const heard = {
    input: (event) => {
      if (isBox(event)) wait(box);
    },
    // Whoever leaves the box, or searches, has typed to the end: nothing is suggested behind them.
    focusout: (event) => {
      if (isBox(event)) clearTimeout(box.timer);
    },
    keydown: (event) => {
      if (!isBox(event)) return;
      if (event.key === "Enter") clearTimeout(box.timer);
      if (event.key !== "ArrowDown" || options(box).length === 0) return;
      event.preventDefault();
      options(box)[0].focus();
    },
  };
  for (const [name, hear] of Object.entries(heard)) document.addEventListener(name, hear, true);
  box.deafen = () => {
    for (const [name, hear] of Object.entries(heard)) document.removeEventListener(name, hear, true);
  };
  // Somebody may have begun before this was there.
  const input = document.querySelector(`.st-key-${box.where} input`);
  if (input !== null && input === document.activeElement) {
    box.input = input;
    wait(box);
  }
}

function wait(box) {
  clearTimeout(box.timer);
  box.timer = setTimeout(() => tell(box, box.input.value), PAUSE_MS);
}

function tell(box, text) {
  const typed = text.trim().length < SHORTEST ? "" : text.trim();
  if (typed === box.typed) return;
  box.typed = typed;
  box.trigger?.("typed", typed);
}

function draw(box, data) {
  const text = JSON.stringify([data.said, data.items, data.turn]);
  if (text === box.drawn) return;
  box.drawn = text;
  if (data.said === "") box.typed = "";
  box.said.textContent = data.said;
  box.list.replaceChildren(...data.items.map((item, at) => {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.style.cssText = STYLE.item;
    button.textContent = item;
    button.addEventListener("click", () => {
      box.typed = "";
      box.trigger?.("picked", { turn: data.turn, at });
    });
    line.appendChild(button);
    return line;
  }));
}

export default function suggestions({ parentElement, data, setTriggerValue }) {
  let box = boxes.get(parentElement);
  if (box === undefined) {
    box = mount(parentElement);
    boxes.set(parentElement, box);
    box.where = data.where;
    box.trigger = setTriggerValue;
    listen(box);
  }
  box.trigger = setTriggerValue;
  draw(box, data);
  return () => {
    if (parentElement.isConnected) return;
    box.deafen();
    clearTimeout(box.timer);
    boxes.delete(parentElement);
  };
}
