// Selects the findings that concern one conversation: those about it, about names that it resolved or that its server has, about its hosts,
// and about a crowd that it belongs to.
import {type About, type Finding, isWrong, keyOf} from './finding.ts';

/**
 * Tells what a conversation of a capture is and depends on, for selecting findings. `about` are the subjects that stand for the
 * conversation itself; `names` and `hosts` are those it depends on.
 */
export type Concern = {
  readonly about: readonly About[];
  readonly names: readonly string[];
  readonly hosts: readonly string[];
};

/** Returns the places of findings in their list, by the subjects they are about and the connections they cover. */
const indexOf = (findings: readonly Finding[]): ReadonlyMap<string, readonly number[]> => {
  const index = new Map<string, number[]>();
  for (const [place, {about, covers}] of findings.entries()) {
    const hosts = 'hosts' in about ? about.hosts.map((host) => ({hosts: [host]})) : [about];
    for (const each of [...hosts, ...covers.map((connection) => ({connection}))]) {
      const known = index.get(keyOf(each));
      if (known) known.push(place);
      else index.set(keyOf(each), [place]);
    }
  }
  return index;
};

/**
 * Returns a function that gives the findings that concern a conversation, in their order. Notes about a name or a host concern no
 * conversation.
 */
export const concerning = (
  findings: readonly Finding[],
): ((concern: Concern) => readonly {readonly place: number; readonly finding: Finding}[]) => {
  const index = indexOf(findings);
  const at = (abouts: readonly About[]): readonly number[] =>
    abouts.flatMap((about) => index.get(keyOf(about)) ?? []);
  return ({about, names, hosts}) => {
    const known = new Set(hosts);
    const own = new Set(at(about));
    const isBehind = (finding: Finding): boolean =>
      isWrong(finding) &&
      (!('hosts' in finding.about) || finding.about.hosts.every((host) => known.has(host)));
    const behind = at([...names.map((name) => ({name})), ...hosts.map((host) => ({hosts: [host]}))]);
    return [...new Set([...own, ...behind])]
      .toSorted((a, b) => a - b)
      .flatMap((place) => {
        const finding = findings[place];
        return finding && (own.has(place) || isBehind(finding)) ? [{place, finding}] : [];
      });
  };
};
