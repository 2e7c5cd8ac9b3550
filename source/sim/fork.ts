// Forks: a tree of scenarios, each of which has one fault more than its parent. A fork equals its parent up to the packet that the fault
// touches.
import {fieldEdit} from '../wire/field-edit.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {WireError} from '../wire/wire-error.ts';
import type {Fault, FaultKind} from './fault.ts';
import {formatFault} from './fault-text.ts';
import {identityOf} from './identity.ts';
import {decodeReplay, encodeReplay, type Replay} from './replay.ts';
import type {Scenario} from './scenario.ts';
import type {Trace} from './trace.ts';

/** A fork; node 0 is the run that was opened. */
export type ForkNode = {
  readonly id: number;
  readonly parent: number | undefined;
  /** The fault that the fork adds to its parent; absent for the root. */
  readonly fault: Fault | undefined;
  /** The fault in the notation of `--fault`, which distinguishes siblings; empty for the root. */
  readonly title: string;
};

/** The tree as a value: every change returns a new tree. Nodes are never removed, so that redo finds them. */
export type ForkTree = {
  readonly scenario: Scenario;
  readonly replay: Replay;
  /** The nodes by id. */
  readonly nodes: readonly ForkNode[];
  readonly current: number;
  /** Earlier values of `current` for undo, nearest last; `future` for redo. */
  readonly past: readonly number[];
  readonly future: readonly number[];
};

export type ForkError =
  | {readonly code: 'packet'; readonly packet: number; readonly packets: number}
  /** The packet never reaches the far end, so nothing that happens to it on the way makes a difference. */
  | {readonly code: 'lost'; readonly packet: number}
  /** The packet has no such field, or the field cannot contain such a value. */
  | {readonly code: 'edit'; readonly error: WireError}
  /** The tree has as many forks as it may have. */
  | {readonly code: 'full'; readonly most: number}
  /** The replay code of the fork would be too long to be read back. */
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

/** Returns the nodes from the root to `id`, both included. */
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

/** Returns the scenario of a node. */
export const forkScenario = (tree: ForkTree, id: number = tree.current): Scenario => ({
  ...tree.scenario,
  faults: [...tree.scenario.faults, ...faultsOf(tree, id)],
});

const forkReplay = (tree: ForkTree, id: number = tree.current): Replay => ({
  ...tree.replay,
  identity: identityOf(forkScenario(tree, id)),
  faults: [...tree.replay.faults, ...faultsOf(tree, id)],
});

/** Returns the tree of the opened run without the faults that the user added; undefined if there are none. */
export const unaltered = ({scenario, replay}: ForkTree): ForkTree | undefined => {
  const added = replay.faults.length;
  if (added === 0) return undefined;
  // The lesson's own faults come first.
  const own = {...scenario, faults: scenario.faults.slice(0, scenario.faults.length - added)};
  return forkTree(own, {...replay, identity: identityOf(own), faults: []});
};

/** Returns the replay code of a node, which `play` and `show` accept. */
export const forkCode = (tree: ForkTree, id: number = tree.current): string =>
  encodeReplay(forkReplay(tree, id));

export const childrenOf = ({nodes}: ForkTree, id: number): readonly ForkNode[] =>
  nodes.filter(({parent}) => parent === id);

/** Returns why this fault cannot be added to the run that `trace` shows; undefined if it can. */
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
 * Adds a fault to packet `packet` of the current run, whose trace is `trace`. The same fault at the same node leads to the existing fork.
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

/** Moves to another node of the tree, from which undo leads back. */
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
