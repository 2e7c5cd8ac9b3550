// Turns a question about a packet into a beat of the run, as a lesson's prediction is one.

import {packetOf} from '../account/packet.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import {alikeFields, senderVariables} from '../lesson/tcp/giveaways.ts';
import type {Trace} from '../sim/trace.ts';
import {promptText} from './prompt.ts';
import type {Question} from './question.ts';

export type PacketQuestion = Question & {readonly evidence: {readonly packet: number}};

/**
 * No lesson has this many beats. The question about a packet keeps its number, whichever questions were asked before or are asked no more.
 */
const firstIndex = 1_000_000;

/** Returns the beat that asks before the packet leaves, which stays the same place when more of a capture arrives. */
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
