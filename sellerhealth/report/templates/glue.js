(async () => {
  const held = (id) => document.getElementById(id).textContent;
  const unpacked = (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  };
  const vega = document.createElement("script");
  // The page's policy names the hash of this text: any other would not run.
  vega.textContent = await unpacked(held("vega"));
  document.head.append(vega);
  const { charts, config } = JSON.parse(held("data"));
  // Both default styles would be refused by the page's policy; style.css holds ours.
  const look = { config, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
  const options = { mode: "vega-lite", ast: true, ...look };
  const draw = ([id, spec]) => window.drawChart(document.getElementById(id), spec, options);
  const drawn = await Promise.all(Object.entries(charts).map(draw));
  const widthOnPaper = 640;
  window.addEventListener("beforeprint", () => drawn.forEach(({ view }) => view.width(widthOnPaper).run()));
  window.addEventListener("afterprint", () => window.dispatchEvent(new Event("resize")));
})();
