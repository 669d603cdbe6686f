import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import sirv from 'sirv';
import { UserError } from '../user-error.ts';
import { headersOf, securityHeaders } from './headers.ts';

export interface ServeOptions {
  /** The built site. */
  dir: string;
  /** `/` or `/sub/path/`. */
  base: string;
  port: number;
}

export interface Serving {
  /** `http://127.0.0.1:4321/` */
  address: string;
  close: () => Promise<void>;
}

const host = '127.0.0.1';
/** How many ports are tried, from the wanted one on. */
const portsTried = 20;

/**
 * Serves a built site on this machine alone. When the port is taken, the next free one is used; a
 * UserError when none of twenty is.
 */
export async function serveSite(options: ServeOptions): Promise<Serving> {
  const server = createServer(handler(options));
  const port = await listen(server, options.port);
  return {
    address: `http://${host}:${port}${options.base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  const last = Math.min(65535, wanted + portsTried - 1);
  for (let port = wanted; port <= last; port++) {
    if (await tryPort(server, port)) {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    }
  }
  throw new UserError(`Ports ${wanted} to ${last} are all in use: name another with --port.`);
}

/** Whether the server listens on `port` now; false when another program does. */
function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES') {
        reject(new UserError(`Port ${port} may not be used by this user: name one above 1023.`));
      } else reject(error);
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

function handler({ dir, base }: ServeOptions) {
  // `dev` looks at the disk for each request, so that a build meanwhile is seen.
  const files = sirv(dir, {
    dev: true,
    etag: true,
    extensions: ['html'],
    setHeaders: (response, pathname) => {
      setAll(response, headersOf(fileAt(pathname)));
    },
  });
  return (request: IncomingMessage, response: ServerResponse): void => {
    setAll(response, securityHeaders);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const { pathname, search } = split(request.url ?? '/');
    const elsewhere = redirect(dir, base, pathname);
    if (elsewhere !== null) {
      response.writeHead(301, { location: elsewhere + search }).end();
      return;
    }
    if (!pathname.startsWith(base)) {
      notFound(dir, response);
      return;
    }
    request.url = `/${pathname.slice(base.length)}`;
    files(request, response, () => {
      notFound(dir, response);
    });
  };
}

/** `/k/x/` -> `k/x/index.html`, as sirv finds it. */
function fileAt(pathname: string): string {
  const path = pathname.slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

function setAll(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Addresses are taken as they come, so that `//host` stays a path. */
function split(url: string): { pathname: string; search: string } {
  const at = url.search(/[?#]/);
  return at < 0
    ? { pathname: url, search: '' }
    : { pathname: url.slice(0, at), search: url.slice(at).replace(/#.*/s, '') };
}

/** `/k/x` -> `/k/x/` where that is a page; the base itself without its slash; null for anything else. */
function redirect(dir: string, base: string, pathname: string): string | null {
  if (`${pathname}/` === base) return base;
  if (pathname === '/' && base !== '/') return base;
  if (pathname.endsWith('/') || !pathname.startsWith(base) || pathname.startsWith('//'))
    return null;
  const path = decode(pathname.slice(base.length));
  if (path === null || normalize(path).startsWith('..')) return null;
  const page = join(dir, path, 'index.html');
  return existsSync(page) && statSync(page).isFile() ? `${pathname}/` : null;
}

function decode(path: string): string | null {
  try {
    const text = decodeURIComponent(path);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

function notFound(dir: string, response: ServerResponse): void {
  const page = join(dir, '404.html');
  setAll(response, headersOf('404.html'));
  response.statusCode = 404;
  response.end(existsSync(page) ? readFileSync(page) : 'Not found\n');
}
