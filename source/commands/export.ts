// `export`: the run as a capture file, JSON lines, text, a document or a packetdrill script, to a file or into a pipe.
import process from 'node:process';
import {captureFile} from '../io/export/capture-file.ts';
import {writeWhole} from '../io/files.ts';
import {
  binaryToTerminal,
  cannotWrite,
  formatMissing,
  noHost,
  noScriptOf,
  severalLinkTypes,
} from '../present/text/errors.ts';
import {wholeRunOnly} from '../present/text/export-errors.ts';
import {keyLogOf} from '../sim/key-log.ts';
import type {Arguments, Command, Context, Failure, OptionSpec, Outcome} from './command.ts';
import {documentFormats, documentPieces, whySentences} from './documents.ts';
import type {Opened} from './open-lesson.ts';
import {openSource} from './open-source.ts';
import {connectionOptions, known, runOptions} from './options.ts';
import {printPieces, printWarning} from './print.ts';
import {jsonLines} from './telling.ts';
import {version} from './version.ts';

const formats = ['pcapng', 'pcap', 'json', ...documentFormats, 'anki', 'cast', 'pkt'] as const;
type Format = (typeof formats)[number];

const isDocument = (format: Format): format is (typeof documentFormats)[number] =>
  documentFormats.some((each) => each === format);

/** Those that have a place from which the run is seen: the others show all of it. */
const placed: readonly Format[] = ['pcapng', 'pcap', 'pkt'];

const options: readonly OptionSpec[] = [
  ...connectionOptions,
  {
    name: 'format',
    kind: 'value',
    choices: formats,
    describe: {en: `one of ${formats.join(', ')}`, zh: `可选：${formats.join('、')}`},
  },
  {
    name: 'output',
    alias: 'o',
    kind: 'value',
    describe: {en: 'the file to write; absent: standard output', zh: '写到哪个文件；不写则输出到标准输出'},
  },
  {
    name: 'keylog',
    kind: 'value',
    describe: {
      en: 'a file for the secrets of TLS; pcapng has them inside, too',
      zh: '把 TLS 密钥另写到这个文件；pcapng 文件里也带有',
    },
  },
  {
    name: 'at',
    kind: 'value',
    describe: {
      en: 'capture or script of what this host saw',
      zh: '以这台主机为抓包点；脚本也写它看到的',
    },
  },
];

/** Without a host: the first that has a part in a connection. */
const scriptOf = async (
  {trace, run, source}: Opened,
  at: string | undefined,
): Promise<readonly string[] | Failure> => {
  if (run === undefined) return {...noScriptOf(source), exit: 2};
  const {toPacketdrill} = await import('../lesson/packetdrill/export.ts');
  const {profiles, settingsFor} = await import('../stack/tcp/profiles.ts');
  const hosts = run.hosts.filter(({name}) => at === undefined || name === at);
  let failure: Failure = {...noScriptOf(source), exit: 2};
  for (const {name, tcp} of hosts) {
    const settings = settingsFor(run.profile, tcp);
    const script = toPacketdrill(trace, {host: name, settings, base: profiles[run.profile]});
    if (script.ok) return [script.value];
    failure = {what: script.error.message, remedy: script.error.remedy, exit: 1};
  }
  return failure;
};

/** The file's pieces; a failure where this run cannot have this form. */
const piecesOf = async (
  opened: Opened,
  format: Format,
  args: Arguments,
  context: Context,
): Promise<Iterable<Uint8Array | string> | Failure> => {
  const at = args.value('at');
  if (at !== undefined && !placed.includes(format)) return {...wholeRunOnly(format, placed), exit: 2};
  if (format === 'json') {
    const lines = jsonLines(opened, context.language);
    return (function* () {
      for (const line of lines) yield `${line}\n`;
    })();
  }
  if (isDocument(format)) return documentPieces(opened, format, context);
  if (format === 'anki') return (await import('./anki.ts')).ankiPieces(opened, args);
  if (format === 'cast') return (await import('./recording.ts')).recordingPieces(opened, context);
  const hosts = opened.trace.header.hosts.map(({name}) => name);
  if (at !== undefined && !hosts.includes(at)) return {...noHost(at, hosts), exit: 2};
  if (format === 'pkt') return scriptOf(opened, at);
  const application = `packet-tutor ${version}`;
  const {trace} = opened;
  const {language} = context;
  const why = whySentences(language);
  const pieces = captureFile({trace, format, at, language, application, why});
  return pieces ?? {...severalLinkTypes(), exit: 2};
};

/** The secrets beside the capture, for what has no place for them. With a capture as source the file is read, not written. */
const writeKeyLog = (file: string | undefined, {trace, replay}: Opened): Outcome =>
  file === undefined || !replay ? 0 : writeFile(file, [keyLogOf(trace)]);

const writeFile = (file: string, pieces: Iterable<Uint8Array | string>): Outcome => {
  const whole = Buffer.concat([...pieces].map((piece) => Buffer.from(piece)));
  const written = writeWhole(file, whole);
  if (written.ok) return 0;
  return {
    ...cannotWrite(file, written.error.code === 'system' ? written.error.name : written.error.code),
    exit: 2,
  };
};

export const exportCommand: Command = {
  options: [...runOptions, ...options],
  run: async (args, context) => {
    const source = args.positionals[0] ?? '';
    const format = known(formats, args.value('format'));
    if (format === undefined) return {...formatMissing(formats), exit: 2};
    const file = args.value('output');
    const binary = format === 'pcap' || format === 'pcapng';
    if (file === undefined && binary && process.stdout.isTTY)
      return {...binaryToTerminal(format, source), exit: 2};
    const opened = await openSource(source, args, {forCaptures: connectionOptions, bar: context});
    if (!opened.ok) return opened.error;
    const {warning} = opened.value;
    if (warning) printWarning(warning.problem, warning.place, context.language);
    const pieces = await piecesOf(opened.value, format, args, context);
    if ('what' in pieces) return pieces;
    const logged = writeKeyLog(args.value('keylog'), opened.value);
    if (logged !== 0) return logged;
    const {failure = 0} = opened.value;
    if (file !== undefined) return writeFile(file, pieces) || failure;
    await printPieces(pieces);
    return failure;
  },
};
