import type { Run } from '@perf/schema';
import type { Figures } from '../interactive/figure.js';
import { comparisonOf, type ReportInput } from '../report-input.js';
import { hotFunctionsSection, memorySection } from '../section/code-sections.js';
import { contextSection } from '../section/context-section.js';
import { gatesSection } from '../section/gates-section.js';
import { instructionsSection } from '../section/instructions-section.js';
import { leaksSection } from '../section/leaks-section.js';
import { loadSection } from '../section/load-section.js';
import { marksSection } from '../section/marks-section.js';
import { scalabilitySection } from '../section/scalability-section.js';
import type { Section } from '../section/section.js';
import { timelineSection } from '../section/timeline-section.js';
import { trendsSection } from '../section/trends-section.js';
import { type SectionView, sectionView } from './section-view.js';

/** The sections of a page that have something to show, in their order. */
export interface PageSections {
  /** Above the probes: what has a verdict. */
  readonly findings: readonly SectionView[];
  /** Below them: where it comes from. */
  readonly background: readonly SectionView[];
}

/** Draws what the run and the trend hold beside probes and comparisons. */
export function pageSections(input: ReportInput, figures: Figures | undefined): PageSections {
  const { run, trend } = input;
  const views = (sections: readonly (Section | undefined)[]): SectionView[] =>
    sections.filter((section) => section !== undefined).map((section) => sectionView(section, figures));
  const of = (section: (run: Run) => Section | undefined): Section | undefined => run && section(run);
  return {
    findings: views([
      of(leaksSection),
      instructionsSection(run, comparisonOf(input)),
      of(loadSection),
      of(scalabilitySection),
      trendsSection(trend),
      of(marksSection),
    ]),
    background: views([
      contextSection(comparisonOf(input)),
      of(hotFunctionsSection),
      of(memorySection),
      of(timelineSection),
    ]),
  };
}

/** The gates stand first: they decide whether a build passes. */
export function gatesView({ run }: ReportInput): SectionView | undefined {
  const section = run && gatesSection(run);
  return section && sectionView(section, undefined);
}
