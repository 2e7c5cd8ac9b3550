// Oracle: side files written by somebody who knows how each capture came about (`test/fixtures/wild/README.md`).
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {inspectionOf, readCapture} from '../../source/core.ts';

const folder = fileURLToPath(new URL('../fixtures/wild/', import.meta.url));

type Side = {readonly outcome?: Readonly<Record<string, string | readonly string[]>>};

const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && existsSync(`${folder}${name.replace('.json', '.pcap')}`))
  .flatMap((file) => {
    const {outcome = {}}: Side = JSON.parse(readFileSync(`${folder}${file}`, 'utf8'));
    const name = file.replace('.json', '');
    return Object.entries(outcome).map(
      ([number, wanted]) => [name, Number(number), [wanted].flat()] as const,
    );
  });

const outcomesIn = (name: string): readonly (string | undefined)[] => {
  const read = readCapture(readFileSync(`${folder}${name}.pcap`));
  if (!read.ok) throw new Error(name);
  return inspectionOf(read.value).connections.map(({outcome}) => outcome?.id);
};

test.each(cases)('%s: how connection %d turned out', (name, number, wanted) => {
  expect(wanted).toContain(outcomesIn(name)[number - 1]);
});
