#!/usr/bin/env python3
"""Measure a table on the development sets: alone and mixed with a quick lexical prototype.

    python3 measure.py pieces.bin leave-SET.bin ...
    python3 measure.py pieces.bin --check check.json     # texts and vectors to test a reader with

hit@1/hit@3/MRR@10 of lex x (1-w) + vec x w.  A file called leave-SET.bin is measured on SET only.
"""
import collections, json, math, os, re, struct, sys
import numpy as np
import scipy.sparse as sp
import snowballstemmer
from make import Pieces, SETS, fold, clean

EVAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../../../shared/eval')
stem_of = {}
stemmer = snowballstemmer.stemmer('english')


def stem(w):
    if w not in stem_of:
        stem_of[w] = stemmer.stemWord(w)
    return stem_of[w]


def words(t):
    return [stem(w) for w in fold(t.replace("'", '').replace('’', '')).split()]


class Bm25:
    def __init__(self, docs, k1=1.2, b=.75):  # docs: list of {word: weighted count}
        self.vocab = {}
        r, c, v = [], [], []
        for i, d in enumerate(docs):
            for w, n in d.items():
                r.append(i), c.append(self.vocab.setdefault(w, len(self.vocab))), v.append(n)
        v = np.array(v, np.float64)
        n = len(docs)
        length = np.bincount(r, v, n)
        df = np.bincount(c, minlength=len(self.vocab))
        self.idf = np.log(1 + (n - df + .5) / (df + .5))
        v = v * (k1 + 1) / (v + k1 * (1 - b + b * length[r] / length.mean()))
        self.m = sp.csc_matrix((v * self.idf[c], (r, c)), (n, len(self.vocab)))

    def __call__(self, q):
        s = np.zeros(self.m.shape[0])
        for w, n in collections.Counter(q).items():
            if w in self.vocab:
                j = self.vocab[w]
                a, b = self.m.indptr[j], self.m.indptr[j + 1]
                s[self.m.indices[a:b]] += n * self.m.data[a:b]
        return s


def near(w):
    letters = 'abcdefghijklmnopqrstuvwxyz'
    for i in range(len(w) + 1):
        a, b = w[:i], w[i:]
        if b:
            yield a + b[1:]
            for c in letters: yield a + c + b[1:]
        if len(b) > 1: yield a + b[1] + b[0] + b[2:]
        for c in letters: yield a + c + b


class Set:
    def __init__(self, name):
        self.name = name
        rows = [json.loads(l) for l in open(f'{EVAL}/{name}/corpus.jsonl')]
        self.ids = [r['_id'] for r in rows]
        self.title = [clean(r['title']) for r in rows]
        self.head = [clean(r['section']) for r in rows]
        self.text = [clean(r['text']) for r in rows]
        self.queries = [json.loads(l) for l in open(f'{EVAL}/{name}/queries.jsonl')]
        at = {x: i for i, x in enumerate(self.ids)}
        self.rel = collections.defaultdict(set)
        for l in list(open(f'{EVAL}/{name}/qrels.tsv'))[1:]:
            q, d, s = l.split('\t')
            if int(s) > 0:
                self.rel[q].add(at[d])
        T, H, X = ([words(t) for t in f] for f in (self.title, self.head, self.text))
        pages = {}
        self.page = np.array([pages.setdefault(r['url'] if name != 'covid-gov-faq' else r['_id'], len(pages)) for r in rows])
        sec, th, pg = [], [], [collections.Counter() for _ in pages]
        for i in range(len(rows)):
            c = collections.Counter(X[i])
            for w in T[i]: c[w] += 2
            for w in H[i]: c[w] += 3
            sec.append(c)
            th.append(collections.Counter(T[i] + H[i]))
            pg[self.page[i]].update(X[i] + H[i] + T[i])
        self.bm = Bm25(sec), Bm25(pg), Bm25(th)
        site = collections.Counter(w for i in range(len(rows)) for f in (self.title, self.head, self.text) for w in fold(f[i]).split())
        self.lex = []
        self.fixed = []
        for q in self.queries:
            ws = []
            for w in fold(q['text'].replace("'", '').replace('’', '')).split():
                if w not in site and stem(w) not in self.bm[0].vocab and len(w) > 3 and not w.isdigit():
                    c = [(site[x], x) for x in set(near(w)) if x in site]
                    if not c and len(w) > 6:
                        c = [(site[y], y) for x in set(near(w)) for y in set(near(x)) if y in site]
                    if c: w = max(c)[1]
                ws.append(w)
            self.fixed.append(' '.join(ws))
            q = [stem(w) for w in ws]
            self.lex.append(self.bm[0](q) + .6 * self.bm[1](q)[self.page] + .3 * self.bm[2](q))

    def score(self, mats):
        h1 = h3 = rr = 0
        for q, s in zip(self.queries, mats):
            top = np.argsort(-s, kind='stable')[:10]
            hit = [k for k, i in enumerate(top) if i in self.rel[q['_id']] and s[i] > -9]
            if hit:
                h1 += hit[0] == 0
                h3 += hit[0] < 3
                rr += 1 / (hit[0] + 1)
        n = len(self.queries)
        return h1 / n, h3 / n, rr / n


class Table:
    """Reads pieces.bin (see README.md)."""

    def __init__(self, path):
        b = open(path, 'rb').read()
        assert b[:4] == b'DSV1'
        self.dims, self.bits, n = struct.unpack_from('<HBI', b, 4)
        at, pieces, wt, sc, codes = 11, [], [], [], []
        size = (self.dims * self.bits + 7) // 8
        for _ in range(n):
            k = b[at]
            pieces.append(b[at + 1:at + 1 + k].decode())
            at += 1 + k
            wt.append(b[at]), sc.append(b[at + 1])
            codes.append(np.frombuffer(b, np.uint8, size, at + 2))
            at += 2 + size
        assert at == len(b)
        self.pieces = Pieces(pieces)
        bit = np.unpackbits(np.array(codes), axis=1, bitorder='little')[:, :self.dims * self.bits]
        code = (bit.reshape(n, self.dims, self.bits) * (1 << np.arange(self.bits))).sum(2)
        self.weight = np.array(wt) / 16.0
        self.scale = 2.0 ** (np.array(sc) / 16.0 - 12)
        self.v = ((code - (2 ** self.bits - 1) / 2) * self.scale[:, None]).astype(np.float32)


def unit(m):
    return m / np.maximum(np.linalg.norm(m, axis=1, keepdims=True), 1e-9)


def mixes(s, pieces, v, factor, weights, qfixed=True):
    """factor: a number for each piece, by which its vector is multiplied."""
    vv = v * factor[:, None]
    q = unit(pieces.matrix(s.fixed if qfixed else [x['text'] for x in s.queries]) @ vv)
    x = unit(pieces.matrix(s.text) @ vv)
    h = unit(pieces.matrix([f'{a} {b}' for a, b in zip(s.title, s.head)]) @ vv)
    vec = (q @ x.T + q @ h.T) / 2
    out = {}
    for w in weights:
        if w == 1:
            out[w] = s.score(vec)
        else:
            out[w] = s.score([(1 - w) * l / max(l.max(), 1e-9) + w * e / max(e.max(), 1e-9) for l, e in zip(s.lex, vec)])
    return out


def site_idf(s, pieces):
    m = pieces.matrix([' '.join(x) for x in zip(s.title, s.head, s.text)])
    df = np.bincount(m.indices, minlength=m.shape[1])
    return np.log(1 + (m.shape[0] - df + .5) / (df + .5)), df


WEIGHTS = (0, .2, .35, .5, .65, .8, 1)


def show(name, r):
    return f'{name:40s} ' + '  '.join(f'{w}:{x[0]:.3f}/{x[1]:.3f}/{x[2]:.3f}' for w, x in r.items())


TEXTS = """When is my brown bin collected?
replacement wheelie bin
I can't pay my council tax this month, what should I do?
café pavement licence — how much does it cost?
COVID-19 vaccination centres near me
Blue Badge
apply for a school place in Year 7 (2025/26)
My neighbour's dog won't stop barking!!
Report a pothole or other damage to the road surface
ÉCOLE naïve façade
£20.50 a week
council tax council tax council tax
asbestos disposal & fly-tipping
hwrc
email someone@example.org or ring 01234 567890
Section 106 agreements and the Community Infrastructure Levy
dementia
xqzjvk
homeless tonight
You must tell us within 21 days if your circumstances change, or your reduction may be stopped.""".split('\n')


def check(path, t):
    """Texts with their pieces and vectors (plain sum, length 1), to test another reader against."""
    rows = []
    for x in TEXTS:
        i = t.pieces(x)
        rows.append({'text': x, 'pieces': [t.pieces.list[k] for k in i], 'rarity': [float(t.weight[k]) for k in i],
                     'vector': [round(float(c), 6) for c in unit(t.v[i].sum(0, keepdims=True))[0]] if i else [0.0] * t.dims})
    json.dump(rows, open(path, 'w'), indent=0)


if __name__ == '__main__':
    cache = {}
    if '--check' in sys.argv:
        i = sys.argv.index('--check')
        check(sys.argv[i + 1], Table(sys.argv[1]))
        sys.exit()
    for path in sys.argv[1:]:
        t = Table(path)
        m = re.search(r'leave-(\S+?)\.bin', path)
        for name in [m.group(1)] if m else SETS:
            s = cache.setdefault(name, None) or Set(name)
            cache[name] = s
            idf, df = site_idf(s, t.pieces)
            for label, factor in [('sum', np.ones(len(idf))), ('site idf/rarity', (idf / np.maximum(t.weight, .5))),
                                  ('sqrt of that', np.sqrt(idf / np.maximum(t.weight, .5)))]:
                print(show(f'{os.path.basename(path)[:20]} {name[:7]} {label}', mixes(s, t.pieces, t.v, factor, WEIGHTS)), flush=True)
