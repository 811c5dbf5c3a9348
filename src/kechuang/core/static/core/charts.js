// Draws [data-chart] figures with ECharts, loaded only where a chart stands; the table stays without it.
(() => {
  "use strict";
  const source = document.currentScript.dataset.echarts;
  const color = (name) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  let loading;
  const load = () => (loading ||= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = done;
    script.onerror = fail;
    document.head.append(script);
  }));
  const seriesColor = (i) => color(i < 6 ? `--series-${i + 1}` : "--series-rest");
  const roles = {
    target: { lineStyle: { type: "dashed", width: 1.5 }, symbol: "none" },
    forecast: { lineStyle: { type: "dotted", width: 2 }, symbol: "none" },
    actual: { lineStyle: { width: 2.5 }, symbolSize: 6 },
  };

  const inside = (axis) => ({ ...axis, axisLabel: { ...axis.axisLabel, alignMinLabel: axis.boundaryGap ? undefined : "left", alignMaxLabel: axis.boundaryGap ? undefined : "right" } });

  const option = (spec, width) => {
    const ink = color("--ink"), soft = color("--ink-2"), line = color("--line"), surface = color("--surface");
    const bars = spec.kind === "bar" || spec.kind === "stacked" || spec.kind === "hbar";
    const flat = spec.kind === "hbar";
    const text = { color: soft, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
    const category = { type: "category", data: spec.x, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { ...text, hideOverlap: true, ...(flat && { width: width * 0.4, overflow: "truncate" }) }, inverse: flat, boundaryGap: bars };
    const whole = bars && spec.percent ? ({ max }) => (max > 80 && max <= 100 ? 100 : null) : undefined; // shares of a whole end at the whole
    const value = { type: "value", scale: !bars, max: whole, axisLabel: { ...text, formatter: (v) => spec.percent ? `${v}%` : compact(v) }, splitLine: { lineStyle: { color: line } }, splitNumber: 4 };
    const named = spec.series.filter((s) => s.role !== "band");
    const direct = !bars && width > 560 && named.length > 1;
    return {
      animation: false,
      textStyle: text,
      aria: { enabled: false },
      grid: { left: 4, right: direct ? 108 : 16, top: named.length > 1 && !direct ? 34 : 12, bottom: 4, containLabel: true },
      legend: named.length > 1 && !direct ? { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { ...text, color: ink }, data: named.map((s) => s.name) } : undefined,
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: surface, borderColor: line, textStyle: { ...text, color: ink }, valueFormatter: (v) => (v == null ? "—" : `${Array.isArray(v) ? v.map(full).join("–") : full(v)} ${spec.unit || ""}`) },
      xAxis: inside(flat ? value : category),
      yAxis: flat ? category : value,
      series: tints(spec.series).flatMap(([s, tint]) => draw(s, tint, bars, spec, direct)),
    };
  };
  // A forecast and its interval share the colour of what was measured; a target is grey.
  const tints = (series) => {
    let i = -1;
    return series.map((s) => {
      if ((s.role || "actual") === "actual" && !s.state && !s.grey) i += 1;
      const tint = s.state ? color(`--${s.state}`) : s.grey || s.role === "target" ? color("--series-rest") : seriesColor(Math.max(i, 0));
      return [s, tint];
    });
  };
  const draw = (s, tint, bars, spec, direct) => {
    if (s.role === "band") return band(s, tint);
    const shared = { name: s.name, data: s.values, itemStyle: { color: tint }, emphasis: { disabled: true } };
    if (bars) return [{ ...shared, type: "bar", barMaxWidth: 28, stack: spec.kind === "stacked" ? "all" : undefined }];
    const role = roles[s.role || "actual"];
    const label = direct ? { endLabel: { show: true, formatter: "{a}", color: tint, distance: 8, width: 96, overflow: "break", offset: s.values.at(-1) == null ? [-20, -14] : [0, 0] }, labelLayout: { moveOverlap: "shiftY" } } : {};
    return [{ ...shared, type: "line", symbol: "circle", connectNulls: s.role === "target", ...role, lineStyle: { color: tint, ...role.lineStyle }, ...label }];
  };
  const band = (s, tint) => {
    const shared = { type: "line", stack: `band-${s.name}`, symbol: "none", lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false }, emphasis: { disabled: true } };
    return [
      { ...shared, name: `${s.name} `, data: s.low },
      { ...shared, name: s.name, data: s.high.map((v, i) => (v == null ? null : v - s.low[i])), areaStyle: { color: tint, opacity: 0.14 } },
    ];
  };
  const chinese = document.documentElement.lang.startsWith("zh");
  const compact = (v) => {
    for (const [scale, word] of chinese ? [[1e8, " 亿"], [1e4, " 万"]] : [[1e9, " bn"], [1e6, " m"]])
      if (Math.abs(v) >= scale) return `${+(v / scale).toPrecision(4)}${word}`;
    return full(v);
  };
  const full = (v) => (typeof v === "number" ? v.toLocaleString("en", { maximumFractionDigits: 4 }).replace("-", "−") : v);

  const charts = new Map();
  const paint = (figure) => {
    const box = figure.querySelector(".chart-canvas");
    const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    charts.get(figure)?.dispose();
    const chart = echarts.init(box, null, { renderer: "canvas" });
    chart.setOption(option(spec, box.clientWidth));
    charts.set(figure, chart);
  };
  const begin = async (figure) => {
    if (charts.has(figure)) return;
    charts.set(figure, null);
    const box = figure.querySelector(".chart-canvas");
    const table = figure.querySelector(".chart-table");
    const swap = figure.querySelector("[data-chart-table]");
    try { await load(); } catch { return; }
    box.hidden = false;
    table.hidden = true;
    for (const button of figure.querySelectorAll("[data-needs-chart]")) button.hidden = false;
    paint(figure);
    swap?.addEventListener("click", () => {
      table.hidden = !table.hidden;
      box.hidden = !table.hidden;
      swap.textContent = table.hidden ? swap.dataset.table : swap.dataset.back;
      swap.setAttribute("aria-pressed", String(!table.hidden));
      if (!box.hidden) charts.get(figure).resize();
    });
    figure.querySelector("[data-chart-png]")?.addEventListener("click", (event) => {
      const link = document.createElement("a");
      link.href = charts.get(figure).getDataURL({ pixelRatio: 2, backgroundColor: color("--surface") });
      link.download = `${event.target.dataset.chartPng}.png`;
      link.click();
    });
  };
  const beginAll = (root) => { for (const figure of root.querySelectorAll("[data-chart]")) begin(figure); };
  beginAll(document);
  document.addEventListener("parts", (event) => beginAll(event.detail));
  document.addEventListener("theme", () => { for (const [figure, chart] of charts) if (chart) paint(figure); });
  let timer;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { for (const [figure, chart] of charts) if (chart && !figure.querySelector(".chart-canvas").hidden) paint(figure); }, 150);
  });
})();
