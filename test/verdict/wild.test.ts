// Oracle: side files written by somebody who knows how each capture came about (`test/fixtures/wild/README.md`).
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {inspectionOf, readCapture} from '../../source/core.ts';

const folder = fileURLToPath(new URL('../fixtures/wild/', import.meta.url));

type Told = {readonly id: string; readonly connection?: number; readonly where?: string};
type Wanted = {readonly id: string; readonly connection: number | null};
type Must = Wanted & {readonly or?: readonly string[]; readonly where?: string};
type Side = {
  readonly must: readonly Must[];
  readonly mustNot: readonly (string | Wanted)[];
  readonly verdict: Readonly<Record<string, string>>;
  readonly accept?: Readonly<Record<string, readonly string[]>>;
  readonly outcome?: Readonly<Record<string, string | readonly string[]>>;
  readonly notWhere?: Readonly<Record<string, readonly string[]>>;
};

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && existsSync(`${folder}${name.replace('.json', '.pcap')}`))
  .map((name) => name.replace('.json', ''));

const isTold = (each: unknown): each is Told => typeof each === 'object' && each !== null && 'id' in each;

const inspected = (name: string) => {
  const read = readCapture(readFileSync(`${folder}${name}.pcap`));
  if (!read.ok) throw new Error(name);
  const {findings = [], connections} = inspectionOf(read.value);
  const all: readonly unknown[] = findings;
  return {findings: all.filter(isTold), connections};
};

const isOn = (connection: number | null, told: Told): boolean =>
  connection === null || told.connection === connection;

describe.each(names)('%s', (name) => {
  const side: Side = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));
  const {findings, connections} = inspected(name);

  test('has the findings that it must have, and none that is false', () => {
    for (const {id, connection, or = [], where} of side.must) {
      const told = findings.filter((each) => [id, ...or].includes(each.id) && isOn(connection, each));
      expect(told, id).not.toEqual([]);
      if (where !== undefined) expect(told.map((each) => each.where)).toContain(where);
    }
    for (const each of side.mustNot) {
      const {id, connection} = typeof each === 'string' ? {id: each, connection: null} : each;
      expect(findings.filter((told) => told.id === id && isOn(connection ?? null, told))).toEqual([]);
    }
  });

  test('names nobody who cannot be known, and judges each connection', () => {
    for (const [id, places] of Object.entries(side.notWhere ?? {}))
      expect(findings.filter((each) => each.id === id).map(({where}) => where)).not.toEqual(
        expect.arrayContaining([expect.toBeOneOf([...places])]),
      );
    for (const [number, wanted] of Object.entries(side.verdict))
      expect([wanted, ...(side.accept?.[number] ?? [])]).toContain(
        Reflect.get(Object(connections[Number(number) - 1]?.verdict), 'id'),
      );
    for (const [number, wanted] of Object.entries(side.outcome ?? {}))
      expect([wanted].flat()).toContain(connections[Number(number) - 1]?.outcome?.id);
  });
});
