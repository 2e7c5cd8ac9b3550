// Every HTTP message of every lesson, run and what-if: in the exported capture Wireshark reads the same start lines and header
// fields that we show. Where sharkd is not installed the tests are skipped and say so.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import {exchangesAt, type SeenMessage} from '../../../source/observe/http-exchanges.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {Sharkd, sharkdMissing} from '../../helpers/sharkd.ts';

const missing = sharkdMissing();
if (missing) console.log(`${missing}: HTTP messages not judged`);

let folder = '';
let sharkd: Sharkd | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  if (!missing) sharkd = await Sharkd.start();
});
afterAll(() => {
  sharkd?.stop();
  rmSync(folder, {recursive: true});
});

const fields = [
  'http.request.method',
  'http.request.uri',
  'http.request.version',
  'http.request.line',
  'http.response.version',
  'http.response.code',
  'http.response.phrase',
  'http.response.line',
] as const;

/** sharkd cuts its columns at 2 kB. */
const columnMost = 2000;

/** By sender, each field's values in the order of the messages, whichever frames they share. */
type Said = {readonly [sender: string]: readonly string[]};

const joined = (rows: readonly (readonly string[])[]): readonly string[] =>
  fields.map((_, index) =>
    rows
      .map((row) => (row[index] ?? '').slice(0, columnMost))
      .filter((value) => value !== '')
      .join(','),
  );

const grouped = (rows: readonly (readonly [sender: string, values: readonly string[]])[]): Said => {
  const senders = [...new Set(rows.map(([sender]) => sender))].sort();
  return Object.fromEntries(
    senders.map((sender) => [sender, joined(rows.filter(([who]) => who === sender).map(([, row]) => row))]),
  );
};

const theirs = async (trace: Trace): Promise<Said> => {
  const pieces = captureFile({trace, format: 'pcapng', at: undefined, language: 'en', application: 'test'});
  const file = join(folder, 'export.pcapng');
  writeFileSync(file, Buffer.concat([...(pieces ?? [])]));
  if (!sharkd) throw new Error('sharkd was not started');
  await sharkd.load(file);
  const rows = await sharkd.rows(['ip.src', 'tcp.srcport', 'tcp.dstport', ...fields], 'http', 'all');
  return grouped(rows.map(([ip, from, to, ...row]) => [`${ip}:${from} ${to}`, row] as const));
};

const lines = ({head}: SeenMessage): string =>
  head.fields.map(({name, value}) => `${name}: ${value}\\r\\n`).join(',');

const row = (message: SeenMessage): readonly string[] => {
  const {start} = message.head;
  return start.kind === 'request'
    ? [start.method, start.target, start.version, lines(message), '', '', '', '']
    : ['', '', '', '', start.version, String(start.status), start.reason, lines(message)];
};

const addressOf = ({header}: Trace, host: string): string =>
  header.hosts.find(({name}) => name === host)?.ip[0] ?? host;

const ours = (trace: Trace): Said =>
  grouped(
    exchangesAt(trace, trace.length).flatMap(({connection, request, interim, response}) =>
      [request, ...interim, response].flatMap((message) => {
        // Wireshark shows nothing of a message that a reset cut short.
        if (!message?.whole) return [];
        const [opener, opened] = connection.ends;
        const [from, to] = message.side === 0 ? [opener, opened] : [opened, opener];
        return [[`${addressOf(trace, from.host)}:${from.port} ${to.port}`, row(message)] as const];
      }),
    ),
  );

const runs = allRuns().filter(({lesson}) => lesson.track === 'http' || lesson.id === 'layers');

test('there are HTTP lessons', () => {
  expect(new Set(runs.map(({lesson}) => lesson.id)).size).toBe(5);
});

describe.skipIf(missing !== undefined).each(runs)('$name', (lessonRun) => {
  const trace = traceOf(lessonRun);

  test('the same messages with the same fields', async () => {
    const said = ours(trace);
    expect(Object.keys(said)).not.toEqual([]);
    expect(await theirs(trace)).toEqual(said);
  });
});
