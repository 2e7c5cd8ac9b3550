// The calls of packetdrill scripts on files and pipes: open(2), pipe(2), sendfile(2), splice(2). Only the number of bytes counts, not their
// values.
import {
  type Arguments,
  type CallContext,
  failed,
  missing,
  numberOf,
  type Outcome,
  read,
  returned,
  wordsOf,
} from './calls.ts';
import {write} from './writing.ts';

/** A file that a script opens; every read finds as many bytes as it asks for. */
class File {}

/** A pipe of a script; both of its descriptors share the number of bytes in it. */
class Pipe {
  readonly held: {bytes: number};
  constructor(held: {bytes: number}) {
    this.held = held;
  }
}

/** The capacity of a pipe in bytes (pipe(7)). */
const pipeRoom = 65_536;

const open = (context: CallContext): Outcome => ({
  kind: 'made',
  bind: (descriptor) => context.things.set(descriptor, new File()),
});

const pipe = (context: CallContext, [ends]: Arguments): Outcome => {
  const numbers = ends?.kind === 'list' ? ends.items.flatMap((item) => numberOf(item) ?? []) : [];
  if (numbers.length !== 2) return missing('argument', 'pipe');
  const held = {bytes: 0};
  for (const number of numbers) context.things.set(number, new Pipe(held));
  return returned(0);
};

const sendfile = (context: CallContext, [to, from, , count]: Arguments): Outcome => {
  const socket = context.sockets.get(numberOf(to) ?? -1);
  const bytes = numberOf(count);
  if (socket === undefined || !(context.things.get(numberOf(from) ?? -1) instanceof File))
    return failed('EBADF');
  if (bytes === undefined) return missing('argument', 'sendfile');
  return write(context, socket, {bytes, more: false, ends: false});
};

/** Returns the outcome of a splice() after adding the bytes that it moved to the pipe (`sign` 1), or taking them from it (−1). */
const moved = (outcome: Outcome, held: {bytes: number}, sign: 1 | -1): Outcome => {
  if (outcome.kind === 'blocked') return {...outcome, retry: () => moved(outcome.retry(), held, sign)};
  if (outcome.kind === 'returned' && outcome.value > 0) held.bytes += sign * outcome.value;
  return outcome;
};

const splice = (context: CallContext, [from, , to, , length, flagWords]: Arguments): Outcome => {
  const flags = wordsOf(flagWords);
  const bytes = numberOf(length);
  if (bytes === undefined) return missing('argument', 'splice');
  const dontWait = flags.includes('SPLICE_F_NONBLOCK');
  const [source, target] = [numberOf(from) ?? -1, numberOf(to) ?? -1];
  const [into, outOf] = [context.things.get(target), context.things.get(source)];
  const [reader, writer] = [context.sockets.get(source), context.sockets.get(target)];
  if (into instanceof Pipe && reader !== undefined) {
    const most = Math.min(bytes, pipeRoom - into.held.bytes);
    return moved(read(context, reader, {bytes: most, peek: false, dontWait}), into.held, 1);
  }
  if (outOf instanceof Pipe && writer !== undefined) {
    const most = Math.min(bytes, outOf.held.bytes);
    if (most === 0) return dontWait ? failed('EWOULDBLOCK') : returned(0);
    const more = flags.includes('SPLICE_F_MORE');
    return moved(write(context, writer, {bytes: most, more, ends: false}), outOf.held, -1);
  }
  if (outOf instanceof File && into instanceof Pipe) {
    const most = Math.min(bytes, pipeRoom - into.held.bytes);
    into.held.bytes += most;
    return returned(most);
  }
  return failed(into === undefined && writer === undefined ? 'EBADF' : 'EINVAL');
};

export const fileCalls: Readonly<Record<string, (context: CallContext, args: Arguments) => Outcome>> = {
  open,
  pipe,
  sendfile,
  splice,
};
