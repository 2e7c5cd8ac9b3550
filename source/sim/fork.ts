// A tree of forks of a run: each fork has one fault, or settings, more than its parent. With a fault, a fork equals its parent up to the
// packet that the fault touches.
import {fieldEdit} from '../wire/field-edit.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {WireError} from '../wire/wire-error.ts';
import type {Fault, FaultKind} from './fault.ts';
import {formatFault, parseFault} from './fault-text.ts';
import {identityOf} from './identity.ts';
import {decodeReplay, encodeReplay, type Replay} from './replay.ts';
import type {Scenario} from './scenario.ts';
import {formatSetting, lastOfEach, parseSetting, type Setting} from './setting.ts';
import type {HostLabel, Trace} from './trace.ts';

/** A change that a fork makes to its parent: a fault of the path, or a setting. */
export type Change = Fault | Setting;

export const isSetting = (change: Change): change is Setting => 'place' in change;

/** Separates the changes in the title of a node, because the value of a setting may contain any other sign. */
const betweenChanges = '\n';

const formatChange = (change: Change): string =>
  isSetting(change) ? formatSetting(change) : formatFault(change);

/** Returns the changes that the title of a fork names; undefined if any of them cannot be read. */
export const changesIn = (title: string): readonly Change[] | undefined => {
  const texts = title.split(betweenChanges);
  const changes = texts.flatMap((text): Change | readonly Change[] => {
    const fault = parseFault(text);
    return parseSetting(text) ?? (fault.ok ? fault.value : []);
  });
  return changes.length === texts.length ? changes : undefined;
};

/** The reason why a run cannot have a setting, and what to do instead. */
export type SettingRefusal = {readonly message: HostLabel; readonly remedy: HostLabel};

/** Returns the scenario of the opened run with these settings in place of those that it was opened with, or why it cannot have them. */
export type Vary = (set: readonly Setting[]) => Result<Scenario, SettingRefusal>;

/** A fork of a run in the tree of forks; node 0 is the run that was opened. */
export type ForkNode = {
  readonly id: number;
  readonly parent: number | undefined;
  /** The changes that the fork adds to its parent: one fault, or settings that are made together; none for the root. */
  readonly changes: readonly Change[];
  /** The fork's changes in the notation of `--fault` or `--set`, different for each child of a parent; empty for the root. */
  readonly title: string;
};

/** The tree of a run's forks. Each change returns a new tree. Nodes are never removed, so that redo finds them. */
export type ForkTree = {
  readonly scenario: Scenario;
  readonly replay: Replay;
  /** Makes scenarios with other settings; absent if the run's settings cannot be changed. */
  readonly vary?: Vary | undefined;
  /** The forks of the tree by their id. */
  readonly nodes: readonly ForkNode[];
  readonly current: number;
  /** The earlier values of `current` that undo goes back to, nearest last; `future` has those of redo. */
  readonly past: readonly number[];
  readonly future: readonly number[];
};

export type ForkError =
  | {readonly code: 'packet'; readonly packet: number; readonly packets: number}
  /** The packet is lost anyway, so a fault on its way would change nothing. */
  | {readonly code: 'lost'; readonly packet: number}
  /** The packet has no such field, or the field cannot contain such a value. */
  | {readonly code: 'edit'; readonly error: WireError}
  /** The run has no such setting, or the setting cannot have this value. */
  | {readonly code: 'setting'; readonly refusal: SettingRefusal}
  /** The tree already has the largest number of forks. */
  | {readonly code: 'full'; readonly most: number}
  /** The replay code of the fork would be too long to be read back. */
  | {readonly code: 'long'};

const mostNodes = 200;
const mostRemembered = 400;

export const forkTree = (scenario: Scenario, replay: Replay, vary?: Vary): ForkTree => ({
  scenario,
  replay,
  vary,
  nodes: [{id: 0, parent: undefined, changes: [], title: ''}],
  current: 0,
  past: [],
  future: [],
});

const nodeOf = ({nodes}: ForkTree, id: number): ForkNode => {
  const node = nodes[id];
  if (!node) throw new RangeError(`no fork ${id}: the tree has ${nodes.length}`);
  return node;
};

/** Returns the forks from the root of the tree to the fork `id`, both included. */
export const forkPath = (tree: ForkTree, id: number = tree.current): readonly ForkNode[] => {
  const path: ForkNode[] = [];
  for (let at: number | undefined = id; at !== undefined; ) {
    const node = nodeOf(tree, at);
    path.unshift(node);
    at = node.parent;
  }
  return path;
};

export const changesOf = (tree: ForkTree, id: number = tree.current): readonly Change[] =>
  forkPath(tree, id).flatMap(({changes}) => changes);

const faultsOf = (tree: ForkTree, id: number): readonly Fault[] =>
  changesOf(tree, id).flatMap((change) => (isSetting(change) ? [] : [change]));

/** Returns all settings that a fork's run has, including those with which the run was opened. */
export const settingsOf = (tree: ForkTree, id: number = tree.current): readonly Setting[] =>
  lastOfEach([
    ...(tree.replay.set ?? []),
    ...changesOf(tree, id).flatMap((change) => (isSetting(change) ? [change] : [])),
  ]);

const variedScenario = (tree: ForkTree, id: number): Result<Scenario, SettingRefusal> => {
  const {scenario, vary} = tree;
  return vary && changesOf(tree, id).some(isSetting) ? vary(settingsOf(tree, id)) : ok(scenario);
};

/** Returns the scenario that simulates a fork: that of the opened run with the fork's faults and settings. */
export const forkScenario = (tree: ForkTree, id: number = tree.current): Scenario => {
  const scenario = variedScenario(tree, id);
  // The scenario always exists, because `fork` tries a setting before it makes the node.
  if (!scenario.ok) throw new Error(scenario.error.message['en']);
  return {...scenario.value, faults: [...scenario.value.faults, ...faultsOf(tree, id)]};
};

const withSet = ({set: _, ...replay}: Replay, set: readonly Setting[]): Replay =>
  set.length > 0 ? {...replay, set} : replay;

const forkReplay = (tree: ForkTree, id: number = tree.current): Replay => ({
  ...withSet(tree.replay, settingsOf(tree, id)),
  identity: identityOf(forkScenario(tree, id)),
  faults: [...tree.replay.faults, ...faultsOf(tree, id)],
});

/**
 * Returns a tree for the opened run without the faults and settings that it was opened with; undefined if there are none, or if they cannot
 * be taken away.
 */
export const unaltered = ({scenario, replay, vary}: ForkTree): ForkTree | undefined => {
  const added = replay.faults.length;
  const plain = replay.set === undefined ? ok(scenario) : vary?.([]);
  if ((added === 0 && replay.set === undefined) || !plain?.ok) return undefined;
  // The lesson's own faults come first in the list, so the added ones are cut off its end.
  const {faults} = plain.value;
  const own = {...plain.value, faults: faults.slice(0, faults.length - added)};
  return forkTree(own, {...withSet(replay, []), identity: identityOf(own), faults: []}, vary);
};

/** Returns the replay code of a fork, with which `play` and `show` open it again. */
export const forkCode = (tree: ForkTree, id: number = tree.current): string =>
  encodeReplay(forkReplay(tree, id));

export const childrenOf = ({nodes}: ForkTree, id: number): readonly ForkNode[] =>
  nodes.filter(({parent}) => parent === id);

/** Returns why a fault cannot be added to a packet of the run that `trace` shows; undefined if it can. */
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

/** A change that the learner makes to the current run: a fault at one of its packets, or settings that are changed together. */
export type Touch = {readonly packet: number; readonly fault: FaultKind} | {readonly set: readonly Setting[]};

/**
 * Adds a fork with a change to the current run, whose trace is `trace`, and goes to it. If the current fork already has such a child, goes
 * to that.
 */
export const fork = (tree: ForkTree, trace: Trace, touch: Touch): Result<ForkTree, ForkError> => {
  const problem = 'fault' in touch && refusal(trace, {...touch.fault, packet: touch.packet});
  if (problem) return err(problem);
  const changes = 'fault' in touch ? [{...touch.fault, at: {packet: touch.packet}}] : touch.set;
  const title = changes.map(formatChange).join(betweenChanges);
  const same = childrenOf(tree, tree.current).find((child) => child.title === title);
  if (same) return ok(visit(tree, same.id));
  const id = tree.nodes.length;
  const grown = {...tree, nodes: [...tree.nodes, {id, parent: tree.current, changes, title}]};
  if (id >= mostNodes) return err({code: 'full', most: mostNodes});
  const scenario = variedScenario(grown, id);
  if (!scenario.ok) return err({code: 'setting', refusal: scenario.error});
  if (!decodeReplay(forkCode(grown, id)).ok) return err({code: 'long'});
  return ok(visit(grown, id));
};

/** Makes another fork of the tree the current one; undo leads back. */
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
