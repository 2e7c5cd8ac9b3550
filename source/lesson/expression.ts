// The types of expressions as plain data: answers, distractors, placeholders and checks are computed from them (docs/lessons.md,
// “Expressions”).

import type {Comparison, Filter} from './filter.ts';
import type {HostProperty} from './host-property.ts';
import type {Memory} from './memory.ts';
import type {PacketField} from './packet-field.ts';
import type {Selector} from './selector.ts';
import type {Arithmetic} from './value.ts';

export type PacketReference =
  /** The packet of the current event, written `p`. */
  | {readonly kind: 'here'}
  /** A packet by its number: `packet(2)`; `packet(2.1)` is the copy of that packet behind the first router. */
  | {readonly kind: 'number'; readonly packet: number; readonly hop?: number}
  | {readonly kind: 'first' | 'last'; readonly filter: Filter}
  /** The first or last packet that a selector finds; `name` is the name by which an expression asks for it, `packet(syn)`. */
  | {
      readonly kind: 'selected';
      readonly which: 'first' | 'last';
      readonly selector: Selector;
      readonly name?: string;
    };

export type Moment =
  | {readonly kind: 'time'; readonly us: number}
  | {readonly kind: 'selector'; readonly selector: Selector};

export type Expression =
  | {readonly kind: 'number'; readonly value: number}
  | {readonly kind: 'time'; readonly us: number}
  | {readonly kind: 'text'; readonly value: string}
  | {readonly kind: 'field'; readonly packet: PacketReference; readonly field: PacketField}
  | {
      readonly kind: 'host';
      readonly host: string;
      /** The name that the script gave the host's connection (`as`); absent: the current connection, or else the newest. */
      readonly connection?: string;
      readonly property: HostProperty;
      /** The moment at which the host's value is read; absent: the current instant. */
      readonly at?: Moment;
    }
  /** A value in a host's memory (DNS cache, hosts file, cookie jar), as in `local.cache("y.abc.com", A).ttl`. */
  | {readonly kind: 'memory'; readonly host: string; readonly of: Memory; readonly at?: Moment}
  | {readonly kind: 'count packets'; readonly filter: Filter}
  | {readonly kind: 'count events'; readonly selector: Selector}
  | {readonly kind: 'time of'; readonly selector: Selector}
  | {readonly kind: 'least' | 'greatest'; readonly of: readonly Expression[]}
  | {readonly kind: 'negate'; readonly of: Expression}
  | {
      readonly kind: 'arithmetic';
      readonly op: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {readonly kind: 'compare'; readonly op: Comparison; readonly left: Expression; readonly right: Expression}
  | {readonly kind: 'logic'; readonly op: '&&' | '||'; readonly left: Expression; readonly right: Expression};

const within = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'least':
    case 'greatest':
      return expression.of;
    case 'negate':
      return [expression.of];
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return [expression.left, expression.right];
    default:
      return [];
  }
};

/** Returns the expression and, recursively, all expressions inside it. */
export const partsOf = (expression: Expression): readonly Expression[] => [
  expression,
  ...within(expression).flatMap(partsOf),
];

/** Returns references to the packets whose fields an expression of a lesson reads. */
export const packetsIn = (expression: Expression): readonly PacketReference[] =>
  partsOf(expression).flatMap((part) => (part.kind === 'field' ? [part.packet] : []));
