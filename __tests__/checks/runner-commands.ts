/** A workflow command as the runner reads it from standard output. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/**
 * The commands in an output, read as the runner does: line by line, where CR ends a line too; `::name k=v::data`
 * after white space, or the older `##[name]data` anywhere. Unlike the runner it takes every name, known or not.
 */
export function runnerCommands(stdout: string): readonly RunnerCommand[] {
  return stdout.split(/\r\n|\r|\n/).flatMap((line) => {
    const current = /^\s*::(?<name>[^\s:]*)(?: (?<properties>.*?))?::(?<data>.*)$/su.exec(line)?.groups;
    if (current !== undefined) {
      const { name = '', properties = '', data = '' } = current;
      return [{ name, properties: readProperties(properties), data: unescaped(data) }];
    }
    const older = /##\[(?<name>[^\]]*)\](?<data>.*)$/su.exec(line)?.groups;
    return older === undefined
      ? []
      : [{ name: older['name'] ?? '', properties: {}, data: older['data'] ?? '' }];
  });
}

function readProperties(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), unescaped(pair.slice(at + 1))];
    }),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
