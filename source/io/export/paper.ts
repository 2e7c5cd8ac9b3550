// Writes a sheet of questions as an HTML page for printing, and as Markdown. The page needs nothing else: no script, no request.
import type {Language} from '../../lesson/text.ts';
import type {Paper, PaperAnswer, PaperBlock, PaperQuestion} from '../../view/quiz/paper.ts';
import {paperWords} from '../../words/catalogue/paper.ts';
import {markdown, markdownRow, markup, rawText, type Written} from '../../words/written.ts';

type Markup = Written<'markup'>;
type Line = Written<'markdown'>;

const tags: {readonly [language in Language]?: string} = {zh: 'zh-CN'};

const style = rawText(`
:root{color-scheme:light}
body{margin:2em auto;max-width:48em;padding:0 1em;color:#000;background:#fff;font:11pt/1.45 serif}
h1{font-size:1.4em;margin:0}
pre{font:8.5pt/1.25 "Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;margin:.5em 0}
p{margin:.4em 0}
.who{display:flex;gap:2em;margin:1.2em 0}
.who span{flex:1;border-bottom:1px solid}
section{break-inside:avoid;margin:1.6em 0}
h2{font-size:1em;margin:0 0 .3em}
ol{list-style:none;margin:.4em 0;padding:0}
li{margin:.25em 0 .25em 1.6em;text-indent:-1.6em}
.how{font-style:italic}
.line{display:inline-block;min-width:16em;border-bottom:1px solid}
@page{margin:18mm 15mm}
@media print{body{margin:0;max-width:none;padding:0}}
`);

const paragraphs = (lines: readonly string[]): Markup =>
  markup.join(lines.map((line) => markup`<p>${markup.text(line)}</p>\n`));

const blockHtml = ({kind, lines}: PaperBlock): Markup =>
  kind === 'text'
    ? paragraphs(lines)
    : markup`<pre>${markup.join(lines.map(markup.text), markup`\n`)}</pre>\n`;

const box = '☐';

/** Tells whether the answer to a printed question is written down (a number, an order) instead of ticked. */
const isWritten = ({form}: PaperQuestion): boolean => form !== 'choice' && form !== 'several';

const questionHtml = (question: PaperQuestion, index: number): Markup => {
  const {prompt, choices, how} = question;
  const sign = isWritten(question) ? markup`` : markup`${markup.text(box)} `;
  const listed = choices.map(
    ({id, text}) => markup`<li>${sign}<b>${markup.text(id)}</b> ${markup.text(text)}</li>\n`,
  );
  const line = isWritten(question) ? markup` <span class="line"></span>` : markup``;
  const told = how === undefined ? markup`` : markup`<p class="how">${markup.text(how)}${line}</p>\n`;
  return markup`<section>
<h2>${index + 1}</h2>
${markup.join(prompt.map(blockHtml))}${listed.length === 0 ? markup`` : markup`<ol>\n${markup.join(listed)}</ol>\n`}${told}</section>
`;
};

const answerHtml = ({right, because}: PaperAnswer, index: number): Markup =>
  markup`<section>\n<h2>${index + 1} · ${markup.text(right)}</h2>\n${paragraphs(because)}</section>\n`;

export const paperHtml = (paper: Paper): Markup => {
  const {language, title, conditions} = paper;
  const words = (name: 'name' | 'date' | 'key') => markup.text(paperWords[name][language]);
  const heading = paper.key ? markup`${markup.text(title)} · ${words('key')}` : markup.text(title);
  const content = paper.key
    ? markup.join(paper.key.map(answerHtml))
    : markup`<div class="who">${words('name')}<span></span>${words('date')}<span></span></div>
${markup.join(paper.questions.map(questionHtml))}`;
  return markup`<!doctype html>
<html lang="${markup.text(tags[language] ?? language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${heading}</title>
<style>${style}</style>
<h1>${heading}</h1>
<p>${markup.text(conditions)}</p>
${content}</html>
`;
};

const none = markdown``;
const blank = markdown`________________`;

const blockLines = ({kind, lines}: PaperBlock): readonly Line[] =>
  kind === 'text' ? lines.flatMap((line) => [markdown.text(line), none]) : [...lines.map(markdownRow), none];

const questionLines = (question: PaperQuestion, index: number): readonly Line[] => {
  const {prompt, choices, how} = question;
  const sign = isWritten(question) ? none : markdown`${markdown.text(box)} `;
  const line = isWritten(question) ? markdown` ${blank}` : none;
  return [
    ...[markdown`## ${index + 1}`, none],
    ...prompt.flatMap(blockLines),
    ...choices.map(({id, text}) => markdown`- ${sign}**${markdown.text(id)}** ${markdown.text(text)}`),
    ...(choices.length === 0 ? [] : [none]),
    ...(how === undefined ? [] : [markdown`*${markdown.text(how)}*${line}`, none]),
  ];
};

export function* paperLines(paper: Paper): Generator<Line, void> {
  const {language, title, conditions} = paper;
  const words = (name: 'name' | 'date' | 'key') => markdown.text(paperWords[name][language]);
  const heading = paper.key ? markdown`${markdown.text(title)} · ${words('key')}` : markdown.text(title);
  yield* [markdown`# ${heading}`, none, markdown.text(conditions), none];
  if (paper.key) {
    for (const [index, {right, because}] of paper.key.entries()) {
      yield* [markdown`## ${index + 1} · ${markdown.text(right)}`, none];
      for (const line of because) yield* [markdown.text(line), none];
    }
    return;
  }
  yield* [markdown`${words('name')} ${blank} ${words('date')} ${blank}`, none];
  for (const [index, question] of paper.questions.entries()) yield* questionLines(question, index);
}
