// Forks: the same scenario with one more fault each, as a tree. A fork is equal to its parent up to the packet it touches.
import {fieldEdit} from '../wire/field-edit.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {WireError} from '../wire/wire-error.ts';
import type {Fault, FaultKind} from './fault.ts';
import {formatFault} from './fault-text.ts';
import {identityOf} from './identity.ts';
import {decodeReplay, encodeReplay, type Replay} from './replay.ts';
import type {Scenario} from './scenario.ts';
import type {Trace} from './trace.ts';

/** Node 0 is the run that was opened. */
export type ForkNode = {
  readonly id: number;
  readonly parent: number | undefined;
  /** What it adds to its parent; absent for the root. */
  readonly fault: Fault | undefined;
  /** The fault in the notation of `--fault`, which tells siblings apart; empty for the root. */
  readonly title: string;
};

/** A value: every change gives a new tree. Nodes are never taken away, so that redo finds them. */
export type ForkTree = {
  readonly scenario: Scenario;
  readonly replay: Replay;
  /** By id. */
  readonly nodes: readonly ForkNode[];
  readonly current: number;
  /** Where `current` has been, for undo and redo; the nearest last. */
  readonly past: readonly number[];
  readonly future: readonly number[];
};

export type ForkError =
  | {readonly code: 'packet'; readonly packet: number; readonly packets: number}
  /** It never gets to the far end: nothing that happens to it on the way makes a difference. */
  | {readonly code: 'lost'; readonly packet: number}
  /** The packet has no such field, or the field does not hold such a value. */
  | {readonly code: 'edit'; readonly error: WireError}
  /** So many forks are enough. */
  | {readonly code: 'full'; readonly most: number}
  /** Its replay code would be too long to be read back. */
  | {readonly code: 'long'};

const mostNodes = 200;
const mostRemembered = 400;

export const forkTree = (scenario: Scenario, replay: Replay): ForkTree => ({
  scenario,
  replay,
  nodes: [{id: 0, parent: undefined, fault: undefined, title: ''}],
  current: 0,
  past: [],
  future: [],
});

const nodeOf = ({nodes}: ForkTree, id: number): ForkNode => {
  const node = nodes[id];
  if (!node) throw new RangeError(`no fork ${id}: the tree has ${nodes.length}`);
  return node;
};

/** From the root to `id`, both included. */
export const forkPath = (tree: ForkTree, id: number = tree.current): readonly ForkNode[] => {
  const path: ForkNode[] = [];
  for (let at: number | undefined = id; at !== undefined; ) {
    const node = nodeOf(tree, at);
    path.unshift(node);
    at = node.parent;
  }
  return path;
};

export const faultsOf = (tree: ForkTree, id: number): readonly Fault[] =>
  forkPath(tree, id).flatMap(({fault}) => (fault ? [fault] : []));

/** What to simulate for a node. */
export const forkScenario = (tree: ForkTree, id: number = tree.current): Scenario => ({
  ...tree.scenario,
  faults: [...tree.scenario.faults, ...faultsOf(tree, id)],
});

const forkReplay = (tree: ForkTree, id: number = tree.current): Replay => ({
  ...tree.replay,
  identity: identityOf(forkScenario(tree, id)),
  faults: [...tree.replay.faults, ...faultsOf(tree, id)],
});

/** The run that was opened, without the faults that it was asked for with; undefined: there are none. */
export const unaltered = ({scenario, replay}: ForkTree): ForkTree | undefined => {
  const added = replay.faults.length;
  if (added === 0) return undefined;
  // Those of the lesson come first.
  const own = {...scenario, faults: scenario.faults.slice(0, scenario.faults.length - added)};
  return forkTree(own, {...replay, identity: identityOf(own), faults: []});
};

/** `play` and `show` accept it. */
export const forkCode = (tree: ForkTree, id: number = tree.current): string =>
  encodeReplay(forkReplay(tree, id));

export const childrenOf = ({nodes}: ForkTree, id: number): readonly ForkNode[] =>
  nodes.filter(({parent}) => parent === id);

/** Why this fault cannot be added to the run that `trace` shows; undefined if it can. */
const refusal = (trace: Trace, {packet, ...kind}: FaultKind & {packet: number}): ForkError | undefined => {
  if (packet < 1 || packet > trace.packetCount) return {code: 'packet', packet, packets: trace.packetCount};
  const {lost, bytes, linkType} = trace.packet(packet);
  if (lost) return {code: 'lost', packet};
  if (kind.kind !== 'edit') return undefined;
  const edited = fieldEdit(bytes, linkType, kind.field, kind.value, {fixChecksums: kind.mend});
  return edited.ok ? undefined : {code: 'edit', error: edited.error};
};

const visit = (tree: ForkTree, id: number): ForkTree =>
  id === tree.current
    ? tree
    : {...tree, current: id, past: [...tree.past, tree.current].slice(-mostRemembered), future: []};

/**
 * Something happens to packet `packet` of the current run, whose trace is `trace`. The same fault at the same node leads to the
 * fork that is already there.
 */
export const fork = (
  tree: ForkTree,
  trace: Trace,
  touch: {readonly packet: number; readonly fault: FaultKind},
): Result<ForkTree, ForkError> => {
  const problem = refusal(trace, {...touch.fault, packet: touch.packet});
  if (problem) return err(problem);
  const fault: Fault = {...touch.fault, at: {packet: touch.packet}};
  const title = formatFault(fault);
  const same = childrenOf(tree, tree.current).find((child) => child.title === title);
  if (same) return ok(visit(tree, same.id));
  const id = tree.nodes.length;
  const grown = {...tree, nodes: [...tree.nodes, {id, parent: tree.current, fault, title}]};
  if (id >= mostNodes) return err({code: 'full', most: mostNodes});
  if (!decodeReplay(forkCode(grown, id)).ok) return err({code: 'long'});
  return ok(visit(grown, id));
};

/** To another node of the tree; undo leads back. */
export const goToFork = (tree: ForkTree, id: number): ForkTree => visit(tree, nodeOf(tree, id).id);

export const undoFork = (tree: ForkTree): ForkTree => {
  const back = tree.past.at(-1);
  if (back === undefined) return tree;
  return {...tree, current: back, past: tree.past.slice(0, -1), future: [...tree.future, tree.current]};
};

export const redoFork = (tree: ForkTree): ForkTree => {
  const on = tree.future.at(-1);
  if (on === undefined) return tree;
  return {...tree, current: on, past: [...tree.past, tree.current], future: tree.future.slice(0, -1)};
};
