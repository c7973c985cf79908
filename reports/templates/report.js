// What a report does beyond being read: search, order and page its long tables, open their compressed blocks,
// follow links to single figures, and say which figure of a chart the pointer or the keyboard is at.
// Every row that it shows was escaped when the page was made; it asks nothing of the network.
"use strict";
(() => {
const PAGE = 100;   // rows shown at once where a table is in blocks
const KEPT = 64;    // blocks kept open
const BETWEEN = "\x1e";
const tables = new Map();

async function inflate(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

function plainText(html) {
  const known = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" };
  return html.replace(/<[^>]*>/g, " ").replace(/&(#?\w+);/g, (all, name) => known[name] ?? all);
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
const counted = (number) => number.toLocaleString("en");

function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** One long table: its rows stand in the page, or in compressed blocks that are opened as they are needed. */
class Table {
  constructor(root) {
    this.root = root;
    this.name = root.dataset.listing;
    this.body = root.querySelector("tbody, ol, .items");
    this.blocks = [...root.querySelectorAll("script.block")];
    this.open = new Map();
    this.texts = [];
    this.query = "";
    this.group = null;
    this.sorted = null;
    this.page = 0;
    this.asked = 0;
  }

  async start() {
    const index = this.root.querySelector("script.index").textContent;
    const read = JSON.parse(this.blocks.length ? await inflate(index) : index);
    this.ids = read.ids?.split(" ") ?? Array.from({ length: read.number }, (_, place) => `${read.prefix}${place + 1}`);
    this.keys = read.keys;
    this.groups = read.groups;
    this.size = read.block;
    this.rows = this.blocks.length ? null : [...this.body.children];
    this.order = this.ids.map((_, place) => place);
    this.places = new Map(this.ids.map((id, place) => [id, place]));
    this.addTools();
    this.addSorting();
    if (this.blocks.length) await this.show();
  }

  addTools() {
    const label = this.root.dataset.label;
    this.search = made("input", { type: "search", autocomplete: "off", spellcheck: false });
    this.search.setAttribute("aria-label", `Search ${label}`);
    this.search.placeholder = `Search ${label}`;
    this.status = made("span", { className: "soft" });
    this.status.setAttribute("role", "status");
    this.all = made("button", { type: "button", textContent: "Show all", hidden: true });
    this.back = made("button", { type: "button", textContent: "Previous" });
    this.next = made("button", { type: "button", textContent: "Next" });
    this.where = made("span", { className: "soft" });
    this.pager = made("span", { className: "pager", hidden: true }, this.back, this.where, this.next);
    this.root.prepend(made("div", { className: "tools" }, this.search, this.all, this.status, this.pager));
    let waiting;
    this.search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.find(this.search.value), 120);
    });
    this.all.addEventListener("click", () => { this.search.value = ""; this.find(""); });
    this.back.addEventListener("click", () => this.turn(-1));
    this.next.addEventListener("click", () => this.turn(1));
  }

  addSorting() {
    for (const head of this.root.querySelectorAll("th[data-key]")) {
      const button = made("button", { type: "button" }, ...head.childNodes);
      head.replaceChildren(button);
      button.addEventListener("click", () => this.sort(head));
    }
  }

  async sort(head) {
    const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of this.root.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    const keys = this.keys[Number(head.dataset.key)];
    // What is unknown stands last either way; equal keys keep the order of the report.
    const compare = (a, b) => {
      if (keys[a] === keys[b]) return a - b;
      if (keys[a] === null || keys[b] === null) return keys[a] === null ? 1 : -1;
      return (keys[a] - keys[b]) * direction;
    };
    this.sorted = this.ids.map((_, place) => place).sort(compare);
    await this.find(this.query, this.group);
  }

  /** Show the rows that hold every word of a query, of one group if one is given, as the blocks are searched. */
  async find(query, group = null) {
    const asked = ++this.asked;
    this.query = query;
    this.group = group;
    this.page = 0;
    const words = folded(query).split(" ").filter(Boolean);
    const every = this.sorted ?? this.ids.map((_, place) => place);
    const inGroup = group === null ? every : every.filter((place) => this.groups[place] === group);
    this.all.hidden = !words.length && group === null;
    if (!words.length) {
      this.order = inGroup;
      this.status.textContent = group === null ? "" : `${counted(inGroup.length)} of one series`;
      return this.show();
    }
    const found = new Set();
    const wanted = new Set(inGroup);
    const parts = this.blocks.length || 1;
    for (let part = 0; part < parts; part++) {
      const texts = await this.textsOf(part);
      if (asked !== this.asked) return;
      texts.forEach((text, at) => {
        const place = part * this.size + at;
        if (wanted.has(place) && words.every((word) => text.includes(word))) found.add(place);
      });
      if (part % 20 === 19 && part + 1 < parts) {
        this.order = inGroup.filter((place) => found.has(place));
        this.status.textContent = `${counted(found.size)} found, ${Math.round(100 * part / parts)}% searched`;
        await this.show();
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    this.order = inGroup.filter((place) => found.has(place));
    this.status.textContent = `${counted(found.size)} of ${counted(this.ids.length)} found`;
    await this.show();
  }

  async textsOf(part) {
    if (this.rows) return (this.texts[0] ??= this.rows.map((row) => folded(row.textContent)));
    return (this.texts[part] ??= (await this.htmlOf(part)).map((html) => folded(plainText(html))));
  }

  async htmlOf(part) {
    let rows = this.open.get(part);
    if (!rows) {
      rows = (await inflate(this.blocks[part].textContent)).split(BETWEEN);
      if (this.open.size >= KEPT) this.open.delete(this.open.keys().next().value);
      this.open.set(part, rows);
    }
    return rows;
  }

  /** The element of a row, from the page or from its block. */
  async row(place) {
    if (this.rows) return this.rows[place];
    const template = document.createElement("template");
    template.innerHTML = (await this.htmlOf(Math.floor(place / this.size)))[place % this.size];
    return template.content.firstElementChild;
  }

  async show() {
    const asked = this.asked;
    if (this.rows) {
      const shown = new Set(this.order);
      this.rows.forEach((row, place) => { row.hidden = !shown.has(place); });
      if (this.sorted) this.body.append(...this.order.map((place) => this.rows[place]));
      return;
    }
    const first = this.page * PAGE;
    const places = this.order.slice(first, first + PAGE);
    const rows = [];
    for (const place of places) rows.push(await this.row(place));
    if (asked !== this.asked) return;
    this.body.replaceChildren(...rows);
    this.pager.hidden = this.order.length <= PAGE;
    this.back.disabled = !first;
    this.next.disabled = first + PAGE >= this.order.length;
    this.where.textContent = `${counted(first + 1)} to ${counted(first + places.length)} of ${counted(this.order.length)}`;
  }

  async turn(by) {
    this.page += by;
    await this.show();
    this.body.closest(".scroll")?.scrollTo(0, 0);
    this.root.scrollIntoView({ block: "start" });
  }

  /** Bring a row into the page, wherever it stands; returns its element. */
  async reveal(id) {
    const place = this.places.get(id);
    if (place === undefined) return null;
    let at = this.order.indexOf(place);
    if (at < 0) {
      this.search.value = "";
      await this.find("");
      at = this.order.indexOf(place);
    }
    if (!this.rows) {
      this.page = Math.floor(at / PAGE);
      await this.show();
    }
    return document.getElementById(id);
  }
}

/** Follow a link to a row: open what is folded around it, show its block, and bring it into view. */
async function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
  let target = document.getElementById(id);
  for (const table of tables.values()) {
    if (table.places?.has(id)) target = await table.reveal(id);
  }
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (/^(f-[0-9a-f]+|[sdqr]\d+)$/.test(id)) target.classList.add("here");
  target.tabIndex = -1;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

/** One chart: the nearest figure to the pointer, or the one that the arrow keys are at, is told in words. */
class Plot {
  constructor(root) {
    this.root = root;
    this.note = root.querySelector(".note");
    this.at = -1;
  }

  async start() {
    const read = JSON.parse(await inflate(this.root.querySelector("script").textContent));
    this.read = read;
    this.points = [];
    read.lines.forEach(({ name, points }, line) => {
      for (let place = 0; place < points.length; place += 3) {
        this.points.push({ line, name, day: points[place], value: points[place + 1], row: points[place + 2] });
      }
    });
    this.points.sort((a, b) => a.day - b.day || a.line - b.line);
    for (const drawing of this.root.querySelectorAll("svg")) {
      drawing.addEventListener("pointermove", (event) => this.point(drawing, event));
      drawing.addEventListener("pointerleave", () => { if (document.activeElement !== this.root) this.hide(); });
      drawing.addEventListener("click", () => this.go());
    }
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("blur", () => this.hide());
  }

  place(drawing, point) {
    const { left, right, top, bottom } = drawing.dataset;
    const { width, height } = drawing.viewBox.baseVal;
    const x = Number(left) + point.day / this.read.days * (width - left - right);
    const y = height - bottom - point.value / this.read.top * (height - top - bottom);
    return [x, y];
  }

  point(drawing, event) {
    const box = drawing.getBoundingClientRect();
    const scale = drawing.viewBox.baseVal.width / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    let nearest = -1;
    let least = Infinity;
    this.points.forEach((point, place) => {
      const [px, py] = this.place(drawing, point);
      const distance = (px - x) ** 2 + ((py - y) / 2) ** 2;
      if (distance <= least) [nearest, least] = [place, distance];
    });
    if (least < 80 ** 2) this.tell(nearest); else this.hide();
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const last = this.points.length - 1;
      const from = this.at < 0 ? (step > 0 ? -1 : last + 1) : this.at;
      this.tell(Math.max(0, Math.min(last, from + step)));
    } else if (event.key === "Enter" && event.target === this.root) this.go();
    else if (event.key === "Escape") this.hide();
  }

  go() {
    if (this.at >= 0) location.hash = tables.get("figures").ids[this.points[this.at].row];
  }

  hide() {
    this.at = -1;
    this.note.hidden = true;
    for (const ring of this.root.querySelectorAll(".ring")) ring.setAttribute("visibility", "hidden");
  }

  async tell(at) {
    if (at < 0 || at === this.at) return;
    this.at = at;
    const point = this.points[at];
    for (const drawing of this.root.querySelectorAll("svg")) {
      const [x, y] = this.place(drawing, point);
      const ring = drawing.querySelector(".ring");
      ring.setAttribute("cx", x);
      ring.setAttribute("cy", y);
      ring.setAttribute("visibility", "visible");
      if (drawing.clientWidth) this.put(drawing, x, y);
    }
    const row = await tables.get("figures").row(point.row);
    if (at !== this.at) return;
    const copy = (cell, selector) => row.cells[cell].querySelector(selector)?.cloneNode(true) ?? "";
    const words = copy(4, "q, code");
    this.note.replaceChildren(
      made("p", {}, copy(1, ".num"), " ", made("bdi", { textContent: point.name })),
      made("p", { className: "soft" }, ...[...row.cells[0].childNodes].map((node) => node.cloneNode(true))),
      made("p", {}, copy(3, "bdi")),
      made("p", {}, words),
    );
    this.note.hidden = false;
  }

  put(drawing, x, y) {
    const box = drawing.getBoundingClientRect();
    const outer = this.root.getBoundingClientRect();
    const left = box.left - outer.left + x / drawing.viewBox.baseVal.width * box.width;
    const top = box.top - outer.top + y / drawing.viewBox.baseVal.height * box.height;
    const onRight = left > outer.width / 2;
    this.note.style.insetInlineStart = onRight ? "auto" : `${left + 16}px`;
    this.note.style.insetInlineEnd = onRight ? `${outer.width - left + 16}px` : "auto";
    this.note.style.top = `${Math.max(0, top - 40)}px`;
  }
}

async function start() {
  document.documentElement.classList.add("live");
  if (typeof DecompressionStream === "undefined") {
    for (const note of document.querySelectorAll(".old")) note.hidden = false;
    return;
  }
  for (const root of document.querySelectorAll("[data-listing]")) tables.set(root.dataset.listing, new Table(root));
  await Promise.all([...tables.values()].map((table) => table.start()));
  await Promise.all([...document.querySelectorAll(".plot")].map((root) => new Plot(root).start()));
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-group]");
    if (!link) return;
    event.preventDefault();
    const figures = tables.get("figures");
    figures.search.value = "";
    await figures.find("", Number(link.dataset.group));
    figures.root.scrollIntoView({ block: "start" });
    figures.search.focus({ preventScroll: true });
  });
  addEventListener("hashchange", follow);
  await follow();
  document.documentElement.classList.add("ready");
}

start();
})();
