// Turns a question about a packet's field into a beat that a player shows like a lesson's prediction.

import {packetOf} from '../account/packet.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import {alikeFields, senderVariables} from '../lesson/tcp/giveaways.ts';
import type {Trace} from '../sim/trace.ts';
import {promptText} from './prompt.ts';
import type {Question} from './question.ts';

export type PacketQuestion = Question & {readonly evidence: {readonly packet: number}};

/**
 * The index of such a beat is this plus the packet's number: no lesson has so many beats, and the index stays the same whatever else is
 * asked.
 */
const firstIndex = 1_000_000;

/** Returns the beat that asks the question before its packet leaves; its index stays the same while a capture grows. */
export const beatOf = (question: PacketQuestion, trace: Trace): BoundBeat => {
  const {prompt, choices, answer, hints, explain, evidence} = question;
  const {packet, field} = evidence;
  const {sendEvent, from} = packetOf(trace, packet);
  const alike: {readonly [field: string]: readonly string[] | undefined} = alikeFields;
  const variables: {readonly [field: string]: string | undefined} = senderVariables;
  const variable = variables[field];
  const held = variable === undefined ? [] : [`${from}.${variable}`];
  return {
    kind: 'prediction',
    index: firstIndex + packet,
    event: sendEvent,
    show: [],
    panels: undefined,
    ask: promptText(prompt),
    hint: hints[0],
    choices: choices.map(({id, text, value, misconception}) => ({
      id,
      text,
      value,
      correct: id === answer,
      ...(misconception === undefined ? {} : {misconception}),
    })),
    explain,
    hides: {packet, fields: [field, ...(alike[field] ?? []), ...held]},
    rfc: undefined,
  };
};
