// The names of the applications on a host: DNS, HTTP, and HTTPS servers by port.

/** The name of an HTTPS server, which has its port, because a host may have several. */
export type HttpsName = `https:${number}`;
export type AppName = 'dns' | 'http' | HttpsName;

/** Tells whether an application, or its state, speaks HTTP, with or without TLS. */
export const isHttp = <A extends {readonly app: AppName}>(
  each: A,
): each is Extract<A, {readonly app: 'http' | HttpsName}> =>
  each.app === 'http' || each.app.startsWith('https:');
