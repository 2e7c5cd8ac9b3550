// How all that is told of programs is judged: names, pages, cookies, TLS.
import {cachesTold} from './told-caches.ts';
import {cookiesTold} from './told-cookies.ts';
import {namesTold} from './told-names.ts';
import {pagesTold} from './told-pages.ts';
import type {ToldRows} from './told-rows.ts';
import {sealedTold} from './told-sealed.ts';

export const programsTold = {
  ...{...namesTold, ...cachesTold},
  ...{...pagesTold, ...cookiesTold, ...sealedTold},
} satisfies ToldRows;
