// Draws <div data-chart="bar|line|pie|stack" data-source="id"> from the JSON of that id; every point opens its list.
// The table beside each chart carries the same figures and links for readers without a chart.
(() => {
  "use strict";

  if (!window.echarts) return;
  const dark = document.documentElement.classList.contains("is-wall");
  const styles = getComputedStyle(document.documentElement);
  const ink = styles.getPropertyValue("--qh-ink-soft").trim();
  const line = styles.getPropertyValue("--qh-line").trim();
  const PALETTE = dark
    ? ["#6cb2ff", "#7fdcaa", "#ffb46b", "#c9a7ff", "#ffe07a", "#ff8f8f", "#8fd9e8", "#b3c5da"]
    : ["#17508f", "#2f8f6b", "#c46a12", "#6a4fa3", "#8a7a1c", "#a8071a", "#2b8ca3", "#6b7683"];
  // Risk and status keep their own colours in every chart.
  const TONES = dark
    ? { red: "#ff6b6b", orange: "#ffa04d", yellow: "#ffd84d", blue: "#6cb2ff", green: "#5fcf95", grey: "#9fb2c8" }
    : { red: "#c8102e", orange: "#d9730d", yellow: "#d4ae00", blue: "#17508f", green: "#22884f", grey: "#7a8794" };
  const fontSize = parseFloat(getComputedStyle(document.body).fontSize) * 0.875;

  const colourOf = (item, place) => TONES[item.tone] ?? PALETTE[place % PALETTE.length];

  const points = (series) => series.values.map((value, n) => ({ value, url: series.urls?.[n] }));

  const base = (data) => ({
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    textStyle: { fontFamily: styles.getPropertyValue("--tblr-font-sans-serif"), fontSize, color: ink },
    tooltip: { confine: true, valueFormatter: (value) => (value === null ? "—" : `${value}${data.unit ?? ""}`) },
    legend: data.series.length > 1 || data.kind === "pie" ? { bottom: 0, textStyle: { color: ink, fontSize } } : undefined,
  });

  const pie = (data) => ({
    ...base(data),
    series: [{
      type: "pie",
      radius: ["34%", "52%"],
      center: ["50%", "45%"],
      // On a phone the names do not fit beside the ring; the legend has them.
      label: { formatter: matchMedia("(max-width: 639px)").matches ? "{c}" : "{b} {c}", overflow: "none", color: ink, fontSize },
      data: data.labels.map((name, n) => ({
        name,
        value: data.series[0].values[n],
        url: data.series[0].urls?.[n],
        itemStyle: { color: colourOf({ tone: data.tones?.[n] }, n) },
      })),
    }],
  });

  const axes = (data) => {
    const flat = data.kind === "bar" && data.lying;
    const category = { type: "category", data: data.labels, inverse: flat, axisLabel: { color: ink, fontSize, hideOverlap: !flat, interval: flat ? 0 : "auto" }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } };
    const value = { type: "value", minInterval: data.whole ? 1 : 0, axisLabel: { color: ink, fontSize }, splitLine: { lineStyle: { color: line } } };
    return {
      ...base(data),
      tooltip: { ...base(data).tooltip, trigger: "axis" },
      grid: { left: 8, right: 16, top: 24, bottom: data.series.length > 1 ? 36 : 8, containLabel: true },
      xAxis: flat ? value : category,
      yAxis: flat ? category : value,
      series: data.series.map((series, n) => ({
        name: series.name,
        type: data.kind === "line" ? "line" : "bar",
        stack: data.kind === "stack" ? "all" : undefined,
        data: points(series),
        barMaxWidth: 28,
        symbolSize: 8,
        lineStyle: { width: 2.5, type: ["solid", "dashed", "dotted"][n % 3] },
        itemStyle: { color: colourOf(series, n) },
      })),
    };
  };

  for (const canvas of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(document.getElementById(canvas.dataset.source).textContent);
    data.kind = canvas.dataset.chart;
    canvas.hidden = false;
    const table = canvas.closest(".chart")?.querySelector(".chart-table");
    if (table) table.open = false;
    const chart = echarts.init(canvas);
    chart.setOption(data.kind === "pie" ? pie(data) : axes(data));
    chart.on("click", ({ data: point }) => point?.url && location.assign(point.url));
    new ResizeObserver(() => chart.resize()).observe(canvas);
  }
})();
