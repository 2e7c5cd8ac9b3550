// The layers panel on a request that goes through two routers. Oracles: the curriculum's numbers (57, 77, 97, 111), RFC 1812
// §5.3.1 for what a router changes, RFC 5382 for what a translator does.
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {readLesson} from '../../../scripts/lesson-files.ts';
import {bindBeats} from '../../../source/lesson/bind.ts';
import type {Lesson, Run} from '../../../source/lesson/lesson.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {sizeOf} from '../../../source/view/layers/boxes.ts';
import {type LayersOwn, layerScene, stateOf} from '../../../source/view/layers/layer-scene.ts';
import {boxName, tellsOf} from '../../../source/view/layers/layer-words.ts';
import {layersPanel} from '../../../source/view/panels/layers.ts';
import {beatMs} from '../../../source/view/time/waypoints.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {run} from '../../helpers/traces.ts';
import {paneOn} from '../pane.ts';
import {type Opened, open, playingAt, started, textOf} from '../player.ts';
import '../../helpers/meaning.ts';

const skeletonOf = (): Lesson => {
  const file = fileURLToPath(new URL('../../fixtures/skeletons/layers.yaml', import.meta.url));
  const lesson = readLesson(file, 'layers.yaml');
  return lesson.ok ? lesson.value : expect.fail('no skeleton');
};

const [base] = skeletonOf().runs;
const opened = open({trace: run(scenarioOf(base ?? expect.fail('no run')))});
const request = 4;

const viewAt = (ms: number, packet = request, from: Opened = opened): View => {
  const selection = {packet, field: undefined, byte: undefined, variable: undefined};
  const playback = playingAt(from, ms * 1000, {selection});
  return viewOf({...from, playback, message: undefined});
};

const isOwn = (own: unknown): own is LayersOwn =>
  own === undefined || (typeof own === 'object' && own !== null && 'step' in own);

/** What the panel remembers after these commands. */
const after = (view: View, commands: string): LayersOwn =>
  commands.split(' ').reduce<LayersOwn>((own, command) => {
    const move = layersPanel.command(view, own, command);
    return move !== undefined && 'own' in move && isOwn(move.own) ? move.own : own;
  }, undefined);

/** `client down HTTP`, with what is said of it. */
const stepText = (view: View, own: LayersOwn): readonly [string, string] => {
  const scene = layerScene(view, own) ?? expect.fail('nothing to see');
  const {stop, step, boxes} = scene;
  const box = step && boxes[step.box];
  return [`${stop.host} ${step?.side} ${box && boxName(box, 'en')}`, tellsOf(scene, 'en')];
};

const walked = (view: View): (readonly [string, string])[] => {
  const steps = [];
  for (let own = after(view, 'follow'); own !== undefined && steps.length < 40; ) {
    steps.push(stepText(view, own));
    const next = layersPanel.command(view, own, 'follow')?.own;
    own = isOwn(next) ? next : undefined;
  }
  return steps;
};

test('following a request: headers are put on, two routers go as far as IP, headers are taken off', () => {
  const told = walked(viewAt(160));
  expect(told.map(([where]) => where)).toEqual([
    ...['HTTP', 'TCP', 'IPv4', 'Ethernet'].map((name) => `client down ${name}`),
    ...['r1 up Ethernet', 'r1 turn IPv4', 'r1 down Ethernet'],
    ...['r2 up Ethernet', 'r2 turn IPv4', 'r2 down Ethernet'],
    ...['Ethernet', 'IPv4', 'TCP', 'HTTP'].map((name) => `server up ${name}`),
  ]);
  const sentences = told.map(([, text]) => text);
  expect(sentences[1]).toSay({
    ...{says: 'layers.layersWords.adds', name: 'TCP', header: 20, payload: 57, size: 77, unit: 'segment'},
    ...{to: 'IPv4', by: 'port 80', host: 'client', next: 'r1'},
  });
  expect(sentences[2]).toSay({
    ...{says: 'layers.layersWords.adds', name: 'IPv4', header: 20, payload: 77, size: 97, unit: 'packet'},
    ...{to: 'Ethernet', by: 'protocol 6', host: 'client'},
  });
  expect(sentences[3]).toSay({
    ...{says: 'layers.layersWords.sends', name: 'Ethernet', header: 14, payload: 97, size: 111},
    ...{unit: 'frame', by: 'EtherType 0x0800', host: 'client', next: 'r1'},
  });
  expect(sentences[5]).toContain('TTL changes from 64 to 63');
  expect(sentences[8]).toContain('TTL changes from 63 to 62');
  expect(sentences[10]).toSay({
    ...{says: 'layers.layersWords.takesOff', name: 'Ethernet', header: 14, payload: 97, size: 111},
    ...{unit: 'frame', to: 'IPv4', by: 'EtherType 0x0800', host: 'server'},
  });
  expect(sentences[11]).toSay({
    ...{says: 'layers.layersWords.takesOff', name: 'IPv4', header: 20, payload: 77, size: 97},
    ...{unit: 'packet', to: 'TCP', by: 'protocol 6', host: 'server'},
  });
  expect(sentences[12]).toSay({
    ...{says: 'layers.layersWords.takesOff', name: 'TCP', header: 20, payload: 57, size: 77},
    ...{unit: 'segment', to: 'HTTP', by: 'port 80', host: 'server'},
  });
  expect(sentences[13]).toContain('HTTP gets 57 bytes');
});

test('the way is as long as the packet has come', () => {
  const hosts = (ms: number): string[] => [
    ...new Set(walked(viewAt(ms)).map(([where]) => where.split(' ')[0] ?? '')),
  ];
  expect(hosts(110)).toEqual(['client']);
  expect(hosts(130)).toEqual(['client', 'r1', 'r2']);
  expect(hosts(155)).toEqual(['client', 'r1', 'r2', 'server']);
});

test('up and down stay where the packet is; a router is not led above IP', () => {
  const server = viewAt(160);
  expect(stepText(server, after(server, 'up'))[0]).toBe('server up Ethernet');
  expect(stepText(server, after(server, 'up up up'))[0]).toBe('server up TCP');
  expect(stepText(server, after(server, 'up up up up up up down'))[0]).toBe('server up TCP');
  expect(stepText(server, after(server, 'down'))[0]).toBe('server up HTTP');
  const router = viewAt(130);
  expect(stepText(router, after(router, 'up up up up'))[0]).toBe('r2 turn IPv4');
  expect(stepText(router, after(router, 'up up down'))[0]).toBe('r2 down Ethernet');
  // Another instant: back to the whole frame.
  expect(layerScene(server, after(router, 'up'))?.step).toBeUndefined();
});

const drawn = (
  view: View,
  own: LayersOwn,
  {columns, rows, glyphs = unicodeGlyphs}: {columns: number; rows: number; glyphs?: Glyphs},
): readonly string[] => {
  const canvas = new Canvas(columns, rows);
  layersPanel.put(paneOn(canvas, {glyphs, language: view.language, focused: true}), view, own);
  expect(canvas.collisions).toBe(0);
  return textOf(canvas).map((line) => line.trimEnd());
};

test('drawn: a box in the row of its layer, inside the one below; sizes at the right; changed hops marked', () => {
  const lines = drawn(viewAt(160), undefined, {columns: 72, rows: 18});
  const row = (number: string): string => lines.find((line) => line.startsWith(`  ${number} `)) ?? '';
  expect(row('7')).toMatch(/application +application .*│ *HTTP 57 *│ +57$/);
  expect(row('6')).toSay({says: 'layers.layersTexts.byApplication'});
  expect(row('4')).toMatch(/transport +transport .*│ *TCP 20 *│ *57 *│ +77$/);
  expect(row('3')).toMatch(/network +internet .*│ *IPv4 20 *│ *segment 77 *│ +97$/);
  expect(row('2')).toMatch(/data link +link .*│ *Ethernet 14 *│ *packet 97 *│ +111$/);
  expect(row('1')).toContain('111 + 4 FCS = 115 in all');
  const lefts = ['7', '4', '3', '2'].map((number) => row(number).indexOf('│'));
  expect(lefts).toEqual(lefts.toSorted((a, b) => b - a));
  expect(new Set(lefts).size).toBe(4);
  const hop = (name: string): string => lines.find((line) => line.startsWith(name)) ?? '';
  expect(hop('client ▸ r1')).toMatch(/ 64 +0x[0-9a-f]{4}$/);
  expect(hop('r2 ▸ server')).toMatch(/(:[0-9a-f]{2}◆ .*){2} 62◆ +0x[0-9a-f]{4}◆$/);
  expect(lines.join(' ')).toSay({
    says: 'layers.layersWords.same',
    what: ['IP addresses', 'ports', 'the transport header', 'payload'],
  });
});

test('drawn on the way down: what is below is not added yet; on the way up it is taken off', () => {
  const [down, up] = [viewAt(110), viewAt(160)];
  const size = {columns: 72, rows: 18};
  const link = (lines: readonly string[]): string => lines.find((line) => line.includes('data link')) ?? '';
  expect(link(drawn(down, after(down, 'down down'), size))).toMatch(/┊ +not added yet +┊$/);
  expect(link(drawn(up, after(up, 'up up'), size))).toMatch(/┊ +removed +┊$/);
});

const sizes = [
  {columns: 34, rows: 20},
  {columns: 54, rows: 9},
  {columns: 72, rows: 18},
  {columns: 112, rows: 20},
  {columns: 47, rows: 34},
];

test.each([
  '18d-vlan-tagged.pcap',
  '18f-cooked-any.pcap',
  '18j-bsd-null.pcap',
  '18h-short-snap-length.pcap',
  '18q-udp-fragments.pcap',
  '06e-firewall-reject-icmp.pcap',
  '01e-client-close-ipv6.pcapng',
])('%s: layers, drawn and spoken', (name) => {
  const capture = open({trace: capturedTrace(name)});
  const end = capture.trace.durationUs / 1000;
  for (let id = 1; id <= Math.min(4, capture.trace.packetCount); id++) {
    const view = viewAt(end, id, capture);
    let own: LayersOwn;
    for (let turn = 0; turn < 4; turn++) {
      for (const language of ['en', 'zh'] as const)
        for (const [index, size] of sizes.entries()) {
          const glyphs = (index + turn) % 2 === 0 ? unicodeGlyphs : asciiGlyphs;
          for (const line of drawn({...view, language}, own, {...size, glyphs}))
            expect(textWidth(line)).toBeLessThanOrEqual(size.columns);
          for (const said of layersPanel.spoken?.({...view, language}, own) ?? [])
            expect(said).toMatch(/[.。！？)]$/);
        }
      own = after(view, `${'follow '.repeat(turn)}follow`);
    }
  }
});

// The port was free outside, so that it stays (RFC 5382 §7.1); the checksum covers the addresses.
test('a translator changes addresses and the checksum over them, and that is said', () => {
  const scenario = scenarioOf(base ?? expect.fail('no run'));
  const nat = {kind: 'nat', host: 'r1', idleUs: 300e6} as const;
  const through = open({trace: run({...scenario, actors: [nat]})});
  const lines = drawn(viewAt(160, request, through), undefined, {columns: 112, rows: 30}).join(' ');
  expect(lines).toSay({says: 'layers.layersWords.same', what: ['ports', 'payload']});
  expect(lines).toSay({says: 'layers.layersWords.changed', what: ['IP addresses', 'the transport header']});
});

test('a frame that the link damaged ends at its check, a segment that a router damaged at its checksum', () => {
  const [onLink, inRouter] = skeletonOf().whatIfs;
  const dying = (damaged: Run | undefined): readonly [string, string] => {
    const trace = run(scenarioOf(damaged ?? expect.fail('no what-if')));
    const view = viewAt(160, request, open({trace}));
    return walked(view).at(-1) ?? expect.fail('no steps');
  };
  const [place, told] = dying(onLink?.run);
  expect(place).toBe('r1 up Ethernet');
  expect(told).toSay({says: 'layers.layersWords.dies', name: 'Ethernet'});
  const [end, why] = dying(inRouter?.run);
  expect(end).toBe('server up TCP');
  expect(why).toSay({says: 'layers.layersWords.dies', name: 'TCP'});
});

test('a question about a TTL hides those of the hops before it', () => {
  const wanted = allRuns().find(({name}) => name === 'layers request') ?? expect.fail('no such run');
  const trace = traceOf(wanted);
  const {beats} = bindBeats(wanted.lesson, 'request', trace);
  const asking = open({trace, beats});
  const beat = beats.find((each) => each.kind === 'prediction' && each.ask.en.includes('TTL'));
  if (!beat) expect.fail('nothing asks for a TTL');
  const at = (answered: boolean): string => {
    const others = beats.filter((each) => answered || each !== beat);
    const answers = Object.fromEntries(others.map(({index}) => [index, 'skipped' as const]));
    const playback = started({viewMs: beatMs(asking.pacing, beat), answers});
    const view = viewOf({...asking, playback, message: undefined});
    return drawn(view, undefined, {columns: 72, rows: 18}).join('\n');
  };
  expect(at(true)).toMatch(/r1 ▸ r2 .* 63◆ +0x/);
  expect(at(false)).toMatch(/r1 ▸ r2 .* \? +\?$/m);
});

/** The boxes that are drawn when a narration of the first run is reached. */
const boxesTold = (narration: number): readonly string[] => {
  const from = lessonOpened('layers request');
  const told = from.beats.filter(({kind}) => kind === 'narration')[narration] ?? expect.fail();
  const view = viewOf({...from, playback: started({viewMs: beatMs(from.pacing, told)}), message: undefined});
  const scene = layerScene(view, undefined) ?? expect.fail('nothing to see');
  return scene.boxes.flatMap(({protocol}, index) => (stateOf(scene, index) === 'there' ? [protocol] : []));
};

test('the lesson opens one layer after the other, and the router opens no more than IP', () => {
  expect([2, 3, 4, 5].map(boxesTold)).toEqual([
    ['tcp', 'http'],
    ['ip', 'tcp', 'http'],
    ['eth', 'ip', 'tcp', 'http'],
    ['eth', 'ip', 'tcp', 'http'],
  ]);
  expect(boxesTold(6)).toEqual(['ip']);
  expect(boxesTold(8)).toEqual(['tcp', 'http']);
});

test('what the narration has chosen gives way to the reader, and esc passes by it', () => {
  const from = lessonOpened('layers request');
  const told = from.beats.filter(({kind}) => kind === 'narration')[2] ?? expect.fail();
  const view = viewOf({...from, playback: started({viewMs: beatMs(from.pacing, told)}), message: undefined});
  expect(layersPanel.command(view, undefined, 'whole')).toBeUndefined();
  expect(stepText(view, after(view, 'down'))[0]).toBe('client down IPv4');
});

const lessonOpened = (name: string): Opened => {
  const wanted = allRuns().find((each) => each.name === name) ?? expect.fail(`no run ${name}`);
  const trace = traceOf(wanted);
  return open({trace, beats: bindBeats(wanted.lesson, wanted.run.name, trace).beats});
};

// Issue: the learner moves down and up through the layers of any packet, and the sizes shown add up to the frame's.
test.each(['layers base', 'layers big'])('%s: keys and sizes', (name) => {
  const from = lessonOpened(name);
  const answers = Object.fromEntries(from.beats.map(({index}) => [index, 'skipped' as const]));
  for (let packet = 1; packet <= from.trace.packetCount; packet++) {
    const selection = {packet, field: undefined, byte: undefined, variable: undefined};
    const playback = started({viewMs: from.pacing.durationMs, answers, selection});
    const view = viewOf({...from, playback, message: undefined});
    const scene = layerScene(view, undefined) ?? expect.fail(`packet ${packet}: nothing to see`);
    const {boxes} = scene;
    const top = boxes.length - 1;
    const chosen = (commands: string): number | undefined =>
      layerScene(view, after(view, commands))?.step?.box;
    const where = `packet ${packet}`;
    expect(chosen('down'), where).toBe(top);
    expect(chosen(`${'down '.repeat(top)}down`), where).toBe(0);
    for (let box = 0; box <= top; box++) expect(chosen(`${'up '.repeat(box)}up`), where).toBe(box);
    const headers = boxes.reduce((sum, {header}) => sum + header, 0);
    const [outer, inner] = [boxes[0] ?? expect.fail('no frame'), boxes[top] ?? expect.fail('no layer')];
    expect(headers + inner.payload + outer.padding + outer.trailer).toBe(scene.packet.originalLength);
    expect(sizeOf(outer)).toBe(scene.packet.originalLength);
    for (const [index, {payload}] of boxes.slice(0, -1).entries())
      expect(payload).toBe(sizeOf(boxes[index + 1] ?? outer));
  }
});

test('of two packets that leave at one instant the panel shows the one that is told about', () => {
  const from = lessonOpened('layers big');
  const beat = from.beats.find((each) => each.kind === 'narration' && each.say.en.includes('1500'));
  if (!beat) expect.fail('nobody tells of 1500 bytes');
  const answers = Object.fromEntries(from.beats.map(({index}) => [index, 'skipped' as const]));
  const playback = started({viewMs: beatMs(from.pacing, beat), answers});
  const view = viewOf({...from, playback, message: undefined});
  expect(layerScene(view, undefined)?.packet.id).toBe(8);
  expect(layersPanel.command(view, undefined, 'next')).toMatchObject({selection: {packet: 9}});
  expect(drawn(view, undefined, {columns: 34, rows: 20})[0]).toBe('layers  packet 8  200 OK');
});
