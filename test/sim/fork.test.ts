// Forks: equal to their parent up to the packet they touch, a tree that remembers, and replay codes that give the run again.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {traceLines} from '../../source/account/trace-json.ts';
import type {FaultKind} from '../../source/sim/fault.ts';
import {
  childrenOf,
  type ForkTree,
  fork,
  forkCode,
  forkPath,
  forkScenario,
  forkTree,
  goToFork,
  redoFork,
  settingsOf,
  unaltered,
  undoFork,
  type Vary,
} from '../../source/sim/fork.ts';
import {identityOf} from '../../source/sim/identity.ts';
import {decodeReplay} from '../../source/sim/replay.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {err, ok} from '../../source/wire/result.ts';
import {seq} from '../../source/wire/seq.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {runs, thorough} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';

const treeOf = (scenario: Scenario): ForkTree =>
  forkTree(scenario, {
    source: 'teardown',
    identity: identityOf(scenario),
    seed: scenario.seed,
    profile: scenario.profile,
    run: 'base',
    faults: [],
  });

const traceOf = (tree: ForkTree, id?: number): Trace => run(forkScenario(tree, id));

/** The fork of the current node, or the reason why there is none as an exception. */
const forked = (tree: ForkTree, packet: number, fault: FaultKind): ForkTree => {
  const result = fork(tree, traceOf(tree), {packet, fault});
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const kinds: fc.Arbitrary<FaultKind> = fc.oneof(
  fc.constant<FaultKind>({kind: 'drop'}),
  fc.integer({min: 1, max: 3_000_000}).map((byUs): FaultKind => ({kind: 'delay', byUs})),
  fc.integer({min: 0, max: 3_000_000}).map((afterUs): FaultKind => ({kind: 'dup', afterUs})),
  fc.constantFrom('link', 'memory').map((where): FaultKind => ({kind: 'corrupt', where})),
  fc.integer({min: 1, max: 4}).map((places): FaultKind => ({kind: 'reorder', places})),
  fc
    .tuple(
      fc.constantFrom('tcp.ack_raw', 'tcp.seq_raw', 'tcp.window_size_value', 'tcp.flags'),
      fc.nat(4095),
      fc.boolean(),
    )
    .map(([field, value, mend]): FaultKind => ({kind: 'edit', field, value, mend})),
);

const drop: FaultKind = {kind: 'drop'};

/** A long transfer over a path that loses by chance: what chance decides must not move with the fork. */
const lossy = (seed: number): Scenario => {
  const base = teardownScenario({seed, until: {atUs: 30_000_000}});
  return {
    ...base,
    links: base.links.map((link) => ({...link, loss: 0.05})),
    script: [
      ...base.script.slice(0, 2),
      {when: {kind: 'at', atUs: 200_000}, host: 'client', action: {call: 'send', bytes: 60_000}},
    ],
  };
};

test.each([
  ['handshake', () => handshakeScenario()],
  ['teardown', () => teardownScenario()],
  ['a lossy transfer', () => lossy(3)],
] as const)('%s: the same before it', (_name, scenario) => {
  const tree = treeOf(scenario());
  const parent = traceOf(tree);
  fc.assert(
    fc.property(fc.integer({min: 1, max: parent.packetCount}), kinds, (packet, fault) => {
      const result = fork(tree, parent, {packet, fault});
      if (!result.ok) return;
      const child = traceOf(result.value);
      const {sendEvent, bytes} = parent.packet(packet);
      for (let n = 1; n < sendEvent; n++) expect(child.event(n)).toEqual(parent.event(n));
      // The packet itself leaves at the same place with the same bytes; what the path does to it comes after.
      expect(child.packet(packet).sendEvent).toBe(sendEvent);
      expect(child.packet(packet).bytes).toEqual(bytes);
      expect(child.event(sendEvent)).toMatchObject({faults: [result.value.nodes[1]?.title]});
    }),
    {numRuns: runs(150, 8)},
  );
});

test('a fork of a fork is equal to its parent too, and knows its way to the root', () => {
  const root = treeOf(teardownScenario());
  const first = forked(root, 3, drop);
  const parent = traceOf(first);
  const second = forked(first, 6, {kind: 'delay', byUs: 200_000});
  const child = traceOf(second);
  for (let n = 1; n < parent.packet(6).sendEvent; n++) expect(child.event(n)).toEqual(parent.event(n));
  expect(forkPath(second).map(({title}) => title)).toEqual(['', 'drop@packet=3', 'delay=200ms@packet=6']);
  expect(child.header.faults).toEqual(['drop@packet=3', 'delay=200ms@packet=6']);
});

test('undo and redo walk where one has been; a new fork ends redoing, and nothing is forgotten', () => {
  const root = treeOf(teardownScenario());
  const one = forked(root, 3, drop);
  const two = forked(one, 6, drop);
  expect(undoFork(two).current).toBe(1);
  expect(undoFork(undoFork(two)).current).toBe(0);
  expect(redoFork(redoFork(undoFork(undoFork(two)))).current).toBe(2);
  expect(redoFork(two)).toBe(two);
  expect(undoFork(root)).toBe(root);
  const other = forked(undoFork(two), 5, drop);
  expect(other.current).toBe(3);
  expect(redoFork(other)).toBe(other);
  expect(childrenOf(other, 1).map(({id}) => id)).toEqual([2, 3]);
  expect(undoFork(goToFork(other, 0)).current).toBe(3);
  expect(goToFork(other, 3)).toBe(other);
  expect(() => goToFork(other, 9)).toThrow(RangeError);
  // The old values are as they were.
  expect([root.current, one.current, two.current]).toEqual([0, 1, 2]);
  expect(root.nodes).toHaveLength(1);
});

test('the same fault at the same node is the fork that is there', () => {
  const one = forked(treeOf(teardownScenario()), 1, drop);
  const again = forked(undoFork(one), 1, drop);
  expect(again.nodes).toHaveLength(2);
  expect(again.current).toBe(1);
});

test('what cannot be is refused with its reason', () => {
  const tree = treeOf(handshakeScenario());
  const trace = traceOf(tree);
  const reason = (packet: number, fault: FaultKind) => {
    const result = fork(tree, trace, {packet, fault});
    return result.ok ? 'ok' : result.error;
  };
  const edit = (field: string, value: number): FaultKind => ({kind: 'edit', field, value, mend: true});
  expect(reason(4, drop)).toEqual({code: 'packet', packet: 4, packets: 3});
  expect(reason(0, drop)).toEqual({code: 'packet', packet: 0, packets: 3});
  expect(reason(1, edit('tcp.nothing', 1))).toMatchObject({code: 'edit', error: {code: 'field-unknown'}});
  expect(reason(1, edit('tcp.srcport', 70_000))).toMatchObject({code: 'edit', error: {code: 'field-range'}});
  const lost = forked(tree, 1, drop);
  expect(fork(lost, traceOf(lost), {packet: 1, fault: {kind: 'delay', byUs: 1}})).toEqual({
    ok: false,
    error: {code: 'lost', packet: 1},
  });
});

thorough('the tree and its codes are bounded', () => {
  const scenario = teardownScenario();
  const trace = run(scenario);
  let wide = treeOf(scenario);
  let deep = treeOf(scenario);
  const ends = new Set<string>();
  for (let byUs = 1; byUs <= 300; byUs++) {
    const touch = {packet: 2, fault: {kind: 'delay', byUs} as const};
    const broad = fork(goToFork(wide, 0), trace, touch);
    if (broad.ok) wide = broad.value;
    else ends.add(broad.error.code);
    const long = fork(deep, trace, touch);
    if (long.ok) deep = long.value;
    else ends.add(long.error.code);
  }
  expect([...ends].sort()).toEqual(['full', 'long']);
  expect(wide.nodes.length).toBe(200);
  expect(wide.past.length).toBeLessThanOrEqual(400);
  expect(decodeReplay(forkCode(deep)).ok).toBe(true);
});

test('the code of every node gives its run again, byte by byte', () => {
  let tree = treeOf(teardownScenario());
  for (const packet of [3, 5, 8]) {
    tree = forked(goToFork(tree, 0), packet, drop);
    tree = forked(tree, 2, {kind: 'dup', afterUs: 7000});
  }
  expect(tree.nodes).toHaveLength(7);
  const lines = (scenario: Scenario): string =>
    [...traceLines(run(scenario), {title: '', notes: []})].map((line) => JSON.stringify(line)).join('\n');
  for (const {id} of tree.nodes) {
    const replay = decodeReplay(forkCode(tree, id));
    if (!replay.ok) throw new Error(replay.error.code);
    const {faults, identity} = replay.value;
    expect(replay.value).toMatchObject({source: 'teardown', run: 'base', seed: 1, profile: 'linux'});
    expect(lines({...teardownScenario(), faults})).toBe(lines(forkScenario(tree, id)));
    expect(identityOf({...teardownScenario(), faults}).slice(0, 12)).toBe(identity);
  }
});

/** Runs in which a setting moves the server's first sequence number, and nothing else may be set. */
const vary: Vary = (set) => {
  const [first] = set;
  if (first?.place === 'no.where') return err({message: {en: 'no'}, remedy: {en: 'another'}});
  const {hosts} = handshakeScenario();
  const iss = seq(Number(first?.value ?? 0));
  return ok({...handshakeScenario(), hosts: hosts.map((host) => ({...host, ...(first ? {iss} : {})}))});
};

test('a setting makes a fork, with faults before and after it', () => {
  const {scenario, replay} = treeOf(handshakeScenario());
  const tree = forkTree(scenario, replay, vary);
  const change = {place: 'server.iss', value: '777'};
  const lost = forked(tree, 1, {kind: 'drop'});
  const grown = fork(lost, traceOf(lost), {set: [change]});
  if (!grown.ok) throw new Error('refused');
  const twice = forked(grown.value, 2, {kind: 'drop'});
  expect(settingsOf(twice)).toEqual([change]);
  expect(forkScenario(twice).faults).toHaveLength(2);
  expect(forkScenario(twice).hosts.map(({iss}) => iss)).toEqual([777, 777]);
  const code = decodeReplay(forkCode(twice));
  expect(code).toMatchObject({value: {set: [change], faults: [{kind: 'drop'}, {kind: 'drop'}]}});
  const again = fork(lost, traceOf(lost), {set: [change]});
  expect(again.ok && again.value.nodes.length).toBe(3);
});

test('settings that are made together are one fork, which one undo takes back', () => {
  const {scenario, replay} = treeOf(handshakeScenario());
  const tree = forkTree(scenario, replay, vary);
  const set = [
    {place: 'server.iss', value: '777'},
    {place: 'client.iss', value: '5'},
  ];
  const grown = fork(tree, traceOf(tree), {set});
  if (!grown.ok) throw new Error('refused');
  expect(settingsOf(grown.value)).toEqual(set);
  expect(grown.value.nodes.map(({changes}) => changes.length)).toEqual([0, 2]);
  expect(undoFork(grown.value).current).toBe(0);
});

test('a setting that cannot be made is refused with its reason', () => {
  const {scenario, replay} = treeOf(handshakeScenario());
  const refused = fork(forkTree(scenario, replay, vary), traceOf(treeOf(handshakeScenario())), {
    set: [{place: 'no.where', value: '1'}],
  });
  expect(refused).toEqual({
    ok: false,
    error: {code: 'setting', refusal: {message: {en: 'no'}, remedy: {en: 'another'}}},
  });
});

test('the unaltered run is without the settings that the run was opened with', () => {
  const set = [{place: 'server.iss', value: '777'}];
  const changed = vary(set);
  const {replay} = treeOf(handshakeScenario());
  const tree = changed.ok && forkTree(changed.value, {...replay, set}, vary);
  const own = tree ? unaltered(tree) : undefined;
  expect(own && identityOf(own.scenario)).toBe(identityOf(handshakeScenario()));
  expect(own?.replay.set).toBeUndefined();
});
