// The tree of domain names that a run has shown so far: names below their parents, the servers of each zone, and the way of the last
// lookup.

import {messagesIn, type SentMessage} from '../../account/dns/messages.ts';
import {belongs} from '../../account/dns/transaction.ts';
import {spokenData} from '../../account/dns-parts.ts';
import type {DnsMessage, DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, labelsOf, nameKey, nameOf, parentName, rootName} from '../../wire/dns/name.ts';
import {RecordType, rcodeName, typeName} from '../../wire/dns/registry.ts';
import {treeTexts} from '../../words/catalogue/cache.ts';
import {lastSeen} from '../seen.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';

export type TreeLine = {
  /** Tells for each level above a line of the tree of domain names whether that level's branch continues below the line. */
  readonly open: readonly boolean[];
  readonly label: string;
  /** The data of a name in the tree of domain names: the name servers of the zone that begins at the name, or the name's records. */
  readonly data: string;
  /** The numbers of the packets with the queries about this domain name and with the responses. */
  readonly packets: readonly number[];
  /** True if the domain name is on the path from the root to the name that was asked for last. */
  readonly onWay: boolean;
  readonly changed: boolean;
};

type Node = {
  readonly name: DnsName;
  readonly data: Set<string>;
  readonly packets: number[];
  changed: boolean;
};

class Tree {
  readonly nodes = new Map<string, Node>();

  at(name: DnsName): Node {
    const key = nameKey(name);
    const known = this.nodes.get(key);
    if (known) return known;
    const up = parentName(name);
    if (up !== undefined) this.at(up);
    const node: Node = {name, data: new Set(), packets: [], changed: false};
    this.nodes.set(key, node);
    return node;
  }

  childrenOf(name: DnsName): readonly Node[] {
    return [...this.nodes.values()].filter((node) => {
      const up = parentName(node.name);
      return up !== undefined && nameKey(up) === nameKey(name);
    });
  }
}

/** The number of DNS messages up to which the tree of domain names is built; no screen could hold a larger tree. */
const messagesMost = 400;

const unsaid: readonly number[] = [RecordType.SOA, RecordType.OPT];

const recordsOf = ({answers, authorities, additionals}: DnsMessage): readonly DnsRecord[] =>
  [...answers, ...authorities, ...additionals].filter(({type}) => !unsaid.includes(type));

const dataOf = ({type, data}: DnsRecord): string => `${typeName(type)} ${spokenData(data)}`;

/**
 * Returns the name in the tree that a DNS query is about. For a recursive query it is the name in the question; for an iterative one the
 * zone whose server is asked, that is, the deepest name with an NS record at or above that name.
 */
const stepOf = (tree: Tree, {flags, questions}: DnsMessage): DnsName => {
  const asked = questions[0]?.name ?? rootName;
  if (flags.rd) return asked;
  for (let name: DnsName | undefined = asked; name !== undefined; name = parentName(name)) {
    const node = tree.nodes.get(nameKey(name));
    if (node && [...node.data].some((each) => each.startsWith('NS '))) return node.name;
  }
  return rootName;
};

const learn = (tree: Tree, {message, packet}: SentMessage, step: DnsName, fresh: boolean): void => {
  const node = tree.at(step);
  node.packets.push(packet);
  node.changed ||= fresh;
  if (!message.flags.qr) return;
  for (const record of recordsOf(message)) {
    const owner = tree.at(record.name);
    if (owner.data.has(dataOf(record))) continue;
    owner.data.add(dataOf(record));
    owner.changed ||= fresh;
  }
  const [question] = message.questions;
  if (question && message.rcode !== 0) tree.at(question.name).data.add(rcodeName(message.rcode));
};

const isRecursive = ({message}: SentMessage): boolean => message.flags.rd;

const grown = (view: View): {readonly tree: Tree; readonly asked: DnsName | undefined} => {
  const tree = new Tree();
  const seen = lastSeen(view);
  const all = messagesIn(view.input.trace);
  const count = all.findLastIndex(({event}) => event <= seen) + 1;
  const sent = all.slice(Math.max(0, count - messagesMost), count);
  const steps = new Map<number, DnsName>();
  let asked: DnsName | undefined;
  for (const each of sent) {
    const query = each.message.flags.qr ? sent.findLast((query) => belongs(query, each)) : each;
    const step = (query && steps.get(query.packet)) ?? stepOf(tree, query?.message ?? each.message);
    steps.set(each.packet, step);
    asked = each.message.questions[0]?.name ?? asked;
    // The tree learns records from every response. A recursive query only adds its packet to the name that it asks for.
    if (!isRecursive(each) || each.message.flags.qr) learn(tree, each, step, each === sent.at(-1));
    else tree.at(step).packets.push(each.packet);
  }
  return {tree, asked};
};

const labelOf = (name: DnsName, root: string): string =>
  name === rootName ? `. ${root}` : (labelsOf(name)[0] ?? '');

/**
 * Returns the lines of the tree of domain names from the root downwards, each name below its parent; empty before the first question. What
 * an open question asks for is blank.
 */
export const treeLines = (view: View): readonly TreeLine[] => {
  const {tree, asked} = grown(view);
  const answers = answersTo(view.hidden);
  const way = asked === undefined ? [] : labelsOf(asked).map((_, at, all) => nameKey(nameOf(all.slice(at))));
  const lines: TreeLine[] = [];
  const walk = (node: Node, open: readonly boolean[]): void => {
    const shown = [...node.data].map((each) =>
      answers.some((answer) => each.endsWith(answer)) ? '?' : each,
    );
    lines.push({
      open,
      label: labelOf(node.name, treeTexts.root[view.language]),
      data: shown.join(', '),
      packets: node.packets,
      onWay: node.name === rootName || way.includes(nameKey(node.name)),
      changed: node.changed,
    });
    const children = tree.childrenOf(node.name);
    for (const [index, child] of children.entries()) walk(child, [...open, index < children.length - 1]);
  };
  const root = tree.nodes.get(rootName);
  if (root) walk(root, []);
  return lines;
};
