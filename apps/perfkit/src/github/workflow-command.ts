/** A message that GitHub shows at a place in the code, or on the page of the run if it has none. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  /** May have several lines. */
  readonly message: string;
  /** Relative to the repository, with `/`. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/**
 * An annotation as the line that GitHub Actions reads from stdout: `::error file=…,line=…,title=…::message`.
 *
 * Whatever its parts hold, it stays one line and one command. Source: github.com/actions/toolkit, `command.ts`.
 */
export function workflowCommand({ level, title, message, file, line }: Annotation): string {
  const properties = Object.entries({ file, line, title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${properties.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
