import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listen } from '../real/https-servers.ts';

/** A forward proxy on loopback that keeps every byte that its clients send. */
export interface RecordingProxy extends AsyncDisposable {
  /** With the credentials in it, as `https_proxy` has them. */
  readonly url: string;
  /** Of each connection: the request for a tunnel, then what went through it. */
  received(): readonly { readonly head: string; readonly tunnelled: string }[];
}

/** Leads every tunnel to one port; or refuses each with `refusal`, a whole answer. */
export async function startRecordingProxy(
  target: string,
  credentials: string,
  refusal?: string,
): Promise<RecordingProxy> {
  const sockets = new Set<Socket>();
  const connections: Buffer[][] = [];
  const server = createServer((client) => {
    const chunks: Buffer[] = [];
    connections.push(chunks);
    sockets.add(client);
    client.on('error', () => client.destroy()).on('data', (chunk: Buffer) => chunks.push(chunk));
    // Node's client sends the whole request in one piece, and waits for the answer.
    client.once('data', () => {
      if (refusal !== undefined) return client.end(refusal);
      const upstream = connect(Number(new URL(target).port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.pipe(upstream).pipe(client);
      });
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
      return client.on('close', () => upstream.destroy());
    });
  });
  const port = await listen(server, '127.0.0.1');
  return {
    url: `http://${credentials}@127.0.0.1:${port}`,
    received: () =>
      connections.map((chunks) => {
        const text = Buffer.concat(chunks).toString('latin1');
        const end = text.indexOf('\r\n\r\n');
        return { head: text.slice(0, end), tunnelled: text.slice(end) };
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
