import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** State of a socket that listens, in /proc/net/tcp. */
const LISTENS = '0A';

/** Where a process of this machine listens on IPv4, as `127.0.0.1:9229`; `undefined` where /proc does not say. */
export function listeningAddresses(pid: number): string[] | undefined {
  try {
    const sockets = socketsOf(pid);
    const [, ...rows] = readFileSync(`/proc/${pid}/net/tcp`, 'utf8').trim().split('\n');
    return rows.flatMap((row) => {
      const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
      return state === LISTENS && sockets.has(inode) ? [addressOf(local)] : [];
    });
  } catch {
    return undefined;
  }
}

/** Numbers of the sockets that a process has open. */
function socketsOf(pid: number): Set<string> {
  const numbers = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
    } catch {
      return undefined;
    }
  });
  return new Set(numbers.filter((number) => number !== undefined));
}

/** `0100007F:240D` is 127.0.0.1:9229: the bytes of the address come in the order of the machine. */
function addressOf(local: string): string {
  const [host = '', port = ''] = local.split(':');
  const bytes = Buffer.from(host, 'hex').reverse();
  return `${bytes.every((byte) => byte === 0) ? '127.0.0.1' : bytes.join('.')}:${Number.parseInt(port, 16)}`;
}
