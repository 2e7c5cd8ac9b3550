// A judge of the quiz's evidence: the run that a question names is opened as anybody would, and looked at with tshark.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openSource} from '../../source/app/open-source.ts';
import {captureFile} from '../../source/io/export/capture-file.ts';
import type {Question} from '../../source/quiz/question.ts';
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
    const printed =
      packet === undefined
        ? undefined
        : rows[place.pile]?.[place.below + packet - 1]?.[fields.indexOf(field)];
    // Below others in its pile a frame has a higher number than alone.
    const found = field === 'frame.number' ? String(Number(printed) - place.below) : printed;
    return found === value ? [] : [`${id}: ${field} is ${found}, said ${value}`];
  });
};
