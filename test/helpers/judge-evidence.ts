// A judge of the quiz's evidence: the run that a question names is opened as anybody would, and looked at with tshark, or in its log.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openSource} from '../../source/commands/open-source.ts';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {evaluate} from '../../source/lesson/evaluate.ts';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import type {Question} from '../../source/lesson/quiz/question.ts';
import {plainValue} from '../../source/lesson/value.ts';
import type {Trace} from '../../source/sim/trace.ts';

type Evidence = Question['evidence'];

/** The first tool that is not there. */
export const missing = ['tshark', 'mergecap'].find((tool) => spawnSync(tool, ['--version']).status !== 0);
export const isField = ({field}: Evidence): boolean => !field.includes(':');

/** What selects the run on the command line. */
const selection = ({seed, run, profile, faults}: Evidence): readonly (readonly [string, string])[] => [
  ['seed', String(seed)],
  ['run', run],
  ['profile', profile],
  ...faults.map((fault) => ['fault', fault] as const),
];

const nameOf = (evidence: Evidence): string => JSON.stringify([evidence.source, ...selection(evidence)]);

const simulated = new Map<string, Trace>();

export const traceOf = async (evidence: Evidence): Promise<Trace> => {
  const before = simulated.get(nameOf(evidence));
  if (before) return before;
  const options = selection(evidence);
  const opened = await openSource(evidence.source, {
    positionals: [evidence.source],
    flag: () => false,
    value: (name) => options.findLast(([option]) => option === name)?.[1],
    list: (name) => options.flatMap(([option, value]) => (option === name ? [value] : [])),
  });
  if (!opened.ok) throw new Error(opened.error.what.en);
  simulated.set(nameOf(evidence), opened.value.trace);
  return opened.value.trace;
};

/** Rows of fields, one for each frame of all files. */
export const tsharkRows = (file: string, fields: readonly string[]): readonly (readonly string[])[] => {
  const {stdout, stderr, status} = spawnSync(
    'tshark',
    ['-r', file, '-n', '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
    {encoding: 'utf8', maxBuffer: 512 * 2 ** 20},
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').map((line) => line.split('\t'));
};

/** Runs of one seed have the same ports and numbers: to tshark they would be one conversation, so each is in another pile. */
class Piles {
  readonly #folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  readonly #files: string[][] = [];
  readonly #counts: number[] = [];
  readonly #heights = new Map<string, number>();

  /** Gives the pile, and how many frames lie below those of the run. */
  add({source, seed}: Evidence, trace: Trace): {readonly pile: number; readonly below: number} {
    const conversation = `${source} ${seed}`;
    const pile = this.#heights.get(conversation) ?? 0;
    this.#heights.set(conversation, pile + 1);
    this.#files[pile] ??= [];
    const file = join(this.#folder, `${pile}-${this.#files[pile].length}.pcapng`);
    const pieces = captureFile({trace, format: 'pcapng', at: undefined, language: 'en', application: 'test'});
    writeFileSync(file, Buffer.concat([...(pieces ?? [])]));
    this.#files[pile].push(file);
    const below = this.#counts[pile] ?? 0;
    this.#counts[pile] = below + trace.packetCount;
    return {pile, below};
  }

  /** By pile, a row of fields for each frame. */
  read(fields: readonly string[]): readonly (readonly (readonly string[])[])[] {
    const rows = this.#files.map((files, pile) => {
      const all = join(this.#folder, `all-${pile}.pcapng`);
      const merged = spawnSync('mergecap', ['-a', '-w', all, ...files]);
      if (merged.status !== 0) throw new Error(merged.stderr.toString());
      return tsharkRows(all, fields);
    });
    rmSync(this.#folder, {recursive: true});
    return rows;
  }
}

/** What tshark prints otherwise than the questions say. */
export const judged = async (questions: readonly Question[]): Promise<readonly string[]> => {
  const asked = questions.map(({evidence}) => evidence).filter(isField);
  const piles = new Piles();
  const places = new Map<string, {readonly pile: number; readonly below: number}>();
  for (const [run, first] of new Map(asked.map((evidence) => [nameOf(evidence), evidence])))
    places.set(run, piles.add(first, await traceOf(first)));
  const fields = [...new Set(asked.map(({field}) => field))];
  const rows = piles.read(fields);
  return questions.flatMap(({id, evidence}) => {
    const place = places.get(nameOf(evidence));
    if (!place || !isField(evidence)) return [];
    const {packet, field, value} = evidence;
    const printed = rows[place.pile]?.[place.below + packet - 1]?.[fields.indexOf(field)];
    // Below others in its pile a frame has a higher number than alone.
    const found = field === 'frame.number' ? String(Number(printed) - place.below) : printed;
    return found === value ? [] : [`${id}: ${field} is ${found}, said ${value}`];
  });
};

/** What an expression of a lesson comes to at the end of the run. */
const expressed = (text: string, trace: Trace, event: number): string => {
  const names = {hosts: trace.header.hosts.map(({name}) => name), connections: [], vocabulary};
  const expression = parseExpression(text, names);
  if (!expression.ok) return expression.error[0]?.message.en ?? '?';
  const value = evaluate(expression.value, {trace, event});
  return value.ok ? String(plainValue(value.value)) : value.error.message.en;
};

/** The last change of state that the log tells of this connection, up to the instant in which the packet arrived. */
const toldState = (trace: Trace, host: string, packet: number): string => {
  const events = [...trace.events()];
  const arrival = events.find(
    (each) => each.kind === 'arrive' && each.packet === packet && each.host === host,
  );
  const altered = arrival?.kind === 'arrive' ? arrival.altered : undefined;
  const ip = (altered ?? trace.packet(packet).frame)?.payload;
  if (ip?.kind !== 'ip' || ip.packet.transport.kind !== 'tcp' || !arrival) return '?';
  const {srcPort, dstPort} = ip.packet.transport.segment;
  const connection = `${ip.packet.dst}:${dstPort} > ${ip.packet.src}:${srcPort}`;
  const listener = `${ip.packet.dst}:${dstPort} > *`;
  const states = events.filter(
    (each) => each.kind === 'state' && each.host === host && each.instant <= arrival.instant,
  );
  // A crash takes all with it, and no change of state tells of that.
  const crash = events.findLast(
    (each) => each.kind === 'call' && each.call === 'crash' && each.host === host && each.n < arrival.n,
  );
  const of = (id: string) => states.findLast((each) => each.connection === id && each.n > (crash?.n ?? 0));
  const last = of(connection);
  if (last?.kind === 'state' && last.to !== 'CLOSED') return last.to;
  const listening = of(listener);
  return listening?.kind === 'state' ? listening.to : 'CLOSED';
};

/** Questions about an instant, not about what a packet does as it arrives: the evidence holds before the event of `place`. */
const instants: readonly string[] = ['is-it-so', 'which-is-so', 'state-of-peer', 'rfc-name'];

/** The states of all connections of the host at the instant; no change of state has taken one out of CLOSED: CLOSED. */
const standing = (trace: Trace, host: string, before: number): readonly string[] => {
  const states = new Map<string, string>();
  for (const each of trace.events())
    if (each.kind === 'state' && each.host === host && each.n < before)
      states.set(each.connection ?? '', each.to);
  return states.size === 0 ? ['CLOSED'] : [...states.values()];
};

/** What the log of the run gives for an answer that is no field. */
export const told = ({kind, place, evidence}: Question, trace: Trace): string => {
  const {field, packet, value} = evidence;
  const [, what = '', rest = ''] = /^(\w+):(.*)$/.exec(field) ?? [];
  if (what === 'state' && instants.includes(kind)) {
    const found = standing(trace, rest, place.n);
    return found.includes(value) ? value : found.join(', ');
  }
  if (what === 'state') return toldState(trace, rest, packet);
  if (what === 'timer') {
    const due = [...trace.events()].flatMap((each) =>
      each.kind === 'timer' && each.name === rest ? [each.dueUs] : [],
    );
    return due.includes(Number(value)) ? value : 'no such timer';
  }
  const event = instants.includes(kind) ? place.n : trace.length;
  return what === 'expression' ? expressed(rest, trace, event) : '?';
};
