// The first page says whose TCP a lesson runs; where windows are worked out by hand, by which arithmetic (RFC 5681).
import {expect, test} from 'vitest';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {castOf} from '../../../source/view/ladder/scene-hosts.ts';
import {openingPage} from '../../../source/view/opening/opening.ts';
import {openingScreen, openingSentences} from '../../../source/view/opening/opening-screen.ts';
import {scene} from '../../../source/view/scene.ts';
import {formatClock} from '../../../source/words/format.ts';
import {allLessons, lessonNamed, traceOf} from '../../helpers/all-runs.ts';
import {open, playingAt} from '../player.ts';

const look = {glyphs: unicodeGlyphs, isDone: () => undefined, left: undefined};

test.each([
  ['congestion', 'Reno, RFC 5681', 'Reno（RFC 5681）'],
  ['loss-recovery', 'Reno, RFC 5681', 'Reno（RFC 5681）'],
  ['sliding-window', 'min, Linux', 'Linux'],
  ['simultaneous-open', 'min, RFC,', 'RFC'],
])('%s: %s', (id, en, zh) => {
  const lesson = lessonNamed(id);
  const [run = expect.fail()] = lesson.runs;
  const page = openingPage(lesson, run, []) ?? expect.fail();
  expect(openingSentences(page, {...look, language: 'en'})[0]).toContain(en);
  expect(openingSentences(page, {...look, language: 'zh'})[0]).toContain(zh);
});

test.each([
  ['sliding-window', ['timestamps', 'delayedAcks', 'timers', 'buffers']],
  ['why-three', ['timestamps', 'delayedAcks', 'timers']],
  ['handshake', []],
  ['http-status', ['timestamps', 'quickAcks']],
  ['congestion', []],
])('%s: left out of Linux', (id, left) => {
  const lesson = lessonNamed(id);
  const [run = expect.fail()] = lesson.runs;
  expect(openingPage(lesson, run, [])?.leftOut).toEqual(left);
});

test('that one ACK for two full segments is simpler than Linux, which looks for more than one (__tcp_ack_snd_check)', () => {
  const lesson = lessonNamed('http-status');
  const [run = expect.fail()] = lesson.runs;
  const page = openingPage(lesson, run, []) ?? expect.fail();
  expect(openingSentences(page, {...look, language: 'en'}).join(' ')).toContain(
    'ACKs after two segments or a delay',
  );
  expect(openingSentences(page, {...look, language: 'zh'}).join(' ')).toContain('等两个报文段或片刻后再确认');
});

test.each([
  ['https-why', 100_000],
  ['handshake', 100_000],
  ['dns-recursion', 10_000],
  ['dns-cache', 10_000],
  ['layers', 100_000],
  ['url-to-page', 100_000],
])('%s: round trip from end to end', (id, roundTripUs) => {
  const lesson = lessonNamed(id);
  const [run = expect.fail()] = lesson.runs;
  expect(openingPage(lesson, run, [])?.roundTripUs).toBe(roundTripUs);
});

test('the round trip is that of two who talk: packets go both ways between hosts so far apart', () => {
  for (const lesson of allLessons()) {
    const [run = expect.fail()] = lesson.runs;
    const page = openingPage(lesson, run, []);
    if (page?.roundTripUs === undefined) continue;
    const trace = traceOf({lesson, run});
    const packets = Array.from({length: trace.packetCount}, (_, index) => trace.packet(index + 1)).map(
      ({from, to, sentUs, dueUs}) => ({from, to, us: dueUs - sentUs}),
    );
    const there = packets.filter(({us}) => 2 * us === page.roundTripUs);
    const answered = there.some((one) => packets.some(({from, to}) => from === one.to && to === one.from));
    expect(answered, lesson.id).toBe(true);
  }
});

test('whoever is listed first: the round trip is that of who connects', () => {
  const lesson = lessonNamed('syn-flood');
  const [run = expect.fail()] = lesson.runs;
  const links = run.links.map((link) => (link.name === 'dark' ? {...link, delayUs: 5000} : link));
  expect(openingPage(lesson, {...run, links}, [])?.roundTripUs).toBe(100_000);
});

const screenOf = (id: string, columns: number, rows: number): readonly string[] => {
  const lesson = lessonNamed(id);
  const [run = expect.fail()] = lesson.runs;
  const page = openingPage(lesson, run, allLessons()) ?? expect.fail();
  const lines = openingScreen(page, {...look, language: 'en', columns, rows, keyHints: []});
  return lines.map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );
};

test('where rows are free the network stands there: who is how far from whom, each with its address', () => {
  const shown = screenOf('url-to-page', 120, 40);
  const {hosts, links} = lessonNamed('url-to-page').runs[0] ?? expect.fail();
  const from = shown.findIndex((line) =>
    /The network +laptop ─+ 5 ms ─+ router ─┬─+ 0 ms ─+ resolver$/.test(line),
  );
  expect(from, shown.join('\n')).toBeGreaterThan(0);
  const picture = shown.slice(from).join('\n');
  for (const {name, router, interfaces} of hosts) {
    if (router) continue;
    // Off in this run, and not among who is here.
    expect(picture.includes(interfaces[0]?.ip ?? '-'), name).toBe(name !== 'old');
  }
  expect(links.filter(({delayUs}) => delayUs === 20_000)).toHaveLength(3);
  expect(picture.match(/─ 20 ms ─/g)).toHaveLength(3);
  expect(picture).toMatch(/└─+ 45 ms ─+ website$/m);
});

test('the lesson stands in its track behind those before it; no title of one to come is there, nor its own once more', () => {
  const track = allLessons().flatMap(({id, track, title}) =>
    track === 'tcp-open' ? [{id, title: title.en}] : [],
  );
  for (const [place, {id}] of track.entries()) {
    const shown = screenOf(id, 120, 60).map((line) => line.trim());
    const head = shown.findIndex((line) => /^Part of +TCP open, lesson/.test(line));
    expect(shown[head]).toMatch(`lesson ${place + 1} of ${track.length}`);
    const named = shown.slice(head + 1).filter((line) => line !== '');
    expect(named).toEqual(track.slice(0, place).map((each) => `○  ${each.title}`));
  }
});

test.each(['handshake', 'url-to-page', 'layers'])('%s, 80×24 and 60×15: whole or not', (id) => {
  for (const [columns, rows] of [
    [80, 24],
    [60, 15],
  ] as const) {
    const shown = screenOf(id, columns, rows).join('\n');
    if (/The network/.test(shown)) expect(shown).toMatch(/198\.51\.100/);
    expect(/Part of/.test(shown)).toBe(id !== 'url-to-page' && rows === 24);
  }
});

const pageOf = (id: string) => {
  const lesson = lessonNamed(id);
  const [run = expect.fail()] = lesson.runs;
  return openingPage(lesson, run, allLessons()) ?? expect.fail();
};

test('the network is heard, too: each host of the picture with its address, each link with its time', () => {
  const heard = (language: 'en' | 'zh') =>
    openingSentences(pageOf('url-to-page'), {...look, language}).slice(-7);
  expect(heard('en')).toEqual([
    'The network: laptop, 192.0.2.10.',
    'Laptop to router, 5 milliseconds.',
    'Router to resolver, 0 milliseconds, 192.0.2.53.',
    'Router to root, 20 milliseconds, 198.51.100.1.',
    'Router to com server, 20 milliseconds, 198.51.100.2.',
    'Router to authority, 20 milliseconds, 203.0.113.53.',
    'Router to website, 45 milliseconds, 203.0.113.80.',
  ]);
  expect(heard('zh')[0]).toBe('网络：笔记本，192.0.2.10。');
  expect(heard('zh')[2]).toBe('路由器到解析器，0 毫秒，192.0.2.53。');
});

test('what is simpler than Linux gives way before the last rows touch the keys', () => {
  const shown = screenOf('url-to-page', 80, 24);
  expect(shown.join('\n')).not.toContain('Simpler than Linux');
  expect(shown.at(-2)).toBe('');
  expect(shown[shown.findIndex((line) => line.includes('You need')) - 1]).toBe('');
  expect(screenOf('url-to-page', 80, 26).join('\n')).toContain('Simpler than Linux');
});

test('whoever plays a part in the first run is named on the page before it', () => {
  for (const lesson of allLessons()) {
    const [run = expect.fail()] = lesson.runs;
    const named = lesson.opening?.hosts.map(({name}) => name) ?? [];
    for (const {id} of castOf(traceOf({lesson, run}))) expect(named, lesson.id).toContain(id);
  }
});

test('a goal that needs two rows stands out from the next one', () => {
  const shown = screenOf('half-open', 60, 40);
  const at = shown.findIndex((line) => line.includes('how long it takes'));
  const [first, second, third] = shown.slice(at, at + 3).map((line) => line.search(/\S/));
  expect(second).toBe((first ?? 0) + 2);
  expect(third).toBe(first);
});

test('where two hosts are on the screen its head has the round trip that the page before it has', () => {
  for (const lesson of allLessons()) {
    const [run = expect.fail()] = lesson.runs;
    const opened = open({trace: traceOf({lesson, run})});
    const {hosts, conditions} = scene({...opened, playback: playingAt(opened, 0), message: undefined});
    const {roundTripUs} = openingPage(lesson, run, []) ?? {};
    if (hosts.length > 2 || roundTripUs === undefined) continue;
    expect(conditions, lesson.id).toContain(`RTT ${formatClock(roundTripUs)}`);
  }
});
