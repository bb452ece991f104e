/*
 * A live chart around Apache ECharts. `options` is set once; push(rows) replaces rows of the same second, appends newer
 * ones and drops what is older than the window. A row is [second, value of each series or null for a gap].
 */
const SECOND = 1000;

/** Draws no more often than the screen does, and not at all while the page is hidden. */
class GatehouseChart extends HTMLElement {
  #rows = new Map();
  #chart;
  #observer;
  #due = false;
  #zoomed = false;
  #restyle = () => this.#style();
  #reappear = () => this.#draw();

  async connectedCallback() {
    const echarts = await import('./echarts.esm.min.js');
    if (!this.isConnected || this.#chart) return;
    this.#chart = echarts.init(this, null, { renderer: 'canvas' });
    this.#observer = new ResizeObserver(() => this.#chart.resize());
    this.#observer.observe(this);
    addEventListener('gatehouse-theme', this.#restyle);
    document.addEventListener('visibilitychange', this.#reappear);
    this.#zoomable();
    this.#style();
  }

  disconnectedCallback() {
    removeEventListener('gatehouse-theme', this.#restyle);
    document.removeEventListener('visibilitychange', this.#reappear);
    this.#observer?.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  push(rows) {
    for (const row of rows) this.#rows.set(row[0], row);
    const oldest = Math.max(...this.#rows.keys()) - this.options.seconds;
    for (const second of this.#rows.keys()) if (second <= oldest) this.#rows.delete(second);
    this.#draw();
  }

  #draw() {
    if (this.#due || document.hidden) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (!this.#chart || this.#rows.size === 0) return;
      const rows = [...this.#rows.values()].sort((a, b) => a[0] - b[0]);
      const newest = rows[rows.length - 1][0];
      this.#chart.setOption({
        xAxis: {
          minInterval: this.clientWidth < 480 ? 240 * SECOND : 0,
          min: (newest - this.options.seconds + 1) * SECOND,
          max: newest * SECOND,
        },
        series: this.options.series.map((_, index) => ({ data: rows.map((row) => [row[0] * SECOND, row[index + 1]]) })),
      });
    });
  }

  /** Everything that does not move, in the colours of the theme. */
  #style() {
    const css = getComputedStyle(this);
    const colour = (name) => this.#colour(name);
    const { unit, stack, series } = this.options;
    const text = { color: colour('--quiet-text'), fontFamily: css.fontFamily, fontSize: 12 };
    const line = { lineStyle: { color: colour('--hairline') } };
    this.#chart.setOption({
      animation: false,
      textStyle: text,
      color: series.map((one) => colour(one.colour)),
      legend: { left: 0, top: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, itemGap: 16, textStyle: text },
      grid: { left: 44, right: 8, top: 36, bottom: 24 },
      toolbox: { top: -100, feature: { dataZoom: { yAxisIndex: false } } },
      tooltip: {
        trigger: 'axis',
        confine: true,
        transitionDuration: 0,
        backgroundColor: colour('--raised'),
        borderColor: colour('--hairline'),
        textStyle: { ...text, color: colour('--text') },
        axisPointer: { lineStyle: { color: colour('--quiet-text'), type: 'solid' }, animation: false },
        order: stack ? 'seriesDesc' : 'seriesAsc',
        valueFormatter: (value) => (value == null ? '–' : `${this.#number(value)} ${unit}`),
      },
      xAxis: {
        type: 'time',
        axisLine: line,
        axisTick: { show: false },
        axisLabel: { ...text, hideOverlap: true, showMinLabel: false, formatter: '{HH}:{mm}' },
        axisPointer: { label: { formatter: ({ value }) => new Date(value).toLocaleTimeString([], { hourCycle: 'h23' }) } },
      },
      yAxis: {
        type: 'value',
        min: 0,
        splitNumber: 3,
        splitLine: line,
        axisLabel: { ...text, formatter: (value) => this.#number(value) },
      },
      series: series.map((one) => ({
        name: one.name,
        type: 'line',
        symbol: 'none',
        connectNulls: false,
        stack: stack ? 'all' : undefined,
        areaStyle: stack ? { opacity: 0.65 } : undefined,
        lineStyle: { width: stack ? 0 : 1.25 },
        emphasis: { disabled: true },
      })),
    });
    this.#draw();
  }

  /** A custom property that depends on the theme is only resolved where it is used as a colour. */
  #colour(name) {
    const before = this.style.color;
    this.style.color = `var(${name})`;
    const resolved = getComputedStyle(this).color;
    this.style.color = before;
    return resolved;
  }

  #number(value) {
    return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 }).replaceAll(',', '\u202f');
  }

  /** A drag on a touch screen scrolls the page, so only a mouse zooms. */
  #zoomable() {
    if (matchMedia('(pointer: coarse)').matches) return;
    const select = () =>
      this.#chart.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true });
    this.#chart.on('finished', () => {
      if (!this.#zoomed) {
        this.#zoomed = true;
        select();
      }
    });
    this.#chart.getZr().on('dblclick', () => this.#chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }));
  }
}

customElements.define('gatehouse-chart', GatehouseChart);
