// The message panel. Oracles: the runs' own causes, the captures' side files, RFC 9112 for what a message is made of.

import {expect, test} from 'vitest';
import {aside} from '../../../source/lesson/bound-beat.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {type MessageOwn, shownExchange} from '../../../source/view/http/exchange-at.ts';
import {exchangeBlocks} from '../../../source/view/http/exchange-blocks.ts';
import {messagePanel} from '../../../source/view/panels/message.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {textWidth} from '../../../source/words/width.ts';
import {at, get, httpScenario, site} from '../../helpers/http-network.ts';
import {captured} from '../../helpers/opened-capture.ts';
import {run} from '../../helpers/traces.ts';
import {paneOn} from '../pane.ts';
import {type Opened, open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const fresh: MessageOwn = {line: 1, key: ''};
const long = 'x'.repeat(4000);
const simulated = run(
  httpScenario(
    [
      at(0, {call: 'pipeline', urls: [`${site}/`, `${site}/long`, `${site}/none`], as: 'p'}),
      at(5000, get('/bytes', {as: 'q'})),
    ],
    {
      routes: [
        {method: 'GET', path: '/', body: 'two\r\nlines\u0007', type: 'text/plain'},
        {method: 'GET', path: '/bytes', body: '\u0000\u0001\u0002ABCDEFG', type: 'image/gif'},
        {method: 'GET', path: '/long', body: long, type: 'text/plain'},
      ],
    },
  ),
);
const opened = open({trace: simulated});

const viewAt = (which: Opened, us: number, packet?: number, language: 'en' | 'zh' = 'en'): View => {
  const playback = playingAt(which, us, {
    language,
    selection: {packet, field: undefined, byte: undefined, variable: undefined},
  });
  return viewOf({...which, playback, message: undefined});
};

const endOf = ({trace}: {readonly trace: Trace}): number => trace.durationUs + 1;

const linesAt = (view: View, own: MessageOwn = fresh): readonly string[] => {
  const shown = shownExchange(view, own);
  return (shown ? exchangeBlocks(view, shown) : []).flatMap(({lines}) =>
    lines.map(({name, text, arrived}) => `${arrived ? '' : '┈ '}${name === '' ? '' : `${name}: `}${text}`),
  );
};

const drawn = (
  view: View,
  columns: number,
  rows: number,
  own: unknown = fresh,
  glyphs: Glyphs = unicodeGlyphs,
) => {
  const canvas = new Canvas(columns, rows);
  messagePanel.put(paneOn(canvas, {glyphs, language: view.language, focused: true}), view, own);
  return canvas;
};

const packetOf = (what: (payload: number, id: number) => boolean): number => {
  for (let id = 1; id <= simulated.packetCount; id++) {
    const {frame} = simulated.packet(id);
    const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
    if (transport?.kind === 'tcp' && what(transport.segment.payload.length, id)) return id;
  }
  throw new Error('no such packet');
};

test('before anything is sent there is nothing; a request on its way is there, and marked as not arrived', () => {
  expect(linesAt(viewAt(opened, 60_000))).toEqual([]);
  const sent = linesAt(viewAt(opened, 120_000, 4));
  expect(sent).toContain('┈ GET / HTTP/1.1');
  expect(sent).toContain('no response yet');
  expect(linesAt(viewAt(opened, 151_000, 4)).slice(0, 3)).toEqual([
    'request  packet 4',
    'GET / HTTP/1.1',
    'Host: www.example.com',
  ]);
});

test('at no width is a word cut that has room in a row', () => {
  const value = 'id=5; Path=/account; HttpOnly; SameSite=Strict';
  const told = open({
    trace: run(
      httpScenario([at(0, get('/'))], {
        routes: [{method: 'GET', path: '/', body: 'x', headers: [{name: 'Set-Cookie', value}]}],
      }),
    ),
  });
  const words = value.split(' ');
  for (let columns = 36; columns < 66; columns++) {
    const text = textOf(drawn(viewAt(told, endOf(told)), columns, 30)).join('\n');
    for (const word of words) expect(text).toContain(word);
  }
});

test('content is told by what has arrived, what is on the way, and what is still to come; controls are harmless', () => {
  const first = packetOf((length, id) => length > 1000 && simulated.packet(id).from === 'server');
  const {sentUs, dueUs} = simulated.packet(first);
  const notes = (us: number): string[] =>
    linesAt(viewAt(opened, us, first)).filter((line) => line.startsWith('content: '));
  const long = notes(sentUs + 1).find((line) => line.includes('4000')) ?? '';
  const [, onTheWay = 0] = /(\d+) on the way/.exec(long) ?? [];
  expect(long).toMatch(/^content: 0 of 4000 bytes, \d+ on the way/);
  const come = Number(/(\d+) still to come/.exec(long)?.[1] ?? 0);
  expect(Number(onTheWay) + come).toBe(4000);
  expect(notes(dueUs + 1).some((line) => /content: [1-9]\d* of 4000 bytes/.test(line))).toBe(true);
  expect(notes(endOf(opened))).toEqual(['content: 4000 of 4000 bytes']);
  const all = linesAt(viewAt(opened, endOf(opened), 4));
  expect(all.slice(-2)).toEqual(['two', 'lines␇']);
});

test('the packet that is selected chooses among pipelined exchanges; n and p go on from there, also in one packet', () => {
  const end = viewAt(opened, endOf(opened), 4);
  const targets: string[] = [];
  let own: MessageOwn = fresh;
  let view = end;
  for (let turn = 0; turn < 6; turn++) {
    targets.push(linesAt(view, own)[1] ?? '');
    const move = messagePanel.command(view, own, 'next');
    if (!move) break;
    const packet = move.selection?.packet;
    own = (move.own ?? own) as MessageOwn;
    view = viewAt(opened, endOf(opened), packet);
  }
  expect(targets).toEqual([
    'GET / HTTP/1.1',
    'GET /long HTTP/1.1',
    'GET /none HTTP/1.1',
    'GET /bytes HTTP/1.1',
  ]);
  expect(messagePanel.command(end, fresh, 'previous')).toBeUndefined();
});

test('of a capture each exchange is reached from a packet that carries a part of it', async () => {
  const redirect = await captured('14e-http-redirect-and-404.pcap');
  const end = endOf(redirect);
  const found = new Set<string>();
  for (let id = 1; id <= redirect.trace.packetCount; id++) {
    const [, request = '', ...rest] = linesAt(viewAt(redirect, end, id));
    found.add(`${request} ${rest.find((line) => line.startsWith('HTTP/1.1'))}`);
  }
  expect(found.size).toBe(4);
});

test('content that is no text is shown in hex; a long one is cut and counted', async () => {
  expect(linesAt(viewAt(opened, endOf(opened))).slice(-2)).toEqual([
    '0000  00 01 02 41 42 43 44 45  ...ABCDE',
    '0008  46 47                    FG',
  ]);
  const download = await captured('14k-http-large-download.pcap');
  const lines = linesAt(viewAt(download, endOf(download), 40));
  expect(lines).toContain('content: 90000 of 90000 bytes');
  expect(lines.at(-1)).toBe(`${90_000 - 16_384} more bytes`);
});

test('at 40 sizes, in both languages, with every glyph set, nothing is too wide and no cell is wanted twice', async () => {
  const chunked = await captured('14d-http-chunked.pcapng');
  for (const {columns, rows} of sizesTried())
    for (const language of ['en', 'zh'] as const)
      for (const glyphs of [unicodeGlyphs, asciiGlyphs])
        for (const which of [opened, chunked])
          for (const [packet, line] of [
            [undefined, 1],
            [9, 12],
          ] as const) {
            const view = viewAt(which, endOf(which), packet, language);
            const shown = shownExchange(view, fresh);
            const key = shown ? `${shown.exchange.connection.id}.${shown.exchange.number}` : '';
            const canvas = drawn(view, columns, rows, {line, key}, glyphs);
            const where = `${columns}×${rows} ${language}`;
            expect(canvas.collisions, where).toBe(0);
            for (const text of textOf(canvas)) expect(textWidth(text), where).toBeLessThanOrEqual(columns);
          }
});

test('where a message is longer than its place, what it is and its first line stay', () => {
  const view = viewAt(opened, endOf(opened), 4);
  let own: MessageOwn = fresh;
  for (let turn = 0; turn < 40; turn++)
    own = (messagePanel.command(view, own, 'down')?.own as MessageOwn | undefined) ?? own;
  const rows = textOf(drawn(view, 112, 6, own));
  expect(rows[1]).toContain('packet');
  expect(rows[2]).toContain('HTTP/1.1 200');
  expect(rows[3]).toMatch(/▴ \d+ more/);
});

test('a marked line is always on the screen', () => {
  const view = viewAt(opened, endOf(opened), 4);
  for (const rows of [4, 7, 12, 30])
    for (const columns of [40, 80]) {
      let own: MessageOwn = fresh;
      for (let turn = 0; turn < 40; turn++) {
        const lines = textOf(drawn(view, columns, rows, own));
        expect(
          lines.slice(1).filter((line) => line.includes('▸')).length,
          `${columns}×${rows} ${own.line}`,
        ).toBe(1);
        const move = messagePanel.command(view, own, 'down');
        if (!move?.own) break;
        own = move.own as MessageOwn;
      }
    }
});

test('it is heard in both languages: which exchange, its lines, how much is here', () => {
  for (const language of ['en', 'zh'] as const) {
    const spoken = messagePanel.spoken?.(viewAt(opened, endOf(opened), 4, language), fresh) ?? [];
    expect(spoken[0]).toBe(language === 'en' ? 'HTTP message 1 of 4.' : 'HTTP 报文，第 1 个，共 4 个。');
    expect(spoken.some((line) => line.startsWith('GET / HTTP/1.1'))).toBe(true);
    expect(spoken.some((line) => /content: 11 of 11 bytes|11\/11/i.test(line))).toBe(true);
  }
});

test('what breaks the grammar of a request is not said to be unseen', () => {
  const raw = 'GET/ HTTP/1.1\r\nHost: www.example.com\r\n\r\n';
  const broken = open({trace: run(httpScenario([at(0, get('/', {raw}))], {routes: []}))});
  const lines = linesAt(viewAt(broken, endOf(broken)));
  expect(lines[0]).toBe('the client did not send an HTTP request');
  expect(lines).toContain('HTTP/1.1 400 Bad Request');
});

test('fields of which the narration speaks are on the screen until the reader moves', () => {
  const told = (show: readonly string[]) => {
    const beat = {...aside(0, 1, everywhere({en: 'look', zh: '看'})), show};
    const view = viewAt(open({trace: simulated, beats: [beat]}), endOf(opened));
    return textOf(drawn(view, 80, 6)).join('\n');
  };
  expect(told([])).not.toContain('image/gif');
  expect(told(['http.content_type'])).toContain('image/gif');
  expect(told(['http.content_type', 'http.response.code'])).not.toContain('image/gif');
});
