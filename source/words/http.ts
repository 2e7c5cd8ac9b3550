// What HTTP clients and servers do that packets do not show, in both languages.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const cookieVerbs = {
  stored: text('keeps cookie', '保存 Cookie'),
  refused: text('refuses cookie', '拒收 Cookie'),
  sent: text('sends cookie', '带上 Cookie'),
  withheld: text('does not send cookie', '不带 Cookie'),
  expired: text('cookie expires:', 'Cookie 过期：'),
  dropped: text('cookie goes with the browser session:', '关闭浏览器，丢弃会话 Cookie'),
} as const;

export const httpSentences = {
  en: {
    request: {
      sent: (line: string, nth: number) => `sends ${line}, request ${nth} on its connection`,
      received: (line: string, nth: number) => `has ${line}, request ${nth} on its connection`,
    },
    answers: (what: string, status: number, bytes: number) => `answers ${what}: ${status}, ${bytes} B`,
    started: (what: string, status: number) => `reads ${status} for ${what}`,
    finished: (what: string, status: number, bytes: number) =>
      `response to ${what} is complete: ${status}, ${bytes} B`,
    incomplete: (what: string, status: number, bytes: number) =>
      `response to ${what} is cut off: ${status}, only ${bytes} B came`,
    opened: (origin: string) => `opens a connection to ${origin}`,
    reused: (origin: string, nth: number) => `uses its connection to ${origin} again, request ${nth}`,
    closing: (nth: number) => `closes the connection after ${nth} ${nth === 1 ? 'request' : 'requests'}`,
    cookie: (verb: string, pair: string, domain: string, path: string) =>
      `${verb} ${pair} (${domain}, path ${path})`,
    because: (what: string, reason: string) => `${what}: ${reason}`,
    session: {
      created: (id: string, live: number) => `makes session ${id}, ${live} live`,
      found: (id: string, live: number) => `finds session ${id}, ${live} live`,
      unknown: (id: string, live: number) => `knows no session ${id}, ${live} live`,
      expired: (id: string, live: number) => `session ${id} has expired, ${live} live`,
      ended: (id: string, live: number) => `ends session ${id}, ${live} live`,
    },
    cache: {
      hit: (url: string, seconds: number) => `cache has ${url}, fresh for ${seconds} s`,
      stale: (url: string) => `cached ${url} may be out of date: asks the server`,
      stored: (url: string, seconds: number) =>
        seconds > 0 ? `cache keeps ${url}, fresh for ${seconds} s` : `cache keeps ${url}, to be asked about`,
      revalidated: (url: string) => `cached ${url} still holds`,
    },
    strict: (host: string, days: number) => `will visit ${host} over TLS only, for ${days} days`,
    overTls: (from: string, to: string) => `asks for ${to} instead of ${from}`,
    attempt: {
      next: (ip: string, other: string) => `tries ${ip} as well, ${other} is silent`,
      won: (ip: string, other: string) => `${ip} was first: gives up ${other}`,
    },
    redirect: (status: number, method: string, to: string) => `${status} leads to ${method} ${to}`,
    tooMany: (status: number, to: string) => `${status} leads to ${to}: one redirect too many`,
    retry: (what: string) => `sends ${what} once more`,
    noRetry: (what: string) => `does not send ${what} again: it might be done twice`,
  },
  zh: {
    request: {
      sent: (line: string, nth: number) => `发出 ${line}，这条连接上第 ${nth} 个请求`,
      received: (line: string, nth: number) => `收到 ${line}，这条连接上第 ${nth} 个请求`,
    },
    answers: (what: string, status: number, bytes: number) => `响应 ${what}：${status}，${bytes} B`,
    started: (what: string, status: number) => `读到 ${what} 的状态码 ${status}`,
    finished: (what: string, status: number, bytes: number) => `${what} 的响应收全：${status}，${bytes} B`,
    incomplete: (what: string, status: number, bytes: number) =>
      `${what} 的响应中断：${status}，只到了 ${bytes} B`,
    opened: (origin: string) => `建好到 ${origin} 的连接`,
    reused: (origin: string, nth: number) => `复用到 ${origin} 的连接，第 ${nth} 个请求`,
    closing: (nth: number) => `答完 ${nth} 个请求，关闭连接`,
    cookie: (verb: string, pair: string, domain: string, path: string) =>
      `${verb} ${pair}（${domain}，路径 ${path}）`,
    because: (what: string, reason: string) => `${what}：${reason}`,
    session: {
      created: (id: string, live: number) => `新建会话 ${id}，现有 ${live} 个`,
      found: (id: string, live: number) => `找到会话 ${id}，现有 ${live} 个`,
      unknown: (id: string, live: number) => `没有会话 ${id}，现有 ${live} 个`,
      expired: (id: string, live: number) => `会话 ${id} 已过期，现有 ${live} 个`,
      ended: (id: string, live: number) => `结束会话 ${id}，现有 ${live} 个`,
    },
    cache: {
      hit: (url: string, seconds: number) => `缓存里有 ${url}，还新鲜 ${seconds} s`,
      stale: (url: string) => `缓存的 ${url} 可能旧了，去问服务器`,
      stored: (url: string, seconds: number) =>
        seconds > 0 ? `存入缓存 ${url}，新鲜 ${seconds} s` : `存入缓存 ${url}，用前要问`,
      revalidated: (url: string) => `缓存的 ${url} 仍然有效`,
    },
    strict: (host: string, days: number) => `记住：${days} 天内只用 TLS 访问 ${host}`,
    overTls: (from: string, to: string) => `把 ${from} 换成 ${to}`,
    attempt: {
      next: (ip: string, other: string) => `${other} 没有回音，同时再连 ${ip}`,
      won: (ip: string, other: string) => `${ip} 先连上，放弃 ${other}`,
    },
    redirect: (status: number, method: string, to: string) => `${status} 指向 ${method} ${to}`,
    tooMany: (status: number, to: string) => `${status} 指向 ${to}：重定向太多，不再跟`,
    retry: (what: string) => `重发 ${what}`,
    noRetry: (what: string) => `不重发 ${what}：可能执行两次`,
  },
} as const;
