#!/usr/bin/env python3
"""Make ../src/section_weights.rs: the numbers that choose a section within a page.

From sections.tsv: questions about the demo site with the section of the right page that
a good officer would read out first, and those that are right too.  README.md tells more.

    python3 sections.py --council ../../../target/doorstep/en.index [--report]

Needs numpy and scipy.  Some seconds of one core.
"""
import argparse, os, subprocess
import numpy as np
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
WEIGHTS = os.path.join(HERE, '../src/section_weights.rs')
# How firmly each number is held to nought, in units of its spread within a page.
PULL = .01


def load(council):
    exe = os.environ.get('SECTIONS_EXE') or 'sections'
    labels = os.path.join(HERE, 'sections.tsv')
    out = subprocess.run([exe, council, labels], check=True, capture_output=True, text=True).stdout
    rows = np.array([[float(x) for x in line.split('\t')] for line in out.splitlines()])
    pages = [line.split('\t')[1] for line in open(labels)]
    asked = []
    for number in sorted(set(rows[:, 0].astype(int))):
        of = rows[rows[:, 0] == number]
        if len(of) > 1 and (of[:, 1] == 1).any():
            asked.append((pages[number], of[:, 1], of[:, 2:]))
    return asked


def fit(asked):
    """Softmax over the sections of each page; those that are right too count half."""
    spread = np.concatenate([x - x.mean(0) for _, _, x in asked]).std(0) + 1e-3

    def loss(w):
        total, slope = 0, np.zeros(len(w))
        for _, right, x in asked:
            x = x / spread
            e = np.exp(x @ w - (x @ w).max())
            q = e * right
            total -= np.log(q.sum() / e.sum())
            slope += x.T @ (e / e.sum() - q / q.sum())
        n = len(asked)
        return total / n + PULL * w @ w, slope / n + 2 * PULL * w

    return minimize(loss, np.zeros(len(spread)), jac=True, method='L-BFGS-B').x / spread


def share(asked, score):
    """How often the first is the right one, and how often right at all."""
    first = [right[np.argmax(score(x))] for _, right, x in asked]
    return np.array([np.mean([f == 1 for f in first]), np.mean([f > 0 for f in first])])


def by_other_pages(asked, folds=6):
    """The shares, each page's questions with numbers made from other pages."""
    out = []
    for seed in range(3):
        names = sorted({page for page, _, _ in asked})
        np.random.default_rng(seed).shuffle(names)
        for k in range(folds):
            held = set(names[k::folds])
            w = fit([a for a in asked if a[0] not in held])
            test = [a for a in asked if a[0] in held]
            out.append((len(test), share(test, lambda x: x @ w)))
    n = np.array([n for n, _ in out])
    return (np.array([s for _, s in out]) * n[:, None]).sum(0) / n.sum()


if __name__ == '__main__':
    ap = argparse.ArgumentParser()
    ap.add_argument('--council', required=True, help='index file of the demo site')
    ap.add_argument('--report', action='store_true', help='only measure')
    a = ap.parse_args()
    asked = load(a.council)
    w = fit(asked)
    for name, shares in [('introduction', share(asked, lambda x: x[:, 4])), ('these numbers, other pages', by_other_pages(asked)), ('these numbers', share(asked, lambda x: x @ w))]:
        print(f'{name:28} right {shares[0]:.3f}  right too {shares[1]:.3f}  ({len(asked)} questions)')
    if not a.report:
        numbers = ', '.join(f'{x:.3f}' for x in w)
        with open(WEIGHTS, 'w') as f:
            f.write('//! What each number of a section counts; made by `ranker/sections.py`, not by hand.\n\n'
                    f'/// By number of a section.\npub(crate) const SECTION: [f32; {len(w)}] = [{numbers}];\n')
        subprocess.run(['rustfmt', '--edition', '2024', WEIGHTS], check=True)
