#!/usr/bin/env python3
"""Make ../src/weights.rs: the numbers of the ranker and of its confidence.

Everything they are made from stands beside this script: questions about the demo
site (questions.tsv), one or two words for its topics (keywords.tsv), questions about
small sites of other shapes (sites/*), and questions that no such site answers
(off-topic.txt, and each site's questions asked of the others).  README.md tells more.

    python3 make.py --council ../../../target/doorstep/en.index
    python3 make.py --report ../../../../shared/eval   # only measure, on sets not used here

Needs numpy and scipy.  Half a minute of one core.
"""
import argparse, os, struct, subprocess, sys
import numpy as np
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = 13
# Each site in three shapes (see `features.rs`), and what each weighs for the ranker and
# for the confidence.
SHAPES = {'as-is': 1.0, 'own': .35, 'bare': .35}
RESHAPED = {'as-is': 1.0, 'own': .15, 'bare': .15}
# Sites and their weight.
SITES = {'council': 1.0, 'faq': 1.0, 'rules': .7, 'services': 1.0}
# What all one- and two-word questions about the council's site weigh.
KEYWORDS = .5
# What each list of questions that a site does not answer weighs for the confidence and
# for the worth, and how firmly the numbers of each are held to nought.
STRANGE, PULL = {'confidence': .05, 'worth': .2}, {'confidence': .1, 'worth': .4}
# Where the learning starts, and what it is held to: word scores of section, page and
# heading (as 1 to .6 to .3), and the four nearnesses alike, mixed .48 to .7.
START = {0: .25, 1: .15, 2: .08, **{i: .7 / 4 for i in range(9, 13)}}


def dump(site, questions, shape, vectors, out):
    exe = os.environ.get('FEATURES_EXE') or 'features'
    subprocess.run([exe, site, questions, shape, vectors, out], check=True)


class Asked:
    """The questions of one site: content words, and for each candidate page, right, features."""

    def __init__(self, path):
        raw, at = open(path, 'rb').read(), 0
        self.content, self.pages, self.right, self.rows = [], [], [], []
        width = FEATURES + 2
        while at < len(raw):
            n, = struct.unpack_from('<I', raw, at)
            self.content.append(struct.unpack_from('<f', raw, at + 4)[0])
            at += 8
            m = np.frombuffer(raw, np.float32, n * width, at).reshape(n, width)
            at += 4 * n * width
            self.pages.append(m[:, 0])
            self.right.append(m[:, 1])
            self.rows.append(m[:, 2:])

    def __len__(self):
        return len(self.rows)


class Listwise:
    """Softmax over the candidates of each question; the right ones share the mass."""

    def __init__(self, asked, weight):
        keep = [i for i in range(len(asked)) if 0 < asked.right[i].sum() < len(asked.right[i])]
        self.x = np.concatenate([asked.rows[i] for i in keep]).astype(np.float64)
        self.right = np.concatenate([asked.right[i] for i in keep]) > 0
        self.start = np.concatenate([[0], np.cumsum([len(asked.rows[i]) for i in keep])])
        self.weight = weight / len(keep)

    def share(self, z):
        sizes = np.diff(self.start)
        top = np.maximum.reduceat(z, self.start[:-1])
        e = np.exp(z - np.repeat(top, sizes))
        total = np.add.reduceat(e, self.start[:-1])
        return top + np.log(total), e / np.repeat(total, sizes)

    def loss(self, w):
        z = self.x @ w
        all_, p = self.share(z)
        right, q = self.share(np.where(self.right, z, -1e9))
        return self.weight * (all_ - right).sum(), self.weight * (self.x.T @ (p - q))


def spread(asked):
    """Of each feature, the root of its mean variance within a question."""
    rows = [r.var(0) for a in asked for r in a.rows[::5] if len(r) > 5]
    return np.sqrt(np.mean(rows, axis=0)) + 1e-4


def fit_ranker(sets, pull, spread):
    """No weight below nought; each held to the start by `pull` in units of its spread."""
    start = np.zeros(FEATURES)
    for k, v in START.items():
        start[k] = v

    def total(w, pull, home):
        parts = [s.loss(w) for s in sets]
        d = (w - home) * spread ** 2
        return sum(p[0] for p in parts) + pull * (d @ (w - home)), sum(p[1] for p in parts) + 2 * pull * d

    scale = min((4, 8, 12, 16, 24), key=lambda a: total(start * a, 0, start * a)[0])
    home = start * scale

    def scaled(u):
        loss, slope = total(u / spread, pull, home)
        return loss, slope / spread

    return minimize(scaled, home * spread, jac=True, method='L-BFGS-B', bounds=[(0, None)] * FEATURES, options={'maxiter': 200}).x / spread


# What is left of 24 inputs after leaving out, one by one, what cost the other sites'
# likelihood least; of 27 more the two that gained most on the sites left out; and for long
# stories the last of these, and coverage times a length that goes on to 30 words.
CONFIDENCE = ['covered', 'title told', 'heading pairs', 'near page', 'margin', 'one by length',
              'covered x length', 'nearest', 'share', 'near text beyond the mean x length']
# Inputs that one of the two is better without.
WITHOUT = {'confidence': ['covered'], 'worth': []}


def confidence_inputs(content, pages, rows, w):
    """Of the first candidate; the same as `confidence::inputs` in Rust."""
    z = rows @ w
    best = int(np.argmax(z))
    f = rows[best]
    other = z[pages != pages[best]]
    margin = min(z[best] - other.max(), 6.) if len(other) else 6.
    mass = np.exp(z - z[best])
    share = mass[pages == pages[best]].sum() / mass.sum()
    return np.array([f[3], f[5], f[7], f[12], margin, 1 / max(1, content), f[3] * min(content, 30) / 30, f[9:].max(), share,
                     (f[9] - rows[:, 9].mean()) * min(content, 16) / 16]), best


def first(asked, w):
    x, y = [], []
    for n, p, r, f in zip(asked.content, asked.pages, asked.right, asked.rows):
        if len(f):
            i, best = confidence_inputs(n, p, f, w)
            x.append(i)
            y.append(float(r[best] > 0))
    return np.array(x), np.array(y)


def fit_confidence(parts, pull, without):
    """Logistic regression; parts: (inputs, right, weight)."""
    used = np.array([name not in without for name in CONFIDENCE])
    x = np.concatenate([p[0] for p in parts]) * used
    y = np.concatenate([p[1] for p in parts])
    weight = np.concatenate([np.full(len(p[1]), p[2] / len(p[1])) for p in parts])
    mean, dev = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / dev, np.ones(len(x))]

    def loss(b):
        p = 1 / (1 + np.exp(-z @ b))
        g = z.T @ (weight * (p - y))
        g[:-1] += 2 * pull * b[:-1]
        return -(weight * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum() + pull * (b[:-1] @ b[:-1]), g

    b = minimize(loss, np.zeros(z.shape[1]), jac=True, method='L-BFGS-B').x
    return np.append(b[:-1] / dev, b[-1] - (b[:-1] * mean / dev).sum())


def sure(inputs, b):
    return 1 / (1 + np.exp(-(inputs @ b[:-1] + b[-1])))


def auc(own, strange):
    both = np.concatenate([own, strange])
    rank = np.argsort(np.argsort(both, kind='stable'), kind='stable') + 1.
    return (rank[:len(own)].sum() - len(own) * (len(own) + 1) / 2) / (len(own) * len(strange))


def calibration_error(p, y, bins=10):
    """Expected calibration error (Naeini et al. 2015), equal bins."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return sum(abs(p[at == k].mean() - y[at == k].mean()) * (at == k).mean() for k in set(at))


def hit1(asked, w):
    n = len(asked)
    return sum(r[np.argmax(f @ w)] > 0 for r, f in zip(asked.right, asked.rows) if len(f)) / n


def rust(w, b, worth):
    def numbers(name, about, v):
        return f'/// {about}\npub(crate) const {name}: [f32; {len(v)}] = [\n' + ''.join(f'    {x:.4},\n' for x in v) + '];\n'

    return ('//! Numbers of the ranker and its confidence; made by `ranker/make.py`, not by hand.\n'
            '#![allow(clippy::excessive_precision, clippy::unreadable_literal)]\n\n'
            + numbers('RANK', 'By feature.', w) + '\n'
            + numbers('CONFIDENCE', 'By input of `confidence`, the constant last.', b) + '\n'
            + numbers('WORTH', 'The same for the worth.', worth))


if __name__ == '__main__':
    ap = argparse.ArgumentParser()
    ap.add_argument('--council', required=True, help='index file (or corpus.jsonl) of the demo site')
    ap.add_argument('--vectors', default=os.path.join(HERE, '../../text/vectors/pieces.bin'))
    ap.add_argument('--work', default='/tmp/doorstep-ranker')
    ap.add_argument('--report', default='', help='folder of evaluation sets to measure on')
    ap.add_argument('--sets', default='govuk-search,covid-gov-faq,doc2dial-va')
    ap.add_argument('--keep', action='store_true', help='use the features that stand in --work')
    ap.add_argument('--pull', type=float, default=3.)
    ap.add_argument('--out', default=os.path.join(HERE, '../src/weights.rs'))
    a = ap.parse_args()
    os.makedirs(a.work, exist_ok=True)
    site = {n: a.council if n == 'council' else f'{HERE}/sites/{n}/corpus.jsonl' for n in SITES}
    questions = {n: f'{HERE}/questions.tsv' if n == 'council' else f'{HERE}/sites/{n}/queries.tsv' for n in SITES}

    def asked(place, what, shape='as-is', name=None, source=None):
        path = f'{a.work}/{name or place}-{os.path.basename(source or what)}-{shape}'
        if not (a.keep and os.path.exists(path)):
            dump(site.get(place, place), source or questions[what], shape, a.vectors, path)
        return Asked(path)

    own = {(n, s): asked(n, n, s, source=None) for n in SITES for s in SHAPES}
    short = asked('council', 'keywords.tsv', source=f'{HERE}/keywords.tsv')
    # no answer on this site: the other sites' questions, and matters of no site
    strange = {n: [asked(n, m) for m in SITES if m != n] + [asked(n, 'off-topic.txt', source=f'{HERE}/off-topic.txt')] for n in SITES}

    def make(names):
        learned = {(n, s): SITES[n] * v for n in names for s, v in SHAPES.items()}
        lists = [Listwise(own[k], v) for k, v in learned.items()]
        if 'council' in names:
            lists.append(Listwise(short, KEYWORDS))
        w = fit_ranker(lists, a.pull, spread([own[n, 'as-is'] for n in names]))
        parts = [(*first(short, w), KEYWORDS)] if 'council' in names else []
        for n in names:
            for s, v in RESHAPED.items():
                parts.append((*first(own[n, s], w), SITES[n] * v))
        others = [first(other, w)[0] for n in names for other in strange[n]]

        def fit(what):
            return fit_confidence(parts + [(x, np.zeros(len(x)), STRANGE[what]) for x in others], PULL[what], WITHOUT[what])

        return w, fit('confidence'), fit('worth')

    def show(name, asked, strange, w, b, worth):
        x, y = first(asked, w)
        p = sure(x, b)
        line = f'{name:14} hit1 {hit1(asked, w):.3f}  calibration error {calibration_error(p, y):.3f}  mean {p.mean():.3f}/{y.mean():.3f}'
        for label, other in strange:
            q = first(other, w)[0]
            kept = sure(x, worth) > np.quantile(sure(q, worth), .97)
            line += f'  {label}: AUC {auc(p, sure(q, b)):.3f}, worth more than 97 % of it {kept.mean():.3f}'
        print(line, flush=True)

    show('keywords', short, [], *make([m for m in SITES if m != 'council']))
    print('each site with the other sites\' numbers:')
    for n in SITES:
        show(n, own[n, 'as-is'], [('off-topic', strange[n][-1])], *make([m for m in SITES if m != n]))
    made = make(list(SITES))
    if a.report:
        print('sets that nothing here was made from:')
        for name in a.sets.split(','):
            path, clinc = f'{a.report}/{name}', f'{a.report}/clinc150'
            site[name] = f'{path}/corpus.jsonl'
            for shape in SHAPES:
                other = [('oos', asked(name, 'x', name=name, source=f'{clinc}/oos_test.jsonl'))] if shape == 'as-is' else []
                show(f'{name}', asked(name, 'x', shape, name=name, source=path), other, *made)
    else:
        open(a.out, 'w').write(rust(*made))
        subprocess.run(['rustfmt', '--edition', '2024', a.out], check=True)
