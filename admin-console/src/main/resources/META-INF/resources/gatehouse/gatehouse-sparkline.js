/* <gatehouse-sparkline points="1,2,,3">: empty is a gap. Colour is the element's own. */
const WIDTH = 100;
const HEIGHT = 24;

class GatehouseSparkline extends HTMLElement {
  static observedAttributes = ['points'];

  attributeChangedCallback() {
    const points = (this.getAttribute('points') ?? '').split(',').map((text) => (text === '' ? NaN : Number(text)));
    const top = Math.max(...points.filter((value) => !Number.isNaN(value)), 0);
    const x = (index) => ((index / Math.max(1, points.length - 1)) * WIDTH).toFixed(1);
    const y = (value) => (HEIGHT - 1.5 - (top === 0 ? 0 : (value / top) * (HEIGHT - 3))).toFixed(1);
    let line = '';
    let area = '';
    let begin = -1;
    points.forEach((value, index) => {
      if (Number.isNaN(value)) return;
      if (begin < 0) begin = index;
      line += `${begin === index ? 'M' : 'L'}${x(index)} ${y(value)}`;
      if (index === points.length - 1 || Number.isNaN(points[index + 1])) {
        if (begin === index) line += 'h0.1';
        const run = line.slice(line.lastIndexOf('M'));
        area += `${run}L${x(index)} ${HEIGHT}L${x(begin)} ${HEIGHT}Z`;
        begin = -1;
      }
    });
    this.innerHTML = `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" width="100%" height="100%">
      <path d="${area}" fill="currentColor" opacity="0.14"/>
      <path d="${line}" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"
            stroke-linecap="round" vector-effect="non-scaling-stroke"/></svg>`;
  }
}

customElements.define('gatehouse-sparkline', GatehouseSparkline);
