// Finds the events of a DNS run that have a row in the ladder without a packet: calls that no other host notices, and names that a host
// answers itself.

import {spokenData, spokenName} from '../../account/dns-parts.ts';
import {instantsFrom, worldAt} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {AppNote} from '../../sim/apps.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {oncePer} from '../../wire/once-per.ts';
import {noteSentences} from '../../words/catalogue/apps.ts';
import {happeningTexts} from '../../words/catalogue/happenings.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {terminal} from '../../words/written.ts';

export type Happening = {
  readonly event: EventOf<'call'> | EventOf<'answer'>;
  /** The notes of the host's programs at the instant of a DNS call or answer, which tell where the answer came from. */
  readonly notes: readonly AppNote[];
};

/** A text of the ladder in several forms, from the whole text to the shortest. */
export type HappeningText = readonly [string, ...string[]];

const toldCalls: readonly string[] = ['setHosts', 'editZone', 'flushCache', 'crash', 'reboot'];

/** The time in µs of the last packet that arrived at each host, by the host's name. */
type Landings = ReadonlyMap<string, number>;

const isTold = (event: TraceEvent, landed: Landings): event is EventOf<'call'> | EventOf<'answer'> => {
  if (event.kind === 'call') return toldCalls.includes(event.call);
  // An answer that came with a packet at this instant gets no row of its own, because the packet's row shows it.
  return event.kind === 'answer' && event.action.call === 'resolve' && landed.get(event.host) !== event.atUs;
};

const toldIn = (instant: readonly TraceEvent[], landed: Landings): Happening[] =>
  instant.flatMap((event): Happening[] => {
    if (!isTold(event, landed)) return [];
    const notes = instant.flatMap((other) =>
      other.kind === 'note' && other.host === event.host ? [other.note] : [],
    );
    return [{event, notes}];
  });

/**
 * Returns the DNS calls and answers of a run that have a row in the ladder without a packet, in the order of events; empty unless a host
 * has a role in DNS.
 */
export const happeningsIn = oncePer((trace: Trace): readonly Happening[] => {
  const hosts = Object.values(worldAt(trace, 0)?.hosts ?? {});
  if (!hosts.some((host) => dnsRoleOn(host) !== undefined)) return [];
  const all: Happening[] = [];
  const landed = new Map<string, number>();
  for (const instant of instantsFrom(trace)) {
    for (const {kind, host, atUs} of instant) if (kind === 'arrive') landed.set(host, atUs);
    const known = instant.filter((event) => mayKnow(trace, event));
    all.push(...toldIn(known, landed));
  }
  return all;
});

const joined = (lead: Text, language: Language, name: string, rest: string): readonly [string, string] => {
  const start = `${lead[language]}${punctuation.space[language]}`;
  return [`${start}${name} ${rest}`, `${start}${rest}`];
};

const callText = (
  {action}: EventOf<'call'>,
  notes: readonly AppNote[],
  language: Language,
): HappeningText => {
  switch (action.call) {
    case 'setHosts': {
      const [entry] = action.entries;
      return entry
        ? joined(happeningTexts.setHosts, language, spokenName(entry.name), entry.address)
        : [happeningTexts.noHosts[language]];
    }
    case 'editZone': {
      const [record] = action.records;
      const rest = record && `${record.ttl} ${typeName(record.type)} ${spokenData(record.data)}`;
      return record && rest
        ? joined(happeningTexts.editZone, language, spokenName(record.name), rest)
        : [happeningTexts.removed[language]];
    }
    case 'flushCache': {
      const note = notes.find((each) => each.kind === 'cache' && each.op === 'flush');
      const entries = note?.kind === 'cache' && note.op === 'flush' ? note.entries : 0;
      return [noteSentences.flush[language]({entries})];
    }
    default:
      return [happeningTexts[action.call === 'reboot' ? 'reboot' : 'crash'][language]];
  }
};

/**
 * Returns the text for the result of a failed call: words for a timeout and for EINVAL, otherwise the result itself, such as a DNS error.
 */
const resultWord = (result: string, language: Language): string => {
  if (result === 'timedOut') return happeningTexts.timedOut[language];
  return result === 'EINVAL' ? happeningTexts.invalid[language] : result;
};

const answerText = (
  {action, answer}: EventOf<'answer'>,
  notes: readonly AppNote[],
  language: Language,
): HappeningText => {
  if (action.call !== 'resolve') return [resultWord(answer.result, language)];
  const name = action.name.replace(/\.$/, '');
  const records = 'records' in answer ? answer.records : [];
  const data = records.map((record) => spokenData(record.data)).join(', ');
  const got = answer.result === 'ok' ? data : resultWord(answer.result, language);
  const fromHosts = notes.some(({kind}) => kind === 'hosts');
  const fromCache = notes.some((note) => note.kind === 'cache' && note.op === 'hit');
  const source = happeningTexts[fromHosts ? 'fromHosts' : fromCache ? 'fromCache' : 'failed'];
  const [whole, ...short] = joined(source, language, `${name} ${typeName(action.type)}`, got);
  return [whole, joined(source, language, name, got)[0], ...short];
};

export const happeningText = ({event, notes}: Happening, language: Language): HappeningText => {
  const [whole, ...shorter] =
    event.kind === 'call' ? callText(event, notes, language) : answerText(event, notes, language);
  return [terminal.text(whole), ...shorter.map(terminal.text)];
};
