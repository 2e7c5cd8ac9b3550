// `export`: the run as a capture file, JSON lines, text, a document or a packetdrill script, to a file or into a pipe.
import process from 'node:process';
import {writeWhole} from '../io/files.ts';
import {binaryToTerminal, formatMissing} from '../present/text/errors.ts';
import {cannotWrite} from '../present/text/file-errors.ts';
import {keyLogOf} from '../sim/key-log.ts';

import type {Command, OptionSpec, Outcome} from './command.ts';
import {formats, piecesOf} from './export-pieces.ts';

import {exitAfterReading} from './interrupt.ts';

import type {Opened} from './open-lesson.ts';
import {openSource} from './open-source.ts';
import {connectionOptions, known, runOptions} from './options.ts';
import {printPieces, printWarning} from './print.ts';

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
    const {failure = exitAfterReading()} = opened.value;
    if (file !== undefined) return writeFile(file, pieces) || failure;
    await printPieces(pieces);
    return failure;
  },
};
