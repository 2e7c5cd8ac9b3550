// Composes the head of a document: which run it shows, and under which network conditions.

import {fileName} from '../../lesson/file-name.ts';
import type {Text} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {unicodeGlyphs} from '../../view/glyphs.ts';
import {oneWayUs} from '../../view/ladder/scene-hosts.ts';
import {captureTexts, takenOn} from '../../words/catalogue/capture.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {packetsText, sequenceTexts} from '../../words/catalogue/sequence.ts';
import {transcriptTexts} from '../../words/catalogue/transcript.ts';
import {formatTime} from '../../words/format.ts';
import {notTcpText} from '../../words/not-tcp.ts';
import {terminal} from '../../words/written.ts';
import type {Message, Sequence} from './sequence.ts';

export type DocumentHead = {
  readonly title: string;
  readonly conditions: readonly string[];
  /** The text on how the run deviates from TCP; undefined for a run that follows TCP. */
  readonly warning: string | undefined;
  /** The injected faults in the notation of the option `--fault`. */
  readonly faults: readonly string[];
  /** A description of the diagram in words, with hosts and counts, for readers who cannot see it. */
  readonly description: string;
};

type HeadInput = {
  readonly trace: Trace;
  readonly sequence: Sequence;
  readonly title: Text;
  readonly runName: string | undefined;
};

const isGuess = ({estimated, departureEstimated}: Message): boolean => estimated || departureEstimated;

const nameOf = ({trace, title, sequence}: HeadInput): string => {
  // A file is called by its name without its folder, which readers of the exported document do not need.
  const source = fileName(trace.header.source);
  const said = title[sequence.language];
  return said === trace.header.source ? source : `${source}: ${said}`;
};

export const headOf = (input: HeadInput): DocumentHead => {
  const {trace, sequence, runName} = input;
  const {language, hosts, entries, relative} = sequence;
  const {seed, profile, notTcp, faults, vantage} = trace.header;
  const t = (key: keyof typeof transcriptTexts): string => transcriptTexts[key][language];
  const delayUs = profile === 'capture' ? undefined : oneWayUs(trace.header);
  const how = [
    `${t('seed')} ${seed}`,
    `${t('profile')} ${profile}`,
    ...(runName === undefined ? [] : [`${t('run')} ${runName}`]),
    ...(delayUs === undefined ? [] : [`${t('oneWay')} ${formatTime(delayUs)}`]),
  ];
  const deduced = profile === 'capture' && entries.some(({kind}) => kind === 'state');
  const guessed = entries.some(
    (entry) => entry.kind === 'message' && entry.endUs > entry.sentUs && isGuess(entry),
  );
  const notes = [
    ...(relative ? [sequenceTexts.relative[language]] : []),
    ...(deduced ? [`${unicodeGlyphs.deduced} ${sequenceTexts.deduced[language]}`] : []),
    ...(guessed ? [`${unicodeGlyphs.estimated} ${captureTexts.estimated[language]}`] : []),
    ...(vantage
      ? [`${unicodeGlyphs.deduced} ${takenOn[language]({host: terminal.text(vantage.host)})}`]
      : []),
  ];
  const names = hosts.map(({name}) => name).join(punctuation.listComma[language]);
  return {
    title: nameOf(input),
    conditions: [...(profile === 'capture' ? [t('capture')] : how), ...notes],
    warning: notTcp && notTcpText(notTcp, language),
    faults,
    description: `${names}${punctuation.colon[language]}${packetsText[language]({count: trace.packetCount + sequence.omitted})}`,
  };
};
