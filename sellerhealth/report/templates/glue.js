(() => {
  const { charts, themes } = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const draw = (mode) => Object.entries(charts).forEach(([id, spec]) =>
    window.drawChart(document.getElementById(id), spec, {
      mode: "vega-lite", ast: true, actions: false, renderer: "svg", config: themes[mode],
    }));
  const current = () => draw(dark.matches ? "dark" : "light");
  dark.addEventListener("change", current);
  window.addEventListener("beforeprint", () => draw("light"));
  window.addEventListener("afterprint", current);
  current();
})();
