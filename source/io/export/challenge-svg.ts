// Draws the result of a solved challenge as an SVG picture to share.
import type {Language} from '../../lesson/text.ts';
import {type Shared, type SharedLine, sharedLines} from '../../tell/challenge-result.ts';
import {cut} from '../../words/width.ts';
import {markup, rawText, type Written} from '../../words/written.ts';

/** The measures of the challenge picture in pixels: its width, the height of a line, and the place of the first line. */
const [width, lineHeight, top, left] = [720, 36, 64, 40];
const mostColumns = 54;

const style =
  'text{font:18px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans CJK SC",monospace;fill:#1f2328}' +
  '.title{font-weight:700;font-size:21px}.head{fill:#59636e}.marks{fill:#1a7f37;font-size:24px}.page{fill:#fff}' +
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.head{fill:#9198a1}.marks{fill:#3fb950}.page{fill:#0d1117}}';

const drawn = ({part, text}: SharedLine, index: number): Written<'markup'> => {
  const words = markup.text(cut(text, mostColumns, '…'));
  return markup`<text class="${markup.text(part)}" x="${left}" y="${top + index * lineHeight}">${words}</text>`;
};

export const challengeSvg = (shared: Shared, language: Language): Written<'markup'> => {
  const lines = sharedLines(shared, language);
  const height = top + lines.length * lineHeight;
  const size = markup`width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return markup.join(
    [
      markup`<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" lang="${markup.text(language)}">`,
      markup`<title>${markup.text(lines.map(({text}) => text).join(' · '))}</title>`,
      markup`<style>${rawText(style)}</style>`,
      markup`<rect class="page" width="${width}" height="${height}" rx="12"/>`,
      ...lines.map(drawn),
      markup`</svg>`,
      markup``,
    ],
    markup`\n`,
  );
};
