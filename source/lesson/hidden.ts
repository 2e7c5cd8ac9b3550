// Lists what a prediction hides on the screen until it is answered: the asked field and all that follows from it.
import {entryAt} from '../account/entries.ts';
import {evaluate, type Instant} from './evaluate.ts';
import {type Expression, partsOf} from './expression.ts';
import type {Beat} from './lesson.ts';
import {memoryText} from './memory.ts';
import type {PacketField} from './packet-field.ts';
import {firstEvent, packetAt} from './packet-reference.ts';
import {alikeFields, senderVariables} from './tcp/giveaways.ts';
import {comparable, compare} from './value.ts';

type Prediction = Extract<Beat, {kind: 'prediction'}>;

export type Hidden = {
  readonly packet: number | undefined;
  readonly fields: readonly string[];
  /** True if the time of the prediction's event has to be hidden, because the answer is that time or is computed from it. */
  readonly timed?: true;
};

/**
 * Tells whether the answer of a prediction is computed from the times of events, the latest of which is the time of this instant; false if
 * the answer has no value.
 */
const isTimed = (answer: Expression, instant: Instant): boolean => {
  if (!evaluate(answer, instant).ok) return false;
  const {trace, event} = instant;
  const times = partsOf(answer).flatMap((part) =>
    part.kind === 'time of' ? [firstEvent(part.selector, trace)].filter((n) => n > 0) : [],
  );
  const [own, ...all] = [event, ...times].map((n) => entryAt(trace, n).atUs);
  return all.length > 0 && Math.max(...all) === own;
};

export const hiddenBy = (beat: Prediction, instant: Instant): Hidden => {
  const answer = beat.choices.find((choice) => choice.correct)?.value;
  const record = packetAt({kind: 'here'}, instant);
  const asked = record && beat.asks.length === 0 && answer ? askedOf(answer, record.id, instant) : beat.asks;
  const timed = answer !== undefined && isTimed(answer, instant) ? {timed: true as const} : {};
  if (!record || asked.length === 0)
    return {packet: undefined, fields: answer ? valuesAsked(answer) : [], ...timed};
  const fields = asked.flatMap((field) => {
    const name = senderVariables[field];
    return [field, ...(alikeFields[field] ?? []), ...(name ? [`${record.from}.${name}`] : [])];
  });
  return {packet: record.id, fields: [...new Set(fields)], ...timed};
};

/**
 * Returns the field that the answer of a prediction reads from the current packet, as `packet(3).flags` does if `packet` is 3; none
 * otherwise.
 */
const askedOf = (answer: Expression, packet: number, instant: Instant): readonly PacketField[] =>
  answer.kind === 'field' && packetAt(answer.packet, instant)?.id === packet ? [answer.field] : [];

/** Returns the names of the values that an answer asks for, to be hidden: those of hosts, such as `client.cwnd`, and `time` or `count`. */
const valuesAsked = (answer: Expression): readonly string[] => {
  switch (answer.kind) {
    case 'host':
      return [`${answer.host}.${answer.property}`];
    case 'memory':
      return [memoryText(answer)];
    case 'time of':
      return ['time'];
    case 'count packets':
    case 'count events':
      return ['count'];
    case 'arithmetic':
      return [...new Set([...valuesAsked(answer.left), ...valuesAsked(answer.right)])];
    default:
      return [];
  }
};

/** Tells whether an expression in a text that is shown before the answer to a prediction reveals a hidden value. */
export const givesAway = (
  shown: Expression,
  hidden: Pick<Hidden, 'packet' | 'fields'>,
  instant: Instant,
): boolean => {
  if (shown.kind === 'arithmetic')
    return givesAway(shown.left, hidden, instant) || givesAway(shown.right, hidden, instant);
  if (shown.kind === 'field') {
    return hidden.fields.includes(shown.field) && packetAt(shown.packet, instant)?.id === hidden.packet;
  }
  if (shown.kind === 'memory') return hidden.fields.includes(memoryText(shown)) && shown.at === undefined;
  return (
    shown.kind === 'host' &&
    hidden.fields.includes(`${shown.host}.${shown.property}`) &&
    shown.at === undefined
  );
};

/** Returns the packet fields that a prediction asks for (`asks`) whose real value in this run is not the answer. */
export const wrongAsks = (beat: Prediction, instant: Instant): readonly PacketField[] => {
  const answer = beat.choices.find((choice) => choice.correct)?.value;
  const right = answer && evaluate(answer, instant);
  if (!right?.ok) return [];
  return beat.asks.filter((field) => {
    const real = evaluate({kind: 'field', packet: {kind: 'here'}, field}, instant);
    // `tcp.flags` is a number, for instance, and `flags` a text, which cannot be compared.
    return !real.ok || !comparable(real.value, right.value) || !compare(real.value, '==', right.value);
  });
};

/** Tells whether a prediction's answer is a literal value that nothing checks: the beat has neither `asks` nor `holds`. */
export const isAssumed = ({asks, holds, choices}: Prediction): boolean => {
  const answer = choices.find((choice) => choice.correct)?.value;
  if (answer === undefined || asks.length > 0 || holds !== undefined) return false;
  return answer.kind === 'number' || answer.kind === 'time' || answer.kind === 'text';
};
