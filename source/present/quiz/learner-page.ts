// The pages of review and progress on the screen: the same text as the commands print, above the keys.
import type {Language} from '../../lesson/lesson.ts';
import type {Line} from '../span.ts';
import {type Page, progressPage, reviewPage} from './progress-page.ts';
import {muted, type PageFrame, plain, quizPage, row} from './row.ts';

export type LearnerPage = {
  readonly kind: 'review' | 'progress';
  readonly data: Omit<Page, 'language' | 'ascii'>;
};

export const learnerPageLines = (
  {kind, data}: LearnerPage,
  language: Language,
  ascii: boolean,
): readonly string[] => (kind === 'review' ? reviewPage : progressPage)({...data, language, ascii});

export const learnerPageScreen = (
  page: LearnerPage,
  look: PageFrame & {
    readonly language: Language;
    readonly ascii: boolean;
    readonly note?: string | undefined;
  },
): readonly Line[] => {
  const [head = '', , ...lines] = learnerPageLines(page, look.language, look.ascii);
  const [title = '', conditions = ''] = head.trim().split(/ {2,}/);
  const body = lines.map((line, index) =>
    row(line, index === 0 && page.kind === 'progress' ? muted : plain, 3),
  );
  return quizPage({title, beside: '', conditions, body, note: look.note}, look);
};
