// The state diagram at every instant of real runs: paths, places, the edge just taken, any size.

import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Action} from '../../../source/sim/action.ts';
import type {Cause} from '../../../source/sim/scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {TcpState} from '../../../source/stack/tcp/states.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {type Diagram, diagramOf} from '../../../source/view/diagram/diagram-path.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {hostsOf} from '../../../source/view/ladder/scene-hosts.ts';
import {putDiagram} from '../../../source/view/panels/diagram.ts';
import {textWidth} from '../../../source/words/width.ts';
import {handshakeScenario, pairScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {some} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {paneOn} from '../pane.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';
import '../../helpers/meaning.ts';

const teardown = run(teardownScenario());

const stateEvent = (trace: Trace, host: string, state: TcpState): number => {
  for (const event of trace.events())
    if (event.kind === 'state' && event.host === host && event.to === state) return event.n;
  throw new Error(`${host} never enters ${state}`);
};

const diagramAt = (trace: Trace, cursor: number, language: Language = 'en'): Diagram | undefined =>
  diagramOf(trace, cursor, hostsOf(trace, language));

type Look = {columns?: number; rows?: number; glyphs?: Glyphs; language?: Language};

const lookAt = (trace: Trace, cursor: number, look: Look = {}): string[] => {
  const {columns = 34, rows = 20, glyphs = unicodeGlyphs, language = 'en'} = look;
  const canvas = new Canvas(columns, rows);
  putDiagram(paneOn(canvas, {glyphs, language}), diagramAt(trace, cursor, language));
  return textOf(canvas);
};

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

const begin: readonly Cause[] = [
  {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
  {
    when: at(0),
    host: 'client',
    action: {call: 'connect', to: {host: 'server', port: 80}, from: 40_000, as: 'c', read: 'auto'},
  },
];

test('(f) the close part: paths, places, the edge just taken', () => {
  expect(lookAt(teardown, stateEvent(teardown, 'server', 'CLOSED')).join('\n')).toBe(
    `
states    ━━ taken  ┈┈ not taken

            ESTABLISHED
      close ┃         ┃ FIN
            ▾         ▾
     FIN-WAIT-1    CLOSE-WAIT
   ACK ┃    ┊ FIN     ┃ close
       ▾    ▾         ▾
FIN-WAIT-2  CLOSING  LAST-ACK
   FIN ┃    ┊ ACK     ┃ ACK ◆
       ▾    ▾         ▾
  ▐TIME-WAIT▌     ▐CLOSED▌
       ┊ 2 MSL
       ▾
    CLOSED

left path   client, active closer
right path  server, passive closer

`.slice(1),
  );
});

test('the whole figure in 44 × 20, in Chinese and in ASCII', () => {
  const cursor = stateEvent(teardown, 'client', 'ESTABLISHED');
  expect(lookAt(teardown, cursor, {columns: 44, language: 'zh'}).join('\n')).toMatchInlineSnapshot(`
    "状态    ━━ 走过  ┈┈ 未走
                      CLOSED ━ active open ┓
         passive open ┃ ▴  ▴┈ close ┈┈╮    ┃
                      ▾ ┊ close       ┊    ┃
         ┏━━ SYN ━━━━ LISTEN ┈ send ╮ ┊    ┃
         ▾     ╭┈ RST ┈┈▴           ▾ ┊    ▾
     ▐SYN-RECEIVED▌◂┈┈┈┈┈ SYN ┈┈┈┈┈ SYN-SENT
        ┊    ┊ ACK             SYN,ACK ┃ ◆
        ┊    ╰┈┈┈┈┈▸▐ESTABLISHED▌◂━━━━━┛
        ┊      close ┊         ┊ FIN
        ┊ close      ▾         ▾
        ╰┈┈▸ FIN-WAIT-1       CLOSE-WAIT
          ACK ┊      ┊ FIN         ┊ close
              ▾      ▾             ▾
      FIN-WAIT-2    CLOSING     LAST-ACK
         FIN ┊      ┊ ACK          ┊ ACK
             ▾      ▾              ▾
            TIME-WAIT ┈ 2 MSL ┈▸ CLOSED
    客户端  ESTABLISHED
    服务器  SYN-RECEIVED"
  `);
  expect(lookAt(teardown, cursor, {columns: 44, glyphs: asciiGlyphs}).join('\n')).toMatchInlineSnapshot(`
    "states    == taken  .. not taken
                      CLOSED = active open #
         passive open # ^  ^. close ...    #
                      v : close       :    #
         #== SYN ==== LISTEN . send . :    #
         v     .. RST ..^           v :    v
     [SYN-RECEIVED]<..... SYN ..... SYN-SENT
        :    : ACK             SYN,ACK # *
        :    :.....>[ESTABLISHED]<=====#
        :      close :         : FIN
        : close      v         v
        :..> FIN-WAIT-1       CLOSE-WAIT
          ACK :      : FIN         : close
              v      v             v
      FIN-WAIT-2    CLOSING     LAST-ACK
         FIN :      : ACK          : ACK
             v      v              v
            TIME-WAIT . 2 MSL .> CLOSED
    client  ESTABLISHED
    server  SYN-RECEIVED"
  `);
});

test('every step of every host of the run is where the run says, with ◆ at one edge only', () => {
  const [left = 'client', right = 'server'] = hostsOf(teardown, 'en').map(({id}) => id);
  const now = new Map<string, TcpState>([
    [left, 'CLOSED'],
    [right, 'CLOSED'],
  ]);
  for (const event of teardown.events()) {
    if (event.kind === 'state') now.set(event.host, event.to);
    const diagram = diagramAt(teardown, event.n);
    expect(diagram?.ends.map(({state}) => state)).toEqual([now.get(left), now.get(right)]);
    const text = lookAt(teardown, event.n, {columns: 44}).join('\n');
    for (const state of new Set(now.values())) expect(text).toContain(`▐${state}▌`);
    expect(text.match(/▐/g)?.length).toBe(new Set(now.values()).size);
    const fresh = diagram?.ends.flatMap((end) => end.fresh) ?? [];
    expect(text.match(/◆/g)?.length ?? 0).toBe(fresh.length);
  }
});

test('simultaneous close: both on the left path, one mark where both are', () => {
  const both = pairScenario([
    ...begin,
    {when: at(1_000_000), host: 'client', action: {call: 'shutdown'}},
    {when: at(1_000_000), host: 'server', action: {call: 'shutdown'}},
  ]);
  const trace = run(both);
  const text = lookAt(trace, stateEvent(trace, 'server', 'TIME-WAIT')).join('\n');
  expect(text).toContain('left path   client, active closer\nleft path   server, active closer');
  expect(text.match(/▐TIME-WAIT▌/g)).toHaveLength(1);
  expect(text).not.toContain('right path');
});

test('a reset, an abort, a crash: what the figure does not have is said in words', () => {
  const aborted = (action: Action, language: Language = 'en'): string => {
    const trace = run(
      pairScenario([
        ...begin,
        {when: at(500_000), host: 'client', action},
        {when: at(600_000), host: 'server', action: {call: 'close'}},
      ]),
    );
    let cursor = 0;
    for (const event of trace.events())
      if (event.host === 'client' && event.atUs === 500_000) cursor = event.n;
    return lookAt(trace, cursor, {columns: 44, language}).join('\n');
  };
  expect(aborted({call: 'abort'})).toContain('◆ client  abort ▸ CLOSED');
  expect(aborted({call: 'crash'})).toContain('◆ client  crash ▸ CLOSED');
  expect(aborted({call: 'crash'}, 'zh')).toContain('◆ 客户端  崩溃 ▸ CLOSED');
});

test('a second connection of the same host begins anew', () => {
  const trace = run(
    pairScenario([
      ...begin,
      {when: at(300_000), host: 'client', action: {call: 'abort'}},
      {
        when: at(900_000),
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 80}, from: 40_001, read: 'auto'},
      },
    ]),
  );
  const steps = diagramAt(trace, trace.length)?.ends.map((end) =>
    end.steps.map(({from, to}) => `${from}>${to}`),
  );
  expect(steps).toEqual([
    ['CLOSED>SYN-SENT', 'SYN-SENT>ESTABLISHED'],
    ['CLOSED>LISTEN', 'LISTEN>SYN-RECEIVED', 'SYN-RECEIVED>ESTABLISHED'],
  ]);
});

test('of a capture no states are known', () => {
  const canvas = new Canvas(40, 3);
  putDiagram(paneOn(canvas), undefined);
  expect(textOf(canvas)[0]).toSay({says: 'diagram.diagramTexts.unknown'});
});

const reset = run(pairScenario([...begin, {when: at(500_000), host: 'client', action: {call: 'abort'}}]));
const traces = [teardown, reset, run(handshakeScenario())];

test('every event at 40 sizes in both languages: exact rows, no line too wide, no overlap', () => {
  const panels = [
    ...sizesTried(),
    {columns: 34, rows: 18},
    {columns: 44, rows: 20},
    {columns: 1, rows: 1},
    {columns: 44, rows: 12},
  ];
  for (const trace of traces)
    for (const cursor of some([...Array(trace.length + 1).keys()], 6))
      for (const language of ['en', 'zh'] as const) {
        const diagram = diagramAt(trace, cursor, language);
        for (const [index, size] of panels.entries()) {
          const glyphs = (cursor + index) % 2 ? asciiGlyphs : unicodeGlyphs;
          const canvas = new Canvas(size.columns, size.rows);
          putDiagram(paneOn(canvas, {glyphs, language}), diagram);
          const lines = textOf(canvas);
          expect(lines).toHaveLength(size.rows);
          for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
          if (canvas.collisions > 0) expect.fail(`overlap\n${lines.join('\n')}`);
          if (glyphs === asciiGlyphs && language === 'en')
            expect(lines.join('\n')).toMatch(/^[\n\u0020-\u007e]*$/);
        }
      }
});

const finalStep = (trace: Trace, host: string) => {
  const last = [...trace.events()].findLast((event) => event.kind === 'state' && event.host === host);
  const end = diagramAt(trace, last?.n ?? 0)?.ends.find((each) => each.host === host);
  return {step: end?.fresh.at(-1), lines: lookAt(trace, last?.n ?? 0, {columns: 60, rows: 40})};
};

test('what the figure’s own line does not stand for is told beside it, not lit on it (RFC 9293 §3.3.2)', () => {
  const refused = finalStep(run(pairScenario(begin.slice(1))), 'client');
  expect(refused.step).toMatchObject({from: 'SYN-SENT', to: 'CLOSED', trigger: 'RST'});
  expect(refused.lines.join('\n')).toContain('RST ▸ CLOSED');
  // Lit is only the word beside the figure.
  expect(refused.lines.join('\n').match(/◆/g)).toHaveLength(1);
  const unheard = run(
    pairScenario(begin, {
      profile: 'rfc',
      faults: [{kind: 'drop', at: {from: 'server'}}],
      limitUs: 2_000_000_000,
    }),
  );
  expect(finalStep(unheard, 'server').step).toMatchObject({
    from: 'SYN-RECEIVED',
    to: 'LISTEN',
    trigger: 'R2',
    clause: 'RFC 9293 §3.8.3',
  });
});

test('with a question open the figure shows no way that nobody has gone; after the answer it does', () => {
  const opened = open({trace: teardown});
  const shown = (replied: boolean): string => {
    const gate = {beat: 1, hint: false, replied};
    const state = playingAt(opened, 1_120_000, {playing: false, focus: 'diagram', gate});
    return textOf(canvasOf(opened, state, {columns: 120, rows: 40})).join('\n');
  };
  expect(shown(false)).toContain('FIN-WAIT-1');
  expect(shown(false)).not.toContain('CLOSING');
  expect(shown(true)).toContain('CLOSING');
});

test('in words: the sign of what was just done is never parted from its word', () => {
  let seen = 0;
  for (let columns = 20; columns <= 60; columns++)
    for (const event of teardown.events()) {
      if (event.kind !== 'state') continue;
      // Too low for a picture.
      const lines = lookAt(teardown, event.n, {columns, rows: 9});
      if (/◆ \S/.test(lines.join('\n'))) seen += 1;
      for (const line of lines) {
        expect(line).not.toMatch(/◆$/);
        expect(textWidth(line)).toBeLessThanOrEqual(columns);
      }
    }
  expect(seen).toBeGreaterThan(100);
});
