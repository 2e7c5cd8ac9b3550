// “Who sends the next packet of this connection?” in a capture (captured-turns.ts), with the rule that decides it.

import {segmentParts} from '../account/frame-parts.ts';
import {packetOf} from '../account/packet.ts';
import {segmentText} from '../account/summary.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {capturedTurnDraftSentences} from '../words/catalogue/questions.ts';
import type {Turn, Waits} from './captured-turns.ts';
import type {Draft, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {addressOf} from './host-names.ts';
import {packetLine} from './prompt.ts';
import {hostText} from './words.ts';

/** Why `from` waits, and why `to` does not. */
const reason = (waits: Waits, from: string, to: string): Text => {
  switch (waits.kind) {
    case 'syn':
      return wordedWithNames(capturedTurnDraftSentences.reason.syn, {from, to});
    case 'syn-ack':
      return wordedWithNames(capturedTurnDraftSentences.reason['syn-ack'], {from, to});
    case 'fin':
      return wordedWithNames(capturedTurnDraftSentences.reason.fin, {from, to});
    case 'window':
      return wordedWithNames(capturedTurnDraftSentences.reason.window, {
        from,
        ack: waits.ack,
        bytes: waits.bytes,
        to,
      });
    case 'probe':
      return wordedWithNames(capturedTurnDraftSentences.reason.probe, {to, from});
  }
};

const hints = ({kind}: Waits): Draft['hints'] => [
  capturedTurnDraftSentences.hints.whichEndMay,
  kind === 'window'
    ? capturedTurnDraftSentences.hints.compareWhereThe
    : capturedTurnDraftSentences.hints.synFINAnd,
];

const offered = (waits: Waits, to: string): Text | undefined =>
  waits.kind === 'window'
    ? wordedWithNames(capturedTurnDraftSentences.offered, {to, ack: waits.ack, bytes: waits.bytes})
    : undefined;

export const capturedTurnDraft = (trace: Trace, {shown, next, waits}: Turn): Draft | undefined => {
  const news = shown.at(-1);
  const {packet} = next.event;
  const evidence = fieldEvidence(trace, packet, 'ip.src') ?? fieldEvidence(trace, packet, 'ipv6.src');
  if (!news || !evidence) return undefined;
  const {from, to} = packetOf(trace, news.event.packet);
  const option = (host: string): Option => ({text: hostText(host), value: addressOf(trace, host)});
  const right = option(next.event.host);
  if (evidence.value !== right.value) return undefined;
  const before = offered(waits, to) ?? sameIn('');
  const why = reason(waits, from, to);
  const said = segmentText(next.segment);
  return {
    form: 'choice',
    right,
    wrong: [option(from), {text: capturedTurnDraftSentences.capturedTurnDraft.wrong.text, value: '0'}],
    prompt: [
      ...shown.map(({event, segment}) => packetLine(trace, event.packet, segmentParts(segment, []))),
      wordedWithNames(capturedTurnDraftSentences.prompt, {before, packet: news.event.packet, to}),
    ],
    hints: hints(waits),
    explain: wordedWithNames(capturedTurnDraftSentences.capturedTurnDraft.explain, {why, packet, to, said}),
    n: next.event.n,
    evidence,
  };
};
