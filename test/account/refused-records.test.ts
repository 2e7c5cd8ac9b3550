// Records that an end refused are nowhere shown as received. Oracle: the alert that this end sends (RFC 9846 §6.2), and that its
// program gets no byte of them.
import {expect, test} from 'vitest';
import {httpPartIn} from '../../source/account/http-parts.ts';
import {openedParts} from '../../source/account/opened-parts.ts';
import {refusedRecordsOn} from '../../source/account/refused-records.ts';
import {readingAt} from '../../source/observe/http-exchanges.ts';
import {programStreamsIn} from '../../source/observe/program-streams.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {labelOf} from '../../source/view/ladder/label.ts';
import {recordScene} from '../../source/view/tls/records.ts';
import {viewOf} from '../../source/view/view.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {canvasOf, open, playingAt, textOf} from '../view/player.ts';

const named = (name: string) => {
  const run = allRuns().find((each) => each.name === name);
  if (!run) throw new Error(name);
  return traceOf(run);
};

const edited = named('https-why https-edited');
const player = open({trace: edited, source: 'https-why'});
const alert = [...edited.events()].find(
  (event) => event.kind === 'tls' && event.what.kind === 'alert' && event.what.name === 'bad_record_mac',
);
const viewAt = (us: number) => viewOf({...player, playback: playingAt(player, us), message: undefined});

test('the client refuses the record that was changed, with the event at which it sends its alert', () => {
  const [session] = tlsSessionsIn(edited);
  const refused = session ? refusedRecordsOn(edited, session.connection) : [];
  expect(alert).toMatchObject({host: 'client'});
  expect(refused[0]).toMatchObject({side: 1, by: 'client', unread: false});
  expect(edited.event(refused[0]?.event ?? 0).atUs).toBe(alert?.atUs);
});

test('in the records panel it is opened nowhere, once it has come', () => {
  const before = recordScene(viewAt((alert?.atUs ?? 0) - 1))?.rows ?? [];
  const after = recordScene(viewAt(edited.durationUs))?.rows ?? [];
  expect(before.filter(({refused}) => refused)).toEqual([]);
  expect(after.filter(({refused}) => refused).length).toBeGreaterThan(0);
});

test.each(['en', 'zh'] as const)('%s: on the screen it says who refused it', (language) => {
  const state = playingAt(player, edited.durationUs, {language, focus: 'records', opened: ['records']});
  const canvas = canvasOf(player, state, {columns: 120, rows: 40});
  const lines = textOf(canvas).filter((line) => line.includes(language === 'en' ? 'refused by' : '拒收'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toContain('HTTP/1.1 200');
});

test('no program gets it: no response has come', () => {
  const streams = programStreamsIn(edited).all.filter(({sent}) => sent.length > 0);
  for (const connection of streams) {
    expect(connection.arrived.filter(({side, piece}) => side === 1 && piece.kind === 'bytes')).toEqual([]);
    expect(readingAt(connection, edited.length).directions[1].arrived).toBe(0);
  }
});

test('no label, summary or list says what is in it, and what was taken before is still told', () => {
  const [session] = tlsSessionsIn(edited);
  const first = session && refusedRecordsOn(edited, session.connection)[0];
  const packets = Array.from({length: edited.packetCount}, (_, index) => index + 1);
  const labels = packets.map((id) =>
    labelOf(edited, edited.packet(id), {relative: true, questions: []})
      .map(({value}) => value)
      .join(' '),
  );
  const sealed = session?.contents.find(({seen}) => seen.side === 1 && seen.start === first?.start);
  expect(sealed?.content && String.fromCharCode(...sealed.content)).toMatch(/^HTTP\/1\.1 200/);
  const packet = sealed?.seen.frame ?? 0;
  expect(openedParts(edited, packet)).toEqual([]);
  expect(httpPartIn(edited, packet)).toBeUndefined();
  expect(labels.filter((label) => label.includes('200 OK'))).toEqual([]);
  expect(labels.filter((label) => label.includes('GET /')).length).toBeGreaterThan(0);
});

test('in runs in which nothing is changed nothing is refused', () => {
  const https = named('https-why https');
  expect(tlsSessionsIn(https).flatMap((session) => refusedRecordsOn(https, session.connection))).toEqual([]);
});
