// What a run hands to whoever may read along. Oracle: the form of RFC 9850 §2, read by the parser that real logs vouch for; the secrets that
// the ends told, each once.
import {expect, test} from 'vitest';
import {keyLogOf, secretLinesOf} from '../../../source/sim/key-log.ts';
import {parseKeyLog} from '../../../source/wire/tls/key-log.ts';
import {encodeUtf8} from '../../../source/wire/utf8.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';

test.each(['https-tls12 ecdhe', 'https-tls13 early'])('%s: a line for each secret', (name) => {
  const run = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const trace = traceOf(run);
  const told = [...trace.events()].flatMap((event) =>
    event.kind === 'tls' && event.what.kind === 'secret'
      ? [Buffer.from(event.what.secret).toString('hex')]
      : [],
  );
  const text = keyLogOf(trace);
  const lines = text.trimEnd().split('\n');
  expect(new Set(lines).size).toBe(lines.length);
  expect(new Set(lines.map((line) => line.split(' ')[2]))).toEqual(new Set(told));
  expect(parseKeyLog(encodeUtf8(text)).unreadable).toBe(0);
  // Of one hello that was answered twice there are two secrets of one name.
  const names = lines.map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(secretLinesOf(trace).map(({again}) => again)).toEqual(
    names.map((each, at) => names.indexOf(each) < at),
  );
});
