// What script adds to pages that work without it: why in place, live charts, the network.

function openWhy() {
  const dialog = document.getElementById("why");
  if (!dialog) return;
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.why");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const answer = dialog.querySelector(".answer");
    answer.textContent = "…";
    if (!dialog.open) dialog.showModal();
    const response = await fetch(link.href, { headers: { "HX-Request": "true" } });
    // The page escapes whatever a document says; this is the same markup that it would show.
    answer.innerHTML = await response.text();
  });
}

function drawCharts() {
  if (typeof vegaEmbed === "undefined") return;
  for (const figure of document.querySelectorAll("figure.chart")) {
    const spec = JSON.parse(figure.querySelector("script.spec").textContent);
    const live = document.createElement("div");
    const still = figure.querySelector("svg");
    const title = still.getAttribute("aria-label") || "";
    vegaEmbed(live, spec, {
      actions: false, defaultStyle: false, renderer: "svg", ast: true, logLevel: vega.Error,
      tooltip: { disableDefaultStyle: true },
      expr: vegaInterpreter.expressionInterpreter,
    }).then(() => { live.setAttribute("role", "img"); if (title) live.setAttribute("aria-label", title); still.replaceWith(live); })
      .catch(() => live.remove());
  }
}

function drawNetwork() {
  if (typeof cytoscape === "undefined") return;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#e6e6e6" : "#1a1a1a";
  for (const box of document.querySelectorAll(".network")) {
    const graph = JSON.parse(box.querySelector("script.graph").textContent);
    if (graph.nodes.length < 3) continue;
    box.classList.add("live");
    cytoscape({
      container: box,
      elements: [
        ...graph.nodes.map((node) => ({ data: { id: node.id, name: node.name, side: node.side ? 1 : 0 } })),
        ...graph.edges.map((edge, at) => ({ data: { id: `e${at}`, source: edge.from, target: edge.to, kind: edge.kind, count: edge.count } })),
      ],
      layout: { name: "concentric", concentric: (node) => node.data("side"), levelWidth: () => 1, minNodeSpacing: 60, animate: false },
      userZoomingEnabled: false,
      style: [
        { selector: "node", style: { label: "data(name)", color: ink, "font-size": 12, "text-valign": "bottom", "background-color": "#8c8c8c", width: 18, height: 18 } },
        { selector: "node[side = 1]", style: { "background-color": "#1f6f8b", width: 28, height: 28, "font-weight": "bold" } },
        { selector: "edge", style: { width: "mapData(count, 1, 10, 1, 5)", "line-color": "#8c8c8c", "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": "#8c8c8c", opacity: .7 } },
        { selector: "edge[kind = 'adversary']", style: { "line-color": "#a9481b", "line-style": "dashed", "target-arrow-color": "#a9481b" } },
      ],
    });
  }
}

function lightRecords() {
  const marks = document.querySelectorAll("mark[data-records]");
  if (!marks.length) return;
  for (const item of document.querySelectorAll("[data-record]")) {
    const own = [...marks].filter((mark) => mark.dataset.records.split(" ").includes(item.dataset.record));
    const light = (on) => own.forEach((mark) => mark.classList.toggle("lit", on));
    item.addEventListener("mouseenter", () => light(true));
    item.addEventListener("mouseleave", () => light(false));
  }
}

openWhy();
lightRecords();
addEventListener("load", () => { drawCharts(); drawNetwork(); });
