// How captures are drawn: which connection a row is of, what left before the first frame, what nobody saw arrive. Who spoke to whom is
// tshark's word (fixtures/captures/*.tshark.json); flights before the first frame come from a run whose times are known.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {momentLines} from '../../../source/tell/spoken/moments.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {hostsOf} from '../../../source/view/ladder/scene-hosts.ts';
import {at} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyOf} from '../../../source/view/why/scene-why.ts';
import {formatSeen, formatTime} from '../../../source/words/format.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {todayTrace} from '../../helpers/captured-today.ts';
import {some, thorough} from '../../helpers/seeds.ts';
import {captureFolder} from '../../wire/captures.ts';
import {act, canvasOf, type Opened, open, sceneOf, started, textOf} from '../player.ts';
import '../../helpers/meaning.ts';

type Told = {readonly [field: string]: string | readonly string[] | undefined};

const tsharkOf = (name: string): readonly Told[] =>
  JSON.parse(readFileSync(`${captureFolder}${name}.tshark.json`, 'utf8'));

const small = {columns: 80, rows: 24};
const screenAt = (opened: Opened, viewMs: number, size = small): readonly string[] =>
  textOf(canvasOf(opened, started({viewMs}), size));
const atEnd = (opened: Opened, size = small): readonly string[] =>
  textOf(canvasOf(opened, act(opened, started(), {kind: 'toEnd'}), size));

/** By packet: the number of its connection, in the order in which tshark first sees their ports. */
const connectionsByTshark = (name: string): readonly (number | undefined)[] => {
  const seen: string[] = [];
  return tsharkOf(name).map((told) => {
    const ports = [told['tcp.srcport'], told['tcp.dstport']].flat().filter((port) => port !== undefined);
    if (ports.length === 0) return undefined;
    const key = ports.toSorted().join(' ');
    if (!seen.includes(key)) seen.push(key);
    return seen.indexOf(key) + 1;
  });
};

thorough('of several connections each row says which it is of, and the states above say it too', () => {
  const name = '14a-http10-close-per-request.pcap';
  const told = connectionsByTshark(name);
  const opened = open({trace: capturedTrace(name)});
  expect(Math.max(...told.map((each) => each ?? 0))).toBe(3);
  let rows = 0;
  for (let moment = 1; moment < opened.pacing.moments; moment++) {
    const viewMs = at(opened.pacing.viewMs, moment);
    const {ladder} = sceneOf(opened, started({viewMs}));
    const newest = ladder.items.findLast((item) => item.kind === 'packet' && told[item.id - 1] !== undefined);
    for (const item of ladder.items) {
      if (item.kind !== 'packet') continue;
      const of = told[item.id - 1];
      expect(item.label[0]?.value === `#${of}`).toBe(of !== undefined);
    }
    const lines = screenAt(opened, viewMs);
    for (const line of lines.filter((each) => /\b(SYN|FIN|ACK)\b/.test(each))) {
      expect(line).toMatch(/#[123] /);
      rows += 1;
    }
    const above = lines.find((line) => /^ *#\d+ ◌/.test(line));
    if (above && newest?.kind === 'packet')
      expect(above.trim().startsWith(`#${told[newest.id - 1]} ◌`)).toBe(true);
  }
  expect(rows).toBeGreaterThan(100);
});

test('one connection alone needs no number', () => {
  const {connections} = capturedTrace('14a-http10-close-per-request.pcap');
  const trace = capturedTrace('14a-http10-close-per-request.pcap').only(connections[1]?.id ?? 0);
  expect(atEnd(open({trace})).join('\n')).not.toContain('#2');
});

const serverSide = (): Trace => {
  const run = allRuns().find(({lesson}) => lesson.id === 'handshake');
  if (!run) throw new Error('no lesson');
  const pieces = captureFile({
    trace: traceOf(run),
    format: 'pcapng',
    at: 'server',
    language: 'en',
    application: 'test',
  });
  return traceOfFile(Buffer.concat([...(pieces ?? [])]), 'server');
};

test('what left before the first frame has its flight: the clock begins before 0', () => {
  const opened = open({trace: serverSide()});
  // The link of that lesson takes 50 ms.
  expect(at(opened.pacing.atUs, 0)).toBe(-50_000);
  const begun = screenAt(opened, at(opened.pacing.viewMs, 1)).join('\n');
  expect(begun).toMatch(/≈−50 ms +◌SYN-SENT◆├/);
  expect(begun).toMatch(/\n +−50 ms ●[┈]+┤ −50 ms/);
  const end = atEnd(opened);
  expect(end.join('\n')).toMatch(/−50 ms ◆/);
  const why = whyOf(
    viewOf({...opened, playback: started(), message: undefined}),
    opened.trace.packet(1).sendEvent,
  );
  expect(why.paragraphs.join(' ')).toMatch(/does not show when this packet left/);
});

test('times before 0 have their sign, and room for it', () => {
  expect([-50_000, -1_250_000, -400].map((us) => formatTime(us))).toEqual(['−50 ms', '−1.250 s', '−400 µs']);
  for (const us of [-1, -400, -5200, -99_999, -100_000, -999_000, -9_999_000, -99_000_000, -600_000_000])
    expect(formatSeen(us, true).length).toBeLessThanOrEqual(7);
  expect(formatSeen(-50_400, true)).toBe('≈−50 ms');
});

test('a multicast touches no lifeline that is not its end, and arrives nowhere', () => {
  const opened = open({trace: capturedTrace('14a-http10-close-per-request.pcap')});
  const lines = atEnd(opened).filter((line) => /^ +594 ms/.test(line));
  expect(lines).toHaveLength(2);
  // Between two lifelines: no line begins or ends there, and there is no time at the far end.
  for (const line of lines) expect(line).toMatch(/^ +594 ms +│ .* {2}│$/);
  const said = [...opened.pacing.viewMs]
    .map((_, moment) => moment)
    .flatMap((moment) => momentLines({...opened, language: 'en', relative: false}, moment));
  expect(said.filter((line) => /ff02/.test(line) && /arrives/.test(line))).toEqual([]);
});

test('without an estimate no time of arrival is told, and Why? says that nothing was measured', () => {
  // Over the loopback interface both ends answer at once.
  const trace = capturedTrace('18j-bsd-null.pcap');
  const opened = open({trace});
  // Nothing stands beside the ladder.
  const rows = atEnd(opened, {columns: 110, rows: 40}).filter((line) => /[├┤]/.test(line));
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) expect(row.match(/\d (µs|ms|s)\b/g)).toHaveLength(1);
  const arrival = trace.packet(1).endEvent ?? 0;
  const why = whyOf(viewOf({...opened, playback: started(), message: undefined}), arrival);
  expect(why.paragraphs.join(' ')).toSay({says: 'player.whyTexts.untimed'});
  expect(why.paragraphs.join(' ')).not.toContain('half');
});

test('where it was captured stands on a dense ladder too', () => {
  const text = atEnd(open({trace: capturedTrace('14a-http10-close-per-request.pcap')}));
  expect(text[3]).toMatch(/^ +◌ captured here {2}/);
});

test.each(
  some(['14a-http10-close-per-request.pcap', '13m-dns-over-tcp.pcapng', '00c-simultaneous-open.pcap'], 1),
)('%s: states and times apart', (name) => {
  const opened = open({trace: capturedTrace(name)});
  for (const viewMs of some([...opened.pacing.viewMs], 12)) {
    const text = screenAt(opened, viewMs).join('\n');
    expect(text).not.toMatch(/[A-Z0-9][≈]|s◌/);
  }
});

test('what is deduced is said to be', () => {
  const opened = open({trace: capturedTrace('14a-http10-close-per-request.pcap')});
  const said = (language: 'en' | 'zh') =>
    [...opened.pacing.viewMs]
      .map((_, moment) => moment)
      .flatMap((moment) => momentLines({...opened, language, relative: true}, moment))
      .join('\n');
  expect(said('en')).toContain('Deduced of connection 2: 10.77.92.2 goes from CLOSED to SYN-SENT.');
  expect(said('zh')).toContain('推断（连接 2）：10.77.92.2 从 CLOSED 变为 SYN-SENT。');
  expect(said('en')).not.toMatch(/^10\.\S+ goes from/m);
  const states = [...opened.trace.events()].filter(({kind}) => kind === 'state');
  const why = whyOf(viewOf({...opened, playback: started(), message: undefined}), states[1]?.n);
  expect(why.heading).toBe(`Why does ${states[1]?.host} enter #1 ${unicodeGlyphs.deduced}SYN-RECEIVED now?`);
  expect(why.paragraphs.join(' ')).toMatch(/The time is an estimate, too/);
});

test('whoever asks stands at the left, even where the answer is the first to say so to one host alone', () => {
  // DHCP: the Discover goes to all, the Offer of 10.77.58.80 to the address that it offers (side file of 27c).
  const names = hostsOf(todayTrace('27c-dhcp.pcap'), 'en').map(({name}) => name);
  expect(names).toEqual(['10.77.58.119', '10.77.58.80']);
});
