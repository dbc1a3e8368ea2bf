// The analyst's chart: draws what Python sends with vis-network (`vis`, put before this file) and
// tells Python what is selected and what is to be done. What is drawn never moves unless Python
// gives it another place than the one it gave before. Texts of tips arrive as labels and titles
// only: labels are drawn on a canvas, titles are set as text, and nothing ever goes into innerHTML.

const OPTIONS = {
  physics: { enabled: false },
  layout: { improvedLayout: false },
  interaction: {
    hover: true, multiselect: true, tooltipDelay: 150, keyboard: false,
    hideEdgesOnDrag: false, hideEdgesOnZoom: false,
  },
  edges: { smooth: false },
};
// A second click within this time makes it a double click, which expands and does not select.
const DOUBLE_CLICK_MS = 260;
const ARROWS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};
const charts = new WeakMap();

function colourOf(element, name, fallback) {
  const value = getComputedStyle(element).getPropertyValue(name).trim();
  return value === "" ? fallback : value;
}

function asText(title) {
  const element = document.createElement("div");
  element.textContent = title;
  element.style.maxWidth = "30em";
  element.style.whiteSpace = "pre-wrap";
  return element;
}

function mount(parent, height) {
  const box = document.createElement("div");
  box.className = "linkchart";
  box.setAttribute("role", "application");
  box.tabIndex = 0;
  // Before the network is made: it takes the size that the box has then.
  box.style.height = `${height}px`;
  box.style.width = "100%";
  parent.appendChild(box);
  const live = document.createElement("div");
  live.className = "linkchart-live";
  live.setAttribute("aria-live", "polite");
  live.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  parent.appendChild(live);
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(box, { nodes, edges }, OPTIONS);
  const chart = {
    box, live, nodes, edges, network, sent: new Map(), joined: new Map(), text: "", told: "",
    waiting: 0, turn: 0, send: null, trigger: null,
  };
  box.linkchart = network;
  listen(chart);
  return chart;
}

function selectionOf(chart) {
  chart.turn += 1;
  const { nodes, edges } = chart.network.getSelection();
  // Selecting a node marks its links as well; they were not meant.
  return { nodes, edges: nodes.length === 0 ? edges : [], turn: Date.now() * 1000 + chart.turn };
}

function selectSoon(chart) {
  clearTimeout(chart.waiting);
  chart.waiting = setTimeout(() => {
    chart.waiting = 0;
    chart.send("selection", selectionOf(chart));
  }, DOUBLE_CLICK_MS);
}

function deed(chart, type, more = {}) {
  clearTimeout(chart.waiting);
  chart.waiting = 0;
  chart.trigger("event", { type, ...selectionOf(chart), ...more });
}

function placesOf(chart, ids) {
  return Object.fromEntries(
    Object.entries(chart.network.getPositions(ids)).map(([id, p]) => [id, [p.x, p.y]]),
  );
}

function listen(chart) {
  const { network, box } = chart;
  network.on("select", () => selectSoon(chart));
  network.on("doubleClick", (event) => {
    if (event.nodes.length === 1) deed(chart, "expand", { nodes: event.nodes });
  });
  network.on("dragEnd", (event) => {
    if (event.nodes.length > 0) deed(chart, "move", { places: placesOf(chart, event.nodes) });
  });
  network.on("click", () => box.focus());
  box.addEventListener("keydown", (event) => press(chart, event));
}

function press(chart, event) {
  if (event.key === "Tab") return;
  // Streamlit listens to R and C on the page.
  event.stopPropagation();
  const key = event.key.toLowerCase();
  const { nodes } = chart.network.getSelection();
  if (event.ctrlKey || event.metaKey) {
    if (key === "z" && !event.shiftKey) deed(chart, "undo");
    else if (key === "y" || key === "z") deed(chart, "redo");
    else return;
  } else if (event.altKey) return;
  else if (event.key === "Enter" && nodes.length === 1) deed(chart, "expand");
  else if (key === "h" && nodes.length > 0) deed(chart, "hide");
  else if (key === "k" && nodes.length > 0) deed(chart, "keep");
  else if (key === "p" && nodes.length > 0) deed(chart, "pin");
  else if (key === "f") chart.network.fit({ animation: false });
  else if (event.key === "Escape") {
    chart.network.unselectAll();
    selectSoon(chart);
  } else if (event.key in ARROWS) step(chart, nodes, ARROWS[event.key]);
  else return;
  event.preventDefault();
}

function step(chart, nodes, [across, down]) {
  const all = chart.network.getPositions();
  const ids = Object.keys(all);
  if (ids.length === 0) return;
  let next = ids[0];
  if (nodes.length > 0 && nodes[nodes.length - 1] in all) {
    const from = all[nodes[nodes.length - 1]];
    let best = Infinity;
    next = null;
    for (const id of ids) {
      const dx = all[id].x - from.x;
      const dy = all[id].y - from.y;
      const ahead = dx * across + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * across);
      // Within 45 degrees of the arrow, the nearest.
      if (ahead > 0 && aside <= ahead && Math.hypot(dx, dy) < best) {
        best = Math.hypot(dx, dy);
        next = id;
      }
    }
  }
  if (next === null) return;
  chart.network.selectNodes([next]);
  const label = chart.nodes.get(next).label;
  chart.live.textContent = `Selected: ${label}`;
  selectSoon(chart);
}

function update(chart, data) {
  const { box, nodes, edges, network } = chart;
  box.setAttribute("aria-label", data.alt);
  if (chart.live.textContent !== data.said) chart.live.textContent = data.said;
  const text = colourOf(box, "--st-text-color", "#31333f");
  const paper = colourOf(box, "--st-background-color", "#ffffff");
  const isFirst = chart.sent.size === 0;
  const isSameText = text === chart.text;
  chart.text = text;
  edgesOf(chart, data, text, paper, isSameText);
  nodesOf(chart, data, text, isSameText);
  joinedOf(chart);
  const told = JSON.stringify(data.selected);
  // While somebody is selecting, theirs is newer than what Python knows.
  if (told !== chart.told && chart.waiting === 0) {
    chart.told = told;
    network.setSelection({
      nodes: data.selected.nodes.filter((id) => nodes.get(id) !== null),
      edges: data.selected.edges.filter((id) => edges.get(id) !== null),
    }, { highlightEdges: data.selected.nodes.length > 0 });
  }
  if (isFirst && data.nodes.length > 0) {
    network.fit({ animation: false });
    // The page may give the box its width only after this.
    network.once("resize", () => network.fit({ animation: false }));
  }
}

function nodesOf(chart, data, text, isSameText) {
  const now = new Map(data.nodes.map((node) => [node.id, node]));
  const gone = [...chart.sent.keys()].filter((id) => !now.has(id));
  const changed = [];
  for (const node of data.nodes) {
    const written = JSON.stringify(node);
    const before = chart.sent.get(node.id);
    if (before !== undefined && before.written === written && isSameText) continue;
    // A group's labels stand on a plate, with letters that are read on it.
    const font = { color: text, background: "none", size: 13, ...node.font, multi: false };
    const one = { ...node, title: asText(node.title), font };
    // Python gave the same place as before: wherever it is now, it stays there.
    if (before !== undefined && before.x === node.x && before.y === node.y) {
      delete one.x;
      delete one.y;
    }
    changed.push(one);
    chart.sent.set(node.id, { written, x: node.x, y: node.y });
  }
  gone.forEach((id) => chart.sent.delete(id));
  if (gone.length > 0) chart.nodes.remove(gone);
  if (changed.length > 0) chart.nodes.update(changed);
}

function edgesOf(chart, data, text, paper, isSameText) {
  const now = new Set(data.edges.map((edge) => edge.id));
  const gone = [...chart.joined.keys()].filter((id) => !now.has(id));
  gone.forEach((id) => chart.joined.delete(id));
  if (gone.length > 0) chart.edges.remove(gone);
  chart.coming = [];
  for (const edge of data.edges) {
    const written = JSON.stringify(edge);
    if (chart.joined.get(edge.id) === written && isSameText) continue;
    chart.joined.set(edge.id, written);
    const font = { color: text, strokeColor: paper, strokeWidth: 3, size: 11, multi: false };
    chart.coming.push({ ...edge, title: asText(edge.title), font });
  }
}

function joinedOf(chart) {
  // After the nodes: an edge to one that is not there yet would be none.
  if (chart.coming.length > 0) chart.edges.update(chart.coming);
  chart.coming = [];
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  let chart = charts.get(parentElement);
  if (chart === undefined) {
    chart = mount(parentElement, data.height);
    charts.set(parentElement, chart);
  }
  chart.send = setStateValue;
  chart.trigger = setTriggerValue;
  update(chart, data);
  return () => {
    if (parentElement.isConnected) return;
    clearTimeout(chart.waiting);
    chart.network.destroy();
    chart.box.remove();
    chart.live.remove();
    charts.delete(parentElement);
  };
}
