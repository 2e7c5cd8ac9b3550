// The followed stream. Oracles: the bytes that the connection's own programs exchanged, the side file's frames, RFC 9293 §3.4.

import {expect, test} from 'vitest';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {type StreamLine, type StreamOwn, shownStream} from '../../../source/view/http/stream-lines.ts';
import {streamPanel} from '../../../source/view/panels/stream.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {textWidth} from '../../../source/words/width.ts';
import {captured} from '../../helpers/opened-capture.ts';
import {paneOn} from '../../view/pane.ts';
import {type Opened, playingAt, textOf} from '../../view/player.ts';
import {sizesTried} from '../../view/sizes.ts';

const fresh: StreamOwn = {packet: 0, line: 0};

const viewAt = (which: Opened, packet?: number, language: 'en' | 'zh' = 'en'): View => {
  const playback = playingAt(which, which.trace.durationUs + 1, {
    language,
    selection: {packet, field: undefined, byte: undefined, variable: undefined},
  });
  return viewOf({...which, playback, message: undefined});
};

const told = ({side, packet, text}: StreamLine): string => `${packet} ${side === 0 ? '▸' : '◂'} ${text}`;

test('pipelined requests and their responses stand in the order in which they came, each with its packet', async () => {
  const pipelined = await captured('14c-http11-pipelining.pcap');
  const shown = shownStream(viewAt(pipelined, 7), fresh);
  const lines = (shown?.lines ?? []).map(told);
  const starts = lines.filter((line) => /▸ GET|◂ HTTP/.test(line));
  // fixtures/captures/http.json: three requests in frame 7, responses in 9, 11 and 13; the page is 295 bytes on.
  expect(starts).toEqual([
    '7 ▸ GET / HTTP/1.1',
    '7 ▸ GET /style.css HTTP/1.1',
    '7 ▸ GET /nope HTTP/1.1',
    '9 ◂ HTTP/1.1 200 OK',
    '11 ◂ HTTP/1.1 200 OK',
    '13 ◂ HTTP/1.1 404 Not Found',
  ]);
  expect(shown?.bytes).toEqual([137, 295 + 161 + 152]);
});

test('the marked line and the selected packet go together, both ways', async () => {
  const pipelined = await captured('14c-http11-pipelining.pcap');
  const at = (packet: number): string => {
    const shown = shownStream(viewAt(pipelined, packet), fresh);
    return told(
      shown?.lines[shown.marked] ?? {
        side: 0,
        packet: 0,
        first: true,
        kind: 'text',
        text: '',
        arrived: true,
        hidden: false,
      },
    );
  };
  expect(at(11)).toBe('11 ◂ HTTP/1.1 200 OK');
  // An ACK without data stands where the stream is by then.
  expect(at(12)).toBe('11 ◂ HTTP/1.1 200 OK');
  const next = streamPanel.command(viewAt(pipelined, 9), fresh, 'next');
  expect(next?.selection?.packet).toBe(11);
  expect(streamPanel.command(viewAt(pipelined, 11), fresh, 'previous')?.selection?.packet).toBe(9);
  const down = streamPanel.command(viewAt(pipelined, 7), fresh, 'down');
  expect(down).toEqual({own: {packet: 7, line: 1}});
});

test('from the first line to the last and back, every line is reached once', async () => {
  const login = await captured('15c-cookie-wrong-password.pcapng');
  const first = shownStream(viewAt(login, 5), fresh);
  let view = viewAt(login, first?.lines[0]?.packet);
  let own = fresh;
  const walk = (command: 'down' | 'up'): number => {
    for (let steps = 0; ; steps++) {
      const move = streamPanel.command(view, own, command);
      if (!move) return steps;
      own = (move.own ?? own) as StreamOwn;
      if (move.selection) view = viewAt(login, move.selection.packet ?? login.trace.packetCount);
      if (steps > 500) throw new Error('no end');
    }
  };
  const count = (first?.lines.length ?? 0) - 1;
  expect(walk('down')).toBe(count);
  expect(walk('up')).toBe(count);
});

test('what was not captured is said, and what is no text is hex', async () => {
  const snapped = await captured('18h-short-snap-length.pcap');
  const all = (shownStream(viewAt(snapped, 8), fresh)?.lines ?? []).map(({text}) => text);
  expect(all.some((text) => /\d+ bytes were not captured/.test(text))).toBe(true);
});

test('at 40 sizes, in both languages, with every glyph set, nothing is too wide and no cell is wanted twice', async () => {
  const names = ['14d-http-chunked.pcapng', '14k-http-large-download.pcap', '18h-short-snap-length.pcap'];
  for (const name of names) {
    const which = await captured(name);
    for (const {columns, rows} of sizesTried())
      for (const language of ['en', 'zh'] as const)
        for (const glyphs of [unicodeGlyphs, asciiGlyphs] as readonly Glyphs[]) {
          const canvas = new Canvas(columns, rows);
          const region = {row: 1, column: 1, columns, rows};
          const view = viewAt(which, columns % 2 ? 12 : undefined, language);
          streamPanel.put(paneOn(canvas, {region, glyphs, language, focused: true}), view, fresh);
          expect(canvas.collisions, `${name} ${columns}×${rows} ${language}`).toBe(0);
          for (const text of textOf(canvas)) expect(textWidth(text)).toBeLessThanOrEqual(columns);
        }
  }
});

test('it is heard: sums, who says it and in which packet', async () => {
  const pipelined = await captured('14c-http11-pipelining.pcap');
  const spoken = streamPanel.spoken?.(viewAt(pipelined, 11), fresh) ?? [];
  expect(spoken.slice(0, 3)).toEqual([
    'Stream: 137 B from 10.77.138.2, 608 B from 10.77.138.80.',
    '10.77.138.80, packet 11.',
    'HTTP/1.1 200 OK.',
  ]);
});
