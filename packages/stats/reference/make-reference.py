"""Reference values for the tests of @perf/stats, from SciPy and NumPy.

Run from the package's folder; the output is checked in:

    python3 reference/make-reference.py > reference/scipy.json && npx biome format --write reference

Needs SciPy 1.15 or later. Same seed, same output.
"""

import json
import math
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20260101)


def lognormal(n, shift=1.0):
    return [float(v) for v in np.round(shift * np.exp(rng.normal(7, 0.3, n)), 6)]


def tied(n, levels):
    return [float(v) for v in rng.integers(1, levels + 1, n)]


def quantiles():
    cases = []
    for n in (1, 2, 3, 4, 5, 7, 10, 11, 50, 101):
        sample = lognormal(n)
        qs = [0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]
        cases.append({"sample": sample, "qs": qs, "quantiles": np.quantile(sample, qs).tolist()})
    return cases


def summaries():
    cases = []
    for sample in (lognormal(2), lognormal(9), lognormal(40), tied(12, 3), [5.0] * 4, [1e9 + v for v in (1, 2, 4)]):
        cases.append(
            {
                "sample": sample,
                "mean": float(np.mean(sample)),
                "sd": float(np.std(sample, ddof=1)),
                "mad": float(stats.median_abs_deviation(sample)),
                "median": float(np.median(sample)),
            }
        )
    return cases


def mann_whitney():
    cases = []
    for n, m in ((1, 1), (1, 4), (3, 3), (3, 5), (4, 4), (7, 4), (6, 10), (12, 9), (30, 20), (50, 50)):
        for shift in (1.0, 1.2, 2.0):
            a, b = lognormal(n), lognormal(m, shift)
            r = stats.mannwhitneyu(a, b, method="exact")
            cases.append({"a": a, "b": b, "u": float(r.statistic), "p": float(r.pvalue), "method": "exact"})
    for n, m, levels in ((2, 3, 2), (3, 5, 3), (4, 4, 2), (5, 3, 4), (6, 4, 3), (7, 5, 5), (3, 9, 2)):
        a, b = tied(n, levels), tied(m, levels)
        every = stats.PermutationMethod(n_resamples=np.inf)
        r = stats.mannwhitneyu(a, b, method=every)
        cases.append({"a": a, "b": b, "u": float(r.statistic), "p": float(r.pvalue), "method": "exact"})
    for n, m, levels in ((60, 50, 0), (51, 50, 8), (30, 200, 3), (40, 100, 0), (55, 60, 2)):
        a = tied(n, levels) if levels else lognormal(n)
        b = tied(m, levels) if levels else lognormal(m, 1.1)
        r = stats.mannwhitneyu(a, b, method="asymptotic")
        cases.append({"a": a, "b": b, "u": float(r.statistic), "p": float(r.pvalue), "method": "normal"})
    return cases


def inverted(a, b, alpha):
    """Interval of b/a: between neighbouring ratios, shift a there and keep the gap if SciPy does not reject."""
    ratios = np.sort(np.divide.outer(b, a).ravel())
    kept = []
    for low, high in zip(ratios[:-1], ratios[1:]):
        middle = math.sqrt(low * high)
        p = stats.mannwhitneyu(np.array(a) * middle, b, method="exact").pvalue
        if p > alpha:
            kept.append((low, high))
    return float(kept[0][0]), float(kept[-1][1])


def hodges_lehmann():
    cases = []
    for n, m in ((4, 4), (4, 7), (9, 5), (10, 10), (12, 20)):
        for shift in (1.0, 1.5):
            a, b = lognormal(n), lognormal(m, shift)
            differences = np.subtract.outer(np.log(b), np.log(a))
            for confidence in (0.9, 0.95):
                low, high = inverted(a, b, 1 - confidence)
                ratio = float(np.exp(np.median(differences)))
                cases.append({"a": a, "b": b, "confidence": confidence, "ratio": ratio, "low": low, "high": high})
    return cases


def median_intervals():
    cases = []
    for n in (1, 2, 3, 5, 6, 7, 10, 17, 30, 101, 1000, 3000):
        for confidence in (0.5, 0.75, 0.9, 0.95, 0.99):
            covers = [1 - 2 * stats.binom.cdf(k - 1, n, 0.5) for k in range(1, (n + 1) // 2 + 1)]
            enough = [k for k, cover in enumerate(covers, 1) if cover >= confidence - 1e-12]
            rank = max(enough, default=1)
            cases.append({"n": n, "confidence": confidence, "rank": rank, "attained": float(max(0, covers[rank - 1]))})
    return cases


def benjamini_hochberg():
    families = [
        [0.04],
        [0.01, 0.02, 0.03, 0.04],
        [0.04, 0.03, 0.02, 0.01],
        [0.9, 0.001, 0.5, 0.5, 0.02, 1.0],
        [0.05, 0.05, 0.05],
        [0.0, 1.0, 0.3],
        [float(v) for v in np.round(rng.uniform(0, 1, 25) ** 3, 6)],
    ]
    return [{"ps": ps, "adjusted": stats.false_discovery_control(ps).tolist()} for ps in families]


def normal_tails():
    zs = [-3, -0.5, 0, 0.1, 0.5, 1, 1.5, 1.96, 1.999, 2, 2.001, 2.5, 3, 4, 6, 8, 12, 20, 30]
    return [{"z": z, "tail": float(stats.norm.sf(z))} for z in zs]


def normal_quantiles():
    confidences = [0.5, 2 / 3, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999]
    return [{"confidence": c, "z": float(stats.norm.ppf((1 + c) / 2))} for c in confidences]


print(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "numpy": np.__version__,
            "python": sys.version.split()[0],
            "quantiles": quantiles(),
            "summaries": summaries(),
            "mannWhitney": mann_whitney(),
            "hodgesLehmann": hodges_lehmann(),
            "medianIntervals": median_intervals(),
            "benjaminiHochberg": benjamini_hochberg(),
            "normalTails": normal_tails(),
            "normalQuantiles": normal_quantiles(),
        }
    )
)
