// The page without this script is whole: it adds the choice of an area, readings under the pointer, sorting and pictures to download.
(() => {
  'use strict';
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const make = (name, attributes = {}, text = '') => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };
  const words = JSON.parse(one('#words').textContent);
  const swedish = document.documentElement.lang === 'sv';
  const about = (element, area) => (element.dataset.a || '').split(' ').includes(area);

  // ---- One area marked everywhere, and kept in the address so that the page can be sent with it.
  const bar = one('#pick');
  const select = bar && one('select', bar);
  const known = select ? [...select.options].map(option => option.value).filter(Boolean) : [];

  function choose(area) {
    for (const element of all('[data-a]')) element.classList.toggle('on', area !== '' && about(element, area));
    for (const shape of all('svg .area.on')) {
      // The outline of the chosen area lies over its neighbours'.
      const last = all('.area', shape.parentNode).pop();
      if (last !== shape) last.after(shape);
    }
    for (const figure of all('.figure')) {
      const line = one('.figure-pick', figure);
      // What is said of an area stands once in a section, in the first figure's table.
      const own = area && rowsOf(figure).find(tr => about(tr, area));
      const row = own && (own.dataset.s ? own : all('tr[data-s]', figure.closest('section') || figure).find(tr => about(tr, area)));
      if (line) {
        line.textContent = row ? row.dataset.s : '';
        line.hidden = !row;
      }
    }
    for (const profile of all('details.profile')) {
      if (profile.classList.contains('on')) profile.open = true;
    }
    if (!bar) return;
    select.value = area;
    one('.pick-clear', bar).hidden = !area;
    const link = one('.pick-profile', bar);
    const profile = area && document.getElementById('profil-' + area);
    link.hidden = !profile;
    link.href = '#profil-' + area;
    const name = area ? select.options[select.selectedIndex].text : '';
    one('[role=status]', bar).textContent = area ? words.chosen.replace('{area}', name).replace('{count}', all('.figure-pick:not([hidden])').length) : '';
  }

  const address = area => history.replaceState(null, '', area ? '#' + area : location.pathname + location.search);

  function fromAddress() {
    const hash = decodeURIComponent(location.hash.slice(1));
    const area = hash.startsWith('profil-') ? hash.slice(7) : hash;
    if (!known.includes(area)) return;
    choose(area);
    if (hash !== area) one('#' + CSS.escape(hash))?.scrollIntoView();
  }

  // ---- Readings: the row of the figure's own table that a mark stands for.
  const tip = make('div', { id: 'tip', role: 'status', hidden: '' });
  const original = new WeakMap();
  const rowsOf = figure => original.get(figure) || [];
  const seen = element => element.getBoundingClientRect().width > 0 || element.getBoundingClientRect().height > 0;

  function read(figure, mark) {
    const row = rowsOf(figure)[+mark.dataset.r];
    if (!row) return false;
    const heads = all('.figure-data thead th', figure).map(cell => cell.textContent);
    tip.replaceChildren(...[...row.cells].flatMap((cell, i) => cell.textContent === ''
      ? []
      : [i === 0 ? make('strong', {}, cell.textContent) : make('span', {}, heads[i] + ': ' + cell.textContent)]));
    const shared = [one('.figure-subtitle', figure), one('.figure-source', figure)];
    for (const line of shared) if (line) tip.append(make('small', {}, line.textContent));
    tip.hidden = false;
    for (const other of all('.read')) other.classList.remove('read');
    mark.classList.add('read');
    const box = mark.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left + box.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
    const above = box.top - tip.offsetHeight - 10;
    tip.style.left = left + scrollX + 'px';
    tip.style.top = (above > 4 ? above : box.bottom + 10) + scrollY + 'px';
    return true;
  }

  function still() {
    tip.hidden = true;
    for (const other of all('.read')) other.classList.remove('read');
  }

  // The mark under the pointer, or the nearest within a finger's width.
  function nearest(picture, x, y) {
    const direct = document.elementsFromPoint(x, y).find(element => element.dataset && element.dataset.r && picture.contains(element));
    if (direct) return direct;
    let best = null;
    let least = 24;
    for (const mark of all('[data-r]', picture)) {
      const box = mark.getBoundingClientRect();
      if (!box.width && !box.height) continue;
      const far = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
      if (far < least) [best, least] = [mark, far];
    }
    return best;
  }

  function readable(figure, picture) {
    picture.tabIndex = 0;
    picture.setAttribute('role', 'group');
    picture.setAttribute('aria-label', words.read.replace('{title}', one('.figure-title', figure).textContent));
    let at = -1;
    const point = event => {
      const mark = nearest(picture, event.clientX, event.clientY);
      if (mark) read(figure, mark);
      else still();
    };
    picture.addEventListener('pointermove', point);
    picture.addEventListener('pointerdown', point);
    picture.addEventListener('pointerleave', event => event.pointerType === 'mouse' && still());
    picture.addEventListener('blur', still);
    picture.addEventListener('focus', () => {
      const marks = all('[data-r]', picture).filter(seen);
      const chosen = marks.findIndex(mark => mark.classList.contains('on'));
      if (picture.matches(':focus-visible') && marks.length) read(figure, marks[at = Math.max(0, at, chosen)] || marks[at = 0]);
    });
    picture.addEventListener('keydown', event => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e9, End: 1e9 }[event.key];
      if (event.key === 'Escape') still();
      if (!step) return;
      event.preventDefault();
      const marks = all('[data-r]', picture).filter(seen);
      at = Math.min(Math.max(0, at + step), marks.length - 1);
      if (marks[at]) read(figure, marks[at]);
    });
  }

  // ---- Tables in the order of any column; what has no number stands last.
  const number = cell => {
    if (cell.dataset.v) return +cell.dataset.v;
    const text = cell.textContent.replace(/[\s%]/g, '').replace('−', '-');
    const value = parseFloat(swedish ? text.replace(',', '.') : text.replace(/,/g, ''));
    return /^[-\d.,]/.test(text) ? value : NaN;
  };

  function sortable(table) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3 || table.classList.contains('unsorted')) return;
    const start = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make('button', { type: 'button', class: 'sort' }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const before = head.getAttribute('aria-sort');
        const numbers = head.classList.contains('number');
        // Numbers begin with the largest, names with the first; the third time the table stands as it was.
        const order = [numbers ? 'descending' : 'ascending', numbers ? 'ascending' : 'descending', null];
        const next = order[(order.indexOf(before) + 1) % 3];
        for (const other of heads) other.removeAttribute('aria-sort');
        if (next) head.setAttribute('aria-sort', next);
        const sign = next === 'descending' ? -1 : 1;
        const by = (a, b) => {
          if (!numbers) return sign * a.cells[column].textContent.localeCompare(b.cells[column].textContent, document.documentElement.lang);
          const [x, y] = [number(a.cells[column]), number(b.cells[column])];
          if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
          return sign * (x - y);
        };
        body.append(...(next ? [...start].sort(by) : start));
      });
    });
  }

  // ---- A figure as a file, made from the page itself.
  const space = 24;
  const family = "'Analys Sans', Arial, 'Liberation Sans', Helvetica, sans-serif";

  function lines(text, size, bold, width) {
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `${bold ? 'bold ' : ''}${size}px ${family}`;
    return text.split(' ').reduce((rows, word) => {
      const longer = rows.length ? rows[rows.length - 1] + ' ' + word : word;
      if (rows.length && pen.measureText(longer).width > width) rows.push(word);
      else rows.splice(-1, 1, longer);
      return rows;
    }, []);
  }

  function alone(figure) {
    const shown = one('svg.figure-wide', figure);
    const [, , width, height] = shown.getAttribute('viewBox').split(' ').map(Number);
    const svg = shown.cloneNode(true);
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    svg.removeAttribute('class');
    const marked = all('.on', shown).map(element => getComputedStyle(element));
    all('.on', svg).forEach((element, i) => {
      for (const style of ['stroke', 'stroke-width', 'text-decoration']) element.style.setProperty(style, marked[i].getPropertyValue(style));
      if (element.matches('.bar,.point,.second,.bubble,text')) element.style.fill = element.matches('text') ? '#8a1c5c' : '#a8327d';
    });
    for (const text of all('text:not([fill])', svg)) text.setAttribute('fill', '#16202a');
    const group = document.createElementNS(svg.namespaceURI, 'g');
    group.append(...[...svg.childNodes].filter(node => !/^(title|desc|defs)$/.test(node.nodeName)));
    let y = space;
    const write = (query, size, bold, colour) => {
      const from = one(query, figure);
      if (!from || from.hidden || !from.textContent) return;
      for (const line of lines(from.textContent, size, bold, width)) {
        const text = document.createElementNS(svg.namespaceURI, 'text');
        const set = { x: space, y: y + size, 'font-size': size, fill: colour, ...(bold ? { 'font-weight': 'bold' } : {}) };
        for (const [key, value] of Object.entries(set)) text.setAttribute(key, value);
        text.textContent = line;
        svg.append(text);
        y += size * 1.3;
      }
      y += 4;
    };
    const sheet = document.createElementNS(svg.namespaceURI, 'style');
    sheet.textContent = one('#faces') ? one('#faces').textContent : '';
    const ground = document.createElementNS(svg.namespaceURI, 'rect');
    for (const [key, value] of [['width', '100%'], ['height', '100%'], ['fill', '#ffffff']]) ground.setAttribute(key, value);
    svg.append(sheet, ground);
    write('.figure-notice', 14, true, '#8a3b00');
    write('.figure-title', 20, true, '#16202a');
    write('.figure-subtitle', 14, false, '#4a5663');
    write('.figure-pick', 14, true, '#8a1c5c');
    group.setAttribute('transform', `translate(${space} ${y + 8})`);
    svg.append(group);
    y += height + 20;
    write('.figure-source', 12, false, '#4a5663');
    write('.figure-note', 12, false, '#4a5663');
    const [w, h] = [width + 2 * space, Math.ceil(y + space)];
    svg.setAttribute('viewBox', `0 0 ${w} ${h}`);
    svg.setAttribute('width', w);
    svg.setAttribute('height', h);
    return { text: new XMLSerializer().serializeToString(svg), w, h };
  }

  function save(blob, name) {
    const link = make('a', { download: name, href: URL.createObjectURL(blob) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function picture(figure, kind) {
    await document.fonts.ready;
    const { text, w, h } = alone(figure);
    if (kind === 'svg') {
      save(new Blob([text], { type: 'image/svg+xml' }), figure.id + '.svg');
      return;
    }
    const image = new Image(w, h);
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
    await image.decode();
    const canvas = make('canvas', { width: w * 2, height: h * 2 });
    canvas.getContext('2d').drawImage(image, 0, 0, w * 2, h * 2);
    canvas.toBlob(blob => save(blob, figure.id + '.png'), 'image/png');
  }

  function files(figure) {
    const link = one('.figure-link', figure);
    if (!link) return;
    for (const kind of ['png', 'svg']) {
      const text = words.picture.replace('{kind}', kind.toUpperCase());
      const label = `${text}: ${one('.figure-title', figure).textContent}`;
      const button = make('button', { type: 'button', class: 'file', 'aria-label': label }, text);
      button.addEventListener('click', () => picture(figure, kind));
      link.append(' ', button);
    }
  }

  // ---- Everything put in place.
  for (const figure of all('.figure')) {
    original.set(figure, all('.figure-data tbody tr', figure));
    const shown = one('.figure-picture', figure);
    if (shown && one('[data-r]', shown)) readable(figure, shown);
    files(figure);
  }
  for (const table of all('table')) sortable(table);
  document.body.append(tip);
  addEventListener('keydown', event => event.key === 'Escape' && still());
  addEventListener('scroll', still, { passive: true });
  if (known.length) {
    bar.hidden = false;
    select.addEventListener('change', () => {
      choose(select.value);
      address(select.value);
    });
    one('.pick-clear', bar).addEventListener('click', () => {
      choose('');
      address('');
      select.focus();
    });
    addEventListener('hashchange', fromAddress);
    fromAddress();
  }
  const closed = [];
  addEventListener('beforeprint', () => {
    for (const details of all('.figure-data:not([open])')) {
      details.open = true;
      closed.push(details);
    }
  });
  addEventListener('afterprint', () => closed.splice(0).forEach(details => { details.open = false; }));
})();
