import { registerHooks } from 'node:module';

// The package imports its schema without saying that it is JSON, which bundlers guess and Node.js does not.
const hooks = registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const isSchema = /\/@actions\/workflow-parser\/.*\.json$/.test(resolved.url);
    return isSchema ? { ...resolved, importAttributes: { type: 'json' } } : resolved;
  },
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(
  '@actions/workflow-parser'
);
const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
hooks.deregister();

/** What GitHub's own parser says of a workflow. */
export interface ParsedWorkflow {
  readonly errors: readonly string[];
  readonly jobIds: readonly string[];
}

/** Parses the text of a workflow file with GitHub's own parser. */
export async function parseAsGitHub(name: string, content: string): Promise<ParsedWorkflow> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const template = value && (await convertWorkflowTemplate(context, value));
  return {
    errors: context.errors.getErrors().map(({ message }) => message),
    jobIds: (template?.jobs ?? []).map(({ id }) => id.value),
  };
}

/**
 * What GitHub's own parser finds wrong with the text of an action.yml. Its schema has the icons and colours that the
 * Marketplace takes.
 */
export function errorsOfAction(content: string): string[] {
  const { context } = parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}
