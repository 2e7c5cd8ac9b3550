// A run as documents for people: a report, diagrams, pictures, a page.
import {type LadderColours, ladderColours, ladderShapes} from '../io/export/ladder-style.ts';
import {ladderSvg} from '../io/export/ladder-svg.ts';
import {markdownLines} from '../io/export/markdown.ts';
import {mermaidLines} from '../io/export/mermaid.ts';
import {pageHtml} from '../io/export/page.ts';
import {pageParts} from '../io/export/page-parts.ts';
import {lessonData} from '../io/lessons.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Language, Text} from '../lesson/lesson.ts';
import {pictureOf} from '../present/sequence/geometry.ts';
import {type DocumentHead, headOf} from '../present/sequence/head.ts';
import {pageData} from '../present/sequence/page-data.ts';
import {type Sequence, sequenceOf} from '../present/sequence/sequence.ts';
import {withCommentary} from '../present/story/commentary.ts';
import {pacing} from '../present/time/pacing.ts';
import {numbersMeanNothing} from '../sim/relative.ts';
import {palettes, papers, type ThemeName} from '../ui/palettes.ts';
import type {Context} from './command.ts';
import type {Opened} from './open-source.ts';
import {version} from './version.ts';

export const documentFormats = ['md', 'mermaid', 'svg', 'html'] as const;
type DocumentFormat = (typeof documentFormats)[number];

/** Packets, at most: what a diagram can hold and a reader take in. Mermaid itself stops at 50,000 characters. */
const most = {md: 10_000, mermaid: 300, svg: 1000, html: 500} as const;

const titleOf = ({title, source}: Opened): Text => title ?? {en: source, zh: source};

/** As they are told, with sentences for what no beat speaks of. */
const beatsOf = ({trace, beats, beside}: Opened): readonly BoundBeat[] =>
  withCommentary(trace, [...beats, ...(beside?.asides ?? [])]);

/** As Wireshark does, captures count from the first number that they saw. */
const countsFromFirst = ({trace, again}: Opened): boolean =>
  trace.header.profile === 'capture' || (again !== undefined && numbersMeanNothing(again.scenario));

/** A picture of more packets than these has its bursts drawn as one. */
const foldsFrom = 60;

const sequenceFor = (
  opened: Opened,
  language: Language,
  {packets, folds}: {readonly packets: number; readonly folds: boolean},
): Sequence => {
  const {trace} = opened;
  return sequenceOf({
    trace,
    pacing: pacing(trace),
    language,
    relative: countsFromFirst(opened),
    most: packets,
    ...(folds ? {foldsFrom} : {}),
  });
};

const headFor = (opened: Opened, sequence: Sequence): DocumentHead =>
  headOf({trace: opened.trace, title: titleOf(opened), runName: opened.runName, sequence});

const coloursOf = (theme: ThemeName): LadderColours => ({...palettes[theme], page: papers[theme]});

const svgText = (opened: Opened, sequence: Sequence, theme: ThemeName): string =>
  ladderSvg(sequence, pictureOf(sequence), {
    head: headFor(opened, sequence),
    css: `${ladderShapes}${ladderColours(coloursOf(theme))}`,
  });

function* withEnds(lines: Iterable<string>): Generator<string, void> {
  for (const line of lines) yield `${line}\n`;
}

/** Both languages; `--lang` says which one it opens with. */
const htmlText = (opened: Opened, language: Language): string => {
  const {trace} = opened;
  const packets = most.html;
  const sequences = {
    en: sequenceFor(opened, 'en', {packets, folds: true}),
    zh: sequenceFor(opened, 'zh', {packets, folds: true}),
  };
  const rules = new Map(lessonData().rules.map((rule) => [rule.id, rule]));
  const input = {
    trace,
    pacing: pacing(trace),
    beats: beatsOf(opened),
    rule: (id: string) => rules.get(id),
    relative: countsFromFirst(opened),
    most: packets,
  };
  const told = (sequence: Sequence) => ({sequence, head: headFor(opened, sequence)});
  const colours = (theme: ThemeName) => ({...coloursOf(theme), selection: palettes[theme].selection});
  return pageHtml({
    told: {en: told(sequences.en), zh: told(sequences.zh)},
    data: pageData(input),
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
  {language, theme = 'light'}: Context,
): Iterable<string> => {
  if (format === 'html') return [htmlText(opened, language)];
  const sequence = sequenceFor(opened, language, {packets: most[format], folds: format === 'svg'});
  if (format === 'mermaid') return withEnds(mermaidLines(sequence));
  if (format === 'svg') return [svgText(opened, sequence, theme)];
  const rules = new Map(lessonData().rules.map((rule) => [rule.id, rule]));
  const {trace, argument} = opened;
  return withEnds(
    markdownLines({
      trace,
      sequence,
      head: headFor(opened, sequence),
      beats: beatsOf(opened),
      rule: (id) => rules.get(id),
      playCommand: `packet-tutor play ${argument}`,
    }),
  );
};

/** Of a rule's id: its clause and its sentence. */
export const whySentences = (language: Language): ((because: string) => string | undefined) => {
  const rules = new Map(lessonData().rules.map((rule) => [rule.id, rule]));
  return (because) => {
    const rule = rules.get(because);
    return rule && `RFC ${rule.rfc}${language === 'zh' ? '：' : ': '}${rule.text[language]}`;
  };
};
