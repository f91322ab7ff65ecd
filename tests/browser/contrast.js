() => {
  // Every element with text of its own whose colour is too near to what lies behind it.
  const channels = (colour) => (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const over = ([r, g, b, a = 1], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));
  const light = (parts) => {
    const [r, g, b] = parts.map((part) => part / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) =>
    element ? over(channels(getComputedStyle(element).backgroundColor), ground(element.parentElement)) : [255, 255, 255];
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ownText = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("").trim();
  const isLarge = (style) => parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  const found = [...document.body.querySelectorAll("*")]
    .filter((element) => !["SCRIPT", "STYLE"].includes(element.tagName) && ownText(element) && element.getClientRects().length)
    .map((element) => {
      const style = getComputedStyle(element), behind = ground(element.closest(":not(svg, svg *)"));
      const ink = over(channels(element.ownerSVGElement ? style.fill : style.color), behind);
      return { text: ownText(element).slice(0, 60), tag: element.tagName, class: String(element.getAttribute("class")),
               contrast: Math.round(contrast(ink, behind) * 100) / 100, wanted: isLarge(style) ? 3 : 4.5 };
    })
    .filter((one) => one.contrast < one.wanted);
  document.querySelectorAll("details").forEach((details) => { details.open = false; });
  return found;
}
