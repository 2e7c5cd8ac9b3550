// Tells what applications did and packets do not show: what a cache contained, the server that a resolver asks next, the result of a call.

import {spokenName, spokenRecord} from '../account/dns-parts.ts';
import {type Language, spaced} from '../lesson/text.ts';
import type {AppNote} from '../sim/apps.ts';
import type {EventOf} from '../sim/trace.ts';
import type {DnsRecord} from '../wire/dns/message.ts';
import {type DnsName, rootName} from '../wire/dns/name.ts';
import {typeName} from '../wire/dns/registry.ts';
import {callText} from './call-text.ts';
import {cacheVerbs, faultWords, noteSentences} from './catalogue/apps.ts';
import {httpNoteText, httpResultText} from './http-text.ts';
import {tlsEventText} from './tls-text.ts';
import {terminal} from './written.ts';

type Kind = 'note' | 'answer' | 'app-timer' | 'tls';
export type AppTraceEvent = EventOf<Kind>;

const recordsText = (records: readonly DnsRecord[]): string => records.map(spokenRecord).join(', ');

const questionText = (name: DnsName, type: number): string => `${spokenName(name)} ${typeName(type)}`;

const cacheText = (note: Extract<AppNote, {kind: 'cache'}>, language: Language): string => {
  if (note.op === 'flush') return noteSentences.flush[language]({entries: note.entries});
  const {op, name, type, negative, ttl, records} = note;
  const verb = cacheVerbs[op][language];
  if (op === 'miss') return noteSentences.cache[language]({verb, what: questionText(name, type)});
  if (negative)
    return noteSentences.negative[language]({verb, what: questionText(name, type), negative, ttl});
  // The text on records from a cache gives the remaining TTL, not the original one.
  const left = records.map((record) => ({...record, ttl}));
  return noteSentences.cache[language]({verb, what: recordsText(left) || questionText(name, type)});
};

const noteText = (note: AppNote, language: Language): string => {
  switch (note.kind) {
    case 'cache':
      return cacheText(note, language);
    case 'hosts':
      return noteSentences.hosts[language]({records: recordsText(note.records)});
    case 'zone':
      // A resolver gets no referral to the root zone: it asks the root's servers first, or forwards to another resolver (RFC 1035 §4.1.1).
      if (note.zone === rootName)
        return (note.from === 'referral' ? noteSentences.forward : noteSentences.root)[language];
      return noteSentences.zone[language]({zone: spokenName(note.zone)});
    case 'alias':
      return noteSentences.alias[language]({name: spokenName(note.name), target: spokenName(note.target)});
    case 'address':
      return noteSentences.address[language]({server: spokenName(note.server)});
    case 'server':
      return noteSentences.server[language]({server: note.server, why: faultWords[note.fault][language]});
    case 'scrubbed':
      return noteSentences.scrubbed[language]({records: recordsText(note.records)});
    case 'failed':
      return noteSentences.failed[language]({what: questionText(note.name, note.type)});
    case 'edit':
      return noteSentences.edit[language]({
        origin: spokenName(note.origin),
        records: recordsText(note.records),
        serial: note.serial,
      });
    default:
      return httpNoteText(note, language);
  }
};

const resultText = ({action, answer}: EventOf<'answer'>): string => {
  if ('exchanges' in answer) return httpResultText(action, answer);
  const isFound = 'chain' in answer && answer.result === 'ok';
  return isFound ? recordsText([...answer.chain, ...answer.records]) : answer.result;
};

/** Returns an application's call, such as `connect(server:80)`, and its result, as a program would print them. */
export const answerParts = (event: EventOf<'answer'>): {readonly call: string; readonly result: string} => ({
  call: terminal.text(callText(event.action)),
  result: terminal.text(spaced(resultText(event))),
});

const answerText = (event: EventOf<'answer'>): string => {
  const {call, result} = answerParts(event);
  return `${call} = ${result}`;
};

/** Returns the text of an event of an application, DNS, HTTP or TLS, without host and time; undefined if the event is not worth a line. */
export const appEventText = (event: AppTraceEvent, language: Language): string | undefined => {
  if (event.kind === 'app-timer')
    return event.op === 'fire'
      ? noteSentences.timer[language]({timer: terminal.text(event.timer)})
      : undefined;
  if (event.kind === 'tls') {
    const told = tlsEventText(event.what, language);
    return told && terminal.text(spaced(told));
  }
  const text = event.kind === 'answer' ? answerText(event) : noteText(event.note, language);
  return terminal.text(spaced(text));
};
