// tshark as judge of the quiz: whoever exports the run that a question names finds the right answer in frame `packet` of the
// capture, field `field`, exactly as tshark prints it. The captures are put one behind the other, so that one tshark reads all.
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Question} from '../../source/quiz/question.ts';
import {isField, judged, missing, traceOf, tsharkRows} from '../helpers/judge-evidence.ts';
import {told} from '../helpers/judge-log.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';

if (missing) console.log(`evidence not judged: no ${missing}`);

const questions: readonly Question[] = JSON.parse(
  runProgram(['quiz', '--seed', '7', '--count', '200', '--json']).stdout,
);

test('what is no field is what the run tells', {timeout: 60_000}, async () => {
  // Answers of lessons are held against their runs by the lessons’ own check; clauses are no runs.
  const others = questions.filter(({evidence: {field}}) =>
    /^(state|timer|expression):(?!(?:beat|question) )/.test(field),
  );
  const wrong: string[] = [];
  for (const question of others) {
    const {id, evidence} = question;
    const found = told(question, await traceOf(evidence));
    if (found !== evidence.value) wrong.push(`${id}: ${evidence.field} is ${found}, said ${evidence.value}`);
  }
  expect(wrong).toEqual([]);
  expect(new Set(others.map(({evidence}) => evidence.field.split(':')[0]))).toEqual(
    new Set(['state', 'timer', 'expression']),
  );
});

test.skipIf(missing !== undefined)('tshark finds each answer', {timeout: 120_000}, async () => {
  const all = questions.filter(({evidence}) => isField(evidence));
  expect(all.length).toBeGreaterThanOrEqual(questions.length * 0.3);
  const wrong = await judged(all);
  console.log(`agreed: ${all.length - wrong.length} of ${all.length}`);
  expect(wrong).toEqual([]);
  // The judge sees what is wrong: each value of a few, altered.
  const altered = all.slice(0, 3).map((question) => {
    const {evidence} = question;
    return {...question, evidence: {...evidence, value: `${evidence.value}0`}};
  });
  expect((await judged(altered)).length).toBe(3);
});

test
  .skipIf(missing !== undefined)
  .each(['08h-rto-four-times.pcap', '01e-client-close-ipv6.pcapng', '13a-dns-full-walk.pcap'])(
  'on the capture %s',
  (name) => {
    const file = join(captureFolder, name);
    const {stdout} = runProgram(['quiz', '--source', file, '--count', '40', '--json']);
    const all: readonly Question[] = JSON.parse(stdout);
    // What a clause decides, or arithmetic with fields, the census of the kinds holds against the run.
    const asked = all.filter(({evidence}) => isField(evidence));
    // No kind more than twice in ten: lookups alone give two questions of field values.
    expect(asked.length).toBeGreaterThan(name.startsWith('13a') ? 1 : 3);
    const fields = [...new Set(asked.map(({evidence: {field}}) => field))];
    const rows = tsharkRows(file, fields);
    const wrong = asked.flatMap(({id, evidence: {packet, field, value}}) => {
      const found = packet === undefined ? undefined : rows[packet - 1]?.[fields.indexOf(field)];
      return found === value ? [] : [`${id}: ${field} is ${found}, said ${value}`];
    });
    expect(wrong).toEqual([]);
  },
);
