// What script adds to pages that work without it: why in place, live charts, the network.

const dialog = document.getElementById("why");

function show(heading, fill) {
  dialog.querySelector("header strong").textContent = heading;
  const answer = dialog.querySelector(".answer");
  answer.textContent = "…";
  if (!dialog.open) dialog.showModal();
  fill(answer);
}

function plainClick(event) {
  return !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
}

function openWhy() {
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.why");
    if (!link || !plainClick(event)) return;
    event.preventDefault();
    show("Why", async (answer) => {
      const response = await fetch(link.href, { headers: { "HX-Request": "true" } });
      // The page escapes whatever a document says; this is the same markup that it would show.
      answer.innerHTML = await response.text();
    });
  });
}

// A number in brackets shows the passage or figure it stands for, with its document.
function openMarks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".marks a");
    const item = link && document.getElementById(link.hash.slice(1));
    if (!item || !plainClick(event)) return;
    event.preventDefault();
    show(link.hash.startsWith("#f") ? `Figure ${link.textContent}` : `Source ${link.textContent}`, (answer) => {
      const group = item.closest(".group");
      const parts = group ? [...group.querySelectorAll("h3, .credit")] : [];
      const told = document.createElement("p");
      told.append(...[...item.childNodes].map((node) => node.cloneNode(true)));
      answer.replaceChildren(...parts.map((part) => part.cloneNode(true)), told);
    });
  });
}

// Months between the first text and the last, on a slider beside the field of the date.
function slideMonths() {
  for (const form of document.querySelectorAll("form[data-last]")) {
    const month = (day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1;
    const { first, last } = form.dataset;
    const field = form.querySelector("[name=as-of]");
    if (!last || month(last) <= month(first)) continue;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: month(first), max: month(last), step: 1 });
    slider.value = month(field.value || last);
    slider.setAttribute("aria-label", "As of, month by month from the first text to the last");
    // The last day of a month; of the last month, the day of the last text.
    const day = () => {
      const end = new Date(Date.UTC(Math.floor(slider.value / 12), (slider.value % 12) + 1, 0)).toISOString().slice(0, 10);
      return end < last ? end : last;
    };
    slider.addEventListener("input", () => { field.value = day(); slider.setAttribute("aria-valuetext", day()); });
    slider.addEventListener("change", () => form.requestSubmit());
    field.closest("label").after(slider);
  }
}

// A chart that stands in the page is drawn from there; one apart from it is fetched first.
async function drawChart(figure) {
  const inside = figure.querySelector("script.spec");
  const still = figure.querySelector("svg") ?? stillOf(figure);
  const live = document.createElement("div");
  try {
    const spec = inside ? JSON.parse(inside.textContent) : await (await fetch(figure.dataset.spec)).json();
    await vegaEmbed(live, spec, {
      actions: false, defaultStyle: false, renderer: "svg", ast: true, logLevel: vega.Error,
      tooltip: { disableDefaultStyle: true },
      expr: vegaInterpreter.expressionInterpreter,
    });
    name(live, still);
    if (figure.id === "timeline-chart") hint(figure);
  } catch {
    live.replaceChildren(still);
  }
  (figure.querySelector("svg, noscript") ?? still).replaceWith(live);
  figure.style.minHeight = "";
  delete figure.dataset.spec;
}

// The still picture of a chart, as it is shown where there is no script.
function stillOf(figure) {
  figure.style.minHeight = `${figure.dataset.height}px`;
  const inside = figure.querySelector("noscript").textContent;
  return new DOMParser().parseFromString(inside, "text/html").querySelector("img");
}

// A page that has all its charts says so, for whoever looks at it without eyes.
async function drawCharts() {
  if (typeof vegaEmbed !== "undefined") await Promise.all([...document.querySelectorAll("figure.chart")].map(drawChart));
  document.documentElement.dataset.drawn = "";
}

// The live chart is read aloud as the still one is: its title and description, not mark by mark.
function name(live, still) {
  for (const part of live.querySelectorAll("svg, svg *")) {
    for (const said of ["role", "aria-label", "aria-roledescription", "aria-hidden"]) part.removeAttribute(said);
  }
  live.querySelector("svg").setAttribute("aria-hidden", "true");
  live.setAttribute("role", "img");
  live.setAttribute("aria-label", still.alt ?? [...still.querySelectorAll(":scope > title, :scope > desc")].map((part) => part.textContent).join(": "));
}

function hint(figure) {
  const told = document.createElement("figcaption");
  told.className = "more";
  told.textContent = "Drag to move in time, Ctrl and the wheel to zoom, double-click to go back.";
  figure.append(told);
}

// The two sides stand left and right, whoever else matters between them, nearest to whom it is bound.
function placed(graph, width, height) {
  const [a, b] = graph.sides.map((side) => side.id);
  const bound = (other, side) => graph.lines.some((line) => line.from === other && line.to === side);
  const at = { [a]: { x: 70, y: height / 2 }, [b]: { x: width - 70, y: height / 2 } };
  const columns = { left: [], middle: [], right: [] };
  for (const { id } of graph.others) {
    columns[bound(id, a) && bound(id, b) ? "middle" : bound(id, a) ? "left" : "right"].push(id);
  }
  for (const [name, x] of [["left", .32], ["middle", .5], ["right", .68]]) {
    const ids = columns[name];
    ids.forEach((id, n) => { at[id] = { x: width * x, y: ((n + .5) * height) / ids.length + (name === "middle" ? 0 : 15) }; });
  }
  return at;
}

function drawNetwork() {
  if (typeof cytoscape === "undefined") return;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#e6e6e6" : "#1a1a1a";
  const paper = dark ? "#13171f" : "#ffffff";
  const hues = { support: dark ? "#7cc4de" : "#1f6f8b", conflict: dark ? "#f0a57d" : "#a9481b", arrangement: "#8c8c8c" };
  for (const box of document.querySelectorAll(".network")) {
    const graph = JSON.parse(box.querySelector("script.graph").textContent);
    if (!graph.others.length) continue;
    box.classList.add("live");
    box.style.height = `${Math.max(180, 30 * graph.others.length)}px`;
    const at = placed(graph, box.clientWidth, box.clientHeight);
    cytoscape({
      container: box,
      elements: [
        ...graph.sides.map((node) => ({ data: { ...node, side: 1 }, position: at[node.id] })),
        ...graph.others.map((node) => ({ data: { ...node, side: 0 }, position: at[node.id] })),
        ...graph.lines.map((line, n) => ({ data: { id: `line${n}`, source: line.from, target: line.to, hue: hues[line.family], family: line.family, count: Math.min(line.count, 8) } })),
      ],
      layout: { name: "preset", fit: false },
      userZoomingEnabled: false, userPanningEnabled: false, boxSelectionEnabled: false,
      style: [
        { selector: "node", style: { label: "data(name)", color: ink, "font-size": 12, "text-valign": "center", "text-halign": "center", "background-opacity": 0, "border-width": 0, width: 8, height: 8, "text-background-color": paper, "text-background-opacity": 1, "text-background-padding": 3 } },
        { selector: "node[side = 1]", style: { "font-size": 14, "font-weight": "bold" } },
        { selector: "edge", style: { width: "mapData(count, 1, 8, 1.2, 5)", "line-color": "data(hue)", "curve-style": "bezier", opacity: .75 } },
        { selector: "edge[family = 'conflict']", style: { "line-style": "dashed" } },
      ],
    });
  }
}

// What an address or a search leads to may stand in a folded part.
function unfold() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  if (target) target.scrollIntoView();
}

// A record marks its quotes in the text, and a quote its records beside it.
function lightRecords() {
  const marks = [...document.querySelectorAll("mark[data-records]")];
  const items = [...document.querySelectorAll("[data-record]")];
  const of = (mark) => mark.dataset.records.split(" ");
  const lights = (part, others, shown) => {
    const light = (on) => () => {
      others.forEach((other) => other.classList.toggle("lit", on));
      if (on && shown) bringIn(others[0]);
    };
    for (const [event, on] of [["mouseenter", true], ["focusin", true], ["mouseleave", false], ["focusout", false]]) {
      part.addEventListener(event, light(on));
    }
  };
  for (const item of items) lights(item, marks.filter((mark) => of(mark).includes(item.dataset.record)));
  for (const mark of marks) lights(mark, items.filter((item) => of(mark).includes(item.dataset.record)), true);
}

// Into the column of records, where it has one of its own that is scrolled apart from the text.
function bringIn(item) {
  const column = item?.closest("aside");
  if (!column || column.scrollHeight <= column.clientHeight) return;
  const [inner, outer] = [item.getBoundingClientRect(), column.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) column.scrollTop += inner.top - outer.top - 40;
}

// A correction opened beside its record is left again, and is read out where it opens.
function leaveCorrections() {
  document.addEventListener("click", (event) => {
    const place = event.target.closest(".editing .cancel")?.closest(".editing");
    if (!place) return;
    event.preventDefault();
    place.replaceChildren();
    place.closest("li").querySelector("a[role=button]")?.focus();
  });
  document.addEventListener("htmx:after:swap", () => {
    const opened = document.querySelector(".editing [aria-invalid]") ?? document.querySelector(".editing :is(input:not([type=hidden]), select, textarea)");
    opened?.focus();
  });
}

// A play told as it goes, by server-sent events; without them the form is simply sent.
function playLive() {
  const form = document.querySelector("form[data-progress]");
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter.hasAttribute("formaction")) return;
    event.preventDefault();
    const told = form.querySelector(".told");
    const bar = document.createElement("progress");
    const said = document.createElement("p");
    bar.setAttribute("aria-label", "Playing");
    said.textContent = "Playing…";
    told.replaceChildren(bar, said);
    told.scrollIntoView({ block: "nearest" });
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.dataset.progress, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (!response.ok) throw new Error(response.status);
      for await (const [kind, data] of events(response.body)) {
        if (kind === "page") return turn(data);
        const [, done, whole, part] = /^(\d+)\/(\d+) (.*)$/s.exec(data) ?? [];
        if (part) { bar.max = whole; bar.value = done; }
        said.textContent = part ? `Done, ${done} of ${whole}: ${part}` : data;
      }
    } catch {
      form.submit();
    }
  });
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text = (text + value).replaceAll("\r\n", "\n");
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const lines = text.slice(0, end).split("\n");
      const part = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 2));
      if (part("data").length) yield [part("event")[0], part("data").join("\n")];
    }
  }
}

function turn(page) {
  const old = document.getElementById("page");
  const made = document.createElement("template");
  // Made by the same templates that make whole pages: every text in it is escaped.
  made.innerHTML = page;
  old.replaceWith(made.content);
  drawCharts();
  playLive();
  document.getElementById("main").focus();
  scrollTo(0, 0);
}

openWhy();
playLive();
openMarks();
slideMonths();
lightRecords();
leaveCorrections();
unfold();
addEventListener("hashchange", unfold);
addEventListener("load", () => { drawCharts(); drawNetwork(); });
