// The words of cookies and sessions, in both languages.
import {type Language, spaced} from '../lesson/text.ts';

type Wording = {
  readonly jarOf: (host: string) => string;
  readonly sessionsOf: (host: string) => string;
  readonly holdsNone: (title: string) => string;
  readonly withField: (url: string, pairs: string) => string;
  readonly withoutField: (url: string) => string;
  readonly more: (count: number) => string;
  readonly spoken: {
    readonly cookie: (name: string, value: string, scope: string, left: string) => string;
    readonly scope: (domain: string, path: string) => string;
    readonly left: (time: string) => string;
    readonly leftOnClose: string;
    readonly sent: string;
    readonly withheld: (reason: string) => string;
    readonly session: (id: string, user: string, left: string) => string;
    readonly heldBy: (hosts: string) => string;
  };
};

export const cookieWords: {readonly [language in Language]: Wording} = {
  en: {
    jarOf: (host) => `cookies of ${host}`,
    sessionsOf: (host) => `sessions of ${host}`,
    holdsNone: (title) => `${title}: none`,
    withField: (url, pairs) => `${url} gets Cookie: ${pairs}`,
    withoutField: (url) => `${url} gets no Cookie`,
    more: (count) => `${count} more`,
    spoken: {
      cookie: (name, value, scope, left) => `Cookie ${name}, value ${value}, ${scope}, ${left}`,
      scope: (domain, path) => `for ${domain}, path ${path}`,
      left: (time) => `${time} left`,
      leftOnClose: 'until the browser is closed',
      sent: 'goes with the next request',
      withheld: (reason) => `does not go with the next request: ${reason}`,
      session: (id, user, left) => `Session ${id}${user === '' ? '' : ` of ${user}`}, ${left}`,
      heldBy: (hosts) => `its id is held by ${hosts}`,
    },
  },
  zh: {
    jarOf: (host) => spaced(`${host}的 Cookie`),
    sessionsOf: (host) => spaced(`${host}的会话`),
    holdsNone: (title) => `${title}：无`,
    withField: (url, pairs) => `访问 ${url} 时带上 Cookie: ${pairs}`,
    withoutField: (url) => `访问 ${url} 时不带 Cookie`,
    more: (count) => `还有 ${count} 条`,
    spoken: {
      cookie: (name, value, scope, left) => `Cookie ${name}，值 ${value}，${scope}，${left}`,
      scope: (domain, path) => `用于 ${domain}，路径 ${path}`,
      left: (time) => `还剩 ${time}`,
      leftOnClose: '关闭浏览器时丢弃',
      sent: '下次请求会带上',
      withheld: (reason) => `下次请求不带：${reason}`,
      session: (id, user, left) => `会话 ${id}${user === '' ? '' : `，用户 ${user}`}，${left}`,
      heldBy: (hosts) => spaced(`${hosts}持有它的 id`),
    },
  },
};
