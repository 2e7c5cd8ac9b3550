// Runs the Python code in a packetdrill script. Variables last from one block to the next, because packetdrill makes one program of all
// blocks.
import {type Fault, missingFault, valueFault} from './failure.ts';
import type {CodeExpression, Comparison, Statement} from './script.ts';

type Value = string | number;
/** Returns a field of the connection's TCP_INFO by its name; undefined if the program does not keep it. */
export type FieldOf = (name: string) => Value | undefined;

/**
 * Names that a script's code may use: Python's True and False, and of linux/tcp.h enum tcp_ca_state, bits of tcpi_options and the TCP
 * states.
 */
const constants: Readonly<Record<string, Value>> = {
  True: 1,
  False: 0,
  TCP_CA_Open: 0,
  TCP_CA_Disorder: 1,
  TCP_CA_CWR: 2,
  TCP_CA_Recovery: 3,
  TCP_CA_Loss: 4,
  TCPI_OPT_TIMESTAMPS: 1,
  TCPI_OPT_SACK: 2,
  TCPI_OPT_WSCALE: 4,
  TCPI_OPT_ECN: 8,
  TCPI_OPT_ECN_SEEN: 16,
  TCPI_OPT_SYN_DATA: 32,
  TCPI_OPT_USEC_TS: 64,
  TCPI_OPT_TFO_CHILD: 128,
  // The names of states in net/tcp_states.h differ from the RFC's; a script compares them with tcpi_state by name.
  TCP_ESTABLISHED: 'ESTABLISHED',
  TCP_SYN_SENT: 'SYN_SENT',
  TCP_SYN_RECV: 'SYN_RECEIVED',
  TCP_FIN_WAIT1: 'FIN_WAIT_1',
  TCP_FIN_WAIT2: 'FIN_WAIT_2',
  TCP_TIME_WAIT: 'TIME_WAIT',
  TCP_CLOSE: 'CLOSED',
  TCP_CLOSE_WAIT: 'CLOSE_WAIT',
  TCP_LAST_ACK: 'LAST_ACK',
  TCP_LISTEN: 'LISTEN',
  TCP_CLOSING: 'CLOSING',
};

/** How often a loop in a script's code may run before it fails; a longer one would probably never end. */
const mostRounds = 100_000;

/** Thrown where a script's code cannot go on, and caught in `run`, which returns its fault. */
class CodeFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super('code');
    this.fault = fault;
  }
}

const notHad = (detail: string): never => {
  throw new CodeFault(missingFault('code', detail));
};

const floorDivision = (a: number, b: number): number => Math.floor(a / b);

const power = (base: number, exponent: number): number => {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 1024) return notHad('**');
  let result = 1;
  for (let i = 0; i < Math.abs(exponent); i++) result *= base;
  return exponent < 0 ? 1 / result : result;
};

/** Returns a bitwise operation on whole numbers of any size; a number with a fraction makes the script fail. */
const onBits = (of: (a: bigint, b: bigint) => bigint) => (a: number, b: number) => {
  if (!Number.isInteger(a) || !Number.isInteger(b)) return notHad(`${a}, ${b}`);
  return Number(of(BigInt(a), BigInt(b)));
};

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': floorDivision,
  '%': (a, b) => a - floorDivision(a, b) * b,
  '**': power,
  '&': onBits((a, b) => a & b),
  '|': onBits((a, b) => a | b),
  '^': onBits((a, b) => a ^ b),
  '<<': onBits((a, b) => a << b),
  '>>': onBits((a, b) => a >> b),
};

/** Rounds as Python's round() does: a half goes to the even number. */
const rounded = (value: number): number => {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
};

const functions: Readonly<Record<string, (...values: readonly number[]) => number>> = {
  abs: (value = 0) => Math.abs(value),
  min: (...values) => Math.min(...values),
  max: (...values) => Math.max(...values),
  int: (value = 0) => Math.trunc(value),
  float: (value = 0) => value,
  round: (value = 0) => rounded(value),
};

const holds: Readonly<Record<Comparison, (a: Value, b: Value) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

const turned: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

const textOf = (expression: CodeExpression): string => {
  switch (expression.kind) {
    case 'value':
      return `${expression.value}`;
    case 'name':
      return expression.name;
    case 'operation':
      return `${textOf(expression.left)} ${expression.sign} ${textOf(expression.right)}`;
    case 'sign':
      return `${expression.sign}${textOf(expression.of)}`;
    case 'call':
      return `${expression.name}(${expression.items.map(textOf).join(', ')})`;
    default:
      return '…';
  }
};

/** Tells whether an expression in a script's code reads a field of TCP_INFO, whose names begin with `tcpi_`. */
const asks = (expression: CodeExpression): boolean => {
  if (expression.kind === 'name') return expression.name.startsWith('tcpi_');
  if (expression.kind === 'operation') return asks(expression.left) || asks(expression.right);
  return expression.kind === 'call'
    ? expression.items.some(asks)
    : expression.kind === 'sign' && asks(expression.of);
};

export class Code {
  readonly #variables = new Map<string, Value>();
  #fieldOf: FieldOf = () => undefined;

  /**
   * Runs the statements of a script's code. Returns the fault of the first assertion that does not hold or expression that cannot be
   * computed; undefined if all is well.
   */
  run(statements: readonly Statement[], fieldOf: FieldOf): Fault | undefined {
    this.#fieldOf = fieldOf;
    try {
      this.#block(statements);
      return undefined;
    } catch (error) {
      if (!(error instanceof CodeFault)) throw error;
      return error.fault;
    }
  }

  #block(statements: readonly Statement[]): void {
    for (const statement of statements) this.#do(statement);
  }

  #do(statement: Statement): void {
    switch (statement.kind) {
      case 'assert':
        this.#assert(statement.what);
        return;
      case 'assign':
        this.#variables.set(statement.name, this.#value(statement.value));
        return;
      case 'if':
        this.#block(this.#isTrue(statement.when) ? statement.body : statement.otherwise);
        return;
      case 'while':
        this.#repeat(statement);
        return;
      case 'for':
        this.#count(statement);
        return;
      case 'nothing':
        return;
      case 'unknown':
        notHad(statement.text);
    }
  }

  #repeat({when, body}: Extract<Statement, {kind: 'while'}>): void {
    for (let round = 0; this.#isTrue(when); round++) {
      if (round >= mostRounds) notHad('while');
      this.#block(body);
    }
  }

  #count({name, range, body}: Extract<Statement, {kind: 'for'}>): void {
    const bounds = range.map((bound) => this.#number(bound));
    const [first = 0, second, step = 1] = bounds;
    const [from, to] = second === undefined ? [0, first] : [first, second];
    if (step === 0 || (to - from) / step > mostRounds) notHad('range');
    for (let at = from; step > 0 ? at < to : at > to; at += step) {
      this.#variables.set(name, at);
      this.#block(body);
    }
  }

  /** Checks an `assert` in a script's code. A failure names the comparison that does not hold, with the field of TCP_INFO on its left. */
  #assert(what: CodeExpression): void {
    if (what.kind === 'all') {
      for (const part of what.parts) this.#assert(part);
      return;
    }
    if (this.#isTrue(what)) return;
    if (what.kind !== 'comparison') throw new CodeFault(valueFault(textOf(what), 'True', 'False'));
    const swapped = asks(what.right) && !asks(what.left);
    const [left, right] = swapped ? [what.right, what.left] : [what.left, what.right];
    const sign = swapped ? turned[what.sign] : what.sign;
    const [actual, wanted] = [this.#value(left), this.#value(right)];
    throw new CodeFault(valueFault(`${textOf(left)} ${sign}`, `${wanted}`, `${actual}`));
  }

  #isTrue(expression: CodeExpression): boolean {
    switch (expression.kind) {
      case 'all':
        return expression.parts.every((part) => this.#isTrue(part));
      case 'any':
        return expression.parts.some((part) => this.#isTrue(part));
      case 'not':
        return !this.#isTrue(expression.of);
      case 'comparison':
        return holds[expression.sign](this.#value(expression.left), this.#value(expression.right));
      default: {
        const value = this.#value(expression);
        return value !== 0 && value !== '';
      }
    }
  }

  #number(expression: CodeExpression): number {
    const value = this.#value(expression);
    return typeof value === 'number' ? value : notHad(textOf(expression));
  }

  #value(expression: CodeExpression): Value {
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'name':
        return this.#named(expression.name);
      case 'sign': {
        const value = this.#number(expression.of);
        return expression.sign === '~' ? -value - 1 : expression.sign === '-' ? -value : value;
      }
      case 'operation': {
        const [left, right] = [this.#number(expression.left), this.#number(expression.right)];
        return operations[expression.sign]?.(left, right) ?? notHad(expression.sign);
      }
      case 'call': {
        const {name, items} = expression;
        const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
        return called === undefined
          ? notHad(`${name}()`)
          : called(...items.map((item) => this.#number(item)));
      }
      case 'choice':
        return this.#value(this.#isTrue(expression.when) ? expression.value : expression.otherwise);
      default:
        return this.#isTrue(expression) ? 1 : 0;
    }
  }

  #named(name: string): Value {
    const variable = this.#variables.get(name);
    if (variable !== undefined) return variable;
    if (name.startsWith('tcpi_')) {
      const found = this.#fieldOf(name);
      if (found === undefined) throw new CodeFault(missingFault('tcpInfo', name));
      return found;
    }
    const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
    if (constant !== undefined) return constant;
    return name.startsWith('TCPI_') ? name.slice('TCPI_'.length) : notHad(name);
  }
}
