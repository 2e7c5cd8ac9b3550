import type { Run } from './lesson.ts';
export declare const needsCrypto: ({ apps }: Pick<Run, 'apps'>) => boolean;
