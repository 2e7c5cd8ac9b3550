// What findings need to see. Oracle: the table of needs itself, with each member of the sight taken away from all captures.
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import type {Sight} from '../../source/observe/sight.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {type Evidence, sightsIn} from '../../source/verdict/evidence.ts';
import {connectionOf, type Finding} from '../../source/verdict/finding.ts';
import {findingTable} from '../../source/verdict/ids.ts';
import {doubts, type Member, needs, ofFile, ofSight} from '../../source/verdict/needs.ts';
import {findingsIn} from '../../source/verdict/verdicts.ts';
import {readBytes} from '../wire/captures.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url));
const files = [
  ...['captures', 'captures-today', 'wild', 'causes', 'inspected'].flatMap((name) =>
    readdirSync(folder(name))
      .filter((file) => /\.pcap(ng)?$/.test(file))
      .map((file) => `${folder(name)}${file}`),
  ),
];

const evidenceOf = (name: string): Evidence => {
  const inspector = new CaptureInspector({explains: 'if-asked'});
  for (const record of readBytes(readFileSync(name)).records) inspector.add(record);
  inspector.finish();
  return {...allShown(inspector, capturedTls(inspector.connections, undefined)), inspector, quic: []};
};

const members: readonly Member[] = [
  ...(['directions', 'place', 'gaps', 'beginning', 'roles'] as const),
  ...(['copies', 'clock', 'checksums', 'snapped'] as const),
];

/** The same capture, of which nobody knows what the member says. */
const without = (evidence: Evidence, member: Member): Evidence => {
  const {file, of, speaks} = sightsIn(evidence);
  const blind = (sight: Sight): Sight => ({...sight, [member]: 'unknown'});
  return {...evidence, sights: {speaks, file: blind(file), of: (connection) => blind(of(connection))}};
};

const roles = /^(client|server)/;

/** Tells what is wrong with a finding that is still told although nobody knows a member that it needs; undefined if nothing is. */
const faultOf = ({id, about, certainty, where, rivals, ...finding}: Finding, member: Member) => {
  if (ofSight.has(id)) return undefined;
  const isAsked = connectionOf({about}) !== undefined || ofFile.has(member);
  if (isAsked && needs[id]?.includes(member)) return 'is told';
  const doubt = doubts[id];
  if (connectionOf({about}) === undefined) return undefined;
  if (doubt?.member === member && (certainty !== 'one-of' || !rivals.some(({open}) => open)))
    return 'is certain';
  if (member !== 'roles') return undefined;
  return roles.test(where) || finding.guessed === undefined ? `names ${where}` : undefined;
};

const evidences = files.map((name) => ({name, evidence: evidenceOf(name)}));

test.each(members)('nothing is told that needs %s where nobody knows it', (member) => {
  const faults = evidences.flatMap(({name, evidence}) =>
    findingsIn(without(evidence, member)).flatMap((finding) => {
      const fault = faultOf(finding, member);
      return fault === undefined ? [] : [`${name}: ${finding.id} ${fault}`];
    }),
  );
  expect(faults).toEqual([]);
});

test('each member is needed by something that is found', () => {
  const found = new Set(evidences.flatMap(({evidence}) => findingsIn(evidence).map(({id}) => id)));
  const needed = new Set(
    [...found].flatMap((id) => [...(needs[id] ?? []), ...(doubts[id] ? [doubts[id].member] : [])]),
  );
  expect(members.filter((member) => member !== 'roles' && !needed.has(member))).toEqual([]);
});

test('faults and delays that are proved name each rival, and the packets that exclude it', () => {
  const proved = evidences.flatMap(({name, evidence}) =>
    findingsIn(evidence).flatMap(({id, level, certainty, rivals}) =>
      certainty === 'proved' && level !== 'note' ? [{name, id, rivals}] : [],
    ),
  );
  expect(proved.length).toBeGreaterThan(20);
  const faults = proved.filter(({id, rivals}) => {
    const named = new Set<string>(rivals.map((rival) => rival.id));
    const isWhole = (findingTable[id].excludes ?? []).every((each) => named.has(each));
    return rivals.length === 0 || !isWhole || rivals.some(({open, by}) => open || by.length === 0);
  });
  expect(faults).toEqual([]);
});

test('what packets exclude is an id', () => {
  const ids = Object.keys(findingTable);
  const unknown = Object.values(findingTable).flatMap(({excludes = []}) =>
    excludes.filter((id) => !ids.includes(id)),
  );
  expect(unknown).toEqual([]);
});
