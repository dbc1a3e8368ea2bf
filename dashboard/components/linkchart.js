// Draws the data that Python sends with vis-network (`vis`, put before this file by canvas.py) and
// tells Python what is selected. Texts of tips arrive as labels and titles only: labels are drawn
// on a canvas, titles are set as text here, and nothing ever goes into innerHTML.

const OPTIONS = {
  physics: { enabled: false },
  layout: { improvedLayout: false },
  interaction: { hover: true, multiselect: true, tooltipDelay: 150, keyboard: false },
  edges: { smooth: false },
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
  box.setAttribute("role", "img");
  // Before the network is made: it takes the size that the box has then.
  box.style.height = `${height}px`;
  box.style.width = "100%";
  parent.appendChild(box);
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(box, { nodes, edges }, OPTIONS);
  box.linkchart = network;
  return { box, nodes, edges, network, drawn: "" };
}

function update(chart, data) {
  const { box, nodes, edges, network } = chart;
  box.setAttribute("aria-label", data.alt);
  const text = colourOf(box, "--st-text-color", "#31333f");
  const drawn = JSON.stringify([data.nodes, data.edges, text]);
  if (drawn === chart.drawn) return;
  chart.drawn = drawn;
  nodes.clear();
  edges.clear();
  nodes.add(data.nodes.map((node) => ({
    ...node,
    title: asText(node.title),
    font: { color: text, size: 13, multi: false },
  })));
  edges.add(data.edges.map((edge, at) => ({ ...edge, id: `e${at}`, title: asText(edge.title) })));
  network.fit({ animation: false });
  // The page may give the box its width only after this.
  network.once("resize", () => network.fit({ animation: false }));
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let chart = charts.get(parentElement);
  if (chart === undefined) {
    chart = mount(parentElement, data.height);
    charts.set(parentElement, chart);
  }
  update(chart, data);
  chart.network.off("select");
  chart.network.on("select", (event) => setStateValue("selection", { nodes: event.nodes }));
  return () => {
    if (parentElement.isConnected) return;
    chart.network.destroy();
    chart.box.remove();
    charts.delete(parentElement);
  };
}
