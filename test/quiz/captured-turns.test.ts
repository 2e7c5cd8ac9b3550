// Who sends next in a capture. Oracle: Wireshark's analysis, which marks what fills a window and what probes, by rules of its own;
// whose turn it was, the next frame of the connection tells.
import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {asCaptured} from '../../source/quiz/captured.ts';
import {type Turn, turnsOf} from '../../source/quiz/captured-turns.ts';
import {orderPackets} from '../../source/quiz/packet-order.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {ask} from '../../source/quiz/sheet.ts';
import {whoSendsNext} from '../../source/quiz/turn-taking.ts';
import {capturedTrace, capturePath} from '../helpers/captured.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`full windows not judged: ${missing}`);

const frames = (name: string, filter: string): readonly number[] =>
  spawnSync('tshark', ['-r', capturePath(name), '-n', '-Y', filter, '-T', 'fields', '-e', 'frame.number'], {
    encoding: 'utf8',
  })
    .stdout.split('\n')
    .filter((line) => line !== '')
    .map(Number);

const arrived = ({shown}: Turn): number => shown.at(-1)?.event.packet ?? 0;

const newsOf = (name: string, kind: Turn['waits']['kind']): readonly number[] =>
  turnsOf(capturedTrace(name))
    .filter(({waits}) => waits.kind === kind)
    .map(arrived);

test.skipIf(missing !== undefined).each(['10a-zero-window-probes.pcap', '10e-zero-window-reset.pcap'])(
  'full windows, probes: %s',
  (name) => {
    const full = frames(name, 'tcp.analysis.window_full');
    const probes = frames(name, 'tcp.analysis.keep_alive || tcp.analysis.zero_window_probe');
    expect(newsOf(name, 'probe').length).toBeGreaterThan(0);
    for (const packet of newsOf(name, 'window')) expect(full).toContain(packet);
    for (const packet of newsOf(name, 'probe')) expect(probes).toContain(packet);
  },
);

// Read off what tshark shows: flags, seq, len, ack and window of each frame.
test.each([
  ['01a-client-close-idle.pcap', ['syn 3', 'syn-ack 4', 'fin 6', 'fin 8'], ['3-6']],
  // Both call, and the answers cross: only the last FIN has to be waited for.
  ['00c-simultaneous-open.pcap', ['fin 19'], ['17-20']],
  ['08h-rto-four-times.pcap', ['syn 1', 'syn-ack 2', 'fin 10', 'fin 12'], ['1-4', '10-13']],
  // A window of 724, filled by each segment from packet 21 on.
  [
    '10a-zero-window-probes.pcap',
    [
      ...['syn 3', 'syn-ack 4', 'probe 11', 'probe 17', 'window 21', 'window 24', 'window 26', 'window 28'],
      ...['window 30', 'window 32', 'window 34', 'window 36'],
    ],
    ['3-6'],
  ],
  ['10e-zero-window-reset.pcap', ['syn 3', 'syn-ack 4', 'probe 12', 'probe 18'], ['3-6']],
  [
    '14a-http10-close-per-request.pcap',
    [
      ...['syn 3', 'syn-ack 4', 'fin 10', 'fin 11', 'syn 13', 'syn-ack 14', 'fin 20', 'fin 21'],
      ...['syn 23', 'syn-ack 24', 'fin 30', 'fin 31'],
    ],
    ['3-6'],
  ],
] as const)('%s: who waits, rows ordered', (name, waits, rows) => {
  const trace = capturedTrace(name);
  const told = turnsOf(trace).map((turn) => `${turn.waits.kind} ${arrived(turn)}`);
  expect(told.slice(0, waits.length)).toEqual(waits);
  const forced = orderPackets.places(asCaptured(trace)).flatMap((place) => {
    const {answer, choices} = ask(orderPackets, asCaptured(trace), place) ?? {choices: []};
    const numbers = (typeof answer === 'object' ? answer : []).map(
      (id) => choices.find((each) => each.id === id)?.value,
    );
    return numbers.length === 0 ? [] : [`${numbers.at(0)}-${numbers.at(-1)}`];
  });
  for (const row of rows) expect(forced).toContain(row);
  for (const {waits: waiting} of turnsOf(trace))
    if (waiting.kind === 'window') expect(waiting.bytes).toBe(724);
});

test('a SYN that was lost, data that may be followed by more, a request: nobody could say who is next', () => {
  // Wireshark marks packets 4 to 6 as the SYN again; the last one is answered.
  const lost = capturedTrace('08c-lost-syn.pcap');
  expect(newsOf('08c-lost-syn.pcap', 'syn')).toEqual([]);
  expect(turnsOf(lost).length).toBeGreaterThan(0);
  const download = turnsOf(capturedTrace('14k-http-large-download.pcap'));
  expect(new Set(download.map(({waits}) => waits.kind))).toEqual(new Set(['syn', 'syn-ack', 'fin']));
});

test('the question shows its connection only, names the rule, and the next packet is not on it', () => {
  const trace = capturedTrace('18a-mixed-twelve.pcap');
  const asked = asCaptured(trace);
  const places = whoSendsNext.places(asked);
  const turns = turnsOf(trace).filter(({next}) => places.includes(next.event.n));
  expect(turns.length).toBeGreaterThan(20);
  for (const {shown, next} of turns) {
    const question = ask(whoSendsNext, asked, next.event.n);
    if (!question) throw new Error('nothing is asked');
    const numbers = [...promptText(question.prompt).en.matchAll(/^ {2}(\d+) {2}/gm)].map(([, number]) =>
      Number(number),
    );
    expect(numbers).toEqual(shown.map(({event}) => event.packet));
    const {packet = 0} = question.evidence;
    expect(numbers.every((number) => number < packet)).toBe(true);
    expect(new Set(shown.map(({flow, back}) => [flow, back].toSorted().join())).size).toBe(1);
    expect(question.explain.en).toContain('RFC 9293');
    expect(question.choices).toHaveLength(3);
  }
});

test('packets to be put in order have one order only', () => {
  const asked = asCaptured(capturedTrace('01a-client-close-idle.pcap'));
  const rows = orderPackets.places(asked).flatMap((place) => ask(orderPackets, asked, place) ?? []);
  expect(rows.length).toBeGreaterThan(2);
  for (const {choices, answer} of rows) {
    const numbers = (typeof answer === 'object' ? answer : []).map((id) =>
      Number(choices.find((each) => each.id === id)?.value),
    );
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    // A pure ACK after another segment of its sender tells which came first by ack= alone; two alike would tell nothing.
    expect(new Set(choices.map(({text}) => text.en)).size).toBe(choices.length);
  }
});
