// Reads the names of packets in a lesson: `packets:` names them by selectors, `as:` of a beat names the packet of the beat's event.
import {type Expression, packetsIn} from './expression.ts';
import {Problems} from './problems.ts';
import type {BeatFile, LessonFile} from './schema.ts';
import type {Selector} from './selector.ts';
import {readSelector} from './selector-parser.ts';
import type {Names} from './vocabulary.ts';

type PacketNames = NonNullable<Names['packets']>;

export const readPacketNames = (
  {packets = {}}: Pick<LessonFile, 'packets'>,
  names: Names,
  problems: Problems,
): PacketNames => {
  const found = new Map<string, Selector>();
  for (const [name, data] of Object.entries(packets)) {
    const selector = readSelector(data, ['packets', name], names, problems);
    if (selector) found.set(name, selector);
  }
  return found;
};

/**
 * Returns the known names with the packet names that beats give by `as`. Errors in the beats' selectors are not reported here, but where
 * the beats are read.
 */
export const withBeats = (beats: readonly BeatFile[], names: Names): Names => {
  const packets = new Map(names.packets);
  for (const {as, when, before} of beats) {
    const data = when ?? before;
    const selector = as !== undefined && data ? readSelector(data, [], names, new Problems()) : undefined;
    if (as !== undefined && selector) packets.set(as, selector);
  }
  return {...names, packets};
};

/** Returns the packet names that an expression uses. */
export const packetNamesIn = (expression: Expression): readonly string[] =>
  packetsIn(expression).flatMap((packet) => (packet.kind === 'selected' ? (packet.name ?? []) : []));
