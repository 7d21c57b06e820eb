/** A client that sends whatever bytes a test wants, and gives answers back as bytes. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Transaction descriptor 0, one request outstanding (MS-TDS 2.2.5.3.2). */
const HEADERS = Buffer.from([22, 0, 0, 0, 18, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);

/** One packet of that type around a body. */
export function packet(type: number, body: Buffer, status = 1): Buffer {
  const header = Buffer.from([type, status, 0, 0, 0, 0, 1, 0]);
  header.writeUInt16BE(body.length + 8, 2);
  return Buffer.concat([header, body]);
}

/** A LOGIN7 with nothing in it but a version, a packet size, a user, a password and a database. */
export function loginMessage({ user = 'gateway', password = 'gateway', database = 'housing', packetSize = 4096, version = 0x74000004 } = {}): Buffer {
  const fixed = Buffer.alloc(94);
  fixed.writeUInt32LE(version, 4);
  fixed.writeUInt32LE(packetSize, 8);
  const scrambled = Buffer.from(Buffer.from(password, 'utf16le').map((byte) => (((byte << 4) | (byte >> 4)) & 0xff) ^ 0xa5));
  let offset = fixed.length;
  const texts: [number, Buffer][] = [[40, Buffer.from(user, 'utf16le')], [44, scrambled], [68, Buffer.from(database, 'utf16le')]];
  for (const [at, bytes] of texts) {
    fixed.writeUInt16LE(offset, at);
    fixed.writeUInt16LE(bytes.length / 2, at + 2);
    offset += bytes.length;
  }
  const body = Buffer.concat([fixed, ...texts.map(([, bytes]) => bytes)]);
  body.writeUInt32LE(body.length, 0);
  return body;
}

/** The body of a batch. */
export const batchMessage = (text: string): Buffer => Buffer.concat([HEADERS, Buffer.from(text, 'utf16le')]);

export class RawClient {
  /** Everything that has come, packets' headers included. */
  received = 0;
  #chunks: Buffer[] = [];
  #rest: Buffer = Buffer.alloc(0);
  readonly #answers: Buffer[] = [];
  readonly #waiting: { resolve: (answer: Buffer) => void; reject: (error: Error) => void }[] = [];
  #failure: Error | undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('closed')));
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Connects and logs in, without PRELOGIN and without TLS. */
  static async login(port: number, options: Parameters<typeof loginMessage>[0] = {}): Promise<RawClient> {
    const client = await RawClient.connect(port);
    client.send(packet(0x10, loginMessage(options)));
    await client.answer();
    return client;
  }

  #take(chunk: Buffer): void {
    this.received += chunk.length;
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (data.length >= 8 && data.length >= data.readUInt16BE(2)) {
      const length = data.readUInt16BE(2);
      this.#chunks.push(data.subarray(8, length));
      if ((data.readUInt8(1) & 1) === 1) {
        const answer = Buffer.concat(this.#chunks);
        this.#chunks = [];
        const waiting = this.#waiting.shift();
        if (waiting) waiting.resolve(answer);
        else this.#answers.push(answer);
      }
      data = data.subarray(length);
    }
    this.#rest = data;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  /** The payload of the next whole answer; rejects when the connection ends before it. */
  answer(): Promise<Buffer> {
    const ready = this.#answers.shift();
    if (ready) return Promise.resolve(ready);
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  batch(text: string): Promise<Buffer> {
    this.send(packet(0x01, batchMessage(text)));
    return this.answer();
  }

  destroy(): void {
    this.socket.destroy();
  }
}
