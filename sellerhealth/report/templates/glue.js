(async () => {
  // A browser of before 2023 leaves the words in the place of each picture.
  if (!window.DecompressionStream) return;
  const held = (id) => document.getElementById(id).textContent;
  const unpacked = (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  };
  const vega = document.createElement("script");
  // The page's policy names the hash of this text: any other would not run.
  vega.textContent = await unpacked(held("vega"));
  document.head.append(vega);
  // Vega keeps groups in plain objects: a SKU called __proto__ would be taken for what every object has.
  const apart = (_, value) => (typeof value === "string" && value in Object.prototype ? `${value}\u2060` : value);
  const { charts, config } = JSON.parse(held("data"), apart);
  // Both default styles would be refused by the page's policy; style.css holds ours.
  const look = { config, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
  const options = { mode: "vega-lite", ast: true, ...look };
  const draw = async ([id, spec]) => {
    const place = document.getElementById(id), { view } = await window.drawChart(place, spec, options);
    // Told by the label of its place and the table below, not mark by mark.
    place.querySelector("svg").setAttribute("aria-hidden", "true");
    return view;
  };
  const views = await Promise.all(Object.entries(charts).map(draw));
  const widthOnPaper = 640;
  window.addEventListener("beforeprint", () => views.forEach((view) => view.width(widthOnPaper).run()));
  window.addEventListener("afterprint", () => window.dispatchEvent(new Event("resize")));
})();
