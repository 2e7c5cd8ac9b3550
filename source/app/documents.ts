// Writes a run in document formats for `export`: text report, Markdown, Mermaid and SVG diagrams, and an HTML page.

import {citation} from '../account/citation.ts';
import {firstPacketsOf} from '../account/first-packets.ts';
import {type LadderColours, ladderColours, ladderShapes} from '../io/export/ladder-style.ts';
import {ladderSvg} from '../io/export/ladder-svg.ts';
import {markdownLines} from '../io/export/markdown.ts';
import {mermaidLines} from '../io/export/mermaid.ts';
import {pageHtml} from '../io/export/page.ts';
import {pageParts} from '../io/export/page-parts.ts';
import {plainTableLines} from '../io/export/plain-table.ts';
import {lessonData} from '../io/lessons.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Rule} from '../lesson/rule.ts';
import type {Language} from '../lesson/text.ts';
import {numbersMeanNothing} from '../sim/relative.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {pictureOf} from '../tell/sequence/geometry.ts';
import {type DocumentHead, headOf} from '../tell/sequence/head.ts';
import {pageData} from '../tell/sequence/page-data.ts';
import {type Sequence, sequenceOf} from '../tell/sequence/sequence.ts';
import {palettes, papers, type ThemeName} from '../ui/palettes.ts';
import {asciiGlyphs, plainText, unicodeGlyphs} from '../view/glyphs.ts';
import {toldToAll, withCommentary} from '../view/story/commentary.ts';
import {tellsNumbers} from '../view/story/told-numbers.ts';
import type {Pacing} from '../view/time/pace.ts';
import {pacing} from '../view/time/pacing.ts';
import {casedRule} from '../view/why/case-text.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {ended, shell, terminal, type Written} from '../words/written.ts';
import {byId} from './by-id.ts';
import type {Context} from './command.ts';
import {beatsIn, type Opened, titleOf} from './opened.ts';
import {version} from './version.ts';

/** The settings of a document's look: language, characters, theme, graphs and motion. */
export type Look = Pick<Context, 'language' | 'ascii' | 'theme' | 'graphs' | 'motion'>;

export const documentFormats = ['text', 'md', 'mermaid', 'svg', 'html'] as const;
type DocumentFormat = (typeof documentFormats)[number];

/**
 * The most packets in each kind of document: as many as a diagram can hold and a reader can follow. Mermaid itself stops at 50,000
 * characters.
 */
const most = {text: 10_000, md: 10_000, mermaid: 300, svg: 1000, html: 500} as const;

/** The part of a run that a document shows, with its pacing and beats. */
type Shown = {
  readonly opened: Opened;
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
};

const shownOf = (opened: Opened, packets: number): Shown => {
  const trace = firstPacketsOf(opened.trace, packets);
  const told = beatsIn(opened).filter(({event}) => event <= trace.length);
  // The account adds sentences about what no beat mentions.
  return {opened, trace, pacing: pacing(trace), beats: withCommentary(trace, told, toldToAll(opened.tells))};
};

/**
 * Tells whether a document shows relative sequence numbers, as Wireshark does: for captures, and for lessons that neither prescribe nor
 * mention absolute ones.
 */
const countsFromFirst = ({opened: {trace, again}, beats}: Shown): boolean =>
  trace.header.profile === 'capture' ||
  (again !== undefined && numbersMeanNothing(again.scenario) && !tellsNumbers(trace, beats));

/** The number of packets from which a picture draws a burst as one arrow. */
const foldsFrom = 60;

const sequenceFor = (shown: Shown, language: Language, folds: boolean): Sequence => {
  const {opened, trace, pacing, beats} = shown;
  return sequenceOf({
    trace,
    pacing,
    beats,
    language,
    relative: countsFromFirst(shown),
    omitted: opened.trace.packetCount - trace.packetCount,
    ...(folds ? {foldsFrom} : {}),
  });
};

const headFor = ({opened, trace}: Shown, sequence: Sequence): DocumentHead =>
  headOf({trace, title: titleOf(opened), runName: opened.runName, sequence});

const coloursOf = (theme: ThemeName): LadderColours => ({...palettes[theme], page: papers[theme]});

const svgText = (shown: Shown, sequence: Sequence, theme: ThemeName): Written<'markup'> =>
  ladderSvg(sequence, pictureOf(sequence), {
    head: headFor(shown, sequence),
    css: `${ladderShapes}${ladderColours(coloursOf(theme))}`,
  });

const ruleById = () => byId(lessonData().rules);

/** Returns the HTML page of a run, with all languages; `language` is the one that is shown first. */
const htmlText = (shown: Shown, language: Language): Written<'markup'> => {
  const {trace, pacing, beats} = shown;
  const told = (each: Language) => {
    const sequence = sequenceFor(shown, each, true);
    return {sequence, head: headFor(shown, sequence)};
  };
  const data = {trace, pacing, beats, rule: ruleById(), relative: countsFromFirst(shown)};
  const colours = (theme: ThemeName) => ({...coloursOf(theme), selection: palettes[theme].selection});
  return pageHtml({
    told: inEvery(told),
    data: pageData(data),
    language,
    light: colours('light'),
    dark: colours('dark'),
    parts: pageParts(),
    application: `packet-tutor ${version}`,
  });
};

export const documentPieces = (
  opened: Opened,
  format: DocumentFormat,
  {language, ascii, theme = 'light'}: Look,
): Iterable<Written> => {
  const shown = shownOf(opened, most[format]);
  if (format === 'html') return [htmlText(shown, language)];
  const sequence = sequenceFor(shown, language, format === 'svg');
  if (format === 'mermaid') return ended(mermaidLines(sequence));
  if (format === 'svg') return [svgText(shown, sequence, theme)];
  const {trace, beats} = shown;
  const report = {
    trace,
    sequence,
    head: headFor(shown, sequence),
    beats,
    rule: ruleIn(trace),
    playCommand: shell`packet-tutor play ${opened.argument}`,
  };
  if (format === 'md') return ended(markdownLines(report));
  const glyphs = ascii ? asciiGlyphs : unicodeGlyphs;
  return ended([...plainTableLines(report)].map((line) => terminal.text(plainText(line, glyphs))));
};

/** Returns a function that gives the rule of an event, worded for the rule's case; undefined if the event has none. */
const ruleIn = (trace: Trace): ((event: TraceEvent) => Rule | undefined) => {
  const ruleOf = ruleById();
  return (event) => event.because && casedRule(trace, event, ruleOf(event.because));
};

/** Returns a function that gives the RFC clause and the sentence of the rule that explains an event; undefined if the event has none. */
export const whySentences = (
  trace: Trace,
  language: Language,
): ((event: TraceEvent) => string | undefined) => {
  const ruleOf = ruleIn(trace);
  return (event) => {
    const rule = ruleOf(event);
    return rule && `${citation(rule.rfc)}${punctuation.colon[language]}${rule.text[language]}`;
  };
};
