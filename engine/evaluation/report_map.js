// Draws every element of class "map" from the JSON beside it (map_pack.h). No library, no network.
'use strict';
(() => {
  const RATIO_FLOORS = [51, 39, 27, 15];                    // sixtieths; day_series.h
  const RATIO_COLOURS = ['#3b76af', '#86b7d1', '#eec15c', '#e2803a', '#b3202c'];
  const LOAD_FLOORS = [36, 28, 20, 10];                     // fortieths
  const LOAD_COLOURS = ['#7a1f5c', '#c2477f', '#e79aa5', '#e3c9b8', '#c3cdd6'];
  const EMPTY_COLOUR = '#cfd5dc';
  // Groups of road classes 0 (motorway) ... 13 (service): width in px at the first view and when
  // zoomed in.
  const GROUP = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4];
  const WIDTHS = [[3, 6.5], [2, 5], [1.4, 4.2], [0.9, 3.4], [0.55, 2.6]];
  // Free-flowing minor roads are drawn lighter from afar, so that the main roads and every slow
  // road stand out.
  const CALM = [1, 1, 0.8, 0.55, 0.5];
  const GROUPS = WIDTHS.length, COLOURS = RATIO_COLOURS.length + 1;

  const bytes = (text) => {
    const raw = atob(text), out = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; ++i) out[i] = raw.charCodeAt(i);
    return out;
  };
  const typed = (Type, text) => new Type(bytes(text).buffer);
  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const digitOf = new Uint8Array(128);
  for (let i = 0; i < 64; ++i) digitOf[DIGITS.charCodeAt(i)] = i;
  const digits = (text) => {
    const out = new Uint8Array(text.length);
    for (let i = 0; i < text.length; ++i) out[i] = digitOf[text.charCodeAt(i)];
    return out;
  };
  const classOf = (floors, value) => {
    let c = 0;
    while (c < floors.length && value < floors[c]) ++c;
    return c;
  };

  class CityMap {
    constructor(root) {
      this.root = root;
      this.data = JSON.parse(root.querySelector('script').textContent);
      this.say = JSON.parse(root.dataset.say);
      this.stage = root.querySelector('.stage');
      this.canvas = root.querySelector('canvas');
      this.tip = root.querySelector('.tip');
      this.base = document.createElement('canvas');
      this.unpack();
      this.step = this.data.busiest;
      this.by = 'ratio';
      this.shown = {plazas: true, hubs: true, cells: false};
      this.sortLinks();
      this.bindControls();
      this.bindPointers();
      new ResizeObserver(() => this.resize()).observe(this.stage);
      this.resize();
    }

    unpack() {
      const d = this.data, l = d.links;
      const ends = typed(Uint16Array, l.ends);
      this.n = d.n;
      this.ends = new Float32Array(ends.length);
      for (let i = 0; i < ends.length; ++i) this.ends[i] = ends[i] * d.step_m;
      this.id = l.id === undefined ? typed(Float64Array, l.large_id) : typed(Uint32Array, l.id);
      this.length = typed(Uint16Array, l.length);
      this.roadClass = bytes(l.class);
      this.lanes = bytes(l.lanes);
      this.free = bytes(l.free);
      this.ratio = digits(l.ratio);
      this.load = digits(l.load);
      for (const kind of ['plazas', 'hubs', 'cells']) {
        const site = d[kind];
        if (!site) continue;
        site.xs = typed(Float32Array, site.x);
        site.ys = typed(Float32Array, site.y);
        if (kind === 'cells') site.loads = bytes(site.load);
        if (kind === 'plazas') {
          site.delays = typed(Float32Array, site.delay);
          site.counts = typed(Float32Array, site.passages);
        }
      }
    }

    colourIndex(link) {
      const at = this.step * this.n + link;
      if (this.ratio[at] === 0) return COLOURS - 1;
      if (this.by === 'ratio') return classOf(RATIO_FLOORS, this.ratio[at]);
      return this.load[at] === 63 ? COLOURS - 1 : classOf(LOAD_FLOORS, this.load[at]);
    }

    // Links by (group from small to large, colour): each bucket is one path.
    sortLinks() {
      const buckets = GROUPS * COLOURS, begin = new Uint32Array(buckets + 1);
      const key = new Uint8Array(this.n);
      for (let i = 0; i < this.n; ++i) {
        const group = GROUP[Math.min(this.roadClass[i], 13)];
        // Empty roads lie below, jammed ones on top of their group.
        const colour = this.colourIndex(i), rank = colour === COLOURS - 1 ? 0 : colour + 1;
        key[i] = (GROUPS - 1 - group) * COLOURS + (this.by === 'ratio' || rank === 0
          ? rank : COLOURS - rank);
        ++begin[key[i] + 1];
      }
      for (let b = 0; b < buckets; ++b) begin[b + 1] += begin[b];
      const next = begin.slice(), order = new Uint32Array(this.n);
      for (let i = 0; i < this.n; ++i) order[next[key[i]]++] = i;
      this.begin = begin;
      this.order = order;
    }

    bucketColour(bucket) {
      const place = bucket % COLOURS;
      if (place === 0) return EMPTY_COLOUR;
      return this.by === 'ratio' ? RATIO_COLOURS[place - 1] : LOAD_COLOURS[COLOURS - place - 1];
    }

    resize() {
      const w = this.stage.clientWidth, h = this.stage.clientHeight;
      if (w === 0 || h === 0) return;
      this.dpr = Math.min(window.devicePixelRatio || 1, 2);
      for (const c of [this.canvas, this.base]) {
        c.width = Math.round(w * this.dpr);
        c.height = Math.round(h * this.dpr);
      }
      const first = this.w === undefined;
      this.w = w;
      this.h = h;
      if (first) this.fit();
      this.redraw();
    }

    // The whole city beside the legend, where there is room for both.
    fit() {
      const d = this.data, margin = 28, key = this.root.querySelector('.key').offsetWidth;
      const left = this.w > 900 ? key + margin : margin, right = this.w > 900 ? 64 : margin;
      this.fitScale = Math.min((this.w - left - right) / Math.max(d.width_m, 1),
                               (this.h - 2 * margin) / Math.max(d.height_m, 1));
      this.scale = this.fitScale;
      this.cx = d.width_m / 2 - (left - right) / 2 / this.scale;
      this.cy = d.height_m / 2;
    }

    x(m) { return (m - this.cx) * this.scale + this.w / 2; }
    y(m) { return this.h / 2 - (m - this.cy) * this.scale; }

    redraw() {
      clearTimeout(this.later);
      this.later = 0;
      this.drawLinks();
      this.drawn = {cx: this.cx, cy: this.cy, scale: this.scale};
      this.compose();
    }

    // While moving, the last picture is shifted and stretched; the sharp one follows at rest.
    moved() {
      if (!this.frame) {
        this.frame = requestAnimationFrame(() => {
          this.frame = 0;
          this.compose();
        });
      }
      clearTimeout(this.later);
      this.later = setTimeout(() => this.redraw(), 90);
    }

    drawLinks() {
      const g = this.base.getContext('2d'), ends = this.ends, s = this.scale;
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.fillStyle = '#fbfbf9';
      g.fillRect(0, 0, this.base.width, this.base.height);
      g.scale(this.dpr, this.dpr);
      g.lineCap = 'round';
      const zoom = Math.min(1, Math.max(0, Math.log2(s / 0.02) / 5));   // 50 m/px ... 1.6 m/px
      const left = this.cx - this.w / 2 / s, right = this.cx + this.w / 2 / s;
      const low = this.cy - this.h / 2 / s, high = this.cy + this.h / 2 / s;
      for (let b = 0; b < GROUPS * COLOURS; ++b) {
        if (this.begin[b] === this.begin[b + 1]) continue;
        const group = GROUPS - 1 - Math.floor(b / COLOURS);
        const width = WIDTHS[group][0] + (WIDTHS[group][1] - WIDTHS[group][0]) * zoom;
        const side = width * 0.55 * zoom + 0.15;
        g.beginPath();
        for (let k = this.begin[b]; k < this.begin[b + 1]; ++k) {
          const i = 4 * this.order[k];
          const ax = ends[i], ay = ends[i + 1], bx = ends[i + 2], by = ends[i + 3];
          if ((ax < left && bx < left) || (ax > right && bx > right) ||
              (ay < low && by < low) || (ay > high && by > high)) continue;
          // Traffic keeps right: shift by half a width to the right of the direction.
          const dx = bx - ax, dy = by - ay, d = side / (Math.hypot(dx, dy) || 1);
          const ox = dy * d, oy = dx * d;
          g.moveTo(this.x(ax) + ox, this.y(ay) + oy);
          g.lineTo(this.x(bx) + ox, this.y(by) + oy);
        }
        g.lineWidth = width;
        g.strokeStyle = this.bucketColour(b);
        const calm = this.by === 'ratio' && b % COLOURS === 1;
        g.globalAlpha = calm ? CALM[group] + (1 - CALM[group]) * zoom : 1;
        g.stroke();
        g.globalAlpha = 1;
      }
    }

    compose() {
      const g = this.canvas.getContext('2d');
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.fillStyle = '#fbfbf9';
      g.fillRect(0, 0, this.canvas.width, this.canvas.height);
      const k = this.scale / this.drawn.scale;
      const left = (this.drawn.cx - this.cx) * this.scale + this.w / 2 * (1 - k);
      const top = (this.cy - this.drawn.cy) * this.scale + this.h / 2 * (1 - k);
      g.drawImage(this.base, left * this.dpr, top * this.dpr, this.base.width * k,
                  this.base.height * k);
      g.scale(this.dpr, this.dpr);
      this.drawSites(g);
      this.drawScaleBar();
    }

    drawSites(g) {
      const d = this.data, inView = (x, y) => x > -20 && y > -20 && x < this.w + 20 && y < this.h + 20;
      const each = (kind, draw) => {
        const site = d[kind];
        if (!site || !this.shown[kind]) return;
        for (let i = 0; i < site.n; ++i) {
          const x = this.x(site.xs[i]), y = this.y(site.ys[i]);
          if (inView(x, y)) draw(site, i, x, y);
        }
      };
      const size = Math.min(1.6, Math.max(1, Math.sqrt(this.scale / this.fitScale) * 0.8));
      each('cells', (site, i, x, y) => {
        const load = site.loads[this.step * site.n + i];
        g.beginPath();
        g.arc(x, y, (load === 255 ? 2 : 1.8 + 3 * Math.min(1, load / 100)) * size, 0, 7);
        g.fillStyle = load === 255 ? 'rgba(107,114,128,.5)' : 'rgba(90,60,150,.55)';
        g.fill();
      });
      each('hubs', (site, i, x, y) => {
        const r = 7 * size;
        g.beginPath();
        g.moveTo(x - r, y + r * 0.8); g.lineTo(x - r, y - r * 0.15); g.lineTo(x, y - r);
        g.lineTo(x + r, y - r * 0.15); g.lineTo(x + r, y + r * 0.8); g.closePath();
        this.paint(g, '#1f7a53');
      });
      each('plazas', (site, i, x, y) => {
        const delay = site.delays[this.step * site.n + i];
        const r = (site.n > 40 ? 4.6 : 6) * size;
        if (this.isHit(i)) {
          g.beginPath();
          g.arc(x, y, r + 6, 0, 7);
          g.strokeStyle = '#b3202c';
          g.lineWidth = 3;
          g.stroke();
        }
        g.beginPath();
        g.moveTo(x, y - r); g.lineTo(x + r, y); g.lineTo(x, y + r); g.lineTo(x - r, y);
        g.closePath();
        this.paint(g, !(delay >= 60) ? '#14304f' : delay < 180 ? '#e2803a' : '#b3202c');
      });
    }

    // Does a scripted event act on the plaza in the step shown?
    isHit(plaza) {
      return this.data.plazas.hit.some(([which, first, end]) =>
        which === plaza && this.step >= first && this.step < end);
    }

    paint(g, colour) {
      g.fillStyle = colour;
      g.strokeStyle = '#fff';
      g.lineWidth = 1.5;
      g.fill();
      g.stroke();
    }

    drawScaleBar() {
      const target = 120 / this.scale, power = 10 ** Math.floor(Math.log10(target));
      const metres = [5, 2, 1].map((f) => f * power).find((m) => m <= target) || power;
      const bar = this.root.querySelector('.scalebar');
      bar.style.width = `${metres * this.scale}px`;
      bar.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
    }

    bindControls() {
      const pick = (name) => this.root.querySelector(`[data-do="${name}"]`);
      const slider = pick('step'), label = this.root.querySelector('.time');
      const show = () => {
        this.step = Number(slider.value);
        label.textContent = this.data.times[this.step];
        this.sortLinks();
        this.redraw();
      };
      slider.max = this.data.times.length - 1;
      slider.value = this.step;
      label.textContent = this.data.times[this.step];
      slider.addEventListener('input', show);
      const play = pick('play');
      play.addEventListener('click', () => {
        if (this.playing) {
          clearInterval(this.playing);
          this.playing = 0;
        } else {
          this.playing = setInterval(() => {
            slider.value = (Number(slider.value) + 1) % this.data.times.length;
            show();
          }, 700);
        }
        play.textContent = this.playing ? '❚❚' : '▶';
      });
      pick('by').addEventListener('change', (e) => {
        this.by = e.target.value;
        this.root.dataset.by = this.by;
        this.sortLinks();
        this.redraw();
      });
      for (const kind of ['plazas', 'hubs', 'cells']) {
        const box = pick(kind);
        if (!box) continue;
        box.checked = this.shown[kind];
        box.addEventListener('change', () => {
          this.shown[kind] = box.checked;
          this.compose();
        });
      }
      pick('in').addEventListener('click', () => this.zoom(1.6, this.w / 2, this.h / 2));
      pick('out').addEventListener('click', () => this.zoom(1 / 1.6, this.w / 2, this.h / 2));
      pick('all').addEventListener('click', () => { this.fit(); this.redraw(); });
    }

    zoom(factor, px, py) {
      const scale = Math.min(Math.max(this.scale * factor, this.fitScale * 0.5), 4);
      const mx = this.cx + (px - this.w / 2) / this.scale;
      const my = this.cy - (py - this.h / 2) / this.scale;
      this.cx = mx - (px - this.w / 2) / scale;
      this.cy = my + (py - this.h / 2) / scale;
      this.scale = scale;
      this.moved();
    }

    pan(dx, dy) {
      this.cx -= dx / this.scale;
      this.cy += dy / this.scale;
      this.moved();
    }

    bindPointers() {
      const held = new Map(), at = (e) => {
        const box = this.canvas.getBoundingClientRect();
        return [e.clientX - box.left, e.clientY - box.top];
      };
      const c = this.canvas;
      c.addEventListener('pointerdown', (e) => {
        c.setPointerCapture(e.pointerId);
        held.set(e.pointerId, at(e));
        this.hideTip();
      });
      c.addEventListener('pointermove', (e) => {
        const p = at(e), before = held.get(e.pointerId);
        if (!before) return this.hover(p[0], p[1]);
        if (held.size === 2) {
          const other = [...held].find(([id]) => id !== e.pointerId)[1];
          const far = (q) => Math.hypot(q[0] - other[0], q[1] - other[1]) || 1;
          this.zoom(far(p) / far(before), (p[0] + other[0]) / 2, (p[1] + other[1]) / 2);
        } else {
          this.pan(p[0] - before[0], p[1] - before[1]);
        }
        held.set(e.pointerId, p);
      });
      for (const end of ['pointerup', 'pointercancel']) {
        c.addEventListener(end, (e) => held.delete(e.pointerId));
      }
      c.addEventListener('pointerleave', () => this.hideTip());
      c.addEventListener('wheel', (e) => {
        e.preventDefault();
        const p = at(e);
        this.zoom(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0018)), p[0], p[1]);
      }, {passive: false});
      c.addEventListener('dblclick', (e) => this.zoom(2, ...at(e)));
      c.addEventListener('keydown', (e) => {
        const moves = {ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60],
                       ArrowDown: [0, -60]};
        if (moves[e.key]) this.pan(...moves[e.key]);
        else if (e.key === '+' || e.key === '=') this.zoom(1.4, this.w / 2, this.h / 2);
        else if (e.key === '-') this.zoom(1 / 1.4, this.w / 2, this.h / 2);
        else return;
        e.preventDefault();
      });
    }

    hideTip() { this.tip.hidden = true; }

    hover(px, py) {
      const text = this.siteAt(px, py) || this.linkAt(px, py);
      if (!text) return this.hideTip();
      this.tip.hidden = false;
      this.tip.textContent = text;
      const right = px > this.w - 230;
      this.tip.style.left = right ? '' : `${px + 14}px`;
      this.tip.style.right = right ? `${this.w - px + 14}px` : '';
      this.tip.style.top = `${Math.min(py + 14, this.h - 110)}px`;
    }

    siteAt(px, py) {
      for (const kind of ['plazas', 'hubs', 'cells']) {
        const site = this.data[kind];
        if (!site || !this.shown[kind]) continue;
        for (let i = 0; i < site.n; ++i) {
          const x = this.x(site.xs[i]), y = this.y(site.ys[i]);
          if (Math.abs(x - px) > 8 || Math.abs(y - py) > 8) continue;
          return this.siteText(kind, site, i);
        }
      }
      return '';
    }

    siteText(kind, site, i) {
      const say = this.say, at = this.step * site.n + i;
      if (kind === 'cells') {
        const load = site.loads[at];
        return `${say.cell} ${i}\n${say.load}: ${load === 255 ? '–' : `${load}${say.percent}`}`;
      }
      if (kind === 'hubs') return `${say.hub}: ${site.name[i]}`;
      const delay = site.delays[at];
      return `${site.name[i]}\n${say.passages}: ${site.counts[at]}\n` +
        `${say.delay}: ${Number.isNaN(delay) ? '–' : `${delay.toFixed(1)} s`}` +
        (this.isHit(i) ? `\n${say.event}` : '');
    }

    // Links by square cell of a coarse grid, made at the first look-up.
    index() {
      const d = this.data, side = Math.max(d.width_m, d.height_m, 1) / 160;
      const columns = Math.ceil(d.width_m / side) + 1;
      const grid = new Map();
      for (let i = 0; i < this.n; ++i) {
        const [ax, ay, bx, by] = this.ends.subarray(4 * i, 4 * i + 4);
        const cells = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / side * 2));
        let last = -1;
        for (let k = 0; k <= cells; ++k) {
          const f = k / cells;
          const cell = Math.floor((ay + (by - ay) * f) / side) * columns +
            Math.floor((ax + (bx - ax) * f) / side);
          if (cell === last) continue;
          last = cell;
          const list = grid.get(cell);
          if (list) list.push(i); else grid.set(cell, [i]);
        }
      }
      this.grid = {side, columns, cells: grid};
    }

    linkAt(px, py) {
      if (!this.grid) this.index();
      const {side, columns, cells} = this.grid;
      const mx = this.cx + (px - this.w / 2) / this.scale;
      const my = this.cy - (py - this.h / 2) / this.scale;
      const reach = Math.min(7 / this.scale, side);
      let best = -1, least = reach;
      const column = Math.floor(mx / side), row = Math.floor(my / side);
      for (let r = row - 1; r <= row + 1; ++r) {
        for (let c = column - 1; c <= column + 1; ++c) {
          for (const i of cells.get(r * columns + c) || []) {
            const away = this.distance(i, mx, my);
            if (away < least) { least = away; best = i; }
          }
        }
      }
      return best < 0 ? '' : this.linkText(best);
    }

    // Distance in m to the link as drawn: points to its right are nearer by a hair.
    distance(i, x, y) {
      const [ax, ay, bx, by] = this.ends.subarray(4 * i, 4 * i + 4);
      const dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy || 1;
      const f = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
      const side = (x - ax) * dy - (y - ay) * dx > 0 ? 0 : 1e-3;
      return Math.hypot(x - ax - f * dx, y - ay - f * dy) + side;
    }

    linkText(i) {
      const say = this.say, at = this.step * this.n + i, ratio = (this.ratio[at] + 0.5) / 60;
      const speed = this.ratio[at] ? `${Math.round(Math.min(ratio, 1) * this.free[i])} / ${this.free[i]} km/h`
                                   : say.none;
      const load = this.load[at] === 63 ? '–' : `${Math.round(2.5 * this.load[at])}${say.percent}`;
      return `${say.link} ${this.id[i]} · ${say.classes[Math.min(this.roadClass[i], 13)]}\n` +
        `${Math.round(this.length[i])} m · ${this.lanes[i]} ${say.lanes}\n` +
        `${say.speed}: ${speed}\n${say.used}: ${load}`;
    }
  }

  for (const root of document.querySelectorAll('.map')) new CityMap(root);
})();
