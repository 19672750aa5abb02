import { shownFile } from '@perf/advise';
import { formatInterval, visible } from '@perf/report';
import type { Advice, AdviceFinding } from '@perf/schema';
import pc from 'picocolors';

type Colours = ReturnType<typeof pc.createColors>;

/** Ids to show of each finding; the JSON document has them all. */
const SHOWN_IDS = 3;
/** As much of an id as tells it from others. */
const SHOWN_CHARACTERS = 8;

/**
 * Advice for a terminal: numbered findings, then what a model made of them. Nothing in it acts instead of showing.
 *
 * @param options - `root`: folder that files are named relative to.
 */
export function adviceText(
  { findings, run, explanation }: Advice,
  { root, colour }: { readonly root: string; readonly colour: boolean },
): string {
  const colours = pc.createColors(colour);
  const of = run === undefined ? 'this run' : `run ${visible(shortId(run))}`;
  if (findings.length === 0) {
    return `Nothing to advise on ${of}: no rule found evidence in it. That does not prove that all is well.`;
  }
  const lines = findings.flatMap((finding, index) => findingLines(finding, index + 1, root, colours));
  const explained =
    explanation === undefined
      ? []
      : [
          `What ${visible(explanation.model)} makes of it, each sentence with the findings that it cites:`,
          ...explanation.sentences.map(
            ({ text, cites }) => `  ${visible(text)} [${cites.map((cite) => cite + 1).join(', ')}]`,
          ),
          '',
        ];
  return [`Advice on ${of}: ${counted(findings)}.`, '', ...lines, ...explained].join('\n').trimEnd();
}

function findingLines(finding: AdviceFinding, number: number, root: string, colours: Colours): string[] {
  const { severity, title, detail, metric, unit, observed, saving, place, evidence, verify, rule } = finding;
  const interval = ({ estimate, low, high }: AdviceFinding['observed']) => {
    const formatted = formatInterval({ estimate, low, high }, unit);
    return `${formatted.estimate} (${formatted.range})`;
  };
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['observed', `${metric} ${interval(observed)}`],
    ['saving', saving && (unit === 'ratio' ? shareText(saving) : interval(saving))],
    ['place', place && placeText(place, root)],
    ['evidence', `${rule}: ${idsText(evidence)}`],
    ['verify', verify],
  ];
  return [
    `${number}. ${paint(severity, colours)}  ${colours.bold(visible(title))}`,
    ...(detail === undefined ? [] : [`   ${visible(detail)}`]),
    ...rows.flatMap(([name, text]) =>
      text === undefined ? [] : [`   ${colours.dim(name.padEnd(8))}  ${visible(text)}`],
    ),
    '',
  ];
}

function paint(severity: AdviceFinding['severity'], colours: Colours): string {
  if (severity === 'critical') return colours.red(severity);
  return severity === 'info' ? colours.dim(severity) : colours.yellow(severity);
}

/** `src/text.ts:33 normalise` */
function placeText(
  { file, line, function: name }: NonNullable<AdviceFinding['place']>,
  root: string,
): string {
  return `${shownFile(file, root)}${line === undefined ? '' : `:${line}`}${name === undefined ? '' : ` ${name}`}`;
}

function idsText(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN_IDS).map(shortId).join(', ');
  return ids.length > SHOWN_IDS ? `${shown} and ${ids.length - SHOWN_IDS} more` : shown;
}

/** What of the present figure would be saved: `80 % (79 % to 81 %) of it`. */
function shareText({ estimate, low, high }: AdviceFinding['observed']): string {
  const [middle, from, to] = [estimate, low, high].map(
    (share) => `${Number((share * 100).toPrecision(3))} %`,
  );
  return `${middle} (${from} to ${to}) of it`;
}

/** Ids of comparisons begin with a word. */
function shortId(id: string): string {
  const from = id.startsWith('compared-') ? 'compared-'.length : 0;
  return id.slice(0, from + SHOWN_CHARACTERS);
}

function counted(findings: readonly AdviceFinding[]): string {
  const parts = (['critical', 'moderate', 'minor', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}, ${parts.join(', ')}`;
}
