"""Reference values for slopes and the scalability fit, from SciPy.

Run from the package's folder; the output is checked in:

    python3 reference/make-trend-reference.py > reference/trend-scipy.json && npx biome format --write reference

Needs SciPy 1.15 or later. Same seed, same output.
"""

import json

import numpy as np
import scipy
from scipy import stats
from scipy.optimize import curve_fit

rng = np.random.default_rng(20260202)

# Sun SPARCcenter 2000 in the SPEC SDM 91 benchmark, published in Gunther 2007; also the data of R's package usl.
SPECSDM91 = [(1, 64.9), (18, 995.9), (36, 1652.4), (72, 1853.2), (108, 1828.9), (144, 1775.0), (216, 1702.2)]


def law(n, lam, sigma, kappa):
    return lam * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))


def scalability():
    cases = [SPECSDM91]
    for lam, sigma, kappa, most in ((1000, 0.05, 0.002, 64), (3.5, 0.2, 0.0004, 128), (2e6, 0.01, 0.01, 32)):
        n = 2.0 ** np.arange(0, int(np.log2(most)) + 1)
        n = np.concatenate([n, n])
        x = np.round(law(n, lam, sigma, kappa) * np.exp(rng.normal(0, 0.02, n.size)), 6)
        cases.append(list(zip(n.tolist(), x.tolist())))
    out = []
    for points in cases:
        n, x = np.array(points, dtype=float).T
        unit = x.max()
        p, cov = curve_fit(law, n, x / unit, p0=[x[0] / n[0] / unit, 0.03, 1e-3], xtol=1e-14, ftol=1e-14, gtol=1e-14)
        se = np.sqrt(np.diag(cov))
        t = stats.t.ppf(0.975, len(x) - 3)
        out.append(
            {
                "points": [{"concurrency": a, "throughput": b} for a, b in points],
                "lambda": float(p[0] * unit),
                "sigma": [float(p[1]), float(t * se[1])],
                "kappa": [float(p[2]), float(t * se[2])],
                "peak": float(np.sqrt((1 - p[1]) / p[2])),
            }
        )
    return out


def slopes():
    cases = []
    for n, drift in ((5, 0.05), (8, 0.01), (12, 0.0), (20, 0.003), (35, 0.0)):
        values = np.round(100 * (1 + drift * np.arange(n)) * np.exp(rng.normal(0, 0.02, n)), 6)
        sen = stats.theilslopes(values, np.arange(n), alpha=0.95)
        tau = stats.kendalltau(np.arange(n), values, method="exact")
        cases.append({"values": values.tolist(), "slope": float(sen.slope), "low": float(sen.low_slope),
                      "high": float(sen.high_slope), "p": float(tau.pvalue)})
    return cases


def student():
    return [{"confidence": c, "degrees": d, "t": float(stats.t.ppf((1 + c) / 2, d))}
            for c in (0.5, 0.9, 0.95, 0.999) for d in (1, 2, 3, 4, 7, 10, 31, 200)]


print(json.dumps({"scipy": scipy.__version__, "scalability": scalability(), "slopes": slopes(), "student": student()}))
