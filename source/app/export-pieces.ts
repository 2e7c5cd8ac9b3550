// Writes a run in any of the forms of `export`.
import {captureFile} from '../io/export/capture-file.ts';
import {noScriptOf, severalLinkTypes} from '../words/catalogue/capture-errors.ts';
import {wholeRunOnly} from '../words/catalogue/export-errors.ts';
import {noHost} from '../words/errors.ts';
import {problemOf} from '../words/problem.ts';
import {ended, terminal, type Written} from '../words/written.ts';
import type {Arguments, Failure} from './command.ts';
import {documentFormats, documentPieces, type Look, whySentences} from './documents.ts';
import type {Opened} from './opened.ts';
import {version} from './version.ts';

export const formats = ['pcapng', 'pcap', 'json', ...documentFormats, 'anki', 'gift', 'cast', 'pkt'] as const;
export type Format = (typeof formats)[number];

const isDocument = (format: Format): format is (typeof documentFormats)[number] =>
  documentFormats.some((each) => each === format);

/** The export formats that show a run as seen from one place, so that `--at` applies; the others show all of it. */
const placed: readonly Format[] = ['pcapng', 'pcap', 'pkt'];

/** Returns a packetdrill script of a run, as seen by the host `at`; if undefined, by the first host for which a script can be made. */
const scriptOf = async (
  {trace, run, source}: Opened,
  at: string | undefined,
): Promise<readonly Written[] | Failure> => {
  if (run === undefined) return {...problemOf(noScriptOf, {source}), exit: 2};
  const {toPacketdrill} = await import('../drills/packetdrill/export.ts');
  const {profiles, settingsFor} = await import('../stack/tcp/profiles.ts');
  const hosts = run.hosts.filter(({name}) => at === undefined || name === at);
  let failure: Failure = {...problemOf(noScriptOf, {source}), exit: 2};
  for (const {name, tcp} of hosts) {
    const settings = settingsFor(run.profile, tcp);
    const script = toPacketdrill(trace, {host: name, settings, base: profiles[run.profile]});
    if (script.ok) return [terminal.join(script.value.split('\n').map(terminal.text), terminal`\n`)];
    failure = {what: script.error.message, remedy: script.error.remedy, exit: 1};
  }
  return failure;
};

/** Returns the contents of the export file in pieces; a failure if this run cannot be written in the format. */
export const piecesOf = async (
  opened: Opened,
  format: Format,
  args: Arguments,
  look: Look,
): Promise<Iterable<Uint8Array | Written> | Failure> => {
  const at = args.value('at');
  if (at !== undefined && !placed.includes(format))
    return {...problemOf(wholeRunOnly, {format, placed}), exit: 2};
  if (format === 'json') return ended((await import('./telling.ts')).jsonLines(opened, look.language));
  if (isDocument(format)) return documentPieces(opened, format, look);
  if (format === 'anki' || format === 'gift') {
    const {deckPieces, sourceDeck} = await import('./question-deck.ts');
    const deck = await sourceDeck(opened, args, look.language);
    return 'what' in deck ? deck : deckPieces(format, deck);
  }
  if (format === 'cast') return (await import('./recording.ts')).recordingPieces(opened, look);
  const hosts = opened.trace.header.hosts.map(({name}) => name);
  if (at !== undefined && !hosts.includes(at)) return {...noHost(at, hosts), exit: 2};
  if (format === 'pkt') return scriptOf(opened, at);
  const application = `packet-tutor ${version}`;
  const {trace} = opened;
  const {language} = look;
  const why = whySentences(trace, language);
  const pieces = captureFile({trace, format, at, language, application, why});
  return pieces ?? {...severalLinkTypes, exit: 2};
};
