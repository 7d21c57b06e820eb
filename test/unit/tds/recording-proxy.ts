/** Stands between a client and a server: splits what passes into single bytes, or keeps it for a capture file. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Passed {
  /** Which connection, from 0. */
  readonly connection: number;
  readonly fromClient: boolean;
  readonly bytes: Buffer;
}

export interface Proxy {
  readonly port: number;
  readonly passed: Passed[];
  close(): Promise<void>;
}

/** Forwards to `port`; with `bytewise`, a byte at a time, each in a write of its own. */
export async function startProxy(port: number, bytewise = false): Promise<Proxy> {
  const passed: Passed[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    const connection = connections++;
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    for (const [from, to] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      void forward(from, to, { connection, fromClient: from === client });
    }
  });
  async function forward(from: Socket, to: Socket, which: Omit<Passed, 'bytes'>): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        passed.push({ ...which, bytes: chunk });
        if (!bytewise) to.write(chunk);
        for (let i = 0; bytewise && i < chunk.length; i++) {
          to.write(chunk.subarray(i, i + 1));
          // A turn of the event loop in between, so that the receiver is likely to read each byte by itself.
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    } catch {
      to.destroy();
    }
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const CLIENT_PORT = 50_000;
const SERVER_PORT = 1433;
const SEGMENT = 1400;

/** What passed as a capture file (pcap, raw IPv4), each connection and direction with its own TCP sequence numbers, as a sniffer would have seen it. */
export function capture(passed: readonly Passed[]): Buffer {
  const file: Buffer[] = [Buffer.from('d4c3b2a1020004000000000000000000ffff000065000000', 'hex')];
  const streams = new Map<number, { client: number; server: number }>();
  let microseconds = 0;
  for (const { connection, fromClient, bytes } of passed) {
    const next = streams.get(connection) ?? { client: 1, server: 1 };
    streams.set(connection, next);
    const clientPort = CLIENT_PORT + connection;
    for (let at = 0; at < bytes.length; at += SEGMENT) {
      const data = bytes.subarray(at, at + SEGMENT);
      const header = Buffer.alloc(40);
      header.writeUInt8(0x45, 0);
      header.writeUInt16BE(40 + data.length, 2);
      header.writeUInt8(64, 8);
      header.writeUInt8(6, 9); // TCP
      header.writeUInt32BE(fromClient ? 0x0a000001 : 0x0a000002, 12);
      header.writeUInt32BE(fromClient ? 0x0a000002 : 0x0a000001, 16);
      header.writeUInt16BE(fromClient ? clientPort : SERVER_PORT, 20);
      header.writeUInt16BE(fromClient ? SERVER_PORT : clientPort, 22);
      header.writeUInt32BE(fromClient ? next.client : next.server, 24);
      header.writeUInt32BE(fromClient ? next.server : next.client, 28);
      header.writeUInt8(0x50, 32);
      header.writeUInt8(0x18, 33); // PSH ACK
      header.writeUInt16BE(0xffff, 34);
      if (fromClient) next.client += data.length;
      else next.server += data.length;
      const record = Buffer.alloc(16);
      microseconds += 100;
      record.writeUInt32LE(Math.floor(microseconds / 1e6), 0);
      record.writeUInt32LE(microseconds % 1_000_000, 4);
      record.writeUInt32LE(40 + data.length, 8);
      record.writeUInt32LE(40 + data.length, 12);
      file.push(record, header, data);
    }
  }
  return Buffer.concat(file);
}
